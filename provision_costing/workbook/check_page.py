"""The Check sheet: what is missing or doubtful, in words, how often, where first, and what to do."""

from dataclasses import dataclass
from typing import Any

from provision_costing.workbook.fault import Fault
from provision_costing.workbook.faults import FAULTS
from provision_costing.workbook.layout import TABLES
from provision_costing.workbook.pages import set_page, things_to_look_at
from provision_costing.workbook.pen import BRICK, GREY, LINE, NAVY, Pen
from provision_costing.workbook.tables import lines_of

HEADER_ROW = 5
HEADINGS = (("Sheet", 13), ("What is looked for", 44), ("Result", 16), ("Found", 8), ("First", 20), ("What to do", 78))
ADVICE = "What is missing or doubtful on this map. The same words stand in the “Look at” column of each row."
FIRST_ROWS = {sheet.name: sheet.first_row for sheet in TABLES}
PREFIXES = {sheet.name: sheet.prefix for sheet in TABLES}
AS_AT_OUTSIDE = "=IF(N(school_as_at)=0,0,IF(OR(cal_days=0,N(school_as_at)<cal_first,N(school_as_at)>cal_last),1,0))"
WITHOUT_REASON = '=COUNT(own_values)-COUNTIFS(own_values,">0",own_reasons,"?*")'
DATES_MISSING = "=IF(COUNT(school_starts,school_ends)<2,1,0)"
DATES_WRONG = "=IF(COUNT(school_starts,school_ends)<2,0,IF(N(school_starts)>N(school_ends),1,0))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line of the sheet: a formula that counts, with its true value."""

    sheet: str
    title: str
    count_formula: str
    count: int
    first_formula: str
    first: str
    advice: str
    is_query: bool


def checks(pen: Pen) -> list[Check]:
    """List every check with what it finds on this map."""
    return [*_of_school(pen), *(_of_rows(pen, fault) for fault in FAULTS)]


def _of_rows(pen: Pen, fault: Fault) -> Check:
    held = [fault.phrase in str(row["look_at"]) for row in pen.rows[fault.sheet]]
    offset = FIRST_ROWS[fault.sheet] - 1
    looked = f"{PREFIXES[fault.sheet]}_look_at"
    place = f'(MATCH("*{fault.phrase}*",{looked},0)+{offset})'
    return Check(
        sheet=fault.sheet, title=fault.phrase[0].upper() + fault.phrase[1:], is_query=fault.is_query,
        advice=fault.advice,
        count_formula=f'=COUNTIF({looked},"*{fault.phrase}*")', count=sum(held),
        first_formula=f'HYPERLINK("#\'{fault.sheet}\'!A"&{place},"{fault.sheet}, row "&{place})',
        first=f"{fault.sheet}, row {held.index(True) + 1 + offset}" if any(held) else "",
    )  # fmt: skip


def _of_school(pen: Pen) -> list[Check]:
    school, own = pen.worked.provision_map.school, {o.name: o for o in pen.worked.provision_map.school.overrides}
    both = school.starts is not None and school.ends is not None
    without_reason = sum(not o.reason for o in own.values())
    lines: tuple[tuple[str, str, int, str, bool], ...] = (
        ("No name of the school", '=IF(TRIM(school_name)="",1,0)', int(not school.name.strip()),
         "Give the school's name, which stands on the Map.", False),
        ("No first or last day", DATES_MISSING, int(not both),
         "Give the first and the last day of this map's year.", False),
        ("First day after the last", DATES_WRONG,
         int(bool(school.starts and school.ends and school.starts > school.ends)), "Put the two days in order.", False),
        ("Cost to date: day outside the year", AS_AT_OUTSIDE, _as_at_outside(pen),
         "Give a day between the first and the last day that costs are counted by.", False),
        ("More days than the calendar holds", "=cal_short", 0,
         "The hidden Calendar sheet holds about fourteen months: give the terms of one school year.", False),
        ("No notional SEN budget", "=IF(N(school_notional_sen_budget)=0,1,0)", int(not school.notional_sen_budget),
         "Give the school's notional SEN budget from its budget share, to see what is left of it.", True),
        ("Policy values of the school's own", "=COUNT(own_values)", len(own),
         "Keep them only if the authority agreed; each changes every cost. The Summary and the Map say which.", True),
        ("Policy value of the school's own without a reason", WITHOUT_REASON, without_reason,
         "Write the reason beside the value on the School sheet.", False),
        ("Policy values known to be replaced", f"={len(pen.worked.authority.superseded)}",
         len(pen.worked.authority.superseded),
         "Read the note at the foot of the School sheet, and ask the authority for the values in force.", True),
    )  # fmt: skip
    link = 'HYPERLINK("#\'School\'!C6","School")'
    return [
        Check(sheet="School", title=title, count_formula=formula, count=count, first_formula=link,
              first="School" if count else "", advice=advice, is_query=is_query)
        for title, formula, count, advice, is_query in lines
    ]  # fmt: skip


def _as_at_outside(pen: Pen) -> int:
    as_at, days = pen.worked.provision_map.school.as_at, pen.worked.days
    inside = as_at and days.total and days.first and days.last and days.first <= as_at <= days.last
    return int(bool(as_at) and not inside)


def things(pen: Pen) -> int:
    """Count the checks that find something."""
    return sum(check.count > 0 for check in checks(pen))


def write_check(pen: Pen) -> None:
    """Write the sheet."""
    sheet = pen.book.get_worksheet_by_name("Check")
    listed = checks(pen)
    sheet.hide_gridlines(2)
    sheet.set_row(0, 30)
    pen.put(sheet, "A1", "Check", font_size=20, font_color=NAVY)
    pen.put(sheet, "A2", ADVICE, font_color=GREY)
    last = HEADER_ROW + len(listed)
    found = sum(check.count > 0 for check in listed)
    formula = (
        '=IF(check_things=0,"Check: nothing to look at",IF(check_things=1,"Check: 1 thing to look at",'
        '"Check: "&check_things&" things to look at"))'
    )
    pen.formula(sheet, "A3", formula, things_to_look_at(found), bold=True, font_color=BRICK if found else NAVY)
    pen.formula(sheet, "H3", f'=COUNTIF($D${HEADER_ROW + 1}:$D${last},">0")', found)
    pen.name("check_things", "Check!$H$3")
    for column, (heading, width) in enumerate(HEADINGS):
        sheet.set_column(column, column, width)
        pen.put(sheet, f"{'ABCDEF'[column]}{HEADER_ROW}", heading, bold=True, font_color="white", bg_color=NAVY,
                indent=1, border=1, border_color=LINE)  # fmt: skip
    sheet.set_row(HEADER_ROW - 1, 22)
    sheet.set_column(7, 7, 6, None, {"hidden": True})
    for row, check in enumerate(listed, HEADER_ROW + 1):
        _write_line(pen, sheet, row, check)
    _colour(pen, sheet, last)
    sheet.freeze_panes(HEADER_ROW, 0)
    sheet.autofilter(HEADER_ROW - 1, 0, last - 1, len(HEADINGS) - 1)
    set_page(sheet, len(HEADINGS) - 1, last, repeat=HEADER_ROW)


def _write_line(pen: Pen, sheet: Any, row: int, check: Check) -> None:
    box = {"border": 1, "border_color": LINE, "indent": 1, "align": "left", "text_wrap": True}
    kind = "Ask yourself" if check.is_query else "Put right"
    pen.put(sheet, f"A{row}", check.sheet, **box)
    pen.put(sheet, f"B{row}", check.title, **box)
    pen.formula(sheet, f"C{row}", f'=IF(D{row}=0,"OK","{kind}")', kind if check.count else "OK", **box)
    pen.formula(sheet, f"D{row}", check.count_formula, check.count, **box, num_format='0;-0;"–"')
    pen.formula(sheet, f"E{row}", f'=IF(D{row}=0,"",{check.first_formula})', check.first, **box,
                underline=1 if check.count else 0, font_color=NAVY)  # fmt: skip
    pen.put(sheet, f"F{row}", check.advice, **box, font_color=GREY)
    sheet.set_row(row - 1, 5 + 15 * max(lines_of(check.advice, 78), lines_of(check.title, 44)))


def _colour(pen: Pen, sheet: Any, last: int) -> None:
    place = f"A{HEADER_ROW + 1}:E{last}"
    for kind, colour in (("Put right", "#FBDDD3"), ("Ask yourself", "#FFF0CC")):
        sheet.conditional_format(place, {
            "type": "formula", "criteria": f'=$C{HEADER_ROW + 1}="{kind}"',
            "format": pen.book.add_format({"bg_color": colour}),
        })  # fmt: skip
