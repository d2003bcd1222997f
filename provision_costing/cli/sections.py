"""The further sections of `cost`, each there only when the map has what it needs: to date, years, edges, Element 1."""

from decimal import Decimal
from typing import Any

from provision_costing.costing import NOUGHT, MapCost, PupilCost
from provision_costing.edges import cheapest_way, crossings
from provision_costing.element_1 import age_group_funding, element_1
from provision_costing.model import ProvisionMap, School, SchoolKind
from provision_costing.money import pounds, to_pence
from provision_costing.policy import Policy
from provision_costing.text import columns
from provision_costing.years import YearKind, spent_until, year_parts

_OWN_YEAR = {SchoolKind.MAINTAINED: YearKind.FINANCIAL, SchoolKind.ACADEMY: YearKind.ACADEMIC}


def sections_text(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> list[str]:
    """Write the sections that this map has, each as one text."""
    found = (_to_date(provision_map, cost, policy), _years(provision_map, cost, policy), _elements(provision_map, cost))
    return [text for text in found if text]


def _to_date(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> str:
    done, on = _spent(provision_map, cost, policy), provision_map.school.as_at
    if done is None or on is None:
        return ""
    return f"To {on:%d/%m/%Y}: {pounds(done)}. Projected to the year’s end: {pounds(cost.total)}."


def _spent(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> Decimal | None:
    on = provision_map.school.as_at
    return None if on is None or cost.diary is None else to_pence(spent_until(on, cost, cost.diary, policy))


def _years(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> str:
    parts = year_parts(cost, policy)
    if not parts or cost.diary is None:
        return ""
    days = "school days" if cost.diary.has_terms else "weekdays, as no terms are given"
    lines = [f"The same money by year, counted by {days}:"]
    for kind in YearKind:
        sums = ", ".join(f"{part.label} {pounds(part.total)}" for part in parts if part.kind is kind)
        own = " (this school’s)" if _own_year(provision_map) is kind else ""
        lines.append(f"  {kind}{own}: {sums}")
    return "\n".join(lines)


def _own_year(provision_map: ProvisionMap) -> YearKind | None:
    kind = provision_map.school.kind
    return _OWN_YEAR.get(kind) if kind else None


def _elements(provision_map: ProvisionMap, cost: MapCost) -> str:
    """Set the three elements side by side, and say that the first is no part of the second."""
    school = provision_map.school
    first = element_1(school)
    if first is None:
        return ""
    above = sum((p.above_element_2 for p in cost.pupils), NOUGHT)
    within = sum((p.total for p in cost.pupils), NOUGHT) - above
    rows = [["Element 1", f"{first:,}", "pupils × the authority’s rates (October census)"]]
    rows += [["", f"{age_group_funding(g):,}", f"  {g.name}: {g.pupils} × {pounds(g.rate)}"] for g in school.age_groups]
    budget = school.notional_sen_budget
    notional = f"; the school’s notional SEN budget is {pounds(budget)}" if budget is not None else ""
    rows.append(["Element 2", f"{within:,}", f"these pupils’ provision, up to the threshold for each{notional}"])
    rows.append(["Above that", f"{above:,}", "these pupils’ provision above Element 2"])
    said = "For information: Element 1 pays for classes, premises and the SENCO. It is never part of a pupil’s £6,000."
    return f"{said}\n{columns(['', '£ a year', 'what it is'], rows, right=(1,))}"


def edge_text(pupil: PupilCost, policy: Policy) -> str:
    """Say how far a pupil is from the next edge, and list the single changes that would cross it, smallest first."""
    placement = pupil.placement
    if placement is None or placement.to_next is None:
        return ""
    said = f"{pounds(placement.to_next)} to the next edge. {cheapest_way(pupil, policy)}"
    crossing = [c for c in reversed(crossings(pupil, policy)) if c.crosses]
    if len(crossing) < 2:
        return said
    rows = [[c.code, c.change, f"{c.adds:,}"] for c in crossing]
    return f"{said}\n{columns(['of', 'a change that alone would cross it', '£ a year'], rows, right=(2,))}"


def edge_json(pupil: PupilCost, policy: Policy) -> dict[str, Any] | None:
    """Give the next edge as JSON: every single change with what it adds; None where no edge lies above."""
    placement = pupil.placement
    if placement is None or placement.to_next is None:
        return None
    return {
        "in_words": cheapest_way(pupil, policy),
        "changes": [
            {"code": c.code, "change": c.change, "adds": str(c.adds), "crosses": c.crosses}
            for c in crossings(pupil, policy)
        ],
    }


def sections_json(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> dict[str, Any]:
    """Give the map's sections as JSON; what the map does not have is None, or an empty list."""
    school, done = provision_map.school, _spent(provision_map, cost, policy)
    return {
        "as_at": school.as_at.isoformat() if school.as_at else None,
        "to_date": None if done is None else str(done),
        "years": [
            {"kind": p.kind.value, "year": p.label, "from": p.starts.isoformat(), "to": p.ends.isoformat(),
             "total": str(p.total), "counted_by": "school days" if cost.diary and cost.diary.has_terms else "weekdays"}
            for p in year_parts(cost, policy)
        ],
        "element_1": _element_1_json(school),
    }  # fmt: skip


def _element_1_json(school: School) -> dict[str, Any] | None:
    total = element_1(school)
    if total is None:
        return None
    groups = [
        {"name": g.name, "pupils": g.pupils, "rate": str(g.rate), "total": str(age_group_funding(g))}
        for g in school.age_groups
    ]
    return {"total": str(total), "age_groups": groups, "note": "For information; never part of a pupil's Element 2."}
