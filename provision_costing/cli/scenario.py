"""What a person asks of `what-if`, read strictly: one line says what is wrong with it and how to write it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from provision_costing.costing import rates_for
from provision_costing.errors import ProvisionCostingError
from provision_costing.model import ProvisionMap
from provision_costing.money import exact, from_cell, plain, pounds, to_places
from provision_costing.policy import Policy
from provision_costing.roles import standard_role
from provision_costing.what_if import Scenario

_MOST_PUPILS, _MOST_WEEKS, _MOST_POUNDS = 100, 53, 500
_SMALLEST_AWARD, _LARGEST_AWARD = Decimal("0.1"), 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The options as typed."""

    pay_award: str | None = None
    group_sizes: Sequence[str] = ()  # P004=6
    weeks: Sequence[str] = ()  # P003=12
    weeks_per_year: str | None = None
    rates: Sequence[str] = ()  # Teaching Assistant=18.20


def read_scenario(asked: Asked, provision_map: ProvisionMap) -> Scenario:
    """Read the options; ProvisionCostingError for a figure that cannot be meant, and when nothing is asked."""
    codes = {p.code.casefold(): p.code for p in provision_map.provisions}
    sizes = _pairs("--group-size", asked.group_sizes, "P004=6")
    weeks = _pairs("--weeks", asked.weeks, "P003=12")
    scenario = Scenario(
        pay_award=None if asked.pay_award is None else _award(asked.pay_award),
        group_sizes={codes.get(c.casefold(), c): _pupils(c, text) for c, text in sizes.items()},
        weeks={codes.get(c.casefold(), c): exact(_weeks("--weeks", text)) for c, text in weeks.items()},
        weeks_per_year=None if asked.weeks_per_year is None else _year(asked.weeks_per_year),
        rates={
            role: _pounds(text) for role, text in _pairs("--rate", asked.rates, '"Teaching Assistant=18.20"').items()
        },
    )
    if scenario == Scenario():
        raise ProvisionCostingError(
            "Say what is to be different: --pay-award 3.2%, --group-size P004=6, --weeks P003=12, --weeks-per-year 39 "
            'or --rate "Teaching Assistant=18.20".'
        )
    return scenario


def _pairs(option: str, texts: Iterable[str], example: str) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for text in texts:
        name, sign, value = (part.strip() for part in text.partition("="))
        if not (name and sign and value):
            raise ProvisionCostingError(f"{option}: write it as {example}; “{text}” is not like that.")
        if name.casefold() in {known.casefold() for known in pairs}:
            raise ProvisionCostingError(f"{option}: {name} is given twice. Give it once.")
        pairs[name] = value
    return pairs


def _number(option: str, text: str, example: str) -> Decimal:
    try:
        return from_cell(text)
    except ValueError:
        raise ProvisionCostingError(f"{option}: “{text}” is not a number. Write it as {example}.") from None


def _award(text: str) -> Decimal:
    """Read an award in per cent; one below nothing is taken too, for a budget that held too large an award."""
    award = _number("--pay-award", text.strip().removesuffix("%").strip(), "3.2 or 3.2%")
    if award and abs(award) < _SMALLEST_AWARD:
        raise ProvisionCostingError(f"--pay-award: {text} is less than a tenth of a per cent. Write 3.2 for 3.2%.")
    if abs(award) > _LARGEST_AWARD:
        raise ProvisionCostingError(f"--pay-award: {text} is more than {_LARGEST_AWARD}%. Write 3.2 for 3.2%.")
    return award


def _pupils(code: str, text: str) -> int:
    size = _number("--group-size", text, "P004=6")
    if size != int(size) or not 1 <= size <= _MOST_PUPILS:
        raise ProvisionCostingError(
            f"--group-size: {code} cannot have {text} pupils. Write a whole number from 1 to {_MOST_PUPILS}."
        )
    return int(size)


def _weeks(option: str, text: str) -> Decimal:
    weeks = _number(option, text, "12")
    if not 0 <= weeks <= _MOST_WEEKS:
        raise ProvisionCostingError(f"{option}: {text} weeks are not in a year. Write a number up to {_MOST_WEEKS}.")
    return weeks


def _year(text: str) -> Decimal:
    weeks = _weeks("--weeks-per-year", text)
    if not weeks:
        raise ProvisionCostingError("--weeks-per-year: a year without weeks has no provision. Write 39, for example.")
    return weeks


def _pounds(text: str) -> Decimal:
    rate = _number("--rate", text, '"Teaching Assistant=18.20"')
    if not 0 < rate <= _MOST_POUNDS:
        raise ProvisionCostingError(
            f"--rate: £{text.lstrip('£')} an hour cannot be meant. Write pounds an hour, up to £{_MOST_POUNDS}."
        )
    return rate


def changes_in_words(scenario: Scenario, provision_map: ProvisionMap, policy: Policy) -> list[str]:
    """Say each change, and what stands on the map now."""
    said = [f"a pay award of {plain(scenario.pay_award)}%"] if scenario.pay_award is not None else []
    given = {p.code: p for p in provision_map.provisions}
    for code, size in scenario.group_sizes.items():
        changing = ", changing in the year" if code in given and given[code].group_changes else ""
        now = given[code].group_size if code in given else None
        said.append(f"{code} with {size} in the group (now {now or 'not written'}{changing})")
    for code, weeks in scenario.weeks.items():
        own = given[code].weeks if code in given else None
        now_weeks = plain(own) if own is not None else "as its dates or the year say"
        said.append(f"{code} for {plain(weeks)} weeks (now {now_weeks})")
    if scenario.weeks_per_year is not None:
        said.append(f"{plain(scenario.weeks_per_year)} weeks in a year (now {plain(policy.weeks_per_year)})")
    return said + _rates_in_words(scenario, provision_map, policy)


def _rates_in_words(scenario: Scenario, provision_map: ProvisionMap, policy: Policy) -> list[str]:
    now = {standard_role(role).casefold(): rate for role, rate in rates_for(provision_map, policy).items()}
    said = []
    for role, pound in scenario.rates.items():
        rate = now.get(standard_role(role).casefold())
        before = f"now {pounds(to_places(rate.per_hour, 2))}" if rate else "not at work on this map now"
        said.append(f"{role} at {pounds(pound)} an hour ({before})")
    return said


def what_stays(scenario: Scenario, provision_map: ProvisionMap) -> list[str]:
    """Say where a change has no effect, because the map gives its own figure."""
    said = []
    for code in scenario.weeks:
        own = sum(a.code == code and a.weeks is not None for a in provision_map.allocations)
        if own:
            said.append(f"{code}: {own} of its pupils have weeks of their own on the map, which stay.")
    dated = provision_map.school.terms
    kept = [p.code for p in provision_map.provisions
            if p.weeks is not None or (dated and (p.starts or p.ends))]  # fmt: skip
    kept = [code for code in kept if code not in scenario.weeks]
    if scenario.weeks_per_year is not None and kept:
        said.append(f"Weeks or dates of their own stay as they are: {', '.join(kept)}.")
    return said
