"""The rows of the Provision sheet: what the school wrote, and beside it the value of every calculated cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from provision_costing.costing import SessionCost, provision_weeks, rates_for, school_cost, why_not_counted
from provision_costing.errors import WorkbookError
from provision_costing.model import Allocation, Provision, Staffing
from provision_costing.money import to_pence
from provision_costing.pay import Rate, staff_rate
from provision_costing.roles import standard_role
from provision_costing.schedule import portion, sharing
from provision_costing.workbook.worked import Row, Worked, plain_key, pupils_named, trim, wave_of, yes_no


def provision_rows(worked: Worked) -> list[Row]:
    """Give the rows of the Provision sheet."""
    named = pupils_named(worked)
    rates = rates_for(worked.provision_map, worked.policy)
    waves = [wave_of(p) for p in worked.provision_map.provisions]
    rows = []
    for number, item in enumerate(worked.provision_map.provisions, 1):
        if not plain_key(item.code):
            raise WorkbookError(f"Provision {number}, “{item.intervention}”, has no code; give it one, such as P001.")
        if len(item.group_changes) > 3:
            raise WorkbookError(f"{item.code} changes its size {len(item.group_changes)} times; a row holds three.")
        if len(item.staffing) > 2:
            raise WorkbookError(f"{item.code} has {len(item.staffing)} roles; a row of the workbook holds two.")
        order = sum(w < waves[number - 1] for w in waves) + waves[:number].count(waves[number - 1])
        rows.append(
            _written(item)
            | _rates(item, rates, worked)
            | _costs(item, worked.cost.sessions[f"P{number}"], worked)
            | _days(item, worked)
            | {"pupils_named": named[number, False], "key": trim(item.code), "wave_place": waves[number - 1],
               "map_order": order, "list_place": number}
        )  # fmt: skip
    return rows


def _written(item: Provision) -> Row:
    first, second = (*item.staffing, None, None)[:2]
    changes: Row = {}
    for k, change in enumerate((*item.group_changes, None, None, None)[:3], 1):
        changes |= {f"change_{k}_from": change.starts if change else None,
                    f"change_{k}_size": change.group_size if change else None}  # fmt: skip
    return changes | {
        "code": item.code, "intervention": item.intervention, "wave": int(item.wave) if item.wave else None,
        "tier": item.tier, "area_of_need": item.area_of_need,
        "staff": first.role if first else None, "adults": first.adults if first else None,
        "staff_2": second.role if second else None, "adults_2": second.adults if second else None,
        "group_size": item.group_size, "parallel_groups": _not_one(item.parallel_groups),
        "minutes_per_session": item.minutes_per_session, "sessions_per_week": item.sessions_per_week,
        "weeks": item.weeks, "funding_source": item.funding_source, "open_to_all": "Yes" if item.open_to_all else None,
        "starts": item.starts, "ends": item.ends, "pupils_without_sen": item.pupils_without_sen or None,
    }  # fmt: skip


def _not_one(number: int) -> int | None:
    return None if number == 1 else number


def _rates(item: Provision, rates: Mapping[str, Rate | None], worked: Worked) -> Row:
    """Work the helper cells of both roles, of the quotient, and whether the row counts."""
    row: Row = {}
    for staffing, suffix in zip((*item.staffing, None, None), ("", "_2"), strict=False):
        row |= _role_cells(staffing, rates, worked, suffix)
    counts = not item.open_to_all and not why_not_counted(item.funding_source, worked.policy)
    return row | {"counts": yes_no(counts)}


def _role_cells(staffing: Staffing | None, rates: Mapping[str, Rate | None], worked: Worked, suffix: str) -> Row:
    keys = [f"{name}{suffix}" for name in ("standard", "rate_row", "amount", "hours", "rate_then")]
    if staffing is None:
        return dict.fromkeys(keys, "")
    rate = rates[staffing.role]
    row = _rate_row(staffing.role, worked)
    return dict(
        zip(
            keys,
            (
                standard_role(staffing.role),
                row,
                rate.amount if rate else "",
                rate.hours if rate else 1,
                rate.per_hour if rate else "",
            ),
            strict=True,
        )
    )


def _rate_row(role: str, worked: Worked) -> int:
    staff = list(enumerate(worked.provision_map.staff, 1))
    rated = [(n, s) for n, s in staff if staff_rate(s, worked.policy, worked.provision_map.school)]
    same = [n for n, s in rated if plain_key(s.role) == plain_key(role)]
    if same or any(plain_key(s.role) == plain_key(role) for _, s in staff):
        return same[0] if same else 0
    standard = standard_role(role).casefold()
    return next((n for n, s in rated if standard_role(s.role).casefold() == standard), 0)


def _costs(item: Provision, session: object, worked: Worked) -> Row:
    keys = ("session_cost", "weekly_cost", "annual_cost", "school_cost", "numerator", "denominator", "session_then")
    if not isinstance(session, SessionCost):
        return dict.fromkeys(keys, "")
    diary = worked.days.diary
    denominator = Fraction(60)
    for rate, _ in session.rates:
        denominator *= rate.hours
    year = portion(item, Allocation(pupil="", code=""), diary, worked.policy).shared_weeks
    return {
        "session_cost": session.session, "weekly_cost": to_pence(session.per_pupil_weekly),
        "annual_cost": to_pence(session.weekly * year),
        "school_cost": school_cost(item, session, worked.policy, diary), "session_then": session.session,
        "numerator": session.session * denominator, "denominator": denominator,
    }  # fmt: skip


def _days(item: Provision, worked: Worked) -> Row:
    """Work what the dates come to: days before and after, the weeks, and the shares from change to change."""
    days, policy = worked.days, worked.policy
    weeks = provision_weeks(item, policy, days.diary)
    share = sharing(item, item.group_size, policy)
    row: Row = {
        "run_from": days.before(item.starts) if item.starts else 0,
        "run_to": days.up_to(item.ends) if item.ends else days.total,
        "weeks_run": weeks, "weeks_then": weeks, "share": share, "share_then": share, "changes": 0,
    }  # fmt: skip
    shared = stretches(item, worked)
    if shared is None:
        names = ("shared_year", "until_0", *(f"{part}_{k}" for k in (1, 2, 3) for part in ("before", "until", "share")),
                 "shared_as_at", "shared_cut_1", "shared_cut_2", "shared_cut_3")  # fmt: skip
        return row | dict.fromkeys(names, "")
    year = shared.up_to(int(str(row["run_to"]))) - shared.up_to(int(str(row["run_from"])))
    row |= {"changes": len(item.group_changes), "shared_year": max(year, Fraction(0)), "until_0": min(shared.before),
            "shared_as_at": "" if days.as_at is None else shared.up_to(days.as_at)}  # fmt: skip
    for k in range(3):
        row |= {f"before_{k + 1}": shared.before[k], f"until_{k + 1}": shared.until[k],
                f"share_{k + 1}": shared.shares[k + 1], f"shared_cut_{k + 1}": shared.up_to(days.at[k])}  # fmt: skip
    return row


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretches:
    """The days between the changes of a group's size, as counts of school days, and the shares in each."""

    before: tuple[int, ...]  # days before each of three changes; all days for one that is not there
    until: tuple[int, ...]  # days before the change after it
    shares: tuple[int, ...]  # of a session: at first, then from each change on

    def up_to(self, days: int) -> Fraction:
        """Add the days up to a count of them, each ÷ the shares of that day."""
        shared = Fraction(min(days, *self.before), self.shares[0])
        for before, until, share in zip(self.before, self.until, self.shares[1:], strict=True):
            shared += Fraction(max(0, min(days, until) - before), share)
        return shared


def stretches(item: Provision, worked: Worked) -> Stretches | None:
    """Work the stretches of a provision whose group changes; None where it does not, or no day is counted."""
    days, changes = worked.days, item.group_changes
    if not changes or not days.total:
        return None
    starts = [c.starts for c in changes] + [date.min] * (3 - len(changes))
    before = [days.before(c.starts) for c in changes] + [days.total] * (3 - len(changes))
    until = [
        min((before[j] for j in range(len(changes)) if j != k and (starts[j], j) > (starts[k], k)), default=days.total)
        for k in range(3)
    ]
    sizes = (item.group_size, *(c.group_size for c in changes), *[None] * (3 - len(changes)))
    shares = tuple(sharing(item, size, worked.policy) for size in sizes)
    return Stretches(before=tuple(before), until=tuple(until), shares=shares)
