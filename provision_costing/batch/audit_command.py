"""The audit from the command line: progress on a terminal, four files in a folder, a short table, an exit code."""

import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import click

from provision_costing.batch.overview import ADVICE
from provision_costing.batch.run import audit_files, collect
from provision_costing.batch.submissions import Status, Submission
from provision_costing.batch.tables import as_csv, findings_table, pupils_table, submissions_table
from provision_costing.batch.workbook import audit_workbook
from provision_costing.clock import today
from provision_costing.errors import ProvisionCostingError
from provision_costing.files import write_file
from provision_costing.findings import Severity
from provision_costing.money import pounds
from provision_costing.text import columns, shortened

OUTPUTS = ("findings.csv", "pupils.csv", "submissions.csv", "audit.xlsx")
MOST_SHOWN = 40


def audit_path(path: Path, policy: str, out: Path, on: date | None, *, replace: bool) -> int:
    """Audit a file or a folder, write the results and say what came of it; gives the exit code."""
    _refuse_folder(path, out, replace=replace)
    files, passed_over = collect(path)
    if not files:
        raise ProvisionCostingError(f"There is no map in {path}. Maps are .xlsx files.")
    submissions = _with_progress(audit_files(files, path, policy, on), len(files))
    _write(submissions, [p.name for p in passed_over], out, replace=replace)
    click.echo(_table(submissions))
    click.echo(f"\nThe results are in {out}: {', '.join(OUTPUTS)}.\n{ADVICE}")
    return exit_code(submissions)


def _with_progress(results: Iterable[Submission], count: int) -> list[Submission]:
    """Take the results one by one, with a bar where a person watches."""
    unseen = not sys.stderr.isatty()
    with click.progressbar(results, length=count, label="Auditing", file=sys.stderr, hidden=unseen) as shown:
        return list(shown)


def exit_code(submissions: Sequence[Submission]) -> int:
    """Give 2 when a file or a rule could not run, 1 when there are errors, else 0."""
    if any(s.status is Status.REFUSED or s.crashed for s in submissions):
        return 2
    return 1 if any(s.count(Severity.ERROR) for s in submissions) else 0


def _refuse_folder(path: Path, out: Path, *, replace: bool) -> None:
    inbox = path.resolve() if path.is_dir() else path.resolve().parent / path.name
    if out.resolve() == inbox or inbox in out.resolve().parents:
        raise ProvisionCostingError(f"The results cannot go into {path} itself: choose a folder outside it.")
    held = [name for name in OUTPUTS if (out / name).exists()]
    if held and not replace:
        raise ProvisionCostingError(
            f"{out} already holds {held[0]} of an earlier audit. Choose another folder, or add --replace."
        )


def _write(submissions: Sequence[Submission], passed_over: Sequence[str], out: Path, *, replace: bool) -> None:
    written = {
        "findings.csv": as_csv(*findings_table(submissions)),
        "pupils.csv": as_csv(*pupils_table(submissions)),
        "submissions.csv": as_csv(*submissions_table(submissions)),
        "audit.xlsx": audit_workbook(submissions, today(), passed_over),
    }
    for name, data in written.items():
        write_file(out / name, data, replace=replace)


def _table(submissions: Sequence[Submission]) -> str:
    worst = sorted(submissions, key=lambda s: (s.status is not Status.REFUSED, -s.count(Severity.ERROR), s.file))
    shown = worst[:MOST_SHOWN]
    rows = [_row(submission) for submission in shown]
    text = columns(["file", "pupils", "total", "errors", "queries", "note"], rows, right=(1, 2, 3, 4))
    more = len(submissions) - len(shown)
    return text + (f"\n… and {more} more in submissions.csv" if more else "")


def _row(submission: Submission) -> list[str]:
    status = "" if submission.status is Status.AUDITED else submission.status.value
    return [
        shortened(submission.file, 60),
        str(len(submission.pupils)),
        pounds(submission.total) if submission.total is not None else "",
        str(submission.count(Severity.ERROR)),
        str(submission.count(Severity.QUERY)),
        shortened(submission.reason, 90) or status,
    ]
