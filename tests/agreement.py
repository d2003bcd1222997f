"""Comparing a workbook with LibreOffice: what it holds with what its formulas come to, cell by cell."""

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from io import BytesIO

from python_calamine import CalamineWorkbook

from provision_costing.workbook.columns import Holds, Kind, Sheet
from provision_costing.workbook.layout import TABLES
from provision_costing.workbook.worked import Row, Value

Grid = Sequence[Sequence[object]]
Blocks = dict[str, dict[str, list[list[float | str]]]]
TOLERANCE = 1e-9  # for what is not rounded; money is compared exactly


def held(data: bytes) -> dict[str, Grid]:
    """Read the values that a workbook holds beside its formulas."""
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def plain(value: object) -> float | str:
    """Give a value as LibreOffice does: dates as day numbers, nothing as an empty text."""
    match value:
        case datetime():
            return float((value.date() - date(1899, 12, 30)).days)
        case date():
            return float((value - date(1899, 12, 30)).days)
        case None:
            return ""
        case str():
            return str(value)
        case bool() | int() | float() | Decimal() | Fraction():
            return float(value)
    raise TypeError(f"{value!r}")


def same(one: object, other: object, *, exactly: bool = False) -> bool:
    """Say whether two cells hold the same."""
    first, second = plain(one), plain(other)
    if isinstance(first, float) and isinstance(second, float):
        return first == second if exactly else math.isclose(first, second, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    return first == second


def cell(grid: Grid, row: int, column: int) -> object:
    """Give a cell by its row and column, both counted from 1; nothing beyond the used part."""
    return grid[row - 1][column - 1] if row <= len(grid) and column <= len(grid[row - 1]) else ""


def differences(held_sheets: Mapping[str, Grid], recalculated: Mapping[str, Grid]) -> list[str]:
    """List the cells whose value is not what the formula comes to, and those in error."""
    return [
        f"{name}!R{r}C{c}: held {cell(held_sheets[name], r, c)!r}, comes to {value!r}"
        for name, grid in recalculated.items()
        for r, row in enumerate(grid, 1)
        for c, value in enumerate(row, 1)
        if str(value).startswith("#ERR") or not same(cell(held_sheets[name], r, c), value)
    ]


def row_differences(sheet: Sheet, rows: Sequence[Row], size: int, grid: Grid) -> Iterator[str]:
    """Compare a table as LibreOffice has it with its rows as the core has them; rows not filled in show nothing."""
    for place in range(size):
        for number, column in enumerate(sheet.columns, 1):
            if column.kind is Kind.INPUT:
                continue
            expected: Value = rows[place][column.key] if place < len(rows) else ""
            found = cell(grid, sheet.first_row + place, number)
            if not same(expected, found, exactly=column.holds is Holds.MONEY):
                yield f"{sheet.name} row {place + 1} {column.key}: core {expected!r}, LibreOffice {found!r}"


def blocks(rows: Mapping[str, Sequence[Row]]) -> Blocks:
    """Write what a person types into a blank workbook: the input cells, which stand first on each sheet."""
    typed: Blocks = {}
    for sheet in TABLES:
        inputs = [c.key for c in sheet.columns if c.kind is Kind.INPUT]
        assert [c.key for c in sheet.columns[: len(inputs)]] == inputs
        values = [[plain(row[key]) for key in inputs] for row in rows[sheet.name]]
        typed[sheet.name] = {f"A{sheet.first_row}": values} if values else {}
    return typed
