"""One map, judged: what the rules and the reader found, what it costs, and which rules did not run."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from provision_costing.costing import MapCost, cost_map
from provision_costing.errors import PolicyError
from provision_costing.findings import Finding, Severity
from provision_costing.model import Form, Provision, ProvisionMap, School
from provision_costing.policy import VALUES, Policy, with_overrides
from provision_costing.rules import RULES, Rule

# What a reader says about a cell that it could not read is not said again as something missing.
_SAID_BY_THE_READER = frozenset({"CST01", "GRP01"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRun:
    """A rule that could not be applied, and why; `crashed` when the fault is ours."""

    code: str
    reason: str
    crashed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What an audit of one map came to. Findings are advice; pupils are in them by reference only."""

    file: str
    form: Form
    school: School
    policy: Policy  # as used: with the school's own values
    cost: MapCost
    stated_totals: Mapping[str, Decimal]  # pounds a year as printed, by pupil's reference
    findings: tuple[Finding, ...]  # errors first, then the costliest
    not_run: tuple[NotRun, ...]
    rows_left_out: int  # rows that could not be read or could not be costed

    @property
    def complete(self) -> bool:
        """Say whether every row that the school wrote is in the figures."""
        return self.rows_left_out == 0

    @property
    def notes(self) -> tuple[str, ...]:
        """Repeat what a reader of the figures must know: superseded values, and the school's own."""
        return (*self.policy.superseded, *own_values(self.policy))

    def count(self, severity: Severity) -> int:
        """Count the findings of one severity."""
        return sum(f.severity is severity for f in self.findings)


def audit(provision_map: ProvisionMap, policy: Policy, reading: Sequence[Finding] = ()) -> Audit:
    """Cost a map and apply every rule to it; what its reader found is put among the findings. Never raises."""
    used = _with_own_values(policy, provision_map.school)
    cost = cost_map(provision_map, used)
    findings, not_run = list(reading), []
    for rule in RULES:
        result = _apply(rule, provision_map, cost, used)
        if isinstance(result, NotRun):
            not_run.append(result)
        else:
            findings += result
    uncosted = {id(u.record) for u in cost.uncosted if not (isinstance(u.record, Provision) and u.record.open_to_all)}
    return Audit(
        file=provision_map.file, form=provision_map.form, school=provision_map.school, policy=used, cost=cost,
        stated_totals=_stated_totals(provision_map), findings=_sorted(_said_once(findings, reading)),
        not_run=tuple(not_run), rows_left_out=provision_map.rows_left_out + len(uncosted),
    )  # fmt: skip


def _apply(rule: Rule, provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> list[Finding] | NotRun:
    for name in rule.needs:
        if getattr(policy, name) is None:
            label = next(f.metadata["label"] for f in VALUES if f.name == name)
            return NotRun(code=rule.code, reason=f"{policy.authority} does not publish: {label}.")
    try:
        return rule.findings(provision_map, cost, policy)
    except Exception as error:  # noqa: BLE001 - one faulty rule never hides what the others found
        # Only the kind of error: its text could hold a child's data.
        reason = f"The rule failed on this map ({type(error).__name__}); please report it."
        return NotRun(code=rule.code, reason=reason, crashed=True)


def _with_own_values(policy: Policy, school: School) -> Policy:
    """Use each of the school's own values that can be used; POL01 names the others."""
    for override in school.overrides:
        try:
            policy = with_overrides(policy, (override,))
        except PolicyError:
            continue
    return policy


def own_values(policy: Policy) -> list[str]:
    """Say in words which values the school set itself, and what they replace."""
    labels = {f.name: f.metadata["label"] for f in VALUES}
    lines = []
    for override in policy.overrides:
        why = f"reason given: {override.reason}" if override.reason.strip() else "no reason given"
        entry = policy.entries[override.name]
        lines.append(f"{labels[override.name]}: the school's own {override.value} in place of {entry.value}; {why}.")
    return lines


def _stated_totals(provision_map: ProvisionMap) -> dict[str, Decimal]:
    printed = {pupil.reference: pupil.stated.get("total") for pupil in provision_map.pupils}
    return {reference: t.amount for reference, t in printed.items() if t and t.amount is not None}


def _said_once(findings: Sequence[Finding], reading: Sequence[Finding]) -> list[Finding]:
    # Only an error says that the row has no cost; a query on the same cell does not.
    told = {(f.file, f.sheet, f.cell) for f in reading if f.cell and f.severity is Severity.ERROR}
    return [f for f in findings if f.code not in _SAID_BY_THE_READER or (f.file, f.sheet, f.cell) not in told]


def _sorted(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=_order))


def _order(finding: Finding) -> tuple[bool, Decimal, str, str, int, str, str, str, str]:
    row = re.search(r"\d+", finding.cell)
    worth = abs(finding.effect) if finding.effect is not None else Decimal(0)
    return (
        finding.severity is not Severity.ERROR, -worth, finding.file, finding.sheet, int(row[0]) if row else 0,
        finding.cell, finding.code, finding.pupil, finding.message,
    )  # fmt: skip
