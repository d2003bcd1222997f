"""The sums: printed examples from outside, the edges of the increments, and laws that hold for every map."""

import math
import tomllib
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from provision_costing.costing import (
    SessionCost,
    above_element_2,
    cost_map,
    place,
    school_cost,
)
from provision_costing.explain import Step, seven_steps
from provision_costing.model import (
    Allocation,
    FundingSource,
    GeneralProvision,
    ProvisionMap,
    Pupil,
    Resource,
    SenStatus,
    Staffing,
)
from provision_costing.money import to_pence, to_places
from provision_costing.pay import staff_rate
from provision_costing.policy import Placing, Policy
from tests.making import TA, provision, provision_map, salaried, waltham_forest

CASES = tomllib.loads((Path(__file__).parent / "cases" / "worked_examples.toml").read_text(encoding="utf-8"))
POLICY = waltham_forest()
LARGEST = replace(POLICY, increment_placing=Placing.LARGEST_NOT_ABOVE)


# -- what public pages print -------------------------------------------------------------------------------------


def expect_printed(figure: dict[str, Any], step: Step) -> None:
    """Hold one printed figure against ours: reproduced by the rounding that it names, or a slip with the right one."""
    assert step.figure is not None
    printed = Decimal(figure["printed"])
    if "slip" in figure:
        assert str(to_places(step.figure, 2)) == figure["computed"]
        assert all(to_places(step.figure, places) != printed for places in (-1, 0, 1, 2))
        return
    dividend, _, divisor = figure.get("of", "").partition(" / ")
    value = Fraction(dividend) / Fraction(divisor) if dividend else step.figure
    if "cut" in figure:
        assert Fraction(math.floor(value * 10 ** figure["cut"]), 10 ** figure["cut"]) == printed
    else:
        assert to_places(value, figure["places"]) == printed


@pytest.mark.parametrize("case", CASES["example"], ids=lambda case: str(case["role"]))
def test_the_guide_s_worked_examples(case: dict[str, Any]) -> None:
    one = provision_map(provision(role=case["role"]), staff=(salaried(case["salary"], case["role"]),))
    line = cost_map(one, POLICY).pupils[0].lines[0]
    steps = {step.number: step for step in seven_steps(line, one, POLICY)}
    assert {figure["step"] for figure in case["figures"]} == {2, 3, 4, 5, 7}
    for figure in case["figures"]:
        expect_printed(figure, steps[figure["step"]])
    assert str(to_places(steps[4].figure or Fraction(0), 6)) == case["hourly_exact"]
    assert str(to_places(line.annual, 4)) == case["annual_exact"]


def year_3_map() -> ProvisionMap:
    rows = enumerate(CASES["map"]["row"], 1)
    return provision_map(*(
        provision(
            f"P{n:03}", row["role"], group_size=row["group_size"], minutes_per_session=Fraction(row["minutes"]),
            sessions_per_week=Fraction(row["sessions"]),
        )
        for n, row in rows
    ))  # fmt: skip


@pytest.mark.parametrize("number", range(6))
def test_the_guide_s_map_row_by_row(number: int) -> None:
    of = year_3_map()
    row, line = CASES["map"]["row"][number], cost_map(of, POLICY).pupils[0].lines[number]
    steps = {step.number: step for step in seven_steps(line, of, POLICY)}
    assert str(line.annual_cost) == row["annual"]
    for figure in row["figures"]:
        expect_printed(figure, steps[figure["step"]])


def test_the_guide_s_map_comes_to_this() -> None:
    case, pupil = CASES["map"], cost_map(year_3_map(), POLICY).pupils[0]
    assert str(pupil.total) == case["total"]
    assert str(pupil.above_element_2) == case["above_element_2"]
    assert pupil.placement is not None
    assert pupil.placement.name == case["increment"]
    assert str(pupil.placement.to_next) == case["to_next"]


def test_the_guide_s_total_is_the_sum_of_its_printed_rows() -> None:
    printed = sum(int(row["figures"][1]["printed"]) for row in CASES["map"]["row"])
    assert printed == int(CASES["map"]["printed_total"])


def test_a_total_is_rounded_once_not_added_up_from_rounded_lines() -> None:
    pupil = cost_map(year_3_map(), POLICY).pupils[0]
    assert sum(line.annual_cost for line in pupil.lines) == Decimal("7055.72")
    assert pupil.total == Decimal("7055.73")


@pytest.mark.parametrize("case", CASES["hourly"], ids=lambda case: f"{case['pounds']}-{case['rate']}")
def test_hourly_rates_that_others_print(case: dict[str, Any]) -> None:
    names = ("salary_weeks", "days_per_week", "hours_per_day")
    rate = staff_rate(salaried(case["pounds"]), waltham_forest(**dict(zip(names, case["divisors"], strict=True))))
    assert rate is not None
    assert str(to_pence(rate.per_hour)) == case["rate"]


def test_half_a_penny_goes_up() -> None:
    # 46287 ÷ 38 ÷ 5 ÷ 6 × 5/60 ÷ 2 × 2 × 38 is 128.575, worked out by hand: 46287 ÷ 360
    tie = provision(group_size=2, minutes_per_session=Fraction(5), sessions_per_week=Fraction(2))
    line = cost_map(provision_map(tie, staff=(salaried(46287),)), POLICY).pupils[0].lines[0]
    assert line.annual == Fraction("128.575")
    assert str(line.annual_cost) == "128.58"


# -- Element 2 and the increments --------------------------------------------------------------------------------

EDGES = [(f"{level}{letter}", Decimal(500 * n)) for n, (level, letter) in
         enumerate(((level, letter) for level in "1234" for letter in "abcd"), 1)]  # fmt: skip
PENNY = Decimal("0.01")


def placed(excess: Decimal, policy: Policy = POLICY) -> tuple[str, Decimal | None, Decimal | None]:
    placement = place(6000 + excess, SenStatus.SUPPORT, policy)
    assert placement is not None
    return placement.name, placement.to_next, placement.above_previous


@pytest.mark.parametrize(("name", "edge"), EDGES)
def test_an_excess_has_the_smallest_increment_that_covers_it(name: str, edge: Decimal) -> None:
    assert placed(edge - PENNY) == (name, PENNY, Decimal("499.99"))
    assert placed(edge) == (name, Decimal(0), Decimal(500))
    if name != "4d":
        following = EDGES[EDGES.index((name, edge)) + 1][0]
        assert placed(edge + PENNY) == (following, Decimal("499.99"), PENNY)


@pytest.mark.parametrize(("name", "edge"), EDGES)
def test_or_the_largest_that_is_not_above_it(name: str, edge: Decimal) -> None:
    previous = EDGES[EDGES.index((name, edge)) - 1][0] if name != "1a" else ""
    to_next = 500 - PENNY if name != "4d" else None
    assert placed(edge - PENNY, LARGEST) == (previous, PENNY, Decimal("499.99"))
    assert placed(edge, LARGEST) == (name, Decimal(500) if name != "4d" else None, Decimal(0))
    assert placed(edge + PENNY, LARGEST) == (name, to_next, PENNY)


def test_the_rest_of_the_line() -> None:
    above = place(Decimal("14000.01"), SenStatus.SUPPORT, POLICY)
    assert above is not None
    assert (above.name, above.amount, above.to_next, above.above_previous) == ("", None, None, PENNY)
    assert above.remark == "above 4d, the largest"
    below = place(Decimal("6499.99"), SenStatus.SUPPORT, LARGEST)
    assert below is not None
    assert (below.name, below.remark) == ("", "below 1a, the smallest")


@pytest.mark.parametrize("total", ["0", "5999.99", "6000"])
def test_within_element_2_says_how_far(total: str) -> None:
    for policy in (POLICY, LARGEST):
        placement = place(Decimal(total), SenStatus.SUPPORT, policy)
        assert placement is not None
        assert (placement.name, placement.remark) == ("", "within Element 2")
        assert placement.to_next == 6000 - Decimal(total)
        assert above_element_2(Decimal(total), policy) == 0


@pytest.mark.parametrize("total", ["5000", "6500", "99999"])
def test_a_plan_names_its_own_band(total: str) -> None:
    placement = place(Decimal(total), SenStatus.PLAN, POLICY)
    assert placement is not None
    assert (placement.name, placement.amount, placement.remark) == ("", None, "set by the EHC plan")


def test_no_increment_is_invented() -> None:
    assert place(Decimal(7000), None, replace(POLICY, increments=None)) is None
    assert place(Decimal(7000), None, replace(POLICY, increment_placing=None)) is None


def test_a_school_s_own_threshold_counts() -> None:
    policy = waltham_forest(element_2_threshold="5000")
    placement = place(Decimal("5000.01"), None, policy)
    assert placement is not None
    assert placement.name == "1a"
    assert above_element_2(Decimal("5000.01"), policy) == PENNY


# -- what counts, and what is missing ----------------------------------------------------------------------------


def test_what_is_open_to_all_or_paid_by_another_fund_is_shown_and_not_counted() -> None:
    one = provision_map(
        provision("P001"),
        provision("P002", open_to_all=True),
        provision("P003", funding_source=FundingSource.PUPIL_PREMIUM),
        provision("P004", funding_source=FundingSource.TOP_UP),
    )
    pupil = cost_map(one, POLICY).pupils[0]
    assert [line.not_counted_because for line in pupil.lines] == [
        "", "open to all pupils", "paid from Pupil Premium", "",
    ]  # fmt: skip
    assert pupil.total == Decimal("221.67")  # 2 × 17.50 ÷ 6 × 38
    assert pupil.not_counted == Decimal("221.67")


def test_weeks_are_the_pupil_s_then_the_provision_s_then_the_policy_s() -> None:
    own, short, year = provision("P001", weeks=Fraction(10)), provision("P002", weeks=Fraction(10)), provision("P003")
    allocations = (
        Allocation(pupil="A-1", code="P001", weeks=Fraction(6)),
        Allocation(pupil="A-1", code="P002"),
        Allocation(pupil="A-1", code="P003"),
    )
    one = provision_map(own, short, year, allocations=allocations)
    assert [line.weeks for line in cost_map(one, POLICY).pupils[0].lines] == [6, 10, 38]
    assert cost_map(one, waltham_forest(weeks_per_year="39")).pupils[0].lines[2].weeks == 39


def test_several_adults_and_two_roles() -> None:
    both = provision(
        staffing=(Staffing(role=TA, adults=Fraction(2)), Staffing(role="Teacher", adults=Fraction(1, 2))), group_size=5
    )
    one = provision_map(both)
    session = cost_map(one, POLICY).sessions["P001"]
    assert isinstance(session, SessionCost)
    assert session.session == Fraction("50.525")  # 2 × 17.50 + 31.05 ÷ 2
    assert session.per_pupil_session == Fraction("10.105")


def test_parallel_groups_cost_the_school_but_not_the_pupil() -> None:
    twice = provision(parallel_groups=2)
    session = cost_map(provision_map(twice), POLICY).sessions["P001"]
    assert isinstance(session, SessionCost)
    assert school_cost(twice, session, POLICY) == Decimal("1330.00")  # 17.50 × 38 × 2
    assert session.per_pupil_weekly == Fraction("17.5") / 6


def test_resources_are_shared_by_those_who_use_them() -> None:
    resources = (
        Resource(code="R001", description="Switches", annual_cost=Decimal(100), shared_by=3),
        Resource(code="R002", description="Licence", annual_cost=Decimal(50), funding_source=FundingSource.PARENT),
    )
    allocations = tuple(Allocation(pupil="A-1", code=r.code) for r in resources)
    pupil = cost_map(provision_map(resources=resources, allocations=allocations), POLICY).pupils[0]
    assert pupil.direct == 0
    assert pupil.resources == pupil.total == Decimal("33.33")
    assert pupil.not_counted == 50


def test_provision_and_resources_are_added_before_the_total_is_rounded() -> None:
    third = Resource(code="R001", description="Switches", annual_cost=Decimal(100), shared_by=3)
    codes = ("P001", "R001")
    of = provision_map(
        provision(), resources=(third,), allocations=tuple(Allocation(pupil="A-1", code=code) for code in codes)
    )
    pupil = cost_map(of, POLICY).pupils[0]
    assert pupil.direct == Decimal("110.83")  # 17.50 ÷ 6 × 38 is 110.8333…
    assert pupil.resources == Decimal("33.33")
    assert pupil.total == Decimal("144.17")


def test_general_provision_is_shared_among_pupils_with_sen() -> None:
    statuses = (SenStatus.SUPPORT, SenStatus.NONE, SenStatus.PLAN, None)
    pupils = tuple(Pupil(reference=f"A-{n}", sen_status=s) for n, s in enumerate(statuses, 1))
    general = (
        GeneralProvision(description="Administrative support", annual_cost=Decimal("99.99")),
        GeneralProvision(description="Training", annual_cost=Decimal("0.02")),
        GeneralProvision(description="Health's", annual_cost=Decimal(500), funding_source=FundingSource.HEALTH),
    )
    cost = cost_map(with_pupils(pupils, general), POLICY)
    assert cost.general == Decimal("100.01")
    assert [p.general for p in cost.pupils] == [Decimal("33.34"), 0, Decimal("33.34"), Decimal("33.33")]
    assert cost.total == Decimal("100.01")


def with_pupils(pupils: tuple[Pupil, ...], general: tuple[GeneralProvision, ...]) -> ProvisionMap:
    return replace(provision_map(), pupils=pupils, general=general)


def test_general_provision_that_nobody_shares_is_still_shown() -> None:
    only = (Pupil(reference="A-1", sen_status=SenStatus.NONE),)
    cost = cost_map(with_pupils(only, (GeneralProvision(description="Books", annual_cost=Decimal(10)),)), POLICY)
    assert cost.general == 10
    assert cost.total == cost.pupils[0].total == 0


@pytest.mark.parametrize(
    ("missing", "field", "words"),
    [
        ({"group_size": None}, "group_size", "group size is missing"),
        ({"group_size": 0}, "group_size", "less than one"),
        ({"minutes_per_session": None}, "minutes_per_session", "minutes"),
        ({"sessions_per_week": None}, "sessions_per_week", "sessions"),
        ({"staffing": ()}, "staff", "no member of staff"),
        ({"role": "Beekeeper"}, "staff", "no salary or hourly cost for “Beekeeper”"),
        ({"staffing": (Staffing(role=TA), Staffing(role="Beekeeper"))}, "staff_2", "“Beekeeper”"),
    ],
)
def test_a_row_that_cannot_be_costed_says_what_is_missing(missing: dict[str, Any], field: str, words: str) -> None:
    cost = cost_map(provision_map(provision("P001", **missing), provision("P002")), POLICY)
    (uncosted,) = cost.uncosted
    assert (uncosted.field, words in uncosted.reason) == (field, True)
    assert cost.sessions["P001"] is uncosted
    assert cost.pupils[0].total == Decimal("110.83")  # the other row: 17.50 ÷ 6 × 38


def test_allocations_and_amounts_that_lead_nowhere_are_said() -> None:
    leads = [("A-9", "P001"), ("A-1", "P999"), ("A-1", "R001")]
    allocations = tuple(Allocation(pupil=pupil, code=code) for pupil, code in leads)
    resources = (
        Resource(code="R001", description="Unpriced", annual_cost=None),
        Resource(code="R002", description="Unshared", annual_cost=Decimal(5), shared_by=None),
    )
    general = (GeneralProvision(description="Unpriced", annual_cost=None),)
    one = provision_map(provision(), allocations=allocations, resources=resources, general=general)
    cost = cost_map(one, POLICY)
    assert [(type(u.record).__name__, u.field) for u in cost.uncosted] == [
        ("Resource", "annual_cost"), ("Resource", "shared_by"), ("Allocation", "pupil"), ("Allocation", "code"),
        ("GeneralProvision", "annual_cost"),
    ]  # fmt: skip
    assert cost.total == 0


def test_a_pupil_is_found_by_reference() -> None:
    cost = cost_map(provision_map(provision(), pupils=3), POLICY)
    found = cost.of("A-2")
    assert found is not None
    assert found.pupil.reference == "A-2"
    assert cost.of("A-9") is None
