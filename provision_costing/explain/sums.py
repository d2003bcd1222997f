"""One line's sum in a sentence, for papers and findings."""

from decimal import Decimal
from fractions import Fraction

from provision_costing.costing import Line, SessionCost, rates_for, session_cost
from provision_costing.explain.steps import NO_SHARE
from provision_costing.explain.stretches import Stretch, stretches
from provision_costing.model import Provision, ProvisionMap, Resource
from provision_costing.money import plain, pounds, to_pence, to_places
from provision_costing.policy import Policy


def sum_in_words(line: Line, provision_map: ProvisionMap, policy: Policy) -> str:
    """Say one line's sum in a sentence: £23.50 × 2.5 hours a week ÷ 8 in the group × 38 weeks = £279.06."""
    provision = line.item
    if not isinstance(provision, Provision):
        return resource_sum(provision, line.annual)
    session = session_cost(provision, rates_for(provision_map, policy), policy)
    if not isinstance(session, SessionCost):
        return session.reason
    if not line.has_share:
        return NO_SHARE[0].upper() + NO_SHARE[1:]
    rates = " + ".join(
        pounds(to_places(r.per_hour, 2)) + (f" × {plain(n)}" if n != 1 else "") for r, n in session.rates
    )
    rates = f"({rates})" if len(session.rates) > 1 else rates
    minutes = (provision.minutes_per_session or Fraction(0)) * (provision.sessions_per_week or Fraction(0))
    alone = " for this pupil alone" if line.allocation.whole_cost_reason else ""
    shared = _shared(stretches(line, provision, provision_map, policy))
    return f"{rates} × {_hours(minutes)} a week{alone}{shared} = {pounds(line.annual_cost)}"


def _hours(minutes: Fraction) -> str:
    """Write hours that end, 2.5 hours; and as minutes ÷ 60 those that do not, such as 80 ÷ 60 hours."""
    hours = minutes / 60
    if (hours * 100).denominator != 1:
        return f"{plain(minutes)} ÷ 60 hours"
    return "1 hour" if hours == 1 else f"{plain(hours)} hours"


def _shared(parts: tuple[Stretch, ...]) -> str:
    if len(parts) == 1:
        return f"{_group(parts[0])} × {plain(parts[0].weeks)} weeks"
    return " × (" + " + ".join(f"{plain(part.weeks)} weeks{_group(part)}" for part in parts) + ")"


def _group(part: Stretch) -> str:
    if part.shares == 1:
        return ""
    return f" ÷ {part.shares} in the group" if part.shares == part.pupils else f" ÷ {part.shares} pupils with SEN"


def resource_sum(resource: Resource, annual: Fraction) -> str:
    """Say what a resource costs one pupil in a year: £45.00 × 6 in the year ÷ 2 pupils = £135.00."""
    whole, units, years = pounds(resource.annual_cost or Decimal(0)), resource.units or 1, resource.years or 1
    steps = [f"× {plain(units)} in the year"] if units != 1 else []
    steps += [f"÷ {years} years"] if years > 1 else []
    steps += [f"÷ {resource.shared_by} pupils"] if (resource.shared_by or 1) > 1 else []
    if not steps:
        return f"{whole}, as bought"
    return f"{whole} {' '.join(steps)} = {pounds(to_pence(annual))}"
