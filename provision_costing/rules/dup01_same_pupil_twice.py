"""DUP01."""

from collections.abc import Iterable
from decimal import Decimal

from provision_costing.costing import MapCost
from provision_costing.findings import Severity
from provision_costing.model import ProvisionMap
from provision_costing.money import pounds
from provision_costing.policy import Policy
from provision_costing.rules._dates import repeats
from provision_costing.rules._rule import Hit, rule


@rule("DUP01", Severity.ERROR, source="Arithmetic: one place in a group is one share of its cost")
def same_pupil_twice(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> Iterable[Hit]:
    """No pupil is named twice for the same provision at the same time.

    Why it matters:
    Each row charges the pupil one share. Two rows, perhaps written for two outcomes, charge two shares for one place.

    Example:
    Pupil A in P001 from September to July, and again in P001 for a second outcome. Pupil A in P001 in autumn and again
    in summer, with dates, is fine.

    How to fix:
    Keep one row and write both outcomes in it; or give both rows dates or weeks, if the pupil took part twice.
    """
    lines = {id(line.allocation): line for pupil in cost.pupils for line in pupil.lines}
    for rows in repeats(provision_map).values():
        for allocation in rows:
            line = lines.get(id(allocation))
            effect = None if line is None else -line.annual_cost if line.counts else Decimal("0.00")
            worth = f" The second row adds {pounds(-effect)} a year." if effect else ""
            yield Hit(
                allocation, "code", f"The pupil is named for {allocation.code} on another row too.{worth}", effect
            )
