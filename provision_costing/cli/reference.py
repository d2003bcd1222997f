"""What `rules` and `policy` show: the pages of the rules, and an authority's values with their sources."""

from datetime import date
from typing import Any

from provision_costing.cli.show import entry_json, value_words
from provision_costing.errors import ProvisionCostingError
from provision_costing.policy import VALUES, load_entries, policy_names
from provision_costing.rules import RULES
from provision_costing.text import columns


def _rules(code: str | None) -> list[Any]:
    found = [rule for rule in RULES if code is None or rule.code == code.upper()]
    if not found:
        known = ", ".join(rule.code for rule in RULES)
        raise ProvisionCostingError(f"There is no rule {code}. Rules: {known}.")
    return found


def rules_text(code: str | None) -> str:
    """List the rules, or print one rule's page."""
    if code is None:
        return columns(["code", "severity", "what it checks"], [[r.code, r.severity.value, r.title] for r in RULES])
    rule = _rules(code)[0]
    return f"{rule.code} ({rule.severity})\n\n{rule.help}\n\nSource:\n{rule.source}"


def rules_table(code: str | None) -> Any:
    """Give the rules, or one rule, as JSON."""
    listed = [
        {"code": r.code, "severity": r.severity.value, "title": r.title, "help": r.help, "fix": r.fix,
         "source": r.source, "needs": list(r.needs)}
        for r in _rules(code)
    ]  # fmt: skip
    return listed[0] if code else listed


def policy_text(name: str | None, on: date) -> str:
    """List the policies, or print one authority's values on a day."""
    if name is None:
        return "\n".join(policy_names())
    labels = {f.name: (f.metadata["label"], f.metadata["unit"]) for f in VALUES}
    blocks = []
    for key, entry in load_entries(name, on).items():
        label, unit = labels[key]
        until = f" until {entry.until:%d/%m/%Y}" if entry.until else ""
        lines = [
            f"{key}: {value_words(entry.value)}" + (f" ({unit})" if unit else ""),
            f"  {label}",
            f"  from {entry.starts:%d/%m/%Y}{until}; {entry.citation.title}, {entry.citation.published}",
        ]
        lines += [f"  {text}" for text in (entry.note, entry.superseded) if text]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def policy_table(name: str | None, on: date) -> Any:
    """Give the policies, or one authority's values on a day, as JSON."""
    if name is None:
        return list(policy_names())
    entries = load_entries(name, on)
    return {"policy": name, "on": on.isoformat(), "values": {key: entry_json(entry) for key, entry in entries.items()}}
