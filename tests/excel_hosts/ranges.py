"""A map as the ranges that a formula would hand over: the tables of the workbook with their headings and spare rows."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

from provision_costing.model import Provision, ProvisionMap, School
from provision_costing.policy import VALUES, Policy
from provision_costing.workbook.layout import (
    ALLOCATIONS,
    CLOSURES,
    GENERAL,
    POLICY_VALUES,
    PROVISION,
    PUPILS,
    RESOURCES,
    SCHOOL_CELLS,
    STAFF,
    TERMS,
    Kind,
    Sheet,
)

SPARE_ROWS = 2
STAFFING = ("staff", "adults", "staff_2", "adults_2")
SHEETS = (STAFF, PROVISION, ALLOCATIONS, RESOURCES, GENERAL, PUPILS)


def arguments(provision_map: ProvisionMap, policy: Policy, empty: Any = None) -> list[Any]:
    """All arguments of PM_PUPIL_TOTALS for a map; `empty` is what the host hands over for an empty cell."""
    records: Sequence[Iterable[Any]] = (
        provision_map.staff, provision_map.provisions, provision_map.allocations, provision_map.resources,
        provision_map.general, provision_map.pupils,
    )  # fmt: skip
    tables = [_range(sheet, rows, empty) for sheet, rows in zip(SHEETS, records, strict=True)]
    day = datetime.combine(policy.on, datetime.min.time())
    school = provision_map.school
    closures: list[list[Any]] = [[c.heading for c in CLOSURES.columns]]
    closures += [[_midnight(d), *[empty] * (len(CLOSURES.columns) - 1)] for d in school.closures]
    own = own_values(provision_map, policy, empty)
    return [*tables, policy.name, day, own, school_cells(school, empty), _range(TERMS, school.terms, empty), closures]


def school_cells(school: School, empty: Any) -> list[list[Any]]:
    """The School sheet's labels and entries; those that decide no cost hold something all the same."""
    entries = {
        "starts": _midnight(school.starts) if school.starts else empty,
        "ends": _midnight(school.ends) if school.ends else empty,
        "pays_levy": "Yes" if school.pays_levy else empty,
    }
    return [[cell.label, entries.get(cell.key, "x")] for cell in SCHOOL_CELLS]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time())


def own_values(provision_map: ProvisionMap, policy: Policy, empty: Any) -> list[list[Any]]:
    """The School sheet's rows of policy values: label, the authority's, the school's own."""
    labels = {f.name: f.metadata["label"] for f in VALUES}
    own = {o.name: float(o.value) for o in provision_map.school.overrides}
    return [[labels[name], float(getattr(policy, name)), own.get(name, empty)] for name in POLICY_VALUES]


def _range(sheet: Sheet, records: Iterable[Any], empty: Any) -> list[list[Any]]:
    rows = [[_cell(record, c.key, c.kind, empty) for c in sheet.columns] for record in records]
    return [[c.heading for c in sheet.columns], *rows, *[[empty] * len(sheet.columns)] * SPARE_ROWS]


def _cell(record: Any, key: str, kind: Kind, empty: Any) -> Any:
    """One cell as Excel holds it; a calculated one holds something that must not be read."""
    if kind is not Kind.INPUT:
        return "calculated"
    value = _of_provision(record, key) if isinstance(record, Provision) else getattr(record, key)
    if value is None or value == "":
        return empty
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, int | Decimal | Fraction) and not isinstance(value, Enum):
        return float(value)
    return datetime.combine(value, datetime.min.time()) if isinstance(value, date) else value


def _of_provision(provision: Provision, key: str) -> Any:
    if key in STAFFING:
        return _staffing(provision, key)
    if not key.startswith("change_"):
        return getattr(provision, key)
    number, part = key.removeprefix("change_").split("_")
    change = next(iter(provision.group_changes[int(number) - 1 :][:1]), None)
    return change and {"from": change.starts, "size": change.group_size}[part]


def _staffing(provision: Provision, key: str) -> Any:
    pair = provision.staffing[int(key.endswith("_2")) :][:1]
    return next((p.role if key.startswith("staff") else p.adults for p in pair), None)
