"""What a pupil's paper says of dates, changing groups, whole costs, resources over years, and the cost to date."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from provision_costing.documents import as_docx, as_html, individual_map
from provision_costing.documents.record import IndividualMap
from provision_costing.model import (
    Allocation,
    GeneralProvision,
    GroupChange,
    Pension,
    ProvisionMap,
    Resource,
    School,
    Source,
    StaffRate,
    Term,
)
from provision_costing.policy import Apportioning, Policy, ShareOver
from tests.making import TA, hourly, provision, provision_map, waltham_forest
from tests.test_paper_files import text_of

POLICY = waltham_forest()
# Monday 1 March to Friday 26 March 2027: 20 school days, four weeks
SCHOOL = School(name="Invented", terms=(Term(starts=date(2027, 3, 1), ends=date(2027, 3, 26)),))


def paper(of: ProvisionMap, policy: Policy = POLICY) -> IndividualMap:
    return individual_map(of, policy, "A-1")


def dated(own: dict[str, Any] | None = None, **row: Any) -> ProvisionMap:
    """An hour a week for six at £18, dated as the test says, in a school of four weeks."""
    given = Allocation(pupil="A-1", code="P001", **(own or {}))
    of = provision_map(provision(**row), staff=(hourly(18),), allocations=(given,))
    return replace(of, school=SCHOOL)


def test_the_days_and_weeks_are_the_pupil_s_own() -> None:
    # The group runs from 8 to 26 March, three weeks; the pupil joins on the 15th: two weeks of £3
    (line,) = paper(dated({"starts": date(2027, 3, 15)}, starts=date(2027, 3, 8))).all_support
    assert (line.dates, line.weeks) == ("from 15 March 2027", "2")
    assert line.annual_cost == Decimal("6.00")
    assert line.working == "£18.00 × 1 hour a week ÷ 6 in the group × 2 weeks = £6.00"
    outside = paper(dated({"starts": date(2027, 3, 1)}, starts=date(2027, 3, 8), ends=date(2027, 3, 12))).all_support[0]
    assert (outside.dates, outside.weeks) == ("8 March 2027 to 12 March 2027", "1")


def test_a_changing_group_in_words() -> None:
    # A week among 6 at £3.00, then three weeks among 9 at £2.00
    changing = dated(starts=date(2027, 3, 1), group_changes=(GroupChange(starts=date(2027, 3, 8), group_size=9),))
    (line,) = paper(changing).all_support
    assert line.group == "1 adult to 6 pupils, then 9 pupils from 8 March 2027"
    assert line.annual_cost == Decimal("9.00")
    late = replace(changing, allocations=(replace(changing.allocations[0], starts=date(2027, 3, 8)),))
    assert paper(late).all_support[0].group == "1 adult to 9 pupils"


def test_a_whole_cost_gives_its_reason() -> None:
    (line,) = paper(dated({"whole_cost_reason": "named in section F"}, weeks=Fraction(2))).all_support
    assert line.whole_cost == "the whole session is charged, because it exists for this pupil: named in section F"
    assert line.annual_cost == Decimal("36.00")
    assert paper(dated()).all_support[0].whole_cost == ""


@pytest.mark.parametrize(
    ("fields", "basis", "working"),
    [
        ({"shared_by": 1}, "for this pupil alone", "£90.00, as bought"),
        ({"shared_by": 3, "units": Fraction(6)}, "shared by 3 pupils, 6 in the year",
         "£90.00 × 6 in the year ÷ 3 pupils = £180.00"),
        ({"shared_by": 1, "years": 4}, "for this pupil alone, spread over 4 years", "£90.00 ÷ 4 years = £22.50"),
    ],
)  # fmt: skip
def test_what_a_resource_s_cost_rests_on(fields: dict[str, Any], basis: str, working: str) -> None:
    bought = Resource(code="R001", description="Visits", annual_cost=Decimal(90), **fields)
    of = provision_map(resources=(bought,), allocations=(Allocation(pupil="A-1", code="R001"),))
    (line,) = paper(of).resources
    assert (line.group, line.working) == (basis, working)


BOTH = pytest.mark.parametrize("write", [as_html, as_docx])


@BOTH
def test_the_cost_to_date_stands_under_the_total(write: Callable[[IndividualMap], bytes]) -> None:
    # Half of the 20 days are gone on 12 March: half of 18 ÷ 6 × 4 = 12
    of = dated({"whole_cost_reason": ""}, starts=date(2027, 3, 1))
    made = paper(replace(of, school=replace(SCHOOL, as_at=date(2027, 3, 12))))
    assert (made.figures.total, made.figures.to_date) == (Decimal("12.00"), Decimal("6.00"))
    text = text_of(write(made))
    assert "Of this, provided by 12 March 2027" in text
    assert "£6.00" in text
    assert "Of this" not in text_of(write(paper(of)))
    whole = dated({"whole_cost_reason": "named in section F"}, starts=date(2027, 3, 1))
    assert "because it exists for this pupil: named in section F" in text_of(write(paper(whole)))


@pytest.mark.parametrize(
    ("shared", "said"),
    [
        (Apportioning.EQUALLY, "shared equally"),
        (Apportioning.BY_HOURS, "shared by their hours of support"),
        (Apportioning.BY_DIRECT_COST, "shared by the cost of their support from staff"),
        (None, "shared equally"),
    ],
)
def test_how_general_provision_is_shared_is_said_as_the_policy_has_it(shared: Apportioning | None, said: str) -> None:
    of = provision_map(provision(), general=(GeneralProvision(description="Training", annual_cost=Decimal(40)),))
    made = paper(of, replace(POLICY, general_apportioned=shared))
    assert made.parts[1][1] == f"help for all pupils with SEN, {said}"


def test_the_method_names_whose_shares_they_are() -> None:
    with_sen = replace(POLICY, share_over=ShareOver.PUPILS_WITH_SEN)
    assert "shared by the pupils with SEN in the group" in paper(provision_map(provision()), with_sen).basis.method
    assert "shared by the pupils in the group" in paper(provision_map(provision())).basis.method


def test_the_sources_of_pay_are_named_where_pay_was_built_up() -> None:
    staff = StaffRate(
        role=TA, pay_point="SCP 5", contracted_hours=Decimal("32.5"), weeks_paid=Decimal(44), pension=Pension.NONE,
        source=Source("map.xlsx", "Staff", 6),
    )  # fmt: skip
    sources = paper(provision_map(provision(), staff=(staff,))).basis.sources
    assert any("NJC pay agreement" in s and s.endswith("(figures worked out from it)") for s in sources)
    assert any("employer's National Insurance" in s for s in sources)
    plainly = paper(provision_map(provision())).basis.sources
    assert not any("NJC" in s or "National Insurance" in s for s in plainly)
