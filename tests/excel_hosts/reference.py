"""What is made from the functions' module: the table in the documentation, and the golden VBA.

`python -m tests.excel_hosts.reference` writes both anew.
"""

import inspect
from pathlib import Path
from typing import get_type_hints

from provision_costing.excel import functions
from provision_costing.excel.policies import OWN_VALUES
from provision_costing.excel.tables import SCHOOL_RANGE
from provision_costing.workbook.layout import (
    ALLOCATIONS,
    CLOSURES,
    GENERAL,
    PROVISION,
    PUPILS,
    RESOURCES,
    SCHOOL_CELLS,
    STAFF,
    TERMS,
)
from tests.excel_hosts import HOME, ask

PAGE = HOME / "docs" / "excel-functions.md"
GOLDEN_VBA = HOME / "tests" / "golden" / "xlwings_udfs.bas"
BEGIN, END = "<!-- functions: made from the module -->\n", "<!-- end of functions -->\n"


def table() -> str:
    """The functions, then their arguments, as tables in Markdown in the order of the module; and a whole formula."""
    names = sorted(functions.__all__, key=lambda name: inspect.getsourcelines(getattr(functions, name))[1])
    told = {argument: None for name in names for argument in _arguments(name)}
    return (
        "| Function | What it gives |\n|---|---|\n"
        + "".join(f"| `{_call(name)}` | {getattr(functions, name).__doc__} |\n" for name in names)
        + "\n| Argument | What it is |\n|---|---|\n"
        + "".join(f"| `{name}` | {doc} |\n" for name, doc in told)
        + "\nWhole tables of the workbook go in with their headings, for example:\n\n"
        + f"```\n{_example()}\n```\n"
    )


def _example() -> str:
    tables = ", ".join(f"{t.table}[#All]" for t in (STAFF, PROVISION, ALLOCATIONS, RESOURCES, GENERAL, PUPILS))
    day = next(f"School!{cell.address}" for cell in SCHOOL_CELLS if cell.key == "policy_date")
    days = f"{SCHOOL_RANGE}, {TERMS.table}[#All], {CLOSURES.table}[#All]"
    return f'=PM_PUPIL_TOTALS({tables}, "waltham-forest", {day}, {OWN_VALUES}, {days})'


def _call(name: str) -> str:
    parameters = inspect.signature(getattr(functions, name)).parameters.values()
    shown = ", ".join(p.name if p.default is p.empty else f"[{p.name}]" for p in parameters)
    return f"{name.upper()}({shown})"


def _arguments(name: str) -> list[tuple[str, str]]:
    hints = get_type_hints(getattr(functions, name), include_extras=True)
    return [(key, hint.__metadata__[0]["doc"]) for key, hint in hints.items() if key != "return"]


def section(page: str) -> str:
    """The part of the page that is made from the module."""
    return page.split(BEGIN)[1].split(END, maxsplit=1)[0]


def vba() -> str:
    """The VBA that xlwings generates for these functions."""
    return str(ask("classic", {})["vba"])


def write(page: Path = PAGE, golden: Path = GOLDEN_VBA) -> None:
    """Put the page's table and the golden file right."""
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace(section(text), table()), encoding="utf-8")
    golden.write_text(vba(), encoding="utf-8")


if __name__ == "__main__":
    write()
