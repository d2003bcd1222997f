"""The stretches of a pupil's year between which the size of the group changes, and where the weeks come from."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from provision_costing.costing import Line
from provision_costing.model import Allocation, Provision, ProvisionMap
from provision_costing.money import plain
from provision_costing.policy import Policy
from provision_costing.schedule import Diary, diary_of, portion, sharing

NONE_YET = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Weeks of one pupil in a group of one size; `shares` is what each session is divided into on those days."""

    starts: date | None  # the day of the change before it; None: from the beginning
    ends: date | None
    pupils: int
    shares: int
    weeks: Fraction
    change: int = 0  # 1 for the first change of the group's size, as its cells are numbered


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeksFrom:
    """Where a line's weeks come from: in words where they are more than a cell, the cells, and the policy's values."""

    words: str = ""
    cells: tuple[str, ...] = ()
    policy: tuple[str, ...] = ()


def stretches(line: Line, provision: Provision, provision_map: ProvisionMap, policy: Policy) -> tuple[Stretch, ...]:
    """List a pupil's stretches that have weeks, at least one; their weeks ÷ shares add up to what is charged."""
    whole = bool(line.allocation.whole_cost_reason)
    diary = diary_of(provision_map.school) if provision.group_changes and not whole else None
    if diary is None:
        return (_stretch(provision, provision.group_size, policy, line.weeks or NONE_YET, whole=whole),)
    changes = sorted(provision.group_changes, key=lambda c: c.starts)
    starts: list[date | None] = [None, *(c.starts for c in changes)]
    sizes = [provision.group_size, *(c.group_size for c in changes)]
    found, done = [], NONE_YET
    for n, size in enumerate(sizes):
        ends = changes[n].starts - timedelta(days=1) if n < len(changes) else None
        so_far = portion(provision, line.allocation, diary, policy, ends).weeks
        span = (starts[n], ends, n)
        found.append(_stretch(provision, size, policy, so_far - done, span=span))
        done = so_far
    return tuple(s for s in found if s.weeks) or (found[0],)


def _stretch(
    provision: Provision, size: int | None, policy: Policy, weeks: Fraction, *,
    span: tuple[date | None, date | None, int] = (None, None, 0), whole: bool = False,
) -> Stretch:  # fmt: skip
    starts, ends, change = span
    shares = sharing(provision, size, policy, whole=whole)
    return Stretch(starts=starts, ends=ends, pupils=size or 1, shares=shares, weeks=weeks, change=change)


def weeks_from(line: Line, provision: Provision, provision_map: ProvisionMap, policy: Policy) -> WeeksFrom:
    """Say where the weeks of a line come from: a cell, the policy's year, or the school days between dates."""
    allocation = line.allocation
    if allocation.weeks is not None:
        return WeeksFrom(cells=_cells(allocation, ("weeks",)))
    dated = any((provision.starts, provision.ends, allocation.starts, allocation.ends))
    diary = diary_of(provision_map.school) if dated else None
    run = _run(provision, policy, diary)
    if diary is None or not (allocation.starts or allocation.ends):
        return run
    own = _own_days(provision, allocation, diary)
    return WeeksFrom(
        words="; ".join(part for part in (run.words, own) if part),
        cells=(*run.cells, *_cells(allocation, ("starts", "ends"))),
        policy=run.policy,
    )


def _run(provision: Provision, policy: Policy, diary: Diary | None) -> WeeksFrom:
    """Say where the weeks of a provision come from."""
    if provision.weeks is not None:
        return WeeksFrom(cells=_cells(provision, ("weeks",)))
    if diary is None or not (provision.starts or provision.ends):
        return WeeksFrom(policy=("weeks_per_year",))
    days, when = diary.calendar.between(provision.starts, provision.ends), _when(provision.starts, provision.ends)
    cells = _cells(provision, ("starts", "ends"))
    if diary.has_terms:
        words = f"{days} school days {when} ÷ {plain(policy.days_per_week)} days a week"
        return WeeksFrom(words=words, cells=cells, policy=("days_per_week",))
    words = f"{plain(policy.weeks_per_year)} weeks × {days} of the year’s {diary.calendar.days} weekdays, {when}"
    return WeeksFrom(words=words, cells=cells, policy=("weeks_per_year",))


def _own_days(provision: Provision, allocation: Allocation, diary: Diary) -> str:
    starts = max((d for d in (allocation.starts, provision.starts) if d), default=None)
    ends = min((d for d in (allocation.ends, provision.ends) if d), default=None)
    own = diary.calendar.between(starts, ends)
    run = diary.calendar.between(provision.starts, provision.ends)
    name = "school days" if diary.has_terms else "weekdays"
    return f"this pupil’s {own} of its {run} {name}, {_when(allocation.starts, allocation.ends)}"


def _when(starts: date | None, ends: date | None) -> str:
    first = f"from {starts:%d/%m/%Y}" if starts else ""
    last = f"to {ends:%d/%m/%Y}" if ends else ""
    return " ".join(part for part in (first, last) if part)


def _cells(record: Provision | Allocation, names: tuple[str, ...]) -> tuple[str, ...]:
    given = (name for name in names if getattr(record, name) is not None and record.source.address(name))
    return tuple(record.source.cell(name) for name in given)
