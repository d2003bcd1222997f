"""The What-if sheet: a pay award, other weeks, one group's size or one role's rate, and what comes of it."""

from typing import Any

from provision_costing.costing import PupilCost
from provision_costing.model import SenStatus
from provision_costing.workbook.columns import Column, Holds
from provision_costing.workbook.layout import WHAT_IF
from provision_costing.workbook.pages import add_entry_check, set_page, write_override_line, write_top
from provision_costing.workbook.pen import CREAM, GREY, LINE, MONEY, NAVY, SOFT, Pen
from provision_costing.workbook.school_page import override_line
from provision_costing.workbook.summary import TOP
from provision_costing.workbook.tables import write_table
from provision_costing.workbook.worked import Row, Value, Worked

FIRST_INPUT = 6
INPUTS = (
    Column(key="award", heading="Pay award, per cent", holds=Holds.NUMBER, least=-50, most=100,
           prompt="3.2 for 3.2%: on every salary, pay point, hourly cost and published rate. Empty: none."),
    Column(key="weeks", heading="Weeks of provision in a year", holds=Holds.NUMBER, least=0.01, most=53,
           prompt="In place of the weeks on the School sheet. Empty: as it is."),
    Column(key="code", heading="Provision", holds=Holds.CHOICE, choices="Provision.code",
           prompt="The code of one provision whose group would have another size."),
    Column(key="size", heading="Its group size", holds=Holds.WHOLE, least=1, most=60,
           prompt="Pupils who would share each session, on every day of the year."),
    Column(key="role", heading="Role", holds=Holds.CHOICE, choices="Staff.role",
           prompt="A role that would have another hourly rate."),
    Column(key="rate", heading="Its hourly rate", holds=Holds.MONEY, least=0, most=500,
           prompt="Pounds an hour, on-costs included. A pay award does not raise it."),
)  # fmt: skip
FIGURES = FIRST_INPUT + len(INPUTS) + 1  # the first row of the school's own figures


def what_if_rows(worked: Worked, rows: dict[str, list[Row]]) -> list[Row]:
    """Give each pupil's row; nothing is tried in a workbook that is just written, so then is as now."""
    made = []
    for row, cost in zip(rows["Summary"], worked.cost.pupils, strict=True):
        keys = ("reference", "sen_status", "weight", "pence", "rest", "general", "excess", "measured", "place",
                "increment", "total")  # fmt: skip
        where = _where(cost)
        kept: Row = {key: row[key] for key in keys}
        made.append(kept | {"now": cost.total, "difference": 0, "crosses": "", "was": where, "becomes": where})
    return made


def _where(cost: PupilCost) -> str:
    if cost.placement is not None and cost.pupil.sen_status is not SenStatus.PLAN:
        return cost.placement.name or cost.placement.remark
    return "above Element 2" if cost.above_element_2 > 0 else "within Element 2"


def write_what_if(pen: Pen, things: int) -> None:
    """Write the sheet."""
    sheet = pen.book.get_worksheet_by_name("What-if")
    write_top(pen, sheet, "What if", WHAT_IF.advice, things)
    write_override_line(pen, sheet, "A4:E4", override_line(pen.worked))
    rows, size = pen.rows["What-if"], pen.worked.sizes["Pupils"]
    write_table(pen, sheet, WHAT_IF, rows, size)
    heading = {"bold": True, "font_size": 13, "font_color": NAVY}
    pen.put(sheet, f"A{FIRST_INPUT - 1}", "What would change", **heading)
    pen.put(sheet, f"A{WHAT_IF.header_row - 1}", "Each pupil", **heading)
    for row, column in enumerate(INPUTS, FIRST_INPUT):
        _write_input(pen, sheet, row, column)
    _write_figures(pen, sheet)
    sheet.freeze_panes(4, 1)
    printed = size if pen.worked.is_blank else max(1, len(rows))
    set_page(sheet, 4, WHAT_IF.header_row + printed, repeat=WHAT_IF.header_row)


def _write_input(pen: Pen, sheet: Any, row: int, column: Column) -> None:
    box = {"border": 1, "border_color": LINE, "indent": 1, "align": "left"}
    sheet.merge_range(f"A{row}:C{row}", column.heading, pen.format(**box))
    shown = "£#,##0.00" if column.holds is Holds.MONEY else "@" if column.choices else "General"
    pen.put(sheet, f"D{row}", None, **box, bg_color=CREAM, locked=False, num_format=shown)
    pen.put(sheet, f"E{row}", column.prompt, font_color=GREY, italic=True, indent=1, text_wrap=True, font_size=10)
    pen.name(f"what_if_{column.key}", f"'What-if'!$D${row}")
    add_entry_check(pen, sheet, f"D{row}", column)
    sheet.set_row(row - 1, 30)


def _write_figures(pen: Pen, sheet: Any) -> None:
    now = pen.worked.cost.total
    box = {"border": 1, "border_color": LINE, "indent": 1}
    lines: tuple[tuple[str, str, Value, str], ...] = (
        ("The school's total now", f"=Summary!C{TOP + 3}", now, MONEY),
        ("The school's total then", "=ROUND(SUM(Allocations_counted_then)+SUM(WhatIf_general),2)", now, MONEY),
        ("Difference", f"=ROUND(D{FIGURES + 1}-D{FIGURES},2)", 0, MONEY),
        ("Pupils who cross an edge", '=COUNTIF(WhatIf_crosses,"?*")', 0, "0"),
    )
    for row, (label, formula, value, shape) in enumerate(lines, FIGURES):
        sheet.merge_range(f"A{row}:C{row}", label, pen.format(**box, align="left", bg_color=SOFT, bold=True))
        pen.formula(sheet, f"D{row}", formula, value, **box, num_format=shape, align="right", bg_color=SOFT, bold=True)
