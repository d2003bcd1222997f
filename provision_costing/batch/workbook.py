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
LINE_HEIGHT = 15  # points
_WIDTHS = {
    "message": 62, "fix": 46, "reason": 60, "file": 34, "school": 28, "area_of_need": 30, "title": 56, "status": 24,
    "sheet": 13, "increment": 20, "severity": 10, "code": 9, "cell": 7, "pupil": 12, "pupils": 9, "errors": 9,
    "queries": 9, "findings": 10, "files": 8, "year_group": 8, "sen_status": 8,
}  # fmt: skip
# What an officer reads on screen; the CSV files hold every column.
_SUBMISSIONS = (
    "file", "status", "school", "pupils", "provisions", "errors", "queries", "stated_total", "total", "rows_left_out",
    "reason",
)  # fmt: skip
_PUPILS = (
    "school", "file", "pupil", "year_group", "sen_status", "stated_total", "total", "above_element_2", "increment",
    "to_next_edge", "stated_band", "complete",
)  # fmt: skip
_FINDINGS = ("severity", "code", "file", "sheet", "cell", "pupil", "message", "fix", "effect")

Table = tuple[list[str], list[Row]]


def audit_workbook(submissions: Sequence[Submission], on: date, passed_over: Sequence[str]) -> bytes:
    """Write the audit as a workbook: an overview, then schools, rules, pupils and findings, each with a filter."""
    import xlsxwriter

    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "Audit of provision maps", "created": datetime(on.year, on.month, on.day)})  # noqa: DTZ001
    formats = _formats(book)
    findings = _pick(findings_table(submissions), _FINDINGS)
    _overview(book, formats, submissions, passed_over, len(findings[1]))
    _sheet(book, formats, "Submissions", _pick(submissions_table(submissions), _SUBMISSIONS))
    _sheet(book, formats, "By school", by_school(submissions))
    _sheet(book, formats, "By rule", by_rule(submissions))
    _sheet(book, formats, "Pupils", _pick(pupils_table(submissions), _PUPILS))
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


def _pick(table: Table, names: Sequence[str]) -> Table:
    heading, rows = table
    places = [heading.index(name) for name in names]
    return list(names), [[row[place] for place in places] for row in rows]


def _sheet(book: Any, formats: dict[str, Any], name: str, table: Table) -> None:
    heading, rows = table
    sheet = book.add_worksheet(name)
    _page(sheet, rows=1)
    widths = [_WIDTHS.get(key, 13) for key in heading]
    sheet.set_row(0, 2 * LINE_HEIGHT + 4)
    for column, key in enumerate(heading):
        sheet.set_column(column, column, widths[column])
        sheet.write_string(0, column, key.replace("_", " ").capitalize(), formats["head"])
    for number, row in enumerate(rows, 1):
        sheet.set_row(number, _height(row, widths))
        for column, value in enumerate(row):
            _write(sheet, formats, (number, column), value, heading[column])
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows), 1), len(heading) - 1)
    if not rows:
        sheet.write_string(1, 0, "Nothing to list.", formats["text"])


def _height(row: Row, widths: Sequence[int]) -> int:
    """Give the points that a row's longest text needs: no program grows the rows of a file that it only opens."""
    lines = [_lines(value, width) for value, width in zip(row, widths, strict=True) if isinstance(value, str)]
    return min(LINE_HEIGHT * max(lines, default=1) + 3, 400)


def _lines(text: str, width: int) -> int:
    return sum(max(1, -(-len(part) // max(width - 2, 1))) for part in text.split("\n"))


def _write(sheet: Any, formats: dict[str, Any], at: tuple[int, int], value: Any, key: str) -> None:
    if value is None or value == "":
        sheet.write_blank(*at, None, formats["text"])
    elif isinstance(value, date):
        sheet.write_datetime(*at, datetime(value.year, value.month, value.day), formats["date"])  # noqa: DTZ001
    elif isinstance(value, str):
        look = formats.get(value, formats["text"]) if key == "severity" else formats["text"]
        sheet.write_string(*at, value[:32_000], look)
    else:
        sheet.write_number(*at, value, formats["money" if isinstance(value, Decimal) else "whole"])


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
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 100)
    sheet.set_row(0, 2 * LINE_HEIGHT)
    sheet.write_string(0, 0, "Audit of provision maps", formats["title"])
    lines = overview_lines(submissions, passed_over)
    if found > MOST_FINDINGS:
        lines.append(("Findings sheet", f"The first {MOST_FINDINGS:,} of {found:,}; findings.csv has them all."))
    for number, (label, text) in enumerate(lines, 2):
        sheet.set_row(number, _height([label, text], (30, 100)))
        sheet.write_string(number, 0, label, formats["text"])
        sheet.write_string(number, 1, text, formats["text"])
