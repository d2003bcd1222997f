"""CST01."""

from collections.abc import Iterable, Iterator, Mapping

from provision_costing.costing import MapCost, rates_for
from provision_costing.findings import Severity
from provision_costing.model import Provision, ProvisionMap
from provision_costing.pay import Rate
from provision_costing.policy import Policy
from provision_costing.roles import is_one_of
from provision_costing.rules._rule import Hit, rule


@rule("CST01", Severity.ERROR, source="Arithmetic: a cost needs staff, a rate, minutes, sessions and a group")
def row_could_not_be_costed(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> Iterable[Hit]:
    """Every row holds what its cost needs.

    Why it matters:
    A row without, say, the minutes of a session has no cost, so the totals are too low and the map is not complete.
    The figures of all other rows stand.

    Example:
    Staff “Play therapist”, with no salary and no hourly cost on the Staff sheet, and no rate published.

    How to fix:
    Fill in the cell that is named. A role needs an annual salary or an hourly cost on the Staff sheet, or a rate that
    the authority publishes.
    """
    rates = rates_for(provision_map, policy)
    for gap in cost.uncosted:
        if not isinstance(gap.record, Provision):
            yield Hit(gap.record, gap.field, f"This row is not in the totals: {gap.reason}.")
    for provision in provision_map.provisions:
        if not provision.open_to_all:
            for field, reason in _gaps(provision, rates, policy.excluded_roles or ()):
                yield Hit(provision, field, f"This row is not in the totals: {reason}.")


def _gaps(
    provision: Provision, rates: Mapping[str, Rate | None], excluded: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    """List all that a provision lacks, so that it can be put right in one go; GRP01 asks for the group size."""
    if not provision.staffing:
        yield "staff", "no member of staff is named"
    if provision.minutes_per_session is None and provision.sessions_per_week is None:
        yield "minutes_per_session", "how long a session is, and how often in a week, are missing"
    elif provision.minutes_per_session is None:
        yield "minutes_per_session", "the minutes in a session are missing"
    elif provision.sessions_per_week is None:
        yield "sessions_per_week", "the sessions in a week are missing"
    for number, staffing in enumerate(provision.staffing, 1):
        # An excluded role should come off the row, so nobody is asked for its salary.
        if rates.get(staffing.role) is None and not is_one_of(staffing.role, excluded):
            field = "staff" if number == 1 else f"staff_{number}"
            yield field, f"there is no salary or hourly cost for “{staffing.role}”"
