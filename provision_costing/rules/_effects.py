"""What a finding is worth: sums over the pupils' lines that count towards Element 2."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from provision_costing.costing import Line, MapCost, SessionCost, Uncosted, add, why_not_counted
from provision_costing.model import Provision
from provision_costing.money import to_pence
from provision_costing.pay import Rate
from provision_costing.policy import Policy

Lines = Mapping[str, list[Line]]


def lines_by_code(cost: MapCost) -> dict[str, list[Line]]:
    """List the pupils' lines of each provision and resource."""
    lines: dict[str, list[Line]] = {}
    for pupil in cost.pupils:
        for line in pupil.lines:
            lines.setdefault(line.item.code, []).append(line)
    return lines


def counted(lines: Iterable[Line]) -> Fraction:
    """Add the lines that are part of a total, exactly."""
    return add(line.annual for line in lines if line.counts)


def is_charged(provision: Provision, policy: Policy) -> bool:
    """Say whether a provision's cost is meant to count: not open to all, nor paid by a fund that does not count."""
    return not provision.open_to_all and not why_not_counted(provision.funding_source, policy)


def change_of_totals(
    sessions: Mapping[str, SessionCost | Uncosted], lines: Lines, change: Callable[[Rate], Fraction]
) -> Decimal:
    """Say by how much the pupils' totals would change if each hourly rate changed by `change(rate)` pounds."""
    parts = []
    for code, session in sessions.items():
        if isinstance(session, SessionCost) and (own := lines.get(code)):
            parts.append(counted(own) * share_of_cost(session, change))
    return to_pence(add(parts))


def change_at(
    sessions: Mapping[str, SessionCost | Uncosted], lines: Lines, own: Rate | None, per_hour: Fraction | None
) -> Decimal | None:
    """Say by how much the totals would change if one rate were so many pounds an hour; None where either is unknown."""
    if own is None or per_hour is None:
        return None
    return change_of_totals(
        sessions, lines, lambda rate: per_hour - rate.per_hour if rate == own else Fraction(0)
    )  # fmt: skip


def share_of_cost(session: SessionCost, part: Callable[[Rate], Fraction]) -> Fraction:
    """Give the share of a session's staff cost that `part(rate)` of each hourly rate makes up."""
    whole = add(adults * rate.per_hour for rate, adults in session.rates)
    return add(adults * part(rate) for rate, adults in session.rates) / whole if whole else Fraction(0)
