"""The Map sheet: the whole school's provision on a page, wave by wave, with the pupils from each year group."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from provision_costing.money import plain
from provision_costing.workbook.layout import YEAR_GROUPS, letters
from provision_costing.workbook.pages import set_page, write_override_line, write_top
from provision_costing.workbook.pen import LINE, MONEY, NAVY, WAVE_COLOURS, Pen
from provision_costing.workbook.school_page import override_line
from provision_costing.workbook.tables import lines_of
from provision_costing.workbook.worked import Row, Value, Worked, plain_key, year_place

HEADER_ROW = 5
FIRST_YEAR = 7  # the column of N, counted from 0: H
WAVE_WORDS = {1: "Wave 1: for all", 2: "Wave 2: small groups", 3: "Wave 3: individual", 9: "No wave given"}
ADVICE = "All provision, wave by wave, with the pupils from each year group. Worked out from the other sheets."
HEADINGS = (
    ("Wave", 13), ("Code", 7), ("Intervention", 38), ("Area of need", 25), ("Staff", 26), ("Group", 12),
    ("How often in a week", 15), *((year, 4.5) for year in YEAR_GROUPS), ("Pupils", 8),
    ("Annual cost to the school", 14), ("row", 6),
)  # fmt: skip
ROW = letters(len(HEADINGS) - 1)  # the hidden column that says which row of the Provision sheet is shown
SHOWN = f"${ROW}{{row}}"


def _shown(value: str) -> str:
    return f'IF({SHOWN}=0,"",{value})'


def _of(column: str) -> str:
    return f"INDEX(Provision_{column},{SHOWN})"


def _adults(suffix: str) -> str:
    adults = _of(f"adults{suffix}")
    return f'IF(OR({adults}="",{adults}=1),"",ROUND({adults},2)&" × ")&{_of(f"staff{suffix}")}'


_WAVE = _of("wave_place")
WORDS = f"INDEX(List_wave_words,IF({_WAVE}=9,4,{_WAVE}))"
TEXTS = (
    _shown(WORDS),
    _shown(_of("key")),
    _shown(f'{_of("intervention")}&""'),
    _shown(f'{_of("area_of_need")}&""'),
    _shown(f'{_adults("")}&IF({_of("staff_2")}="",""," + "&{_adults("_2")})'),
    _shown(
        f'{_of("group_size")}&IF(OR({_of("parallel_groups")}="",{_of("parallel_groups")}=1),"",'
        f'" × "&{_of("parallel_groups")}&" groups")'
    ),
    _shown(
        f'IF(COUNT({_of("minutes_per_session")},{_of("sessions_per_week")})<2,"",'
        f'ROUND({_of("minutes_per_session")},2)&" min × "&ROUND({_of("sessions_per_week")},2))'
    ),
)


def write_map(pen: Pen, things: int) -> None:
    """Write the sheet: a row for each row that the Provision sheet has ready, in the order of the waves."""
    sheet = pen.book.get_worksheet_by_name("Map")
    school = pen.worked.provision_map.school
    write_top(pen, sheet, "Whole-school provision map", ADVICE, things)
    formula = '=TRIM(school_name&"   "&school_year)'
    pen.formula(sheet, "E1", formula, " ".join(f"{school.name}   {school.year}".split()), font_size=14, font_color=NAVY)
    write_override_line(pen, sheet, "A4:Y4", override_line(pen.worked))
    _write_header(pen, sheet)
    size = pen.worked.sizes["Provision"]
    order = sorted(range(len(pen.rows["Provision"])), key=lambda i: (str(pen.rows["Provision"][i]["wave_place"]), i))
    counts = _pupils_by_year(pen.worked)
    for number in range(1, size + 1):
        place = order[number - 1] if number <= len(order) else None
        _write_row(pen, sheet, number, (place, counts.get((place or 0) + 1, {}) if place is not None else {}))
    _colour_waves(pen, sheet, size)
    total_row = _write_total(pen, sheet, size)
    _set_columns(pen, sheet)
    sheet.freeze_panes(HEADER_ROW, 3)
    last = total_row if pen.worked.is_blank else HEADER_ROW + max(1, len(order))
    set_page(sheet, len(HEADINGS) - 2, last, repeat=HEADER_ROW)


def _write_header(pen: Pen, sheet: Any) -> None:
    looks = {"bold": True, "font_color": "white", "bg_color": NAVY, "text_wrap": True, "border": 1,
             "border_color": LINE, "align": "center"}  # fmt: skip
    for column, (heading, _) in enumerate(HEADINGS):
        pen.put(sheet, f"{letters(column)}{HEADER_ROW}", heading, **looks)
    sheet.set_row(HEADER_ROW - 1, 34)


def _write_row(pen: Pen, sheet: Any, number: int, said: tuple[int | None, dict[int, int]]) -> None:
    place, counts = said
    row = HEADER_ROW + number
    held = pen.rows["Provision"][place] if place is not None else {}
    box = {"border": 1, "border_color": LINE, "indent": 1, "text_wrap": True, "align": "left"}
    texts = _texts(held) if held else [""] * len(TEXTS)
    for column, (text_formula, text) in enumerate(zip(TEXTS, texts, strict=True)):
        pen.formula(sheet, f"{letters(column)}{row}", "=" + text_formula.format(row=row), text, **box)
    small = {"border": 1, "border_color": LINE, "align": "center"}
    shown = SHOWN.format(row=row)
    for year in range(1, len(YEAR_GROUPS) + 1):
        formula = (
            f'=IF({shown}=0,"",COUNTIFS(Allocations_item_row,{shown},Allocations_is_resource,0,'
            f"Allocations_year_place,{year}))"
        )
        value: Value = counts.get(year, 0) if held else ""
        pen.formula(sheet, f"{letters(FIRST_YEAR + year - 1)}{row}", formula, value, **small, num_format="0;-0;;@")
    end = FIRST_YEAR + len(YEAR_GROUPS)
    for offset, key, shape in ((0, "pupils_named", "0"), (1, "school_cost", MONEY)):
        formula = "=" + _shown(_of(key)).format(row=row)
        value = held[key] if held else ""
        pen.formula(sheet, f"{letters(end + offset)}{row}", formula, value, **small, num_format=shape)
    found = f"=IFERROR(MATCH({number},Provision_map_order,0),0)"
    pen.formula(sheet, f"{ROW}{row}", found, (place or 0) + 1 if held else 0)
    lines = max(lines_of(str(t), int(w)) for t, (_, w) in zip(texts, HEADINGS, strict=False))
    sheet.set_row(row - 1, max(20, 5 + 15 * lines))


def _texts(held: Row) -> list[str]:
    wave = int(str(held["wave_place"]))
    parallel = held["parallel_groups"]
    group = f"{held['group_size'] or ''}" + (f" × {parallel} groups" if parallel else "")
    staff = _role(held, "") + (f" + {_role(held, '_2')}" if held["staff_2"] else "")
    minutes, sessions = held["minutes_per_session"], held["sessions_per_week"]
    often = "" if minutes is None or sessions is None else f"{_two(minutes)} min × {_two(sessions)}"
    area = str(held["area_of_need"] or "")
    return [WAVE_WORDS[wave], str(held["key"]), str(held["intervention"]), area, staff, group, often]


def _two(value: Value) -> str:
    return plain(value, 2) if isinstance(value, Fraction | Decimal | int) else ""


def _role(held: Row, suffix: str) -> str:
    adults, role = held[f"adults{suffix}"], str(held[f"staff{suffix}"] or "")
    return role if adults is None or adults == 1 else f"{_two(adults)} × {role}"


def _pupils_by_year(worked: Worked) -> dict[int, dict[int, int]]:
    """Count pupils by the provision's row and by the year group's place in the list."""
    counts: dict[int, dict[int, int]] = {}
    for allocation in worked.provision_map.allocations:
        pupil = worked.pupil_rows.get(plain_key(allocation.pupil))
        item, is_resource = worked.item_rows.get(plain_key(allocation.code), (0, False))
        if pupil and item and not is_resource:
            place = year_place(worked.provision_map.pupils[pupil - 1].year_group)
            held = counts.setdefault(item, {})
            held[place] = held.get(place, 0) + 1
    return counts


def _colour_waves(pen: Pen, sheet: Any, size: int) -> None:
    place = f"A{HEADER_ROW + 1}:B{HEADER_ROW + size}"
    for wave, colour in WAVE_COLOURS.items():
        words = WAVE_WORDS[wave]
        sheet.conditional_format(place, {
            "type": "formula", "criteria": f'=$A{HEADER_ROW + 1}="{words}"',
            "format": pen.book.add_format({"bg_color": colour}),
        })  # fmt: skip


def _write_total(pen: Pen, sheet: Any, size: int) -> int:
    """Write what all the provision costs the school beside the title, where it prints on the first page."""
    costs = [row["school_cost"] for row in pen.rows["Provision"]]
    total = sum((cost for cost in costs if isinstance(cost, Decimal)), Decimal(0))
    pen.put(sheet, "E3", "All of it, to the school:", bold=True, align="right")
    pen.formula(sheet, "G3", "=ROUND(SUM(Provision_school_cost),2)", total, bold=True, num_format=MONEY)
    return HEADER_ROW + size


def _set_columns(pen: Pen, sheet: Any) -> None:
    """Show the year groups of the school's phase: a primary's N to 6, a secondary's 7 to 14, or all."""
    years = {row["year_place"] for row in pen.rows["Pupils"]} - {0}
    primary, secondary = range(1, 9), range(9, len(YEAR_GROUPS) + 1)
    hidden: set[int] = set()
    if years and years <= set(primary):
        hidden = set(secondary)
    elif years and years <= set(secondary):
        hidden = set(primary)
    for column, (_, width) in enumerate(HEADINGS):
        is_hidden = column == len(HEADINGS) - 1 or column - FIRST_YEAR + 1 in hidden
        sheet.set_column(column, column, width, None, {"hidden": is_hidden})
