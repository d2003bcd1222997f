"""Pounds and pence: one rounding, exact sums, and only numbers that a person types."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from provision_costing.money import apportion, exact, from_cell, plain, pounds, to_pence, to_places

pence = st.integers(-(10**12), 10**12)
amounts = st.fractions(-(10**9), 10**9)


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [
        (Fraction(257, 2000), "0.13"),  # 0.1285
        (Fraction("128.575"), "128.58"),  # bankers' rounding would give .58 too, so also:
        (Fraction("128.565"), "128.57"),
        (Fraction("-128.565"), "-128.57"),
        (Fraction("2.675"), "2.68"),  # the float 2.675 is less than that and would give 2.67
        (Fraction("1.005"), "1.01"),
        (Fraction("0.005"), "0.01"),
        (Fraction("-0.005"), "-0.01"),
        (Fraction("0.0049999999999999999999"), "0.00"),
        (Fraction(2, 3), "0.67"),
        (Fraction(0), "0.00"),
    ],
)
def test_halves_go_away_from_nought(amount: Fraction, rounded: str) -> None:
    assert str(to_pence(amount)) == rounded


@given(amounts)
def test_to_pence_is_the_nearest_penny(amount: Fraction) -> None:
    rounded = to_pence(amount)
    assert abs(exact(rounded) - amount) <= Fraction(1, 200)
    assert rounded.as_tuple().exponent == -2
    assert to_pence(-amount) == -rounded


@given(pence)
def test_the_half_of_a_penny_goes_away_from_nought(whole: int) -> None:
    further = whole + 1 if whole >= 0 else whole - 1
    half = Fraction(2 * whole + (1 if whole >= 0 else -1), 200)
    assert to_pence(half) == Decimal(further).scaleb(-2)


@given(pence)
def test_pounds_and_pence_stay_as_they_are(whole: int) -> None:
    amount = Decimal(whole).scaleb(-2)
    assert to_pence(exact(amount)) == amount


def test_a_rounded_figure_cannot_re_enter_a_sum() -> None:
    amount, rounded = Fraction(1, 3), to_pence(Fraction(1, 3))
    with pytest.raises(TypeError):
        _ = amount + rounded  # type: ignore[operator]
    with pytest.raises(TypeError):
        _ = rounded * amount  # type: ignore[operator]


def test_a_float_cannot_enter_a_sum() -> None:
    with pytest.raises(TypeError, match="from_cell"):
        exact(17.2)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (17.2, "17.2"),
        (0.1 + 0.2, "0.3"),  # a sheet keeps 15 digits
        (-0.0, "0"),
        (1e-7, "1E-7"),
        (20006, "20006"),
        (Decimal("12.345"), "12.345"),
        ("£1,662.50", "1662.50"),
        (" £ 1662.5 ", "1662.5"),
        ("-£71.06", "-71.06"),
        ("£-71.06", "-71.06"),
        ("+3", "3"),
        (".5", "0.5"),
        ("10,903", "10903"),
        ("1,234,567.89", "1234567.89"),
        ("\u00a317.50\u00a0", "17.50"),
    ],
)
def test_a_typed_number_is_read_as_typed(cell: float | str | Decimal, number: str) -> None:
    assert str(from_cell(cell)) == number


REFUSED = [
    "nan", "inf", "-inf", "Infinity", "1e3", "1_000", "٣٤", "１２", "10, 903", "1.662,50", "1,66", "1,6622",
    "12,34,567", "", " ", "£", "-", "--5", "-+5", "-£-5", "5-", "5.", "1 000", "$5", "5p", "0x10", "=5", "½", "1/2",
    float("nan"), float("inf"), float("-inf"), True, False, Decimal("NaN"), Decimal("Infinity"),
]  # fmt: skip


@pytest.mark.parametrize("cell", REFUSED, ids=repr)
def test_anything_else_is_refused(cell: float | str | Decimal) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        from_cell(cell)


@given(st.decimals(-(10**9), 10**9, places=2))
def test_a_figure_that_was_written_is_read_back(amount: Decimal) -> None:
    assert from_cell(float(amount)) == amount
    assert from_cell(f"{amount:f}") == amount
    assert from_cell(pounds(amount)) == amount


@given(st.text(max_size=12))
@example("1\n")
def test_text_is_a_finite_number_or_refused(text: str) -> None:
    try:
        number = from_cell(text)
    except ValueError:
        return
    assert number.is_finite()
    assert number == number.normalize()
    assert text.isascii() or set(text) - set("£\u00a0") <= {c for c in text if c.isascii() or c.isspace()}


@given(st.decimals(0, 10**8, places=2), st.lists(st.integers(0, 50), min_size=1, max_size=40).filter(any))
@example(Decimal("0.01"), [1, 1, 1])
@example(Decimal("100.00"), [1, 1, 1])
def test_shares_add_up_to_the_whole(total: Decimal, weights: list[int]) -> None:
    parts = apportion(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        ideal = exact(total) * weight / sum(weights)
        assert abs(exact(part) - ideal) < Fraction(1, 100)


@given(st.decimals(-(10**6), 10**6, places=2), st.integers(1, 60))
@example(Decimal("-1.00"), 3)
def test_equal_shares_differ_by_a_penny_at_most(total: Decimal, pupils: int) -> None:
    parts = apportion(total, [1] * pupils)
    assert sum(parts) == total
    assert max(parts) - min(parts) <= Decimal("0.01")
    assert list(parts) == sorted(parts, reverse=True)  # the spare pennies go to the first


@pytest.mark.parametrize("weights", [[], [0], [0, 0], [1, -1], [2, -1]])
def test_nothing_to_share_by_is_said(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="nothing to share by"):
        apportion(Decimal(5), weights)


def test_amounts_and_quantities_are_written_plainly() -> None:
    assert pounds(Decimal("1662.5")) == "£1,662.50"
    assert pounds(Decimal("-71.06")) == "-£71.06"
    assert plain(Fraction(5, 2)) == "2.5"
    assert plain(38) == "38"
    assert plain(Fraction(1, 3)) == "0.333333"
    assert plain(Decimal("100")) == "100"
    assert str(to_places(Fraction("17.549123"), 4)) == "17.5491"
