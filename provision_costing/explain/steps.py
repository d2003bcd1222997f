"""Steps 5 to 7: one pupil's share of a session, of a week and of the year, for each size that the group has."""

from dataclasses import dataclass
from fractions import Fraction

from provision_costing.costing import Line, SessionCost, rates_for, session_cost
from provision_costing.explain.pay_steps import Step, rate_steps, staff_line
from provision_costing.explain.stretches import Stretch, WeeksFrom, stretches, weeks_from
from provision_costing.model import Provision, ProvisionMap
from provision_costing.money import plain, to_places
from provision_costing.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class _Worked:
    """One line with what its steps are written from."""

    line: Line
    provision: Provision
    session: SessionCost
    origin: WeeksFrom


def seven_steps(line: Line, provision_map: ProvisionMap, policy: Policy) -> tuple[Step, ...]:
    """Work one line of one pupil through the seven steps; a line of a resource has none.

    Steps 1 to 4 stand once for each role that takes part, and steps 5 to 7 once for each size of the group.
    """
    provision = line.item
    if not isinstance(provision, Provision):
        return ()
    session = session_cost(provision, rates_for(provision_map, policy), policy)
    if not isinstance(session, SessionCost):
        return ()
    steps: list[Step] = []
    for number, (rate, _) in enumerate(session.rates, 1):
        cells = _cell(provision, "staff" if number == 1 else f"staff_{number}")
        steps += rate_steps(rate, policy, cells, staff_line(rate, provision_map))
    if not line.has_share:
        return (*steps, *_no_share(provision))
    parts = stretches(line, provision, provision_map, policy)
    origin = weeks_from(line, provision, provision_map, policy)
    worked = _Worked(line=line, provision=provision, session=session, origin=origin)
    several = len(parts) > 1
    for part in parts:
        steps += _stretch_steps(part, worked, _when(part) if several else "")
    if several:
        total = "the sum of its stretches: each day is shared by the group of that day"
        steps.append(Step(number=7, name="Annual cost per pupil", figure=line.annual, formula=total))
    return tuple(steps)


NO_SHARE = "no share: the authority shares a group's cost among its pupils with SEN"


def _no_share(provision: Provision) -> list[Step]:
    cells = _cell(provision, "pupils_without_sen")
    names = ((5, "Cost per pupil of one session"), (6, "Weekly cost per pupil"), (7, "Annual cost per pupil"))
    return [
        Step(number=n, name=name, figure=Fraction(0), formula=NO_SHARE, cells=cells, policy=("share_over",))
        for n, name in names
    ]


def _stretch_steps(part: Stretch, worked: _Worked, when: str) -> list[Step]:
    provision, session, origin = worked.provision, worked.session, worked.origin
    once, sessions = session.session / part.shares, provision.sessions_per_week or Fraction(0)
    weekly = session.weekly / part.shares
    annual = weekly * part.weeks
    words = f" ({origin.words})" if origin.words else ""
    return [
        _session_step(part, worked, f"Cost per pupil of one session{when}"),
        Step(number=6, name=f"Weekly cost per pupil{when}", figure=weekly,
             formula=f"£{to_places(once, 4):,} × {plain(sessions)} {'session' if sessions == 1 else 'sessions'} a week",
             cells=_cell(provision, "sessions_per_week")),
        Step(number=7, name=f"Annual cost per pupil{when}", figure=annual,
             formula=f"£{to_places(weekly, 4):,} × {plain(part.weeks)} weeks{words}",
             cells=origin.cells, policy=origin.policy),
    ]  # fmt: skip


def _session_step(part: Stretch, worked: _Worked, name: str) -> Step:
    provision, session, allocation = worked.provision, worked.session, worked.line.allocation
    taken = f"{_adults(session)} × {plain(provision.minutes_per_session or Fraction(0))} ÷ 60 minutes"
    cells, used = _cell(provision, "minutes_per_session"), tuple[str, ...]()
    if allocation.whole_cost_reason:
        formula = f"{taken}, the whole session, which exists for this pupil: {allocation.whole_cost_reason}"
        source = allocation.source
        cells += (source.cell("whole_cost_reason"),) if source.address("whole_cost_reason") else ()
        return Step(number=5, name=name, figure=session.session, formula=formula, cells=cells)
    cells += _cell(provision, f"change_{part.change}_size" if part.change else "group_size")
    formula = f"{taken} ÷ {part.shares} in the group"
    if part.shares != part.pupils:
        formula = f"{taken} ÷ {part.shares} pupils with SEN of {part.pupils} in the group"
        cells += _cell(provision, "pupils_without_sen")
        used = ("share_over",)
    figure = session.session / part.shares
    return Step(number=5, name=name, figure=figure, formula=formula, cells=cells, policy=used)


def _adults(session: SessionCost) -> str:
    adults = " + ".join(
        f"£{to_places(rate.per_hour, 4):,}" + (f" × {plain(n)}" if n != 1 else "") for rate, n in session.rates
    )
    return f"({adults})" if len(session.rates) > 1 else adults


def _when(part: Stretch) -> str:
    if part.starts:
        return f", from {part.starts:%d/%m/%Y}"
    return f", to {part.ends:%d/%m/%Y}" if part.ends else ""


def _cell(provision: Provision, name: str) -> tuple[str, ...]:
    return (provision.source.cell(name),) if provision.source.address(name) else ()
