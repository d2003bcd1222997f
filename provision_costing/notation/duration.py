"""Reads how long and how often: "5 x 30mins per week = 2.5 hrs", "daily 15 mins", "1/2 day fortnightly".

A cell is a run of phrases in any order (a length of time, a count, a period, weekdays, weeks, a share, a result after
"="). Each function below steps over one kind of phrase; weekly.py then says what they come to.
"""

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache

from provision_costing.notation.claim import Cell, Claim
from provision_costing.notation.length import clock, give_minutes, length
from provision_costing.notation.periods import is_period, period, weekdays
from provision_costing.notation.quantity import counted_span, estimate, length_text, number, span
from provision_costing.notation.reading import CELLS_REMEMBERED, Reading, Span
from provision_costing.notation.tokens import NUMBER, Cursor, tokenise
from provision_costing.notation.vocabulary import MISSING, NOISE, VAGUE
from provision_costing.notation.weekly import weigh

_PASSED_OVER = NOISE | {
    "session", "times", "lunchtime", "lunchtimes", "a", "each", "per", "group", "small", "individual", "class", "pupil",
    "adult", "week", ",", ".", ";", "(", ")", "'", '"', "block", "to", ":", "-", "all", "pair", "by", "every",
}  # fmt: skip
_LENGTH_NOT_WEEKS = ("term", "month", "year", "halfterm")


def read_duration(text: str, *, hours_per_day: Fraction = Fraction(6), days_per_week: int = 5) -> Reading:
    """Read minutes a session, sessions a week, hours a week and weeks. Never raises.

    Half a day is half of `hours_per_day`, and "daily" is `days_per_week` sessions: both are policy values (the steps
    from a week to an hour).
    """
    return _read(text, Fraction(hours_per_day), days_per_week)


@lru_cache(maxsize=CELLS_REMEMBERED)
def _read(text: str, hours_per_day: Fraction, days_per_week: int) -> Reading:
    cursor = Cursor(tokenise(text))
    cell = Cell(hours_per_day=hours_per_day, days_per_week=days_per_week)
    while cursor.more():
        for phrase in _FROM_A_NUMBER if cursor.term() == NUMBER else _FROM_A_WORD:
            if phrase(cursor, cell):
                break
        else:
            _other(cursor, cell)
    return weigh(text, cell)


def _equals(cursor: Cursor, cell: Cell) -> bool:
    if not cursor.take("=", "total"):
        return False
    cell.after_equals = not cell.claims[0].is_empty()
    return True


def _share(cursor: Cursor, cell: Cell) -> bool:
    """ "÷ 3" after a duration shares it among a group of 3."""
    start = cursor.at
    led = cursor.take("÷") or (cursor.take("divided") and cursor.take("by", "between"))
    led = led or (cursor.take("between") or (cursor.term(-1) in ("hour", "minute") and cursor.take("/")))
    size = number(cursor, cell.notes) if led else None
    if size is None or size.denominator != 1 or size < 1:
        cursor.at = start
        return False
    cursor.take("pupil")
    cell.group_sizes.append(int(size))
    cell.notes.how.append(f"shared by a group of {size}")
    return True


def _ratio(cursor: Cursor, cell: Cell) -> bool:
    """ "1:1" among the times: two single figures, one of them 1."""
    if cursor.term() != NUMBER or cursor.term(2) != NUMBER:
        return False
    left, sign, right = cursor.look(), cursor.term(1), cursor.look(2)
    sides = (left.text, right.text)
    single = all(len(side) == 1 and side.isdecimal() and side != "0" for side in sides) and "1" in sides
    in_words = [cursor.look(step).text for step in (0, 2)] == ["one", "one"]
    if in_words or (sides == ("1", "1") and sign in ("-", "to") and cursor.term(3) not in ("minute", "hour")):
        single, sign = True, ":"
    if not single or sign != ":":
        return False
    cursor.at += 3
    if sides == ("2", "1"):
        cell.notes.query("2:1 was read as 2 pupils with 1 adult.")
    cell.group_sizes.append(int(max(left.value or 1, right.value or 1)))
    cell.adults.append(1)
    cell.notes.how.append(f"{left.text}:{right.text} is {cell.group_sizes[-1]} with 1 adult")
    return True


def _article(cursor: Cursor, cell: Cell) -> bool:
    """ "an hour", and the first half of "a day a week"."""
    if cursor.term() == "a" and cursor.term(1) == "day" and cursor.term(2) in ("a", "per", "each", "every", "/"):
        cursor.at += 2
        cell.claim.days = (Fraction(1), Fraction(1))
        return True
    if cursor.term() != "a" or cursor.term(1) not in ("hour", "minute"):
        return False
    cursor.next()
    give_minutes(cell, length(cursor, cell, (Fraction(1), Fraction(1))))
    return True


def _times(cursor: Cursor, cell: Cell) -> bool:
    """ "x 5" after a length of time, or "once", "twice"."""
    words = {"once": 1, "twice": 2, "thrice": 3}
    if cursor.term() in words:
        many = Fraction(words[cursor.next().term])
        cell.claim.counts.append((many, many))
        return True
    if cursor.term() not in ("x", "times", "@"):
        return False
    cursor.next()
    if cursor.term() == NUMBER and cell.claim.minutes is not None:
        _quantity(cursor, cell, _span(cursor, cell), after_times=True)
    return True


def _number(cursor: Cursor, cell: Cell) -> bool:
    if cursor.term() != NUMBER:
        return False
    claim, shared_out = cell.claim, cursor.term(-1) in ("in", "over", "across", "into")
    before = len(claim.counts)
    _quantity(cursor, cell, _span(cursor, cell), after_times=False)
    if shared_out and claim.minutes and len(claim.counts) > before:
        cell.notes.query(f"{length_text(claim.minutes)} each time, as it was read, or in all?")
    return True


def _group(cursor: Cursor, cell: Cell) -> bool:
    """ "in a group of 4" among the times."""
    size = cursor.look(2)
    if not (cursor.term() == "group" and cursor.term(1) == "of" and size.value and size.value.denominator == 1):
        return False
    cursor.at += 3
    cell.group_sizes.append(int(size.value))
    cell.notes.how.append(f"a group of {size.value}")
    return True


def _span(cursor: Cursor, cell: Cell) -> Span:
    held = span(cursor, cell.notes) or (Fraction(0), Fraction(0))
    if cursor.term() == "+" and cursor.term(1) != NUMBER:
        estimate(cursor, cell.notes)
    return held


def _quantity(cursor: Cursor, cell: Cell, held: Span, *, after_times: bool) -> None:
    """Say what a number counts, by the word that follows it."""
    if cursor.term() == "-" and cursor.term(1) in ("minute", "hour", "week", "day", "block"):
        cursor.next()
    if cursor.term() in ("a", "of") and cursor.term(1) in ("a", "hour", "day") and held[0] < 1:
        cursor.next()
        cursor.take("a")
    term = cursor.term()
    if term in ("minute", "hour"):
        give_minutes(cell, length(cursor, cell, held))
    elif term in ("day", "mornings", "morning", "week", *_LENGTH_NOT_WEEKS, "adult", "pupil"):
        cursor.next()
        _unit(cursor, cell, held, term)
    else:
        _count(cursor, cell, held, after_times=after_times)


def _unit(cursor: Cursor, cell: Cell, held: Span, term: str) -> None:
    claim = cell.claim
    if term == "week":
        if cursor.look(-1).text in ("wk", "week", "w") and cursor.term(-3) == "x" and held[1] > 1:
            cell.notes.query(f"Is that for {held[1]} weeks, as it was read, or {held[1]} times a week?")
        cursor.take("block")
        cell.weeks.append(held)
    elif term in ("adult", "pupil"):
        (cell.adults if term == "adult" else cell.group_sizes).append(int(held[1]))
        cell.notes.how.append(counted_span(held, term))
    elif term in _LENGTH_NOT_WEEKS and held[0] == Fraction(1, 2) and cursor.look(-3).term not in ("for", "over", "a"):
        claim.periods.append("halfterm" if term == "term" else term)
    elif term in _LENGTH_NOT_WEEKS:
        cell.notes.query(f"How many weeks is that? The length in {term}s was not read.")
    elif term == "day" and held[0] < 1:
        claim.part_of_day = held[1]
    else:
        claim.days = held
        claim.part_of_day = Fraction(1, 2) if term != "day" else claim.part_of_day


def _count(cursor: Cursor, cell: Cell, held: Span, *, after_times: bool) -> None:
    claim = cell.claim
    named = cursor.take("session") or (cursor.term() == "times" and cursor.take("times"))
    multiplied = cursor.term() in ("x", "@") and not claim.counts and not cell.after_equals
    if named or multiplied or after_times or (is_period(cursor) and not cell.after_equals):
        if multiplied and not is_period(cursor):
            cursor.next()
        claim.counts.append(held)
    elif cursor.term() == NUMBER and not claim.counts:
        cell.notes.query("Is the first number the sessions? If so, write 3 x 30 mins.")
        claim.counts.append(held)
    elif cell.after_equals:
        cell.stated_bare.append(held[1])
    else:
        claim.bare.append(held)


def _day_part(cursor: Cursor, cell: Cell) -> bool:
    """ "all day", "mornings", "a.m. only"."""
    claim = cell.claim
    if cursor.follow("all", "day"):
        claim.part_of_day = Fraction(1)
    elif cursor.take("mornings"):
        claim.part_of_day = Fraction(1, 2)
        claim.periods.append("day")
    elif cursor.take("morning", "pm"):
        if claim.part_of_day is not None:
            cell.notes.query("Morning and afternoon: once a day, or twice? Write how many sessions a week.")
        claim.part_of_day = Fraction(1, 2)
    elif cursor.take("lunchtimes"):
        claim.periods.append("day")
    else:
        return False
    return True


def _join(cursor: Cursor, cell: Cell) -> bool:
    """ "2 x 30 mins + 1 x 1 hr" is two claims added together."""
    if cursor.term() not in ("+", "and", "&"):
        return False
    cursor.next()
    if cursor.term() == NUMBER and cell.claim.minutes is not None and not cell.after_equals:
        cell.claims.append(Claim())
    return True


def _label(cursor: Cursor, cell: Cell) -> bool:
    """ "Wave 2": a number that names something."""
    if cursor.term() not in ("label", "year") or cursor.term(1) != NUMBER or cursor.term(2) in ("minute", "hour", "x"):
        return False
    cell.notes.unread += [cursor.next().text, cursor.next().text]
    return True


def _other(cursor: Cursor, cell: Cell) -> None:
    token = cursor.next()
    if token.text in VAGUE:
        cell.vague.append(token.text)
    elif token.text in MISSING or token.text == "see":
        cell.missing = True
    elif token.term not in _PASSED_OVER:
        cell.notes.leave(token.text)


def _estimate(cursor: Cursor, cell: Cell) -> bool:
    if cursor.term() == "+" and cursor.term(1) == NUMBER:
        return False
    if cursor.look().text == "min" and cursor.term(1) == NUMBER:
        cell.notes.query(f'"{cursor.next().text}" leaves the number open: write the usual one.')
        return True
    return estimate(cursor, cell.notes)


_FROM_A_NUMBER: tuple[Callable[[Cursor, Cell], bool], ...] = (clock, _ratio, period, _number)
_FROM_A_WORD: tuple[Callable[[Cursor, Cell], bool], ...] = (
    _equals,
    _share,
    _label,
    weekdays,
    _group,
    _article,
    period,
    _times,
    _day_part,
    _estimate,
    _join,
)
