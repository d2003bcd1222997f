"""The native formulas of the tables, said once for each calculated column.

`{role}` stands for the cell of that column in the same row, `{n}` for the row counted from 1, `Staff_amount` for a
whole column of a sheet, `pol_…` for a policy value that the School sheet uses, `List_…` for a list on the hidden
sheet. Excel 2010 functions only; text is looked up without stray spaces, rows are then told apart by number. Money is
multiplied first, divided once and rounded once.
"""

from collections.abc import Mapping
from functools import cache

from provision_costing.workbook.columns import Sheet

WEEKS = 'IF({weeks}="",pol_weeks_per_year,{weeks})'
PUBLISHED = 'IFERROR(INDEX(List_rate_amount,MATCH({standard},List_rate_role,0)),"")'


def _standard(role: str) -> str:
    """Look up the product's name of a role: without full stops and hyphens, then without a last s."""
    plain = f'TRIM(SUBSTITUTE(SUBSTITUTE({role},".",""),"-"," "))'
    found = f"INDEX(List_role_standard,MATCH({plain},List_role_written,0))"
    single = f"INDEX(List_role_standard,MATCH(LEFT({plain},LEN({plain})-1),List_role_written,0))"
    without_s = f'IF(RIGHT({plain},1)="s",IFERROR({single},TRIM({role})),TRIM({role}))'
    return f'IF(TRIM({role})="","",IFERROR({found},{without_s}))'


def _rate_row(role: str, standard: str) -> str:
    """Find the first row with a rate for exactly this role; without such a role, for its standard name; or 0."""
    return (
        f'IF({standard}="","",IFERROR(MATCH(TRIM({role}),Staff_own_key,0),'
        f"IF(ISNUMBER(MATCH(TRIM({role}),Staff_key,0)),0,IFERROR(MATCH({standard},Staff_own_standard,0),0))))"
    )


def _amount(rate_row: str, standard: str) -> str:
    published = PUBLISHED.replace("{standard}", standard)
    return f'IF({rate_row}="","",IF({rate_row}>0,INDEX(Staff_amount,{rate_row}),{published}))'


def _hours(rate_row: str) -> str:
    return f'IF({rate_row}="","",IF({rate_row}>0,INDEX(Staff_hours,{rate_row}),1))'


def _one(cell: str) -> str:
    return f'IF({cell}="",1,{cell})'


def _known(cell: str, look_up: str) -> str:
    return f'IF(TRIM({cell})="","",IFERROR({look_up},0))'


def _counts(key: str) -> str:
    return (
        f'IF({key}="","",IF({{funding_source}}="","Yes",'
        'IF(ISNUMBER(MATCH({funding_source},List_counted,0)),"Yes","No")))'
    )


STAFF: Mapping[str, str] = {
    "weekly_rate": 'IF(OR({key}="",{hourly_cost}<>"",{salary}=""),"",{salary}/pol_salary_weeks)',
    "daily_rate": 'IF({weekly_rate}="","",{salary}/(pol_salary_weeks*pol_days_per_week))',
    "hourly_rate": 'IF({amount}="","",{amount}/{hours})',
    "rate_from": 'IF({key}="","",IF({amount}="","No rate",IF({hourly_cost}<>"","Hourly cost given",'
    'IF({salary}<>"","Salary","Authority\'s rate"))))',
    "midpoint": 'IF(AND(COUNT({scale_minimum},{scale_maximum})=2,pol_midpoint="mean_of_ends"),'
    '({scale_minimum}+{scale_maximum})/2,"")',
    "key": "TRIM({role})",
    "standard": _standard("{role}"),
    "own_key": 'IF(AND({salary}="",{hourly_cost}=""),"",{key})',
    "own_standard": 'IF({own_key}="","",{standard})',
    "amount": f'IF({{key}}="","",IF({{hourly_cost}}<>"",{{hourly_cost}},IF({{salary}}<>"",{{salary}},{PUBLISHED})))',
    "hours": 'IF({amount}="","",IF(AND({hourly_cost}="",{salary}<>""),'
    "pol_salary_weeks*pol_days_per_week*pol_hours_per_day,1))",
}

PUPILS: Mapping[str, str] = {
    "key": "TRIM({reference})",
    "shares": 'IF({key}="","",IF({sen_status}="N",0,1))',
    "share_place": 'IF({key}="","",SUM({shares_so_far}))',
    "year_place": 'IF({key}="","",IF({year_group}="",0,IFERROR(MATCH({year_group}&"",List_year_group,0),0)))',
}

_STAFF_HOUR = (
    f"(N({{amount}})*{_one('{adults}')}*{_one('{hours_2}')}+N({{amount_2}})*{_one('{adults_2}')}*{_one('{hours}')})"
)
PROVISION: Mapping[str, str] = {
    "session_cost": 'IF({numerator}="","",{numerator}*{group_size}/{denominator})',
    "weekly_cost": 'IF({numerator}="","",ROUND({numerator}*{sessions_per_week}/{denominator},2))',
    "annual_cost": f'IF({{numerator}}="","",ROUND({{numerator}}*{{sessions_per_week}}*{WEEKS}/{{denominator}},2))',
    "pupils_named": 'IF({key}="","",COUNTIFS(Allocations_item_row,{n},Allocations_is_resource,0,'
    'Allocations_pupil_row,">=0"))',
    "school_cost": f'IF({{numerator}}="","",ROUND({{numerator}}*{{group_size}}*{{sessions_per_week}}'
    f"*{_one('{parallel_groups}')}*{WEEKS}/{{denominator}},2))",
    "key": "TRIM({code})",
    "standard": _standard("{staff}"),
    "rate_row": _rate_row("{staff}", "{standard}"),
    "amount": _amount("{rate_row}", "{standard}"),
    "hours": _hours("{rate_row}"),
    "standard_2": _standard("{staff_2}"),
    "rate_row_2": _rate_row("{staff_2}", "{standard_2}"),
    "amount_2": _amount("{rate_row_2}", "{standard_2}"),
    "hours_2": _hours("{rate_row_2}"),
    "numerator": 'IF(OR({key}="",{standard}&{standard_2}="",AND({standard}<>"",{amount}=""),'
    'AND({standard_2}<>"",{amount_2}=""),COUNT({group_size},{minutes_per_session},{sessions_per_week})<3,'
    f'N({{group_size}})<1),"",{_STAFF_HOUR}*{{minutes_per_session}})',
    "denominator": f'IF({{numerator}}="","",{_one("{hours}")}*{_one("{hours_2}")}*60*{{group_size}})',
    "counts": 'IF({key}="","",IF({open_to_all}="Yes","No",' + _counts("{key}") + "))",
    "wave_place": 'IF({key}="","",IF({wave}="",9,IFERROR({wave}+0,9)))',
    "map_order": 'IF({key}="","",COUNTIF(Provision_wave_place,"<"&{wave_place})+COUNTIF({wave_so_far},{wave_place}))',
}

_WEEKS_HERE = (
    'IF({weeks}<>"",{weeks},IF(INDEX(Provision_weeks,{item_row})<>"",INDEX(Provision_weeks,{item_row}),'
    "pol_weeks_per_year))"
)
ALLOCATIONS: Mapping[str, str] = {
    "title": 'IF(N({item_row})=0,"",IF({is_resource}=1,INDEX(Resources_description,{item_row}),'
    'INDEX(Provision_intervention,{item_row}))&"")',
    "weekly_cost": 'IF({exact}="","",IF({is_resource}=1,"",INDEX(Provision_weekly_cost,{item_row})))',
    "annual_cost": 'IF({exact}="","",ROUND({exact},2))',
    "counts": 'IF({exact}="","",IF({is_resource}=1,INDEX(Resources_counts,{item_row}),'
    "INDEX(Provision_counts,{item_row})))",
    "pupil_row": _known("{pupil}", "MATCH(TRIM({pupil}),Pupils_key,0)"),
    "item_row": 'IF(TRIM({code})="","",IFERROR(MATCH(TRIM({code}),Provision_key,0),'
    "IFERROR(MATCH(TRIM({code}),Resources_key,0),0)))",
    "is_resource": 'IF(N({item_row})=0,"",IF(ISNUMBER(MATCH(TRIM({code}),Provision_key,0)),0,1))',
    "exact": 'IF(OR(N({pupil_row})=0,N({item_row})=0),"",IF({is_resource}=1,INDEX(Resources_exact,{item_row}),'
    'IF(INDEX(Provision_numerator,{item_row})="","",INDEX(Provision_numerator,{item_row})'
    f"*INDEX(Provision_sessions_per_week,{{item_row}})*{_WEEKS_HERE}/INDEX(Provision_denominator,{{item_row}}))))",
    "wave": 'IF(N({item_row})=0,"",IF({is_resource}=1,"",INDEX(Provision_wave_place,{item_row})))',
    "area_of_need": 'IF(N({item_row})=0,"",IF({is_resource}=1,"",INDEX(Provision_area_of_need,{item_row})&""))',
    "year_place": 'IF(N({pupil_row})=0,"",INDEX(Pupils_year_place,{pupil_row}))',
    "pair": 'IF(OR(N({pupil_row})=0,N({item_row})=0),"",{pupil_row}&"|"&{is_resource}&"|"&{item_row})',
}

RESOURCES: Mapping[str, str] = {
    "cost_per_pupil": 'IF({exact}="","",ROUND({exact},2))',
    "pupils_named": 'IF({key}="","",COUNTIFS(Allocations_item_row,{n},Allocations_is_resource,1,'
    'Allocations_pupil_row,">=0"))',
    "key": "TRIM({code})",
    "exact": 'IF(OR({key}="",NOT(ISNUMBER({annual_cost}))),"",IF({shared_by}="",{annual_cost},'
    'IF(N({shared_by})>0,{annual_cost}/{shared_by},"")))',
    "counts": _counts("{key}"),
}

GENERAL: Mapping[str, str] = {
    "counted": 'IF(ISNUMBER({annual_cost}),IF(OR({funding_source}="",ISNUMBER(MATCH({funding_source},List_counted,0))),'
    'ROUND({annual_cost},2),0),"")',
}

REVIEWS: Mapping[str, str] = {
    "pupil_row": _known("{pupil}", "MATCH(TRIM({pupil}),Pupils_key,0)"),
    "has_date": 'IF(TRIM({pupil})="","",IF(AND({planned}="",{held}=""),0,1))',
}

_MINE = "Allocations_exact,Allocations_pupil_row,{n}"
_LAST = "ROWS(List_increment_amount)"
_NONE_PLACED = '{reference}="",pol_placing=""'
PUPIL_YEAR: Mapping[str, str] = {
    "reference": "INDEX(Pupils_key,{n})",
    "year_group": 'IF({reference}="","",INDEX(Pupils_year_group,{n})&"")',
    "sen_status": 'IF({reference}="","",INDEX(Pupils_sen_status,{n})&"")',
    "direct": f'IF({{reference}}="","",ROUND(SUMIFS({_MINE},Allocations_counts,"Yes",Allocations_is_resource,0),2))',
    "resources": f'IF({{reference}}="","",ROUND(SUMIFS({_MINE},Allocations_counts,"Yes",Allocations_is_resource,1),2))',
    "general": 'IF({reference}="","",IF(INDEX(Pupils_shares,{n})=1,'
    "(sum_general_each+IF(INDEX(Pupils_share_place,{n})<=sum_general_spare,1,0))/100,0))",
    "total": f'IF({{reference}}="","",ROUND(SUMIFS({_MINE},Allocations_counts,"Yes")+{{general}},2))',
    "above_element_2": 'IF({reference}="","",MAX(0,{excess}))',
    "increment": f'IF(OR({_NONE_PLACED}),"",IF({{sen_status}}="E","set by the EHC plan",'
    'IF({excess}<=0,"within Element 2",IF({place}=0,"below "&INDEX(List_increment_name,1)&", the smallest",'
    f'IF({{place}}>{_LAST},"above "&INDEX(List_increment_name,{_LAST})&", the largest",'
    "INDEX(List_increment_name,{place}))))))",
    "to_next": f'IF(OR({_NONE_PLACED},{{sen_status}}="E"),"",IF({{excess}}<=0,-{{excess}},'
    f'IF(pol_placing="largest_not_above",IF({{place}}<{_LAST},'
    'ROUND(INDEX(List_increment_amount,{place}+1)-{excess},2),""),'
    f'IF({{place}}>{_LAST},"",ROUND(INDEX(List_increment_amount,{{place}})-{{excess}},2)))))',
    "not_counted": f'IF({{reference}}="","",ROUND(SUMIFS({_MINE},Allocations_counts,"No"),2))',
    "reviews_held": 'IF({reference}="","",COUNTIFS(Reviews_pupil_row,{n},Reviews_has_date,1))',
    "excess": 'IF({reference}="","",ROUND({total}-pol_element_2_threshold,2))',
    "place": f'IF(OR({_NONE_PLACED},{{sen_status}}="E",N({{excess}})<=0),"",IF(pol_placing="largest_not_above",'
    "IFERROR(MATCH({excess},List_increment_amount,1),0),IFERROR(MATCH({excess},List_increment_amount,0),"
    "IFERROR(MATCH({excess},List_increment_amount,1),0)+1)))",
    "chart_key": 'IF({reference}="","",{total}-{n}/10000000)',
}

TABLES: Mapping[str, Mapping[str, str]] = {
    "Staff": STAFF, "Pupils": PUPILS, "Provision": PROVISION, "Allocations": ALLOCATIONS, "Resources": RESOURCES,
    "General": GENERAL, "Reviews": REVIEWS, "Summary": PUPIL_YEAR,
}  # fmt: skip


@cache
def cells(sheet: Sheet) -> Mapping[str, str]:
    """Give what the braces of a formula stand for on a sheet; `{row}` is left for each row's number."""
    named = {c.key: f"{sheet.letter(c.key)}{{row}}" for c in sheet.columns}
    named["n"] = f"(ROW()-{sheet.header_row})"
    for key, column in (("shares_so_far", "shares"), ("wave_so_far", "wave_place")):
        if column in named:
            named[key] = f"{sheet.letter(column)}${sheet.first_row}:{named[column]}"
    return named


@cache
def formula(sheet: Sheet, key: str) -> str:
    """Write a calculated column's formula, with `{row}` for the number of the row."""
    return "=" + TABLES[sheet.name][key].format_map(cells(sheet))
