"""The data dictionary: every sheet and column of the workbook in words, from the same declarations as the workbook."""

from provision_costing.workbook.columns import Column, Kind, Sheet
from provision_costing.workbook.layout import (
    CHOICES,
    INCLUSION,
    POLICY_VALUES,
    SCHOOL_CELLS,
    SUMMARY,
    TABLES,
    VERSION,
    WHAT_IF,
)
from provision_costing.workbook.school_page import LABELS

HEAD = f"""# Data dictionary of the whole-school workbook

Layout version {VERSION}. This page is made from the same declarations as the workbook, by `make templates`.
A column is *filled in* by the school, or *worked out* by a formula. Columns that only help formulas are left out.
"""


def data_dictionary() -> str:
    """Write the dictionary as a Markdown page."""
    parts = [HEAD, _school(), *(_table(sheet) for sheet in (*TABLES, SUMMARY, WHAT_IF, INCLUSION)), _choices()]
    return "\n".join(parts)


def _school() -> str:
    lines = ["## School", "", "| cell | label | holds | what to write |", "|---|---|---|---|"]
    lines += [f"| {c.address} | {c.label} | {c.holds} | {c.prompt} |" for c in SCHOOL_CELLS]
    lines += ["", "Policy values that a school may replace by its own, with its reason beside it:", ""]
    lines += [f"- {LABELS[name][0]} ({LABELS[name][1]})" for name in POLICY_VALUES]
    return "\n".join(lines) + "\n"


def _table(sheet: Sheet) -> str:
    lines = [f"## {sheet.name}", "", sheet.advice, "", "| column | field | heading | who | holds | what it is |",
             "|---|---|---|---|---|---|"]  # fmt: skip
    lines += [_line(sheet, column) for column in sheet.columns if column.kind is not Kind.HELPER]
    return "\n".join(lines) + "\n"


def _line(sheet: Sheet, column: Column) -> str:
    who = "filled in" if column.kind is Kind.INPUT else "worked out"
    cells = (sheet.letter(column.key), column.key, column.heading, who, _holds(column), column.prompt)
    return "| " + " | ".join(cells) + " |"


def _holds(column: Column) -> str:
    if column.choices:
        return f"one of: {column.choices.replace('.', ' sheet, ').replace('_', ' ')}"
    if column.least is not None and column.most is not None and column.kind is Kind.INPUT:
        return f"{column.holds}, {column.least:g} to {column.most:,.0f}"
    return str(column.holds)


def _choices() -> str:
    lines = ["## Lists", ""]
    lines += [f"- {name.replace('_', ' ')}: {', '.join(values)}" for name, values in CHOICES.items()]
    lines += [
        "- codes: the codes of the Provision and the Resources sheet",
        "- bands, pay points: as the policy has them",
    ]
    return "\n".join(lines) + "\n"
