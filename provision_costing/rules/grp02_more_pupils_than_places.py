"""GRP02."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from provision_costing.costing import MapCost, SessionCost
from provision_costing.findings import Severity
from provision_costing.model import Allocation, Form, Provision, ProvisionMap
from provision_costing.money import pounds, to_pence
from provision_costing.policy import Policy
from provision_costing.rules._dates import most_at_once, span
from provision_costing.rules._effects import is_charged
from provision_costing.rules._rule import Hit, rule
from provision_costing.rules._shares import places, rows_by_code, weeks_too_many


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
    weeks_of = {id(line.allocation): line.weeks for pupil in cost.pupils for line in pupil.lines}
    rows = rows_by_code(provision_map)
    for provision in provision_map.provisions:
        if provision.open_to_all or provision.group_changes or (provision.group_size or 0) < 1:
            continue  # GRP04 looks at groups that change
        # Whoever is charged the whole session has no share: GRP04 as well.
        sharing_it = [a for a in rows.get(provision.code, []) if not a.whole_cost_reason]
        too_many = weeks_too_many(provision, sharing_it, weeks_of, cost, policy)
        if too_many > 0:
            yield from _look(provision, sharing_it, too_many, cost, policy)


def _look(
    provision: Provision, rows: list[Allocation], too_many: Fraction, cost: MapCost, policy: Policy
) -> Iterator[Hit]:
    there = places(provision, policy)
    at_once = most_at_once(span(a, provision) for a in rows) if len(rows) > there else 0
    if at_once <= there:
        return
    effect = _effect(provision, too_many, cost, policy)
    over = f" The shares above one session come to {pounds(-effect)} a year." if effect else ""
    said = f"{there} place" if there == 1 else f"{there} places"
    if there < (provision.group_size or 0) * provision.parallel_groups:
        said += " with SEN, among whom the cost is shared"
    groups = provision.parallel_groups
    in_groups = "the group has" if groups == 1 else f"the {groups} groups have"
    yield Hit(
        provision, "group_size", f"{at_once} pupils are named at the same time; {in_groups} {said}.{over}", effect
    )


def _effect(provision: Provision, too_many: Fraction, cost: MapCost, policy: Policy) -> Decimal | None:
    session = cost.sessions[provision.code]
    if not isinstance(session, SessionCost):
        return None
    return -to_pence(too_many * session.per_pupil_weekly) if is_charged(provision, policy) else Decimal("0.00")
