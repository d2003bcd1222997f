"""The core and the workbook's native formulas come to the same, with LibreOffice as the authority on the formulas."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from provision_costing.costing import cost_map
from provision_costing.model import Form, ProvisionMap, School
from provision_costing.policy import Placing, Policy, load_policy, with_overrides
from provision_costing.workbook import pen
from provision_costing.workbook.faults import look_at
from provision_costing.workbook.layout import POLICY_FIRST_ROW, POLICY_VALUES, SCHOOL_CELLS, SUMMARY, TABLES
from provision_costing.workbook.rows import table_rows
from provision_costing.workbook.summary import TOP, summary_rows, whole_school
from provision_costing.workbook.template import write_workbook
from provision_costing.workbook.worked import Row, Value, Worked, work
from tests import agreement
from tests.office import Office
from tests.strategies import FIRST_DAY, seeded_map

BATCH = 25
MAPS = 200
EMPTY = ProvisionMap(file="", form=Form.WHOLE_SCHOOL, school=School())


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy("waltham-forest", FIRST_DAY)


@pytest.fixture(scope="module")
def blank(policy: Policy, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("agreement") / "blank.xlsx"
    path.write_bytes(write_workbook(EMPTY, policy))
    return path


def worked_rows(provision_map: ProvisionMap, policy: Policy) -> tuple[Worked, dict[str, list[Row]]]:
    worked = work(provision_map, policy)
    rows = table_rows(worked)
    look_at(rows, worked)
    rows["Summary"] = summary_rows(worked, rows)
    return worked, rows


def typed(provision_map: ProvisionMap, rows: dict[str, list[Row]]) -> agreement.Blocks:
    """Say what to type into a blank workbook; the policy's name and day stand there already."""
    school = provision_map.school
    given = [c for c in SCHOOL_CELLS if c.key not in ("policy", "policy_date")]
    assert [c.row for c in given] == list(range(given[0].row, given[0].row + len(given)))
    own = {o.name: [agreement.plain(o.value), agreement.plain(o.reason)] for o in school.overrides}
    return agreement.blocks(rows) | {
        "School": {
            given[0].address: [[agreement.plain(getattr(school, c.key))] for c in given],
            f"D{POLICY_FIRST_ROW}": [own.get(name, ["", ""]) for name in POLICY_VALUES],
        }
    }


def half_pennies(provision_map: ProvisionMap, policy: Policy) -> int:
    used = with_overrides(policy, provision_map.school.overrides)
    lines = [line.annual for pupil in cost_map(provision_map, used).pupils for line in pupil.lines]
    return sum((amount * 200).denominator == 1 and (amount * 200) % 2 == 1 for amount in lines)


def check_typed_in(found: Mapping[str, agreement.Grid], provision_map: ProvisionMap, policy: Policy) -> list[str]:
    """List where a map that was typed into a blank workbook differs from the core, to the penny."""
    worked, rows = worked_rows(provision_map, policy)
    wrong = [
        said
        for sheet in TABLES
        for said in agreement.row_differences(sheet, rows[sheet.name], worked.sizes[sheet.name], found[sheet.name])
    ]
    wrong += agreement.row_differences(SUMMARY, rows["Summary"], worked.sizes["Pupils"], found["Summary"])
    for row, (label, _, value, _) in enumerate(whole_school(worked), TOP):
        there = agreement.cell(found["Summary"], row, 3)
        if not agreement.same(value, there, exactly=isinstance(value, Decimal)):
            wrong.append(f"{label}: core {value!r}, LibreOffice {there!r}")
    used = with_overrides(policy, provision_map.school.overrides)
    for number, pupil in enumerate(cost_map(provision_map, used).pupils):  # the core alone, nothing of the workbook's
        row = SUMMARY.first_row + number
        total = agreement.cell(found["Summary"], row, 7)
        if total != float(pupil.total):
            wrong.append(f"total of {pupil.pupil.reference}: core {pupil.total}, LibreOffice {total!r}")
    return wrong


@pytest.mark.parametrize("first", range(0, MAPS, BATCH))
def test_a_map_typed_into_a_blank_workbook_comes_to_what_the_core_says(
    office: Office, policy: Policy, blank: Path, first: int
) -> None:
    made = [seeded_map(seed) for seed in range(first, first + BATCH)]
    each = [typed(m, worked_rows(m, policy)[1]) for m in made]
    assert sum(half_pennies(m, policy) for m in made) > 5
    for seed, provision_map, found in zip(
        range(first, first + BATCH), made, office.recalc_each(blank, each), strict=True
    ):
        assert check_typed_in(found, provision_map, policy) == [], f"seed {seed}"


def check_written(office: Office, data: bytes, path: Path) -> Sequence[str]:
    path.write_bytes(data)
    return agreement.differences(agreement.held(data), office.recalc(path))


@pytest.mark.parametrize("seed", range(1000, 1012))
def test_every_value_held_is_what_its_formula_comes_to(
    office: Office, policy: Policy, tmp_path: Path, seed: int
) -> None:
    data = write_workbook(seeded_map(seed), policy)
    assert check_written(office, data, tmp_path / "written.xlsx") == []


def test_a_blank_workbook_holds_true_values(office: Office, policy: Policy, blank: Path) -> None:
    assert agreement.differences(agreement.held(blank.read_bytes()), office.recalc(blank)) == []


def test_the_other_placing_rule_and_none(office: Office, policy: Policy, tmp_path: Path) -> None:
    largest = replace(policy, increment_placing=Placing.LARGEST_NOT_ABOVE, element_2_threshold=Decimal(500))
    unpublished = ("increment_placing", "increments", "plan_bands", "hourly_rates", "role_costed_as", "excluded_roles",
                   "reviews_per_year", "midpoint_method")  # fmt: skip
    nothing = replace(policy, **dict.fromkeys(unpublished))  # type: ignore[arg-type]
    entries = {
        k: replace(e, value=Decimal(500)) if k == "element_2_threshold" else e for k, e in policy.entries.items()
    }
    for other in (replace(largest, entries=entries), nothing):
        data = write_workbook(seeded_map(7, most_pupils=20), other)
        assert check_written(office, data, tmp_path / "other.xlsx") == []


def test_a_wrong_value_beside_a_formula_is_caught(office: Office, policy: Policy, tmp_path: Path) -> None:
    """Plant a wrong figure where a pupil's total stands; LibreOffice corrects it and the comparison sees it."""
    data, total = write_workbook(seeded_map(3), policy), f"Summary!R{SUMMARY.first_row}C7"
    assert check_written(office, data, tmp_path / "true.xlsx") == []
    with pytest.MonkeyPatch.context() as patch:
        write = pen.Pen.formula

        def planted(self: pen.Pen, sheet: Any, address: str, formula: str, value: Value, **looks: object) -> None:
            wrong = sheet.get_name() == "Summary" and address == f"G{SUMMARY.first_row}"
            write(self, sheet, address, formula, 999 if wrong else value, **looks)

        patch.setattr(pen.Pen, "formula", planted)
        data = write_workbook(seeded_map(3), policy)
    assert [said.split(":")[0] for said in check_written(office, data, tmp_path / "false.xlsx")] == [total]


def test_what_the_comparison_calls_the_same() -> None:
    assert agreement.same(Decimal("128.58"), 128.58, exactly=True)
    assert not agreement.same(Decimal("128.58"), 128.57, exactly=True)
    assert not agreement.same(Decimal("128.58"), 128.58 + 1e-6)
    assert agreement.same(date(2026, 9, 1), 46266.0)
    assert not agreement.same("", 0.0)
    assert agreement.differences({"A": [[1.0]]}, {"A": [["#ERR:#N/A"]]})
