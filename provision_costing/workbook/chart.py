"""The Chart sheet: what each pupil's provision costs, the costliest first, against the Element 2 line."""

from typing import Any

from provision_costing.workbook.layout import letters
from provision_costing.workbook.pages import set_page, write_override_line, write_top
from provision_costing.workbook.pen import NAVY, Pen
from provision_costing.workbook.school_page import override_line
from provision_costing.workbook.worked import Value

SLOTS_BLANK, FEWEST_SLOTS, MOST_SLOTS, STEP = 30, 10, 60, 5
FIRST_COLUMN = 40  # of the chart's figures on the Lists sheet
PARTS = (
    ("direct", "Direct provision", NAVY),
    ("resources", "Resources", "#5B8DB8"),
    ("general", "General share", "#B9CDE3"),
)
LINE_COLOUR = "#C0392B"


def slots_of(pen: Pen) -> int:
    """Give the places on the chart: all pupils and some to come, up to sixty."""
    pupils = len(pen.rows["Summary"])
    if pen.worked.is_blank:
        return SLOTS_BLANK
    return min(MOST_SLOTS, max(FEWEST_SLOTS, -(-(pupils + 2) // STEP) * STEP))


def write_chart(pen: Pen, things: int) -> None:
    """Write the figures to the hidden sheet and the chart to its own."""
    slots = slots_of(pen)
    _write_figures(pen, slots)
    sheet = pen.book.get_worksheet_by_name("Chart")
    advice = f"Each pupil's year, the costliest first (up to {slots} pupils), against the Element 2 line."
    write_top(pen, sheet, "What each pupil's provision costs", advice, things)
    write_override_line(pen, sheet, "A4:R4", override_line(pen.worked))
    chart = _combined(pen, slots)
    chart.set_size({"width": 1180, "height": 640})
    sheet.insert_chart("A6", chart, {"description": _alt_text(pen), "object_position": 2})
    sheet.set_column(0, 17, 9)
    set_page(sheet, 17, 39)


def _alt_text(pen: Pen) -> str:
    cost = pen.worked.cost
    above = sum(p.above_element_2 > 0 for p in cost.pupils)
    return (
        "Columns for each pupil's direct provision, resources and general share, the costliest first, with a line "
        f"at Element 2. When this was made, {above} of {len(cost.pupils)} pupils were above the line."
    )


def _write_figures(pen: Pen, slots: int) -> None:
    """Write the pupils in the order of their totals, a row each; an empty place shows nothing."""
    lists = pen.book.get_worksheet_by_name("Lists")
    order = sorted(range(len(pen.rows["Summary"])), key=lambda i: -float(str(pen.rows["Summary"][i]["chart_key"])))
    columns = ("chart place", "reference", *(key for key, _, _ in PARTS), "Element 2")
    for offset, heading in enumerate(columns):
        pen.put(lists, f"{letters(FIRST_COLUMN + offset)}1", heading, bold=True)
    at = letters(FIRST_COLUMN)
    for number in range(1, slots + 1):
        row = number + 1
        place = order[number - 1] if number <= len(order) else None
        found = f"=IFERROR(MATCH(LARGE(Summary_chart_key,{number}),Summary_chart_key,0),0)"
        pen.formula(lists, f"{at}{row}", found, 0 if place is None else place + 1)
        for offset, key in enumerate(("reference", *(k for k, _, _ in PARTS)), 1):
            value: Value = "" if place is None else pen.rows["Summary"][place][key]
            formula = f'=IF({at}{row}=0,"",INDEX(Summary_{key},{at}{row}))'
            pen.formula(lists, f"{letters(FIRST_COLUMN + offset)}{row}", formula, value)
        pen.formula(lists, f"{letters(FIRST_COLUMN + 5)}{row}", "=pol_element_2_threshold",
                    pen.worked.policy.element_2_threshold)  # fmt: skip


def _combined(pen: Pen, slots: int) -> Any:
    columns = pen.book.add_chart({"type": "column", "subtype": "stacked"})
    references = ["Lists", 1, FIRST_COLUMN + 1, slots, FIRST_COLUMN + 1]
    for offset, (_, name, colour) in enumerate(PARTS, 2):
        column = FIRST_COLUMN + offset
        columns.add_series({
            "name": name, "categories": references, "values": ["Lists", 1, column, slots, column],
            "fill": {"color": colour}, "gap": 40,
        })  # fmt: skip
    line = pen.book.add_chart({"type": "line"})
    line.add_series({
        "name": "Element 2", "categories": references,
        "values": ["Lists", 1, FIRST_COLUMN + 5, slots, FIRST_COLUMN + 5],
        "line": {"color": LINE_COLOUR, "width": 2.25, "dash_type": "dash"},
    })  # fmt: skip
    columns.combine(line)
    columns.set_title({"none": True})
    columns.set_x_axis({"num_font": {"size": 9, "rotation": -45 if slots > 12 else 0}, "name": "Pupil reference"})
    columns.set_y_axis({
        "num_format": "£#,##0", "min": 0, "major_gridlines": {"visible": True, "line": {"color": "#E3E7EE"}},
        "name": "Pounds a year", "line": {"none": True},
    })  # fmt: skip
    columns.set_legend({"position": "top"})
    columns.show_hidden_data()
    columns.show_blanks_as("gap")
    return columns
