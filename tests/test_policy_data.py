"""The policies that come with the package: every value dated, sourced, and the one that the guide prints."""

from datetime import date
from decimal import Decimal

import pytest

from provision_costing.model import FundingSource
from provision_costing.policy import MidpointMethod, Placing, load_entries, load_policy, policy_names
from tests.making import ON

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
    assert entries["element_2_threshold"].authority == "England"
    assert load_entries("waltham-forest", date(2025, 3, 31))["element_2_threshold"].authority == "Waltham Forest"
    assert {e.authority for name, e in entries.items() if name != "element_2_threshold"} == {"Waltham Forest"}


def test_old_increments_say_that_they_are_old() -> None:
    warnings = load_policy("waltham-forest", ON).superseded
    assert len(warnings) == 1  # said once, not for each value
    assert "check them with the authority" in warnings[0]


def test_a_choice_of_ours_says_so() -> None:
    entries = load_entries("waltham-forest", ON)
    for name in ("increment_placing", "midpoint_method", "role_costed_as", "tolerance_weekly", "tolerance_annual"):
        assert entries[name].note
