"""What schools type, against what it means; and laws that hold for any cell."""

import json
import tomllib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from provision_costing.notation import (
    Certainty,
    Reading,
    as_json,
    read,
    read_cost,
    read_duration,
    read_ratio,
    write_duration,
    write_ratio,
)

CASES: dict[str, dict[str, dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "notation.toml").read_text(encoding="utf-8")
)
READERS = {"duration": read_duration, "ratio": read_ratio, "cost": read_cost}
CERTAINTY = {"understood": Certainty.UNDERSTOOD, "query": Certainty.QUERY, "no": Certainty.NOT_UNDERSTOOD}
FIELDS = {
    "m": "minutes_per_session",
    "s": "sessions_per_week",
    "h": "hours_per_week",
    "w": "weeks",
    "g": "group_size",
    "a": "adults",
    "amount": "amount",
    "per": "amount_per",
}
ALL = [(kind, text) for kind, cells in CASES.items() for text in cells]
GOLDEN = pytest.mark.parametrize(("kind", "text"), ALL)


def values(reading: Reading) -> dict[str, object]:
    return {name: getattr(reading, name) for name in (*FIELDS.values(), "ranges", "understood")}


def expected(kind: str, text: str) -> dict[str, object]:
    case = CASES[kind][text]
    wanted: dict[str, object] = dict.fromkeys(FIELDS.values())
    for key, name in FIELDS.items():
        if key in case:
            plain = key in {"g", "a", "per"}
            wanted[name] = case[key] if plain else Decimal(case[key]) if key == "amount" else Fraction(case[key])
    ranges = case.get("ranges", {})
    wanted["ranges"] = {name: (Fraction(low), Fraction(high)) for name, (low, high) in ranges.items()}
    return wanted


def test_the_golden_table_is_large_enough_to_mean_something() -> None:
    assert len(ALL) >= 150
    assert {CASES[kind][text].get("certainty", "understood") for kind, text in ALL} == {"understood", "query", "no"}


@GOLDEN
def test_a_cell_is_read_as_a_person_would_read_it(kind: str, text: str) -> None:
    case, reading = CASES[kind][text], READERS[kind](text)
    got = values(reading) | {"ranges": {name: (low, high) for name, low, high in reading.ranges}}
    assert {name: got[name] for name in (*FIELDS.values(), "ranges")} == expected(kind, text)
    assert reading.certainty == CERTAINTY[case.get("certainty", "understood")]
    assert case.get("problem", "") in (reading.problem or "")
    assert reading.text == text


@GOLDEN
def test_a_reading_says_how_it_was_read_or_what_to_write_instead(kind: str, text: str) -> None:
    reading = READERS[kind](text)
    assert bool(reading.how) or not reading.understood
    assert bool(reading.problem) == (reading.certainty is not Certainty.UNDERSTOOD)


@GOLDEN
def test_spaces_capitals_and_signs_do_not_change_a_reading(kind: str, text: str) -> None:
    plain = values(READERS[kind](text))
    signs = str.maketrans({"x": "×", "-": "–", "'": "’"})
    for other in (
        text.upper(),
        f"  {text} ",
        text.replace(" ", "\u00a0"),
        text.replace(" ", "  "),
        text.translate(signs),
    ):
        assert values(READERS[kind](other)) == plain, other


@GOLDEN
def test_read_finds_the_kind_of_cell_by_itself(kind: str, text: str) -> None:
    special = {"4", "1662.5", "1,662", "43.754386", "2.5", "1.4"}  # numbers alone, tested below
    if CASES[kind][text].get("certainty") != "no" and text not in special:
        assert values(read(text)) == values(READERS[kind](text))


@pytest.mark.parametrize(("text", "name", "value"), [("4", "group_size", 4), ("1662.5", "amount", Decimal("1662.5"))])
def test_a_number_alone_is_read_with_a_query(text: str, name: str, value: object) -> None:
    reading = read(text)
    assert getattr(reading, name) == value
    assert reading.certainty is Certainty.QUERY


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("5 x 20 mins = 2 hrs", "5 × 20 mins is 1 hr 40 mins, but the cell says 2 hrs"),
        ("£175 ÷ 4 = £40", "£175 shared by 4 is £43.75, but the cell says £40"),
        ("whole class", "not a number"),
        ("as required", "a panel will want one"),
    ],
)
def test_read_gives_the_problem_of_the_kind_that_was_meant(text: str, piece: str) -> None:
    reading = read(text)
    assert not reading.understood
    assert piece in (reading.problem or "")


def test_the_school_day_is_a_policy_value() -> None:
    reading = read_duration("1/2 day a week", hours_per_day=Fraction(13, 2))
    assert reading.hours_per_week == Fraction(13, 4)
    assert "6.5 hours in a school day" in reading.how
    assert read_duration("30 mins daily", days_per_week=4).sessions_per_week == 4


def test_as_json_holds_only_what_was_read_as_decimal_strings() -> None:
    assert as_json(read("2 x 30 mins per week = 1 hr")) == {
        "understood": True,
        "how": "2 sessions a week of 30 mins; 1 hr a week",
        "problem": None,
        "minutes_per_session": "30",
        "sessions_per_week": "2",
        "hours_per_week": "1",
    }
    assert as_json(read("1 hr every 3 weeks"))["sessions_per_week"] == "0.333333"
    assert as_json(read("£43.75 pw"))["amount"] == "43.75"
    assert as_json(read("£43.75 pw"))["amount_per"] == "week"
    assert as_json(read("4-6 pupils"))["ranges"] == {"group_size": ["4", "6"]}
    assert json.dumps(as_json(read("frequent")))


def test_what_is_written_for_papers() -> None:
    assert write_duration(Fraction(30), Fraction(5)) == "5 × 30 mins a week = 2 hrs 30 mins"
    assert write_duration(Fraction(60), Fraction(1)) == "1 × 1 hr a week"
    assert write_duration(Fraction(45), Fraction(1, 2)) == "1 × 45 mins a fortnight"
    assert write_duration(Fraction(20), Fraction(2, 3)) == "2 × 20 mins every 3 weeks"
    assert write_ratio(8) == "1 adult to 8 pupils"
    assert write_ratio(1, 2) == "2 adults to 1 pupil"


@pytest.mark.parametrize(("minutes", "sessions"), [(0, 1), (30, 0), (-5, 2)])
def test_no_time_cannot_be_written(minutes: int, sessions: int) -> None:
    with pytest.raises(ValueError, match="longer than no time"):
        write_duration(Fraction(minutes), Fraction(sessions))


def test_an_empty_group_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="at least one adult"):
        write_ratio(0)


lengths = st.fractions(min_value=Fraction(1, 60), max_value=360, max_denominator=60)
frequencies = st.one_of(
    st.integers(min_value=1, max_value=6).map(Fraction),
    st.fractions(min_value=Fraction(1, 12), max_value=6, max_denominator=12),
)


@given(lengths, frequencies)
@example(Fraction(100, 3), Fraction(3))
@example(Fraction(90), Fraction(1, 2))
@example(Fraction(2, 7), Fraction(5, 2))
def test_a_duration_as_written_reads_back_the_same(minutes: Fraction, sessions: Fraction) -> None:
    reading = read_duration(write_duration(minutes, sessions))
    assert (reading.minutes_per_session, reading.sessions_per_week) == (minutes, sessions)
    assert reading.hours_per_week == minutes * sessions / 60
    assert reading.certainty is Certainty.UNDERSTOOD


@given(st.integers(min_value=1, max_value=60), st.integers(min_value=1, max_value=12))
def test_a_ratio_as_written_reads_back_the_same(group_size: int, adults: int) -> None:
    reading = read_ratio(write_ratio(group_size, adults))
    assert (reading.group_size, reading.adults) == (group_size, adults)
    assert reading.certainty is Certainty.UNDERSTOOD


PIECES = """5 30 2.5 1/2 ½ 3o 0 00 1,5 x × ÷ / : - – = + & ( ) , . £ p k mins hrs hr hour day days week wk weekly daily
per a every each other half term termly year once twice times sessions Mon Wed Fri and to or of all am pa adult pupils
group 1:4 at up max total TBC regular block shared by between £43.75 number end label 9.00"""
pieces = st.sampled_from(PIECES.split())
soup = st.one_of(st.text(), st.lists(pieces, max_size=12).map(" ".join), st.lists(pieces, max_size=8).map("".join))


@given(soup)
@example("9" * 5000)
@example("1/0 days")
@example("5 x 1/2/2026")
@example("every 0 weeks")
@example("£" + "1," * 3000)
@example("£9" + " x 999999999999999999" * 300)
@example("0-")
@example("1 adult")
def test_no_text_stops_a_reader(text: str) -> None:
    for reader in (read_duration, read_ratio, read_cost, read):
        reading = reader(text)
        assert reading.text == text
        assert bool(reading.problem) == (reading.certainty is not Certainty.UNDERSTOOD)
        assert bool(reading.how) or not reading.understood
        assert json.loads(json.dumps(as_json(reading)))["understood"] is reading.understood


@given(soup)
def test_what_is_understood_is_possible(text: str) -> None:
    reading = read_duration(text)
    held = (reading.minutes_per_session, reading.sessions_per_week, reading.hours_per_week, reading.weeks)
    assert all(value is None or value > 0 for value in held)
    if None not in held[:3] and reading.minutes_per_session and reading.sessions_per_week:
        assert reading.hours_per_week == reading.minutes_per_session * reading.sessions_per_week / 60
    cost = read_cost(text).amount
    assert cost is None or (cost.is_finite() and cost >= 0)


@given(st.integers(1, 12), st.integers(1, 180), st.integers(0, 2400))
def test_a_stated_total_is_accepted_only_within_a_minute(count: int, minutes: int, stated: int) -> None:
    reading = read_duration(f"{count} x {minutes} mins a week = {stated} mins")
    assert reading.understood == (abs(count * minutes - stated) <= 1)


@given(st.integers(1, 10**6), st.integers(1, 40), st.integers(-300, 300))
def test_a_printed_share_is_accepted_only_within_a_penny(pence: int, group: int, off: int) -> None:
    share = Fraction(pence, 100 * group)
    printed = Decimal(int(share * 100) + off) / 100
    if printed < 0:
        printed = Decimal(0)
    reading = read_cost(f"£{Decimal(pence) / 100:.2f} ÷ {group} = £{printed:.2f}")
    assert reading.understood == (abs(share - Fraction(printed)) <= Fraction(1, 100))
