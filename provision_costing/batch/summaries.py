"""Summaries over many schools, for the authority's side."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from provision_costing.batch.submissions import Status, Submission
from provision_costing.batch.tables import Row
from provision_costing.findings import Severity
from provision_costing.rules import RULES
from provision_costing.workbook.reading_findings import READING_CHECKS

_ERROR, _QUERY = Severity.ERROR, Severity.QUERY


def by_rule(submissions: Sequence[Submission]) -> tuple[list[str], list[Row]]:
    """Count what each rule found: findings, files, and the £ effect of those that have one."""
    import pandas as pd

    heading = ["code", "title", "severity", "findings", "files", "effect"]
    found = [(f.code, f.severity.value, s.file, f.effect or Decimal(0)) for s in submissions for f in s.findings]
    if not found:
        return heading, []
    titles = {rule.code: rule.title for rule in RULES} | {check.code: check.title for check in READING_CHECKS}
    frame = pd.DataFrame(found, columns=["code", "severity", "file", "effect"])
    counted = frame.groupby(["code", "severity"], sort=True).agg(
        findings=("file", "size"), files=("file", "nunique"), effect=("effect", "sum")
    )
    return heading, [
        [code, titles[code], severity, int(row.findings),
         int(row.files), Decimal(row.effect)]
        for (code, severity), row in _rows(counted)
    ]  # fmt: skip


def by_school(submissions: Sequence[Submission]) -> tuple[list[str], list[Row]]:
    """Add up each school's submissions: pupils, those above Element 2, totals, errors and queries."""
    import pandas as pd

    heading = ["school", "files", "pupils", "pupils_above_element_2", "stated_total", "total", "errors", "queries"]
    rows = [
        (s.school or s.file, 1, len(s.pupils), sum(p.above_element_2 > 0 for p in s.pupils),
         s.stated_total or Decimal(0), s.total or Decimal(0), s.count(_ERROR), s.count(_QUERY))
        for s in submissions if s.status is not Status.REFUSED
    ]  # fmt: skip
    if not rows:
        return heading, []
    frame = pd.DataFrame(rows, columns=heading).groupby("school", sort=True).sum()
    return heading, [
        [school, int(r.files), int(r.pupils), int(r.pupils_above_element_2), Decimal(r.stated_total), Decimal(r.total),
         int(r.errors), int(r.queries)]
        for school, r in _rows(frame)
    ]  # fmt: skip


def _rows(frame: Any) -> list[tuple[Any, Any]]:
    return list(zip(frame.index, frame.itertuples(), strict=True))
