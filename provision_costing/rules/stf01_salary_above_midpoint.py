"""STF01."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction

from provision_costing.costing import MapCost
from provision_costing.findings import Severity
from provision_costing.model import ProvisionMap, StaffRate
from provision_costing.money import exact, pounds
from provision_costing.pay import Rate, midpoint
from provision_costing.policy import Policy
from provision_costing.rules._effects import change_of_totals, lines_by_code
from provision_costing.rules._rule import Hit, rule

A_POUND = 1  # scales are published in whole pounds, so a mid-point may be rounded up to the next


@rule(
    "STF01", Severity.ERROR, needs=("midpoint_method",),
    source="Waltham Forest, Making an EHC Plan Referral, step 1: the mid-point of the scale, and not above it",
)  # fmt: skip
def salary_above_midpoint(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> Iterable[Hit]:
    """No salary is above the mid-point of its scale.

    Why it matters:
    Maps are costed at average rates, the same for everybody in a role, so that two schools' maps can be compared.
    A salary from the top of the scale makes every session of that role dearer.

    Example:
    Teaching assistants' scale £18,000 to £22,000, salary £21,500: the mid-point is £20,000.

    How to fix:
    Write the mid-point of the scale, with on-costs included, as the salary. Give the ends of the scale on the same
    terms as the salary.
    """
    lines = lines_by_code(cost)
    for staff in provision_map.staff:
        if staff.salary is None or staff.hourly_cost is not None:
            continue  # an hourly cost is used in place of the salary
        middle = midpoint(staff, policy)
        if middle is None:
            yield from _at_the_top(staff)
        elif staff.salary - middle >= A_POUND:
            effect = change_of_totals(cost.sessions, lines, _cheaper(staff, middle - staff.salary))
            above = f"{pounds(staff.salary - middle)} above the mid-point of its scale, {pounds(middle)}"
            worth = f" That is {pounds(-effect)} a year of the pupils' totals." if effect else ""
            yield Hit(staff, "salary", f"The salary of {pounds(staff.salary)} is {above}.{worth}", effect)


def _at_the_top(staff: StaffRate) -> Iterable[Hit]:
    """Judge what can be judged where the mid-point is the scale's middle point, since only its ends are known."""
    least, most = staff.scale_minimum, staff.scale_maximum
    if staff.salary is not None and least is not None and most is not None and staff.salary >= most > least:
        message = f"The salary of {pounds(staff.salary)} is not below the top of its scale, {pounds(most)}."
        yield Hit(staff, "salary", message)


def _cheaper(staff: StaffRate, by: Decimal) -> Callable[[Rate], Fraction]:
    def change(rate: Rate) -> Fraction:
        is_own = rate.field == "salary" and (rate.role, rate.amount) == (staff.role, staff.salary)
        return exact(by) / rate.hours if is_own else Fraction(0)

    return change
