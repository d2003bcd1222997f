"""Names of papers on disk: by reference, and safe on every computer a school may use."""

import unicodedata
from collections.abc import Iterable

from provision_costing.documents.record import IndividualMap

MOST_BYTES = 100  # of a whole file name; folders on a shared drive use up the rest
_WORDS = "-provision-map"
_LONGEST_SUFFIX = len(".docx") + len("-9999")


def file_name(record: IndividualMap, suffix: str) -> str:
    """Name one paper: P014-provision-map.docx. The pupil's name is never in it."""
    return safe_stem(record.reference) + suffix


def file_stems(references: Iterable[str]) -> tuple[str, ...]:
    """Name a batch of papers without their suffixes; those that a disk would take for one get -2, -3 …"""
    taken: set[str] = set()
    stems = []
    for reference in references:
        stem = first = safe_stem(reference)
        number = 1
        while stem.casefold() in taken:
            number += 1
            stem = f"{first}-{number}"
        taken.add(stem.casefold())
        stems.append(stem)
    return tuple(stems)


def safe_stem(reference: str) -> str:
    """Write a reference with letters, digits, hyphens and underscores only, cut to fit.

    What follows it keeps a reference such as CON or AUX.1 from being a name that Windows reserves for a device.
    """
    normal = unicodedata.normalize("NFC", reference)
    safe = "".join(c if c.isalnum() or c == "_" else "-" for c in normal)
    safe = "-".join(part for part in safe.split("-") if part) or "pupil"
    room = MOST_BYTES - _LONGEST_SUFFIX - len(_WORDS)
    return safe.encode()[:room].decode(errors="ignore").rstrip("-") + _WORDS
