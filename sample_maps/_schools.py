"""Reads the invented schools of schools/*.toml into maps."""

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from provision_costing.model import (
    AgeGroup,
    Allocation,
    AreaOfNeed,
    Form,
    FundingSource,
    GeneralProvision,
    GroupChange,
    Pension,
    Provision,
    ProvisionMap,
    Pupil,
    Resource,
    Review,
    SalaryBasis,
    School,
    SchoolKind,
    SenStatus,
    Staffing,
    StaffRate,
    Term,
    Tier,
    Wave,
)

FIRST_DAY, LAST_DAY = date(2026, 9, 1), date(2027, 7, 20)
TODAY = date(2026, 11, 20)  # the samples are a school's map on this day: some first reviews are held, some planned
REVIEW_WEEKS = (date(2026, 11, 2), date(2027, 3, 1), date(2027, 6, 21))
AREAS = {
    "cognition": AreaOfNeed.COGNITION,
    "communication": AreaOfNeed.COMMUNICATION,
    "semh": AreaOfNeed.SEMH,
    "sensory": AreaOfNeed.SENSORY,
}
PROGRESS = (3, 4, 2, 3, 5, 3, 4, 1, 3, 4)
NOTES = {  # area: what works, what does not, next step
    "cognition": (
        (
            "Short daily practice; the same adult each time",
            "Tired after lunch, little is kept",
            "Do it first thing",
        ),
        ("Word list on the desk is used", "Homework is seldom done", "Two words a night, with the parents' agreement"),
    ),
    "communication": (
        ("Talks more in the small group than in class", "New adults", "Tell the next teacher in good time"),
        ("Pictures and gestures beside words", "Noise in the hall", "Go in five minutes early"),
    ),
    "semh": (
        ("Likes and trusts the mentor", "Changes of plan at short notice", "A warning card the day before"),
        ("Calm start to the day", "Lunch-times", "A job at lunch with a friend of own choice"),
    ),
    "sensory": (
        ("Programme done on most days", "Missed when the adult is away", "Train a second adult"),
        ("Breaks help with listening", "The equipment needs to be nearer", "Keep it in the classroom"),
    ),
    "": (("Joins in well", "–", "Look again next term"),),
}


def read_school(path: Path) -> ProvisionMap:
    """Read one invented school; a mistake in its file stops the build."""
    table = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    pupils = tuple(_pupil(row) for row in table["school"]["pupils"])
    years = {p.reference: p.year_group for p in pupils}
    reviewed = [(number, row) for number, row in enumerate(table["school"]["pupils"]) if row[3] != "N"]
    items = [*table["provision"], *table.get("resource", [])]
    return ProvisionMap(
        file=f"{path.stem}.xlsx",
        form=Form.WHOLE_SCHOOL,
        school=_school(table["school"]),
        staff=tuple(_staff(row) for row in table["staff"]),
        pupils=pupils,
        provisions=tuple(_provision(row) for row in table["provision"]),
        resources=tuple(_resource(row) for row in table.get("resource", [])),
        allocations=tuple(a for row in items for a in _allocations(row, years)),
        general=tuple(_general(row) for row in table.get("general", [])),
        reviews=tuple(review for number, row in reviewed for review in _reviews(number, row)),
    )


def _school(row: dict[str, Any]) -> School:
    return School(
        name=row["name"], number=row["number"], kind=SchoolKind(row["kind"]), year="2026-27", starts=FIRST_DAY,
        ends=row.get("ends", LAST_DAY), policy="waltham-forest", policy_date=FIRST_DAY,
        notional_sen_budget=Decimal(row["notional_sen_budget"]), prepared_by=row["prepared_by"],
        terms=tuple(Term(name=name, starts=starts, ends=ends) for name, starts, ends in row.get("terms", [])),
        closures=tuple(row.get("closures", [])), as_at=row.get("as_at"),
        age_groups=tuple(AgeGroup(name=n, pupils=p, rate=Decimal(r)) for n, p, r in row.get("age_groups", [])),
    )  # fmt: skip


def _staff(row: dict[str, Any]) -> StaffRate:
    salary, scale = row.get("salary"), row.get("scale", (None, None))
    least, most = (None if end is None else Decimal(end) for end in scale)
    return StaffRate(
        role=row["role"],
        salary=None if salary is None else Decimal(salary),
        hourly_cost=row.get("hourly_cost"),
        salary_basis=SalaryBasis(row["basis"]) if "basis" in row else None,
        with_on_costs=row.get("on_costs", None if salary is None else True),
        scale_minimum=least,
        scale_maximum=most,
        pay_point=row.get("pay_point", ""),
        contracted_hours=_decimal(row, "contracted_hours"),
        weeks_paid=_decimal(row, "weeks_paid"),
        pension=Pension(row["pension"]) if "pension" in row else None,
        pension_rate=_decimal(row, "pension_rate"),
    )


def _decimal(row: Mapping[str, Any], key: str) -> Decimal | None:
    return Decimal(row[key]) if key in row else None


def _pupil(row: list[str]) -> Pupil:
    reference, name, year_group, status, area, band = row
    return Pupil(
        reference=reference, name=name, year_group=year_group, sen_status=SenStatus(status),
        area_of_need=AREAS.get(area), stated_band=band,
    )  # fmt: skip


def _fund(row: dict[str, Any]) -> FundingSource | None:
    return FundingSource(row["fund"]) if "fund" in row else None


def _provision(row: dict[str, Any]) -> Provision:
    """One group size a row; where more pupils are named than one group holds, groups run side by side."""
    named = len(row.get("pupils", "").split())
    changes = tuple(GroupChange(starts=day, group_size=size) for day, size in row.get("group_from", []))
    largest = max(row["group"], *(change.group_size for change in changes), 0)
    return Provision(
        code=row["code"],
        intervention=row["intervention"],
        staffing=tuple(Staffing(role=role) for role in row["staff"]),
        group_size=row["group"],
        minutes_per_session=Fraction(row["minutes"]),
        sessions_per_week=Fraction(row["sessions"]),
        weeks=Fraction(row["weeks"]) if "weeks" in row else None,
        group_changes=changes,
        parallel_groups=max(1, -(-named // largest)),
        wave=Wave(row["wave"]),
        tier=Tier(row["tier"]),
        area_of_need=AREAS[row["area"]],
        funding_source=_fund(row),
        open_to_all=row.get("open_to_all", False),
    )


def _resource(row: dict[str, Any]) -> Resource:
    return Resource(
        code=row["code"], description=row["description"], annual_cost=Decimal(row["annual_cost"]),
        years=row.get("years"), shared_by=row.get("shared_by", 1), kind=row["kind"], provider=row["provider"],
        funding_source=_fund(row),
    )  # fmt: skip


def _allocations(row: dict[str, Any], years: dict[str, str]) -> list[Allocation]:
    outcomes: list[str] = row.get("outcomes", [])
    joins = row.get("joins", {})
    return [
        Allocation(
            pupil=pupil,
            code=row["code"],
            outcome=_outcome(outcomes[number % len(outcomes)], number, years[pupil]),
            starts=joins.get(pupil),
        )
        for number, pupil in enumerate(row.get("pupils", "").split())
    ]


def _outcome(text: str, number: int, year: str) -> str:
    name = {"N": "nursery", "R": "Reception"}.get(year, f"Year {year}")
    ends = ("By the end of the summer term", "By Easter 2027", f"By the end of {name}")
    return text.replace("{by} will", f"{ends[number % 3]}, will").replace("{by}", f"{ends[number % 3]},")


def _general(row: dict[str, Any]) -> GeneralProvision:
    return GeneralProvision(
        description=row["description"], annual_cost=Decimal(row["annual_cost"]), kind=row["kind"],
        funding_source=_fund(row),
    )  # fmt: skip


def _reviews(number: int, row: list[str]) -> list[Review]:
    """Three a year; two of three first reviews are held, each with what was said."""
    days = [week + timedelta(days=7 * (number % 3) + number % 5) for week in REVIEW_WEEKS]
    working, not_working, next_step = NOTES[row[4]][number % len(NOTES[row[4]])]
    held = days[0] <= TODAY and number % 3 < 2
    first = Review(
        pupil=row[0], number=1, planned=days[0], held=days[0] if held else None,
        progress=PROGRESS[number % len(PROGRESS)] if held else None,
        working=working if held else "", not_working=not_working if held else "", next_step=next_step if held else "",
    )  # fmt: skip
    return [first, *(Review(pupil=row[0], number=n, planned=day) for n, day in enumerate(days[1:], 2))]
