"""An audit puts everything in one place, hides nothing that did not run, and never raises."""

import pickle
from dataclasses import fields, replace
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import provision_costing.audit as audit_module
from provision_costing.audit import NotRun, audit
from provision_costing.costing import MapCost
from provision_costing.findings import Finding, Severity
from provision_costing.model import Form, Override, ProvisionMap, School, Source
from provision_costing.policy import Policy
from provision_costing.rules import RULES, Rule
from provision_costing.rules._rule import Hit, rule
from tests.builders import build, policy
from tests.strategies import full_maps

FAULTY: dict[str, Any] = {
    "staff": [{"role": "Class teacher", "hourly_cost": 31.05}, {"role": "TA", "hourly_cost": 19.20}],
    "pupils": [{"reference": "A"}, {"reference": "B", "band": "4d"}],
    "provision": [
        {"staff": "Class teacher"},
        {"staff": "TA", "weeks": 40},
        {"group_size": "none"},
        {"intervention": "Library, open to all", "group_size": 10},
    ],
    "resources": [{"cost": 400}],
}
ROWS = ("provisions", "allocations", "resources", "general", "reviews")


def test_errors_come_first_then_the_costliest() -> None:
    findings = audit(build(FAULTY), policy()).findings
    order = [(f.severity is Severity.QUERY, -abs(f.effect or Decimal(0))) for f in findings]
    assert order == sorted(order)
    assert len({f.severity for f in findings}) == 2
    assert findings[0].code == "SCP01"


def test_ties_stand_in_the_order_of_the_sheet() -> None:
    rows = [{"group_size": "none"} for _ in range(6)]
    assert [f.cell[-2:] for f in audit(build({"provision": rows}), policy()).findings] == [
        "J6", "J7", "J8", "J9", "10", "11"
    ]  # fmt: skip


def test_what_the_reader_found_is_among_the_findings_and_not_said_twice() -> None:
    provision_map = build({"provision": [{"minutes": "none"}, {"sessions": "none"}]})
    cells = [f.cell for f in audit(provision_map, policy()).findings if f.code == "CST01"]
    read = Finding(
        code="READ07", severity=Severity.ERROR, file="case.xlsx", sheet="Provision", cell=cells[0],
        message="“half an hour” is not a number.", fix="Write 30.",
    )  # fmt: skip
    told = audit(provision_map, policy(), [read]).findings
    assert [f.code for f in told] == ["READ07", "CST01"]
    assert told[1].cell == cells[1]


@pytest.mark.parametrize(
    ("case", "left_out"),
    [
        ({"provision": [{}]}, 0),
        ({"provision": [{}], "rows_left_out": 2}, 2),
        ({"provision": [{"group_size": "none"}], "rows_left_out": 1}, 2),
        ({"provision": [{"group_size": "none", "open_to_all": True}]}, 0),
        ({"resources": [{}]}, 1),
    ],
)
def test_a_map_with_rows_left_out_is_never_complete(case: dict[str, Any], left_out: int) -> None:
    done = audit(build(case), policy())
    assert (done.rows_left_out, done.complete) == (left_out, left_out == 0)


def test_a_rule_whose_value_is_not_published_is_not_run() -> None:
    done = audit(build(FAULTY), policy(excluded_roles=None, reviews_per_year=None))
    assert done.not_run == (
        NotRun(code="REV01", reason="Waltham Forest does not publish: Reviews in a year."),
        NotRun(code="SCP01", reason="Waltham Forest does not publish: Roles never charged to the map."),
        NotRun(code="SCP02", reason="Waltham Forest does not publish: Roles never charged to the map."),
    )
    assert not {"REV01", "SCP01", "SCP02"} & {f.code for f in done.findings}


@rule("XXX01", Severity.ERROR, source="none")
def crashes(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> list[Hit]:
    """Nothing."""
    raise ValueError(f"{provision_map.pupils[0].name} has no rate")


def test_a_rule_that_crashes_is_not_run_and_tells_nothing_about_a_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_module, "RULES", (*RULES, crashes))
    done = audit(build({"pupils": [{"reference": "A", "name": "Zebedee Quillfeather"}], "provision": [{}]}), policy())
    assert done.not_run == (
        NotRun(code="XXX01", reason="The rule failed on this map (ValueError); please report it.", crashed=True),
    )


def test_the_schools_own_values_are_used_and_noted() -> None:
    own = {"weeks_per_year": 39}
    done = audit(build({"school": {"own_values": own, "reason": "Agreed"}, "provision": [{}]}), policy())
    assert done.cost.total == Decimal("341.25")  # £17.50 × 0.5 h × 39
    assert done.policy.weeks_per_year == 39
    assert done.notes[-1] == ("Weeks of provision in a year: the school's own 39 in place of 38; reason given: Agreed.")
    assert done.notes[0].startswith("Waltham Forest consulted on new funding levels")


def test_an_own_value_that_cannot_be_used_leaves_the_authoritys() -> None:
    overrides = (Override(name="weeks_per_year", value=Decimal(0)), Override(name="nonsense", value=Decimal(1)))
    provision_map = replace(build({"provision": [{}]}), school=School(overrides=overrides))
    done = audit(provision_map, policy())
    assert done.cost.total == Decimal("332.50")
    assert [f.code for f in done.findings] == ["POL01", "POL01"]


def test_printed_totals_are_kept() -> None:
    pupils = [{"reference": "A", "stated": {"total": 6981}}, {"reference": "B", "stated": {"total": "see above"}}]
    assert audit(build({"form": "individual", "pupils": pupils}), policy()).stated_totals == {"A": Decimal(6981)}


def test_an_audit_crosses_to_another_process() -> None:
    done = audit(build(FAULTY), policy())
    assert pickle.loads(pickle.dumps(done)) == done  # noqa: S301 - our own


def with_rows(provision_map: ProvisionMap) -> ProvisionMap:
    """Give each row its place on its sheet, which it keeps wherever it is moved."""
    placed: dict[str, Any] = {
        name: tuple(
            replace(record, source=Source(sheet=name, row=n))
            for n, record in enumerate(getattr(provision_map, name), 1)
        )
        for name in ROWS
    }
    return replace(provision_map, **placed)


def shuffled(provision_map: ProvisionMap, seed: int) -> ProvisionMap:
    """Put rows in another order; pupils keep theirs, since spare pennies of general provision go to the first."""
    random = Random(seed)
    mixed: dict[str, Any] = {
        name: tuple(random.sample(rows, len(rows))) for name in ROWS if (rows := getattr(provision_map, name))
    }
    return replace(provision_map, **mixed)


THREE_HLTAS = {"provision": [{"staff": "HLTA"}] * 3}
TWICE = {"provision": [{}], "allocations": [{"pupil": "A", "code": "P001", "weeks": n} for n in (6, 9, 12)]}


@given(full_maps(), st.integers(0, 99))
@example(build(THREE_HLTAS), 0)
@example(build(TWICE), 0)
@settings(max_examples=60)
def test_the_order_of_rows_does_not_matter(provision_map: ProvisionMap, seed: int) -> None:
    placed = with_rows(provision_map)
    findings = audit(placed, policy()).findings
    again = audit(shuffled(placed, seed), policy()).findings
    assert sorted(map(repr, findings)) == sorted(map(repr, again))


@given(full_maps(), st.sampled_from(list(Form)), st.sets(st.sampled_from([f.name for f in fields(Policy)][10:])))
@settings(max_examples=120)
def test_an_audit_never_raises_and_no_rule_crashes(provision_map: ProvisionMap, form: Form, unknown: set[str]) -> None:
    done = audit(replace(provision_map, form=form), policy(**dict.fromkeys(unknown)))
    assert not [n for n in done.not_run if n.crashed]
    assert {n.code for n in done.not_run} == {r.code for r in RULES if needs_one_of(r, unknown)}
    assert done.complete == (done.rows_left_out == 0)


def needs_one_of(rule: Rule, unknown: set[str]) -> bool:
    return bool(set(rule.needs) & unknown)
