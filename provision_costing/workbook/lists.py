"""The hidden sheet of lists: the choices, what the authority publishes, and the order of the chart."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from provision_costing import __version__
from provision_costing.pay import pay_points
from provision_costing.pay.points import follows_on
from provision_costing.policy import Apportioning, Policy, ShareOver
from provision_costing.roles import PAID_FOR_SCHOOL_WEEKS, standard_role, ways_of_writing
from provision_costing.workbook.formulas_staff import standard_of
from provision_costing.workbook.layout import ABOUT, CHOICES, VERSION, letters
from provision_costing.workbook.map_page import WAVE_WORDS
from provision_costing.workbook.pen import Pen
from provision_costing.workbook.worked import Value, plain_key

VALUES_ROW, SUMS_ROW = 12, 24
PUBLISHED_VALUES = (
    "full_time_hours", "full_year_weeks", "teacher_hours_per_year", "ni_rate", "ni_threshold", "teachers_pension_rate",
    "apprenticeship_levy_rate",
)  # fmt: skip
FIRST_COLUMN = 3  # of the lists: D
AS_NUMBERS = ("wave", "progress", "review_number")


def write_lists(pen: Pen) -> None:
    """Write the sheet and name its parts."""
    sheet = pen.book.get_worksheet_by_name("Lists")
    _write_about(pen, sheet)
    _write_sums(pen, sheet)
    _write_values(pen, sheet)
    lists = published_lists(pen.worked.authority)
    for number, (name, values) in enumerate(lists.items()):
        _write_list(pen, sheet, FIRST_COLUMN + number, name, values)
    _write_codes(pen, sheet, FIRST_COLUMN + len(lists))
    sheet.set_column(0, 1, 22)


def published_lists(policy: Policy) -> dict[str, Sequence[Value]]:
    """Give each list by name: the choices of the layout, then what the authority publishes."""
    lists: dict[str, Sequence[Value]] = {
        name: [int(v) for v in values] if name in AS_NUMBERS else values for name, values in CHOICES.items()
    }
    edges = sorted((policy.increments or {}).items(), key=lambda edge: edge[1])
    rates = rates_by_role(policy)
    written = ways_of_writing()
    return lists | {
        "bands": [name for name, _ in edges] + list(policy.plan_bands or {}),
        "increment_name": [name for name, _ in edges],
        "increment_amount": [amount for _, amount in edges],
        "counted": policy.counted_funding_sources,
        "rate_role": list(rates),
        "rate_amount": [amount for amount, _ in rates.values()],
        "rate_base": [base for _, base in rates.values()],
        "school_weeks": PAID_FOR_SCHOOL_WEEKS,
        "excluded": [standard_role(role) for role in policy.excluded_roles or ()],
        "wave_words": list(WAVE_WORDS.values()),
        **point_lists(policy),
        "role_written": list(written),
        "role_standard": list(written.values()),
    }


def rates_by_role(policy: Policy) -> Mapping[str, tuple[Value, str]]:
    """Give the authority's hourly rates by the product's names of the roles, each with the role whose rate it is."""
    rates: dict[str, tuple[Value, str]] = {
        standard_role(role): (rate, standard_role(role)) for role, rate in (policy.hourly_rates or {}).items()
    }
    for role, stand_in in (policy.role_costed_as or {}).items():
        rate = rates.get(standard_role(stand_in))
        if rate is not None:
            rates.setdefault(standard_role(role), rate)
    return rates


def point_lists(policy: Policy) -> dict[str, Sequence[Value]]:
    """Give the published pay points, scale by scale; `point_run` counts those that follow the one before."""
    points, run = pay_points(policy), [0]
    for before, after in pairwise(points):
        follows = before.entry.name == after.entry.name and follows_on(before.name, after.name)
        run.append(run[-1] + follows)
    return {
        "pay_points": [p.name for p in points],
        "point_key": [p.name.replace(" ", "") for p in points],
        "point_salary": [p.salary for p in points],
        "point_mark": [p.mark for p in points],
        "point_full_time": [int(p.entry.name != "teacher_pay_points") for p in points],
        "point_run": run[: len(points)],
    }


def _write_about(pen: Pen, sheet: Any) -> None:
    policy = pen.worked.authority
    values: tuple[Value, ...] = (
        VERSION, __version__, policy.name, policy.on, policy.authority,
        (policy.increment_placing or "") if policy.increments else "",
        policy.midpoint_method or "", policy.reviews_per_year,
    )  # fmt: skip
    for row, (label, value) in enumerate(zip(ABOUT, values, strict=True), 1):
        pen.put(sheet, f"A{row}", label)
        pen.put(sheet, f"B{row}", value, num_format="dd/mm/yyyy" if label == "policy date" else "General")
    for name, label in (("placing", "increment placing"), ("midpoint", "mid-point"), ("reviews", "reviews in a year")):
        pen.name(f"pol_{name}", f"Lists!$B${ABOUT.index(label) + 1}")


def _write_values(pen: Pen, sheet: Any) -> None:
    """Write the policy values that formulas use and no school replaces; one that is not published stays empty."""
    policy = pen.worked.authority
    values: tuple[tuple[str, Value], ...] = (
        *((name, getattr(policy, name)) for name in PUBLISHED_VALUES),
        ("share_over", policy.share_over or ShareOver.ALL_PUPILS),
        ("apportioned", policy.general_apportioned or Apportioning.EQUALLY),
        ("gross", "Yes" if policy.bands_include_element_2 else "No"),
    )
    for row, (name, value) in enumerate(values, VALUES_ROW):
        pen.put(sheet, f"A{row}", name)
        pen.put(sheet, f"B{row}", value)
        pen.name(f"pol_{name}", f"Lists!$B${row}")


def _write_sums(pen: Pen, sheet: Any) -> None:
    cost, rows = pen.worked.cost, pen.rows["Summary"]
    sharing = sum(p.has_sen for p in pen.worked.provision_map.pupils)
    weight = sum((Fraction(str(r["weight"])) for r in rows if r["weight"] != ""), Fraction(0))
    pence = sum(int(str(r["pence"])) for r in rows if r["pence"] != "")
    sums: tuple[tuple[str, str, Value], ...] = (
        ("sum_general", "=ROUND(SUM(General_counted),2)", cost.general),
        ("sum_sharing", "=SUM(Pupils_shares)", sharing),
        ("sum_weight", "=SUM(Summary_weight)", weight),
        ("sum_general_spare", "=ROUND(sum_general*100,0)-SUM(Summary_pence)", int(cost.general * 100) - pence),
    )
    for row, (name, formula, value) in enumerate((*sums, *_counts(pen), *_what_if(pen)), SUMS_ROW):
        pen.put(sheet, f"A{row}", name)
        pen.formula(sheet, f"B{row}", formula, value)
        pen.name(name, f"Lists!$B${row}")


def _counts(pen: Pen) -> tuple[tuple[str, str, Value], ...]:
    """Count what the Inclusion sheet lists."""
    return tuple(
        (f"count_{name.casefold().replace('provision', 'provisions')}", f"=MAX({name}_list_place)", len(pen.rows[name]))
        for name in ("Provision", "Resources", "General")
    )


def _what_if(pen: Pen) -> tuple[tuple[str, str, Value], ...]:
    """Work what the inputs of the What-if sheet mean; a workbook is written with none of them."""
    row = 'IF(OR(TRIM(what_if_code)="",what_if_size=""),0,IFERROR(MATCH(TRIM(what_if_code),Provision_key,0),0))'
    changed = 'OR(N(what_if_award)<>0,what_if_weeks<>"",what_if_row>0,AND(what_if_rate<>"",what_if_standard<>""))'
    rows = pen.rows["Summary"]
    weight = sum((Fraction(str(r["weight"])) for r in rows if r["weight"] != ""), Fraction(0))
    pence = sum(int(str(r["pence"])) for r in rows if r["pence"] != "")
    weeks = pen.worked.policy.weeks_per_year
    return (
        ("what_if_factor", "=1+N(what_if_award)/100", 1),
        ("what_if_row", f"={row}", 0),
        ("what_if_standard", f"={standard_of('what_if_role')}", ""),
        ("what_if_weeks_used", '=IF(what_if_weeks="",pol_weeks_per_year,what_if_weeks)', weeks),
        ("what_if_on", f"=IF({changed},1,0)", 0),
        ("what_if_weight", "=SUM(WhatIf_weight)", weight),
        ("what_if_spare", "=ROUND(sum_general*100,0)-SUM(WhatIf_pence)", int(pen.worked.cost.general * 100) - pence),
    )


def _write_list(pen: Pen, sheet: Any, column: int, name: str, values: Sequence[Value]) -> None:
    letter = letters(column)
    pen.put(sheet, f"{letter}1", name, bold=True)
    for row, value in enumerate(values or [""], 2):
        pen.put(sheet, f"{letter}{row}", value)
    pen.name(f"List_{name}", f"Lists!${letter}$2:${letter}${max(len(values), 1) + 1}")


def _write_codes(pen: Pen, sheet: Any, column: int) -> None:
    """List the codes that a pupil can be allocated: the provision in use, then the resources."""
    letter, sizes = letters(column), pen.worked.sizes
    size = sizes["Provision"] + sizes["Resources"]
    given = [p.code for p in pen.worked.provision_map.provisions] + [r.code for r in pen.worked.provision_map.resources]
    codes = [" ".join(code.split()) for code in given if plain_key(code)]
    pen.put(sheet, f"{letter}1", "codes", bold=True)
    provisions = 'COUNTIF(Provision_key,"?*")'
    for number in range(1, size + 1):
        second = f'IF({number}<={provisions}+COUNTIF(Resources_key,"?*"),INDEX(Resources_key,{number}-{provisions}),"")'
        formula = f"=IF({number}<={provisions},INDEX(Provision_key,{number}),{second})"
        pen.formula(sheet, f"{letter}{number + 1}", formula, codes[number - 1] if number <= len(codes) else "")
    pen.name("List_codes", f"Lists!${letter}$2:${letter}${size + 1}")
