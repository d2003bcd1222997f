"""Financial and academic years of one map: cut at 1 April and 1 September, adding up to the same money."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given

from provision_costing.costing import cost_map
from provision_costing.model import (
    Allocation,
    FundingSource,
    GeneralProvision,
    GroupChange,
    ProvisionMap,
    Resource,
    School,
    Term,
)
from provision_costing.years import YearKind, YearPart, year_parts
from tests.days import AUTUMN_ENDS, FIRST, LAST, SPRING, school
from tests.making import provision, provision_map, waltham_forest
from tests.strategies import full_maps

POLICY = waltham_forest()
APRIL = date(2027, 4, 1)


def parts(of: ProvisionMap, kind: YearKind) -> list[tuple[str, date, date, str]]:
    return [
        (p.label, p.starts, p.ends, str(p.total)) for p in year_parts(cost_map(of, POLICY), POLICY) if p.kind is kind
    ]


def alone(**fields: Any) -> ProvisionMap:
    """£17.50 × 38 = £665 for one pupil in the year of 190 days, 125 of them before 1 April."""
    return replace(provision_map(provision(group_size=1, **fields)), school=school())


def test_a_school_year_is_cut_at_1_april() -> None:
    # £665 × 125 ÷ 190 = £437.50, and 65 ÷ 190: £227.50
    assert parts(alone(), YearKind.FINANCIAL) == [
        ("2026-27", FIRST, date(2027, 3, 31), "437.50"),
        ("2027-28", APRIL, LAST, "227.50"),
    ]
    assert parts(alone(), YearKind.ACADEMIC) == [("2026-27", FIRST, LAST, "665.00")]


def test_a_financial_year_is_cut_at_1_september() -> None:
    # April 2026 to March 2027 by weekdays: 109 before 1 September, 152 from it on, 261 in all. £665 × 109 ÷ 261 is
    # £277.72, and the rest £387.28.
    of = replace(alone(), school=School(starts=date(2026, 4, 1), ends=date(2027, 3, 31)))
    assert parts(of, YearKind.FINANCIAL) == [("2026-27", date(2026, 4, 1), date(2027, 3, 31), "665.00")]
    assert parts(of, YearKind.ACADEMIC) == [
        ("2025-26", date(2026, 4, 1), date(2026, 8, 31), "277.72"),
        ("2026-27", date(2026, 9, 1), date(2027, 3, 31), "387.28"),
    ]


def test_each_line_falls_where_its_days_are() -> None:
    # In autumn only: £17.50 × 14.4 weeks = £252.00, all before April; general £190 and a resource of £95 fall evenly:
    # 125 ÷ 190 of £285 is £187.50.
    of = replace(alone(ends=AUTUMN_ENDS), general=(GeneralProvision(description="Training", annual_cost=Decimal(190)),))
    of = replace(of, resources=(Resource(code="R001", description="Switches", annual_cost=Decimal(95)),))
    of = replace(of, allocations=(*of.allocations, Allocation(pupil="A-1", code="R001")))
    assert [total for *_, total in parts(of, YearKind.FINANCIAL)] == ["439.50", "97.50"]


def test_a_group_that_changes_is_cut_by_what_was_paid() -> None:
    # Alone to 18 December, 14.4 weeks: £252.00; then two share: 53 days to March, 65 after: £92.75 and £113.75
    of = alone(group_changes=(GroupChange(starts=SPRING, group_size=2),))
    assert [total for *_, total in parts(of, YearKind.FINANCIAL)] == ["344.75", "113.75"]


def test_what_does_not_count_moves_nothing_from_year_to_year() -> None:
    # Health pays for an hour in autumn: it is in no total, and the £665 still falls £437.50 and £227.50
    of = alone()
    health = provision("P002", ends=AUTUMN_ENDS, funding_source=FundingSource.HEALTH)
    of = replace(of, provisions=(*of.provisions, health))
    of = replace(of, allocations=(*of.allocations, Allocation(pupil="A-1", code="P002")))
    assert [total for *_, total in parts(of, YearKind.FINANCIAL)] == ["437.50", "227.50"]


def test_several_years() -> None:
    years = School(terms=(Term(starts=date(2026, 8, 31), ends=date(2028, 4, 3)),))
    of = replace(alone(), school=years)
    labels = {kind: [label for label, *_ in parts(of, kind)] for kind in YearKind}
    assert labels == {
        YearKind.FINANCIAL: ["2026-27", "2027-28", "2028-29"],
        YearKind.ACADEMIC: ["2025-26", "2026-27", "2027-28"],
    }


def test_the_turn_of_a_century_in_a_label() -> None:
    of = replace(alone(), school=School(starts=date(2099, 9, 1), ends=date(2100, 3, 1)))
    assert parts(of, YearKind.ACADEMIC)[0][0] == "2099-00"


def test_a_year_that_begins_on_the_cut_has_no_empty_part() -> None:
    of = replace(alone(), school=School(starts=APRIL, ends=date(2027, 8, 31)))
    assert len(parts(of, YearKind.FINANCIAL)) == len(parts(of, YearKind.ACADEMIC)) == 1


def test_a_map_without_cost_has_parts_of_nothing() -> None:
    of = replace(alone(), allocations=())
    assert [total for *_, total in parts(of, YearKind.FINANCIAL)] == ["0.00", "0.00"]


@pytest.mark.parametrize("nowhere", [School(), School(starts=LAST, ends=FIRST)])
def test_without_days_to_count_by_there_are_no_years(nowhere: School) -> None:
    assert year_parts(cost_map(replace(alone(), school=nowhere), POLICY), POLICY) == ()


@given(full_maps())
def test_the_years_of_each_kind_add_up_to_the_total(of: ProvisionMap) -> None:
    cost = cost_map(of, POLICY)
    both = year_parts(cost, POLICY)
    for kind in YearKind:
        own = [p for p in both if p.kind is kind]
        assert sum(p.total for p in own) == cost.total
        assert all(p.total >= 0 for p in own)
        assert_cut_well(own, 4 if kind is YearKind.FINANCIAL else 9)
    assert {p.kind for p in both} == set(YearKind)


def assert_cut_well(own: list[YearPart], month: int) -> None:
    """One part follows another, each inside one year, and the later ones start on the first of its month."""
    for earlier, later in pairwise(own):
        assert (later.starts - earlier.ends).days == 1
        assert (later.starts.month, later.starts.day) == (month, 1)
    for part in own:
        assert part.starts <= part.ends
        assert not any(part.starts < date(year, month, 1) <= part.ends for year in range(2024, 2030))
