"""The door through which every map comes in: our own workbook, or an individual map in a school's own hand."""

from collections import defaultdict
from fractions import Fraction

from provision_costing.findings import Finding
from provision_costing.model import ProvisionMap
from provision_costing.workbook.canonical import is_ours, read_canonical
from provision_costing.workbook.cells import Book, Grid, address, read_cells
from provision_costing.workbook.reading_findings import Notes
from provision_costing.workbook.submitted import read_submitted

_OURS_HIDDEN = frozenset({"lists", "calendar"})  # the template hides them itself


def read_map(
    data: bytes, file: str, *, hours_per_day: Fraction = Fraction(6)
) -> tuple[ProvisionMap, tuple[Finding, ...]]:
    """Read a provision map from a workbook's bytes; `file` is its name, `hours_per_day` what "2 days" means in hours.

    A mistake in a cell is a finding; a row that could not be read is counted in the map's `rows_left_out`. Raises
    RefusedError (a WorkbookError) when the file cannot be read or holds no map.
    """
    book = read_cells(data, file)
    notes = Notes(file)
    _report_file(book, notes)
    provision_map = read_canonical(book, notes) if is_ours(book) else read_submitted(book, notes, hours_per_day)
    return provision_map, tuple(notes.findings)


def _report_file(book: Book, notes: Notes) -> None:
    """Report what concerns the file as a whole, or cells whose value nobody can know."""
    if book.inspected.has_macros:
        notes.add("READ16", ("", ""), "The workbook carries macros; they were not run.")
    if book.inspected.has_outside_links:
        notes.add("READ17", ("", ""), "The workbook refers to other files or data sources; they were not opened.")
    _report_uncached(book, notes)
    for grid in book:
        _report_errors(grid, notes)
        _report_hidden(grid, notes)


def _report_uncached(book: Book, notes: Notes) -> None:
    """Say once how many formulas have no value, and where the first is."""
    places = [(grid.name, place) for grid in book for place in sorted(grid.facts.uncached)]
    if places:
        sheet, first = places[0]
        many = f"{len(places)} formulas have" if len(places) > 1 else "A formula has"
        notes.add("READ02", (sheet, address(*first)), f"{many} no value, so nothing could be read there.")


def _report_errors(grid: Grid, notes: Notes) -> None:
    """Report error cells once a column, since one deleted cell spoils a whole column of formulas."""
    columns: dict[tuple[int, str], list[int]] = defaultdict(list)
    for (row, column), error in sorted(grid.facts.errors.items()):
        columns[column, error].append(row)
    for (column, error), rows in columns.items():
        others = f", and so do {len(rows) - 1} more cells below it" if len(rows) > 1 else ""
        notes.add("READ04", (grid.name, address(rows[0], column)), f"The cell shows {error}{others}.")


def _report_hidden(grid: Grid, notes: Notes) -> None:
    if grid.hidden and grid.facts.filled and grid.name.casefold() not in _OURS_HIDDEN:
        notes.add("READ15", (grid.name, ""), "The sheet is hidden.")
    if grid.facts.hidden_rows and not grid.hidden:
        rows = sorted(grid.facts.hidden_rows)
        many = f"{len(rows)} rows, from row {rows[0] + 1} on, are" if len(rows) > 1 else f"Row {rows[0] + 1} is"
        notes.add("READ15", (grid.name, address(rows[0], 0)), f"{many} hidden.")
