"""STF04."""

from collections.abc import Iterable
from fractions import Fraction

from provision_costing.costing import MapCost
from provision_costing.findings import Severity
from provision_costing.model import ProvisionMap, SalaryBasis
from provision_costing.money import exact, plain, pounds, to_pence
from provision_costing.pay import salary_hours
from provision_costing.policy import Policy
from provision_costing.roles import CLASS_TEACHER, INCLUSION_MANAGER, SENCO, TEACHER, standard_role
from provision_costing.rules._rule import Hit, rule

# National Joint Council pay: a full-time, all-year salary buys 52.143 weeks of 37 hours.
PAID_HOURS = Fraction("52.143") * 37
# A teacher's full-time salary is for the school's weeks as it is, and the guide costs it so.
PAID_FOR_SCHOOL_WEEKS = (TEACHER, CLASS_TEACHER, SENCO, INCLUSION_MANAGER, "Headteacher", "Deputy headteacher")


@rule(
    "STF04", Severity.QUERY,
    source="Waltham Forest, Making an EHC Plan Referral, steps 1 to 4: a salary with on-costs, divided by 38 weeks, 5 "
    "days and 6 hours; National Joint Council pay: 52.143 weeks of 37 hours",
)  # fmt: skip
def salary_basis(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> Iterable[Hit]:
    """Each salary is what is paid for the weeks in school, with on-costs.

    Why it matters:
    The seven steps divide a salary by 38 x 5 x 6 = 1,140 hours. An advertised full-time, all-year salary of support
    staff buys about 1,929 paid hours, so an hour comes out about 1.69 times too dear. A salary without employer's
    National Insurance and pension makes it too cheap.

    Example:
    Teaching assistant, £25,583, full-time equivalent: £22.44 an hour by the seven steps, £13.26 by the contract.

    How to fix:
    Write the salary that is paid for a term-time post, with on-costs included, and say so in its two columns; or give
    a published hourly cost.
    """
    hours = salary_hours(policy)
    for staff in provision_map.staff:
        if staff.salary is None or staff.hourly_cost is not None:
            continue
        if (
            staff.salary_basis is SalaryBasis.FULL_TIME_EQUIVALENT
            and not _is_teacher(staff.role)
            and hours < PAID_HOURS
        ):
            by_steps, by_contract = (pounds(to_pence(exact(staff.salary) / h)) for h in (hours, PAID_HOURS))
            message = (
                f"{pounds(staff.salary)} is a full-time, all-year salary, which buys about {plain(PAID_HOURS, 0)} paid "
                f"hours, and is divided by {plain(hours)}: {by_steps} an hour instead of about {by_contract}, "
                f"{plain(PAID_HOURS / hours, 2)} times as much."
            )
            yield Hit(staff, "salary", message)
        if staff.with_on_costs is False:
            message = f"{pounds(staff.salary)} leaves out on-costs, so each hour of this role is costed too low."
            yield Hit(staff, "with_on_costs", message)


def _is_teacher(role: str) -> bool:
    return standard_role(role) in PAID_FOR_SCHOOL_WEEKS
