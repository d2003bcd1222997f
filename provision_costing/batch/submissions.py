"""What an audit keeps of one submission: small records that cross from the reading process and become table rows."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from provision_costing.findings import Finding, Severity


class Status(StrEnum):
    """How one submission ended."""

    AUDITED = "audited"
    INCOMPLETE = "audited, but not complete"  # rows were left out or could not be costed
    REFUSED = "could not be read"


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilRow:
    """One pupil's figures, for pupils.csv: the reference and money, never a name."""

    pupil: str
    year_group: str
    sen_status: str
    area_of_need: str
    stated_total: Decimal | None
    direct: Decimal
    resources: Decimal
    general: Decimal
    total: Decimal
    above_element_2: Decimal
    increment: str
    to_next: Decimal | None
    stated_band: str
    not_counted: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One file: what it is, what was found, and what could not be done, with the reason."""

    file: str
    status: Status
    reason: str = ""
    school: str = ""
    form: str = ""
    policy: str = ""
    on: date | None = None
    provisions: int = 0
    rows_left_out: int = 0
    total: Decimal | None = None
    stated_total: Decimal | None = None
    pupils: tuple[PupilRow, ...] = ()
    findings: tuple[Finding, ...] = ()
    not_run: tuple[tuple[str, str], ...] = ()  # rule, reason
    crashed: bool = False  # a rule failed to run
    notes: tuple[str, ...] = ()  # superseded policy values, the school's own values

    def count(self, severity: Severity) -> int:
        """Count the findings of one severity."""
        return sum(f.severity is severity for f in self.findings)
