"""Every rule has its page of help, its source, and cases that it passes and that it sees."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from provision_costing import rules
from provision_costing.audit import audit
from provision_costing.costing import cost_map
from provision_costing.findings import Finding, Severity
from provision_costing.model import ProvisionMap
from provision_costing.policy import VALUES, Policy
from provision_costing.rules import RULES, Rule
from provision_costing.rules._page import rules_page
from provision_costing.rules._rule import HEADINGS, Hit, rule
from provision_costing.workbook import layout
from tests.builders import build, guide_map, policy

HOME = Path(__file__).parent.parent
CASES = Path(__file__).parent / "cases" / "rules"
FOLDER = Path(rules.__file__).parent


def load(code: str) -> dict[str, list[dict[str, Any]]]:
    path = CASES / f"{code}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal) if path.exists() else {}


def cases(kind: str) -> list[Any]:
    return [
        pytest.param(rule, case, id=f"{rule.code}: {case['name']}") for rule in RULES for case in load(rule.code)[kind]
    ]


def case_policy(case: Mapping[str, Any]) -> Policy:
    take = {f.name: f.metadata["take"] for f in VALUES}
    given = case.get("policy", {})
    numbers = {k: take[k](Decimal(v) if v[0].isdigit() else v) for k, v in given.items()}
    return policy(**numbers)


def found(rule: Rule, case: Mapping[str, Any]) -> list[Finding]:
    """What a rule finds on a case, by way of the audit, which puts the school's own values in force."""
    return [f for f in audit(build(case), case_policy(case)).findings if f.code == rule.code]


def place(expected: Mapping[str, Any]) -> tuple[str, str]:
    sheet, field = expected["at"].split(".")
    row = expected.get("row", layout.FIRST_ROW)
    if sheet == "School":
        names = layout.POLICY_VALUES
        cells = {cell.key: cell.address for cell in layout.SCHOOL_CELLS}
        return sheet, f"D{layout.POLICY_FIRST_ROW + names.index(field)}" if field in names else cells.get(field, "D0")
    table = next((t for t in (*layout.TABLES, layout.SUMMARY) if t.name == sheet), None)
    return sheet, f"{table.letter(field)}{row}" if table and field else field


@pytest.mark.parametrize(("rule", "case"), cases("pass"))
def test_passes(rule: Rule, case: Mapping[str, Any]) -> None:
    assert found(rule, case) == []


@pytest.mark.parametrize(("rule", "case"), cases("fail"))
def test_sees(rule: Rule, case: Mapping[str, Any]) -> None:
    seen = sorted(found(rule, case), key=lambda f: (f.sheet, f.cell))
    expected = sorted(case["expect"], key=place)
    assert [(f.sheet, f.cell) for f in seen] == [place(e) for e in expected]
    for finding, wanted in zip(seen, expected, strict=True):
        assert str(finding.effect) == wanted.get("effect", "None")
        assert finding.pupil == wanted.get("pupil", "")
        assert finding.severity == wanted.get("severity", rule.severity)
        assert wanted.get("says", "") in finding.message
        assert finding.fix == rule.fix
        assert finding.file == "case.xlsx"


def test_the_printed_map_of_the_guide() -> None:
    done = audit(guide_map(), policy())
    assert [(f.code, f.where, f.effect) for f in done.findings] == [
        ("ARI01", "Map!F7", Decimal("71.06")),
        ("STF02", "Map!D7", None),
        ("STF03", "Map!D6", None),
    ]
    assert done.cost.total == Decimal("7055.73")


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.code)
def test_has_a_page_of_help(rule: Rule) -> None:
    assert rule.title.endswith(".")
    assert all(rule.section(heading) for heading in HEADINGS)
    assert rule.help.index(HEADINGS[0]) < rule.help.index(HEADINGS[1]) < rule.help.index(HEADINGS[2])
    assert rule.source
    assert set(rule.needs) <= {f.name for f in VALUES}


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.code)
def test_has_two_cases_of_each_kind(rule: Rule) -> None:
    held = load(rule.code)
    assert {kind: len(held[kind]) >= 2 for kind in held} == {"pass": True, "fail": True}


def test_every_file_is_a_listed_rule_in_order_of_code() -> None:
    files = sorted(p.stem[:5].upper() for p in FOLDER.glob("[a-z]*.py"))
    assert [r.code for r in RULES] == files
    assert len(set(files)) == len(files)
    assert {p.stem for p in CASES.glob("*.toml")} == set(files)


def test_the_committed_page_is_the_generated_one() -> None:
    assert (HOME / "docs" / "rules.md").read_text(encoding="utf-8") == rules_page(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.code)
def test_refuses_nobody_and_is_kind(rule: Rule) -> None:
    words = f"{rule.help} {rule.source}".casefold()
    assert not [w for w in ("refuse", "reject", "must not", "fraud", "wrongly claim") if w in words]


NAMES = ("Zebedee Quillfeather", "Ottoline Marchpane", "Peregrine Umbersome")


def with_names(provision_map: ProvisionMap) -> ProvisionMap:
    pupils = [replace(p, name=NAMES[n % len(NAMES)]) for n, p in enumerate(provision_map.pupils)]
    return replace(provision_map, pupils=tuple(pupils))


@pytest.mark.parametrize(("rule", "case"), cases("fail"))
def test_no_finding_names_a_pupil(rule: Rule, case: Mapping[str, Any]) -> None:
    done = audit(with_names(build(case)), case_policy(case))
    told = " ".join(f"{f.message} {f.fix} {f.pupil} {f.file} {f.where}" for f in done.findings)
    assert done.findings
    assert not [part for name in NAMES for part in name.split() if part in told]


def test_a_name_that_the_school_wrote_into_a_role_is_left_out() -> None:
    case = {
        "pupils": [{"reference": "A7", "name": "Ottoline Marchpane"}],
        "provision": [{"staff": "Ottoline's keeper"}],
    }
    (finding,) = [f for f in audit(build(case), policy()).findings if f.code == "CST01"]
    assert "“A7's keeper”" in finding.message


def test_a_finding_without_a_cell_points_at_its_row() -> None:
    @rule("XXX01", Severity.QUERY, source="none")
    def look(provision_map: ProvisionMap, cost: object, policy: Policy) -> list[Hit]:
        """Nothing."""
        return [Hit(provision_map.provisions[0], "no such field", "Look.")]

    provision_map = build({"provision": [{}]})
    (finding,) = look.findings(provision_map, cost_map(provision_map, policy()), policy())
    assert finding.where == "Provision!6:6"
