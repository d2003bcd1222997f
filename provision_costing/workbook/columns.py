"""What a column, a sheet and an input cell of the workbook are; `layout` says which there are."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Who fills a cell in."""

    INPUT = "input"  # the school
    COST = "calculated"  # a native formula, shown
    HELPER = "helper"  # a native formula, hidden


class Holds(StrEnum):
    """What a cell holds, which decides its number format and its check on entry."""

    TEXT = "text"
    LONG_TEXT = "long text"
    MONEY = "pounds and pence"
    EXACT = "pounds, shown to the penny"
    RATE = "pounds, not rounded"
    NUMBER = "number"
    WHOLE = "whole number"
    DATE = "date"
    YES_NO = "Yes or No"
    CHOICE = "one of a list"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its field, its heading, who fills it in, what it holds and the prompt that a cell shows."""

    key: str
    heading: str
    holds: Holds
    prompt: str  # for an input: what to write; for a calculated cell: how it is worked out
    kind: Kind = Kind.INPUT
    width: int = 12  # characters
    choices: str = ""  # the name of a list in CHOICES, or of a column of this workbook: "Staff.role"
    least: float | None = None
    most: float | None = None
    extra: bool = False  # stands in a group that a school may leave folded


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet that holds a table: a title, a line of advice, a header row, then one record a row."""

    name: str
    table: str  # the ListObject's name
    advice: str
    columns: tuple[Column, ...]
    spare_rows: int  # empty rows ready to fill in
    least_rows: int
    header_row: int = 5  # title, advice, colour key and a line of remarks stand above it

    @property
    def first_row(self) -> int:
        """Give the row of the first record."""
        return self.header_row + 1

    @property
    def prefix(self) -> str:
        """Give what the names of this sheet's columns begin with: Staff in Staff_role."""
        return self.table.removeprefix("tbl")

    def column(self, key: str) -> Column:
        """Find a column by its field."""
        return next(c for c in self.columns if c.key == key)

    def letter(self, key: str) -> str:
        """Give a column's letters: A, B … AA."""
        return letters(next(i for i, c in enumerate(self.columns) if c.key == key))


def letters(index: int) -> str:
    """Give the letters of a column counted from 0: 0 is A, 26 is AA."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text


def helper(key: str, holds: Holds, how: str) -> Column:
    """Declare a hidden column that formulas use; its heading is its key."""
    return Column(key=key, heading=key, holds=holds, kind=Kind.HELPER, prompt=how)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One labelled input of the School sheet; labels stand in column B, inputs in column C."""

    key: str
    label: str
    row: int
    holds: Holds
    prompt: str
    choices: str = ""

    @property
    def address(self) -> str:
        """Give the input's address on the School sheet."""
        return f"C{self.row}"
