"""An hourly cost given on the Staff sheet beside the authority's published rates: shared by STF02 and STF05."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from provision_costing.model import StaffRate
from provision_costing.money import exact
from provision_costing.pay import Rate, published_rate
from provision_costing.policy import Policy
from provision_costing.roles import standard_role

T = TypeVar("T")


def other_role_at(amount: Decimal, own_rate: Decimal, policy: Policy) -> str:
    """Name the role whose published rate this is, where it is another role's; empty otherwise."""
    if amount == own_rate:
        return ""
    return next((role for role, rate in (policy.hourly_rates or {}).items() if rate == amount), "")


def published_amount(role: str, policy: Policy) -> Decimal | None:
    """Give the authority's hourly rate for a role in pounds, or for the role that it is costed as."""
    rate = published_rate(role, policy)
    return rate.amount if rate else None


def to_published(staff: StaffRate, published: Decimal) -> Callable[[Rate], Fraction]:
    """Say how an hourly rate would change if this line of the Staff sheet held the published one."""

    def change(rate: Rate) -> Fraction:
        is_own = rate.field == "hourly_cost" and (rate.role, rate.amount) == (staff.role, staff.hourly_cost)
        return exact(published - rate.amount) if is_own else Fraction(0)

    return change


def costed_as(role: str, policy: Policy) -> str:
    """Name the role whose rate the policy lends to this one; empty when it has a rate of its own, or none at all."""
    key = standard_role(role).casefold()
    if key in _by_role(policy.hourly_rates or {}):
        return ""
    return _by_role(policy.role_costed_as or {}).get(key, "")


def _by_role(table: Mapping[str, T]) -> dict[str, T]:
    return {standard_role(name).casefold(): value for name, value in table.items()}
