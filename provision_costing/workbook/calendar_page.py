"""The hidden Calendar sheet: a row a day, with a running count of school days, so that dates become differences."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from provision_costing.model import School
from provision_costing.workbook.days import rows_needed
from provision_costing.workbook.formulas_provision import days_up_to
from provision_costing.workbook.pen import Pen
from provision_costing.workbook.worked import Value

FIRST_ROW = 3  # of the days; row 2 is the day before the first, with nothing counted yet
FACTS = ("cal_terms_first", "cal_terms_last", "cal_has_terms", "cal_first", "cal_last", "cal_days", "cal_as_at",
         "cal_cut_1", "cal_cut_2", "cal_cut_3", "cal_at_1", "cal_at_2", "cal_at_3", "cal_short")  # fmt: skip


def write_calendar(pen: Pen) -> None:
    """Write the sheet and name its parts."""
    sheet = pen.book.get_worksheet_by_name("Calendar")
    size = rows_needed(pen.worked.days)
    last = FIRST_ROW + size - 1
    for letter, heading in zip("ABCEF", ("Day", "In term", "School days so far", "Fact", "Value"), strict=True):
        pen.put(sheet, f"{letter}1", heading, bold=True)
    pen.put(sheet, "C2", 0)
    pen.name("cal_count", f"Calendar!$C$2:$C${last}")
    pen.name("cal_in_term", f"Calendar!$B${FIRST_ROW}:$B${last}")
    _write_days(pen, sheet, size)
    for row, (name, formula, value) in enumerate(_facts(pen, last), 2):
        pen.put(sheet, f"E{row}", name)
        pen.formula(sheet, f"F{row}", formula, value)
        pen.name(name, f"Calendar!$F${row}")
    sheet.set_column(0, 5, 14, pen.format(num_format="General"))


def _write_days(pen: Pen, sheet: Any, size: int) -> None:
    days = pen.worked.days
    in_term = _in_term(pen.worked.provision_map.school)
    so_far = 0
    for number in range(size):
        row = FIRST_ROW + number
        day = days.first + timedelta(days=number) if days.first else None
        shown = day if day and days.last and day <= days.last else None
        pen.formula(sheet, f"A{row}", f'=IF(cal_first=0,"",IF(cal_first+{number}>cal_last,"",cal_first+{number}))',
                    shown or "", num_format="dd/mm/yyyy")  # fmt: skip
        at = f"(cal_terms_first+{number})"
        flag = days.terms_first is not None and days.terms_first + timedelta(days=number) in in_term
        pen.formula(
            sheet, f"B{row}",
            f"=IF(OR(cal_terms_first=0,{at}>cal_terms_last),0,IF(AND(MOD({at},7)>1,COUNTIFS(Terms_first,"
            f'"<="&{at},Terms_last,">="&{at})>0,COUNTIF(Closures_day,{at})=0),1,0))', int(flag),
        )  # fmt: skip
        so_far = days.up_to(shown) if shown else so_far
        pen.formula(
            sheet, f"C{row}",
            f'=C{row - 1}+IF(A{row}="",0,IF(cal_has_terms=1,B{row},IF(AND(MOD(A{row},7)>1,'
            f"COUNTIF(Closures_day,A{row})=0),1,0)))", so_far,
        )  # fmt: skip


def _in_term(school: School) -> set[date]:
    """List the school days of the terms."""
    spans = [(t.starts, (t.ends - t.starts).days + 1) for t in school.terms if t.starts <= t.ends]
    days = {starts + timedelta(days=n) for starts, length in spans for n in range(length)}
    return {day for day in days - set(school.closures) if day.weekday() < 5}


def _next_year(day: str, month: int) -> str:
    """Find the first day of the next year that begins in a month, after a day."""
    return f"DATE(YEAR({day})+IF({day}<DATE(YEAR({day}),{month},1),0,1),{month},1)"


def _next_cut(day: str) -> str:
    following = f"MIN({_next_year(day, 4)},{_next_year(day, 9)})"
    return f'=IF(OR(cal_days=0,N({day})=0),"",IF({following}>cal_last,"",{following}))'


def _facts(pen: Pen, last: int) -> Sequence[tuple[str, str, Value]]:
    days = pen.worked.days
    cuts: list[Value] = [*days.cuts, "", "", ""]
    year = "IF(COUNT(school_starts,school_ends)<2,0,IF(N(school_starts)>N(school_ends),0,{}))"
    has_terms = int(days.diary is not None and days.diary.has_terms)
    values: tuple[tuple[str, Value], ...] = (
        ("=IF(COUNT(Terms_first)=0,0,MIN(Terms_first))", days.terms_first or 0),
        ("=IF(COUNT(Terms_last)=0,0,MAX(Terms_last))", days.terms_last or 0),
        ("=IF(SUM(cal_in_term)>0,1,0)", has_terms),
        (f"=IF(cal_has_terms=1,cal_terms_first,{year.format('school_starts')})", days.first or 0),
        (f"=IF(cal_has_terms=1,cal_terms_last,{year.format('school_ends')})", days.last or 0),
        (f"=C{last}", days.total),
        (f'=IF(OR(cal_days=0,N(school_as_at)=0),"",{days_up_to("school_as_at")})',
         "" if days.as_at is None else days.as_at),
        (_next_cut("cal_first"), cuts[0]), (_next_cut("cal_cut_1"), cuts[1]), (_next_cut("cal_cut_2"), cuts[2]),
        *((f'=IF(cal_cut_{k}="",cal_days,{days_up_to(f"cal_cut_{k}-1")})', days.at[k - 1]) for k in (1, 2, 3)),
        ("=IF(MAX(cal_last-cal_first,cal_terms_last-cal_terms_first)+1>ROWS(cal_in_term),1,0)", 0),
    )  # fmt: skip
    return [(name, formula, value) for name, (formula, value) in zip(FACTS, values, strict=True)]
