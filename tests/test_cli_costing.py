"""What `cost`, `what-if` and `inclusion` say of maps with terms, pay, years and resources, the maps being records."""

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from provision_costing.cli import main
from provision_costing.model import (
    AgeGroup,
    Allocation,
    FundingSource,
    GeneralProvision,
    GroupChange,
    Pension,
    ProvisionMap,
    Pupil,
    Resource,
    SalaryBasis,
    School,
    SchoolKind,
    SenStatus,
    Source,
    StaffRate,
    Term,
    Tier,
)
from tests.making import TA, hourly, provision, provision_map, salaried

Run = Callable[..., Result]
# Monday 1 February to Friday 12 March 2027: 30 school days; Monday 5 to Friday 30 April: 20. The financial years part
# between them.
TERMS = (
    Term(starts=date(2027, 2, 1), ends=date(2027, 3, 12)),
    Term(starts=date(2027, 4, 5), ends=date(2027, 4, 30)),
)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on a map given as records, as if it had been read."""

    def command(of: ProvisionMap, name: str, *options: str) -> Result:
        monkeypatch.setattr("provision_costing.cli.opening._read", lambda _: (of, ()))
        return CliRunner().invoke(main, [name, "map.xlsx", "--on", "2026-09-01", *options])

    return command


def said(done: Result) -> str:
    """What stands on the screen, columns told apart by one space."""
    return re.sub(" +", " ", done.stdout)


def year_map(**school: Any) -> ProvisionMap:
    """Two pupils, each £18 × 5 hours ÷ 4 × 10 weeks = £225, half of a £100 licence and half of £40 general: £295."""
    licence = Resource(code="R001", description="Reading software", annual_cost=Decimal(100), shared_by=2)
    of = provision_map(
        provision(group_size=4, sessions_per_week=Fraction(5), weeks=Fraction(10)), pupils=2,
        staff=(hourly(18),), resources=(licence,),
        general=(GeneralProvision(description="Training", annual_cost=Decimal(40)),),
    )  # fmt: skip
    bought = tuple(Allocation(pupil=p.reference, code="R001") for p in of.pupils)
    place = School(name="Invented", terms=TERMS, **school)
    return replace(of, school=place, allocations=(*of.allocations, *bought))


# -- cost ---------------------------------------------------------------------------------------------------------


def test_a_plain_map_has_no_more_sections_than_before(run: Run) -> None:
    shown = run(provision_map(provision()), "cost").stdout
    for words in ("to date", "The same money", "Element 1", "contract £"):
        assert words not in shown


def test_cost_to_date_and_projected(run: Run) -> None:
    # 30 of 50 school days are gone on 12 March: 295 × 0.6 = 177.00 for each
    of = year_map(as_at=date(2027, 3, 12))
    shown = said(run(of, "cost"))
    assert "To 12/03/2027: £354.00. Projected to the year’s end: £590.00." in shown
    assert "to date £ total £" in shown
    assert "177.00 295.00" in shown
    given = json.loads(said(run(of, "cost", "--json")))
    assert (given["as_at"], given["to_date"], given["total"]) == ("2027-03-12", "354.00", "590.00")
    assert given["pupils"][0]["to_date"] == "177.00"
    assert [n["to_date"] for n in given["pupils"][0]["lines"]] == ["135.00", "30.00"]
    assert "Provided by 12/03/2027: £177.00." in said(run(of, "cost", "--explain", "A-1"))


def test_the_same_money_by_year(run: Run) -> None:
    # 590 × 30 ÷ 50 before April 2027, the rest after; all of it in one academic year
    of = year_map(kind=SchoolKind.MAINTAINED)
    shown = run(of, "cost").stdout
    assert "The same money by year, counted by school days:" in shown
    assert "  Financial year (this school’s): 2026-27 £354.00, 2027-28 £236.00\n" in shown
    assert "  Academic year: 2026-27 £590.00\n" in shown
    years = json.loads(run(of, "cost", "--json").stdout)["years"]
    assert [(y["year"], y["from"], y["to"], y["total"]) for y in years] == [
        ("2026-27", "2027-02-01", "2027-03-31", "354.00"), ("2027-28", "2027-04-01", "2027-04-30", "236.00"),
        ("2026-27", "2027-02-01", "2027-04-30", "590.00"),
    ]  # fmt: skip


def test_years_without_terms_are_counted_by_weekdays(run: Run) -> None:
    school = School(name="Invented", starts=date(2026, 9, 1), ends=date(2027, 8, 31), kind=SchoolKind.ACADEMY)
    shown = run(replace(year_map(), school=school), "cost").stdout
    assert "counted by weekdays, as no terms are given:" in shown
    assert "Academic year (this school’s): 2026-27 £590.00" in shown


def test_element_1_stands_apart(run: Run) -> None:
    groups = (
        AgeGroup(name="Reception to year 6", pupils=200, rate=Decimal("3847.00")),
        AgeGroup(name="Nursery", pupils=20, rate=Decimal("2000.50")),
    )
    of = year_map(age_groups=groups, notional_sen_budget=Decimal(90000))
    shown = said(run(of, "cost"))
    # 200 × 3,847 = 769,400 and 20 × 2,000.50 = 40,010: 809,410
    assert "Element 1 809,410.00" in shown
    assert "769,400.00 Reception to year 6: 200 × £3,847.00" in shown
    assert "It is never part of a pupil’s £6,000." in shown
    assert "Element 2 590.00" in shown
    assert "the school’s notional SEN budget is £90,000.00" in shown
    assert "590.00" in said(run(year_map(), "cost"))  # the pupils' totals are the same without it
    element = json.loads(said(run(of, "cost", "--json")))["element_1"]
    assert (element["total"], element["age_groups"][1]["total"]) == ("809410.00", "40010.00")
    assert json.loads(said(run(year_map(), "cost", "--json")))["element_1"] is None


def paid_map() -> ProvisionMap:
    """A teaching assistant paid by SCP 5 for 32.5 hours and 44 weeks, and a learning mentor at the guide's rate."""
    assistant = StaffRate(
        role=TA, pay_point="scp5", contracted_hours=Decimal("32.5"), weeks_paid=Decimal(44),
        pension=Pension.LOCAL_GOVERNMENT, pension_rate=Decimal(22),
        source=Source("map.xlsx", "Staff", 7, {"pay_point": "F"}),
    )  # fmt: skip
    return provision_map(provision(), provision("P002", "Learning Mentor"), staff=(assistant, salaried(26750, "HLTA")))


def test_contract_and_costing_rates_side_by_side(run: Run) -> None:
    # Contract: 25,583 ÷ (52.143 × 37) = 13.26 an hour, as published; costing: 25,228.28 ÷ (38 × 32.5) = 20.43
    shown = said(run(paid_map(), "cost", "--rates"))
    assert "Teaching Assistant 13.26 20.43 SCP 5, £25,583.00 (derived), Staff!F7" in shown
    assert "Learning Mentor – 23.50 £23.50 an hour, Waltham Forest's rate" in shown
    assert "HLTA – 23.46 salary" in shown  # 26,750 ÷ 1,140
    for words in ("Pay of the post", "18,962.25", "2,094.34", "4,171.69", "25,228.28", "÷ (38 weeks × 32.5 hours)"):
        assert words in shown
    assert "SCP 5 is derived: NJC pay agreement 2025 to 2026" in shown
    assert "check them with your payroll" in shown
    rates = {r["role"]: r for r in json.loads(said(run(paid_map(), "cost", "--json")))["rates"]}
    assert rates[TA]["contract_hourly"] == "13.260312"
    assert rates[TA]["costing_hourly"] == "20.427754"
    assert rates[TA]["pay_point"]["mark"] == "derived"
    assert [line["amount"] for line in rates[TA]["build_up"]] == ["18962.25", "2094.34", "4171.69"]


def test_a_role_without_a_rate_says_what_it_lacks(run: Run) -> None:
    staff = StaffRate(role=TA, salary=Decimal(25583), salary_basis=SalaryBasis.FULL_TIME_EQUIVALENT)
    of = provision_map(provision(role="Beekeeper"), staff=(replace(staff, role="Beekeeper"),))
    assert "no rate: a full-time equivalent salary needs the weeks" in run(of, "cost", "--rates").stdout
    (rate, *_) = json.loads(run(of, "cost", "--json").stdout)["rates"]
    assert "needs the weeks" in rate["missing"]


def test_explain_shows_the_next_edge_and_what_would_cross_it(run: Run) -> None:
    # 20 × 15 hours × 19 weeks = 5,700: £300 to £6,000. One week more adds 300 and reaches it, one hour more adds 380.
    of = provision_map(provision(group_size=1, sessions_per_week=Fraction(15), weeks=Fraction(19)), staff=(hourly(20),))
    shown = said(run(of, "cost", "--explain", "A-1"))
    assert (
        "£300.00 to the next edge. One session more a week of P001 (£380.00 a year) would cross the next edge." in shown
    )
    edge = json.loads(said(run(of, "cost", "--explain", "A-1", "--json")))["pupils"][0]["next_edge"]
    assert [(c["change"], c["adds"], c["crosses"]) for c in edge["changes"]] == [
        ("one session more a week", "380.00", True), ("one week more", "300.00", False),
    ]  # fmt: skip
    # 20 × 11 × 27 = 5,940: £60 to £6,000, and either change crosses it, the week by £220 and the hour by £540
    nearer = replace(of.provisions[0], sessions_per_week=Fraction(11), weeks=Fraction(27))
    listed = said(run(replace(of, provisions=(nearer,)), "cost", "--explain", "A-1"))
    assert "P001 one week more 220.00\nP001 one session more a week 540.00" in listed


def test_explain_of_a_resource_shows_its_sum(run: Run) -> None:
    visits = Resource(code="R002", description="Visits", annual_cost=Decimal(45), units=Fraction(6), shared_by=2)
    of = replace(year_map(), resources=(visits,), allocations=(Allocation(pupil="A-1", code="R002"),))
    assert "£45.00 × 6 in the year ÷ 2 pupils = £135.00" in run(of, "cost", "--explain", "A-1").stdout


# -- what if ------------------------------------------------------------------------------------------------------


def near_the_edge() -> ProvisionMap:
    """Two pupils at exactly £6,000 (20 × 25 hours × 12 weeks), one of them with a plan; one at 20 × 10 ÷ 2 × 38."""
    alone: dict[str, Any] = {"group_size": 1, "sessions_per_week": Fraction(25), "weeks": Fraction(12)}
    rows = (
        provision("P001", **alone),
        provision("P002", group_size=2, sessions_per_week=Fraction(10)),
        provision("P003", **alone),
    )
    given = tuple(Allocation(pupil=f"A-{n}", code=f"P00{n}") for n in (1, 2, 3))
    statuses = (SenStatus.SUPPORT, SenStatus.SUPPORT, SenStatus.PLAN)
    pupils = tuple(Pupil(reference=f"A-{n}", sen_status=status) for n, status in enumerate(statuses, 1))
    return replace(provision_map(*rows, staff=(hourly(20),), allocations=given), pupils=pupils)


def test_what_if_shows_each_pupil_the_school_and_who_crosses(run: Run) -> None:
    # 6,000 × 1.032 = 6,192; 20.64 × 10 ÷ 4 × 38 = 1,960.80 for 3,800; the map 15,800 → 14,344.80
    done = run(near_the_edge(), "what-if", "--pay-award", "3.2%", "--group-size", "p002=4")
    assert done.exit_code == 0, done.output
    shown = said(done)
    assert "- a pay award of 3.2%\n- P002 with 4 in the group (now 2)" in shown
    for row in (
        "A-1 6,000.00 6,192.00 +192.00 from within Element 2 to 1a",
        "A-2 3,800.00 1,960.80 -1,839.20",
        "A-3 6,000.00 6,192.00 +192.00 from within Element 2 to above Element 2",
        "whole map 15,800.00 14,344.80 -1,455.20",
        "above Element 2 0.00 384.00 +384.00",
    ):
        assert row in shown
    assert (
        "2 pupils cross £6,000 or the edge of a band:\nA-1 rises above £6,000: from within Element 2 to 1a.\n" in shown
    )
    assert "\nA-3 rises above £6,000.\n" in shown


def test_what_if_as_json(run: Run) -> None:
    shown = json.loads(run(near_the_edge(), "what-if", "--weeks", "P001=13", "--json").stdout)
    # 20 × 25 × 13 = 6,500: £500 above, exactly 1a
    assert shown["changes"] == ["P001 for 13 weeks (now 12)"]
    assert shown["total"] == {"before": "15800.00", "after": "16300.00", "difference": "500.00"}
    assert shown["pupils"][0] == {
        "pupil": "A-1", "before": "6000.00", "after": "6500.00", "difference": "500.00",
        "above_element_2": {"before": "0.00", "after": "500.00"}, "crosses": "from within Element 2 to 1a",
        "in_words": "A-1 rises above £6,000: from within Element 2 to 1a.",
    }  # fmt: skip
    assert shown["pupils"][1]["crosses"] is None


def test_what_if_of_a_rate_and_of_the_year(run: Run) -> None:
    done = run(near_the_edge(), "what-if", "--rate", "TA = £25", "--weeks-per-year", "39")
    # 25 × 25 × 12 = 7,500; 25 × 10 ÷ 2 × 39 = 4,875
    assert "- 39 weeks in a year (now 38)\n- TA at £25.00 an hour (now £20.00)" in said(done)
    assert "A-2 3,800.00 4,875.00 +1,075.00" in said(done)
    assert "A-1 rises above £6,000: from within Element 2 to 1c." in said(done)
    assert "Weeks or dates of their own stay as they are: P001, P003." in said(done)
    back = replace(near_the_edge(), staff=(hourly(25),))
    assert "A-1 comes back to £6,000 or less: from 1c to within" in said(run(back, "what-if", "--rate", "TA=20"))
    assert "A-1 moves from 1c to 2b." in said(run(back, "what-if", "--rate", "TA=30"))  # 9,000: £3,000 above


def test_a_cut_in_pay_is_taken_and_nobody_may_cross(run: Run) -> None:
    done = run(near_the_edge(), "what-if", "--pay-award", "-2")
    assert "- a pay award of -2%" in said(done)
    assert "A-1 6,000.00 5,880.00 -120.00" in said(done)
    assert "Nobody crosses £6,000 or the edge of a band." in said(done)


def test_what_if_says_what_a_change_does_not_reach(run: Run) -> None:
    of = near_the_edge()
    own = replace(of.allocations[0], weeks=Fraction(5))
    changing = replace(of.provisions[1], group_changes=(GroupChange(starts=date(2027, 1, 5), group_size=3),))
    of = replace(of, allocations=(own, *of.allocations[1:]), provisions=(of.provisions[0], changing, of.provisions[2]))
    shown = run(of, "what-if", "--weeks", "P001=13", "--group-size", "P002=5").stdout
    assert "P001: 1 of its pupils have weeks of their own on the map, which stay." in shown
    assert "P002 with 5 in the group (now 2, changing in the year)" in shown


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ((), "Say what is to be different: --pay-award 3.2%"),
        (("--pay-award", "three"), "--pay-award: “three” is not a number. Write it as 3.2 or 3.2%."),
        (("--pay-award", "0.032"), "--pay-award: 0.032 is less than a tenth of a per cent. Write 3.2 for 3.2%."),
        (("--pay-award", "320%"), "--pay-award: 320% is more than 50%. Write 3.2 for 3.2%."),
        (("--group-size", "P002"), "--group-size: write it as P004=6; “P002” is not like that."),
        (("--group-size", "P002=2.5"), "P002 cannot have 2.5 pupils. Write a whole number from 1 to 100."),
        (("--group-size", "P002=0"), "P002 cannot have 0 pupils."),
        (("--group-size", "P002=3", "--group-size", "p002=4"), "--group-size: p002 is given twice. Give it once."),
        (("--group-size", "P099=3"), "There is no provision P099 on this map. On it: P001, P002, P003."),
        (("--weeks", "P001=99"), "--weeks: 99 weeks are not in a year. Write a number up to 53."),
        (("--weeks-per-year", "0"), "a year without weeks has no provision"),
        (("--rate", "TA=-5"), "--rate: £-5 an hour cannot be meant."),
        (("--rate", "Beekeeper=20"), "No “Beekeeper” is on this map."),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_one_helpful_line(run: Run, options: tuple[str, ...], told: str) -> None:
    done = run(near_the_edge(), "what-if", *options)
    assert done.exit_code == 2
    assert done.stderr.startswith("provision-costing: ")
    assert done.stderr.count("\n") == 1
    assert told in done.stderr
    assert done.stdout == ""


# -- inclusion ----------------------------------------------------------------------------------------------------


def strategy_map() -> ProvisionMap:
    """A club for all, a group in two parallel groups, one pupil's support, and things bought."""
    rows = (
        provision("P001", group_size=12, open_to_all=True, weeks=Fraction(10)),
        provision("P002", group_size=6, parallel_groups=2, tier=Tier.TARGETED, weeks=Fraction(10)),
        provision("P003", group_size=1, funding_source=FundingSource.INCLUSIVE_MAINSTREAM, weeks=Fraction(10)),
    )
    pupil = Pupil(reference="Y3-07", name="Robin Quill", sen_status=SenStatus.SUPPORT)
    visits = Resource(code="R001", description="=Visits", annual_cost=Decimal(45), units=Fraction(6), shared_by=3)
    of = provision_map(
        *rows, staff=(hourly(20),), resources=(visits,),
        allocations=tuple(Allocation(pupil="Y3-07", code=p.code) for p in rows),
        general=(GeneralProvision(description="Training", annual_cost=Decimal(1000)),),
    )  # fmt: skip
    return replace(of, pupils=(pupil,))


def test_inclusion_lines_on_screen_and_as_csv(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "lines.csv"
    done = run(strategy_map(), "inclusion", "--out", str(out))
    assert done.exit_code == 0, done.output
    # The whole cost to the school: 20 × 10 weeks = 200 for a group, 400 for two; 45 × 6 = 270
    assert list(csv.reader(io.StringIO(out.read_text(encoding="utf-8-sig")))) == [
        ["Description", "Universal or targeted", "Total budgeted cost (£)", "Paid from"],
        ["Intervention P001", "Universal", "200.00", "Element 2"],
        ["Intervention P002", "Targeted", "400.00", "Element 2"],
        ["Intervention P003", "Targeted", "200.00", "Inclusive Mainstream Fund"],
        ["'=Visits", "Targeted", "270.00", "Element 2"],
        ["Training", "Targeted", "1000.00", "Element 2"],
    ]
    assert "Universal £200.00, Targeted £1,870.00; together £2,070.00." in done.stdout
    assert "is to publish one, with budgeted costs, by 31 December 2026" in done.stdout
    assert "Developing an inclusion strategy using the Inclusive Mainstream Fund" in done.stdout
    assert "Before you publish: P003 is for one pupil" in done.stdout
    again = run(strategy_map(), "inclusion", "--out", str(out))
    assert again.exit_code == 2
    assert "already there" in again.output
    assert run(strategy_map(), "inclusion", "--out", str(out), "--replace").exit_code == 0


def test_no_pupil_is_in_it_and_a_name_in_a_description_is_told(run: Run) -> None:
    of = strategy_map()
    shown = run(of, "inclusion").stdout + run(of, "inclusion", "--json").stdout
    assert "Robin" not in shown
    assert "Y3-07" not in shown
    named = replace(of.provisions[1], intervention="Support for Robin at lunch")
    told = run(replace(of, provisions=(of.provisions[0], named, of.provisions[2])), "inclusion").stdout
    assert "Before you publish: the description of P002 may name a pupil. Please reword it." in told


def test_a_line_without_a_cost_is_told(run: Run) -> None:
    of = provision_map(provision(group_size=None))
    done = run(of, "inclusion")
    assert done.exit_code == 2
    assert "not costed" in done.stdout
    assert "Not complete: P001 could not be costed." in done.stdout
    assert json.loads(run(of, "inclusion", "--json").stdout)["lines"][0]["cost"] is None
    assert "Nothing is on this map yet." in run(provision_map(), "inclusion").stdout


def test_the_mark_of_a_policy_value_is_shown() -> None:
    done = CliRunner().invoke(main, ["policy", "waltham-forest", "--on", "2026-09-01", "--json"])
    values = json.loads(done.stdout)["values"]
    assert (values["njc_pay_points"]["mark"], values["teacher_pay_points"]["mark"]) == ("derived", "verified")
    words = CliRunner().invoke(main, ["policy", "waltham-forest", "--on", "2026-09-01"]).stdout
    assert "from 01/04/2026; derived; NJC pay agreement" in words
