"""The Years sheet: the same money by financial and by academic year, adding up to the map's total to the penny."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import floor
from typing import Any

from provision_costing.money import apportion, exact, to_places
from provision_costing.workbook.pages import set_page, write_override_line, write_top
from provision_costing.workbook.pen import GREY, LINE, MONEY, NAVY, Pen
from provision_costing.workbook.school_page import override_line
from provision_costing.workbook.summary import COUNTED, TOP
from provision_costing.workbook.worked import Value, Worked
from provision_costing.years import YearKind, spent_until

ADVICE = "For the budget: the map's total by school days, April to March and September to August."
KINDS = ((YearKind.FINANCIAL, 4, 7), (YearKind.ACADEMIC, 9, 13))  # the month it begins in, the first row
PARTS = 3  # that one map can have: two new years inside fourteen months
HEADINGS = (("Year", 26), ("From", 14), ("To", 14), ("Part of the total", 18))
NOTE = "Each part is what falls between its days; the parts add up to the total on the Summary sheet, to the penny."
HELPERS = ("until", "weight", "pence", "rest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the map's money, with what its formulas come to on the way."""

    label: str
    starts: date
    ends: date
    until: Fraction
    weight: Fraction
    pence: int
    rest: Decimal
    total: Decimal


def parts_of(worked: Worked, month: int) -> list[Part]:
    """Work the parts of one kind of year; none where the map gives no days to count by."""
    days = worked.days
    if days.diary is None or days.first is None or days.last is None:
        return []
    starts = [days.first, *(cut for cut in days.cuts if cut.month == month)][:PARTS]
    ends = [*(s - timedelta(days=1) for s in starts[1:]), days.last]
    until = [Fraction(0), *(spent_until(end, worked.cost, days.diary, worked.policy) for end in ends)]
    weights = [later - earlier for earlier, later in pairwise(until)]
    used = weights if any(weights) else [Fraction(1), *(Fraction(0) for _ in weights[1:])]
    totals = apportion(worked.cost.total, used)
    ideals = [exact(worked.cost.total) * 100 * w / sum(used) for w in used]
    return [
        Part(label=_label(start, month), starts=start, ends=ends[k], until=until[k + 1], weight=weights[k],
             pence=floor(ideals[k]), rest=to_places((ideals[k] - floor(ideals[k])) * 10000000, 0), total=totals[k])
        for k, start in enumerate(starts)
    ]  # fmt: skip


def _label(day: date, month: int) -> str:
    year = day.year if day.month >= month else day.year - 1
    return f"{year}-{(year + 1) % 100:02d}"


def write_years(pen: Pen, things: int) -> None:
    """Write the sheet."""
    sheet = pen.book.get_worksheet_by_name("Years")
    write_top(pen, sheet, "Financial and academic years", ADVICE, things)
    write_override_line(pen, sheet, "A4:D4", override_line(pen.worked))
    for column, (_, width) in enumerate(HEADINGS):
        sheet.set_column(column, column, width)
    sheet.set_column(5, 9, 12, None, {"hidden": True})
    for kind, month, row in KINDS:
        _write_kind(pen, sheet, (kind, month, row))
    sheet.merge_range("A18:D18", NOTE, pen.format(font_color=GREY, text_wrap=True, align="left", valign="top"))
    sheet.set_row(17, 36)
    set_page(sheet, 3, 18, portrait=True)


def _write_kind(pen: Pen, sheet: Any, said: tuple[YearKind, int, int]) -> None:
    kind, month, row = said
    heading = {"bold": True, "font_color": "white", "bg_color": NAVY, "indent": 1, "border": 1, "border_color": LINE}
    for letter, (title, _) in zip("ABCD", HEADINGS, strict=True):
        pen.put(sheet, f"{letter}{row - 1}", kind.value if title == "Year" else title, **heading)
    parts = parts_of(pen.worked, month)
    for place in range(PARTS):
        _write_part(pen, sheet, (row, place, month), parts[place] if place < len(parts) else None)
    spare = int(pen.worked.cost.total * 100) - sum(p.pence for p in parts) if parts else ""
    whole = f"ROUND(Summary!$C${TOP + 3}*100,0)"
    pen.formula(sheet, f"J{row}", f'=IF(F{row}="","",{whole}-SUM(H{row}:H{row + PARTS - 1}))', spare)


def _next_start(start: str, month: int) -> str:
    """Find the next year that begins inside the map, after a day."""
    found = '""'
    for k in (3, 2, 1):
        is_next = f"AND(MONTH(N(cal_cut_{k}))={month},N(cal_cut_{k})>{start})"
        found = f"IF({is_next},cal_cut_{k},{found})"
    return f'IF({start}="","",{found})'


def _write_part(pen: Pen, sheet: Any, at: tuple[int, int, int], part: Part | None) -> None:
    first, place, month = at
    row, last = first + place, first + PARTS - 1
    box = {"border": 1, "border_color": LINE, "indent": 1, "align": "left"}
    begins = f"MONTH(B{row})>={month}"
    label = f'YEAR(B{row})-IF({begins},0,1)&"-"&RIGHT(YEAR(B{row})+IF({begins},1,0),2)'
    start = 'IF(cal_days=0,"",cal_first)' if place == 0 else _next_start(f"B{row - 1}", month)
    following = _next_start(f"B{row}", month)
    shown: Sequence[tuple[str, str, Value, str]] = (
        ("A", f'=IF(B{row}="","",{label})', part.label if part else "", "General"),
        ("B", f"={start}", part.starts if part else "", "dd/mm/yyyy"),
        ("C", f'=IF(B{row}="","",IF({following}="",cal_last,{following}-1))', part.ends if part else "", "dd/mm/yyyy"),
        ("D", f'=IF(B{row}="","",(H{row}+IF(COUNTIF(I${first}:I${last},">"&I{row})+COUNTIF(I${first}:I{row},I{row})'
         f"<=J${first},1,0))/100)", part.total if part else "", MONEY),
    )  # fmt: skip
    for letter, formula, value, shape in shown:
        pen.formula(sheet, f"{letter}{row}", formula, value, **box, num_format=shape)
    _write_working(pen, sheet, (row, first, following), part)


def _write_working(pen: Pen, sheet: Any, at: tuple[int, int, str], part: Part | None) -> None:
    """Write the hidden cells: what is spent up to the part's end, its weight, its whole pence and what they leave."""
    row, first, following = at
    last = first + PARTS - 1
    spent = [f'SUMIFS(Allocations_cut_{k},Allocations_counts,"Yes")+SUM(Summary_general)*cal_at_{k}/cal_days'
             for k in (1, 2, 3)]  # fmt: skip
    everything = f"SUMIFS({COUNTED})+SUM(Summary_general)"
    chosen = f"IF({following}=cal_cut_1,{spent[0]},IF({following}=cal_cut_2,{spent[1]},{spent[2]}))"
    before = f"-F{row - 1}" if row > first else ""
    none = f"ROUND(SUM(G${first}:G${last}),9)=0"
    whole = f"ROUND(Summary!$C${TOP + 3}*100,0)"
    ideal = f"IF({none},IF({row}={first},{whole},0),{whole}*G{row}/SUM(G${first}:G${last}))"
    cells: Sequence[tuple[str, str, Value]] = (
        ("F", f'IF({following}="",{everything},{chosen})', part.until if part else ""),
        ("G", f"F{row}{before}", part.weight if part else ""),
        ("H", f"INT(ROUND({ideal},7))", part.pence if part else ""),
        ("I", f"ROUND(({ideal}-H{row})*10000000,0)", part.rest if part else ""),
    )
    for letter, formula, value in cells:
        pen.formula(sheet, f"{letter}{row}", f'=IF(B{row}="","",{formula})', value)
