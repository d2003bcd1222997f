"""The wheel as a stranger installs it: into an empty environment, run far from the checkout."""

import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

HOME = Path(__file__).parent.parent
HEAVY = {"docxtpl", "jinja2", "lxml", "numpy", "openpyxl", "pandas", "python_calamine", "xlsxwriter", "xlwings"}
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
SOURCES = [
    "import provision_costing",
    "import contextlib\nfrom provision_costing.cli import main\n"
    "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(None): main(['--help'])",
]


def run(*command: str | Path, cwd: Path) -> str:
    """Give what a command prints; a command that fails fails the test with both its outputs."""
    # Nothing of this environment may help: not its import path, not the checkout.
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, cwd=cwd, env=env, check=False, capture_output=True, text=True)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy so that no file that an earlier build left behind can slip in."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    shutil.copytree(
        HOME / "provision_costing", source / "provision_costing", ignore=shutil.ignore_patterns("__pycache__")
    )
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(HOME / name, source)
    run(*PIP, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, source, cwd=folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of an empty environment that holds the locked requirements, then the wheel, and nothing else."""
    home = tmp_path_factory.mktemp("empty") / "venv"
    venv.create(home, with_pip=False)
    pip = [*PIP, "--python", str(home / "bin" / "python"), "install"]
    run(*pip, "--require-hashes", "--requirement", HOME / "requirements.txt", cwd=home)
    # With no index to ask, this also proves that the lock holds all that the wheel says it needs.
    run(*pip, "--no-index", wheel, cwd=home)
    return home / "bin"


def test_the_wheel_carries_every_data_file(wheel: Path, installed: Path) -> None:
    package = HOME / "provision_costing"
    wanted = {path.relative_to(HOME) for path in package.rglob("*") if path.is_file() and path.suffix != ".pyc"}
    site = next((installed.parent / "lib").glob("python3*")) / "site-packages"
    assert {path for path in wanted if not (site / path).exists()} == set()
    assert Path("provision_costing/policies/waltham_forest.toml") in wanted
    assert Path("provision_costing/py.typed") in wanted
    assert any("documents" in path.parts and path.suffix in {".docx", ".html", ".jinja"} for path in wanted)


def test_help_works_far_from_the_checkout(installed: Path, tmp_path: Path) -> None:
    shown = run(installed / "provision-costing", "--help", cwd=tmp_path)
    assert {"audit", "cost", "documents", "new", "policy", "read", "rules"} <= set(shown.split())


def test_the_installed_policy_is_read(installed: Path, tmp_path: Path) -> None:
    command = ["policy", "waltham-forest", "--on", "2026-09-01", "--json"]
    shown = json.loads(run(installed / "provision-costing", *command, cwd=tmp_path))
    assert "Waltham Forest" in json.dumps(shown)
    assert "6000" in json.dumps(shown)  # Element 2: the first £6,000 is the school's (domain.md, ESFA high needs guide)


def test_the_installed_templates_make_a_workbook_and_documents(installed: Path, tmp_path: Path) -> None:
    command = installed / "provision-costing"
    run(command, "new", "map.xlsx", "--policy", "waltham-forest", "--on", "2026-09-01", cwd=tmp_path)
    assert (tmp_path / "map.xlsx").read_bytes()[:2] == b"PK"
    sample = next((HOME / "sample_maps").glob("*primary*.xlsx"))
    run(command, "documents", sample, "--out", "papers", "--format", "html,docx", cwd=tmp_path)
    assert {path.suffix for path in (tmp_path / "papers").rglob("*.*")} == {".html", ".docx"}


def heavy_imports(source: str) -> set[str]:
    """The heavy libraries that a fresh Python has loaded after running `source`."""
    look = f"{source}\nimport sys\nprint(*sys.modules)"
    return HEAVY & set(run(sys.executable, "-c", look, cwd=HOME).split())


@pytest.mark.parametrize("source", SOURCES, ids=["import", "help"])
def test_no_heavy_library_is_loaded_at_the_start(source: str) -> None:
    assert heavy_imports(source) == set()


def test_a_heavy_import_would_be_seen() -> None:
    assert {"pandas", "numpy"} <= heavy_imports("import pandas")
