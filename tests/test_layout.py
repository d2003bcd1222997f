"""The declarations of the workbook's sheets hold together, and fit what a spreadsheet can hold."""

import pytest

from provision_costing.workbook.columns import Holds, Kind, Sheet, letters
from provision_costing.workbook.dictionary import data_dictionary
from provision_costing.workbook.faults import FAULTS
from provision_costing.workbook.formulas import TABLES as FORMULAS
from provision_costing.workbook.layout import CHOICES, INCLUSION, SCHOOL_CELLS, SHEET_ORDER, SUMMARY, TABLES, WHAT_IF

SHEETS = (*TABLES, SUMMARY, WHAT_IF, INCLUSION)
LISTED_BY_POLICY = {"bands", "codes", "pay_points"}
MOST_TITLE, MOST_PROMPT = 32, 255  # https://support.microsoft.com/office/excel-specifications-and-limits


@pytest.mark.parametrize("sheet", SHEETS, ids=[s.name for s in SHEETS])
def test_columns_are_told_apart_and_fit(sheet: Sheet) -> None:
    assert len({c.key for c in sheet.columns}) == len(sheet.columns)
    assert len({c.heading.casefold() for c in sheet.columns}) == len(sheet.columns)
    for column in sheet.columns:
        assert column.prompt
        assert len(column.prompt) <= MOST_PROMPT
        assert len(column.heading) <= MOST_TITLE
        if column.choices and "." in column.choices:
            other, key = column.choices.split(".")
            assert next(s for s in TABLES if s.name == other).column(key).key == key
        elif column.choices:
            assert column.choices in CHOICES.keys() | LISTED_BY_POLICY


@pytest.mark.parametrize("sheet", SHEETS, ids=[s.name for s in SHEETS])
def test_every_calculated_column_has_a_formula_and_no_input_has(sheet: Sheet) -> None:
    calculated = {c.key for c in sheet.columns if c.kind is not Kind.INPUT} - {"look_at"}
    assert calculated == set(FORMULAS[sheet.name])


def test_phrases_are_found_by_a_search_and_by_one_search_only() -> None:
    for sheet in TABLES:
        phrases = [f.phrase for f in FAULTS if f.sheet == sheet.name]
        assert phrases
        for phrase in phrases:
            assert not set("*?~;") & set(phrase)
            assert [p for p in phrases if phrase in p] == [phrase]


def test_letters_count_as_a_spreadsheet_does() -> None:
    assert [letters(n) for n in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


def test_school_labels_are_told_apart() -> None:
    assert len({c.label for c in SCHOOL_CELLS}) == len(SCHOOL_CELLS)
    assert [c.row for c in SCHOOL_CELLS] == sorted({c.row for c in SCHOOL_CELLS})
    assert {s.name for s in SHEETS} <= set(SHEET_ORDER)


def test_the_dictionary_names_every_column_that_is_seen() -> None:
    page = data_dictionary()
    for sheet in SHEETS:
        for column in sheet.columns:
            line = f"| {sheet.letter(column.key)} | {column.key} | {column.heading} |"
            assert (line in page) is (column.kind is not Kind.HELPER), column.key
    assert Holds.MONEY in page
