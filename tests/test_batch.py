"""The audit of a folder: tables that open safely, one bad file that stops nothing, exit codes."""

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from provision_costing.batch.audit_command import exit_code
from provision_costing.batch.run import audit_files, collect
from provision_costing.batch.submissions import Status, Submission
from provision_costing.batch.tables import as_csv, findings_table, submissions_table
from provision_costing.batch.workbook import audit_workbook
from provision_costing.cli import main
from provision_costing.findings import Finding, Severity

SAMPLES = Path(__file__).parent.parent / "sample_maps"
GUIDE = SAMPLES / "guide-year-3-map-as-printed.xlsx"
DAY = date(2026, 9, 1)


def finding(message: str = "x", severity: Severity = Severity.ERROR, effect: str | None = None) -> Finding:
    return Finding(
        code="ARI01", severity=severity, file="a.xlsx", sheet="Map", cell="G6", message=message, fix="y",
        effect=Decimal(effect) if effect else None,
    )  # fmt: skip


def submission(*findings: Finding, status: Status = Status.AUDITED) -> Submission:
    return Submission(file="a.xlsx", status=status, findings=findings)


@pytest.mark.parametrize("payload", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_text_that_looks_like_a_formula_stays_text(payload: str) -> None:
    data = as_csv(*findings_table([submission(finding(payload))])).decode("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(data, newline="")))
    assert row["message"] == "'" + payload


def test_a_negative_effect_stays_a_number() -> None:
    data = as_csv(*findings_table([submission(finding(effect="-71.06"))])).decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(data)))["effect"] == "-71.06"


@pytest.mark.parametrize("payload", ["=1+1", '=HYPERLINK("http://x","y")', "http://example.org", "<b>"])
def test_the_workbook_holds_text_as_text(payload: str) -> None:
    data = audit_workbook([submission(finding(payload))], DAY, [])
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Findings"]
    cell = sheet["G2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (payload, "s", None)


def test_the_workbook_of_nothing_opens() -> None:
    book = openpyxl.load_workbook(io.BytesIO(audit_workbook([], DAY, [])))
    assert book["Findings"]["A2"].value == "Nothing to list."


@pytest.mark.parametrize(
    ("submissions", "code"),
    [
        ([submission()], 0),
        ([submission(finding(severity=Severity.QUERY))], 0),
        ([submission(finding())], 1),
        ([submission(finding()), submission(status=Status.REFUSED)], 2),
        ([Submission(file="a", status=Status.AUDITED, crashed=True)], 2),
    ],
)
def test_exit_codes(submissions: list[Submission], code: int) -> None:
    assert exit_code(submissions) == code


def test_a_folder_is_collected_by_name_and_lock_files_are_passed_over(tmp_path: Path) -> None:
    for name in ("b.xlsx", "a.xlsx", "~$a.xlsx", ".DS_Store", "notes.md", "map.docx"):
        (tmp_path / name).write_bytes(b"x")
    taken, passed_over = collect(tmp_path)
    assert [p.name for p in taken] == ["a.xlsx", "b.xlsx", "map.docx"]
    assert [p.name for p in passed_over] == [".DS_Store", "notes.md", "~$a.xlsx"]


def test_the_guides_map_is_audited(tmp_path: Path) -> None:
    """Source: the Waltham Forest guide's map; £279.06 is 23.50 × 2.5 ÷ 8 × 38, £7,055.73 the recomputed total."""
    (done,) = audit_files([GUIDE], GUIDE, "waltham-forest", None)
    assert (done.total, done.stated_total) == (Decimal("7055.73"), Decimal(6981))
    (row,) = [f for f in done.findings if f.code == "ARI01"]
    assert "£208" in row.message
    assert "£279.06" in row.message
    assert row.effect == Decimal("71.06")


def test_one_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a-bad.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    (inbox / "b-empty.xlsx").write_bytes(b"")
    (inbox / "c-good.xlsx").write_bytes(GUIDE.read_bytes())
    out = tmp_path / "out"
    done = CliRunner().invoke(main, ["audit", str(inbox), "--policy", "waltham-forest", "--out", str(out)])
    assert done.exit_code == 2
    rows = list(csv.DictReader(io.StringIO((out / "submissions.csv").read_text("utf-8-sig"))))
    assert [(r["file"], r["status"]) for r in rows] == [
        ("a-bad.xlsx", "could not be read"),
        ("b-empty.xlsx", "could not be read"),
        ("c-good.xlsx", "audited"),
    ]
    assert all(r["reason"] for r in rows[:2])
    assert rows[2]["total"] == "7055.73"
    assert sorted(p.name for p in out.iterdir()) == ["audit.xlsx", "findings.csv", "pupils.csv", "submissions.csv"]
    assert GUIDE.read_bytes() == (inbox / "c-good.xlsx").read_bytes()


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        arguments = [
            "audit",
            str(GUIDE),
            "--policy",
            "waltham-forest",
            "--on",
            "2026-09-01",
            "--out",
            str(tmp_path / name),
        ]
        assert CliRunner().invoke(main, arguments).exit_code == 1
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes(), file.name


def test_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    arguments = ["audit", str(GUIDE), "--policy", "waltham-forest", "--out", str(tmp_path / "out")]
    assert CliRunner().invoke(main, arguments).exit_code == 1
    again = CliRunner().invoke(main, arguments)
    assert again.exit_code == 2
    assert "--replace" in again.output
    assert CliRunner().invoke(main, [*arguments, "--replace"]).exit_code == 1


def test_results_never_go_into_the_inbox(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(GUIDE.read_bytes())
    done = CliRunner().invoke(
        main, ["audit", str(tmp_path), "--policy", "waltham-forest", "--out", str(tmp_path / "results")]
    )
    assert done.exit_code == 2
    assert "outside" in done.output


def test_an_unreadable_file_has_a_row_with_its_reason() -> None:
    heading, rows = submissions_table([Submission(file="a.xlsx", status=Status.REFUSED, reason="It is empty.")])
    shown = dict(zip(heading, rows[0], strict=True))
    assert (shown["status"], shown["reason"], shown["total"]) == ("could not be read", "It is empty.", None)


def test_a_long_name_or_reason_does_not_stretch_the_terminal_s_table(tmp_path: Path) -> None:
    inbox = tmp_path / "in box"
    inbox.mkdir()
    (inbox / f"{'a very long name ' * 8}.xlsx").write_bytes(GUIDE.read_bytes())
    (inbox / "notes.docx").write_bytes(b"hello")
    done = CliRunner().invoke(main, ["audit", str(inbox), "--policy", "waltham-forest", "--out", str(tmp_path / "out")])
    table = done.stdout.split("\n\n")[0].splitlines()
    assert len(table) == 4
    assert max(len(line) for line in table) < 200
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out/submissions.csv").read_text("utf-8-sig"))))
    assert rows[0]["file"].startswith("a very long name a very long name a very long name a very long name")
    assert rows[1]["reason"].startswith("This is plain text")


def test_an_empty_map_is_told_to_be_empty(tmp_path: Path) -> None:
    blank = tmp_path / "blank.xlsx"
    assert CliRunner().invoke(main, ["new", str(blank), "--on", "2026-09-01"]).exit_code == 0
    done = CliRunner().invoke(main, ["audit", str(blank), "--policy", "waltham-forest", "--out", str(tmp_path / "out")])
    assert done.exit_code == 0
    assert "No pupil is on this map." in done.stdout
