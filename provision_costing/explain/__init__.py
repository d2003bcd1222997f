"""The seven steps of one pupil's cost, one by one, each with its sum in words and the cells that it came from.

The costing itself is one quotient; this is the same sum for a person to follow, and a test holds the two equal.
"""

from provision_costing.explain.pay_steps import Step, paid_point, rate_steps, staff_line
from provision_costing.explain.steps import seven_steps
from provision_costing.explain.stretches import Stretch, stretches
from provision_costing.explain.sums import resource_sum, sum_in_words

__all__ = [
    "Step", "Stretch", "paid_point", "rate_steps", "resource_sum", "seven_steps", "staff_line", "stretches",
    "sum_in_words",
]  # fmt: skip
