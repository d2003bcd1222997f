"""What `rules` and `policy` show: the pages of the rules, and an authority's values with their sources."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from provision_costing.cli.show import entry_json, value_words
from provision_costing.errors import ProvisionCostingError
from provision_costing.policy import VALUES, load_entries, policy_names
from provision_costing.rules import RULES, Rule
from provision_costing.text import columns
from provision_costing.workbook.reading_findings import READING_CHECKS, ReadingCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What is shown of one check: a rule of the audit, or what a reader may say of a cell."""

    code: str
    severity: str
    title: str
    help: str
    fix: str
    source: str
    needs: tuple[str, ...] = ()


def _pages(code: str | None) -> list[Page]:
    pages = [*(_of_rule(rule) for rule in RULES), *(_of_reading(check) for check in READING_CHECKS)]
    found = [page for page in pages if code is None or page.code == code.upper()]
    if not found:
        known = ", ".join(page.code for page in pages)
        raise ProvisionCostingError(f"There is no rule {code}. Rules: {known}.")
    return found


def _of_rule(rule: Rule) -> Page:
    return Page(
        code=rule.code, severity=rule.severity.value, title=rule.title, help=rule.help, fix=rule.fix,
        source=rule.source, needs=tuple(rule.needs),
    )  # fmt: skip


def _of_reading(check: ReadingCheck) -> Page:
    return Page(
        code=check.code, severity=check.severity.value, title=check.title, fix=check.fix,
        help=f"{check.title}\n\nWhy it matters:\n{check.why}\n\nHow to fix:\n{check.fix}",
        source="what a cell must hold to be read",
    )  # fmt: skip


def rules_text(code: str | None) -> str:
    """List the rules and what a reader may say, or print one page."""
    if code is None:
        return columns(["code", "severity", "what it checks"], [[p.code, p.severity, p.title] for p in _pages(None)])
    page = _pages(code)[0]
    return f"{page.code} ({page.severity})\n\n{page.help}\n\nSource:\n{page.source}"


def rules_table(code: str | None) -> Any:
    """Give the same as JSON."""
    listed = [asdict(page) for page in _pages(code)]
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
            f"  from {entry.starts:%d/%m/%Y}{until}; {entry.mark}; {entry.citation.title}, {entry.citation.published}",
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
