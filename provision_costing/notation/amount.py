"""One number of a cost as typed: "£17.50", "£2k", "10p", "£10, 903", "2.5 hrs"."""

from dataclasses import dataclass
from fractions import Fraction

from provision_costing.notation.quantity import number
from provision_costing.notation.reading import Notes, decimal_text
from provision_costing.notation.tokens import NUMBER, Cursor, Token
from provision_costing.notation.vocabulary import words

PENNY = Fraction(1, 100)
_UNITS = words("hour day week session term year pupil adult group minute times")


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number of the sum as written."""

    value: Fraction
    text: str
    is_money: bool
    whole_pounds: bool = True


def amount(cursor: Cursor, notes: Notes) -> Amount | None:
    """One number of the sum, with its £, k or p and any noun ("£17.50", "2.5 hrs", "38 weeks")."""
    start = cursor.at
    pounds = cursor.take("£")
    token = cursor.look()
    if token.term != NUMBER:
        cursor.at = start
        return None
    value = _grouped(cursor, notes)
    whole = "." not in token.text
    scale, pence = _scale(cursor)
    if not (pounds or scale):
        _unit(cursor)
    is_money = pounds or bool(scale)
    text = money(value * (scale or 1)) if is_money else decimal_text(value)
    if pence and not pounds:
        text = decimal_text(value) + "p"
    return Amount(value=value * (scale or 1), text=text, is_money=is_money, whole_pounds=whole and not pence)


def _grouped(cursor: Cursor, notes: Notes) -> Fraction:
    """A number whose thousands may be set apart by a space: "10, 903" and "1 662.50" are read, with a query."""
    first = cursor.look()
    value = number(cursor, notes) or Fraction(0)
    comma = cursor.term() == ","
    rest = cursor.look(1 if comma else 0)
    if not (len(first.text) <= 3 and first.text.isdecimal() and _three_digits(rest)):
        _ask_thousands(first, notes)
        return value
    cursor.at += 2 if comma else 1
    joined = value * 1000 + (rest.value or 0)
    notes.query(f'"{first.text}{"," if comma else ""} {rest.text}" was read as {money(joined)}: close the gap.')
    return joined


def _three_digits(token: Token) -> bool:
    whole, _, pence = token.text.partition(".")
    return token.term == NUMBER and len(whole) == 3 and whole.isdecimal() and len(pence) in (0, 2)


def _ask_thousands(token: Token, notes: Notes) -> None:
    whole, point, part = token.text.partition(".")
    if point and len(part) == 3 and 0 < len(whole) <= 3 and "," not in whole:
        notes.query(f'"{token.text}" was read as {token.text} pounds; for thousands, write {whole},{part}.')


def _scale(cursor: Cursor) -> tuple[Fraction | None, bool]:
    """What a number is multiplied by to make pounds, or None if nothing says that it is money; and whether in pence."""
    if cursor.take("k"):
        return Fraction(1000), False
    if cursor.term() == "£" and cursor.term(1) != NUMBER and cursor.take("£"):
        return Fraction(1), False
    if cursor.term() == "p" and cursor.take("p"):
        before = cursor.look(-3)
        return (Fraction(1) if before.term == "£" else PENNY), True
    return None, False


def _unit(cursor: Cursor) -> None:
    if cursor.term() in _UNITS and cursor.term(1) != NUMBER:
        cursor.next()


def money(value: Fraction) -> str:
    """£1,662.50; £43 stays £43."""
    if value.denominator == 1:
        return f"£{value.numerator:,}"
    pounds, _, pence = decimal_text(value, 6 if value % PENNY else 2).partition(".")
    return f"£{int(pounds):,}.{pence:0<2}"
