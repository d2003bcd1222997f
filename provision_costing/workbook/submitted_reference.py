"""What stands for the pupil of a map in a school's own hand: never a name, so that none can reach a report."""

import re
from pathlib import PurePath

from provision_costing.workbook.cell_values import folded
from provision_costing.workbook.reading_findings import Notes
from provision_costing.workbook.submitted_header import Header

# Sheet names that say nothing about whose map it is.
_PLAIN_SHEET = re.compile(r"(?:sheet|tab|map|pupil map|provision map|individual map|table|provision)? *\d*", re.ASCII)
_NOT_IN_A_REFERENCE = re.compile(r"[^\w.-]+")

_BETWEEN_WORDS = re.compile(r"[\s_.,()&+-]+")
_INSIDE_A_WORD = str.maketrans("", "", "'’")
_LEAST_IN_CAPITALS = 3  # letters: shorter words are initials
# Words that head sheets and name files, so that Autumn Term is nobody.
_OF_THE_FIELD = frozenset({
    "academy", "activity", "annual", "autumn", "book", "class", "copy", "costed", "costing", "early", "ehc", "ehcp",
    "example", "for", "form", "full", "funding", "group", "guide", "individual", "infant", "intervention",
    "interventions", "junior", "learning", "map", "maps", "mapping", "new", "november", "december", "january",
    "february", "march", "april", "may", "june", "july", "august", "september", "october", "nursery", "of", "old",
    "page", "plan", "primary", "printed", "provision", "provisions", "pupil", "pupils", "reception", "reference",
    "review", "sample", "school", "secondary", "sen", "send", "set", "sheet", "spring", "step", "steps", "student",
    "summer", "support", "table", "template", "term", "test", "the", "tier", "top", "up", "updated", "version",
    "wave", "year", "years", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
})  # fmt: skip


def reference_of(header: Header, notes: Notes, taken: list[str]) -> str:
    """Give the pupil's reference as written; a number where only a name is; or else the sheet's or the file's name."""
    if written := header.text("reference"):
        return _unused(written, taken)
    if header.text("name"):
        return _number(notes, header.where("name"), "The sheet names the pupil but gives no reference", taken)
    of_file = _PLAIN_SHEET.fullmatch(folded(header.grid.name)) is not None
    name = PurePath(notes.file).stem if of_file else header.grid.name
    if _looks_like_a_person(name):
        what = "file" if of_file else "sheet"
        return _number(notes, (header.grid.name, ""), f"The {what} bears what looks like a pupil's name", taken)
    return _unused(_NOT_IN_A_REFERENCE.sub("-", name).strip("-.") or "PUPIL", taken)


def _number(notes: Notes, where: tuple[str, str], seen: str, taken: list[str]) -> str:
    reference = _unused(f"PUPIL-{len(taken) + 1}", taken)
    notes.add("READ20", where, f"{seen}; {reference} stands for the pupil here.")
    return reference


def _looks_like_a_person(text: str) -> bool:
    """Say whether two or more words of letters begin with a capital and are none of the field's: Amina Khan."""
    words = (word.translate(_INSIDE_A_WORD) for word in _BETWEEN_WORDS.split(text))
    return sum(_is_proper(word) for word in words if word.casefold() not in _OF_THE_FIELD) > 1


def _is_proper(word: str) -> bool:
    if not word.isalpha() or not word[0].isupper():
        return False
    return not word.isupper() or len(word) >= _LEAST_IN_CAPITALS


def _unused(reference: str, taken: list[str]) -> str:
    """Number a reference that another sheet has too: one sheet is one pupil's map."""
    number, unused = 1, reference
    while unused in taken:
        number += 1
        unused = f"{reference}-{number}"
    return unused
