"""The authority is checked first: if it passed old values on, every other test would compare us with ourselves."""

import io
import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from tests.office import Office, OfficeError
from tests.office.render import render

WRONG = 999


def workbook(path: Path, fill: Callable[[Workbook, Worksheet], object]) -> Path:
    """Write a workbook of one sheet, "Sums"."""
    buffer = io.BytesIO()
    with Workbook(buffer) as made:
        fill(made, made.add_worksheet("Sums"))
    path.write_bytes(buffer.getvalue())
    return path


def test_a_wrong_cached_value_is_corrected(office: Office, tmp_path: Path) -> None:
    path = workbook(tmp_path / "planted.xlsx", lambda _, sheet: sheet.write_formula("A1", "=2+3", value=WRONG))
    held = load_workbook(path, data_only=True)["Sums"]["A1"].value
    assert held == WRONG  # the plant is there
    assert office.recalc(path) == {"Sums": [[5.0]]}


@pytest.mark.parametrize(
    ("formula", "pounds"),
    [
        # Exact half pennies, away from zero: https://support.microsoft.com/office/round-function
        ("=ROUND(0.125,2)", 0.13),
        ("=ROUND(-0.125,2)", -0.13),
        ("=ROUND(2.5,0)", 3.0),
        ("=ROUND(1.005,2)", 1.01),
        ("=ROUND(46287/38/5/6*5/60/2*2*38,2)", 128.58),  # 128.575 exactly, though not in binary
    ],
)
def test_round_takes_ties_away_from_zero(office: Office, tmp_path: Path, formula: str, pounds: float) -> None:
    path = workbook(tmp_path / "ties.xlsx", lambda _, sheet: sheet.write_formula("A1", formula, value=WRONG))
    assert office.recalc(path)["Sums"] == [[pounds]]


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("=1/0", "#ERR:#DIV/0!"),
        ('=VLOOKUP("x",B1:B2,1,FALSE)', "#ERR:#N/A"),
        ("=NoSuchName", "#ERR:#NAME?"),
        ('="a"+1', "#ERR:#VALUE!"),
        ("=SQRT(-1)", "#ERR:Err:502"),
        ("=XLOOKUP(1,B1:B2,B1:B2)", "#ERR:#NAME?"),  # LibreOffice 7.4 has no XLOOKUP, nor has Excel 2016
    ],
)
def test_an_error_is_seen(office: Office, tmp_path: Path, formula: str, shown: str) -> None:
    path = workbook(tmp_path / "error.xlsx", lambda _, sheet: sheet.write_formula("A1", formula, value=WRONG))
    assert office.recalc(path)["Sums"][0][0] == shown


def test_values_keep_their_kinds(office: Office, tmp_path: Path) -> None:
    def fill(_: Workbook, sheet: Worksheet) -> None:
        sheet.write_row("A1", [1.5, "text", True])
        sheet.write_formula("A2", '=""', value="old")
        sheet.write_formula("C2", "=DATE(2026,9,1)")

    rows = office.recalc(workbook(tmp_path / "kinds.xlsx", fill))["Sums"]
    assert rows == [[1.5, "text", 1.0], ["", "", 46266.0]]  # 1 September 2026 as Excel numbers days


def test_edits_reach_the_formulas_and_not_the_file(office: Office, tmp_path: Path) -> None:
    def fill(_: Workbook, sheet: Worksheet) -> None:
        sheet.write_row("A1", [1, "old", True, "gone"])
        sheet.write_formula("A2", '=A1*10&B1&IF(C1,"yes","no")&D1', value="10oldyesgone")

    path = workbook(tmp_path / "edits.xlsx", fill)
    before = path.read_bytes()
    rows = office.recalc(path, {"Sums": {"A1": 2, "B1": "new", "C1": False, "D1": None}})["Sums"]
    assert rows[1][0] == "20newno"
    assert path.read_bytes() == before


def test_an_edit_that_a_person_could_not_make_is_an_error(office: Office, tmp_path: Path) -> None:
    def fill(_: Workbook, sheet: Worksheet) -> None:
        sheet.write("A1", 1)
        sheet.protect()

    path = workbook(tmp_path / "locked.xlsx", fill)
    with pytest.raises(OfficeError, match="locked"):
        office.recalc(path, {"Sums": {"A1": 2}})
    with pytest.raises(OfficeError, match="no sheet"):
        office.recalc(path, {"Gone": {"A1": 2}})


def test_pages_come_out_as_pdf_and_pictures(office: Office, tmp_path: Path) -> None:
    def fill(_: Workbook, sheet: Worksheet) -> None:
        sheet.write("A1", "first page")
        sheet.write("A2", "second page")
        sheet.set_h_pagebreaks([1])

    path = workbook(tmp_path / "pages.xlsx", fill)
    pages = render(office, path, tmp_path / "seen")
    assert [page.read_bytes()[:4] for page in pages] == [b"\x89PNG", b"\x89PNG"]
    text = subprocess.run(["pdftotext", tmp_path / "seen" / "pages.pdf", "-"], check=True, capture_output=True)
    assert text.stdout.split() == [b"first", b"page", b"second", b"page"]


def test_a_converted_workbook_holds_the_recalculated_value(office: Office, tmp_path: Path) -> None:
    path = workbook(tmp_path / "again.xlsx", lambda _, sheet: sheet.write_formula("A1", "=2+3", value=WRONG))
    (tmp_path / "out").mkdir()
    made = office.convert(path, "xlsx", tmp_path / "out")
    assert load_workbook(made, data_only=True)["Sums"]["A1"].value == 5
    with pytest.raises(OfficeError, match="written over"):
        office.convert(path, "xlsx")


def test_a_file_that_is_no_workbook_is_an_error_and_the_session_lives_on(office: Office, tmp_path: Path) -> None:
    with pytest.raises(OfficeError):
        office.recalc(tmp_path / "missing.xlsx")
    path = workbook(tmp_path / "well.xlsx", lambda _, sheet: sheet.write_formula("A1", "=1+1", value=WRONG))
    assert office.recalc(path) == {"Sums": [[2.0]]}


@pytest.mark.parametrize("blow", [signal.SIGSTOP, signal.SIGKILL], ids=["hangs", "dies"])
def test_a_session_that_breaks_is_started_anew(tmp_path: Path, blow: signal.Signals) -> None:
    path = workbook(tmp_path / "sums.xlsx", lambda _, sheet: sheet.write_formula("A1", "=1+1", value=WRONG))
    office = Office()
    try:
        assert office.recalc(path) == {"Sums": [[2.0]]}
        first = office.process_group
        os.killpg(first, blow)
        assert office.recalc(path, seconds=3) == {"Sums": [[2.0]]}
        assert office.process_group != first
    finally:
        office.close()
