"""POL03."""

from collections.abc import Iterable

from provision_costing.costing import MapCost, SessionCost
from provision_costing.findings import Severity
from provision_costing.model import ProvisionMap
from provision_costing.money import pounds
from provision_costing.policy import VALUES, Policy
from provision_costing.rules._own_policy import under_own_policy
from provision_costing.rules._rule import Hit, rule


@rule("POL03", Severity.QUERY, source="The policy and the day that the workbook names on its School sheet")
def made_under_another_policy(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> Iterable[Hit]:
    """A workbook is made under the policy, and for the day, that it is audited under.

    Why it matters:
    The workbook's formulas use the values of the day on which it was made. If the authority has changed one since,
    every figure differs from the audit's, though no row is wrong. So it is said once, and not at each row.

    Example:
    A workbook made with last year's published rates, and audited with this year's.

    How to fix:
    Make the workbook again under the policy of its year; what is filled in can be copied across. Or audit it with the
    policy and the day that it names.
    """
    own = under_own_policy(provision_map, policy)
    if own is None or _outcome(own.cost) == _outcome(cost):
        return
    labels = "; ".join(f.metadata["label"] for f in VALUES if f.name in own.differing)
    effect = cost.total - own.cost.total
    school = provision_map.school
    message = (
        f"This workbook was made under {school.policy} as on {own.policy.on:%d/%m/%Y}, and is audited under "
        f"{policy.name} as on {policy.on:%d/%m/%Y}. These differ: {labels}. Under the audit's, the pupils' totals "
        f"change by {pounds(effect)}."
    )
    yield Hit(school, "policy", message, effect)


def _outcome(cost: MapCost) -> list[object]:
    sessions = [s.school_weekly for s in cost.sessions.values() if isinstance(s, SessionCost)]
    return [*sessions, *((p.total, p.above_element_2, p.placement) for p in cost.pupils)]
