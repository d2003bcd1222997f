"""Reading files in child processes, so that one that crashes, swells or hangs costs only itself.

Children are spawned, not forked, so that this is the same on Windows; limits of memory hold where the system has them.
"""

import pickle
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from provision_costing.errors import WorkbookError
from provision_costing.workbook.refusals import RefusedError

_Result = TypeVar("_Result")
_Read = Callable[[str, bytes], _Result]

_START_SECONDS = 120.0  # for a child to load the program, on a machine busy with other things
_WAITING_PER_WORKER = 4  # results kept until an earlier one is ready
_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Isolated(Generic[_Result]):
    """What came of one file: a value, or the reason for which there is none."""

    name: str
    value: _Result | None = None
    refused: WorkbookError | None = None

    @property
    def refusal(self) -> str:
        """Say the reason in words; empty when there is a value."""
        return "" if self.refused is None else str(self.refused)


@dataclass(slots=True)
class _Task:
    name: str
    data: bytes
    result: Isolated[Any] | None = None


@dataclass(slots=True)
class _Worker:
    """One child and what it is doing; it is ready for its first task when it has said so."""

    process: BaseProcess
    pipe: Connection
    deadline: float
    task: _Task | None = None
    ready: bool = False

    def stop(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


def run_isolated(
    read: _Read[_Result],
    tasks: Iterable[tuple[str, bytes]],
    *,
    workers: int = 2,
    seconds: float = 30,
    memory_mib: int = 1024,
) -> Iterator[Isolated[_Result]]:
    """Give `read(name, data)` of each task, in the order of the tasks, as soon as those before it are done.

    `read` is a function of a module (or a `partial` of one), and its result can be pickled. A task that takes longer
    than `seconds`, needs more than `memory_mib`, or kills its child is refused; the others go on. Tasks are taken
    from the iterable only as they are needed.
    """
    pool = _Pool(read=pickle.dumps(read), seconds=seconds, memory_mib=memory_mib)
    source = iter(tasks)
    queue: deque[_Task] = deque()
    try:
        while True:
            while len(queue) < workers * _WAITING_PER_WORKER and (task := _next(source)):
                queue.append(task)
                pool.waiting.append(task)
            if not queue:
                return
            pool.grow(min(workers, len(queue)))
            pool.step()
            while queue and (result := queue[0].result):
                queue.popleft()
                yield result
    finally:
        pool.stop()


def _next(source: Iterator[tuple[str, bytes]]) -> _Task | None:
    found = next(source, None)
    return None if found is None else _Task(*found)


@dataclass(slots=True, kw_only=True)
class _Pool:
    """The children, and the tasks that wait for one."""

    read: bytes  # pickled
    seconds: float
    memory_mib: int
    workers: list[_Worker] = field(default_factory=list)
    waiting: deque[_Task] = field(default_factory=deque)

    def grow(self, workers: int) -> None:
        """Start children up to a number."""
        spawn = get_context("spawn")
        while len(self.workers) < workers:
            ours, theirs = spawn.Pipe()
            process = spawn.Process(target=_work, args=(theirs, self.read, self.memory_mib), daemon=True)
            process.start()
            theirs.close()
            self.workers.append(_Worker(process, ours, time.monotonic() + _START_SECONDS))

    def step(self) -> None:
        """Hand out tasks, wait until a child says something or its time is over, and deal with it."""
        for worker in self.workers:
            if worker.ready and worker.task is None and self.waiting:
                self._give(worker, self.waiting.popleft())
        busy = [w for w in self.workers if w.task or not w.ready]
        soonest = min((w.deadline for w in busy), default=0.0)
        told = wait([w.pipe for w in busy], timeout=max(0.0, soonest - time.monotonic()))
        for worker in busy:
            if worker.pipe in told:
                self._hear(worker)
            elif time.monotonic() >= worker.deadline:
                self._replace(worker, "FIL36")

    def stop(self) -> None:
        """End every child."""
        for worker in self.workers:
            worker.stop()
        self.workers.clear()

    def _give(self, worker: _Worker, task: _Task) -> None:
        worker.task, worker.deadline = task, time.monotonic() + self.seconds
        # a child that has died is heard as the end of its pipe at the next wait
        with suppress(BrokenPipeError, ConnectionResetError):
            worker.pipe.send((task.name, task.data))

    def _hear(self, worker: _Worker) -> None:
        try:
            said = worker.pipe.recv()
        except (EOFError, OSError, pickle.UnpicklingError):
            self._replace(worker, "FIL37")
            return
        if worker.task:
            worker.task.result = said
            worker.task = None
        worker.ready = True

    def _replace(self, worker: _Worker, code: str) -> None:
        """End a child, refuse what it was reading, and start another in its place."""
        if worker.task is None:
            raise WorkbookError("The program that reads files in safety could not be started on this computer.")
        task = worker.task
        task.result = Isolated(name=task.name, refused=RefusedError(code, task.name))
        worker.stop()
        self.workers.remove(worker)
        self.grow(len(self.workers) + 1)


def _work(pipe: Connection, read: bytes, memory_mib: int) -> None:
    """Be a child: read what is sent, one task after another, until the parent closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl+C means
    function = pickle.loads(read)  # noqa: S301 - written by our own parent
    _limit(memory_mib)
    pipe.send(None)
    while True:
        try:
            name, data = pipe.recv()
        except EOFError:
            return
        _send(pipe, name, _attempt(function, name, data))


def _attempt(function: _Read[Any], name: str, data: bytes) -> Isolated[Any]:
    try:
        return Isolated(name=name, value=function(name, data))
    except WorkbookError as refused:
        return Isolated(name=name, refused=refused)
    except MemoryError:
        return Isolated(name=name, refused=RefusedError("FIL37", name, "memory"))
    except Exception as error:  # noqa: BLE001 - a fault of ours in one file must not stop the others
        return Isolated(name=name, refused=RefusedError("FIL39", name, _fault(error)))


def _fault(error: Exception) -> str:
    """Name a fault and its place without its words, which may quote a pupil's data."""
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f" at {place.tb_frame.f_code.co_name}, line {place.tb_lineno}" if place else ""
    return type(error).__name__ + where


def _send(pipe: Connection, name: str, result: Isolated[Any]) -> None:
    try:
        pipe.send(result)
    except (pickle.PicklingError, TypeError, AttributeError, MemoryError, ValueError) as error:
        pipe.send(Isolated(name=name, refused=RefusedError("FIL39", name, _fault(error))))


def _limit(memory_mib: int) -> None:
    """Limit this process's memory, and write no core file, where the system knows such limits."""
    try:
        import resource
    except ImportError:
        return
    most = memory_mib * _MIB
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
