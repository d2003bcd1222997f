"""Write the whole-school workbook: native formulas, each with its true value beside it; no macro, no add-in."""

import io
from datetime import UTC, datetime

from provision_costing.errors import WorkbookError
from provision_costing.model import ProvisionMap
from provision_costing.policy import Policy
from provision_costing.workbook.chart import write_chart
from provision_costing.workbook.check_page import things, write_check
from provision_costing.workbook.faults import look_at
from provision_costing.workbook.guide import write_guide
from provision_costing.workbook.layout import SHEET_ORDER, SUMMARY, TABLES, TITLE
from provision_costing.workbook.lists import write_lists
from provision_costing.workbook.map_page import write_map
from provision_costing.workbook.pen import Pen
from provision_costing.workbook.rows import table_rows
from provision_costing.workbook.school_page import write_school
from provision_costing.workbook.summary import summary_rows, write_summary
from provision_costing.workbook.tables import name_columns, write_tables
from provision_costing.workbook.worked import work

# The same map gives the same bytes, whenever it is written.
MADE = datetime(2026, 9, 1, tzinfo=UTC).replace(tzinfo=None)
TAB_COLOURS = {
    "Guide": "#5B6472", "Check": "#9C2A10", "Summary": "#1F3864", "Chart": "#1F3864", "Map": "#1F3864",
}  # fmt: skip
INPUT_TAB = "#E8B33F"


def write_workbook(provision_map: ProvisionMap, policy: Policy) -> bytes:
    """Write a map as a workbook that costs itself; an empty map gives the blank template.

    `policy` is the authority's own: the school's values in `provision_map.school.overrides` are put beside it here.
    Raises WorkbookError for what the workbook cannot hold (a third role, a row without its code), PolicyError for an
    override that no school can set.
    """
    import xlsxwriter

    if policy.overrides:
        raise WorkbookError("Give the authority's policy; the school's own values belong on the map.")
    worked = work(provision_map, policy)
    rows = table_rows(worked)
    look_at(rows, worked)
    rows["Summary"] = summary_rows(worked, rows)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_urls": False}) as book:
        book.set_properties({"title": TITLE, "created": MADE, "author": "", "company": ""})
        book.set_calc_mode("auto")
        for name in SHEET_ORDER:
            book.add_worksheet(name).set_tab_color(TAB_COLOURS.get(name, INPUT_TAB))
        _write_sheets(Pen(book=book, worked=worked, rows=rows))
    return buffer.getvalue()


def _write_sheets(pen: Pen) -> None:
    for sheet in TABLES:
        name_columns(pen, sheet, pen.worked.sizes[sheet.name])
    name_columns(pen, SUMMARY, pen.worked.sizes["Pupils"])
    found = things(pen)
    write_guide(pen, found)
    write_school(pen, found)
    write_tables(pen, found)
    write_summary(pen, found)
    write_chart(pen, found)
    write_map(pen, found)
    write_check(pen)
    write_lists(pen)
    pen.book.get_worksheet_by_name("Lists").hide()
    pen.book.get_worksheet_by_name("Guide").activate()
    pen.define_names()
