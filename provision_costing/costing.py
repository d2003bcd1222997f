"""The sums: the seven steps, shares, pupil and school totals, Element 2 and the increment.

Inside, each cost is one quotient of whole numbers. Every named figure, line or total, is rounded once from the exact
figure and never from another rounded one; so a printed column may differ by a penny or two from its total.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

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
from provision_costing.money import apportion, exact, to_pence
from provision_costing.pay import Rate, rate_of
from provision_costing.policy import Placing, Policy

NOUGHT = Decimal("0.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncosted:
    """A row that has no cost because something it needs is missing, and the field that is missing."""

    record: Provision | Resource | Allocation | GeneralProvision
    field: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionCost:
    """What one provision costs, exact: the session for the whole group, and one pupil's share of it and of a week."""

    session: Fraction
    per_pupil_session: Fraction
    per_pupil_weekly: Fraction
    school_weekly: Fraction  # all its parallel groups, whole
    rates: tuple[tuple[Rate, Fraction], ...]  # each role's rate, and the adults of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One pupil's share of one provision or resource, in pounds and pence."""

    pupil: str
    item: Provision | Resource
    allocation: Allocation
    weeks: Fraction | None  # None for a resource
    annual: Fraction  # exact, for totals
    weekly_cost: Decimal | None
    annual_cost: Decimal
    not_counted_because: str = ""  # empty: the line counts towards Element 2

    @property
    def counts(self) -> bool:
        """Say whether the line is part of the pupil's total."""
        return not self.not_counted_because


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where an amount above Element 2 falls among the increments, and how far it is from the edges."""

    name: str  # "1c"; empty when no increment applies
    amount: Decimal | None  # pounds a year of that increment
    to_next: Decimal | None  # pounds by which the total could rise before the next increment (or Element 2) is reached
    above_previous: Decimal | None  # pounds by which it could fall before it leaves this increment
    remark: str = ""  # why there is none


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilCost:
    """One pupil's year: the lines and what they add up to."""

    pupil: Pupil
    lines: tuple[Line, ...]
    direct: Decimal
    resources: Decimal
    general: Decimal
    total: Decimal
    not_counted: Decimal
    above_element_2: Decimal
    placement: Placement | None  # None where the authority publishes no increments


@dataclass(frozen=True, slots=True, kw_only=True)
class MapCost:
    """A whole map, costed."""

    pupils: tuple[PupilCost, ...]
    general: Decimal
    total: Decimal  # all pupils' totals; general provision that no pupil shares is in `general` only
    sessions: Mapping[str, SessionCost | Uncosted]  # by the provision's code
    uncosted: tuple[Uncosted, ...]

    def of(self, reference: str) -> PupilCost | None:
        """Find one pupil's year by reference."""
        return next((p for p in self.pupils if p.pupil.reference == reference), None)


def provision_weeks(provision: Provision, policy: Policy) -> Fraction:
    """Give the weeks that a provision runs: its own, or the policy's year."""
    return provision.weeks if provision.weeks is not None else exact(policy.weeks_per_year)


def session_cost(provision: Provision, rates: Mapping[str, Rate | None]) -> SessionCost | Uncosted:
    """Cost one session, exactly: adults × hourly cost × minutes ÷ 60, and ÷ the pupils in the group (steps 4 to 6)."""
    missing = _what_is_missing(provision, rates)
    if missing:
        return missing
    known = [(rate, s.adults) for s in provision.staffing if (rate := rates[s.role]) is not None]
    minutes, sessions = (
        provision.minutes_per_session or Fraction(0),
        provision.sessions_per_week or Fraction(0),
    )
    group = provision.group_size or 1
    numerator, denominator = _sum([_quotient(rate, adults) for rate, adults in known])
    numerator *= minutes.numerator
    denominator *= minutes.denominator * 60
    session = Fraction(numerator, denominator)
    weekly = (numerator * sessions.numerator, denominator * sessions.denominator)
    return SessionCost(
        session=session,
        per_pupil_session=Fraction(numerator, denominator * group),
        per_pupil_weekly=Fraction(weekly[0], weekly[1] * group),
        school_weekly=Fraction(weekly[0] * provision.parallel_groups, weekly[1]),
        rates=tuple(known),
    )


def _quotient(rate: Rate, adults: Fraction) -> tuple[int, int]:
    pounds, divisor = rate.amount.as_integer_ratio()
    return (
        pounds * adults.numerator * rate.hours.denominator,
        divisor * adults.denominator * rate.hours.numerator,
    )


def _sum(quotients: Iterable[tuple[int, int]]) -> tuple[int, int]:
    numerator, denominator = 0, 1
    for n, d in quotients:
        numerator, denominator = numerator * d + n * denominator, denominator * d
    return numerator, denominator


def _what_is_missing(provision: Provision, rates: Mapping[str, Rate | None]) -> Uncosted | None:
    group = provision.group_size
    gaps = (
        ("staff", not provision.staffing, "no member of staff is named"),
        ("group_size", group is None, "the group size is missing"),
        ("group_size", group is not None and group < 1, "the group size is less than one pupil"),
        (
            "minutes_per_session",
            provision.minutes_per_session is None,
            "the minutes in a session are missing",
        ),
        ("sessions_per_week", provision.sessions_per_week is None, "the sessions in a week are missing"),
    )
    for name, is_gap, reason in gaps:
        if is_gap:
            return Uncosted(record=provision, field=name, reason=reason)
    for number, staffing in enumerate(provision.staffing, 1):
        if rates.get(staffing.role) is None:
            name = "staff" if number == 1 else f"staff_{number}"
            reason = f"there is no salary or hourly cost for “{staffing.role}”"
            return Uncosted(record=provision, field=name, reason=reason)
    return None


def rates_for(provision_map: ProvisionMap, policy: Policy) -> dict[str, Rate | None]:
    """Find once what an hour of each role on the map costs; None for a role without a rate."""
    roles = {s.role for p in provision_map.provisions for s in p.staffing}
    return {role: rate_of(role, provision_map, policy) for role in sorted(roles)}


def cost_map(provision_map: ProvisionMap, policy: Policy) -> MapCost:
    """Cost a whole map: every pupil's lines and totals, and the rows that could not be costed."""
    rates = rates_for(provision_map, policy)
    sessions = {p.code: session_cost(p, rates) for p in provision_map.provisions}
    lines, uncosted = _cost_lines(provision_map, sessions, policy)
    general, without_cost = _general_total(provision_map, policy)
    sharing = [p.reference for p in provision_map.pupils if p.has_sen]
    shares = dict(zip(sharing, apportion(general, [1] * len(sharing)), strict=True)) if sharing else {}
    by_pupil: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_pupil[line.pupil].append(line)
    pupils = tuple(
        _pupil_cost(pupil, by_pupil[pupil.reference], shares.get(pupil.reference, NOUGHT), policy)
        for pupil in provision_map.pupils
    )
    exact_total = add([n.annual for n in lines if n.counts] + [exact(share) for share in shares.values()])
    return MapCost(
        pupils=pupils,
        general=general,
        total=to_pence(exact_total),
        sessions=sessions,
        uncosted=(*uncosted, *without_cost),
    )


def _cost_lines(
    provision_map: ProvisionMap, sessions: Mapping[str, SessionCost | Uncosted], policy: Policy
) -> tuple[list[Line], list[Uncosted]]:
    provisions = {p.code: p for p in provision_map.provisions}
    resources = {r.code: r for r in provision_map.resources}
    known = {p.reference for p in provision_map.pupils}
    lines: list[Line] = []
    uncosted: list[Uncosted] = [s for s in sessions.values() if isinstance(s, Uncosted)]
    uncosted += [_resource_gap(r) for r in provision_map.resources if r.annual_cost is None or not r.shared_by]
    for allocation in provision_map.allocations:
        provision, resource = provisions.get(allocation.code), resources.get(allocation.code)
        if allocation.pupil not in known:
            uncosted.append(Uncosted(record=allocation, field="pupil", reason="the pupil is not on the list of pupils"))
        elif provision is not None:
            session = sessions[provision.code]
            if isinstance(session, SessionCost):
                lines.append(_provision_line(provision, allocation, session, policy))
        elif resource is None:
            reason = f"“{allocation.code}” is neither a provision nor a resource on this map"
            uncosted.append(Uncosted(record=allocation, field="code", reason=reason))
        elif resource.annual_cost is not None and resource.shared_by:
            lines.append(_resource_line(resource, allocation, policy))
    return lines, uncosted


def _provision_line(provision: Provision, allocation: Allocation, session: SessionCost, policy: Policy) -> Line:
    weeks = allocation.weeks if allocation.weeks is not None else provision_weeks(provision, policy)
    weekly = session.per_pupil_weekly
    annual = Fraction(weekly.numerator * weeks.numerator, weekly.denominator * weeks.denominator)
    why_not = "open to all pupils" if provision.open_to_all else why_not_counted(provision.funding_source, policy)
    return Line(
        pupil=allocation.pupil, item=provision, allocation=allocation, weeks=weeks, annual=annual,
        weekly_cost=to_pence(weekly), annual_cost=to_pence(annual), not_counted_because=why_not,
    )  # fmt: skip


def _resource_line(resource: Resource, allocation: Allocation, policy: Policy) -> Line:
    cost = exact(resource.annual_cost or NOUGHT) / (resource.shared_by or 1)
    return Line(
        pupil=allocation.pupil, item=resource, allocation=allocation, weeks=None, annual=cost, weekly_cost=None,
        annual_cost=to_pence(cost), not_counted_because=why_not_counted(resource.funding_source, policy),
    )  # fmt: skip


def _resource_gap(resource: Resource) -> Uncosted:
    if resource.annual_cost is None:
        return Uncosted(record=resource, field="annual_cost", reason="its cost is missing")
    return Uncosted(record=resource, field="shared_by", reason="the number of pupils who share it is missing")


def why_not_counted(source: FundingSource | None, policy: Policy) -> str:
    """Say why a line that this fund pays for is left out of Element 2; empty when it counts."""
    if source is None or source in policy.counted_funding_sources:
        return ""
    return f"paid from {source}"


def add(amounts: Iterable[Fraction]) -> Fraction:
    """Add exact amounts; those over one denominator are added as whole numbers first, which is quicker."""
    over: dict[int, int] = {}
    for amount in amounts:
        over[amount.denominator] = over.get(amount.denominator, 0) + amount.numerator
    return sum((Fraction(numerator, denominator) for denominator, numerator in over.items()), Fraction(0))


def _general_total(provision_map: ProvisionMap, policy: Policy) -> tuple[Decimal, list[Uncosted]]:
    counted = [g for g in provision_map.general if not why_not_counted(g.funding_source, policy)]
    total = sum((to_pence(exact(g.annual_cost)) for g in counted if g.annual_cost is not None), NOUGHT)
    gaps = [g for g in provision_map.general if g.annual_cost is None]
    return total, [Uncosted(record=g, field="annual_cost", reason="its cost is missing") for g in gaps]


def _pupil_cost(pupil: Pupil, lines: list[Line], general: Decimal, policy: Policy) -> PupilCost:
    direct = add(n.annual for n in lines if n.counts and isinstance(n.item, Provision))
    resources = add(n.annual for n in lines if n.counts and isinstance(n.item, Resource))
    total = to_pence(add((direct, resources, exact(general))))
    return PupilCost(
        pupil=pupil, lines=tuple(lines), direct=to_pence(direct), resources=to_pence(resources), general=general,
        total=total, not_counted=to_pence(add(n.annual for n in lines if not n.counts)),
        above_element_2=above_element_2(total, policy), placement=place(total, pupil.sen_status, policy),
    )  # fmt: skip


def above_element_2(total: Decimal, policy: Policy) -> Decimal:
    """Give the part of a pupil's total that is above the threshold; nothing when there is none."""
    return max(total - policy.element_2_threshold, NOUGHT)


def place(total: Decimal, status: SenStatus | None, policy: Policy) -> Placement | None:
    """Place a pupil's total among the increments, by the policy's placing rule.

    A pupil with a statutory plan has the band that the plan names, so none is placed here. None where the authority
    publishes no increments or does not say how an amount is placed.
    """
    if not policy.increments or policy.increment_placing is None:
        return None
    excess = total - policy.element_2_threshold
    if status is SenStatus.PLAN:
        return Placement(name="", amount=None, to_next=None, above_previous=None, remark="set by the EHC plan")
    if excess <= 0:
        return Placement(name="", amount=None, to_next=-excess, above_previous=None, remark="within Element 2")
    edges = sorted(policy.increments.items(), key=lambda edge: edge[1])
    if policy.increment_placing is Placing.SMALLEST_COVERING:
        return _smallest_covering(excess, edges)
    return _largest_not_above(excess, edges)


def _smallest_covering(excess: Decimal, edges: list[tuple[str, Decimal]]) -> Placement:
    below = NOUGHT
    for name, amount in edges:
        if excess <= amount:
            return Placement(name=name, amount=amount, to_next=amount - excess, above_previous=excess - below)
        below = amount
    return Placement(
        name="",
        amount=None,
        to_next=None,
        above_previous=excess - below,
        remark=f"above {edges[-1][0]}, the largest",
    )


def _largest_not_above(excess: Decimal, edges: list[tuple[str, Decimal]]) -> Placement:
    reached = [edge for edge in edges if edge[1] <= excess]
    to_next = edges[len(reached)][1] - excess if len(reached) < len(edges) else None
    if not reached:
        remark = f"below {edges[0][0]}, the smallest"
        return Placement(name="", amount=None, to_next=to_next, above_previous=excess, remark=remark)
    name, amount = reached[-1]
    return Placement(name=name, amount=amount, to_next=to_next, above_previous=excess - amount)


def school_cost(provision: Provision, session: SessionCost, policy: Policy) -> Decimal:
    """Give what a provision costs the school in a year: every session of every parallel group, whole."""
    return to_pence(session.school_weekly * provision_weeks(provision, policy))
