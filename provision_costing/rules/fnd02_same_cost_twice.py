"""FND02."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from provision_costing.costing import NOUGHT, Line, MapCost, resource_year, why_not_counted
from provision_costing.findings import Severity
from provision_costing.model import Provision, ProvisionMap, Resource
from provision_costing.money import exact, pounds, to_pence
from provision_costing.policy import Policy
from provision_costing.rules._effects import lines_by_code
from provision_costing.rules._rule import Hit, rule

Key = tuple[str, Decimal]  # the words, plainly, and pounds a year


@rule("FND02", Severity.QUERY, source="Arithmetic: a pound that is spent once counts once towards Element 2")
def same_cost_twice(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> Iterable[Hit]:
    """No cost stands on the map twice.

    Why it matters:
    A service that is listed for named pupils and again as general provision, or as an intervention and again as a
    resource, counts twice towards Element 2. Only the same words with the same amount are mentioned, and only where
    both count.

    Example:
    Resources: “Educational psychology”, £2,400, for three pupils. General: “Educational psychology”, £2,400.

    How to fix:
    Keep it where it belongs: with the pupils if it can be tracked to them, else in general provision. If there really
    are two, say so in the words.
    """
    yield from _in_general(provision_map, cost, policy)
    yield from _for_a_pupil(cost)


def _in_general(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> Iterator[Hit]:
    charged = lines_by_code(cost)
    told: dict[Key, str] = {}
    for resource in provision_map.resources:
        if any(n.counts for n in charged.get(resource.code, [])):
            key = _plain(resource.description), to_pence(resource_year(resource))
            told.setdefault(key, f"as {resource.code} for named pupils")
    worth = 1 if any(p.has_sen for p in provision_map.pupils) else 0  # with nobody to share it, it is in no total
    for line in sorted(provision_map.general, key=lambda g: (g.source.row, g.description)):
        amount = to_pence(exact(line.annual_cost or NOUGHT))
        key = _plain(line.description), amount
        if not all(key) or why_not_counted(line.funding_source, policy):
            continue
        if key in told:
            message = f"The same words with the same amount, {pounds(amount)}, stand on this map {told[key]} too."
            yield Hit(line, "description", message, NOUGHT - amount * worth)
        told.setdefault(key, "in general provision")


def _for_a_pupil(cost: MapCost) -> Iterator[Hit]:
    """Find each resource that a pupil is charged beside another line of the same words and the same amount."""
    again: dict[str, list[Line]] = {}
    for pupil in cost.pupils:
        seen: dict[Key, str] = {}
        lines = [n for n in pupil.lines if n.counts and n.annual_cost]
        for line in sorted(lines, key=lambda n: (isinstance(n.item, Resource), n.item.code)):
            first = seen.setdefault((_plain(_words(line)), line.annual_cost), line.item.code)
            if first != line.item.code and isinstance(line.item, Resource):
                again.setdefault(line.item.code, []).append(line)
    for lines in again.values():
        total = sum((n.annual_cost for n in lines), NOUGHT)
        pupils = "1 pupil is" if len(lines) == 1 else f"{len(lines)} pupils are"
        message = f"{pupils} charged for another line of the same words and the same amount: {pounds(total)} a year."
        yield Hit(lines[0].item, "description", message, -total)


def _words(line: Line) -> str:
    return line.item.intervention if isinstance(line.item, Provision) else line.item.description


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words[:1000].casefold()))
