"""What a duration cell claims, as gathered by the parser in duration.py and weighed up in weekly.py."""

from dataclasses import dataclass, field
from fractions import Fraction

from provision_costing.notation.reading import Notes, Span


@dataclass(slots=True, kw_only=True)
class Claim:
    """One "N x M mins per week"; a cell may add several together."""

    minutes: Span | None = None
    counts: list[Span] = field(default_factory=list)
    days: Span | None = None  # "5 days": sessions if minutes are given too, whole days if not
    weekdays: int = 0
    part_of_day: Fraction | None = None  # "morning", "all day": in place of minutes
    periods: list[str] = field(default_factory=list)
    every: Fraction | None = None  # once in so many weeks
    joined: Fraction = Fraction(0)  # the 15 of "1 hr and 15 mins"
    bare: list[Span] = field(default_factory=list)  # numbers without a unit

    def is_empty(self) -> bool:
        """Nothing that says how long or how often."""
        said = (self.minutes, self.days, self.part_of_day, self.every)
        return not (self.counts or self.weekdays or self.periods or self.bare) and all(part is None for part in said)


@dataclass(slots=True, kw_only=True)
class Cell:
    """Everything that one duration cell says."""

    hours_per_day: Fraction
    days_per_week: int
    claims: list[Claim] = field(default_factory=lambda: [Claim()])
    stated: list[Span] = field(default_factory=list)  # minutes after "="
    stated_bare: list[Fraction] = field(default_factory=list)  # a number after "=" without a unit
    stated_period: str = ""
    after_equals: bool = False
    weeks: list[Span] = field(default_factory=list)
    group_sizes: list[int] = field(default_factory=list)
    adults: list[int] = field(default_factory=list)
    vague: list[str] = field(default_factory=list)
    missing: bool = False
    notes: Notes = field(default_factory=Notes)

    @property
    def claim(self) -> Claim:
        """The claim being read."""
        return self.claims[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A claim read one way: minutes, sessions and minutes a week, as far as the cell says."""

    words: str = ""
    minutes: Span | None = None
    sessions: Span | None = None
    total: Span | None = None
    weeks: Span | None = None
