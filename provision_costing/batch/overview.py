"""What an audit came to, in words: for the terminal's last lines and the workbook's first sheet."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from provision_costing.batch.submissions import Status, Submission
from provision_costing.findings import Severity
from provision_costing.money import pounds

ADVICE = (
    "Findings are advice. A query may be right as it is; ask the school. "
    "Spending £6,000 is no legal condition for an assessment of a child's needs."
)


def overview_lines(submissions: Sequence[Submission], passed_over: Sequence[str]) -> list[tuple[str, str]]:
    """Say how many files, pupils and findings there are, what it rests on, and what could not be done."""
    refused = [s for s in submissions if s.status is Status.REFUSED]
    return [
        ("Submissions", str(len(submissions))),
        ("Could not be read", f"{len(refused)}" + "".join(f"\n{s.file}: {s.reason}" for s in refused)),
        ("Not complete", _names(s.file for s in submissions if s.status is Status.INCOMPLETE)),
        ("Pupils", f"{sum(len(s.pupils) for s in submissions):,}"),
        ("Their provision, recomputed", pounds(sum((s.total for s in submissions if s.total), Decimal(0)))),
        ("Errors", f"{sum(s.count(Severity.ERROR) for s in submissions):,}"),
        ("Queries", f"{sum(s.count(Severity.QUERY) for s in submissions):,}"),
        (
            "Policy",
            "; ".join(sorted({f"{s.policy}, as on {s.on:%d/%m/%Y}" for s in submissions if s.on})) or "none used",
        ),
        ("Please note", _notes(submissions)),
        ("Rules not run", _rules_not_run(submissions)),
        ("Files passed over", _names(passed_over)),
        ("How to use this", ADVICE),
    ]


def _notes(submissions: Sequence[Submission]) -> str:
    """List each note once; one that is not every file's names those it is about."""
    files: dict[str, list[str]] = {}
    for submission in submissions:
        for note in submission.notes:
            files.setdefault(note, []).append(submission.file)
    read = sum(s.status is not Status.REFUSED for s in submissions)
    return "\n".join(n if len(f) == read else f"{', '.join(f)}: {n}" for n, f in sorted(files.items())) or "nothing"


def _names(names: Iterable[str]) -> str:
    return "\n".join(names) or "none"


def _rules_not_run(submissions: Sequence[Submission]) -> str:
    reasons: dict[tuple[str, str], int] = {}
    for submission in submissions:
        for rule in submission.not_run:
            reasons[rule] = reasons.get(rule, 0) + 1
    return "\n".join(f"{code}: {reason} ({n} files)" for (code, reason), n in sorted(reasons.items())) or "none"
