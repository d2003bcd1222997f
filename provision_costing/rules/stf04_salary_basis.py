"""STF04."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from provision_costing.costing import MapCost
from provision_costing.findings import Severity
from provision_costing.model import ProvisionMap, SalaryBasis, School, StaffRate
from provision_costing.money import exact, plain, pounds, to_pence
from provision_costing.pay import Rate, pay_points, staff_rate
from provision_costing.policy import Policy
from provision_costing.roles import PAID_FOR_SCHOOL_WEEKS, is_one_of
from provision_costing.rules._effects import change_at, lines_by_code
from provision_costing.rules._rates import costed_as, published_amount
from provision_costing.rules._rule import Hit, rule

NEARLY = Fraction(1, 10)  # how near to 1.69 times the authority's rate an hour is taken for the slip


@rule(
    "STF04", Severity.QUERY, needs=("full_time_hours", "full_year_weeks"),
    source="Waltham Forest, Making an EHC Plan Referral, steps 1 to 4: a salary divided by 38 weeks, 5 days and 6 "
    "hours; Devon's hourly pay of National Joint Council staff: 52.143 weeks of 37 hours",
)  # fmt: skip
def salary_basis(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> Iterable[Hit]:
    """No full-time, all-year salary is costed as if it were paid for the weeks in school alone.

    Why it matters:
    The seven steps divide a salary by 38 x 5 x 6 = 1,140 hours. An advertised full-time salary of support staff buys
    about 1,929 paid hours, so an hour comes out about 1.69 times too dear, and with it every row of that role.

    Example:
    Teaching assistant, £25,583 (SCP 5), the basis left empty: £22.44 an hour by the seven steps, £13.26 by the
    contract. A teacher's salary is a school year's pay as it is, and is not looked at.

    How to fix:
    If it is the full-time salary, choose Full-time equivalent and give the weeks that the post is paid for (and its
    hours, if part-time): it is then converted. If it is what the school really pays, there is nothing to do.
    """
    lines, school = lines_by_code(cost), provision_map.school
    hours = exact(policy.full_time_hours or 0) * exact(policy.full_year_weeks or 0)
    for staff in provision_map.staff:
        rate = None if _is_sound(staff) else staff_rate(staff, policy, school)
        if rate is None or staff.salary is None or rate.hours >= hours:
            continue
        sign = _sign(staff, staff.salary, rate, hours / rate.hours, policy)
        if sign:
            instead, how = _converted(staff, rate, hours, school, policy)
            effect = change_at(cost.sessions, lines, rate, instead)
            contract, here = _hourly(exact(staff.salary) / hours), _hourly(rate.per_hour)
            both = f"If it is the full-time salary, an hour is {contract} by the contract and {here} here."
            yield Hit(staff, "salary", f"{sign}. {both}{_worth(effect, how)}", effect)


def _is_sound(staff: StaffRate) -> bool:
    """Say whether a salary is converted, not used, or a teacher's."""
    is_converted = staff.salary_basis is SalaryBasis.FULL_TIME_EQUIVALENT
    return is_converted or staff.hourly_cost is not None or is_one_of(staff.role, PAID_FOR_SCHOOL_WEEKS)


def _sign(staff: StaffRate, salary: Decimal, rate: Rate, times: Fraction, policy: Policy) -> str:
    """Say by what a salary looks like a full-time one; empty when by nothing."""
    for point in pay_points(policy):
        if point.entry.name == "njc_pay_points" and point.salary == salary:
            return f"{pounds(salary)} is the published full-time, all-year salary of {point.name}, before on-costs"
    published = None if costed_as(staff.role, policy) else published_amount(staff.role, policy)
    if not published or abs(rate.per_hour / published / times - 1) > NEARLY:
        return ""
    ratio = plain(rate.per_hour / published, 2)
    return f"{_hourly(rate.per_hour)} an hour is {ratio} times the authority's rate for this role, {_hourly(published)}"


def _converted(
    staff: StaffRate, rate: Rate, hours: Fraction, school: School, policy: Policy
) -> tuple[Fraction | None, str]:
    """Give the hour at which the role would be costed, and how that was estimated."""
    if staff.weeks_paid is None:
        return rate.amount / hours, "at the contract's hour, since the weeks of pay are not given"
    converted = staff_rate(replace(staff, salary_basis=SalaryBasis.FULL_TIME_EQUIVALENT), policy, school)
    return converted.per_hour if converted else None, f"converted at the {plain(staff.weeks_paid)} weeks paid"


def _worth(effect: Decimal | None, how: str) -> str:
    return f" The pupils' totals would then be about {pounds(-effect)} lower ({how})." if effect else ""


def _hourly(amount: Fraction) -> str:
    return pounds(to_pence(amount))
