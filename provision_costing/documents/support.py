"""What one pupil has on the map, line by line, ready for the paper: costed or not, counted or not."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from provision_costing.costing import Line, MapCost, PupilCost, provision_weeks, why_not_counted
from provision_costing.documents import words
from provision_costing.documents.record import Support
from provision_costing.documents.words import clean
from provision_costing.explain import sum_in_words
from provision_costing.model import Allocation, Provision, ProvisionMap, Resource
from provision_costing.money import plain, pounds
from provision_costing.notation import write_duration, write_ratio
from provision_costing.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilSupport:
    """One line of the paper with what decides its place on it."""

    line: Support
    is_resource: bool

    @property
    def counts(self) -> bool:
        """Say whether the line is, or once costed would be, part of the total."""
        return not self.line.why_not_counted


def support_of(
    provision_map: ProvisionMap, policy: Policy, cost: PupilCost, whole: MapCost
) -> tuple[PupilSupport, ...]:
    """List everything that one pupil has, in the map's order; `whole` says why a line has no cost."""
    costed = {id(line.allocation): line for line in cost.lines}
    missing = {id(uncosted.record): uncosted.reason for uncosted in whole.uncosted}
    bought = {r.code: r for r in provision_map.resources}
    given = {p.code: p for p in provision_map.provisions}
    found = []
    for allocation in provision_map.allocations:
        if allocation.pupil != cost.pupil.reference:
            continue
        line = costed.get(id(allocation))
        item = line.item if line else given.get(allocation.code) or bought.get(allocation.code)
        written = _written(item, allocation, line, policy)
        working = _working(line, provision_map, policy) if line else missing.get(id(item or allocation), "")
        written = replace(written, working=clean(working), outcome=clean(allocation.outcome))
        found.append(PupilSupport(line=written, is_resource=isinstance(item, Resource)))
    return tuple(found)


def _written(item: Provision | Resource | None, allocation: Allocation, line: Line | None, policy: Policy) -> Support:
    if isinstance(item, Provision):
        support = _intervention(item, allocation, policy)
    elif isinstance(item, Resource):
        support = _bought(item, allocation, policy)
    else:
        support = Support(what=clean(allocation.code) or "Something without a name", who="", group="")
    if line is None:
        return support
    return replace(
        support, weekly_cost=line.weekly_cost, annual_cost=line.annual_cost, why_not_counted=line.not_counted_because
    )


def _intervention(provision: Provision, allocation: Allocation, policy: Policy) -> Support:
    weeks = allocation.weeks if allocation.weeks is not None else provision_weeks(provision, policy)
    dates = words.period(allocation.starts or provision.starts, allocation.ends or provision.ends)
    why_not = "open to all pupils" if provision.open_to_all else why_not_counted(provision.funding_source, policy)
    return Support(
        what=clean(provision.intervention) or clean(provision.code), who=words.adults(provision),
        group=_group(provision), how_often=_how_often(provision), weeks=plain(weeks, 2), dates=dates,
        why_not_counted=why_not,
    )  # fmt: skip


def _group(provision: Provision) -> str:
    adults, pupils = sum((s.adults for s in provision.staffing), Fraction(0)), provision.group_size or 0
    if pupils < 1:
        return ""
    if adults.denominator == 1 and adults >= 1:
        return write_ratio(pupils, int(adults))
    return words.counted(pupils, "pupil", "pupils")


def _how_often(provision: Provision) -> str:
    minutes, sessions = provision.minutes_per_session, provision.sessions_per_week
    if not minutes or not sessions or minutes < 0 or sessions < 0:
        return ""
    return write_duration(minutes, sessions).replace(" = ", "\n= ")


def _bought(resource: Resource, allocation: Allocation, policy: Policy) -> Support:
    sharing = resource.shared_by or 0
    return Support(
        what=clean(resource.description) or clean(resource.code),
        who=clean(resource.provider) or clean(resource.kind),
        group="for this pupil alone" if sharing == 1 else f"shared by {sharing} pupils" if sharing else "",
        dates=words.period(allocation.starts, allocation.ends),
        why_not_counted=why_not_counted(resource.funding_source, policy),
    )  # fmt: skip


def _working(line: Line, provision_map: ProvisionMap, policy: Policy) -> str:
    """Write the sum behind one cost. The map is cut to this line's provision, so that only its roles are looked up."""
    if isinstance(line.item, Provision):
        return sum_in_words(line, replace(provision_map, provisions=(line.item,)), policy)
    whole, sharing = pounds(line.item.annual_cost or Decimal(0)), line.item.shared_by or 1
    return f"{whole} ÷ {sharing} pupils = {pounds(line.annual_cost)}" if sharing > 1 else f"{whole}, as bought"
