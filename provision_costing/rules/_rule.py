"""What a rule is: a code, a severity, a page of help with its source, and a check."""

import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, Protocol

from provision_costing.costing import MapCost
from provision_costing.findings import Finding, Severity
from provision_costing.model import Allocation, Form, Provision, ProvisionMap, Pupil, Resource, Review, Source, Stated
from provision_costing.policy import Policy

HEADINGS = ("Why it matters:", "Example:", "How to fix:")
_LEAST_NAME = 3  # letters; shorter parts of a name are also parts of ordinary words


class Sourced(Protocol):
    """Any record that knows the row it came from."""

    @property
    def source(self) -> Source:
        """Give the row."""


class Hit(NamedTuple):
    """What a check saw: the record and its field, in words, and in pounds a year where there is a sum to state."""

    record: Sourced
    field: str
    message: str
    effect: Decimal | None = None
    severity: Severity | None = None  # where this one weighs less than the rule's


Check = Callable[[ProvisionMap, MapCost, Policy], Iterable[Hit]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A check with a code and a page of help; `needs` names the policy values it cannot do without."""

    code: str
    severity: Severity
    help: str  # the docstring: title, why it matters, example, how to fix
    source: str
    needs: tuple[str, ...]
    check: Check

    @property
    def title(self) -> str:
        """Say in one line what holds on a sound map."""
        return self.help.partition("\n")[0]

    @property
    def fix(self) -> str:
        """Say what to do, as every finding of the rule repeats it."""
        return self.section("How to fix:")

    def section(self, heading: str) -> str:
        """Give the text under one of the HEADINGS, as one paragraph; empty if the page has none."""
        text = self.help.partition(f"{heading}\n")[2]
        for other in HEADINGS:
            text = text.partition(f"{other}\n")[0]
        return " ".join(text.split())

    def findings(self, provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> list[Finding]:
        """List what the check sees, each with its cell and without any pupil's name."""
        without_names, whose = _name_remover(provision_map), _owners(provision_map)
        findings = []
        for hit in self.check(provision_map, cost, policy):
            sheet, cell = _place(hit)
            findings.append(Finding(
                code=self.code, severity=hit.severity or self.severity,
                file=hit.record.source.file or provision_map.file, sheet=sheet, cell=cell,
                message=without_names(hit.message), fix=self.fix, pupil=_pupil(hit.record, whose), effect=hit.effect,
            ))  # fmt: skip
        return findings


def rule(code: str, severity: Severity, *, source: str, needs: tuple[str, ...] = ()) -> Callable[[Check], Rule]:
    """Make a rule of a check, whose docstring is the rule's page of help."""
    return lambda check: Rule(
        code=code, severity=severity, help=inspect.getdoc(check) or "", source=source, needs=needs, check=check
    )


def _place(hit: Hit) -> tuple[str, str]:
    """Find the sheet and the cell: the printed figure's own, the field's, or the whole row (12:12)."""
    stated: Mapping[str, Stated] = getattr(hit.record, "stated", {})
    printed, source = stated.get(hit.field), hit.record.source
    if printed and printed.cell:
        return printed.sheet or source.sheet, printed.cell
    return source.sheet, source.address(hit.field) or (f"{source.row}:{source.row}" if source.row else "")


def _owners(provision_map: ProvisionMap) -> dict[str, str]:
    """Say whose each row of an individual map is, by its code; on a whole-school map a row is nobody's own."""
    if provision_map.form is not Form.INDIVIDUAL:
        return {}
    return {allocation.code: allocation.pupil for allocation in provision_map.allocations}


def _pupil(record: Sourced, whose: Mapping[str, str]) -> str:
    match record:
        case Allocation(pupil=reference) | Review(pupil=reference) | Pupil(reference=reference):
            return reference
        case Provision(code=code) | Resource(code=code):
            return whose.get(code, "")
    return ""


def _name_remover(provision_map: ProvisionMap) -> Callable[[str], str]:
    """Make a function that puts references for pupils' names where a message quotes the school (“1:1 TA for Sam”)."""
    references: dict[str, str] = {}
    for pupil in provision_map.pupils:
        parts = [p for p in pupil.name.split() if len(p) >= _LEAST_NAME]
        for written in (pupil.name.strip(), *parts):
            if written:
                references.setdefault(written.casefold(), pupil.reference)
    if not references:
        return str
    longest_first = sorted(references, key=len, reverse=True)
    names = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)

    def in_quote(quote: "re.Match[str]") -> str:
        return names.sub(lambda name: references.get(name[0].casefold(), "a pupil"), quote[0])

    return lambda message: re.sub("“[^”]*”", in_quote, message)
