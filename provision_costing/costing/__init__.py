"""The sums: the seven steps, shares, pupil and school totals, Element 2 and the increment.

Inside, each cost is one quotient of whole numbers. Every named figure, line or total, is rounded once from the exact
figure and never from another rounded one; so a printed column may differ by a penny or two from its total.
"""

from provision_costing.costing.placing import above_element_2, place
from provision_costing.costing.records import (
    NOUGHT,
    Line,
    MapCost,
    Placement,
    PupilCost,
    SessionCost,
    Uncosted,
)
from provision_costing.costing.sessions import rates_for, session_cost
from provision_costing.costing.totals import add, cost_map, resource_year, school_cost, why_not_counted
from provision_costing.schedule import provision_weeks

__all__ = [
    "NOUGHT", "Line", "MapCost", "Placement", "PupilCost", "SessionCost", "Uncosted", "above_element_2", "add",
    "cost_map", "place", "provision_weeks", "rates_for", "resource_year", "school_cost", "session_cost",
    "why_not_counted",
]  # fmt: skip
