"""One row of a school's own table, read into one provision and one pupil's part in it."""

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from provision_costing.model import Allocation, Provision, Source, Staffing, Stated
from provision_costing.money import from_cell
from provision_costing.notation import Reading, read_cost, read_duration, read_ratio
from provision_costing.roles import roles_in
from provision_costing.workbook.cell_values import quoted, stated_figure
from provision_costing.workbook.cells import Value, address
from provision_costing.workbook.columns import letters
from provision_costing.workbook.reading_findings import Notes
from provision_costing.workbook.submitted_table import SubmittedTable

_DIVISOR = re.compile(r"(?:÷|\bdivided by\b|\bshared by\b|(?<=\d) */) *(\d{1,3})\b(?![./]\d)", re.ASCII | re.IGNORECASE)
_WRITTEN_FIELDS = ("ratio", "staff", "duration", "weekly_cost", "annual_cost")


@dataclass(frozen=True, slots=True, kw_only=True)
class MapRow:
    """One row: what is provided, and the pupil's part in it; the sheet's reader names the pupil."""

    provision: Provision
    allocation: Allocation


@dataclass(slots=True, kw_only=True)
class _Cells:
    """The cells of one row, read by the notation; each doubt is a finding at its cell."""

    table: SubmittedTable
    row: int
    notes: Notes

    def where(self, key: str) -> tuple[str, str]:
        place = self.table.place(self.row, key) or (self.row, 0)
        return self.table.grid.name, address(*place)

    def text(self, key: str) -> str:
        return self.table.text(self.row, key)

    def ratio(self) -> Reading:
        """Read the ratio; a cell that the spreadsheet turned into a date no longer says which."""
        place = self.table.place(self.row, "ratio")
        if place and isinstance(self.table.grid.value(*place), date):
            message = f"{quoted(self.text('ratio'))}: the spreadsheet has turned the ratio into a date."
            self.notes.add("READ19", self.where("ratio"), message, fix="Format the cell as text and write 1:4 again.")
            return read_ratio("")
        reading = read_ratio(self.text("ratio"))
        self.report("ratio", reading, needed=True)
        return reading

    def report(self, key: str, reading: Reading, *, needed: bool) -> None:
        """A query for what was read with a doubt; an error for what the cost needs and could not be read."""
        if reading.problem is None or not reading.text:
            return
        is_fault = needed and not reading.understood
        how = f" It was read as: {reading.how}." if reading.understood and reading.how else ""
        self.notes.add(
            "READ19" if is_fault else "READ18",
            self.where(key),
            f"{quoted(reading.text)}: {reading.problem}{how}",
        )


def read_row(table: SubmittedTable, row: int, notes: Notes, *, code: str, hours_per_day: Fraction) -> MapRow | None:
    """Read one row; None for an empty row, and for one that is left out with a finding."""
    if not _is_provision(table, row, notes):
        return None
    cells = _Cells(table=table, row=row, notes=notes)
    ratio = cells.ratio()
    duration = read_duration(_with_unit(table, row), hours_per_day=hours_per_day)
    cells.report("duration", duration, needed=True)
    minutes, sessions = _in_sessions(duration)
    provision = Provision(
        code=code,
        intervention=cells.text("intervention"),
        staffing=_staffing(cells, ratio),
        group_size=ratio.group_size,
        minutes_per_session=minutes,
        sessions_per_week=sessions,
        weeks=_weeks(cells, duration),
        ratio_text=cells.text("ratio"),
        duration_text=cells.text("duration"),
        group_claims=_group_claims(cells, duration),
        source=_source(cells),
    )
    return MapRow(provision=provision, allocation=_allocation(cells, code))


def _in_sessions(duration: Reading) -> tuple[Fraction | None, Fraction | None]:
    """Give minutes and sessions; hours a week alone cost the same as one session of that length."""
    minutes, sessions = duration.minutes_per_session, duration.sessions_per_week
    if duration.hours_per_week is not None and (minutes is None or sessions is None):
        return duration.hours_per_week * 60, Fraction(1)
    return minutes, sessions


def _is_provision(table: SubmittedTable, row: int, notes: Notes) -> bool:
    """Tell provision from an empty row, a subtotal, a repeated heading and a row that lacks what it needs."""
    grid = table.grid
    filled = [c for c in table.columns.values() if grid.is_filled(row, c)]
    if not filled or table.is_total(row) or table.is_heading(row):
        return False
    written = [key for key in _WRITTEN_FIELDS if table.text(row, key)]
    if table.text(row, "intervention") and written:
        return True
    missing = "no staff, time or cost" if not written else "no intervention"
    notes.left_out("READ23", (grid.name, address(row, min(filled))), f"The row has {missing}.")
    return False


def _with_unit(table: SubmittedTable, row: int) -> str:
    """Give the duration as written; a bare number takes the unit that the heading names."""
    text = table.text(row, "duration")
    try:
        from_cell(text)
    except ValueError:
        return text
    heading = table.heading("duration")
    if "hour" in heading or "hrs" in heading:
        return f"{text} hours per week"
    return f"{text} mins per week" if "min" in heading else text


def _staffing(cells: _Cells, ratio: Reading) -> tuple[Staffing, ...]:
    """One role takes all the adults of the ratio; several roles are one adult each."""
    roles = roles_in(cells.text("staff"))
    adults = ratio.adults or 1
    if len(roles) == 1:
        return (Staffing(role=roles[0], adults=Fraction(adults)),)
    if len(roles) > 1 and adults != len(roles):
        seen = f"{len(roles)} roles are named and the ratio counts {adults} adult{'s' if adults > 1 else ''}"
        cells.notes.add("READ18", cells.where("staff"), f"{seen}; one adult of each role was costed.")
    return tuple(Staffing(role=role) for role in roles)


def _weeks(cells: _Cells, duration: Reading) -> Fraction | None:
    """Read the weeks from their own column, or from the duration; None where neither says."""
    text = cells.text("weeks")
    if not text:
        return duration.weeks
    match = re.fullmatch(r"(\d{1,2}(?:\.\d+)?) *(?:weeks?|wks?)?", text, re.ASCII | re.IGNORECASE)
    if match:
        return Fraction(match[1])
    cells.notes.add("READ19", cells.where("weeks"), f"{quoted(text)} is not a number of weeks.")
    return duration.weeks


def _group_claims(cells: _Cells, duration: Reading) -> dict[str, int]:
    """Say by how many pupils other cells divide; they must agree with the ratio."""
    claims = {} if duration.group_size is None else {"duration": duration.group_size}
    for key in ("weekly_cost", "annual_cost"):
        if match := _DIVISOR.search(cells.text(key)):
            claims[key] = int(match[1])
    return claims


def _allocation(cells: _Cells, code: str) -> Allocation:
    stated = {}
    for key in ("weekly_cost", "annual_cost"):
        if place := cells.table.place(cells.row, key):
            value = cells.table.grid.value(*place)
            if isinstance(value, str):
                cells.report(key, read_cost(value), needed=False)
            if value != "":
                stated[key] = stated_cost(value)
    return Allocation(pupil="", code=code, outcome=cells.text("outcome"), stated=stated, source=_source(cells))


def stated_cost(value: Value) -> Stated:
    """Take a cost as printed, "£43.75 ÷8= £5.46" at £5.46; no amount where none can be read."""
    if isinstance(value, str):
        return Stated(amount=read_cost(value).amount, text=value)
    return stated_figure(value)


def _source(cells: _Cells) -> Source:
    """Map the model's fields to the columns that they were read from."""
    held = {
        "ratio": ("ratio", "ratio_text", "group_size", "adults"),
        "staff": ("staff", "staffing"),
        "duration": ("duration", "duration_text", "minutes_per_session", "sessions_per_week", "group_claims"),
    }
    columns = {field: letters(column) for key, column in cells.table.columns.items() for field in held.get(key, (key,))}
    return Source(file=cells.notes.file, sheet=cells.table.grid.name, row=cells.row + 1, columns=columns)
