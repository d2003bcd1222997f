"""What stands on a pupil's paper: one child, true figures, plain words. How it looks in a file: test_paper_files.py."""

import subprocess
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings

from provision_costing.costing import cost_map
from provision_costing.documents import file_name, individual_map, make_documents
from provision_costing.documents.names import MOST_BYTES, file_stems
from provision_costing.documents.record import IndividualMap
from provision_costing.errors import DocumentError
from provision_costing.model import (
    Allocation,
    FundingSource,
    GeneralProvision,
    Override,
    ProvisionMap,
    Pupil,
    Review,
    SenStatus,
    Staffing,
)
from provision_costing.policy import Placing, with_overrides
from tests.making import TA, provision, provision_map, waltham_forest
from tests.papers import CASES, guide_s_map, rich_map
from tests.strategies import maps

POLICY = waltham_forest()


def paper(of: ProvisionMap, reference: str = "", *, names: bool = False) -> IndividualMap:
    return individual_map(of, POLICY, reference or of.pupils[0].reference, names=names)


# -- figures -----------------------------------------------------------------------------------------------------


def test_the_guide_s_map() -> None:
    made, case = paper(guide_s_map()), CASES["map"]
    assert str(made.figures.total) == case["total"] == "7055.73"
    assert str(made.figures.above_element_2) == case["above_element_2"]
    assert made.figures.increment == case["increment"] == "1c"
    # £1,055.73 lies between 1b (£1,000) and 1c (£1,500)
    assert "£55.73 into increment 1c (up to £1,500 a year), £444.27 below its upper edge" in made.figures.in_words[1]
    annual = {s.what: str(s.annual_cost) for o in made.outcomes for s in o.support}
    assert annual["Social skills group"] == "279.06"
    assert sorted(annual.values()) == sorted(row["annual"] for row in case["row"])
    assert made.gaps == ()
    assert made.total_label == "Total for the year"


def test_support_stands_under_its_outcome_with_who_and_how_often() -> None:
    outcomes = paper(guide_s_map()).outcomes
    play = next(o for o in outcomes if o.text == "Play with one other child for ten minutes")
    assert [s.what for s in play.support] == ["Social skills group", "Lunch-time social skills group"]
    first = play.support[0]
    assert (first.who, first.group) == ("Learning Mentor", "1 adult to 8 pupils")
    assert (first.how_often, first.weeks) == ("5 × 30 mins a week\n= 2 hrs 30 mins", "38")
    assert first.working == "£23.50 × 2.5 hours a week ÷ 8 in the group × 38 weeks = £279.06"
    assert [s.number for o in outcomes for s in o.support] == [1, 2, 3, 4, 5, 6]


@given(maps())
@settings(max_examples=60)
def test_every_figure_is_the_costing_s(made_up: ProvisionMap) -> None:
    cost = cost_map(made_up, with_overrides(POLICY, made_up.school.overrides))
    for pupil in cost.pupils:
        made = paper(made_up, pupil.pupil.reference)
        figures = made.figures
        assert (figures.direct, figures.resources, figures.general, figures.total, figures.above_element_2) == (
            pupil.direct, pupil.resources, pupil.general, pupil.total, pupil.above_element_2,
        )  # fmt: skip
        costed = [(s.weekly_cost, s.annual_cost) for s in made.all_support if s.annual_cost is not None]
        assert sorted(costed, key=str) == sorted(((n.weekly_cost, n.annual_cost) for n in pupil.lines), key=str)
        assert len(made.all_support) == sum(a.pupil == made.reference for a in made_up.allocations)
        assert {s.annual_cost for s in made.not_counted} >= {n.annual_cost for n in pupil.lines if not n.counts}


# -- words -------------------------------------------------------------------------------------------------------


def with_total(total: str, status: SenStatus = SenStatus.SUPPORT, band: str = "") -> ProvisionMap:
    """A map whose only pupil's general share is the total."""
    pupil = Pupil(reference="A-1", sen_status=status, stated_band=band)
    general = (GeneralProvision(description="All of it", annual_cost=Decimal(total)),)
    return replace(provision_map(general=general), pupils=(pupil,))


@pytest.mark.parametrize(
    ("total", "short", "said"),
    [
        ("6500.00", "1a", "£500.00 into increment 1a (up to £500 a year), exactly at its upper edge"),
        ("6500.01", "1b", "£0.01 into increment 1b (up to £1,000 a year), £499.99 below its upper edge"),
        ("6000.00", "none", "comes to exactly that"),
        ("5999.99", "none", "All of this pupil’s support is within that, £0.01 below it"),
        ("14000.01", "above 4d", "above 4d, the largest of the funding steps"),
    ],
)
def test_the_increment_in_words(total: str, short: str, said: str) -> None:
    figures = paper(with_total(total)).figures
    assert figures.increment == short
    assert said in " ".join(figures.in_words)


def test_the_other_way_of_placing_in_words() -> None:
    policy = replace(POLICY, increment_placing=Placing.LARGEST_NOT_ABOVE)
    said = " ".join(individual_map(guide_s_map(), policy, "Y3-07").figures.in_words)
    assert "reaches increment 1b (£1,000 a year), £55.73 above it, £444.27 below the next" in said
    low = individual_map(with_total("6100.00"), policy, "A-1").figures
    assert low.increment == "below 1a"
    assert "below 1a, the smallest of the funding steps (increments). £400.00 more would reach it." in low.in_words[1]


def test_a_plan_sets_the_band_and_no_increments_are_made_up() -> None:
    figures = paper(with_total("9000.00", SenStatus.PLAN, "F")).figures
    assert figures.increment == "as the plan says"
    assert "The school gives it as F." in figures.in_words[1]
    none = individual_map(with_total("9000.00"), replace(POLICY, increments=None), "A-1").figures
    assert none.increment == "none"
    assert "publishes no steps of extra funding" in none.in_words[1]


@pytest.mark.parametrize(
    ("written", "said"), [("3", "Year 3"), ("R", "Reception"), ("n", "Nursery"), ("ASD base",) * 2]
)
def test_year_groups_as_people_say_them(written: str, said: str) -> None:
    of = guide_s_map()
    assert paper(replace(of, pupils=(replace(of.pupils[0], year_group=written),))).year_group == said


def test_what_does_not_count_stands_apart_with_its_reason() -> None:
    made = paper(rich_map())
    assert [(s.what, s.why_not_counted) for s in made.not_counted] == [
        ("Homework club", "open to all pupils"), ("Maths booster", "paid from Pupil Premium"),
    ]  # fmt: skip
    booster = made.not_counted[1]
    assert (booster.who, booster.dates) == ("Teacher and Teaching Assistant", "5 January 2027 to 1 April 2027")
    assert made.not_counted[0].who == "2 × Teaching Assistant"
    assert made.not_counted[0].group == "2 adults to 12 pupils"
    assert [(s.what, s.group) for s in made.resources] == [
        ("Speech and language therapy, block of six visits", "for this pupil alone"),
        ("Reading software licence", "shared by 8 pupils"),
    ]  # fmt: skip
    assert made.resources[1].working == "£200.00 ÷ 8 pupils = £25.00"


def test_half_an_adult_and_numbers_that_are_missing() -> None:
    half = provision(staffing=(Staffing(role=TA, adults=Fraction(1, 2)),), sessions_per_week=None)
    (line,) = paper(provision_map(half)).all_support
    assert (line.who, line.group, line.how_often) == ("0.5 × Teaching Assistant", "6 pupils", "")
    assert line.working == "the sessions in a week are missing"


def test_a_total_with_gaps_says_so() -> None:
    made = paper(rich_map())
    assert made.total_label == "Total so far"
    assert made.gaps == (
        "Touch typing: the group size is missing.",
        "1 row of the school’s map could not be costed, and may be for this pupil.",
    )


@pytest.mark.parametrize(
    ("change", "gap"),
    [
        (
            lambda m: replace(m, general=(GeneralProvision(description="x", annual_cost=None),)),
            "1 row of it has no cost",
        ),
        (lambda m: replace(m, allocations=(Allocation(pupil="A-1", code="P9"),)), "P9: “P9” is neither a provision"),
        (lambda m: replace(m, rows_left_out=2), "2 rows of the school’s map"),
    ],
)
def test_each_gap_is_told(change: Callable[[ProvisionMap], ProvisionMap], gap: str) -> None:
    whole = provision_map(provision())
    assert paper(whole).gaps == ()
    assert gap in paper(change(whole)).gaps[0]


def test_what_would_not_count_leaves_no_gap() -> None:
    club = provision(group_size=None, open_to_all=True)
    paid = provision("P002", group_size=None, funding_source=FundingSource.PARENT)
    general = (GeneralProvision(description="x", annual_cost=None, funding_source=FundingSource.HEALTH),)
    made = paper(provision_map(club, paid, general=general))
    assert made.gaps == ()
    assert [s.annual_cost for s in made.not_counted] == [None, None]


def test_a_pupil_with_nothing_yet() -> None:
    made = paper(rich_map(), "Y3-09")
    assert made.all_support == ()
    assert made.empty_note == "No support is on the map for this pupil yet."
    assert [part for part, _, _ in made.parts] == ["Support from staff", "Share of general provision"]


def test_own_values_sources_and_warnings() -> None:
    basis = paper(rich_map()).basis
    assert basis.own_values == (
        "Weeks of provision in a year: 39 weeks in place of 38 weeks (the school is open to pupils for 39 weeks).",
    )
    assert "39 unless the table says otherwise" in basis.method
    assert basis.sources[0].startswith("Making an Education, Health and Care Plan Referral")
    assert any("check them with the authority" in warning for warning in basis.warnings)
    money = replace(guide_s_map(), school=replace(
        guide_s_map().school, overrides=(Override(name="element_2_threshold", value=Decimal(6500)),)))  # fmt: skip
    assert paper(money).basis.own_values == (
        "Element 2 for one pupil: £6,500 in place of £6,000 (no reason is given).",
    )
    assert paper(money).figures.threshold == 6500


# -- reviews -----------------------------------------------------------------------------------------------------


def test_reviews_take_their_slots_and_the_rest_stay_open() -> None:
    first, second, third = paper(rich_map()).reviews
    assert (first.title, first.held, first.progress) == ("Review 1", "11 December 2026", "3: moderate")
    assert (second.planned, second.held, second.progress) == ("24 March 2027", "", "")
    assert (third.title, third.planned, third.working) == ("Review 3", "", "")


def test_a_review_too_many_or_out_of_turn_is_kept() -> None:
    odd = tuple(Review(pupil="A-1", number=n, working=str(n)) for n in (2, 2, None, 9))
    made = paper(replace(provision_map(), reviews=odd)).reviews
    assert [(r.title, r.working) for r in made] == [
        ("Review 1", "None"), ("Review 2", "2"), ("Review 3", ""), ("Further review", "2"), ("Further review", "9"),
    ]  # fmt: skip


@pytest.mark.parametrize(("number", "slots"), [(None, 3), (2, 2), (6, 6)])
def test_as_many_slots_as_the_policy_s_reviews(number: int | None, slots: int) -> None:
    made = individual_map(provision_map(), replace(POLICY, reviews_per_year=number), "A-1")
    assert [r.title for r in made.reviews] == [f"Review {n}" for n in range(1, slots + 1)]


# -- one child, by reference -------------------------------------------------------------------------------------


def test_the_name_only_when_asked_for() -> None:
    assert paper(guide_s_map()).name == ""
    assert "Robin" not in repr(paper(guide_s_map()))
    assert ("Pupil", "Robin Quill") in paper(guide_s_map(), names=True).facts
    assert "Robin" not in paper(guide_s_map(), names=True).title


@pytest.mark.parametrize(
    ("of", "references", "formats", "told"),
    [
        (rich_map(), ("Y3-07", "Y9-99"), ("html",), "There is no pupil Y9-99"),
        (rich_map(), ("Y3-07",), ("html", "pdf"), "Choose html or docx"),
        (replace(rich_map(), pupils=(*rich_map().pupils, Pupil(reference="Y3-08"))), ("Y3-07", "Y3-08"), ("html",),
         "stands for 2 pupils"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_before_any_paper_is_made(
    of: ProvisionMap, references: tuple[str, ...], formats: tuple[str, ...], told: str
) -> None:
    with pytest.raises(DocumentError, match=told):
        make_documents(of, POLICY, references, formats)


def test_control_characters_go_and_lines_stay() -> None:
    of = guide_s_map()
    dirty = replace(of.allocations[0], outcome="\ufeffRead\x00 a\x0bloud\r\n\u202eat home\tdaily\x07 \ud800")
    made = paper(replace(of, allocations=(dirty, *of.allocations[1:])))
    assert made.outcomes[0].text == "Read aloud\nat home daily"


# -- file names --------------------------------------------------------------------------------------------------

RESERVED = {"con", "prn", "aux", "nul", "com1", "lpt9", "com¹"}


@pytest.mark.parametrize(
    "reference", ["CON", "aux.1", "../../etc/passwd", "a/b\\c:d*?", "", "é" * 200, "COM1", ".", "-x"]
)
def test_a_file_name_is_safe_everywhere(reference: str) -> None:
    name = file_name(replace(paper(guide_s_map()), reference=reference), ".docx")
    assert name.endswith("-provision-map.docx")
    assert len(name.encode()) <= MOST_BYTES
    assert name.split(".")[0].casefold() not in RESERVED
    assert not set(name) & set('/\\:*?"<>| ')
    assert not name.startswith((".", "-"))


def test_names_that_a_disk_takes_for_one_are_told_apart() -> None:
    composed, decomposed = "Zoë", unicodedata.normalize("NFD", "Zoë")
    stems = file_stems(["AB1", "ab1", "a/b", "a-b", composed, decomposed, "x" * 150, "x" * 151])
    assert stems[:4] == ("AB1-provision-map", "ab1-provision-map-2", "a-b-provision-map", "a-b-provision-map-2")
    assert stems[4:6] == ("Zoë-provision-map", "Zoë-provision-map-2")
    assert len({unicodedata.normalize("NFD", stem).casefold() for stem in stems}) == len(stems)
    assert max(len(f"{stem}.docx".encode()) for stem in stems) <= MOST_BYTES


def test_papers_are_named_by_reference_one_for_each_format() -> None:
    made = [name for name, _ in make_documents(rich_map(), POLICY, ("Y3-08", "Y3-07", "Y3-08"), ("html", "docx"))]
    assert made == [f"{r}-provision-map.{form}" for r in ("Y3-08", "Y3-07") for form in ("html", "docx")]


def test_the_package_loads_without_the_libraries_that_write_papers() -> None:
    seen = "import sys, provision_costing.documents; print({'jinja2', 'docx', 'docxtpl', 'lxml'} & {*sys.modules})"
    told = subprocess.run([sys.executable, "-c", seen], check=True, capture_output=True, text=True)
    assert told.stdout.strip() == "set()"


def test_a_date_is_written_in_full() -> None:
    of = replace(guide_s_map(), school=replace(guide_s_map().school, starts=None, ends=date(2027, 7, 3)))
    assert ("This map covers", "until 3 July 2027") in paper(of).facts
