"""What schools write for a date, a choice, a year group: each read one way, or not at all (None)."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from provision_costing.model import AreaOfNeed, SenStatus, Stated, Wave
from provision_costing.money import from_cell
from provision_costing.workbook.cells import Value, as_text

_Choice = TypeVar("_Choice", bound=StrEnum)

_MOST_QUOTED = 60  # characters of a cell that a message repeats
_DATE = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})", re.ASCII)
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_LONG_DATE = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? +([a-z]{3})[a-z]* +(\d{4})", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR_GROUP = re.compile(r"(?:nc *)?(?:year|yr|y)?(?: *group)?[ .]*(\d{1,2})", re.ASCII)
_EARLY_YEARS = {
    "n": "N", "nursery": "N", "r": "R", "reception": "R", "rec": "R", "year r": "R", "yr": "R", "year n": "N",
}  # fmt: skip

YES_NO: Mapping[str, bool] = {
    "yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False,
}  # fmt: skip
WAVES: Mapping[str, Wave] = {f"{word}{wave.value}": wave for wave in Wave for word in ("", "wave ", "w")}
SEN_STATUSES: Mapping[str, SenStatus] = {
    "n": SenStatus.NONE, "none": SenStatus.NONE, "no sen": SenStatus.NONE,
    "k": SenStatus.SUPPORT, "sen support": SenStatus.SUPPORT, "send support": SenStatus.SUPPORT,
    "sen k": SenStatus.SUPPORT, "support": SenStatus.SUPPORT, "k - sen support": SenStatus.SUPPORT,
    "e": SenStatus.PLAN, "ehcp": SenStatus.PLAN, "ehc plan": SenStatus.PLAN, "ehc": SenStatus.PLAN,
    "e - ehc plan": SenStatus.PLAN, "education, health and care plan": SenStatus.PLAN, "plan": SenStatus.PLAN,
}  # fmt: skip
AREAS: Mapping[str, AreaOfNeed] = {
    **{area.value.casefold(): area for area in AreaOfNeed},
    "cognition & learning": AreaOfNeed.COGNITION, "c&l": AreaOfNeed.COGNITION, "cognition": AreaOfNeed.COGNITION,
    "communication & interaction": AreaOfNeed.COMMUNICATION, "c&i": AreaOfNeed.COMMUNICATION,
    "communication": AreaOfNeed.COMMUNICATION, "semh": AreaOfNeed.SEMH,
    "social, emotional & mental health": AreaOfNeed.SEMH, "social emotional and mental health": AreaOfNeed.SEMH,
    "sensory and physical": AreaOfNeed.SENSORY, "sensory & physical": AreaOfNeed.SENSORY,
    "sensory and/or physical needs": AreaOfNeed.SENSORY, "sensory/physical": AreaOfNeed.SENSORY,
}  # fmt: skip


def folded(text: str) -> str:
    """Write words for comparing: small letters, single spaces."""
    return " ".join(text.split()).casefold()


def choices(kind: type[_Choice]) -> dict[str, _Choice]:
    """Map each choice as written, in small letters, to itself."""
    return {member.value.casefold(): member for member in kind}


def number_of(value: Value) -> Decimal:
    """Read a number or the text of one, with £ and commas; ValueError for anything else."""
    if isinstance(value, str | float | int):
        return from_cell(value)
    raise ValueError(f"{as_text(value)!r} is not a number")


def date_of(value: Value) -> date | None:
    """Read a day: a date cell, or text with the day before the month, or 2026-09-01."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = folded(value) if isinstance(value, str) else ""
    if match := _ISO_DATE.fullmatch(text):
        return _day(match[1], match[2], match[3])
    if match := _DATE.fullmatch(text):
        return _day(match[3], match[2], match[1])
    if (match := _LONG_DATE.fullmatch(text)) and match[2] in _MONTHS:
        return _day(match[3], str(_MONTHS.index(match[2]) + 1), match[1])
    return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None


def year_group_of(text: str) -> str | None:
    """Read a year group: N, R, or 1 to 14."""
    plain = folded(text)
    if plain in _EARLY_YEARS:
        return _EARLY_YEARS[plain]
    match = _YEAR_GROUP.fullmatch(plain)
    return str(int(match[1])) if match and 1 <= int(match[1]) <= 14 else None


def quoted(value: Value) -> str:
    """Repeat what a cell holds, shortened, in quotation marks."""
    text = " ".join(as_text(value).split())
    return f'"{text if len(text) <= _MOST_QUOTED else text[: _MOST_QUOTED - 1] + "…"}"'


def stated_figure(value: Value, sheet: str = "", cell: str = "") -> Stated:
    """Take a printed figure, to 15 significant digits; words have no amount."""
    try:
        amount = number_of(value)
    except ValueError:
        return Stated(amount=None, text=as_text(value), sheet=sheet, cell=cell)
    return Stated(amount=amount, text=as_text(value), sheet=sheet, cell=cell)
