"""What an hour of each role costs on a map, beside its contract's hourly pay, with the build-up of its cost."""

from typing import Any

from provision_costing.costing import rates_for
from provision_costing.explain import paid_point, staff_line
from provision_costing.model import ProvisionMap
from provision_costing.money import plain, pounds, to_pence, to_places
from provision_costing.pay import PayPoint, Rate, rate_of, why_no_rate
from provision_costing.policy import Policy
from provision_costing.roles import standard_role
from provision_costing.text import columns


def rates_text(provision_map: ProvisionMap, policy: Policy) -> str:
    """Show each role's contract and costing rates side by side, then the build-up of each that has one."""
    rates = _rates(provision_map, policy)
    rows = [_row(role, rate, provision_map, policy) for role, rate in rates.items()]
    table = columns(["role", "contract £ an hour", "costing £ an hour", "from"], rows, right=(1, 2))
    built = [_build_up(rate, _point(rate, provision_map, policy), policy) for rate in rates.values() if rate]
    return "\n\n".join(["What an hour costs", table, *(text for text in built if text)])


def _rates(provision_map: ProvisionMap, policy: Policy) -> dict[str, Rate | None]:
    """Find the rate of each role that works on the map, and of each further line of the Staff sheet."""
    rates = rates_for(provision_map, policy)
    seen = {standard_role(role).casefold() for role in rates}
    for line in provision_map.staff:
        if standard_role(line.role).casefold() not in seen:
            rates[line.role] = rate_of(line.role, provision_map, policy)
    return rates


def _point(rate: Rate, provision_map: ProvisionMap, policy: Policy) -> PayPoint | None:
    return paid_point(staff_line(rate, provision_map), policy) if rate.field == "pay_point" else None


def _row(role: str, rate: Rate | None, provision_map: ProvisionMap, policy: Policy) -> list[str]:
    if rate is None:
        return [role, "–", "–", f"no rate: {why_no_rate(role, provision_map, policy)}"]
    contract = rate.built.contract_hourly if rate.built else None
    shown = "–" if contract is None else f"{to_pence(contract):,}"
    return [role, shown, f"{to_pence(rate.per_hour):,}", _origin(rate, _point(rate, provision_map, policy))]


def _origin(rate: Rate, point: PayPoint | None) -> str:
    if rate.source is None:
        return rate.how
    what = {"hourly_cost": "hourly cost given", "salary": "salary"}.get(rate.field, "")
    words = f"{point.name}, {pounds(point.salary)} ({point.mark})" if point else what
    cell = rate.source.cell(rate.field) if rate.source.row else ""
    return ", ".join(part for part in (words, cell) if part)


def _build_up(rate: Rate, point: PayPoint | None, policy: Policy) -> str:
    """Show the lines of a cost that is more than a salary as given, and what they are divided by."""
    built = rate.built
    if built is None or (point is None and len(built.lines) < 2 and not any(n.policy for n in built.lines)):
        return ""
    rows = [
        [n.label, f"{to_pence(n.amount):,}", n.how, "; ".join(dict.fromkeys(policy.cite(name) for name in n.policy))]
        for n in built.lines
    ]
    rows.append(["Cost of the year", f"{to_pence(built.total):,}", f"÷ ({built.hours_how})", ""])
    title = f"{rate.role}: {pounds(to_pence(rate.per_hour))} an hour"
    note = f"\n{point.name} is {point.mark}: {point.entry.citation.title}. {point.entry.note}".rstrip() if point else ""
    return f"{title}\n{columns(['', '£ a year', 'how', 'source'], rows, right=(1,))}{note}"


def rates_json(provision_map: ProvisionMap, policy: Policy) -> list[dict[str, Any]]:
    """Give each role's rates as JSON; hourly rates to six places, pounds as text."""
    return [_rate_json(role, rate, provision_map, policy) for role, rate in _rates(provision_map, policy).items()]


def _rate_json(role: str, rate: Rate | None, provision_map: ProvisionMap, policy: Policy) -> dict[str, Any]:
    if rate is None:
        return {"role": role, "costing_hourly": None, "missing": why_no_rate(role, provision_map, policy)}
    built, point = rate.built, _point(rate, provision_map, policy)
    contract = built.contract_hourly if built else None
    return {
        "role": role,
        "from": rate.field,
        "how": rate.how,
        "cell": rate.source.cell(rate.field) if rate.source and rate.source.row else None,
        "contract_hourly": None if contract is None else str(to_places(contract, 6)),
        "costing_hourly": str(to_places(rate.per_hour, 6)),
        "hours": plain(rate.hours),
        "pay_point": point and {
            "name": point.name, "salary": str(point.salary), "mark": point.mark, "source": point.entry.citation.title,
        },
        "build_up": [
            {"what": n.label, "amount": str(to_pence(n.amount)), "how": n.how,
             "policy": {name: policy.cite(name) for name in n.policy}}
            for n in (built.lines if built else ())
        ],
    }  # fmt: skip
