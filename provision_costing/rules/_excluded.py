"""Roles that the core budget pays for: shared by SCP01 and SCP02, which differ in the role alone."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction

from provision_costing.costing import MapCost, SessionCost, add, why_not_counted
from provision_costing.model import GeneralProvision, Provision, ProvisionMap
from provision_costing.money import exact, pounds, to_pence
from provision_costing.policy import Policy
from provision_costing.roles import is_one_of, standard_role
from provision_costing.rules._effects import Lines, change_of_totals, is_charged, lines_by_code
from provision_costing.rules._rule import Hit
from provision_costing.rules._wording import salary_of

Wanted = Callable[[str], bool]


def excluded_staff(
    provision_map: ProvisionMap, cost: MapCost, policy: Policy, among: Wanted, who_pays: str
) -> Iterator[Hit]:
    """Find each charged row whose staff holds a role that the policy excludes and that is `among` those meant."""
    excluded = policy.excluded_roles or ()
    lines = lines_by_code(cost)

    def meant(role: str) -> bool:
        return is_one_of(role, excluded) and among(standard_role(role))

    for provision in provision_map.provisions:
        found = [n for n, s in enumerate(provision.staffing, 1) if meant(s.role)]
        if found and is_charged(provision, policy):
            effect = _effect(provision, (provision_map, cost), lines, meant)
            role = standard_role(provision.staffing[found[0] - 1].role)
            message = f"This row charges for the role “{role}”: {who_pays}.{_worth(effect, provision, found)}"
            yield Hit(provision, "staff" if found[0] == 1 else f"staff_{found[0]}", message, effect)
    for line in provision_map.general:
        role = salary_of(line.description, [r for r in excluded if among(standard_role(r))])
        if role and not why_not_counted(line.funding_source, policy):
            message = f"General provision holds the salary of the role “{role}”: {who_pays}."
            yield Hit(line, "description", message, _general_effect(line, provision_map))


def _effect(provision: Provision, costed: tuple[ProvisionMap, MapCost], lines: Lines, meant: Wanted) -> Decimal | None:
    provision_map, cost = costed
    session = cost.sessions[provision.code]
    if isinstance(session, SessionCost):
        sessions = {provision.code: session}
        return change_of_totals(sessions, lines, lambda rate: -rate.per_hour if meant(rate.role) else Fraction(0))
    if not all(meant(s.role) for s in provision.staffing):
        return None
    # Such a role often has no rate, so what a hand-made map prints for the row is what should come off.
    printed = [a.stated.get("annual_cost") for a in provision_map.allocations if a.code == provision.code]
    amounts = [exact(p.amount) for p in printed if p and p.amount is not None]
    return -to_pence(add(amounts)) if amounts else None


def _general_effect(line: GeneralProvision, provision_map: ProvisionMap) -> Decimal | None:
    if line.annual_cost is None:
        return None
    return -to_pence(exact(line.annual_cost)) if any(p.has_sen for p in provision_map.pupils) else Decimal("0.00")


def _worth(effect: Decimal | None, provision: Provision, found: list[int]) -> str:
    if not effect:
        return ""
    rest = " The other staff of the row can stay." if len(found) < len(provision.staffing) else ""
    return f" That is {pounds(-effect)} a year of the pupils' totals.{rest}"
