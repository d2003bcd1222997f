"""What one pupil has on the map, line by line, ready for the paper: costed or not, counted or not."""

from dataclasses import dataclass, replace
from fractions import Fraction

from provision_costing.costing import Line, MapCost, PupilCost, provision_weeks, why_not_counted
from provision_costing.documents import words
from provision_costing.documents.record import Support
from provision_costing.documents.words import clean
from provision_costing.explain import Stretch, resource_sum, stretches, sum_in_words
from provision_costing.model import Allocation, Provision, ProvisionMap, Resource
from provision_costing.money import plain
from provision_costing.notation import write_duration, write_ratio
from provision_costing.policy import Policy
from provision_costing.schedule import diary_of


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
        written = _written(item, allocation, line, (provision_map, policy))
        working = _working(line, provision_map, policy) if line else missing.get(id(item or allocation), "")
        written = replace(written, working=clean(working), outcome=clean(allocation.outcome))
        found.append(PupilSupport(line=written, is_resource=isinstance(item, Resource)))
    return tuple(found)


def _written(
    item: Provision | Resource | None, allocation: Allocation, line: Line | None, books: tuple[ProvisionMap, Policy]
) -> Support:
    if isinstance(item, Provision):
        support = _intervention(item, allocation, line, books)
    elif isinstance(item, Resource):
        support = _bought(item, allocation, books[1])
    else:
        support = Support(what=clean(allocation.code) or "Something without a name", who="", group="")
    if line is None:
        return support
    return replace(
        support, weekly_cost=line.weekly_cost, annual_cost=line.annual_cost, why_not_counted=line.not_counted_because
    )


def _intervention(
    provision: Provision, allocation: Allocation, line: Line | None, books: tuple[ProvisionMap, Policy]
) -> Support:
    provision_map, policy = books
    reason = clean(allocation.whole_cost_reason)
    why_not = "open to all pupils" if provision.open_to_all else why_not_counted(provision.funding_source, policy)
    return Support(
        what=clean(provision.intervention) or clean(provision.code), who=words.adults(provision),
        group=_group(provision, stretches(line, provision, provision_map, policy) if line else ()),
        how_often=_how_often(provision), weeks=plain(_weeks(provision, allocation, line, books), 2),
        dates=_dates(provision, allocation), why_not_counted=why_not,
        whole_cost=f"the whole session is charged, because it exists for this pupil: {reason}" if reason else "",
    )  # fmt: skip


def _weeks(
    provision: Provision, allocation: Allocation, line: Line | None, books: tuple[ProvisionMap, Policy]
) -> Fraction:
    """Give this pupil's weeks; those of the row where it has no cost yet."""
    if line is not None and line.weeks is not None:
        return line.weeks
    provision_map, policy = books
    own = allocation.weeks
    return provision_weeks(provision, policy, diary_of(provision_map.school)) if own is None else own


def _dates(provision: Provision, allocation: Allocation) -> str:
    """Write the days on which both the provision runs and the pupil takes part."""
    starts = max((d for d in (provision.starts, allocation.starts) if d), default=None)
    ends = min((d for d in (provision.ends, allocation.ends) if d), default=None)
    return words.period(starts, ends)


def _group(provision: Provision, parts: tuple[Stretch, ...] = ()) -> str:
    """Write the adults and pupils of a session, and the sizes that the group has later in this pupil's time."""
    adults = sum((s.adults for s in provision.staffing), Fraction(0))
    pupils = parts[0].pupils if parts else provision.group_size or 0
    if pupils < 1:
        return ""
    whole = adults.denominator == 1 and adults >= 1
    first = write_ratio(pupils, int(adults)) if whole else words.counted(pupils, "pupil", "pupils")
    later = (f"{words.counted(p.pupils, 'pupil', 'pupils')} from {words.day(p.starts)}" for p in parts[1:])
    return ", then ".join((first, *later))


def _how_often(provision: Provision) -> str:
    minutes, sessions = provision.minutes_per_session, provision.sessions_per_week
    if not minutes or not sessions or minutes < 0 or sessions < 0:
        return ""
    return write_duration(minutes, sessions).replace(" = ", "\n= ")


def _bought(resource: Resource, allocation: Allocation, policy: Policy) -> Support:
    return Support(
        what=clean(resource.description) or clean(resource.code),
        who=clean(resource.provider) or clean(resource.kind), group=_basis(resource),
        dates=words.period(allocation.starts, allocation.ends),
        why_not_counted=why_not_counted(resource.funding_source, policy),
    )  # fmt: skip


def _basis(resource: Resource) -> str:
    """Write who shares a resource, how many are bought in the year and over how many years it is spread."""
    sharing, units, years = resource.shared_by or 0, resource.units or 1, resource.years or 1
    shared = "for this pupil alone" if sharing == 1 else f"shared by {sharing} pupils" if sharing else ""
    bought = f"{plain(units)} in the year" if units != 1 else ""
    return ", ".join(part for part in (shared, bought, f"spread over {years} years" if years > 1 else "") if part)


def _working(line: Line, provision_map: ProvisionMap, policy: Policy) -> str:
    """Write the sum behind one cost. The map is cut to this line's provision, so that only its roles are looked up."""
    if isinstance(line.item, Provision):
        return sum_in_words(line, replace(provision_map, provisions=(line.item,)), policy)
    return resource_sum(line.item, line.annual)
