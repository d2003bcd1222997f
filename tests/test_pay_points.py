"""Published pay points: each to the penny by the hour, each with its mark, and the two mid-points."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from provision_costing.model import Pension, StaffRate
from provision_costing.money import to_pence
from provision_costing.pay import PayPoint, middle_of, midpoint, pay_points, point_named, staff_rate
from provision_costing.policy import MidpointMethod, Policy, load_policy
from tests.making import TA, waltham_forest

POLICY = waltham_forest()
IN_2025 = load_policy("waltham-forest", date(2025, 9, 1))
MIDDLE = replace(POLICY, midpoint_method=MidpointMethod.MIDDLE_POINT)

# NJC points: pounds of 2024-25 (Teach in Herts), of 2025-26 (+3.2%: Derbyshire Association of Local Councils), and
# what an hour of 2025-26 comes to by ÷ 52.143 ÷ 37 (Devon County Council), worked out outside the program.
NJC = [
    (2, 23656, 24413, "12.65"), (3, 24027, 24796, "12.85"), (4, 24404, 25185, "13.05"), (5, 24790, 25583, "13.26"),
    (6, 25183, 25989, "13.47"), (7, 25584, 26403, "13.69"), (8, 25992, 26824, "13.90"), (9, 26409, 27254, "14.13"),
    (11, 27269, 28142, "14.59"), (14, 28624, 29540, "15.31"), (17, 30060, 31022, "16.08"), (19, 31067, 32061, "16.62"),
    (22, 32654, 33699, "17.47"), (25, 35235, 36363, "18.85"),
]  # fmt: skip
# Teachers, England outside London, from September 2025 (teacherpaycalculator.com; ends: Education Business).
TEACHERS = {
    "M1": 32916, "M2": 34823, "M3": 37101, "M4": 39556, "M5": 42057, "M6": 45352, "U1": 47472, "U2": 49232, "U3": 51048,
}  # fmt: skip


def point(name: str, policy: Policy) -> PayPoint:
    found = point_named(name, policy)
    assert found is not None
    return found


@pytest.mark.parametrize(("number", "before", "salary", "hourly"), NJC)
def test_each_njc_point_by_the_hour(number: int, before: int, salary: int, hourly: str) -> None:
    line = StaffRate(role=TA, pay_point=f"SCP {number}", weeks_paid=Decimal(45), pension=Pension.NONE)
    rate = staff_rate(line, IN_2025)
    assert rate is not None
    assert rate.built is not None
    assert rate.field == "pay_point"
    assert rate.built.contract_hourly is not None
    assert str(to_pence(rate.built.contract_hourly)) == hourly
    found = point(f"SCP {number}", IN_2025)
    assert (int(found.salary), found.mark) == (salary, "derived")
    a_year_before = point(f"SCP {number}", load_policy("waltham-forest", date(2025, 3, 31)))
    assert (int(a_year_before.salary), a_year_before.mark) == (before, "verified")
    assert abs(salary - before * Decimal("1.032")) <= Decimal("0.5")  # the award, to the nearest pound


def test_these_are_all_the_points_and_teachers_come_first() -> None:
    points = [*TEACHERS, *(f"SCP {number}" for number, *_ in NJC)]
    assert [p.name for p in pay_points(IN_2025)] == points
    assert {p.name: p.salary for p in pay_points(IN_2025) if p.name in TEACHERS} == TEACHERS
    assert {p.mark for p in pay_points(IN_2025) if p.name in TEACHERS} == {"verified"}


def test_point_2_went_in_april_2026() -> None:
    last, next_day = (load_policy("waltham-forest", day) for day in (date(2026, 3, 31), date(2026, 4, 1)))
    assert point("SCP 2", last).salary == 24413
    assert point_named("SCP 2", next_day) is None
    assert point("SCP 3", next_day).entry.note  # no award for 2026-27 was found, and that is said


def test_before_its_first_day_a_scale_is_not_there() -> None:
    assert pay_points(load_policy("waltham-forest", date(2024, 3, 31))) == ()
    assert {p.name for p in pay_points(load_policy("waltham-forest", date(2025, 8, 31)))}.isdisjoint(TEACHERS)


@pytest.mark.parametrize("name", ["SCP 5", "scp5", " Scp  5 "])
def test_a_point_is_found_however_it_is_written(name: str) -> None:
    assert point(name, POLICY).name == "SCP 5"


@pytest.mark.parametrize("name", ["", "SCP 10", "M7", "5"])
def test_no_point_is_invented(name: str) -> None:
    assert point_named(name, POLICY) is None
    assert staff_rate(StaffRate(role=TA, pay_point=name), POLICY) is None


def test_a_salary_that_is_given_comes_before_the_point() -> None:
    rate = staff_rate(StaffRate(role=TA, salary=Decimal(20006), pay_point="SCP 5"), POLICY)
    assert rate is not None
    assert (rate.field, int(rate.amount)) == ("salary", 20006)


# -- mid-points ----------------------------------------------------------------------------------------------------


def scale(low: int | str, high: int | str) -> StaffRate:
    return StaffRate(role="Teacher", scale_minimum=Decimal(low), scale_maximum=Decimal(high))


@pytest.mark.parametrize(
    ("low", "high", "mean", "middle"),
    [  # the scales of 2025-26, by hand
        (32916, 45352, "39134", "38328.5"),  # M1 to M6: (M3 + M4) ÷ 2 = (37,101 + 39,556) ÷ 2
        (32916, 51048, "41982", "42057"),  # M1 to U3: nine points, so M5
        (47472, 51048, "49260", "49232"),  # U1 to U3: U2
        (24796, 25583, "25189.5", "25185"),  # Hertfordshire's H2, points 3 to 5: point 4
        (25583, 25989, "25786", "25786"),  # H3, points 5 and 6: between the two
        (39556, 39556, "39556", "39556"),  # a single point
    ],
)
def test_both_mid_points_of_published_scales(low: int, high: int, mean: str, middle: str) -> None:
    assert midpoint(scale(low, high), POLICY) == Decimal(mean)
    assert midpoint(scale(low, high), MIDDLE) == Decimal(middle)


@pytest.mark.parametrize(
    ("low", "high"),
    [
        (27254, 29540),  # Hertfordshire's H5, points 9 to 14: 10, 12 and 13 are not published here, so no middle
        (27254, 28142),  # 9 to 11
        (20000, 30000),  # no points
        (24796, 45352),  # SCP 3 to M6: not one scale
        (45352, 32916),  # the ends the wrong way round
    ],
)
def test_no_middle_is_taken_of_points_that_are_not_all_there(low: int, high: int) -> None:
    assert midpoint(scale(low, high), MIDDLE) is None


def test_the_middle_of_devon_s_grade_d() -> None:
    """Devon's grade D: its ends 20,092 and 22,183, and the point half-way up, 21,322, are £184.50 apart in method."""
    assert midpoint(scale(20092, 22183), POLICY) == Decimal("21137.5")
    assert middle_of([Decimal(20092), Decimal(21322), Decimal(22183)]) == 21322
    assert midpoint(scale(20092, 22183), MIDDLE) is None  # these points are not in the policy


def test_the_middle_of_points_in_any_order() -> None:
    assert middle_of([Decimal(n) for n in (51048, 47472, 49232)]) == 49232
    assert middle_of([Decimal(n) for n in (39556, 32916, 34823, 37101)]) == 35962
    with pytest.raises(ValueError, match="at least one point"):
        middle_of([])
