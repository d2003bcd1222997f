"""Pounds and pence. The only module that rounds.

Inside a calculation an amount is an exact `Fraction`. Once rounded to the penny it is a `Decimal`. Python refuses
to add the two, so a rounded figure cannot slip back into a sum unnoticed.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor

PENNY = Decimal("0.01")

# What a person types for a number: no underscores, exponents, "nan" or digits of other alphabets, all of which
# Decimal() would take. Thousands are grouped in threes or not at all: "10, 903" and "1.662,50" are doubtful.
_TYPED_NUMBER = re.compile(r"(?a:[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[+-]?\.\d+)")


def exact(amount: Decimal | int) -> Fraction:
    """Take an amount into a calculation. Floats are refused with TypeError."""
    if isinstance(amount, float):
        raise TypeError(f"{amount!r} is a float; read it with from_cell() first")
    return Fraction(amount)


def to_pence(amount: Fraction) -> Decimal:
    """Round pounds to the penny, halves away from zero, as ROUND(x, 2) does in a sheet."""
    return to_places(amount, 2)


def to_places(amount: Fraction, places: int) -> Decimal:
    """Round to so many decimal places, halves away from zero: for what is shown, never for what is summed."""
    numerator, denominator = abs(amount.numerator) * 10**places, amount.denominator
    whole = (2 * numerator + denominator) // (2 * denominator)
    return Decimal(whole if amount >= 0 else -whole).scaleb(-places)


def from_cell(value: float | str | Decimal) -> Decimal:
    """Read the number that was typed: 17.2 means 17.2, not 17.19999999999999929.

    A float is read at the 15 significant digits that a spreadsheet keeps. Text may carry £, spaces and thousands
    commas. Anything else ("nan", "1e3", "1_000", "10, 903") raises ValueError.
    """
    if isinstance(value, bool):
        raise ValueError(f"{value!r} is not a number")  # noqa: TRY004 - the cell holds TRUE: a value, not a type, is wrong
    if isinstance(value, float):
        number = Decimal(f"{value:.15g}")
        if not number.is_finite():
            raise ValueError(f"{value!r} is not a number")
        return number + 0
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, Decimal) and value.is_finite():
        return value
    text = str(value).replace("\u00a0", " ").strip()
    sign = "-" if text.startswith("-") else ""
    text = sign + text.removeprefix("-").strip().removeprefix("£").strip()
    if not _TYPED_NUMBER.fullmatch(text):
        raise ValueError(f"{value!r} is not a number")
    return Decimal(text.replace(",", ""))


def pounds(amount: Decimal) -> str:
    """Write an amount for a person: £1,662.50, or -£71.06."""
    sign = "-" if amount < 0 else ""
    return f"{sign}£{to_pence(Fraction(abs(amount))):,.2f}"


def plain(number: Fraction | Decimal | int, places: int = 6) -> str:
    """Write a quantity without idle zeros: 2.5, 38, 0.333333."""
    text = f"{to_places(Fraction(number), places):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def apportion(total: Decimal, weights: Sequence[Fraction | int]) -> tuple[Decimal, ...]:
    """Share pounds and pence in proportion to the weights so that the parts add up to the whole, to the penny.

    Largest remainder: each part is rounded down, and the pennies left over go to the parts that lost most; among
    equals, to the first. Weights that are all zero share nothing and raise ValueError.
    """
    whole = sum((Fraction(weight) for weight in weights), Fraction(0))
    if whole <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("nothing to share by: the weights must be positive")
    pence = int(exact(total) * 100)
    ideal = [pence * Fraction(weight) / whole for weight in weights]
    parts = [floor(share) for share in ideal]  # down also below nought: a credit is shared as a cost is
    by_loss = sorted(range(len(parts)), key=lambda i: (parts[i] - ideal[i], i))
    for i in by_loss[: pence - sum(parts)]:
        parts[i] += 1
    return tuple(Decimal(part).scaleb(-2) for part in parts)
