"""The rows of the Staff sheet: what the school wrote, and the true value of every line of the build-up."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from provision_costing.model import Pension, StaffRate
from provision_costing.money import exact
from provision_costing.pay import (
    BuildUp,
    Rate,
    build_up,
    midpoint,
    pay_points,
    point_named,
    published_rate,
    staff_rate,
    with_pay_point,
)
from provision_costing.roles import PAID_FOR_SCHOOL_WEEKS, is_one_of, standard_role
from provision_costing.workbook.worked import Row, Value, Worked, trim, yes_no

RATE_FROM = {"salary": "Salary", "hourly_cost": "Hourly cost given", "hourly_rates": "Authority's rate"}
GIVEN = (
    "role", "salary", "hourly_cost", "salary_basis", "pay_point", "contracted_hours", "weeks_paid", "pension",
    "pension_rate", "scale_minimum", "scale_maximum",
)  # fmt: skip


def staff_rows(worked: Worked) -> list[Row]:
    """Give the rows of the Staff sheet."""
    return [_row(line, worked) for line in worked.provision_map.staff]


def _row(line: StaffRate, worked: Worked) -> Row:
    own = staff_rate(line, worked.policy, worked.provision_map.school)
    rate = own or published_rate(line.role, worked.policy)
    standard = standard_role(line.role)
    given: Row = {key: getattr(line, key) for key in GIVEN}
    return given | _built(line, worked) | _midpoint(line, worked) | {
        "with_on_costs": yes_no(line.with_on_costs),
        "weekly_rate": own.weekly if own and own.weekly is not None else "",
        "daily_rate": own.daily if own and own.daily is not None else "",
        "hourly_rate": rate.per_hour if rate else "", "rate_from": _rate_from(line, rate, worked),
        "key": trim(line.role), "standard": standard,
        "own_key": trim(line.role) if own else "", "own_standard": standard if own else "",
        "amount": rate.amount if rate else "", "hours": rate.hours if rate else "",
        "rate_then": rate.per_hour if rate else "",
    }  # fmt: skip


def _rate_from(line: StaffRate, rate: Rate | None, worked: Worked) -> str:
    if rate is None:
        return "No rate"
    point = point_named(line.pay_point, worked.policy)
    return f"Pay point ({point.mark})" if rate.field == "pay_point" and point else RATE_FROM[rate.field]


def _built(line: StaffRate, worked: Worked) -> Row:
    """Work the build-up; it is empty beside an hourly cost, and what is missing leaves the rest empty."""
    keys = ("pay", "national_insurance", "pension_cost", "levy", "cost_year", "contract_rate", "salary_used",
            "full_time", "plus", "week")  # fmt: skip
    policy, school = worked.policy, worked.provision_map.school
    used = with_pay_point(line, policy)
    by_point = used is not line
    row: Row = dict.fromkeys(keys, "") | {
        "school_weeks": int(is_one_of(line.role, PAID_FOR_SCHOOL_WEEKS)), "point_row": 0,
    }  # fmt: skip
    if line.hourly_cost is not None or used.salary is None:
        return row
    names = [p.name.replace(" ", "").casefold() for p in pay_points(policy)]
    full_time = used.salary_basis == "Full-time equivalent" and not row["school_weeks"]
    plus = by_point or line.with_on_costs is False
    row |= {
        "point_row": names.index(line.pay_point.replace(" ", "").casefold()) + 1 if by_point else 0,
        "salary_used": used.salary, "full_time": int(full_time), "plus": int(plus), "week": used.contracted_hours or 0,
    }  # fmt: skip
    whole = build_up(used, school, policy)
    row |= _lines(used, worked) if plus else {}
    if isinstance(whole, BuildUp):
        contract = whole.contract_hourly
        row |= {"pay": whole.lines[0].amount, "cost_year": whole.total,
                "contract_rate": "" if contract is None else contract}  # fmt: skip
    return row


def _lines(used: StaffRate, worked: Worked) -> Mapping[str, Value]:
    """Work each line of on-costs by itself, as the sheet does, so that one that lacks its rate leaves the others."""
    policy, school = worked.policy, worked.provision_map.school
    bare = build_up(replace(used, with_on_costs=True), school, policy)
    if not isinstance(bare, BuildUp):
        return {}
    pay = bare.total
    above = None if policy.ni_threshold is None else max(pay - exact(policy.ni_threshold), Fraction(0))
    rate = used.pension_rate
    if rate is None and used.pension is Pension.TEACHERS:
        rate = policy.teachers_pension_rate
    none = used.pension is Pension.NONE
    return {
        "pay": pay,
        "national_insurance": "" if above is None else _per_cent(above, policy.ni_rate),
        "pension_cost": 0 if none else "" if used.pension is None else _per_cent(pay, rate),
        "levy": _per_cent(pay, policy.apprenticeship_levy_rate) if school.pays_levy else 0,
    }


def _per_cent(of: Fraction, rate: Decimal | None) -> Value:
    return "" if rate is None else of * exact(rate) / 100


def _midpoint(line: StaffRate, worked: Worked) -> Row:
    middle = midpoint(line, worked.policy)
    point = next((p for p in pay_points(worked.policy) if p.salary == middle), None)
    return {
        "midpoint": "" if middle is None else middle,
        "midpoint_point": f"{point.name} ({point.mark})" if point else "",
    }
