"""What an hour of a role costs: from a salary, from an hourly cost on the sheet, or from the authority's own rate."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from provision_costing.model import ProvisionMap, Source, StaffRate
from provision_costing.money import exact, plain, pounds
from provision_costing.policy import MidpointMethod, Policy
from provision_costing.roles import standard_role


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """The cost of one hour as a quotient: `amount` pounds bought by `hours` hours."""

    role: str
    amount: Decimal
    hours: Fraction
    how: str  # in words
    weekly: Fraction | None = None  # the salary's cost of a week and a day: steps 2 and 3
    daily: Fraction | None = None
    field: str = ""  # salary, hourly_cost or hourly_rates
    source: Source | None = None  # the Staff row, or None where the policy publishes the rate

    @property
    def per_hour(self) -> Fraction:
        """Give the hourly cost, exact and unrounded."""
        return exact(self.amount) / self.hours


def salary_hours(policy: Policy) -> Fraction:
    """Give the hours that the seven steps divide a salary by: 38 × 5 × 6 = 1,140 in the guide."""
    return exact(policy.salary_weeks) * exact(policy.days_per_week) * exact(policy.hours_per_day)


def staff_rate(staff: StaffRate, policy: Policy) -> Rate | None:
    """Cost an hour of one line of the Staff sheet; None when it holds neither an hourly cost nor a salary."""
    if staff.hourly_cost is not None:
        return Rate(
            role=staff.role, amount=staff.hourly_cost, hours=Fraction(1), field="hourly_cost", source=staff.source,
            how=f"{pounds(staff.hourly_cost)} an hour, as given",
        )  # fmt: skip
    if staff.salary is None:
        return None
    weekly = exact(staff.salary) / exact(policy.salary_weeks)
    divisors = " ÷ ".join(plain(d) for d in (policy.salary_weeks, policy.days_per_week, policy.hours_per_day))
    return Rate(
        role=staff.role, amount=staff.salary, hours=salary_hours(policy), field="salary", source=staff.source,
        how=f"{pounds(staff.salary)} ÷ {divisors}", weekly=weekly, daily=weekly / exact(policy.days_per_week),
    )  # fmt: skip


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
        amount=rate,
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
        if rate := staff_rate(line, policy):
            return rate
    return published_rate(role, policy)


def midpoint(staff: StaffRate, policy: Policy) -> Decimal | None:
    """Give the mid-point of a line's pay scale in pounds a year, by the policy's method.

    None without a scale, and None where the method wants the middle point, since only the ends are on the sheet.
    """
    if staff.scale_minimum is None or staff.scale_maximum is None:
        return None
    if policy.midpoint_method is not MidpointMethod.MEAN_OF_ENDS:
        return None
    return (staff.scale_minimum + staff.scale_maximum) / 2
