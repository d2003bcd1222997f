"""Which policy a function uses, from what stands in the cells: a name, a day, and a school's own values."""

from datetime import date
from functools import lru_cache
from typing import Any

from provision_costing.clock import today
from provision_costing.errors import ProvisionCostingError
from provision_costing.excel import grid
from provision_costing.model import Override
from provision_costing.policy import OVERRIDABLE, VALUES, Policy, load_policy, policy_names, with_overrides
from provision_costing.workbook.layout import POLICY_FIRST_ROW, POLICY_VALUES

USUAL = "waltham-forest"
OWN_VALUES = f"School!B{POLICY_FIRST_ROW}:D{POLICY_FIRST_ROW + len(POLICY_VALUES) - 1}"  # label, published, own


def policy_from(name: Any = None, on_date: Any = None, own_values: Any = None) -> Policy:
    """Give the policy of that name on that day, with the school's own values in place of the authority's.

    An empty name means Waltham Forest's guide, an empty day today.
    """
    chosen = (grid.text(name, "Policy") if name else "").casefold().replace(" ", "-") or USUAL
    # A name only: a path in a cell would make Excel open any file, on any server.
    if chosen not in policy_names():
        raise ProvisionCostingError(f"There is no policy called “{chosen}”. Known: {', '.join(policy_names())}.")
    policy = _loaded(chosen, grid.day(on_date, "Day") or today())
    overrides = _overrides(own_values)
    return with_overrides(policy, overrides) if overrides else policy


@lru_cache(maxsize=64)
def _loaded(name: str, on: date) -> Policy:
    return load_policy(name, on)


def _overrides(own_values: Any) -> tuple[Override, ...]:
    names = {f.metadata["label"].casefold(): f.name for f in VALUES if f.name in OVERRIDABLE}
    found: list[Override] = []
    for row in grid.rows_of(own_values):
        label = grid.text(row[0], "Own values, first column")
        if label.casefold() not in names or len(row) < 3:
            raise ProvisionCostingError(f"Own values: take the range {OWN_VALUES}; “{label}” is none of them.")
        value = grid.number(row[2], f"Own value, {label}")
        if value:
            found.append(Override(name=names[label.casefold()], value=value))
    return tuple(found)
