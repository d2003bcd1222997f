"""What was read in a cell, how, and how sure we are."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

Span = tuple[Fraction, Fraction]
"""The least and the most that was written; the same twice for a plain number."""


CELLS_REMEMBERED = 4096  # the cells of a map repeat each other, and a reading never changes


class Certainty(StrEnum):
    """How sure a reading is."""

    UNDERSTOOD = "understood"
    QUERY = "understood with a query"
    NOT_UNDERSTOOD = "not understood"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One cell as read: only what the cell says is filled, and what it says twice differently is left empty.

    `problem` with `understood` is a query; without, it says what to write instead. `ranges` holds (field, low, high)
    where a range was written; that field itself stays empty.
    """

    text: str
    understood: bool
    how: str = ""
    problem: str | None = None
    group_size: int | None = None
    adults: int | None = None
    minutes_per_session: Fraction | None = None
    sessions_per_week: Fraction | None = None
    weeks: Fraction | None = None
    hours_per_week: Fraction | None = None
    amount: Decimal | None = None
    amount_per: str | None = None
    ranges: tuple[tuple[str, Fraction, Fraction], ...] = ()

    @property
    def certainty(self) -> Certainty:
        """Understood, understood with a query, or not understood."""
        if not self.understood:
            return Certainty.NOT_UNDERSTOOD
        return Certainty.QUERY if self.problem else Certainty.UNDERSTOOD


FIELDS = (
    "group_size",
    "adults",
    "minutes_per_session",
    "sessions_per_week",
    "weeks",
    "hours_per_week",
    "amount",
    "amount_per",
)


@dataclass(slots=True, kw_only=True)
class Notes:
    """What a parser gathers for the `how` and the `problem` of a reading."""

    how: list[str] = field(default_factory=list)
    queries: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def query(self, question: str) -> None:
        """Ask once, however often the cell gives cause."""
        if question not in self.queries:
            self.queries.append(question)

    def fault(self, what: str) -> None:
        """Say what makes the cell unreadable."""
        if what not in self.faults:
            self.faults.append(what)

    def leave(self, text: str) -> None:
        """Hand back a word that was not read; a strange sign may change every number, so it is a fault."""
        self.unread.append(text)
        if not text[0].isalpha():
            self.fault(f'The sign "{text}" was not expected here.')

    def problem(self) -> str | None:
        """The sentences for the school, or None; beside a fault, smaller questions are left for later."""
        told = self.faults or self.queries.copy()
        if self.unread and not self.faults:
            told.append(f'Not read: "{" ".join(self.unread)}".')
        return " ".join(told) or None


def not_understood(text: str, problem: str) -> Reading:
    """A reading that holds nothing but what to write instead."""
    return Reading(text=text, understood=False, problem=problem)


def decimal_text(number: Fraction | int, places: int = 6) -> str:
    """Write a number as people do, at most so many decimal places, halves away from zero: 2.5, 38, 0.333333."""
    above, below = number.numerator, number.denominator
    if below == 1:
        return str(above)
    digits = str((2 * abs(above) * 10**places + below) // (2 * below)).zfill(places + 1)
    sign = "-" if above < 0 else ""
    return sign + f"{digits[:-places]}.{digits[-places:]}".rstrip("0").rstrip(".")


def as_json(reading: Reading) -> dict[str, object]:
    """The reading for programs: understood, how, problem, and the fields it holds; numbers as decimal strings."""
    known: dict[str, object] = {"understood": reading.understood, "how": reading.how, "problem": reading.problem}
    for name in FIELDS:
        value = getattr(reading, name)
        if isinstance(value, str):
            known[name] = value
        elif value is not None:
            known[name] = decimal_text(Fraction(value))
    if reading.ranges:
        known["ranges"] = {name: [decimal_text(low), decimal_text(high)] for name, low, high in reading.ranges}
    return known
