"""The gate: what a file must be before any reader sees it.

Only the standard library looks at the bytes, in one streaming pass that also gathers what a reader of values does
not tell (formulas, error cells, hidden sheets and rows). The reasons to refuse are listed in refusals.py.
"""

from dataclasses import dataclass
from posixpath import normpath

from provision_costing.workbook.package import Limits, Package, open_package
from provision_costing.workbook.parts_xml import SheetFacts, Tally, read_elements, read_sheet, read_string_lengths
from provision_costing.workbook.refusals import RefusedError

_STRINGS = "xl/sharedstrings.xml"
_STYLES = "xl/styles.xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """A workbook that passed: its worksheets' facts by name in their order, and what else it carries."""

    sheets: dict[str, SheetFacts]
    hidden: frozenset[str]  # names of hidden sheets
    has_macros: bool
    has_outside_links: bool  # other workbooks, databases, DDE: never followed


def check(data: bytes, file: str) -> None:
    """Let a school's workbook pass; raise `RefusedError` with a code of REFUSALS for anything else."""
    inspect(data, file)


def inspect(data: bytes, file: str, limits: Limits | None = None) -> Inspected:
    """Check a workbook as `check` does, and give what the pass saw."""
    package = open_package(data, file, limits or Limits())
    listed = _worksheets(package)
    lengths = read_string_lengths(package, _STRINGS) if _STRINGS in package.parts else []
    if _STYLES in package.parts:
        read_elements(package, _STYLES)
    tally = Tally()
    sheets = {name: read_sheet(package, part, lengths, tally) for name, part, _ in listed}
    _unpack_the_rest(package, {part for _, part, _ in listed})
    return Inspected(
        sheets=sheets,
        hidden=frozenset(name for name, _, is_hidden in listed if is_hidden),
        has_macros="xl/vbaproject.bin" in package.parts,
        has_outside_links=any(part.startswith(("xl/externallinks/", "xl/connections")) for part in package.parts),
    )


def _worksheets(package: Package) -> list[tuple[str, str, bool]]:
    """List (name, part, hidden) of each worksheet; charts on tabs of their own hold no cells and are left out."""
    entries = [e for tag, e in read_elements(package, "xl/workbook.xml") if tag == "sheet"]
    if len(entries) > package.limits.sheets:
        raise RefusedError("FIL26", package.file)
    names = [entry.get("name", "") for entry in entries]
    if len({name.casefold() for name in names}) < len(names):
        raise RefusedError("FIL34", package.file)
    targets = _targets(package)
    found = []
    for name, entry in zip(names, entries, strict=True):
        kind, part = targets.get(entry.get("id", ""), ("worksheet", ""))
        if kind != "worksheet":
            continue
        if part not in package.parts:
            raise RefusedError("FIL22", package.file)
        found.append((name, part, entry.get("state", "visible") != "visible"))
    return found


def _targets(package: Package) -> dict[str, tuple[str, str]]:
    """Map a relation of the workbook to its kind (worksheet, chartsheet …) and its part."""
    part = "xl/_rels/workbook.xml.rels"
    if part not in package.parts:
        raise RefusedError("FIL22", package.file)
    relations = [e for tag, e in read_elements(package, part) if tag == "Relationship"]
    return {e.get("Id", ""): (e.get("Type", "").rpartition("/")[2], _part(e.get("Target", ""))) for e in relations}


def _part(target: str) -> str:
    """Resolve a target of the workbook's relations: relative to xl/, or from the root."""
    plain = target.replace("\\", "/").casefold()
    return normpath(plain if plain.startswith("/") else f"/xl/{plain}").lstrip("/")


def _unpack_the_rest(package: Package, sheets: set[str]) -> None:
    """Hold the parts that nobody reads against the size limits and their checksums too."""
    seen = sheets | {_STRINGS, _STYLES, "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}
    for part in package.parts.keys() - seen:
        for _ in package.pieces(part):
            pass
