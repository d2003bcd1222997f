"""Lengths of time: "30 mins", "1 hr 15", "an hour and a half", "30 mins - 1 hr", "9:00-9:30"."""

from fractions import Fraction

from provision_costing.notation.claim import Cell
from provision_costing.notation.quantity import span
from provision_costing.notation.reading import Span
from provision_costing.notation.tokens import NUMBER, Cursor

HOUR = 60


def length(cursor: Cursor, cell: Cell, held: Span) -> Span:
    """Minutes of "30 mins", "1 hr 15", "an hour and a half", "30 mins - 1 hr"; the cursor is at the unit."""
    unit = cursor.next()
    cursor.take(".")
    if unit.term == "hour":
        held = _hours(cell, held, cursor.look(-2 if cursor.term(-1) != "." else -3).text)
        extra = _minutes_after_hours(cursor, cell)
        held = (held[0] * HOUR + extra, held[1] * HOUR + extra)
    if cursor.term() in ("-", "to", "or") and cursor.term(1) == NUMBER and cursor.term(2) in ("minute", "hour"):
        cursor.next()
        more = length(cursor, cell, span(cursor, cell.notes) or held)
        return min(held[0], more[0]), max(held[1], more[1])
    return held


def _hours(cell: Cell, held: Span, text: str) -> Span:
    """ "1.30 hrs" is an hour and a half in some hands, 1.3 hours in others."""
    whole, _, part = text.partition(".")
    if part not in ("15", "30", "45") or not whole.isdecimal() or held[0] != held[1]:
        return held
    value = int(whole) + Fraction(int(part), HOUR)
    cell.notes.query(f'"{text}" hours was read as {int(whole)} hr {part} mins.')
    return value, value


def _minutes_after_hours(cursor: Cursor, cell: Cell) -> Fraction:
    """The "15" of "1 hr 15" and "1 hour and 15 mins", and the "and a half" of "an hour and a half"."""
    joined = 1 if cursor.term() in ("and", "&", "+", ",") else 0
    if cursor.term() == "and" and cursor.term(1) == "a" and cursor.look(2).text in ("half", "quarter"):
        cursor.at += 3
        return (cursor.look(-1).value or Fraction(0)) * HOUR
    token = cursor.look(joined)
    value = token.value or Fraction(0)
    after = cursor.term(joined + 1)
    has_unit = after == "minute" and cursor.term(joined + 2) not in ("x", "times")
    bare = not joined and len(token.text) == 2 and after not in ("x", "times", "session", "day", "week", ":", "-", "to")
    if token.term != NUMBER or not value < HOUR or not (has_unit or bare):
        return Fraction(0)
    cursor.at += joined + 1 + has_unit
    if joined:
        cell.claim.joined = value
    return value


def give_minutes(cell: Cell, held: Span) -> None:
    """Keep a length of time: of a session or, after "=" or beside a complete sum, of the week."""
    claim = cell.claim
    if cell.after_equals or (claim.minutes is not None and (claim.counts or claim.periods or claim.days)):
        cell.stated.append(held)
    elif claim.minutes is not None:
        cell.notes.fault("The cell gives two lengths of time, and it is not clear how they go together.")
    else:
        claim.minutes = held


def clock(cursor: Cursor, cell: Cell) -> bool:
    """ "9:00-9:30", or a length of time that Excel has turned into 00:30:00."""
    stops = _with_full_stops(cursor)
    if stops is not None:
        return _between(cell, *stops)
    start = _clock_time(cursor)
    if start is None:
        return False
    if cursor.term() in ("-", "to"):
        cursor.next()
        return _between(cell, start, _clock_time(cursor))
    if not cursor.take("hour"):
        cell.notes.query("A time with a colon was read as hours and minutes: write 30 mins, or 1 hr 30 mins.")
    give_minutes(cell, (start, start))
    return True


def _between(cell: Cell, start: Fraction, end: Fraction | None) -> bool:
    if end is None or end <= start:
        cell.notes.fault("Two times of day were expected, the earlier first.")
    else:
        give_minutes(cell, (end - start, end - start))
    return True


def _with_full_stops(cursor: Cursor) -> Span | None:
    """ "9.00 - 9.30" are times of day when no unit follows."""
    if cursor.term(1) not in ("-", "to") or cursor.term(3) in ("hour", "minute"):
        return None
    start, end = _time_with_stop(cursor.look().text), _time_with_stop(cursor.look(2).text)
    if start is None or end is None:
        return None
    cursor.at += 4 if cursor.term(3) in ("morning", "pm") else 3
    return start, end


def _time_with_stop(text: str) -> Fraction | None:
    hours, _, minutes = text.partition(".")
    if not (hours + minutes).isdecimal() or not hours or len(minutes) != 2 or int(hours) > 23 or minutes > "59":
        return None
    return Fraction(int(hours) * HOUR + int(minutes))


def _clock_time(cursor: Cursor) -> Fraction | None:
    """Minutes after midnight."""
    hours, minutes = cursor.look(), cursor.look(2)
    digits = hours.term == NUMBER and (hours.text + minutes.text).isdecimal()
    if cursor.term(1) != ":" or not digits or len(minutes.text) != 2:
        return None
    cursor.at += 3
    if cursor.term() == ":" and cursor.look(1).text == "00":
        cursor.at += 2
    cursor.take("morning", "pm")
    return (hours.value or Fraction(0)) * HOUR + (minutes.value or Fraction(0))
