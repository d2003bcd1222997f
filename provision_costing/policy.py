"""What an authority publishes, on a given day, and where it says so.

A policy file holds dated values with sources, never expressions. It is read strictly: an unknown key, a source that
is missing or unused, an entry without a date, and a day that no entry covers are each a `PolicyError` that says what
to do.
"""

import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import Any

from provision_costing.errors import PolicyError
from provision_costing.model import FundingSource, Override


class Placing(StrEnum):
    """How an amount above Element 2 that lies between two increments is placed."""

    SMALLEST_COVERING = "smallest_covering"
    LARGEST_NOT_ABOVE = "largest_not_above"


class MidpointMethod(StrEnum):
    """Which figure of a pay scale is its mid-point."""

    MIDDLE_POINT = "middle_point"
    MEAN_OF_ENDS = "mean_of_ends"


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
    superseded: str = ""
    overridden_by: Override | None = None


def _amount(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise TypeError(value)
    amount = Decimal(value)
    if not amount.is_finite() or amount < 0:
        raise ValueError(value)
    return amount


def _above_nought(value: Any) -> Decimal:
    if not (amount := _amount(value)):
        raise ValueError(value)
    return amount


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(value)
    return value


def _amounts(value: Any) -> dict[str, Decimal]:
    return {str(key): _amount(amount) for key, amount in value.items()}


def _words(value: Any) -> dict[str, str]:
    return {key: _text(word) for key, word in value.items()}


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _names(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):  # which would be read letter by letter
        raise TypeError(value)
    return tuple(_text(name) for name in value)


def _funds(value: Any) -> tuple[FundingSource, ...]:
    return tuple(FundingSource(name) for name in value)


def _said(label: str, unit: str, take: Callable[[Any], Any], **flags: bool) -> Any:
    """Declare a policy value once: what it is called, its unit, how a file's value is taken, and two flags.

    `required`: costing cannot do without it; `override`: a school may use its own.
    """
    metadata = {"label": label, "unit": unit, "take": take, "required": False, "override": False, **flags}
    return field(metadata=metadata) if flags.get("required") else field(default=None, metadata=metadata)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The values of one authority on one day. A value that the authority does not publish is None."""

    name: str
    authority: str
    on: date
    entries: Mapping[str, Entry] = field(repr=False)

    salary_weeks: Decimal = _said(
        "Weeks that a salary is divided by", "weeks", _above_nought, required=True, override=True
    )
    days_per_week: Decimal = _said("Days in a week", "days", _above_nought, required=True, override=True)
    hours_per_day: Decimal = _said("Hours in a day", "hours", _above_nought, required=True, override=True)
    weeks_per_year: Decimal = _said(
        "Weeks of provision in a year", "weeks", _above_nought, required=True, override=True
    )
    element_2_threshold: Decimal = _said("Element 2 for one pupil", "£ a year", _amount, required=True, override=True)
    counted_funding_sources: tuple[FundingSource, ...] = _said(
        "Funding that counts towards Element 2", "", _funds, required=True
    )
    hourly_rates: Mapping[str, Decimal] | None = _said(
        "Published hourly rates", "£ an hour, on-costs included", _amounts
    )
    role_costed_as: Mapping[str, str] | None = _said("Roles costed at another role's rate", "", _words)
    midpoint_method: MidpointMethod | None = _said("Mid-point of a pay scale", "", MidpointMethod)
    increments: Mapping[str, Decimal] | None = _said(
        "Increments without a statutory plan", "£ a year above Element 2", _amounts
    )
    plan_bands: Mapping[str, Decimal] | None = _said(
        "Bands with a statutory plan", "£ a year above Element 2", _amounts
    )
    increment_placing: Placing | None = _said("Placing an amount between two increments", "", Placing)
    excluded_roles: tuple[str, ...] | None = _said("Roles never charged to the map", "", _names)
    reviews_per_year: int | None = _said("Reviews in a year", "reviews", _whole)
    graduated_terms: int | None = _said("Terms of support before a request", "terms", _whole)
    tolerance_weekly: Decimal | None = _said("Rounding allowed in a weekly cost", "£ a week", _amount)
    tolerance_annual: Decimal | None = _said("Rounding allowed in an annual cost", "£ a year", _amount)

    @property
    def superseded(self) -> tuple[str, ...]:
        """List the warnings that every report which uses this policy repeats."""
        return tuple(dict.fromkeys(e.superseded for e in self.entries.values() if e.superseded))

    @property
    def overrides(self) -> tuple[Override, ...]:
        """List the values that the school set itself."""
        return tuple(e.overridden_by for e in self.entries.values() if e.overridden_by)

    def cite(self, name: str) -> str:
        """Name the document that a value comes from, and say when the school replaced it."""
        entry = self.entries.get(name)
        if entry is None:
            return ""
        if entry.overridden_by:
            return f"the school's own value, in place of {entry.value} ({entry.citation.title})"
        return entry.citation.title


VALUES = tuple(f for f in fields(Policy) if "label" in f.metadata)
OVERRIDABLE = tuple(f.name for f in VALUES if f.metadata["override"])
_ENTRY_KEYS = {"from", "until", "value", "source", "note", "superseded"}
_SOURCE_KEYS = {"title", "published", "retrieved", "url"}
_FILE_KEYS = {"authority", "extends", "sources", "values"}


def policy_names() -> tuple[str, ...]:
    """List the policies that come with the package: england, waltham-forest …"""
    folder = files("provision_costing") / "policies"
    return tuple(sorted(p.name[:-5].replace("_", "-") for p in folder.iterdir() if p.name.endswith(".toml")))


def load_policy(name: str, on: date) -> Policy:
    """Read the policy of that name, or of that .toml file, as it stood on a day.

    Raises PolicyError when the file is malformed or a value that costing needs has no entry for the day.
    """
    entries = load_entries(name, on)
    needed = [f.name for f in VALUES if f.metadata["required"] and f.name not in entries]
    if needed:
        raise PolicyError(
            f"The policy {name} has no {', '.join(needed)} on {_day(on)}. "
            "Name the policy of a local authority, or add a dated entry with its source."
        )
    values = {key: entry.value for key, entry in entries.items()}
    return Policy(name=name, authority=_document(name)["authority"], on=on, entries=entries, **values)


def load_entries(name: str, on: date) -> dict[str, Entry]:
    """Read every value that a policy, or a policy it extends, gives for a day; PolicyError for a day not covered."""
    entries: dict[str, Entry] = {}
    first_day: dict[str, date] = {}
    last_day: dict[str, date] = {}
    for policy, document in _lineage(name).items():
        for entry in _entries_of(policy, document):
            first_day[entry.name] = min(entry.starts, first_day.get(entry.name, entry.starts))
            last_day[entry.name] = max(entry.until or date.max, last_day.get(entry.name, date.min))
            current = entry.starts <= on <= (entry.until or date.max)
            held = entries.get(entry.name)
            if current and (held is None or (held.authority == entry.authority and held.starts < entry.starts)):
                entries[entry.name] = entry
    for key in sorted(first_day.keys() - entries.keys()):
        _refuse_day(name, key, on, (first_day[key], last_day[key]))
    return {f.name: entries[f.name] for f in VALUES if f.name in entries}


def with_overrides(policy: Policy, overrides: tuple[Override, ...]) -> Policy:
    """Put a school's own values in place of the authority's, each still showing what it replaced."""
    entries = dict(policy.entries)
    values: dict[str, Any] = {}
    for override in overrides:
        if override.name not in OVERRIDABLE:
            raise PolicyError(f"A school cannot set {override.name}; it can set {', '.join(OVERRIDABLE)}.")
        if override.value <= 0:
            raise PolicyError(f"{override.name} cannot be {override.value}; it must be more than nothing.")
        entries[override.name] = replace(entries[override.name], overridden_by=override)
        values[override.name] = override.value
    return replace(policy, entries=entries, **values)


def _refuse_day(name: str, key: str, on: date, known: tuple[date, date]) -> None:
    if on < known[0]:
        when = f"before its first entry, {_day(known[0])}"
    elif on > known[1]:
        when = f"after its last entry ended, {_day(known[1])}"
    else:
        when = "in a gap between its entries"
    raise PolicyError(
        f"The policy {name} says nothing about {key} on {_day(on)}: {when}. "
        "Choose a later or earlier day with --on, or add a dated entry with its source."
    )


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def _lineage(name: str) -> dict[str, dict[str, Any]]:
    """Read a policy file and those that it extends, the nearest first."""
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


def _entries_of(name: str, document: dict[str, Any]) -> list[Entry]:
    """Check one file whole, also the entries of other days, and list its entries in the file's order."""
    sources = {key: _citation(name, key, table) for key, table in _table(name, document, "sources").items()}
    values = _table(name, document, "values")
    _refuse_unknown(name, "values", values.keys() - {f.name for f in VALUES}, {f.name for f in VALUES})
    entries = [
        _entry(name, (document["authority"], key), table, sources)
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
            raise PolicyError(f"The policy {name} gives {key} from {_day(starts)} {count} times; keep one entry.")


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


def _entry(name: str, owner: tuple[str, str], table: Any, sources: Mapping[str, Citation]) -> Entry:
    authority, key = owner
    if not isinstance(table, dict) or "value" not in table:
        raise PolicyError(f"In the policy {name}, write {key} as [[values.{key}]] with from, value and source.")
    _refuse_unknown(name, key, table.keys() - _ENTRY_KEYS, _ENTRY_KEYS)
    if not all(isinstance(table.get(part, ""), str) for part in ("source", "note", "superseded")):
        raise PolicyError(f"In the policy {name}, source, note and superseded of {key} are texts, in quotation marks.")
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
        name=key, value=_value(name, key, table["value"]), starts=starts, until=until,
        citation=sources[table["source"]], authority=authority,
        note=table.get("note", ""), superseded=table.get("superseded", ""),
    )  # fmt: skip


def _value(name: str, key: str, value: Any) -> Any:
    """Take a value in the type that Policy declares for it."""
    take = next(f.metadata["take"] for f in VALUES if f.name == key)
    try:
        return take(value)
    except (ValueError, TypeError, AttributeError):
        raise PolicyError(f"In the policy {name}, {key} cannot be {value!r}.") from None
