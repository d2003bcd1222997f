"""Element 1, for information: pupils of each age group at the October census × the authority's rate for one.

It pays the class teachers, the premises and the SENCO, and is never part of a pupil's £6,000.
"""

from decimal import Decimal
from fractions import Fraction

from provision_costing.model import AgeGroup, School
from provision_costing.money import exact, to_pence


def age_group_funding(group: AgeGroup) -> Decimal:
    """Give what one age group brings in a year: pupils × rate."""
    return to_pence(exact(group.rate) * group.pupils)


def element_1(school: School) -> Decimal | None:
    """Give a school's Element 1; None when it gives no age groups."""
    if not school.age_groups:
        return None
    return to_pence(sum((exact(g.rate) * g.pupils for g in school.age_groups), Fraction(0)))
