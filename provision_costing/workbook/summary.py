"""The Summary sheet: the whole school's figures above, each pupil's year below."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from provision_costing.costing import PupilCost, add
from provision_costing.model import AreaOfNeed
from provision_costing.money import exact, to_pence
from provision_costing.policy import Placing
from provision_costing.workbook.layout import SUMMARY, YEAR_GROUPS
from provision_costing.workbook.pages import set_page, write_override_line, write_top
from provision_costing.workbook.pen import BRICK, LINE, MONEY, NAVY, SOFT, Pen
from provision_costing.workbook.school_page import override_line
from provision_costing.workbook.tables import write_table
from provision_costing.workbook.worked import Charge, Row, Value, Worked

Figure = tuple[str, str, Value, str]  # label, formula, value, number format
TOP = 7  # the first row of the blocks
COUNTED = 'Allocations_exact,Allocations_counts,"Yes"'
PERCENT = "0.0%"
WAVES = ((1, "Wave 1"), (2, "Wave 2"), (3, "Wave 3"), (9, "No wave given"))


def summary_rows(worked: Worked, rows: dict[str, list[Row]]) -> list[Row]:
    """Work each pupil's year, in the order of the Pupils sheet."""
    edges = sorted((worked.policy.increments or {}).values())
    reviews = [int(str(r["pupil_row"] or 0)) for r in rows["Reviews"] if r["has_date"]]
    made = []
    for number, (pupil, cost) in enumerate(zip(rows["Pupils"], worked.cost.pupils, strict=True), 1):
        excess = cost.total - worked.policy.element_2_threshold
        made.append({
            "reference": pupil["key"], "year_group": pupil["year_group"] or "", "sen_status": pupil["sen_status"] or "",
            "direct": cost.direct, "resources": cost.resources, "general": cost.general, "total": cost.total,
            "above_element_2": cost.above_element_2, "not_counted": cost.not_counted,
            "reviews_held": reviews.count(number), "excess": excess, "place": _place(cost, excess, edges, worked),
            "chart_key": float(cost.total) - number / 10000000,
        } | _placement(cost))  # fmt: skip
    return made


def _placement(cost: PupilCost) -> Row:
    placed = cost.placement
    if placed is None:
        return {"increment": "", "to_next": ""}
    return {"increment": placed.name or placed.remark, "to_next": "" if placed.to_next is None else placed.to_next}


def _place(cost: PupilCost, excess: Decimal, edges: Sequence[Decimal], worked: Worked) -> Value:
    if cost.placement is None or cost.pupil.sen_status == "E" or excess <= 0:
        return ""
    if worked.policy.increment_placing is Placing.LARGEST_NOT_ABOVE:
        return sum(edge <= excess for edge in edges)
    return sum(edge < excess for edge in edges) + 1


def write_summary(pen: Pen, things: int) -> None:
    """Write the sheet."""
    sheet = pen.book.get_worksheet_by_name("Summary")
    write_top(pen, sheet, "Summary", SUMMARY.advice, things)
    write_override_line(pen, sheet, "A4:L4", override_line(pen.worked))
    rows, size = pen.rows["Summary"], pen.worked.sizes["Pupils"]
    write_table(pen, sheet, SUMMARY, rows, size)
    _write_block(pen, sheet, ("A", "B", "C"), "The whole school", whole_school(pen.worked))
    areas = by_area(pen.worked)
    _write_block(pen, sheet, ("E", "G", "H"), "By wave", by_wave(pen.worked))
    _write_block(pen, sheet, ("E", "G", "H"), "By area of need", areas, TOP + 9)
    _write_years(pen, sheet)
    heading = {"bold": True, "font_size": 13, "font_color": NAVY}
    pen.put(sheet, f"A{SUMMARY.header_row - 1}", "Each pupil", **heading)
    for warning in pen.worked.authority.superseded:
        pen.put(sheet, "A5", f"Take note: {warning}", font_color=BRICK, font_size=10)
    sheet.freeze_panes(4, 1)
    printed = size if pen.worked.is_blank else max(1, len(rows))
    last = next(i for i, c in enumerate(SUMMARY.columns) if c.key == "reviews_held")
    set_page(sheet, last, SUMMARY.header_row + printed, repeat=SUMMARY.header_row)


def _write_block(
    pen: Pen, sheet: Any, columns: tuple[str, str, str], title: str, figures: Sequence[Figure], row: int = TOP
) -> None:
    first, last, amounts = columns
    heading = pen.format(bold=True, font_color="white", bg_color=NAVY, indent=1)
    sheet.merge_range(f"{first}{row - 1}:{amounts}{row - 1}", title, heading)
    box = {"border": 1, "border_color": LINE, "indent": 1}
    for place, (label, formula, value, shown) in enumerate(figures, row):
        bold = label.startswith(("Total", "Left"))
        looks = {**box, "bold": bold, "bg_color": SOFT if bold else "white"}
        sheet.merge_range(f"{first}{place}:{last}{place}", label, pen.format(**looks, align="left"))
        pen.formula(sheet, f"{amounts}{place}", formula, value, **looks, num_format=shown, align="right")


def _pence(worked: Worked, keep: Callable[[Charge], bool]) -> Decimal:
    return to_pence(add(c.exact for c in worked.lines.values() if keep(c)))


def whole_school(worked: Worked) -> list[Figure]:
    """Work the school's own figures, each with its formula."""
    cost, budget = worked.cost, worked.provision_map.school.notional_sen_budget
    shared = to_pence(exact(sum((p.general for p in cost.pupils), Decimal(0))))
    above = [p.above_element_2 for p in cost.pupils if p.above_element_2 > 0]
    placed = to_pence(exact(sum(above, Decimal(0))))
    total = cost.total
    return [
        ("Direct provision", f"=ROUND(SUMIFS({COUNTED},Allocations_is_resource,0),2)",
         _pence(worked, lambda c: c.counts and not c.is_resource), MONEY),
        ("Resources", f"=ROUND(SUMIFS({COUNTED},Allocations_is_resource,1),2)",
         _pence(worked, lambda c: c.counts and c.is_resource), MONEY),
        ("General provision shared", "=ROUND(SUM(Summary_general),2)", shared, MONEY),
        ("Total that counts", f"=ROUND(SUMIFS({COUNTED})+SUM(Summary_general),2)", total, MONEY),
        ("General, part of the total", f'=IF(C{TOP + 3}=0,"–",C{TOP + 2}/C{TOP + 3})',
         Fraction(shared) / Fraction(total) if total else "–", PERCENT),
        ("General, shared by nobody", "=ROUND(sum_general-SUM(Summary_general),2)", cost.general - shared, MONEY),
        ("Not counted: other funds", '=ROUND(SUMIFS(Allocations_exact,Allocations_counts,"No"),2)',
         _pence(worked, lambda c: not c.counts), MONEY),
        ("Notional SEN budget", '=IF(N(school_notional_sen_budget)=0,"–",school_notional_sen_budget)',
         budget or "–", MONEY),
        ("Left of the budget", f'=IF(N(school_notional_sen_budget)=0,"–",ROUND(C{TOP + 7}-C{TOP + 3},2))',
         budget - total if budget else "–", MONEY),
        ("Spent of the budget", f'=IF(N(school_notional_sen_budget)=0,"–",C{TOP + 3}/C{TOP + 7})',
         Fraction(total) / Fraction(budget) if budget else "–", PERCENT),
        ("Pupils on the map", '=COUNTIF(Pupils_key,"?*")', len(cost.pupils), "0"),
        ("of these, with SEN", "=sum_sharing", sum(p.pupil.has_sen for p in cost.pupils), "0"),
        ("of these, above Element 2", '=COUNTIF(Summary_above_element_2,">0")', len(above), "0"),
        ("Sum above Element 2", "=ROUND(SUM(Summary_above_element_2),2)", placed, MONEY),
    ]  # fmt: skip


def by_wave(worked: Worked) -> list[Figure]:
    """Work what counts by wave."""
    waves = {n: int(p.wave) if p.wave else 9 for n, p in enumerate(worked.provision_map.provisions, 1)}

    def figure(wave: int, words: str) -> Figure:
        chosen = _pence(worked, lambda c: c.counts and not c.is_resource and waves[c.item_row] == wave)
        return (words, f"=ROUND(SUMIFS({COUNTED},Allocations_wave,{wave}),2)", chosen, MONEY)

    return [
        *(figure(wave, words) for wave, words in WAVES),
        ("Resources", f"=C{TOP + 1}", _pence(worked, lambda c: c.counts and c.is_resource), MONEY),
        ("General provision shared", f"=C{TOP + 2}", whole_school(worked)[2][2], MONEY),
        ("Total that counts", f"=C{TOP + 3}", worked.cost.total, MONEY),
    ]  # fmt: skip


def by_area(worked: Worked) -> list[Figure]:
    """Work what counts of direct provision by the area of need that it serves."""
    areas = {n: p.area_of_need or "" for n, p in enumerate(worked.provision_map.provisions, 1)}

    def figure(label: str, area: str, condition: str) -> Figure:
        chosen = _pence(worked, lambda c: c.counts and not c.is_resource and areas[c.item_row] == area)
        return (label, f"=ROUND(SUMIFS({COUNTED},Allocations_is_resource,0,{condition}),2)", chosen, MONEY)

    named = [figure(area, area, f'Allocations_area_of_need,"{area}"') for area in AreaOfNeed]
    direct = f"C{TOP}"
    listed = "+".join(f'SUMIFS({COUNTED},Allocations_area_of_need,"{area}")' for area in AreaOfNeed)
    none = _pence(worked, lambda c: c.counts and not c.is_resource and areas[c.item_row] == "")
    whole = _pence(worked, lambda c: c.counts and not c.is_resource)
    unnamed = f"=ROUND(SUMIFS({COUNTED},Allocations_is_resource,0)-({listed}),2)"
    return [*named, ("No area given", unnamed, none, MONEY), ("Total of direct provision", f"={direct}", whole, MONEY)]


def _write_years(pen: Pen, sheet: Any) -> None:
    heading = {"bold": True, "font_color": "white", "bg_color": NAVY, "indent": 1}
    for letter, title in zip("JKL", ("Year group", "Total", "Pupils"), strict=True):
        pen.put(sheet, f"{letter}{TOP - 1}", title, **heading)
    box = {"border": 1, "border_color": LINE, "indent": 1}
    for row, (label, place) in enumerate([(y, i) for i, y in enumerate(YEAR_GROUPS, 1)] + [("Not given", 0)], TOP):
        pen.put(sheet, f"J{row}", label, **box, align="left")
        total, count = _year(pen, place)
        amount = f"SUMIFS({COUNTED},Allocations_year_place,{place})+SUMIFS(Summary_general,Pupils_year_place,{place})"
        pen.formula(sheet, f"K{row}", f"=ROUND({amount},2)", total, **box, num_format=MONEY, align="right")
        pen.formula(
            sheet, f"L{row}", f"=COUNTIF(Pupils_year_place,{place})", count, **box, num_format='0;-0;"–"', align="right"
        )


def _year(pen: Pen, place: int) -> tuple[Decimal, int]:
    places = [row["year_place"] for row in pen.rows["Pupils"]]
    shares = [exact(p.general) for p, held in zip(pen.worked.cost.pupils, places, strict=True) if held == place]
    lines = [c.exact for c in pen.worked.lines.values() if c.counts and places[c.pupil_row - 1] == place]
    return to_pence(add([*lines, *shares])), places.count(place)
