"""Laws of the sums, which hold for every map."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

from provision_costing.costing import SessionCost, cost_map, place, rates_for, session_cost
from provision_costing.explain import seven_steps
from provision_costing.model import GeneralProvision, Provision, ProvisionMap, Staffing, StaffRate
from provision_costing.money import exact, to_pence
from provision_costing.policy import Placing
from tests.making import TA, hourly, provision, provision_map, salaried, waltham_forest

POLICY = waltham_forest()
LARGEST = replace(POLICY, increment_placing=Placing.LARGEST_NOT_ABOVE)
PENNY = Decimal("0.01")
Row = TypeVar("Row")


quarters = st.integers(1, 200).map(lambda n: Fraction(n, 4))


@st.composite
def provisions(draw: st.DrawFn, code: str = "P001") -> Provision:
    roles = draw(st.lists(st.sampled_from([TA, "Teacher", "HLTA"]), min_size=1, max_size=2, unique=True))
    return provision(
        code,
        staffing=tuple(Staffing(role=role, adults=draw(quarters)) for role in roles),
        group_size=draw(st.integers(1, 30)),
        minutes_per_session=Fraction(draw(st.integers(1, 360))),
        sessions_per_week=draw(quarters),
        weeks=draw(st.none() | quarters),
        parallel_groups=draw(st.integers(1, 4)),
    )


@st.composite
def maps(draw: st.DrawFn) -> ProvisionMap:
    rows = [draw(provisions(f"P{n:03}")) for n in range(draw(st.integers(1, 6)))]
    salaries = st.decimals(1000, 90000, places=2)
    staff = (salaried(str(draw(salaries))), hourly(str(draw(st.decimals(1, 90, places=2))), "Teacher"))
    general = tuple(
        GeneralProvision(description="General", annual_cost=amount)
        for amount in draw(st.lists(st.decimals(0, 5000, places=2), max_size=2))
    )
    return provision_map(*rows, pupils=draw(st.integers(1, 5)), staff=staff, general=general)


@given(provisions(), st.decimals(1000, 90000, places=2))
def test_shares_times_group_is_the_whole_cost(row: Provision, salary: Decimal) -> None:
    one = provision_map(row, staff=(salaried(str(salary)),))
    session = session_cost(row, rates_for(one, POLICY), POLICY)
    assert isinstance(session, SessionCost)
    assert session.per_pupil_session * (row.group_size or 0) == session.session
    weekly = session.session * (row.sessions_per_week or 0)
    assert session.per_pupil_weekly * (row.group_size or 0) == weekly
    assert session.school_weekly == weekly * row.parallel_groups


@given(maps())
def test_the_one_quotient_is_the_seven_steps_one_after_another(of: ProvisionMap) -> None:
    for line in cost_map(of, POLICY).pupils[0].lines:
        assert isinstance(line.item, Provision)
        assert line.annual == chained(line.item, of)
        assert seven_steps(line, of, POLICY)[-1].figure == line.annual


def chained(row: Provision, of: ProvisionMap) -> Fraction:
    """The seven steps as the guide words them, one Fraction at a time."""
    session = Fraction(0)
    for staffing in row.staffing:
        (hour,) = [hour_of(line) for line in of.staff if line.role == staffing.role] or [Fraction("17.5")]  # an HLTA's
        session += hour * staffing.adults * (row.minutes_per_session or 0) / 60
    weekly = session / (row.group_size or 1) * (row.sessions_per_week or 0)
    return weekly * (row.weeks if row.weeks is not None else 38)


def hour_of(line: StaffRate) -> Fraction:
    if line.hourly_cost is not None:
        return exact(line.hourly_cost)
    return exact(line.salary or 0) / 38 / 5 / 6


@given(maps(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(of: ProvisionMap, random: Random) -> None:
    """General provision is the one exception: its spare pennies go to the first pupils, by the sheet's order."""
    shuffled = replace(
        of, provisions=mixed(of.provisions, random), allocations=mixed(of.allocations, random),
        general=mixed(of.general, random),
    )  # fmt: skip
    before, after = cost_map(of, POLICY), cost_map(shuffled, POLICY)
    assert [(p.total, p.general, p.direct) for p in before.pupils] == [
        (p.total, p.general, p.direct) for p in after.pupils
    ]
    backwards = cost_map(replace(shuffled, pupils=of.pupils[::-1]), POLICY)
    assert backwards.total == before.total
    for pupil in before.pupils:
        same = backwards.of(pupil.pupil.reference)
        assert same is not None
        assert same.direct == pupil.direct
        assert abs(same.general - pupil.general) <= PENNY


def mixed(rows: tuple[Row, ...], random: Random) -> tuple[Row, ...]:
    return tuple(random.sample(rows, len(rows)))


@given(maps(), quarters, quarters)
def test_splitting_a_row_changes_nothing(of: ProvisionMap, first: Fraction, second: Fraction) -> None:
    row = of.provisions[0]
    parts = (first + second, first, second)
    by_weeks = [replace(row, weeks=part) for part in parts]
    by_sessions = [replace(row, sessions_per_week=part) for part in parts]
    again = tuple(replace(n, code="P900") for n in of.allocations if n.code == row.code)
    for whole, a, b in (by_weeks, by_sessions):
        unsplit = replace(of, provisions=(whole, *of.provisions[1:]))
        split = replace(
            of,
            provisions=(a, replace(b, code="P900"), *of.provisions[1:]),
            allocations=(*of.allocations, *again),
        )
        one, two = cost_map(unsplit, POLICY), cost_map(split, POLICY)
        assert [p.total for p in one.pupils] == [p.total for p in two.pupils]
        assert one.total == two.total


@given(maps())
def test_totals_hang_together(of: ProvisionMap) -> None:
    cost = cost_map(of, POLICY)
    assert sum(p.general for p in cost.pupils) == cost.general
    for pupil in cost.pupils:
        lines = sum((line.annual for line in pupil.lines), Fraction(0))
        assert pupil.total == to_pence(lines + exact(pupil.general))
        assert pupil.above_element_2 == max(pupil.total - 6000, 0)
    everything = sum((line.annual for p in cost.pupils for line in p.lines), exact(cost.general))
    assert cost.total == to_pence(everything)


@given(maps(), st.integers(0, 4))
def test_a_pupil_s_lines_do_not_touch_another_s(of: ProvisionMap, number: int) -> None:
    leaver = of.pupils[number % len(of.pupils)].reference
    stays = replace(of, allocations=tuple(a for a in of.allocations if a.pupil != leaver))
    before, after = cost_map(of, POLICY), cost_map(stays, POLICY)
    for old, new in zip(before.pupils, after.pupils, strict=True):
        assert new.direct == (0 if new.pupil.reference == leaver else old.direct)


@given(provisions(), st.integers(1, 29))
def test_a_larger_group_costs_each_pupil_no_more(row: Provision, more: int) -> None:
    sizes = [replace(row, group_size=(row.group_size or 1) + extra) for extra in (0, more)]
    small, large = (cost_map(provision_map(one), POLICY).pupils[0].total for one in sizes)
    assert large <= small


@given(st.decimals(0, 20000, places=2), st.decimals(0, 20000, places=2))
def test_more_never_means_a_lower_increment(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    for policy in (POLICY, LARGEST):
        first, second = place(low, None, policy), place(high, None, policy)
        assert first is not None
        assert second is not None
        if first.amount and second.amount:
            assert first.amount <= second.amount
