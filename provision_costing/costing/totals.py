"""Lines and totals: every pupil's shares, general provision, and what they add up to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from provision_costing.costing.placing import above_element_2, place
from provision_costing.costing.records import NOUGHT, Line, MapCost, PupilCost, SessionCost, Uncosted
from provision_costing.costing.sessions import UNREAD, sessions_of
from provision_costing.model import Allocation, FundingSource, Provision, ProvisionMap, Pupil, Resource
from provision_costing.money import apportion, exact, to_pence
from provision_costing.policy import Apportioning, Policy, ShareOver
from provision_costing.schedule import Diary, Portion, diary_of, portion, provision_weeks


@dataclass(frozen=True, slots=True, kw_only=True)
class _Books:
    """What every line of one map is costed from."""

    sessions: Mapping[str, SessionCost | Uncosted]
    diary: Diary | None
    as_at: date | None
    policy: Policy
    without_share: frozenset[str]  # pupils without SEN, where the policy shares a session among the others only


def cost_map(provision_map: ProvisionMap, policy: Policy) -> MapCost:
    """Cost a whole map: every pupil's lines and totals, and the rows that could not be costed."""
    school, sessions = provision_map.school, sessions_of(provision_map, policy)
    books = _Books(
        sessions=sessions, diary=diary_of(school), as_at=school.as_at, policy=policy,
        without_share=_without_share(provision_map, policy),
    )  # fmt: skip
    lines, uncosted = _cost_lines(provision_map, books)
    by_pupil: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_pupil[line.pupil].append(line)
    general, without_cost = _general_total(provision_map, policy)
    shares = _general_shares(general, provision_map, by_pupil, policy)
    pupils = tuple(
        _pupil_cost(pupil, by_pupil[pupil.reference], shares.get(pupil.reference, NOUGHT), books)
        for pupil in provision_map.pupils
    )
    exact_total = add([n.annual for n in lines if n.counts] + [exact(share) for share in shares.values()])
    return MapCost(
        pupils=pupils,
        general=general,
        total=to_pence(exact_total),
        sessions=sessions,
        uncosted=(*uncosted, *without_cost),
        diary=books.diary,
    )


def _without_share(provision_map: ProvisionMap, policy: Policy) -> frozenset[str]:
    if policy.share_over is not ShareOver.PUPILS_WITH_SEN:
        return frozenset()
    return frozenset(p.reference for p in provision_map.pupils if not p.has_sen)


def _cost_lines(provision_map: ProvisionMap, books: _Books) -> tuple[list[Line], list[Uncosted]]:
    provisions = {p.code: p for p in provision_map.provisions}
    resources = {r.code: r for r in provision_map.resources}
    known = {p.reference for p in provision_map.pupils}
    lines: list[Line] = []
    uncosted: list[Uncosted] = [s for s in books.sessions.values() if isinstance(s, Uncosted)]
    uncosted += [_resource_gap(r) for r in provision_map.resources if r.annual_cost is None or not r.shared_by]
    for allocation in provision_map.allocations:
        provision, resource = provisions.get(allocation.code), resources.get(allocation.code)
        if allocation.pupil not in known:
            uncosted.append(Uncosted(record=allocation, field="pupil", reason="the pupil is not on the list of pupils"))
        elif allocation.unread:
            uncosted.append(Uncosted(record=allocation, field=allocation.unread[0], reason=UNREAD))
        elif provision is not None:
            session = books.sessions[provision.code]
            if isinstance(session, SessionCost):
                lines.append(_provision_line(provision, allocation, session, books))
        elif resource is None:
            reason = f"“{allocation.code}” is neither a provision nor a resource on this map"
            uncosted.append(Uncosted(record=allocation, field="code", reason=reason))
        elif resource.annual_cost is not None and resource.shared_by:
            lines.append(_resource_line(resource, allocation, books))
    return lines, uncosted


def _provision_line(provision: Provision, allocation: Allocation, session: SessionCost, books: _Books) -> Line:
    policy = books.policy
    year = portion(provision, allocation, books.diary, policy)
    done = portion(provision, allocation, books.diary, policy, books.as_at) if books.diary and books.as_at else None
    whole = bool(allocation.whole_cost_reason)
    weekly, share = session.weekly, session.weekly if whole else session.per_pupil_weekly
    why_not = "open to all pupils" if provision.open_to_all else why_not_counted(provision.funding_source, policy)
    has_share = whole or allocation.pupil not in books.without_share
    if not has_share:
        weekly = share = Fraction(0)
        why_not = why_not or "shared among the pupils with SEN only"
    annual = _times(weekly, year)
    return Line(
        pupil=allocation.pupil, item=provision, allocation=allocation, weeks=year.weeks, annual=annual,
        to_date=_times(weekly, done) if done else None, weekly_cost=to_pence(share), annual_cost=to_pence(annual),
        has_share=has_share, not_counted_because=why_not,
    )  # fmt: skip


def _times(weekly: Fraction, part: Portion) -> Fraction:
    shared = part.shared_weeks
    return Fraction(weekly.numerator * shared.numerator, weekly.denominator * shared.denominator)


def _resource_line(resource: Resource, allocation: Allocation, books: _Books) -> Line:
    cost = resource_year(resource) / (resource.shared_by or 1)
    return Line(
        pupil=allocation.pupil, item=resource, allocation=allocation, weeks=None, annual=cost, weekly_cost=None,
        to_date=_by_now(cost, books), annual_cost=to_pence(cost),
        not_counted_because=why_not_counted(resource.funding_source, books.policy),
    )  # fmt: skip


def resource_year(resource: Resource) -> Fraction:
    """Give what a resource costs in a year, exactly: its cost × the units in the year ÷ the years it lasts."""
    units = Fraction(1) if resource.units is None else resource.units
    return exact(resource.annual_cost or NOUGHT) * units / (resource.years or 1)


def _by_now(annual: Fraction, books: _Books) -> Fraction | None:
    """Give the part of a year's even cost that falls up to the "as at" day, by the days counted."""
    if books.diary is None or books.as_at is None:
        return None
    calendar = books.diary.calendar
    return annual * calendar.between(None, books.as_at) / calendar.days


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


def _general_shares(
    general: Decimal, provision_map: ProvisionMap, lines: Mapping[str, list[Line]], policy: Policy
) -> dict[str, Decimal]:
    """Share general provision among the pupils with SEN, to the penny; by no weight at all it is shared equally."""
    sharing = [p.reference for p in provision_map.pupils if p.has_sen]
    if not sharing:
        return {}
    weigh = _WEIGHTS[policy.general_apportioned or Apportioning.EQUALLY]
    weights = [add(weigh(line) for line in lines[pupil] if line.counts) for pupil in sharing]
    if weigh is _nothing or not any(weights):
        weights = [Fraction(1)] * len(sharing)
    return dict(zip(sharing, apportion(general, weights), strict=True))


def _nothing(_: Line) -> Fraction:
    return Fraction(0)


def _hours(line: Line) -> Fraction:
    provision = line.item
    if not isinstance(provision, Provision):
        return Fraction(0)
    minutes = (provision.minutes_per_session or Fraction(0)) * (provision.sessions_per_week or Fraction(0))
    return minutes * (line.weeks or Fraction(0)) / 60


def _direct_cost(line: Line) -> Fraction:
    return line.annual if isinstance(line.item, Provision) else Fraction(0)


_WEIGHTS = {
    Apportioning.EQUALLY: _nothing,
    Apportioning.BY_HOURS: _hours,
    Apportioning.BY_DIRECT_COST: _direct_cost,
}


def _pupil_cost(pupil: Pupil, lines: list[Line], general: Decimal, books: _Books) -> PupilCost:
    counted = [n for n in lines if n.counts]
    direct = add(n.annual for n in counted if isinstance(n.item, Provision))
    resources = add(n.annual for n in counted if isinstance(n.item, Resource))
    total = to_pence(add((direct, resources, exact(general))))
    done = _by_now(exact(general), books)
    return PupilCost(
        pupil=pupil, lines=tuple(lines), direct=to_pence(direct), resources=to_pence(resources), general=general,
        total=total, not_counted=to_pence(add(n.annual for n in lines if not n.counts)),
        to_date=None if done is None else to_pence(add((done, *(n.to_date or Fraction(0) for n in counted)))),
        above_element_2=above_element_2(total, books.policy), placement=place(total, pupil.sen_status, books.policy),
    )  # fmt: skip


def school_cost(provision: Provision, session: SessionCost, policy: Policy, diary: Diary | None = None) -> Decimal:
    """Give what a provision costs the school in a year: every session of every parallel group, whole."""
    return to_pence(session.school_weekly * provision_weeks(provision, policy, diary))
