"""The formulas of the Staff sheet: from a salary as given to what an hour costs, line by line."""

from collections.abc import Mapping

FOUND = "MATCH({standard},List_rate_role,0)"
PUBLISHED = f'IFERROR(INDEX(List_rate_amount,{FOUND}),"")'
IS_OTHER = 'AND(what_if_rate<>"",{standard}=what_if_standard)'  # the What-if sheet gives this role another rate
PUBLISHED_THEN = (
    f'IFERROR(IF(AND(what_if_rate<>"",INDEX(List_rate_base,{FOUND})=what_if_standard),what_if_rate,'
    f'INDEX(List_rate_amount,{FOUND})*what_if_factor),"")'
)


def standard_of(role: str) -> str:
    """Look up the product's name of a role: without full stops and hyphens, then without a last s."""
    plain = f'TRIM(SUBSTITUTE(SUBSTITUTE({role},".",""),"-"," "))'
    found = f"INDEX(List_role_standard,MATCH({plain},List_role_written,0))"
    single = f"INDEX(List_role_standard,MATCH(LEFT({plain},LEN({plain})-1),List_role_written,0))"
    without_s = f'IF(RIGHT({plain},1)="s",IFERROR({single},TRIM({role})),TRIM({role}))'
    return f'IF(TRIM({role})="","",IFERROR({found},{without_s}))'


def _per_cent(rate: str, of: str = "{pay}") -> str:
    return f"{of}*{rate}/100"


_FULL_TIME_PAY = (
    'IF(OR({weeks_paid}="",pol_full_time_hours="",pol_full_year_weeks=""),"",{salary_used}'
    "*IF({week}=0,pol_full_time_hours,{week})*{weeks_paid}"
    "/(pol_full_time_hours*pol_full_year_weeks))"
)
_PENSION = (
    f'IF({{pension}}="","",IF({{pension}}="None",0,IF({{pension_rate}}<>"",{_per_cent("{pension_rate}")},'
    'IF(AND({pension}="Teachers\' Pension",pol_teachers_pension_rate<>""),'
    f'{_per_cent("pol_teachers_pension_rate")},""))))'
)
_LEVY = (
    f'IF(school_pays_levy="Yes",IF(pol_apprenticeship_levy_rate="","",{_per_cent("pol_apprenticeship_levy_rate")}),0)'
)
_GUIDE_HOURS = "pol_salary_weeks*pol_days_per_week*pol_hours_per_day"
# a teacher's full-time salary buys all the hours of the school's year, whatever the post's own share of them
_WHOLE_YEAR = (
    "AND({school_weeks}=1,IF({point_row}>0,N(INDEX(List_point_full_time,MAX(1,{point_row})))=1,"
    '{salary_basis}="Full-time equivalent"))'
)
_BOUGHT = (
    'IF(AND({standard}="Teacher",pol_teacher_hours_per_year<>""),pol_teacher_hours_per_year,'
    f"IF({_WHOLE_YEAR},{_GUIDE_HOURS},IF({{week}}>0,pol_salary_weeks*{{week}},"
    f"IF({{full_time}}=1,pol_salary_weeks*pol_full_time_hours,{_GUIDE_HOURS}))))"
)
_CONTRACT = (
    "IF({full_time}=1,{salary_used}/(pol_full_time_hours*pol_full_year_weeks),"
    "IF(AND(N({weeks_paid})>0,{week}>0,{plus}=1),"
    '{salary_used}/({weeks_paid}*{week}),""))'
)
_LOW, _HIGH = "MATCH({scale_minimum},List_point_salary,0)", "MATCH({scale_maximum},List_point_salary,0)"
_MIDDLE = (
    f"IFERROR(IF(INDEX(List_point_run,{_HIGH})-INDEX(List_point_run,{_LOW})={_HIGH}-{_LOW},"
    f"(INDEX(List_point_salary,INT(({_LOW}+{_HIGH})/2))+INDEX(List_point_salary,INT(({_LOW}+{_HIGH}+1)/2)))/2,"
    '""),"")'
)
_COST_THEN = (
    "IF({plus}=0,{pay}*what_if_factor,{pay}*what_if_factor+MAX({pay}*what_if_factor-pol_ni_threshold,0)"
    "*pol_ni_rate/100+({pension_cost}+{levy})*what_if_factor)"
)
STAFF: Mapping[str, str] = {
    "school_weeks": 'IF({key}="","",IF(ISNUMBER(MATCH({standard},List_school_weeks,0)),1,0))',
    "point_row": 'IF({key}="","",IF(OR({salary}<>"",{hourly_cost}<>"",TRIM({pay_point})=""),0,'
    'IFERROR(MATCH(SUBSTITUTE({pay_point}," ",""),List_point_key,0),0)))',
    "salary_used": 'IF(OR({key}="",{hourly_cost}<>""),"",IF({salary}<>"",{salary},'
    'IF({point_row}>0,INDEX(List_point_salary,{point_row}),"")))',
    "full_time": 'IF({salary_used}="","",IF({school_weeks}=1,0,IF({point_row}>0,'
    'INDEX(List_point_full_time,{point_row}),IF({salary_basis}="Full-time equivalent",1,0))))',
    "week": 'IF({salary_used}="","",IF({point_row}=0,N({contracted_hours}),'
    "IF(INDEX(List_point_full_time,{point_row})=1,N({contracted_hours}),0)))",
    "plus": 'IF({salary_used}="","",IF(OR({point_row}>0,{with_on_costs}="No"),1,0))',
    "pay": f'IF({{salary_used}}="","",IF({{full_time}}=0,{{salary_used}},{_FULL_TIME_PAY}))',
    "national_insurance": 'IF(OR({pay}="",{plus}=0,pol_ni_rate="",pol_ni_threshold=""),"",'
    "MAX({pay}-pol_ni_threshold,0)*pol_ni_rate/100)",
    "pension_cost": f'IF(OR({{pay}}="",{{plus}}=0),"",{_PENSION})',
    "levy": f'IF(OR({{pay}}="",{{plus}}=0),"",{_LEVY})',
    "cost_year": 'IF({pay}="","",IF({plus}=0,{pay},IF(COUNT({national_insurance},{pension_cost},{levy})<3,"",'
    "{pay}+{national_insurance}+{pension_cost}+{levy})))",
    "weekly_rate": 'IF({cost_year}="","",{cost_year}/pol_salary_weeks)',
    "daily_rate": 'IF({cost_year}="","",{cost_year}/(pol_salary_weeks*pol_days_per_week))',
    "hourly_rate": 'IF({amount}="","",{amount}/{hours})',
    "contract_rate": f'IF({{cost_year}}="","",{_CONTRACT})',
    "rate_from": 'IF({key}="","",IF({amount}="","No rate",IF({hourly_cost}<>"","Hourly cost given",'
    'IF({cost_year}="","Authority\'s rate",IF({point_row}>0,'
    '"Pay point ("&INDEX(List_point_mark,{point_row})&")","Salary")))))',
    "midpoint": 'IF(COUNT({scale_minimum},{scale_maximum})<2,"",IF(pol_midpoint="mean_of_ends",'
    f'({{scale_minimum}}+{{scale_maximum}})/2,IF(pol_midpoint="middle_point",{_MIDDLE},"")))',
    "midpoint_point": 'IF({midpoint}="","",IFERROR(INDEX(List_pay_points,MATCH({midpoint},List_point_salary,0))'
    '&" ("&INDEX(List_point_mark,MATCH({midpoint},List_point_salary,0))&")",""))',
    "key": "TRIM({role})",
    "standard": standard_of("{role}"),
    "own_key": 'IF(AND({cost_year}="",{hourly_cost}=""),"",{key})',
    "own_standard": 'IF({own_key}="","",{standard})',
    "amount": 'IF({key}="","",IF({hourly_cost}<>"",{hourly_cost},'
    f'IF({{cost_year}}<>"",{{cost_year}},{PUBLISHED})))',
    "hours": f'IF({{amount}}="","",IF({{cost_year}}="",1,{_BOUGHT}))',
    "rate_then": f'IF({{key}}="","",IF({IS_OTHER},what_if_rate,IF({{hourly_cost}}<>"",{{hourly_cost}}*what_if_factor,'
    f'IF({{cost_year}}<>"",{_COST_THEN}/{{hours}},{PUBLISHED_THEN}))))',
}
