"""POL02."""

from collections.abc import Iterable

from provision_costing.costing import MapCost, SessionCost
from provision_costing.findings import Severity
from provision_costing.model import ProvisionMap
from provision_costing.pay import PayPoint, point_named
from provision_costing.policy import Policy
from provision_costing.rules._rule import Hit, rule


@rule(
    "POL02", Severity.QUERY,
    source="The policy's pay points, each marked as verified in its document, or derived from it",
)  # fmt: skip
def pay_points_not_verified(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> Iterable[Hit]:
    """The pay points that a map is costed from are read in a published scale.

    Why it matters:
    Some points are not published where they could be read, and were worked out: last year's point, raised by the
    award. They may be a pound out, or a year behind, and every row of the role follows them.

    Example:
    Teaching assistant at SCP 5, £25,583: the point of 2024-25 raised by 3.2%, and no award for 2026-27 was found.

    How to fix:
    Check the point with your payroll. If it differs, write the salary in place of the point.
    """
    points: dict[str, PayPoint] = {}
    lines = []
    sessions = [s for s in cost.sessions.values() if isinstance(s, SessionCost)]
    used = {(r.role, r.source.row) for s in sessions for r, _ in s.rates if r.field == "pay_point" and r.source}
    for staff in provision_map.staff:
        point = point_named(staff.pay_point, policy) if (staff.role, staff.source.row) in used else None
        if point and (point.mark != "verified" or point.entry.superseded):
            points.setdefault(point.name, point)
            lines.append(staff)
    if lines:
        first = min(lines, key=lambda s: (s.source.row, s.role))
        said = "; ".join(_said(p) for p in sorted(points.values(), key=lambda p: p.name))
        yield Hit(first, "pay_point", f"Figures of this map rest on pay points that are not verified: {said}.")


def _said(point: PayPoint) -> str:
    why = point.entry.superseded or point.entry.note
    return f"{point.name}, {point.mark} ({why.rstrip('.')})" if why else f"{point.name}, {point.mark}"
