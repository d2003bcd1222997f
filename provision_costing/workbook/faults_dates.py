"""What the workbook finds doubtful in dates, groups and shares, and on the sheets that only some schools use."""

from datetime import date
from fractions import Fraction

from provision_costing.money import to_pence
from provision_costing.workbook.fault import Around, Fault, is_empty, number
from provision_costing.workbook.worked import Row

KS = (1, 2, 3)
BOTH = "COUNT({{change_{0}_from}},{{change_{0}_size}})"
HALF = ",".join(f"{BOTH.format(k)}=1" for k in KS)
PAIRS = ((1, 2), (2, 3), (1, 3))
ORDER = ",".join(
    f"AND(COUNT({{change_{a}_from}},{{change_{b}_from}})=2,{{change_{b}_from}}<={{change_{a}_from}})" for a, b in PAIRS
)
OUTSIDE = ",".join(f"AND({BOTH.format(k)}=2,OR({{before_{k}}}<={{run_from}},{{before_{k}}}>={{run_to}}))" for k in KS)
NO_DAY = "AND(cal_days>0,COUNT({{starts}},{{ends}})>0,{0}<={1})"


def _half(row: Row, _: Around) -> bool:
    return any(is_empty(row[f"change_{k}_from"]) != is_empty(row[f"change_{k}_size"]) for k in KS)


def _out_of_order(row: Row, _: Around) -> bool:
    held = [row[f"change_{k}_from"] for k in KS]
    days = [day for day in held if isinstance(day, date)]
    return any(later <= earlier for n, earlier in enumerate(days) for later in days[n + 1 :])


def _outside(row: Row, _: Around) -> bool:
    if not number(row["changes"]):
        return False
    given = [k for k in KS if not is_empty(row[f"change_{k}_from"]) and not is_empty(row[f"change_{k}_size"])]
    before = [number(row[f"before_{k}"]) for k in given]
    return any(b <= number(row["run_from"]) or b >= number(row["run_to"]) for b in before)


def _no_day(row: Row, around: Around, first: str, last: str) -> bool:
    has_date = not is_empty(row["starts"]) or not is_empty(row["ends"])
    return around.days.total > 0 and has_date and not is_empty(row[first]) and number(row[last]) <= number(row[first])


def _overcharged(row: Row, around: Around) -> bool:
    charged = to_pence(around.charged.get(around.number, Fraction(0)))
    return not is_empty(row["school_cost"]) and float(charged) > number(row["school_cost"])


def _not_in_term(row: Row, around: Around) -> bool:
    day, terms = row["day"], [t for t in around.terms if t.starts <= t.ends]
    return isinstance(day, date) and bool(terms) and not any(t.starts <= day <= t.ends for t in terms)


NO_DAY_ADVICE = "Give dates with a school day between them, by the Terms sheet or the year on the School sheet."
DATED: tuple[Fault, ...] = (
    Fault(sheet="Provision", phrase="no school day in its dates", when=NO_DAY.format("{run_to}", "{run_from}"),
          test=lambda r, a: _no_day(r, a, "run_from", "run_to"), advice=NO_DAY_ADVICE),
    Fault(sheet="Provision", phrase="a change of size is half filled in", when=f"OR({HALF})", test=_half,
          advice="Give both the day and the new size, or neither."),
    Fault(sheet="Provision", phrase="changes of size out of order", when=f"OR({ORDER})", test=_out_of_order,
          advice="Give the changes in the order of their days."),
    Fault(sheet="Provision", phrase="a change of size outside its dates", is_query=True,
          when=f"IF(N({{changes}})=0,FALSE,OR({OUTSIDE}))", test=_outside,
          advice="A change before the first day or after the last makes no difference; check the day."),
    Fault(sheet="Provision", phrase="more without SEN than the group", when="N({pupils_without_sen})>N({group_size})",
          test=lambda r, _: number(r["pupils_without_sen"]) > number(r["group_size"]),
          advice="Count the pupils without SEN among the group's, not beside it."),
    Fault(sheet="Provision", phrase="whole session charged, and others too",
          when='AND({key}<>"",N({pupils_named})>1,COUNTIFS(Allocations_item_row,{n},Allocations_is_resource,0,'
          'Allocations_whole_cost_reason,"?*")>0)',
          test=lambda r, a: number(r["pupils_named"]) > 1 and a.number in a.whole,
          advice="A session that exists for one pupil is shared by nobody: take the reason out, or the other pupils."),
    Fault(sheet="Provision", phrase="charged more than it costs",
          when='AND({school_cost}<>"",ROUND(SUMIFS(Allocations_exact,Allocations_item_row,{n},'
          "Allocations_is_resource,0),2)>N({school_cost}))",
          test=_overcharged,
          advice="Together the pupils are charged more than all sessions cost: check group size, weeks and dates."),
    Fault(sheet="Allocations", phrase="no school day in its dates",
          when=f'IF({{own_from}}="",FALSE,{NO_DAY.format("{own_to}", "{own_from}")})',
          test=lambda r, a: _no_day(r, a, "own_from", "own_to"), advice=NO_DAY_ADVICE),

    Fault(sheet="Terms", phrase="a day is missing", when="COUNT({starts},{ends})<2",
          test=lambda r, _: is_empty(r["starts"]) or is_empty(r["ends"]),
          advice="Give the first and the last day of the term; the row is not used without."),
    Fault(sheet="Terms", phrase="last day before the first", when='AND(COUNT({starts},{ends})=2,{first}="")',
          test=lambda r, _: not is_empty(r["starts"]) and not is_empty(r["ends"]) and is_empty(r["first"]),
          advice="Put the two days in order; the row is not used until then."),
    Fault(sheet="Closures", phrase="no day given", when='{day}=""', test=lambda r, _: is_empty(r["day"]),
          advice="Give the day, or clear the row."),
    Fault(sheet="Closures", phrase="not inside a term", is_query=True,
          when='AND({day}<>"",COUNT(Terms_first)>0,COUNTIFS(Terms_first,"<="&{day},Terms_last,">="&{day})=0)',
          test=_not_in_term, advice="A day outside the terms is closed already; check the day."),
    Fault(sheet="Element 1", phrase="pupils or rate missing", when="COUNT({pupils},{rate})<2",
          test=lambda r, _: is_empty(r["pupils"]) or is_empty(r["rate"]),
          advice="Give both the pupils of the age group and the rate for one."),
)  # fmt: skip
