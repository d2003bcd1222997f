"""One file that crashes, hangs or swells costs only itself."""

import os
import time
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from provision_costing.errors import WorkbookError
from provision_costing.workbook.isolate import Isolated, run_isolated
from provision_costing.workbook.read import read_map
from provision_costing.workbook.refusals import RefusedError
from tests.makers import guide_map, with_cell

MIB = 1024 * 1024


def behave(name: str, data: bytes, *, suffix: str = "") -> Any:
    """What each test file asks for."""
    match name.partition(" ")[0]:
        case "abort":
            os.abort()
        case "leave":
            os._exit(0)
        case "hang":
            time.sleep(600)
        case "swell":
            return len(bytearray(4096 * MIB))
        case "refuse":
            raise RefusedError("FIL09", name)
        case "fault":
            raise KeyError("Ayşe Demir")
        case "unpicklable":
            return lambda: None
        case "slow":
            time.sleep(0.3)
    return data.decode() + suffix


def total_of(name: str, data: bytes) -> int:
    return len(read_map(data, name)[0].provisions)


def run(*names: str, seconds: float = 20) -> list[Isolated[Any]]:
    tasks = [(name, name.encode()) for name in names]
    return list(run_isolated(behave, tasks, seconds=seconds, memory_mib=512))


def codes(results: list[Isolated[Any]]) -> list[str]:
    return [r.refused.code if isinstance(r.refused, RefusedError) else "" for r in results]


def test_a_crash_costs_one_file() -> None:
    names = ["good 1", "abort", "good 2", "leave", "refuse", "fault", "unpicklable", "swell", "good 3"]
    results = run(*names)
    assert [r.name for r in results] == names
    assert codes(results) == ["", "FIL37", "", "FIL37", "FIL09", "FIL39", "FIL39", "FIL37", ""]
    assert [r.value for r in results if not r.refused] == ["good 1", "good 2", "good 3"]
    assert not any("Demir" in r.refusal for r in results)


def test_a_hang_is_ended_and_the_others_go_on() -> None:
    before = time.monotonic()
    results = run("hang", "good 1", "good 2", "good 3", seconds=1.5)
    assert codes(results) == ["FIL36", "", "", ""]
    assert time.monotonic() - before < 60


def test_results_keep_the_order_of_the_tasks() -> None:
    names = ["slow 1", "good 1", "slow 2", "good 2"]
    assert [r.value for r in run(*names)] == names


def test_tasks_are_taken_only_as_they_are_needed() -> None:
    taken: list[int] = []

    def tasks() -> Iterator[tuple[str, bytes]]:
        for n in range(40):
            taken.append(n)
            yield f"good {n}", b"x"

    results = run_isolated(behave, tasks(), workers=1)
    assert next(results).value == "x"
    assert len(taken) < 10
    results.close()  # type: ignore[attr-defined]


def test_a_partial_function_and_no_tasks() -> None:
    assert [r.value for r in run_isolated(partial(behave, suffix="!"), [("good", b"a")])] == ["a!"]
    assert list(run_isolated(behave, [])) == []


def test_a_program_that_cannot_start_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("provision_costing.workbook.isolate._work", os._exit)
    with pytest.raises(WorkbookError, match="could not be started"):
        list(run_isolated(behave, [("good", b"")]))


def test_maps_are_read_in_children_beside_hostile_files() -> None:
    stray = with_cell(guide_map(), '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    results = list(run_isolated(total_of, [("a", guide_map()), ("b", stray), ("c", b""), ("d", guide_map())]))
    assert [r.value for r in results] == [6, None, None, 6]
    assert codes(results) == ["", "FIL28", "FIL01", ""]
