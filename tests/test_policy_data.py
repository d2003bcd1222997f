"""The policies that come with the package: every value dated, sourced, and the one that the guide prints."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from provision_costing.model import FundingSource
from provision_costing.policy import (
    Apportioning,
    MidpointMethod,
    Placing,
    ShareOver,
    load_entries,
    load_policy,
    policy_names,
)
from tests.making import ON
from tests.test_policy import ENGLANDS

# The guide's increments (Waltham Forest, about 2014): £500 apart from 1a to 4d.
NAMES = [f"{level}{letter}" for level in "1234" for letter in "abcd"]
INCREMENTS = {name: Decimal(500 * number) for number, name in enumerate(NAMES, 1)}


def test_these_policies_come_with_the_package() -> None:
    assert set(policy_names()) >= {"england", "waltham-forest"}


@pytest.mark.parametrize("name", policy_names())
def test_every_value_says_where_it_comes_from(name: str) -> None:
    entries = load_entries(name, ON)
    assert entries
    for entry in entries.values():
        assert entry.citation.title
        assert entry.citation.published
        assert entry.citation.retrieved <= date(2026, 12, 31)
        assert entry.starts <= ON


@pytest.mark.parametrize("on", [date(2014, 9, 1), date(2025, 3, 31), date(2025, 4, 1), ON])
def test_waltham_forest_is_what_the_guide_prints(on: date) -> None:
    policy = load_policy("waltham-forest", on)
    assert (policy.salary_weeks, policy.days_per_week, policy.hours_per_day) == (Decimal(38), Decimal(5), Decimal(6))
    assert policy.weeks_per_year == 38
    assert policy.element_2_threshold == 6000
    assert policy.hourly_rates == {
        "Teaching Assistant": Decimal("17.50"), "Teacher": Decimal("31.05"), "Learning Mentor": Decimal("23.50"),
    }  # fmt: skip
    assert policy.increments == INCREMENTS
    assert policy.plan_bands == {"E": Decimal(8500), "F": Decimal(15550), "G": Decimal(18260)}
    assert policy.reviews_per_year == 3
    assert policy.increment_placing is Placing.SMALLEST_COVERING
    assert policy.midpoint_method is MidpointMethod.MEAN_OF_ENDS
    assert policy.counted_funding_sources == (FundingSource.ELEMENT_2, FundingSource.TOP_UP)


def test_what_is_not_england_s_comes_from_the_authority() -> None:
    entries = load_entries("waltham-forest", ON)
    assert {name for name, e in entries.items() if e.authority == "England"} == ENGLANDS
    assert load_entries("waltham-forest", date(2025, 3, 31))["element_2_threshold"].authority == "Waltham Forest"
    assert {e.authority for name, e in entries.items() if name not in ENGLANDS} == {"Waltham Forest"}


@pytest.mark.parametrize("name", sorted(ENGLANDS - {"element_2_threshold"}))
def test_waltham_forest_inherits_england_s_pay(name: str) -> None:
    """What employers pay is not the guide's to say; it is read in England's file, with England's source."""
    entry = load_entries("waltham-forest", ON)[name]
    assert entry == load_entries("england", ON)[name]
    assert getattr(load_policy("waltham-forest", ON), name) == entry.value


@pytest.mark.parametrize(
    ("name", "value", "first"),
    [  # Cheshire East Council; Teachers' Pensions; University of Cambridge; Devon County Council
        ("ni_rate", "15", date(2025, 4, 6)),
        ("ni_threshold", "5000", date(2025, 4, 6)),
        ("teachers_pension_rate", "28.68", date(2024, 4, 1)),
        ("apprenticeship_levy_rate", "0.5", date(2025, 4, 6)),
        ("full_time_hours", "37", date(2014, 9, 1)),
        ("full_year_weeks", "52.143", date(2014, 9, 1)),
    ],
)
def test_what_an_employer_pays_is_dated(name: str, value: str, first: date) -> None:
    guide_s_first_day = date(2014, 9, 1)
    assert load_entries("waltham-forest", first)[name].value == Decimal(value)
    assert (name in load_entries("waltham-forest", guide_s_first_day)) is (first == guide_s_first_day)
    day_before = max(first - timedelta(days=1), guide_s_first_day)
    assert (name in load_entries("waltham-forest", day_before)) is (day_before == first)


def test_only_what_we_worked_out_is_marked_so() -> None:
    marks = {name: e.mark for name, e in load_entries("waltham-forest", ON).items()}
    assert {name for name, mark in marks.items() if mark == "derived"} == {"njc_pay_points"}
    assert load_entries("waltham-forest", date(2025, 3, 31))["njc_pay_points"].mark == "verified"


def test_no_local_government_pension_rate_is_published_here() -> None:
    assert not [name for name in load_entries("waltham-forest", ON) if "pension" in name and "teachers" not in name]


def test_what_the_guide_leaves_open() -> None:
    policy = load_policy("waltham-forest", ON)
    assert policy.share_over is ShareOver.ALL_PUPILS
    assert policy.general_apportioned is Apportioning.EQUALLY
    assert policy.bands_include_element_2 is False
    assert policy.teacher_hours_per_year is None  # 1,140 hours, not 1,265


def test_old_increments_say_that_they_are_old() -> None:
    warnings = load_policy("waltham-forest", ON).superseded
    assert len(warnings) == 1  # said once, not for each value
    assert "check them with the authority" in warnings[0]


def test_a_choice_of_ours_says_so() -> None:
    entries = load_entries("waltham-forest", ON)
    for name in ("increment_placing", "midpoint_method", "role_costed_as", "tolerance_weekly", "tolerance_annual",
                 "share_over", "general_apportioned"):  # fmt: skip
        assert entries[name].note
