"""GRP01."""

from collections.abc import Iterable

from provision_costing.costing import MapCost
from provision_costing.findings import Severity
from provision_costing.model import ProvisionMap
from provision_costing.policy import Policy
from provision_costing.rules._rule import Hit, rule


@rule(
    "GRP01", Severity.ERROR,
    source="Waltham Forest, Making an EHC Plan Referral, step 5: divide by the pupils in the group; Wirral's slides on "
    "provision mapping list group size among what a map must give",
)  # fmt: skip
def group_size_missing(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> Iterable[Hit]:
    """Every provision says how many pupils share a session.

    Why it matters:
    Each pupil carries the session's cost divided by the group size. Without it nothing can be charged, since one
    pupil alone and a group of eight differ eightfold.

    Example:
    Social skills group, learning mentor, 5 x 30 minutes, group size empty.

    How to fix:
    Write the number of pupils who share a session, on this map or not; 1 for one-to-one support.
    """
    for provision in provision_map.provisions:
        if provision.open_to_all or (provision.group_size or 0) >= 1:
            continue
        named = set(provision.group_claims.values())
        hint = f" Another cell of the row divides by {named.pop()}: is that the group?" if len(named) == 1 else ""
        missing = "is missing" if provision.group_size is None else "is less than one pupil"
        yield Hit(provision, "group_size", f"The group size {missing}, so this row is not in the totals.{hint}")
