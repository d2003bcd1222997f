"""The Inclusion sheet: what a school publishes of its inclusive provision, with what each line is to cost."""

from decimal import Decimal

from provision_costing.inclusion import inclusion_lines
from provision_costing.workbook.layout import INCLUSION
from provision_costing.workbook.pages import set_page, write_top
from provision_costing.workbook.pen import MONEY, NAVY, Pen
from provision_costing.workbook.tables import write_table
from provision_costing.workbook.worked import Row, Value, Worked


def inclusion_size(worked: Worked) -> int:
    """Give the rows ready: one for each row of the three sheets that it lists."""
    return sum(worked.sizes[name] for name in ("Provision", "Resources", "General"))


def inclusion_rows(worked: Worked, rows: dict[str, list[Row]]) -> list[Row]:
    """Give a row for each provision, resource and general cost, in the order of their sheets."""
    lines = inclusion_lines(worked.settled, worked.cost, worked.policy)
    kinds = [(kind, place, row.get("key", "")) for kind, name in enumerate(("Provision", "Resources", "General"), 1)
             for place, row in enumerate(rows[name], 1)]  # fmt: skip
    return [
        {
            "description": line.description, "code": code, "reach": line.reach, "paid_from": line.paid_from,
            "cost": "" if line.cost is None else line.cost, "kind": kind, "place": place,
        }
        for line, (kind, place, code) in zip(lines, kinds, strict=True)
    ]  # fmt: skip


def write_inclusion(pen: Pen, things: int) -> None:
    """Write the sheet."""
    sheet = pen.book.get_worksheet_by_name("Inclusion")
    write_top(pen, sheet, "Inclusion strategy: budgeted provision", INCLUSION.advice, things)
    rows, size = pen.rows["Inclusion"], inclusion_size(pen.worked)
    empty: dict[str, Value] = {"kind": 0, "place": 0}
    write_table(pen, sheet, INCLUSION, rows, size, empty)
    total = sum((row["cost"] for row in rows if isinstance(row["cost"], Decimal)), Decimal(0))
    pen.put(sheet, "C4", "All of it:", bold=True, align="right", font_color=NAVY)
    pen.formula(sheet, "D4", "=ROUND(SUM(Inclusion_cost),2)", total, bold=True, num_format=MONEY, font_color=NAVY)
    sheet.freeze_panes(INCLUSION.header_row, 1)
    printed = 40 if pen.worked.is_blank else max(1, len(rows))
    set_page(sheet, 4, INCLUSION.header_row + printed, repeat=INCLUSION.header_row)
