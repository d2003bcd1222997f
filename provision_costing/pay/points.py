"""Published pay points: teachers' and the National Joint Council's, as the policy holds them on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from string import digits

from provision_costing.policy import Entry, Policy

TABLES = ("teacher_pay_points", "njc_pay_points")


@dataclass(frozen=True, slots=True, kw_only=True)
class PayPoint:
    """One point of a published scale: full-time pounds a year before on-costs, and how sure the figure is."""

    name: str
    salary: Decimal
    mark: str  # verified in its source, or derived from it
    entry: Entry


def pay_points(policy: Policy) -> tuple[PayPoint, ...]:
    """List the points that the policy holds on its day, scale by scale, lowest first."""
    entries = [policy.entries[table] for table in TABLES if table in policy.entries]
    return tuple(
        PayPoint(name=name, salary=salary, mark=entry.mark, entry=entry)
        for entry in entries
        for name, salary in sorted(entry.value.items(), key=lambda point: point[1])
    )


def point_named(name: str, policy: Policy) -> PayPoint | None:
    """Find a pay point by its name, however it is spaced or capitalised; None when the policy has no such point."""
    wanted = name.replace(" ", "").casefold()
    return next((p for p in pay_points(policy) if p.name.replace(" ", "").casefold() == wanted), None)


def points_between(low: Decimal, high: Decimal, policy: Policy) -> tuple[PayPoint, ...]:
    """List the points of the scale that has these ends; none where a point between them is not in the policy.

    The published list of NJC points leaves some out, and the middle of what is left would not be the middle.
    """
    for table in TABLES:
        points = [p for p in pay_points(policy) if p.entry.name == table and low <= p.salary <= high]
        if points and (points[0].salary, points[-1].salary) == (low, high):
            return () if any(not follows_on(a.name, b.name) for a, b in pairwise(points)) else tuple(points)
    return ()


def follows_on(name: str, after: str) -> bool:
    """Say whether one point comes straight after another: SCP 6 after SCP 5, M2 after M1, U1 after the main range."""
    letters, later = name.rstrip(digits), after.rstrip(digits)
    number, next_number = name.removeprefix(letters), after.removeprefix(later)
    if not number or not next_number:
        return False
    return int(next_number) == (int(number) + 1 if letters == later else 1)


def middle_of(points: Sequence[Decimal]) -> Decimal:
    """Give the middle point of a scale: the point half-way up, or the mean of the two there."""
    ordered = sorted(points)
    if not ordered:
        raise ValueError("a scale has at least one point")
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
