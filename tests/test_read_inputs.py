"""Reading what a bursar gives: pay, dates, groups that change, what is bought for years; and workbooks without it."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from provision_costing.findings import Finding, Severity
from provision_costing.model import GroupChange, Pension, ProvisionMap
from provision_costing.workbook import layout
from provision_costing.workbook.columns import Sheet
from provision_costing.workbook.read import read_map
from tests.makers import PROVISION, Rows, ours, school_sheet, table

AUTUMN, SPRING = (date(2026, 9, 3), date(2026, 12, 18)), (date(2027, 1, 4), date(2027, 4, 1))
TERMS = [
    {"name": "Autumn", "starts": AUTUMN[0], "ends": AUTUMN[1]},
    {"name": "Spring", "starts": SPRING[0], "ends": SPRING[1]},
]
CLOSURES = [{"day": date(2026, 10, 26), "reason": "INSET"}, {"day": "3 May 2027"}]
AGE_GROUPS = [{"name": "Primary", "pupils": 210, "rate": 3847}, {"name": "Nursery", "pupils": 0, "rate": "£4,000.50"}]
STAFF = {"role": "Teaching Assistant", "salary": 24027}
RESOURCE = {"code": "R001", "description": "Speech therapist", "annual_cost": 95}


def read_ours(
    *, terms: Any = TERMS, closures: Any = CLOSURES, age_groups: Any = AGE_GROUPS, **replaced: Rows
) -> tuple[ProvisionMap, list[Finding]]:
    """Read our small workbook with the sheets of the year; one that is None is not there."""
    year = {layout.TERMS: terms, layout.CLOSURES: closures, layout.ELEMENT_1: age_groups}
    added: dict[str, Any] = {s.name: table(s, *records) for s, records in year.items() if records is not None}
    provision_map, findings = read_map(ours(**(added | replaced)), "map.xlsx")
    return provision_map, list(findings)


def told(findings: Sequence[Finding]) -> list[tuple[str, str]]:
    return [(f.code, f.where) for f in findings]


def at(sheet: Sheet, key: str, row: int = layout.FIRST_ROW) -> str:
    return f"{sheet.name}!{sheet.letter(key)}{row}"


def first(provision_map: ProvisionMap, sheet: Sheet) -> object:
    records = {"Staff": provision_map.staff, "Provision": provision_map.provisions,
               "Allocations": provision_map.allocations, "Resources": provision_map.resources}  # fmt: skip
    return records[sheet.name][0]


# --- what is written in its place


def test_terms_closures_and_age_groups_are_read() -> None:
    school = read_ours()[0].school
    assert [(t.name, t.starts, t.ends) for t in school.terms] == [("Autumn", *AUTUMN), ("Spring", *SPRING)]
    assert school.closures == (date(2026, 10, 26), date(2027, 5, 3))
    assert [(g.name, g.pupils, g.rate) for g in school.age_groups] == [
        ("Primary", 210, Decimal(3847)), ("Nursery", 0, Decimal("4000.50")),
    ]  # fmt: skip
    assert (school.terms[1].source.cell("ends"), school.age_groups[1].source.cell("rate")) == (
        "Terms!C7",
        "Element 1!C7",
    )
    assert told(read_ours()[1]) == []


@pytest.mark.parametrize(
    ("sheet", "record", "found"),
    [
        (layout.STAFF, STAFF | {"pay_point": "SCP 5 "}, {"pay_point": "SCP 5"}),
        (layout.STAFF, STAFF | {"contracted_hours": 32.5}, {"contracted_hours": Decimal("32.5")}),
        (layout.STAFF, STAFF | {"weeks_paid": "44.3"}, {"weeks_paid": Decimal("44.3")}),
        (layout.STAFF, STAFF | {"pension": "teachers' pension"}, {"pension": Pension.TEACHERS}),
        (layout.STAFF, STAFF | {"pension": "None", "pension_rate": 23.1},
         {"pension": Pension.NONE, "pension_rate": Decimal("23.1")}),
        (layout.PROVISION, PROVISION | {"pupils_without_sen": 2}, {"pupils_without_sen": 2}),
        (layout.PROVISION, PROVISION, {"pupils_without_sen": 0, "group_changes": ()}),
        (layout.ALLOCATIONS, {"pupil": "AB1", "code": "P001", "whole_cost_reason": "Her own programme"},
         {"whole_cost_reason": "Her own programme"}),
        (layout.RESOURCES, RESOURCE | {"units": 12.5, "years": 3}, {"units": Fraction(25, 2), "years": 3}),
        (layout.RESOURCES, RESOURCE, {"units": None, "years": None, "annual_cost": 95}),
    ],
)  # fmt: skip
def test_each_column_is_read_into_its_field(sheet: Sheet, record: dict[str, Any], found: dict[str, object]) -> None:
    provision_map, findings = read_ours(**{sheet.name: table(sheet, record)})
    assert {name: getattr(first(provision_map, sheet), name) for name in found} == found
    assert findings == []


def test_the_school_says_its_day_and_its_levy() -> None:
    day = date(2027, 1, 29)
    given = read_ours(School=school_sheet(as_at=day, pays_levy="yes"))[0].school
    assert (given.as_at, given.pays_levy) == (day, True)
    assert (read_ours()[0].school.as_at, read_ours()[0].school.pays_levy) == (None, False)
    school, findings = read_ours(School=school_sheet(as_at="end of term", pays_levy="maybe"))
    assert (school.school.as_at, school.school.pays_levy) == (None, False)
    assert told(findings) == [("READ08", "School!C14"), ("READ09", "School!C15")]


# --- groups that change


def changes(*pairs: tuple[Any, Any], **more: Any) -> tuple[tuple[GroupChange, ...], list[Finding], Any]:
    cells: dict[str, Any] = {}
    for n, (day, size) in enumerate(pairs, 1):
        cells |= {f"change_{n}_from": day, f"change_{n}_size": size}
    provision_map, findings = read_ours(Provision=table(layout.PROVISION, PROVISION | cells | more))
    return provision_map.provisions[0].group_changes, findings, provision_map


def test_changes_of_a_group_are_in_the_order_of_their_days() -> None:
    later, sooner = (date(2027, 2, 22), 3), ("2/11/2026", "4")
    found, findings, provision_map = changes(later, ("", ""), sooner)
    assert [(c.starts, c.group_size) for c in found] == [(date(2026, 11, 2), 4), later]
    assert findings == []
    assert provision_map.provisions[0].source.cell("group_changes") == at(layout.PROVISION, "change_1_from")


@pytest.mark.parametrize(
    ("pairs", "code", "key", "kept"),
    [
        ([(date(2026, 11, 2), "")], "READ28", "change_1_size", 0),
        ([(date(2026, 11, 2), 4), ("", 5)], "READ28", "change_2_from", 1),
        ([(date(2026, 11, 2), 5), (date(2026, 11, 2), 4)], "READ29", "change_2_from", 1),
        ([("November", 4)], "READ08", "change_1_from", 0),
        ([(date(2026, 11, 2), "four")], "READ07", "change_1_size", 0),
        ([(date(2026, 11, 2), 0)], "READ10", "change_1_size", 0),
        ([(date(2026, 11, 2), 2.5)], "READ10", "change_1_size", 0),
        ([(date(2026, 9, 30), 4)], "READ30", "change_1_from", 1),
        ([(date(2027, 2, 1), 4)], "READ30", "change_1_from", 1),
    ],
)
def test_a_change_that_does_not_fit_is_told_at_its_cell(
    pairs: list[tuple[Any, Any]], code: str, key: str, kept: int
) -> None:
    found, findings, provision_map = changes(*pairs, starts=date(2026, 10, 1), ends=date(2027, 1, 29))
    assert told(findings) == [(code, at(layout.PROVISION, key))]
    assert len(found) == kept
    assert all(c.group_size == 4 for c in found)
    assert provision_map.is_complete


def test_a_change_on_the_first_or_last_day_fits() -> None:
    first, last = date(2026, 10, 1), date(2027, 1, 29)
    found, findings, _ = changes((first, 4), (last, 3), starts=first, ends=last)
    assert (len(found), findings) == (2, [])


# --- mistakes


@pytest.mark.parametrize(
    ("sheet", "record", "code"),
    [
        (layout.STAFF, {"weeks_paid": -1}, "READ10"),
        (layout.STAFF, {"contracted_hours": "full-time"}, "READ07"),
        (layout.STAFF, {"pension": "LGPS fund"}, "READ09"),
        (layout.STAFF, {"pension_rate": "about 20"}, "READ07"),
        (layout.PROVISION, {"pupils_without_sen": -2}, "READ10"),
        (layout.RESOURCES, {"units": -6}, "READ10"),
        (layout.RESOURCES, {"years": 2.5}, "READ10"),
        (layout.RESOURCES, {"years": "three"}, "READ07"),
    ],
)
def test_a_number_or_choice_that_cannot_be_used_is_told(sheet: Sheet, record: dict[str, Any], code: str) -> None:
    usual = {"Staff": STAFF, "Provision": PROVISION, "Resources": RESOURCE}[sheet.name]
    key = next(iter(record))
    provision_map, findings = read_ours(**{sheet.name: table(sheet, usual | record)})
    assert told(findings) == [(code, at(sheet, key))]
    assert not getattr(first(provision_map, sheet), key)
    assert provision_map.is_complete


def test_a_percentage_typed_with_its_sign_is_told_not_guessed() -> None:
    provision_map, findings = read_ours(Staff=table(layout.STAFF, STAFF | {"pension_rate": 0.294}))
    assert told(findings) == [("READ18", at(layout.STAFF, "pension_rate"))]
    assert "write 29.4 for 29.4%" in findings[0].message
    assert provision_map.staff[0].pension_rate == Decimal("0.294")


@pytest.mark.parametrize(
    ("term", "code", "key"),
    [
        ({"starts": AUTUMN[1], "ends": AUTUMN[0]}, "READ26", "ends"),
        ({"starts": AUTUMN[0], "ends": date(2036, 12, 18)}, "READ26", "ends"),
        ({"starts": date(1926, 9, 3), "ends": date(1926, 12, 18)}, "READ26", "ends"),
        ({"starts": AUTUMN[0]}, "READ28", "ends"),
        ({"ends": AUTUMN[1]}, "READ28", "starts"),
        ({"name": "Autumn"}, "READ28", "starts"),
        ({"starts": "September", "ends": AUTUMN[1]}, "READ08", "starts"),
    ],
)
def test_a_term_that_cannot_be_used_is_left_out_and_told(term: dict[str, Any], code: str, key: str) -> None:
    provision_map, findings = read_ours(terms=[term, TERMS[1]])
    assert told(findings) == [(code, at(layout.TERMS, key))]
    assert [t.name for t in provision_map.school.terms] == ["Spring"]
    assert provision_map.rows_left_out == 1


def test_overlapping_terms_are_a_query_whatever_their_order() -> None:
    half = {"name": "Second half", "starts": AUTUMN[1], "ends": date(2026, 12, 21)}
    provision_map, findings = read_ours(terms=[half, TERMS[1], TERMS[0]])
    assert told(findings) == [("READ27", "Terms!B6")]
    assert "row 8, which ends on 18/12/2026" in findings[0].message
    assert (len(provision_map.school.terms), provision_map.rows_left_out) == (3, 0)


def test_a_term_inside_a_longer_one_does_not_hide_the_next_overlap() -> None:
    inside = {"starts": date(2026, 10, 1), "ends": date(2026, 10, 2)}
    after = {"starts": date(2026, 12, 1), "ends": date(2026, 12, 23)}
    assert told(read_ours(terms=[TERMS[0], inside, after])[1]) == [("READ27", "Terms!B7"), ("READ27", "Terms!B8")]


def test_a_term_of_another_year_is_a_query() -> None:
    school = school_sheet(starts=date(2026, 9, 1), ends=date(2027, 7, 21))
    old = {"starts": date(2025, 9, 3), "ends": date(2025, 12, 19)}
    new = {"starts": date(2027, 9, 3), "ends": date(2027, 12, 17)}
    provision_map, findings = read_ours(School=school, terms=[*TERMS, old, new])
    assert told(findings) == [("READ31", "Terms!B8"), ("READ31", "Terms!B9")]
    assert len(provision_map.school.terms) == 4


@pytest.mark.parametrize(
    ("rows", "code", "cell"),
    [
        ({"closures": [{"reason": "INSET"}]}, "READ28", "Closures!A6"),
        ({"closures": [{"day": "Monday"}]}, "READ08", "Closures!A6"),
        ({"age_groups": [{"name": "Primary", "pupils": 210}]}, "READ28", "Element 1!C6"),
        ({"age_groups": [{"pupils": 210, "rate": 3847}]}, "READ28", "Element 1!A6"),
        ({"age_groups": [{"name": "Primary", "pupils": -3, "rate": 3847}]}, "READ10", "Element 1!B6"),
        ({"age_groups": [{"name": "Primary", "pupils": 210, "rate": "as last year"}]}, "READ07", "Element 1!C6"),
    ],
)
def test_a_half_filled_row_is_left_out_and_told_once(rows: dict[str, Any], code: str, cell: str) -> None:
    provision_map, findings = read_ours(**rows)
    assert told(findings) == [(code, cell)]
    assert provision_map.rows_left_out == 1
    assert provision_map.school.closures == () or provision_map.school.age_groups == ()


# --- workbooks made before there was any of this


def earlier(sheet: Sheet, *records: dict[str, Any]) -> list[list[Any]]:
    """A table of the first workbooks, whose columns these are; the cost of a resource had another heading then."""
    added = {
        "Staff": ("pay_point", "contracted_hours", "weeks_paid", "pension", "pension_rate"),
        "Provision": ("pupils_without_sen", "change_1_from", "change_1_size", "change_2_from", "change_2_size",
                      "change_3_from", "change_3_size"),
        "Allocations": ("whole_cost_reason",),
        "Resources": ("units", "years"),
    }[sheet.name]  # fmt: skip
    rows = table(sheet, *records, columns=[c.key for c in sheet.columns if c.key not in added])
    headings = rows[sheet.header_row - 1]
    rows[sheet.header_row - 1] = ["Cost for the year" if heading == "Cost" else heading for heading in headings]
    return rows


EARLIER: dict[str, Rows] = {
    "School": [row for row in school_sheet(name="Whitethorn Primary") if not {"Cost to date, up to",
               "Pays the apprenticeship levy"} & set(row)],
    "Staff": earlier(layout.STAFF, STAFF),
    "Provision": earlier(layout.PROVISION, PROVISION),
    "Allocations": earlier(layout.ALLOCATIONS, {"pupil": "AB1", "code": "P001"}, {"pupil": "AB1", "code": "R001"}),
    "Resources": earlier(layout.RESOURCES, RESOURCE),
}  # fmt: skip


def test_an_earlier_workbook_reads_without_a_word_about_what_it_lacks() -> None:
    provision_map, findings = read_ours(terms=None, closures=None, age_groups=None, **EARLIER)
    assert findings == []
    assert provision_map.is_complete
    assert provision_map.resources[0].annual_cost == 95
    assert provision_map.resources[0].source.cell("annual_cost") == "Resources!E6"
    defaults = {f.name: f.default for f in fields(type(provision_map.school))}
    assert all(getattr(provision_map.school, n) == defaults[n] for n in ("terms", "closures", "as_at", "pays_levy"))


def test_a_school_s_own_sheet_of_terms_does_not_make_an_earlier_workbook_a_new_one() -> None:
    own = {"Terms": [["Autumn term starts on 3 September"]]}
    assert read_ours(terms=None, closures=None, age_groups=None, **EARLIER, **own)[1] == []


def test_what_a_new_workbook_lost_is_told() -> None:
    provision_map, findings = read_ours(terms=None, **EARLIER)
    assert [f.sheet for f in findings if f.code == "READ06"] == ["Terms"]
    missing = [f.message for f in findings if f.code == "READ05"]
    assert len(missing) == 5 + 7 + 1 + 2 + 2
    assert 'No column is headed "Pay point".' in missing
    assert provision_map.rows_left_out == 1
    assert all(f.severity is Severity.ERROR for f in findings)
