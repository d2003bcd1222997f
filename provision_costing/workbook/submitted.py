"""An individual pupil map in a school's own hand, as the guide prints it: find the table, map its columns, read rows.

One table a sheet, one pupil a table. A sheet without such a table is reported and passed over.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

from provision_costing.model import Form, ProvisionMap, Pupil, School, Source, Stated
from provision_costing.workbook.cell_values import AREAS, SEN_STATUSES
from provision_costing.workbook.cells import Book, Grid, address
from provision_costing.workbook.reading_findings import Notes
from provision_costing.workbook.refusals import RefusedError
from provision_costing.workbook.submitted_header import Header, choice, read_header, school_of, year_group
from provision_costing.workbook.submitted_reference import reference_of
from provision_costing.workbook.submitted_rows import MapRow, read_row, stated_cost
from provision_costing.workbook.submitted_table import SubmittedTable, find_submitted_table


@dataclass(frozen=True, slots=True, kw_only=True)
class _OneMap:
    """One pupil's map from one sheet."""

    school: School
    pupil: Pupil
    rows: tuple[MapRow, ...]


def read_submitted(book: Book, notes: Notes, hours_per_day: Fraction) -> ProvisionMap:
    """Read each sheet's map and join them; RefusedError when no sheet holds one."""
    found = [(grid, find_submitted_table(grid)) for grid in book]
    if not any(table for _, table in found):
        raise RefusedError("FIL35", book.file)
    maps: list[_OneMap] = []
    rows = 0
    for grid, table in found:
        if table is None:
            _report_passed_over(grid, notes)
            continue
        maps.append(_read_sheet(table, notes, (rows, hours_per_day), [m.pupil.reference for m in maps]))
        rows += len(maps[-1].rows)
    return ProvisionMap(
        file=book.file,
        form=Form.INDIVIDUAL,
        school=next((m.school for m in maps if m.school.name), maps[0].school),
        pupils=tuple(m.pupil for m in maps),
        provisions=tuple(row.provision for m in maps for row in m.rows),
        allocations=tuple(row.allocation for m in maps for row in m.rows),
        rows_left_out=notes.rows_left_out,
        source=Source(file=book.file, sheet=maps[0].pupil.source.sheet),
    )


def _report_passed_over(grid: Grid, notes: Notes) -> None:
    if grid.facts.filled:
        notes.add("READ21", (grid.name, ""), "No table on this sheet has the headings of a provision map.")


def _read_sheet(table: SubmittedTable, notes: Notes, context: tuple[int, Fraction], taken: list[str]) -> _OneMap:
    """Read one sheet; `context` is how many rows the sheets before it gave, and the hours in a day."""
    first, hours_per_day = context
    since = len(notes.findings)
    header = read_header(table.grid, table.header)
    reference = reference_of(header, notes, taken)
    rows: list[MapRow] = []
    total_row = _total_row(table)
    for row in range(table.header + 1, len(table.grid.rows) if total_row is None else total_row):
        code = f"P{first + len(rows) + 1:03d}"
        if (read := read_row(table, row, notes, code=code, hours_per_day=hours_per_day)) is not None:
            rows.append(replace(read, allocation=replace(read.allocation, pupil=reference)))
    stated = _total(table, total_row, notes) if total_row is not None else {}
    if total_row is not None:
        _report_below_total(table, total_row, notes)
    notes.name_pupil(since, reference)
    return _OneMap(
        school=school_of(header, notes.file), pupil=_pupil(header, reference, stated, notes), rows=tuple(rows)
    )


def _total_row(table: SubmittedTable) -> int | None:
    """Find the last row that says it is the total."""
    totals = [row for row in range(table.header + 1, len(table.grid.rows)) if table.is_total(row)]
    return totals[-1] if totals else None


def _total(table: SubmittedTable, row: int, notes: Notes) -> dict[str, Stated]:
    """Read the printed total: under the annual cost, or else the last cell of the row that holds an amount."""
    columns = [column for column, _ in table.grid.row_texts(row)]
    if "annual_cost" in table.columns:
        columns.append(table.columns["annual_cost"])
    for column in reversed(columns):
        printed = stated_cost(table.grid.value(row, column))
        if printed.amount is not None:
            return {"total": replace(printed, sheet=table.grid.name, cell=address(row, column))}
    notes.add("READ18", (table.grid.name, address(row, columns[0])), "The row of the total holds no amount.")
    return {}


def _report_below_total(table: SubmittedTable, total_row: int, notes: Notes) -> None:
    """A row below the total that has a time or a cost is provision that nobody added up."""
    for row in range(total_row + 1, len(table.grid.rows)):
        if table.text(row, "intervention") and any(table.text(row, key) for key in ("duration", "annual_cost")):
            where = (table.grid.name, address(row, table.columns["intervention"]))
            notes.left_out("READ25", where, "The row stands below the total.")


def _pupil(header: Header, reference: str, stated: dict[str, Stated], notes: Notes) -> Pupil:
    since = len(notes.findings)
    pupil = Pupil(
        reference=reference,
        name=header.text("name"),
        year_group=year_group(header, notes),
        sen_status=choice(header, "sen_status", SEN_STATUSES, notes),
        area_of_need=choice(header, "area_of_need", AREAS, notes),
        stated_band=header.text("stated_band"),
        stated=stated,
        source=Source(file=notes.file, sheet=header.grid.name, columns=header.cells()),
    )
    notes.name_pupil(since, reference)
    return pupil
