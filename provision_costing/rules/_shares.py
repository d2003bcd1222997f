"""Shares of a session: who is charged one, and by how much they add up to more than what the school pays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from provision_costing.costing import Line, MapCost, SessionCost, add, provision_weeks
from provision_costing.model import Allocation, Provision, ProvisionMap
from provision_costing.policy import Policy
from provision_costing.rules._dates import repeats
from provision_costing.schedule import Diary, sharing

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Over:
    """What is charged beyond the sessions held: exact pounds a year, and the first day of it where days are known."""

    pounds: Fraction
    day: date | None = None


NOTHING = Over(pounds=Fraction(0))


def rows_by_code(provision_map: ProvisionMap) -> dict[str, list[Allocation]]:
    """List the allocations of each code, without those that only repeat a pupil (DUP01)."""
    again = {id(a) for rows in repeats(provision_map).values() for a in rows}
    rows: dict[str, list[Allocation]] = {}
    for allocation in provision_map.allocations:
        if id(allocation) not in again:
            rows.setdefault(allocation.code, []).append(allocation)
    return rows


def places(provision: Provision, policy: Policy) -> int:
    """Count the shares that the sessions of a provision are divided into, all its parallel groups together."""
    return sharing(provision, provision.group_size, policy) * provision.parallel_groups


def weeks_too_many(
    provision: Provision, rows: Sequence[Allocation], weeks_of: Mapping[int, Fraction | None], cost: MapCost,
    policy: Policy,
) -> Fraction:  # fmt: skip
    """Give the pupils' weeks that are charged beyond what the places hold; nought or less when they fit."""
    weeks = provision_weeks(provision, policy, cost.diary)
    charged = Fraction(0)
    for row in rows:
        own = weeks_of.get(id(row))
        charged += own if own is not None else row.weeks if row.weeks is not None else weeks
    return charged - places(provision, policy) * weeks


def charged_over(provision: Provision, lines: Sequence[Line], cost: MapCost, policy: Policy) -> Over:
    """Say what pupils are charged for a provision beyond its sessions.

    By days where the rows have dates and there are days to count by; where they have weeks instead, or neither, by
    the year as a whole, since pupils may take turns. Nothing where dates cannot be counted.
    """
    session = cost.sessions[provision.code]
    if not isinstance(session, SessionCost):
        return NOTHING
    is_dated = bool(provision.group_changes) or any(n.allocation.starts or n.allocation.ends for n in lines)
    paid = session.school_weekly * provision_weeks(provision, policy, cost.diary)
    if is_dated and cost.diary is None:
        return NOTHING
    if is_dated and cost.diary and all(n.allocation.weeks is None for n in lines):
        part, day = _by_days(provision, lines, cost.diary, policy)
        return Over(pounds=paid * part, day=day)
    return Over(pounds=max(add(n.annual for n in lines) - paid, Fraction(0)))


def _by_days(provision: Provision, lines: Sequence[Line], diary: Diary, policy: Policy) -> tuple[Fraction, date | None]:
    """Give the part of the year's sessions that is charged beyond them, and the first day on which it is."""
    calendar, groups = diary.calendar, provision.parallel_groups
    run = calendar.between(provision.starts, provision.ends)
    steps = _steps(provision, lines, diary)
    part, since, sharing_it, alone = Fraction(0), None, 0, 0
    for starts, until in pairwise(sorted(steps)):
        sharing_it += steps[starts][0]
        alone += steps[starts][1]
        shares = alone + Fraction(sharing_it, sharing(provision, _size_on(provision, starts), policy))
        days = calendar.between(starts, until - A_DAY)
        if run and days and shares > groups:
            part += (shares / groups - 1) * days / run
            since = since or starts
    return part, since


def _steps(provision: Provision, lines: Sequence[Line], diary: Diary) -> dict[date, tuple[int, int]]:
    """Give the days on which a group changes, or who is in it: by how many who share, and who are charged the whole."""
    first = max(provision.starts or diary.calendar.first, diary.calendar.first)
    last = min(provision.ends or diary.calendar.last, diary.calendar.last)
    changes = (c.starts for c in provision.group_changes if first < c.starts <= last)
    steps = dict.fromkeys((first, *changes), (0, 0))
    for line in lines:
        starts, ends = max(line.allocation.starts or first, first), min(line.allocation.ends or last, last)
        if starts <= ends:
            whole = bool(line.allocation.whole_cost_reason)
            for day, by in ((starts, 1), (ends + A_DAY, -1)):
                before = steps.get(day, (0, 0))
                steps[day] = before[0] + by * (not whole), before[1] + by * whole
    return steps


def _size_on(provision: Provision, day: date) -> int | None:
    sizes = [c.group_size for c in sorted(provision.group_changes, key=lambda c: c.starts) if c.starts <= day]
    return sizes[-1] if sizes else provision.group_size
