"""Lines for a school's inclusion strategy: what is provided, for whom, and what it is budgeted to cost.

Every mainstream school is to publish them by 31 December 2026 (conditions of grant of the Inclusive Mainstream Fund).
Source: the Department for Education, Developing an inclusion strategy using the Inclusive Mainstream Fund.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from provision_costing.costing import MapCost, SessionCost, resource_year, school_cost
from provision_costing.model import FundingSource, Provision, ProvisionMap, Tier, Wave
from provision_costing.money import exact, to_pence
from provision_costing.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class InclusionLine:
    """One line: the description, universal or targeted, the school's whole cost of the year, and who pays."""

    description: str
    reach: str  # Universal or Targeted
    cost: Decimal | None  # None where the row could not be costed
    paid_from: str
    code: str


def inclusion_lines(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> tuple[InclusionLine, ...]:
    """List every provision, resource and general cost of a map; no pupil is in it."""
    return (*_provisions(provision_map, cost, policy), *_resources(provision_map), *_general(provision_map))


def _provisions(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> Iterator[InclusionLine]:
    for provision in provision_map.provisions:
        session = cost.sessions.get(provision.code)
        year = school_cost(provision, session, policy, cost.diary) if isinstance(session, SessionCost) else None
        yield InclusionLine(
            description=provision.intervention,
            reach=reach(provision),
            cost=year,
            paid_from=_paid_from(provision.funding_source),
            code=provision.code,
        )


def reach(provision: Provision) -> str:
    """Say Universal for what is open to all, of the universal tier or of wave 1; Targeted for everything else."""
    if provision.open_to_all or provision.tier is Tier.UNIVERSAL:
        return "Universal"
    return "Universal" if provision.tier is None and provision.wave is Wave.ONE else "Targeted"


def _resources(provision_map: ProvisionMap) -> Iterator[InclusionLine]:
    for resource in provision_map.resources:
        known = resource.annual_cost is not None
        yield InclusionLine(
            description=resource.description, reach="Targeted", code=resource.code,
            cost=to_pence(resource_year(resource)) if known else None, paid_from=_paid_from(resource.funding_source),
        )  # fmt: skip


def _general(provision_map: ProvisionMap) -> Iterator[InclusionLine]:
    for general in provision_map.general:
        cost = general.annual_cost
        yield InclusionLine(
            description=general.description, reach="Targeted", code="",
            cost=None if cost is None else to_pence(exact(cost)), paid_from=_paid_from(general.funding_source),
        )  # fmt: skip


def _paid_from(source: FundingSource | None) -> str:
    return (source or FundingSource.ELEMENT_2).value
