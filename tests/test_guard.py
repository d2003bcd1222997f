"""The gate: everything that is no workbook has a name, and nothing that aborts a reader reaches one."""

import random
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provision_costing.workbook.guard import check, inspect
from provision_costing.workbook.package import Limits
from provision_costing.workbook.read import read_map
from provision_costing.workbook.refusals import REFUSALS, RefusedError
from tests.makers import (
    edited,
    guide_map,
    ole,
    ours,
    parts_of,
    protected_by_password,
    rezipped,
    sheets,
    with_cell,
    with_parts,
)

SHEET, STRINGS, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
GUIDE = guide_map()


def code_of(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(RefusedError) as refused:
        inspect(data, "return.xlsx", limits)
    return refused.value.code


def outcome(data: bytes) -> str:
    try:
        read_map(data, "return.xlsx")
    except RefusedError as refused:
        return refused.code
    return "read"


def zipped(*entries: tuple[str, bytes], method: int = ZIP_DEFLATED) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", method) as archive:
        for name, body in entries:
            archive.writestr(name, body)
    return target.getvalue()


def sub(part: str, old: bytes, new: bytes, data: bytes = GUIDE) -> bytes:
    def change(body: bytes) -> bytes:
        assert old in body
        return body.replace(old, new, 1)

    return edited(data, part, change)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "FIL01"),
        (protected_by_password(), "FIL03"),
        (ole("Workbook"), "FIL04"),
        (zipped(("[Content_Types].xml", b"<a/>"), ("word/document.xml", b"<a/>")), "FIL05"),
        (ole("WordDocument"), "FIL06"),
        (zipped(("mimetype", b"x"), ("content.xml", b"<a/>"), ("META-INF/manifest.xml", b"<a/>")), "FIL07"),
        (zipped(("[Content_Types].xml", b"<a/>"), ("xl/workbook.bin", b"x")), "FIL08"),
        (b"%PDF-1.7 ...", "FIL09"),
        (b"\n<!DOCTYPE html><html><body><table>", "FIL10"),
        ("Intervention,Staff,£".encode(), "FIL11"),
        (b"\x89PNG\r\n\x1a\n\0\0", "FIL12"),
        (zipped(("map.xlsx", b"x")), "FIL13"),
        (b"\x7fELF\x02\x01\x01\x00", "FIL14"),
        (GUIDE[: len(GUIDE) // 2], "FIL15"),
        (GUIDE[:3], "FIL15"),
    ],
)
def test_what_is_no_workbook_is_called_by_its_name(data: bytes, code: str) -> None:
    assert code_of(data) == code


def test_a_damaged_part_fails_its_checksum() -> None:
    at = GUIDE.index(b"xl/worksheets/sheet1.xml") + 60
    assert code_of(GUIDE[:at] + bytes([GUIDE[at] ^ 0xFF]) + GUIDE[at + 1 :]) == "FIL16"


def test_xml_that_is_not_well_formed() -> None:
    assert code_of(sub(SHEET, b"</sheetData>", b"</sheetdata>")) == "FIL16"


def test_a_zip_bomb_is_stopped_while_it_unpacks() -> None:
    assert code_of(with_parts(GUIDE, xl__media__image1_dot_xml=bytes(101 * 1024 * 1024))) == "FIL18"
    noise = random.Random(1).randbytes(60_000) * 40
    assert code_of(with_parts(GUIDE, xl__a_dot_bin=noise), replace(Limits(), unpacked_bytes=2_000_000)) == "FIL17"


def test_a_bomb_that_lies_about_its_size_is_stopped() -> None:
    bomb = with_parts(GUIDE, xl__a_dot_bin=bytes(8 * 1024 * 1024))
    honest = struct.pack("<I", 8 * 1024 * 1024)
    assert bomb.count(honest) == 2  # in the local header and in the directory
    lying = bomb.replace(honest, struct.pack("<I", 100))
    assert code_of(lying) == "FIL18"
    assert code_of(lying, replace(Limits(), ratio=10**6)) == "FIL16"


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(file_bytes=1000), "FIL02"),
        (Limits(entries=3), "FIL19"),
        (Limits(depth=2), "FIL25"),
        (Limits(sheets=0), "FIL26"),
        (Limits(cells=20), "FIL27"),
        (Limits(used_range=20), "FIL28"),
        (Limits(text_characters=100), "FIL30"),
    ],
)
def test_limits(limits: Limits, code: str) -> None:
    assert code_of(GUIDE, limits) == code


def test_one_long_text_used_often_counts_each_time() -> None:
    data = sheets(A=[["x" * 30_000] * 50])
    assert len(parts_of(data)[STRINGS]) < 40_000
    assert code_of(data, replace(Limits(), text_characters=1_000_000)) == "FIL30"


def test_merges() -> None:
    merge = b'<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="C1:D1"/></mergeCells>'
    data = sub(SHEET, b"</sheetData>", b"</sheetData>" + merge)
    check(data, "return.xlsx")
    assert code_of(data, Limits(merges=1)) == "FIL29"


def twice(name: str) -> bytes:
    parts = [(n, b) for n, b in parts_of(GUIDE).items()]
    return zipped(*parts, (name, b"<a/>"))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (twice("XL/Workbook.xml"), "FIL20"),
        (twice("xl\\workbook.xml"), "FIL20"),
        (zipped(*parts_of(GUIDE).items(), method=ZIP_LZMA), "FIL21"),
        (rezipped({n: b for n, b in parts_of(GUIDE).items() if n != SHEET}), "FIL22"),
        (rezipped({n: b for n, b in parts_of(GUIDE).items() if n != BOOK}), "FIL22"),
        (sub(SHEET, b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet'), "FIL23"),
        (sub(BOOK, b"<workbook", b"<!DOCTYPE workbook><workbook"), "FIL23"),
        (edited(GUIDE, SHEET, lambda b: b.decode().encode("utf-16")), "FIL24"),
        (sub(SHEET, b'encoding="UTF-8"', b'encoding="iso-8859-1"'), "FIL24"),
        (with_cell(GUIDE, '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "FIL28"),
        (sub(STRINGS, b"uniqueCount=", b'uniqueCount="4000000000" x='), "FIL31"),
        (sub(STRINGS, b" count=", b' count="-1" x='), "FIL31"),
        (sub(STRINGS, b" count=", b' count="3000000" x='), "FIL31"),
        (with_cell(GUIDE, '<row r="99"><c r="A99" t="s"><v>99999</v></c></row>'), "FIL31"),
        (with_cell(GUIDE, '<row r="99"><c r="ZZZZ99999999"><v>1</v></c></row>'), "FIL32"),
        (with_cell(GUIDE, '<row r="99"><c r="XFE99"><v>1</v></c></row>'), "FIL32"),
        (with_cell(GUIDE, '<row r="1048577"/>'), "FIL32"),
        (with_cell(GUIDE, '<row r="1048576"/><row/>'), "FIL32"),
        (sub(SHEET, b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:A1048577"/></mergeCells>'), "FIL32"),
        (with_cell(GUIDE, '<row r="1"><c r="A1"><v>1</v></c></row>'), "FIL33"),
        (with_cell(GUIDE, '<row r="99"><c r="A98"><v>1</v></c></row>'), "FIL33"),
        (sub(BOOK, b"</sheets>", b'<sheet name="PUPIL SUPPORT MAP" sheetId="2" r:id="rId1"/></sheets>'), "FIL34"),
    ],
)
def test_structure_that_two_programs_would_read_differently(data: bytes, code: str) -> None:
    assert code_of(data) == code


def test_overlapping_entries() -> None:
    data = bytearray(zipped(*parts_of(GUIDE).items(), ("xl/a.bin", b"x"), ("xl/b.bin", b"x")))
    last = data.rindex(b"PK\x01\x02")
    before = data.rindex(b"PK\x01\x02", 0, last)
    data[last + 42 : last + 46] = data[before + 42 : before + 46]  # both names now stand for the same bytes
    assert code_of(bytes(data)) == "FIL21"


def test_password_on_the_zip_itself() -> None:
    data = bytearray(GUIDE)
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1
    assert code_of(bytes(data)) == "FIL03"


def test_empty_formatted_cells_far_away_do_no_harm() -> None:
    check(with_cell(GUIDE, '<row r="1048576"><c r="XFD1048576" s="0"/></row>'), "return.xlsx")
    provision_map, _ = read_map(with_cell(GUIDE, '<row r="1048576"><c r="XFD1048576" s="0"/></row>'), "return.xlsx")
    assert len(provision_map.provisions) == 6


@pytest.mark.parametrize("make", [guide_map, ours])
def test_sound_workbooks_pass(make: Callable[[], bytes]) -> None:
    assert inspect(make(), "return.xlsx").sheets


def test_the_list_of_reasons_is_closed_and_says_what_to_do() -> None:
    assert list(REFUSALS) == [f"FIL{n:02d}" for n in range(1, len(REFUSALS) + 1)]
    assert len(REFUSALS) <= 40
    assert all(reason.endswith(".") and fix.endswith(".") for reason, fix in REFUSALS.values())


def test_a_refusal_says_file_reason_and_remedy() -> None:
    words = str(RefusedError("FIL05", "a.docx"))
    assert words.startswith("a.docx: This is a Word document; this version reads .xlsx.")
    assert words.endswith("(FIL05)")


@given(st.randoms(use_true_random=False))
def test_changed_bytes_are_refused_by_name_or_read(random: random.Random) -> None:
    """Whatever a few changed bytes do inside the parts, the answer is a map or a named refusal."""
    parts = parts_of(GUIDE)
    name = random.choice([SHEET, STRINGS, BOOK, "xl/_rels/workbook.xml.rels", "xl/styles.xml"])
    body = bytearray(parts[name])
    for _ in range(random.randint(1, 4)):
        start = random.randrange(len(body))
        body[start : start + random.randint(0, 8)] = random.choice([b"", b"<", b"9" * 12, b'"', b"A1", b"\xff", b"-"])
    assert outcome(rezipped(parts | {name: bytes(body)})) in {"read", *REFUSALS}


def test_a_truncated_file_is_refused_wherever_it_ends() -> None:
    for length in range(0, len(GUIDE) - 1, 97):
        assert code_of(GUIDE[:length]) in {"FIL01", "FIL14", "FIL15", "FIL16"}, length


def test_crc_is_checked_in_parts_that_nobody_reads() -> None:
    body = b"unused" * 100
    data = with_parts(GUIDE, docProps__x_dot_bin=body)
    checksum = struct.pack("<I", zlib.crc32(body))
    assert code_of(data.replace(checksum, b"\0\0\0\0")) == "FIL16"
