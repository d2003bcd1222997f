"""STF06."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from provision_costing.costing import MapCost
from provision_costing.findings import Severity
from provision_costing.model import ProvisionMap, SalaryBasis, StaffRate
from provision_costing.money import pounds, to_pence
from provision_costing.pay import Rate, staff_rate
from provision_costing.policy import Policy
from provision_costing.rules._effects import change_at, lines_by_code
from provision_costing.rules._rates import published_amount
from provision_costing.rules._rule import Hit, rule

ROUNDING = Fraction(1, 20)  # the guide works out £17.549 from its salary and publishes £17.50


@rule(
    "STF06", Severity.QUERY, needs=("hourly_rates",),
    source="Waltham Forest, Making an EHC Plan Referral, step 1: its salaries of £20,006 and £35,406 include on-costs, "
    "and so do the hourly rates that it makes of them",
)  # fmt: skip
def on_costs_twice(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> Iterable[Hit]:
    """On-costs are not added to a salary that holds them already.

    Why it matters:
    A salary said to be without on-costs gets the employer's National Insurance and pension added. If they are in it,
    they are charged twice, and each hour of the role comes out a fifth or more too dear.

    Example:
    Teaching assistant, £20,006, “without on-costs”: by the seven steps that is £17.55 an hour, which is the
    authority's rate, on-costs included.

    How to fix:
    If the salary includes on-costs, as the guide's do, say Yes under on-costs included. If it does not, and only
    happens to come to the same hour, there is nothing to do.
    """
    lines, school = lines_by_code(cost), provision_map.school
    for staff in provision_map.staff:
        as_it_is = _without_more(staff, policy)
        published = published_amount(staff.role, policy) if as_it_is else None
        if as_it_is is None or published is None or abs(as_it_is.per_hour - published) > ROUNDING:
            continue
        effect = change_at(cost.sessions, lines, staff_rate(staff, policy, school), as_it_is.per_hour)
        worth = f" If they are in it already, the pupils' totals are {pounds(-effect)} too high." if effect else ""
        message = (
            f"On-costs are added to a salary that comes to {pounds(to_pence(as_it_is.per_hour))} an hour without them, "
            f"which is the authority's rate with them, {pounds(to_pence(published))}.{worth}"
        )
        yield Hit(staff, "with_on_costs", message, effect)


def _without_more(staff: StaffRate, policy: Policy) -> Rate | None:
    """Cost the salary as if it held on-costs; None where it is not said to be without them, or is not used."""
    is_full_time = staff.salary_basis is SalaryBasis.FULL_TIME_EQUIVALENT
    if staff.salary is None or staff.hourly_cost is not None or staff.with_on_costs is not False or is_full_time:
        return None
    return staff_rate(replace(staff, with_on_costs=True), policy)
