"""The policy that a whole-school workbook was made under, where it is not the one of the audit: ARI01, ARI02, POL03."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from provision_costing.costing import MapCost, cost_map
from provision_costing.errors import PolicyError
from provision_costing.model import Form, ProvisionMap
from provision_costing.pay.points import TABLES
from provision_costing.policy import VALUES, Policy, load_policy, policy_names, with_overrides


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """A map's own policy, what the map comes to under it, and the names of the values that differ."""

    policy: Policy
    cost: MapCost
    differing: tuple[str, ...]


def under_own_policy(provision_map: ProvisionMap, policy: Policy) -> Own | None:
    """Cost a workbook under the policy and the day that it names; None where they say what the audit's say.

    Only a policy that comes with the package is looked up, never a file that a workbook names.
    """
    school = provision_map.school
    same = (school.policy, school.policy_date) == (policy.name, policy.on)
    if provision_map.form is not Form.WHOLE_SCHOOL or school.policy_date is None or same:
        return None
    own = _packaged(school.policy, school.policy_date)
    if own is None:
        return None
    own = with_overrides(own, policy.overrides)
    # Pay points change each year, and most maps use none: no second costing for those.
    unused = () if any(s.pay_point for s in provision_map.staff) else TABLES
    differing = tuple(
        f.name for f in VALUES if f.name not in unused and getattr(own, f.name) != getattr(policy, f.name)
    )
    return Own(policy=own, cost=cost_map(provision_map, own), differing=differing) if differing else None


@lru_cache(maxsize=32)
def _packaged(name: str, on: date) -> Policy | None:
    """Read a policy once for all maps of a folder; None where the package has none such for the day."""
    try:
        return load_policy(name, on) if name in policy_names() else None
    except PolicyError:
        return None
