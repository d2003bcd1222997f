"""The rows of the Allocations sheet: who gets what, for how many days and weeks, and what it comes to."""

from datetime import date
from fractions import Fraction

from provision_costing.costing import SessionCost, provision_weeks
from provision_costing.model import Provision, Resource
from provision_costing.policy import Apportioning
from provision_costing.schedule import portion, sharing
from provision_costing.workbook.days import Days
from provision_costing.workbook.rows_provision import stretches
from provision_costing.workbook.worked import Charge, Row, Value, Worked, plain_key, wave_of, year_place, yes_no


def allocation_rows(worked: Worked) -> list[Row]:
    """Give the rows of the Allocations sheet."""
    rows = []
    for place, allocation in enumerate(worked.provision_map.allocations):
        row: Row = {
            "pupil": allocation.pupil, "code": allocation.code, "outcome": allocation.outcome,
            "starts": allocation.starts, "ends": allocation.ends, "weeks": allocation.weeks,
            "whole_cost_reason": allocation.whole_cost_reason or None,
        }  # fmt: skip
        rows.append(
            row | _found(worked, allocation.pupil, allocation.code) | _days(worked, place) | _charged(worked, place)
        )
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


def _days(worked: Worked, place: int) -> Row:
    """Work the days and weeks of one row, with the top and the bottom of its weeks ÷ shares."""
    allocation, policy, days = worked.provision_map.allocations[place], worked.policy, worked.days
    number, is_resource = worked.item_rows.get(plain_key(allocation.code), (0, False))
    keys = ("weeks_taken", "own_from", "own_to", "run", "by_day", "share_from", "share_to", "top", "bottom")
    if is_resource or not number:
        return dict.fromkeys(keys, "")
    item, whole = worked.provision_map.provisions[number - 1], bool(allocation.whole_cost_reason.strip())
    first = [days.before(d) for d in (item.starts, allocation.starts) if d]
    last = [days.up_to(d) for d in (item.ends, allocation.ends) if d]
    own_from, own_to = max(first, default=0), min(last, default=days.total)
    own = max(0, own_to - own_from) if days.total else 1
    run = own if allocation.weeks is not None else _run(item, days)
    total = allocation.weeks if allocation.weeks is not None else provision_weeks(item, policy, days.diary)
    shared = None if whole else stretches(item, worked)
    span = (shared.up_to(own_from), shared.up_to(own_to)) if shared else (Fraction(own_from), Fraction(own_to))
    share = 1 if whole or shared else sharing(item, item.group_size, policy)
    return {
        "own_from": own_from, "own_to": own_to, "run": run, "by_day": int(shared is not None),
        "share_from": span[0], "share_to": span[1], "bottom": run * share,
        "top": total * (max(Fraction(0), span[1] - span[0]) if days.total else 1),
        "weeks_taken": total * own / run if run else 0,
    }  # fmt: skip


def _run(item: Provision, days: Days) -> int:
    """Count the days over which a provision's weeks are spread; 1 where no day is counted."""
    if not days.total:
        return 1
    until = days.up_to(item.ends) if item.ends else days.total
    return max(0, until - (days.before(item.starts) if item.starts else 0))


def _charged(worked: Worked, place: int) -> Row:
    charge = worked.lines.get(place)
    keys = ("weekly_cost", "annual_cost", "counts", "exact", "to_date", "cut_1", "cut_2", "cut_3", "weight")
    if charge is None:
        known = worked.item_rows.get(plain_key(worked.provision_map.allocations[place].code), (0, False))[0]
        pupil = worked.pupil_rows.get(plain_key(worked.provision_map.allocations[place].pupil), 0)
        then: Value = 0 if known and pupil else ""
        return dict.fromkeys(keys, "") | {"counted_then": then, "weight_then": then}
    counted = charge.exact if charge.counts else Fraction(0)
    weight = weight_of(worked, place, charge)
    cuts = {f"cut_{k + 1}": _by_then(worked, place, charge, worked.days.ends[k]) for k in range(3)}
    return cuts | {
        "weekly_cost": "" if charge.weekly is None else charge.weekly, "annual_cost": charge.annual,
        "counts": yes_no(charge.counts), "exact": charge.exact, "weight": weight, "weight_then": weight,
        "to_date": "" if charge.to_date is None else charge.to_date, "counted_then": counted,
    }  # fmt: skip


def weight_of(worked: Worked, place: int, charge: Charge) -> Fraction:
    """Give what general provision is shared by on one line: hours or pounds, or nothing when it is shared equally."""
    if not charge.counts or charge.is_resource:
        return Fraction(0)
    if worked.policy.general_apportioned is Apportioning.BY_DIRECT_COST:
        return charge.exact
    if worked.policy.general_apportioned is not Apportioning.BY_HOURS:
        return Fraction(0)
    item = worked.provision_map.provisions[charge.item_row - 1]
    weeks = portion(item, worked.provision_map.allocations[place], worked.days.diary, worked.policy).weeks
    return (item.minutes_per_session or Fraction(0)) * (item.sessions_per_week or Fraction(0)) * weeks / 60


def _by_then(worked: Worked, place: int, charge: Charge, until: date | None) -> Value:
    """Give the part of a line's year that falls up to a day; empty where no day is counted."""
    diary = worked.days.diary
    if diary is None:
        return ""
    if charge.is_resource or not charge.exact:
        return charge.exact * diary.calendar.between(None, until) / diary.calendar.days
    item, allocation = worked.provision_map.provisions[charge.item_row - 1], worked.provision_map.allocations[place]
    session = worked.cost.sessions[f"P{charge.item_row}"]
    shared = portion(item, allocation, diary, worked.policy, until).shared_weeks
    return session.weekly * shared if isinstance(session, SessionCost) else ""
