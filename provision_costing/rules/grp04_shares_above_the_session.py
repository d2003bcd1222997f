"""GRP04."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from provision_costing.costing import Line, MapCost
from provision_costing.findings import Severity
from provision_costing.model import Form, Provision, ProvisionMap
from provision_costing.money import pounds, to_pence
from provision_costing.policy import Policy
from provision_costing.rules._effects import is_charged, lines_by_code
from provision_costing.rules._rule import Hit, rule
from provision_costing.rules._shares import charged_over, rows_by_code, weeks_too_many


@rule(
    "GRP04", Severity.ERROR,
    source="Arithmetic: shares of a session add up to one session; guidance of several authorities: the whole cost is "
    "one pupil's only where the session exists for that pupil",
)  # fmt: skip
def shares_above_the_session(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> Iterable[Hit]:
    """The shares of a session never add up to more than the session.

    Why it matters:
    A session that is charged whole to one pupil, because it exists for that pupil, has nothing left to charge to the
    others. And when a group gets smaller, or one pupil's dates reach into the next one's, the shares of those days add
    up to more than the school pays. Plain numbers, more pupils than places, are GRP02.

    Example:
    A group of 4, one pupil charged the whole session with a reason, and three charged a quarter each: 1.75 sessions.
    A group of 2 from January, with three pupils still on it.

    How to fix:
    Take the reason off, so that all share; or take the others off the row. Give an end date to a pupil who has left.
    """
    if provision_map.form is Form.INDIVIDUAL:
        return
    rows, lines = rows_by_code(provision_map), lines_by_code(cost)
    for provision in provision_map.provisions:
        if provision.open_to_all or len(rows.get(provision.code, ())) <= provision.parallel_groups:
            continue  # even whole sessions are no more than are held
        kept = {id(a) for a in rows[provision.code]}
        own = [n for n in lines.get(provision.code, []) if id(n.allocation) in kept]
        if not _is_for_grp02(provision, own, cost, policy):
            yield from _look(provision, own, cost, policy)


def _is_for_grp02(provision: Provision, lines: list[Line], cost: MapCost, policy: Policy) -> bool:
    sharing_it = [n for n in lines if not n.allocation.whole_cost_reason]
    if provision.group_changes or not sharing_it:
        return False
    weeks_of = {id(n.allocation): n.weeks for n in sharing_it}
    return weeks_too_many(provision, [n.allocation for n in sharing_it], weeks_of, cost, policy) > 0


def _look(provision: Provision, lines: list[Line], cost: MapCost, policy: Policy) -> Iterator[Hit]:
    over = charged_over(provision, lines, cost, policy)
    amount = to_pence(over.pounds)
    if not amount:
        return
    effect = -amount if is_charged(provision, policy) else Decimal("0.00")
    since = f" from {over.day:%d/%m/%Y}" if over.day else ""
    worth = f"{since}, and that is {pounds(amount)} a year more than the sessions cost"
    alone = [n.allocation for n in lines if n.allocation.whole_cost_reason]
    if alone:
        others = len(lines) - 1
        them = "1 other pupil is" if others == 1 else f"{others} others are"
        message = f"The whole session is charged to this pupil, and {them} charged for it too{worth}."
        yield Hit(min(alone, key=lambda a: (a.source.row, a.pupil)), "whole_cost_reason", message, effect)
    else:
        field = "change_1_size" if provision.group_changes else "group_size"
        yield Hit(provision, field, f"More pupils are charged than the group has on its days{worth}.", effect)
