"""What an hour of a role costs, whichever way the school gives it."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from provision_costing.model import ProvisionMap, StaffRate
from provision_costing.money import to_places
from provision_costing.pay import midpoint, published_rate, rate_of, salary_hours, staff_rate
from provision_costing.policy import MidpointMethod
from tests.making import TA, hourly, provision_map, salaried, waltham_forest

POLICY = waltham_forest()


@pytest.mark.parametrize(
    ("salary", "exact_hourly"),
    [("20006", "17.549123"), ("35406", "31.057895"), ("26750", "23.464912")],  # the guide's three salaries
)
def test_a_salary_is_divided_by_the_guide_s_hours(salary: str, exact_hourly: str) -> None:
    rate = staff_rate(salaried(salary), POLICY)
    assert rate is not None
    assert salary_hours(POLICY) == 1140
    assert rate.per_hour == Fraction(int(salary), 1140)
    assert str(to_places(rate.per_hour, 6)) == exact_hourly
    assert (rate.weekly, rate.daily) == (Fraction(int(salary), 38), Fraction(int(salary), 190))


def test_how_it_was_worked_out_is_said() -> None:
    rate = staff_rate(salaried("20006"), POLICY)
    assert rate is not None
    assert rate.how == "£20,006.00 ÷ (38 weeks × 5 days × 6 hours)"


def test_an_hourly_cost_wins_over_a_salary() -> None:
    rate = staff_rate(replace(salaried("20006"), hourly_cost=Decimal("17.50")), POLICY)
    assert rate is not None
    assert rate.per_hour == Fraction("17.5")
    assert (rate.field, rate.weekly, rate.daily) == ("hourly_cost", None, None)


def test_a_line_without_either_has_no_rate() -> None:
    assert staff_rate(StaffRate(role=TA), POLICY) is None


@pytest.mark.parametrize(
    ("role", "pounds"),
    [
        ("Teaching Assistant", "17.50"),
        ("TAs", "17.50"),
        ("Teacher", "31.05"),
        ("learning mentor", "23.50"),
        ("HLTA", "17.50"),  # the guide prints no rate for an HLTA; only the TA's gives its map's £1,662.50
    ],
)
def test_the_guide_s_hourly_rates(role: str, pounds: str) -> None:
    rate = published_rate(role, POLICY)
    assert rate is not None
    assert rate.per_hour == Fraction(pounds)
    assert "Waltham Forest" in rate.how


def test_costing_an_hlta_as_another_role_is_said() -> None:
    rate = published_rate("HLTA", POLICY)
    assert rate is not None
    assert rate.how == "£17.50 an hour, Waltham Forest's rate for a Teaching Assistant (as HLTA)"


@pytest.mark.parametrize("role", ["Headteacher", "Class teacher", "Physiotherapist", ""])
def test_no_rate_is_invented(role: str) -> None:
    assert published_rate(role, POLICY) is None
    assert published_rate(role, replace(POLICY, hourly_rates=None, role_costed_as=None)) is None


def test_the_school_s_own_line_comes_first() -> None:
    own = provision_map(staff=(hourly("19.20"), hourly("24", "TA")))
    assert per_hour("Teaching Assistant", own) == Fraction("19.2")
    assert per_hour("TA", own) == 24  # the words of the row, before another way of writing the role
    assert per_hour("teaching assistants", own) == Fraction("19.2")
    assert per_hour("Learning Mentor", own) == Fraction("23.5")  # the guide's
    assert rate_of("Beekeeper", own, POLICY) is None


def test_an_empty_line_leaves_the_authority_s_rate() -> None:
    assert per_hour(TA, provision_map(staff=(StaffRate(role=TA),))) == Fraction("17.5")


def per_hour(role: str, of: ProvisionMap) -> Fraction:
    rate = rate_of(role, of, POLICY)
    assert rate is not None
    return rate.per_hour


SCALE = StaffRate(role="Teacher", scale_minimum=Decimal(32916), scale_maximum=Decimal(45352))


def test_the_mid_point_is_the_mean_of_the_ends() -> None:
    assert midpoint(SCALE, POLICY) == 39134  # main pay range 2025-26, £32,916 to £45,352


def test_no_mid_point_is_guessed() -> None:
    assert midpoint(replace(SCALE, scale_minimum=None), POLICY) is None
    assert midpoint(replace(SCALE, scale_maximum=None), POLICY) is None
    assert midpoint(SCALE, replace(POLICY, midpoint_method=None)) is None
    unpublished = replace(SCALE, scale_minimum=Decimal(33000))  # no point of the main range
    assert midpoint(unpublished, replace(POLICY, midpoint_method=MidpointMethod.MIDDLE_POINT)) is None
