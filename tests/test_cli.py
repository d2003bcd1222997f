"""Each command, run as a person runs it: what it prints, writes and exits with."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from provision_costing.cli import main
from provision_costing.rules import RULES
from provision_costing.workbook.reading_findings import READING_CHECKS, ReadingCheck

SAMPLES = Path(__file__).parent.parent / "sample_maps"
GUIDE = str(SAMPLES / "guide-year-3-map-as-printed.xlsx")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_read_prints_one_object_with_what_the_text_holds() -> None:
    done = run("read", "2 x 30 mins per week = 1 hr", "--json")
    shown = json.loads(done.stdout)
    assert done.exit_code == 0
    assert shown["understood"] is True
    assert shown["problem"] is None
    assert shown["how"]
    held = {key: shown[key] for key in shown.keys() - {"understood", "how", "problem"}}
    assert held == {"minutes_per_session": "30", "sessions_per_week": "2", "hours_per_week": "1"}


def test_read_refuses_a_claim_that_contradicts_itself() -> None:
    done = run("read", "5 x 20 mins = 2 hrs", "--json")
    shown = json.loads(done.stdout)
    assert done.exit_code == 1
    assert shown["understood"] is False
    assert shown["problem"]


def test_cost_shows_totals_and_increments() -> None:
    done = run("cost", GUIDE)
    assert done.exit_code == 0, done.output
    for words in ("7,055.73", "1,055.73", "1c", "£444.27 to the next edge", "Please note"):
        assert words in done.stdout


def test_cost_as_json_gives_pounds_as_text() -> None:
    (pupil,) = json.loads(run("cost", GUIDE, "--json").stdout)["pupils"]
    assert (pupil["total"], pupil["above_element_2"], pupil["increment"]) == ("7055.73", "1055.73", "1c")
    assert (pupil["to_next_edge"], pupil["above_previous_edge"]) == ("444.27", "55.73")
    assert [n["annual_cost"] for n in pupil["lines"]] == [
        "1662.50",
        "279.06",
        "110.83",
        "1662.50",
        "1108.33",
        "2232.50",
    ]


def test_explain_shows_the_seven_steps_and_their_cells() -> None:
    reference = json.loads(run("cost", GUIDE, "--json").stdout)["pupils"][0]["pupil"]
    done = run("cost", GUIDE, "--explain", reference)
    assert done.exit_code == 0
    for words in ("£279.06", "£23.50", "÷ 60 minutes ÷ 8 in the group", "× 38 weeks", "Annual salary"):
        assert words in done.stdout
    shown = json.loads(run("cost", GUIDE, "--explain", reference, "--json").stdout)
    steps = shown["pupils"][0]["lines"][1]["steps"]
    assert [s["step"] for s in steps] == [1, 2, 3, 4, 5, 6, 7]
    assert all(s["how"] for s in steps)
    assert any(s["cells"] for s in steps)


def test_explain_of_somebody_else_says_who_is_there() -> None:
    done = run("cost", GUIDE, "--explain", "NOBODY")
    assert done.exit_code == 2
    assert "No pupil NOBODY" in done.output


def test_what_if_of_the_guide_s_map() -> None:
    # £7,055.729… × 1.032 = £7,281.51, still between 1b (£1,000) and 1c (£1,500) above £6,000
    done = run("what-if", GUIDE, "--pay-award", "3.2%")
    assert done.exit_code == 0, done.output
    assert "7,055.73  7,281.51       +225.78" in done.stdout
    assert "Nobody crosses £6,000" in done.stdout


def test_inclusion_lines_of_the_guide_s_map(tmp_path: Path) -> None:
    done = run("inclusion", GUIDE, "--out", str(tmp_path / "lines.csv"))
    assert done.exit_code == 0, done.output
    lines = (tmp_path / "lines.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 7
    assert lines[2].endswith(",Targeted,2232.50,Element 2")  # row 2: £23.50 × 2.5 hours × 38 weeks, for the group of 8


def test_new_writes_a_workbook_that_reads_back_empty(tmp_path: Path) -> None:
    path = tmp_path / "map.xlsx"
    assert run("new", str(path), "--policy", "waltham-forest", "--on", "2026-09-01").exit_code == 0
    done = run("cost", str(path), "--json")
    assert json.loads(done.stdout)["pupils"] == []
    again = run("new", str(path), "--policy", "waltham-forest")
    assert again.exit_code == 2
    assert "already there" in again.output


def test_new_refuses_a_day_before_the_policy_begins(tmp_path: Path) -> None:
    done = run("new", str(tmp_path / "map.xlsx"), "--policy", "waltham-forest", "--on", "2010-01-01")
    assert done.exit_code == 2
    assert "1 September 2014" in done.output
    assert not list(tmp_path.iterdir())


def test_documents_writes_a_paper_in_each_format(tmp_path: Path) -> None:
    done = run("documents", GUIDE, "--out", str(tmp_path / "papers"), "--format", "html,docx")
    assert done.exit_code == 0, done.output
    assert sorted(p.suffix for p in (tmp_path / "papers").iterdir()) == [".docx", ".html"]
    refused = run("documents", GUIDE, "--out", str(tmp_path / "x"), "--format", "pdf")
    assert refused.exit_code == 2


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.code)
def test_each_rule_has_its_page(rule: object) -> None:
    code = getattr(rule, "code", "")
    page = run("rules", code.lower()).stdout
    assert code in page
    for heading in ("Why it matters:", "Example:", "How to fix:", "Source:"):
        assert heading in page
    assert json.loads(run("rules", code, "--json").stdout)["code"] == code


@pytest.mark.parametrize("check", READING_CHECKS, ids=lambda c: c.code)
def test_what_a_reader_says_has_its_page(check: ReadingCheck) -> None:
    page = run("rules", check.code).stdout
    assert check.title in page
    assert check.why in page
    assert check.fix in page


def test_rules_lists_them_all() -> None:
    listed = [r["code"] for r in json.loads(run("rules", "--json").stdout)]
    assert listed == [*(rule.code for rule in RULES), *(check.code for check in READING_CHECKS)]
    assert run("rules", "XXX99").exit_code == 2


def test_policy_shows_each_value_with_its_source() -> None:
    shown = json.loads(run("policy", "waltham-forest", "--on", "2026-09-01", "--json").stdout)["values"]
    assert shown["increments"]["value"]["1c"] == "1500"
    assert all(entry["source"]["title"] and entry["from"] for entry in shown.values())
    words = run("policy", "waltham-forest", "--on", "2026-09-01").stdout
    assert "salary_weeks: 38" in words
    assert run("policy").stdout.split() == ["england", "waltham-forest"]
    assert run("policy", "nowhere").exit_code == 2


@pytest.mark.parametrize(
    "arguments", [("cost", "nothing.xlsx"), ("audit", "nothing", "--policy", "waltham-forest", "--out", "x")]
)
def test_a_wrong_path_is_one_line_not_a_traceback(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert "Traceback" not in done.output
    assert "nothing" in done.output
