"""STF05."""

from collections.abc import Iterable
from fractions import Fraction

from provision_costing.costing import MapCost
from provision_costing.findings import Severity
from provision_costing.model import ProvisionMap
from provision_costing.money import exact, pounds, to_pence
from provision_costing.pay import staff_rate
from provision_costing.policy import Policy
from provision_costing.rules._effects import change_at, lines_by_code
from provision_costing.rules._rates import other_role_at, published_amount
from provision_costing.rules._rule import Hit, rule

# The guide works out £17.549 and £31.058 from its salaries, and publishes £17.50 and £31.05.
ROUNDING = Fraction(1, 20)


@rule(
    "STF05", Severity.QUERY, needs=("hourly_rates",),
    source="Waltham Forest, Making an EHC Plan Referral: published hourly rates by role; Durham's and other "
    "authorities' guidance: use the authority's rate for the role",
)  # fmt: skip
def rate_differs_from_published(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> Iterable[Hit]:
    """An hourly cost given for a role is the one that the authority publishes.

    Why it matters:
    With one rate for a role, maps of different schools can be compared. A school may cost from its own mid-point
    salary; an hourly cost without that salary cannot be followed, and a panel will ask where it comes from.

    Example:
    Teaching assistant, hourly cost given £19.20, where the authority publishes £17.50. Five pence either way is
    rounding.

    How to fix:
    Use the authority's rate; or give the mid-point salary, with on-costs, that the hourly cost was worked out from.
    """
    lines = lines_by_code(cost)
    for staff in provision_map.staff:
        if staff.hourly_cost is None:
            continue
        published, given = published_amount(staff.role, policy), exact(staff.hourly_cost)
        if published is None or abs(given - published) <= ROUNDING:
            continue
        if other_role_at(given, published, policy):
            continue  # STF02 says more
        effect = change_at(cost.sessions, lines, staff_rate(staff, policy), published)
        side = "above" if given > published else "below"
        apart = f"{pounds(to_pence(abs(given - published)))} {side} the authority's rate, {pounds(to_pence(published))}"
        message = f"{pounds(staff.hourly_cost)} an hour is {apart}."
        yield Hit(staff, "hourly_cost", message, effect)
