"""When a pupil takes part: the weeks of a provision that fall to one pupil, and with how many others each is shared.

A provision's weeks are those on its row; or, where it has dates, the school days between them; or the policy's year.
A pupil with dates has the part of those weeks that falls inside them, by school days. When the size of a group
changes, each day is shared by the group of that day, so that what has been stays as it was.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import lcm

from provision_costing.calendar import Calendar, calendar_of, school_calendar
from provision_costing.model import Allocation, Provision, School, Term
from provision_costing.money import exact
from provision_costing.policy import Policy, ShareOver

NONE_YET = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """What of a provision falls to one pupil: weeks, and weeks ÷ pupils sharing, added up over its days."""

    weeks: Fraction
    shared_weeks: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Diary:
    """The days by which a map's dates are counted. `has_terms`: they are school days, not all weekdays of the year."""

    calendar: Calendar
    has_terms: bool


def diary_of(school: School) -> Diary | None:
    """Give the days to count by: the school's terms, or else the weekdays of the map's own year.

    None without either, and where neither has a single school day: then no date counts.
    """
    calendar = school_calendar(school)
    if calendar:
        return Diary(calendar=calendar, has_terms=True)
    if school.starts and school.ends and school.starts <= school.ends:
        year = Term(starts=school.starts, ends=school.ends)
        weekdays = calendar_of((year,), school.closures)
        return Diary(calendar=weekdays, has_terms=False) if weekdays.days else None
    return None


def provision_weeks(provision: Provision, policy: Policy, diary: Diary | None = None) -> Fraction:
    """Give the weeks that a provision runs in the year."""
    if provision.weeks is not None:
        return provision.weeks
    year = exact(policy.weeks_per_year)
    if diary is None or (provision.starts is None and provision.ends is None):
        return year
    days = diary.calendar.between(provision.starts, provision.ends)
    if diary.has_terms:
        numerator, denominator = policy.days_per_week.as_integer_ratio()
        return Fraction(days * denominator, numerator)
    return year * days / diary.calendar.days


def portion(
    provision: Provision, allocation: Allocation, diary: Diary | None, policy: Policy, until: date | None = None
) -> Portion:
    """Give the weeks of one pupil, and their shares; with `until`, only those up to that day, it included."""
    whole = bool(allocation.whole_cost_reason)
    total = provision_weeks(provision, policy, diary)
    if diary is None:
        weeks = allocation.weeks if allocation.weeks is not None else total
        return Portion(weeks=weeks, shared_weeks=weeks / sharing(provision, provision.group_size, policy, whole=whole))
    calendar, (first, last) = diary.calendar, _span(provision, allocation)
    run = calendar.between(provision.starts, provision.ends)
    if allocation.weeks is not None:
        run, total = calendar.between(first, last), allocation.weeks  # spread over the pupil's own days
    if not run:
        return Portion(weeks=NONE_YET, shared_weeks=NONE_YET)
    last = _earlier(last, until)
    parts = [
        (calendar.between(_later(first, starts), _earlier(last, ends)), sharing(provision, size, policy, whole=whole))
        for starts, ends, size in _sizes(provision)
    ]
    divisor = lcm(*(shares for _, shares in parts))  # one quotient in the end: a sum of fractions is slow
    return Portion(
        weeks=_of(total, sum(days for days, _ in parts), run),
        shared_weeks=_of(total, sum(days * divisor // shares for days, shares in parts), run * divisor),
    )


def _of(total: Fraction, days: int, out_of: int) -> Fraction:
    return Fraction(total.numerator * days, total.denominator * out_of)


def sharing(provision: Provision, size: int | None, policy: Policy, *, whole: bool = False) -> int:
    """Give the number of shares that a session is divided into: the group, or its pupils with SEN, as the policy says.

    A pupil who is charged the whole session, because it exists for this pupil, has it alone.
    """
    if whole:
        return 1
    pupils = size or 1
    if policy.share_over is ShareOver.PUPILS_WITH_SEN:
        pupils -= provision.pupils_without_sen
    return max(pupils, 1)


def _sizes(provision: Provision) -> list[tuple[date | None, date | None, int | None]]:
    """List the stretches of a provision between which its group's size changes: first day, last day, size."""
    if not provision.group_changes:
        return [(None, None, provision.group_size)]
    changes = sorted(provision.group_changes, key=lambda c: c.starts)
    starts: list[date | None] = [None, *(c.starts for c in changes)]
    ends: list[date | None] = [*(c.starts - timedelta(days=1) for c in changes), None]
    sizes = [provision.group_size, *(c.group_size for c in changes)]
    return list(zip(starts, ends, sizes, strict=True))


def _span(provision: Provision, allocation: Allocation) -> tuple[date | None, date | None]:
    return _later(allocation.starts, provision.starts), _earlier(allocation.ends, provision.ends)


def _later(one: date | None, other: date | None) -> date | None:
    return max(one, other) if one and other else one or other


def _earlier(one: date | None, other: date | None) -> date | None:
    return min(one, other) if one and other else one or other
