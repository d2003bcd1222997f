"""One pupil's paper before it takes a form: words and figures ready to print, of one pupil and of nobody else.

It holds no record of the map, so nothing of another child can travel with it.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """One thing that helps the pupil: an intervention, or something bought. Costs are this pupil's share, in pounds."""

    what: str
    who: str  # the adults, or the provider of a resource
    group: str  # "1 adult to 8 pupils", or how many share a resource
    outcome: str = ""
    how_often: str = ""
    weeks: str = ""
    dates: str = ""  # empty: the whole year
    whole_cost: str = ""  # why this pupil is charged the whole session; empty: a share of it
    weekly_cost: Decimal | None = None  # None: a resource, or not costed
    annual_cost: Decimal | None = None  # None: not costed
    working: str = ""  # the sum in words, or what is missing for it
    why_not_counted: str = ""  # empty: it is part of the total
    number: int = 0  # as numbered on the paper


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the pupil should come to be able to do, if it is written down, and the support that is for it."""

    text: str
    support: tuple[Support, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What the pupil's year comes to, in pounds: the figures of `costing.PupilCost`, and what they mean in words."""

    direct: Decimal
    resources: Decimal
    general: Decimal
    total: Decimal
    threshold: Decimal
    above_element_2: Decimal
    increment: str  # "1c", or why there is none in two or three words
    in_words: tuple[str, ...]
    to_date: Decimal | None = None  # what of the total has been provided; None where the map has no "as at" day
    as_at: str = ""  # that day
    general_shared: str = "shared equally"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSlot:
    """One review, held or still to come; what is empty is left blank to write in."""

    title: str
    planned: str = ""
    held: str = ""
    progress: str = ""
    working: str = ""
    not_working: str = ""
    next_step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """Where the figures come from: the policy, its sources, and what the school set itself."""

    policy: str
    method: str
    sources: tuple[str, ...]
    own_values: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndividualMap:
    """One pupil's costed provision map. `name` is empty unless it was asked for."""

    school: str
    school_number: str
    year: str
    period: str
    prepared_by: str
    reference: str
    name: str
    year_group: str
    sen_status: str
    area_of_need: str
    outcomes: tuple[Outcome, ...]
    resources: tuple[Support, ...]
    not_counted: tuple[Support, ...]
    figures: Figures
    gaps: tuple[str, ...]  # what is missing from the total; empty when it is complete
    reviews: tuple[ReviewSlot, ...]
    basis: Basis

    @property
    def title(self) -> str:
        """Name the paper by reference and year, for a window or a list of files."""
        return ", ".join(part for part in ("Individual provision map", self.reference, self.year) if part)

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """List who and when the paper is about, each with its label; what is not known is left out."""
        facts = (
            ("Pupil", self.name), ("Pupil reference", self.reference), ("Year group", self.year_group),
            ("Main area of need", self.area_of_need), ("Special educational needs (SEN)", self.sen_status),
            ("This map covers", self.period or self.year), ("Prepared by", self.prepared_by),
        )  # fmt: skip
        return tuple((label, text) for label, text in facts if text)

    @property
    def parts(self) -> tuple[tuple[str, str, Decimal], ...]:
        """List what the total is made of: the part, what it is, and its amount; after the first, no part of nothing."""
        figures = self.figures
        general = f"help for all pupils with SEN, {figures.general_shared}"
        return (
            ("Support from staff", "", figures.direct),
            *(part for part in (
                ("Things bought for this pupil", "outside services, equipment, licences", figures.resources),
                ("Share of general provision", general, figures.general),
            ) if part[2]),
        )  # fmt: skip

    @property
    def empty_note(self) -> str:
        """Say that there is no support to list, and whether there is other help further down."""
        of_what = "support from staff that counts towards the total" if self.all_support else "support"
        return f"No {of_what} is on the map for this pupil yet."

    @property
    def total_label(self) -> str:
        """Say whether the total is whole: a paper with gaps has a total so far."""
        return "Total so far" if self.gaps else "Total for the year"

    @property
    def to_date_label(self) -> str:
        """Say up to which day the cost to date counts."""
        return f"Of this, provided by {self.figures.as_at}"

    @property
    def all_support(self) -> tuple[Support, ...]:
        """List everything on the paper in the order of its numbers."""
        return (*(s for o in self.outcomes for s in o.support), *self.resources, *self.not_counted)
