"""A workbook's cells: values by python-calamine, and beside them what it hides, by the gate's own pass."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO

from provision_costing.workbook.guard import Inspected, inspect
from provision_costing.workbook.layout import letters
from provision_costing.workbook.parts_xml import Place, SheetFacts
from provision_costing.workbook.refusals import RefusedError

Value = str | int | float | bool | date | datetime | time | timedelta
_CONTROL = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127)) | {13: "\n"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One sheet. Rows and columns count from 0; a cell that holds nothing is the empty text, and text is `clean`."""

    name: str
    hidden: bool
    rows: list[list[Value]]
    facts: SheetFacts

    def value(self, row: int, column: int) -> Value:
        """Give a cell's value, the empty text outside the used range."""
        if not (0 <= row < len(self.rows) and 0 <= column < len(self.rows[row])):
            return ""
        return self.rows[row][column]

    def text(self, row: int, column: int) -> str:
        """Give a cell as text, a number as it was typed."""
        return as_text(self.value(row, column))

    def is_filled(self, row: int, column: int) -> bool:
        """Say whether a cell shows anything: a value, an error, or a formula whose value is not known."""
        place = (row, column)
        return self.value(row, column) != "" or place in self.facts.errors or place in self.facts.uncached

    def row_texts(self, row: int) -> list[tuple[int, str]]:
        """List the filled cells of a row as (column, text)."""
        cells = self.rows[row] if row < len(self.rows) else []
        return [(column, text) for column in range(len(cells)) if (text := self.text(row, column))]

    def covering(self, row: int, column: int) -> Place:
        """Give the cell whose value a merged cell shows, or the cell itself."""
        for (top, left), (bottom, right) in self.facts.merges:
            if top <= row <= bottom and left <= column <= right:
                return top, left
        return row, column


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A workbook as read: its sheets in their order."""

    file: str
    grids: Mapping[str, Grid]
    inspected: Inspected

    def grid(self, name: str) -> Grid | None:
        """Find a sheet by its name, in capitals or not."""
        wanted = name.casefold()
        return next((g for g in self.grids.values() if g.name.strip().casefold() == wanted), None)

    def __iter__(self) -> Iterator[Grid]:
        return iter(self.grids.values())


def read_cells(data: bytes, file: str) -> Book:
    """Read a workbook that the gate lets pass; RefusedError with its reason otherwise."""
    inspected = inspect(data, file)
    _settle_doubtful(inspected)
    values = _values(data, file)
    grids = {}
    for name, facts in inspected.sheets.items():
        if name not in values:
            raise RefusedError("FIL38", file)
        grids[name] = Grid(name=name, hidden=name in inspected.hidden, rows=values[name], facts=facts)
    return Book(file=file, grids=grids, inspected=inspected)


def _settle_doubtful(inspected: Inspected) -> None:
    """A formula's empty value is the text "" where other formulas have values, and was never worked out where none has.

    Writers leave the same mark for both, but a program that drops the values of formulas drops them all.
    """
    sheets = inspected.sheets.values()
    formulas = sum(len(s.formulas) for s in sheets)
    without = sum(len(s.uncached) + len(s.doubtful) for s in sheets)
    if formulas == without:
        for sheet in sheets:
            sheet.uncached |= sheet.doubtful


def _values(data: bytes, file: str) -> dict[str, list[list[Value]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        return {
            name: [
                [clean(value) if value and isinstance(value, str) else value for value in row]
                for row in workbook.get_sheet_by_index(i).to_python(skip_empty_area=False)
            ]
            for i, name in enumerate(workbook.sheet_names)
        }
    except (CalamineError, OSError, ValueError) as error:
        raise RefusedError("FIL38", file, type(error).__name__) from None


def clean(text: str) -> str:
    """Remove control characters and outer spaces, and make line ends alike."""
    if text.isprintable():
        return text.strip()
    return text.replace("\r\n", "\n").translate(_CONTROL).strip()


def as_text(value: Value) -> str:
    """Write a value as a person typed it: 4 for 4.0, 01/09/2026 for a day, 4:01 for a time."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return f"{value:.15g}"
        case date():
            return f"{value:%d/%m/%Y}"
        case time():
            return f"{value.hour}:{value.minute:02}"
        case timedelta():
            minutes = value // timedelta(minutes=1)
            return f"{minutes // 60}:{minutes % 60:02}"
    return str(value)


def address(row: int, column: int) -> str:
    """Write a place as a sheet does: F12."""
    return f"{letters(column)}{row + 1}"
