"""What Excel hands over, read strictly: cells and tables in, plain floats and text out.

The hosts differ. An empty cell arrives as None, "" or, inside a range, 0; an error as "#DIV/0!", as a large negative
integer or as a dictionary; a date as a datetime or as a serial number; a cell with a £ format as a Decimal. Each reader
here treats them alike, and raises ProvisionCostingError with the place and what to do.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

from provision_costing.errors import ProvisionCostingError
from provision_costing.money import from_cell, plain
from provision_costing.workbook.layout import Kind, Sheet

_LARGEST = Decimal(10) ** 9  # pounds, minutes or pupils: more is a slip of the keyboard
_ERROR_TEXT = re.compile(r"#(?:[A-Z]+[!?]|DIV/0!|N/A|GETTING_DATA)")
_ERROR_NUMBERS = range(-2146826400, -2146826200)  # how Windows hands over #DIV/0!, #SPILL! and the others
_SERIAL_DAY_NOUGHT = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 61, 2958465  # 1 March 1900, before which serial numbers are off by one; 31 December 9999
_DAYS_AS_TYPED = ("%Y-%m-%d", "%d/%m/%Y")


def is_empty(value: Any) -> bool:
    """Say whether a cell is empty: None, "" or nothing but spaces."""
    return value is None or (isinstance(value, str) and not value.strip())


def number(value: Any, what: str) -> Decimal | None:
    """Read a number that is not negative, or None from an empty cell."""
    _refuse_error(value, what)
    if is_empty(value):
        return None
    if not isinstance(value, int | float | str | Decimal):
        raise ProvisionCostingError(f"{what}: {_shown(value)} is not a number.")
    try:
        read = from_cell(value)
    except ValueError:
        raise ProvisionCostingError(f"{what}: {_shown(value)} is not a number.") from None
    if read < 0:
        raise ProvisionCostingError(f"{what}: {plain(read)} is less than nothing.")
    if read > _LARGEST:
        raise ProvisionCostingError(f"{what}: {_shown(value)} is too large to be meant.")
    return read


def above_nought(value: Any, what: str, if_empty: Decimal | int | None = None) -> Decimal:
    """Read a number above 0, or take `if_empty`. A 0 is refused: some hosts hand over an empty cell as 0."""
    read = number(value, what)
    if read is None and if_empty is not None:
        return Decimal(if_empty)
    if not read:
        hint = "write a number above 0" if if_empty is None else f"write a number above 0, or nothing for {if_empty}"
        raise ProvisionCostingError(f"{what} is {'missing' if read is None else '0 or an empty cell'}: {hint}.")
    return read


def pupils(value: Any, what: str) -> int:
    """Read how many pupils share something: a whole number from 1; an empty cell means 1."""
    read = above_nought(value, what, if_empty=1)
    if read != int(read):
        raise ProvisionCostingError(f"{what}: {plain(read)} is not a whole number of pupils.")
    return int(read)


def text(value: Any, what: str) -> str:
    """Read words, or a number as it would be typed; "" from an empty cell."""
    _refuse_error(value, what)
    if is_empty(value):
        return ""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return " ".join(str(value).split())
    return plain(from_cell(value), 9)


def day(value: Any, what: str) -> date | None:
    """Read a date from a date cell, a serial number or text such as 2026-09-01 or 1/9/2026; None from an empty cell."""
    _refuse_error(value, what)
    if is_empty(value) or (value == 0 and not isinstance(value, bool)):
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and _FIRST_SERIAL <= value <= _LAST_SERIAL:
        return _SERIAL_DAY_NOUGHT + timedelta(days=int(value))
    for form in _DAYS_AS_TYPED if isinstance(value, str) else ():
        try:
            return datetime.strptime(value.strip(), form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    raise ProvisionCostingError(f"{what}: {_shown(value)} is not a date. Write it as 2026-09-01.")


def written(value: Any, what: str) -> str:
    """Read a cell in which a school writes a ratio or a duration; a time of day is what Excel makes of a typed 1:4."""
    _refuse_error(value, what)
    if isinstance(value, date | time) or (isinstance(value, float) and 0 < value < 1):
        raise ProvisionCostingError(
            f"{what}: Excel took what was typed for a time of day. Format the cell as Text, and type it again."
        )
    found = text(value, what)
    if not found:
        raise ProvisionCostingError(f"{what} is missing.")
    return found


def _refuse_error(value: Any, what: str) -> None:
    is_text = isinstance(value, str) and _ERROR_TEXT.fullmatch(value)
    if is_text or isinstance(value, Mapping) or (isinstance(value, int) and value in _ERROR_NUMBERS):
        shown = f" {value}" if isinstance(value, str) else ""
        raise ProvisionCostingError(f"{what}: the cell holds an error{shown}. Put that cell right first.")


def _shown(value: Any) -> str:
    return f"“{str(value)[:40]}”"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: where it is, and its cells by the field's name."""

    sheet: Sheet
    at: int  # in the range: 1 is the row of headings
    cells: Mapping[str, Any]

    def place(self, key: str) -> str:
        """Say where a cell stands: Provision, row 4 of the range, Group size."""
        return f"{self.sheet.name}, row {self.at} of the range, {self.sheet.column(key).heading}"

    def text(self, key: str) -> str:
        """Read words; "" from an empty cell."""
        value = self.cells.get(key)
        return "" if _is_blank(value) else text(value, self.place(key))

    def name(self, key: str) -> str:
        """Read the code or reference that the row is known by; an empty one is refused."""
        found = self.text(key)
        if not found:
            raise ProvisionCostingError(f"{self.place(key)} is missing.")
        return found

    def number(self, key: str) -> Decimal | None:
        """Read a number above 0; None from an empty cell and from 0, which some hosts hand over for an empty cell."""
        return number(self.cells.get(key), self.place(key)) or None

    def exact(self, key: str) -> Fraction | None:
        """Read a number above 0 to calculate with; None as for `number`."""
        read = self.number(key)
        return None if read is None else Fraction(read)

    def amount(self, key: str) -> Decimal | None:
        """Read pounds, of which there may be 0; None from an empty cell."""
        return number(self.cells.get(key), self.place(key))

    def day(self, key: str) -> date | None:
        """Read a date; None from an empty cell and from 0."""
        return day(self.cells.get(key), self.place(key))

    def whole(self, key: str) -> int | None:
        """Read a whole number; None as for `number`."""
        read = self.number(key)
        if read is not None and read != int(read):
            raise ProvisionCostingError(f"{self.place(key)}: {plain(read)} is not a whole number.")
        return None if read is None else int(read)

    def pupils(self, key: str) -> int | None:
        """Read a whole number of pupils; None as for `number`."""
        return None if self.number(key) is None else pupils(self.cells[key], self.place(key))


def table(grid: Any, sheet: Sheet, needed: Sequence[str]) -> list[Row]:
    """Read a range whose first row holds that sheet's headings, in any order; rows with nothing in them are left out.

    A heading that the sheet does not have, one that stands twice, and one that is needed and missing are each refused:
    a misspelt heading would otherwise count as an empty column.
    """
    rows = rows_of(grid)
    if not rows:
        return []
    keys = _headings(rows, sheet)
    missing = [sheet.column(key).heading for key in needed if key not in keys]
    if missing:
        raise ProvisionCostingError(
            f"The {sheet.name} range has no column {' or '.join(missing)}. Its first row must be the headings, "
            f"as in {sheet.table}[#All]."
        )
    inputs = {c.key for c in sheet.columns if c.kind is Kind.INPUT}
    found = [
        Row(sheet, at, {key: cell for key, cell in zip(keys, cells, strict=True) if key in inputs})
        for at, cells in enumerate(rows[1:], 2)
    ]
    return [row for row in found if not all(_is_blank(cell) for cell in row.cells.values())]


def rows_of(grid: Any) -> list[Sequence[Any]]:
    """Give the rows of a range; none when it was left out or is one empty cell."""
    if not isinstance(grid, list | tuple):
        grid = [] if _is_blank(grid) else [[grid]]
    rows: list[Sequence[Any]] = [row if isinstance(row, list | tuple) else [row] for row in grid]
    return [] if all(_is_blank(cell) for row in rows for cell in row) else rows


def _is_blank(value: Any) -> bool:
    return is_empty(value) or (not isinstance(value, bool) and isinstance(value, int | float) and value == 0)


def _headings(rows: list[Sequence[Any]], sheet: Sheet) -> list[str]:
    known = {column.heading.casefold(): column.key for column in sheet.columns}
    keys: list[str] = []
    for index, cell in enumerate(rows[0]):
        heading = "" if _is_blank(cell) else text(cell, f"{sheet.name}, a heading")
        key = known.get(heading.casefold(), "")
        if not key and (heading or any(not _is_blank(row[index]) for row in rows)):
            raise ProvisionCostingError(_unknown_heading(heading, sheet, known))
        if key and key in keys:
            raise ProvisionCostingError(f"The {sheet.name} range has the heading “{heading}” twice.")
        keys.append(key)
    return keys


def _unknown_heading(heading: str, sheet: Sheet, known: Mapping[str, str]) -> str:
    near = get_close_matches(heading.casefold(), known, n=1)
    hint = f"Did you mean “{sheet.column(known[near[0]]).heading}”?" if near else ""
    hint = hint or f"The first row must be the headings, as in {sheet.table}[#All]."
    return f"The {sheet.name} range has a column headed “{heading}”, which that sheet does not have. {hint}"


def spill(headings: Sequence[str], rows: Iterator[Sequence[Decimal | int | str]]) -> list[list[float | str]]:
    """Give a heading row and the rows below it as Excel takes them: numbers as floats, all rows of one length."""
    return [list(headings), *([cell if isinstance(cell, str) else float(cell) for cell in row] for row in rows)]
