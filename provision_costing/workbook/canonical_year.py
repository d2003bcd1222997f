"""The school's year: its terms, the days on which it is closed, and its pupils by age group."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from provision_costing.model import AgeGroup, School, Term
from provision_costing.workbook.canonical_rows import Row
from provision_costing.workbook.reading_findings import Notes

_LONGEST_TERM = timedelta(days=366)
_YEARS = range(2000, 2100)  # a term of 1926 is a slip, and days are counted one by one


def read_term(row: Row) -> Term | None:
    """Read one term; None, with the row left out, when its days are missing or cannot be right."""
    starts, ends = row.day("starts"), row.day("ends")
    if _lacks(row, {"starts": starts, "ends": ends}) or starts is None or ends is None:
        return None
    if seen := _seen_wrong(starts, ends):
        row.leave_out("READ26", "ends", seen)
        return None
    return Term(starts=starts, ends=ends, name=row.text("name"), source=row.source())


def _seen_wrong(starts: date, ends: date) -> str:
    """Say what cannot be right about a term's days; empty when nothing."""
    days = f"{starts:%d/%m/%Y} to {ends:%d/%m/%Y}"
    if ends < starts:
        return f"{days}: the last day is before the first."
    if starts.year not in _YEARS or ends.year not in _YEARS:
        return f"{days} is not in this century."
    return f"{days} is longer than a year." if ends - starts > _LONGEST_TERM else ""


def read_closure(row: Row) -> date | None:
    """Read one day on which the school is closed; None, with the row left out, when there is none."""
    day = row.day("day")
    return None if _lacks(row, {"day": day}) else day


def read_age_group(row: Row) -> AgeGroup | None:
    """Read the pupils of one age group and their rate; None, with the row left out, when any of them is missing."""
    name, pupils, rate = row.text("name"), row.whole("pupils"), row.number("rate")
    if _lacks(row, {"name": name or None, "pupils": pupils, "rate": rate}) or pupils is None or rate is None:
        return None
    return AgeGroup(name=name, pupils=pupils, rate=rate, source=row.source())


def _lacks(row: Row, fields: Mapping[str, object]) -> bool:
    """Say whether a field has no value; the row is then left out, with a finding unless the field has its own."""
    lacking = [key for key, value in fields.items() if value is None]
    empty = [key for key in lacking if not row.text(key)]
    if empty:
        row.leave_out("READ28", empty[0], f"{row.table.sheet.column(empty[0]).heading} is empty.")
    elif lacking:
        row.notes.rows_left_out += 1
    return bool(lacking)


def report_terms(terms: Sequence[Term], school: School, notes: Notes) -> None:
    """Report terms that overlap, and those that have no day in the year of the map."""
    latest: Term | None = None
    for term in sorted(terms, key=lambda t: t.starts):
        where = (term.source.sheet, term.source.address("starts"))
        if latest and term.starts <= latest.ends:
            in_row = f"the term in row {latest.source.row}, which ends on {latest.ends:%d/%m/%Y}"
            notes.add("READ27", where, f"{term.starts:%d/%m/%Y} is inside {in_row}.")
        if latest is None or term.ends > latest.ends:
            latest = term
        if (school.ends and term.starts > school.ends) or (school.starts and term.ends < school.starts):
            days = f"{term.starts:%d/%m/%Y} to {term.ends:%d/%m/%Y}"
            notes.add("READ31", where, f"{days} is outside the first and last day on the School sheet.")
