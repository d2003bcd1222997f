"""Element 1: for information, from the census and the authority's rates, and in nobody's £6,000."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given

from provision_costing.costing import cost_map
from provision_costing.element_1 import age_group_funding, element_1
from provision_costing.model import AgeGroup, ProvisionMap, School
from tests.making import waltham_forest
from tests.strategies import full_maps

POLICY = waltham_forest()


def group(name: str, pupils: int, rate: str) -> AgeGroup:
    return AgeGroup(name=name, pupils=pupils, rate=Decimal(rate))


def test_pupils_times_the_rate() -> None:
    # Made-up rates: 210 × £3,847.25 = £807,922.50; 60 × £5,422 = £325,320; together £1,133,242.50
    groups = (group("Primary", 210, "3847.25"), group("Key stage 3", 60, "5422"), group("Key stage 4", 0, "6113"))
    assert [str(age_group_funding(g)) for g in groups] == ["807922.50", "325320.00", "0.00"]
    assert element_1(School(age_groups=groups)) == Decimal("1133242.50")


def test_without_age_groups_there_is_none() -> None:
    assert element_1(School()) is None
    assert element_1(School(age_groups=(group("Primary", 0, "3847"),))) == 0


@given(full_maps())
def test_it_is_never_part_of_a_pupil_s_total(of: ProvisionMap) -> None:
    without = replace(of, school=replace(of.school, age_groups=()))
    assert cost_map(of, POLICY) == cost_map(without, POLICY)
