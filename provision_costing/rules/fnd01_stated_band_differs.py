"""FND01."""

import re
from collections.abc import Iterable
from decimal import Decimal

from provision_costing.costing import MapCost, Placement, PupilCost, place
from provision_costing.findings import Severity
from provision_costing.model import ProvisionMap, SenStatus
from provision_costing.money import pounds
from provision_costing.policy import Policy
from provision_costing.rules._rule import Hit, rule

_NO_BAND = frozenset({"", "none", "nil", "no", "0", "-", "–", "n/a", "na"})


@rule(
    "FND01", Severity.QUERY, needs=("increments", "increment_placing"),
    source="The policy's increments and its placing rule; Waltham Forest, Making an EHC Plan Referral: increments 1a "
    "to 4d above £6,000",
)  # fmt: skip
def stated_band_differs(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> Iterable[Hit]:
    """The increment stated for a pupil is the one that the costs come to.

    Why it matters:
    The increment follows from the amount above Element 2. If the two differ, either a cost is missing from the map or
    the support has changed since the increment was agreed.

    Example:
    Increment now 2c, total £7,055.73: that is £1,055.73 above Element 2, which is 1c.

    How to fix:
    Check that the map holds all the support and the reviews say what changed. A pupil with an EHC plan has the band
    that the plan names.
    """
    for pupil_cost in cost.pupils:
        pupil = pupil_cost.pupil
        stated = _plain(pupil.stated_band)
        if stated in _NO_BAND or pupil.sen_status is SenStatus.PLAN or pupil_cost.placement is None:
            continue
        of_a_plan = stated in {_plain(name) for name in policy.plan_bands or {}}
        if of_a_plan and pupil.sen_status is None:
            continue  # the pupil may well have a plan
        if stated not in _within_rounding(pupil_cost, policy):
            yield Hit(pupil, "stated_band", _message(pupil.stated_band.strip(), pupil_cost, of_a_plan=of_a_plan))


def _plain(band: str) -> str:
    return re.sub(r"^(?:increment|band|level)\b|\s", "", band.strip().casefold())


def _within_rounding(cost: PupilCost, policy: Policy) -> set[str]:
    """List what the pupil's total places, and what it would within the rounding that the policy allows."""
    tolerance = policy.tolerance_annual or Decimal(0)
    totals = (cost.total, cost.total - tolerance, cost.total + tolerance)
    placed = [place(total, cost.pupil.sen_status, policy) for total in totals]
    return {_plain(words) for p in placed if p for words in (p.name, p.remark)}


def _message(stated: str, cost: PupilCost, *, of_a_plan: bool) -> str:
    placement = cost.placement
    words = _placed(placement) if placement else ""
    plan = f" {stated} belongs to a statutory plan, and the status is {cost.pupil.sen_status}." if of_a_plan else ""
    return f"The map states {stated}; the costs, {pounds(cost.total)} a year, come to {words}.{plan}"


def _placed(placement: Placement) -> str:
    edges = []
    if placement.above_previous is not None:
        edges.append(f"{pounds(placement.above_previous)} above its lower edge")
    if placement.to_next is not None:
        edges.append(f"{pounds(placement.to_next)} below the next edge")
    name = placement.name or f"no increment ({placement.remark})"
    return name + (f", {' and '.join(edges)}" if edges else "")
