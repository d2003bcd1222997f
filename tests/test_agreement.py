"""The core and the workbook's native formulas come to the same, with LibreOffice as the authority on the formulas."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from provision_costing.costing import cost_map
from provision_costing.model import Form, ProvisionMap, School
from provision_costing.policy import (
    Apportioning,
    MidpointMethod,
    Placing,
    Policy,
    ShareOver,
    load_policy,
    with_overrides,
)
from provision_costing.what_if import Scenario, what_if
from provision_costing.workbook import pen
from provision_costing.workbook.layout import (
    INCLUSION,
    POLICY_FIRST_ROW,
    POLICY_VALUES,
    SCHOOL_CELLS,
    SUMMARY,
    TABLES,
    WHAT_IF,
)
from provision_costing.workbook.school_page import cell_value
from provision_costing.workbook.summary import TOP, whole_school
from provision_costing.workbook.template import all_rows, write_workbook
from provision_costing.workbook.what_if_page import FIGURES, FIRST_INPUT
from provision_costing.workbook.worked import Row, Value, Worked, work
from provision_costing.workbook.years_page import KINDS, PARTS
from provision_costing.years import year_parts
from tests import agreement
from tests.office import Office
from tests.strategies import FIRST_DAY, seeded_full_map, seeded_map

BATCH = 25
MAPS = 200
EMPTY = ProvisionMap(file="", form=Form.WHOLE_SCHOOL, school=School())


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy("waltham-forest", FIRST_DAY)


@pytest.fixture(scope="module")
def policies(policy: Policy) -> tuple[Policy, ...]:
    """The authority's policy, and two that choose otherwise wherever a policy may."""
    hours = replace(
        policy, share_over=ShareOver.PUPILS_WITH_SEN, general_apportioned=Apportioning.BY_HOURS,
        bands_include_element_2=True, increments={"1": Decimal(6000), "2": Decimal(6500), "3": Decimal(8000)},
        midpoint_method=MidpointMethod.MIDDLE_POINT,
    )  # fmt: skip
    direct = replace(
        policy, general_apportioned=Apportioning.BY_DIRECT_COST, increment_placing=Placing.LARGEST_NOT_ABOVE,
        teacher_hours_per_year=Decimal(1265),
    )  # fmt: skip
    return policy, hours, direct


@pytest.fixture(scope="module")
def blanks(policies: tuple[Policy, ...], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("agreement")
    paths = [folder / f"blank-{number}.xlsx" for number in range(len(policies))]
    for path, policy in zip(paths, policies, strict=True):
        path.write_bytes(write_workbook(EMPTY, policy))
    return paths


@pytest.fixture(scope="module")
def blank(blanks: list[Path]) -> Path:
    return blanks[0]


def worked_rows(provision_map: ProvisionMap, policy: Policy) -> tuple[Worked, dict[str, list[Row]]]:
    worked = work(provision_map, policy)
    return worked, all_rows(worked)


def typed(provision_map: ProvisionMap, rows: dict[str, list[Row]]) -> agreement.Blocks:
    """Say what to type into a blank workbook; the policy's name and day stand there already."""
    school = provision_map.school
    given = [c for c in SCHOOL_CELLS if c.key not in ("policy", "policy_date")]
    assert [c.row for c in given] == list(range(given[0].row, given[0].row + len(given)))
    own = {o.name: [agreement.plain(o.value), agreement.plain(o.reason)] for o in school.overrides}
    return agreement.blocks(rows) | {
        "School": {
            given[0].address: [[agreement.plain(cell_value(school, c))] for c in given],
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


def check_lists(found: Mapping[str, agreement.Grid], provision_map: ProvisionMap, policy: Policy) -> list[str]:
    """List where the What-if, Inclusion and Years sheets differ from the core."""
    worked, rows = worked_rows(provision_map, policy)
    wrong = list(agreement.row_differences(WHAT_IF, rows["What-if"], worked.sizes["Pupils"], found["What-if"]))
    lines = len(rows["Inclusion"])
    wrong += agreement.row_differences(INCLUSION, rows["Inclusion"], lines, found["Inclusion"])
    assert all(agreement.cell(found["Inclusion"], INCLUSION.first_row + lines + n, 1) == "" for n in range(9))
    parts = year_parts(worked.cost, worked.policy)
    for kind, _, row in KINDS:
        expected = [float(p.total) for p in parts if p.kind is kind] + [""] * PARTS
        there = [agreement.cell(found["Years"], row + n, 4) for n in range(PARTS)]
        if there != expected[:PARTS] or round(sum(t for t in there if isinstance(t, float)), 2) not in (
            0, float(worked.cost.total)
        ):  # fmt: skip
            wrong.append(f"{kind}: core {expected}, LibreOffice {there}")
    return wrong


@pytest.mark.parametrize("first", range(0, MAPS, BATCH))
def test_a_map_typed_into_a_blank_workbook_comes_to_what_the_core_says(
    office: Office, policies: tuple[Policy, ...], blanks: list[Path], first: int
) -> None:
    policy, blank = policies[first // BATCH % 3], blanks[first // BATCH % 3]
    made = [seeded_full_map(seed) for seed in range(first, first + BATCH)]
    each = [typed(m, worked_rows(m, policy)[1]) for m in made]
    for seed, provision_map, found in zip(
        range(first, first + BATCH), made, office.recalc_each(blank, each), strict=True
    ):
        assert check_typed_in(found, provision_map, policy) == [], f"seed {seed}"
        assert check_lists(found, provision_map, policy) == [], f"seed {seed}"


def test_half_pennies_are_rounded_as_the_core_rounds_them(office: Office, policy: Policy, blank: Path) -> None:
    made = [seeded_map(seed) for seed in range(BATCH)]
    assert sum(half_pennies(m, policy) for m in made) > 5
    each = [typed(m, worked_rows(m, policy)[1]) for m in made]
    for seed, (provision_map, found) in enumerate(zip(made, office.recalc_each(blank, each), strict=True)):
        assert check_typed_in(found, provision_map, policy) == [], f"seed {seed}"


def scenarios(provision_map: ProvisionMap) -> Scenario:
    """Choose what to try on a map: always an award, and on most a size, other weeks and a rate."""
    number = len(provision_map.allocations)
    code = provision_map.provisions[-1].code if provision_map.provisions else ""
    return Scenario(
        pay_award=Decimal("85" if number % 2 else "3.2") if number % 4 else None,
        group_sizes={code: 5} if code and number % 3 else {},
        weeks_per_year=Decimal(36) if number % 2 else None,
        rates={provision_map.staff[0].role: Decimal("19.35")} if number % 5 else {},
    )  # fmt: skip


def maps_to_try(policy: Policy) -> list[ProvisionMap]:
    """Choose six maps on which a pupil crosses an edge, which few do, and nine more."""

    def crosses(made: ProvisionMap) -> bool:
        used = with_overrides(policy, made.school.overrides)
        return bool(what_if(made, used, scenarios(made)).crossing)

    crossing = (m for m in (seeded_full_map(seed, most_pupils=12) for seed in range(2000, 2600)) if crosses(m))
    return [*islice(crossing, 6), *(seeded_full_map(seed, most_pupils=12) for seed in range(2600, 2609))]


def tried(scenario: Scenario) -> list[list[float | str]]:
    """Write a scenario as the input cells of the What-if sheet."""
    ((code, size),) = scenario.group_sizes.items() or (("", ""),)
    ((role, rate),) = scenario.rates.items() or (("", None),)
    given = (scenario.pay_award, scenario.weeks_per_year, code, size, role, rate)
    return [[agreement.plain(value)] for value in given]


@pytest.mark.parametrize("number", range(3))
def test_the_what_if_sheet_comes_to_what_what_if_says(
    office: Office, policies: tuple[Policy, ...], blanks: list[Path], number: int
) -> None:
    policy = policies[number]
    made = maps_to_try(policy)
    tries = [scenarios(m) for m in made]
    each = [
        typed(m, worked_rows(m, policy)[1]) | {"What-if": {f"D{FIRST_INPUT}": tried(t)}}
        for m, t in zip(made, tries, strict=True)
    ]
    crossed = changed = 0
    for seed, (provision_map, scenario, found) in enumerate(
        zip(made, tries, office.recalc_each(blanks[number], each), strict=True)
    ):
        used = with_overrides(policy, provision_map.school.overrides)
        compared = what_if(provision_map, used, scenario)
        page = found["What-if"]
        for place, effect in enumerate(compared.pupils):
            row = [agreement.cell(page, WHAT_IF.first_row + place, column) for column in range(2, 6)]
            expected = [float(effect.before.total), float(effect.after.total), float(effect.difference), effect.crosses]
            assert row == expected, f"seed {seed}, {scenario}"
            crossed, changed = crossed + bool(effect.crosses), changed + bool(effect.difference)
        figures = [agreement.cell(page, FIGURES + n, 4) for n in range(4)]
        before, after = compared.before.total, compared.after.total
        assert figures == [float(before), float(after), float(after - before), len(compared.crossing)], f"seed {seed}"
    assert changed > 5
    assert crossed > 5


def check_written(office: Office, data: bytes, path: Path) -> Sequence[str]:
    path.write_bytes(data)
    return agreement.differences(agreement.held(data), office.recalc(path))


@pytest.mark.parametrize("seed", range(1000, 1012))
def test_every_value_held_is_what_its_formula_comes_to(
    office: Office, policies: tuple[Policy, ...], tmp_path: Path, seed: int
) -> None:
    other = policies[seed % 3]
    data = write_workbook(seeded_full_map(seed), other)
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
