"""SCP03."""

from collections.abc import Iterable
from decimal import Decimal

from provision_costing.costing import MapCost
from provision_costing.findings import Severity
from provision_costing.model import Provision, ProvisionMap
from provision_costing.money import pounds, to_pence
from provision_costing.policy import Policy
from provision_costing.rules._effects import Lines, counted, is_charged, lines_by_code
from provision_costing.rules._rule import Hit, rule
from provision_costing.rules._wording import open_to_all as says_open_to_all


@rule(
    "SCP03", Severity.ERROR,
    source="Waltham Forest, Making an EHC Plan Referral, costing provision: a lunch club for pupils who need it is in, "
    "a library session open to all is out; Wirral's slides on provision mapping say the same",
)  # fmt: skip
def open_to_all(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> Iterable[Hit]:
    """Nothing that is open to all pupils is charged to named ones.

    Why it matters:
    A map costs what is additional to and different from what all pupils get. A session that anyone may come to is
    part of what all pupils get, however good it is for the ones named.

    Example:
    “Lunch-time library session, open to all pupils”, charged to three. A lunch-time social skills group for pupils
    who need it is fine, and so is “open to all pupils with speech and language needs”.

    How to fix:
    Mark the row as open to all, or leave it off an individual map. If it is for chosen pupils only, say in the
    intervention for whom.
    """
    lines = lines_by_code(cost)
    allocated = {a.code for a in provision_map.allocations}
    for provision in provision_map.provisions:
        if provision.code not in allocated:
            continue
        if provision.open_to_all:
            message = "Pupils are named for a row that is marked as open to all. It is left out of their totals."
            yield Hit(provision, "open_to_all", message, Decimal("0.00"), Severity.QUERY)
        elif is_charged(provision, policy):
            yield from _by_its_words(provision, lines)


def _by_its_words(provision: Provision, lines: Lines) -> Iterable[Hit]:
    words = says_open_to_all(provision.intervention, provision.group_size)
    if words:
        own = lines.get(provision.code)
        effect = -to_pence(counted(own)) if own else None
        worth = f", and {pounds(-effect)} a year of it is in the pupils' totals" if effect else ""
        yield Hit(provision, "intervention", f"This row says “{words}”{worth}.", effect)
