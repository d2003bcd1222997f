"""The tables of the workbook as ranges, read into the map that the core costs.

Only what decides a cost is read: who is in what, for how long, with which adults, and who pays.
"""

from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

from provision_costing.costing import MapCost
from provision_costing.errors import ProvisionCostingError
from provision_costing.excel.grid import Row, table
from provision_costing.model import (
    Allocation,
    Form,
    FundingSource,
    GeneralProvision,
    Provision,
    ProvisionMap,
    Pupil,
    Resource,
    School,
    SenStatus,
    Source,
    Staffing,
    StaffRate,
)
from provision_costing.workbook.layout import ALLOCATIONS, GENERAL, PROVISION, PUPILS, RESOURCES, STAFF

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
    by_code = {g.record.code: g.reason for g in cost.uncosted if not isinstance(g.record, GeneralProvision)}
    shared = [f"General: {g.reason}" for g in cost.uncosted if isinstance(g.record, GeneralProvision)]
    told: dict[str, list[str]] = {p.reference: list(shared) if p.has_sen else [] for p in provision_map.pupils}
    for allocation in provision_map.allocations:
        if allocation.code in by_code:
            told[allocation.pupil].append(f"{allocation.code or 'no code'}: {by_code[allocation.code]}")
    return {reference: "; ".join(dict.fromkeys(reasons)) for reference, reasons in told.items()}


def sen_status(written: str, what: str) -> SenStatus | None:
    """Read N, K or E; None from an empty cell."""
    return _choice(SenStatus, written, what)


_PROVISION_NEEDS = ("code", "staff", "group_size", "minutes_per_session", "sessions_per_week")


def _provision(row: Row) -> Provision:
    return Provision(
        code=row.name("code"), intervention=row.text("intervention"), staffing=_staffing(row),
        group_size=row.pupils("group_size"), minutes_per_session=row.exact("minutes_per_session"),
        sessions_per_week=row.exact("sessions_per_week"), weeks=row.exact("weeks"),
        funding_source=_fund(row), open_to_all=_yes(row, "open_to_all"), source=_source(row),
    )  # fmt: skip


def _staffing(row: Row) -> tuple[Staffing, ...]:
    pairs = ((row.text(role), row.exact(adults)) for role, adults in (("staff", "adults"), ("staff_2", "adults_2")))
    return tuple(Staffing(role=role, adults=adults or Fraction(1)) for role, adults in pairs if role)


def _staff_rate(row: Row) -> StaffRate:
    return StaffRate(
        role=row.text("role"), salary=row.number("salary"), hourly_cost=row.number("hourly_cost"), source=_source(row)
    )


def _pupil(row: Row) -> Pupil:
    status = sen_status(row.text("sen_status"), row.place("sen_status"))
    return Pupil(reference=row.name("reference"), sen_status=status, source=_source(row))


def _allocation(row: Row) -> Allocation:
    return Allocation(pupil=row.name("pupil"), code=row.text("code"), weeks=row.exact("weeks"), source=_source(row))


def _resource(row: Row) -> Resource:
    return Resource(
        code=row.name("code"), description=row.text("description"), annual_cost=row.amount("annual_cost"),
        shared_by=row.pupils("shared_by") or 1, funding_source=_fund(row), source=_source(row),
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


def _yes(row: Row, key: str) -> bool:
    written = row.text(key).casefold()
    if written not in ("", "yes", "no", "true", "false"):
        raise ProvisionCostingError(f"{row.place(key)}: “{row.text(key)}” is neither Yes nor No.")
    return written in ("yes", "true")


def _refuse_twice(where: str, codes: Iterable[str]) -> None:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise ProvisionCostingError(f"{where}: “{code}” stands on two rows. Each row needs its own.")
        seen.add(code)
