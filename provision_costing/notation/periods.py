"""How often, in words: "per week", "daily", "every other week", "half termly", "Mon, Wed, Fri"."""

from fractions import Fraction

from provision_costing.notation.claim import Cell
from provision_costing.notation.quantity import number
from provision_costing.notation.tokens import NUMBER, Cursor
from provision_costing.notation.vocabulary import WEEKDAY_ORDER

_ADVERBS = {
    "daily": "day", "weekly": "week", "fortnightly": "fortnight", "monthly": "month", "termly": "term",
    "halftermly": "halfterm", "yearly": "year", "pd": "day", "pw": "week", "pa": "year", "pcm": "month",
}  # fmt: skip
_UNITS = {
    "day": "day", "week": "week", "fortnight": "fortnight", "month": "month", "term": "term", "halfterm": "halfterm",
    "year": "year", "morning": "day", "mornings": "day", "pm": "day", "lunchtime": "day", "lunchtimes": "day",
}  # fmt: skip
_HALF = Fraction(1, 2)
_LEADS = ("per", "a", "/", "each", "every", "x")


def is_period(cursor: Cursor) -> bool:
    """Whether "per week" or the like comes next."""
    if cursor.term() in _ADVERBS:
        return True
    ahead = 1 + (cursor.term(1) in ("school", "academic", "per", "a"))
    return cursor.term() in _LEADS and (
        cursor.term(ahead) in _UNITS or (cursor.term(2) == "term" and cursor.look(1).value == _HALF)
    )


def period(cursor: Cursor, cell: Cell) -> bool:
    """Step over a period and keep it."""
    start = cursor.at
    found = ""
    for words in (_adverb, _every_so_many, _led):
        cursor.at = start
        found = words(cursor, cell)
        if found:
            break
    else:
        cursor.at = start
        return False
    if cell.after_equals:
        cell.stated_period = found
    elif found == "biweekly":
        cell.notes.fault('"Bi-weekly" may be twice a week or once a fortnight: write which.')
    elif found != "every":
        cell.claim.periods.append(found)
    return True


def _adverb(cursor: Cursor, _: Cell) -> str:
    """ "weekly", "half-termly", "x weekly"."""
    if cursor.term() == NUMBER and cursor.look().value == _HALF:
        ahead = 1 + (cursor.term(1) == "-")
        if cursor.term(ahead) == "termly":
            cursor.at += ahead + 1
            return "halfterm"
    if cursor.follow("bi", "-", "weekly") or cursor.follow("bi", "weekly") or cursor.take("biweekly"):
        return "biweekly"
    if cursor.term() in ("x", "per") and cursor.term(1) in _ADVERBS:
        cursor.next()
    return _ADVERBS[cursor.next().term] if cursor.term() in _ADVERBS else ""


def _every_so_many(cursor: Cursor, cell: Cell) -> str:
    """ "every other week", "alternate weeks", "every 3 weeks"."""
    led = cursor.take("every", "each")
    many: Fraction | None = None
    if cursor.take("other"):
        many = Fraction(2)
    elif led and cursor.term() == NUMBER:
        many = number(cursor, cell.notes)
        cursor.take("nd", "rd", "th")
    if not many or many < 1 or cursor.term() not in ("week", "day"):
        return ""
    if cursor.next().term == "day":
        cell.notes.query("Every other day is not the same number of days each week: write how many.")
        cell.claim.every = many / cell.days_per_week
    else:
        cell.claim.every = many
    return "every"


def _led(cursor: Cursor, _: Cell) -> str:
    """ "per week", "a day", "each school morning", "3 x week", "in a week"."""
    if not cursor.take(*_LEADS):
        return ""
    while cursor.take("school", "academic", "per", "a"):
        pass
    if cursor.term(1) == "term" and cursor.look().value == _HALF:
        cursor.at += 2
        return "halfterm"
    return _UNITS[cursor.next().term] if cursor.term() in _UNITS else ""


def weekdays(cursor: Cursor, cell: Cell) -> bool:
    """Step over "Mon, Wed & Fri" or "Mon-Fri" and count the days."""
    start = cursor.at
    cursor.take("every", "each")
    if cursor.term() not in WEEKDAY_ORDER:
        cursor.at = start
        return False
    cell.claim.weekdays += _run_of_days(cursor, cell)
    return True


def _run_of_days(cursor: Cursor, cell: Cell) -> int:
    days = [WEEKDAY_ORDER.index(cursor.next().term)]
    while True:
        sign = cursor.term()
        if sign in WEEKDAY_ORDER:
            days.append(WEEKDAY_ORDER.index(cursor.next().term))
        elif sign in (",", "and", "&", "/", "+") and cursor.term(1) in WEEKDAY_ORDER:
            cursor.next()
        elif sign in ("-", "to") and cursor.term(1) in WEEKDAY_ORDER:
            cursor.next()
            days += range(days[-1] + 1, WEEKDAY_ORDER.index(cursor.term()))
        else:
            break
    if len(set(days)) < len(days):
        cell.notes.fault("The same day is named twice.")
    return len(set(days))
