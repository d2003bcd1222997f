"""What an hour of a role costs: from a salary, from an hourly cost on the sheet, or from the authority's own rate."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from provision_costing.model import ProvisionMap, SalaryBasis, School, Source, StaffRate
from provision_costing.money import exact, pounds, to_places
from provision_costing.pay.build_up import BuildUp, Gap, build_up
from provision_costing.pay.points import middle_of, point_named, points_between
from provision_costing.policy import MidpointMethod, Policy
from provision_costing.roles import standard_role


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """The cost of one hour as a quotient: `amount` pounds bought by `hours` hours."""

    role: str
    amount: Fraction
    hours: Fraction
    how: str  # in words
    weekly: Fraction | None = None  # the salary's cost of a week and a day: steps 2 and 3
    daily: Fraction | None = None
    field: str = ""  # salary, hourly_cost or hourly_rates
    source: Source | None = None  # the Staff row, or None where the policy publishes the rate
    built: BuildUp | None = None  # how a salary became the amount

    @property
    def per_hour(self) -> Fraction:
        """Give the hourly cost, exact and unrounded."""
        return self.amount / self.hours


def salary_hours(policy: Policy) -> Fraction:
    """Give the hours that the seven steps divide a salary by: 38 × 5 × 6 = 1,140 in the guide."""
    return exact(policy.salary_weeks) * exact(policy.days_per_week) * exact(policy.hours_per_day)


_ANY_SCHOOL = School()


def staff_rate(staff: StaffRate, policy: Policy, school: School = _ANY_SCHOOL) -> Rate | None:
    """Cost an hour of one line of the Staff sheet; None when it holds too little to do so."""
    if staff.hourly_cost is not None:
        return Rate(
            role=staff.role, amount=exact(staff.hourly_cost), hours=Fraction(1), field="hourly_cost",
            how=f"{pounds(staff.hourly_cost)} an hour, as given", source=staff.source,
        )  # fmt: skip
    built = build_up(with_pay_point(staff, policy), school, policy)
    if not isinstance(built, BuildUp):
        return None
    weekly = built.total / exact(policy.salary_weeks)
    how = f"{pounds(to_places(built.total, 2))} ÷ ({built.hours_how})"
    field = "salary" if staff.salary is not None else "pay_point"
    return Rate(
        role=staff.role, amount=built.total, hours=built.hours, field=field,
        how=how, weekly=weekly, daily=weekly / exact(policy.days_per_week), source=staff.source,
        built=built,
    )  # fmt: skip


def with_pay_point(staff: StaffRate, policy: Policy) -> StaffRate:
    """Put the published full-time salary of a line's pay point in the place of a salary that is not given.

    A teacher's point is a whole school year's pay, for all its hours; any other buys a full-time year.
    """
    point = point_named(staff.pay_point, policy) if staff.pay_point and staff.salary is None else None
    if point is None:
        return staff
    is_teachers = point.entry.name == "teacher_pay_points"
    basis = SalaryBasis.TERM_TIME_ACTUAL if is_teachers else SalaryBasis.FULL_TIME_EQUIVALENT
    hours = None if is_teachers else staff.contracted_hours  # full pay, divided by a part-time week, would be too dear
    return replace(staff, salary=point.salary, salary_basis=basis, with_on_costs=False, contracted_hours=hours)


def published_rate(role: str, policy: Policy) -> Rate | None:
    """Give the authority's own hourly rate for a role, or for the role that it is costed as; None if there is none."""
    rates = {standard_role(name).casefold(): (name, rate) for name, rate in (policy.hourly_rates or {}).items()}
    stand_ins = {standard_role(k).casefold(): v for k, v in (policy.role_costed_as or {}).items()}
    key = standard_role(role).casefold()
    stand_in = stand_ins.get(key) if key not in rates else None
    name, rate = rates.get(standard_role(stand_in).casefold() if stand_in else key, ("", None))
    if rate is None:
        return None
    how = f"{pounds(rate)} an hour, {policy.authority}'s rate for a {name}"
    return Rate(
        role=role,
        amount=exact(rate),
        hours=Fraction(1),
        field="hourly_rates",
        how=how + (f" (as {role})" if stand_in else ""),
    )


def rate_of(role: str, provision_map: ProvisionMap, policy: Policy) -> Rate | None:
    """Give what an hour of a role costs on this map: its own Staff line first, then the authority's rate."""
    key = role.strip().casefold()
    standard = standard_role(role).casefold()
    lines = [s for s in provision_map.staff if s.role.strip().casefold() == key]
    lines = lines or [s for s in provision_map.staff if standard_role(s.role).casefold() == standard]
    for line in lines:
        if rate := staff_rate(line, policy, provision_map.school):
            return rate
    return published_rate(role, policy)


def why_no_rate(role: str, provision_map: ProvisionMap, policy: Policy) -> str:
    """Say what is missing for a role that has no rate: what its salary lacks, or that there is none at all."""
    key = standard_role(role).casefold()
    for line in provision_map.staff:
        if standard_role(line.role).casefold() != key:
            continue
        gap = build_up(with_pay_point(line, policy), provision_map.school, policy)
        if isinstance(gap, Gap):
            return gap.reason
        if gap is None and line.pay_point:
            return f"the policy has no pay point “{line.pay_point}” on this day"
    return f"there is no salary or hourly cost for “{role}”"


def midpoint(staff: StaffRate, policy: Policy) -> Decimal | None:
    """Give the mid-point of a line's pay scale in pounds a year, by the policy's method.

    The middle point needs the points between the ends, so it is found only where all of them are published.
    None without a scale, and None where the method cannot be applied.
    """
    low, high = staff.scale_minimum, staff.scale_maximum
    if low is None or high is None or policy.midpoint_method is None:
        return None
    if policy.midpoint_method is MidpointMethod.MEAN_OF_ENDS:
        return (low + high) / 2
    return _middle_point(low, high, policy)


def _middle_point(low: Decimal, high: Decimal, policy: Policy) -> Decimal | None:
    points = points_between(low, high, policy)
    return middle_of([point.salary for point in points]) if points else None
