"""One session: adults × hourly cost × minutes, as one quotient, and one pupil's share of it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from provision_costing.costing.records import SessionCost, Uncosted
from provision_costing.model import Provision, ProvisionMap
from provision_costing.pay import Rate, rate_of, why_no_rate
from provision_costing.policy import Policy
from provision_costing.schedule import sharing

UNREAD = "what is written there could not be read"


def session_cost(provision: Provision, rates: Mapping[str, Rate | None], policy: Policy) -> SessionCost | Uncosted:
    """Cost one session, exactly: adults × hourly cost × minutes ÷ 60, and ÷ the pupils in the group (steps 4 to 6)."""
    missing = _what_is_missing(provision, rates)
    if missing:
        return missing
    known = [(rate, s.adults) for s in provision.staffing if (rate := rates[s.role]) is not None]
    minutes, sessions = provision.minutes_per_session or Fraction(0), provision.sessions_per_week or Fraction(0)
    group = sharing(provision, provision.group_size, policy)
    numerator, denominator = _sum([_quotient(rate, adults) for rate, adults in known])
    numerator *= minutes.numerator
    denominator *= minutes.denominator * 60
    session = Fraction(numerator, denominator)
    weekly = (numerator * sessions.numerator, denominator * sessions.denominator)
    return SessionCost(
        session=session,
        weekly=Fraction(*weekly),
        per_pupil_session=Fraction(numerator, denominator * group),
        per_pupil_weekly=Fraction(weekly[0], weekly[1] * group),
        school_weekly=Fraction(weekly[0] * provision.parallel_groups, weekly[1]),
        rates=tuple(known),
    )


def _quotient(rate: Rate, adults: Fraction) -> tuple[int, int]:
    pounds, divisor = rate.amount.as_integer_ratio()
    return (
        pounds * adults.numerator * rate.hours.denominator,
        divisor * adults.denominator * rate.hours.numerator,
    )


def _sum(quotients: Iterable[tuple[int, int]]) -> tuple[int, int]:
    numerator, denominator = 0, 1
    for n, d in quotients:
        numerator, denominator = numerator * d + n * denominator, denominator * d
    return numerator, denominator


def _what_is_missing(provision: Provision, rates: Mapping[str, Rate | None]) -> Uncosted | None:
    group = provision.group_size
    if provision.unread:
        return Uncosted(record=provision, field=provision.unread[0], reason=UNREAD)
    gaps = (
        ("staff", not provision.staffing, "no member of staff is named"),
        ("group_size", group is None, "the group size is missing"),
        ("group_size", group is not None and group < 1, "the group size is less than one pupil"),
        (
            "group_changes",
            any(change.group_size < 1 for change in provision.group_changes),
            "a later group size is less than one pupil",
        ),
        (
            "minutes_per_session",
            provision.minutes_per_session is None,
            "the minutes in a session are missing",
        ),
        ("sessions_per_week", provision.sessions_per_week is None, "the sessions in a week are missing"),
    )
    for name, is_gap, reason in gaps:
        if is_gap:
            return Uncosted(record=provision, field=name, reason=reason)
    for number, staffing in enumerate(provision.staffing, 1):
        if rates.get(staffing.role) is None:
            name = "staff" if number == 1 else f"staff_{number}"
            return Uncosted(
                record=provision, field=name, reason=f"there is no rate for “{staffing.role}”", role=staffing.role
            )
    return None


def sessions_of(provision_map: ProvisionMap, policy: Policy) -> dict[str, SessionCost | Uncosted]:
    """Cost a session of every provision on a map, by code; a role without a rate says what it lacks."""
    rates = rates_for(provision_map, policy)
    costed = {p.code: session_cost(p, rates, policy) for p in provision_map.provisions}
    return {code: _with_reason(cost, provision_map, policy) for code, cost in costed.items()}


def _with_reason(cost: SessionCost | Uncosted, provision_map: ProvisionMap, policy: Policy) -> SessionCost | Uncosted:
    if isinstance(cost, Uncosted) and cost.role:
        return replace(cost, reason=why_no_rate(cost.role, provision_map, policy))
    return cost


def rates_for(provision_map: ProvisionMap, policy: Policy) -> dict[str, Rate | None]:
    """Find once what an hour of each role on the map costs; None for a role without a rate."""
    roles = {s.role for p in provision_map.provisions for s in p.staffing}
    return {role: rate_of(role, provision_map, policy) for role in sorted(roles)}
