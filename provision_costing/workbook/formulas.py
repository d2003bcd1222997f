"""The native formulas of the tables, said once for each calculated column.

`{role}` stands for the cell of that column in the same row, `{n}` for the row counted from 1, `Staff_amount` for a
whole column of a sheet, `pol_…` for a policy value that the School sheet uses, `List_…` for a list on the hidden
sheet. Excel 2010 functions only; text is looked up without stray spaces, rows are then told apart by number. Money is
multiplied first, divided once and rounded once.
"""

from collections.abc import Mapping
from functools import cache

from provision_costing.workbook.columns import Sheet
from provision_costing.workbook.formulas_provision import ALLOCATIONS, PROVISION, counts, one
from provision_costing.workbook.formulas_staff import STAFF


def _known(cell: str, look_up: str) -> str:
    return f'IF(TRIM({cell})="","",IFERROR({look_up},0))'


PUPILS: Mapping[str, str] = {
    "key": "TRIM({reference})",
    "shares": 'IF({key}="","",IF({sen_status}="N",0,1))',
    "year_place": 'IF({key}="","",IF({year_group}="",0,IFERROR(MATCH({year_group}&"",List_year_group,0),0)))',
}

_IN_THE_YEAR, _LASTS = f"{{annual_cost}}*{one('{units}')}", "IF(N({years})=0,1,{years})"
RESOURCES: Mapping[str, str] = {
    "cost_per_pupil": 'IF({exact}="","",ROUND({exact},2))',
    "pupils_named": 'IF({key}="","",COUNTIFS(Allocations_item_row,{n},Allocations_is_resource,1,'
    'Allocations_pupil_row,">=0"))',
    "key": "TRIM({code})",
    "exact": 'IF(OR({key}="",NOT(ISNUMBER({annual_cost})),AND({shared_by}<>"",N({shared_by})<=0)),"",'
    f"{_IN_THE_YEAR}/({_LASTS}*{one('{shared_by}')}))",
    "year": f'IF(OR({{key}}="",NOT(ISNUMBER({{annual_cost}}))),"",ROUND({_IN_THE_YEAR}/{_LASTS},2))',
    "counts": counts("{key}"),
    "list_place": 'IF({key}="","",COUNTIF({key_so_far},"?*"))',
}

GENERAL: Mapping[str, str] = {
    "counted": 'IF(ISNUMBER({annual_cost}),IF(OR({funding_source}="",ISNUMBER(MATCH({funding_source},List_counted,0))),'
    'ROUND({annual_cost},2),0),"")',
    "list_place": 'IF(COUNTA({description}:{funding_source})=0,"",1+COUNT({list_above}))',
}
TERMS: Mapping[str, str] = {
    "first": 'IF(COUNT({starts},{ends})<2,"",IF({starts}>{ends},"",{starts}))',
    "last": 'IF({first}="","",{ends})',
}
ELEMENT_1: Mapping[str, str] = {
    "funding": 'IF({exact}="","",ROUND({exact},2))',
    "exact": 'IF(COUNT({pupils},{rate})<2,"",{pupils}*{rate})',
}

REVIEWS: Mapping[str, str] = {
    "pupil_row": _known("{pupil}", "MATCH(TRIM({pupil}),Pupils_key,0)"),
    "has_date": 'IF(TRIM({pupil})="","",IF(AND({planned}="",{held}=""),0,1))',
}

SPARE = 'COUNTIF(Summary_rest,">"&{rest})+COUNTIF({rest_so_far},{rest})'
_EQUALLY = 'OR(pol_apportioned="equally",sum_weight=0)'
_IDEAL = f"sum_general*100*IF({_EQUALLY},1,{{weight}})/IF({_EQUALLY},sum_sharing,sum_weight)"
_MINE = "Allocations_exact,Allocations_pupil_row,{n}"
_LAST = "ROWS(List_increment_amount)"
_NONE_PLACED = '{reference}="",pol_placing=""'
PUPIL_YEAR: Mapping[str, str] = {
    "reference": "INDEX(Pupils_key,{n})",
    "year_group": 'IF({reference}="","",INDEX(Pupils_year_group,{n})&"")',
    "sen_status": 'IF({reference}="","",INDEX(Pupils_sen_status,{n})&"")',
    "direct": f'IF({{reference}}="","",ROUND(SUMIFS({_MINE},Allocations_counts,"Yes",Allocations_is_resource,0),2))',
    "resources": f'IF({{reference}}="","",ROUND(SUMIFS({_MINE},Allocations_counts,"Yes",Allocations_is_resource,1),2))',
    "general": f'IF({{reference}}="","",IF({{pence}}="",0,({{pence}}+IF({SPARE}<=sum_general_spare,1,0))/100))',
    "total": f'IF({{reference}}="","",ROUND(SUMIFS({_MINE},Allocations_counts,"Yes")+{{general}},2))',
    "above_element_2": 'IF({reference}="","",MAX(0,{excess}))',
    "increment": f'IF(OR({_NONE_PLACED}),"",IF({{sen_status}}="E","set by the EHC plan",'
    'IF({excess}<=0,"within Element 2",IF({place}=0,"below "&INDEX(List_increment_name,1)&", the smallest",'
    f'IF({{place}}>{_LAST},"above "&INDEX(List_increment_name,{_LAST})&", the largest",'
    "INDEX(List_increment_name,{place}))))))",
    "to_next": f'IF(OR({_NONE_PLACED},{{sen_status}}="E"),"",IF({{excess}}<=0,-{{excess}},'
    f'IF(pol_placing="largest_not_above",IF({{place}}<{_LAST},'
    'ROUND(INDEX(List_increment_amount,{place}+1)-{measured},2),""),'
    f'IF({{place}}>{_LAST},"",ROUND(INDEX(List_increment_amount,{{place}})-{{measured}},2)))))',
    "not_counted": f'IF({{reference}}="","",ROUND(SUMIFS({_MINE},Allocations_counts,"No"),2))',
    "reviews_held": 'IF({reference}="","",COUNTIFS(Reviews_pupil_row,{n},Reviews_has_date,1))',
    "to_date": 'IF(OR({reference}="",cal_as_at=""),"",ROUND(SUMIFS(Allocations_to_date,Allocations_pupil_row,{n},'
    'Allocations_counts,"Yes")+{general}*cal_as_at/cal_days,2))',
    "measured": 'IF({reference}="","",IF(pol_gross="Yes",{total},{excess}))',
    "weight": 'IF(OR({reference}="",INDEX(Pupils_shares,{n})<>1),"",'
    "SUMIFS(Allocations_weight,Allocations_pupil_row,{n}))",
    "pence": f'IF({{weight}}="","",INT(ROUND({_IDEAL},7)))',
    "rest": f'IF({{weight}}="","",ROUND(({_IDEAL}-{{pence}})*10000000,0))',
    "excess": 'IF({reference}="","",ROUND({total}-pol_element_2_threshold,2))',
    "place": f'IF(OR({_NONE_PLACED},{{sen_status}}="E",N({{excess}})<=0),"",IF(pol_placing="largest_not_above",'
    "IFERROR(MATCH({measured},List_increment_amount,1),0),IFERROR(MATCH({measured},List_increment_amount,0),"
    "IFERROR(MATCH({measured},List_increment_amount,1),0)+1)))",
    "chart_key": 'IF({reference}="","",{total}-{n}/10000000)',
}

_WHERE = (
    'IF({{reference}}="","",IF(OR(pol_placing="",{{sen_status}}="E"),'
    'IF({total}>pol_element_2_threshold,"above Element 2","within Element 2"),{increment}))'
)
_THEN = {
    key: PUPIL_YEAR[key].replace("sum_weight", "what_if_weight").replace("Summary_rest", "WhatIf_rest")
    .replace("sum_general_spare", "what_if_spare")
    for key in ("reference", "sen_status", "pence", "rest", "general", "excess", "measured", "place", "increment")
}  # fmt: skip
WHAT_IF: Mapping[str, str] = _THEN | {
    "now": 'IF({reference}="","",INDEX(Summary_total,{n}))',
    "weight": PUPIL_YEAR["weight"].replace("Allocations_weight", "Allocations_weight_then"),
    "total": 'IF({reference}="","",ROUND(SUMIFS(Allocations_counted_then,Allocations_pupil_row,{n})+{general},2))',
    "difference": 'IF({reference}="","",ROUND({total}-{now},2))',
    "was": _WHERE.format(total="{now}", increment="INDEX(Summary_increment,{n})"),
    "becomes": _WHERE.format(total="{total}", increment="{increment}"),
    "crosses": 'IF({reference}="","",IF({was}={becomes},"","from "&{was}&" to "&{becomes}))',
}


def _listed(provision: str, resource: str, general: str) -> str:
    return f'IF({{kind}}=0,"",IF({{kind}}=1,{provision},IF({{kind}}=2,{resource},{general})))'


def _at(name: str) -> str:
    return f"INDEX({name},{{place}})"


_UNIVERSAL = (
    f'OR({_at("Provision_open_to_all")}="Yes",{_at("Provision_tier")}="Universal",'
    f'AND({_at("Provision_tier")}="",{_at("Provision_wave_place")}=1))'
)
_FUNDS = [f'IF({_at(f"{s}_funding_source")}="","Element 2",{_at(f"{s}_funding_source")})'
          for s in ("Provision", "Resources", "General")]  # fmt: skip
INCLUSION: Mapping[str, str] = {
    "description": _listed(
        *(f'{_at(c)}&""' for c in ("Provision_intervention", "Resources_description", "General_description"))
    ),
    "code": _listed(_at("Provision_key"), _at("Resources_key"), '""'),
    "reach": _listed(f'IF({_UNIVERSAL},"Universal","Targeted")', '"Targeted"', '"Targeted"'),
    "cost": _listed(_at("Provision_school_cost"), _at("Resources_year"),
                    f'IF(ISNUMBER({_at("General_annual_cost")}),ROUND({_at("General_annual_cost")},2),"")'),
    "paid_from": _listed(*_FUNDS),
    "kind": "IF({n}<=count_provisions,1,IF({n}<=count_provisions+count_resources,2,"
    "IF({n}<=count_provisions+count_resources+count_general,3,0)))",
    "place": "IF({kind}=0,0,IF({kind}=1,MATCH({n},Provision_list_place,0),IF({kind}=2,"
    "MATCH({n}-count_provisions,Resources_list_place,0),"
    "MATCH({n}-count_provisions-count_resources,General_list_place,0))))",
}  # fmt: skip

TABLES: Mapping[str, Mapping[str, str]] = {
    "Staff": STAFF, "Pupils": PUPILS, "Provision": PROVISION, "Allocations": ALLOCATIONS, "Resources": RESOURCES,
    "General": GENERAL, "Reviews": REVIEWS, "Summary": PUPIL_YEAR, "Terms": TERMS, "Closures": {},
    "Element 1": ELEMENT_1, "What-if": WHAT_IF, "Inclusion": INCLUSION,
}  # fmt: skip


@cache
def cells(sheet: Sheet) -> Mapping[str, str]:
    """Give what the braces of a formula stand for on a sheet; `{row}` and `{above}` are left for each row's number."""
    named = {c.key: f"{sheet.letter(c.key)}{{row}}" for c in sheet.columns}
    named["n"] = f"(ROW()-{sheet.header_row})"
    for column in ("wave_place", "key", "rest"):
        if column in named:
            named[f"{column}_so_far"] = f"{sheet.letter(column)}${sheet.first_row}:{named[column]}"
    if "list_place" in named:
        letter = sheet.letter("list_place")
        named["list_above"] = f"{letter}${sheet.header_row}:{letter}{{above}}"
    return named


@cache
def formula(sheet: Sheet, key: str) -> str:
    """Write a calculated column's formula, with `{row}` for the number of the row."""
    return "=" + TABLES[sheet.name][key].format_map(cells(sheet))
