"""One row of one of our tables, read field by field; what cannot be read becomes a finding at its cell."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from provision_costing.model import Source, Stated
from provision_costing.workbook.cell_values import YES_NO, date_of, folded, number_of, quoted, stated_figure
from provision_costing.workbook.cells import Grid, Value, address, as_text
from provision_costing.workbook.columns import Column, Kind, Sheet, letters
from provision_costing.workbook.reading_findings import Notes

_Choice = TypeVar("_Choice")

# Fields of the model that bear another name than their column.
_FILLED_BY = {"staffing": "staff", "group_changes": "change_1_from"}
# What a heading was in workbooks made before it changed, in small letters.
_EARLIER_HEADINGS: Mapping[str, Mapping[str, str]] = {"Resources": {"cost for the year": "annual_cost"}}
_HEADER_SOUGHT_BELOW = 40  # rows below its place in the template


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table found on a sheet: where its headings stand, and the column of each field."""

    sheet: Sheet
    grid: Grid
    header: int  # row, from 0
    columns: Mapping[str, int]
    inputs: tuple[int, ...]  # columns that the school fills in
    worked_out: tuple[Column, ...]  # those that a formula fills in
    letters: Mapping[str, str]  # of each field of the model, shared by the sources of all rows


@dataclass(slots=True, kw_only=True)
class Row:
    """One row of a table. `pupil` is put into every finding about it."""

    table: Table
    index: int  # from 0
    notes: Notes
    pupil: str = field(default="")

    def place(self, key: str) -> tuple[str, str]:
        """Say where a field stands: sheet and cell; the row's first cell for a field without a column."""
        return self.table.grid.name, address(self.index, self.table.columns.get(key, 0))

    def add(self, code: str, key: str, message: str) -> None:
        """Record a finding at a field of this row."""
        self.notes.add(code, self.place(key), message, pupil=self.pupil)

    def leave_out(self, code: str, key: str, message: str) -> None:
        """Record why this row is not in the map."""
        self.notes.left_out(code, self.place(key), message, pupil=self.pupil)

    def value(self, key: str) -> Value:
        """Give a field's value, the empty text where there is none."""
        column = self.table.columns.get(key)
        return "" if column is None else self.table.grid.value(self.index, column)

    def text(self, key: str) -> str:
        """Read words; a number as it was typed."""
        return as_text(self.value(key))

    def needed(self, key: str) -> str:
        """Read what identifies this row; empty, with the row left out, when it is missing."""
        text = self.text(key)
        if not text:
            self.leave_out("READ12", key, f"{self.table.sheet.column(key).heading} is empty.")
        return text

    def unread(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """List those of these numbers that hold something which was not used, and have a finding of their own."""
        silent = replace(self, notes=Notes(file=self.notes.file))
        return tuple(key for key in keys if self.text(key) and silent.number(key) is None)

    def is_half_filled(self, keys: tuple[str, ...]) -> bool:
        """Say, with a finding at the first empty cell, whether some of these fields are empty and others are not."""
        empty = [key for key in keys if not self.text(key)]
        if not empty or len(empty) == len(keys):
            return False
        self.add("READ28", empty[0], f"{self.table.sheet.column(empty[0]).heading} is empty.")
        return True

    def number(self, key: str) -> Decimal | None:
        """Read a number within the template's range; None, with a finding, for anything else that is written."""
        value = self.value(key)
        if value == "":
            return None
        try:
            number = number_of(value)
        except ValueError:
            self.add("READ07", key, f"{quoted(value)} is not a number.")
            return None
        return self._within(key, number)

    def _within(self, key: str, number: Decimal) -> Decimal | None:
        column = self.table.sheet.column(key)
        if column.least is not None and number < Decimal(str(column.least)):
            self.add("READ10", key, f"{column.heading} is {number}; it cannot be less than {column.least:g}.")
            return None
        if column.most is not None and number > Decimal(str(column.most)):
            self.add("READ11", key, f"{column.heading} is {number}, more than {column.most:g}.")
        return number

    def quantity(self, key: str) -> Fraction | None:
        """Read a number as an exact quantity."""
        number = self.number(key)
        return None if number is None else Fraction(number)

    def whole(self, key: str) -> int | None:
        """Read a whole number; None, with a finding, for anything else that is written."""
        number = self.number(key)
        if number is not None and number != int(number):
            self.add("READ10", key, f"{self.table.sheet.column(key).heading} is {number}; it must be a whole number.")
            return None
        return None if number is None else int(number)

    def day(self, key: str) -> date | None:
        """Read a date; None, with a finding, for anything else that is written."""
        value = self.value(key)
        day = date_of(value)
        if day is None and value != "":
            self.add("READ08", key, f"{quoted(value)} is not a date.")
        return day

    def choice(self, key: str, known: Mapping[str, _Choice]) -> _Choice | None:
        """Read one of a list, in capitals or not; None, with a finding, for anything else that is written."""
        text = self.text(key)
        if text and folded(text) not in known:
            listed = ", ".join(dict.fromkeys(str(choice) for choice in known.values()))
            self.add("READ09", key, f"{quoted(text)} is not one of: {listed}.")
        return known.get(folded(text))

    def yes_no(self, key: str) -> bool | None:
        """Read Yes or No; None, with a finding, for anything else that is written."""
        text = self.text(key)
        if text and folded(text) not in YES_NO:
            self.add("READ09", key, f"{quoted(text)} is neither Yes nor No.")
        return YES_NO.get(folded(text))

    def stated(self, keys: Iterable[str], *, elsewhere: bool = False) -> dict[str, Stated]:
        """Take figures as printed; `elsewhere` names their cells, for a record whose own row is another."""
        found = {}
        for key in keys:
            if (value := self.value(key)) != "":
                sheet, cell = self.place(key) if elsewhere else ("", "")
                found[key] = stated_figure(value, sheet, cell)
        return found

    def source(self) -> Source:
        """Say where this row and its fields stand."""
        table = self.table
        return Source(file=self.notes.file, sheet=table.grid.name, row=self.index + 1, columns=table.letters)

    def is_filled(self) -> bool:
        """Say whether the school wrote anything in this row, if only over a formula."""
        grid, index = self.table.grid, self.index
        return any(grid.is_filled(index, column) for column in self.table.inputs) or any(self._typed_over())

    def report_typed_over(self) -> None:
        """Report the calculated cells of this row that hold no formula."""
        for column in self._typed_over():
            self.add("READ03", column.key, f"{quoted(self.value(column.key))} was typed in {column.heading}.")

    def _typed_over(self) -> list[Column]:
        grid, columns = self.table.grid, self.table.columns
        places = [(column, columns[column.key]) for column in self.table.worked_out]
        return [
            column
            for column, at in places
            if (self.index, at) not in grid.facts.formulas and grid.value(self.index, at) != ""
        ]


def find_table(grid: Grid, sheet: Sheet, notes: Notes, may_lack: Collection[str] = ()) -> Table | None:
    """Find a table by its headings, wherever the school moved them; None when too few of them are there.

    A third of the columns that every school needs will do, since it may take out others. A heading that is not there
    is a finding, unless its field is one that this workbook `may_lack`.
    """
    wanted = {folded(c.heading): c for c in sheet.columns if c.kind is not Kind.HELPER}
    wanted |= {text: sheet.column(key) for text, key in _EARLIER_HEADINGS.get(sheet.name, {}).items()}
    rows = range(min(len(grid.rows), sheet.header_row + _HEADER_SOUGHT_BELOW))
    matches = [(sum(folded(text) in wanted for _, text in grid.row_texts(row)), -row) for row in rows]
    best, header = max(matches, default=(0, 0))
    inputs = [c for c in sheet.columns if c.kind is Kind.INPUT] or list(sheet.columns)
    if best < 2 or 3 * best < sum(not c.extra for c in inputs):
        return None
    columns: dict[str, int] = {}
    for column, text in grid.row_texts(-header):
        known = wanted.get(folded(text))
        if known and known.key in columns:
            notes.add("READ24", (grid.name, address(-header, column)), f"{quoted(text)} stands over two columns.")
        elif known:
            columns[known.key] = column
    _report_missing(grid, [c for c in inputs if c.key not in {*columns, *may_lack}], -header, notes)
    return _table(sheet, grid, -header, columns)


def _table(sheet: Sheet, grid: Grid, header: int, columns: Mapping[str, int]) -> Table:
    fields = {key: letters(column) for key, column in columns.items()}
    present = [c for c in sheet.columns if c.key in columns]
    return Table(
        sheet=sheet,
        grid=grid,
        header=header,
        columns=columns,
        inputs=tuple(columns[c.key] for c in present if c.kind is Kind.INPUT),
        worked_out=tuple(c for c in present if c.kind is Kind.COST),
        letters=fields | {name: fields[key] for name, key in _FILLED_BY.items() if key in fields},
    )


def _report_missing(grid: Grid, missing: Iterable[Column], header: int, notes: Notes) -> None:
    for column in missing:
        notes.add("READ05", (grid.name, address(header, 0)), f'No column is headed "{column.heading}".')


def rows_of(table: Table, notes: Notes) -> Iterable[Row]:
    """List the rows that the school wrote, reporting the formulas it typed over."""
    for index in range(table.header + 1, len(table.grid.rows)):
        row = Row(table=table, index=index, notes=notes)
        if row.is_filled():
            row.report_typed_over()
            yield row
