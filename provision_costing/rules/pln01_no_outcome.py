"""PLN01."""

from collections.abc import Iterable

from provision_costing.costing import MapCost
from provision_costing.findings import Severity
from provision_costing.model import ProvisionMap
from provision_costing.policy import Policy
from provision_costing.rules._rule import Hit, rule


@rule(
    "PLN01", Severity.QUERY,
    source="Waltham Forest, Making an EHC Plan Referral: an individual map names the outcome of each intervention; "
    "Durham's guide: minutes for each outcome",
)  # fmt: skip
def no_outcome(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> Iterable[Hit]:
    """Each pupil's provision has an outcome.

    Why it matters:
    Provision is planned: a panel and the parents want to read what it is for, and a review asks whether it was
    reached. The cost is not touched.

    Example:
    Language programme, 1 hour a week, outcome empty. “By July will read 40 words on sight, so that …” is an outcome.

    How to fix:
    Write what the pupil will be able to do, by when, and so that what. If a merged cell above holds the outcome,
    write it on this row too.
    """
    open_to_all = {p.code for p in provision_map.provisions if p.open_to_all}
    with_outcome = {(a.pupil, a.code) for a in provision_map.allocations if a.outcome.strip()}
    seen: set[tuple[str, str]] = set()
    for allocation in sorted(provision_map.allocations, key=lambda a: a.source.row):
        key = (allocation.pupil, allocation.code)
        if key not in with_outcome and key not in seen and allocation.code not in open_to_all:
            seen.add(key)
            yield Hit(allocation, "outcome", f"No outcome is given for this pupil in {allocation.code}.")
