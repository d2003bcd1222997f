"""Pictures of a workbook or document, page by page, for a person to look at.

.venv/bin/python -m tests.office.render FILE FOLDER
"""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests.office.session import Office

DOTS_PER_INCH = 80


def render(office: Office, path: Path, folder: Path, pages: tuple[int, int] | None = None) -> list[Path]:
    """Write `FILE.pdf` and a PNG of each page (or of pages first to last) into `folder`; give the PNGs in order."""
    folder.mkdir(parents=True, exist_ok=True)
    pdf = path if path.suffix == ".pdf" else office.convert(path, "pdf", folder)
    stem = folder / f"{path.stem}-page"
    wanted = ["-f", str(pages[0]), "-l", str(pages[1])] if pages else []
    subprocess.run(["pdftoppm", "-png", "-r", str(DOTS_PER_INCH), *wanted, str(pdf), str(stem)], check=True)
    return sorted(folder.glob(f"{stem.name}-*.png"))


def main() -> None:
    """Render the file and folder named on the command line."""
    with closing(Office()) as office:
        for page in render(office, Path(sys.argv[1]), Path(sys.argv[2])):
            print(page)


if __name__ == "__main__":
    main()
