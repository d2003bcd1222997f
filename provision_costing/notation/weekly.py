"""Says what a duration cell comes to in a week, and whether it agrees with itself."""

from fractions import Fraction
from itertools import product

from provision_costing.notation.claim import Cell, Claim, Weighed
from provision_costing.notation.frequency import ONE, Option, options
from provision_costing.notation.outcome import Shared, outcome
from provision_costing.notation.quantity import counted, counted_span, length_text, minutes_text, span_text, times
from provision_costing.notation.reading import Reading, Span, decimal_text

MOST_MINUTES_IN_A_DAY = 24 * 60


def weigh(text: str, cell: Cell) -> Reading:
    """Turn what was gathered into a reading; a cell that contradicts itself gives no duration."""
    if cell.claims[0].is_empty():
        _take_total_for_claim(cell)
    chosen = _choose(cell, list(product(*(_ways(cell, claim) for claim in cell.claims))))
    shared = Shared(
        weeks=_weeks(cell, chosen),
        group_size=_one(cell, cell.group_sizes, "group sizes"),
        adults=_one(cell, cell.adults, "numbers of adults"),
    )
    if len(chosen) == 1:
        return outcome(text, cell, chosen[0], shared)
    words = " + ".join(way.words for way in chosen)
    return outcome(text, cell, Weighed(words=words, total=_add(cell, [way.total for way in chosen])), shared)


def _take_total_for_claim(cell: Cell) -> None:
    """ "Total 2.5 hrs per week" has no sum before it."""
    if cell.stated:
        cell.claims[0].minutes = cell.stated.pop(0)
        cell.claims[0].periods += [cell.stated_period] if cell.stated_period else []


def _ways(cell: Cell, claim: Claim) -> list[Weighed]:
    minutes = _minutes(cell, claim)
    ways = [_way(minutes, option) for option in options(cell, claim)]
    ways += [_added_once(claim, minutes, way) for way in ways if claim.joined and claim.counts and minutes]
    if minutes is not None and not 0 < minutes[0] <= minutes[1]:
        cell.notes.fault("A session lasts longer than no time.")
    if minutes and claim.days and claim.days[1].denominator != 1:
        return [Weighed(total=times(minutes, claim.days), words=f"{span_text(claim.days)} days")]
    long = minutes is not None and minutes[1] > cell.hours_per_day * 60
    if ways and minutes and long and not claim.counts and claim.periods == ["week"]:
        return [Weighed(total=minutes, words=minutes_text(minutes[1]))]
    if ways and minutes and minutes[1] > MOST_MINUTES_IN_A_DAY:
        cell.notes.fault("A session does not last longer than a day.")
    if ways or minutes is None:
        _assume(cell, claim, ways)
        return ways or [Weighed()]
    return [_alone(cell, claim, minutes, long=long)]


def _way(minutes: Span | None, option: Option) -> Weighed:
    said = length_text(minutes) if minutes else ""
    return Weighed(
        words=f"{option.before}{said}{option.after}",
        minutes=minutes,
        sessions=option.sessions,
        total=times(minutes, option.sessions) if minutes else None,
        weeks=option.weeks,
    )


def _added_once(claim: Claim, minutes: Span, way: Weighed) -> Weighed:
    """ "2 x 1 hr and 15 mins" may be twice an hour, and a quarter of an hour besides."""
    hours = (minutes[0] - claim.joined, minutes[1] - claim.joined)
    low, high = times(hours, way.sessions or ONE)
    words = f"{span_text(way.sessions or ONE)} × {length_text(hours)} + {minutes_text(claim.joined)}"
    return Weighed(words=words, total=(low + claim.joined, high + claim.joined))


def _assume(cell: Cell, claim: Claim, ways: list[Weighed]) -> None:
    if ways and claim.counts and not claim.periods and not claim.days and not claim.weekdays and not claim.every:
        cell.notes.how.append("no period is written, so a week is assumed")


def _alone(cell: Cell, claim: Claim, minutes: Span, *, long: bool) -> Weighed:
    """A length of time with no word on how often."""
    said = length_text(minutes)
    if claim.part_of_day is not None:
        cell.notes.query(f"On how many days? Write it as {said} and the days, or sessions, a week.")
        return Weighed(minutes=minutes, words=said)
    if claim.periods:
        return Weighed(minutes=minutes, words=said)
    if long:
        cell.notes.query(f"{said}: is this the week's total?")
        return Weighed(total=minutes, words=said)
    if cell.vague:
        return Weighed(minutes=minutes, words=said)
    cell.notes.query(f"{said}: is this one session a week?")
    return Weighed(minutes=minutes, sessions=ONE, total=minutes, words=f"1 × {said}")


def _minutes(cell: Cell, claim: Claim) -> Span | None:
    """How long a session is: as written, or a part of the school day, or a number that only lacks its unit."""
    if claim.minutes is not None:
        if claim.bare:
            cell.notes.fault(f"{span_text(claim.bare[0])} of what? The number has no unit.")
        return claim.minutes
    if claim.bare:
        return _without_unit(cell, claim)
    part = claim.part_of_day
    if part is None and claim.days is not None and not claim.counts and not claim.weekdays:
        part = Fraction(1)
        if not claim.periods:
            cell.notes.query(f"{counted_span(claim.days, 'day')} in each week, all day? Write how long and how often.")
    if part is None:
        return None
    length = cell.hours_per_day * 60 * part
    cell.notes.how.append(
        f"{'a day' if part == 1 else 'half a day' if part == Fraction(1, 2) else counted(part, 'day')} is "
        f"{minutes_text(length)}, at {counted(cell.hours_per_day, 'hour')} in a school day"
    )
    return length, length


def _without_unit(cell: Cell, claim: Claim) -> Span | None:
    """ "5 x 30 = 150 mins" and "3 x 20": the result, or the size of the number, tells the unit."""
    if len(claim.bare) == 1 and claim.counts and claim.bare[0][1] < 10 <= claim.counts[0][0]:
        claim.bare[0], claim.counts[0] = claim.counts[0], claim.bare[0]
    held = claim.bare[0]
    if claim.weekdays and not claim.counts and held[0] < held[1] <= 12:
        cell.notes.query(f"Times of day? {span_text(held)} was read as {length_text(_hours_between(held))}.")
        return _hours_between(held)
    if len(claim.bare) == 1 and claim.counts:
        hours = times(held, (Fraction(60), Fraction(60)))
        if cell.stated and _near(times(claim.counts[0], hours), cell.stated[0]):
            return hours
        if held[0] >= 10:
            if not (cell.stated and _near(times(claim.counts[0], held), cell.stated[0])):
                cell.notes.query(f"{length_text(held)}? The number has no unit, and was read as minutes.")
            return held
    cell.notes.fault(f"{span_text(held)} of what? The number has no unit.")
    return None


def _hours_between(held: Span) -> Span:
    minutes = (held[1] - held[0]) * 60
    return minutes, minutes


def _choose(cell: Cell, ways: list[tuple[Weighed, ...]]) -> tuple[Weighed, ...]:
    """The way that agrees with the result that the cell prints; without one, the likeliest, with a query."""
    if not (cell.stated or cell.stated_bare):
        if len(ways) > 1 and len(cell.claims) == 1:
            cell.notes.query(f"{ways[0][0].words} a week, or {ways[-1][0].words}? It was read as the first.")
        return ways[0]
    for way in ways:
        if _agrees(cell, way):
            return way
    _contradiction(cell, ways[0])
    return ways[0]


def _agrees(cell: Cell, way: tuple[Weighed, ...]) -> bool:
    total = _add(cell, [part.total for part in way])
    if total is None:
        return False
    expected = [total]
    for weeks in [*cell.weeks, *(part.weeks for part in way if part.weeks)]:
        expected.append(times(total, weeks))
    for size in cell.group_sizes:
        expected.append((total[0] / size, total[1] / size))
    stated_each = [_stated_in_week(cell, stated) for stated in cell.stated]
    return all(any(_near(side, stated) for side in expected) for stated in stated_each) and all(
        any(_near(side, (bare * unit, bare * unit)) for side in expected for unit in (1, 60))
        for bare in cell.stated_bare
    )


def _stated_in_week(cell: Cell, stated: Span) -> Span:
    days = Fraction(cell.days_per_week if cell.stated_period == "day" else 1)
    return times(stated, (days, days))


def _near(computed: Span, stated: Span) -> bool:
    """Within a minute."""
    return abs(computed[0] - stated[0]) <= 1 and abs(computed[1] - stated[1]) <= 1


def _contradiction(cell: Cell, way: tuple[Weighed, ...]) -> None:
    total = _add(cell, [part.total for part in way])
    says = " and ".join(
        [length_text(stated) for stated in cell.stated] + [decimal_text(bare) for bare in cell.stated_bare]
    )
    words = " + ".join(part.words for part in way)
    if total is None:
        cell.notes.fault(f"The cell says {says}, but not what makes it up.")
    else:
        cell.notes.fault(f"{words} is {length_text(total)}, but the cell says {says}. Write the one that is right.")


def _add(cell: Cell, totals: list[Span | None]) -> Span | None:
    known = [total for total in totals if total is not None]
    if len(known) < len(totals):
        if len(totals) > 1:
            cell.notes.fault("Only part of the sum says how long and how often.")
        return None
    return sum((low for low, _ in known), Fraction(0)), sum((high for _, high in known), Fraction(0))


def _weeks(cell: Cell, chosen: tuple[Weighed, ...]) -> Span | None:
    found = list(dict.fromkeys([*cell.weeks, *(way.weeks for way in chosen if way.weeks)]))
    if len(found) > 1:
        cell.notes.fault("The cell gives two different numbers of weeks.")
        return None
    if found and not 0 < found[0][0] <= found[0][1] <= 53:
        cell.notes.fault("A year does not have that many weeks.")
        return None
    return found[0] if found else None


def _one(cell: Cell, numbers: list[int], what: str) -> int | None:
    if len(set(numbers)) > 1:
        cell.notes.fault(f"The cell gives different {what}.")
        return None
    return numbers[0] if numbers and numbers[0] > 0 else None
