"""Lines of an inclusion strategy: what the school pays for all of it, and no pupil in it."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given

from provision_costing.costing import cost_map
from provision_costing.inclusion import InclusionLine, inclusion_lines, reach
from provision_costing.model import (
    FundingSource,
    GeneralProvision,
    ProvisionMap,
    Resource,
    Tier,
    Wave,
)
from tests.days import SPRING, school
from tests.making import provision, provision_map, waltham_forest
from tests.strategies import full_maps

POLICY = waltham_forest()


def lines(of: ProvisionMap) -> tuple[InclusionLine, ...]:
    return inclusion_lines(of, cost_map(of, POLICY), POLICY)


def test_the_school_s_whole_cost_whoever_shares_it() -> None:
    fund = FundingSource.INCLUSIVE_MAINSTREAM
    of = provision_map(
        provision("P001", group_size=4),  # £17.50 × 38
        provision("P002", group_size=4, parallel_groups=3, funding_source=fund),  # three groups
        provision("P003", open_to_all=True, starts=SPRING),  # from 4 January: 23.6 weeks
        provision("P004", role="Beekeeper"),
        resources=(
            Resource(code="R001", description="Speech therapist", annual_cost=Decimal(85), units=Fraction(12),
                     shared_by=4),
            Resource(code="R002", description="Tablets", annual_cost=Decimal(1000), years=3),
            Resource(code="R003", description="To be priced", annual_cost=None),
        ),
        general=(
            GeneralProvision(description="Training", annual_cost=Decimal("99.99"), funding_source=FundingSource.HEALTH),
            GeneralProvision(description="Books", annual_cost=None),
        ),
    )  # fmt: skip
    found = [(n.code, None if n.cost is None else str(n.cost), n.reach, n.paid_from)
             for n in lines(replace(of, school=school()))]  # fmt: skip
    assert found == [
        ("P001", "665.00", "Targeted", "Element 2"),
        ("P002", "1995.00", "Targeted", "Inclusive Mainstream Fund"),
        ("P003", "413.00", "Universal", "Element 2"),
        ("P004", None, "Targeted", "Element 2"),
        ("R001", "1020.00", "Targeted", "Element 2"),
        ("R002", "333.33", "Targeted", "Element 2"),
        ("R003", None, "Targeted", "Element 2"),
        ("", "99.99", "Targeted", "Health"),
        ("", None, "Targeted", "Element 2"),
    ]


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({}, "Targeted"),
        ({"open_to_all": True, "wave": Wave.THREE}, "Universal"),
        ({"wave": Wave.ONE}, "Universal"),
        ({"wave": Wave.TWO}, "Targeted"),
        ({"tier": Tier.UNIVERSAL, "wave": Wave.THREE}, "Universal"),  # the tier comes before the wave
        ({"tier": Tier.TARGETED, "wave": Wave.ONE}, "Targeted"),
        ({"tier": Tier.TARGETED_PLUS}, "Targeted"),
        ({"tier": Tier.SPECIALIST}, "Targeted"),
    ],
)
def test_universal_or_targeted(fields: dict[str, Any], word: str) -> None:
    assert reach(provision(**fields)) == word


@given(full_maps())
def test_every_row_is_there_once_and_no_pupil(of: ProvisionMap) -> None:
    found = lines(of)
    assert len(found) == len(of.provisions) + len(of.resources) + len(of.general)
    assert {n.reach for n in found} <= {"Universal", "Targeted"}
    without_pupils = replace(of, pupils=(), allocations=())
    assert lines(without_pupils) == found
