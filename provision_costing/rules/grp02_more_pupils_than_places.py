"""GRP02."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from provision_costing.costing import MapCost, SessionCost, provision_weeks
from provision_costing.findings import Severity
from provision_costing.model import Allocation, Form, Provision, ProvisionMap
from provision_costing.money import pounds, to_pence
from provision_costing.policy import Policy
from provision_costing.rules._dates import most_at_once, repeats, span
from provision_costing.rules._effects import is_charged
from provision_costing.rules._rule import Hit, rule


@rule("GRP02", Severity.ERROR, source="Arithmetic: shares of a session add up to one session")
def more_pupils_than_places(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> Iterable[Hit]:
    """No more pupils are named at a time than the group, or the parallel groups, have places for.

    Why it matters:
    Each pupil is charged one share. Four shares of a session for three cost four thirds of what the school pays.

    Example:
    Phonics, group size 3, one group, and pupils A, B, C and D. Pupils who follow one another, with dates or weeks
    given, are not counted together.

    How to fix:
    Raise the group size or the number of parallel groups to what really happens; or take off, or give dates to, a
    pupil who has left the group.
    """
    if provision_map.form is Form.INDIVIDUAL:
        return
    named: dict[str, list[Allocation]] = {}
    for allocation in provision_map.allocations:
        named.setdefault(allocation.code, []).append(allocation)
    again = {id(a) for rows in repeats(provision_map).values() for a in rows}
    for provision in provision_map.provisions:
        if not provision.open_to_all and (provision.group_size or 0) >= 1:
            rows = [a for a in named.get(provision.code, []) if id(a) not in again]
            yield from _look(provision, rows, cost, policy)


def _look(provision: Provision, rows: list[Allocation], cost: MapCost, policy: Policy) -> Iterator[Hit]:
    groups = provision.parallel_groups
    places = (provision.group_size or 0) * groups
    at_once = most_at_once(span(a, provision) for a in rows) if len(rows) > places else 0
    if at_once <= places:
        return
    weeks = provision_weeks(provision, policy)
    charged = sum((a.weeks if a.weeks is not None else weeks for a in rows), Fraction(0))
    too_many = charged - places * weeks  # pupils' weeks beyond what the places hold
    if too_many <= 0:
        return
    effect = _effect(provision, too_many, cost, policy)
    over = f" The shares above one session come to {pounds(-effect)} a year." if effect else ""
    there = f"{places} place" if places == 1 else f"{places} places"
    in_groups = "the group has" if groups == 1 else f"the {groups} groups have"
    yield Hit(
        provision, "group_size", f"{at_once} pupils are named at the same time; {in_groups} {there}.{over}", effect
    )


def _effect(provision: Provision, too_many: Fraction, cost: MapCost, policy: Policy) -> Decimal | None:
    session = cost.sessions[provision.code]
    if not isinstance(session, SessionCost):
        return None
    return -to_pence(too_many * session.per_pupil_weekly) if is_charged(provision, policy) else Decimal("0.00")
