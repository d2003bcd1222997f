"""A school year of 195 days, five of them INSET days: 190 school days, which are 38 weeks of five.

Counted by hand, pupils' days only: 37 + 35 in autumn, 29 + 24 in spring, 34 + 31 in summer. May Day is a closure too.
"""

from datetime import date

from provision_costing.model import School, Term

HALF_TERMS = (
    Term(starts=date(2026, 9, 1), ends=date(2026, 10, 23)),  # Tuesday: 4 days and 7 weeks, less 2 INSET days: 37
    Term(starts=date(2026, 11, 2), ends=date(2026, 12, 18)),  # 7 weeks: 35
    Term(starts=date(2027, 1, 4), ends=date(2027, 2, 12)),  # 6 weeks, less an INSET day: 29
    Term(starts=date(2027, 2, 22), ends=date(2027, 3, 25)),  # 5 weeks less Good Friday: 24
    Term(starts=date(2027, 4, 12), ends=date(2027, 5, 28)),  # 7 weeks less May Day: 34
    Term(starts=date(2027, 6, 7), ends=date(2027, 7, 21)),  # 6 weeks and 3 days, less 2 INSET days: 31
)
MAY_DAY = date(2027, 5, 3)
INSET = (date(2026, 9, 1), date(2026, 9, 2), date(2027, 1, 4), date(2027, 6, 7), date(2027, 7, 21))
SPRING = date(2027, 1, 4)  # 72 school days before it, 118 from it on
AUTUMN_ENDS = date(2026, 12, 18)
FIRST, LAST = HALF_TERMS[0].starts, HALF_TERMS[-1].ends


def school(as_at: date | None = None) -> School:
    """A school with that year."""
    return School(terms=HALF_TERMS, closures=(*INSET, MAY_DAY), as_at=as_at)
