"""General provision, resources and funds: each shared to the penny, and no pound counted twice."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provision_costing.costing import cost_map, resource_year
from provision_costing.model import (
    Allocation,
    FundingSource,
    GeneralProvision,
    Provision,
    ProvisionMap,
    Pupil,
    Resource,
    SenStatus,
)
from provision_costing.policy import Apportioning, Policy
from tests.making import provision, provision_map, waltham_forest
from tests.strategies import full_maps

POLICY = waltham_forest()
PENNY = Decimal("0.01")
METHODS = list(Apportioning)
hundred = (GeneralProvision(description="Training", annual_cost=Decimal(100)),)


def by(method: Apportioning | None) -> Policy:
    return replace(POLICY, general_apportioned=method)


def unequal(*weeks: int, **fields: Any) -> ProvisionMap:
    """£17.50 an hour, one hour a week, alone: pupils who are there for different numbers of weeks."""
    of = provision_map(provision(**({"group_size": 1} | fields)), pupils=len(weeks), general=hundred)
    rows = zip(of.allocations, weeks, strict=True)
    return replace(of, allocations=tuple(replace(row, weeks=Fraction(n)) for row, n in rows))


def shares(of: ProvisionMap, method: Apportioning | None) -> list[str]:
    return [str(p.general) for p in cost_map(of, by(method)).pupils]


@pytest.mark.parametrize(
    ("weeks", "method", "parts"),
    [
        ((1, 2), Apportioning.EQUALLY, ["50.00", "50.00"]),
        ((1, 2), Apportioning.BY_HOURS, ["33.33", "66.67"]),
        ((1, 2), Apportioning.BY_DIRECT_COST, ["33.33", "66.67"]),
        ((1, 1, 1), Apportioning.EQUALLY, ["33.34", "33.33", "33.33"]),  # the spare penny goes to the first
        ((1, 1, 1), Apportioning.BY_HOURS, ["33.34", "33.33", "33.33"]),
        ((1, 1, 1, 3), Apportioning.BY_HOURS, ["16.67", "16.67", "16.66", "50.00"]),  # £16.666…: two spare pennies
        ((0, 5), Apportioning.BY_HOURS, ["0.00", "100.00"]),
        ((0, 0, 0), Apportioning.BY_HOURS, ["33.34", "33.33", "33.33"]),  # no hours at all: equally
        ((0, 0, 0), Apportioning.BY_DIRECT_COST, ["33.34", "33.33", "33.33"]),
        ((1, 2), None, ["50.00", "50.00"]),  # a policy that does not say
    ],
)
def test_a_hundred_pounds_shared(weeks: tuple[int, ...], method: Apportioning | None, parts: list[str]) -> None:
    assert shares(unequal(*weeks), method) == parts


def test_hours_are_the_pupil_s_and_cost_is_the_share() -> None:
    """Two pupils have an hour a week: one alone, one in a group of four. Equal hours; £17.50 beside £4.375: 4 to 1."""
    of = provision_map(provision("P001", group_size=1), provision("P002", group_size=4), pupils=2, general=hundred)
    of = replace(of, allocations=(Allocation(pupil="A-1", code="P001"), Allocation(pupil="A-2", code="P002")))
    assert shares(of, Apportioning.BY_HOURS) == ["50.00", "50.00"]
    assert shares(of, Apportioning.BY_DIRECT_COST) == ["80.00", "20.00"]


def test_what_does_not_count_has_no_weight() -> None:
    health = provision("P002", group_size=1, minutes_per_session=Fraction(600), funding_source=FundingSource.HEALTH)
    of = provision_map(provision("P001"), health, pupils=2, general=hundred)
    of = replace(of, allocations=(*of.allocations[:2], Allocation(pupil="A-2", code="P001")))
    assert shares(of, Apportioning.BY_HOURS) == ["50.00", "50.00"]
    assert shares(of, Apportioning.BY_DIRECT_COST) == ["50.00", "50.00"]


def test_a_resource_has_no_weight() -> None:
    of = unequal(1, 1)
    bought = Resource(code="R001", description="A tablet", annual_cost=Decimal(900))
    of = replace(of, resources=(bought,), allocations=(*of.allocations, Allocation(pupil="A-2", code="R001")))
    assert shares(of, Apportioning.BY_DIRECT_COST) == ["50.00", "50.00"]


def test_pupils_without_sen_have_no_part_however_many_hours() -> None:
    of = unequal(1, 9)
    of = replace(of, pupils=(of.pupils[0], Pupil(reference="A-2", sen_status=SenStatus.NONE)))
    assert [shares(of, method) for method in METHODS] == [["100.00", "0.00"]] * 3


@given(full_maps(8), st.sampled_from(METHODS))
def test_the_parts_add_up_to_the_whole_to_the_penny(of: ProvisionMap, method: Apportioning) -> None:
    cost = cost_map(of, by(method))
    parts = [p.general for p in cost.pupils if p.pupil.has_sen]
    assert sum(parts) == (cost.general if parts else 0)
    assert all(part >= 0 for part in parts)
    assert not any(p.general for p in cost.pupils if not p.pupil.has_sen)


@given(full_maps(8), st.sampled_from(METHODS), st.randoms(use_true_random=False))
def test_the_order_of_rows_gives_the_same_shares(of: ProvisionMap, method: Apportioning, random: Random) -> None:
    """Only the order of pupils says who has a spare penny, so it moves a share by a penny at most."""
    mixed = replace(
        of, provisions=tuple(random.sample(of.provisions, len(of.provisions))),
        allocations=tuple(random.sample(of.allocations, len(of.allocations))),
    )  # fmt: skip
    backwards = replace(mixed, pupils=of.pupils[::-1])
    before, same, turned = (cost_map(one, by(method)) for one in (of, mixed, backwards))
    assert [p.general for p in before.pupils] == [p.general for p in same.pupils]
    for pupil in before.pupils:
        other = turned.of(pupil.pupil.reference)
        assert other is not None
        assert abs(other.general - pupil.general) <= PENNY


# -- resources and services ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bought", "year", "part"),
    [
        ({"annual_cost": 900}, "900", "900.00"),
        ({"annual_cost": 900, "years": 3}, "300", "300.00"),  # one-off, over three years
        ({"annual_cost": 85, "units": 12}, "1020", "1020.00"),  # twelve visits
        ({"annual_cost": 85, "units": 12, "shared_by": 7}, "1020", "145.71"),  # £145.714…
        ({"annual_cost": 1000, "years": 3, "shared_by": 2}, "1000/3", "166.67"),  # rounded once: 166.666…
        ({"annual_cost": 100, "units": Fraction(1, 2), "years": 2}, "25", "25.00"),
        ({"annual_cost": 100, "units": 0}, "0", "0.00"),  # no visit this year
    ],
)
def test_what_a_year_of_a_resource_costs(bought: dict[str, Any], year: str, part: str) -> None:
    given_as = bought | {"annual_cost": Decimal(bought["annual_cost"])}
    if "units" in bought:
        given_as["units"] = Fraction(bought["units"])
    one = Resource(code="R001", description="Speech therapist", **given_as)
    assert resource_year(one) == Fraction(year)
    of = provision_map(resources=(one,), allocations=(Allocation(pupil="A-1", code="R001"),))
    pupil = cost_map(of, POLICY).pupils[0]
    assert (str(pupil.resources), str(pupil.total)) == (part, part)


# -- funds ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fund", FundingSource)
def test_only_the_policy_s_funds_count(fund: FundingSource) -> None:
    """Waltham Forest counts Element 2 and top-up; each pound is in the total or beside it, never in both."""
    of = provision_map(
        provision("P001", group_size=1, funding_source=fund),
        resources=(Resource(code="R001", description="A", annual_cost=Decimal(10), funding_source=fund),),
        allocations=(Allocation(pupil="A-1", code="P001"), Allocation(pupil="A-1", code="R001")),
        general=(GeneralProvision(description="B", annual_cost=Decimal(5), funding_source=fund),),
    )
    pupil = cost_map(of, POLICY).pupils[0]
    counts = fund in (FundingSource.ELEMENT_2, FundingSource.TOP_UP)
    assert pupil.total == (Decimal(680) if counts else 0)  # £665 + £10 + £5
    assert pupil.not_counted == (0 if counts else 675)
    assert all(line.counts is counts for line in pupil.lines)
    own_list = replace(POLICY, counted_funding_sources=(fund,))
    assert cost_map(of, own_list).pupils[0].total == 680


@given(full_maps())
def test_every_pound_of_a_line_is_counted_once(of: ProvisionMap) -> None:
    for pupil in cost_map(of, POLICY).pupils:
        by_kind = [pupil.direct, pupil.resources, pupil.not_counted]
        exact_lines = sum((line.annual for line in pupil.lines), Fraction(0))
        assert abs(sum(map(Fraction, by_kind)) - exact_lines) <= Fraction(3, 200)  # three figures rounded, no more
        assert all(isinstance(n.item, Provision | Resource) for n in pupil.lines)
