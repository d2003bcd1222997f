"""The sums: many rows costed, and the one quotient beside the seven steps in a chain."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction

from benchmarks.made_up import FIRST_DAY, school
from benchmarks.timing import Figure, best
from provision_costing.costing import SessionCost, cost_map, rates_for, session_cost
from provision_costing.model import GroupChange, Provision, ProvisionMap, Term
from provision_costing.pay import Rate
from provision_costing.policy import Policy, load_policy

ROWS = 10_000
WEEKS = Fraction(38)


def figures() -> Iterator[Figure]:
    """Time 10,000 rows of provision, each with a pupil; then only their sums, both ways."""
    policy = load_policy("waltham-forest", FIRST_DAY)
    distinct = school(ROWS, provisions=ROWS, pupils=300)
    yield Figure(what=f"{ROWS:,} provision rows costed", seconds=best(lambda: cost_map(distinct, policy)), target=1)
    shared = school(ROWS, provisions=200, pupils=300)
    yield Figure(what=f"{ROWS:,} allocations of 200 provisions costed", seconds=best(lambda: cost_map(shared, policy)))
    dated = with_dates(shared)
    yield Figure(
        what=f"{ROWS:,} allocations costed by school days, groups that change, cost to date",
        seconds=best(lambda: cost_map(dated, policy)), target=1.5,
    )  # fmt: skip
    rates = rates_for(distinct, policy)
    chain = best(lambda: [chained(p, rates) for p in distinct.provisions])
    quotient = best(lambda: [one_quotient(p, rates, policy) for p in distinct.provisions])
    yield Figure(what=f"{ROWS:,} sums as the seven steps in a chain of Fractions", seconds=chain)
    beside = f"{chain / quotient:.1f} times as fast as the chain"
    yield Figure(what=f"{ROWS:,} sums as one quotient, with session and week", seconds=quotient, beside=beside)


def with_dates(plain: ProvisionMap) -> ProvisionMap:
    """Give a map terms and a day up to which its costs count; half its pupils join later, half its groups grow."""
    terms = (
        Term(starts=date(2026, 9, 1), ends=date(2026, 12, 18)),
        Term(starts=date(2027, 1, 4), ends=date(2027, 3, 25)),
        Term(starts=date(2027, 4, 12), ends=date(2027, 7, 21)),
    )
    spring = terms[1].starts
    grows = (GroupChange(starts=spring, group_size=5),)
    return replace(
        plain, school=replace(plain.school, terms=terms, as_at=date(2027, 2, 12)),
        provisions=tuple(replace(p, group_changes=grows if n % 2 else ()) for n, p in enumerate(plain.provisions)),
        allocations=tuple(replace(a, starts=spring if n % 2 else None) for n, a in enumerate(plain.allocations)),
    )  # fmt: skip


def one_quotient(provision: Provision, rates: dict[str, Rate | None], policy: Policy) -> Fraction:
    """Give the annual cost per pupil as the core works it out."""
    session = session_cost(provision, rates, policy)
    return session.per_pupil_weekly * WEEKS if isinstance(session, SessionCost) else Fraction(0)


def chained(provision: Provision, rates: dict[str, Rate | None]) -> Fraction:
    """Give the annual cost per pupil one step after another, the rate included."""
    hourly = Fraction(0)
    for staffing in provision.staffing:
        rate = rates[staffing.role]
        if rate is not None and rate.field == "salary":
            hourly += Fraction(rate.amount) / 38 / 5 / 6 * staffing.adults
        elif rate is not None:
            hourly += Fraction(rate.amount) * staffing.adults
    session = hourly * (provision.minutes_per_session or 0) / 60
    return session / (provision.group_size or 1) * (provision.sessions_per_week or 0) * WEEKS
