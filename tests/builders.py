"""Builds maps from short tables, so that a case says only what it is about.

What a case leaves out is sound: a teaching assistant with one pupil, half an hour once a week, with an outcome and
three reviews planned. Rows are given the cells that the template, or a school's own table, would give them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from provision_costing.model import (
    Allocation,
    Form,
    FundingSource,
    GeneralProvision,
    GroupChange,
    Override,
    Pension,
    Provision,
    ProvisionMap,
    Pupil,
    Resource,
    Review,
    SalaryBasis,
    School,
    SenStatus,
    Source,
    Staffing,
    StaffRate,
    Stated,
    Term,
)
from provision_costing.policy import Policy, load_policy
from provision_costing.workbook import layout

Table = Mapping[str, Any]
FILE = "case.xlsx"
DAY = date(2026, 9, 1)
# The columns of the pupil map printed in the guide.
BY_HAND = {
    "outcome": "A", "intervention": "B", "group_size": "C", "staff": "D", "minutes_per_session": "E",
    "sessions_per_week": "E", "duration": "E", "weeks": "E", "weekly_cost": "F", "annual_cost": "G",
}  # fmt: skip
OUTCOME = "By July will read 40 words on sight, so that …"


def policy(**values: Any) -> Policy:
    """Waltham Forest on the day of the cases; a value given as None is one that is not published."""
    return replace(load_policy("waltham-forest", DAY), **values)


def build(case: Table) -> ProvisionMap:
    """Build a map from a case's tables: school, staff, pupils, provision, allocations, resources, general, reviews."""
    form = Form.INDIVIDUAL if case.get("form") == "individual" else Form.WHOLE_SCHOOL
    provisions = _rows(case.get("provision", []), lambda row, n: _provision(row, n, form))
    pupils = _rows(case.get("pupils", [{"reference": "A"}]), lambda row, n: _pupil(row, n, form))
    resources = _rows(case.get("resources", []), _resource)
    everything = [{"pupil": p.reference, "code": i.code} for p in pupils for i in (*provisions, *resources)]
    reviewed = [{"pupil": p.reference, "number": n} for p in pupils for n in (1, 2, 3)]
    return ProvisionMap(
        file=FILE, form=form, school=_school(case.get("school", {})),
        staff=_rows(case.get("staff", []), _staff), pupils=pupils, provisions=provisions, resources=resources,
        allocations=_rows(case.get("allocations", everything), lambda row, n: _allocation(row, n, form)),
        general=_rows(case.get("general", []), _general),
        reviews=_rows(case.get("reviews", [] if form is Form.INDIVIDUAL else reviewed), _review),
        rows_left_out=case.get("rows_left_out", 0), source=Source(file=FILE, sheet="Map"),
    )  # fmt: skip


def _rows(rows: Iterable[Table], make: Callable[[Table, int], Any]) -> tuple[Any, ...]:
    return tuple(make(row, number) for number, row in enumerate(rows, layout.FIRST_ROW))


def _source(sheet: layout.Sheet, row: int, form: Form = Form.WHOLE_SCHOOL) -> Source:
    if form is Form.INDIVIDUAL:
        return Source(file=FILE, sheet="Map", row=row, columns=BY_HAND)
    columns = {column.key: sheet.letter(column.key) for column in sheet.columns}
    return Source(file=FILE, sheet=sheet.name, row=row, columns=columns)


def _school(row: Table) -> School:
    labels = {name: n for n, name in enumerate(layout.POLICY_VALUES, layout.POLICY_FIRST_ROW)}
    overrides = tuple(
        Override(
            name=name, value=Decimal(str(value)), reason=row.get("reason", ""),
            source=Source(file=FILE, sheet="School", row=labels.get(name, 0), columns={"value": "D"}),
        )
        for name, value in row.get("own_values", {}).items()
    )  # fmt: skip
    return School(
        starts=row.get("starts"), ends=row.get("ends"), overrides=overrides, policy=row.get("policy", ""),
        policy_date=row.get("policy_date"), terms=tuple(Term(starts=a, ends=b) for a, b in row.get("terms", [])),
        pays_levy=row.get("pays_levy", False),
        source=Source(file=FILE, sheet="School", columns={c.key: c.address for c in layout.SCHOOL_CELLS}),
    )  # fmt: skip


def _number(row: Table, key: str, usual: Fraction | None = None) -> Fraction | None:
    """A quantity; the word "none" stands for an empty cell."""
    if row.get(key) == "none":
        return None
    return Fraction(row[key]) if key in row else usual


def _amount(row: Table, key: str) -> Decimal | None:
    return Decimal(str(row[key])) if key in row else None


def _stated(row: Table) -> dict[str, Stated]:
    return {
        key: Stated(amount=None if isinstance(value, str) else Decimal(str(value)), text=str(value))
        for key, value in row.get("stated", {}).items()
    }


def _totals(row: Table, number: int, form: Form) -> dict[str, Stated]:
    """A pupil's totals stand on the Summary, or in the last row of a map made by hand."""
    if form is Form.INDIVIDUAL:
        return {key: replace(figure, sheet="Map", cell="G99") for key, figure in _stated(row).items()}
    return {
        key: replace(figure, sheet="Summary", cell=f"{layout.SUMMARY.letter(key)}{number}")
        for key, figure in _stated(row).items()
    }


def _fund(row: Table) -> FundingSource | None:
    return FundingSource(row["fund"]) if "fund" in row else None


def _staff(row: Table, number: int) -> StaffRate:
    return StaffRate(
        role=row["role"], salary=_amount(row, "salary"), hourly_cost=_amount(row, "hourly_cost"),
        salary_basis=SalaryBasis(row["basis"]) if "basis" in row else None, with_on_costs=row.get("with_on_costs"),
        scale_minimum=_amount(row, "least"), scale_maximum=_amount(row, "most"), stated=_stated(row),
        pay_point=row.get("pay_point", ""), weeks_paid=_amount(row, "weeks_paid"),
        contracted_hours=_amount(row, "hours"),
        pension=Pension(row["pension"]) if "pension" in row else None, pension_rate=_amount(row, "pension_rate"),
        source=_source(layout.STAFF, number),
    )  # fmt: skip


def _pupil(row: Table, number: int, form: Form) -> Pupil:
    return Pupil(
        reference=row["reference"], name=row.get("name", ""), stated_band=row.get("band", ""),
        sen_status=SenStatus(status) if (status := row.get("status", "K")) else None,
        stated=_totals(row, number, form), source=_source(layout.PUPILS, number, form),
    )  # fmt: skip


def _provision(row: Table, number: int, form: Form) -> Provision:
    staff = row.get("staff", "Teaching Assistant")
    adults = staff if isinstance(staff, Mapping) else {staff: 1} if staff else {}
    group = _number(row, "group_size", Fraction(1))
    return Provision(
        code=row.get("code", f"P{number - layout.FIRST_ROW + 1:03d}"), intervention=row.get("intervention", "Phonics"),
        staffing=tuple(Staffing(role=role, adults=Fraction(n)) for role, n in adults.items()),
        group_size=None if group is None else int(group), parallel_groups=row.get("parallel_groups", 1),
        minutes_per_session=_number(row, "minutes", Fraction(30)),
        sessions_per_week=_number(row, "sessions", Fraction(1)), weeks=_number(row, "weeks"),
        open_to_all=row.get("open_to_all", False), funding_source=_fund(row), stated=_stated(row),
        starts=row.get("starts"), ends=row.get("ends"), group_claims=row.get("claims", {}),
        group_changes=tuple(GroupChange(starts=day, group_size=n) for day, n in row.get("changes", [])),
        pupils_without_sen=row.get("without_sen", 0),
        source=_source(layout.PROVISION, number, form),
    )  # fmt: skip


def _allocation(row: Table, number: int, form: Form) -> Allocation:
    return Allocation(
        pupil=row["pupil"], code=row["code"], outcome=row.get("outcome", OUTCOME), starts=row.get("starts"),
        ends=row.get("ends"), weeks=_number(row, "weeks"), stated=_stated(row), whole_cost_reason=row.get("whole", ""),
        source=_source(layout.ALLOCATIONS, number, form),
    )  # fmt: skip


def _resource(row: Table, number: int) -> Resource:
    return Resource(
        code=row.get("code", f"R{number - layout.FIRST_ROW + 1:03d}"), description=row.get("description", "A licence"),
        annual_cost=_amount(row, "cost"), shared_by=row.get("shared_by", 1), funding_source=_fund(row),
        units=_number(row, "units"), years=row.get("years"), stated=_stated(row),
        source=_source(layout.RESOURCES, number),
    )  # fmt: skip


def _general(row: Table, number: int) -> GeneralProvision:
    return GeneralProvision(
        description=row["description"], annual_cost=_amount(row, "cost"), funding_source=_fund(row),
        source=_source(layout.GENERAL, number),
    )  # fmt: skip


def _review(row: Table, number: int) -> Review:
    return Review(
        pupil=row["pupil"], number=row.get("number"), held=row.get("held"),
        planned=row.get("planned", None if "held" in row else DAY) or None, source=_source(layout.REVIEWS, number),
    )  # fmt: skip


# The year-3 pupil map as the guide prints it: ratio, staff, minutes, sessions, the divisors it writes, and its costs.
_GUIDE_ROWS: tuple[tuple[str, int, str, int, int, dict[str, int], str, int], ...] = (
    ("in-class literacy and numeracy", 4, "HLTA", 120, 5, {"weekly_cost": 4}, "43.75", 1662),
    ("social skills group", 8, "Learning mentor", 30, 5, {"weekly_cost": 8}, "5.46", 208),
    ("language programme", 6, "Teaching Assistant", 30, 2, {"weekly_cost": 6}, "2.92", 111),
    ("physiotherapy programme", 1, "Teaching Assistant", 30, 5, {}, "43.00", 1660),
    ("lunch-time social skills group", 3, "Teaching Assistant", 60, 5, {"duration": 3}, "29.16", 1108),
    ("daily session with a learning mentor", 1, "Learning Mentor", 30, 5, {}, "58.30", 2232),
)


def guide_map() -> ProvisionMap:
    """The pupil support map of year 3 that the guide prints, its total of £6,981 included."""
    provision = [
        {"intervention": what, "group_size": group, "staff": staff, "minutes": minutes, "sessions": sessions,
         "claims": claims}
        for what, group, staff, minutes, sessions, claims, _, _ in _GUIDE_ROWS
    ]  # fmt: skip
    allocations = [
        {"pupil": "Y3", "code": f"P{n:03d}", "stated": {"weekly_cost": Decimal(weekly), "annual_cost": annual}}
        for n, (*_, weekly, annual) in enumerate(_GUIDE_ROWS, 1)
    ]
    pupils = [{"reference": "Y3", "stated": {"total": 6981}}]
    return build({"form": "individual", "pupils": pupils, "provision": provision, "allocations": allocations})
