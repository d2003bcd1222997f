"""STF07."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from provision_costing.costing import MapCost
from provision_costing.findings import Severity
from provision_costing.model import ProvisionMap, SalaryBasis, StaffRate
from provision_costing.money import pounds
from provision_costing.pay import PayPoint, point_named, staff_rate
from provision_costing.policy import Policy
from provision_costing.rules._effects import change_at, lines_by_code
from provision_costing.rules._rule import Hit, rule

A_POUND = Decimal(1)  # publishers of teachers' points differ by £1


@rule(
    "STF07", Severity.QUERY,
    source="The policy's pay points, each with its document: teachers' pay scales and the National Joint Council's "
    "pay agreement",
)  # fmt: skip
def pay_point_differs(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> Iterable[Hit]:
    """A salary given beside a pay point is the salary of that point.

    Why it matters:
    The salary is what is used. If the point beside it is published with another salary, one of the two is wrong, or
    the salary is of another year.

    Example:
    SCP 5 and £24,790, full-time, before on-costs: that was the point in 2024-25; from April 2025 it is £25,583. A
    salary with on-costs, or for a term-time post, cannot be compared with a point, and is not.

    How to fix:
    Empty the salary to use the point as published on the day of the map; or correct the point.
    """
    lines, school = lines_by_code(cost), provision_map.school
    for staff in provision_map.staff:
        point = _comparable_point(staff, policy)
        if point is None or staff.salary is None or abs(staff.salary - point.salary) <= A_POUND:
            continue
        own, of_point = (staff_rate(s, policy, school) for s in (staff, replace(staff, salary=point.salary)))
        effect = change_at(cost.sessions, lines, own, of_point.per_hour if of_point else None)
        mark = "" if point.mark == "verified" else f" ({point.mark})"
        message = f"The salary given is {pounds(staff.salary)}; {point.name} is {pounds(point.salary)}{mark} a year."
        yield Hit(staff, "salary", message, effect)


def _comparable_point(staff: StaffRate, policy: Policy) -> PayPoint | None:
    """Find the pay point of a line whose salary is on the same terms: full-time pay before on-costs."""
    if not staff.pay_point or staff.salary is None or staff.hourly_cost is not None or staff.with_on_costs is not False:
        return None
    point = point_named(staff.pay_point, policy)
    is_teachers = point is not None and point.entry.name == "teacher_pay_points"
    return point if is_teachers or staff.salary_basis is SalaryBasis.FULL_TIME_EQUIVALENT else None
