"""The rows of each table: what the school wrote, and beside it the value of every calculated cell."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from provision_costing.costing import resource_year, why_not_counted
from provision_costing.element_1 import age_group_funding
from provision_costing.errors import WorkbookError
from provision_costing.money import exact, to_pence
from provision_costing.workbook.rows_allocations import allocation_rows
from provision_costing.workbook.rows_provision import provision_rows
from provision_costing.workbook.rows_staff import staff_rows
from provision_costing.workbook.worked import Row, Value, Worked, plain_key, pupils_named, trim, year_place, yes_no


def table_rows(worked: Worked) -> dict[str, list[Row]]:
    """Give each table's filled-in rows, with a value for every column but `look_at`."""
    makers: Mapping[str, Callable[[Worked], list[Row]]] = {
        "Staff": staff_rows, "Pupils": _pupils, "Provision": provision_rows, "Allocations": allocation_rows,
        "Resources": _resources, "General": _general, "Reviews": _reviews, "Terms": _terms, "Closures": _closures,
        "Element 1": _element_1,
    }  # fmt: skip
    return {name: make(worked) for name, make in makers.items()}


def _pupils(worked: Worked) -> list[Row]:
    rows: list[Row] = []
    for pupil in worked.provision_map.pupils:
        if not plain_key(pupil.reference):
            raise WorkbookError("A pupil has no reference; give each pupil one that is used once.")
        rows.append({
            "reference": pupil.reference, "name": pupil.name, "year_group": pupil.year_group,
            "sen_status": pupil.sen_status, "area_of_need": pupil.area_of_need, "stated_band": pupil.stated_band,
            "key": trim(pupil.reference), "shares": int(pupil.has_sen),
            "year_place": year_place(pupil.year_group),
        })  # fmt: skip
    return rows


def _resources(worked: Worked) -> list[Row]:
    named = pupils_named(worked)
    rows: list[Row] = []
    for number, item in enumerate(worked.provision_map.resources, 1):
        shared_by = 1 if item.shared_by is None else item.shared_by
        year = None if item.annual_cost is None else resource_year(item)
        share = year / shared_by if year is not None and shared_by > 0 else None
        rows.append({
            "code": item.code, "description": item.description, "kind": item.kind, "provider": item.provider,
            "annual_cost": item.annual_cost, "shared_by": item.shared_by, "funding_source": item.funding_source,
            "cost_per_pupil": "" if share is None else to_pence(share), "pupils_named": named[number, True],
            "units": item.units, "years": item.years, "key": trim(item.code), "exact": "" if share is None else share,
            "year": "" if year is None else to_pence(year), "list_place": number,
            "counts": yes_no(not why_not_counted(item.funding_source, worked.policy)),
        })  # fmt: skip
    return rows


def _general(worked: Worked) -> list[Row]:
    rows: list[Row] = []
    for number, item in enumerate(worked.provision_map.general, 1):
        counts = not why_not_counted(item.funding_source, worked.policy)
        counted: Value = ""
        if item.annual_cost is not None:
            counted = to_pence(exact(item.annual_cost)) if counts else Decimal(0)
        rows.append({
            "description": item.description, "kind": item.kind, "annual_cost": item.annual_cost,
            "funding_source": item.funding_source, "counted": counted, "list_place": number,
        })  # fmt: skip
    return rows


def _reviews(worked: Worked) -> list[Row]:
    return [
        {
            "pupil": r.pupil, "number": r.number, "planned": r.planned, "held": r.held, "progress": r.progress,
            "working": r.working, "not_working": r.not_working, "next_step": r.next_step,
            "pupil_row": worked.pupil_rows.get(plain_key(r.pupil), 0) if plain_key(r.pupil) else "",
            "has_date": ("" if not plain_key(r.pupil) else int(bool(r.planned or r.held))),
        }
        for r in worked.provision_map.reviews
    ]  # fmt: skip


def _terms(worked: Worked) -> list[Row]:
    return [
        {
            "name": t.name, "starts": t.starts, "ends": t.ends,
            "first": t.starts if t.starts <= t.ends else "", "last": t.ends if t.starts <= t.ends else "",
        }
        for t in worked.provision_map.school.terms
    ]  # fmt: skip


def _closures(worked: Worked) -> list[Row]:
    return [{"day": day, "reason": None} for day in worked.provision_map.school.closures]


def _element_1(worked: Worked) -> list[Row]:
    return [
        {
            "name": group.name, "pupils": group.pupils, "rate": group.rate, "funding": age_group_funding(group),
            "exact": exact(group.rate) * group.pupils,
        }
        for group in worked.provision_map.school.age_groups
    ]  # fmt: skip
