"""The tables of an audit, each column said once: findings, pupils, submissions."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal

from provision_costing.batch.submissions import PupilRow, Submission
from provision_costing.findings import Finding, Severity

Value = str | int | Decimal | date | None
FINDING_COLUMNS: tuple[tuple[str, Callable[[Finding], Value]], ...] = (
    ("code", lambda f: f.code),
    ("severity", lambda f: f.severity.value),
    ("file", lambda f: f.file),
    ("sheet", lambda f: f.sheet),
    ("cell", lambda f: f.cell),
    ("pupil", lambda f: f.pupil),
    ("message", lambda f: f.message),
    ("fix", lambda f: f.fix),
    ("effect", lambda f: f.effect),
)
PUPIL_COLUMNS: tuple[tuple[str, Callable[[Submission, PupilRow], Value]], ...] = (
    ("file", lambda s, _: s.file),
    ("school", lambda s, _: s.school),
    ("pupil", lambda _, p: p.pupil),
    ("year_group", lambda _, p: p.year_group),
    ("sen_status", lambda _, p: p.sen_status),
    ("area_of_need", lambda _, p: p.area_of_need),
    ("stated_total", lambda _, p: p.stated_total),
    ("direct", lambda _, p: p.direct),
    ("resources", lambda _, p: p.resources),
    ("general", lambda _, p: p.general),
    ("total", lambda _, p: p.total),
    ("above_element_2", lambda _, p: p.above_element_2),
    ("increment", lambda _, p: p.increment),
    ("to_next_edge", lambda _, p: p.to_next),
    ("stated_band", lambda _, p: p.stated_band),
    ("not_counted", lambda _, p: p.not_counted),
    ("complete", lambda s, _: "no" if s.rows_left_out else "yes"),
)
SUBMISSION_COLUMNS: tuple[tuple[str, Callable[[Submission], Value]], ...] = (
    ("file", lambda s: s.file),
    ("status", lambda s: s.status.value),
    ("school", lambda s: s.school),
    ("form", lambda s: s.form),
    ("pupils", lambda s: len(s.pupils)),
    ("provisions", lambda s: s.provisions),
    ("errors", lambda s: s.count(Severity.ERROR)),
    ("queries", lambda s: s.count(Severity.QUERY)),
    ("stated_total", lambda s: s.stated_total),
    ("total", lambda s: s.total),
    ("rows_left_out", lambda s: s.rows_left_out),
    ("rules_not_run", lambda s: "; ".join(code for code, _ in s.not_run)),
    ("policy", lambda s: s.policy),
    ("policy_on", lambda s: s.on),
    ("reason", lambda s: s.reason),
    ("notes", lambda s: " ".join(s.notes)),
)

Row = Sequence[Value]


def findings_table(submissions: Iterable[Submission]) -> tuple[list[str], list[Row]]:
    """List every finding of every submission, in the order of the submissions."""
    rows = [[take(f) for _, take in FINDING_COLUMNS] for s in submissions for f in s.findings]
    return [name for name, _ in FINDING_COLUMNS], list(rows)


def pupils_table(submissions: Iterable[Submission]) -> tuple[list[str], list[Row]]:
    """List every pupil of every submission."""
    rows = [[take(s, p) for _, take in PUPIL_COLUMNS] for s in submissions for p in s.pupils]
    return [name for name, _ in PUPIL_COLUMNS], list(rows)


def submissions_table(submissions: Iterable[Submission]) -> tuple[list[str], list[Row]]:
    """List every submission, also those that could not be read."""
    rows = [[take(s) for _, take in SUBMISSION_COLUMNS] for s in submissions]
    return [name for name, _ in SUBMISSION_COLUMNS], list(rows)


def as_csv(heading: Sequence[str], rows: Iterable[Row]) -> bytes:
    """Write a table that a spreadsheet opens as it is: UTF-8 with its mark, and no text that it takes for a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(heading)
    writer.writerows([_shown(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig", errors="replace")


def _shown(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return "'" + value if value[:1] in tuple("=+-@\t\r\n") and value else value
    return value.isoformat() if isinstance(value, date) else str(value)
