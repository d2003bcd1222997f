"""GRP03."""

from collections.abc import Iterable

from provision_costing.costing import MapCost
from provision_costing.findings import Severity
from provision_costing.model import ProvisionMap
from provision_costing.policy import Policy
from provision_costing.rules._rule import Hit, rule


@rule("GRP03", Severity.ERROR, source="Arithmetic: a row has one group size, in its ratio and in every sum")
def group_size_contradicted(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> Iterable[Hit]:
    """The group size is the same wherever a row gives it.

    Why it matters:
    If the ratio says 1:6 and the cost is divided by 4, one of the two is wrong, and with it the pupil's share.

    Example:
    Ratio 8:1, weekly cost “£43.75 ÷ 6”.

    How to fix:
    Decide how many pupils share a session, and write that number in the ratio and in every sum of the row.
    """
    for provision in provision_map.provisions:
        for field, pupils in provision.group_claims.items():
            if provision.group_size is not None and pupils != provision.group_size:
                yield Hit(provision, field, f"The group is {provision.group_size}, but this cell divides by {pupils}.")
