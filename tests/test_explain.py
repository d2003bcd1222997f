"""Every figure can be followed: seven steps, each with its sum, its cells and the policy values it used."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from provision_costing.costing import Line, cost_map
from provision_costing.explain import seven_steps, sum_in_words
from provision_costing.model import (
    Allocation,
    GroupChange,
    Pension,
    ProvisionMap,
    Resource,
    SalaryBasis,
    School,
    SenStatus,
    Source,
    Staffing,
    StaffRate,
    Term,
)
from provision_costing.policy import ShareOver
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
        (6, "£2.92", "£2.9249 × 1 session a week"),
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
    assert sum_in_words(the_line(of), of, POLICY) == "£100.00 ÷ 3 pupils = £33.33"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (  # the guide's row 2: £208 printed, £279.06 at its own rate for a learning mentor
            {"role": "Learning Mentor", "group_size": 8, "minutes_per_session": Fraction(30), "sessions_per_week": 5},
            "£23.50 × 2.5 hours a week ÷ 8 in the group × 38 weeks = £279.06",
        ),
        ({"group_size": 1}, "£17.50 × 1 hour a week × 38 weeks = £665.00"),
        (
            {"staffing": (Staffing(role=TA, adults=Fraction(2)), Staffing(role="Teacher")), "weeks": Fraction(10)},
            "(£17.50 × 2 + £31.05) × 1 hour a week ÷ 6 in the group × 10 weeks = £110.08",
        ),
    ],
)
def test_the_sum_in_words(fields: dict[str, Any], words: str) -> None:
    of = provision_map(provision(**fields))
    assert sum_in_words(the_line(of), of, POLICY) == words


# -- dates, groups, whole costs -----------------------------------------------------------------------------------
# 1 March 2027 is a Monday: four weeks of five school days, 20 days in all, until Friday 26 March.
TERM = Term(starts=date(2027, 3, 1), ends=date(2027, 3, 26))
FOUR_WEEKS = School(name="Invented", terms=(TERM,))


def dated(row: dict[str, Any], own: dict[str, Any] | None = None, school: School = FOUR_WEEKS) -> ProvisionMap:
    """One hour a week for six at £17.50, from and to the days given: £2.9167 a week for each."""
    columns = {
        "starts": "O",
        "ends": "P",
        "weeks": "N",
        "group_size": "J",
        "change_1_size": "K",
        "whole_cost_reason": "G",
    }
    given = Allocation(pupil="A-1", code="P001", source=Source("map.xlsx", "Allocations", 9, columns), **(own or {}))
    item = provision(source=Source("map.xlsx", "Provision", 6, columns), **row)
    return replace(provision_map(item, allocations=(given,)), school=school)


def last(of: ProvisionMap) -> tuple[str, str, tuple[str, ...], tuple[str, ...]]:
    step = seven_steps(the_line(of), of, POLICY)[-1]
    assert step.figure == the_line(of).annual
    return step.shown, step.formula, step.cells, step.policy


def test_a_provision_s_dates_become_weeks_in_words() -> None:
    # Monday 8 to Friday 19 March: 10 school days ÷ 5 = 2 weeks; 17.50 ÷ 6 × 2 = 5.8333
    run = {"starts": date(2027, 3, 8), "ends": date(2027, 3, 19)}
    assert last(dated(run)) == (
        "£5.83", "£2.9167 × 2 weeks (10 school days from 08/03/2027 to 19/03/2027 ÷ 5 days a week)",
        ("Provision!O6", "Provision!P6"), ("days_per_week",),
    )  # fmt: skip


def test_a_pupil_s_own_dates_are_a_part_of_the_provision_s() -> None:
    # 5 of the 10 days are the pupil's: 1 week
    run = {"starts": date(2027, 3, 8), "ends": date(2027, 3, 19)}
    shown, words, cells, _ = last(dated(run, {"starts": date(2027, 3, 15)}))
    assert shown == "£2.92"
    assert words.endswith("÷ 5 days a week; this pupil’s 5 of its 10 school days, from 15/03/2027)")
    assert cells == ("Provision!O6", "Provision!P6", "Allocations!O9")


def test_typed_weeks_are_spread_over_the_days() -> None:
    # 3 weeks on the row over 20 days, the pupil there for 10 of them: 1.5 weeks, 17.50 ÷ 6 × 1.5 = 4.375
    shown, words, cells, used = last(dated({"weeks": Fraction(3)}, {"ends": date(2027, 3, 12)}))
    assert (shown, used) == ("£4.38", ())
    assert words == "£2.9167 × 1.5 weeks (this pupil’s 10 of its 20 school days, to 12/03/2027)"
    assert cells == ("Provision!N6", "Allocations!P9")


def test_without_terms_the_year_s_weekdays_stand_in() -> None:
    # A map of March 2027 only: 23 weekdays, 5 of them in the first week: 38 × 5 ÷ 23 weeks
    school = School(starts=date(2027, 3, 1), ends=date(2027, 3, 31))
    _, words, _, used = last(dated({"ends": date(2027, 3, 5)}, school=school))
    assert words == "£2.9167 × 8.26087 weeks (38 weeks × 5 of the year’s 23 weekdays, to 05/03/2027)"
    assert used == ("weeks_per_year",)


def test_a_group_that_changes_has_its_steps_once_for_each_size() -> None:
    # 20 days as 4 weeks: 1 week among 6, then 3 weeks among 5: 17.50 ÷ 6 + 3 × 17.50 ÷ 5 = 2.9167 + 10.50
    of = dated({"starts": TERM.starts, "group_changes": (GroupChange(starts=date(2027, 3, 8), group_size=5),)})
    steps = seven_steps(the_line(of), of, POLICY)[4:]
    assert [(s.number, s.name.partition(", ")[2], s.shown) for s in steps] == [
        (5, "to 07/03/2027", "£2.9167"), (6, "to 07/03/2027", "£2.92"), (7, "to 07/03/2027", "£2.92"),
        (5, "from 08/03/2027", "£3.5000"), (6, "from 08/03/2027", "£3.50"), (7, "from 08/03/2027", "£10.50"),
        (7, "", "£13.42"),
    ]  # fmt: skip
    assert steps[3].formula == "£17.5000 × 60 ÷ 60 minutes ÷ 5 in the group"
    assert steps[3].cells == ("Provision!K6",)
    assert steps[-1].figure == the_line(of).annual == Fraction("17.5") / 6 + Fraction("17.5") * 3 / 5
    assert sum_in_words(the_line(of), of, POLICY) == (
        "£17.50 × 1 hour a week × (1 weeks ÷ 6 in the group + 3 weeks ÷ 5 in the group) = £13.42"
    )


def test_a_pupil_who_comes_after_the_change_has_one_stretch() -> None:
    changes = (GroupChange(starts=date(2027, 3, 8), group_size=5),)
    of = dated({"starts": TERM.starts, "group_changes": changes}, {"starts": date(2027, 3, 8)})
    assert [s.number for s in seven_steps(the_line(of), of, POLICY)] == [1, 2, 3, 4, 5, 6, 7]
    assert last(of)[0] == "£10.50"


def test_a_whole_cost_says_why() -> None:
    of = dated({"weeks": Fraction(10)}, {"whole_cost_reason": "named in section F of the plan"})
    session = seven_steps(the_line(of), of, POLICY)[4]
    assert session.formula == (
        "£17.5000 × 60 ÷ 60 minutes, the whole session, which exists for this pupil: named in section F of the plan"
    )
    assert session.cells == ("Allocations!G9",)
    assert last(of)[0] == "£175.00"  # 17.50 × 10 weeks, not ÷ 6
    assert sum_in_words(the_line(of), of, POLICY) == "£17.50 × 1 hour a week for this pupil alone × 10 weeks = £175.00"


def test_shares_among_pupils_with_sen_are_said() -> None:
    policy = replace(POLICY, share_over=ShareOver.PUPILS_WITH_SEN)
    of = provision_map(provision(pupils_without_sen=2, weeks=Fraction(10)))
    line = cost_map(of, policy).pupils[0].lines[0]
    session = seven_steps(line, of, policy)[4]
    assert session.formula == "£17.5000 × 60 ÷ 60 minutes ÷ 4 pupils with SEN of 6 in the group"
    assert session.policy == ("share_over",)
    # 17.50 ÷ 4 × 10 = 43.75
    assert sum_in_words(line, of, policy) == "£17.50 × 1 hour a week ÷ 4 pupils with SEN × 10 weeks = £43.75"


# -- pay ----------------------------------------------------------------------------------------------------------


def test_the_build_up_of_a_pay_point_line_by_line() -> None:
    # SCP 5 in 2026-27: £25,583 full-time, derived. 32.5 of 37 hours, 44 of 52.143 weeks: 18,962.25; National Insurance
    # 15% of the 13,962.25 above £5,000: 2,094.34; pension 22% as the sheet gives it: 4,171.69; together 25,228.28.
    columns = {"pay_point": "F", "contracted_hours": "G", "weeks_paid": "H", "pension": "I", "pension_rate": "J"}
    staff = StaffRate(
        role=TA, pay_point="SCP 5", contracted_hours=Decimal("32.5"), weeks_paid=Decimal(44),
        pension=Pension.LOCAL_GOVERNMENT, pension_rate=Decimal(22), source=Source("map.xlsx", "Staff", 7, columns),
    )  # fmt: skip
    of = provision_map(provision(), staff=(staff,))
    steps = seven_steps(the_line(of), of, POLICY)
    assert [(s.shown, s.formula) for s in steps[:6]] == [
        ("£18,962.25", "SCP 5 (derived): £25,583.00 × 32.5 ÷ 37 hours × 44 ÷ 52.143 weeks"),
        ("£2,094.34", "15% of the pay above £5,000.00"),
        ("£4,171.69", "22% of the pay"),
        ("£25,228.28", "added up"),
        ("£663.9020", "£25,228.28 ÷ 38 weeks"),
        ("–", "not needed: hours of its own"),
    ]
    assert steps[6].formula == "£25,228.28 ÷ (38 weeks × 32.5 hours)"  # 20.4278 an hour
    assert steps[6].shown == "£20.4278"
    assert [s.cells for s in steps[:4]] == [("Staff!G7", "Staff!H7"), (), ("Staff!I7", "Staff!J7"), ("Staff!F7",)]
    assert "njc_pay_points" in steps[0].policy
    assert steps[-1].figure == the_line(of).annual


def test_a_salary_without_on_costs_shows_each_line() -> None:
    # The mean of the ends of the main range, 39,134: National Insurance 5,120.10 and pension 11,223.63 make 55,477.73
    staff = StaffRate(
        role="Teacher", salary=Decimal(39134), salary_basis=SalaryBasis.TERM_TIME_ACTUAL, with_on_costs=False,
        pension=Pension.TEACHERS,
    )  # fmt: skip
    of = provision_map(provision(role="Teacher"), staff=(staff,))
    steps = seven_steps(the_line(of), of, POLICY)
    assert [s.shown for s in steps[:4]] == ["£39,134.00", "£5,120.10", "£11,223.63", "£55,477.73"]
    assert steps[2].policy == ("teachers_pension_rate",)
    assert steps[6].shown == "£48.6647"


# -- resources ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"annual_cost": "540"}, "£540.00, as bought"),
        ({"annual_cost": "45", "units": Fraction(6), "shared_by": 2}, "£45.00 × 6 in the year ÷ 2 pupils = £135.00"),
        ({"annual_cost": "1000", "years": 3}, "£1,000.00 ÷ 3 years = £333.33"),
        ({"annual_cost": "10", "units": Fraction(5, 2), "years": 2, "shared_by": 4},
         "£10.00 × 2.5 in the year ÷ 2 years ÷ 4 pupils = £3.13"),  # 25 ÷ 8 = 3.125
    ],
)  # fmt: skip
def test_a_resource_s_units_and_years_in_words(fields: dict[str, Any], words: str) -> None:
    bought = Resource(code="R001", description="x", **fields | {"annual_cost": Decimal(fields["annual_cost"])})
    of = provision_map(resources=(bought,), allocations=(Allocation(pupil="A-1", code="R001"),))
    assert sum_in_words(the_line(of), of, POLICY) == words


def test_a_pupil_without_sen_has_no_share_and_is_told_so() -> None:
    sen_only = replace(POLICY, share_over=ShareOver.PUPILS_WITH_SEN)
    one = provision_map(replace(provision(group_size=3), pupils_without_sen=1), staff=(hourly("17.50"),))
    one = replace(one, pupils=tuple(replace(p, sen_status=SenStatus.NONE) for p in one.pupils))
    line = cost_map(one, sen_only).pupils[0].lines[0]
    assert (line.has_share, line.annual) == (False, Fraction(0))
    assert [s.figure for s in seven_steps(line, one, sen_only)][-3:] == [0, 0, 0]
    assert "among its pupils with SEN" in sum_in_words(line, one, sen_only)


def test_hours_that_do_not_end_are_written_as_minutes() -> None:
    of = provision_map(
        provision(minutes_per_session=Fraction(20), sessions_per_week=Fraction(4)), staff=(hourly("17.50"),)
    )
    assert "× 80 ÷ 60 hours a week" in sum_in_words(the_line(of), of, POLICY)
