"""ARI02."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from provision_costing.costing import MapCost, PupilCost
from provision_costing.findings import Severity
from provision_costing.model import Form, ProvisionMap, Pupil
from provision_costing.money import exact, pounds, to_pence
from provision_costing.policy import Policy
from provision_costing.rules._own_policy import Own, under_own_policy
from provision_costing.rules._printed import HALF_A_PENNY
from provision_costing.rules._rule import Hit, rule

HALF_A_POUND = Fraction(1, 2)
_SUMMARY = (
    ("direct", "direct provision"), ("resources", "resources"), ("general", "general share"), ("total", "total"),
    ("above_element_2", "amount above Element 2"),
)  # fmt: skip


@rule("ARI02", Severity.ERROR, source="Arithmetic")
def total_does_not_add_up(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> Iterable[Hit]:
    """Each printed total is the sum of its rows.

    Why it matters:
    The total decides how much is above Element 2. It is compared with the rows as printed, right or wrong, so that a
    slip on a row is mentioned once, at the row. Rows rounded to whole pounds may put it out by fifty pence each.

    Example:
    Rows of £1,662, £208 and £111, total £2,081: they add up to £1,981.

    How to fix:
    Add the rows again, and look for one that was added later or counted twice. In the whole-school workbook, put the
    formula back.
    """
    look = _summary_row if provision_map.form is Form.WHOLE_SCHOOL else _sum_of_rows
    own: Own | None = None
    for number, pupil_cost in enumerate(cost.pupils):
        for hit in look(pupil_cost, provision_map):
            own = own or under_own_policy(provision_map, policy)
            # What is right under the workbook's own policy is POL03's.
            if own is None or any(look(own.cost.pupils[number], provision_map)):
                yield hit


def _sum_of_rows(cost: PupilCost, provision_map: ProvisionMap) -> Iterator[Hit]:
    printed = cost.pupil.stated.get("total")
    rows = _annual_costs(cost.pupil, provision_map)
    if printed is None or printed.amount is None or not rows or provision_map.rows_left_out:
        return  # a row that could not be read may hold the difference
    total = sum(rows, Decimal(0))
    allowed = sum((_rounding(amount) for amount in (*rows, printed.amount)), Fraction(0))
    if abs(exact(total - printed.amount)) > allowed:
        sums = f"The total is printed as {pounds(printed.amount)}; the {len(rows)} rows add up to {pounds(total)}."
        computed = f" Recomputed, they come to {pounds(cost.total)}." if len(cost.lines) == len(rows) else ""
        yield Hit(cost.pupil, "total", sums + computed, to_pence(exact(total - printed.amount)))


def _annual_costs(pupil: Pupil, provision_map: ProvisionMap) -> list[Decimal]:
    """List the annual costs printed on a pupil's rows; none when a row prints none, since then no sum can be made."""
    printed = [a.stated.get("annual_cost") for a in provision_map.allocations if a.pupil == pupil.reference]
    amounts = [stated.amount for stated in printed if stated and stated.amount is not None]
    return amounts if len(amounts) == len(printed) else []


def _rounding(amount: Decimal) -> Fraction:
    """Say how far a printed amount may be from the one it was rounded from: whole pounds, or pence."""
    return HALF_A_POUND if amount == amount.to_integral_value() else HALF_A_PENNY


def _summary_row(cost: PupilCost, provision_map: ProvisionMap) -> Iterator[Hit]:
    """Name the first figure of a pupil's row on the Summary that differs; formulas agree to the penny.

    Where rows could not be read, ours is the sum that is not whole, so the school's is not judged.
    """
    if provision_map.rows_left_out or any(row.unread for row in provision_map.provisions):
        return
    stated = cost.pupil.stated
    for field, name in _SUMMARY:
        printed, computed = stated.get(field), getattr(cost, field)
        if printed and printed.amount is not None and abs(exact(printed.amount - computed)) >= HALF_A_PENNY:
            message = f"The {name} is printed as {pounds(printed.amount)} and comes to {pounds(computed)}."
            total = stated.get("total")
            effect = to_pence(exact(cost.total - total.amount)) if total and total.amount is not None else None
            yield Hit(cost.pupil, field, message, effect)
            return
    increment, placed = stated.get("increment"), cost.placement
    words = (placed.name or placed.remark) if placed else ""
    if increment and increment.text.strip() not in ("", words):
        message = f"The increment is printed as “{increment.text.strip()}”; the total comes to “{words or 'none'}”."
        yield Hit(cost.pupil, "increment", message, Decimal("0.00"))
