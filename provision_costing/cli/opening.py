"""Opening a map for a command: read in a child process, under the policy that it names or the one given."""

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from provision_costing.clock import today
from provision_costing.costing import MapCost, cost_map
from provision_costing.errors import DocumentError, ProvisionCostingError, WorkbookError
from provision_costing.files import read_file, write_file
from provision_costing.findings import Finding
from provision_costing.model import ProvisionMap
from provision_costing.policy import Policy, load_policy, policy_names, with_overrides
from provision_costing.workbook.isolate import run_isolated
from provision_costing.workbook.read import read_map

USUAL_POLICY = "waltham-forest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A map with its policy and its costs."""

    map: ProvisionMap
    findings: tuple[Finding, ...]
    policy: Policy
    cost: MapCost


def costed(path: Path, policy: str | None, on: date | None, *pupils: str | None) -> Opened:
    """Read and cost a map; a pupil asked for who is not on it is a ProvisionCostingError that lists who is."""
    provision_map, findings = _read(path)
    named = provision_map.school.policy
    chosen = policy or (named if named in policy_names() else USUAL_POLICY)
    day = on or provision_map.school.starts or provision_map.school.policy_date or today()
    values = with_overrides(load_policy(chosen, day), provision_map.school.overrides)
    cost = cost_map(provision_map, values)
    for pupil in pupils:
        if pupil is not None and cost.of(pupil) is None:
            known = ", ".join(p.reference for p in provision_map.pupils[:20]) or "nobody"
            raise ProvisionCostingError(f"No pupil {pupil} is on {path.name}. On it: {known}.")
    return Opened(map=provision_map, findings=findings, policy=values, cost=cost)


def _read(path: Path) -> tuple[ProvisionMap, tuple[Finding, ...]]:
    read_file(path)  # a path that is wrong is told at once, in this process
    result = next(iter(run_isolated(_read_in_child, [(path.name, os.fsencode(path))], workers=1)))
    if result.value is None:
        raise WorkbookError(f"{path.name}: {result.refusal}")
    if isinstance(result.value, str):
        raise WorkbookError(result.value)
    return result.value


def _read_in_child(name: str, path: bytes) -> tuple[ProvisionMap, tuple[Finding, ...]] | str:
    try:
        return read_map(read_file(Path(os.fsdecode(path))), name)
    except ProvisionCostingError as error:
        return str(error)


def write_documents(
    opened: Opened, out: Path, pupils: tuple[str, ...], formats: tuple[str, ...], *, names: bool, replace: bool
) -> int:
    """Write each pupil's paper in each format into a folder, and count them."""
    from provision_costing.documents import make_documents

    references = pupils or tuple(p.reference for p in opened.map.pupils)
    if not references:
        raise DocumentError("There is no pupil on this map, so there is no paper to make.")
    count = 0
    for name, data in make_documents(opened.map, opened.policy, references, formats, names=names):
        write_file(out / name, data, replace=replace)
        count += 1
    return count
