"""STF01."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from provision_costing.costing import MapCost
from provision_costing.findings import Severity
from provision_costing.model import ProvisionMap, StaffRate
from provision_costing.money import pounds
from provision_costing.pay import midpoint, staff_rate, with_pay_point
from provision_costing.policy import Policy
from provision_costing.rules._effects import change_at, lines_by_code
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
    Teaching assistants' scale £18,000 to £22,000, salary £21,500: the mid-point is £20,000. Which figure is the
    mid-point, the mean of the ends or the middle point of the scale, is the authority's choice.

    How to fix:
    Write the mid-point of the scale as the salary, or choose the middle pay point. Give the ends of the scale on the
    same terms as the salary.
    """
    lines, school = lines_by_code(cost), provision_map.school
    for staff in provision_map.staff:
        paid = with_pay_point(staff, policy)
        if paid.salary is None or staff.hourly_cost is not None:
            continue  # an hourly cost is used in place of the salary
        field = "pay_point" if staff.salary is None else "salary"
        middle = midpoint(staff, policy)
        if middle is None:
            yield from _at_the_top(staff, paid.salary, field)
        elif paid.salary - middle >= A_POUND:
            own, at_middle = (staff_rate(s, policy, school) for s in (staff, replace(paid, salary=middle)))
            effect = change_at(cost.sessions, lines, own, at_middle.per_hour if at_middle else None)
            yield Hit(staff, field, _message(staff, paid.salary, middle, effect), effect)


def _message(staff: StaffRate, salary: Decimal, middle: Decimal, effect: Decimal | None) -> str:
    point = f" ({staff.pay_point})" if staff.salary is None else ""
    above = f"{pounds(salary - middle)} above the mid-point of its scale, {pounds(middle)}"
    worth = f" That is {pounds(-effect)} a year of the pupils' totals." if effect else ""
    return f"The salary of {pounds(salary)}{point} is {above}.{worth}"


def _at_the_top(staff: StaffRate, salary: Decimal, field: str) -> Iterable[Hit]:
    """Judge what can be judged where the mid-point is the scale's middle point and its ends are no published points."""
    least, most = staff.scale_minimum, staff.scale_maximum
    if least is not None and most is not None and salary >= most > least:
        yield Hit(staff, field, f"The salary of {pounds(salary)} is not below the top of its scale, {pounds(most)}.")
