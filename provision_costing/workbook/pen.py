"""The hand that writes a workbook's cells: formats made once, formulas beside their true values, names in use."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from provision_costing.workbook.columns import Holds
from provision_costing.workbook.worked import Row, Value, Worked

NAVY, CREAM, LINE, SOFT, BRICK, GREY = "#1F3864", "#FFF6DD", "#D5DAE3", "#EEF2F8", "#9C2A10", "#5B6472"
WAVE_COLOURS = {1: "#E3F1E5", 2: "#FFF0CC", 3: "#FBDDD3", 9: "#F2F2F2"}
MONEY = '£#,##0.00;[Red]-£#,##0.00;"–"'
NUMBER_FORMATS = {
    Holds.TEXT: "@", Holds.LONG_TEXT: "@", Holds.MONEY: MONEY, Holds.EXACT: MONEY,
    Holds.RATE: '£#,##0.0000;[Red]-£#,##0.0000;"–"',
    Holds.NUMBER: "General", Holds.WHOLE: "0", Holds.DATE: "dd/mm/yyyy", Holds.YES_NO: "@", Holds.CHOICE: "General",
}  # fmt: skip
NAMES = re.compile(r"\b[A-Za-z][A-Za-z0-9]*_[a-z_0-9]+\b")


@dataclass(slots=True, kw_only=True)
class Pen:
    """One workbook being written."""

    book: Any
    worked: Worked
    rows: dict[str, list[Row]]
    places: dict[str, str] = field(default_factory=dict)  # defined names, with what they stand for
    used: set[str] = field(default_factory=set)  # those that a formula or a list uses
    formats: dict[tuple[tuple[str, object], ...], Any] = field(default_factory=dict)

    def format(self, **properties: object) -> Any:
        """Give the cell format with these XlsxWriter properties, made once."""
        everywhere: dict[str, object] = {"font_name": "Calibri", "font_size": 11, "valign": "vcenter"}
        properties = everywhere | properties
        key = tuple(sorted(properties.items(), key=lambda item: item[0]))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(properties)
        return self.formats[key]

    def put(self, sheet: Any, address: str, value: Value, **looks: object) -> None:
        """Write what is given; an empty cell keeps its looks."""
        given = self.format(**looks)
        match value:
            case None | "":
                sheet.write_blank(address, None, given)
            case date():
                sheet.write_datetime(address, value, given)
            case str():
                sheet.write_string(address, value, given)
            case _:
                sheet.write_number(address, as_float(value), given)

    def formula(self, sheet: Any, address: str, formula: str, value: Value, **looks: object) -> None:
        """Write a formula and the value that it comes to."""
        self.used.update(NAMES.findall(formula))
        cached: str | float = value if isinstance(value, str) else as_float(value)
        sheet.write_formula(address, formula, self.format(**looks), cached)

    def name(self, name: str, place: str) -> None:
        """Name a cell or range; the name is defined if something uses it."""
        self.places[name] = place

    def define_names(self) -> None:
        """Define the names that formulas and lists use; a name that stands for nothing is our mistake."""
        for name in sorted(self.used & self.places.keys()):
            self.book.define_name(name, f"={self.places[name]}")


def as_float(value: Value) -> float:
    """Give a number as a sheet holds it; a date as its day number."""
    match value:
        case Decimal() | Fraction() | int() | float():
            return float(value)
        case date():
            return float((value - date(1899, 12, 30)).days)
    raise TypeError(f"{value!r} is not a number")
