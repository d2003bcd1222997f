"""What if: each change worked by hand, and a change of nothing changes nothing."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given

from provision_costing.costing import MapCost, cost_map
from provision_costing.errors import ProvisionCostingError
from provision_costing.model import (
    GroupChange,
    Pension,
    ProvisionMap,
    Pupil,
    SenStatus,
    StaffRate,
)
from provision_costing.what_if import Scenario, what_if
from tests.days import SPRING, school
from tests.making import TA, hourly, provision, provision_map, salaried, waltham_forest
from tests.strategies import full_maps

POLICY = waltham_forest()
AWARD = Decimal("3.2")


def alone(*staff: StaffRate, **fields: Any) -> ProvisionMap:
    """One pupil for an hour a week alone with an adult, 38 weeks."""
    return provision_map(provision(**({"group_size": 1} | fields)), staff=staff)


def before_and_after(of: ProvisionMap, **changes: Any) -> tuple[str, str]:
    (effect,) = what_if(of, POLICY, Scenario(**changes)).pupils
    assert effect.difference == effect.after.total - effect.before.total
    return str(effect.before.total), str(effect.after.total)


# -- a pay award ---------------------------------------------------------------------------------------------------


def test_an_award_on_pay_without_on_costs_raises_insurance_by_more() -> None:
    # £18,000: NI 15% × 13,000 = 1,950; pension 20% = 3,600; £23,550 ÷ 1,140 × 38 = £785.00
    # £18,576: NI 15% × 13,576 = 2,036.40 (+4.43%); pension 3,715.20; £24,327.60 ÷ 1,140 × 38 = £810.92 (+3.30%)
    line = StaffRate(
        role=TA, salary=Decimal(18000), with_on_costs=False, pension=Pension.LOCAL_GOVERNMENT, pension_rate=Decimal(20)
    )
    done = what_if(alone(line), POLICY, Scenario(pay_award=AWARD))
    assert (str(done.pupils[0].before.total), str(done.pupils[0].after.total)) == ("785.00", "810.92")
    assert insurance(done.before) == 1950
    assert insurance(done.after) == Fraction("2036.4") > 1950 * Fraction("1.032")


def insurance(cost: MapCost) -> Fraction:
    session = cost.sessions["P001"]
    built = session.rates[0][0].built  # type: ignore[union-attr]
    assert built is not None
    return built.lines[1].amount


@pytest.mark.parametrize(
    ("line", "pounds"),
    [
        (None, ("665.00", "686.28")),  # the authority's £17.50 → £18.06
        (hourly("20"), ("760.00", "784.32")),  # £20.64
        (salaried(20006), ("666.87", "688.21")),  # with on-costs: £20,646.192 ÷ 30 = £688.2064
        # Point 5, £25,583 full-time, paid for 45.5 of 52.143 weeks, no pension: pay £22,323.73 + NI £2,598.56 =
        # £24,922.29, ÷ 1,406 × 38 = £673.58. Raised: pay £23,038.09 + NI £2,705.71 = £25,743.81; £695.78
        (StaffRate(role=TA, pay_point="SCP 5", weeks_paid=Decimal("45.5"), pension=Pension.NONE), ("673.58", "695.78")),
    ],
)
def test_an_award_of_3_2_per_cent(line: StaffRate | None, pounds: tuple[str, str]) -> None:
    assert before_and_after(alone(*([line] if line else [])), pay_award=AWARD) == pounds


def test_an_award_reaches_a_role_that_is_costed_as_another() -> None:
    assert before_and_after(alone(role="HLTA"), pay_award=AWARD) == ("665.00", "686.28")


def test_a_cut_is_an_award_too() -> None:
    assert before_and_after(alone(), pay_award=Decimal(-10)) == ("665.00", "598.50")


# -- groups, weeks, rates ------------------------------------------------------------------------------------------


def test_another_group_size() -> None:
    assert before_and_after(alone(group_size=4), group_sizes={"P001": 5}) == ("166.25", "133.00")


def test_another_group_size_is_for_every_day() -> None:
    changes = (GroupChange(starts=SPRING, group_size=5),)
    of = replace(alone(group_size=4, group_changes=changes), school=school())
    assert before_and_after(of, group_sizes={"P001": 2}) == ("145.60", "332.50")  # £17.50 × 38 ÷ 2
    assert before_and_after(of, weeks={"P001": Fraction(38)}) == ("145.60", "145.60")  # other changes leave it


def test_other_weeks() -> None:
    assert before_and_after(alone(), weeks={"P001": Fraction(30)}) == ("665.00", "525.00")
    assert before_and_after(alone(), weeks={"P001": Fraction(0)}) == ("665.00", "0.00")
    assert before_and_after(alone(), weeks_per_year=Decimal(39)) == ("665.00", "682.50")
    assert before_and_after(alone(weeks=Fraction(12)), weeks_per_year=Decimal(39)) == ("210.00", "210.00")


@pytest.mark.parametrize(
    "of",
    [
        alone(),  # the authority's rate
        alone(hourly("17.5")),
        alone(replace(salaried(19950), hourly_cost=None)),  # £19,950 ÷ 1,140 = £17.50
        alone(hourly("17.5", "TA")),  # named another way on the Staff sheet
        alone(hourly("17.5", "TA"), hourly("17.5")),  # on two lines
        alone(role="TA"),
    ],
)
def test_another_rate_however_the_role_is_written(of: ProvisionMap) -> None:
    for role in (TA, "ta", "LSA"):
        assert before_and_after(of, rates={role: Decimal(20)}) == ("665.00", "760.00")


def test_a_rate_for_a_role_that_has_none_of_its_own() -> None:
    assert before_and_after(alone(role="HLTA"), rates={"HLTA": Decimal(20)}) == ("665.00", "760.00")
    assert before_and_after(alone(role="Beekeeper"), rates={"Beekeeper": Decimal(20)}) == ("0.00", "760.00")


def test_a_rate_is_not_raised_by_the_award_and_leaves_other_roles() -> None:
    assert before_and_after(alone(), rates={TA: Decimal(20)}, pay_award=AWARD) == ("665.00", "760.00")
    assert before_and_after(alone(), rates={"Teacher": Decimal(40)}) == ("665.00", "665.00")


# -- who crosses ---------------------------------------------------------------------------------------------------


def crossed(status: SenStatus, sessions: int, policy: Any = POLICY, **changes: Any) -> list[str]:
    of = alone(sessions_per_week=Fraction(sessions))
    of = replace(of, pupils=(Pupil(reference="A-1", sen_status=status),))
    return [effect.crosses for effect in what_if(of, policy, Scenario(**changes)).crossing]


def test_who_crosses_6_000_or_an_increment_is_said() -> None:
    # 9 hours a week are £5,985; with the award £6,176.52. 10 hours are £6,650, 1b; with it £6,862.80, still 1b.
    assert crossed(SenStatus.SUPPORT, 9, pay_award=AWARD) == ["from within Element 2 to 1a"]
    assert crossed(SenStatus.SUPPORT, 10, pay_award=AWARD) == []
    assert crossed(SenStatus.SUPPORT, 10, pay_award=Decimal(10)) == ["from 1b to 1c"]  # £7,315.00
    assert crossed(SenStatus.SUPPORT, 9, pay_award=Decimal(200)) == ["from within Element 2 to above 4d, the largest"]


@pytest.mark.parametrize("policy", [POLICY, replace(POLICY, increments=None)])
def test_a_pupil_with_a_plan_crosses_6_000_too(policy: Any) -> None:
    assert crossed(SenStatus.PLAN, 9, policy, pay_award=AWARD) == ["from within Element 2 to above Element 2"]
    assert crossed(SenStatus.PLAN, 10, policy, pay_award=Decimal(10)) == []


# -- what cannot be ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"group_sizes": {"P009": 4}}, "no provision P009 on this map. On it: P001"),
        ({"weeks": {"R001": Fraction(4)}}, "no provision R001"),
        ({"rates": {"Beekeeper": Decimal(20)}}, "No “Beekeeper” is on this map. On it: "),
        ({"group_sizes": {"P001": 0}}, "one pupil at least"),
        ({"weeks": {"P001": Fraction(-1)}}, "less than nothing"),
        ({"rates": {TA: Decimal(-1)}}, "less than nothing"),
        ({"pay_award": Decimal(-100)}, "leaves no pay"),
        ({"weeks_per_year": Decimal(0)}, "more than nothing"),
    ],
)
def test_what_cannot_be_is_refused_and_says_why(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ProvisionCostingError, match=words):
        what_if(alone(), POLICY, Scenario(**changes))


# -- laws ----------------------------------------------------------------------------------------------------------


@given(full_maps())
def test_the_empty_scenario_changes_nothing(of: ProvisionMap) -> None:
    done = what_if(of, POLICY, Scenario())
    assert done.crossing == ()
    assert done.before == cost_map(of, POLICY)
    assert done.after.total == done.before.total
    assert done.after.uncosted == done.before.uncosted
    for effect in done.pupils:
        assert effect.difference == 0
        assert effect.after == effect.before


@given(full_maps())
def test_an_award_makes_no_pupil_cheaper_and_leaves_what_is_not_pay(of: ProvisionMap) -> None:
    for effect in what_if(of, POLICY, Scenario(pay_award=AWARD)).pupils:
        assert effect.difference >= 0
        assert effect.after.resources == effect.before.resources
        assert effect.after.general == effect.before.general
        assert [n.weeks for n in effect.after.lines] == [n.weeks for n in effect.before.lines]
        assert effect.after.direct >= effect.before.direct


@given(full_maps())
def test_an_award_taken_back_is_as_before(of: ProvisionMap) -> None:
    """+25% and then -20% are the same pay, to the last fraction of a penny."""
    raised = replace(of, staff=tuple(replace(s, pay_point="") for s in of.staff))
    policy = replace(POLICY, hourly_rates=None)
    up = replace(raised, staff=tuple(raise_by(s, Decimal("1.25")) for s in raised.staff))
    back = what_if(up, policy, Scenario(pay_award=Decimal(-20)))
    assert [e.after for e in back.pupils] == list(cost_map(raised, policy).pupils)


def raise_by(line: StaffRate, factor: Decimal) -> StaffRate:
    salary, given = line.salary, line.hourly_cost
    return replace(
        line, salary=None if salary is None else salary * factor, hourly_cost=None if given is None else given * factor
    )
