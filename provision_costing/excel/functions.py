"""The functions that Excel shows: one module for every xlwings host, and for plain Python.

Pounds go out rounded once, from the exact figure; an hourly rate goes out unrounded, because it is not yet a cost.
Where an argument for one of the authority's values is left empty, it is what that policy says on that day: by default
Waltham Forest's guide, today.
"""
# Excel passes arguments by place, and a table needs as many as it has parts:
# ruff: noqa: PLR0913, PLR0917

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import wraps
from typing import Annotated, Any, ParamSpec, TypeVar

from provision_costing.costing import (
    SessionCost,
    above_element_2,
    cost_map,
    place,
    provision_weeks,
    session_cost,
)
from provision_costing.errors import ProvisionCostingError
from provision_costing.excel import grid
from provision_costing.excel.policies import OWN_VALUES, policy_from
from provision_costing.excel.tables import SCHOOL_RANGE, map_from, not_costed, school_from, sen_status
from provision_costing.explain import seven_steps
from provision_costing.model import Allocation, Form, Provision, ProvisionMap, Pupil, School, Staffing, StaffRate
from provision_costing.money import exact, to_pence, to_places
from provision_costing.notation import read_duration, read_ratio
from provision_costing.pay import Rate, staff_rate
from provision_costing.workbook.layout import SUMMARY

try:
    from xlwings import XlwingsError, func
except ImportError:
    raise ImportError(
        'The functions for Excel need xlwings. Install it with: pip install "provision-costing[excel]"'
    ) from None

__all__ = [
    "pm_above_element_2",
    "pm_annual_cost",
    "pm_annual_cost_from_salary",
    "pm_group_size",
    "pm_hourly_rate",
    "pm_hours",
    "pm_increment",
    "pm_pupil_totals",
    "pm_session_cost",
    "pm_seven_steps",
    "pm_weekly_cost",
]

_THIS_ROLE = "this role"
_STEP_HEADINGS = ("Step", "What it is", "£", "How it is worked out")
_PLACES = {1: 2, 6: 2, 7: 2}  # of a step's figure: to the penny in the end, four places on the way
_TOTALS = ("reference", "direct", "resources", "general", "total", "above_element_2", "increment")

_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")


def _cell(doc: str) -> dict[str, Any]:
    """What a host is told of an argument that is one cell; errors come as text, or they would look like empty cells."""
    return {"doc": doc, "err_to_str": True}


def _range(doc: str) -> dict[str, Any]:
    """What a host is told of an argument that is a table; without ndim, a single row or column would arrive flat."""
    return {"doc": doc, "err_to_str": True, "ndim": 2}


# No unions and no Literal: neither host can read them.
Salary = Annotated[Any, _cell("Annual salary in pounds: mid-point of the scale, on-costs included")]
Hourly = Annotated[Any, _cell("Cost of an hour in pounds, on-costs included")]
Minutes = Annotated[Any, _cell("Minutes in one session")]
Sessions = Annotated[Any, _cell("Sessions in a week; once a fortnight is 0.5")]
Group = Annotated[Any, _cell("Pupils who share a session; empty means 1")]
Adults = Annotated[Any, _cell("Adults of that role with the group; empty means 1")]
Weeks = Annotated[Any, _cell("Weeks it runs in the year; empty means the policy's (38 in the guide)")]
PolicyName = Annotated[Any, _cell("Policy, such as waltham-forest, which it is if left empty")]
OnDate = Annotated[Any, _cell("Day whose policy values are used; empty means today")]
Total = Annotated[Any, _cell("A pupil's total for the year in pounds")]


def _told(function: Callable[_Given, _Answer]) -> Callable[_Given, _Answer]:
    """Hand our message to the host in the one kind of error whose words reach the user in all of them."""

    @wraps(function)
    def telling(*args: _Given.args, **kwargs: _Given.kwargs) -> _Answer:
        try:
            return function(*args, **kwargs)
        except ProvisionCostingError as error:
            raise XlwingsError(str(error)) from None

    return telling


@func
@_told
def pm_hourly_rate(
    salary: Salary,
    salary_weeks: Annotated[Any, _cell("Weeks that the salary is divided by; empty means the guide's 38")] = None,
    days: Annotated[Any, _cell("Days in a week; empty means the guide's 5")] = None,
    hours: Annotated[Any, _cell("Hours in a day; empty means the guide's 6")] = None,
) -> float:
    """Steps 1 to 4: what an hour costs, salary ÷ weeks ÷ days ÷ hours, not rounded, for use in other functions."""
    policy = policy_from()
    divisor = exact(grid.above_nought(salary_weeks, "Salary weeks", policy.salary_weeks))
    divisor *= exact(grid.above_nought(days, "Days", policy.days_per_week))
    divisor *= exact(grid.above_nought(hours, "Hours", policy.hours_per_day))
    return float(exact(grid.above_nought(salary, "Salary")) / divisor)


@func
@_told
def pm_session_cost(hourly: Hourly, minutes: Minutes, group: Group = 1, adults: Adults = 1) -> float:
    """Step 5: what one session costs for each pupil in the group, to the penny."""
    provision = _provision(minutes, 1, group, adults)
    return _pence(_session(provision, _given_rate(hourly)).per_pupil_session)


@func
@_told
def pm_weekly_cost(hourly: Hourly, minutes: Minutes, sessions: Sessions, group: Group = 1, adults: Adults = 1) -> float:
    """Steps 5 and 6: what a week costs for each pupil in the group, to the penny."""
    provision = _provision(minutes, sessions, group, adults)
    return _pence(_session(provision, _given_rate(hourly)).per_pupil_weekly)


@func
@_told
def pm_annual_cost(
    hourly: Hourly, minutes: Minutes, sessions: Sessions, group: Group = 1, adults: Adults = 1, weeks: Weeks = None
) -> float:
    """Steps 5 to 7 from the cost of an hour: what the year costs for each pupil in the group, to the penny."""
    provision = _provision(minutes, sessions, group, adults, weeks)
    weekly = _session(provision, _given_rate(hourly)).per_pupil_weekly
    return _pence(weekly * provision_weeks(provision, policy_from()))


@func
@_told
def pm_annual_cost_from_salary(
    salary: Salary,
    minutes: Minutes,
    sessions: Sessions,
    group: Group = 1,
    adults: Adults = 1,
    weeks: Weeks = None,
    policy: PolicyName = None,
    on_date: OnDate = None,
) -> float:
    """All seven steps: what the year costs for each pupil in the group, to the penny; only the end is rounded."""
    chosen = policy_from(policy, on_date)
    provision = _provision(minutes, sessions, group, adults, weeks)
    rate = staff_rate(StaffRate(role=_THIS_ROLE, salary=grid.above_nought(salary, "Salary")), chosen)
    return _pence(_session(provision, rate).per_pupil_weekly * provision_weeks(provision, chosen))


@func
@_told
def pm_seven_steps(
    salary: Salary,
    minutes: Minutes,
    sessions: Sessions,
    group: Group = 1,
    adults: Adults = 1,
    weeks: Weeks = None,
    policy: PolicyName = None,
    on_date: OnDate = None,
) -> list[list[float | str]]:
    """The seven steps, one a row: number, name, pounds, the sum in words. With its headings it fills 8 rows by 4."""
    chosen = policy_from(policy, on_date)
    provision = _provision(minutes, sessions, group, adults, weeks)
    staff = StaffRate(role=_THIS_ROLE, salary=grid.above_nought(salary, "Salary"))
    one_line = ProvisionMap(
        file="", form=Form.INDIVIDUAL, school=School(), staff=(staff,), pupils=(Pupil(reference="1"),),
        provisions=(provision,), allocations=(Allocation(pupil="1", code=provision.code),),
    )  # fmt: skip
    line = cost_map(one_line, chosen).pupils[0].lines[0]
    steps = seven_steps(line, one_line, chosen)
    return grid.spill(
        _STEP_HEADINGS,
        ((s.number, s.name, to_places(s.figure or Fraction(0), _PLACES.get(s.number, 4)), s.formula) for s in steps),
    )  # fmt: skip


@func
@_told
def pm_group_size(ratio: Annotated[Any, _cell("A staff to pupil ratio as written: 1:4, 4:1, group of 4")]) -> float:
    """How many pupils share a session, from a ratio as schools write it: 1:4 and 4:1 both give 4."""
    written = grid.written(ratio, "Ratio")
    reading = read_ratio(written)
    return _said(reading.group_size, f"“{written}” does not say how many pupils share.", reading.problem)


@func
@_told
def pm_hours(duration: Annotated[Any, _cell("A weekly duration as written: 5 x 30mins per week = 2.5 hrs")]) -> float:
    """How many hours a week, from a duration as schools write it."""
    written = grid.written(duration, "Duration")
    reading = read_duration(written)
    return _said(reading.hours_per_week, f"“{written}” does not say how many hours a week.", reading.problem)


@func
@_told
def pm_above_element_2(total: Total, policy: PolicyName = None, on_date: OnDate = None) -> float:
    """The part of a pupil's total above Element 2, to the penny; 0 when there is none."""
    return float(above_element_2(_total(total), policy_from(policy, on_date)))


@func
@_told
def pm_increment(
    total: Total,
    policy: PolicyName = None,
    on_date: OnDate = None,
    status: Annotated[Any, _cell("SEN status N, K or E; with an EHC plan (E) no increment is placed")] = None,
) -> str:
    """The increment that a pupil's total falls in by the authority's placing rule, or in words why there is none."""
    chosen = policy_from(policy, on_date)
    placement = place(_total(total), sen_status(grid.text(status, "Status"), "Status"), chosen)
    if placement is None:
        raise ProvisionCostingError(f"The policy {chosen.name} publishes no increments.")
    return placement.name or placement.remark


@func
@_told
def pm_pupil_totals(
    staff: Annotated[Any, _range("Staff table with its headings: tblStaff[#All]")],
    provision: Annotated[Any, _range("Provision table with its headings: tblProvision[#All]")],
    allocations: Annotated[Any, _range("Allocations table with its headings: tblAllocations[#All]")],
    resources: Annotated[Any, _range("Resources table with its headings; may be empty")] = None,
    general: Annotated[Any, _range("General table with its headings; may be empty")] = None,
    pupils: Annotated[Any, _range("Pupils table with its headings; empty means the pupils allocated")] = None,
    policy: PolicyName = None,
    on_date: OnDate = None,
    own_values: Annotated[Any, _range(f"The school's own policy values, if it has any: {OWN_VALUES}")] = None,
    school: Annotated[Any, _range(f"The school's days, and whether it pays the levy: {SCHOOL_RANGE}")] = None,
    terms: Annotated[Any, _range("Terms table with its headings, for costs by date; may be empty")] = None,
    closures: Annotated[Any, _range("Closures table with its headings; may be empty")] = None,
) -> list[list[float | str]]:
    """Each pupil's year from the whole tables, one pupil a row: shares, total, above Element 2, increment."""
    chosen = policy_from(policy, on_date, own_values)
    tables = map_from(staff, provision, allocations, resources, general, pupils)
    provision_map = replace(tables, school=school_from(school, terms, closures))
    cost = cost_map(provision_map, chosen)
    gaps = not_costed(provision_map, cost)
    rows = (
        (p.pupil.reference, p.direct, p.resources, p.general, p.total, p.above_element_2,
         (p.placement.name or p.placement.remark) if p.placement else "none published", gaps[p.pupil.reference])
        for p in cost.pupils
    )  # fmt: skip
    return grid.spill([*(SUMMARY.column(key).heading for key in _TOTALS), "Not costed"], rows)


def _provision(minutes: Any, sessions: Any, group: Any, adults: Any, weeks: Any = None) -> Provision:
    return Provision(
        code="P001",
        intervention="",
        staffing=(Staffing(role=_THIS_ROLE, adults=exact(grid.above_nought(adults, "Adults", if_empty=1))),),
        group_size=grid.pupils(group, "Group size"),
        minutes_per_session=exact(grid.above_nought(minutes, "Minutes")),
        sessions_per_week=exact(grid.above_nought(sessions, "Sessions")),
        weeks=None if grid.is_empty(weeks) else exact(grid.above_nought(weeks, "Weeks")),
    )


def _given_rate(hourly: Any) -> Rate:
    return Rate(
        role=_THIS_ROLE, amount=exact(grid.above_nought(hourly, "Hourly cost")), hours=Fraction(1), how="as given"
    )


def _session(provision: Provision, rate: Rate | None) -> SessionCost:
    cost = session_cost(provision, {_THIS_ROLE: rate}, policy_from())
    if not isinstance(cost, SessionCost):
        raise ProvisionCostingError(f"It cannot be costed: {cost.reason}.")
    return cost


def _total(total: Any) -> Decimal:
    read = grid.number(total, "Total")
    if read is None:
        raise ProvisionCostingError("Total is missing: write a number.")
    return to_pence(exact(read))


def _said(number: Fraction | int | None, otherwise: str, problem: str | None) -> float:
    if number is None:
        raise ProvisionCostingError(problem or otherwise)
    return float(number)


def _pence(amount: Fraction) -> float:
    return float(to_pence(amount))
