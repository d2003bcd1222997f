"""School days: unequal terms, INSET days out, nothing counted twice."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provision_costing.calendar import Calendar, calendar_of, school_calendar
from provision_costing.model import School, Term
from provision_costing.schedule import diary_of
from tests.days import FIRST, HALF_TERMS, INSET, LAST, MAY_DAY, SPRING, school

DAYS = st.dates(date(2026, 7, 1), date(2027, 9, 30))


def year() -> Calendar:
    calendar = school_calendar(school())
    assert calendar is not None
    return calendar


def test_195_days_with_five_inset_days_are_38_weeks() -> None:
    assert calendar_of(HALF_TERMS, (MAY_DAY,)).days == 195
    assert year().days == 190 == 38 * 5


@pytest.mark.parametrize(("number", "days"), list(enumerate((37, 35, 29, 24, 34, 31))))
def test_each_half_term_as_counted_by_hand(number: int, days: int) -> None:
    term = HALF_TERMS[number]
    assert year().between(term.starts, term.ends) == days


@pytest.mark.parametrize(
    ("starts", "ends", "days"),
    [
        (None, None, 190),
        (None, date(2027, 1, 3), 72),
        (SPRING, None, 118),
        (date(2026, 9, 3), date(2026, 9, 3), 1),  # the first day that pupils come
        (date(2026, 9, 2), date(2026, 9, 2), 0),  # INSET
        (date(2026, 9, 5), date(2026, 9, 6), 0),  # a weekend
        (date(2026, 10, 24), date(2026, 11, 1), 0),  # half term
        (date(2027, 5, 3), date(2027, 5, 7), 4),  # the week of May Day
        (date(2020, 1, 1), date(2026, 8, 31), 0),  # all before
        (date(2027, 7, 22), date(2030, 1, 1), 0),  # all after
        (date(2020, 1, 1), date(2030, 1, 1), 190),
        (date(2027, 3, 1), date(2027, 2, 1), 0),  # the wrong way round
        (date.min, date.max, 190),
    ],
)
def test_days_between_two_days(starts: date | None, ends: date | None, days: int) -> None:
    assert year().between(starts, ends) == days


@given(DAYS, DAYS)
def test_a_year_is_the_sum_of_its_parts_wherever_it_is_cut(one: date, other: date) -> None:
    first, last = sorted((one, other))
    calendar = year()
    day = timedelta(days=1)
    before, after = calendar.between(None, first - day), calendar.between(last, None)
    assert before + calendar.between(first, last - day) + after == calendar.days
    assert calendar.between(first, first) in (0, 1)


@given(DAYS)
def test_one_day_counts_as_the_diary_on_the_wall_says(day: date) -> None:
    in_term = any(term.starts <= day <= term.ends for term in HALF_TERMS)
    comes = in_term and day.isoweekday() <= 5 and day not in (*INSET, MAY_DAY)
    assert year().between(day, day) == int(comes)


def test_a_day_in_two_terms_counts_once() -> None:
    twice = (*HALF_TERMS, Term(starts=date(2026, 9, 1), ends=date(2026, 12, 18)))
    # the second closes the October half term, 26 to 30 October
    assert calendar_of(twice, (*INSET, MAY_DAY)).days == 195


def test_a_closure_outside_the_terms_or_twice_takes_nothing_off() -> None:
    assert calendar_of(HALF_TERMS, (*INSET, *INSET, MAY_DAY, date(2026, 10, 26), date(2026, 9, 5))).days == 190


def test_terms_in_any_order_and_one_the_wrong_way_round() -> None:
    backwards = Term(starts=LAST, ends=FIRST)
    calendar = school_calendar(School(terms=(backwards, *HALF_TERMS[::-1]), closures=(*INSET, MAY_DAY)))
    assert calendar == year()
    assert school_calendar(School(terms=(backwards,))) is None


# -- what dates are counted by -------------------------------------------------------------------------------------


def test_without_terms_the_map_s_own_weekdays_stand_in() -> None:
    diary = diary_of(School(starts=date(2026, 9, 1), ends=date(2026, 9, 30), closures=(date(2026, 9, 1),)))
    assert diary is not None
    assert (diary.has_terms, diary.calendar.days) == (False, 21)  # September 2026 has 22 weekdays


WEEKEND = date(2026, 9, 5)


@pytest.mark.parametrize(
    "nothing_to_count_by",
    [
        School(),
        School(starts=FIRST),
        School(ends=LAST),
        School(starts=LAST, ends=FIRST),
        School(starts=WEEKEND, ends=WEEKEND),
        School(terms=(Term(starts=WEEKEND, ends=WEEKEND),)),
        School(terms=(Term(starts=FIRST, ends=FIRST),), closures=(FIRST,)),
    ],
)
def test_where_no_school_day_is_known_dates_do_not_count(nothing_to_count_by: School) -> None:
    assert diary_of(nothing_to_count_by) is None


def test_terms_without_a_day_leave_the_map_s_own_year() -> None:
    odd = School(terms=(Term(starts=WEEKEND, ends=WEEKEND),), starts=FIRST, ends=LAST)
    diary = diary_of(odd)
    assert diary is not None
    assert not diary.has_terms
