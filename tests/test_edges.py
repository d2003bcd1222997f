"""Band edges: gross and net, both placing rules, and each crossing held against the map costed again."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provision_costing.costing import PupilCost, cost_map, place
from provision_costing.edges import Crossing, cheapest_way, crossings
from provision_costing.model import GeneralProvision, GroupChange, ProvisionMap, Pupil, SenStatus
from provision_costing.policy import Placing, Policy, ShareOver
from tests.days import SPRING, school
from tests.making import hourly, provision, provision_map, waltham_forest
from tests.strategies import full_maps

POLICY = waltham_forest()
LARGEST = replace(POLICY, increment_placing=Placing.LARGEST_NOT_ABOVE)

# -- gross and net -------------------------------------------------------------------------------------------------

# An authority's Band 3 £6,075 and Band 4 £9,150 (sencoforum.com, undated), read as gross and as net of the £6,000.
BANDS = {"3": Decimal(6075), "4": Decimal(9150)}
BELOW = {"A": Decimal(3000), "B": Decimal(5000), "C": Decimal(8000)}  # made up: gross bands below the threshold


@pytest.mark.parametrize(
    ("bands", "gross", "placing", "total", "expected"),
    [  # a year of £9,100 is £3,100 above Element 2; gross, the edges are £75 and £3,150 above it
        (BANDS, True, Placing.SMALLEST_COVERING, "9100", ("4", "9150", "50", "3025", "")),
        (BANDS, True, Placing.LARGEST_NOT_ABOVE, "9100", ("3", "6075", "50", "3025", "")),
        (BANDS, False, Placing.SMALLEST_COVERING, "9100", ("3", "6075", "2975", "3100", "")),
        (BANDS, False, Placing.LARGEST_NOT_ABOVE, "9100", ("", None, "2975", "3100", "below 3, the smallest")),
        (BANDS, None, Placing.SMALLEST_COVERING, "9100", ("3", "6075", "2975", "3100", "")),  # unsaid: net
        (BANDS, True, Placing.SMALLEST_COVERING, "6000", ("", None, "0", None, "within Element 2")),
        (BANDS, True, Placing.SMALLEST_COVERING, "6075", ("3", "6075", "0", "75", "")),
        (BANDS, True, Placing.LARGEST_NOT_ABOVE, "6075", ("3", "6075", "3075", "0", "")),
        (BANDS, True, Placing.SMALLEST_COVERING, "9150.01", ("", None, None, "0.01", "above 4, the largest")),
        # £6,100: it would leave Element 2 by £100, long before a gross band below the threshold
        (BELOW, True, Placing.SMALLEST_COVERING, "6100", ("C", "8000", "1900", "100", "")),
        (BELOW, True, Placing.LARGEST_NOT_ABOVE, "6100", ("B", "5000", "1900", "100", "")),
        (BELOW, True, Placing.LARGEST_NOT_ABOVE, "4000", ("", None, "2000", None, "within Element 2")),
    ],
)  # fmt: skip
def test_the_same_pupil_gross_and_net(
    bands: dict[str, Decimal], gross: bool | None, placing: Placing, total: str, expected: tuple[Any, ...]
) -> None:
    policy = replace(POLICY, increments=bands, bands_include_element_2=gross, increment_placing=placing)
    placed = place(Decimal(total), SenStatus.SUPPORT, policy)
    assert placed is not None
    figures = (placed.amount, placed.to_next, placed.above_previous)
    name, *amounts, remark = expected
    assert (placed.name, placed.remark) == (name, remark)
    assert figures == tuple(None if a is None else Decimal(a) for a in amounts)


@given(st.decimals(0, 20000, places=2), st.sampled_from(list(Placing)), st.booleans())
def test_to_the_next_edge_and_not_a_penny_less(total: Decimal, placing: Placing, gross: bool) -> None:
    """The distances mean what they say: a rise by more than `to_next` moves the pupil, a smaller one does not."""
    bands = {name: amount + 6000 for name, amount in (POLICY.increments or {}).items()} if gross else POLICY.increments
    policy = replace(POLICY, increments=bands, bands_include_element_2=gross, increment_placing=placing)
    now = place(total, None, policy)
    assert now is not None
    net = place(total, None, replace(POLICY, increment_placing=placing))
    assert net is not None
    assert (now.name, now.to_next, now.above_previous) == (net.name, net.to_next, net.above_previous)
    if now.to_next is None:
        return
    reached, penny = placing is Placing.LARGEST_NOT_ABOVE and total > 6000, Decimal("0.01")
    step = now.to_next if reached else now.to_next + penny
    moved, stays = place(total + step, None, policy), place(total + step - penny, None, policy)
    assert moved is not None
    assert stays is not None
    assert (moved.name, moved.remark) != (now.name, now.remark)
    assert (stays.name, stays.remark) == (now.name, now.remark)


# -- crossings -----------------------------------------------------------------------------------------------------


def pupil(policy: Policy = POLICY, rate: str = "17.5", status: SenStatus | None = None, **fields: Any) -> PupilCost:
    of = provision_map(provision(**({"group_size": 1} | fields)), staff=(hourly(rate),))
    return cost_map(replace(of, pupils=(Pupil(reference="A-1", sen_status=status),)), policy).pupils[0]


def test_one_more_session_and_one_more_week() -> None:
    # 9 hours a week at £17.50 in 38 weeks: £5,985, £15 from Element 2. An hour more: £665; a week more: £157.50.
    near = pupil(sessions_per_week=Fraction(9))
    assert crossings(near, POLICY) == (
        Crossing(code="P001", change="one session more a week", adds=Decimal("665.00"), crosses=True),
        Crossing(code="P001", change="one week more", adds=Decimal("157.50"), crosses=True),
    )
    assert cheapest_way(near, POLICY) == "One week more of P001 (£157.50 a year) would cross the next edge."


def test_one_pupil_fewer() -> None:
    # A share of a fourth, £166.25 a year, becomes a third: £221.67, so £55.42 more; nothing comes near £6,000.
    far = pupil(group_size=4)
    assert [(c.change, str(c.adds), c.crosses) for c in crossings(far, POLICY)] == [
        ("one session more a week", "166.25", False),
        ("one pupil fewer in the group", "55.42", False),
        ("one week more", "4.38", False),  # £4.375
    ]
    assert cheapest_way(far, POLICY) == ("No single change of a session, a week or a place would cross the next edge.")


def test_general_provision_is_part_of_the_year_that_crosses() -> None:
    # £665 and general provision of £5,000 are £5,665; an hour more is £6,330
    general = (GeneralProvision(description="Training", annual_cost=Decimal(5000)),)
    cost = cost_map(provision_map(provision(group_size=1), general=general), POLICY).pupils[0]
    assert [(c.change, c.crosses) for c in crossings(cost, POLICY)] == [
        ("one session more a week", True),
        ("one week more", False),
    ]


def test_one_pupil_fewer_among_pupils_with_sen() -> None:
    # Of four, one has no SEN: a third, £221.67, becomes a half, £332.50: £110.83 more.
    policy = replace(POLICY, share_over=ShareOver.PUPILS_WITH_SEN)
    cost = pupil(policy, group_size=4, pupils_without_sen=1)
    assert str(crossings(cost, policy)[1].adds) == "110.83"


def test_an_edge_is_reached_by_one_rule_and_passed_by_the_other() -> None:
    # £10 × 25 sessions × 25 weeks = £6,250; a session more is £250, which is £6,500: the edge of 1a itself.
    at: dict[str, Any] = {"rate": "10", "sessions_per_week": Fraction(25), "weeks": Fraction(25)}
    by_covering, by_reaching = (crossings(pupil(policy, **at), policy) for policy in (POLICY, LARGEST))
    assert [(c.adds, c.crosses) for c in by_covering] == [(Decimal(250), False), (Decimal(250), False)]
    assert [(c.adds, c.crosses) for c in by_reaching] == [(Decimal(250), True), (Decimal(250), True)]


@pytest.mark.parametrize(
    ("cost", "policy"),
    [
        (pupil(status=SenStatus.PLAN), POLICY),  # the plan names the band
        (pupil(sessions_per_week=Fraction(40)), POLICY),  # beyond the largest
        (pupil(replace(POLICY, increments=None)), replace(POLICY, increments=None)),
    ],
)
def test_where_no_edge_lies_above_nothing_is_listed(cost: PupilCost, policy: Policy) -> None:
    assert crossings(cost, policy) == ()
    assert cheapest_way(cost, policy) == ""


def test_what_cannot_change_is_not_listed() -> None:
    whole = replace(provision_map(provision(group_size=4)), school=school())
    reason = tuple(replace(a, whole_cost_reason="It exists for this pupil") for a in whole.allocations)
    changing = replace(whole.provisions[0], group_changes=(GroupChange(starts=SPRING, group_size=5),))
    health = replace(whole, provisions=(replace(whole.provisions[0], open_to_all=True),))
    for of in (replace(whole, allocations=reason), replace(whole, provisions=(changing,))):
        found = crossings(cost_map(of, POLICY).pupils[0], POLICY)
        assert [c.change for c in found] == ["one session more a week", "one week more"]
    assert crossings(cost_map(health, POLICY).pupils[0], POLICY) == ()


policies = st.builds(
    lambda placing, share, gross: replace(
        POLICY, increment_placing=placing, share_over=share, bands_include_element_2=gross,
        # edges far enough apart, and near enough together, that made-up pupils lie on all sides of them
        element_2_threshold=Decimal(300),
        increments={str(n): Decimal(150 * n) for n in range(1, 30)},
    ),
    st.sampled_from(list(Placing)), st.sampled_from(list(ShareOver)), st.booleans(),
)  # fmt: skip


@given(full_maps(4), policies)
def test_each_crossing_is_what_the_changed_map_costs(of: ProvisionMap, policy: Policy) -> None:
    cost = cost_map(of, policy)
    for old in cost.pupils:
        for crossing in crossings(old, policy):
            new = cost_map(changed(of, old.pupil.reference, crossing), policy).of(old.pupil.reference)
            assert new is not None
            added = sum(n.annual for n in new.lines) - sum(n.annual for n in old.lines)
            assert abs(added - Fraction(crossing.adds)) <= Fraction(1, 200)
            assert old.placement is not None
            assert new.placement is not None
            moves = (new.placement.name, new.placement.remark) != (old.placement.name, old.placement.remark)
            assert crossing.crosses is moves


def changed(of: ProvisionMap, reference: str, crossing: Crossing) -> ProvisionMap:
    """Make the change that a crossing is about, on the map itself."""
    if crossing.change == "one week more":
        (line,) = (n for n in lines_of(of, reference) if n.item.code == crossing.code)
        rows = (
            replace(a, weeks=line.weeks + Fraction(1)) if (a.pupil, a.code) == (reference, crossing.code) else a
            for a in of.allocations
        )
        return replace(of, allocations=tuple(rows))
    rows_of = []
    for row in of.provisions:
        if row.code != crossing.code:
            rows_of.append(row)
        elif crossing.change == "one session more a week":
            rows_of.append(replace(row, sessions_per_week=(row.sessions_per_week or 0) + Fraction(1)))
        else:
            assert crossing.change == "one pupil fewer in the group"
            rows_of.append(replace(row, group_size=(row.group_size or 0) - 1))
    return replace(of, provisions=tuple(rows_of))


def lines_of(of: ProvisionMap, reference: str) -> Any:
    found = cost_map(of, POLICY).of(reference)
    assert found is not None
    return found.lines
