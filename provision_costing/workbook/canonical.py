"""Our own whole-school workbook, read back into a map.

Columns are found by their headings, so that a school may move rows and columns and add its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from provision_costing.model import (
    Allocation,
    Form,
    FundingSource,
    GeneralProvision,
    Pension,
    Provision,
    ProvisionMap,
    Pupil,
    Resource,
    Review,
    SalaryBasis,
    School,
    Source,
    StaffRate,
    Stated,
)
from provision_costing.money import plain
from provision_costing.workbook import layout
from provision_costing.workbook.canonical_provision import read_provision
from provision_costing.workbook.canonical_rows import Row, find_table
from provision_costing.workbook.canonical_school import read_school
from provision_costing.workbook.canonical_tables import Tables, tables_of
from provision_costing.workbook.canonical_year import read_age_group, read_closure, read_term, report_terms
from provision_costing.workbook.cell_values import AREAS, SEN_STATUSES, choices, folded, quoted, year_group_of
from provision_costing.workbook.cells import Book, Grid
from provision_costing.workbook.reading_findings import Notes

_Record = TypeVar("_Record")

_SUMMARY_FIGURES = ("direct", "resources", "general", "total", "above_element_2", "increment")
_FUNDS = choices(FundingSource)
_BASES = choices(SalaryBasis)
_PENSIONS = choices(Pension)


def is_ours(book: Book) -> bool:
    """Say whether a workbook is one of ours, also when its hidden Lists sheet is gone."""
    if _version(book):
        return True
    scratch = Notes(book.file)
    return all(
        (grid := book.grid(sheet.name)) is not None and find_table(grid, sheet, scratch) is not None
        for sheet in (layout.PROVISION, layout.ALLOCATIONS)
    )


def read_canonical(book: Book, notes: Notes) -> ProvisionMap:
    """Read our workbook; what cannot be read is in the notes, and the map says how many rows it lacks."""
    _check_version(book, notes)
    tables = tables_of(book, notes)
    school = _with_year(read_school(book, notes, tables.cells_not_missed), tables)
    staff = tables.records(layout.STAFF, _staff)
    pupils = _unique(tables.records(layout.PUPILS, _pupil), lambda p: p.reference, notes)
    items: list[Provision | Resource] = [*tables.records(layout.PROVISION, read_provision)]
    items += tables.records(layout.RESOURCES, _resource)
    items = _unique(items, lambda item: item.code, notes)
    known = _Known(
        pupils={folded(p.reference): p.reference for p in pupils},
        codes={folded(item.code): item.code for item in items},
    )
    return ProvisionMap(
        file=book.file,
        form=Form.WHOLE_SCHOOL,
        school=school,
        staff=tuple(staff),
        pupils=_with_summary(book, pupils),
        provisions=tuple(item for item in items if isinstance(item, Provision)),
        resources=tuple(item for item in items if isinstance(item, Resource)),
        allocations=tuple(tables.records(layout.ALLOCATIONS, known.allocation)),
        general=tuple(tables.records(layout.GENERAL, _general)),
        reviews=tuple(tables.records(layout.REVIEWS, known.review)),
        rows_left_out=notes.rows_left_out,
        source=Source(file=book.file),
    )


def _version(book: Book) -> str:
    lists = book.grid("Lists")
    return lists.text(0, 1) if lists and folded(lists.text(0, 0)) == layout.ABOUT[0] else ""


def _check_version(book: Book, notes: Notes) -> None:
    version = _version(book)
    if version == layout.VERSION:
        return
    seen = f"is {version}" if version else "is not in the workbook, since its Lists sheet is missing"
    place = ("Lists", layout.VERSION_CELL) if version else ("", "")
    notes.add("READ01", place, f"The layout's version {seen}; this program writes version {layout.VERSION}.")


def _with_year(school: School, tables: Tables) -> School:
    """Add the school's terms, closures and age groups, from sheets of their own."""
    terms = tables.records(layout.TERMS, read_term)
    report_terms(terms, school, tables.notes)
    return replace(
        school,
        terms=tuple(terms),
        closures=tuple(tables.records(layout.CLOSURES, read_closure)),
        age_groups=tuple(tables.records(layout.ELEMENT_1, read_age_group)),
    )


def _unique(records: list[_Record], key: Callable[[_Record], str], notes: Notes) -> list[_Record]:
    """Keep the first record of each code; formulas look codes up without regard to capitals, and so does this."""
    kept: dict[str, _Record] = {}
    for record in records:
        name = key(record)
        if folded(name) not in kept:
            kept[folded(name)] = record
            continue
        source: Source = record.source  # type: ignore[attr-defined]
        cell = source.address("reference") or source.address("code")
        notes.left_out("READ13", (source.sheet, cell), f"{quoted(name)} stands in an earlier row too.")
    return list(kept.values())


def _staff(row: Row) -> StaffRate | None:
    if not (role := row.needed("role")):
        return None
    return StaffRate(
        role=role,
        salary=row.number("salary"),
        hourly_cost=row.number("hourly_cost"),
        salary_basis=row.choice("salary_basis", _BASES),
        with_on_costs=row.yes_no("with_on_costs"),
        pay_point=row.text("pay_point"),
        contracted_hours=row.number("contracted_hours"),
        weeks_paid=row.number("weeks_paid"),
        pension=row.choice("pension", _PENSIONS),
        pension_rate=_pension_rate(row),
        scale_minimum=row.number("scale_minimum"),
        scale_maximum=row.number("scale_maximum"),
        stated=row.stated(("hourly_rate",)),
        source=row.source(),
    )


def _pension_rate(row: Row) -> Decimal | None:
    """Read a percentage; one that was typed with its % sign stands in the cell as a fraction, which is told."""
    rate = row.number("pension_rate")
    if rate is not None and 0 < rate < 1:
        meant = f"write {plain(rate * 100)} for {plain(rate * 100)}%"
        row.add("READ18", "pension_rate", f"The cell holds {rate}, read as {rate} per cent; {meant}.")
    return rate


def _pupil(row: Row) -> Pupil | None:
    row.pupil = row.text("reference")
    if not (reference := row.needed("reference")):
        return None
    return Pupil(
        reference=reference,
        name=row.text("name"),
        year_group=_year_group(row),
        sen_status=row.choice("sen_status", SEN_STATUSES),
        area_of_need=row.choice("area_of_need", AREAS),
        stated_band=row.text("stated_band"),
        source=row.source(),
    )


def _year_group(row: Row) -> str:
    written = row.text("year_group")
    year_group = year_group_of(written)
    if written and year_group is None:
        row.add("READ09", "year_group", f"{quoted(written)} is not a year group: N, R, or 1 to 14.")
    return year_group or ""


def _resource(row: Row) -> Resource | None:
    if not (code := row.needed("code")):
        return None
    shared_by = row.whole("shared_by")
    return Resource(
        code=code,
        description=row.text("description"),
        annual_cost=row.number("annual_cost"),
        # what was written and could not be read is not the same as nothing written
        shared_by=shared_by if shared_by is not None or row.text("shared_by") else 1,
        units=row.quantity("units"),
        years=row.whole("years"),
        kind=row.text("kind"),
        provider=row.text("provider"),
        funding_source=row.choice("funding_source", _FUNDS),
        stated=row.stated(("cost_per_pupil",)),
        source=row.source(),
    )


def _general(row: Row) -> GeneralProvision:
    return GeneralProvision(
        description=row.text("description"),
        annual_cost=row.number("annual_cost"),
        kind=row.text("kind"),
        funding_source=row.choice("funding_source", _FUNDS),
        source=row.source(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """The pupils and codes of the map, by their names in small letters, which other rows refer to."""

    pupils: Mapping[str, str]
    codes: Mapping[str, str]

    def allocation(self, row: Row) -> Allocation | None:
        pupil = self._find(row, "pupil", self.pupils)
        code = self._find(row, "code", self.codes) if pupil else ""
        if not code:
            return None
        return Allocation(
            pupil=pupil,
            code=code,
            outcome=row.text("outcome"),
            starts=row.day("starts"),
            ends=row.day("ends"),
            weeks=row.quantity("weeks"),
            whole_cost_reason=row.text("whole_cost_reason"),
            unread=row.unread(("weeks",)),
            stated=row.stated(("weekly_cost", "annual_cost")),
            source=row.source(),
        )

    def review(self, row: Row) -> Review | None:
        if not (pupil := self._find(row, "pupil", self.pupils)):
            return None
        return Review(
            pupil=pupil,
            number=row.whole("number"),
            planned=row.day("planned"),
            held=row.day("held"),
            progress=row.choice("progress", {str(n): n for n in range(1, 6)}),
            working=row.text("working"),
            not_working=row.text("not_working"),
            next_step=row.text("next_step"),
            source=row.source(),
        )

    @staticmethod
    def _find(row: Row, key: str, known: Mapping[str, str]) -> str:
        """Read a reference to another sheet in that sheet's own spelling; empty, with the row left out, if unknown."""
        text = row.needed(key)
        found = known.get(folded(text), "")
        if found and key == "pupil":
            row.pupil = found
        if text and not found:
            row.leave_out("READ14", key, f"{quoted(text)} is not on the map.")
        return found


def _with_summary(book: Book, pupils: list[Pupil]) -> tuple[Pupil, ...]:
    """Add to each pupil the figures that the Summary sheet prints."""
    grid = book.grid(layout.SUMMARY.name)
    printed = _summary(grid, book) if grid else {}
    return tuple(replace(p, stated=printed.get(folded(p.reference), {})) for p in pupils)


def _summary(grid: Grid, book: Book) -> dict[str, dict[str, Stated]]:
    scratch = Notes(book.file)  # every cell of this sheet is worked out, so nothing here is the school's writing
    table = find_table(grid, layout.SUMMARY, scratch)
    if table is None:
        return {}
    rows = (Row(table=table, index=i, notes=scratch) for i in range(table.header + 1, len(grid.rows)))
    return {folded(r.text("reference")): r.stated(_SUMMARY_FIGURES, elsewhere=True) for r in rows}
