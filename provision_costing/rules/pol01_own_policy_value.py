"""POL01."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from provision_costing.costing import MapCost, cost_map
from provision_costing.findings import Severity
from provision_costing.model import Override, ProvisionMap
from provision_costing.money import plain, pounds
from provision_costing.policy import OVERRIDABLE, VALUES, Policy
from provision_costing.rules._rule import Hit, rule


@rule("POL01", Severity.QUERY, source="The policy's own values, each with its document")
def own_policy_value(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> Iterable[Hit]:
    """The school uses the authority's values, or says why it uses its own.

    Why it matters:
    A school may have agreed other values with its authority. Every figure then differs from those of other schools,
    so each own value is shown wherever it counts.

    Example:
    39 weeks in the year in place of 38, reason “agreed with the SEND team in May”.

    How to fix:
    Say on the School sheet why, and with whom it was agreed; or empty the cell to use the authority's value.
    """
    used = policy.overrides
    for override in provision_map.school.overrides:
        if override in used:
            yield from _own_value(override, provision_map, cost, policy)
        else:
            names = ", ".join(OVERRIDABLE)
            message = (
                f"The school's own value of {plain(override.value)} for {override.name} cannot be used, so the "
                f"authority's stands. A school can set {names}, each to more than nothing."
            )
            yield Hit(override, "value", message)


def _own_value(override: Override, provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> Iterable[Hit]:
    original = policy.entries[override.name].value
    if override.value == original:
        return
    label, unit = next((f.metadata["label"], f.metadata["unit"]) for f in VALUES if f.name == override.name)
    without = cost_map(provision_map, replace(policy, **{override.name: original}))
    effect = without.total - cost.total
    above = _above(without) - _above(cost)
    why = f"Reason given: “{override.reason}”." if override.reason.strip() else "No reason is given."
    message = (
        f"{label}: the school uses {plain(override.value)} in place of {plain(original)} ({unit}). {why} "
        f"With the authority's value the pupils' totals would change by {pounds(effect)}, and what is above Element 2 "
        f"by {pounds(above)}."
    )
    yield Hit(override, "value", message, effect)


def _above(cost: MapCost) -> Decimal:
    return sum((p.above_element_2 for p in cost.pupils), Decimal("0.00"))
