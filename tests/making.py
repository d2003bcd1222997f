"""Short ways for tests to write the records of a map, and a policy whose values stay put."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from provision_costing.model import (
    Allocation,
    Form,
    Override,
    Provision,
    ProvisionMap,
    Pupil,
    School,
    Staffing,
    StaffRate,
)
from provision_costing.policy import Policy, load_policy, with_overrides

ON = date(2026, 9, 1)
TA = "Teaching Assistant"


def waltham_forest(**overrides: str) -> Policy:
    """The guide's policy, with a school's own values where the test gives some."""
    own = tuple(Override(name=name, value=Decimal(value)) for name, value in overrides.items())
    return with_overrides(load_policy("waltham-forest", ON), own)


def provision(code: str = "P001", role: str = TA, **fields: Any) -> Provision:
    """One hour a week with a group of six, unless the test says otherwise."""
    hour_a_week: dict[str, Any] = {
        "group_size": 6, "minutes_per_session": Fraction(60), "sessions_per_week": Fraction(1),
    }  # fmt: skip
    given = hour_a_week | fields
    given.setdefault("staffing", (Staffing(role=role),))
    return Provision(code=code, intervention=f"Intervention {code}", **given)


def provision_map(*provisions: Provision, pupils: int = 1, **fields: Any) -> ProvisionMap:
    """A whole-school map on which every pupil has every provision."""
    references = [f"A-{n}" for n in range(1, pupils + 1)]
    given: dict[str, Any] = {
        "pupils": tuple(Pupil(reference=r) for r in references),
        "allocations": tuple(Allocation(pupil=r, code=p.code) for r in references for p in provisions),
    } | fields
    return ProvisionMap(
        file="map.xlsx", form=Form.WHOLE_SCHOOL, school=School(name="Invented"), provisions=provisions, **given
    )


def salaried(salary: str | int, role: str = TA) -> StaffRate:
    """A line of the Staff sheet with a salary."""
    return StaffRate(role=role, salary=Decimal(salary))


def hourly(cost: str | int, role: str = TA) -> StaffRate:
    """A line of the Staff sheet with an hourly cost."""
    return StaffRate(role=role, hourly_cost=Decimal(cost))
