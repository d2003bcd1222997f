"""The School sheet of our workbook: labelled cells, and the policy values that a school may set itself."""

from collections.abc import Collection, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal

from provision_costing.model import Override, School, SchoolKind, Source
from provision_costing.policy import Policy
from provision_costing.workbook import layout
from provision_costing.workbook.cell_values import YES_NO, choices, date_of, folded, number_of, quoted
from provision_costing.workbook.cells import Book, Grid, Value, address, as_text
from provision_costing.workbook.columns import Cell, Holds, letters
from provision_costing.workbook.parts_xml import Place
from provision_costing.workbook.reading_findings import Notes

_OWN, _REASON = 2, 3  # columns right of a policy value's label
_KINDS = choices(SchoolKind)
_EMPTY: Mapping[Holds, str | bool] = {Holds.TEXT: "", Holds.YES_NO: False}  # of an empty cell; None of any other

_Particular = str | bool | date | Decimal | SchoolKind | None


def read_school(book: Book, notes: Notes, not_missed: Collection[str] = ()) -> School:
    """Read the school's particulars and its own policy values; a missing sheet gives an empty school and a finding.

    The cells of `not_missed` may be absent without a finding.
    """
    grid = book.grid("School")
    if grid is None:
        notes.left_out("READ06", ("School", ""), "The sheet School is missing.")
        return School(source=Source(file=book.file))
    places = _labels(grid)
    cells = {c.key: c for c in layout.SCHOOL_CELLS if c.key not in not_missed or folded(c.label) in places}
    given = {key: _field(grid, cell, places, notes) for key, cell in cells.items()}
    columns = {
        key: address(*_right_of(places[folded(cell.label)]))
        for key, cell in cells.items()
        if folded(cell.label) in places
    }
    return School(
        **given,  # type: ignore[arg-type]
        overrides=_overrides(grid, places, notes),
        source=Source(file=book.file, sheet=grid.name, columns=columns),
    )


def _labels(grid: Grid) -> dict[str, Place]:
    """Find the text cells of the sheet; of the same words twice, the first counts."""
    found: dict[str, Place] = {}
    for row in range(len(grid.rows)):
        for column, text in grid.row_texts(row):
            found.setdefault(folded(text), (row, column))
    return found


def _right_of(place: Place) -> Place:
    return place[0], place[1] + 1


def _field(grid: Grid, cell: Cell, places: dict[str, Place], notes: Notes) -> _Particular:
    if folded(cell.label) not in places:
        notes.add("READ05", (grid.name, cell.address), f'No cell is labelled "{cell.label}".')
        return _EMPTY.get(cell.holds)
    row, column = _right_of(places[folded(cell.label)])
    if cell.holds is Holds.TEXT:
        return grid.text(row, column)
    value = grid.value(row, column)
    return _EMPTY.get(cell.holds) if value == "" else _read(cell, value, (grid.name, address(row, column)), notes)


def _read(cell: Cell, value: Value, where: tuple[str, str], notes: Notes) -> _Particular:
    if cell.holds is Holds.YES_NO:
        text = as_text(value)
        if folded(text) not in YES_NO:
            notes.add("READ09", where, f"{quoted(text)} is neither Yes nor No.")
        return YES_NO.get(folded(text), False)
    if cell.holds is Holds.DATE:
        day = date_of(value)
        if day is None:
            notes.add("READ08", where, f"{quoted(value)} is not a date.")
        return day
    if cell.holds is Holds.CHOICE:
        kind = _KINDS.get(folded(str(value)))
        if kind is None:
            notes.add("READ09", where, f"{quoted(value)} is not one of: {', '.join(SchoolKind)}.")
        return kind
    return _number(value, where, notes)


def _number(value: Value, where: tuple[str, str], notes: Notes) -> Decimal | None:
    try:
        return number_of(value)
    except ValueError:
        notes.add("READ07", where, f"{quoted(value)} is not a number.")
        return None


def _overrides(grid: Grid, places: dict[str, Place], notes: Notes) -> tuple[Override, ...]:
    labels = {f.name: folded(f.metadata["label"]) for f in fields(Policy) if f.name in layout.POLICY_VALUES}
    found = []
    for name in layout.POLICY_VALUES:
        if labels[name] not in places:
            notes.add("READ05", (grid.name, f"B{layout.POLICY_HEADER_ROW}"), f'No row is labelled "{labels[name]}".')
        elif override := _override(grid, name, places[labels[name]], notes):
            found.append(override)
    return tuple(found)


def _override(grid: Grid, name: str, label: Place, notes: Notes) -> Override | None:
    """Read one own value, which must be more than nothing; an empty cell leaves the authority's in force."""
    row, column = label[0], label[1] + _OWN
    value = grid.value(row, column)
    if value == "":
        return None
    where = (grid.name, address(row, column))
    number = _number(value, where, notes)
    if number is None:
        return None
    if number <= 0:
        notes.add("READ10", where, f"The school's own value is {number}; it must be more than nothing.")
        return None
    return Override(
        name=name,
        value=number,
        reason=grid.text(row, label[1] + _REASON),
        source=Source(file=notes.file, sheet=grid.name, row=row + 1, columns={"value": letters(column)}),
    )
