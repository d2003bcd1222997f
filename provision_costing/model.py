"""What a school writes on a provision map, as plain immutable records.

Nothing here computes money. Every record knows the row it came from, so that a finding can point at a cell.
Hours, minutes and weeks are exact (`Fraction`); pounds as given are `Decimal`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum
from fractions import Fraction


class Wave(IntEnum):
    """The wave model: 1 teaching for all, 2 small catch-up groups, 3 individual, targeted support."""

    ONE = 1
    TWO = 2
    THREE = 3


class AreaOfNeed(StrEnum):
    """The four broad areas of need."""

    COGNITION = "Cognition and learning"
    COMMUNICATION = "Communication and interaction"
    SEMH = "Social, emotional and mental health"
    SENSORY = "Sensory and/or physical"


class Tier(StrEnum):
    """The tiers proposed in 2026, beside the waves."""

    UNIVERSAL = "Universal"
    TARGETED = "Targeted"
    TARGETED_PLUS = "Targeted plus"
    SPECIALIST = "Specialist"


class SenStatus(StrEnum):
    """The school census codes."""

    NONE = "N"
    SUPPORT = "K"
    PLAN = "E"


class FundingSource(StrEnum):
    """Who pays for a line; which of them count towards Element 2 is the policy's list."""

    ELEMENT_2 = "Element 2"
    TOP_UP = "Top-up"
    PUPIL_PREMIUM = "Pupil Premium"
    PUPIL_PREMIUM_PLUS = "Pupil Premium Plus"
    EARLY_YEARS = "Early years inclusion fund"
    INCLUSIVE_MAINSTREAM = "Inclusive Mainstream Fund"
    HEALTH = "Health"
    PARENT = "Parent"
    OTHER = "Other"


class SalaryBasis(StrEnum):
    """What the annual salary buys: the weeks worked in term, or a full-time, all-year post."""

    TERM_TIME_ACTUAL = "Term-time actual"
    FULL_TIME_EQUIVALENT = "Full-time equivalent"


class Pension(StrEnum):
    """The pension scheme that an employer pays into for a role."""

    TEACHERS = "Teachers' Pension"
    LOCAL_GOVERNMENT = "Local Government Pension Scheme"
    NONE = "None"


class SchoolKind(StrEnum):
    """Which financial year the school keeps: April-March, or September-August."""

    MAINTAINED = "Maintained"
    ACADEMY = "Academy"
    EARLY_YEARS = "Early years setting"


class Form(StrEnum):
    """The shape in which a map was written."""

    WHOLE_SCHOOL = "whole-school map"
    INDIVIDUAL = "individual map"


@dataclass(frozen=True, slots=True)
class Source:
    """The row a record was read from. `columns` maps a field to its column letters, or to a whole cell."""

    file: str = ""
    sheet: str = ""
    row: int = 0
    columns: Mapping[str, str] = field(default_factory=dict, repr=False)

    def address(self, name: str) -> str:
        """Say where a field stands on its sheet: F12; empty when it has no cell of its own."""
        column = self.columns.get(name, "")
        if not column or column[-1].isdigit():
            return column
        return f"{column}{self.row}"

    def cell(self, name: str) -> str:
        """Say where a field stands in its file: Provision!F12."""
        address = self.address(name)
        return f"{self.sheet}!{address}" if address else self.sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A figure as the school printed it: the amount in pounds, the text of the cell, and where it stands.

    `amount` is None where the cell holds words, such as the name of a band. `sheet` and `cell` are set where the
    figure does not stand in its record's own row.
    """

    amount: Decimal | None
    text: str
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A school's own value in place of the authority's, with its reason."""

    name: str  # the policy value's name
    value: Decimal
    reason: str = ""
    source: Source = field(default_factory=Source, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One stretch of school days, a term or half a term: its first and its last day."""

    starts: date
    ends: date
    name: str = ""
    source: Source = field(default_factory=Source, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeGroup:
    """Pupils of one age group at the October census, and what the authority pays for each (Element 1)."""

    name: str
    pupils: int
    rate: Decimal  # pounds a year for one pupil
    source: Source = field(default_factory=Source, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """The school and the year that the map is for."""

    name: str = ""
    number: str = ""  # the local authority's or the department's number
    kind: SchoolKind | None = None
    year: str = ""  # as the school calls it: 2026-27
    starts: date | None = None
    ends: date | None = None
    policy: str = ""  # the policy that the workbook was made with
    policy_date: date | None = None
    notional_sen_budget: Decimal | None = None  # pounds a year for the school, not £6,000 x pupils
    prepared_by: str = ""  # a role, not a name
    overrides: tuple[Override, ...] = ()
    terms: tuple[Term, ...] = ()
    closures: tuple[date, ...] = ()  # INSET days and other days inside a term on which no pupil comes
    as_at: date | None = None  # the day up to which "cost to date" counts
    pays_levy: bool = False  # the employer pays the apprenticeship levy
    age_groups: tuple[AgeGroup, ...] = ()
    source: Source = field(default_factory=Source, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRate:
    """What an hour of a role costs: from an annual salary, or as a published hourly cost."""

    role: str
    salary: Decimal | None = None  # pounds a year
    hourly_cost: Decimal | None = None  # pounds an hour, on-costs included; wins over the salary
    salary_basis: SalaryBasis | None = None
    with_on_costs: bool | None = None
    scale_minimum: Decimal | None = None  # pounds a year
    scale_maximum: Decimal | None = None  # pounds a year
    pay_point: str = ""  # M3, SCP 5 …: stands for its published full-time salary before on-costs
    contracted_hours: Decimal | None = None  # hours a week of the post
    weeks_paid: Decimal | None = None  # weeks of pay in a year, holidays included
    pension: Pension | None = None
    pension_rate: Decimal | None = None  # the employer's per cent of pay
    stated: Mapping[str, Stated] = field(default_factory=dict)  # hourly_cost as the sheet shows it
    source: Source = field(default_factory=Source, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pupil:
    """A child on the map. The reference stands for the child everywhere; the name only on papers that ask for it."""

    reference: str
    name: str = field(default="", repr=False)
    year_group: str = ""  # N, R, 1 … 14
    sen_status: SenStatus | None = None
    area_of_need: AreaOfNeed | None = None
    stated_band: str = ""  # the increment that the school says the pupil is on
    stated: Mapping[str, Stated] = field(default_factory=dict)  # total, above_element_2, direct … as printed
    source: Source = field(default_factory=Source, repr=False)

    @property
    def has_sen(self) -> bool:
        """Say whether general provision is shared with this pupil: SEN support or a plan; unknown counts as SEN."""
        return self.sen_status is not SenStatus.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffing:
    """Adults of one role in every session."""

    role: str
    adults: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupChange:
    """From this day on, so many pupils share each session."""

    starts: date
    group_size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """One intervention as delivered: a group, the adults with it, and how often it meets."""

    code: str  # P001
    intervention: str
    staffing: tuple[Staffing, ...]
    group_size: int | None  # pupils sharing a session, named on the map or not; None: not written
    minutes_per_session: Fraction | None
    sessions_per_week: Fraction | None
    weeks: Fraction | None = None  # None: the policy's weeks in the year
    group_changes: tuple[GroupChange, ...] = ()  # pupils who join or leave; the days before stay as they were
    pupils_without_sen: int = 0  # of the group, for a policy that shares the cost among pupils with SEN only
    parallel_groups: int = 1  # groups of this size that run side by side, each with these adults
    wave: Wave | None = None
    tier: Tier | None = None
    area_of_need: AreaOfNeed | None = None
    funding_source: FundingSource | None = None  # None: Element 2
    open_to_all: bool = False
    starts: date | None = None
    ends: date | None = None
    stated: Mapping[str, Stated] = field(default_factory=dict)  # session_cost, weekly_cost, annual_cost as printed
    ratio_text: str = ""  # the staff/pupil ratio as written, where the form holds text
    duration_text: str = ""  # as written, where the form holds text
    group_claims: Mapping[str, int] = field(default_factory=dict)  # pupils divided by in other cells: weekly_cost → 8
    unread: tuple[str, ...] = ()  # fields of the cost that hold something that could not be read
    source: Source = field(default_factory=Source, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """Something bought: an external service, equipment, a licence.

    What a year bears is the cost × the units in the year (sessions of a service) ÷ the years it lasts.
    """

    code: str  # R001
    description: str
    annual_cost: Decimal | None  # pounds: of one year of its use, of one unit, or of the whole when it lasts for years
    units: Fraction | None = None  # sessions or items in the year; None: 1
    years: int | None = None  # years over which it is spread; None: 1
    shared_by: int | None = 1  # pupils who share it
    kind: str = ""
    provider: str = ""
    funding_source: FundingSource | None = None
    stated: Mapping[str, Stated] = field(default_factory=dict)
    source: Source = field(default_factory=Source, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """One pupil in one provision, or with one resource, and what it is for."""

    pupil: str  # Pupil.reference
    code: str  # Provision.code or Resource.code
    outcome: str = ""
    starts: date | None = None
    ends: date | None = None
    weeks: Fraction | None = None  # None: the provision's weeks
    whole_cost_reason: str = ""  # why this pupil alone is charged the whole session: it exists for this pupil
    unread: tuple[str, ...] = ()  # fields of the cost that hold something that could not be read
    stated: Mapping[str, Stated] = field(default_factory=dict)  # weekly_cost, annual_cost as printed
    source: Source = field(default_factory=Source, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneralProvision:
    """A cost that helps every pupil with SEN and cannot be tracked to one."""

    description: str
    annual_cost: Decimal | None  # pounds a year
    kind: str = ""
    funding_source: FundingSource | None = None
    source: Source = field(default_factory=Source, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One review of one pupil's provision with the child and the parents."""

    pupil: str  # Pupil.reference
    number: int | None = None  # first, second, third in the year
    planned: date | None = None
    held: date | None = None
    progress: int | None = None  # 1 none or worse, 2 limited, 3 moderate, 4 significant, 5 achieved
    working: str = ""
    not_working: str = ""
    next_step: str = ""
    source: Source = field(default_factory=Source, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionMap:
    """One school's provision for one period, or one pupil's: what the reader could read, and what it left out."""

    file: str
    form: Form
    school: School
    staff: tuple[StaffRate, ...] = ()
    pupils: tuple[Pupil, ...] = ()
    provisions: tuple[Provision, ...] = ()
    resources: tuple[Resource, ...] = ()
    allocations: tuple[Allocation, ...] = ()
    general: tuple[GeneralProvision, ...] = ()
    reviews: tuple[Review, ...] = ()
    rows_left_out: int = 0  # rows that could not be costed; a map with any is never called complete
    stated: Mapping[str, Stated] = field(default_factory=dict)  # totals printed for the whole map
    source: Source = field(default_factory=Source, repr=False)

    @property
    def is_complete(self) -> bool:
        """Say whether every row that the school wrote is in the figures."""
        return self.rows_left_out == 0
