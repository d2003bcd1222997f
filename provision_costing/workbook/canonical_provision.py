"""A row of the Provision sheet: the group, the adults with it, and the days from which it is larger or smaller."""

from datetime import date
from fractions import Fraction

from provision_costing.model import FundingSource, GroupChange, Provision, Staffing, Tier
from provision_costing.workbook.canonical_rows import Row
from provision_costing.workbook.cell_values import AREAS, WAVES, choices

_FUNDS = choices(FundingSource)
_TIERS = choices(Tier)
# An empty one of these has a usual value; one that is written and cannot be read has none.
_OPTIONAL = ("adults", "adults_2", "parallel_groups", "pupils_without_sen", "weeks")
_CHANGES = tuple((f"change_{n}_from", f"change_{n}_size") for n in (1, 2, 3))


def read_provision(row: Row) -> Provision | None:
    """Read one intervention; None, with the row left out, without its code."""
    if not (code := row.needed("code")):
        return None
    starts, ends = row.day("starts"), row.day("ends")
    return Provision(
        code=code,
        intervention=row.text("intervention"),
        staffing=_staffing(row),
        group_size=row.whole("group_size"),
        minutes_per_session=row.quantity("minutes_per_session"),
        sessions_per_week=row.quantity("sessions_per_week"),
        weeks=row.quantity("weeks"),
        group_changes=_group_changes(row, starts, ends),
        pupils_without_sen=row.whole("pupils_without_sen") or 0,
        parallel_groups=row.whole("parallel_groups") or 1,
        wave=row.choice("wave", WAVES),
        tier=row.choice("tier", _TIERS),
        area_of_need=row.choice("area_of_need", AREAS),
        funding_source=row.choice("funding_source", _FUNDS),
        open_to_all=row.yes_no("open_to_all") or False,
        unread=row.unread(_OPTIONAL),
        starts=starts,
        ends=ends,
        stated=row.stated(("session_cost", "weekly_cost", "annual_cost")),
        source=row.source(),
    )


def _staffing(row: Row) -> tuple[Staffing, ...]:
    found = []
    for role_key, adults_key in (("staff", "adults"), ("staff_2", "adults_2")):
        role, adults = row.text(role_key), row.quantity(adults_key)
        if role:
            found.append(Staffing(role=role, adults=Fraction(1) if adults is None else adults))
        elif adults:
            row.add("READ12", role_key, f"{row.table.sheet.column(adults_key).heading} is given without a role.")
    return tuple(found)


def _group_changes(row: Row, starts: date | None, ends: date | None) -> tuple[GroupChange, ...]:
    """Read the changes of the group's size in the order of their days, whatever the order of their columns.

    Of two on one day the one written later counts, as it does in the workbook's formulas.
    """
    found: dict[date, GroupChange] = {}
    for from_key, size_key in _CHANGES:
        day, size = row.day(from_key), row.whole(size_key)
        if row.is_half_filled((from_key, size_key)) or day is None or size is None:
            continue
        if day in found:
            row.add("READ29", from_key, f"{day:%d/%m/%Y} is the day of an earlier change in this row.")
        found[day] = GroupChange(starts=day, group_size=size)
        if starts and day < starts:
            row.add("READ30", from_key, f"{day:%d/%m/%Y} is before the first day, {starts:%d/%m/%Y}.")
        elif ends and day > ends:
            row.add("READ30", from_key, f"{day:%d/%m/%Y} is after the last day, {ends:%d/%m/%Y}.")
    return tuple(found[day] for day in sorted(found))
