"""What every cell of the tables comes to, worked by the core: the true values that stand beside the formulas."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from provision_costing.costing import MapCost, cost_map
from provision_costing.model import Allocation, Provision, ProvisionMap, Resource
from provision_costing.policy import Policy, with_overrides
from provision_costing.workbook.days import Days, days_of
from provision_costing.workbook.layout import TABLES, YEAR_GROUPS

Value: TypeAlias = str | float | Decimal | Fraction | date | None
Row: TypeAlias = dict[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """One map as its workbook holds it: the policy as published and as used, the costs, and the rows each sheet has."""

    provision_map: ProvisionMap
    authority: Policy  # as published
    policy: Policy  # with the school's own values
    cost: MapCost
    sizes: Mapping[str, int]  # rows ready on each sheet, filled in or not
    pupil_rows: Mapping[str, int]  # by reference, small letters, counted from 1
    item_rows: Mapping[str, tuple[int, bool]]  # by code, small letters; True for a resource
    lines: Mapping[int, "Charge"]  # by the allocation's place, counted from 0
    settled: ProvisionMap  # the map with each row named by its place
    days: Days

    @property
    def is_blank(self) -> bool:
        """Say whether nobody is on the map yet."""
        return not (self.provision_map.pupils or self.provision_map.provisions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """One allocation's exact cost, and whether it counts."""

    pupil_row: int
    item_row: int
    is_resource: bool
    exact: Fraction
    weekly: Decimal | None
    annual: Decimal
    counts: bool
    to_date: Fraction | None


def yes_no(value: object) -> Value:
    """Write a truth as the sheets do; nothing for nothing."""
    return None if value is None else "Yes" if value else "No"


def trim(text: str) -> str:
    """Take stray spaces out, as TRIM does."""
    return " ".join(text.split())


def plain_key(text: str) -> str:
    """Give the text as a look-up compares it: without stray spaces, in small letters."""
    return " ".join(text.split()).casefold()


def first_rows(keys: Iterable[str]) -> dict[str, int]:
    """Give the first place, counted from 1, of each text that is not empty."""
    places: dict[str, int] = {}
    for number, key in enumerate(keys, 1):
        if plain_key(key):
            places.setdefault(plain_key(key), number)
    return places


def work(provision_map: ProvisionMap, policy: Policy) -> Worked:
    """Cost a map as its workbook does. `policy` is the authority's; the map's own values are put in its place here."""
    used = with_overrides(policy, provision_map.school.overrides)
    pupil_rows = first_rows(p.reference for p in provision_map.pupils)
    provisions = first_rows(p.code for p in provision_map.provisions)
    resources = first_rows(r.code for r in provision_map.resources)
    items = {key: (row, True) for key, row in resources.items()} | {k: (row, False) for k, row in provisions.items()}
    settled = _settled(provision_map, pupil_rows, items)
    cost = cost_map(settled, used)
    return Worked(
        provision_map=provision_map, authority=policy, policy=used, cost=cost, sizes=_sizes(provision_map),
        pupil_rows=pupil_rows, item_rows=items, lines=_charges(settled, cost), settled=settled,
        days=days_of(provision_map.school),
    )  # fmt: skip


def _sizes(provision_map: ProvisionMap) -> dict[str, int]:
    held: dict[str, Sequence[object]] = {
        "Staff": provision_map.staff, "Pupils": provision_map.pupils, "Provision": provision_map.provisions,
        "Allocations": provision_map.allocations, "Resources": provision_map.resources,
        "General": provision_map.general, "Reviews": provision_map.reviews, "Terms": provision_map.school.terms,
        "Closures": provision_map.school.closures, "Element 1": provision_map.school.age_groups,
    }  # fmt: skip
    return {s.name: max(s.least_rows, len(held[s.name]) + s.spare_rows) for s in TABLES}


def _settled(
    provision_map: ProvisionMap, pupil_rows: Mapping[str, int], items: Mapping[str, tuple[int, bool]]
) -> ProvisionMap:
    """Name each row by its place, so that the core looks up what the sheet does: the first row of a reference or code.

    Row 3 of the pupils is "3", of the provisions "P3", of the resources "R3"; what is on no list keeps no match.
    """

    def item(allocation: Allocation) -> str:
        row, is_resource = items.get(plain_key(allocation.code), (0, False))
        return f"{'R' if is_resource else 'P'}{row}"

    return replace(
        provision_map,
        pupils=tuple(replace(p, reference=str(n)) for n, p in enumerate(provision_map.pupils, 1)),
        provisions=tuple(replace(p, code=f"P{n}") for n, p in enumerate(provision_map.provisions, 1)),
        resources=tuple(
            replace(r, code=f"R{n}", shared_by=1 if r.shared_by is None else r.shared_by)
            for n, r in enumerate(provision_map.resources, 1)
        ),
        allocations=tuple(
            replace(a, pupil=str(pupil_rows.get(plain_key(a.pupil), 0)), code=item(a))
            for a in provision_map.allocations
        ),
    )


def _charges(settled: ProvisionMap, cost: MapCost) -> dict[int, Charge]:
    places = {id(allocation): place for place, allocation in enumerate(settled.allocations)}
    charges = {}
    for number, pupil in enumerate(cost.pupils, 1):
        for line in pupil.lines:
            charges[places[id(line.allocation)]] = Charge(
                pupil_row=number, item_row=int(line.item.code[1:]), is_resource=isinstance(line.item, Resource),
                exact=line.annual, weekly=line.weekly_cost, annual=line.annual_cost, counts=line.counts,
                to_date=line.to_date,
            )  # fmt: skip
    return charges


def pupils_named(worked: Worked) -> Counter[tuple[int, bool]]:
    """Count the allocations that name a pupil, by the item's row and kind."""
    return Counter(
        worked.item_rows[plain_key(a.code)]
        for a in worked.provision_map.allocations
        if plain_key(a.pupil) and plain_key(a.code) in worked.item_rows
    )


def year_place(year_group: str) -> int:
    """Give the place of a year group in the list, counted from 1; 0 when it is not on it."""
    folded = [y.casefold() for y in YEAR_GROUPS]
    return folded.index(year_group.casefold()) + 1 if year_group.casefold() in folded else 0


def wave_of(item: Provision) -> int:
    """Give the wave that a formula sorts by: 9 without one."""
    return int(item.wave) if item.wave else 9
