"""An hourly cost given on the Staff sheet beside the authority's published rates: shared by STF02 and STF05."""

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeVar

from provision_costing.money import exact
from provision_costing.pay import published_rate
from provision_costing.policy import Policy
from provision_costing.roles import standard_role

T = TypeVar("T")


def other_role_at(amount: Fraction, own_rate: Fraction, policy: Policy) -> str:
    """Name the role whose published rate this is, where it is another role's; empty otherwise."""
    if amount == own_rate:
        return ""
    return next((role for role, rate in (policy.hourly_rates or {}).items() if exact(rate) == amount), "")


def published_amount(role: str, policy: Policy) -> Fraction | None:
    """Give the authority's hourly rate for a role in pounds, or for the role that it is costed as."""
    rate = published_rate(role, policy)
    return rate.amount if rate else None


def costed_as(role: str, policy: Policy) -> str:
    """Name the role whose rate the policy lends to this one; empty when it has a rate of its own, or none at all."""
    key = standard_role(role).casefold()
    if key in _by_role(policy.hourly_rates or {}):
        return ""
    return _by_role(policy.role_costed_as or {}).get(key, "")


def _by_role(table: Mapping[str, T]) -> dict[str, T]:
    return {standard_role(name).casefold(): value for name, value in table.items()}
