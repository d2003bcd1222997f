"""What an authority publishes, on a given day, and where it says so.

A policy file holds dated values with sources, never expressions. It is read strictly: an unknown key, a source that
is missing or unused, an entry without a date, and a day that no entry covers are each a `PolicyError` that says what
to do.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from provision_costing.errors import PolicyError
from provision_costing.model import FundingSource, Override
from provision_costing.policy_file import Entry, authority_of, day_in_words, entries_in, policy_names

__all__ = [
    "OVERRIDABLE", "REQUIRED", "VALUES", "Apportioning", "Entry", "MidpointMethod", "Placing", "Policy", "ShareOver",
    "load_entries", "load_policy", "policy_names", "with_overrides",
]  # fmt: skip


class Placing(StrEnum):
    """How an amount above Element 2 that lies between two increments is placed."""

    SMALLEST_COVERING = "smallest_covering"
    LARGEST_NOT_ABOVE = "largest_not_above"


class MidpointMethod(StrEnum):
    """Which figure of a pay scale is its mid-point."""

    MIDDLE_POINT = "middle_point"
    MEAN_OF_ENDS = "mean_of_ends"


class ShareOver(StrEnum):
    """Among whom a group's cost is shared when some of its pupils have no SEN."""

    ALL_PUPILS = "all_pupils"
    PUPILS_WITH_SEN = "pupils_with_sen"


class Apportioning(StrEnum):
    """In proportion to what general provision is shared among pupils with SEN."""

    EQUALLY = "equally"
    BY_HOURS = "by_hours"
    BY_DIRECT_COST = "by_direct_cost"


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


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


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
    share_over: ShareOver | None = _said("Whose shares a group's cost is divided into", "", ShareOver)
    general_apportioned: Apportioning | None = _said("How general provision is shared", "", Apportioning)
    bands_include_element_2: bool | None = _said("Whether increments are counted from nothing (gross)", "", _flag)
    full_time_hours: Decimal | None = _said("Hours in a full-time week", "hours", _above_nought)
    full_year_weeks: Decimal | None = _said("Weeks of pay in a full year", "weeks", _above_nought)
    teacher_hours_per_year: Decimal | None = _said(
        "Hours that a teacher's salary is divided by", "hours", _above_nought
    )
    ni_rate: Decimal | None = _said("Employer's National Insurance", "% of the pay above the threshold", _amount)
    ni_threshold: Decimal | None = _said("National Insurance threshold", "£ a year", _amount)
    teachers_pension_rate: Decimal | None = _said("Employer's Teachers' Pension", "% of pay", _amount)
    apprenticeship_levy_rate: Decimal | None = _said("Apprenticeship levy", "% of pay", _amount)
    teacher_pay_points: Mapping[str, Decimal] | None = _said("Teachers' pay points", "£ a year, full-time", _amounts)
    njc_pay_points: Mapping[str, Decimal] | None = _said("NJC pay points", "£ a year, full-time", _amounts)

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
REQUIRED = frozenset(f.name for f in VALUES if f.metadata["required"])
_TAKES = {f.name: f.metadata["take"] for f in VALUES}
OVERRIDABLE = tuple(f.name for f in VALUES if f.metadata["override"])


def load_policy(name: str, on: date) -> Policy:
    """Read the policy of that name, or of that .toml file, as it stood on a day.

    Raises PolicyError when the file is malformed or a value that costing needs has no entry for the day.
    """
    entries = load_entries(name, on)
    needed = [f.name for f in VALUES if f.name in REQUIRED and f.name not in entries]
    if needed:
        raise PolicyError(
            f"The policy {name} has no {', '.join(needed)} on {day_in_words(on)}. "
            "Name the policy of a local authority, or add a dated entry with its source."
        )
    values = {key: entry.value for key, entry in entries.items()}
    return Policy(name=name, authority=authority_of(name), on=on, entries=entries, **values)


def load_entries(name: str, on: date) -> dict[str, Entry]:
    """Read every value that a policy, or one that it extends, gives for a day.

    A value that the policy itself publishes, or that costing needs, but on no such day, is a PolicyError. What an
    extended policy begins to say later (a tax rate, a pay scale) is simply not there before.
    """
    entries: dict[str, Entry] = {}
    published: dict[str, list[Entry]] = {}
    for number, own in enumerate(entries_in(name, _TAKES)):
        for entry in own:
            if number == 0 or entry.name in REQUIRED:
                published.setdefault(entry.name, []).append(entry)
            current = entry.starts <= on <= (entry.until or date.max)
            held = entries.get(entry.name)
            if current and (held is None or (held in own and held.starts < entry.starts)):
                entries[entry.name] = entry
    for key in sorted(published.keys() - entries.keys()):
        _refuse_day(name, on, published[key])
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


def _refuse_day(name: str, on: date, known: list[Entry]) -> None:
    first, last = min(e.starts for e in known), max(e.until or date.max for e in known)
    if on < first:
        when = f"before its first entry, {day_in_words(first)}"
    elif on > last:
        when = f"after its last entry ended, {day_in_words(last)}"
    else:
        when = "in a gap between its entries"
    raise PolicyError(
        f"The policy {name} says nothing about {known[0].name} on {day_in_words(on)}: {when}. "
        "Choose a later or earlier day with --on, or add a dated entry with its source."
    )
