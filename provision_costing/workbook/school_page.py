"""The School sheet: the school, the year, and the policy values with the school's own beside the authority's."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from provision_costing.model import Override, School
from provision_costing.money import plain, pounds
from provision_costing.policy import VALUES, Entry
from provision_costing.workbook.columns import Cell, Column, Holds
from provision_costing.workbook.layout import POLICY_FIRST_ROW, POLICY_HEADER_ROW, POLICY_VALUES, SCHOOL_CELLS
from provision_costing.workbook.pages import add_entry_check, set_page, write_key, write_override_line, write_top
from provision_costing.workbook.pen import BRICK, CREAM, GREY, LINE, NAVY, NUMBER_FORMATS, SOFT, Pen
from provision_costing.workbook.tables import lines_of
from provision_costing.workbook.worked import Value, Worked

BOXED: Mapping[str, object] = {"border": 1, "border_color": LINE, "indent": 1, "align": "left"}
INPUT: Mapping[str, object] = {**BOXED, "bg_color": CREAM, "locked": False, "text_wrap": True}
HEADING: Mapping[str, object] = {**BOXED, "bold": True, "font_color": "white", "bg_color": NAVY, "text_wrap": True}
TITLE: Mapping[str, object] = {"bold": True, "font_size": 13, "font_color": NAVY}
OVERRIDE_ROW = POLICY_FIRST_ROW + len(POLICY_VALUES) + 1
SOURCES_ROW = OVERRIDE_ROW + 3
LABELS = {f.name: (f.metadata["label"], f.metadata["unit"]) for f in VALUES}
ADVICE = "Start here. The policy values are the authority's; give one of your own only if it agreed to it."
NO_REASON = "no reason given"


def write_school(pen: Pen, things: int) -> None:
    """Write the sheet and name the values that formulas use."""
    sheet = pen.book.get_worksheet_by_name("School")
    write_top(pen, sheet, "The school and the policy", ADVICE, things)
    write_key(pen, sheet)
    for column, width in enumerate((2, 40, 30, 22, 46, 16)):
        sheet.set_column(column, column, width)
    sheet.set_column(6, 6, 30, None, {"hidden": True})
    _write_cells(pen, sheet)
    _write_policy_values(pen, sheet)
    last = _write_sources(pen, sheet)
    sheet.freeze_panes(4, 0)
    set_page(sheet, 5, last)


def _write_cells(pen: Pen, sheet: Any) -> None:
    school = pen.worked.provision_map.school
    policy = pen.worked.authority
    for cell in SCHOOL_CELLS:
        value = cell_value(school, cell)
        if cell.key in ("policy", "policy_date"):
            value = policy.name if cell.key == "policy" else policy.on
        sheet.set_row(cell.row - 1, 20)
        pen.put(sheet, f"B{cell.row}", cell.label, **BOXED)
        shown = "£#,##0.00" if cell.holds is Holds.MONEY else NUMBER_FORMATS[cell.holds]
        pen.put(sheet, cell.address, value, **INPUT, num_format=shown)
        pen.put(sheet, f"D{cell.row}", cell.prompt, font_color=GREY, italic=True, indent=1)
        column = Column(key=cell.key, heading=cell.label, holds=cell.holds, prompt=cell.prompt, choices=cell.choices)
        add_entry_check(pen, sheet, cell.address, column)
        pen.name(f"school_{cell.key}", f"School!$C${cell.row}")


def cell_value(school: School, cell: Cell) -> Value:
    """Give what an input cell of the School sheet holds; No is left empty."""
    value: Value = getattr(school, cell.key)
    return ("Yes" if value else None) if cell.holds is Holds.YES_NO else value


def _write_policy_values(pen: Pen, sheet: Any) -> None:
    headings = ("Policy value", "Authority's value", "Your own value, if any", "Your reason", "Value used")
    for letter, heading in zip("BCDEF", headings, strict=True):
        pen.put(sheet, f"{letter}{POLICY_HEADER_ROW}", heading, **HEADING)
    own = own_values(pen.worked)
    for row, name in enumerate(POLICY_VALUES, POLICY_FIRST_ROW):
        _write_policy_value(pen, sheet, row, (name, own.get(name)))
    parts = "&".join(f"G{POLICY_FIRST_ROW + i}" for i in range(len(POLICY_VALUES)))
    formula = f'=IF({parts}="","","This school uses "&MID({parts},3,900)&".")'
    write_override_line(pen, sheet, f"B{OVERRIDE_ROW}:F{OVERRIDE_ROW}", override_line(pen.worked), formula)
    pen.name("override_line", f"School!$B${OVERRIDE_ROW}")
    pen.name("own_values", f"School!$D${POLICY_FIRST_ROW}:$D${POLICY_FIRST_ROW + len(POLICY_VALUES) - 1}")
    pen.name("own_reasons", f"School!$E${POLICY_FIRST_ROW}:$E${POLICY_FIRST_ROW + len(POLICY_VALUES) - 1}")


def _write_policy_value(pen: Pen, sheet: Any, row: int, said: tuple[str, Override | None]) -> None:
    name, own = said
    label, unit = LABELS[name]
    number = {**BOXED, "num_format": "£#,##0.00" if unit.startswith("£") else "General"}
    published = pen.worked.authority.entries[name].value
    sheet.set_row(row - 1, 20)
    pen.put(sheet, f"B{row}", label, **BOXED)
    pen.put(sheet, f"C{row}", published, **number)
    pen.put(sheet, f"D{row}", own.value if own else None, **{**number, "bg_color": CREAM, "locked": False})
    pen.put(sheet, f"E{row}", own.reason if own else None, **INPUT, num_format="@")
    pen.formula(sheet, f"F{row}", f'=IF(D{row}="",C{row},D{row})', own.value if own else published,
                **number, bold=True, bg_color=SOFT)  # fmt: skip
    words = f'"{instead_of(name)}"'
    formula = f'=IF(D{row}="","","; "&D{row}&" in place of "&C{row}&" for “"&{words}&"” ("&'
    formula += f'IF(E{row}="","{NO_REASON}","its reason: "&E{row})&")")'
    pen.formula(sheet, f"G{row}", formula, f"; {_override_words(own, published)}" if own else "")
    pen.name(f"pol_{name}", f"School!$F${row}")
    add_entry_check(pen, sheet, f"D{row}", Column(
        key=name, heading="Your own value", holds=Holds.NUMBER, least=0.01, most=100000,
        prompt="Leave empty to use the authority's value. Your own value is shown wherever it counts."))  # fmt: skip
    add_entry_check(pen, sheet, f"E{row}", Column(
        key="reason", heading="Your reason", holds=Holds.TEXT,
        prompt="Why this school's value differs, and who agreed to it."))  # fmt: skip


def instead_of(name: str) -> str:
    """Name a policy value in the middle of a sentence."""
    label = str(LABELS[name][0])
    return label[0].lower() + label[1:] if not label.startswith("Element") else label


def own_values(worked: Worked) -> dict[str, Override]:
    """Give the school's own values by name."""
    return {o.name: o for o in worked.provision_map.school.overrides}


def _override_words(own: Override, published: Decimal) -> str:
    reason = f"its reason: {own.reason}" if own.reason else NO_REASON
    return f"{plain(own.value)} in place of {plain(published)} for “{instead_of(own.name)}” ({reason})"


def override_line(worked: Worked) -> str:
    """Say which values of its own the school uses, in place of which, and why; empty when it uses none."""
    own = own_values(worked)
    said = [_override_words(own[n], worked.authority.entries[n].value) for n in POLICY_VALUES if n in own]
    return f"This school uses {'; '.join(said)}." if said else ""


def _write_sources(pen: Pen, sheet: Any) -> int:
    """Say for each value of the policy where it comes from, and give the last row."""
    policy = pen.worked.authority
    pen.put(sheet, f"B{SOURCES_ROW - 1}", "Where the policy's values come from", **TITLE)
    for letters, heading in (("B", "Policy value"), ("C", "Value"), ("D", "Document, and from when")):
        pen.put(sheet, f"{letters}{SOURCES_ROW}", heading, **HEADING)
    sheet.merge_range(f"D{SOURCES_ROW}:F{SOURCES_ROW}", "Document, and from when", pen.format(**HEADING))
    row = SOURCES_ROW
    for row, (name, entry) in enumerate(policy.entries.items(), SOURCES_ROW + 1):
        _write_source(pen, sheet, row, (str(LABELS[name][0]), entry))
    for warning in policy.superseded:
        row += 1
        looks = {"font_color": BRICK, "bold": True, "text_wrap": True, "align": "left", "valign": "top"}
        sheet.merge_range(f"B{row}:F{row}", f"Take note: {warning}", pen.format(**looks))
        sheet.set_row(row - 1, 8 + 15 * lines_of(warning, 140))
    return row


def _write_source(pen: Pen, sheet: Any, row: int, said: tuple[str, Entry]) -> None:
    label, entry = said
    document = f"{entry.citation.title}, {entry.citation.published}; from {entry.starts:%d/%m/%Y}"
    document += f". {entry.note}" if entry.note else ""
    value = in_words(entry.value)
    wrapped = {**BOXED, "text_wrap": True, "valign": "top", "font_size": 10}
    pen.put(sheet, f"B{row}", label, **wrapped)
    pen.put(sheet, f"C{row}", value, **wrapped)
    sheet.merge_range(f"D{row}:F{row}", document, pen.format(**wrapped))
    sheet.set_row(row - 1, 5 + 14 * max(lines_of(value, 32), lines_of(document, 88), lines_of(label, 40)))


def in_words(value: object) -> str:
    """Write a policy value for a person."""
    match value:
        case Mapping():
            return ", ".join(f"{key}: {in_words(part)}" for key, part in value.items())
        case tuple():
            return ", ".join(str(part) for part in value)
        case Decimal() if value >= 100:
            return pounds(value).removesuffix(".00")
        case Decimal():
            return plain(value)
    return str(value).replace("_", " ")
