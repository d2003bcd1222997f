"""From a salary as a school gives it to what the employer pays for the weeks worked, line by line.

A full-time, all-year salary divided by 38 × 5 × 6 = 1,140 hours overstates the hour about 1.69 times, for it buys
about 1,929 paid hours (52.143 weeks of 37 hours, Devon's and Hertfordshire's published divisors). So it is turned
into the pay of the post first: the contracted share of full-time hours, and the paid share of the year.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from provision_costing.model import Pension, SalaryBasis, School, StaffRate
from provision_costing.money import exact, plain, pounds, to_places
from provision_costing.policy import Policy
from provision_costing.roles import PAID_FOR_SCHOOL_WEEKS, is_one_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PayLine:
    """One line of the build-up: exact pounds a year, the sum in words, and the policy values it uses."""

    label: str
    amount: Fraction
    how: str
    policy: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildUp:
    """What a post costs in a year and the hours that this buys.

    `hours` is what the seven steps divide by. `contract_hourly` is the hourly pay on the contract, before on-costs,
    for setting beside the costing rate; None where hours or weeks are not given.
    """

    lines: tuple[PayLine, ...]
    hours: Fraction
    hours_how: str
    contract_hourly: Fraction | None

    @property
    def total(self) -> Fraction:
        """Add the lines: pounds a year."""
        return sum((line.amount for line in self.lines), Fraction(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that the build-up needs and the sheet does not say."""

    field: str
    reason: str


def build_up(staff: StaffRate, school: School, policy: Policy) -> BuildUp | Gap | None:
    """Build up the cost of one line of the Staff sheet; None when it has no salary, a Gap when something is missing.

    A salary that includes on-costs, or does not say, is used as it is: the guide's method.
    """
    if staff.salary is None:
        return None
    pay = _pay(staff, policy)
    if isinstance(pay, Gap):
        return pay
    lines = [pay]
    if staff.with_on_costs is False:
        on_costs = _on_costs(staff, school, policy, pay.amount)
        if isinstance(on_costs, Gap):
            return on_costs
        lines += on_costs
    hours, how = _hours(staff, policy)
    return BuildUp(lines=tuple(lines), hours=hours, hours_how=how, contract_hourly=_contract_hourly(staff, policy))


def _is_full_time(staff: StaffRate) -> bool:
    """Say whether a salary is to be turned into a post's: a teacher's is for the school's weeks as it is."""
    is_teacher = is_one_of(staff.role, PAID_FOR_SCHOOL_WEEKS)
    return staff.salary_basis is SalaryBasis.FULL_TIME_EQUIVALENT and not is_teacher


def _pay(staff: StaffRate, policy: Policy) -> PayLine | Gap:
    salary = exact(staff.salary or 0)
    if not _is_full_time(staff):
        return PayLine(label="Pay", amount=salary, how=f"{pounds(to_places(salary, 2))}, as given")
    full_hours, full_weeks = policy.full_time_hours, policy.full_year_weeks
    if full_hours is None or full_weeks is None:
        return Gap(field="salary_basis", reason="the policy does not say how many hours and weeks a full-time year has")
    if staff.weeks_paid is None:
        return Gap(field="weeks_paid", reason="a full-time equivalent salary needs the weeks that the post is paid for")
    hours = staff.contracted_hours or full_hours
    amount = salary * exact(hours) / exact(full_hours) * exact(staff.weeks_paid) / exact(full_weeks)
    share = f" × {plain(hours)} ÷ {plain(full_hours)} hours" if hours != full_hours else ""
    how = f"{pounds(to_places(salary, 2))}{share} × {plain(staff.weeks_paid)} ÷ {plain(full_weeks)} weeks"
    return PayLine(label="Pay of the post", amount=amount, how=how, policy=("full_time_hours", "full_year_weeks"))


def _on_costs(staff: StaffRate, school: School, policy: Policy, pay: Fraction) -> list[PayLine] | Gap:
    if policy.ni_rate is None or policy.ni_threshold is None:
        return Gap(field="with_on_costs", reason="the policy has no National Insurance rate and threshold on this day")
    pension = _pension(staff, policy, pay)
    if isinstance(pension, Gap):
        return pension
    above = max(pay - exact(policy.ni_threshold), Fraction(0))
    lines = [
        PayLine(
            label="Employer's National Insurance",
            amount=above * exact(policy.ni_rate) / 100,
            how=f"{plain(policy.ni_rate)}% of the pay above {pounds(policy.ni_threshold)}",
            policy=("ni_rate", "ni_threshold"),
        ),
        *pension,
    ]
    if school.pays_levy:
        if policy.apprenticeship_levy_rate is None:
            return Gap(field="with_on_costs", reason="the policy has no apprenticeship levy on this day")
        rate = policy.apprenticeship_levy_rate
        lines.append(
            PayLine(
                label="Apprenticeship levy",
                amount=pay * exact(rate) / 100,
                how=f"{plain(rate)}% of the pay",
                policy=("apprenticeship_levy_rate",),
            )
        )
    return lines


def _pension(staff: StaffRate, policy: Policy, pay: Fraction) -> Sequence[PayLine] | Gap:
    if staff.pension is None:
        return Gap(field="pension", reason="a salary without on-costs needs the pension scheme, or None")
    if staff.pension is Pension.NONE:
        return ()
    rate = staff.pension_rate
    used: tuple[str, ...] = ()
    if rate is None and staff.pension is Pension.TEACHERS:
        rate, used = policy.teachers_pension_rate, ("teachers_pension_rate",)
    if rate is None:
        # No usual figure is put in here: funds and employers differ, and a wrong one would look right.
        return Gap(field="pension_rate", reason=f"the employer's rate of the {staff.pension} is missing")
    label, how = f"Employer's pension ({staff.pension})", f"{plain(rate)}% of the pay"
    return (PayLine(label=label, amount=pay * exact(rate) / 100, how=how, policy=used),)


def _hours(staff: StaffRate, policy: Policy) -> tuple[Fraction, str]:
    """Give the hours that the cost buys: weeks × days × hours, unless the sheet gives the post's own week."""
    if policy.teacher_hours_per_year is not None and is_one_of(staff.role, ("Teacher",)):
        return exact(policy.teacher_hours_per_year), f"{plain(policy.teacher_hours_per_year)} directed hours"
    own = staff.contracted_hours or (policy.full_time_hours if _is_full_time(staff) else None)
    if staff.salary_basis is SalaryBasis.FULL_TIME_EQUIVALENT and not _is_full_time(staff):
        own = None  # a teacher's full-time salary buys all the hours of the year, whatever the post's own share
    weeks = policy.salary_weeks
    if own is not None:
        return exact(weeks) * exact(own), f"{plain(weeks)} weeks × {plain(own)} hours"
    days, hours = policy.days_per_week, policy.hours_per_day
    how = f"{plain(weeks)} weeks × {plain(days)} days × {plain(hours)} hours"
    return exact(weeks) * exact(days) * exact(hours), how


def _contract_hourly(staff: StaffRate, policy: Policy) -> Fraction | None:
    salary = exact(staff.salary or 0)
    if _is_full_time(staff):
        if policy.full_time_hours is None or policy.full_year_weeks is None:
            return None
        return salary / (exact(policy.full_time_hours) * exact(policy.full_year_weeks))
    if staff.weeks_paid and staff.contracted_hours and staff.with_on_costs is False:
        return salary / (exact(staff.weeks_paid) * exact(staff.contracted_hours))
    return None
