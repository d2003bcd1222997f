"""Small workbooks for tests of the readers: ours, a school's own, and ones that no program should make."""

import re
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

from provision_costing.policy import Policy
from provision_costing.workbook import layout
from provision_costing.workbook.columns import Sheet

# domain.md §2: the guide's printed pupil support map, its cells as they are written there.
GUIDE_HEADINGS = (
    "Outcome", "Intervention", "Staff/pupil ratio", "Staff", "Weekly duration", "Weekly cost", "Annual cost",
)  # fmt: skip
GUIDE_ROWS = (
    ("level 2c literacy and numeracy", "in-class literacy and numeracy", "4:1", "HLTA", "2 hrs per day = 10 hrs",
     "£175 ÷ 4 £43.75", "£1662"),
    ("play with one other child, 10 min", "social skills group", "8:1", "Learning mentor",
     "5 x 30mins per week = 2.5 hrs", "£43.75 ÷8= £5.46", "£208"),
    ("contribute to small-group discussion", "language programme", "6:1", "Teaching Assistant",
     "2 x 30 mins per week = 1 hr", "£17.50 ÷ 6= £2.92", "£111"),
    ("mobility around the site", "physiotherapy programme", "1:1", "Teaching Assistant",
     "5 x 30 mins per week = 2.5 hrs", "£43.00", "£1660"),
    ("play with one other child, 10 min", "lunch-time social skills group", "1:3", "Teaching Assistant",
     "5 x 1 hr = 5 hrs ÷ 3", "£29.16", "£1108"),
    ("share feelings with a trusted adult", "daily session with a learning mentor", "1:1", "Learning Mentor",
     "5 x 30 mins = 2.5 hrs", "£58.30", "£2232"),
)  # fmt: skip
GUIDE_TOTAL = ("", "", "", "", "", "Total", "£6981")

Rows = Sequence[Sequence[Any]]


def sheets(**tables: Rows) -> bytes:
    """A workbook of sheets with these rows; a value that starts with = is a formula, (formula, value) has its value."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in tables.items():
        sheet = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                _write(sheet, (r, c), value, day)
    book.close()
    return target.getvalue()


def _write(sheet: Any, place: tuple[int, int], value: Any, day: Any) -> None:
    match value:
        case (formula, cached):
            sheet.write_formula(*place, formula, None, cached)
        case date():
            sheet.write_datetime(*place, value, day)
        case str() if value:
            sheet.write_string(*place, value)
        case bool():
            sheet.write_boolean(*place, value)
        case float() | int():
            sheet.write_number(*place, value)


def guide_map(*above: Sequence[Any], name: str = "Pupil support map", rows: Rows = GUIDE_ROWS) -> bytes:
    """The guide's individual map on a sheet, under any rows."""
    return sheets(**{name: [*above, GUIDE_HEADINGS, *rows, GUIDE_TOTAL]})


def table(sheet: Sheet, *records: Mapping[str, Any], columns: Sequence[str] | None = None) -> list[list[Any]]:
    """A table of ours: title, advice, two lines, headings, records; `columns` puts them in another order."""
    chosen = [sheet.column(key) for key in columns] if columns else sheet.columns
    above: list[list[Any]] = [[] for _ in range(sheet.header_row - 1)]
    above[0] = [sheet.name]
    return [*above, [c.heading for c in chosen], *([r.get(c.key, "") for c in chosen] for r in records)]


def school_sheet(own: Mapping[str, Any] | None = None, **given: Any) -> list[list[Any]]:
    """Our School sheet with these particulars and own policy values."""
    rows: list[list[Any]] = [[] for _ in range(layout.POLICY_HEADER_ROW + len(layout.POLICY_VALUES))]
    for cell in layout.SCHOOL_CELLS:
        rows[cell.row - 1] = ["", cell.label, given.get(cell.key, "")]
    labels = {f.name: f.metadata["label"] for f in fields(Policy) if "label" in f.metadata}
    for i, name in enumerate(layout.POLICY_VALUES):
        value, reason = (own or {}).get(name, ("", ""))
        rows[layout.POLICY_HEADER_ROW + i] = ["", labels[name], 38, value, reason]
    return rows


def ours(version: str = layout.VERSION, **replaced: Rows) -> bytes:
    """A small whole-school workbook of ours with one pupil in one provision, some sheets replaced."""
    usual: dict[str, Rows] = {
        "School": school_sheet(name="Whitethorn Primary"),
        "Staff": table(layout.STAFF, {"role": "Teaching Assistant", "hourly_cost": 17.5,
                                      "hourly_rate": ("=C6", 17.5)}),
        "Pupils": table(layout.PUPILS, {"reference": "AB1", "year_group": "3", "sen_status": "K"}),
        "Provision": table(layout.PROVISION, PROVISION),
        "Allocations": table(layout.ALLOCATIONS, {"pupil": "AB1", "code": "P001", "outcome": "Reads 40 words",
                                                  "annual_cost": ("=1", 110.83)}),
        "Resources": table(layout.RESOURCES),
        "General": table(layout.GENERAL),
        "Reviews": table(layout.REVIEWS),
        "Summary": table(layout.SUMMARY, {"reference": ("=Pupils!A6", "AB1"), "total": ("=1", 110.83),
                                          "increment": ("=1", "none")}),
        "Lists": [[layout.ABOUT[0], version]],
    }  # fmt: skip
    return sheets(**(usual | replaced))


PROVISION: dict[str, Any] = {
    "code": "P001", "intervention": "Language programme", "wave": "2", "staff": "Teaching Assistant", "group_size": 6,
    "minutes_per_session": 30, "sessions_per_week": 2, "session_cost": ("=1", 8.75),
    "weekly_cost": ("=1", 2.9166666666666665), "annual_cost": ("=1", 110.83),
}  # fmt: skip


def edited(data: bytes, part: str, edit: Callable[[bytes], bytes]) -> bytes:
    """The same workbook with one part changed."""
    return rezipped({name: edit(body) if name == part else body for name, body in parts_of(data).items()})


def with_parts(data: bytes, **more: bytes) -> bytes:
    """The same workbook with more parts; __ in a name stands for / and _dot_ for a full stop."""
    extra = {name.replace("__", "/").replace("_dot_", "."): body for name, body in more.items()}
    return rezipped(parts_of(data) | extra)


def parts_of(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rezipped(parts: Mapping[str, bytes]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return target.getvalue()


def with_cell(data: bytes, xml: str) -> bytes:
    """The same workbook with a row of raw XML at the end of its first sheet."""
    return edited(
        data, "xl/worksheets/sheet1.xml", lambda b: b.replace(b"</sheetData>", xml.encode() + b"</sheetData>")
    )


def without_values(data: bytes) -> bytes:
    """The same workbook as a program saves it that drops the values of formulas."""

    def drop(body: bytes) -> bytes:
        return re.sub(rb"(<f>[^<]*</f>)<v>[^<]*</v>", rb"\1<v></v>", re.sub(rb' t="(?:str|e)"(?=><f>)', b"", body))

    return rezipped({n: drop(b) if n.startswith("xl/worksheets/") else b for n, b in parts_of(data).items()})


def protected_by_password() -> bytes:
    """The beginning of an OLE file whose directory names an encrypted package, as Excel writes one."""
    return ole("EncryptionInfo", "EncryptedPackage")


def ole(*streams: str) -> bytes:
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHH", 0x3E, 3, 0xFFFE)
    entries = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *streams))
    return header.ljust(512, b"\0") + entries.ljust(1024, b"\0")
