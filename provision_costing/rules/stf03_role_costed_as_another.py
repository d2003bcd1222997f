"""STF03."""

from collections.abc import Iterable
from fractions import Fraction

from provision_costing.costing import MapCost, SessionCost
from provision_costing.findings import Severity
from provision_costing.model import Provision, ProvisionMap
from provision_costing.money import pounds, to_pence
from provision_costing.policy import Policy
from provision_costing.roles import standard_role
from provision_costing.rules._rates import costed_as
from provision_costing.rules._rule import Hit, rule


@rule(
    "STF03", Severity.QUERY, needs=("hourly_rates", "role_costed_as"),
    source="Waltham Forest, Making an EHC Plan Referral: no rate is printed for an HLTA, and row 1 of its own pupil "
    "map costs one at the teaching assistant's",
)  # fmt: skip
def role_costed_as_another(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> Iterable[Hit]:
    """A role without a published rate is costed at another role's.

    Why it matters:
    The authority publishes no rate for the role, so the nearest one stands in for it. The true cost may be higher,
    and a panel may ask.

    Example:
    HLTA, 10 hours a week for four pupils, costed at the teaching assistant's £17.50 an hour.

    How to fix:
    Nothing has to change. If you know the mid-point salary of the role, with on-costs, write it on the Staff sheet.
    """
    rows: dict[tuple[str, str, Fraction], list[Provision]] = {}
    for provision in provision_map.provisions:
        session = cost.sessions[provision.code]
        for rate, _ in session.rates if isinstance(session, SessionCost) else ():
            stand_in = costed_as(rate.role, policy) if rate.field == "hourly_rates" else ""
            if stand_in:
                rows.setdefault((standard_role(rate.role), stand_in, rate.amount), []).append(provision)
    for (role, stand_in, amount), provisions in rows.items():
        first = min(provisions, key=lambda p: (p.source.row, p.code))
        more = len(provisions) - 1
        where = f"on this row and {more} more" if more else "on this row"
        costed = f"{where} it is costed as “{stand_in}”, {pounds(to_pence(amount))} an hour"
        yield Hit(first, "staff", f"The authority publishes no rate for “{role}”; {costed}.")
