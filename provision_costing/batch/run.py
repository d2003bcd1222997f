"""Auditing files, one or a folder, each read in a child process so that one bad file never stops the rest."""

import os
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path

from provision_costing.audit import Audit, audit
from provision_costing.batch.submissions import PupilRow, Status, Submission
from provision_costing.clock import today
from provision_costing.costing import PupilCost
from provision_costing.errors import ProvisionCostingError
from provision_costing.files import read_file
from provision_costing.money import exact
from provision_costing.policy import load_policy
from provision_costing.workbook.isolate import run_isolated
from provision_costing.workbook.read import read_map

# What a school may send; anything else in the folder is named as passed over.
SUBMITTED = frozenset(
    {".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".ods", ".csv", ".tsv", ".docx", ".doc", ".odt", ".rtf",
     ".pdf", ".numbers", ".pages", ".zip", ""}
)  # fmt: skip


def collect(path: Path) -> tuple[list[Path], list[Path]]:
    """List the files under a path that are submissions, and those that are passed over, each in order of name.

    Office programs' lock files, hidden files and kinds that no school sends as a map are passed over.
    """
    if path.is_file():
        return [path], []
    if not path.is_dir():
        raise ProvisionCostingError(f"There is no file or folder at {path}.")
    found = sorted(p for p in path.rglob("*") if p.is_file())
    taken = [p for p in found if not p.name.startswith((".", "~$")) and p.suffix.casefold() in SUBMITTED]
    return taken, sorted(set(found) - set(taken))


def audit_files(
    files: Sequence[Path], root: Path, policy: str, on: date | None, *, workers: int = 2
) -> Iterator[Submission]:
    """Audit each file and give what was found, in the order of the files.

    `on` is the day whose policy values are used; None takes the first day of each map, or today.
    """
    load_policy(policy, on or today())  # a mistake in the policy is told once, before any file is read
    tasks = [(_name(file, root), os.fsencode(file)) for file in files]
    for result in run_isolated(partial(audit_file, policy=policy, on=on), tasks, workers=workers):
        if result.value is not None:
            yield result.value
        else:
            reason = result.refusal.removeprefix(f"{result.name}: ")
            yield Submission(file=result.name, status=Status.REFUSED, reason=reason)


def audit_file(name: str, path: bytes, *, policy: str, on: date | None) -> Submission:
    """Read and audit one file; a file that cannot be read comes back refused, with the reason."""
    try:
        data = read_file(Path(os.fsdecode(path)))
        return _submission(audit_bytes(name, data, policy=policy, on=on))
    except ProvisionCostingError as error:
        return Submission(file=name, status=Status.REFUSED, reason=str(error).removeprefix(f"{name}: "))


def audit_bytes(name: str, data: bytes, *, policy: str, on: date | None) -> Audit:
    """Read and audit the bytes of one file; ProvisionCostingError when it cannot be read."""
    values = load_policy(policy, on or today())
    provision_map, reading = read_map(data, name, hours_per_day=Fraction(exact(values.hours_per_day)))
    starts = provision_map.school.starts
    if on is None and starts is not None:
        values = load_policy(policy, starts)
    return audit(provision_map, values, reading)


def _name(file: Path, root: Path) -> str:
    name = file.relative_to(root).as_posix() if root.is_dir() else file.name
    return name.encode("utf-8", "replace").decode()


def _submission(done: Audit) -> Submission:
    totals = [s.amount for p in done.cost.pupils if (s := p.pupil.stated.get("total")) and s.amount is not None]
    return Submission(
        file=done.file,
        status=Status.AUDITED if done.complete else Status.INCOMPLETE,
        reason="" if done.cost.pupils else "No pupil is on this map.",
        school=done.school.name,
        form=done.form.value,
        policy=done.policy.authority,
        on=done.policy.on,
        provisions=len(done.cost.sessions),
        rows_left_out=done.rows_left_out,
        total=done.cost.total,
        stated_total=sum(totals, Decimal(0)) if totals else None,
        pupils=tuple(_pupil_row(p) for p in done.cost.pupils),
        findings=done.findings,
        not_run=tuple((n.code, n.reason) for n in done.not_run),
        crashed=any(n.crashed for n in done.not_run),
        notes=done.notes,
    )


def _pupil_row(cost: PupilCost) -> PupilRow:
    pupil, placement = cost.pupil, cost.placement
    stated = pupil.stated.get("total")
    return PupilRow(
        pupil=pupil.reference,
        year_group=pupil.year_group,
        sen_status=pupil.sen_status.value if pupil.sen_status else "",
        area_of_need=pupil.area_of_need.value if pupil.area_of_need else "",
        stated_total=stated.amount if stated else None,
        direct=cost.direct,
        resources=cost.resources,
        general=cost.general,
        total=cost.total,
        above_element_2=cost.above_element_2,
        increment=(placement.name or placement.remark) if placement else "",
        to_next=placement.to_next if placement else None,
        stated_band=pupil.stated_band,
        not_counted=cost.not_counted,
    )
