"""What `inclusion` prints and writes: the lines of an inclusion strategy, with no pupil in them."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from provision_costing.batch.tables import as_csv
from provision_costing.costing import NOUGHT
from provision_costing.inclusion import InclusionLine
from provision_costing.model import ProvisionMap
from provision_costing.money import pounds
from provision_costing.text import columns

PURPOSE = (
    "Lines for an inclusion strategy. Every mainstream school in England is to publish one, with budgeted costs, by "
    "31 December 2026, as a condition of the Inclusive Mainstream Fund. Source: Department for Education, Developing "
    "an inclusion strategy using the Inclusive Mainstream Fund. Costs are the school’s whole cost of a year."
)
HEADINGS = ("Description", "Universal or targeted", "Total budgeted cost (£)", "Paid from")


def strategy_csv(lines: Sequence[InclusionLine]) -> bytes:
    """Write the lines as CSV: description, universal or targeted, total budgeted cost, paid from."""
    return as_csv(HEADINGS, [[n.description, n.reach, n.cost, n.paid_from] for n in lines])


def strategy_text(lines: Sequence[InclusionLine], provision_map: ProvisionMap) -> str:
    """Show the lines with their codes and totals, say what they are for, and what to look at before publishing."""
    if not lines:
        return f"{PURPOSE}\n\nNothing is on this map yet."
    rows = [[n.code, n.description, n.reach, "not costed" if n.cost is None else f"{n.cost:,}", n.paid_from]
            for n in lines]  # fmt: skip
    parts = [
        PURPOSE,
        columns(["code", "description", "reach", "£ a year", "paid from"], rows, right=(3,)),
        _sums(lines),
    ]
    return "\n\n".join([*parts, *before_publishing(lines, provision_map)])


def _sums(lines: Sequence[InclusionLine]) -> str:
    totals = {reach: sum((n.cost for n in lines if n.cost is not None and n.reach == reach), NOUGHT)
              for reach in ("Universal", "Targeted")}  # fmt: skip
    said = ", ".join(f"{reach} {pounds(total)}" for reach, total in totals.items())
    return f"{said}; together {pounds(sum(totals.values(), NOUGHT))}."


def before_publishing(lines: Sequence[InclusionLine], provision_map: ProvisionMap) -> list[str]:
    """Say, by code, what lacks a cost, what may name a pupil, and what is for one pupil alone."""
    said = []
    if without := [n.code or n.description for n in lines if n.cost is None]:
        said.append(f"Not complete: {', '.join(without)} could not be costed.")
    if naming := [n.code or f"line {i}" for i, n in enumerate(lines, 1) if _may_name(n.description, provision_map)]:
        said.append(f"Before you publish: the description of {', '.join(naming)} may name a pupil. Please reword it.")
    if alone := _for_one(provision_map):
        are = "are each" if len(alone) > 1 else "is"
        said.append(
            f"Before you publish: {', '.join(alone)} {are} for one pupil, whom readers may recognise. "
            "Think about joining such lines."
        )
    return said


def _may_name(description: str, provision_map: ProvisionMap) -> bool:
    """Look for a pupil's reference, or for a part of a name, as a word of its own."""
    words = set(re.findall(r"[\w'’-]+", description))
    for pupil in provision_map.pupils:
        parts = {part for part in pupil.name.split() if len(part) > 2}
        if words & parts or (len(pupil.reference) > 2 and pupil.reference in description):
            return True
    return False


def _for_one(provision_map: ProvisionMap) -> list[str]:
    who = Counter(a.code for a in provision_map.allocations)
    provisions = [p.code for p in provision_map.provisions if p.group_size == 1 and not p.open_to_all]
    resources = [r.code for r in provision_map.resources if r.shared_by == 1]
    return [code for code in (*provisions, *resources) if who[code] == 1]


def strategy_json(lines: Sequence[InclusionLine], provision_map: ProvisionMap) -> dict[str, Any]:
    """Give the lines as JSON, pounds as text."""
    return {
        "purpose": PURPOSE,
        "lines": [
            {"code": n.code or None, "description": n.description, "reach": n.reach,
             "cost": None if n.cost is None else str(n.cost), "paid_from": n.paid_from}
            for n in lines
        ],
        "please_note": before_publishing(lines, provision_map),
    }  # fmt: skip
