"""The tables of the workbook as ranges, read into the map that the core costs.

Only what decides a cost is read: who is in what, from when and for how long, with which adults, and who pays.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

from provision_costing.costing import MapCost
from provision_costing.errors import ProvisionCostingError
from provision_costing.excel.grid import Row, day, is_empty, rows_of, table, text
from provision_costing.model import (
    Allocation,
    Form,
    FundingSource,
    GeneralProvision,
    GroupChange,
    Pension,
    Provision,
    ProvisionMap,
    Pupil,
    Resource,
    SalaryBasis,
    School,
    SenStatus,
    Source,
    Staffing,
    StaffRate,
    Term,
)
from provision_costing.workbook.layout import (
    ALLOCATIONS,
    CLOSURES,
    GENERAL,
    PROVISION,
    PUPILS,
    RESOURCES,
    SCHOOL_CELLS,
    STAFF,
    TERMS,
)

_Choice = TypeVar("_Choice", bound=StrEnum)


def map_from(staff: Any, provision: Any, allocations: Any, resources: Any, general: Any, pupils: Any) -> ProvisionMap:
    """Read the six ranges, each with its headings; an empty one has no rows.

    Without pupils, they are those of the allocations in the order in which they first appear, all of them with SEN.
    """
    allocated = tuple(_allocation(row) for row in table(allocations, ALLOCATIONS, ("pupil", "code")))
    listed = tuple(_pupil(row) for row in table(pupils, PUPILS, ("reference",)))
    _refuse_twice("Pupils", (p.reference for p in listed))
    references = dict.fromkeys(a.pupil for a in allocated)
    provisions = tuple(_provision(row) for row in table(provision, PROVISION, _PROVISION_NEEDS))
    bought = tuple(_resource(row) for row in table(resources, RESOURCES, ("code", "annual_cost")))
    _refuse_twice("Provision and Resources", [p.code for p in provisions] + [r.code for r in bought])
    return ProvisionMap(
        file="", form=Form.WHOLE_SCHOOL, school=School(),
        staff=tuple(_staff_rate(row) for row in table(staff, STAFF, ("role",))),
        pupils=listed or tuple(Pupil(reference=reference) for reference in references),
        provisions=provisions, resources=bought, allocations=allocated,
        general=tuple(_general(row) for row in table(general, GENERAL, ("annual_cost",))),
    )  # fmt: skip


def not_costed(provision_map: ProvisionMap, cost: MapCost) -> dict[str, str]:
    """Say for each pupil, by reference, which rows are missing from the total and why; nothing when it is whole.

    Raises ProvisionCostingError for an allocation to a pupil who is not listed, which no pupil's row could show.
    """
    for gap in cost.uncosted:
        if isinstance(gap.record, Allocation) and gap.field == "pupil":
            raise ProvisionCostingError(
                f"Allocations, row {gap.record.source.row} of the range: “{gap.record.pupil}” is not in Pupils."
            )
    by_code = _undated(provision_map, cost)
    by_code |= {g.record.code: g.reason for g in cost.uncosted if not isinstance(g.record, GeneralProvision)}
    shared = [f"General: {g.reason}" for g in cost.uncosted if isinstance(g.record, GeneralProvision)]
    told: dict[str, list[str]] = {p.reference: list(shared) if p.has_sen else [] for p in provision_map.pupils}
    for allocation in provision_map.allocations:
        if allocation.code in by_code:
            told[allocation.pupil].append(f"{allocation.code or 'no code'}: {by_code[allocation.code]}")
    return {reference: "; ".join(dict.fromkeys(reasons)) for reference, reasons in told.items()}


def _undated(provision_map: ProvisionMap, cost: MapCost) -> dict[str, str]:
    """Name what has dates that nothing was handed over to count by: its cost is of weeks, not of days."""
    if cost.diary is not None:
        return {}
    dated = {p.code for p in provision_map.provisions if p.starts or p.ends or p.group_changes}
    dated |= {a.code for a in provision_map.allocations if a.starts or a.ends}
    codes = dated & {p.code for p in provision_map.provisions}
    return dict.fromkeys(codes, "its dates are not counted: hand over the School sheet’s days, or the Terms")


def school_from(school: Any, terms: Any, closures: Any) -> School:
    """Read what of a school decides a cost: the year's days, the apprenticeship levy, terms and closures."""
    cells = {cell.label.casefold(): cell.key for cell in SCHOOL_CELLS}
    given: dict[str, Any] = {}
    for row in rows_of(school):
        label = text(row[0], "School, first column")
        if label.casefold() not in cells or len(row) < 2:
            raise ProvisionCostingError(f"School: take the range {SCHOOL_RANGE}; “{label}” is none of its labels.")
        given[cells[label.casefold()]] = row[1]
    held = (_term(row) for row in table(terms, TERMS, ("starts", "ends")))
    days = (row.day("day") for row in table(closures, CLOSURES, ("day",)))
    return School(
        starts=day(given.get("starts"), "School, first day"), ends=day(given.get("ends"), "School, last day"),
        pays_levy=_levy(given.get("pays_levy")), terms=tuple(held), closures=tuple(d for d in days if d),
    )  # fmt: skip


def _levy(value: Any) -> bool:
    written = "" if is_empty(value) or value == 0 else str(value).strip().casefold()
    if written not in _YES_NO:
        raise ProvisionCostingError(f"School, apprenticeship levy: “{value}” is neither Yes nor No.")
    return _YES_NO[written]


def _term(row: Row) -> Term:
    starts, ends = row.day("starts"), row.day("ends")
    if starts is None or ends is None or ends < starts:
        raise ProvisionCostingError(f"{row.place('ends')}: a term needs a first day, and a last day not before it.")
    return Term(starts=starts, ends=ends)


def sen_status(written: str, what: str) -> SenStatus | None:
    """Read N, K or E; None from an empty cell."""
    return _choice(SenStatus, written, what)


_YES_NO = {"": False, "yes": True, "no": False, "true": True, "false": False}
SCHOOL_RANGE = f"School!B{SCHOOL_CELLS[0].row}:C{SCHOOL_CELLS[-1].row}"
_CHANGES = (1, 2, 3)
_PROVISION_NEEDS = ("code", "staff", "group_size", "minutes_per_session", "sessions_per_week")


def _provision(row: Row) -> Provision:
    return Provision(
        code=row.name("code"), intervention=row.text("intervention"), staffing=_staffing(row),
        group_size=row.pupils("group_size"), minutes_per_session=row.exact("minutes_per_session"),
        sessions_per_week=row.exact("sessions_per_week"), weeks=row.exact("weeks"),
        funding_source=_fund(row), open_to_all=_yes(row, "open_to_all") or False, starts=row.day("starts"),
        ends=row.day("ends"), group_changes=_group_changes(row),
        pupils_without_sen=row.whole("pupils_without_sen") or 0, source=_source(row),
    )  # fmt: skip


def _group_changes(row: Row) -> tuple[GroupChange, ...]:
    found: dict[date, GroupChange] = {}
    for n in _CHANGES:
        starts, size = row.day(f"change_{n}_from"), row.pupils(f"change_{n}_size")
        if (starts is None) != (size is None) or starts in found:
            raise ProvisionCostingError(f"{row.place(f'change_{n}_from')}: a change needs a day of its own and a size.")
        if starts is not None and size is not None:
            found[starts] = GroupChange(starts=starts, group_size=size)
    return tuple(found.values())


def _staffing(row: Row) -> tuple[Staffing, ...]:
    pairs = ((row.text(role), row.exact(adults)) for role, adults in (("staff", "adults"), ("staff_2", "adults_2")))
    return tuple(Staffing(role=role, adults=adults or Fraction(1)) for role, adults in pairs if role)


def _staff_rate(row: Row) -> StaffRate:
    return StaffRate(
        role=row.text("role"), salary=row.number("salary"), hourly_cost=row.number("hourly_cost"),
        salary_basis=_choice(SalaryBasis, row.text("salary_basis"), row.place("salary_basis")),
        with_on_costs=_yes(row, "with_on_costs"), pay_point=row.text("pay_point"),
        contracted_hours=row.number("contracted_hours"), weeks_paid=row.number("weeks_paid"),
        pension=_choice(Pension, row.text("pension"), row.place("pension")), pension_rate=row.number("pension_rate"),
        source=_source(row),
    )  # fmt: skip


def _pupil(row: Row) -> Pupil:
    status = sen_status(row.text("sen_status"), row.place("sen_status"))
    return Pupil(reference=row.name("reference"), sen_status=status, source=_source(row))


def _allocation(row: Row) -> Allocation:
    return Allocation(
        pupil=row.name("pupil"), code=row.text("code"), weeks=row.exact("weeks"), starts=row.day("starts"),
        ends=row.day("ends"), whole_cost_reason=row.text("whole_cost_reason"), source=_source(row),
    )  # fmt: skip


def _resource(row: Row) -> Resource:
    return Resource(
        code=row.name("code"), description=row.text("description"), annual_cost=row.amount("annual_cost"),
        shared_by=row.pupils("shared_by") or 1, units=row.exact("units"), years=row.whole("years"),
        funding_source=_fund(row), source=_source(row),
    )  # fmt: skip


def _general(row: Row) -> GeneralProvision:
    return GeneralProvision(
        description=row.text("description"), annual_cost=row.amount("annual_cost"), funding_source=_fund(row),
        source=_source(row),
    )  # fmt: skip


def _source(row: Row) -> Source:
    return Source(sheet=row.sheet.name, row=row.at)


def _fund(row: Row) -> FundingSource | None:
    return _choice(FundingSource, row.text("funding_source"), row.place("funding_source"))


def _choice(choices: type[_Choice], written: str, what: str) -> _Choice | None:
    if not written:
        return None
    for choice in choices:
        if choice.casefold() == written.casefold():
            return choice
    raise ProvisionCostingError(f"{what}: “{written}” is not one of {', '.join(choices)}.")


def _yes(row: Row, key: str) -> bool | None:
    written = row.text(key).casefold()
    if written not in _YES_NO:
        raise ProvisionCostingError(f"{row.place(key)}: “{row.text(key)}” is neither Yes nor No.")
    return _YES_NO[written] if written else None


def _refuse_twice(where: str, codes: Iterable[str]) -> None:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise ProvisionCostingError(f"{where}: “{code}” stands on two rows. Each row needs its own.")
        seen.add(code)
