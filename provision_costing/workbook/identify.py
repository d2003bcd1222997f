"""What kind of file some bytes are, by content; its name may say anything."""

import re

from provision_costing.workbook.refusals import RefusedError

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "FIL09"),
    (b"\x89PNG", "FIL12"),
    (b"\xff\xd8\xff", "FIL12"),
    (b"GIF8", "FIL12"),
    (b"BM", "FIL12"),
    (b"II*\x00", "FIL12"),
    (b"MM\x00*", "FIL12"),
    (b"\x09\x08", "FIL04"),  # a bare BIFF stream, as Excel 5 wrote it
    (b"\x09\x04", "FIL04"),
    (b"\x09\x02", "FIL04"),
    (b"{\\rtf", "FIL05"),
    (b"Rar!", "FIL13"),
    (b"7z\xbc\xaf", "FIL13"),
    (b"\x1f\x8b", "FIL13"),
)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta)\b", re.IGNORECASE)


def refuse_unless_zip(data: bytes, file: str) -> None:
    """Raise `RefusedError` with the right words for everything that is not a zip file."""
    if not data:
        raise RefusedError("FIL01", file)
    if data.startswith(b"PK\x03\x04"):
        return
    raise RefusedError(_kind(data), file)


def _kind(data: bytes) -> str:
    if data.startswith(_OLE):
        return _ole_kind(data)
    if _HTML.search(data[:4096]):
        return "FIL10"
    for beginning, code in _BEGINNINGS:
        if data.startswith(beginning):
            return code
    if data.startswith(b"PK"):
        return "FIL15"
    return "FIL11" if _is_text(data[:4096]) else "FIL14"


def _ole_kind(data: bytes) -> str:
    """An OLE file's directory holds its streams' names in UTF-16: tell by them what it carries."""

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if holds("EncryptedPackage") or holds("EncryptionInfo"):
        return "FIL03"
    return "FIL04" if holds("Workbook") or holds("Book") else "FIL06"


def _is_text(sample: bytes) -> bool:
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not any(byte < 9 or 13 < byte < 32 for byte in sample)


def refuse_other_packages(names: set[str], file: str) -> None:
    """Refuse a zip file that is not an .xlsx or .xlsm workbook; `names` are its parts in small letters."""
    if "xl/workbook.xml" in names:
        return
    if "word/document.xml" in names:
        raise RefusedError("FIL05", file)
    if "xl/workbook.bin" in names:
        raise RefusedError("FIL08", file)
    if "content.xml" in names and "meta-inf/manifest.xml" in names:
        raise RefusedError("FIL07", file)
    raise RefusedError("FIL22" if "[content_types].xml" in names else "FIL13", file)
