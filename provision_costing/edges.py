"""Band edges: which single change of an input would move a pupil across the next edge."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from provision_costing.costing import Line, PupilCost, add, place
from provision_costing.model import Provision
from provision_costing.money import exact, pounds, to_pence
from provision_costing.policy import Policy
from provision_costing.schedule import sharing


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """One change of one input, what it adds to the pupil's year, and whether that alone crosses the next edge."""

    code: str
    change: str
    adds: Decimal  # pounds a year
    crosses: bool


def crossings(cost: PupilCost, policy: Policy) -> tuple[Crossing, ...]:
    """List, for each line that counts, one session more, one week more and one pupil fewer; the dearest first.

    The pupil's share of general provision is held as it is. Nothing where no edge lies above: with a plan, beyond
    the largest increment, or without published increments.
    """
    if cost.placement is None or cost.placement.to_next is None:
        return ()
    now = add([exact(cost.general), *(line.annual for line in cost.lines if line.counts)])
    found = [
        Crossing(code=line.item.code, change=change, adds=to_pence(extra), crosses=_moves(cost, now + extra, policy))
        for line in cost.lines
        if line.counts
        for change, extra in _steps(line, policy)
    ]
    return tuple(sorted(found, key=lambda c: (-c.adds, c.code, c.change)))


def _moves(cost: PupilCost, year: Fraction, policy: Policy) -> bool:
    """Say whether that exact year, rounded once as every total is, has another place than the pupil's own."""
    was, now = cost.placement, place(to_pence(year), cost.pupil.sen_status, policy)
    return was is not None and now is not None and (was.name, was.remark) != (now.name, now.remark)


def _steps(line: Line, policy: Policy) -> list[tuple[str, Fraction]]:
    """List the changes of one line, each with what it adds: each is a part of what the line comes to now."""
    provision = line.item
    if not isinstance(provision, Provision) or not line.annual:
        return []
    steps = []
    if provision.sessions_per_week:
        steps.append(("one session more a week", line.annual / provision.sessions_per_week))
    if line.weeks:
        steps.append(("one week more", line.annual / line.weeks))
    shares = sharing(provision, provision.group_size, policy)
    if shares > 1 and not line.allocation.whole_cost_reason and not provision.group_changes:
        steps.append(("one pupil fewer in the group", line.annual / (shares - 1)))
    return steps


def cheapest_way(cost: PupilCost, policy: Policy) -> str:
    """Say in words how near the pupil is to the next edge; empty when there is none."""
    placement = cost.placement
    if placement is None or placement.to_next is None:
        return ""
    near = next((c for c in reversed(crossings(cost, policy)) if c.crosses), None)
    if near is None:
        return "No single change of a session, a week or a place would cross the next edge."
    return f"{near.change.capitalize()} of {near.code} ({pounds(near.adds)} a year) would cross the next edge."
