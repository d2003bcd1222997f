"""Reads a cost: "£4,180 p.a.", "£12 an hour", "£175 ÷ 4 £43.75".

A sum written out is worked out again, and the result that the cell prints must be that within a penny.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from provision_costing.notation.amount import PENNY, Amount, amount, money
from provision_costing.notation.quantity import estimate
from provision_costing.notation.reading import CELLS_REMEMBERED, Notes, Reading, decimal_text, not_understood
from provision_costing.notation.tokens import END, NUMBER, Cursor, tokenise
from provision_costing.notation.vocabulary import MISSING, NOISE, VAGUE, words

WRITE_INSTEAD = 'Write pounds and how often, such as "£43.75 a week".'
MOST_POUNDS = 10**12
_PERIODS = {
    "hour": "hour", "hourly": "hour", "ph": "hour", "day": "day", "daily": "day", "pd": "day", "week": "week",
    "weekly": "week", "pw": "week", "session": "session", "term": "term", "termly": "term", "year": "year",
    "yearly": "year", "pa": "year",
}  # fmt: skip
_OTHER_PERIODS = words("month monthly pcm fortnight fortnightly halfterm halftermly minute block biweekly")
_PASSED_OVER = NOISE | {
    "total", "cost", "£", "each", "pupil", "adult", "group", "head", "per", "a", ",", ".", ";", "'", '"', ")", "-", ":",
    "all", "individual",
}  # fmt: skip


@dataclass(slots=True, kw_only=True)
class _Cost:
    """The sum so far: what it comes to, how it was written, and the result that was last printed."""

    value: Fraction | None = None
    said: str = ""
    steps: int = 0
    is_money: bool = False
    per: str | None = None
    high: Fraction | None = None
    operators: set[str] = field(default_factory=set)
    notes: Notes = field(default_factory=Notes)


def read_cost(text: str) -> Reading:
    """Read a cost in pounds and the period it is for, if one is written. Never raises."""
    return _read(text)


@lru_cache(maxsize=CELLS_REMEMBERED)
def _read(text: str) -> Reading:
    cursor, cost = Cursor(tokenise(text)), _Cost()
    if not cursor.more():
        return not_understood(text, f"The cell is empty. {WRITE_INSTEAD}")
    while cursor.more():
        _phrase(cursor, cost)
    return _meaning(text, cursor.terms, cost)


def _phrase(cursor: Cursor, cost: _Cost) -> None:
    if not (
        _nothing_to_pay(cursor, cost)
        or _estimate_before_amount(cursor, cost)
        or _operation(cursor, cost)
        or _stated(cursor, cost)
        or _range(cursor, cost)
        or _period(cursor, cost)
    ):
        _other(cursor, cost)


def _nothing_to_pay(cursor: Cursor, cost: _Cost) -> bool:
    if not (cursor.follow("no", "cost") or cursor.follow("free", "of", "cost") or cursor.take("free")):
        return False
    _state(cost, Amount(value=Fraction(0), text="no cost", is_money=True))
    return True


def _estimate_before_amount(cursor: Cursor, cost: _Cost) -> bool:
    """ "about £500" is an estimate, "£20 + £30" is a sum."""
    if cursor.term() == "+" and cursor.term(1) in ("£", NUMBER):
        return False
    return estimate(cursor, cost.notes)


def _operator(cursor: Cursor) -> str:
    """Step over a sign of a sum, if a number follows it."""
    signs = {"÷": "÷", "/": "÷", "x": "×", "@": "×", "times": "×", "+": "+", "and": "+", "divided": "÷", "between": "÷"}
    sign = signs.get(cursor.term(), "")
    ahead = 2 if cursor.term() == "divided" and cursor.term(1) in ("by", "between") else 1
    if not sign or not (cursor.term(ahead) == NUMBER or (cursor.term(ahead), cursor.term(ahead + 1)) == ("£", NUMBER)):
        return ""
    cursor.at += ahead
    return sign


def _operation(cursor: Cursor, cost: _Cost) -> bool:
    sign = _operator(cursor) if cost.value is not None else ""
    term = amount(cursor, cost.notes) if sign else None
    if cost.value is None or term is None:
        return False
    if sign == "÷" and term.value == 0:
        cost.notes.fault("A cost cannot be shared by nobody.")
        return True
    results = {"÷": cost.value / (term.value or 1), "×": cost.value * term.value, "+": cost.value + term.value}
    if results[sign] > MOST_POUNDS:
        cost.notes.fault("The sum comes to more than any cost.")
        return True
    cost.said = f"{cost.said} {'shared by' if sign == '÷' else sign} {term.text}"
    cost.value, cost.steps = results[sign], cost.steps + 1
    cost.is_money = cost.is_money or term.is_money
    cost.operators.add("+" if sign == "+" else "×")
    if sign == "×":
        cost.per = None
    return True


def _stated(cursor: Cursor, cost: _Cost) -> bool:
    """A number that starts the sum, or that prints its result, with or without an equals sign."""
    start = cursor.at
    cursor.take("=")
    cursor.take("total")
    term = amount(cursor, cost.notes)
    if term is None:
        cursor.at = start
        return False
    _state(cost, term)
    return True


def _state(cost: _Cost, term: Amount) -> None:
    if cost.value is None:
        cost.value, cost.said, cost.is_money = term.value, term.text, term.is_money
        return
    _compare(cost, term)
    if cost.steps:
        cost.notes.how.append(f"{cost.said} is {money(term.value)}")
    cost.value, cost.said, cost.steps, cost.is_money = term.value, money(term.value), 0, True
    cost.operators.clear()


def _compare(cost: _Cost, term: Amount) -> None:
    computed = cost.value or Fraction(0)
    apart = abs(computed - term.value)
    if not cost.steps:
        if apart:
            cost.notes.fault(f"The cell gives two amounts, {cost.said} and {money(term.value)}: keep one.")
        return
    if apart <= PENNY:
        return
    if term.whole_pounds and apart < 1 <= term.value:
        cost.notes.query(f"{cost.said} is {money(computed)}; the cell rounds it to {money(term.value)}.")
    elif len(cost.operators) > 1:
        cost.notes.fault("The sum mixes adding with sharing or multiplying: write only its result.")
    else:
        cost.notes.fault(f"{cost.said} is {money(computed)}, but the cell says {money(term.value)}.")


def _range(cursor: Cursor, cost: _Cost) -> bool:
    if cost.value is None or cost.steps or cost.high is not None or not cursor.take("-", "to", "or"):
        return False
    term = amount(cursor, cost.notes)
    if term is None:
        cursor.at -= 1
        return False
    low, high = sorted((cost.value, term.value))
    cost.value, cost.high, cost.is_money = low, high, cost.is_money or term.is_money
    cost.notes.query(f"The cost is a range, {money(low)} to {money(high)}: a panel will ask for the actual cost.")
    return True


def _period(cursor: Cursor, cost: _Cost) -> bool:
    start = cursor.at
    led = cursor.take("per", "a", "/", "each", "every")
    cursor.take("academic", "school")
    half = led and cursor.look().text in ("half", "1/2", "½") and cursor.take(NUMBER)
    term = cursor.next().term
    if cost.value is not None and (half or term in _OTHER_PERIODS) and (led or term.endswith("ly") or term == "pcm"):
        said = cursor.since(start)
        cost.notes.query(f'"{said}" is not a period that costs are given for: write it for a week, a term or a year.')
        return True
    if term in _PERIODS and (led or term not in ("hour", "day", "week", "session", "term", "year")):
        _set_per(cost, _PERIODS[term])
        return True
    cursor.at = start
    return False


def _set_per(cost: _Cost, per: str) -> None:
    if cost.per not in (None, per):
        cost.notes.fault(f"The cell gives the cost both for a {cost.per} and for a {per}.")
    cost.per = per


def _other(cursor: Cursor, cost: _Cost) -> None:
    token = cursor.next()
    follows = cursor.term()
    if token.term in ("-", "(") and cost.value is None and follows in ("£", NUMBER):
        cost.notes.fault("A cost is not negative and does not start with a dash or a bracket.")
    elif token.term == "vat":
        cost.notes.query("Say whether the amount includes VAT.")
    elif token.term == "=" and follows == END:
        cost.notes.query("The sum has no result.")
    elif token.term not in _PASSED_OVER and token.term != "(":
        cost.notes.leave(token.text)


def _meaning(text: str, terms: list[str], cost: _Cost) -> Reading:
    notes = cost.notes
    if cost.value is None:
        return not_understood(text, _why_not(set(terms) - {END}))
    if len(cost.operators) > 1:
        notes.fault("The sum mixes adding with sharing or multiplying: write only its result.")
    if notes.faults:
        return not_understood(text, f"{' '.join(notes.faults)} {WRITE_INSTEAD}")
    if not cost.is_money and notes.unread:
        return not_understood(text, f"{notes.problem()} {WRITE_INSTEAD}")
    pounds = None if cost.high is not None else _amount(cost)
    notes.how.append(_told(cost, pounds))
    return Reading(
        text=text,
        understood=True,
        how="; ".join(notes.how),
        problem=notes.problem(),
        amount=pounds,
        amount_per=cost.per,
        ranges=(("amount", cost.value, cost.high),) if cost.high is not None else (),
    )


def _amount(cost: _Cost) -> Decimal:
    """The amount as printed; a sum without a printed result is worked out, to the penny."""
    value = cost.value or Fraction(0)
    if not cost.steps:
        return Decimal(decimal_text(value, 18))
    if value % PENNY:
        cost.notes.query(f"{cost.said} does not come to whole pence: it was read to the nearest penny.")
    return Decimal(decimal_text(value, 2))


def _told(cost: _Cost, pounds: Decimal | None) -> str:
    period = "" if cost.per is None else " an hour" if cost.per == "hour" else f" a {cost.per}"
    if pounds is None:
        return f"a range of costs{period}"
    worked_out = f"{cost.said} is " if cost.steps else ""
    return f"{worked_out}{money(Fraction(pounds))}{period or ' (no period is written)'}"


def _why_not(terms: set[str]) -> str:
    if terms & MISSING or terms <= {"-", "?", ".", "see", "above", "below", "as"}:
        return f"No cost is given; if there is none, write 0. {WRITE_INSTEAD}"
    if terms & VAGUE:
        return f"That is not a number, and a panel will want one. {WRITE_INSTEAD}"
    return f"No cost was found. {WRITE_INSTEAD}"
