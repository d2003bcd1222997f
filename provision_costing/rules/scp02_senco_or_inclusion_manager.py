"""SCP02."""

from collections.abc import Iterable

from provision_costing.costing import MapCost
from provision_costing.findings import Severity
from provision_costing.model import ProvisionMap
from provision_costing.policy import Policy
from provision_costing.roles import CLASS_TEACHER
from provision_costing.rules._excluded import excluded_staff
from provision_costing.rules._rule import Hit, rule


@rule(
    "SCP02", Severity.ERROR, needs=("excluded_roles",),
    source="Waltham Forest, Making an EHC Plan Referral, costing provision: the SENCO's or inclusion manager's salary "
    "belongs to the core budget",
)  # fmt: skip
def senco_or_inclusion_manager(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> Iterable[Hit]:
    """No SENCO, inclusion manager or other post of the core budget is charged to the map.

    Why it matters:
    Every school has a SENCO, and the core budget pays for the post. An authority takes that salary off again, in a
    provision's staff as well as in general provision.

    Example:
    Social stories with the SENCO, half an hour a week; or “SENCO salary, £18,000” as general provision. A SENCO's
    training course, or administrative support for the SENCO, may stand there.

    How to fix:
    Take the role off the row, or name the person who gives the support. Leave the salary out of general provision.
    """
    who_pays = "the school's core budget already pays for it"
    return excluded_staff(provision_map, cost, policy, lambda role: role != CLASS_TEACHER, who_pays)
