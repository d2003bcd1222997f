"""Steps 1 to 4: from a salary, or the hourly cost that is given, to what an hour of a role costs."""

from dataclasses import dataclass
from fractions import Fraction

from provision_costing.model import ProvisionMap, StaffRate
from provision_costing.money import plain, pounds, to_places
from provision_costing.pay import PayLine, PayPoint, Rate, point_named, salary_hours
from provision_costing.policy import Policy

# The cells of the Staff sheet that a line of the build-up rests on, by the first word of its label.
_PAY_CELLS = {"Pay": ("contracted_hours", "weeks_paid"), "Employer's pension": ("pension", "pension_rate")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One of the seven steps. `figure` is exact pounds, None for a step that a given hourly cost makes needless."""

    number: int
    name: str
    figure: Fraction | None
    formula: str
    cells: tuple[str, ...] = ()
    policy: tuple[str, ...] = ()  # names of the policy values used

    @property
    def shown(self) -> str:
        """Write the figure as a person reads it: to the penny in the end, with two more places on the way."""
        if self.figure is None:
            return "–"
        return pounds(to_places(self.figure, 2)) if self.number in (1, 6, 7) else f"£{to_places(self.figure, 4):,}"


def staff_line(rate: Rate, provision_map: ProvisionMap) -> StaffRate | None:
    """Find the line of the Staff sheet that a rate was made from; None for a rate that the authority publishes."""
    return next((s for s in provision_map.staff if s.source is rate.source), None)


def paid_point(staff: StaffRate | None, policy: Policy) -> PayPoint | None:
    """Give the published point that stands in for a salary; None where the salary, or nothing, is given."""
    if staff is None or staff.salary is not None or not staff.pay_point:
        return None
    return point_named(staff.pay_point, policy)


def rate_steps(
    rate: Rate, policy: Policy, staff_cells: tuple[str, ...] = (), staff: StaffRate | None = None
) -> list[Step]:
    """Work one role's rate through steps 1 to 4: from its salary, or from the hourly cost that is given.

    `staff` is the rate's own line, for its pay point and the cells of its build-up.
    """
    cells = (rate.source.cell(rate.field),) if rate.source and rate.source.row else ()
    cells = tuple(c for c in (*staff_cells, *cells) if c)
    if rate.weekly is not None and rate.daily is not None:
        return [*_salary_steps(rate, cells, staff, policy), *_hour_steps(rate, policy)]
    needless = "not needed: the hourly cost is given"
    names = ("Annual salary", "Weekly cost", "Daily cost")
    gone = [Step(number=n, name=f"{what}, {rate.role}", figure=None, formula=needless)
            for n, what in enumerate(names, 1)]  # fmt: skip
    return [
        *gone,
        Step(number=4, name=f"Hourly rate, {rate.role}", figure=rate.per_hour, formula=rate.how, cells=cells,
             policy=("hourly_rates",) if rate.field == "hourly_rates" else ()),
    ]  # fmt: skip


def _salary_steps(rate: Rate, cells: tuple[str, ...], staff: StaffRate | None, policy: Policy) -> list[Step]:
    """Step 1: the salary as given, or each line of its build-up and what they come to."""
    lines, point = rate.built.lines if rate.built else (), paid_point(staff, policy)
    if point is None and len(lines) < 2 and not any(line.policy for line in lines):
        return [Step(number=1, name=f"Annual salary, {rate.role}", figure=rate.amount, formula="as given", cells=cells)]
    built = [_built(line, staff, point if n == 0 else None) for n, line in enumerate(lines)]
    total = Step(number=1, name=f"Annual cost, {rate.role}", figure=rate.amount, formula="added up", cells=cells)
    return [*built, total]


def _built(line: PayLine, staff: StaffRate | None, point: PayPoint | None) -> Step:
    fields = next((names for label, names in _PAY_CELLS.items() if line.label.startswith(label)), ())
    given = [f for f in fields if getattr(staff, f, None) is not None]
    cells = [staff.source.cell(f) for f in given if staff.source.address(f)] if staff else []
    formula, used = line.how, line.policy
    if point is not None:
        formula, used = f"{point.name} ({point.mark}): {line.how}", (point.entry.name, *line.policy)
    return Step(number=1, name=line.label, figure=line.amount, formula=formula, cells=tuple(cells), policy=used)


def _hour_steps(rate: Rate, policy: Policy) -> list[Step]:
    """Steps 2 to 4: the week, the day and the hour; a post with hours of its own has no day."""
    weekly, daily = rate.weekly or Fraction(0), rate.daily or Fraction(0)
    weeks, days, hours = (plain(v) for v in (policy.salary_weeks, policy.days_per_week, policy.hours_per_day))
    amount = pounds(to_places(rate.amount, 2))
    week = Step(
        number=2, name=f"Weekly cost, {rate.role}", figure=weekly, formula=f"{amount} ÷ {weeks} weeks",
        policy=("salary_weeks",),
    )  # fmt: skip
    if rate.hours != salary_hours(policy):
        own = rate.built.hours_how if rate.built else ""
        return [
            week,
            Step(number=3, name=f"Daily cost, {rate.role}", figure=None, formula="not needed: hours of its own"),
            Step(number=4, name=f"Hourly rate, {rate.role}", figure=rate.per_hour, formula=f"{amount} ÷ ({own})"),
        ]
    return [
        week,
        Step(number=3, name=f"Daily cost, {rate.role}", figure=daily,
             formula=f"£{to_places(weekly, 4):,} ÷ {days} days", policy=("days_per_week",)),
        Step(number=4, name=f"Hourly rate, {rate.role}", figure=rate.per_hour,
             formula=f"£{to_places(daily, 4):,} ÷ {hours} hours", policy=("hours_per_day",)),
    ]  # fmt: skip
