"""The same money by financial year (April to March) and by academic year (September to August)."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from provision_costing.costing import Line, MapCost, SessionCost, add
from provision_costing.model import Provision
from provision_costing.money import apportion, exact
from provision_costing.policy import Policy
from provision_costing.schedule import Diary, portion


class YearKind(StrEnum):
    """The two years that schools keep: maintained schools' money, and academies' money and teaching."""

    FINANCIAL = "Financial year"
    ACADEMIC = "Academic year"


_FIRST_MONTH = {YearKind.FINANCIAL: 4, YearKind.ACADEMIC: 9}


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPart:
    """The part of a map's money that falls in one year; the parts of one kind add up to the map's total."""

    kind: YearKind
    label: str  # 2026-27
    starts: date  # the part of the year that the map covers
    ends: date
    total: Decimal


def year_parts(cost: MapCost, policy: Policy) -> tuple[YearPart, ...]:
    """Split a map's total by school days, to the penny; nothing where the map gives no days to count by."""
    if cost.diary is None:
        return ()
    return tuple(part for kind in YearKind for part in _parts(kind, cost, cost.diary, policy))


def _parts(kind: YearKind, cost: MapCost, diary: Diary, policy: Policy) -> list[YearPart]:
    spans = _spans(kind, diary)
    so_far = [Fraction(0), *(spent_until(ends, cost, diary, policy) for _, ends in spans)]
    weights = [later - earlier for earlier, later in pairwise(so_far)]
    if not any(weights):
        weights = [Fraction(1), *(Fraction(0) for _ in spans[1:])]
    totals = apportion(cost.total, weights)
    return [
        YearPart(kind=kind, label=_label(kind, starts), starts=starts, ends=ends, total=total)
        for (starts, ends), total in zip(spans, totals, strict=True)
    ]


def _spans(kind: YearKind, diary: Diary) -> list[tuple[date, date]]:
    first, last = diary.calendar.first, diary.calendar.last
    cuts = [date(year, _FIRST_MONTH[kind], 1) for year in range(first.year, last.year + 1)]
    starts = [first, *(cut for cut in cuts if first < cut <= last)]
    return list(zip(starts, [*(s - timedelta(days=1) for s in starts[1:]), last], strict=True))


def _label(kind: YearKind, day: date) -> str:
    year = day.year if day.month >= _FIRST_MONTH[kind] else day.year - 1
    return f"{year}-{(year + 1) % 100:02d}"


def spent_until(day: date, cost: MapCost, diary: Diary, policy: Policy) -> Fraction:
    """Give what of a map's counted money falls up to a day, it included, exactly."""
    evenly = Fraction(diary.calendar.between(None, day), diary.calendar.days)
    lines = [_line_until(n, day, (cost, diary, policy), evenly) for p in cost.pupils for n in p.lines if n.counts]
    return add([*lines, *(exact(p.general) * evenly for p in cost.pupils)])


def _line_until(line: Line, day: date, books: tuple[MapCost, Diary, Policy], evenly: Fraction) -> Fraction:
    cost, diary, policy = books
    session = cost.sessions.get(line.item.code)
    if not isinstance(line.item, Provision) or not isinstance(session, SessionCost):
        return line.annual * evenly
    return session.weekly * portion(line.item, line.allocation, diary, policy, day).shared_weeks
