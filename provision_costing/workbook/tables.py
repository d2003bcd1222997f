"""The sheets that hold a table: what the school fills in, with its costs beside it."""

from collections.abc import Mapping
from typing import Any

from provision_costing.workbook.columns import Column, Holds, Kind, Sheet
from provision_costing.workbook.faults import look_at_formula
from provision_costing.workbook.formulas import formula
from provision_costing.workbook.layout import TABLES
from provision_costing.workbook.pages import add_entry_check, set_page, write_key, write_top
from provision_costing.workbook.pen import BRICK, CREAM, LINE, NAVY, NUMBER_FORMATS, Pen
from provision_costing.workbook.worked import Row

WRAPPED = (Holds.LONG_TEXT, Holds.TEXT, Holds.CHOICE)
LINE_HEIGHT = 15
NARROW = 80  # characters: the line of advice at the top needs more
BUILD_UP = ("pay", "cost_year")
AS_TEXT = ("year_group", "stated_band", "pupil", "code", "staff", "staff_2")  # "3" and "001" stay what was typed


def name_columns(pen: Pen, sheet: Sheet, size: int) -> None:
    """Name every column of a sheet: Staff_role is all its roles."""
    last = sheet.first_row + size - 1
    for column in sheet.columns:
        letter = sheet.letter(column.key)
        pen.name(f"{sheet.prefix}_{column.key}", f"'{sheet.name}'!${letter}${sheet.first_row}:${letter}${last}")


def write_tables(pen: Pen, things: int) -> None:
    """Write every sheet that the school fills in as a table."""
    for sheet in TABLES:
        page = pen.book.get_worksheet_by_name(sheet.name)
        rows, size = pen.rows[sheet.name], pen.worked.sizes[sheet.name]
        write_top(pen, page, sheet.name, sheet.advice, things)
        write_key(pen, page)
        write_table(pen, page, sheet, rows, size)
        _add_entry_checks(pen, page, sheet, size)
        page.freeze_panes(sheet.header_row, 2)
        last = last_printed(sheet)
        set_page(page, last, sheet.header_row + printed_rows(pen, sheet), repeat=sheet.header_row)


def last_printed(sheet: Sheet) -> int:
    """Give the last column that prints, counted from 0: what to look at only where there is room to spare."""
    look_at = next(i for i, c in enumerate(sheet.columns) if c.key == "look_at")
    return look_at if sum(c.width for c in sheet.columns[:look_at]) < NARROW else look_at - 1


def printed_rows(pen: Pen, sheet: Sheet) -> int:
    """Give the rows that print: those filled in, or on a blank workbook all that are ready."""
    return pen.worked.sizes[sheet.name] if pen.worked.is_blank else max(1, len(pen.rows[sheet.name]))


def write_table(pen: Pen, page: Any, sheet: Sheet, rows: list[Row], size: int, empty: Row | None = None) -> None:
    """Write headings, rows and column widths of one table; rows not filled in hold their formulas, showing nothing.

    `empty` gives the columns whose formula comes to something else in such a row.
    """
    _write_header(pen, page, sheet, size)
    for index, column in enumerate(sheet.columns):
        letter = sheet.letter(column.key)
        _set_width(page, index, column, is_used(sheet, column, rows))
        looks = looks_of(column)
        made = "" if column.kind is Kind.INPUT else _formula(sheet, column)
        for place in range(size):
            row = sheet.first_row + place
            value = rows[place][column.key] if place < len(rows) else (empty or {}).get(column.key, "")
            if column.kind is Kind.INPUT:
                pen.put(page, f"{letter}{row}", value, **looks)
            else:
                shown = "" if value is None else value
                here = made.replace("{row}", str(row)).replace("{above}", str(row - 1))
                pen.formula(page, f"{letter}{row}", here, shown, **looks)
    _set_heights(page, sheet, rows, size)


def _formula(sheet: Sheet, column: Column) -> str:
    return look_at_formula(sheet) if column.key == "look_at" else formula(sheet, column.key)


def _write_header(pen: Pen, page: Any, sheet: Sheet, size: int) -> None:
    heading = pen.format(bold=True, font_color="white", bg_color=NAVY, text_wrap=True, border=1, border_color=LINE,
                         indent=1)  # fmt: skip
    last = sheet.header_row - 1 + size
    columns = [{"header": c.heading, "header_format": heading} for c in sheet.columns]
    page.add_table(sheet.header_row - 1, 0, last, len(sheet.columns) - 1,
                   {"name": sheet.table, "columns": columns, "style": None})  # fmt: skip
    lines = max(lines_of(c.heading, c.width - 2) for c in sheet.columns if c.kind is not Kind.HELPER)
    page.set_row(sheet.header_row - 1, 20 + 15 * min(lines - 1, 2))
    first, end = sheet.first_row, last + 1
    page.ignore_errors({"number_stored_as_text": f"A{first}:{sheet.letter(sheet.columns[-1].key)}{end}"})


def is_used(sheet: Sheet, column: Column, rows: list[Row]) -> bool:
    """Say whether a column that may be folded away has something to show that the others do not.

    What is worked out from such inputs stays folded with them; a build-up that adds nothing to the salary, too.
    """
    if column.key in BUILD_UP and not any(row["full_time"] == 1 or row["plus"] == 1 for row in rows):
        return False
    inputs = [c.key for c in sheet.columns if c.extra and c.kind is Kind.INPUT]
    if inputs and column.kind is Kind.COST and all(row[key] in (None, "") for row in rows for key in inputs):
        return False
    nothing = (None, "") if column.kind is Kind.INPUT else (None, "", 0)
    return any(row[column.key] not in nothing for row in rows)


def _set_width(page: Any, index: int, column: Column, used: bool) -> None:  # noqa: FBT001
    options: dict[str, Any] = {}
    if column.kind is Kind.HELPER:
        options = {"hidden": True}
    elif column.extra:
        options = {"level": 1, "hidden": not used}
    page.set_column(index, index, column.width, None, options)


def looks_of(column: Column) -> Mapping[str, object]:
    """Say how a cell of the column looks."""
    looks: dict[str, object] = {
        "border": 1, "border_color": LINE, "num_format": _number_format(column), "indent": 1,
    }  # fmt: skip
    if column.holds in (*WRAPPED, Holds.YES_NO, Holds.DATE):
        looks |= {"align": "left", "text_wrap": True}
    else:
        looks |= {"align": "right"}
    if column.kind is Kind.INPUT:
        looks |= {"bg_color": CREAM, "locked": False}
    if column.key == "look_at":
        looks |= {"font_color": BRICK, "font_size": 10, "valign": "vcenter"}
    return looks


def _number_format(column: Column) -> str:
    if column.kind is not Kind.INPUT and column.holds in (Holds.TEXT, Holds.LONG_TEXT, Holds.YES_NO):
        return "General"
    if column.holds is Holds.NUMBER and column.kind is Kind.COST:
        return "0.0"
    if column.holds is Holds.MONEY and column.kind is Kind.INPUT:
        return "£#,##0.00"
    if column.key in AS_TEXT and column.kind is Kind.INPUT:
        return "@"
    return NUMBER_FORMATS[column.holds]


def _set_heights(page: Any, sheet: Sheet, rows: list[Row], size: int) -> None:
    """Make each row as high as its longest text needs; rows that hold none are 20 points."""
    for place in range(size):
        lines = 1
        if place < len(rows):
            shown = [c for c in sheet.columns if c.kind is not Kind.HELPER and c.holds in WRAPPED]
            lines = max((lines_of(str(rows[place][c.key] or ""), c.width) for c in shown), default=1)
        page.set_row(sheet.first_row - 1 + place, max(20, 5 + LINE_HEIGHT * lines))


def lines_of(text: str, width: int) -> int:
    """Estimate the lines that a text takes in a column so many characters wide."""
    room = max(int(width * 1.1) - 2, 4)
    return sum(max(1, -(-len(part) // room)) for part in text.split("\n"))


def _add_entry_checks(pen: Pen, page: Any, sheet: Sheet, size: int) -> None:
    for column in sheet.columns:
        if column.kind is Kind.INPUT:
            letter = sheet.letter(column.key)
            place = f"{letter}{sheet.first_row}:{letter}{sheet.first_row + size - 1}"
            add_entry_check(pen, page, place, column)
