"""What if: the same map under a pay award, another group size, other weeks or another rate, pupil by pupil."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from provision_costing.costing import NOUGHT, MapCost, PupilCost, cost_map
from provision_costing.errors import ProvisionCostingError
from provision_costing.model import Override, Provision, ProvisionMap, SenStatus, StaffRate
from provision_costing.pay import point_named, with_pay_point
from provision_costing.policy import Policy, with_overrides
from provision_costing.roles import standard_role


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What is to be different; whatever is left out stays as the map has it.

    A group's size is for every day of the year, also where the map has it change. A rate is not raised by an award.
    """

    pay_award: Decimal | None = None  # per cent on every salary, pay point and hourly cost
    group_sizes: Mapping[str, int] = field(default_factory=dict)  # by the provision's code
    weeks: Mapping[str, Fraction] = field(default_factory=dict)  # by the provision's code
    weeks_per_year: Decimal | None = None
    rates: Mapping[str, Decimal] = field(default_factory=dict)  # pounds an hour, by role


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One pupil before and after, and the edge that is crossed, in words; empty when none is."""

    before: PupilCost
    after: PupilCost
    difference: Decimal
    crosses: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A whole map before and after."""

    before: MapCost
    after: MapCost
    pupils: tuple[Effect, ...]

    @property
    def crossing(self) -> tuple[Effect, ...]:
        """List the pupils who cross Element 2 or an increment's edge."""
        return tuple(effect for effect in self.pupils if effect.crosses)


def what_if(provision_map: ProvisionMap, policy: Policy, scenario: Scenario) -> Comparison:
    """Cost a map as it is and as it would be.

    A code or a role that is not on the map, and a figure that nothing could have, is a ProvisionCostingError.
    """
    _refuse_unknown(provision_map, policy, scenario)
    _refuse_impossible(scenario)
    changed, values = _changed(provision_map, policy, scenario)
    before, after = cost_map(provision_map, policy), cost_map(changed, values)
    effects = tuple(
        Effect(before=old, after=new, difference=new.total - old.total, crosses=_crosses(old, new))
        for old, new in zip(before.pupils, after.pupils, strict=True)
    )
    return Comparison(before=before, after=after, pupils=effects)


def _refuse_unknown(provision_map: ProvisionMap, policy: Policy, scenario: Scenario) -> None:
    codes = {p.code for p in provision_map.provisions}
    for code in (*scenario.group_sizes, *scenario.weeks):
        if code not in codes:
            raise ProvisionCostingError(f"There is no provision {code} on this map. On it: {', '.join(sorted(codes))}.")
    roles = _roles(provision_map, policy)
    for role in scenario.rates:
        if _role(role) not in roles:
            known = ", ".join(sorted(roles.values()))
            raise ProvisionCostingError(f"No “{role}” is on this map. On it: {known}.")


def _refuse_impossible(scenario: Scenario) -> None:
    if scenario.pay_award is not None and scenario.pay_award <= -100:
        raise ProvisionCostingError(f"A pay award of {scenario.pay_award}% leaves no pay.")
    for code, size in scenario.group_sizes.items():
        if size < 1:
            raise ProvisionCostingError(f"A group has one pupil at least: {code} cannot have {size}.")
    figures = [*scenario.weeks.items(), *((role, Fraction(rate)) for role, rate in scenario.rates.items())]
    for what, figure in figures:
        if figure < 0:
            raise ProvisionCostingError(f"{what} cannot have {figure}: it is less than nothing.")


def _roles(provision_map: ProvisionMap, policy: Policy) -> dict[str, str]:
    names = [s.role for s in provision_map.staff]
    names += [s.role for p in provision_map.provisions for s in p.staffing]
    names += list(policy.hourly_rates or {})
    return {_role(name): name for name in names}


def _changed(provision_map: ProvisionMap, policy: Policy, scenario: Scenario) -> tuple[ProvisionMap, Policy]:
    factor = 1 + (scenario.pay_award or Decimal(0)) / 100
    own = {_role(role): rate for role, rate in scenario.rates.items()}
    paid = [_paid(line, policy, factor) for line in provision_map.staff]
    staff = [replace(s, hourly_cost=own.get(_role(s.role), s.hourly_cost)) for s in paid]
    published = {role: own.get(_role(role), rate * factor) for role, rate in (policy.hourly_rates or {}).items()}
    staff += [StaffRate(role=role, hourly_cost=rate) for role, rate in own.items()]  # for a role without a line
    provisions = tuple(_provision(p, scenario) for p in provision_map.provisions)
    values = replace(policy, hourly_rates=published or None)
    if scenario.weeks_per_year is not None:
        values = with_overrides(values, (Override(name="weeks_per_year", value=scenario.weeks_per_year),))
    return replace(provision_map, staff=tuple(staff), provisions=provisions), values


def _role(text: str) -> str:
    return standard_role(text).casefold()


def _paid(line: StaffRate, policy: Policy, factor: Decimal) -> StaffRate:
    """Raise a line's pay: the salary itself, so that on-costs follow from the raised pay."""
    given = with_pay_point(line, policy) if line.pay_point and point_named(line.pay_point, policy) else line
    return replace(
        given,
        salary=None if given.salary is None else given.salary * factor,
        hourly_cost=None if given.hourly_cost is None else given.hourly_cost * factor,
    )


def _provision(provision: Provision, scenario: Scenario) -> Provision:
    size = scenario.group_sizes.get(provision.code)
    return replace(
        provision,
        group_size=provision.group_size if size is None else size,
        group_changes=provision.group_changes if size is None else (),
        weeks=scenario.weeks.get(provision.code, provision.weeks),
    )


def _crosses(before: PupilCost, after: PupilCost) -> str:
    was, now = _place(before), _place(after)
    return "" if was == now else f"from {was} to {now}"


def _place(cost: PupilCost) -> str:
    if cost.placement is not None and cost.pupil.sen_status is not SenStatus.PLAN:
        return cost.placement.name or cost.placement.remark
    return "above Element 2" if cost.above_element_2 > NOUGHT else "within Element 2"
