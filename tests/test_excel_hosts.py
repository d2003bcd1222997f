"""The functions as Excel reaches them, through xlwings' own dispatch of either host: all agree to the penny."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from provision_costing.costing import Line, MapCost, cost_map, provision_weeks, rates_for
from provision_costing.excel import functions as pm
from provision_costing.model import Provision, ProvisionMap
from provision_costing.policy import Policy, load_policy, with_overrides
from tests.excel_hosts import HOSTS, PASTED, Call, Refused, ask, reference, run
from tests.excel_hosts.ranges import arguments
from tests.strategies import seeded_full_map, seeded_map

MAPS = 240
THROUGH_HOSTS = 60
EMPTY = (None, "", 0)  # an empty cell inside a range, as one host or another hands it over
POLICY = load_policy("waltham-forest", date(2026, 9, 1))
DAY = datetime.combine(POLICY.on, datetime.min.time())
DIV0 = {"type": "Error", "basicType": "Error", "basicValue": "#DIV/0!", "errorType": "Div0"}

# https://learn.microsoft.com/office/vba/language/reference/keywords-visual-basic-for-applications, and Access's list
VBA_WORDS = """
    and as boolean byref byte byval call case class const currency date debug declare dim do double each else elseif
    empty end enum eqv erase error event exit false for friend function get global gosub goto if imp implements in
    input integer is let lib like line lock long loop lset me mid mod new next not nothing null object on open option
    optional or paramarray preserve print private property public put raiseevent redim rem resume return rset seek
    select set single static step stop string sub then time to true type typeof until variant wend while with write xor
"""


def own_policy(provision_map: ProvisionMap) -> Policy:
    return with_overrides(POLICY, provision_map.school.overrides)


def expected(cost: MapCost) -> list[list[Any]]:
    """The core's figures in the shape of the function's answer, but for its last column."""
    assert all(p.placement for p in cost.pupils)
    return [
        [p.pupil.reference, *map(float, (p.direct, p.resources, p.general, p.total, p.above_element_2)),
         p.placement.name or p.placement.remark if p.placement else ""]
        for p in cost.pupils
    ]  # fmt: skip


def figures(answer: list[list[Any]]) -> list[list[Any]]:
    return [row[:-1] for row in answer[1:]]


def made_up(seed: int) -> ProvisionMap:
    """A plain map, or, every other time, one with pay, terms, dates and changing groups."""
    return seeded_full_map(seed) if seed % 2 else seeded_map(seed)


def totals_call(seed: int) -> Call:
    return "pm_pupil_totals", arguments(made_up(seed), POLICY, EMPTY[seed % len(EMPTY)])


def lines(seeds: range) -> Iterator[tuple[Line, Provision, ProvisionMap]]:
    """The lines of made-up maps that one role delivers."""
    for seed in seeds:
        provision_map = seeded_map(seed)
        for pupil in cost_map(provision_map, POLICY).pupils:
            for line in pupil.lines:
                if isinstance(line.item, Provision) and len(line.item.staffing) == 1:
                    yield line, line.item, provision_map


def line_calls(line: Line, provision: Provision, provision_map: ProvisionMap) -> list[tuple[Call, Fraction | Decimal]]:
    """The calls that give a line's figures, each with what the core says."""
    staffing = provision.staffing[0]
    rate = rates_for(provision_map, POLICY)[staffing.role]
    assert rate is not None
    assert line.weekly_cost is not None
    weeks = float(line.weeks if line.weeks is not None else provision_weeks(provision, POLICY))
    minutes, sessions = provision.minutes_per_session, provision.sessions_per_week
    session = [float(minutes or 0), float(sessions or 0), provision.group_size, float(staffing.adults)]
    amount = float(rate.amount)
    if rate.field == "salary":
        whole = [amount, *session, weeks, "waltham-forest", DAY]
        return [(("pm_annual_cost_from_salary", whole), line.annual_cost)]
    return [
        (("pm_annual_cost", [amount, *session, weeks]), line.annual_cost),
        (("pm_weekly_cost", [amount, *session]), line.weekly_cost),
    ]


def plain(call: Call) -> Any:
    name, args = call
    return getattr(pm, name)(*args)


def test_core_and_functions_agree_on_whole_maps() -> None:
    pupils = gaps = 0
    for seed in range(MAPS):
        answer = plain(totals_call(seed))
        cost = cost_map(made_up(seed), own_policy(made_up(seed)))
        assert figures(answer) == expected(cost), seed
        pupils += len(cost.pupils)
        gaps += sum(bool(row[-1]) for row in answer[1:])
    assert pupils > 500
    assert 0 < gaps < pupils


def test_core_and_functions_agree_on_single_lines_half_pennies_included() -> None:
    ties = seen = 0
    for line, provision, provision_map in lines(range(MAPS)):
        for call, cost in line_calls(line, provision, provision_map):
            assert plain(call) == float(cost), call
            seen += 1
        ties += (line.annual * 100).denominator == 2
    assert seen > 500
    assert ties > 100


@pytest.fixture(scope="module", params=HOSTS)
def host(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_host_agrees_on_whole_maps(host: str) -> None:
    answers = run(host, [totals_call(seed) for seed in range(THROUGH_HOSTS)])
    for seed, answer in enumerate(answers):
        cost = cost_map(made_up(seed), own_policy(made_up(seed)))
        # A table of one row comes from classic xlwings as that row.
        rows = figures(answer) if isinstance(answer[0], list) else []
        assert rows == expected(cost), seed


def test_a_host_agrees_on_single_lines(host: str) -> None:
    calls = [pair for line in lines(range(THROUGH_HOSTS)) for pair in line_calls(*line)]
    answers = run(host, [call for call, _ in calls])
    assert len(calls) > 150
    assert answers == [float(cost) for _, cost in calls]


SAME_EVERYWHERE: list[tuple[Call, Any]] = [
    (("pm_session_cost", [17.5, 30, 3]), 2.92),
    (("pm_session_cost", [17.5, 30]), 8.75),
    (("pm_session_cost", [17.5, 30, None]), 8.75),  # an empty cell
    (("pm_session_cost", [17.5, 30, ""]), 8.75),
    (("pm_session_cost", [Decimal("17.5"), 30, 3]), 2.92),  # a cell with a £ format
    (("pm_weekly_cost", [23.5, 30, 5, 8]), 7.34),
    (("pm_annual_cost", [23.5, 30, 5, 8]), 279.06),
    (("pm_group_size", ["4:1"]), 4),
    (("pm_hours", ["5 x 30mins per week = 2.5 hrs"]), 2.5),
    (("pm_above_element_2", [7055.73, "", DAY]), 1055.73),
    (("pm_increment", [7055.73, None, DAY]), "1c"),
    (("pm_increment", [7055.73, None, DAY, "E"]), "set by the EHC plan"),
]
REFUSED_EVERYWHERE: list[tuple[Call, str]] = [
    (("pm_session_cost", ["x", 30]), "Hourly cost: “x” is not a number."),
    (("pm_session_cost", [17.5, 30, 0]), "Group size is 0 or an empty cell: write a number above 0, or nothing for 1."),
    (("pm_session_cost", [17.5, -30]), "Minutes: -30 is less than nothing."),
    (("pm_session_cost", [17.5, None]), "Minutes is missing: write a number above 0."),
    (("pm_above_element_2", [7000, "kent"]), "There is no policy called “kent”. Known: england, waltham-forest."),
]


def test_a_host_gives_the_guides_figures(host: str) -> None:
    assert run(host, [call for call, _ in SAME_EVERYWHERE]) == [answer for _, answer in SAME_EVERYWHERE]


def test_a_host_carries_our_words_in_the_error_that_reaches_the_user(host: str) -> None:
    refused = [Refused("XlwingsError", message) for _, message in REFUSED_EVERYWHERE]
    assert run(host, [call for call, _ in REFUSED_EVERYWHERE]) == refused


def test_an_error_in_a_cell_is_never_an_empty_cell(host: str) -> None:
    # -2146826281 is #DIV/0! in COM, and -2146826243 #SPILL!, which xlwings does not know.
    errors = [-2146826281, -2146826243] if host == "classic" else [DIV0]
    table = [["Code", "Staff", "Group size", "Minutes a session", "Sessions a week"], ["P1", "TA", errors[0], 60, 1]]
    calls: list[Call] = [("pm_session_cost", [17.5, 30, error]) for error in errors]
    calls.append(("pm_pupil_totals", [[["Role"]], table, [["Pupil reference", "Provision or resource"]]]))
    for answer in run(host, calls):
        assert answer.kind == "XlwingsError"
        assert "Group size: the cell holds an error" in answer.message


def test_tables_spill_whole(host: str) -> None:
    steps, one_pupil = run(
        host,
        [
            ("pm_seven_steps", [20006, 60, 1, 6]),
            ("pm_pupil_totals", [
                [["Role", "Hourly cost given"], ["TA", 17.5]],
                [["Code", "Staff", "Group size", "Minutes a session", "Sessions a week"], ["P1", "TA", 6, 60, 1]],
                [["Pupil reference", "Provision or resource"], ["A1", "P1"]],
            ]),
        ],
    )  # fmt: skip
    assert [len(row) for row in steps] == [4] * 8
    assert steps[-1][:3] == [7, "Annual cost per pupil", 111.14]
    assert one_pupil[1] == ["A1", 110.83, 0, 0, 110.83, 0, "within Element 2", ""]


def test_the_generated_vba_is_as_it_was() -> None:
    golden = reference.GOLDEN_VBA.read_text(encoding="utf-8")
    assert reference.vba() == golden, "write it anew: python -m tests.excel_hosts.reference"
    assert {f"Function {name}(" in golden for name in pm.__all__} == {True}
    assert max(map(len, golden.splitlines())) < 1023  # the longest line that VBA takes


def test_no_argument_is_a_word_of_vba() -> None:
    hosts_view = ask("office_js", {})["meta"]["functions"]
    names = {parameter["name"].casefold() for function in hosts_view for parameter in function["parameters"]}
    assert {"salary", "on_date"} <= names
    assert names & set(VBA_WORDS.split()) == set()


def test_lite_finds_every_function_by_the_one_line_that_is_pasted() -> None:
    found = ask("office_js", {})["meta"]["functions"]
    assert sorted(function["name"] for function in found) == sorted(name.upper() for name in pm.__all__)
    session = next(function for function in found if function["id"] == "PM_SESSION_COST")
    assert session["description"] == pm.pm_session_cost.__doc__
    assert [bool(p.get("optional")) for p in session["parameters"]] == [False, False, True, True]


def test_the_pasted_line_is_the_one_in_the_documentation() -> None:
    assert f"`{PASTED}`" in reference.PAGE.read_text(encoding="utf-8")
