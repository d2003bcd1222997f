"""A skipped test would pass unseen, so the run that holds one fails: shown on a small project of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HOME = Path(__file__).parent.parent
GOOD = "def test_good(): assert True\n"
SKIP = "def test_bad(): pytest.skip('later')\n"
MODULE = "pytest.importorskip('no_such_module')\n"
WORKERS = ("-n", "1")


def run(folder: Path, text: str, *options: str) -> "subprocess.CompletedProcess[str]":
    (folder / "test_good.py").write_text(GOOD)
    (folder / "test_other.py").write_text(f"import pytest\n{text}")
    (folder / "conftest.py").write_text((HOME / "tests" / "conftest.py").read_text())
    (folder / "pytest.ini").write_text("[pytest]\n")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(HOME)},
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    ("text", "options"),
    [
        pytest.param(SKIP, (), id="skip"),
        pytest.param(SKIP, WORKERS, id="skip in a worker"),
        pytest.param("@pytest.mark.skipif(True, reason='later')\ndef test_bad(): assert True\n", (), id="skipif"),
        pytest.param("@pytest.mark.xfail\ndef test_bad(): assert False\n", (), id="xfail"),
        pytest.param(MODULE, (), id="module"),
        pytest.param(MODULE, WORKERS, id="module in a worker"),
    ],
)
def test_a_run_with_a_skipped_test_fails(tmp_path: Path, text: str, options: tuple[str, ...]) -> None:
    done = run(tmp_path, text, *options)
    assert done.returncode == pytest.ExitCode.TESTS_FAILED, done.stdout + done.stderr
    assert "NOT RUN" in done.stdout


def test_a_run_without_skipped_tests_passes(tmp_path: Path) -> None:
    done = run(tmp_path, "")
    assert done.returncode == pytest.ExitCode.OK, done.stdout + done.stderr
