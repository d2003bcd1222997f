"""Figures as printed on a row beside the same figures as computed: shared by ARI01 and STF02."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from provision_costing.costing import Line, MapCost, SessionCost, resource_year
from provision_costing.explain import sum_in_words
from provision_costing.model import Allocation, Form, Provision, ProvisionMap, Resource, School, StaffRate, Stated
from provision_costing.money import exact, to_pence
from provision_costing.pay import published_rate, staff_rate
from provision_costing.policy import Policy
from provision_costing.rules._rule import Sourced
from provision_costing.schedule import portion

HALF_A_PENNY = Fraction(1, 200)
UNROUNDED = Fraction(1, 10**9)  # what a spreadsheet's 15 digits may lose


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One printed figure, the same as computed, and how far apart the two may be."""

    record: Sourced  # the record that holds it
    field: str
    name: str
    printed: Decimal
    computed: Fraction
    allowed: Fraction

    @property
    def is_wrong(self) -> bool:
        """Say whether the two are further apart than rounding explains."""
        return abs(exact(self.printed) - self.computed) > self.allowed

    @property
    def to_the_penny(self) -> bool:
        """Say whether the sheet rounds it."""
        return self.allowed >= HALF_A_PENNY


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row's figures in the order of the sum; a row of a pupil has its line."""

    figures: tuple[Figure, ...]
    line: Line | None = None

    @property
    def first_wrong(self) -> Figure | None:
        """Find the first figure that is wrong; those after it may only follow from it."""
        return next((f for f in self.figures if f.is_wrong), None)

    def printed(self, field: str) -> Decimal | None:
        """Give a figure as printed, if it is."""
        return next((f.printed for f in self.figures if f.field == field), None)


def printed_rows(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> Iterator[Row]:
    """List every row that prints a figure of its sum."""
    if provision_map.form is Form.INDIVIDUAL:
        yield from _rows_by_hand(cost, policy)
        return
    for staff in provision_map.staff:
        yield _staff_row(staff, provision_map.school, policy)
    for provision in provision_map.provisions:
        session = cost.sessions[provision.code]
        if provision.stated and isinstance(session, SessionCost):
            all_year = portion(provision, Allocation(pupil="", code=provision.code), cost.diary, policy)
            yield _provision_row(provision, session, session.weekly * all_year.shared_weeks)
    for resource in provision_map.resources:
        if resource.annual_cost is not None and resource.shared_by:
            computed = {"cost_per_pupil": ("cost per pupil", resource_year(resource) / resource.shared_by)}
            yield Row(figures=_formulas(resource, resource.stated, computed))
    for line in (line for pupil in cost.pupils for line in pupil.lines if line.allocation.stated):
        computed = {"annual_cost": ("annual cost", line.annual)}
        if line.weekly_cost is not None:
            computed = {"weekly_cost": ("weekly cost", exact(line.weekly_cost)), **computed}
        yield Row(figures=_formulas(line.allocation, line.allocation.stated, computed), line=line)


def _rows_by_hand(cost: MapCost, policy: Policy) -> Iterator[Row]:
    """On an individual map the figures were worked out by hand, so the policy says how far rounding may take them."""
    weekly, annual = exact(policy.tolerance_weekly or Decimal(0)), exact(policy.tolerance_annual or Decimal(0))
    for line in (line for pupil in cost.pupils for line in pupil.lines):
        computed = (
            ("weekly_cost", "weekly cost", line.weekly_cost, weekly),
            ("annual_cost", "annual cost", line.annual_cost, annual),
        )
        figures = [
            Figure(
                record=line.allocation, field=field, name=name, printed=printed.amount, computed=exact(figure),
                allowed=allowed,
            )
            for field, name, figure, allowed in computed
            if figure is not None and (printed := line.allocation.stated.get(field)) and printed.amount is not None
        ]  # fmt: skip
        yield Row(figures=tuple(figures), line=line)


def _staff_row(staff: StaffRate, school: School, policy: Policy) -> Row:
    rate = staff_rate(staff, policy, school) or published_rate(staff.role, policy)
    computed = {"hourly_rate": ("hourly rate used", rate.per_hour)} if rate else {}
    return Row(figures=_formulas(staff, staff.stated, computed, unrounded=("hourly_rate",)))


def _provision_row(provision: Provision, session: SessionCost, year: Fraction) -> Row:
    computed = {
        "session_cost": ("cost of a session", session.session),
        "weekly_cost": ("weekly cost per pupil", session.per_pupil_weekly),
        "annual_cost": ("annual cost per pupil", year),
    }
    return Row(figures=_formulas(provision, provision.stated, computed, unrounded=("session_cost",)))


def _formulas(
    record: Sourced, stated: Mapping[str, Stated], computed: Mapping[str, tuple[str, Fraction]],
    unrounded: tuple[str, ...] = (),
) -> tuple[Figure, ...]:  # fmt: skip
    """What formulas made agrees to the penny, or to the digits that a spreadsheet keeps."""
    return tuple(
        Figure(
            record=record, field=key, name=name, printed=amount,
            computed=exact_figure if key in unrounded else exact(to_pence(exact_figure)),
            allowed=UNROUNDED * max(Fraction(1), abs(exact_figure)) if key in unrounded else HALF_A_PENNY,
        )
        for key, (name, exact_figure) in computed.items()
        if key in stated and (amount := stated[key].amount) is not None
    )  # fmt: skip


def line_in_words(line: Line, provision_map: ProvisionMap, policy: Policy) -> str:
    """Say a line's sum in words, looking up the rates of its own row alone, since a map may have thousands."""
    if isinstance(line.item, Resource):
        return sum_in_words(line, provision_map, policy)
    return sum_in_words(line, replace(provision_map, provisions=(line.item,)), policy)
