"""GRP05."""

from collections.abc import Iterable
from dataclasses import replace

from provision_costing.costing import NOUGHT, MapCost, SessionCost
from provision_costing.findings import Severity
from provision_costing.model import Provision, ProvisionMap
from provision_costing.money import pounds, to_pence
from provision_costing.policy import Policy
from provision_costing.rules._rule import Hit, rule
from provision_costing.schedule import portion, sharing


@rule(
    "GRP05", Severity.QUERY,
    source="Waltham Forest, Making an EHC Plan Referral, step 5: divide by the pupils in the group; guidance of "
    "several authorities: the whole cost is one pupil's only where the group exists for that pupil",
)  # fmt: skip
def whole_session_for_one(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> Iterable[Hit]:
    """A session that several pupils attend is charged whole to one of them only for a stated reason.

    Why it matters:
    A group may exist for one pupil, and others join so that this pupil is not alone. Then the whole cost is this
    pupil's. A panel will ask what makes it so, and reads the reason.

    Example:
    Lego therapy for 4, charged whole to one pupil: “set up under the plan, section F; peers rotate”.

    How to fix:
    If the reason holds, nothing. Otherwise empty it, so that each pupil bears a share.
    """
    for pupil in cost.pupils:
        for line in pupil.lines:
            reason, provision = line.allocation.whole_cost_reason.strip(), line.item
            session = cost.sessions.get(line.item.code)
            if not reason or not isinstance(provision, Provision) or not isinstance(session, SessionCost):
                continue
            size = sharing(provision, provision.group_size, policy)
            if size == 1:
                continue  # who is alone has the whole session anyway
            shared = portion(provision, replace(line.allocation, whole_cost_reason=""), cost.diary, policy)
            less = to_pence(line.annual - session.weekly * shared.shared_weeks) if line.counts else NOUGHT
            worth = f" Shared, it would be {pounds(less)} a year less." if less else ""
            message = f"The whole session is charged to one pupil of a group of {size}. Reason given: “{reason}”."
            yield Hit(line.allocation, "whole_cost_reason", message + worth, NOUGHT - less)
