"""The best of a few runs, in processor time where our own process works: other programs disturb it least."""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter, process_time

RUNS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure in seconds, and what it is held against."""

    what: str
    seconds: float
    target: float | None = None  # seconds
    beside: str = ""

    def __str__(self) -> str:
        target = "" if self.target is None else f"  target {self.target:g} s: {self._met()}"
        return f"{self.what:<58} {self.seconds:8.3f} s{target}{'  ' + self.beside if self.beside else ''}"

    def _met(self) -> str:
        return "met" if self.target is not None and self.seconds <= self.target else "MISSED"


def best(work: Callable[[], object], runs: int = RUNS) -> float:
    """Give the processor's seconds of the quickest run."""
    return min(_once(work, process_time) for _ in range(runs))


def best_wait(work: Callable[[], object], runs: int = 2 * RUNS) -> float:
    """Give the seconds that a person waits for the quickest run, of a process that we start."""
    return min(_once(work, perf_counter) for _ in range(runs))


def _once(work: Callable[[], object], clock: Callable[[], float]) -> float:
    gc.collect()
    start = clock()
    work()
    return clock() - start
