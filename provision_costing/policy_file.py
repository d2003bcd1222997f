"""Policy files: dated values with sources, read strictly, and never an expression.

An unknown key, a source that is missing or unused, and an entry without a date are each a `PolicyError` that says
what to do.
"""

import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

from provision_costing.errors import PolicyError
from provision_costing.model import Override

_ENTRY_KEYS = {"from", "until", "value", "source", "note", "mark", "superseded"}
_SOURCE_KEYS = {"title", "published", "retrieved", "url"}
_FILE_KEYS = {"authority", "extends", "sources", "values"}

MARKS = ("verified", "derived")  # read in its source, or worked out from it
Takes = Mapping[str, Callable[[Any], Any]]  # how each policy value is taken from its file


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """The document in which an authority says a value."""

    key: str
    title: str
    published: str
    retrieved: date
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One dated value of one policy, as its file declares it."""

    name: str
    value: Any
    starts: date
    until: date | None
    citation: Citation
    authority: str
    note: str = ""
    mark: str = "verified"  # read in its source, or "derived" from it by our own arithmetic
    superseded: str = ""
    overridden_by: Override | None = None


def policy_names() -> tuple[str, ...]:
    """List the policies that come with the package: england, waltham-forest …"""
    folder = files("provision_costing") / "policies"
    return tuple(sorted(p.name[:-5].replace("_", "-") for p in folder.iterdir() if p.name.endswith(".toml")))


def day_in_words(on: date) -> str:
    """Write a day as 1 September 2026."""
    return f"{on.day} {on:%B %Y}"


def entries_in(name: str, takes: Takes) -> tuple[tuple[Entry, ...], ...]:
    """Read a policy file and those that it extends, the nearest first, and check each whole."""
    return tuple(tuple(_entries_of(policy, document, takes)) for policy, document in _lineage(name).items())


def authority_of(name: str) -> str:
    """Name the authority whose policy it is."""
    return str(_document(name)["authority"])


def _lineage(name: str) -> dict[str, dict[str, Any]]:
    documents: dict[str, dict[str, Any]] = {}
    parent: Any = name
    while parent is not None:
        if not isinstance(parent, str) or parent in documents:
            raise PolicyError(f"The policy {name} cannot extend {parent!r}. Name another policy, such as england.")
        documents[parent] = _document(parent)
        parent = documents[parent].get("extends")
    return documents


def _document(name: str) -> dict[str, Any]:
    """Read one policy file: a .toml path as it is, any other name from the package."""
    try:
        if name.endswith(".toml"):
            data = Path(name).read_bytes()
        else:
            data = (files("provision_costing") / "policies" / f"{name.replace('-', '_')}.toml").read_bytes()
    except OSError:
        known = ", ".join(policy_names())
        raise PolicyError(f"There is no policy called {name}. Known: {known}; or give a .toml file.") from None
    try:
        document = tomllib.loads(data.decode(), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PolicyError(f"The policy {name} is not a readable TOML file: {error}.") from None
    if not isinstance(document.get("authority"), str):
        raise PolicyError(f'The policy {name} does not name its authority. Add: authority = "…"')
    _refuse_unknown(name, "the file", document.keys() - _FILE_KEYS, _FILE_KEYS)
    return document


def _refuse_unknown(name: str, where: str, unknown: set[str], known: set[str]) -> None:
    if unknown:
        raise PolicyError(
            f"The policy {name} has an unknown key in {where}: {', '.join(sorted(unknown))}. "
            f"Known there: {', '.join(sorted(known))}."
        )


def _entries_of(name: str, document: dict[str, Any], takes: Takes) -> list[Entry]:
    """Check one file whole, also the entries of other days, and list its entries in the file's order."""
    sources = {key: _citation(name, key, table) for key, table in _table(name, document, "sources").items()}
    values = _table(name, document, "values")
    _refuse_unknown(name, "values", values.keys() - takes.keys(), set(takes))
    entries = [
        replace(
            _entry(name, key, table, sources), authority=document["authority"], value=_value(name, key, table, takes)
        )
        for key, tables in values.items()
        for table in (tables if isinstance(tables, list) else [None])
    ]
    _refuse_twice(name, entries)
    unused = sources.keys() - {e.citation.key for e in entries}
    if unused:
        raise PolicyError(f"The policy {name} lists a source that no value uses: {', '.join(sorted(unused))}.")
    return entries


def _table(name: str, document: dict[str, Any], key: str) -> dict[str, Any]:
    table = document.get(key, {})
    if not isinstance(table, dict):
        raise PolicyError(f"In the policy {name}, {key} is not a table: write [{key}.…].")
    return table


def _refuse_twice(name: str, entries: list[Entry]) -> None:
    days = Counter((e.name, e.starts) for e in entries)
    for (key, starts), count in days.items():
        if count > 1:
            raise PolicyError(
                f"The policy {name} gives {key} from {day_in_words(starts)} {count} times; keep one entry."
            )


def _citation(name: str, key: str, table: Any) -> Citation:
    if not isinstance(table, dict):
        raise PolicyError(f"In the policy {name}, write source {key} as [sources.{key}].")
    _refuse_unknown(name, f"source {key}", table.keys() - _SOURCE_KEYS, _SOURCE_KEYS)
    missing = {"title", "published", "retrieved"} - table.keys()
    if missing:
        raise PolicyError(f"In the policy {name}, source {key} lacks {', '.join(sorted(missing))}.")
    texts = [table[part] for part in sorted(table.keys() - {"retrieved"})]
    if type(table["retrieved"]) is not date or not all(isinstance(text, str) and text for text in texts):
        raise PolicyError(f"In the policy {name}, source {key} needs texts, and a date such as retrieved = 2026-11-21.")
    return Citation(key=key, **table)


def _entry(name: str, key: str, table: Any, sources: Mapping[str, Citation]) -> Entry:
    if not isinstance(table, dict) or "value" not in table:
        raise PolicyError(f"In the policy {name}, write {key} as [[values.{key}]] with from, value and source.")
    _refuse_unknown(name, key, table.keys() - _ENTRY_KEYS, _ENTRY_KEYS)
    if not all(isinstance(table.get(part, ""), str) for part in ("source", "note", "superseded")):
        raise PolicyError(f"In the policy {name}, source, note and superseded of {key} are texts, in quotation marks.")
    if table.get("mark", MARKS[0]) not in MARKS:
        raise PolicyError(f"In the policy {name}, the mark of {key} is {' or '.join(MARKS)}.")
    starts, until = table.get("from"), table.get("until")
    if type(starts) is not date:
        raise PolicyError(f"In the policy {name}, an entry of {key} has no date: add from = 2026-09-01.")
    if until is not None and (type(until) is not date or until < starts):
        raise PolicyError(f"In the policy {name}, {key} from {starts} cannot end on {until}: until is its last day.")
    if table.get("source") not in sources:
        raise PolicyError(
            f"In the policy {name}, {key} from {starts} names no source that the file lists. "
            "A number without a source does not load: add [sources.…] and name it."
        )
    return Entry(
        name=key, value=table["value"], starts=starts, until=until, citation=sources[table["source"]], authority="",
        note=table.get("note", ""), mark=table.get("mark", MARKS[0]), superseded=table.get("superseded", ""),
    )  # fmt: skip


def _value(name: str, key: str, table: Any, takes: Takes) -> Any:
    """Take a value in the type that Policy declares for it."""
    try:
        return takes[key](table["value"])
    except (ValueError, TypeError, AttributeError):
        raise PolicyError(f"In the policy {name}, {key} cannot be {table['value']!r}.") from None
