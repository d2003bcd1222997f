"""ARI01."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from provision_costing.costing import MapCost
from provision_costing.findings import Severity
from provision_costing.model import Form, ProvisionMap
from provision_costing.money import exact, pounds, to_pence, to_places
from provision_costing.policy import Policy
from provision_costing.rules._own_policy import under_own_policy
from provision_costing.rules._printed import Figure, Row, line_in_words, printed_rows
from provision_costing.rules._rule import Hit, rule


@rule(
    "ARI01", Severity.ERROR, needs=("tolerance_weekly", "tolerance_annual"),
    source="Arithmetic: the seven steps of Waltham Forest, Making an EHC Plan Referral; the tolerances are the largest "
    "rounding differences in that guide's own pupil map",
)  # fmt: skip
def row_does_not_recompute(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> Iterable[Hit]:
    """Each figure printed on a row is what its own staff, time and group come to.

    Why it matters:
    A slip on one row is in the pupil's total, and perhaps in the increment. Differences from rounding at each step
    are expected and are not mentioned.

    Example:
    Learning mentor, 8 pupils, 2.5 hours a week, £208 a year: at £23.50 an hour it comes to £279.06. In the
    whole-school workbook the figures are formulas, so a difference means that one was typed over.

    How to fix:
    Correct the first figure that is named and work out the later ones from it again. In the whole-school workbook,
    copy the formula back from the row above.
    """
    explained: set[int] | None = None
    for row in printed_rows(provision_map, cost, policy):
        first = row.first_wrong
        if first is None:
            continue
        if explained is None:
            explained = _right_under_own_policy(provision_map, policy)
        if id(first.record) not in explained:
            yield Hit(first.record, first.field, _message(row, first, provision_map, policy), _effect(row))


def _right_under_own_policy(provision_map: ProvisionMap, policy: Policy) -> set[int]:
    """List the records whose figures are right under the workbook's own policy: POL03 says that it is another."""
    own = under_own_policy(provision_map, policy)
    rows = printed_rows(provision_map, own.cost, own.policy) if own else ()
    return {id(row.figures[0].record) for row in rows if row.figures and row.first_wrong is None}


def _message(row: Row, first: Figure, provision_map: ProvisionMap, policy: Policy) -> str:
    printed, computed = _money(first, exact(first.printed)), _money(first, first.computed)
    parts = [f"The {first.name} is printed as {printed} and comes to {computed}."]
    later = row.figures[row.figures.index(first) + 1 :]
    parts += [_about_later(figure, first, provision_map.form) for figure in later]
    if row.line is not None:
        parts.append(f"The sum: {line_in_words(row.line, provision_map, policy)}.")
    return " ".join(parts)


def _about_later(figure: Figure, first: Figure, form: Form) -> str:
    printed = f"The {figure.name} of {_money(figure, exact(figure.printed))}"
    if not figure.is_wrong:
        return f"{printed} is right." if form is Form.WHOLE_SCHOOL else f"{printed} agrees with the sum."
    if _follows(figure, first):
        return f"{printed} follows from it."
    return f"{printed} does not follow from it."


def _follows(figure: Figure, first: Figure) -> bool:
    if not first.computed:
        return False
    expected = exact(first.printed) * figure.computed / first.computed
    return abs(exact(figure.printed) - expected) <= figure.allowed


def _money(figure: Figure, amount: Fraction) -> str:
    """Write an amount to the penny, or with more places where the sheet does not round it."""
    return pounds(to_pence(amount)) if figure.to_the_penny else f"£{to_places(amount, 6):,}"


def _effect(row: Row) -> Decimal | None:
    printed = row.printed("annual_cost")
    if row.line is None or printed is None:
        return None
    if not row.line.counts:
        return Decimal("0.00")
    return row.line.annual_cost - to_pence(exact(printed))
