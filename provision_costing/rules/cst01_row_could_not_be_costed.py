"""CST01."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from provision_costing.costing import MapCost, rates_for
from provision_costing.findings import Severity
from provision_costing.model import Provision, ProvisionMap, School, StaffRate
from provision_costing.pay import Gap, Rate, build_up, point_named, with_pay_point
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
    Staff “Play therapist”, with no salary and no hourly cost on the Staff sheet, and no rate published. A full-time
    equivalent salary without the weeks that the post is paid for is asked about once, on the Staff sheet.

    How to fix:
    Fill in the cell that is named. A role needs an annual salary or an hourly cost on the Staff sheet, or a rate that
    the authority publishes. A salary without on-costs needs the pension scheme, and a local government scheme the
    employer's own rate, which payroll knows.
    """
    rates = rates_for(provision_map, policy)
    for gap in cost.uncosted:
        if not isinstance(gap.record, Provision):
            yield Hit(gap.record, gap.field, f"This row is not in the totals: {gap.reason}.")
    excluded = policy.excluded_roles or ()
    lacking = _lacking(provision_map, rates, policy)
    seen: set[int] = set()
    for role, (line, missing) in lacking.items():
        if id(line) not in seen:  # which two ways of writing a role may share
            seen.add(id(line))
            yield _about_staff(line, missing, rates[role])
    for provision in provision_map.provisions:
        if not provision.open_to_all:
            for field, reason in _gaps(provision, rates, excluded, lacking):
                yield Hit(provision, field, f"This row is not in the totals: {reason}.")


def _lacking(
    provision_map: ProvisionMap, rates: Mapping[str, Rate | None], policy: Policy
) -> dict[str, tuple[StaffRate, Gap]]:
    """Find, for each role that is charged, the Staff line that lacks something, so that it is said there and once."""
    charged = {s.role for p in provision_map.provisions if not p.open_to_all for s in p.staffing}
    found = {}
    for role in sorted(charged):
        rate = rates[role]
        # An excluded role should come off the row, so nobody is asked for its pay.
        if is_one_of(role, policy.excluded_roles or ()) or (rate and rate.source):
            continue
        for line in _lines_of(role, provision_map.staff):
            missing = _gap(line, provision_map.school, policy)
            if missing is not None:
                found[role] = line, missing
                break
    return found


def _lines_of(role: str, staff: Sequence[StaffRate]) -> list[StaffRate]:
    """List the lines that a role's rate is looked for in: those with its own words, or else with the same meaning."""
    key = role.strip().casefold()
    return [s for s in staff if s.role.strip().casefold() == key] or [s for s in staff if is_one_of(role, (s.role,))]


def _gap(line: StaffRate, school: School, policy: Policy) -> Gap | None:
    if line.hourly_cost is not None:
        return None
    if line.salary is None and line.pay_point and point_named(line.pay_point, policy) is None:
        return Gap(field="pay_point", reason=f"the policy has no pay point “{line.pay_point}” on {policy.on:%d/%m/%Y}")
    built = build_up(with_pay_point(line, policy), school, policy)
    return built if isinstance(built, Gap) else None


def _about_staff(line: StaffRate, gap: Gap, rate: Rate | None) -> Hit:
    if rate is None:
        return Hit(line, gap.field, f"The rows with this role are not in the totals: {gap.reason}.")
    instead = f"The pay given here is not used, and the role is costed at {rate.how}: {gap.reason}."
    return Hit(line, gap.field, instead, severity=Severity.QUERY)


def _gaps(
    provision: Provision, rates: Mapping[str, Rate | None], excluded: tuple[str, ...], told: Container[str]
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
        if staffing.role in told or is_one_of(staffing.role, excluded):
            continue
        if rates.get(staffing.role) is None:
            field = "staff" if number == 1 else f"staff_{number}"
            yield field, f"there is no salary or hourly cost for “{staffing.role}”"
