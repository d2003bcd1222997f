"""A LibreOffice that starts when first asked, keeps to a time limit, and is started anew if it hangs or dies."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import tempfile
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Timer
from typing import Any, Literal

SYSTEM_PYTHON = "/usr/bin/python3"
WORKER = Path(__file__).with_name("uno_worker.py")
START_SECONDS = 60.0
END_SECONDS = 15.0
NEEDED = "libreoffice-calc libreoffice-writer python3-uno poppler-utils fonts-crosextra-carlito fonts-liberation"

Cell = float | str
Edit = float | str | bool | None
Block = Sequence[Sequence[float | str]]


class OfficeError(Exception):
    """LibreOffice could not do what was asked."""


class _DeadError(Exception):
    """The process ended, or was ended by the time limit, before it answered."""


def check_installed() -> None:
    """Raise `OfficeError`, with what to install, unless LibreOffice and its Python bridge are there."""
    found = shutil.which("soffice") and shutil.which("pdftoppm") and Path(SYSTEM_PYTHON).exists()
    if found and not subprocess.run([SYSTEM_PYTHON, "-c", "import uno"], check=False, capture_output=True).returncode:
        return
    raise OfficeError(f"These tests need LibreOffice. Run `make setup`, or install: {NEEDED}")


class Office:
    """One headless LibreOffice for many workbooks; `close` it at the end."""

    def __init__(self) -> None:
        self._worker: subprocess.Popen[str] | None = None
        self._profiles = Path(tempfile.mkdtemp(prefix="office-"))

    def recalc(
        self, path: Path, edits: Mapping[str, Mapping[str, Edit]] | None = None, *, seconds: float = 60.0
    ) -> dict[str, list[list[Cell]]]:
        """Give each sheet's rows, from A1, after setting the cells of `edits` and recalculating everything.

        Numbers, dates (days since 30 December 1899) and truths (1 and 0) are floats; an empty cell and an empty text
        are ""; a cell in error is "#ERR:" and the error. The file itself stays as it was.
        `edits` is {sheet: {address: value}}; None empties a cell; a locked cell of a protected sheet is an error.
        Raises `OfficeError`.
        """
        request = {"action": "recalc", "path": str(path.resolve()), "edits": edits or {}}
        result: dict[str, list[list[Cell]]] = self._ask(request, seconds)
        return result

    def recalc_each(
        self, path: Path, each: Sequence[Mapping[str, Mapping[str, Block]]], *, seconds: float = 120.0
    ) -> list[dict[str, list[list[Cell]]]]:
        """Give what `recalc` gives for each of many sets of blocks {sheet: {top left address: rows of values}}.

        The file is opened once, which is quicker; a block's cells, "" included, are emptied before the next set.
        """
        request = {"action": "recalc_each", "path": str(path.resolve()), "each": list(each)}
        result: list[dict[str, list[list[Cell]]]] = self._ask(request, seconds)
        return result

    def convert(
        self, path: Path, kind: Literal["pdf", "xlsx"], folder: Path | None = None, *, seconds: float = 120.0
    ) -> Path:
        """Write the file as `kind`, beside itself or in `folder`, and give the new path. Raises `OfficeError`."""
        target = (folder or path.parent).resolve() / f"{path.stem}.{kind}"
        if target == path.resolve():
            raise OfficeError(f"{path} would be written over: name another folder")
        request = {"action": "convert", "path": str(path.resolve()), "kind": kind, "target": str(target)}
        return Path(self._ask(request, seconds))

    @property
    def process_group(self) -> int:
        """The process group of the running LibreOffice."""
        if self._worker is None:
            raise OfficeError("LibreOffice has not been started")
        return self._worker.pid

    def close(self) -> None:
        """End LibreOffice and remove its profile."""
        if self._worker and self._worker.poll() is None and self._worker.stdin:
            self._worker.stdin.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._worker.wait(END_SECONDS)
        self._kill()
        shutil.rmtree(self._profiles, ignore_errors=True)

    def _ask(self, request: Mapping[str, object], seconds: float) -> Any:
        for _ in range(2):
            try:
                return self._exchange(request, seconds)
            except _DeadError:
                self._kill()
        raise OfficeError(f"LibreOffice died or took over {seconds:g} seconds, twice: {request}")

    def _exchange(self, request: Mapping[str, object], seconds: float) -> Any:
        limit = seconds if self._worker else seconds + START_SECONDS
        worker = self._worker = self._worker or self._start()
        assert worker.stdin is not None
        assert worker.stdout is not None
        timer = Timer(limit, _kill_group, [worker])
        timer.start()
        try:
            with contextlib.suppress(BrokenPipeError):
                worker.stdin.write(json.dumps(request) + "\n")
                worker.stdin.flush()
            line = worker.stdout.readline()
        finally:
            timer.cancel()
        if not line:
            raise _DeadError
        reply = json.loads(line)
        if "error" in reply:
            raise OfficeError(reply["error"])
        return reply["result"]

    def _start(self) -> subprocess.Popen[str]:
        check_installed()
        profile = self._profiles / uuid.uuid4().hex
        return subprocess.Popen(
            [SYSTEM_PYTHON, str(WORKER), str(profile)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None,
            text=True,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(self._profiles),
                "LC_ALL": "C.UTF-8",
                "SAL_USE_VCLPLUGIN": "svp",
            },
            start_new_session=True,
        )

    def _kill(self) -> None:
        if self._worker is None:
            return
        _kill_group(self._worker)
        with contextlib.suppress(BrokenPipeError), self._worker:  # closes its pipes and waits for it
            pass
        self._worker = None


def _kill_group(worker: "subprocess.Popen[str]") -> None:
    """End the worker and the LibreOffice it started; they share a process group of their own."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(worker.pid, signal.SIGKILL)
