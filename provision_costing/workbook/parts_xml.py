"""One streaming pass over a workbook's XML parts: the limits, and what a reader of values does not tell.

A part is parsed by expat without entities or document types. Rows and columns are counted from 0.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from provision_costing.workbook.package import Package
from provision_costing.workbook.refusals import RefusedError

Place = tuple[int, int]
Attributes = Mapping[str, str]

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_CHARACTER_SETS = {"utf-8", "utf8", "us-ascii", "ascii"}


@dataclass(slots=True)
class SheetFacts:
    """What one sheet holds beside its values."""

    formulas: dict[Place, str] = field(default_factory=dict)
    errors: dict[Place, str] = field(default_factory=dict)  # #REF! …
    uncached: set[Place] = field(default_factory=set)  # formulas without a value
    doubtful: set[Place] = field(default_factory=set)  # formulas whose value is empty: "" or none, nothing tells which
    hidden_rows: set[int] = field(default_factory=set)
    merges: list[tuple[Place, Place]] = field(default_factory=list)
    filled: int = 0
    last_row: int = 0
    last_column: int = 0


@dataclass(slots=True)
class Tally:
    """What the limits are held against, over the whole workbook."""

    cells: int = 0
    area: int = 0
    merges: int = 0
    characters: int = 0


def place_of(reference: str) -> Place | None:
    """Row and column, from 0, of a reference such as F12; None when it is none or lies off the sheet."""
    match = _REFERENCE.fullmatch(reference)
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    row = int(match[2])
    return (row - 1, column - 1) if row <= LAST_ROW and column <= LAST_COLUMN else None


def parse(
    package: Package,
    name: str,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Feed a part to the handlers, elements by their local names; RefusedError when it is not sound."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth, most = 0, package.limits.depth
    local: dict[str, str] = {}

    def on_start(tag: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > most:
            raise RefusedError("FIL25", package.file)
        start(local.get(tag) or local.setdefault(tag, tag.rpartition(":")[2]), attributes)

    def on_end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        if end:
            end(local[tag])

    parser.StartElementHandler = on_start
    parser.EndElementHandler = on_end
    if text:
        parser.CharacterDataHandler = text
    _refuse_doctype_and_character_set(parser, package, name)
    _feed(parser, package, name)


def _refuse_doctype_and_character_set(parser: expat.XMLParserType, package: Package, name: str) -> None:
    def on_doctype(*_: object) -> None:
        raise RefusedError("FIL23", package.file, name)

    def on_declaration(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.casefold() not in _CHARACTER_SETS:
            raise RefusedError("FIL24", package.file, name)

    parser.StartDoctypeDeclHandler = on_doctype
    parser.XmlDeclHandler = on_declaration


def _feed(parser: expat.XMLParserType, package: Package, name: str) -> None:
    first = True
    try:
        for piece in package.pieces(name):
            if first and piece.startswith(_UTF_16):
                raise RefusedError("FIL24", package.file, name)
            first = first and not piece
            parser.Parse(piece, False)  # noqa: FBT003 - expat takes it by position only
        parser.Parse(b"", True)  # noqa: FBT003
    except expat.ExpatError:
        raise RefusedError("FIL16", package.file, name) from None


def read_elements(package: Package, name: str) -> list[tuple[str, dict[str, str]]]:
    """List a small part's elements with their attributes, prefixes removed from both."""
    found: list[tuple[str, dict[str, str]]] = []

    def start(tag: str, attributes: Attributes) -> None:
        found.append((tag, {key.rpartition(":")[2]: value for key, value in attributes.items()}))

    parse(package, name, start)
    return found


def read_string_lengths(package: Package, name: str) -> list[int]:
    """Measure each shared text in characters; RefusedError when there are fewer than the part says."""
    lengths: list[int] = []
    said = {"uniqueCount": 0, "count": 0}

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "si":
            lengths.append(0)
        elif tag == "sst":
            said.update({key: _number(attributes.get(key, "0"), package) for key in said})

    def text(characters: str) -> None:
        if lengths:
            lengths[-1] += len(characters)

    parse(package, name, start, text=text)
    limits = package.limits
    if said["uniqueCount"] > len(lengths) + limits.strings_missing or said["count"] > 4 * limits.cells:
        raise RefusedError("FIL31", package.file)
    return lengths


def _number(text: str, package: Package) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 18:
        raise RefusedError("FIL31", package.file)
    return int(text)


def read_sheet(package: Package, name: str, lengths: list[int], tally: Tally) -> SheetFacts:
    """Read what a sheet holds beside its values, holding it against the limits; RefusedError beyond them."""
    reader = _SheetReader(package, lengths, tally)
    parse(package, name, reader.start, reader.end, reader.characters)
    return reader.finish()


@dataclass(slots=True)
class _SheetReader:
    """The handlers of one sheet and where in it they are."""

    package: Package
    lengths: list[int]
    tally: Tally
    facts: SheetFacts = field(default_factory=SheetFacts)
    row: int = -1
    row_is_hidden: bool = False
    column: int = -1
    kind: str = ""  # of the cell: s shared text, e error, str …
    text: list[str] | None = None  # what is gathered now
    formula: str | None = None
    value: str | None = None

    def start(self, tag: str, attributes: Attributes) -> None:
        match tag:
            case "c":
                self._start_cell(attributes)
            case "v" | "f" | "t":
                self.text = []
            case "row":
                self._start_row(attributes)
            case "mergeCell":
                self._merge(attributes.get("ref", ""))

    def characters(self, characters: str) -> None:
        if self.text is not None:
            self.text.append(characters)

    def end(self, tag: str) -> None:
        match tag:
            case "c":
                self._end_cell()
            case "v" | "t":
                self.value = (self.value or "") + "".join(self.text or ())
                self.text = None
            case "f":
                self.formula = "".join(self.text or ())
                self.text = None

    def finish(self) -> SheetFacts:
        facts = self.facts
        self.tally.area += facts.last_row * facts.last_column
        if self.tally.area > self.package.limits.used_range:
            self._refuse("FIL28")
        return facts

    def _refuse(self, code: str) -> NoReturn:
        raise RefusedError(code, self.package.file)

    def _start_row(self, attributes: Attributes) -> None:
        row, self.column = self.row + 1, -1
        if "r" in attributes:
            if not (place := place_of(f"A{attributes['r']}")):
                self._refuse("FIL32")
            row = place[0]
        if row <= self.row:
            self._refuse("FIL33")
        if row >= LAST_ROW:
            self._refuse("FIL32")
        self.row = row
        self.row_is_hidden = attributes.get("hidden") in {"1", "true"}

    def _start_cell(self, attributes: Attributes) -> None:
        self.column += 1
        if "r" in attributes:
            if not (place := place_of(attributes["r"])):
                self._refuse("FIL32")
            if place[0] != self.row:
                self._refuse("FIL33")
            self.column = place[1]
        self.tally.cells += 1
        if self.tally.cells > self.package.limits.cells:
            self._refuse("FIL27")
        self.kind = attributes.get("t", "")
        self.formula = self.value = self.text = None

    def _end_cell(self) -> None:
        if self.value is None and self.formula is None:
            return
        place = (self.row, self.column)
        self._measure(place)
        if self.kind == "e":
            self.facts.errors[place] = self.value or "#VALUE!"
        if self.formula is None:
            return
        self.facts.formulas[place] = self.formula
        if self.value is None:
            self.facts.uncached.add(place)
        elif not self.value and self.kind != "str":
            self.facts.doubtful.add(place)

    def _measure(self, place: Place) -> None:
        facts, value = self.facts, self.value or ""
        facts.filled += 1
        facts.last_row = max(facts.last_row, place[0] + 1)
        facts.last_column = max(facts.last_column, place[1] + 1)
        if self.row_is_hidden:
            facts.hidden_rows.add(self.row)
        self.tally.characters += self._shared(value) if self.kind == "s" else len(value)
        if self.tally.characters > self.package.limits.text_characters:
            self._refuse("FIL30")

    def _shared(self, value: str) -> int:
        if not (value.isascii() and value.isdigit()) or int(value) >= len(self.lengths):
            self._refuse("FIL31")
        return self.lengths[int(value)]

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        start, end = place_of(first), place_of(last or first)
        if start is None or end is None:
            self._refuse("FIL32")
        self.tally.merges += 1
        if self.tally.merges > self.package.limits.merges:
            self._refuse("FIL29")
        self.facts.merges.append((start, end))
