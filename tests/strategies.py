"""Made-up maps, for laws: as many as wanted, each the same every time for its seed.

About a third of the provision lands on an exact half penny, where a binary or chained sum goes wrong. Every value
survives a spreadsheet: text is trimmed, numbers have few digits, references and codes are unique.

`maps` and `seeded_map` are plain maps; `full_maps` and `seeded_full_map` use everything that a map can hold: salary
bases and on-costs, pay points, terms, dates, groups that change, whole costs, every fund.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import TypeVar

from hypothesis import strategies as st

from provision_costing.model import (
    AgeGroup,
    Allocation,
    AreaOfNeed,
    Form,
    FundingSource,
    GeneralProvision,
    GroupChange,
    Override,
    Pension,
    Provision,
    ProvisionMap,
    Pupil,
    Resource,
    Review,
    SalaryBasis,
    School,
    SchoolKind,
    SenStatus,
    Staffing,
    StaffRate,
    Term,
    Tier,
    Wave,
)
from provision_costing.workbook.layout import GENERAL_KINDS, RESOURCE_KINDS, YEAR_GROUPS

# With a rate of its own on the Staff sheet, by another way of writing it, only published, and with no rate at all.
OWN_ROLES = ("Play leader", "Teaching Assistant", "Learning Mentor", "Sensory TA", "Teacher", "Zirkuspädagogin")
PUBLISHED_ROLES = ("HLTA", "TA", "learning mentors", "Teacher", "Lsa")
NO_RATE = "Dance coach"
INTERVENTIONS = (
    "Phonics catch-up", "Lego therapy", "In-class literacy", "Physiotherapy programme", "Lunch-time social skills",
    "Talk boost & listening", "Präzise “handwriting” <club>", "ELSA", "Precision teaching", "Sensory circuit",
)  # fmt: skip
FIRST_DAY = date(2026, 9, 1)

T = TypeVar("T")


def maps(most_pupils: int = 6) -> st.SearchStrategy[ProvisionMap]:
    """Give whole-school maps to Hypothesis."""
    return st.randoms(use_true_random=False).map(lambda random: _map(random, most_pupils))


def seeded_map(seed: int, most_pupils: int = 6) -> ProvisionMap:
    """Make the whole-school map that belongs to a seed."""
    return _map(Random(seed), most_pupils)


def full_maps(most_pupils: int = 6) -> st.SearchStrategy[ProvisionMap]:
    """Give whole-school maps that use all that a map can hold to Hypothesis."""
    return st.randoms(use_true_random=False).map(lambda random: _full(random, _map(random, most_pupils)))


def seeded_full_map(seed: int, most_pupils: int = 6) -> ProvisionMap:
    """Make the full whole-school map that belongs to a seed."""
    random = Random(seed)
    return _full(random, _map(random, most_pupils))


def _map(random: Random, most_pupils: int) -> ProvisionMap:
    staff = tuple(_staff(random, role) for role in random.sample(OWN_ROLES, random.randint(1, 4)))
    roles = [*(s.role for s in staff), random.choice(PUBLISHED_ROLES), *([NO_RATE] if random.random() < 0.1 else [])]
    pupils = tuple(_pupil(random, number) for number in range(1, random.randint(0, most_pupils) + 1))
    provisions = tuple(_provision(random, number, roles, staff) for number in range(1, random.randint(0, 5) + 1))
    resources = tuple(_resource(random, number) for number in range(1, random.randint(0, 2) + 1))
    codes = [p.code for p in provisions] + [r.code for r in resources]
    return ProvisionMap(
        file="made-up.xlsx", form=Form.WHOLE_SCHOOL, school=_school(random), staff=staff, pupils=pupils,
        provisions=provisions, resources=resources,
        allocations=tuple(
            _allocation(random, pupil.reference, code)
            for pupil in pupils
            for code in sorted(random.sample(codes, random.randint(0, len(codes))))
        ),
        general=tuple(_general(random) for _ in range(random.randint(0, 2))),
        reviews=tuple(_review(random, p.reference, n) for p in pupils for n in range(1, random.randint(1, 4))),
    )  # fmt: skip


def _maybe(random: Random, value: T, likely: float = 0.5) -> T | None:
    return value if random.random() < likely else None


def _pence(random: Random, least: int, most: int) -> Decimal:
    return Decimal(random.randint(least * 100, most * 100)).scaleb(-2)


def _school(random: Random) -> School:
    overrides = [
        Override(name="weeks_per_year", value=Decimal(random.choice((36, 39, 40))), reason="Our year has other weeks."),
        Override(name="salary_weeks", value=Decimal("43.5"), reason="Paid for 43.5 weeks."),
        Override(name="hours_per_day", value=Decimal("6.25"), reason="Agreed with the authority."),
        Override(name="element_2_threshold", value=Decimal(6500), reason="A letter of May 2026."),
    ]
    return School(
        name="Whitethorn & Elm Primary", number="320/2999", kind=random.choice(list(SchoolKind)), year="2026-27",
        starts=FIRST_DAY, ends=date(2027, 7, 21), policy="waltham-forest", policy_date=FIRST_DAY,
        notional_sen_budget=_maybe(random, _pence(random, 1000, 200000)), prepared_by="SENCO",
        overrides=tuple(random.sample(overrides, random.choice((0, 0, 0, 1, 2)))),
    )  # fmt: skip


def _staff(random: Random, role: str) -> StaffRate:
    by_hour, both = random.random() < 0.4, random.random() < 0.1
    return StaffRate(
        role=role,
        # three times an odd number: half an hour a week for two pupils comes to a half penny (…/1,140 ÷ 2 ÷ 2 × 38)
        salary=Decimal(3 * (2 * random.randint(2500, 9000) + 1)) if not by_hour or both else None,
        hourly_cost=_pence(random, 9, 60) if by_hour or both else None,
        salary_basis=_maybe(random, random.choice(list(SalaryBasis))),
        with_on_costs=_maybe(random, random.random() < 0.8),
        scale_minimum=Decimal(18000) if role == "Teacher" else None,
        scale_maximum=Decimal(27000) if role == "Teacher" else None,
    )


def _pupil(random: Random, number: int) -> Pupil:
    return Pupil(
        reference=random.choice((f"{number:03d}", f"AB{number}", f"Pupil {number}")),
        name=_maybe(random, random.choice(("Ayşe Demir", "Bo O’Neill", "Chi <Adeyemi>"))) or "",
        year_group=random.choice((*YEAR_GROUPS, "")),
        sen_status=random.choice((*SenStatus, SenStatus.SUPPORT, SenStatus.SUPPORT, None)),
        area_of_need=_maybe(random, random.choice(list(AreaOfNeed))),
        stated_band=random.choice(("", "", "1a", "2c")),
    )


def _provision(random: Random, number: int, roles: Sequence[str], staff: Sequence[StaffRate]) -> Provision:
    tie = random.random() < 0.35
    second = random.random() < 0.15 and not tie
    chosen = random.sample(list(roles), 2 if second else 1)
    if tie:
        chosen = [random.choice(staff).role]
    starts = FIRST_DAY + timedelta(days=random.randint(0, 100))
    return Provision(
        code=f"P{number:03d}", intervention=random.choice(INTERVENTIONS),
        staffing=tuple(Staffing(role=r, adults=Fraction(1) if tie else _adults(random)) for r in chosen),
        group_size=2 if tie else random.choice((1, 2, 3, 4, 6, 7, 8, 12, None)),
        minutes_per_session=Fraction(30) if tie else random.choice((*map(Fraction, (5, 20, 30, 45, 60, 300)), None)),
        sessions_per_week=Fraction(1) if tie else random.choice((Fraction(1, 2), *map(Fraction, (1, 2, 3, 5)))),
        weeks=_maybe(random, Fraction(38) if tie else Fraction(random.choice((6, 12, 19, 36, 40)))),
        parallel_groups=random.choice((1, 1, 1, 2)),
        wave=_maybe(random, random.choice(list(Wave)), 0.8), tier=_maybe(random, random.choice(list(Tier)), 0.3),
        area_of_need=_maybe(random, random.choice(list(AreaOfNeed)), 0.8), funding_source=_fund(random),
        open_to_all=random.random() < 0.1, starts=_maybe(random, starts, 0.3),
        ends=_maybe(random, starts + timedelta(days=90), 0.3),
    )  # fmt: skip


def _adults(random: Random) -> Fraction:
    return random.choice((Fraction(1), Fraction(1), Fraction(2), Fraction(1, 2)))


def _fund(random: Random) -> FundingSource | None:
    return random.choice((None, None, FundingSource.ELEMENT_2, FundingSource.TOP_UP, FundingSource.PUPIL_PREMIUM))


def _resource(random: Random, number: int) -> Resource:
    return Resource(
        code=f"R{number:03d}", description="Speech therapist, a block of visits", kind=random.choice(RESOURCE_KINDS),
        annual_cost=_maybe(random, _pence(random, 1, 4000), 0.9), shared_by=random.choice((1, 2, 3, 7, 8)),
        provider=random.choice(("", "Whitethorn NHS Trust")), funding_source=_fund(random),
    )  # fmt: skip


def _allocation(random: Random, pupil: str, code: str) -> Allocation:
    return Allocation(
        pupil=pupil, code=code, outcome=random.choice(("", "By July will read 40 words, so that …")),
        starts=_maybe(random, FIRST_DAY + timedelta(days=7), 0.1),
        weeks=_maybe(random, Fraction(random.choice((6, 10, 38))), 0.2) if code.startswith("P") else None,
    )  # fmt: skip


def _general(random: Random) -> GeneralProvision:
    return GeneralProvision(
        description="Training for all staff", annual_cost=_maybe(random, _pence(random, 1, 9000), 0.9),
        kind=random.choice(GENERAL_KINDS), funding_source=_fund(random),
    )  # fmt: skip


def _review(random: Random, pupil: str, number: int) -> Review:
    held = random.random() < 0.5
    return Review(
        pupil=pupil, number=number, planned=FIRST_DAY + timedelta(days=90 * number),
        held=FIRST_DAY + timedelta(days=90 * number + 3) if held else None,
        progress=random.randint(1, 5) if held else None, working="Small steps" if held else "",
        not_working="", next_step="Twice a week from January" if held else "",
    )  # fmt: skip


# -- everything that a map can hold --------------------------------------------------------------------------------

# Half terms of 2026-27, unequal; the last day of each may move.
HALF_TERMS = (
    (date(2026, 9, 1), date(2026, 10, 23)), (date(2026, 11, 2), date(2026, 12, 18)),
    (date(2027, 1, 4), date(2027, 2, 12)), (date(2027, 2, 22), date(2027, 3, 25)),
    (date(2027, 4, 12), date(2027, 5, 28)), (date(2027, 6, 7), date(2027, 7, 21)),
)  # fmt: skip
CLOSED = (date(2026, 9, 1), date(2026, 9, 2), date(2027, 1, 4), date(2027, 5, 3), date(2027, 6, 7))
PAY_POINTS = ("SCP 3", "SCP 5", "SCP 25", "M1", "M3", "U3")


def _full(random: Random, plain: ProvisionMap) -> ProvisionMap:
    """Add to a plain map what it lacks; each thing is on some maps and off others."""
    provisions = tuple(_full_provision(random, p) for p in plain.provisions)
    return replace(
        plain, school=_full_school(random, plain.school), staff=tuple(_full_staff(random, s) for s in plain.staff),
        provisions=provisions, resources=tuple(_full_resource(random, r) for r in plain.resources),
        allocations=tuple(_full_allocation(random, a) for a in plain.allocations),
        general=tuple(replace(g, funding_source=_any_fund(random)) for g in plain.general),
    )  # fmt: skip


def _full_school(random: Random, school: School) -> School:
    terms = tuple(
        Term(starts=starts, ends=ends - timedelta(days=random.choice((0, 0, 1, 7))), name=f"Half term {n}")
        for n, (starts, ends) in enumerate(HALF_TERMS, 1)
    )
    groups = (("Primary", 3847), ("Key stage 3", 5422), ("Key stage 4", 6113))
    return replace(
        school, terms=terms if random.random() < 0.8 else (),
        closures=tuple(sorted(random.sample(CLOSED, random.randint(0, len(CLOSED))))),
        as_at=_maybe(random, FIRST_DAY + timedelta(days=random.randint(-20, 360)), 0.7),
        pays_levy=random.random() < 0.4,
        age_groups=tuple(
            AgeGroup(name=name, pupils=random.randint(0, 400), rate=Decimal(rate))
            for name, rate in groups[: random.randint(0, 3)]
        ),
    )  # fmt: skip


def _full_staff(random: Random, line: StaffRate) -> StaffRate:
    """A line that lacks something for its build-up stays, now and then: its role then has no rate of its own."""
    by_point = line.salary is None and random.random() < 0.7
    pension = _maybe(random, random.choice(list(Pension)), 0.9)
    return replace(
        line, pay_point=random.choice(PAY_POINTS) if by_point or random.random() < 0.1 else "",
        hourly_cost=None if by_point else line.hourly_cost,
        salary_basis=_maybe(random, random.choice(list(SalaryBasis)), 0.8),
        with_on_costs=_maybe(random, random.random() < 0.4, 0.8),
        contracted_hours=_maybe(random, Decimal(random.choice(("37", "32.5", "27.5", "16.25"))), 0.6),
        weeks_paid=_maybe(random, Decimal(random.choice(("44.3", "45.5", "52.143", "39"))), 0.8),
        pension=pension,
        pension_rate=Decimal(random.choice(("29.4", "18.6", "23.1")))
        if pension is Pension.LOCAL_GOVERNMENT and random.random() < 0.9
        else None,
    )  # fmt: skip


def _full_provision(random: Random, provision: Provision) -> Provision:
    days = sorted(random.sample(range(1, 300), random.choice((0, 0, 1, 2, 3))))
    size = provision.group_size or 1
    starts = _maybe(random, FIRST_DAY + timedelta(days=random.randint(-30, 250)), 0.4)
    ends = _maybe(random, (starts or FIRST_DAY) + timedelta(days=random.randint(0, 300)), 0.4)
    return replace(
        provision, starts=starts, ends=ends, funding_source=_any_fund(random),
        group_changes=tuple(
            GroupChange(starts=FIRST_DAY + timedelta(days=day), group_size=random.choice((1, 2, 3, 5, 9)))
            for day in days
        ),
        pupils_without_sen=random.randint(0, size - 1) if random.random() < 0.3 else 0,
    )  # fmt: skip


def _full_allocation(random: Random, allocation: Allocation) -> Allocation:
    joins = FIRST_DAY + timedelta(days=random.randint(-10, 330))
    is_provision = allocation.code.startswith("P")
    return replace(
        allocation, starts=_maybe(random, joins, 0.3),
        ends=_maybe(random, joins + timedelta(days=random.randint(0, 200)), 0.3),
        whole_cost_reason="A programme of the therapist's for this pupil"
        if is_provision and random.random() < 0.1
        else "",
    )  # fmt: skip


def _full_resource(random: Random, resource: Resource) -> Resource:
    return replace(
        resource, units=_maybe(random, Fraction(random.choice((1, 6, 12, 38)))),
        years=_maybe(random, random.choice((1, 3, 5))), funding_source=_any_fund(random),
    )  # fmt: skip


def _any_fund(random: Random) -> FundingSource | None:
    funds: list[FundingSource | None] = [None, None, FundingSource.ELEMENT_2, *FundingSource]
    return random.choice(funds)
