"""Writes individual pupil maps as schools send them: one table of text, worked out by hand."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO

HEADINGS = ("Outcome", "Intervention", "Staff / pupil ratio", "Staff", "Weekly duration", "Weekly cost", "Annual cost")
WIDTHS = (34, 32, 11, 18, 26, 18, 12)
BUILT = datetime(2026, 9, 1, tzinfo=UTC)  # a fixed day, so that the same map gives the same bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class IndividualMap:
    """What stands on the sheet, all as text: a title, labels above the table, rows, and the total."""

    title: str
    labels: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]
    total: str

    def with_cell(self, row: int, heading: str, text: str) -> "IndividualMap":
        """Change one cell, as a person does; rows count from 1."""
        changed = list(self.rows[row - 1])
        changed[HEADINGS.index(heading)] = text
        return replace(self, rows=(*self.rows[: row - 1], tuple(changed), *self.rows[row:]))


# The pupil support map of year 3 in Waltham Forest's guide: its figures as printed, slips and all, in short words.
GUIDE_YEAR_3 = IndividualMap(
    title="Pupil support map: Year 3, actual costs",
    labels=(("Pupil reference:", "Y3-01"), ("Year group:", "3")),
    rows=(
        ("Level 2c in literacy and numeracy", "Literacy and numeracy in class", "4:1", "HLTA", "2 hrs per day = 10 hrs",
         "£175 ÷ 4 £43.75", "£1662"),
        ("Ten minutes' play with one other child", "Social skills group", "8:1", "Learning mentor",
         "5 x 30mins per week = 2.5 hrs", "£43.75 ÷8= £5.46", "£208"),
        ("Adds to talk in a small group", "Language programme", "6:1", "Teaching Assistant",
         "2 x 30 mins per week = 1 hr", "£17.50 ÷ 6= £2.92", "£111"),
        ("Gets about the site", "Physiotherapy programme", "1:1", "Teaching Assistant",
         "5 x 30 mins per week = 2.5 hrs", "£43.00", "£1660"),
        ("Ten minutes' play with one other child", "Social skills group at lunch-time", "1:3", "Teaching Assistant",
         "5 x 1 hr = 5 hrs ÷ 3", "£29.16", "£1108"),
        ("Tells a trusted adult about feelings", "Daily session with a learning mentor", "1:1", "Learning Mentor",
         "5 x 30 mins = 2.5 hrs", "£58.30", "£2232"),
    ),
    total="£6981",
)  # fmt: skip

# A sound map, which each faulty one changes in one cell. At the guide's rates: £17.50 and £23.50 an hour, 38 weeks.
SOUND = IndividualMap(
    title="Pupil support map",
    labels=(("Pupil reference:", "FX-07"), ("Year group:", "4"), ("School:", "Fernhollow Primary (invented)")),
    rows=(
        ("By July will read 60 words on sight, so that class texts can be begun alone", "Reading practice", "1:1",
         "Teaching Assistant", "5 x 20 mins per week", "£29.17", "£1108.33"),
        ("By July will ask and answer in the group, so that talk is shared", "Language programme", "1:8",
         "Teaching Assistant", "2 x 30 mins per week = 1 hr", "£2.19", "£83.13"),
        ("By Easter will tell an adult about a worry, so that days at home are fewer", "Mentoring", "1:1",
         "Learning Mentor", "2 x 30 mins per week = 1 hr", "£23.50", "£893.00"),
    ),
    total="£2084.46",
)  # fmt: skip


def write_individual(of: IndividualMap) -> bytes:
    """Write the sheet: a merged title, labels, the table, and the row of the total."""
    import xlsxwriter

    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"title": of.title, "created": BUILT})
    sheet = book.add_worksheet("Pupil map")
    bold = book.add_format({"bold": True})
    head = book.add_format({"bold": True, "bg_color": "#D9E2EC", "border": 1, "text_wrap": True, "valign": "top"})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    total = book.add_format({"bold": True, "border": 1, "align": "right"})
    sheet.merge_range(0, 0, 0, 6, of.title, book.add_format({"bold": True, "font_size": 14}))
    for row, (label, text) in enumerate(of.labels, 1):
        sheet.write_string(row, 0, label, bold)
        sheet.write_string(row, 1, text)
    top = len(of.labels) + 2
    for column, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
        sheet.write_string(top, column, heading, head)
        sheet.set_column(column, column, width)
    sheet.set_row(top, 32)
    for row, texts in enumerate(of.rows, top + 1):
        sheet.set_row(row, 48 if max(map(len, texts)) > WIDTHS[0] + 4 else 32)
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text, cell)
    last = top + 1 + len(of.rows)
    sheet.merge_range(last, 0, last, 5, "Total", total)
    sheet.write_string(last, 6, of.total, total)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    book.close()
    return target.getvalue()
