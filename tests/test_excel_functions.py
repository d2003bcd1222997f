"""The functions for Excel cells, called plainly: their figures, what they refuse and in which words."""

import re
import subprocess
import sys
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, get_type_hints

import pytest
from xlwings import XlwingsError

from provision_costing.excel import functions as pm
from provision_costing.excel.grid import day
from provision_costing.excel.policies import OWN_VALUES
from provision_costing.excel.tables import SCHOOL_RANGE
from provision_costing.workbook.layout import PROVISION as PROVISION_SHEET
from provision_costing.workbook.layout import RESOURCES, SCHOOL_CELLS
from tests.excel_hosts import HOME, reference

ON = "2026-09-01"
NOON = datetime.combine(date(2026, 9, 1), time(12))

# Salary, exact hourly rate and exact annual cost of the guide's three printed examples (one hour a week, a group of
# six, 38 weeks): Waltham Forest's guide to an EHC plan referral, its slips corrected by exact division.
EXAMPLES = [(20006, 17.549123, 111.14), (35406, 31.057895, 196.70), (26750, 23.464912, 148.61)]
# Rows of the guide's year-3 pupil map at its published rates: minutes, sessions, group, rate, weekly and annual cost.
GUIDE_ROWS = [
    (120, 5, 4, 17.5, 43.75, 1662.50),
    (30, 5, 8, 23.5, 7.34, 279.06),
    (30, 2, 6, 17.5, 2.92, 110.83),
    (30, 5, 1, 17.5, 43.75, 1662.50),
    (60, 5, 3, 17.5, 29.17, 1108.33),
    (30, 5, 1, 23.5, 58.75, 2232.50),
]


@pytest.mark.parametrize(("salary", "hourly", "annual"), EXAMPLES)
def test_the_guides_examples(salary: int, hourly: float, annual: float) -> None:
    assert pm.pm_hourly_rate(salary) == pytest.approx(hourly, abs=5e-7)
    assert pm.pm_annual_cost_from_salary(salary, 60, 1, 6, 1, 38, "waltham-forest", ON) == annual
    assert pm.pm_annual_cost(pm.pm_hourly_rate(salary), 60, 1, 6) == annual


@pytest.mark.parametrize(("minutes", "sessions", "group", "rate", "weekly", "annual"), GUIDE_ROWS)
def test_the_guides_map(minutes: int, sessions: int, group: int, rate: float, weekly: float, annual: float) -> None:
    assert pm.pm_weekly_cost(rate, minutes, sessions, group) == weekly
    assert pm.pm_annual_cost(rate, minutes, sessions, group) == annual


def test_the_guides_total_is_above_element_2_and_has_an_increment() -> None:
    # £7,055.73 recomputed from the guide's map, £1,055.73 above £6,000; its list of increments has 1b 1,000, 1c 1,500.
    assert pm.pm_above_element_2(7055.73, "waltham-forest", ON) == 1055.73
    assert pm.pm_increment(7055.73, "Waltham Forest", ON) == "1c"
    assert pm.pm_increment(7055.73, None, ON, "e") == "set by the EHC plan"
    assert pm.pm_increment(6000, None, ON, "K") == "within Element 2"
    assert pm.pm_above_element_2(5999.99, "", ON) == 0


def test_a_half_penny_is_rounded_away_from_nought() -> None:
    # £17.01 ÷ 2 ÷ 1 = 8.505 exactly; the nearest binary number lies below it.
    assert pm.pm_session_cost(17.01, 30) == 8.51
    # 15,003 ÷ 1,140 × ½ ÷ 2 × 38 = 125.025 exactly
    assert pm.pm_annual_cost_from_salary(15003, 30, 1, 2, 1, 38, None, ON) == 125.03


def test_several_adults_and_own_divisors() -> None:
    assert pm.pm_session_cost(17.5, 60, 6, 2) == 5.83  # 35 ÷ 6
    assert pm.pm_hourly_rate(19500, 39, 5, 6.25) == 16  # 19,500 ÷ 1,218.75
    assert pm.pm_annual_cost(17.5, 60, 1, 6, 1, 10) == 29.17  # 175 ÷ 6


def test_seven_steps_as_a_table() -> None:
    heading, *steps = pm.pm_seven_steps(20006, 60, 1, 6, None, None, None, ON)
    assert heading == ["Step", "What it is", "£", "How it is worked out"]
    # The guide's first example: 20,006 ÷ 38 = 526.4737 (it prints 526.03), ÷ 5, ÷ 6, ÷ 6, × 1, × 38.
    assert [step[2] for step in steps] == [20006, 526.4737, 105.2947, 17.5491, 2.9249, 2.92, 111.14]
    assert [step[0] for step in steps] == [1, 2, 3, 4, 5, 6, 7]
    assert steps[1][3] == "£20,006.00 ÷ 38 weeks"
    assert {len(step) for step in steps} == {4}


@pytest.mark.parametrize("ratio", ["1:4", "4:1", " 1 : 4 ", "group of 4"])
def test_group_size_in_either_order(ratio: str) -> None:
    assert pm.pm_group_size(ratio) == 4


@pytest.mark.parametrize(
    ("duration", "hours"),
    [("5 x 30mins per week = 2.5 hrs", 2.5), ("2 hrs per day = 10 hrs", 10), ("2 x 30 mins per week = 1 hr", 1)],
)
def test_hours_of_the_guides_durations(duration: str, hours: float) -> None:
    assert pm.pm_hours(duration) == hours


TYPED_RATIO = time(1, 4)  # what Excel makes of 1:4
REFUSED: list[tuple[str, tuple[Any, ...], str]] = [
    ("pm_session_cost", ("x", 30), "Hourly cost: “x” is not a number."),
    ("pm_session_cost", (17.5, True), "Minutes: “True” is not a number."),
    ("pm_session_cost", (17.5, NOON), "Minutes: “2026-09-01 12:00:00” is not a number."),
    ("pm_session_cost", (17.5, 30, 0), "Group size is 0 or an empty cell: write a number above 0, or nothing for 1."),
    ("pm_session_cost", (17.5, 30, 2.5), "Group size: 2.5 is not a whole number of pupils."),
    ("pm_session_cost", (17.5, -30), "Minutes: -30 is less than nothing."),
    ("pm_session_cost", (17.5, None), "Minutes is missing: write a number above 0."),
    ("pm_session_cost", (0, 30), "Hourly cost is 0 or an empty cell: write a number above 0."),
    ("pm_session_cost", (float("nan"), 30), "Hourly cost: “nan” is not a number."),
    ("pm_session_cost", (1e300, 30), "Hourly cost: “1e+300” is too large to be meant."),
    ("pm_session_cost", (17.5, 30, -2146826281), "Group size: the cell holds an error."),
    ("pm_session_cost", (17.5, 30, "#DIV/0!"), "Group size: the cell holds an error #DIV/0!."),
    ("pm_session_cost", (17.5, 30, {"type": "Error"}), "Group size: the cell holds an error."),
    ("pm_hourly_rate", ("",), "Salary is missing"),
    ("pm_hourly_rate", (20006, 0), "Salary weeks is 0 or an empty cell: write a number above 0, or nothing for 38."),
    ("pm_annual_cost_from_salary", (20006, 60, 1, 6, 1, 38, "Kent"), "There is no policy called “kent”. Known: "),
    ("pm_annual_cost_from_salary", (20006, 60, 1, 6, 1, 38, r"\\server\x.toml"), "There is no policy called"),
    ("pm_above_element_2", (7000, "waltham-forest", 36526), "says nothing about"),  # 1 January 2000
    ("pm_above_element_2", (7000, "england", ON), "Name the policy of a local authority"),
    ("pm_above_element_2", (7000, "", "soon"), "Day: “soon” is not a date. Write it as 2026-09-01."),
    ("pm_above_element_2", ("",), "Total is missing"),
    ("pm_increment", (7000, "", "", "SEN"), "Status: “SEN” is not one of N, K, E."),
    ("pm_group_size", (TYPED_RATIO,), "Excel took what was typed for a time of day"),
    ("pm_group_size", (0.0444444444444444,), "Excel took what was typed for a time of day"),
    ("pm_group_size", (None,), "Ratio is missing."),
    ("pm_group_size", ("#N/A",), "Ratio: the cell holds an error #N/A."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "args", "message"), REFUSED)
def test_what_cannot_be_used_is_refused_in_words(name: str, args: tuple[Any, ...], message: str) -> None:
    with pytest.raises(XlwingsError, match=re.escape(message)):
        getattr(pm, name)(*args)


@pytest.mark.parametrize(("name", "text"), [("pm_hours", "5 x 20 mins = 2 hrs"), ("pm_group_size", "various")])
def test_a_claim_that_contradicts_itself_is_never_guessed(name: str, text: str) -> None:
    with pytest.raises(XlwingsError, match=r"\w+ \w+"):
        getattr(pm, name)(text)


@pytest.mark.parametrize("given", [46266, 46266.0, NOON, date(2026, 9, 1), "2026-09-01", "1/9/2026"])
def test_every_way_that_a_date_arrives(given: Any) -> None:
    assert day(given, "Day") == date(2026, 9, 1)  # 46266 is what Excel shows for 1 September 2026 as a number


@pytest.mark.parametrize("given", [None, "", "  ", 0, 0.0])
def test_no_date(given: Any) -> None:
    assert day(given, "Day") is None


Table = list[list[Any]]
STAFF: Table = [
    ["Role", "Annual salary", "Hourly cost given"],
    ["TA", None, "£17.50"],
    ["Mentor", 26750, Decimal("23.5")],
]
PROVISION: Table = [
    ["Code", "Staff", "Group size", "Minutes a session", "Sessions a week"],
    ["P001", "TA", 4, 120, 5],
    ["P002", "Mentor", 8, 30, 5],
]
ALLOCATIONS: Table = [["Provision or resource", "Pupil reference"], ["P001", "A1"], ["P002", "A1"], ["P002", 7]]


def totals(*args: Any) -> list[list[Any]]:
    heading, *rows = pm.pm_pupil_totals(*args)
    assert heading == ["Pupil reference", "Direct provision", "Resources", "General share", "Total", "Above Element 2",
                       "Increment", "Not costed"]  # fmt: skip
    return rows


def test_whole_tables_in_and_a_row_for_each_pupil_out() -> None:
    # Rows 1 and 2 of the guide's map: 1,662.50 and 279.0625, of which the total is rounded once.
    assert totals(STAFF, PROVISION, ALLOCATIONS) == [
        ["A1", 1941.56, 0, 0, 1941.56, 0, "within Element 2", ""],
        ["7", 279.06, 0, 0, 279.06, 0, "within Element 2", ""],
    ]


def test_the_other_tables_count_too() -> None:
    resources = [
        ["Code", RESOURCES.column("annual_cost").heading, "Shared by (pupils)", "Paid from"],
        ["R1", 900, 3, ""],
        ["R2", 50, 0, "Health"],
    ]
    general = [["What it is", "Cost for the year", "Paid from"], ["Training", 100.01, "Element 2"], [0, 0, 0]]
    pupils = [["Pupil reference", "SEN status"], ["A1", "k"], ["A2", "E"], ["A3", "N"], [0, ""]]
    allocations = [["Pupil reference", "Provision or resource"], ["A1", "R1"], ["A1", "R2"], ["A2", "P001"]]
    assert totals(STAFF, PROVISION, allocations, resources, general, pupils, None, ON) == [
        ["A1", 0, 300, 50.01, 350.01, 0, "within Element 2", ""],
        ["A2", 1662.5, 0, 50, 1712.5, 0, "set by the EHC plan", ""],
        ["A3", 0, 0, 0, 0, 0, "within Element 2", ""],
    ]


def test_the_schools_own_values_are_used_where_they_are_handed_over() -> None:
    own = [["Weeks of provision in a year", 38, 40], ["Element 2 for one pupil", 6000, None]]
    rows = totals(STAFF, PROVISION, ALLOCATIONS, None, None, None, None, ON, own)
    assert rows[1][4] == 293.75  # 23.50 × 2.5 hours ÷ 8 × 40 weeks


def test_a_row_that_cannot_be_costed_is_named_beside_the_pupil_who_lacks_it() -> None:
    gap = [*PROVISION, ["P003", "Dance coach", 2, 30, 1], ["P004", "TA", "", 30, 1]]
    allocations = [*ALLOCATIONS, ["P003", "A1"], ["P004", "A1"], ["P009", 7]]
    first, second = totals(STAFF, gap, allocations)
    assert first[4] == 1941.56
    assert first[7] == "P003: there is no salary or hourly cost for “Dance coach”; P004: the group size is missing"
    assert second[7] == "P009: “P009” is neither a provision nor a resource on this map"


DATED: Table = [[*PROVISION[0], "From", "To"], [*PROVISION[1], 46461, NOON.replace(2027, 3, 26)]]
ONE: Table = [["Pupil reference", "Provision or resource"], ["A1", "P001"]]
# Monday 1 February to Friday 26 March 2027: 40 school days, of which P001 runs on the last 20: four weeks.
TERM: Table = [["Term", "First day", "Last day"], ["Spring", "2027-02-01", "2027-03-26"]]


def school(**entries: Any) -> Table:
    return [[cell.label, entries.get(cell.key)] for cell in SCHOOL_CELLS]


def test_dates_are_counted_by_the_terms_handed_over() -> None:
    # £17.50 × 10 hours ÷ 4 = £43.75 a week; 46461 is 15 March 2027, so two weeks, or nine days when one is closed
    table = changed(DATED, 1, 6, "26/3/2027")
    rest: list[Any] = [None, None, None, None, ON, None]
    assert totals(STAFF, table, ONE, *rest, None, TERM)[0][1] == 87.5
    closures = [["Day", "Why"], ["2027-03-22", "INSET"]]
    assert totals(STAFF, table, ONE, *rest, None, TERM, closures)[0][1] == 78.75
    # February to March 2027 as a year of 42 weekdays, 10 of them the provision's: 43.75 × 38 × 10 ÷ 42
    year = school(starts="2027-02-01", ends="2027-03-30")
    assert totals(STAFF, table, ONE, *rest, year)[0][1] == 395.83
    (row,) = totals(STAFF, table, ONE, *rest)
    assert row[1] == 1662.5  # 38 weeks, and told
    assert row[7] == "P001: its dates are not counted: hand over the School sheet’s days, or the Terms"


def test_a_group_that_changes_and_a_whole_cost() -> None:
    # 40 days as 8 typed weeks: half of them at £43.75 among 4, half at £35.00 among 5
    table = [[*PROVISION[0], "Weeks a year", *CHANGE], [*PROVISION[1], 8, "2027-03-01", 5]]
    rest: list[Any] = [None, None, None, None, ON, None, None, TERM]
    assert totals(STAFF, table, ONE, *rest)[0][1] == 315
    whole = [[*ONE[0], "Whole session charged because"], [*ONE[1], "named in section F"]]
    assert totals(STAFF, table, whole, *rest)[0][1] == 1400  # 175 × 8


CHANGE = [PROVISION_SHEET.column(f"change_1_{part}").heading for part in ("from", "size")]


def test_pay_and_on_costs_from_the_staff_table() -> None:
    # 39,134 with 5,120.10 and 11,223.6312 on top, and with 0.5% levy 195.67; ÷ 1,140 × 10 hours ÷ 4 × 38 weeks
    staff = [["Role", "Annual salary", "On-costs included", "Pension scheme"], ["TA", 39134, "No", "Teachers' Pension"]]
    assert totals(staff, PROVISION[:2], ONE, None, None, None, None, ON)[0][1] == 4623.14
    rest: list[Any] = [None, None, None, None, ON, None]
    assert totals(staff, PROVISION[:2], ONE, *rest, school(pays_levy="Yes"))[0][1] == 4639.45


def test_a_resource_over_years() -> None:
    heading = [RESOURCES.column(key).heading for key in ("code", "annual_cost", "shared_by", "units", "years")]
    allocations = [["Pupil reference", "Provision or resource"], ["A1", "R1"]]
    bought = [heading, ["R1", 90, 3, 6, 4]]  # 90 × 6 ÷ 4 ÷ 3
    assert totals(STAFF, PROVISION, allocations, bought)[0][2] == 45


BAD_SCHOOL: list[tuple[list[Any], str]] = [
    ([[["Headteacher", "x"]]], f"School: take the range {SCHOOL_RANGE}; “Headteacher” is none of its labels."),
    ([school(pays_levy="Perhaps")], "School, apprenticeship levy: “Perhaps” is neither Yes nor No."),
    ([school(starts="soon")], "School, first day: “soon” is not a date."),
    ([None, [TERM[0], ["Spring", "2027-03-26", "2027-02-01"]]], "a last day not before it"),
]


@pytest.mark.parametrize(("given", "message"), BAD_SCHOOL)
def test_a_school_that_cannot_be_read_is_refused_in_words(given: list[Any], message: str) -> None:
    with pytest.raises(XlwingsError, match=re.escape(message)):
        pm.pm_pupil_totals(STAFF, PROVISION, ALLOCATIONS, None, None, None, None, ON, None, *given)


def test_half_a_change_of_a_group_is_refused() -> None:
    table = [[*PROVISION[0], *CHANGE], [*PROVISION[1], "2027-03-01", None]]
    with pytest.raises(XlwingsError, match="a change needs a day of its own and a size"):
        pm.pm_pupil_totals(STAFF, table, ONE)


def changed(table: Table, row: int, column: int, cell: Any) -> Table:
    return [[cell if (r, c) == (row, column) else old for c, old in enumerate(cells)] for r, cells in enumerate(table)]


PUPILS: Table = [["Pupil reference", "SEN status"], ["A1", "K"]]
SHORT: Table = [row[:4] for row in PROVISION]
OWN: Table = [["Weeks in a year", 38, 40]]
IN_ROW_3 = "Provision, row 3 of the range, "
BAD_PROVISION: list[tuple[Table, str]] = [
    (
        changed(PROVISION, 0, 2, "Group sise"),
        "“Group sise”, which that sheet does not have. Did you mean “Group size”?",
    ),
    (changed(PROVISION, 0, 2, None), "a column headed “”, which that sheet does not have"),
    (changed(PROVISION, 0, 2, "Code"), "has the heading “Code” twice"),
    (SHORT, "has no column Sessions a week. Its first row must be the headings, as in tblProvision[#All]"),
    (PROVISION[1:], "The first row must be the headings, as in tblProvision[#All]"),
    (changed(PROVISION, 2, 2, "six"), IN_ROW_3 + "Group size: “six” is not a number."),
    (changed(PROVISION, 2, 2, "#REF!"), IN_ROW_3 + "Group size: the cell holds an error #REF!."),
    (changed(PROVISION, 2, 0, "P001"), "Provision and Resources: “P001” stands on two rows."),
    (changed(PROVISION, 2, 0, ""), IN_ROW_3 + "Code is missing."),
]
BAD_REST: list[tuple[list[Any], str]] = [
    ([None, None, PUPILS], "Allocations, row 4 of the range: “7” is not in Pupils."),
    ([None, None, [*PUPILS, ["A1", "K"]]], "Pupils: “A1” stands on two rows."),
    ([None, None, changed(PUPILS, 1, 1, "S")], "Pupils, row 2 of the range, SEN status: “S” is not one of N, K, E."),
    (
        [None, None, None, None, ON, OWN],
        f"Own values: take the range {OWN_VALUES}; “Weeks in a year” is none of them.",
    ),
]


@pytest.mark.parametrize(("provision", "message"), BAD_PROVISION)
def test_a_table_that_cannot_be_trusted_is_refused_in_words(provision: Table, message: str) -> None:
    with pytest.raises(XlwingsError, match=re.escape(message)):
        pm.pm_pupil_totals(STAFF, provision, ALLOCATIONS)


@pytest.mark.parametrize(("rest", "message"), BAD_REST)
def test_tables_that_do_not_fit_each_other_are_refused_in_words(rest: list[Any], message: str) -> None:
    with pytest.raises(XlwingsError, match=re.escape(message)):
        pm.pm_pupil_totals(STAFF, PROVISION, ALLOCATIONS, *rest)


def test_every_function_follows_the_rules_of_the_hosts() -> None:
    for name in pm.__all__:
        function = getattr(pm, name)
        hints = get_type_hints(function, include_extras=True)
        told = [hint.__metadata__[0] for key, hint in hints.items() if key != "return"]
        assert name.startswith("pm_")
        assert all(t["err_to_str"] and len(t["doc"]) <= 255 for t in told)
        assert "\n" not in function.__doc__
        assert len(function.__doc__) <= 255


def test_the_page_says_what_the_module_says() -> None:
    page = reference.PAGE.read_text(encoding="utf-8")
    assert reference.section(page) == reference.table(), "write it anew: python -m tests.excel_hosts.reference"


def python(source: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", source], cwd=HOME, check=False, capture_output=True, text=True)


def test_without_xlwings_it_says_how_to_install_it() -> None:
    done = python("import sys; sys.modules['xlwings'] = None; import provision_costing.excel.functions")
    told = 'ImportError: The functions for Excel need xlwings. Install it with: pip install "provision-costing[excel]"'
    assert done.stderr.strip().splitlines()[-1] == told


def test_it_works_without_any_other_library_and_without_threads() -> None:
    absent = ["click", "docxtpl", "jinja2", "lxml", "numpy", "openpyxl", "pandas", "python_calamine", "xlsxwriter"]
    done = python(
        "import sys, threading\n"
        f"for name in {absent}: sys.modules[name] = None\n"
        "threading.Thread.start = None\n"
        "from provision_costing.excel.functions import *\n"
        "print(pm_annual_cost_from_salary(20006, 60, 1, 6), pm_group_size('1:4'))"
    )
    assert done.stdout == "111.14 4.0\n", done.stderr
