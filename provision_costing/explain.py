"""The seven steps of one pupil's cost, one by one, each with its sum in words and the cells that it came from.

The costing itself is one quotient; this is the same sum for a person to follow, and a test holds the two equal.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from provision_costing.costing import Line, SessionCost, provision_weeks, rates_for, session_cost
from provision_costing.model import Provision, ProvisionMap
from provision_costing.money import exact, plain, pounds, to_places
from provision_costing.pay import Rate
from provision_costing.policy import Policy


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


def seven_steps(line: Line, provision_map: ProvisionMap, policy: Policy) -> tuple[Step, ...]:
    """Work one line of one pupil through the seven steps; a line of a resource has none.

    Steps 1 to 4 stand once for each role that takes part.
    """
    provision = line.item
    if not isinstance(provision, Provision):
        return ()
    session = session_cost(provision, rates_for(provision_map, policy))
    if not isinstance(session, SessionCost):
        return ()
    steps: list[Step] = []
    for number, (rate, _) in enumerate(session.rates, 1):
        steps += rate_steps(rate, policy, _cell(provision, "staff" if number == 1 else f"staff_{number}"))
    return (*steps, *_pupil_steps(line, provision, session, policy))


def rate_steps(rate: Rate, policy: Policy, staff_cells: tuple[str, ...] = ()) -> list[Step]:
    """Work one role's rate through steps 1 to 4: from its salary, or from the hourly cost that is given."""
    cells = (rate.source.cell(rate.field),) if rate.source and rate.source.row else ()
    cells = tuple(c for c in (*staff_cells, *cells) if c)
    if rate.weekly is None or rate.daily is None:
        published = ("hourly_rates",) if rate.field == "hourly_rates" else ()
        needless = "not needed: the hourly cost is given"
        names = ("Annual salary", "Weekly cost", "Daily cost")
        gone = [Step(number=n, name=f"{name}, {rate.role}", figure=None, formula=needless)
                for n, name in enumerate(names, 1)]  # fmt: skip
        hourly = Step(
            number=4, name=f"Hourly rate, {rate.role}", figure=rate.per_hour, formula=rate.how, cells=cells,
            policy=published,
        )  # fmt: skip
        return [*gone, hourly]
    salary, weekly, daily = exact(rate.amount), rate.weekly, rate.daily
    weeks, days, hours = (plain(v) for v in (policy.salary_weeks, policy.days_per_week, policy.hours_per_day))
    return [
        Step(number=1, name=f"Annual salary, {rate.role}", figure=salary, formula="as given", cells=cells),
        Step(number=2, name=f"Weekly cost, {rate.role}", figure=weekly,
             formula=f"{pounds(rate.amount)} ÷ {weeks} weeks", policy=("salary_weeks",)),
        Step(number=3, name=f"Daily cost, {rate.role}", figure=daily,
             formula=f"£{to_places(weekly, 4):,} ÷ {days} days", policy=("days_per_week",)),
        Step(number=4, name=f"Hourly rate, {rate.role}", figure=rate.per_hour,
             formula=f"£{to_places(daily, 4):,} ÷ {hours} hours", policy=("hours_per_day",)),
    ]  # fmt: skip


def _pupil_steps(line: Line, provision: Provision, session: SessionCost, policy: Policy) -> list[Step]:
    minutes, sessions = provision.minutes_per_session or Fraction(0), provision.sessions_per_week or Fraction(0)
    weeks = line.weeks if line.weeks is not None else provision_weeks(provision, policy)
    weekly = session.per_pupil_weekly
    adults = " + ".join(
        f"£{to_places(rate.per_hour, 4):,}" + (f" × {plain(n)}" if n != 1 else "") for rate, n in session.rates
    )
    hourly = f"({adults})" if len(session.rates) > 1 else adults
    from_policy = ("weeks_per_year",) if provision.weeks is None and line.allocation.weeks is None else ()
    return [
        Step(number=5, name="Cost per pupil of one session", figure=session.per_pupil_session,
             formula=f"{hourly} × {plain(minutes)} ÷ 60 minutes ÷ {provision.group_size} in the group",
             cells=_cell(provision, "minutes_per_session") + _cell(provision, "group_size")),
        Step(number=6, name="Weekly cost per pupil", figure=weekly,
             formula=f"£{to_places(session.per_pupil_session, 4):,} × {plain(sessions)} sessions a week",
             cells=_cell(provision, "sessions_per_week")),
        Step(number=7, name="Annual cost per pupil", figure=line.annual,
             formula=f"£{to_places(weekly, 4):,} × {plain(weeks)} weeks",
             cells=_weeks_cell(line, provision), policy=from_policy),
    ]  # fmt: skip


def _weeks_cell(line: Line, provision: Provision) -> tuple[str, ...]:
    if line.allocation.weeks is not None:
        cell = line.allocation.source.cell("weeks")
        return (cell,) if cell else ()
    return _cell(provision, "weeks") if provision.weeks is not None else ()


def _cell(provision: Provision, name: str) -> tuple[str, ...]:
    return (provision.source.cell(name),) if provision.source.address(name) else ()


def sum_in_words(line: Line, provision_map: ProvisionMap, policy: Policy) -> str:
    """Say one line's sum in a sentence: £23.50 × 2.5 hours a week ÷ 8 in the group × 38 weeks = £279.06."""
    provision = line.item
    if not isinstance(provision, Provision):
        return f"{pounds(provision.annual_cost or Decimal(0))} shared by {provision.shared_by}"
    session = session_cost(provision, rates_for(provision_map, policy))
    if not isinstance(session, SessionCost):
        return session.reason
    rates = " + ".join(
        pounds(to_places(r.per_hour, 2)) + (f" × {plain(n)}" if n != 1 else "") for r, n in session.rates
    )
    hours = (provision.minutes_per_session or Fraction(0)) * (provision.sessions_per_week or Fraction(0)) / 60
    group = f" ÷ {provision.group_size} in the group" if provision.group_size != 1 else ""
    weeks = plain(line.weeks or Fraction(0))
    rates = f"({rates})" if len(session.rates) > 1 else rates
    return f"{rates} × {plain(hours)} hours a week{group} × {weeks} weeks = {pounds(line.annual_cost)}"
