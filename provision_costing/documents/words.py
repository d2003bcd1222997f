"""The wording of a pupil's paper: plain enough for a parent, exact enough for a panel."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from provision_costing.costing import Placement, PupilCost
from provision_costing.model import Provision, Review, SenStatus
from provision_costing.money import plain, pounds
from provision_costing.policy import VALUES, Apportioning, Entry, Placing, Policy, ShareOver

STATUS = {
    SenStatus.NONE: "No special educational need is recorded",
    SenStatus.SUPPORT: "SEN support: help that the school arranges, without an EHC plan",
    SenStatus.PLAN: "Education, health and care plan (EHC plan)",
    None: "",
}
PROGRESS = {1: "1: none, or worse", 2: "2: limited", 3: "3: moderate", 4: "4: significant", 5: "5: achieved"}
_SHARED = {
    Apportioning.EQUALLY: "shared equally",
    Apportioning.BY_HOURS: "shared by their hours of support",
    Apportioning.BY_DIRECT_COST: "shared by the cost of their support from staff",
}
_PHASES = {"N": "Nursery", "R": "Reception"}

# Characters that a document may not hold, and those that make text read in another order than it is stored.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)


def clean(text: str) -> str:
    """Take a school's text as it may be printed: the same words, without control characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _UNPRINTABLE.sub("", lines).strip()


def day(when: date | None) -> str:
    """Write a date in full: 1 September 2026; empty for none."""
    return f"{when.day} {when:%B %Y}" if when else ""


def period(starts: date | None, ends: date | None) -> str:
    """Write from when to when, as far as it is known."""
    if starts and ends:
        return f"{day(starts)} to {day(ends)}"
    return f"from {day(starts)}" if starts else f"until {day(ends)}" if ends else ""


def year_group(written: str) -> str:
    """Write a year group as people say it: Nursery, Reception, Year 3."""
    text = clean(written)
    return f"Year {int(text)}" if re.fullmatch(r"[0-9]{1,2}", text) else _PHASES.get(text.upper(), text)


def adults(provision: Provision) -> str:
    """Name the adults of a session: Learning Mentor; 2 × Teaching Assistant and Teacher."""
    named = [s.role if s.adults == 1 else f"{plain(s.adults)} × {s.role}" for s in provision.staffing]
    return clean(" and ".join(named))


def in_full_pounds(amount: Decimal) -> str:
    """Write an amount as it is said: £6,000, and £6,000.50."""
    return pounds(amount).removesuffix(".00")


def counted(number: int, one: str, many: str) -> str:
    """Write how many: 1 row was, 3 rows were."""
    return f"{number} {one if number == 1 else many}"


def element_2(cost: PupilCost, policy: Policy) -> str:
    """Say how a pupil's total stands to the threshold."""
    threshold = in_full_pounds(policy.element_2_threshold)
    first = (
        f"The school pays the first {threshold} of a pupil’s extra support in a year from its own budget (Element 2)."
    )
    if cost.above_element_2:
        return f"{first} This pupil’s support comes to {pounds(cost.above_element_2)} more than that."
    spare = policy.element_2_threshold - cost.total
    if not spare:
        return f"{first} This pupil’s support comes to exactly that."
    return f"{first} All of this pupil’s support is within that, {pounds(spare)} below it."


def increment(cost: PupilCost, policy: Policy) -> str:
    """Say where the amount above Element 2 falls, and how far it is from the edges; empty when there is none."""
    placement, band = cost.placement, clean(cost.pupil.stated_band)
    if placement is None:
        return f"{policy.authority} publishes no steps of extra funding that this could be placed in."
    if cost.pupil.sen_status is SenStatus.PLAN:
        band = f" The school gives it as {band}." if band else ""
        return f"The funding band of a pupil with an EHC plan is the one that the plan names.{band}"
    if not placement.name:
        return _no_increment(placement)
    steps = f"{policy.authority} adds funding without an EHC plan in steps called increments. "
    return steps + _placed(placement, policy)


def short_increment(cost: PupilCost) -> str:
    """Name the increment, or say in two or three words why there is none."""
    if cost.pupil.sen_status is SenStatus.PLAN:
        return "as the plan says"
    if cost.placement is None or not cost.above_element_2:
        return "none"
    return cost.placement.name or cost.placement.remark.partition(",")[0]  # above 4d, the largest


def _placed(placement: Placement, policy: Policy) -> str:
    into, left = pounds(placement.above_previous or Decimal(0)), pounds(placement.to_next or Decimal(0))
    size = in_full_pounds(placement.amount or Decimal(0))
    if policy.increment_placing is Placing.SMALLEST_COVERING:
        edge = f"{left} below its upper edge" if placement.to_next else "exactly at its upper edge"
        return f"This amount is {into} into increment {placement.name} (up to {size} a year), {edge}."
    edge = f", {left} below the next" if placement.to_next is not None else ", the largest there is"
    return f"This amount reaches increment {placement.name} ({size} a year), {into} above it{edge}."


def _no_increment(placement: Placement) -> str:
    if not placement.above_previous:  # within Element 2, which has been said
        return ""
    left = f" {pounds(placement.to_next)} more would reach it." if placement.to_next is not None else ""
    return f"This amount is {placement.remark} of the funding steps (increments).{left}"


def review_fields(review: Review) -> dict[str, str]:
    """Write what a review holds, each field as text."""
    return {
        "planned": day(review.planned),
        "held": day(review.held),
        "progress": PROGRESS.get(review.progress or 0, ""),
        "working": clean(review.working),
        "not_working": clean(review.not_working),
        "next_step": clean(review.next_step),
    }


def general_shared(policy: Policy) -> str:
    """Say in proportion to what general provision is shared."""
    return _SHARED[policy.general_apportioned or Apportioning.EQUALLY]


def cited(entry: Entry) -> str:
    """Name the document that a value comes from, and say when the figure was worked out from it."""
    derived = " (figures worked out from it)" if entry.mark == "derived" else ""
    return f"{entry.citation.title}, published {entry.citation.published}{derived}"


def method(policy: Policy) -> str:
    """Say the seven steps in a sentence or two, with the policy's own numbers."""
    weeks, days, hours, year = (
        plain(value)
        for value in (policy.salary_weeks, policy.days_per_week, policy.hours_per_day, policy.weeks_per_year)
    )  # fmt: skip
    among = "pupils with SEN" if policy.share_over is ShareOver.PUPILS_WITH_SEN else "pupils"
    return (
        f"Staff time is costed in seven steps: a year’s salary for the role, its weekly cost (÷ {weeks} weeks), its "
        f"daily cost (÷ {days} days) and its hourly cost (÷ {hours} hours, or a published hourly cost), then the cost "
        f"for one pupil of a session (its length, shared by the {among} in the group), of a week (× sessions), and of "
        f"the year (× weeks; {year} unless the table says otherwise). The salary is an average one for the role, with "
        "the employer’s National Insurance and pension, and never what one person is paid. Each figure is worked out "
        "exactly and rounded once, so a total may differ by a penny or two from the figures above it."
    )


def own_values(policy: Policy) -> tuple[str, ...]:
    """Say what the school put in place of the authority's values, and why."""
    said = []
    units = {f.name: (f.metadata["label"], f.metadata["unit"]) for f in VALUES}
    for entry in policy.entries.values():
        if override := entry.overridden_by:
            label, unit = units[entry.name]
            reason = clean(override.reason) or "no reason is given"
            said.append(f"{label}: {_value(override.value, unit)} in place of {_value(entry.value, unit)} ({reason}).")
    return tuple(said)


def _value(value: Decimal, unit: str) -> str:
    if unit.startswith("£"):
        return in_full_pounds(value)
    return f"{plain(value)} {unit.removesuffix('s') if value == 1 else unit}"


def unique(texts: Iterable[str]) -> tuple[str, ...]:
    """Keep each text once, in order."""
    return tuple(dict.fromkeys(texts))
