"""The formulas of the Provision and the Allocations sheet: sessions, shares, and the weeks that dates leave.

Dates are turned into counts of school days first (the hidden Calendar sheet), so that the days between two dates are
a difference. Where a group's size changes, days are counted ÷ the shares of each day: the days up to a pupil's last
day so divided, less those before the first.
"""

from collections.abc import Mapping

from provision_costing.workbook.formulas_staff import IS_OTHER, PUBLISHED, PUBLISHED_THEN, standard_of

CUTS = ("cut_1", "cut_2", "cut_3")


def days_up_to(day: str) -> str:
    """Count the school days up to a day, it included."""
    return f"INDEX(cal_count,MAX(1,MIN({day}-cal_first+2,ROWS(cal_count))))"


def one(cell: str) -> str:
    """Take an empty cell for 1."""
    return f'IF({cell}="",1,{cell})'


def counts(key: str) -> str:
    """Say whether what the row's fund pays for counts towards Element 2."""
    return (
        f'IF({key}="","",IF({{funding_source}}="","Yes",'
        'IF(ISNUMBER(MATCH({funding_source},List_counted,0)),"Yes","No")))'
    )


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


def _rate_then(rate_row: str, standard: str) -> str:
    published = PUBLISHED_THEN.replace("{standard}", standard)
    other = IS_OTHER.replace("{standard}", standard)
    own = f"IF({rate_row}>0,INDEX(Staff_rate_then,{rate_row}),{published})"
    return f'IF({rate_row}="","",IF({other},what_if_rate,{own}))'


def _shares(size: str) -> str:
    return f'MAX(1,{size}-IF(pol_share_over="pupils_with_sen",N({{pupils_without_sen}}),0))'


def _is_given(k: int) -> str:
    return f"COUNT({{change_{k}_from}},{{change_{k}_size}})=2"


def _until(k: int) -> str:
    """Count the days before the next change; of two on one day, the one written later is the next."""
    nexts = []
    for j in (1, 2, 3):
        if j != k:
            later = ">=" if j > k else ">"
            is_next = f"AND({_is_given(j)},{{change_{j}_from}}{later}{{change_{k}_from}})"
            nexts.append(f"IF({is_next},{{before_{j}}},cal_days)")
    return f'IF(N({{changes}})=0,"",MIN({",".join(nexts)}))'


def _shared(days: str) -> str:
    """Count days, each ÷ the shares of that day, on a row of the Provision sheet."""
    later = "".join(f"+MAX(0,MIN({days},{{until_{k}}})-{{before_{k}}})/{{share_{k}}}" for k in (1, 2, 3))
    return f"MIN({days},{{until_0}})/{{share}}{later}"


_STAFF_HOUR = (
    f"(N({{amount}})*{one('{adults}')}*{one('{hours_2}')}+N({{amount_2}})*{one('{adults_2}')}*{one('{hours}')})"
)
_NO_ROLE = '{key}="",{standard}&{standard_2}=""'
_SMALL_CHANGE = ",".join(f"AND({_is_given(k)},N({{change_{k}_size}})<1)" for k in (1, 2, 3))
_RUN = "MAX(0,{run_to}-{run_from})"
_YEAR = "{numerator}*{sessions_per_week}*{weeks_run}"
_IS_CHANGED = 'AND(what_if_size<>"",{n}=what_if_row)'


def _weeks_run(year: str) -> str:
    return (
        f'IF({{key}}="","",IF({{weeks}}<>"",{{weeks}},IF(OR(cal_days=0,AND({{starts}}="",{{ends}}="")),{year},'
        f"IF(cal_has_terms=1,{_RUN}/pol_days_per_week,{year}*{_RUN}/cal_days))))"
    )


PROVISION: Mapping[str, str] = {
    "session_cost": 'IF({numerator}="","",{numerator}/{denominator})',
    "weekly_cost": 'IF({numerator}="","",ROUND({numerator}*{sessions_per_week}/({denominator}*{share}),2))',
    "annual_cost": f'IF({{numerator}}="","",IF(AND(cal_days>0,{_RUN}=0),0,IF(N({{changes}})=0,'
    f"ROUND({_YEAR}/({{denominator}}*{{share}}),2),ROUND({_YEAR}*{{shared_year}}/({{denominator}}*{_RUN}),2))))",
    "pupils_named": 'IF({key}="","",COUNTIFS(Allocations_item_row,{n},Allocations_is_resource,0,'
    'Allocations_pupil_row,">=0"))',
    "school_cost": f'IF({{numerator}}="","",ROUND({_YEAR}*{one("{parallel_groups}")}/{{denominator}},2))',
    "key": "TRIM({code})",
    "standard": standard_of("{staff}"),
    "rate_row": _rate_row("{staff}", "{standard}"),
    "amount": _amount("{rate_row}", "{standard}"),
    "hours": _hours("{rate_row}"),
    "standard_2": standard_of("{staff_2}"),
    "rate_row_2": _rate_row("{staff_2}", "{standard_2}"),
    "amount_2": _amount("{rate_row_2}", "{standard_2}"),
    "hours_2": _hours("{rate_row_2}"),
    "numerator": f'IF(OR({_NO_ROLE},AND({{standard}}<>"",{{amount}}=""),AND({{standard_2}}<>"",{{amount_2}}=""),'
    f"COUNT({{group_size}},{{minutes_per_session}},{{sessions_per_week}})<3,N({{group_size}})<1,{_SMALL_CHANGE}),"
    f'"",{_STAFF_HOUR}*{{minutes_per_session}})',
    "denominator": f'IF({{numerator}}="","",{one("{hours}")}*{one("{hours_2}")}*60)',
    "share": f'IF({{key}}="","",{_shares("N({group_size})")})',
    "run_from": f'IF({{key}}="","",IF({{starts}}="",0,{days_up_to("{starts}-1")}))',
    "run_to": f'IF({{key}}="","",IF({{ends}}="",cal_days,{days_up_to("{ends}")}))',
    "weeks_run": _weeks_run("pol_weeks_per_year"),
    "changes": 'IF({key}="","",IF(cal_days=0,0,' + "+".join(f"({_is_given(k)})" for k in (1, 2, 3)) + "))",
    "until_0": 'IF(N({changes})=0,"",MIN({before_1},{before_2},{before_3}))',
    **{
        f"before_{k}": f'IF(N({{changes}})=0,"",IF({_is_given(k)},{days_up_to(f"{{change_{k}_from}}-1")},cal_days))'
        for k in (1, 2, 3)
    },
    **{f"until_{k}": _until(k) for k in (1, 2, 3)},
    **{f"share_{k}": f'IF(N({{changes}})=0,"",{_shares(f"N({{change_{k}_size}})")})' for k in (1, 2, 3)},
    "shared_year": f'IF(N({{changes}})=0,"",MAX(0,{_shared("{run_to}")}-({_shared("{run_from}")})))',
    "shared_as_at": f'IF(OR(N({{changes}})=0,cal_as_at=""),"",{_shared("cal_as_at")})',
    **{f"shared_{cut}": f'IF(N({{changes}})=0,"",{_shared(f"cal_at_{cut[-1]}")})' for cut in CUTS},
    "counts": 'IF({key}="","",IF({open_to_all}="Yes","No",' + counts("{key}") + "))",
    "wave_place": 'IF({key}="","",IF({wave}="",9,IFERROR({wave}+0,9)))',
    "map_order": 'IF({key}="","",COUNTIF(Provision_wave_place,"<"&{wave_place})'
    "+COUNTIF({wave_place_so_far},{wave_place}))",
    "list_place": 'IF({key}="","",COUNTIF({key_so_far},"?*"))',
    "rate_then": _rate_then("{rate_row}", "{standard}"),
    "rate_then_2": _rate_then("{rate_row_2}", "{standard_2}"),
    "session_then": f'IF(OR({_NO_ROLE},AND({{standard}}<>"",{{rate_then}}=""),'
    'AND({standard_2}<>"",{rate_then_2}=""),'
    f"COUNT({{minutes_per_session}},{{sessions_per_week}})<2,AND(NOT({_IS_CHANGED}),"
    f'OR(N({{group_size}})<1,{_SMALL_CHANGE}))),"",(N({{rate_then}})*{one("{adults}")}'
    f"+N({{rate_then_2}})*{one('{adults_2}')})*{{minutes_per_session}}/60)",
    "share_then": f'IF({{key}}="","",IF({_IS_CHANGED},{_shares("what_if_size")},{{share}}))',
    "weeks_then": _weeks_run("what_if_weeks_used"),
}

_NO_ITEM = "OR(N({item_row})=0,{is_resource}=1)"
_WHOLE = 'TRIM({whole_cost_reason})<>""'
_TOTAL = 'IF({weeks}<>"",{weeks},INDEX(Provision_weeks_run,{item_row}))'
_TOTAL_THEN = 'IF({weeks}<>"",{weeks},INDEX(Provision_weeks_then,{item_row}))'
_OWN_DAYS = "IF(cal_days=0,1,MAX(0,{own_to}-{own_from}))"
_NO_SHARE = f'AND(pol_share_over="pupils_with_sen",INDEX(Pupils_shares,{{pupil_row}})=0,NOT({_WHOLE}))'


def _of(column: str) -> str:
    return f"INDEX(Provision_{column},{{item_row}})"


_SESSIONS = f"{_of('numerator')}*{_of('sessions_per_week')}"
_MINUTES = f"{_of('minutes_per_session')}*{_of('sessions_per_week')}"


def _by_then(days: str, column: str) -> str:
    """Give the part of the year's cost that falls up to a day, given as a count of school days."""
    return (
        f'IF(OR({{exact}}="",{days}="",cal_days=0),"",IF({{is_resource}}=1,{{exact}}*{days}/cal_days,IF(OR({{bottom}}=0,'
        f"{_NO_SHARE}),0,{_SESSIONS}*{_TOTAL}*MAX(0,MIN({{share_to}},IF({{by_day}}=1,{_of(column)},{days}))"
        f"-{{share_from}})/({_of('denominator')}*{{bottom}}))))"
    )


def _shared_on(days: str) -> str:
    """Count days, each ÷ the shares of that day, for the provision that a row of the Allocations sheet names."""
    later = "".join(
        f"+MAX(0,MIN({days},{_of(f'until_{k}')})-{_of(f'before_{k}')})/{_of(f'share_{k}')}" for k in (1, 2, 3)
    )
    return f'IF({{own_from}}="","",IF({{by_day}}=1,MIN({days},{_of("until_0")})/{_of("share")}{later},{days}))'


_EXACT_THEN = (
    f"{_of('session_then')}*{_of('sessions_per_week')}*{_TOTAL_THEN}"
    '*IF(AND({by_day}=1,NOT(AND(what_if_size<>"",{item_row}=what_if_row))),MAX(0,{share_to}-{share_from})/{run},'
    f"{_OWN_DAYS}/({{run}}*IF({_WHOLE},1,{_of('share_then')})))"
)
_HOURS_THEN = f"{_MINUTES}*{_TOTAL_THEN}*{_OWN_DAYS}/{{run}}/60"
_NOT_THEN = f'OR({_of("session_then")}="",{_of("counts")}<>"Yes",{_NO_SHARE},N({{run}})=0)'
ALLOCATIONS: Mapping[str, str] = {
    "weeks_taken": f'IF({{own_from}}="","",IF({{run}}=0,0,{_TOTAL}*{_OWN_DAYS}/{{run}}))',
    "title": 'IF(N({item_row})=0,"",IF({is_resource}=1,INDEX(Resources_description,{item_row}),'
    'INDEX(Provision_intervention,{item_row}))&"")',
    "weekly_cost": f'IF({{exact}}="","",IF({{is_resource}}=1,"",IF({_NO_SHARE},0,IF({_WHOLE},'
    f"ROUND({_SESSIONS}/{_of('denominator')},2),{_of('weekly_cost')}))))",
    "annual_cost": 'IF({exact}="","",ROUND({exact},2))',
    "counts": 'IF({exact}="","",IF({is_resource}=1,INDEX(Resources_counts,{item_row}),'
    f'IF({_NO_SHARE},"No",INDEX(Provision_counts,{{item_row}}))))',
    "pupil_row": 'IF(TRIM({pupil})="","",IFERROR(MATCH(TRIM({pupil}),Pupils_key,0),0))',
    "item_row": 'IF(TRIM({code})="","",IFERROR(MATCH(TRIM({code}),Provision_key,0),'
    "IFERROR(MATCH(TRIM({code}),Resources_key,0),0)))",
    "is_resource": 'IF(N({item_row})=0,"",IF(ISNUMBER(MATCH(TRIM({code}),Provision_key,0)),0,1))',
    "own_from": f'IF({_NO_ITEM},"",MAX({_of("run_from")},IF({{starts}}="",0,{days_up_to("{starts}-1")})))',
    "own_to": f'IF({_NO_ITEM},"",MIN({_of("run_to")},IF({{ends}}="",cal_days,{days_up_to("{ends}")})))',
    "run": f'IF({{own_from}}="","",IF({{weeks}}<>"",{_OWN_DAYS},IF(cal_days=0,1,'
    f"MAX(0,{_of('run_to')}-{_of('run_from')}))))",
    "by_day": f'IF({{own_from}}="","",IF(AND(N({_of("changes")})>0,NOT({_WHOLE})),1,0))',
    "share_from": _shared_on("{own_from}"),
    "share_to": _shared_on("{own_to}"),
    "top": f'IF({{own_from}}="","",{_TOTAL}*IF(cal_days=0,1,MAX(0,{{share_to}}-{{share_from}})))',
    "bottom": f'IF({{own_from}}="","",{{run}}*IF(OR({{by_day}}=1,{_WHOLE}),1,{_of("share")}))',
    "exact": 'IF(OR(N({pupil_row})=0,N({item_row})=0),"",IF({is_resource}=1,INDEX(Resources_exact,{item_row}),'
    f'IF({_of("numerator")}="","",IF(OR({{bottom}}=0,{_NO_SHARE}),0,'
    f"{_SESSIONS}*{{top}}/({_of('denominator')}*{{bottom}})))))",
    "to_date": _by_then("cal_as_at", "shared_as_at"),
    **{cut: _by_then(f"cal_at_{cut[-1]}", f"shared_{cut}") for cut in CUTS},
    "weight": f'IF({{exact}}="","",IF(OR({{counts}}<>"Yes",{{is_resource}}=1),0,IF(pol_apportioned="by_hours",'
    f'{_MINUTES}*{{weeks_taken}}/60,IF(pol_apportioned="by_direct_cost",{{exact}},0))))',
    "wave": 'IF(N({item_row})=0,"",IF({is_resource}=1,"",INDEX(Provision_wave_place,{item_row})))',
    "area_of_need": 'IF(N({item_row})=0,"",IF({is_resource}=1,"",INDEX(Provision_area_of_need,{item_row})&""))',
    "year_place": 'IF(N({pupil_row})=0,"",INDEX(Pupils_year_place,{pupil_row}))',
    "pair": 'IF(OR(N({pupil_row})=0,N({item_row})=0),"",{pupil_row}&"|"&{is_resource}&"|"&{item_row})',
    "counted_then": 'IF(OR(N({pupil_row})=0,N({item_row})=0),"",IF(OR(what_if_on=0,{is_resource}=1),'
    f'IF({{counts}}="Yes",{{exact}},0),IF({_NOT_THEN},0,{_EXACT_THEN})))',
    "weight_then": 'IF({counted_then}="","",IF(what_if_on=0,N({weight}),IF({is_resource}=1,0,'
    f'IF(pol_apportioned="by_hours",IF({_NOT_THEN},0,{_HOURS_THEN}),IF(pol_apportioned="by_direct_cost",'
    "{counted_then},0)))))",
}
