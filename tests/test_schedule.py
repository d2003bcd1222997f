"""Dates: who takes part when, with how many others, and that the shares of a session are one session."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provision_costing.costing import SessionCost, cost_map, provision_weeks, school_cost
from provision_costing.model import (
    Allocation,
    GeneralProvision,
    GroupChange,
    Provision,
    ProvisionMap,
    Pupil,
    Resource,
    School,
    SenStatus,
    Staffing,
)
from provision_costing.money import exact, to_pence
from provision_costing.policy import Policy, ShareOver
from provision_costing.schedule import diary_of, portion
from tests.days import AUTUMN_ENDS, FIRST, LAST, SPRING, school
from tests.making import provision, provision_map, waltham_forest
from tests.strategies import full_maps

POLICY = waltham_forest()
WITH_SEN = replace(POLICY, share_over=ShareOver.PUPILS_WITH_SEN)
DAY = timedelta(days=1)
DAYS = st.dates(date(2026, 8, 1), date(2027, 8, 31))


def group(*rows: dict[str, Any], at: date | None = None, **fields: Any) -> ProvisionMap:
    """One hour a week at £17.50 with a group of four in the year of 190 days; a row for each pupil in it."""
    one = provision(**({"group_size": 4} | fields))
    allocations = tuple(Allocation(pupil=f"A-{n}", code="P001", **row) for n, row in enumerate(rows, 1))
    return replace(provision_map(one, pupils=len(rows), allocations=allocations), school=school(at))


def totals(of: ProvisionMap) -> list[str]:
    return [str(p.total) for p in cost_map(of, POLICY).pupils]


# -- joiners and leavers -------------------------------------------------------------------------------------------


def test_a_joiner_and_a_leaver_pay_for_the_days_they_are_there() -> None:
    # £17.50 ÷ 4 = £4.375 a week. 190 days are 38 weeks: £166.25. From 4 January 118 days are 23.6 weeks: £103.25;
    # up to 18 December 72 days are 14.4 weeks: £63.00; together £166.25.
    of = group({}, {"starts": SPRING}, {"ends": AUTUMN_ENDS}, {"starts": SPRING, "ends": LAST})
    assert totals(of) == ["166.25", "103.25", "63.00", "103.25"]


@pytest.mark.parametrize(
    ("dates", "pounds"),
    [
        ({"starts": date(2026, 9, 1), "ends": date(2026, 9, 2)}, "0.00"),  # INSET days
        ({"starts": date(2026, 10, 24), "ends": date(2026, 11, 1)}, "0.00"),  # half term
        ({"starts": date(2025, 9, 1), "ends": date(2026, 7, 31)}, "0.00"),  # the year before
        ({"starts": date(2027, 9, 1)}, "0.00"),  # the year after
        ({"starts": date(2027, 2, 1), "ends": date(2027, 1, 1)}, "0.00"),  # the wrong way round
        ({"starts": date(2026, 9, 3), "ends": date(2026, 9, 3)}, "0.88"),  # one day: £4.375 ÷ 5 = £0.875
        ({"starts": date(2025, 9, 1), "ends": date(2030, 7, 31)}, "166.25"),  # the whole year
        ({"weeks": Fraction(10)}, "43.75"),  # weeks on the pupil's row: 10 × £4.375
        ({"weeks": Fraction(10), "starts": SPRING}, "43.75"),  # they fall into the pupil's own days
        ({"weeks": Fraction(10), "starts": date(2027, 9, 1)}, "0.00"),  # which there are none of
    ],
)
def test_a_pupil_s_own_dates(dates: dict[str, Any], pounds: str) -> None:
    assert totals(group(dates)) == [pounds]


@pytest.mark.parametrize(
    ("fields", "weeks", "pounds"),
    [
        ({"starts": SPRING}, Fraction("23.6"), "103.25"),
        ({"starts": SPRING, "ends": date(2027, 2, 12)}, Fraction("5.8"), "25.38"),  # 29 days; £25.375
        ({"ends": AUTUMN_ENDS}, Fraction("14.4"), "63.00"),
        ({"weeks": Fraction(30), "starts": SPRING}, Fraction(30), "131.25"),  # typed weeks come first
        ({"starts": date(2028, 1, 1)}, Fraction(0), "0.00"),  # outside the terms
        ({"starts": date(2026, 10, 24), "ends": date(2026, 11, 1)}, Fraction(0), "0.00"),  # in half term
        ({}, Fraction(38), "166.25"),
    ],
)
def test_a_provision_s_own_dates(fields: dict[str, Any], weeks: Fraction, pounds: str) -> None:
    of = group({}, **fields)
    assert provision_weeks(of.provisions[0], POLICY, diary_of(of.school)) == weeks
    assert totals(of) == [pounds]


def test_a_pupil_s_dates_count_inside_the_provision_s() -> None:
    # The provision has 10 weeks in the 53 days of the spring; the pupil is there for the 24 days after half term.
    of = group(
        {"starts": date(2027, 2, 22), "ends": LAST}, {"ends": AUTUMN_ENDS},
        starts=SPRING, ends=date(2027, 3, 25), weeks=Fraction(10),
    )  # fmt: skip
    cost = cost_map(of, POLICY)
    assert [p.lines[0].weeks for p in cost.pupils] == [Fraction(240, 53), 0]
    assert [str(p.total) for p in cost.pupils] == ["19.81", "0.00"]  # £4.375 × 240 ÷ 53 = £19.8113


def test_without_terms_the_part_of_the_year_is_of_its_weekdays() -> None:
    # 1 September to 21 July: 231 weekdays; the first 66 of them, to 1 December, are 38 × 66 ÷ 231 weeks.
    year = School(starts=FIRST, ends=date(2027, 7, 20))
    of = replace(group({}, ends=date(2026, 12, 1)), school=year)
    assert totals(of) == [str(to_pence(Fraction("4.375") * 38 * 66 / 231))] == ["47.50"]


def test_without_any_days_dates_change_nothing() -> None:
    of = replace(group({"starts": SPRING}, starts=SPRING), school=School())
    assert totals(of) == ["166.25"]
    assert cost_map(of, POLICY).pupils[0].to_date is None


# -- groups that change --------------------------------------------------------------------------------------------

FIFTH_JOINS: dict[str, Any] = {"group_changes": (GroupChange(starts=SPRING, group_size=5),)}


def test_a_fifth_pupil_changes_the_shares_from_that_day_on() -> None:
    # 14.4 weeks ÷ 4 + 23.6 weeks ÷ 5 = 3.6 + 4.72 = 8.32 weeks' cost of £17.50: £145.60. The joiner: 4.72, £82.60.
    # Four times £145.60 and £82.60 are £665.00: 38 weeks of £17.50.
    of = group({}, {}, {}, {}, {"starts": SPRING}, **FIFTH_JOINS)
    assert totals(of) == ["145.60"] * 4 + ["82.60"]
    assert cost_map(of, POLICY).total == 665


def test_the_days_before_a_change_stay_as_they_were() -> None:
    before, after = (group({}, {}, {}, {}, at=AUTUMN_ENDS, **fields) for fields in ({}, FIFTH_JOINS))
    assert [p.to_date for p in cost_map(before, POLICY).pupils] == [63] * 4
    assert [p.to_date for p in cost_map(after, POLICY).pupils] == [63] * 4


def test_changes_in_any_order_and_back_again() -> None:
    # 72 days by 4, 53 by 5, 65 by 2: 14.4 ÷ 4 + 10.6 ÷ 5 + 13 ÷ 2 = 3.6 + 2.12 + 6.5 = 12.22; × £17.50 = £213.85
    changes = (GroupChange(starts=date(2027, 4, 12), group_size=2), GroupChange(starts=SPRING, group_size=5))
    assert totals(group({}, group_changes=changes)) == ["213.85"]
    assert totals(group({}, group_changes=changes[::-1])) == ["213.85"]


def test_a_change_on_the_first_day_or_before_is_the_size_itself() -> None:
    for day in (date(2020, 1, 1), FIRST):
        change = (GroupChange(starts=day, group_size=5),)
        assert totals(group({}, group_changes=change)) == ["133.00"]  # £17.50 × 38 ÷ 5


def test_a_change_after_the_last_day_changes_nothing() -> None:
    assert totals(group({}, group_changes=(GroupChange(starts=LAST + DAY, group_size=9),))) == ["166.25"]


def test_a_group_that_changes_to_nobody_is_not_costed() -> None:
    of = group({}, group_changes=(GroupChange(starts=SPRING, group_size=0),))
    (gap,) = cost_map(of, POLICY).uncosted
    assert (gap.field, gap.reason) == ("group_changes", "a later group size is less than one pupil")


# -- groups with several adults, pupils without SEN, and a session for one pupil -----------------------------------


def test_several_adults_are_added_up() -> None:
    # Half a teacher at £31.05 and two assistants at £17.50: £50.525 an hour; ÷ 4 = £12.63125; × 38 = £479.9875
    adults = (Staffing(role="Teacher", adults=Fraction(1, 2)), Staffing(role="TA", adults=Fraction(2)))
    assert totals(group({}, staffing=adults)) == ["479.99"]


def mixed_group() -> ProvisionMap:
    """Four pupils, of whom the last has no SEN."""
    of = group({}, {}, {}, {}, pupils_without_sen=1)
    pupils = (*of.pupils[:3], Pupil(reference="A-4", sen_status=SenStatus.NONE))
    return replace(of, pupils=pupils)


def test_a_cost_is_shared_over_all_pupils_or_over_those_with_sen() -> None:
    over_all, over_sen = cost_map(mixed_group(), POLICY), cost_map(mixed_group(), WITH_SEN)
    assert [str(p.total) for p in over_all.pupils] == ["166.25"] * 4
    assert [str(p.total) for p in over_sen.pupils] == ["221.67"] * 3 + ["0.00"]  # £17.50 × 38 ÷ 3
    assert over_all.total == over_sen.total == 665


def test_a_pupil_without_sen_has_no_share_of_what_pupils_with_sen_share() -> None:
    (line,) = cost_map(mixed_group(), WITH_SEN).pupils[3].lines
    assert (line.weeks, line.annual, line.weekly_cost) == (Fraction(38), Fraction(0), Decimal(0))
    assert not line.counts
    assert line.not_counted_because == "shared among the pupils with SEN only"


def test_a_session_that_exists_for_a_pupil_without_sen_is_charged_whole() -> None:
    of = mixed_group()
    last = replace(of.allocations[3], whole_cost_reason="A speech programme of this pupil's own")
    cost = cost_map(replace(of, allocations=(last,)), WITH_SEN)
    assert str(cost.pupils[3].total) == "665.00"


def test_a_group_change_is_shared_the_same_way() -> None:
    # Shares: 4 − 1 to 18 December, 5 − 1 from 4 January: 14.4 ÷ 3 + 23.6 ÷ 4 = 4.8 + 5.9 = 10.7; × £17.50 = £187.25
    of = group({}, pupils_without_sen=1, **FIFTH_JOINS)
    assert str(cost_map(of, WITH_SEN).pupils[0].total) == "187.25"


def test_more_pupils_without_sen_than_places_divide_by_nothing() -> None:
    of = group({}, pupils_without_sen=9)
    assert str(cost_map(of, WITH_SEN).pupils[0].total) == "665.00"


def test_a_whole_cost_needs_a_reason_and_says_the_whole_week() -> None:
    alone = group({"whole_cost_reason": "It exists for this pupil; the others are there as company"}, **FIFTH_JOINS)
    (line,) = cost_map(alone, POLICY).pupils[0].lines
    assert (line.annual, line.weekly_cost) == (Fraction(665), Decimal("17.50"))  # whatever the size of the group
    (line,) = cost_map(group({"whole_cost_reason": ""}), POLICY).pupils[0].lines
    assert line.annual == Fraction("166.25")


def test_a_whole_cost_of_part_of_the_year() -> None:
    of = group({"whole_cost_reason": "Its own programme", "starts": SPRING})
    assert totals(of) == ["413.00"]  # £17.50 × 23.6


# -- cost to date --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "pounds"),
    [
        (date(2026, 8, 31), "0.00"),
        (date(2026, 9, 2), "0.00"),  # INSET days only
        (date(2026, 9, 3), "0.88"),
        (AUTUMN_ENDS, "63.00"),
        (date(2027, 1, 4), "63.00"),
        (date(2027, 2, 12), "88.38"),  # 101 days: £4.375 × 20.2 = £88.375
        (LAST, "166.25"),
        (date(2030, 1, 1), "166.25"),
    ],
)
def test_cost_to_date(at: date, pounds: str) -> None:
    assert str(cost_map(group({}, at=at), POLICY).pupils[0].to_date) == pounds


def test_resources_and_general_provision_fall_evenly_on_the_days() -> None:
    of = replace(
        group({}, at=AUTUMN_ENDS), general=(GeneralProvision(description="Training", annual_cost=Decimal(190)),),
        resources=(Resource(code="R001", description="Switches", annual_cost=Decimal(95)),),
    )  # fmt: skip
    of = replace(of, allocations=(*of.allocations, Allocation(pupil="A-1", code="R001")))
    # 72 of 190 days: £63.00 of the provision, £36 of £95, £72 of £190
    assert cost_map(of, POLICY).pupils[0].to_date == 171


@given(full_maps(), DAYS, DAYS)
def test_cost_to_date_grows_from_nought_to_the_total(of: ProvisionMap, one: date, other: date) -> None:
    first, later = sorted((one, other))
    days = [date(2026, 8, 1), first, later, date(2027, 12, 31)]
    costs = [cost_map(replace(of, school=replace(of.school, as_at=day)), POLICY) for day in days]
    for pupils in zip(*(cost.pupils for cost in costs), strict=True):
        done = [p.to_date or Decimal(0) for p in pupils]
        assert done == sorted(done)
        assert done[0] == 0
        assert done[-1] == pupils[-1].total


# -- laws ----------------------------------------------------------------------------------------------------------


@given(full_maps(), DAYS, st.sampled_from([POLICY, WITH_SEN]))
def test_splitting_an_allocation_in_two_at_any_day_changes_nothing(of: ProvisionMap, day: date, policy: Policy) -> None:
    def halves(row: Allocation) -> list[Allocation]:
        if not row.code.startswith("P") or row.weeks is not None:
            return [row]
        return [
            replace(row, ends=min(row.ends or day, day)),
            replace(row, starts=max(row.starts or day + DAY, day + DAY)),
        ]

    split = replace(of, allocations=tuple(half for row in of.allocations for half in halves(row)))
    before, after = cost_map(of, policy), cost_map(split, policy)
    for one, two in zip(before.pupils, after.pupils, strict=True):
        assert sum(n.annual for n in one.lines) == sum(n.annual for n in two.lines)
        assert (one.total, one.to_date, one.placement) == (two.total, two.to_date, two.placement)
    assert before.total == after.total


sizes = st.integers(1, 6)
changes = st.lists(st.tuples(DAYS, sizes), max_size=3).map(
    lambda rows: tuple(GroupChange(starts=day, group_size=size) for day, size in rows)
)


@st.composite
def groups(draw: st.DrawFn) -> Provision:
    size, later = draw(sizes), draw(changes)
    smallest = min([size, *(c.group_size for c in later)])
    return provision(
        group_size=size, group_changes=later, starts=draw(st.none() | DAYS), ends=draw(st.none() | DAYS),
        parallel_groups=draw(st.integers(1, 3)), pupils_without_sen=draw(st.integers(0, smallest - 1)),
    )  # fmt: skip


@given(groups(), st.sampled_from([POLICY, WITH_SEN]))
def test_the_shares_of_a_session_are_one_session(row: Provision, policy: Policy) -> None:
    """With every place named for the days that it exists, the shares are all of what the school pays; else less."""
    of = replace(provision_map(row), school=school())
    places = [a for n in range(row.parallel_groups) for a in seats(row, n)]
    # among pupils with SEN only, those without are in the group and have no share
    references = sorted({a.pupil for a in places})
    no_sen = {f"{n}-{seat}" for n in range(row.parallel_groups) for seat in range(row.pupils_without_sen)}
    of = replace(
        of, allocations=tuple(places),
        pupils=tuple(Pupil(reference=r, sen_status=SenStatus.NONE if r in no_sen else SenStatus.SUPPORT)
                     for r in references),
    )  # fmt: skip
    cost = cost_map(of, policy)
    session = cost.sessions["P001"]
    assert isinstance(session, SessionCost)
    whole = session.school_weekly * provision_weeks(row, policy, cost.diary)
    assert sum(n.annual for p in cost.pupils for n in p.lines) == whole
    assert school_cost(row, session, policy, cost.diary) == to_pence(whole)
    fewer = cost_map(replace(of, allocations=of.allocations[1:]), policy)
    assert sum(n.annual for p in fewer.pupils for n in p.lines) <= whole


def seats(row: Provision, number: int) -> list[Allocation]:
    """One allocation for each place of one group on each stretch of days between two changes of its size."""
    later = sorted(row.group_changes, key=lambda c: c.starts)
    starts: list[date | None] = [None, *(c.starts for c in later)]
    ends: list[date | None] = [*(c.starts - DAY for c in later), None]
    assert row.group_size is not None
    stretches = zip(starts, ends, [row.group_size, *(c.group_size for c in later)], strict=True)
    return [
        Allocation(pupil=f"{number}-{seat}", code=row.code, starts=first, ends=last)
        for first, last, size in stretches
        for seat in range(size)
    ]


@given(full_maps(), st.sampled_from([POLICY, WITH_SEN]))
def test_nothing_divides_by_nought_and_no_cost_is_below_it(of: ProvisionMap, policy: Policy) -> None:
    cost = cost_map(of, policy)
    for pupil in cost.pupils:
        for line in pupil.lines:
            assert line.annual >= 0
            assert line.weeks is None or line.weeks >= 0
            assert line.to_date is None or 0 <= line.to_date <= line.annual
        assert pupil.total == to_pence(sum((n.annual for n in pupil.lines if n.counts), exact(pupil.general)))


@given(full_maps())
def test_a_pupil_s_weeks_are_never_more_than_the_provision_s(of: ProvisionMap) -> None:
    diary = diary_of(of.school)
    provisions = {p.code: p for p in of.provisions}
    for row in of.allocations:
        one = provisions.get(row.code)
        if one is None or row.weeks is not None:
            continue
        part = portion(one, row, diary, POLICY)
        assert 0 <= part.shared_weeks <= part.weeks <= provision_weeks(one, POLICY, diary)
