"""Write the whole-school workbook: native formulas, each with its true value beside it; no macro, no add-in."""

import io
from datetime import UTC, datetime

from provision_costing.errors import WorkbookError
from provision_costing.model import ProvisionMap
from provision_costing.policy import Policy
from provision_costing.workbook.calendar_page import write_calendar
from provision_costing.workbook.chart import write_chart
from provision_costing.workbook.check_page import things, write_check
from provision_costing.workbook.faults import look_at
from provision_costing.workbook.guide import write_guide
from provision_costing.workbook.inclusion_page import inclusion_rows, inclusion_size, write_inclusion
from provision_costing.workbook.layout import HIDDEN, INCLUSION, SHEET_ORDER, SUMMARY, TABLES, TITLE, WHAT_IF
from provision_costing.workbook.lists import write_lists
from provision_costing.workbook.map_page import write_map
from provision_costing.workbook.pen import Pen
from provision_costing.workbook.rows import table_rows
from provision_costing.workbook.school_page import write_school
from provision_costing.workbook.summary import summary_rows, write_summary
from provision_costing.workbook.tables import name_columns, write_tables
from provision_costing.workbook.what_if_page import what_if_rows, write_what_if
from provision_costing.workbook.worked import Row, Worked, work
from provision_costing.workbook.years_page import write_years

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
    rows = all_rows(worked)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_urls": False}) as book:
        book.set_properties({"title": TITLE, "created": MADE, "author": "", "company": ""})
        book.set_calc_mode("auto")
        for name in SHEET_ORDER:
            page = book.add_worksheet(name)
            page.set_tab_color(TAB_COLOURS.get(name, INPUT_TAB))
            # XlsxWriter looks in every formula for functions that need a prefix, which takes half the time of writing.
            # Ours need none: they keep to what Excel 2010 knows, and a test says so.
            page._prepare_formula = _as_written
        _write_sheets(Pen(book=book, worked=worked, rows=rows))
    return buffer.getvalue()


def _as_written(formula: str, expand_future_functions: bool = False) -> str:  # noqa: FBT001, FBT002 - its signature
    return formula.removeprefix("=")


def all_rows(worked: Worked) -> dict[str, list[Row]]:
    """Work every row of every table, in the order in which one needs the other."""
    rows = table_rows(worked)
    look_at(rows, worked)
    rows["Summary"] = summary_rows(worked, rows)
    rows["What-if"] = what_if_rows(worked, rows)
    rows["Inclusion"] = inclusion_rows(worked, rows)
    return rows


def _write_sheets(pen: Pen) -> None:
    for sheet in TABLES:
        name_columns(pen, sheet, pen.worked.sizes[sheet.name])
    for pupils in (SUMMARY, WHAT_IF):
        name_columns(pen, pupils, pen.worked.sizes["Pupils"])
    name_columns(pen, INCLUSION, inclusion_size(pen.worked))
    found = things(pen)
    write_guide(pen, found)
    write_school(pen, found)
    write_tables(pen, found)
    write_summary(pen, found)
    write_chart(pen, found)
    write_map(pen, found)
    write_check(pen)
    write_years(pen, found)
    write_what_if(pen, found)
    write_inclusion(pen, found)
    write_lists(pen)
    write_calendar(pen)
    for name in HIDDEN:
        pen.book.get_worksheet_by_name(name).hide()
    pen.book.get_worksheet_by_name("Guide").activate()
    pen.define_names()
