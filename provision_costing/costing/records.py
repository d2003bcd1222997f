"""What the costing gives: sessions, lines, a pupil's year, a map. Exact pounds are `Fraction`, rounded `Decimal`."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from provision_costing.model import Allocation, GeneralProvision, Provision, Pupil, Resource
from provision_costing.pay import Rate
from provision_costing.schedule import Diary

NOUGHT = Decimal("0.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncosted:
    """A row that has no cost because something it needs is missing, and the field that is missing."""

    record: Provision | Resource | Allocation | GeneralProvision
    field: str
    reason: str
    role: str = ""  # the role that has no rate, where that is what is missing


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionCost:
    """What one provision costs, exact: the session for the whole group, and one pupil's share of it and of a week."""

    session: Fraction
    weekly: Fraction  # of one group, whole
    per_pupil_session: Fraction
    per_pupil_weekly: Fraction
    school_weekly: Fraction  # all its parallel groups, whole
    rates: tuple[tuple[Rate, Fraction], ...]  # each role's rate, and the adults of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One pupil's share of one provision or resource, in pounds and pence."""

    pupil: str
    item: Provision | Resource
    allocation: Allocation
    weeks: Fraction | None  # None for a resource
    to_date: Fraction | None  # exact, up to the school's "as at" day; None without one, or without days to count by
    annual: Fraction  # exact, for totals
    weekly_cost: Decimal | None
    annual_cost: Decimal
    has_share: bool = True  # False: the policy shares the cost among pupils with SEN, and this pupil has none
    not_counted_because: str = ""  # empty: the line counts towards Element 2

    @property
    def counts(self) -> bool:
        """Say whether the line is part of the pupil's total."""
        return not self.not_counted_because


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where an amount above Element 2 falls among the increments, and how far it is from the edges."""

    name: str  # "1c"; empty when no increment applies
    amount: Decimal | None  # pounds a year of that increment
    to_next: Decimal | None  # pounds by which the total could rise before the next increment (or Element 2) is reached
    above_previous: Decimal | None  # pounds by which it could fall before it leaves this increment
    remark: str = ""  # why there is none


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilCost:
    """One pupil's year: the lines and what they add up to."""

    pupil: Pupil
    lines: tuple[Line, ...]
    direct: Decimal
    resources: Decimal
    general: Decimal
    total: Decimal
    not_counted: Decimal
    to_date: Decimal | None  # what of the total has been provided by the school's "as at" day
    above_element_2: Decimal
    placement: Placement | None  # None where the authority publishes no increments


@dataclass(frozen=True, slots=True, kw_only=True)
class MapCost:
    """A whole map, costed."""

    pupils: tuple[PupilCost, ...]
    general: Decimal
    total: Decimal  # all pupils' totals; general provision that no pupil shares is in `general` only
    sessions: Mapping[str, SessionCost | Uncosted]  # by the provision's code
    uncosted: tuple[Uncosted, ...]
    diary: Diary | None  # the days that dates were counted by

    def of(self, reference: str) -> PupilCost | None:
        """Find one pupil's year by reference."""
        return next((p for p in self.pupils if p.pupil.reference == reference), None)
