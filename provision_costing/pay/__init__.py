"""What an hour of a role costs, and how a salary becomes that: basis, on-costs, pay points, mid-points."""

from provision_costing.pay.build_up import BuildUp, Gap, PayLine, build_up
from provision_costing.pay.points import PayPoint, middle_of, pay_points, point_named
from provision_costing.pay.rates import (
    Rate,
    midpoint,
    published_rate,
    rate_of,
    salary_hours,
    staff_rate,
    why_no_rate,
    with_pay_point,
)

__all__ = [
    "BuildUp", "Gap", "PayLine", "PayPoint", "Rate", "build_up", "middle_of", "midpoint", "pay_points", "point_named",
    "published_rate", "rate_of", "salary_hours", "staff_rate", "why_no_rate", "with_pay_point",
]  # fmt: skip
