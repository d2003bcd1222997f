"""One thing that can be wrong in a row of a sheet: as a formula, and as the same test on the row's values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from provision_costing.model import Term
from provision_costing.policy import Policy
from provision_costing.roles import standard_role
from provision_costing.workbook.days import Days
from provision_costing.workbook.worked import Row, Value, plain_key

Test = Callable[[Row, "Around"], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a row's test may ask besides its own cells."""

    number: int  # the row, counted from 1
    policy: Policy
    starts: date | None
    ends: date | None
    firsts: Mapping[str, Mapping[str, int]]  # "Staff.key": the first row of each text
    allocated: frozenset[int]  # rows of pupils with an allocation
    reviews: Mapping[int, int]  # planned or held, by the pupil's row
    days: Days
    charged: Mapping[int, Fraction]  # what pupils are charged for each provision, by its row
    whole: frozenset[int]  # rows of provisions that a pupil is charged the whole session of
    terms: tuple[Term, ...]

    def is_excluded(self, role: Value) -> bool:
        """Say whether the core budget pays the role."""
        names = {standard_role(name).casefold() for name in self.policy.excluded_roles or ()}
        return bool(role) and str(role).casefold() in names

    def is_repeated(self, column: str, value: Value) -> bool:
        """Say whether an earlier row of this sheet holds the text."""
        return bool(value) and self.firsts[column].get(plain_key(str(value)), self.number) < self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that can be wrong in a row of a sheet."""

    sheet: str
    phrase: str
    when: str  # a formula's condition
    test: Test
    advice: str
    is_query: bool = False  # may be right, but a panel will ask


def is_empty(value: Value) -> bool:
    """Say whether a cell shows nothing."""
    return value is None or value == ""


def number(value: Value) -> float:
    """Give a cell's number, 0 for none, as N() does."""
    return float(value) if value is not None and not isinstance(value, str | date) else 0.0
