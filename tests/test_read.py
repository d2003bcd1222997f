"""Reading maps: the guide's own, our workbook, and the mistakes that schools make in either."""

from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings

from provision_costing.costing import cost_map
from provision_costing.findings import Finding, Severity
from provision_costing.model import Form, ProvisionMap, SenStatus, Wave
from provision_costing.policy import with_overrides
from provision_costing.workbook import layout
from provision_costing.workbook.blank import blank_map
from provision_costing.workbook.layout import POLICY_VALUES
from provision_costing.workbook.read import read_map
from provision_costing.workbook.reading_findings import READING_CHECKS
from provision_costing.workbook.refusals import RefusedError
from provision_costing.workbook.template import write_workbook
from tests.makers import (
    GUIDE_HEADINGS,
    GUIDE_ROWS,
    GUIDE_TOTAL,
    PROVISION,
    edited,
    guide_map,
    ours,
    school_sheet,
    sheets,
    table,
    with_parts,
    without_values,
)
from tests.making import waltham_forest
from tests.strategies import full_maps, seeded_map

MAP = 7  # the seed of a map with staff, pupils and provision
TA, MENTOR = "Teaching Assistant", "Learning Mentor"


def read(data: bytes, file: str = "map.xlsx") -> tuple[ProvisionMap, list[Finding]]:
    provision_map, findings = read_map(data, file)
    return provision_map, list(findings)


def told(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(f.code, f.where) for f in findings]


# --- the guide's own map: domain.md §2, from the Waltham Forest guide


def test_guide_map_reads_as_printed() -> None:
    provision_map, findings = read(guide_map())
    rows: list[Any] = [
        (p.staffing[0].role, p.group_size, p.minutes_per_session, p.sessions_per_week) for p in provision_map.provisions
    ]
    assert rows == [
        ("HLTA", 4, 120, 5),
        (MENTOR, 8, 30, 5),
        (TA, 6, 30, 2),
        (TA, 1, 30, 5),
        (TA, 3, 60, 5),
        (MENTOR, 1, 30, 5),
    ]
    stated = [a.stated for a in provision_map.allocations]
    assert [s["weekly_cost"].amount for s in stated] == [
        Decimal(p) for p in ("43.75", "5.46", "2.92", "43", "29.16", "58.3")
    ]
    assert [s["annual_cost"].amount for s in stated] == [1662, 208, 111, 1660, 1108, 2232]
    assert provision_map.form is Form.INDIVIDUAL
    assert provision_map.is_complete
    assert findings == []


def test_guide_map_keeps_its_total_and_its_divisors() -> None:
    provision_map, _ = read(guide_map())
    total = provision_map.pupils[0].stated["total"]
    assert (total.amount, total.sheet, total.cell) == (Decimal(6981), "Pupil support map", "G8")
    assert [p.group_claims for p in provision_map.provisions] == [
        {"weekly_cost": 4}, {"weekly_cost": 8}, {"weekly_cost": 6}, {}, {"duration": 3}, {},
    ]  # fmt: skip
    assert provision_map.provisions[1].source.cell("group_size") == "Pupil support map!C3"
    assert provision_map.allocations[1].source.cell("annual_cost") == "Pupil support map!G3"


def test_guide_map_costs_what_the_guide_should_have_said() -> None:
    provision_map, _ = read(guide_map())
    assert cost_map(provision_map, waltham_forest()).total == Decimal("7055.73")


def test_header_block_names_pupil_and_school() -> None:
    above: list[list[Any]] = [
        ["Individual provision map"], ["School:", "Whitethorn Primary", "", "Year", "Year 3"],
        ["Pupil reference", "AB-7", "", "SEN status:", "SEN support"], ["Area of need: SEMH"],
        ["Date", date(2026, 9, 14), "", "Band", "1c"], [],
    ]  # fmt: skip
    provision_map, findings = read(guide_map(*above))
    pupil = provision_map.pupils[0]
    assert (pupil.reference, pupil.year_group, pupil.sen_status, pupil.stated_band) == (
        "AB-7",
        "3",
        SenStatus.SUPPORT,
        "1c",
    )
    assert pupil.area_of_need is not None
    assert (provision_map.school.name, provision_map.school.policy_date) == ("Whitethorn Primary", date(2026, 9, 14))
    assert {a.pupil for a in provision_map.allocations} == {"AB-7"}
    assert pupil.source.cell("sen_status") == "Pupil support map!E3"
    assert pupil.source.cell("stated_band") == "Pupil support map!E5"
    assert findings == []


def test_a_name_never_becomes_a_reference() -> None:
    provision_map, findings = read(guide_map(["Name", "Ayşe Demir"]))
    assert provision_map.pupils[0].reference == "PUPIL-1"
    assert provision_map.pupils[0].name == "Ayşe Demir"
    assert told(findings) == [("READ20", "Pupil support map!B1")]
    assert not any("Demir" in f"{f}" for f in findings)


@pytest.mark.parametrize("name", ["Amina Khan", "AMINA KHAN", "Anne-Marie O’Neill", "Zoë de Boer map", "Khan_Amina Y3"])
def test_a_name_on_the_sheet_or_the_file_never_becomes_a_reference(name: str) -> None:
    by_sheet, of_sheet = read(guide_map(name=name))
    by_file, of_file = read_map(guide_map(name="Sheet1"), f"returns/{name}.xlsx")
    assert [p.reference for p in (*by_sheet.pupils, *by_file.pupils)] == ["PUPIL-1", "PUPIL-1"]
    assert [(f.code, f.sheet, f.cell, f.pupil) for f in (*of_sheet, *of_file)] == [
        ("READ20", name, "", "PUPIL-1"), ("READ20", "Sheet1", "", "PUPIL-1"),
    ]  # fmt: skip
    assert not any(name in f.message for f in (*of_sheet, *of_file))
    assert {a.pupil for a in by_sheet.allocations} == {"PUPIL-1"}
    assert by_sheet.pupils[0].source.sheet == name


@pytest.mark.parametrize(
    ("name", "reference"),
    [("Y3-01", "Y3-01"), ("Pupil map 3", "map"), ("AK", "AK"), ("AK BT", "AK-BT"), ("Sheet1", "map"),
     ("Amina", "Amina"), ("Pupil Three", "Pupil-Three"), ("Autumn Term", "Autumn-Term"),
     ("Whitethorn Primary", "Whitethorn-Primary"),
     ("Costed Provision Map", "Costed-Provision-Map"), ("pupil support plan", "pupil-support-plan")],
)  # fmt: skip
def test_a_reference_on_the_sheet_stays_as_it_is(name: str, reference: str) -> None:
    provision_map, findings = read(guide_map(name=name))
    assert (provision_map.pupils[0].reference, findings) == (reference, [])


def test_numbers_that_stand_for_names_are_told_apart() -> None:
    one = [GUIDE_HEADINGS, *GUIDE_ROWS, GUIDE_TOTAL]
    data = sheets(**{"PUPIL-2": one, "Amina Khan": one, "Bo Lindqvist": one})
    assert [p.reference for p in read(data)[0].pupils] == ["PUPIL-2", "PUPIL-2-2", "PUPIL-3"]


def test_reference_falls_back_to_sheet_then_file() -> None:
    by_sheet, _ = read(guide_map(name="KB 04"))
    by_file, _ = read_map(guide_map(name="Sheet1"), "returns/Pupil 12.xlsx")
    assert (by_sheet.pupils[0].reference, by_file.pupils[0].reference) == ("KB-04", "Pupil-12")


def test_each_sheet_is_one_pupil() -> None:
    one = [GUIDE_HEADINGS, *GUIDE_ROWS, GUIDE_TOTAL]
    provision_map, findings = read(sheets(A1=one, A2=one, Notes=[["Remember the review"]]))
    assert [p.reference for p in provision_map.pupils] == ["A1", "A2"]
    assert [p.code for p in provision_map.provisions] == [f"P{n:03d}" for n in range(1, 13)]
    assert {a.pupil for a in provision_map.allocations[6:]} == {"A2"}
    assert told(findings) == [("READ21", "Notes")]


def test_headings_numbers_and_merged_outcomes() -> None:
    headings = ["Expected\noutcome", "PROVISION ", "Ratio", "Who", "Hours per week", "Cost per week (£)", "Cost p.a."]
    data = sheets(M=[headings, ["Reads", "Phonics", "1:4", "TA", 2.5, 10.94, 415.63]])
    provision_map, _ = read(data)
    provision, allocation = provision_map.provisions[0], provision_map.allocations[0]
    assert provision.minutes_per_session is not None
    assert provision.sessions_per_week is not None
    assert provision.minutes_per_session * provision.sessions_per_week == 150
    assert allocation.stated["weekly_cost"].amount == Decimal("10.94")
    assert allocation.outcome == "Reads"


def test_doubt_is_a_query_and_nonsense_an_error() -> None:
    rows = [
        ("x", "Phonics", "4:1", "TA", "5 x 20 mins = 2 hrs", "£1", "£38"),
        ("x", "Talk", "lots", "TA", "30 mins", "£1", "£38"),
    ]
    provision_map, findings = read(guide_map(rows=rows))
    assert told(findings) == [
        ("READ19", "Pupil support map!E2"), ("READ19", "Pupil support map!C3"), ("READ18", "Pupil support map!E3"),
    ]  # fmt: skip
    assert provision_map.provisions[0].minutes_per_session is None
    assert provision_map.provisions[1].minutes_per_session == 30


def test_a_ratio_that_became_a_date_is_not_guessed() -> None:
    row = ("x", "Phonics", date(2026, 4, 1), "TA", "2 x 30 mins per week", "£1", "£38")
    provision_map, findings = read(guide_map(rows=[row]))
    assert told(findings) == [("READ19", "Pupil support map!C2")]
    assert "into a date" in findings[0].message
    assert provision_map.provisions[0].group_size is None


def test_incomplete_rows_and_rows_below_the_total_are_counted() -> None:
    data = sheets(
        M=[GUIDE_HEADINGS, *GUIDE_ROWS, ("", "Sports", "", "", "", "", ""), ("", "", "1:1", "TA", "1 hr", "", ""),
           GUIDE_TOTAL, ("", "Late one", "1:1", "TA", "5 x 30 mins", "", "£1")]
    )  # fmt: skip
    provision_map, findings = read(data)
    assert provision_map.rows_left_out == 3
    assert told(findings) == [("READ23", "M!B8"), ("READ23", "M!C9"), ("READ25", "M!B11")]
    assert len(provision_map.provisions) == 6
    assert not provision_map.is_complete


def test_two_roles_are_one_adult_each() -> None:
    row = ("x", "Phonics", "1:6", "Teacher and TA", "2 x 30 mins", "£1", "£38")
    provision_map, findings = read(guide_map(rows=[row]))
    staffing = [(s.role, s.adults) for s in provision_map.provisions[0].staffing]
    assert staffing == [("Teacher", Fraction(1)), (TA, Fraction(1))]
    assert told(findings) == [("READ18", "Pupil support map!D2")]


def test_a_workbook_without_a_map_is_refused_by_name() -> None:
    with pytest.raises(RefusedError, match="No provision map was found") as refused:
        read(sheets(Menu=[["Monday", "Soup"]]))
    assert refused.value.code == "FIL35"


# --- our own workbook


def test_our_workbook_reads_back() -> None:
    provision_map, findings = read(ours())
    provision = provision_map.provisions[0]
    assert findings == []
    assert provision_map.form is Form.WHOLE_SCHOOL
    assert (provision.wave, provision.group_size, provision.minutes_per_session) == (Wave.TWO, 6, Fraction(30))
    assert provision.stated["weekly_cost"].amount == Decimal("2.91666666666667")
    assert provision.source.cell("group_size") == "Provision!J6"
    assert provision.source.cell("staffing") == "Provision!F6"
    assert provision_map.staff[0].stated["hourly_rate"].amount == Decimal("17.5")
    assert provision_map.pupils[0].stated["total"].amount == Decimal("110.83")
    assert provision_map.pupils[0].stated["total"].cell == f"G{layout.SUMMARY.first_row}"
    assert provision_map.pupils[0].stated["increment"].text == "none"
    assert provision_map.school.name == "Whitethorn Primary"


def test_columns_and_headings_may_move() -> None:
    keys = ["intervention", "code", "staff", "sessions_per_week", "minutes_per_session", "group_size"]
    moved = [["Our own title"], [], *table(layout.PROVISION, PROVISION, columns=keys)]
    moved = [[*row[:2], "room 4", *row[2:]] for row in moved]
    provision_map, findings = read(ours(Provision=moved))
    assert provision_map.provisions[0].source.cell("group_size") == "Provision!G8"
    assert provision_map.provisions[0].group_size == 6
    assert {f.code for f in findings} == {"READ05"}  # only for the columns that this school took out
    assert all("is headed" in f.message for f in findings)


@pytest.mark.parametrize(
    ("written", "field", "expected"),
    [
        ({"weeks": "19 "}, "weeks", Fraction(19)),
        ({"wave": "Wave 3"}, "wave", Wave.THREE),
        ({"starts": "1/9/2026"}, "starts", date(2026, 9, 1)),
        ({"ends": "20 July 2027"}, "ends", date(2027, 7, 20)),
        ({"open_to_all": "y"}, "open_to_all", True),
        ({"area_of_need": "SEMH"}, "area_of_need", "Social, emotional and mental health"),
        ({"sessions_per_week": 0.5}, "sessions_per_week", Fraction(1, 2)),
        ({"funding_source": "pupil premium"}, "funding_source", "Pupil Premium"),
        ({"adults": 2}, "staffing", 2),
    ],
)
def test_what_schools_write_in_our_columns(written: dict[str, Any], field: str, expected: object) -> None:
    provision_map, findings = read(ours(Provision=table(layout.PROVISION, PROVISION | written)))
    value = getattr(provision_map.provisions[0], field)
    assert (value[0].adults if field == "staffing" else value) == expected
    assert findings == []


@pytest.mark.parametrize(
    ("written", "code", "field"),
    [
        ({"weeks": "all year"}, "READ07", "weeks"),
        ({"minutes_per_session": 0}, "READ10", "minutes_per_session"),
        ({"group_size": 2.5}, "READ10", "group_size"),
        ({"group_size": float(75)}, "READ11", ""),
        ({"starts": "32/13/2026"}, "READ08", "starts"),
        ({"starts": 46266}, "READ08", "starts"),
        ({"wave": "4"}, "READ09", "wave"),
        ({"open_to_all": "perhaps"}, "READ09", ""),
        ({"adults_2": 1}, "READ12", ""),
        ({"weekly_cost": 3.5}, "READ03", ""),
    ],
)
def test_a_mistake_in_a_cell_is_a_finding_there(written: dict[str, Any], code: str, field: str) -> None:
    provision_map, findings = read(ours(Provision=table(layout.PROVISION, PROVISION | written)))
    key = next(iter(written))
    cell = f"{layout.PROVISION.letter('staff_2' if key == 'adults_2' else key)}6"
    assert told(findings) == [(code, f"Provision!{cell}")]
    assert provision_map.is_complete
    assert field == "" or getattr(provision_map.provisions[0], field) is None


def test_rows_that_cannot_belong_anywhere_are_left_out_and_counted() -> None:
    data = ours(
        Provision=table(layout.PROVISION, PROVISION, {**PROVISION, "code": "p001"}, {**PROVISION, "code": ""}),
        Allocations=table(layout.ALLOCATIONS, {"pupil": "ab1", "code": "P001"}, {"pupil": "AB2", "code": "P001"},
                          {"pupil": "AB1", "code": "P009"}, {"pupil": "AB1"}),
    )  # fmt: skip
    provision_map, findings = read(data)
    assert told(findings) == [
        ("READ12", "Provision!A8"), ("READ13", "Provision!A7"), ("READ14", "Allocations!A7"),
        ("READ14", "Allocations!B8"), ("READ12", "Allocations!B9"),
    ]  # fmt: skip
    assert provision_map.rows_left_out == 5
    assert [a.pupil for a in provision_map.allocations] == ["AB1"]
    assert findings[-1].pupil == "AB1"


def test_a_cost_typed_into_an_empty_row_is_not_lost() -> None:
    provision_map, findings = read(ours(Provision=table(layout.PROVISION, PROVISION, {"annual_cost": 500})))
    assert provision_map.rows_left_out == 1
    assert [f.code for f in findings] == ["READ03", "READ12"]


def test_formulas_without_values_are_reported_once() -> None:
    provision_map, findings = read(without_values(ours()))
    assert [f.code for f in findings] == ["READ02"]
    assert "press F9" in findings[0].fix
    assert provision_map.provisions[0].stated == {}
    assert provision_map.pupils[0].stated == {}


def test_error_cells_are_reported_once_a_column() -> None:
    broken = PROVISION | {"annual_cost": ("=1/0", "#DIV/0!")}
    _, findings = read(ours(Provision=table(layout.PROVISION, broken, broken | {"code": "P002"})))
    assert told(findings) == [("READ04", f"Provision!{layout.PROVISION.letter('annual_cost')}6")]
    assert "#DIV/0!, and so do 1 more" in findings[0].message


def test_own_policy_values_and_particulars() -> None:
    own = {"weeks_per_year": (39, "Our year"), "hours_per_day": ("six", ""), "salary_weeks": (0, "")}
    particulars = {"kind": "academy", "starts": date(2026, 9, 1), "ends": "soon", "notional_sen_budget": "£41,250.50 "}
    provision_map, findings = read(ours(School=school_sheet(own, **particulars)))
    school = provision_map.school
    assert [(o.name, o.value, o.reason) for o in school.overrides] == [("weeks_per_year", Decimal(39), "Our year")]
    assert school.overrides[0].source.cell("value") == "School!D24"
    assert (school.kind, school.starts, school.notional_sen_budget) == (
        "Academy",
        date(2026, 9, 1),
        Decimal("41250.50"),
    )
    assert told(findings) == [("READ08", "School!C11"), ("READ10", "School!D21"), ("READ07", "School!D23")]


def test_another_version_and_a_lost_sheet_are_told() -> None:
    _, other = read(ours(version="0"))
    assert told(other) == [("READ01", "Lists!B1")]
    kept = {"Provision": table(layout.PROVISION, PROVISION), "Allocations": table(layout.ALLOCATIONS)}
    provision_map, lost = read(sheets(**kept))
    assert provision_map.form is Form.WHOLE_SCHOOL
    assert [f.sheet for f in lost if f.code == "READ06"] == [
        "School",
        "Staff",
        "Pupils",
        "Resources",
        "General",
        "Reviews",
    ]
    assert provision_map.rows_left_out == 6


def test_hidden_rows_macros_and_links_are_told_and_not_followed() -> None:
    hidden = edited(
        guide_map(), "xl/worksheets/sheet1.xml", lambda b: b.replace(b'<row r="3"', b'<row hidden="1" r="3"')
    )
    data = with_parts(hidden, xl__vbaProject_dot_bin=b"macro", xl__externalLinks__externalLink1_dot_xml=b"<a/>")
    provision_map, findings = read(data)
    assert told(findings) == [
        ("READ16", "map.xlsx"), ("READ17", "map.xlsx"), ("READ15", "Pupil support map!A3"),
    ]  # fmt: skip
    assert len(provision_map.provisions) == 6


def test_every_code_has_its_help_and_is_used_once() -> None:
    codes = [c.code for c in READING_CHECKS]
    assert codes == [f"READ{n:02d}" for n in range(1, len(codes) + 1)]
    assert all(c.title and c.why and c.fix and isinstance(c.severity, Severity) for c in READING_CHECKS)


# --- what is written is what is read


def same(left: object, right: object) -> bool:
    """Compare two records in all they say, but not where they were read from nor which figures were printed."""
    if is_dataclass(left) and type(left) is type(right):
        names = [f.name for f in fields(left) if f.name not in {"source", "stated", "file"}]
        return all(same(getattr(left, n), getattr(right, n)) for n in names)
    if isinstance(left, tuple) and isinstance(right, tuple):
        return len(left) == len(right) and all(map(same, left, right))
    return left == right


def written(provision_map: ProvisionMap) -> bytes:
    return write_workbook(provision_map, waltham_forest())


@settings(max_examples=12)  # writing a workbook takes a second or more
@given(full_maps())
def test_what_is_written_is_what_is_read_and_its_figures_are_the_core_s(provision_map: ProvisionMap) -> None:
    back, findings = read(written(provision_map))
    by_name = sorted(provision_map.school.overrides, key=lambda o: POLICY_VALUES.index(o.name))
    school = replace(provision_map.school, overrides=tuple(by_name))
    assert same(replace(provision_map, school=school), back)
    assert {f.code for f in findings} <= {"READ30"}  # some groups are made to change before they begin
    cost = cost_map(provision_map, with_overrides(waltham_forest(), school.overrides))
    printed = [(p.stated["total"].amount, p.stated["general"].amount) for p in back.pupils]
    assert printed == [(p.total, p.general) for p in cost.pupils]


def test_the_comparison_sees_a_difference() -> None:
    one = seeded_map(MAP)
    assert same(one, replace(one, file="other.xlsx"))
    assert one.pupils
    assert not same(one, replace(one, pupils=one.pupils[1:]))
    moved = replace(one.staff[0], hourly_cost=Decimal("1.01"))
    assert not same(one, replace(one, staff=(moved, *one.staff[1:])))


def test_a_blank_workbook_reads_without_a_word() -> None:
    policy = waltham_forest()
    provision_map, findings = read(write_workbook(blank_map(policy), policy))
    assert findings == []
    assert provision_map.is_complete
    assert provision_map.pupils == ()


def test_a_workbook_saved_by_a_program_that_drops_values_is_told() -> None:
    target = BytesIO()
    openpyxl.load_workbook(BytesIO(written(seeded_map(MAP)))).save(target)
    provision_map, findings = read(target.getvalue())
    assert [f.code for f in findings] == ["READ02"]
    assert same(provision_map.pupils, seeded_map(MAP).pupils)
