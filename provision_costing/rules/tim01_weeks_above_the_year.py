"""TIM01."""

from collections.abc import Iterable
from fractions import Fraction

from provision_costing.costing import Line, MapCost
from provision_costing.findings import Severity
from provision_costing.model import Allocation, Provision, ProvisionMap
from provision_costing.money import exact, plain, pounds, to_pence
from provision_costing.policy import Policy
from provision_costing.rules._effects import counted, lines_by_code
from provision_costing.rules._rule import Hit, rule


@rule(
    "TIM01", Severity.ERROR, needs=("weeks_per_year",),
    source="Waltham Forest, Making an EHC Plan Referral, step 7: 38 weeks in the year; Durham's guidance on costed "
    "provision maps: 38, since one of the 39 is for staff training",
)  # fmt: skip
def weeks_above_the_year(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> Iterable[Hit]:
    """No provision runs for more weeks than the authority's year.

    Why it matters:
    The annual cost is the weekly cost times the weeks. A 39th week adds to every pupil's total, and other schools'
    maps do not have it.

    Example:
    52 weeks, or 39 where the authority costs 38.

    How to fix:
    Leave the weeks empty for the whole year, or write the weeks that the provision really runs. If the authority has
    agreed another year with the school, write it on the School sheet with the reason.
    """
    lines = lines_by_code(cost)
    year = exact(policy.weeks_per_year)
    for provision in provision_map.provisions:
        if provision.weeks is not None and provision.weeks > year:
            own = [n for n in lines.get(provision.code, []) if n.allocation.weeks is None]
            yield _hit(provision, provision.weeks, year, own)
    provisions = {p.code for p in provision_map.provisions}
    by_allocation = {id(n.allocation): n for own in lines.values() for n in own}
    for allocation in provision_map.allocations:
        if allocation.code in provisions and allocation.weeks is not None and allocation.weeks > year:
            line = by_allocation.get(id(allocation))
            yield _hit(allocation, allocation.weeks, year, [line] if line else [])


def _hit(record: Provision | Allocation, weeks: Fraction, year: Fraction, lines: list[Line]) -> Hit:
    effect = -to_pence(counted(lines) * (weeks - year) / weeks) if lines else None
    worth = f" The weeks above that cost {pounds(-effect)}." if effect else ""
    return Hit(record, "weeks", f"{plain(weeks)} weeks are charged; the year has {plain(year)}.{worth}", effect)
