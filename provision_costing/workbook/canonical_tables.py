"""The tables of our workbook, read row by row, and what a workbook of earlier days may lack."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from provision_costing.workbook import layout
from provision_costing.workbook.canonical_rows import Row, find_table, rows_of
from provision_costing.workbook.cells import Book
from provision_costing.workbook.columns import Sheet
from provision_costing.workbook.reading_findings import Notes

_Record = TypeVar("_Record")

# The layout's version stayed the same when it gained these, since nothing that was there before moved or changed.
_ADDED_SHEETS = (layout.TERMS, layout.CLOSURES, layout.ELEMENT_1)
_ADDED_COLUMNS: Mapping[str, frozenset[str]] = {
    "Staff": frozenset({"pay_point", "contracted_hours", "weeks_paid", "pension", "pension_rate"}),
    "Provision": frozenset(
        {"pupils_without_sen", *(f"change_{n}_{part}" for n in (1, 2, 3) for part in ("from", "size"))}
    ),
    "Allocations": frozenset({"whole_cost_reason"}),
    "Resources": frozenset({"units", "years"}),
}
_ADDED_CELLS = frozenset({"as_at", "pays_levy"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The tables of one workbook. `is_earlier`: it was made before the sheets and columns above were added."""

    book: Book
    notes: Notes
    is_earlier: bool

    @property
    def cells_not_missed(self) -> frozenset[str]:
        """Name the cells of the School sheet that need not be there."""
        return _ADDED_CELLS if self.is_earlier else frozenset()

    def records(self, sheet: Sheet, read: Callable[[Row], _Record | None]) -> list[_Record]:
        """Read every row of a table; a missing table counts as a row left out."""
        if self.is_earlier and sheet in _ADDED_SHEETS:
            return []
        grid = self.book.grid(sheet.name)
        may_lack = _ADDED_COLUMNS.get(sheet.name, frozenset()) if self.is_earlier else frozenset()
        table = find_table(grid, sheet, self.notes, may_lack) if grid else None
        if table is None:
            seen = f"The sheet {sheet.name} is missing." if grid is None else "The row of headings was not found."
            self.notes.left_out("READ06", (sheet.name, ""), seen)
            return []
        return [record for row in rows_of(table, self.notes) if (record := read(row)) is not None]


def tables_of(book: Book, notes: Notes) -> Tables:
    """Open a workbook's tables. One that has none of the added sheets is taken for an earlier one."""
    scratch = Notes(book.file)
    added = (
        (grid := book.grid(sheet.name)) is not None and find_table(grid, sheet, scratch) is not None
        for sheet in _ADDED_SHEETS
    )
    return Tables(book=book, notes=notes, is_earlier=not any(added))
