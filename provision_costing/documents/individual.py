"""From a map to the record of one pupil's paper."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import count

from provision_costing.costing import MapCost, PupilCost, SessionCost, cost_map, why_not_counted
from provision_costing.documents import words
from provision_costing.documents.record import Basis, Figures, IndividualMap, Outcome, ReviewSlot, Support
from provision_costing.documents.support import PupilSupport, support_of
from provision_costing.documents.words import clean
from provision_costing.errors import DocumentError
from provision_costing.explain import paid_point, staff_line
from provision_costing.model import GeneralProvision, ProvisionMap, Pupil
from provision_costing.policy import Policy, with_overrides

USUAL_REVIEWS = 3  # where the authority sets no number: one a term
# The values that a paper's figures rest on, whose sources it names.
_USED = (
    "salary_weeks", "days_per_week", "hours_per_day", "weeks_per_year", "hourly_rates", "element_2_threshold",
    "counted_funding_sources", "increments", "increment_placing", "bands_include_element_2", "share_over",
    "general_apportioned",
)  # fmt: skip


def individual_map(
    provision_map: ProvisionMap, policy: Policy, reference: str, *, names: bool = False
) -> IndividualMap:
    """Make the record of one pupil's paper, with the school's own policy values in force.

    The pupil stands on it by reference; by name too only with `names`. Raises DocumentError when the reference is not
    on the map, or stands for two pupils.
    """
    return individual_maps(provision_map, policy, (reference,), names=names)[0]


def individual_maps(
    provision_map: ProvisionMap, policy: Policy, references: Sequence[str], *, names: bool = False
) -> tuple[IndividualMap, ...]:
    """Make the records of several pupils' papers, the map being costed once. Raises DocumentError as above."""
    policy = with_overrides(policy, provision_map.school.overrides)
    cost = cost_map(provision_map, policy)
    return tuple(_record(provision_map, policy, _find(cost, reference), cost, names=names) for reference in references)


def _find(cost: MapCost, reference: str) -> PupilCost:
    found = [p for p in cost.pupils if p.pupil.reference == reference]
    if not found:
        raise DocumentError(f"There is no pupil {reference} on this map. Give a reference from its list of pupils.")
    if len(found) > 1:
        raise DocumentError(
            f"The reference {reference} stands for {len(found)} pupils. Give each pupil a reference of their own, "
            "so that no paper mixes two children."
        )
    return found[0]


def _record(
    provision_map: ProvisionMap, policy: Policy, cost: PupilCost, whole: MapCost, *, names: bool
) -> IndividualMap:
    school, pupil = provision_map.school, cost.pupil
    support = support_of(provision_map, policy, cost, whole)
    number = count(1)
    return IndividualMap(
        school=clean(school.name), school_number=clean(school.number), year=clean(school.year),
        period=words.period(school.starts, school.ends), prepared_by=clean(school.prepared_by),
        reference=clean(pupil.reference), name=clean(pupil.name) if names else "",
        year_group=words.year_group(pupil.year_group), sen_status=words.STATUS[pupil.sen_status],
        area_of_need=str(pupil.area_of_need or ""), outcomes=_outcomes(support, number),
        resources=_numbered((s.line for s in support if s.counts and s.is_resource), number),
        not_counted=_numbered((s.line for s in support if not s.counts), number),
        figures=_figures(cost, policy, school.as_at), gaps=_gaps(provision_map, policy, pupil, support, whole),
        reviews=_reviews(provision_map, pupil, policy),
        basis=_basis(policy, _pay_values(cost, whole, provision_map, policy)),
    )  # fmt: skip


def _outcomes(support: Sequence[PupilSupport], number: Iterator[int]) -> tuple[Outcome, ...]:
    """Gather the interventions that count by what they are for, in the map's order; those for nothing come last."""
    gathered: dict[str, list[PupilSupport]] = {}
    for one in support:
        if one.counts and not one.is_resource:
            gathered.setdefault(" ".join(one.line.outcome.casefold().split()), []).append(one)
    groups = [group for key, group in gathered.items() if key] + [group for key, group in gathered.items() if not key]
    return tuple(Outcome(text=g[0].line.outcome, support=_numbered((s.line for s in g), number)) for g in groups)


def _numbered(support: Iterable[Support], number: Iterator[int]) -> tuple[Support, ...]:
    return tuple(replace(line, number=next(number)) for line in support)


def _figures(cost: PupilCost, policy: Policy, as_at: date | None) -> Figures:
    said = (words.element_2(cost, policy), words.increment(cost, policy))
    return Figures(
        direct=cost.direct, resources=cost.resources, general=cost.general, total=cost.total,
        threshold=policy.element_2_threshold, above_element_2=cost.above_element_2,
        increment=words.short_increment(cost), in_words=tuple(s for s in said if s), to_date=cost.to_date,
        as_at=words.day(as_at), general_shared=words.general_shared(policy),
    )  # fmt: skip


def _gaps(
    provision_map: ProvisionMap, policy: Policy, pupil: Pupil, support: Sequence[PupilSupport], whole: MapCost
) -> tuple[str, ...]:
    gaps = [f"{s.line.what}: {s.line.working}." for s in support if s.counts and s.line.annual_cost is None]
    general = [u.record for u in whole.uncosted if isinstance(u.record, GeneralProvision)]
    missing = sum(not why_not_counted(row.funding_source, policy) for row in general)
    if missing and pupil.has_sen:
        rows = words.counted(missing, "row of it has", "rows of it have")
        gaps.append(f"The share of general provision is not whole: {rows} no cost.")
    if provision_map.rows_left_out:
        rows = words.counted(provision_map.rows_left_out, "row", "rows")
        gaps.append(f"{rows} of the school’s map could not be costed, and may be for this pupil.")
    return tuple(gaps)


def _reviews(provision_map: ProvisionMap, pupil: Pupil, policy: Policy) -> tuple[ReviewSlot, ...]:
    """Put each review in the slot of its number, any other after the last; slots still empty are there to write in."""
    slots = {n: ReviewSlot(title=f"Review {n}") for n in range(1, (policy.reviews_per_year or USUAL_REVIEWS) + 1)}
    taken: set[int] = set()
    further = []
    for review in (r for r in provision_map.reviews if r.pupil == pupil.reference):
        number = review.number or min(slots.keys() - taken, default=0)
        if number in slots and number not in taken:
            taken.add(number)
            slots[number] = ReviewSlot(title=f"Review {number}", **words.review_fields(review))
        else:
            further.append(ReviewSlot(title="Further review", **words.review_fields(review)))
    return (*slots.values(), *further)


def _pay_values(cost: PupilCost, whole: MapCost, provision_map: ProvisionMap, policy: Policy) -> list[str]:
    """Name the policy values that built up the cost of the adults who work with this pupil."""
    used: list[str] = []
    sessions = (whole.sessions.get(line.item.code) for line in cost.lines)
    rates = (rate for session in sessions if isinstance(session, SessionCost) for rate, _ in session.rates)
    for rate in rates:
        point = paid_point(staff_line(rate, provision_map), policy)
        used += [point.entry.name] if point and rate.field == "pay_point" else []
        used += [name for line in rate.built.lines for name in line.policy] if rate.built else []
    return used


def _basis(policy: Policy, paid: Sequence[str]) -> Basis:
    entries = [policy.entries[name] for name in (*_USED, *paid) if name in policy.entries]
    return Basis(
        policy=f"{policy.authority}’s values as on {words.day(policy.on)}", method=words.method(policy),
        sources=words.unique(map(words.cited, entries)), own_values=words.own_values(policy),
        warnings=policy.superseded,
    )  # fmt: skip
