"""School days: which weekdays of which terms, with INSET days and closures left out.

A year of 195 days with five INSET days has 190 school days, which are the 38 weeks of five days that a year's
provision is costed for.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from provision_costing.model import School, Term

SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The school days of one map, counted up from its first day."""

    first: date
    last: date
    counted: tuple[int, ...]  # counted[i]: school days from `first` to `first` + i days, both included

    @property
    def days(self) -> int:
        """Count all school days."""
        return self.counted[-1]

    def between(self, starts: date | None, ends: date | None) -> int:
        """Count the school days from one day to another, both included; None stands for the calendar's own end."""
        before = self._counted((starts - self.first).days - 1) if starts else 0
        return max(0, (self._counted((ends - self.first).days) if ends else self.days) - before)

    def _counted(self, index: int) -> int:
        return 0 if index < 0 else self.counted[min(index, len(self.counted) - 1)]


def school_calendar(school: School) -> Calendar | None:
    """Make the calendar of a school's terms; None when it gives none with a school day in it."""
    terms = [t for t in school.terms if t.starts <= t.ends]
    calendar = calendar_of(terms, school.closures) if terms else None
    return calendar if calendar and calendar.days else None


def calendar_of(terms: Sequence[Term], closures: Collection[date]) -> Calendar:
    """Count the weekdays of one or more terms that are not closures; a day in two terms counts once."""
    days = {
        term.starts + timedelta(days=n) for term in terms for n in range((term.ends - term.starts).days + 1)
    } - set(closures)  # fmt: skip
    first, last = min(t.starts for t in terms), max(t.ends for t in terms)
    counted, total = [], 0
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        total += day in days and day.weekday() < SATURDAY
        counted.append(total)
    return Calendar(first=first, last=last, counted=tuple(counted))
