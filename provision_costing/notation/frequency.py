"""How many sessions a week one claim makes: "5 x", "daily", "3 times a week", "half termly", "Mon-Fri"."""

from dataclasses import dataclass
from fractions import Fraction

from provision_costing.notation.claim import Cell, Claim
from provision_costing.notation.quantity import counted, counted_span, span_text, times
from provision_costing.notation.reading import Span

ONE: Span = (Fraction(1), Fraction(1))
_TIMES_A_YEAR = {"halfterm": 6, "term": 3, "year": 1}
_PERIOD_TEXT = {"halfterm": "half term"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way to read how often: sessions in a week, how it reads in words around the length, and in which weeks."""

    sessions: Span
    before: str = ""
    after: str = ""
    weeks: Span | None = None


def options(cell: Cell, claim: Claim) -> list[Option]:
    """The ways to read how often, the likeliest first; none if the cell does not say."""
    count, days = _count(cell, claim), _days(cell, claim)
    periods = set(claim.periods)
    if "day" in periods:
        return _daily(cell, count, days, weekly="week" in periods)
    others = periods - {"week"}
    if len(others) > 1 or (others and ("week" in periods or claim.every)):
        cell.notes.fault(f"The cell gives two periods, {' and '.join(sorted(claim.periods))}.")
        return []
    period = next(iter(others), "week")
    if days is not None:
        return _on_days(cell, claim, count, days, Fraction(1, 2) if period == "fortnight" else Fraction(1))
    if claim.every:
        many = count or ONE
        return [Option(sessions=times(many, (1 / claim.every, 1 / claim.every)), before=_before(many))]
    if count is None and not periods:
        return []
    return _in_period(cell, count or ONE, period)


def _count(cell: Cell, claim: Claim) -> Span | None:
    if len(set(claim.counts)) > 1:
        said = " and ".join(span_text(count) for count in dict.fromkeys(claim.counts))
        cell.notes.fault(f"The cell gives different numbers of sessions, {said}.")
    for low, high in claim.counts:
        if low.denominator != 1 or high.denominator != 1 or low < 1:
            cell.notes.fault("Sessions are counted in whole numbers, from 1.")
    return claim.counts[0] if claim.counts else None


def _days(cell: Cell, claim: Claim) -> Span | None:
    named = (Fraction(claim.weekdays), Fraction(claim.weekdays)) if claim.weekdays else None
    if named and claim.days and named != claim.days:
        cell.notes.fault(f"{claim.weekdays} days are named, but the cell says {span_text(claim.days)}.")
    days = claim.days or named
    if days and not 0 < days[1] <= 7:
        cell.notes.fault(f"A week does not have {span_text(days)} days.")
    return days


def _daily(cell: Cell, count: Span | None, days: Span | None, *, weekly: bool) -> list[Option]:
    base = days or (Fraction(cell.days_per_week), Fraction(cell.days_per_week))
    on_days = f" a day on {span_text(base)} days"
    once = Option(sessions=base, after=on_days)
    if count is None or count == ONE:
        return [once]
    several = Option(sessions=times(count, base), before=_before(count), after=on_days)
    if weekly and days is None:
        if count != base:
            cell.notes.fault(f"Daily is {span_text(base)} sessions a week, but the cell says {span_text(count)}.")
        return [once]
    if count == base and days is None:
        return [Option(sessions=count, before=_before(count)), several]
    return [several]


def _on_days(cell: Cell, claim: Claim, count: Span | None, days: Span, weeks: Fraction) -> list[Option]:
    once = Option(sessions=times(days, (weeks, weeks)), before=_before(days))
    if count is None or count == ONE:
        return [once]
    product = times(count, days)
    several = Option(sessions=times(product, (weeks, weeks)), before=_before(product))
    if claim.weekdays:
        if count == days:
            return [once]
        cell.notes.query(f"{span_text(count)} sessions on each of {span_text(days)} days, or in all? Read as on each.")
    return [once, several] if count == days else [several]


def _in_period(cell: Cell, count: Span, period: str) -> list[Option]:
    if period == "week":
        return [Option(sessions=count, before=_before(count))]
    if period == "fortnight":
        half = Fraction(1, 2)
        return [Option(sessions=times(count, (half, half)), before=_before(count), after=" a fortnight")]
    if period == "month":
        cell.notes.query("Monthly is not a number of weeks: write fortnightly, or how many times in how many weeks.")
        return []
    many = Fraction(_TIMES_A_YEAR[period])
    weeks = times(count, (many, many))
    if weeks[1] > 52:
        cell.notes.fault(f"A year does not have {span_text(weeks)} weeks.")
    said = _PERIOD_TEXT.get(period, period)
    cell.notes.how.append(f"once a {said} is {counted(many, 'session')} a year")
    in_each = f"in each of {counted_span(weeks, 'week')}"
    cell.notes.query(f"{span_text(count)} a {said} was read as one session {in_each} of the year: is that right?")
    return [Option(sessions=ONE, after=f" {in_each}", weeks=weeks)]


def _before(count: Span) -> str:
    return f"{span_text(count)} × "
