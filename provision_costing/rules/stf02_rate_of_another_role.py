"""STF02."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from provision_costing.costing import MapCost, SessionCost
from provision_costing.findings import Severity
from provision_costing.model import Form, Provision, ProvisionMap, Resource
from provision_costing.money import exact, pounds, to_pence
from provision_costing.pay import staff_rate
from provision_costing.policy import Policy
from provision_costing.rules._effects import change_at, lines_by_code
from provision_costing.rules._printed import HALF_A_PENNY, Figure, Row, printed_rows
from provision_costing.rules._rates import other_role_at, published_amount
from provision_costing.rules._rule import Hit, rule

HALF_A_POUND = Fraction(1, 2)


@rule(
    "STF02", Severity.ERROR, needs=("hourly_rates", "tolerance_weekly", "tolerance_annual"),
    source="Waltham Forest, Making an EHC Plan Referral: published hourly rates by role; row 2 of its own pupil map "
    "prices a learning mentor at the teaching assistant's rate",
)  # fmt: skip
def rate_of_another_role(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> Iterable[Hit]:
    """Each role is costed at its own rate, not at another role's.

    Why it matters:
    A learning mentor priced as a teaching assistant is some six pounds an hour too cheap, and the pupil's total too
    low; the other way round it is too high.

    Example:
    Learning mentor, 8 pupils, 2.5 hours, £5.46 a week: that is £17.50 an hour, the teaching assistant's rate.

    How to fix:
    Check who gives the support. Then write that role's rate, or change the role.
    """
    if provision_map.form is Form.INDIVIDUAL:
        for row in printed_rows(provision_map, cost, policy):
            if row.first_wrong is not None:
                yield from _behind_the_figure(row, cost, policy)
        return
    lines = lines_by_code(cost)
    for staff in provision_map.staff:
        own = published_amount(staff.role, policy)
        given = None if staff.hourly_cost is None else exact(staff.hourly_cost)
        other = other_role_at(given, own, policy) if given is not None and own else ""
        if own and other and staff.hourly_cost is not None:
            effect = change_at(cost.sessions, lines, staff_rate(staff, policy), own)
            message = f"The hourly cost given, {pounds(staff.hourly_cost)}, is {_message(other, own)}"
            yield Hit(staff, "hourly_cost", message, effect)


def _message(other: str, own: Fraction) -> str:
    return f"the authority's rate for the role “{other}”; for this role the authority gives {pounds(to_pence(own))}."


def _behind_the_figure(row: Row, cost: MapCost, policy: Policy) -> Iterator[Hit]:
    """Find the published rate that a wrong figure was worked out from; ARI01 says what the difference is worth."""
    line, first = row.line, row.first_wrong
    session = cost.sessions.get(line.item.code) if line else None
    if line is None or first is None or not isinstance(session, SessionCost) or len(session.rates) != 1:
        return
    own = session.rates[0][0].per_hour
    for role, rate in (policy.hourly_rates or {}).items():
        if own and exact(rate) != own and _fits(first, exact(rate) / own, line.item):
            message = (
                f"The {first.name} of {pounds(first.printed)} is worked out at {pounds(rate)} an hour, "
                f"{_message(role, own)} "
                "The row's sum (ARI01) says what the difference is worth."
            )
            yield Hit(line.item, "staff", message)
            return


def _fits(figure: Figure, times: Fraction, item: Provision | Resource) -> bool:
    """Say whether a figure is what the other rate comes to, when each session is rounded to the penny on the way."""
    sessions = item.sessions_per_week if isinstance(item, Provision) else None
    rounding = HALF_A_POUND if figure.field == "annual_cost" else HALF_A_PENNY * (2 + (sessions or 0))
    return abs(exact(figure.printed) - figure.computed * times) <= rounding
