"""The Summary sheet: the whole school's figures above, each pupil's year below."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

from provision_costing.costing import PupilCost, add
from provision_costing.element_1 import element_1
from provision_costing.model import AreaOfNeed
from provision_costing.money import exact, to_pence, to_places
from provision_costing.policy import Placing
from provision_costing.workbook.layout import SUMMARY, YEAR_GROUPS
from provision_costing.workbook.pages import set_page, write_override_line, write_top
from provision_costing.workbook.pen import BRICK, LINE, MONEY, NAVY, SOFT, Pen
from provision_costing.workbook.rows_allocations import weight_of
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
    made, general = [], _general_parts(worked)
    for number, (pupil, cost) in enumerate(zip(rows["Pupils"], worked.cost.pupils, strict=True), 1):
        excess = cost.total - worked.policy.element_2_threshold
        made.append({
            "reference": pupil["key"], "year_group": pupil["year_group"] or "", "sen_status": pupil["sen_status"] or "",
            "direct": cost.direct, "resources": cost.resources, "general": cost.general, "total": cost.total,
            "above_element_2": cost.above_element_2, "not_counted": cost.not_counted,
            "reviews_held": reviews.count(number), "excess": excess,
            "place": _place(cost, _measured(cost, worked), edges, worked),
            "measured": _measured(cost, worked), "to_date": "" if cost.to_date is None else cost.to_date,
            "chart_key": float(cost.total) - number / 10000000,
        } | _placement(cost) | general[number - 1])  # fmt: skip
    return made


def _measured(cost: PupilCost, worked: Worked) -> Decimal:
    """Give what the increments are compared with: the whole total where the policy counts them from nothing."""
    return cost.total - (Decimal(0) if worked.policy.bands_include_element_2 else worked.policy.element_2_threshold)


def _general_parts(worked: Worked) -> list[Row]:
    """Work what general provision is shared by, with the whole pence of each share and what was rounded down."""
    weights: dict[int, Fraction] = {}
    for place, charge in worked.lines.items():
        weights[charge.pupil_row] = weights.get(charge.pupil_row, Fraction(0)) + weight_of(worked, place, charge)
    sharing = [n for n, p in enumerate(worked.provision_map.pupils, 1) if p.has_sen]
    held = {n: weights.get(n, Fraction(0)) for n in sharing}
    equal = not any(held.values())
    parts: list[Row] = []
    for number in range(1, len(worked.provision_map.pupils) + 1):
        if number not in held:
            parts.append({"weight": "", "pence": "", "rest": ""})
            continue
        share = Fraction(1, len(sharing)) if equal else held[number] / sum(held.values(), Fraction(0))
        ideal = exact(worked.cost.general) * 100 * share
        pence = floor(ideal)
        rest = to_places((ideal - pence) * 10000000, 0)
        parts.append({"weight": held[number], "pence": pence, "rest": rest})
    return parts


def _placement(cost: PupilCost) -> Row:
    placed = cost.placement
    if placed is None:
        return {"increment": "", "to_next": ""}
    return {"increment": placed.name or placed.remark, "to_next": "" if placed.to_next is None else placed.to_next}


def _place(cost: PupilCost, measured: Decimal, edges: Sequence[Decimal], worked: Worked) -> Value:
    if cost.placement is None or cost.pupil.sen_status == "E" or cost.above_element_2 <= 0:
        return ""
    if worked.policy.increment_placing is Placing.LARGEST_NOT_ABOVE:
        return sum(edge <= measured for edge in edges)
    return sum(edge < measured for edge in edges) + 1


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
    shown = "reviews_held" if pen.worked.days.as_at is None else "to_date"
    last = next(i for i, c in enumerate(SUMMARY.columns) if c.key == shown)
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
    so_far = _to_date(worked)
    one = element_1(worked.provision_map.school)
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
        ("Cost to date", '=IF(cal_as_at="","–",ROUND(SUMIFS(Allocations_to_date,Allocations_counts,"Yes")'
         "+SUM(Summary_general)*cal_as_at/cal_days,2))", "–" if so_far is None else so_far, MONEY),
        ("Element 1, for information", '=IF(COUNT(Element1_exact)=0,"–",ROUND(SUM(Element1_exact),2))',
         "–" if one is None else one, MONEY),
    ]  # fmt: skip


def _to_date(worked: Worked) -> Decimal | None:
    """Give what of the whole total has been provided by the day of cost to date."""
    days = worked.days
    if days.as_at is None:
        return None
    done = [c.to_date or Fraction(0) for c in worked.lines.values() if c.counts]
    return to_pence(add([*done, *(exact(p.general) * days.as_at / days.total for p in worked.cost.pupils)]))


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
