"""What `what-if` prints: each pupil before and after, the school's totals, and who crosses an edge."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from provision_costing.costing import NOUGHT, MapCost
from provision_costing.model import ProvisionMap, SenStatus
from provision_costing.money import pounds
from provision_costing.policy import Policy
from provision_costing.text import columns
from provision_costing.what_if import Comparison, Effect


def compare_text(
    provision_map: ProvisionMap, policy: Policy, compared: Comparison, changes: Sequence[str], stays: Sequence[str]
) -> str:
    """Show the changes, a table of pupils with the whole map under it, and in words who crosses an edge."""
    title = provision_map.school.name or provision_map.file
    asked = "\n".join(f"- {change}" for change in changes)
    kept = ["\n".join(stays)] if stays else []
    if not compared.pupils:
        return f"{title}, if there were\n{asked}\n\nNo pupil is on this map yet."
    return "\n\n".join([f"{title}, if there were\n{asked}", *kept, _table(compared), _crossing_text(compared, policy)])


def _table(compared: Comparison) -> str:
    rows = [
        [e.before.pupil.reference, f"{e.before.total:,}", f"{e.after.total:,}", signed(e.difference), e.crosses]
        for e in compared.pupils
    ]
    for name, before, after in _school(compared):
        rows.append([name, f"{before:,}", f"{after:,}", signed(after - before), ""])
    return columns(["pupil", "before £", "after £", "difference £", "crosses"], rows, right=(1, 2, 3))


def _school(compared: Comparison) -> tuple[tuple[str, Decimal, Decimal], ...]:
    """List the whole map's figures: its total, and what of it is above Element 2."""
    before, after = compared.before, compared.after
    return (
        ("whole map", before.total, after.total),
        ("above Element 2", _above(before), _above(after)),
    )


def _above(cost: MapCost) -> Decimal:
    return sum((p.above_element_2 for p in cost.pupils), NOUGHT)


def signed(amount: Decimal) -> str:
    """Write a difference with its sign: +225.78, -71.06, 0.00."""
    return f"{amount:+,}" if amount else f"{amount:,}"


def _crossing_text(compared: Comparison, policy: Policy) -> str:
    sentences = [crossing_in_words(effect, policy) for effect in compared.crossing]
    if not sentences:
        return f"Nobody crosses {_threshold(policy)} or the edge of a band."
    who = "1 pupil crosses" if len(sentences) == 1 else f"{len(sentences)} pupils cross"
    return "\n".join([f"{who} {_threshold(policy)} or the edge of a band:", *sentences])


def crossing_in_words(effect: Effect, policy: Policy) -> str:
    """Say what one pupil crosses: Element 2, or the edge between two increments; empty when nothing is crossed."""
    if not effect.crosses:
        return ""
    pupil, threshold = effect.before.pupil.reference, _threshold(policy)
    was, now = effect.before.above_element_2 > 0, effect.after.above_element_2 > 0
    if was == now:
        return f"{pupil} moves {effect.crosses}."
    direction = f"rises above {threshold}" if now else f"comes back to {threshold} or less"
    increments = effect.before.pupil.sen_status is not SenStatus.PLAN and effect.before.placement is not None
    return f"{pupil} {direction}: {effect.crosses}." if increments else f"{pupil} {direction}."


def _threshold(policy: Policy) -> str:
    return pounds(policy.element_2_threshold).removesuffix(".00")


def compare_json(
    provision_map: ProvisionMap, policy: Policy, compared: Comparison, changes: Sequence[str], stays: Sequence[str]
) -> dict[str, Any]:
    """Give the comparison as JSON, pounds as text."""
    return {
        "file": provision_map.file,
        "school": provision_map.school.name,
        "policy": {"authority": policy.authority, "on": policy.on.isoformat()},
        "changes": list(changes),
        "stays": list(stays),
        "complete": provision_map.is_complete and not compared.before.uncosted,
        **{
            key: {"before": str(before), "after": str(after), "difference": str(after - before)}
            for key, (_, before, after) in zip(("total", "above_element_2"), _school(compared), strict=True)
        },
        "pupils": [_effect_json(effect, policy) for effect in compared.pupils],
    }


def _effect_json(effect: Effect, policy: Policy) -> dict[str, Any]:
    return {
        "pupil": effect.before.pupil.reference,
        "before": str(effect.before.total),
        "after": str(effect.after.total),
        "difference": str(effect.difference),
        "above_element_2": {"before": str(effect.before.above_element_2), "after": str(effect.after.above_element_2)},
        "crosses": effect.crosses or None,
        "in_words": crossing_in_words(effect, policy) or None,
    }
