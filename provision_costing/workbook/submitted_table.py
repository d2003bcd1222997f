"""Finding a school's own table on a sheet: its row of headings, its columns, its rows, its total."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from provision_costing.workbook.cell_values import folded
from provision_costing.workbook.cells import Grid
from provision_costing.workbook.parts_xml import Place

_ROWS_SEARCHED = 30
_LEAST_HEADINGS = 3

# field → the headings that schools give it, in small letters, without punctuation and brackets.
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "outcome": ("outcome", "outcomes", "expected outcome", "expected outcomes", "desired outcome", "desired outcomes",
                "target", "targets", "objective", "objectives", "intended outcome", "intended outcomes"),
    "intervention": ("intervention", "interventions", "provision", "support", "activity", "strategy", "programme",
                     "intervention provision", "provision intervention", "intervention strategy", "what",
                     "type of intervention", "type of provision", "additional provision", "name of intervention"),
    "ratio": ("staff pupil ratio", "staff to pupil ratio", "pupil staff ratio", "pupil to staff ratio", "ratio",
              "adult pupil ratio", "adult to pupil ratio", "adult child ratio", "pupil adult ratio", "staffing ratio",
              "group size", "size of group", "pupils in group", "number in group", "staff child ratio"),
    "staff": ("staff", "staffing", "staff member", "member of staff", "adult", "role", "who", "by whom",
              "delivered by", "staff role", "staff involved", "led by", "who will deliver"),
    "duration": ("weekly duration", "duration", "time", "weekly time", "frequency", "how often", "time per week",
                 "duration per week", "hours per week", "minutes per week", "frequency and duration",
                 "duration and frequency", "how often and how long", "frequency duration", "weekly hours",
                 "weekly minutes", "when", "length and frequency"),
    "weeks": ("weeks", "number of weeks", "no of weeks", "weeks per year", "weeks a year", "weeks per annum"),
    "weekly_cost": ("weekly cost", "cost per week", "weekly cost per pupil", "cost per pupil per week", "cost a week",
                    "cost per week per pupil", "weekly costs", "weekly"),
    "annual_cost": ("annual cost", "yearly cost", "cost per year", "annual cost per pupil", "cost per annum",
                    "total annual cost", "cost a year", "annual costs", "cost per pupil per year", "annual", "cost pa",
                    "yearly cost per pupil", "cost per year per pupil", "total cost"),
}  # fmt: skip
_BRACKETS = re.compile(r"[(\[].*?[)\]]")
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_TOTAL = re.compile(
    r"(?:grand |overall |annual |yearly )?(?:sub ?)?totals?(?: annual| yearly| weekly)?(?: costs?)?\b.*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmittedTable:
    """A table in a school's own hand. Rows and columns count from 0."""

    grid: Grid
    header: int
    columns: Mapping[str, int]

    def heading(self, key: str) -> str:
        """Give a field's heading as written, in small letters."""
        return folded(self.grid.text(self.header, self.columns[key])) if key in self.columns else ""

    def text(self, row: int, key: str) -> str:
        """Give a field's text; a cell merged over several rows speaks for each of them, not for the next column."""
        place = self.place(row, key)
        return self.grid.text(*place) if place else ""

    def place(self, row: int, key: str) -> Place | None:
        """Say where a field's value stands; None when the table has no such column, or a wider cell lies over it."""
        place = self.grid.covering(row, self.columns[key]) if key in self.columns else None
        return place if place and place[1] == self.columns[key] else None

    def is_heading(self, row: int) -> bool:
        """Say whether a row repeats the headings, as tables that run over several pages do."""
        return all(self.grid.text(row, c) == self.grid.text(self.header, c) for c in self.columns.values())

    def is_total(self, row: int) -> bool:
        """Say whether a row is the table's total: it says so and names neither time nor ratio."""
        says_so = any(_TOTAL.fullmatch(plain_heading(text)) for _, text in self.grid.row_texts(row))
        return says_so and not any(self.text(row, key) for key in ("duration", "ratio", "staff"))


def plain_heading(text: str) -> str:
    """Write a heading for comparing: small letters and digits, without what stands in brackets."""
    return _NOT_A_WORD.sub(" ", _BRACKETS.sub(" ", text.casefold())).strip()


def find_submitted_table(grid: Grid) -> SubmittedTable | None:
    """Find the row that reads most like the headings of a map; None when no row does."""
    best: dict[str, int] = {}
    header = 0
    for row in range(min(_ROWS_SEARCHED, len(grid.rows))):
        columns = _columns(grid, row)
        if len(columns) > len(best):
            best, header = columns, row
    if len(best) < _LEAST_HEADINGS or not _tells_a_cost(best):
        return None
    return SubmittedTable(grid=grid, header=header, columns=best)


def _tells_a_cost(columns: Mapping[str, int]) -> bool:
    return "intervention" in columns and bool({"duration", "weekly_cost", "annual_cost"} & columns.keys())


def _columns(grid: Grid, row: int) -> dict[str, int]:
    known = {heading: key for key, headings in _HEADINGS.items() for heading in headings}
    found: dict[str, int] = {}
    for column, text in grid.row_texts(row):
        key = known.get(plain_heading(text))
        if key:
            found.setdefault(key, column)
    return found
