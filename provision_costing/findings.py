"""What is wrong with a map, said so that a school can put it right."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Severity(StrEnum):
    """The pair that data managers know from the school census."""

    ERROR = "error"  # the cost is wrong, or the map will come back
    QUERY = "query"  # may be right, but a panel will ask


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that a rule or a reader saw, in one cell.

    `effect` is in pounds a year: what the pupil's or the school's total would change by if this were put right
    (negative: the total is too high today), or None where there is no sum to state.
    `pupil` is a reference, never a name.
    """

    code: str
    severity: Severity
    file: str
    sheet: str
    cell: str
    message: str
    fix: str
    pupil: str = ""
    effect: Decimal | None = None

    @property
    def where(self) -> str:
        """Say the place as a spreadsheet does: Provision!F12."""
        return f"{self.sheet}!{self.cell}" if self.sheet and self.cell else self.sheet or self.file
