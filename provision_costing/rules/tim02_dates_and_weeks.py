"""TIM02."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil

from provision_costing.costing import Line, MapCost
from provision_costing.findings import Severity
from provision_costing.model import Allocation, Provision, ProvisionMap
from provision_costing.money import exact, plain, to_pence
from provision_costing.policy import Policy
from provision_costing.rules._effects import counted, lines_by_code
from provision_costing.rules._rule import Hit, rule
from provision_costing.schedule import Diary

WHOLE_YEAR = 290  # days from one end of a school year to the other, at least
FIRST_MONTHS, LAST_MONTHS = (8, 9), (6, 7, 8)  # in which a school year begins and ends

Dates = tuple[date | None, date | None]


@rule(
    "TIM02", Severity.QUERY,
    source="Waltham Forest, Making an EHC Plan Referral, step 7: the weekly cost times the weeks; Durham's guidance on "
    "costed provision maps: part of a year is charged by its weeks",
)  # fmt: skip
def dates_and_weeks(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> Iterable[Hit]:
    """Dates and weeks of a row fit each other and the school's year.

    Why it matters:
    Costs are for the weeks that fall inside the dates. More weeks than the dates hold are charged too dear; dates
    with no school day between them cost nothing; and without a year or terms, dates change no cost at all.

    Example:
    From 4 January to 12 February, weeks 12: there are six school weeks. Or 4 January 2026 to 12 February 2026 on the
    map of 2026-27, which is the year before.

    How to fix:
    Correct the dates or the weeks. On the School sheet give the first and last day of the map's year, and the terms
    if you have them: then the weeks can be left empty.
    """
    lines = lines_by_code(cost)
    provisions = {p.code: p for p in provision_map.provisions}
    for provision in provision_map.provisions:
        if (provision.starts or provision.ends) and not provision.open_to_all:
            own = [n for n in lines.get(provision.code, []) if n.allocation.weeks is None]
            yield from _look(provision, (provision.starts, provision.ends), own, cost.diary, policy)
    by_row = {id(n.allocation): n for own in lines.values() for n in own}
    for allocation in provision_map.allocations:
        item = provisions.get(allocation.code)
        if item and (allocation.starts or allocation.ends) and not item.open_to_all:
            line = by_row.get(id(allocation))
            dates = _later(allocation.starts, item.starts), _earlier(allocation.ends, item.ends)
            yield from _look(allocation, dates, [line] if line else [], cost.diary, policy)


def _look(
    record: Provision | Allocation, dates: Dates, lines: list[Line], diary: Diary | None, policy: Policy
) -> Iterator[Hit]:
    field = "starts" if record.starts else "ends"
    if diary is None:
        if record.weeks is None and _is_part_of_a_year(dates):
            message = "These dates do not change the cost, since the map gives neither its year nor its terms."
            yield Hit(record, field, message)
        return
    days = diary.calendar.between(*dates)
    inside = Fraction(days) / exact(policy.days_per_week)
    if not days:
        yield Hit(record, field, f"These dates, {_in_words(dates)}, hold no school day of this map's year.")
    elif record.weeks is not None and record.weeks > ceil(inside):
        effect = _effect(lines, inside, record.weeks)
        there = "school weeks" if diary.has_terms else "weeks"
        message = f"{plain(record.weeks)} weeks are charged; {_in_words(dates)} there are {plain(inside, 1)} {there}."
        yield Hit(record, "weeks", message, effect)


def _effect(lines: list[Line], inside: Fraction, weeks: Fraction) -> Decimal | None:
    return -to_pence(counted(lines) * (weeks - inside) / weeks) if lines else None


def _is_part_of_a_year(dates: Dates) -> bool:
    """Say whether dates are clearly not a whole school year's, which is costed right without a calendar."""
    starts, ends = dates
    if starts and ends:
        return (ends - starts).days < WHOLE_YEAR
    late = starts is not None and starts.month not in FIRST_MONTHS
    return late or (ends is not None and ends.month not in LAST_MONTHS)


def _in_words(dates: Dates) -> str:
    starts, ends = dates
    words = [f"from {starts:%d/%m/%Y}"] if starts else []
    return " ".join([*words, f"to {ends:%d/%m/%Y}"] if ends else words)


def _later(one: date | None, other: date | None) -> date | None:
    return max(one, other) if one and other else one or other


def _earlier(one: date | None, other: date | None) -> date | None:
    return min(one, other) if one and other else one or other
