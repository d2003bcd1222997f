"""The hidden sheet of lists: the choices, what the authority publishes, and the order of the chart."""

from collections.abc import Mapping, Sequence
from typing import Any

from provision_costing import __version__
from provision_costing.policy import Policy
from provision_costing.roles import standard_role, ways_of_writing
from provision_costing.workbook.layout import ABOUT, CHOICES, VERSION, letters
from provision_costing.workbook.map_page import WAVE_WORDS
from provision_costing.workbook.pen import Pen
from provision_costing.workbook.worked import Value, plain_key

SUMS_ROW = 12
FIRST_COLUMN = 3  # of the lists: D
AS_NUMBERS = ("wave", "progress", "review_number")


def write_lists(pen: Pen) -> None:
    """Write the sheet and name its parts."""
    sheet = pen.book.get_worksheet_by_name("Lists")
    _write_about(pen, sheet)
    _write_sums(pen, sheet)
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
        "rate_amount": list(rates.values()),
        "excluded": [standard_role(role) for role in policy.excluded_roles or ()],
        "wave_words": list(WAVE_WORDS.values()),
        "role_written": list(written),
        "role_standard": list(written.values()),
    }


def rates_by_role(policy: Policy) -> Mapping[str, Value]:
    """Give the authority's hourly rates by the product's names of the roles, stand-ins included."""
    rates: dict[str, Value] = {standard_role(role): rate for role, rate in (policy.hourly_rates or {}).items()}
    for role, stand_in in (policy.role_costed_as or {}).items():
        rate = rates.get(standard_role(stand_in))
        if rate is not None:
            rates.setdefault(standard_role(role), rate)
    return rates


def _write_about(pen: Pen, sheet: Any) -> None:
    policy = pen.worked.authority
    values: tuple[Value, ...] = (
        VERSION, __version__, policy.name, policy.on, policy.authority, policy.increment_placing or "",
        policy.midpoint_method or "", policy.reviews_per_year,
    )  # fmt: skip
    for row, (label, value) in enumerate(zip(ABOUT, values, strict=True), 1):
        pen.put(sheet, f"A{row}", label)
        pen.put(sheet, f"B{row}", value, num_format="dd/mm/yyyy" if label == "policy date" else "General")
    for name, label in (("placing", "increment placing"), ("midpoint", "mid-point"), ("reviews", "reviews in a year")):
        pen.name(f"pol_{name}", f"Lists!$B${ABOUT.index(label) + 1}")


def _write_sums(pen: Pen, sheet: Any) -> None:
    cost = pen.worked.cost
    sharing = sum(p.has_sen for p in pen.worked.provision_map.pupils)
    pence = int(cost.general * 100)
    each = pence // sharing if sharing else 0
    spare = pence - sharing * each if sharing else 0
    sums: tuple[tuple[str, str, Value], ...] = (
        ("sum_general", "=ROUND(SUM(General_counted),2)", cost.general),
        ("sum_sharing", "=SUM(Pupils_shares)", sharing),
        ("sum_general_each", "=IF(sum_sharing=0,0,INT(ROUND(sum_general*100,0)/sum_sharing))", each),
        ("sum_general_spare", "=IF(sum_sharing=0,0,ROUND(sum_general*100,0)-sum_sharing*sum_general_each)", spare),
    )
    for row, (name, formula, value) in enumerate(sums, SUMS_ROW):
        pen.put(sheet, f"A{row}", name)
        pen.formula(sheet, f"B{row}", formula, value)
        pen.name(name, f"Lists!$B${row}")


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
