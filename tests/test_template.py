"""The workbook as a file: whole, reproducible, in the formula dialect that every engine reads, checked on entry."""

import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from openpyxl import load_workbook

from provision_costing.errors import PolicyError, WorkbookError
from provision_costing.model import Allocation, Override, Provision, ProvisionMap, Pupil, School, Staffing
from provision_costing.policy import Policy, load_policy, with_overrides
from provision_costing.workbook.blank import blank_map
from provision_costing.workbook.columns import Kind
from provision_costing.workbook.layout import (
    ABOUT,
    ALLOCATIONS,
    HIDDEN,
    SCHOOL_CELLS,
    SHEET_ORDER,
    SUMMARY,
    TABLES,
    VERSION,
    VERSION_CELL,
)
from provision_costing.workbook.template import write_workbook
from provision_costing.workbook.worked import work
from tests.strategies import FIRST_DAY, seeded_map
from workbook_templates.build import built

HOME = Path(__file__).parent.parent
# Excel 2010 functions that all engines agreed on; no OFFSET, INDIRECT, dynamic arrays or what came after 2010.
DIALECT = {
    "AND", "COUNT", "COUNTA", "COUNTIF", "COUNTIFS", "DATE", "FIND", "HYPERLINK",
    "IF", "IFERROR", "INDEX", "INT", "ISNUMBER",
    "LARGE", "LEFT", "LEN", "MATCH", "MAX", "MID", "MIN", "MOD", "MONTH", "N", "NOT", "OR", "RIGHT",
    "ROUND", "ROW", "ROWS", "SUBSTITUTE",
    "SUM", "SUMIFS", "TRIM", "YEAR",
}  # fmt: skip


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy("waltham-forest", FIRST_DAY)


@pytest.fixture(scope="module")
def blank(policy: Policy) -> bytes:
    return write_workbook(blank_map(policy), policy)


@pytest.fixture(scope="module")
def opened(blank: bytes) -> Any:
    return load_workbook(BytesIO(blank))


def shown(data: bytes, sheet: str, address: str) -> object:
    return load_workbook(BytesIO(data), data_only=True)[sheet][address].value


def formulas(book: Any) -> dict[str, str]:
    return {
        f"{sheet.title}!{cell.coordinate}": cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=")
    }


def strange(formula: str) -> set[str]:
    without_text = re.sub(r'"[^"]*"', '""', formula)
    return set(re.findall(r"([A-Z][A-Z0-9.]*)\(", without_text)) - DIALECT


def test_the_sheets_stand_in_order_and_those_for_formulas_only_are_hidden(opened: Any) -> None:
    assert tuple(opened.sheetnames) == SHEET_ORDER
    assert [s.title for s in opened if s.sheet_state != "visible"] == list(HIDDEN)
    assert opened["Lists"][VERSION_CELL].value == VERSION
    assert tuple(opened["Lists"].cell(row, 1).value for row in range(1, len(ABOUT) + 1)) == ABOUT


def test_formulas_keep_to_the_dialect(opened: Any) -> None:
    written = formulas(opened)
    assert len(written) > 3000
    assert {place: strange(f) for place, f in written.items() if strange(f)} == {}
    assert strange('=XLOOKUP(A1,B1:B2,"OFFSET(")') == {"XLOOKUP"}
    assert all(len(f) < 8192 for f in written.values())


def test_no_macro_no_link_no_name_of_a_person(blank: bytes) -> None:
    with zipfile.ZipFile(BytesIO(blank)) as parts:
        names = parts.namelist()
        assert not [n for n in names if "vba" in n or "externalLink" in n or "connections" in n]
        core = parts.read("docProps/core.xml").decode()
    assert "<dc:creator></dc:creator>" in core
    assert set(re.findall(r"\d{4}-\d\d-\d\d", core)) == {"2026-09-01"}


def test_the_same_map_gives_the_same_bytes(policy: Policy) -> None:
    assert write_workbook(seeded_map(4), policy) == write_workbook(seeded_map(4), policy)


def test_every_input_cell_is_open_and_has_a_prompt_and_every_other_is_locked(opened: Any) -> None:
    for sheet in TABLES:
        page = opened[sheet.name]
        assert page.protection.sheet
        rules = page.data_validations.dataValidation
        for column in sheet.columns:
            address = f"{sheet.letter(column.key)}{sheet.first_row}"
            found = [r for r in rules if address in r.sqref]
            is_input = column.kind is Kind.INPUT
            assert page[address].protection.locked is not is_input, (sheet.name, column.key)
            assert [bool(r.prompt) for r in found] == ([True] if is_input else []), (sheet.name, column.key)
    prompts = opened["School"].data_validations.dataValidation
    for cell in SCHOOL_CELLS:
        assert [bool(r.prompt) for r in prompts if cell.address in r.sqref] == [True]


def test_each_table_is_a_table_and_each_page_prints_on_a4_with_its_heading(opened: Any) -> None:
    for sheet in (*TABLES, SUMMARY):
        page = opened[sheet.name]
        assert page.tables[sheet.table].ref.startswith(f"A{sheet.header_row}:")
        assert page.print_title_rows == f"${sheet.header_row}:${sheet.header_row}"
    for page in opened:
        if page.title not in HIDDEN:
            assert (page.page_setup.paperSize, page.page_setup.fitToHeight) == (9, 0)
            assert "Confidential" in page.oddFooter.left.text
            assert page.print_area


def test_the_guides_map_comes_to_its_recomputed_total(policy: Policy) -> None:
    """£7,055.73: the six rows of the guide's printed map, at the guide's own rates (domain.md §2)."""
    rows = (
        ("HLTA", 4, 120, 5), ("Learning Mentor", 8, 30, 5), ("Teaching Assistant", 6, 30, 2),
        ("Teaching Assistant", 1, 30, 5), ("Teaching Assistant", 3, 60, 5), ("Learning Mentor", 1, 30, 5),
    )  # fmt: skip
    provisions = tuple(
        Provision(code=f"P{n}", intervention="As printed", staffing=(Staffing(role=role),), group_size=group,
                  minutes_per_session=Fraction(minutes), sessions_per_week=Fraction(sessions))
        for n, (role, group, minutes, sessions) in enumerate(rows, 1)
    )  # fmt: skip
    made = replace(
        blank_map(policy), pupils=(Pupil(reference="Y3"),), provisions=provisions,
        allocations=tuple(Allocation(pupil="Y3", code=p.code) for p in provisions),
    )  # fmt: skip
    data = write_workbook(made, policy)
    row = SUMMARY.first_row
    assert shown(data, "Summary", f"G{row}") == 7055.73
    assert shown(data, "Summary", f"H{row}") == 1055.73
    assert shown(data, "Summary", f"I{row}") == "1c"
    annual = ALLOCATIONS.letter("annual_cost")
    assert [shown(data, "Allocations", f"{annual}{6 + n}") for n in range(6)] == [
        1662.5,
        279.06,
        110.83,
        1662.5,
        1108.33,
        2232.5,
    ]


def test_a_value_of_the_schools_own_is_said_where_it_counts(policy: Policy) -> None:
    own = Override(name="weeks_per_year", value=Decimal(39), reason="INSET days are made up")
    data = write_workbook(replace(seeded_map(2), school=School(overrides=(own,))), policy)
    line = "This school uses 39 in place of 38 for “weeks of provision in a year” (its reason: INSET days are made up)."
    assert [shown(data, sheet, "A4") for sheet in ("Summary", "Map", "Chart")] == [line] * 3
    assert shown(data, "Summary", "A3") == shown(data, "Map", "A3")


def test_what_a_workbook_cannot_hold_is_refused_in_words(policy: Policy) -> None:
    three = tuple(Staffing(role=f"Role {n}") for n in range(3))
    made = Provision(code="P1", intervention="x", staffing=three, group_size=1, minutes_per_session=Fraction(1),
                     sessions_per_week=Fraction(1))  # fmt: skip
    start = blank_map(policy)
    with pytest.raises(WorkbookError, match="holds two"):
        write_workbook(replace(start, provisions=(made,)), policy)
    with pytest.raises(WorkbookError, match="has no code"):
        write_workbook(replace(start, provisions=(replace(made, code=" ", staffing=()),)), policy)
    with pytest.raises(WorkbookError, match="no reference"):
        write_workbook(replace(start, pupils=(Pupil(reference=""),)), policy)
    own = Override(name="weeks_per_year", value=Decimal(39))
    with pytest.raises(WorkbookError, match="the authority's policy"):
        write_workbook(start, with_overrides(policy, (own,)))
    with pytest.raises(PolicyError):
        write_workbook(replace(start, school=School(overrides=(replace(own, value=Decimal(0)),))), policy)


def big_map(pupils: int) -> ProvisionMap:
    small = seeded_map(5)
    provision = replace(small.provisions[0], code="P1", intervention="A very long name " * 12)
    return replace(
        small, provisions=(provision,), resources=(), reviews=(), school=School(starts=date(2026, 9, 1)),
        pupils=tuple(Pupil(reference=f"{n:05d}", year_group="4") for n in range(pupils)),
        allocations=tuple(Allocation(pupil=f"{n:05d}", code="P1", outcome="So that … " * 40) for n in range(pupils)),
    )  # fmt: skip


def test_fifteen_hundred_pupils_do_not_break_it(policy: Policy) -> None:
    """Twice the pupils take about twice the cells and nothing like four times the time."""
    started = perf_counter()
    data = write_workbook(big_map(1500), policy)
    seconds = perf_counter() - started
    assert shown(data, "Summary", f"A{SUMMARY.first_row + 1499}") == "01499"
    assert work(big_map(1500), policy).sizes["Pupils"] == 1520
    assert seconds < 300


@pytest.mark.parametrize(("path", "data"), [pytest.param(p, d, id=p.name) for p, d in built()])
def test_what_was_built_is_what_is_built(path: Path, data: bytes) -> None:
    assert (HOME / path).read_bytes() == data, "run `make templates`"
