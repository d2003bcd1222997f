"""What every sheet has: a title, the line that says whether anything is wrong, protection, and a page that prints."""

from typing import Any

from provision_costing.workbook.columns import Column, Holds
from provision_costing.workbook.pen import BRICK, CREAM, GREY, LINE, NAVY, Pen

A4 = 9
FOOTER = "&L&8&K5B6472Confidential: contains information about children&C&8&K5B6472&A&R&8&K5B6472Page &P of &N"
TO_CHECK = (
    '=HYPERLINK("#\'Check\'!A1",IF(check_things=0,"Check: nothing to look at",IF(check_things=1,'
    '"Check: 1 thing to look at","Check: "&check_things&" things to look at")))'
)
USED = '=IF(override_line="","",override_line)'
KEY = "cream: you fill in · white: worked out for you"
UNLOCKED = {
    "format_columns": True, "format_rows": True, "autofilter": True, "select_locked_cells": True, "sort": True,
}  # fmt: skip
ON_ENTRY = {
    Holds.MONEY: ("decimal", "an amount in pounds"), Holds.NUMBER: ("decimal", "a number"),
    Holds.WHOLE: ("integer", "a whole number"),
}  # fmt: skip
EARLIEST, LATEST = "=DATE(2000,1,1)", "=DATE(2099,12,31)"
MOST_TITLE, MOST_MESSAGE = 32, 255


def things_to_look_at(count: int) -> str:
    """Say in words how many checks found something."""
    if count == 0:
        return "Check: nothing to look at"
    return f"Check: {count} thing{'s' if count > 1 else ''} to look at"


def write_top(pen: Pen, sheet: Any, title: str, advice: str, things: int) -> None:
    """Write the title, the advice and the link to the Check sheet in rows 1 to 3."""
    sheet.hide_gridlines(2)
    sheet.set_row(0, 30)
    pen.put(sheet, "A1", title, font_size=20, font_color=NAVY)
    pen.put(sheet, "A2", advice, font_color=GREY)
    said = things_to_look_at(things)
    pen.formula(sheet, "A3", TO_CHECK, said, font_color=BRICK if things else NAVY, underline=1, bold=True)


def write_key(pen: Pen, sheet: Any, row: int = 4) -> None:
    """Write the key of colours."""
    pen.put(sheet, f"A{row}", None, bg_color=CREAM, border=1, border_color=LINE)
    pen.put(sheet, f"B{row}", KEY, font_color=GREY, italic=True)


def write_override_line(pen: Pen, sheet: Any, place: str, said: str, formula: str = USED) -> None:
    """Write across a row which values of its own the school uses, or nothing; there is room for two lines."""
    looks: dict[str, object] = {"font_color": BRICK, "bold": True, "text_wrap": True, "valign": "top", "align": "left"}
    first = place.split(":", 1)[0]
    sheet.merge_range(place, "", pen.format(**looks))
    pen.formula(sheet, first, formula, said, **looks)
    sheet.set_row(int(first[1:]) - 1, 32)


def set_page(sheet: Any, last_column: int, last_row: int, *, repeat: int = 0, portrait: bool = False) -> None:
    """Set A4, one page wide, to the last row counted from 1, with the header row repeated, then protect the sheet."""
    sheet.set_paper(A4)
    if portrait:
        sheet.set_portrait()
    else:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.print_area(0, 0, last_row - 1, last_column)
    sheet.set_footer(FOOTER)
    if repeat:
        sheet.repeat_rows(repeat - 1)
    sheet.protect("", UNLOCKED)


def add_entry_check(pen: Pen, sheet: Any, place: str, column: Column) -> None:
    """Check what is typed into an input cell, and show its prompt when it is chosen."""
    options: dict[str, Any] = {
        "input_title": column.heading[:MOST_TITLE], "input_message": column.prompt[:MOST_MESSAGE],
        "error_title": column.heading[:MOST_TITLE],
    }  # fmt: skip
    sheet.data_validation(place, options | _entry_rule(pen, column))


def _entry_rule(pen: Pen, column: Column) -> dict[str, Any]:
    if column.choices:
        named = column.choices.replace(".", "_") if "." in column.choices else f"List_{column.choices}"
        pen.used.add(named)
        where = column.choices.split(".")[0]
        said = f"Choose from the list: it is the {where} sheet's." if "." in column.choices else "Choose from the list."
        return {"validate": "list", "source": f"={named}", "ignore_blank": False, "error_message": said}
    if column.holds is Holds.DATE:
        return {"validate": "date", "criteria": "between", "minimum": EARLIEST, "maximum": LATEST,
                "error_message": "Type a date, such as 01/09/2026."}  # fmt: skip
    if column.holds in ON_ENTRY:
        validate, what = ON_ENTRY[column.holds]
        least = column.least if column.least is not None else 0
        most = column.most if column.most is not None else 100000000
        return {"validate": validate, "criteria": "between", "minimum": least, "maximum": most,
                "error_message": f"Type {what} between {least:,g} and {most:,.0f}, without words."}  # fmt: skip
    return {"validate": "any"}
