"""The days that a map's dates are counted by, as its hidden Calendar sheet has them."""

from dataclasses import dataclass
from datetime import date, timedelta

from provision_costing.model import School
from provision_costing.schedule import Diary, diary_of

LEAST_DAYS = 430  # rows ready: a year and two months
NEW_YEARS = (4, 9)  # the months in which the financial and the academic year begin


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The days that a map's dates are counted by, as its Calendar sheet has them."""

    diary: Diary | None
    terms_first: date | None
    terms_last: date | None
    first: date | None
    last: date | None
    as_at: int | None  # school days up to the day of cost to date
    cuts: tuple[date, ...]  # the first days of the financial and academic years that begin inside, at most three

    @property
    def total(self) -> int:
        """Count the school days; 0 where there are none to count by."""
        return self.diary.calendar.days if self.diary else 0

    def up_to(self, day: date) -> int:
        """Count the school days up to a day, it included."""
        return self.diary.calendar.between(None, day) if self.diary else 0

    def before(self, day: date) -> int:
        """Count the school days before a day."""
        return self.up_to(day - timedelta(days=1))

    @property
    def ends(self) -> tuple[date | None, ...]:
        """Give the last day before each of three new years; None where there is none."""
        held = [cut - timedelta(days=1) for cut in self.cuts]
        return (*held, None, None, None)[:3]

    @property
    def at(self) -> tuple[int, int, int]:
        """Count the days before each new year; all of them where there is none."""
        held = [self.before(cut) for cut in self.cuts] + [self.total] * 3
        return held[0], held[1], held[2]


def days_of(school: School) -> Days:
    """Work out what the Calendar sheet of a school comes to."""
    diary = diary_of(school)
    terms = [t for t in school.terms if t.starts <= t.ends]
    first, last = (min(t.starts for t in terms), max(t.ends for t in terms)) if terms else (None, None)
    has_terms = diary is not None and diary.has_terms
    year = bool(school.starts and school.ends and school.starts <= school.ends)
    shown = (first, last) if has_terms else (school.starts, school.ends) if year else (None, None)
    return Days(
        diary=diary, terms_first=first, terms_last=last, first=shown[0], last=shown[1],
        as_at=diary.calendar.between(None, school.as_at) if diary and school.as_at else None,
        cuts=_cuts(shown) if diary else (),
    )  # fmt: skip


def _cuts(shown: tuple[date | None, date | None]) -> tuple[date, ...]:
    first, last = shown
    if first is None or last is None:
        return ()
    news = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in NEW_YEARS]
    return tuple(day for day in news if first < day <= last)[:3]


def rows_needed(days: Days) -> int:
    """Give the days that the sheet has room for: at least fourteen months, and the map's own."""
    spans = [(days.terms_first, days.terms_last), (days.first, days.last)]
    longest = max(((b - a).days + 1 for a, b in spans if a and b), default=0)
    return max(LEAST_DAYS, longest + 1)
