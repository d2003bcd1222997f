"""Build the workbooks to download, and the data dictionary: `python workbook_templates/build.py [FOLDER]`."""

import os
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from provision_costing.policy import load_policy
from provision_costing.workbook.blank import blank_map
from provision_costing.workbook.dictionary import data_dictionary
from provision_costing.workbook.template import write_workbook

HOME = Path(__file__).resolve().parent.parent
POLICIES = {"waltham-forest": date(2026, 9, 1)}


def built() -> Iterator[tuple[Path, bytes]]:
    """Give each file, by its path in the project, with its bytes."""
    for name, on in POLICIES.items():
        policy = load_policy(name, on)
        path = Path("workbook_templates") / f"provision-map-{name}-{on.year}-{(on.year + 1) % 100:02d}.xlsx"
        yield path, write_workbook(blank_map(policy), policy)
    yield Path("docs") / "data-dictionary.md", data_dictionary().encode()


def write(path: Path, data: bytes) -> None:
    """Put a whole file in place, or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as part:
        part.write(data)
    os.chmod(part.name, 0o644)
    os.replace(part.name, path)


def main() -> None:
    """Build into the project, or into the folder named."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HOME
    for path, data in built():
        write(folder / path, data)
        print(folder / path)


if __name__ == "__main__":
    main()
