"""Each thing that the Check sheet looks for is found when it is planted, by the formula and by the value beside it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from provision_costing.model import (
    AgeGroup,
    Allocation,
    Form,
    GeneralProvision,
    GroupChange,
    Override,
    Provision,
    ProvisionMap,
    Pupil,
    Resource,
    Review,
    SalaryBasis,
    School,
    SenStatus,
    Staffing,
    StaffRate,
    Term,
)
from provision_costing.policy import Policy, load_policy
from provision_costing.workbook.check_page import HEADER_ROW
from provision_costing.workbook.faults import FAULTS
from provision_costing.workbook.layout import ALLOCATIONS, GENERAL, PROVISION, RESOURCES, REVIEWS
from provision_costing.workbook.template import write_workbook
from sample_maps._schools import read_school
from tests import agreement
from tests.office import Office
from tests.strategies import FIRST_DAY

SCHOOLS = sorted((Path(__file__).parent.parent / "sample_maps" / "schools").glob("*.toml"))
OTHER_CHECKS = 9  # of the School sheet
# Cells without which the map cannot be written from records: a person clears them by hand.
CLEARED: Mapping[str, Mapping[str, float | str | None]] = {
    "Staff": {"A6": None}, "Pupils": {"A9": None},
    "Provision": {"A8": None, f"{PROVISION.letter('change_3_size')}11": None},
    "Resources": {"A9": None}, "Allocations": {"A13": None, "B14": None}, "Reviews": {"A8": None},
    "Terms": {"C6": None, "C9": 47500.0}, "Closures": {"A6": None, "B6": "INSET"}, "Element 1": {"B6": None},
}  # fmt: skip


# What a person pastes past the check on entry, into rows that are still empty.
PASTED: Mapping[str, Mapping[str, float | str | None]] = {
    "Staff": {"B15": "£24,000", "B16": -1.0},
    "Provision": {f"{PROVISION.letter('adults')}30": "two", f"{PROVISION.letter('sessions_per_week')}31": -5.0},
    "Allocations": {f"{ALLOCATIONS.letter('weeks')}100": "12 weeks", f"{ALLOCATIONS.letter('weeks')}101": -1.0},
    "Resources": {f"{RESOURCES.letter('annual_cost')}17": "about 300", f"{RESOURCES.letter('annual_cost')}18": -300.0},
    "General": {f"{GENERAL.letter('annual_cost')}13": "tbc", f"{GENERAL.letter('annual_cost')}14": -50.0},
    "Reviews": {f"{REVIEWS.letter('held')}100": "last week"},
    "Terms": {"B12": "September"}, "Closures": {"A15": "INSET"}, "Element 1": {"B9": "many", "B10": -3.0},
}  # fmt: skip


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy("waltham-forest", FIRST_DAY)


def provision(code: str, role: str, **changes: object) -> Provision:
    start = Provision(code=code, intervention=f"Group {code}", staffing=(Staffing(role=role),), group_size=2,
                      minutes_per_session=Fraction(30), sessions_per_week=Fraction(2))  # fmt: skip
    return replace(start, **changes)  # type: ignore[arg-type]


def faulty_school() -> School:
    return School(
        starts=date(2027, 9, 1),
        ends=date(2026, 9, 1),
        as_at=date(2031, 1, 1),
        overrides=(Override(name="weeks_per_year", value=Decimal(37)),),
        terms=(
            Term(starts=date(2026, 9, 1), ends=date(2026, 9, 2)),
            Term(starts=date(2026, 9, 9), ends=date(2026, 9, 2)),
            Term(starts=date(2026, 9, 1), ends=date(2026, 12, 18)),
            Term(starts=date(2027, 1, 4), ends=date(2027, 7, 21)),
        ),
        closures=(date(2026, 9, 1), date(2032, 9, 1)),
        age_groups=(AgeGroup(name="Primary", pupils=200, rate=Decimal(3847)),),
    )


def faulty_staff() -> tuple[StaffRate, ...]:
    return (
        StaffRate(role="Cleared by hand", salary=Decimal(20000)), StaffRate(role="SENCO", hourly_cost=Decimal(40)),
        StaffRate(role="Nurse"), StaffRate(role="Nurse"),
        StaffRate(role="Coach*", salary=Decimal(30000), scale_minimum=Decimal(20000), scale_maximum=Decimal(30000),
                  salary_basis=SalaryBasis.FULL_TIME_EQUIVALENT, with_on_costs=False),
        StaffRate(role="Key worker", salary=Decimal(20000), with_on_costs=False),
        StaffRate(role="Play leader", pay_point="SCP 99"),
    )  # fmt: skip


def faulty() -> ProvisionMap:
    """Make a map with every fault on it at least once."""
    long_ago = {"starts": date(2026, 12, 1), "ends": date(2026, 11, 1)}
    odd: list[dict[str, Any]] = [{"weeks": Fraction(40), **long_ago}, {"whole_cost_reason": "For this pupil alone"}]
    return ProvisionMap(
        file="", form=Form.WHOLE_SCHOOL,
        school=faulty_school(), staff=faulty_staff(),
        pupils=(
            Pupil(reference="A1", sen_status=SenStatus.SUPPORT), Pupil(reference=" a1 ", sen_status=SenStatus.PLAN),
            Pupil(reference="B?"), Pupil(reference="X9", name="Cleared by hand"), Pupil(reference="C3"),
        ),
        provisions=(
            provision("P1", "SENCO"), provision("p1", "Nurse", weeks=Fraction(39)), provision("P3", "HLTA"),
            provision("P4", "HLTA", staffing=(), group_size=None, minutes_per_session=None, open_to_all=True),
            provision("P5~", "HLTA", **long_ago),
            provision("P6", "HLTA", group_size=1, pupils_without_sen=3, group_changes=(
                GroupChange(starts=date(2026, 11, 2), group_size=2), GroupChange(starts=date(2026, 8, 3), group_size=1),
                GroupChange(starts=date(2027, 2, 1), group_size=1),
            )),
        ),
        resources=(
            Resource(code="P1", description="A code of the provision", annual_cost=None),
            Resource(code="R2", description="For one", annual_cost=Decimal(1)),
            Resource(code="R?", description="A sign", annual_cost=Decimal(1)),
            Resource(code="R4", description="Cleared by hand", annual_cost=Decimal(1)),
        ),
        allocations=tuple(
            Allocation(pupil=pupil, code=code, **(odd[n] if n < len(odd) else {}))
            for n, (pupil, code) in enumerate((
                ("A1", "P6"), ("A1", "P6"), ("nobody", "P6"), ("A1", "none"), ("A1", "P4"), ("A1", "R2"), ("C3", "R2"),
                ("A1", "P3"), ("A1", "P3"), ("C3", "P6"),
            ))
        ),
        general=(GeneralProvision(description="No cost", annual_cost=None),),
        reviews=(Review(pupil="nobody"), Review(pupil="A1"), Review(pupil="C3", number=1)),
    )  # fmt: skip


def test_every_check_finds_its_planted_fault(office: Office, policy: Policy, tmp_path: Path) -> None:
    path = tmp_path / "faulty.xlsx"
    path.write_bytes(write_workbook(faulty(), policy))
    edits = {name: {**CLEARED.get(name, {}), **PASTED.get(name, {})} for name in {*CLEARED, *PASTED}}
    check = office.recalc(path, edits)["Check"]
    found = {(row[0], row[1]): row[3] for row in check[HEADER_ROW:]}
    assert len(found) == len(FAULTS) + OTHER_CHECKS
    assert [key for key, count in found.items() if not count and key != ("School", "No first or last day")] == []


def test_a_faulty_map_holds_true_values(office: Office, policy: Policy, tmp_path: Path) -> None:
    # Signs that a look-up reads as wildcards are left out: what they find depends on the reader of the file.
    made = faulty()
    made = replace(
        made,
        pupils=tuple(replace(p, reference=p.reference.replace("?", "")) for p in made.pupils),
        provisions=tuple(replace(p, code=p.code.replace("~", "")) for p in made.provisions),
        resources=tuple(replace(r, code=r.code.replace("?", "")) for r in made.resources),
        staff=tuple(replace(s, role=s.role.replace("*", "")) for s in made.staff),
    )
    data = write_workbook(made, policy)
    path = tmp_path / "faulty.xlsx"
    path.write_bytes(data)
    assert agreement.differences(agreement.held(data), office.recalc(path)) == []


@pytest.mark.parametrize("school", SCHOOLS, ids=lambda path: path.stem)
def test_a_sample_school_holds_true_values(office: Office, policy: Policy, tmp_path: Path, school: Path) -> None:
    data = write_workbook(read_school(school), policy)
    path = tmp_path / "school.xlsx"
    path.write_bytes(data)
    assert agreement.differences(agreement.held(data), office.recalc(path)) == []


def test_words_in_an_optional_number_are_said_and_the_check_still_counts(
    office: Office, policy: Policy, tmp_path: Path
) -> None:
    path = tmp_path / "school.xlsx"
    path.write_bytes(write_workbook(read_school(SCHOOLS[0]), policy))
    cell = f"{PROVISION.letter('weeks')}{PROVISION.first_row}"
    sheets = office.recalc(path, {"Provision": {cell: "12 weeks"}})
    found = {(row[0], row[1]): row[3] for row in sheets["Check"][HEADER_ROW:]}
    assert found["Provision", "Words where a number or date belongs"] == 1
    looked = [c.key for c in PROVISION.columns].index("look_at")
    assert sheets["Provision"][PROVISION.first_row - 1][looked] == "words where a number or date belongs"
