"""The figures of docs/costing.md are the core's own: each section's example is costed here."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from provision_costing.costing import MapCost, SessionCost, cost_map, school_cost
from provision_costing.element_1 import element_1
from provision_costing.model import (
    AgeGroup,
    Allocation,
    FundingSource,
    GeneralProvision,
    GroupChange,
    Pension,
    ProvisionMap,
    Resource,
    SalaryBasis,
    School,
    StaffRate,
    Term,
)
from provision_costing.money import pounds, to_pence
from provision_costing.pay import point_named, staff_rate
from provision_costing.policy import ShareOver
from provision_costing.what_if import Scenario, what_if
from provision_costing.years import year_parts
from tests.making import TA, provision, provision_map, waltham_forest

PAGE = (Path(__file__).parent.parent / "docs" / "costing.md").read_text(encoding="utf-8")
SECTIONS = {part.split("\n", 1)[0]: part for part in PAGE.split("\n## ")[1:]}
POLICY = waltham_forest()
MARCH = School(name="Invented", terms=(Term(starts=date(2027, 3, 1), ends=date(2027, 3, 26)),))


def march(own: dict[str, Any] | None = None, as_at: date | None = None, **row: Any) -> ProvisionMap:
    given = Allocation(pupil="A-1", code="P001", **(own or {}))
    of = provision_map(provision(starts=date(2027, 3, 1), ends=date(2027, 3, 26), **row), allocations=(given,))
    return replace(of, school=replace(MARCH, as_at=as_at))


def total(of: ProvisionMap, **values: Any) -> str:
    return pounds(cost_map(of, replace(POLICY, **values)).pupils[0].total)


def hour(staff: StaffRate) -> str:
    rate = staff_rate(staff, POLICY)
    assert rate is not None
    return pounds(to_pence(rate.per_hour))


ASSISTANT = StaffRate(
    role=TA, salary=Decimal(25583), salary_basis=SalaryBasis.FULL_TIME_EQUIVALENT, with_on_costs=True,
    contracted_hours=Decimal("32.5"), weeks_paid=Decimal(44),
)  # fmt: skip


def salary_basis() -> list[str]:
    rate = staff_rate(ASSISTANT, POLICY)
    assert rate is not None
    assert rate.built is not None
    assert rate.built.contract_hourly is not None
    contract = pounds(to_pence(rate.built.contract_hourly))
    return [pounds(to_pence(rate.amount)), hour(ASSISTANT), contract, hour(StaffRate(role=TA, salary=Decimal(25583)))]


def on_costs() -> list[str]:
    teacher = StaffRate(role="Teacher", salary=Decimal(39134), with_on_costs=False, pension=Pension.TEACHERS)
    rate = staff_rate(teacher, POLICY)
    assert rate is not None
    assert rate.built is not None
    return [
        *(pounds(to_pence(line.amount)) for line in rate.built.lines[1:]),
        pounds(to_pence(rate.amount)),
        hour(teacher),
    ]


def points() -> list[str]:
    found = [point_named(name, POLICY) for name in ("SCP 5", "M3")]
    return [f"{p.name} is {pounds(p.salary).removesuffix('.00')} ({p.mark})".replace("SCP 5 is", "SCP 5 on that day is")
            for p in found if p]  # fmt: skip


def dates() -> list[str]:
    done = cost_map(march(as_at=date(2027, 3, 12)), POLICY).pupils[0].to_date
    assert done is not None
    return [total(march()), f"2 weeks: {total(march({'starts': date(2027, 3, 15)}))}", f"On 12 March {pounds(done)}"]


def groups() -> list[str]:
    change = (GroupChange(starts=date(2027, 3, 8), group_size=5),)
    sen = total(march(pupils_without_sen=2), share_over=ShareOver.PUPILS_WITH_SEN)
    return [total(march(group_changes=change)), total(march({"whole_cost_reason": "x"})), sen]


def resources() -> list[str]:
    rows = (
        Resource(code="R001", description="Visits", annual_cost=Decimal(45), units=Fraction(6), shared_by=2),
        Resource(code="R002", description="Equipment", annual_cost=Decimal(900), years=3),
    )
    given = tuple(Allocation(pupil="A-1", code=row.code) for row in rows)
    lines = cost_map(provision_map(resources=rows, allocations=given), POLICY).pupils[0].lines
    return [pounds(line.annual_cost) for line in lines]


def who_pays() -> list[str]:
    row = provision(group_size=1, sessions_per_week=Fraction(10), funding_source=FundingSource.PUPIL_PREMIUM)
    pupil = cost_map(provision_map(row), POLICY).pupils[0]
    return [f"{pounds(pupil.total)} of it counts and {pounds(pupil.not_counted)}"]


def general() -> list[str]:
    of = provision_map(pupils=3, general=(GeneralProvision(description="x", annual_cost=Decimal(100)),))
    first, *rest = (pounds(p.general) for p in cost_map(of, POLICY).pupils)
    return [f"{first}, {' and '.join(rest)}"]


def years() -> list[str]:
    terms = (
        Term(starts=date(2027, 2, 15), ends=date(2027, 3, 26)),
        Term(starts=date(2027, 4, 5), ends=date(2027, 4, 30)),
    )
    of = replace(provision_map(provision(group_size=1, weeks=Fraction(10))), school=School(terms=terms))
    cost: MapCost = cost_map(of, POLICY)
    first, second, academic = (pounds(part.total) for part in year_parts(cost, POLICY))
    return [f"{first} in 2026-27 and {second} in 2027-28; {academic} in the academic year"]


def whatever() -> list[str]:
    of = provision_map(provision(group_size=1, sessions_per_week=Fraction(9)))
    (effect,) = what_if(of, POLICY, Scenario(pay_award=Decimal("3.2"))).pupils
    assert effect.crosses == "from within Element 2 to 1a"
    return [pounds(effect.before.total), pounds(effect.after.total)]


def inclusion() -> list[str]:
    found = []
    for parallel in (1, 2):
        of = march(parallel_groups=parallel)
        cost = cost_map(of, POLICY)
        session = cost.sessions["P001"]
        assert isinstance(session, SessionCost)
        found.append(pounds(school_cost(of.provisions[0], session, POLICY, cost.diary)))
    return found


def element() -> list[str]:
    amount = element_1(School(age_groups=(AgeGroup(name="Primary", pupils=200, rate=Decimal(3847)),)))
    assert amount is not None
    return [pounds(amount)]


EXAMPLES: dict[str, Callable[[], list[str]]] = {
    "Salary basis": salary_basis, "On-costs": on_costs, "Pay points": points, "Dates": dates, "Groups": groups,
    "Resources and services": resources, "Who pays": who_pays, "General provision": general, "Years": years,
    "What if": whatever, "Inclusion strategy": inclusion, "Element 1": element,
}  # fmt: skip


@pytest.mark.parametrize("section", EXAMPLES)
def test_the_page_s_example_is_what_the_core_gives(section: str) -> None:
    example = " ".join(SECTIONS[section].split("*Example.*")[1].split())
    figures = EXAMPLES[section]()
    assert figures
    for figure in figures:
        assert figure in example


def test_every_section_has_its_example() -> None:
    assert list(SECTIONS) == list(EXAMPLES)
    assert all(re.search(r"\*Example\.\* .*£", part, re.DOTALL) for part in SECTIONS.values())
