"""audit.xlsx: what an officer opens after an audit."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from provision_costing.batch.submissions import Submission
from provision_costing.batch.summaries import by_rule, by_school
from provision_costing.batch.tables import Row, findings_table, pupils_table, submissions_table

MOST_FINDINGS = 20_000  # rows of one sheet that a desktop machine filters without waiting; the CSV holds them all
_MONEY = {
    "effect", "stated_total", "direct", "resources", "general", "total", "above_element_2", "to_next_edge",
    "not_counted",
}  # fmt: skip
_WIDTHS = {
    "message": 70, "fix": 60, "reason": 60, "notes": 50, "file": 34, "school": 26, "area_of_need": 30, "title": 52,
    "status": 22, "form": 18, "sheet": 16, "increment": 18, "policy": 18, "what": 34, "figure": 22,
}  # fmt: skip


def audit_workbook(submissions: Sequence[Submission], on: date, passed_over: Sequence[str]) -> bytes:
    """Write the audit as a workbook: an overview, then schools, rules, pupils and findings, each with a filter."""
    import xlsxwriter

    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "Audit of provision maps", "created": datetime(on.year, on.month, on.day)})  # noqa: DTZ001
    formats = _formats(book)
    findings = findings_table(submissions)
    _overview(book, formats, submissions, passed_over, len(findings[1]))
    _sheet(book, formats, "Submissions", submissions_table(submissions))
    _sheet(book, formats, "By school", by_school(submissions))
    _sheet(book, formats, "By rule", by_rule(submissions))
    _sheet(book, formats, "Pupils", pupils_table(submissions))
    _sheet(book, formats, "Findings", (findings[0], findings[1][:MOST_FINDINGS]))
    book.close()
    return data.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    text = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
    return {
        "title": book.add_format({**text, "font_size": 20, "bold": True, "font_color": "#1F3864"}),
        "head": book.add_format(
            {
                **text,
                "bold": True,
                "font_color": "#FFFFFF",
                "bg_color": "#1F3864",
                "text_wrap": True,
                "valign": "vcenter",
            }
        ),
        "text": book.add_format({**text, "text_wrap": True}),
        "money": book.add_format({**text, "num_format": '£#,##0.00;[Red]-£#,##0.00;"–"'}),
        "whole": book.add_format({**text, "num_format": "#,##0"}),
        "date": book.add_format({**text, "num_format": "dd/mm/yyyy", "align": "left"}),
        "error": book.add_format({**text, "bold": True, "font_color": "#9C0006", "bg_color": "#FFE2E0"}),
        "query": book.add_format({**text, "font_color": "#7F6000", "bg_color": "#FFF4CC"}),
    }


def _sheet(book: Any, formats: dict[str, Any], name: str, table: tuple[list[str], list[Row]]) -> None:
    heading, rows = table
    sheet = book.add_worksheet(name)
    _page(sheet, rows=1)
    for column, key in enumerate(heading):
        sheet.set_column(column, column, _WIDTHS.get(key, 13))
        sheet.write_string(0, column, key.replace("_", " ").capitalize(), formats["head"])
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            _write(sheet, formats, (number, column), value, heading[column])
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows), 1), len(heading) - 1)
    if not rows:
        sheet.write_string(1, 0, "Nothing to list.", formats["text"])


def _write(sheet: Any, formats: dict[str, Any], at: tuple[int, int], value: Any, key: str) -> None:
    if value is None or value == "":
        sheet.write_blank(*at, None, formats["text"])
    elif isinstance(value, date):
        sheet.write_datetime(*at, datetime(value.year, value.month, value.day), formats["date"])  # noqa: DTZ001
    elif isinstance(value, str):
        look = formats.get(value, formats["text"]) if key == "severity" else formats["text"]
        sheet.write_string(*at, value[:32_000], look)
    else:
        is_money = isinstance(value, Decimal) or key in _MONEY
        sheet.write_number(*at, value, formats["money" if is_money else "whole"])


def _page(sheet: Any, *, rows: int) -> None:
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, rows - 1)
    sheet.set_footer("&L&8Confidential: contains information about children&R&8Page &P of &N")


def _overview(
    book: Any, formats: dict[str, Any], submissions: Sequence[Submission], passed_over: Sequence[str], found: int
) -> None:
    from provision_costing.batch.overview import overview_lines

    sheet = book.add_worksheet("Overview")
    _page(sheet, rows=1)
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, "Audit of provision maps", formats["title"])
    lines = overview_lines(submissions, passed_over)
    if found > MOST_FINDINGS:
        lines.append(("Findings sheet", f"The first {MOST_FINDINGS:,} of {found:,}; findings.csv has them all."))
    for number, (label, text) in enumerate(lines, 2):
        sheet.write_string(number, 0, label, formats["text"])
        sheet.write_string(number, 1, text, formats["text"])
