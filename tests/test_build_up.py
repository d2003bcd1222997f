"""From a salary to the cost of an hour: published figures, the part-time threshold, and what is missing."""

import tomllib
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from provision_costing.costing import cost_map
from provision_costing.model import Pension, SalaryBasis, School, StaffRate
from provision_costing.money import exact, to_pence
from provision_costing.pay import BuildUp, Gap, Rate, build_up, rate_of, staff_rate, why_no_rate
from provision_costing.pay import with_pay_point as at_its_point
from tests.making import TA, provision, provision_map, waltham_forest
from tests.strategies import seeded_full_map

CASES = tomllib.loads((Path(__file__).parent / "cases" / "build_up.toml").read_text(encoding="utf-8"))["case"]
POLICY = waltham_forest()
FULL_TIME = SalaryBasis.FULL_TIME_EQUIVALENT


def line_of(case: dict[str, Any]) -> StaffRate:
    def amount(key: str) -> Decimal | None:
        return Decimal(case[key]) if key in case else None

    return StaffRate(
        role=case.get("role", TA), salary=amount("salary"), pay_point=case.get("point", ""),
        salary_basis=SalaryBasis(case["basis"]) if "basis" in case else None,
        with_on_costs=None if case.get("unsaid") else case.get("on_costs_in", False),
        contracted_hours=amount("hours"), weeks_paid=amount("weeks_paid"),
        pension=Pension(case["pension"]) if "pension" in case else None, pension_rate=amount("pension_rate"),
    )  # fmt: skip


def built(line: StaffRate, **school: Any) -> BuildUp:
    up = build_up(at_its_point(line, POLICY), School(**school), POLICY)
    assert isinstance(up, BuildUp)
    return up


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_a_salary_is_built_up(case: dict[str, Any]) -> None:
    hours = Decimal(case["teacher_hours"]) if "teacher_hours" in case else None
    policy = replace(POLICY, teacher_hours_per_year=hours)
    rate = staff_rate(line_of(case), policy, School(pays_levy=case.get("levy", False)))
    assert rate is not None
    assert rate.built is not None
    assert [str(to_pence(line.amount)) for line in rate.built.lines] == case["lines"]
    assert str(to_pence(rate.built.total)) == case["total"]
    assert str(to_pence(rate.per_hour)) == case["per_hour"]
    contract = rate.built.contract_hourly
    assert (None if contract is None else str(to_pence(contract))) == case.get("contract_hourly")


@pytest.mark.parametrize(
    ("pay", "insurance", "per_cent"),
    [  # 15% of what is above £5,000: per cent of the whole pay, by hand
        (5000, "0.00", "0.00"),
        (9000, "600.00", "6.67"),
        (18000, "1950.00", "10.83"),
        (36000, "4650.00", "12.92"),
    ],
)
def test_a_smaller_post_has_a_smaller_part_of_insurance(pay: int, insurance: str, per_cent: str) -> None:
    line = StaffRate(role=TA, salary=Decimal(pay), with_on_costs=False, pension=Pension.NONE)
    _, charged = built(line).lines
    assert str(to_pence(charged.amount)) == insurance
    assert str(to_pence(charged.amount / pay * 100)) == per_cent


def test_each_line_says_its_sum_and_the_policy_it_uses() -> None:
    line = StaffRate(
        role=TA, salary=Decimal(25583), salary_basis=FULL_TIME, with_on_costs=False, contracted_hours=Decimal("32.5"),
        weeks_paid=Decimal(44), pension=Pension.LOCAL_GOVERNMENT, pension_rate=Decimal("29.4"),
    )  # fmt: skip
    up = built(line, pays_levy=True)
    assert [(n.how, n.policy) for n in up.lines] == [
        ("£25,583.00 × 32.5 ÷ 37 hours × 44 ÷ 52.143 weeks", ("full_time_hours", "full_year_weeks")),
        ("15% of the pay above £5,000.00", ("ni_rate", "ni_threshold")),
        ("29.4% of the pay", ()),  # the school's own figure
        ("0.5% of the pay", ("apprenticeship_levy_rate",)),
    ]
    assert up.hours_how == "38 weeks × 32.5 hours"


BARE = StaffRate(role=TA, salary=Decimal(20000), with_on_costs=False, pension=Pension.NONE)


@pytest.mark.parametrize(
    ("line", "policy", "field"),
    [
        (replace(BARE, salary_basis=FULL_TIME), {}, "weeks_paid"),
        (replace(BARE, salary_basis=FULL_TIME, weeks_paid=Decimal(44)), {"full_year_weeks": None}, "salary_basis"),
        (replace(BARE, salary_basis=FULL_TIME, weeks_paid=Decimal(44)), {"full_time_hours": None}, "salary_basis"),
        (replace(BARE, pension=None), {}, "pension"),
        (replace(BARE, pension=Pension.LOCAL_GOVERNMENT), {}, "pension_rate"),  # funds differ: no usual figure
        (replace(BARE, pension=Pension.TEACHERS), {"teachers_pension_rate": None}, "pension_rate"),
        (BARE, {"ni_rate": None}, "with_on_costs"),
        (BARE, {"ni_threshold": None}, "with_on_costs"),
        (BARE, {"apprenticeship_levy_rate": None}, "with_on_costs"),
    ],
)
def test_what_is_missing_is_said_and_never_guessed(line: StaffRate, policy: dict[str, Any], field: str) -> None:
    gap = build_up(line, School(pays_levy=True), replace(POLICY, **policy))
    assert isinstance(gap, Gap)
    assert gap.field == field
    assert gap.reason


def test_without_the_levy_no_levy_is_needed() -> None:
    policy = replace(POLICY, apprenticeship_levy_rate=None)
    assert isinstance(build_up(BARE, School(), policy), BuildUp)


def test_a_pension_rate_on_the_sheet_comes_before_the_policy_s() -> None:
    line = replace(BARE, pension=Pension.TEACHERS, pension_rate=Decimal(30))
    pension = built(line).lines[-1]
    assert pension.amount == 6000
    assert pension.policy == ()


def test_a_role_without_a_rate_says_what_its_line_lacks() -> None:
    def reason(line: StaffRate) -> str:
        one = provision_map(provision(role="Play leader"), staff=(line,))
        (gap,) = cost_map(one, POLICY).uncosted
        assert gap.reason == why_no_rate("Play leader", one, POLICY)
        return gap.reason

    assert "weeks that the post is paid for" in reason(replace(BARE, role="Play leader", salary_basis=FULL_TIME))
    unknown = StaffRate(role="Play leader", pay_point="SCP 99")
    assert reason(unknown) == "the policy has no pay point “SCP 99” on this day"
    assert reason(StaffRate(role="Play leader")) == "there is no salary or hourly cost for “Play leader”"


def test_the_map_s_school_says_whether_the_levy_is_paid() -> None:
    one = provision_map(provision(), staff=(BARE,))
    without, with_it = (
        rate_of(TA, replace(one, school=School(pays_levy=pays)), POLICY) for pays in (False, True)
    )  # fmt: skip
    assert isinstance(without, Rate)
    assert isinstance(with_it, Rate)
    assert with_it.amount - without.amount == 100  # 0.5% of £20,000


@pytest.mark.parametrize("seed", range(40))
def test_on_costs_make_no_hour_cheaper_and_lines_add_up(seed: int) -> None:
    """A law over made-up maps: the build-up is the sum of its lines, and each on-cost is nought or more."""
    made = seeded_full_map(seed)
    for line in made.staff:
        rate = staff_rate(replace(line, hourly_cost=None), POLICY, made.school)
        if rate is None or rate.built is None:
            continue
        pay, *on_costs = rate.built.lines
        assert all(cost.amount >= 0 for cost in on_costs)
        assert rate.amount == pay.amount + sum((c.amount for c in on_costs), Fraction(0))
        assert rate.per_hour * rate.hours == rate.amount
        assert rate.weekly == rate.amount / exact(POLICY.salary_weeks)
