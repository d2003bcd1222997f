"""A map as the ranges that a formula would hand over: the tables of the workbook with their headings and spare rows."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

from provision_costing.model import Provision, ProvisionMap
from provision_costing.policy import VALUES, Policy
from provision_costing.workbook.layout import (
    ALLOCATIONS,
    GENERAL,
    POLICY_VALUES,
    PROVISION,
    PUPILS,
    RESOURCES,
    STAFF,
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
    return [*tables, policy.name, day, own_values(provision_map, policy, empty)]


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
    value = _staffing(record, key) if isinstance(record, Provision) and key in STAFFING else getattr(record, key)
    if value is None or value == "":
        return empty
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, int | Decimal | Fraction) and not isinstance(value, Enum):
        return float(value)
    return datetime.combine(value, datetime.min.time()) if isinstance(value, date) else value


def _staffing(provision: Provision, key: str) -> Any:
    pair = provision.staffing[int(key.endswith("_2")) :][:1]
    return next((p.role if key.startswith("staff") else p.adults for p in pair), None)
