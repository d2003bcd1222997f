"""When pupils take part: spans of days, open at an end that is not given."""

from collections.abc import Iterable, Sequence
from datetime import date

from provision_costing.model import Allocation, Provision, ProvisionMap

Span = tuple[date, date]


def span(allocation: Allocation, provision: Provision | None) -> Span:
    """Give the first and last day of an allocation: its own, or else its provision's."""
    starts = allocation.starts or (provision.starts if provision else None)
    ends = allocation.ends or (provision.ends if provision else None)
    return starts or date.min, ends or date.max


def overlap(one: Span, other: Span) -> bool:
    """Say whether two spans share a day."""
    return one[0] <= other[1] and other[0] <= one[1]


def most_at_once(spans: Iterable[Span]) -> int:
    """Count the spans on the day that has most of them."""
    changes = [change for first, last in spans for change in ((first.toordinal(), 1), (last.toordinal() + 1, -1))]
    now = most = 0
    for _, step in sorted(changes):
        now += step
        most = max(most, now)
    return most


def repeats(provision_map: ProvisionMap) -> dict[str, list[Allocation]]:
    """List, for each code, the allocations of a pupil who has the same provision on the same days already.

    Rows that give weeks which together fit into the provision's own are turns, not repeats.
    """
    provisions = {p.code: p for p in provision_map.provisions}
    together: dict[tuple[str, str], list[Allocation]] = {}
    for allocation in provision_map.allocations:
        together.setdefault((allocation.code, allocation.pupil), []).append(allocation)
    found: dict[str, list[Allocation]] = {}
    for (code, _), rows in together.items():
        if len(rows) > 1:
            found.setdefault(code, []).extend(_repeated(rows, provisions.get(code)))
    return found


def _repeated(rows: Sequence[Allocation], provision: Provision | None) -> list[Allocation]:
    kept: list[Allocation] = []
    again: list[Allocation] = []
    for row in sorted(rows, key=lambda a: (a.source.row, span(a, provision), a.weeks or 0)):
        clashes = any(overlap(span(row, provision), span(k, provision)) for k in kept)
        (again if clashes and not _are_turns([*kept, row], provision) else kept).append(row)
    return again


def _are_turns(rows: Sequence[Allocation], provision: Provision | None) -> bool:
    weeks = [row.weeks for row in rows if row.weeks is not None]
    longest = provision.weeks if provision else None
    return len(weeks) == len(rows) and longest is not None and sum(weeks) <= longest
