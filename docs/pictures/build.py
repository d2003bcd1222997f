"""Take the README's pictures anew: .venv/bin/python -m docs.pictures.build (needs LibreOffice and pdftoppm)."""

import shutil
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

from click.testing import CliRunner

from provision_costing.cli import main as command
from tests.office.render import render
from tests.office.session import Office

HERE = Path(__file__).parent
SAMPLES = HERE.parent.parent / "sample_maps"


def main() -> None:
    """Write workbook.png, audit.png and pupil-map.png."""
    with tempfile.TemporaryDirectory() as name, closing(Office()) as office:
        folder = Path(name)
        guide = str(SAMPLES / "guide-year-3-map-as-printed.xlsx")
        CliRunner().invoke(command, ["documents", guide, "--out", name, "--format", "docx"])
        CliRunner().invoke(command, ["audit", str(SAMPLES), "--policy", "waltham-forest", "--out", name])
        pictures = {
            "workbook.png": (SAMPLES / "primary-30-pupils.xlsx", "Each pupil's year."),
            "audit.png": (folder / "audit.xlsx", "Message"),
            "pupil-map.png": (next(folder.glob("*.docx")), "Individual provision map"),
        }
        for picture, (file, words) in pictures.items():
            pdf = office.convert(file, "pdf", folder)
            page = _page_with(pdf, words)
            (png,) = render(office, pdf, folder / picture, (page, page))
            shutil.copy(png, HERE / picture)


def _page_with(pdf: Path, words: str) -> int:
    """Find the first page whose own text has these words."""
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    pages = text.split("\f")
    return next(n for n, page in enumerate(pages, 1) if words in page.partition("Confidential")[0][:2000])


if __name__ == "__main__":
    main()
