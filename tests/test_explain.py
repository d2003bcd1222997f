"""Every figure can be followed: seven steps, each with its sum, its cells and the policy values it used."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from provision_costing.costing import Line, cost_map
from provision_costing.explain import seven_steps, sum_in_words
from provision_costing.model import Allocation, ProvisionMap, Resource, Source, Staffing
from tests.making import TA, hourly, provision, provision_map, salaried, waltham_forest

POLICY = waltham_forest()


def the_line(of: ProvisionMap) -> Line:
    return cost_map(of, POLICY).pupils[0].lines[0]


def steps_of(of: ProvisionMap) -> list[tuple[int, str, str]]:
    return [(s.number, s.shown, s.formula) for s in seven_steps(the_line(of), of, POLICY)]


def test_the_guide_s_first_example_step_by_step() -> None:
    # The guide's Teaching Assistant at £20,006, a group of six for an hour a week, worked exactly
    assert steps_of(provision_map(provision(), staff=(salaried(20006),))) == [
        (1, "£20,006.00", "as given"),
        (2, "£526.4737", "£20,006.00 ÷ 38 weeks"),
        (3, "£105.2947", "£526.4737 ÷ 5 days"),
        (4, "£17.5491", "£105.2947 ÷ 6 hours"),
        (5, "£2.9249", "£17.5491 × 60 ÷ 60 minutes ÷ 6 in the group"),
        (6, "£2.92", "£2.9249 × 1 sessions a week"),
        (7, "£111.14", "£2.9249 × 38 weeks"),
    ]


def test_a_given_hourly_cost_makes_three_steps_needless() -> None:
    steps = steps_of(provision_map(provision(), staff=(hourly("17.50"),)))
    assert [shown for _, shown, _ in steps] == ["–", "–", "–", "£17.5000", "£2.9167", "£2.92", "£110.83"]
    assert steps[0][2] == "not needed: the hourly cost is given"
    assert steps[3][2] == "£17.50 an hour, as given"


def test_each_step_s_figure_is_the_one_before_it_taken_on() -> None:
    row = provision(minutes_per_session=Fraction(25), sessions_per_week=Fraction(3), weeks=Fraction(11))
    of = provision_map(row, staff=(salaried("19999.99"),))
    figures = [s.figure or Fraction(0) for s in seven_steps(the_line(of), of, POLICY)]
    by = [Fraction(1, 38), Fraction(1, 5), Fraction(1, 6), Fraction(25, 60) / 6, Fraction(3), Fraction(11)]
    for before, factor, after in zip(figures, by, figures[1:], strict=False):
        assert before * factor == after


def test_steps_1_to_4_stand_once_for_each_role() -> None:
    both = provision(staffing=(Staffing(role=TA, adults=Fraction(2)), Staffing(role="Teacher")))
    steps = steps_of(provision_map(both, staff=(salaried(20006),)))
    assert [number for number, _, _ in steps] == [1, 2, 3, 4, 1, 2, 3, 4, 5, 6, 7]
    assert steps[8][2] == "(£17.5491 × 2 + £31.0500) × 60 ÷ 60 minutes ÷ 6 in the group"


COLUMNS = {
    "staff": "F", "group_size": "J", "minutes_per_session": "L", "sessions_per_week": "M", "weeks": "N",
}  # fmt: skip


def sourced(**fields: Any) -> ProvisionMap:
    row = provision(source=Source("map.xlsx", "Provision", 6, COLUMNS), **fields)
    staff = replace(salaried(20006), source=Source("map.xlsx", "Staff", 7, {"salary": "B"}))
    return provision_map(row, staff=(staff,))


def test_each_step_names_its_cells_and_policy_values() -> None:
    of = sourced()
    steps = seven_steps(the_line(of), of, POLICY)
    assert [s.cells for s in steps] == [
        ("Provision!F6", "Staff!B7"), (), (), (), ("Provision!L6", "Provision!J6"), ("Provision!M6",), (),
    ]  # fmt: skip
    assert [s.policy for s in steps] == [
        (), ("salary_weeks",), ("days_per_week",), ("hours_per_day",), (), (), ("weeks_per_year",),
    ]  # fmt: skip


def test_weeks_that_the_school_wrote_come_from_its_cell() -> None:
    of = sourced(weeks=Fraction(20))
    assert seven_steps(the_line(of), of, POLICY)[-1].cells == ("Provision!N6",)
    assert seven_steps(the_line(of), of, POLICY)[-1].policy == ()
    source = Source("map.xlsx", "Allocations", 9, {"weeks": "F"})
    own = replace(of, allocations=(Allocation(pupil="A-1", code="P001", weeks=Fraction(5), source=source),))
    assert seven_steps(the_line(own), own, POLICY)[-1].cells == ("Allocations!F9",)


def test_the_authority_s_rate_is_named() -> None:
    of = provision_map(provision(role="Learning Mentor"))
    hour = seven_steps(the_line(of), of, POLICY)[3]
    assert hour.policy == ("hourly_rates",)
    assert "Waltham Forest's rate for a Learning Mentor" in hour.formula


def test_a_resource_has_no_steps_but_a_sum() -> None:
    switches = Resource(code="R001", description="Switches", annual_cost=Decimal(100), shared_by=3)
    of = provision_map(resources=(switches,), allocations=(Allocation(pupil="A-1", code="R001"),))
    assert seven_steps(the_line(of), of, POLICY) == ()
    assert sum_in_words(the_line(of), of, POLICY) == "£100.00 shared by 3"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (  # the guide's row 2: £208 printed, £279.06 at its own rate for a learning mentor
            {"role": "Learning Mentor", "group_size": 8, "minutes_per_session": Fraction(30), "sessions_per_week": 5},
            "£23.50 × 2.5 hours a week ÷ 8 in the group × 38 weeks = £279.06",
        ),
        ({"group_size": 1}, "£17.50 × 1 hours a week × 38 weeks = £665.00"),
        (
            {"staffing": (Staffing(role=TA, adults=Fraction(2)), Staffing(role="Teacher")), "weeks": Fraction(10)},
            "(£17.50 × 2 + £31.05) × 1 hours a week ÷ 6 in the group × 10 weeks = £110.08",
        ),
    ],
)
def test_the_sum_in_words(fields: dict[str, Any], words: str) -> None:
    of = provision_map(provision(**fields))
    assert sum_in_words(the_line(of), of, POLICY) == words
