"""Element 2 and the increment: what is above the threshold, and where it falls among the authority's bands."""

from dataclasses import replace
from decimal import Decimal

from provision_costing.costing.records import NOUGHT, Placement
from provision_costing.model import SenStatus
from provision_costing.policy import Placing, Policy


def above_element_2(total: Decimal, policy: Policy) -> Decimal:
    """Give the part of a pupil's total that is above the threshold; nothing when there is none."""
    return max(total - policy.element_2_threshold, NOUGHT)


def place(total: Decimal, status: SenStatus | None, policy: Policy) -> Placement | None:
    """Place a pupil's total among the increments, by the policy's placing rule.

    A pupil with a statutory plan has the band that the plan names, so none is placed here. None where the authority
    publishes no increments or does not say how an amount is placed. Where the policy counts its increments from
    nothing (gross), the threshold is taken off each edge before it is compared.
    """
    if not policy.increments or policy.increment_placing is None:
        return None
    excess = total - policy.element_2_threshold
    gross = policy.element_2_threshold if policy.bands_include_element_2 else NOUGHT
    if status is SenStatus.PLAN:
        return Placement(name="", amount=None, to_next=None, above_previous=None, remark="set by the EHC plan")
    if excess <= 0:
        return Placement(name="", amount=None, to_next=-excess, above_previous=None, remark="within Element 2")
    edges = sorted(((name, amount - gross) for name, amount in policy.increments.items()), key=lambda edge: edge[1])
    find = _smallest_covering if policy.increment_placing is Placing.SMALLEST_COVERING else _largest_not_above
    placement = find(excess, edges)
    return replace(placement, amount=placement.amount + gross) if gross and placement.amount is not None else placement


def _smallest_covering(excess: Decimal, edges: list[tuple[str, Decimal]]) -> Placement:
    below = NOUGHT
    for name, amount in edges:
        if excess <= amount:
            return Placement(name=name, amount=amount, to_next=amount - excess, above_previous=excess - below)
        below = max(amount, NOUGHT)  # a gross edge below the threshold: Element 2 is left first
    return Placement(
        name="",
        amount=None,
        to_next=None,
        above_previous=excess - below,
        remark=f"above {edges[-1][0]}, the largest",
    )


def _largest_not_above(excess: Decimal, edges: list[tuple[str, Decimal]]) -> Placement:
    reached = [edge for edge in edges if edge[1] <= excess]
    to_next = edges[len(reached)][1] - excess if len(reached) < len(edges) else None
    if not reached:
        remark = f"below {edges[0][0]}, the smallest"
        return Placement(name="", amount=None, to_next=to_next, above_previous=excess, remark=remark)
    name, amount = reached[-1]
    return Placement(name=name, amount=amount, to_next=to_next, above_previous=min(excess - amount, excess))
