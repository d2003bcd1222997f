"""The rows of each table: what the school wrote, and beside it the value of every calculated cell."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

from provision_costing.costing import SessionCost, provision_weeks, rates_for, school_cost, why_not_counted
from provision_costing.errors import WorkbookError
from provision_costing.model import Provision, Resource, Staffing, StaffRate
from provision_costing.money import exact, to_pence
from provision_costing.pay import Rate, midpoint, published_rate, staff_rate
from provision_costing.roles import standard_role
from provision_costing.workbook.worked import Row, Value, Worked, plain_key, pupils_named, wave_of, year_place

RATE_FROM = {"salary": "Salary", "hourly_cost": "Hourly cost given", "hourly_rates": "Authority's rate"}


def table_rows(worked: Worked) -> dict[str, list[Row]]:
    """Give each table's filled-in rows, with a value for every column but `look_at`."""
    makers: Mapping[str, Callable[[Worked], list[Row]]] = {
        "Staff": _staff, "Pupils": _pupils, "Provision": _provision, "Allocations": _allocations,
        "Resources": _resources, "General": _general, "Reviews": _reviews,
    }  # fmt: skip
    return {name: make(worked) for name, make in makers.items()}


def _yes_no(value: object) -> Value:
    return None if value is None else "Yes" if value else "No"


def _trim(text: str) -> str:
    return " ".join(text.split())


def _staff(worked: Worked) -> list[Row]:
    return [_staff_row(line, worked) for line in worked.provision_map.staff]


def _staff_row(line: StaffRate, worked: Worked) -> Row:
    own = staff_rate(line, worked.policy)
    rate = own or published_rate(line.role, worked.policy)
    standard = standard_role(line.role)
    middle = midpoint(line, worked.policy)
    return {
        "role": line.role, "salary": line.salary, "hourly_cost": line.hourly_cost,
        "salary_basis": line.salary_basis, "with_on_costs": _yes_no(line.with_on_costs),
        "scale_minimum": line.scale_minimum, "scale_maximum": line.scale_maximum,
        "weekly_rate": own.weekly if own and own.weekly is not None else "",
        "daily_rate": own.daily if own and own.daily is not None else "",
        "hourly_rate": rate.per_hour if rate else "", "rate_from": RATE_FROM[rate.field] if rate else "No rate",
        "midpoint": middle if middle is not None else "",
        "key": _trim(line.role), "standard": standard,
        "own_key": _trim(line.role) if own else "", "own_standard": standard if own else "",
        "amount": rate.amount if rate else "", "hours": rate.hours if rate else "",
    }  # fmt: skip


def _pupils(worked: Worked) -> list[Row]:
    rows: list[Row] = []
    sharing = 0
    for pupil in worked.provision_map.pupils:
        if not plain_key(pupil.reference):
            raise WorkbookError("A pupil has no reference; give each pupil one that is used once.")
        sharing += pupil.has_sen
        rows.append({
            "reference": pupil.reference, "name": pupil.name, "year_group": pupil.year_group,
            "sen_status": pupil.sen_status, "area_of_need": pupil.area_of_need, "stated_band": pupil.stated_band,
            "key": _trim(pupil.reference), "shares": int(pupil.has_sen), "share_place": sharing,
            "year_place": year_place(pupil.year_group),
        })  # fmt: skip
    return rows


def _provision(worked: Worked) -> list[Row]:
    named = pupils_named(worked)
    rates = rates_for(worked.provision_map, worked.policy)
    waves = [wave_of(p) for p in worked.provision_map.provisions]
    rows = []
    for number, item in enumerate(worked.provision_map.provisions, 1):
        if not plain_key(item.code):
            raise WorkbookError(f"Provision {number}, “{item.intervention}”, has no code; give it one, such as P001.")
        if len(item.staffing) > 2:
            raise WorkbookError(f"{item.code} has {len(item.staffing)} roles; a row of the workbook holds two.")
        order = sum(w < waves[number - 1] for w in waves) + waves[:number].count(waves[number - 1])
        rows.append(
            _written(item)
            | _rates(item, rates, worked)
            | _costs(item, worked.cost.sessions[f"P{number}"], worked)
            | {"pupils_named": named[number, False], "key": _trim(item.code), "wave_place": waves[number - 1],
               "map_order": order}
        )  # fmt: skip
    return rows


def _written(item: Provision) -> Row:
    first, second = (*item.staffing, None, None)[:2]
    return {
        "code": item.code, "intervention": item.intervention, "wave": int(item.wave) if item.wave else None,
        "tier": item.tier, "area_of_need": item.area_of_need,
        "staff": first.role if first else None, "adults": first.adults if first else None,
        "staff_2": second.role if second else None, "adults_2": second.adults if second else None,
        "group_size": item.group_size, "parallel_groups": _not_one(item.parallel_groups),
        "minutes_per_session": item.minutes_per_session, "sessions_per_week": item.sessions_per_week,
        "weeks": item.weeks, "funding_source": item.funding_source, "open_to_all": "Yes" if item.open_to_all else None,
        "starts": item.starts, "ends": item.ends,
    }  # fmt: skip


def _not_one(number: int) -> int | None:
    return None if number == 1 else number


def _rates(item: Provision, rates: Mapping[str, Rate | None], worked: Worked) -> Row:
    """Work the helper cells of both roles, of the quotient, and whether the row counts."""
    row: Row = {}
    for staffing, suffix in zip((*item.staffing, None, None), ("", "_2"), strict=False):
        row |= _role_cells(staffing, rates, worked, suffix)
    counts = not item.open_to_all and not why_not_counted(item.funding_source, worked.policy)
    return row | {"counts": _yes_no(counts)}


def _role_cells(staffing: Staffing | None, rates: Mapping[str, Rate | None], worked: Worked, suffix: str) -> Row:
    keys = [f"{name}{suffix}" for name in ("standard", "rate_row", "amount", "hours")]
    if staffing is None:
        return dict.fromkeys(keys, "")
    rate = rates[staffing.role]
    row = _rate_row(staffing.role, worked)
    return dict(
        zip(
            keys,
            (standard_role(staffing.role), row, rate.amount if rate else "", rate.hours if rate else 1),
            strict=True,
        )
    )


def _rate_row(role: str, worked: Worked) -> int:
    staff = list(enumerate(worked.provision_map.staff, 1))
    rated = [(n, s) for n, s in staff if staff_rate(s, worked.policy)]
    same = [n for n, s in rated if plain_key(s.role) == plain_key(role)]
    if same or any(plain_key(s.role) == plain_key(role) for _, s in staff):
        return same[0] if same else 0
    standard = standard_role(role).casefold()
    return next((n for n, s in rated if standard_role(s.role).casefold() == standard), 0)


def _costs(item: Provision, session: object, worked: Worked) -> Row:
    keys = ("session_cost", "weekly_cost", "annual_cost", "school_cost", "numerator", "denominator")
    if not isinstance(session, SessionCost):
        return dict.fromkeys(keys, "")
    weeks = provision_weeks(item, worked.policy)
    hours = Fraction(1)
    for rate, _ in session.rates:
        hours *= rate.hours
    denominator = hours * 60 * (item.group_size or 1)
    return {
        "session_cost": session.session, "weekly_cost": to_pence(session.per_pupil_weekly),
        "annual_cost": to_pence(session.per_pupil_weekly * weeks),
        "school_cost": school_cost(item, session, worked.policy),
        "numerator": session.per_pupil_session * denominator, "denominator": denominator,
    }  # fmt: skip


def _allocations(worked: Worked) -> list[Row]:
    rows = []
    for place, allocation in enumerate(worked.provision_map.allocations):
        row: Row = {
            "pupil": allocation.pupil, "code": allocation.code, "outcome": allocation.outcome,
            "starts": allocation.starts, "ends": allocation.ends, "weeks": allocation.weeks,
        }  # fmt: skip
        rows.append(row | _found(worked, allocation.pupil, allocation.code) | _charged(worked, place))
    return rows


def _found(worked: Worked, reference: str, code: str) -> Row:
    """Work the cells that say which pupil and which item a row of the allocations means."""
    pupil: Value = worked.pupil_rows.get(plain_key(reference), 0) if plain_key(reference) else ""
    item, is_resource = worked.item_rows.get(plain_key(code), (0, False))
    record: Provision | Resource | None = None
    if item:
        held = worked.provision_map.resources if is_resource else worked.provision_map.provisions
        record = held[item - 1]
    provision = record if isinstance(record, Provision) else None
    year = worked.provision_map.pupils[int(pupil) - 1].year_group if isinstance(pupil, int) and pupil else None
    return {
        "title": provision.intervention if provision else record.description if isinstance(record, Resource) else "",
        "pupil_row": pupil, "item_row": item if plain_key(code) else "",
        "is_resource": int(is_resource) if record else "", "wave": wave_of(provision) if provision else "",
        "area_of_need": (provision.area_of_need or "") if provision else "",
        "year_place": year_place(year) if year is not None else "",
        "pair": f"{pupil}|{int(is_resource)}|{item}" if pupil and item else "",
    }  # fmt: skip


def _charged(worked: Worked, place: int) -> Row:
    charge = worked.lines.get(place)
    if charge is None:
        return dict.fromkeys(("weekly_cost", "annual_cost", "counts", "exact"), "")
    return {
        "weekly_cost": "" if charge.weekly is None else charge.weekly, "annual_cost": charge.annual,
        "counts": _yes_no(charge.counts), "exact": charge.exact,
    }  # fmt: skip


def _resources(worked: Worked) -> list[Row]:
    named = pupils_named(worked)
    rows: list[Row] = []
    for number, item in enumerate(worked.provision_map.resources, 1):
        shared_by = 1 if item.shared_by is None else item.shared_by
        share = exact(item.annual_cost) / shared_by if item.annual_cost is not None and shared_by > 0 else None
        rows.append({
            "code": item.code, "description": item.description, "kind": item.kind, "provider": item.provider,
            "annual_cost": item.annual_cost, "shared_by": item.shared_by, "funding_source": item.funding_source,
            "cost_per_pupil": "" if share is None else to_pence(share), "pupils_named": named[number, True],
            "key": _trim(item.code), "exact": "" if share is None else share,
            "counts": _yes_no(not why_not_counted(item.funding_source, worked.policy)),
        })  # fmt: skip
    return rows


def _general(worked: Worked) -> list[Row]:
    rows: list[Row] = []
    for item in worked.provision_map.general:
        counts = not why_not_counted(item.funding_source, worked.policy)
        counted: Value = ""
        if item.annual_cost is not None:
            counted = to_pence(exact(item.annual_cost)) if counts else Decimal(0)
        rows.append({
            "description": item.description, "kind": item.kind, "annual_cost": item.annual_cost,
            "funding_source": item.funding_source, "counted": counted,
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
