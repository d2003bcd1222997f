"""The command's start, as a person waits for it."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.timing import Figure, best_wait

COMMAND = Path(sys.executable).with_name("provision-costing")


def figures() -> Iterator[Figure]:
    """Time the whole process, beside a Python that does nothing."""
    idle = best_wait(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True))
    shown = best_wait(lambda: subprocess.run([COMMAND, "--help"], check=True, stdout=subprocess.DEVNULL))
    beside = f"Python alone takes {idle:.3f} s of it"
    yield Figure(what="provision-costing --help, the whole process", seconds=shown, target=0.3, beside=beside)
