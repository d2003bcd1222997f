"""What stands above a school's own table: whose map it is, the school, the day."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from provision_costing.model import School, Source
from provision_costing.workbook.cell_values import date_of, folded, quoted, year_group_of
from provision_costing.workbook.cells import Grid, Value, address, as_text
from provision_costing.workbook.parts_xml import Place
from provision_costing.workbook.reading_findings import Notes
from provision_costing.workbook.submitted_table import plain_heading

_Choice = TypeVar("_Choice")

_LABELS: Mapping[str, tuple[str, ...]] = {
    "reference": ("pupil reference", "pupil ref", "reference", "ref", "pupil id", "pupil code", "pupil reference no",
                  "reference number", "ref no", "id"),
    "name": ("name", "pupil", "pupil name", "pupil s name", "name of pupil", "child", "child s name", "child name",
             "name of child", "student", "student name", "student s name"),
    "year_group": ("year group", "year", "yr", "nc year", "nc year group", "national curriculum year"),
    "sen_status": ("sen status", "send status", "status", "sen stage", "stage", "code of practice stage"),
    "area_of_need": ("area of need", "main area of need", "primary need", "primary area of need", "need", "sen need"),
    "stated_band": ("band", "increment", "funding band", "current band", "increment now", "current increment"),
    "school": ("school", "school name", "name of school", "setting"),
    "date": ("date", "date of map", "date completed", "date of review", "academic year"),
}  # fmt: skip
_LABEL = {label: key for key, labels in _LABELS.items() for label in labels}
_ACADEMIC_YEAR = re.compile(r"20\d\d *[-/–] *(?:20)?\d\d", re.ASCII)
_TITLE_YEAR = re.compile(r".*\b(?:year|yr) (\d{1,2})\b.*", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What stands above a table, by field: the value and its cell."""

    grid: Grid
    values: Mapping[str, tuple[Value, Place]]

    def text(self, key: str) -> str:
        """Give a field as words; empty when it is not there."""
        return as_text(self.values[key][0]) if key in self.values else ""

    def where(self, key: str) -> tuple[str, str]:
        """Say the sheet and the cell of a field that is there."""
        return self.grid.name, address(*self.values[key][1])

    def cells(self) -> dict[str, str]:
        """Map each field to its cell."""
        return {key: address(*place) for key, (_, place) in self.values.items()}


def read_header(grid: Grid, rows: int) -> Header:
    """Find labelled values in the rows above a table: a label with its value to the right, or "Label: value"."""
    found: dict[str, tuple[Value, Place]] = {}
    for row in range(rows):
        filled = grid.row_texts(row)
        for i, (column, text) in enumerate(filled):
            label, colon, inline = text.partition(":")
            key = _LABEL.get(plain_heading(label))
            if key and inline.strip():
                found.setdefault(key, (inline.strip(), (row, column)))
            elif key and i + 1 < len(filled) and not _is_label(filled[i + 1][1]):
                place = (row, filled[i + 1][0])
                found.setdefault(key, (grid.value(*place), place))
            elif not colon and (match := _TITLE_YEAR.fullmatch(text)):
                found.setdefault("year_group", (match[1], (row, column)))
    return Header(grid=grid, values=found)


def _is_label(text: str) -> bool:
    return plain_heading(text.partition(":")[0]) in _LABEL


def school_of(header: Header, file: str) -> School:
    """Read the school's name, and the year or the day that the map is for."""
    written = header.text("date")
    is_year = bool(_ACADEMIC_YEAR.fullmatch(written))
    return School(
        name=header.text("school"),
        year=written if is_year else "",
        policy_date=date_of(header.values["date"][0]) if written and not is_year else None,
        source=Source(file=file, sheet=header.grid.name, columns=header.cells()),
    )


def year_group(header: Header, notes: Notes) -> str:
    """Read the year group, with a query for words that name none."""
    written = header.text("year_group")
    found = year_group_of(written)
    if written and found is None and not _ACADEMIC_YEAR.fullmatch(written):
        notes.add("READ22", header.where("year_group"), f"{quoted(written)} is not a year group: N, R, or 1 to 14.")
    return found or ""


def choice(header: Header, key: str, known: Mapping[str, _Choice], notes: Notes) -> _Choice | None:
    """Read the SEN status or the area of need, with a query for words that name none."""
    written = header.text(key)
    if written and folded(written) not in known:
        listed = ", ".join(dict.fromkeys(str(value) for value in known.values()))
        notes.add("READ22", header.where(key), f"{quoted(written)} is not one of: {listed}.")
    return known.get(folded(written))
