"""The zip file that a workbook is: its parts, unpacked piece by piece and never beyond the limits."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from provision_costing.workbook.identify import refuse_other_packages, refuse_unless_zip
from provision_costing.workbook.refusals import RefusedError

MIB = 1024 * 1024
_PIECE = 64 * 1024
_LOCAL_HEADER = 30  # bytes before the name in a zip entry
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a school's return may be; a map of 2,000 pupils stays far below."""

    file_bytes: int = 10 * MIB
    unpacked_bytes: int = 100 * MIB
    ratio: int = 250  # unpacked to packed …
    ratio_from_bytes: int = 4 * MIB  # … once past this size
    entries: int = 2000
    sheets: int = 256
    cells: int = 500_000  # of all sheets, filled or formatted
    used_range: int = 5_000_000  # rows × columns up to the last filled cell, of all sheets
    merges: int = 20_000
    depth: int = 64
    text_characters: int = 64 * MIB  # each text counted as often as a cell shows it
    strings_missing: int = 1000  # by which the list of texts may be shorter than it says


@dataclass(slots=True)
class Package:
    """An opened workbook file. `parts` maps a part's name in small letters to its entry."""

    data: bytes
    file: str
    limits: Limits
    parts: dict[str, ZipInfo]
    unpacked: int = field(default=0)

    def pieces(self, name: str) -> Iterator[bytes]:
        """Unpack a part piece by piece; RefusedError when it is damaged or grows beyond the limits."""
        info = self.parts[name]
        crc, size = 0, 0
        try:
            for piece in self._inflate(info):
                crc = zlib.crc32(piece, crc)
                size += len(piece)
                self._count(info, len(piece), size)
                yield piece
        except zlib.error:
            raise RefusedError("FIL16", self.file, name) from None
        if crc != info.CRC or size != info.file_size:
            raise RefusedError("FIL16", self.file, name)

    def _inflate(self, info: ZipInfo) -> Iterator[bytes]:
        packed = self._packed(info)
        if info.compress_type == ZIP_STORED:
            yield from (packed[i : i + _PIECE] for i in range(0, len(packed), _PIECE))
            return
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        for start in range(0, len(packed), _PIECE):
            waiting = packed[start : start + _PIECE]
            while waiting and not inflater.eof:
                yield inflater.decompress(waiting, _PIECE)
                waiting = inflater.unconsumed_tail
        yield inflater.flush()

    def _packed(self, info: ZipInfo) -> bytes:
        start = info.header_offset
        header = self.data[start : start + _LOCAL_HEADER]
        if len(header) < _LOCAL_HEADER or not header.startswith(b"PK\x03\x04"):
            raise RefusedError("FIL16", self.file)
        name_length, extra_length = struct.unpack("<HH", header[26:30])
        start += _LOCAL_HEADER + name_length + extra_length
        return self.data[start : start + info.compress_size]

    def _count(self, info: ZipInfo, more: int, size: int) -> None:
        self.unpacked += more
        if self.unpacked > self.limits.unpacked_bytes:
            raise RefusedError("FIL17", self.file)
        if size > self.limits.ratio_from_bytes and size > self.limits.ratio * max(info.compress_size, 1):
            raise RefusedError("FIL18", self.file)


def open_package(data: bytes, file: str, limits: Limits) -> Package:
    """Open a workbook's zip file and check its directory; RefusedError when it is another kind of file or not sound."""
    refuse_unless_zip(data[: limits.file_bytes], file)
    if len(data) > limits.file_bytes:
        raise RefusedError("FIL02", file)
    entries = _directory(data, file)
    if len(entries) > limits.entries:
        raise RefusedError("FIL19", file)
    parts = {_plain(info.filename): info for info in entries}
    refuse_other_packages(set(parts), file)
    if len(parts) != len(entries):
        raise RefusedError("FIL20", file)
    _refuse_strange_packing(entries, file)
    return Package(data, file, limits, parts)


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _directory(data: bytes, file: str) -> list[ZipInfo]:
    try:
        with ZipFile(BytesIO(data)) as archive:
            return archive.infolist()
    except (BadZipFile, NotImplementedError, ValueError, OverflowError, struct.error):
        has_end = b"PK\x05\x06" in data
        raise RefusedError("FIL16" if has_end else "FIL15", file) from None


def _refuse_strange_packing(entries: list[ZipInfo], file: str) -> None:
    """Entries must be packed as Excel packs them, and no two may share bytes."""
    end = 0
    for info in sorted(entries, key=lambda entry: entry.header_offset):
        if info.flag_bits & _ENCRYPTED:
            raise RefusedError("FIL03", file)
        if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED} or info.header_offset < end:
            raise RefusedError("FIL21", file)
        end = info.header_offset + _LOCAL_HEADER + info.compress_size
