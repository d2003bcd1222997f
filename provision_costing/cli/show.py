"""What `cost`, `rules` and `policy` print, for people and as JSON."""

from decimal import Decimal
from typing import Any

from provision_costing.cli.pay_table import rates_json, rates_text
from provision_costing.cli.sections import edge_json, edge_text, sections_json, sections_text
from provision_costing.costing import Line, MapCost, PupilCost
from provision_costing.explain import Step, resource_sum, seven_steps
from provision_costing.model import Provision, ProvisionMap
from provision_costing.money import plain, pounds, to_pence
from provision_costing.policy import Entry, Policy
from provision_costing.text import columns


def cost_text(provision_map: ProvisionMap, cost: MapCost, policy: Policy, *, rates: bool = False) -> str:
    """Show each pupil's total, the amount above Element 2 and the increment; then what else the map has."""
    count = len(cost.pupils)
    title = provision_map.school.name or provision_map.file
    parts = [
        f"{title}: {provision_map.form}, {count} {'pupil' if count == 1 else 'pupils'}, {pounds(cost.total)}",
        _pupils_table(cost) if cost.pupils else "No pupil is on this map yet.",
        *(sections_text(provision_map, cost, policy) if cost.pupils else ()),
        *((rates_text(provision_map, policy),) if rates else ()),
        *policy_lines(policy),
        *incomplete_lines(provision_map, cost),
    ]
    return "\n\n".join(parts)


def _pupils_table(cost: MapCost) -> str:
    """Lay out one pupil a row; what has been provided by the map's "as at" day only where it has one."""
    dated = any(p.to_date is not None for p in cost.pupils)
    money = ["direct £", "resources £", "general £", *(["to date £"] if dated else []), "total £", "above Element 2 £"]
    rows = [
        [p.pupil.reference, p.pupil.year_group, p.pupil.sen_status.value if p.pupil.sen_status else "",
         f"{p.direct:,}", f"{p.resources:,}", f"{p.general:,}", *([f"{p.to_date:,}"] if dated else []),
         f"{p.total:,}", f"{p.above_element_2:,}", increment(p)]
        for p in cost.pupils
    ]  # fmt: skip
    return columns(["pupil", "year", "SEN", *money, "increment"], rows, right=range(3, 3 + len(money)))


def increment(cost: PupilCost) -> str:
    """Say the increment and how far it is to the next edge."""
    placement = cost.placement
    if placement is None:
        return "none published"
    words = f"{placement.name} ({pounds(placement.amount)})" if placement.amount is not None else placement.remark
    return words + (f", {pounds(placement.to_next)} to the next edge" if placement.to_next is not None else "")


def policy_lines(policy: Policy) -> list[str]:
    """Say which policy was used, and repeat what a reader of its figures must know."""
    lines = [f"Policy: {policy.authority}, as on {policy.on:%d/%m/%Y}."]
    lines += [f"Please note: {line}" for line in policy.superseded]
    for override in policy.overrides:
        entry = policy.entries[override.name]
        why = f" Reason given: {override.reason}" if override.reason else " No reason is given."
        lines.append(f"The school's own value: {override.name} is {override.value} in place of {entry.value}.{why}")
    return lines


def incomplete_lines(provision_map: ProvisionMap, cost: MapCost) -> list[str]:
    """Say which rows are not in the figures, and why."""
    lines = [f"Not costed: {u.record.source.cell(u.field)}: {u.reason}." for u in cost.uncosted]
    if provision_map.rows_left_out:
        lines.append(f"{provision_map.rows_left_out} rows could not be read and are left out; audit says which.")
    return ["These figures are not complete.\n" + "\n".join(lines)] if lines else []


def explain_text(pupil: PupilCost, provision_map: ProvisionMap, policy: Policy, *, rates: bool = False) -> str:
    """Show the seven steps of each of a pupil's lines, with the cells that they came from, and the next edge."""
    parts = [f"Pupil {pupil.pupil.reference}: {pounds(pupil.total)}; {increment(pupil)}"]
    for line in pupil.lines:
        title = line.item.intervention if isinstance(line.item, Provision) else line.item.description
        count = "" if line.counts else f" – not counted: {line.not_counted_because}"
        steps = seven_steps(line, provision_map, policy)
        parts.append(f"{line.item.code} {title}: {pounds(line.annual_cost)}{count}")
        parts.append(columns(["step", "what", "£", "how", "from"], [_step_row(s, policy) for s in steps], right=(2,))
                     if steps else _resource_words(line))  # fmt: skip
    on = provision_map.school.as_at
    done = f" Provided by {on:%d/%m/%Y}: {pounds(pupil.to_date)}." if on and pupil.to_date is not None else ""
    parts.append(f"General provision: {pounds(pupil.general)}. Total: {pounds(pupil.total)}.{done}")
    parts += [text for text in (edge_text(pupil, policy),) if text]
    parts += [rates_text(provision_map, policy)] if rates else []
    return "\n\n".join([*parts, *policy_lines(policy)])


def _resource_words(line: Line) -> str:
    resource = line.item
    if isinstance(resource, Provision):
        return ""
    cells = [resource.source.cell(f) for f in ("annual_cost", "units", "years", "shared_by")
             if getattr(resource, f) is not None and resource.source.address(f)]  # fmt: skip
    return ", ".join([resource_sum(resource, line.annual), *cells])


def _step_row(step: Step, policy: Policy) -> list[str]:
    cited = [f"{name}: {policy.cite(name)}" for name in step.policy]
    return [str(step.number), step.name, step.shown, step.formula, "; ".join([*step.cells, *cited])]


def cost_json(provision_map: ProvisionMap, cost: MapCost, policy: Policy, explain: str | None) -> dict[str, Any]:
    """Give the costs as JSON: pounds as text, so that no program reads them as floats."""
    wanted = [p for p in cost.pupils if explain in (None, p.pupil.reference)]
    return {
        "file": provision_map.file,
        "school": provision_map.school.name,
        "form": provision_map.form.value,
        "policy": {"authority": policy.authority, "on": policy.on.isoformat(), "notes": policy_lines(policy)[1:]},
        "complete": provision_map.is_complete and not cost.uncosted,
        "not_costed": [{"cell": u.record.source.cell(u.field), "reason": u.reason} for u in cost.uncosted],
        "rows_left_out": provision_map.rows_left_out,
        "total": str(cost.total),
        "general": str(cost.general),
        **sections_json(provision_map, cost, policy),
        "rates": rates_json(provision_map, policy),
        "pupils": [_pupil_json(p, provision_map, policy, explain=explain is not None) for p in wanted],
    }


def _pupil_json(cost: PupilCost, provision_map: ProvisionMap, policy: Policy, *, explain: bool) -> dict[str, Any]:
    placement = cost.placement
    return {
        "pupil": cost.pupil.reference,
        "year_group": cost.pupil.year_group,
        "sen_status": cost.pupil.sen_status.value if cost.pupil.sen_status else None,
        "direct": str(cost.direct),
        "resources": str(cost.resources),
        "general": str(cost.general),
        "total": str(cost.total),
        "to_date": _text(cost.to_date),
        "above_element_2": str(cost.above_element_2),
        "increment": placement.name or None if placement else None,
        "increment_amount": _text(placement.amount) if placement else None,
        "remark": placement.remark if placement else "none published",
        "to_next_edge": _text(placement.to_next) if placement else None,
        "above_previous_edge": _text(placement.above_previous) if placement else None,
        "not_counted": str(cost.not_counted),
        **({"next_edge": edge_json(cost, policy)} if explain else {}),
        "lines": [_line_json(n, provision_map, policy, explain=explain) for n in cost.lines],
    }


def _line_json(line: Line, provision_map: ProvisionMap, policy: Policy, *, explain: bool) -> dict[str, Any]:
    item = line.item
    shown: dict[str, Any] = {
        "code": item.code,
        "what": item.intervention if isinstance(item, Provision) else item.description,
        "weekly_cost": _text(line.weekly_cost),
        "weeks": plain(line.weeks) if line.weeks is not None else None,
        "annual_cost": str(line.annual_cost),
        "to_date": None if line.to_date is None else str(to_pence(line.to_date)),
        "whole_cost_reason": line.allocation.whole_cost_reason or None,
        "counts": line.counts,
        "not_counted_because": line.not_counted_because or None,
        "cell": item.source.cell("code" if item.source.address("code") else "intervention"),
    }
    if explain:
        shown["steps"] = [
            {"step": s.number, "what": s.name, "figure": s.shown if s.figure is not None else None, "how": s.formula,
             "cells": list(s.cells), "policy": {name: policy.cite(name) for name in s.policy}}
            for s in seven_steps(line, provision_map, policy)
        ]  # fmt: skip
    return shown


def entry_json(entry: Entry) -> dict[str, Any]:
    """Give one policy value with its dates and its source."""
    return {
        "value": value_json(entry.value),
        "from": entry.starts.isoformat(),
        "until": entry.until.isoformat() if entry.until else None,
        "authority": entry.authority,
        "mark": entry.mark,
        "source": {
            "title": entry.citation.title,
            "published": entry.citation.published,
            "retrieved": entry.citation.retrieved.isoformat(),
            "url": entry.citation.url or None,
        },
        "note": entry.note or None,
        "superseded": entry.superseded or None,
    }


def value_json(value: Any) -> Any:
    """Write a policy value for JSON: numbers as text."""
    if isinstance(value, dict):
        return {key: value_json(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return [value_json(part) for part in value]
    return str(value)


def value_words(value: Any) -> str:
    """Write a policy value for a person."""
    if isinstance(value, dict):
        return ", ".join(f"{key} {part}" for key, part in value.items())
    if isinstance(value, tuple):
        return ", ".join(str(part) for part in value)
    return str(value)


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)
