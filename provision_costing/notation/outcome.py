"""Writes down what a duration cell came to, in fields and in words."""

from dataclasses import dataclass
from fractions import Fraction

from provision_costing.notation.claim import Cell, Weighed
from provision_costing.notation.quantity import ask_range, counted, counted_span, length_text
from provision_costing.notation.reading import Reading, Span, not_understood

WRITE_INSTEAD = 'Write how many, how long and how often, such as "5 x 30 mins a week".'
MOST_HOURS_IN_A_WEEK = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What a duration cell may say besides the time itself."""

    weeks: Span | None
    group_size: int | None
    adults: int | None

    def is_empty(self) -> bool:
        """Nothing besides the time."""
        return self.weeks is None and self.group_size is None and self.adults is None


def outcome(text: str, cell: Cell, way: Weighed, shared: Shared) -> Reading:
    """The reading of a duration; a cell with a fault keeps only the weeks and the group."""
    if cell.notes.faults:
        return _build(text, cell, Weighed(), shared, understood=False)
    if way.minutes is None and way.sessions is None and way.total is None and shared.is_empty():
        return not_understood(text, _why_not(cell, text))
    _ask_for_the_rest(cell, way)
    return _build(text, cell, way, shared, understood=True)


def _build(text: str, cell: Cell, way: Weighed, shared: Shared, *, understood: bool) -> Reading:
    hours = None if way.total is None else (way.total[0] / 60, way.total[1] / 60)
    spans = {
        "minutes_per_session": way.minutes,
        "sessions_per_week": way.sessions,
        "weeks": shared.weeks,
        "hours_per_week": hours,
    }
    problem = cell.notes.problem()
    return Reading(
        text=text,
        understood=understood,
        how="; ".join(_told(cell, way, shared) if understood else _told_of_group(shared)),
        problem=problem if understood else f"{problem} {WRITE_INSTEAD}",
        group_size=shared.group_size,
        adults=shared.adults,
        minutes_per_session=_single(way.minutes),
        sessions_per_week=_single(way.sessions),
        weeks=_single(shared.weeks),
        hours_per_week=_single(hours),
        ranges=tuple((name, *held) for name, held in spans.items() if held and held[0] != held[1]),
    )


def _single(held: Span | None) -> Fraction | None:
    return held[0] if held and held[0] == held[1] else None


def _told(cell: Cell, way: Weighed, shared: Shared) -> list[str]:
    told = []
    if way.sessions and way.minutes:
        told.append(f"{_sessions(way.sessions)} of {length_text(way.minutes)}")
    elif way.sessions:
        told.append(_sessions(way.sessions))
    elif way.minutes:
        told.append(f"{length_text(way.minutes)} a session")
    if way.total:
        told.append(f"{length_text(way.total)} a week")
    if shared.weeks:
        told.append(f"for {counted_span(shared.weeks, 'week')}")
    return told + list(dict.fromkeys(cell.notes.how))


def _told_of_group(shared: Shared) -> list[str]:
    weeks = [f"for {counted_span(shared.weeks, 'week')}"] if shared.weeks else []
    return weeks + ([f"a group of {shared.group_size}"] if shared.group_size else [])


def _sessions(held: Span) -> str:
    if held == (Fraction(1, 2), Fraction(1, 2)):
        return "1 session a fortnight"
    if held[0] == held[1] and held[0].denominator != 1:
        return f"{counted(held[0].numerator, 'session')} every {held[0].denominator} weeks"
    return f"{counted_span(held, 'session')} a week"


def _ask_for_the_rest(cell: Cell, way: Weighed) -> None:
    notes = cell.notes
    if way.minutes is None and way.total is None:
        notes.query(f"How long is each session{'' if way.sessions else ', and how often'}? A panel will want a number.")
    elif way.sessions is None and way.total is None:
        notes.query("How many sessions a week? A panel will want a number.")
    for word in cell.vague:
        notes.query(f'"{word}" is not a number: a panel will want one.')
    if cell.missing:
        notes.query("Part of the cell points elsewhere or is still to come.")
    _ask_about_ranges(cell, way)
    if way.total and way.total[1] > MOST_HOURS_IN_A_WEEK * 60:
        notes.query(f"{length_text(way.total)} a week is longer than a school week.")


def _ask_about_ranges(cell: Cell, way: Weighed) -> None:
    if way.minutes and way.minutes[0] != way.minutes[1]:
        ask_range(cell.notes, length_text(way.minutes))
    if way.sessions and way.sessions[0] != way.sessions[1]:
        ask_range(cell.notes, counted_span(way.sessions, "session"))
    if way.total and way.total[0] != way.total[1] and way.minutes is None:
        ask_range(cell.notes, length_text(way.total))
    for weeks in cell.weeks:
        if weeks[0] != weeks[1]:
            ask_range(cell.notes, counted_span(weeks, "week"))


def _why_not(cell: Cell, text: str) -> str:
    if not text.strip():
        return f"The cell is empty. {WRITE_INSTEAD}"
    if cell.vague:
        return f'"{" ".join(cell.vague)}" is not a number, and a panel will want one. {WRITE_INSTEAD}'
    if cell.missing:
        return f"No duration is given. {WRITE_INSTEAD}"
    asked = cell.notes.problem()
    return f"{asked + ' ' if asked else ''}No length of time was found. {WRITE_INSTEAD}"
