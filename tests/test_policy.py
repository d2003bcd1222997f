"""A policy file is read strictly, and each refusal says what to do about it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from provision_costing.errors import PolicyError
from provision_costing.model import Override
from provision_costing.policy import OVERRIDABLE, load_entries, load_policy, with_overrides
from tests.making import ON, waltham_forest

SOUND = """
authority = "Exampleshire"
extends = "england"

[sources.guide]
title = "Costing guide (Exampleshire)"
published = "2026"
retrieved = 2026-11-21

[[values.salary_weeks]]
from = 2020-09-01
until = 2024-08-31
value = 39
source = "guide"

[[values.salary_weeks]]
from = 2025-09-01
value = 38
source = "guide"

[[values.days_per_week]]
from = 2020-09-01
value = 5
source = "guide"

[[values.hours_per_day]]
from = 2020-09-01
value = 6.5
source = "guide"

[[values.weeks_per_year]]
from = 2020-09-01
until = 2027-08-31
value = 38.6
source = "guide"

[[values.counted_funding_sources]]
from = 2020-09-01
value = ["Element 2"]
source = "guide"
"""

Load = Callable[[str], str]


@pytest.fixture
def written(tmp_path: Path) -> Load:
    """Write a policy file and give its path."""

    def write(text: str) -> str:
        path = tmp_path / "policy.toml"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def test_a_sound_file_loads(written: Load) -> None:
    policy = load_policy(written(SOUND), ON)
    assert policy.authority == "Exampleshire"
    assert policy.hours_per_day == Decimal("6.5")  # exact: never through a float
    assert policy.weeks_per_year == Decimal("38.6")
    assert policy.element_2_threshold == 6000  # England's
    assert policy.increments is None
    assert policy.superseded == ()


def test_a_later_entry_takes_over_on_its_first_day(written: Load) -> None:
    later = SOUND + '\n[[values.days_per_week]]\nfrom = 2027-01-01\nvalue = 4.5\nsource = "guide"\n'
    path = written(later)
    assert load_policy(path, date(2026, 12, 31)).days_per_week == 5
    assert load_policy(path, date(2027, 1, 1)).days_per_week == Decimal("4.5")


def test_an_entry_counts_on_its_last_day(written: Load) -> None:
    assert load_policy(written(SOUND), date(2027, 8, 31)).weeks_per_year == Decimal("38.6")


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (
            date(2019, 1, 1),
            ["counted_funding_sources", "1 January 2019", "before its first entry, 1 September 2020", "--on"],
        ),
        (date(2027, 9, 1), ["weeks_per_year", "after its last entry ended, 31 August 2027", "add a dated entry"]),
        (date(2025, 5, 1), ["salary_weeks", "in a gap between its entries", "with its source"]),
    ],
)
def test_a_day_that_no_entry_covers_is_refused(written: Load, on: date, words: list[str]) -> None:
    expect_refused(written(SOUND), words, on)


HOURS = '[[values.hours_per_day]]\nfrom = 2020-09-01\nvalue = 6.5\nsource = "guide"'
FAULTS: dict[str, tuple[str, str, list[str]]] = {  # what is changed, into what, what the refusal says
    "unknown key in the file": ('authority = "Ex', 'motto = "?"\nauthority = "Ex', ["unknown key", "motto", "extends"]),
    "unknown value": ("values.hours_per_day", "values.hours_a_day", ["unknown key", "hours_a_day", "hours_per_day"]),
    "unknown key in an entry": ("value = 6.5", "value = 6.5\nunit = 1", ["unknown key", "unit", "hours_per_day"]),
    "unknown key in a source": ('published = "2026"', 'published = "2026"\nby = "?"', ["unknown key", "by", "title"]),
    "no source": ('value = 6.5\nsource = "guide"', "value = 6.5", ["hours_per_day", "names no source", "add [sources"]),
    "a source that is not listed": ('6.5\nsource = "guide"', '6.5\nsource = "other"', ["names no source", "name it"]),
    "a source that is not a name": ('6.5\nsource = "guide"', '6.5\nsource = ["guide"]', ["source", "quotation marks"]),
    "a source without a title": ('title = "Costing guide (Exampleshire)"', "", ["source guide lacks title"]),
    "a source without a date": ("retrieved = 2026-11-21", "", ["source guide lacks retrieved"]),
    "a source with words for a date": ("2026-11-21", '"in November"', ["source guide", "retrieved = 2026-11-21"]),
    "a source with an empty title": ('"Costing guide (Exampleshire)"', '""', ["source guide needs texts"]),
    "a source that is a number": ("[sources.guide]", "[sources]\nx = 5\n[sources.guide]", ["[sources.x]"]),
    "sources that are no table": (SOUND, "authority = 'E'\nsources = 5\n", ["sources is not a table", "[sources."]),
    "values that are no table": (SOUND, "authority = 'E'\nvalues = 5\n", ["values is not a table", "[values."]),
    "an entry without a date": (HOURS, HOURS.replace("from = 2020-09-01\n", ""), ["has no date", "from = 2026-09-01"]),
    "an entry with a time": (HOURS, HOURS.replace("2020-09-01", "2020-09-01T00:00:00"), ["has no date"]),
    "an entry that ends before it starts": (
        "until = 2027-08-31", "until = 2019-08-31", ["weeks_per_year", "2019-08-31", "last day"],
    ),
    "an entry that ends on words": ("until = 2027-08-31", 'until = "2027"', ["weeks_per_year", "last day"]),
    "an entry without a value": (HOURS, HOURS.replace("value = 6.5\n", ""), ["[[values.hours_per_day]]", "value"]),
    "an entry that is a number": (SOUND, "authority = 'E'\n[values]\nsalary_weeks = 6", ["[[values.salary_weeks]]"]),
    "a single table": ("[[values.days_per_week]]", "[values.days_per_week]", ["[[values.days_per_week]]"]),
    "two entries from one day": (HOURS, f"{HOURS}\n\n{HOURS}", ["hours_per_day", "1 September 2020", "keep one entry"]),
    "words for a number": ("value = 6.5", 'value = "six"', ["hours_per_day cannot be 'six'"]),
    "true for a number": ("value = 6.5", "value = true", ["hours_per_day cannot be True"]),
    "less than nothing": ("value = 6.5", "value = -6.5", ["hours_per_day cannot be"]),
    "nothing to divide by": ("value = 6.5", "value = 0", ["hours_per_day cannot be 0"]),
    "not a number": ("value = 6.5", "value = nan", ["hours_per_day cannot be"]),
    "endless": ("value = 6.5", "value = inf", ["hours_per_day cannot be"]),
    "an unknown fund": ('["Element 2"]', '["Element 9"]', ["counted_funding_sources cannot be", "Element 9"]),
    "one fund, not a list": ('["Element 2"]', '"Element 2"', ["counted_funding_sources cannot be"]),
    "not TOML": ("value = 6.5", "value = ", ["not a readable TOML file"]),
    "no authority": ('authority = "Exampleshire"', "", ["does not name its authority", 'authority = "…"']),
    "unknown parent": ('extends = "england"', 'extends = "wales"', ["no policy called wales", "england"]),
    "parent that is no name": ('extends = "england"', "extends = 5", ["cannot extend 5", "england"]),
    "too little to cost with": (HOURS, "", ["has no hours_per_day", "add a dated entry"]),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_file_is_refused(written: Load, fault: str) -> None:
    old, new, words = FAULTS[fault]
    assert SOUND.count(old) >= 1
    expect_refused(written(SOUND.replace(old, new, 1)), words)


def test_a_source_that_no_value_uses_is_refused(written: Load) -> None:
    spare = '\n[sources.spare]\ntitle = "Spare"\npublished = "2026"\nretrieved = 2026-11-21\n'
    expect_refused(written(SOUND + spare), ["source that no value uses", "spare"])


@pytest.mark.parametrize(
    "entry",
    [
        'excluded_roles]]\nvalue = "SENCO"',  # would be read letter by letter
        "excluded_roles]]\nvalue = [5]",
        'role_costed_as]]\nvalue = ["HLTA"]',
        "role_costed_as]]\nvalue = { HLTA = 5 }",
        'hourly_rates]]\nvalue = { HLTA = "20" }',
        "hourly_rates]]\nvalue = 17.5",
        "increments]]\nvalue = { 1a = -500 }",
        'increment_placing]]\nvalue = "nearest"',
        'midpoint_method]]\nvalue = "median"',
        "reviews_per_year]]\nvalue = 2.5",
        "reviews_per_year]]\nvalue = true",
    ],
)
def test_a_value_of_the_wrong_type_is_refused(written: Load, entry: str) -> None:
    name = entry.partition("]")[0]
    expect_refused(written(f'{SOUND}\n[[values.{entry}\nfrom = 2020-09-01\nsource = "guide"\n'), [f"{name} cannot be"])


def test_a_policy_that_extends_itself_is_refused(written: Load) -> None:
    path = written(SOUND)
    expect_refused(written(SOUND.replace('"england"', f'"{path}"')), ["cannot extend", "england"])


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_bytes(b"\xff\xfe\x00")
    expect_refused(str(path), ["not a readable TOML file"])


@pytest.mark.parametrize("name", ["narnia", "missing.toml", "../model", ""])
def test_an_unknown_policy_is_refused(name: str) -> None:
    expect_refused(name, ["There is no policy called", "waltham-forest", ".toml file"])


def test_england_alone_is_not_enough_to_cost_with() -> None:
    expect_refused("england", ["salary_weeks", "local authority"])
    assert set(load_entries("england", ON)) == ENGLANDS


# What is the same for every employer in England; the rest is the authority's to say.
ENGLANDS = {
    "element_2_threshold", "full_time_hours", "full_year_weeks", "ni_rate", "ni_threshold", "teachers_pension_rate",
    "apprenticeship_levy_rate", "teacher_pay_points", "njc_pay_points",
}  # fmt: skip


def test_what_england_begins_to_say_later_is_simply_not_there_before(written: Load) -> None:
    """Without a National Insurance rate for the day a map can still be costed; without the £6,000 it cannot."""
    own_threshold = '\n[[values.element_2_threshold]]\nfrom = 2020-09-01\nvalue = 6000\nsource = "guide"\n'
    path = written(SOUND.replace("2024-08-31", "2025-08-31") + own_threshold)
    policy = load_policy(path, date(2025, 3, 31))
    assert (policy.ni_rate, policy.ni_threshold, policy.teacher_pay_points) == (None, None, None)
    assert policy.teachers_pension_rate == Decimal("28.68")
    assert load_policy(path, date(2025, 4, 6)).ni_rate == 15
    expect_refused(
        written(SOUND), ["element_2_threshold", "31 March 2024", "before its first entry"], date(2024, 3, 31)
    )


def test_a_value_of_the_policy_s_own_that_has_ended_is_refused(written: Load) -> None:
    """Also one that costing could do without: the authority did say it, and what it is now is for it to say."""
    ended = '\n[[values.reviews_per_year]]\nfrom = 2020-09-01\nuntil = 2026-08-31\nvalue = 3\nsource = "guide"\n'
    expect_refused(written(SOUND + ended), ["reviews_per_year", "after its last entry ended, 31 August 2026"])


def test_the_nearest_policy_wins_also_over_a_later_entry_and_under_one_name(tmp_path: Path) -> None:
    """A school's own file may extend the authority's and bear its name; its earlier entry still comes first."""
    base, own = tmp_path / "base.toml", tmp_path / "own.toml"
    later = '\n[[values.days_per_week]]\nfrom = 2026-01-01\nvalue = 4\nsource = "guide"\n'
    base.write_text(SOUND + later, encoding="utf-8")
    head = SOUND.partition("[[values")[0].replace('"england"', f'"{base}"')
    own.write_text(
        f'{head}[[values.days_per_week]]\nfrom = 2020-09-01\nvalue = 4.5\nsource = "guide"\n', encoding="utf-8"
    )
    assert load_policy(str(base), ON).days_per_week == 4
    assert load_policy(str(own), ON).days_per_week == Decimal("4.5")


@pytest.mark.parametrize(
    "entry",
    [
        'share_over]]\nvalue = "some_pupils"',
        'general_apportioned]]\nvalue = "by_luck"',
        'bands_include_element_2]]\nvalue = "no"',
        "bands_include_element_2]]\nvalue = 0",
        "full_time_hours]]\nvalue = 0",
        "full_year_weeks]]\nvalue = 0",
        "teacher_hours_per_year]]\nvalue = 0",
        "ni_rate]]\nvalue = -1",
        "ni_threshold]]\nvalue = true",
        "njc_pay_points]]\nvalue = [24413]",
        'teacher_pay_points]]\nvalue = { M1 = "32916" }',
    ],
)
def test_a_pay_value_of_the_wrong_type_is_refused(written: Load, entry: str) -> None:
    name = entry.partition("]")[0]
    expect_refused(written(f'{SOUND}\n[[values.{entry}\nfrom = 2020-09-01\nsource = "guide"\n'), [f"{name} cannot be"])


def test_a_mark_is_verified_or_derived(written: Load) -> None:
    marked = HOURS + '\nmark = "derived"'
    path = written(SOUND.replace(HOURS, marked))
    assert load_entries(path, ON)["hours_per_day"].mark == "derived"
    assert load_entries(path, ON)["days_per_week"].mark == "verified"
    expect_refused(written(SOUND.replace(HOURS, HOURS + '\nmark = "guessed"')), ["mark of hours_per_day", "derived"])


def expect_refused(name: str, words: list[str], on: date = ON) -> None:
    with pytest.raises(PolicyError) as refusal:
        load_policy(name, on)
    assert [word for word in words if word not in str(refusal.value)] == [], str(refusal.value)


# -- a school's own values ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", OVERRIDABLE)
def test_a_school_can_set_its_own_value_and_it_shows(name: str) -> None:
    theirs = getattr(waltham_forest(), name)
    own = Override(name=name, value=Decimal("39.5"), reason="Our calendar")
    policy = with_overrides(waltham_forest(), (own,))
    assert getattr(policy, name) == Decimal("39.5")
    assert policy.overrides == (own,)
    assert policy.entries[name].overridden_by == own
    assert policy.entries[name].value == theirs
    assert policy.cite(name).startswith(f"the school's own value, in place of {theirs} (")


def test_without_an_own_value_the_document_is_cited() -> None:
    policy = waltham_forest()
    assert policy.overrides == ()
    assert policy.cite("salary_weeks").startswith("Making an Education, Health and Care Plan Referral")
    assert policy.cite("no such value") == ""


def test_the_authority_s_policy_stays_as_it_was() -> None:
    policy = waltham_forest()
    with_overrides(policy, (Override(name="salary_weeks", value=Decimal(39)),))
    assert policy.salary_weeks == 38
    assert policy.overrides == ()


@pytest.mark.parametrize("name", ["hourly_rates", "increments", "excluded_roles", "tolerance_annual", "nonsense"])
def test_a_school_cannot_set_the_rest(name: str) -> None:
    with pytest.raises(PolicyError, match=rf"cannot set {name}; it can set salary_weeks, "):
        with_overrides(waltham_forest(), (Override(name=name, value=Decimal(1)),))


@pytest.mark.parametrize("value", ["0", "-1"])
def test_a_school_s_own_value_is_more_than_nothing(value: str) -> None:
    with pytest.raises(PolicyError, match="must be more than nothing"):
        with_overrides(waltham_forest(), (Override(name="weeks_per_year", value=Decimal(value)),))
