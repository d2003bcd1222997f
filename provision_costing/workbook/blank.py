"""The map that a school starts from: nobody on it yet, and the roles for which the authority publishes a rate."""

from provision_costing.model import Form, ProvisionMap, School, StaffRate
from provision_costing.policy import Policy


def blank_map(policy: Policy) -> ProvisionMap:
    """Make an empty whole-school map under a policy. A listed role without a salary takes the authority's rate."""
    roles = (*(policy.hourly_rates or {}), *(policy.role_costed_as or {}))
    return ProvisionMap(
        file="",
        form=Form.WHOLE_SCHOOL,
        school=School(policy=policy.name, policy_date=policy.on),
        staff=tuple(StaffRate(role=role) for role in roles),
    )
