"""What the workbook itself finds missing or doubtful in a row, as a formula and as the same test on the row's values.

A phrase stands in the row's “Look at” cell, and the Check sheet counts the rows that hold it; so on one sheet no
phrase is part of another, and none holds a sign that a search would read as a wildcard.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cache

from provision_costing.workbook.columns import Holds, Kind, Sheet
from provision_costing.workbook.fault import Around, Fault, Test, is_empty, number
from provision_costing.workbook.faults_dates import DATED
from provision_costing.workbook.formulas import cells
from provision_costing.workbook.layout import TABLES
from provision_costing.workbook.worked import Row, Value, Worked, plain_key


def _dates_do_not_fit(row: Row, around: Around) -> bool:
    starts, ends = row["starts"], row["ends"]
    if isinstance(starts, date) and isinstance(ends, date) and starts > ends:
        return True
    if isinstance(starts, date) and around.ends and starts > around.ends:
        return True
    return isinstance(ends, date) and around.starts is not None and ends < around.starts


def _long_weeks(row: Row, around: Around) -> bool:
    return number(row["weeks"]) > float(around.policy.weeks_per_year)


def _places(row: Row) -> float:
    return number(row["group_size"]) * (1 if is_empty(row["parallel_groups"]) else number(row["parallel_groups"]))


def _has_wildcard(row: Row, _: Around) -> bool:
    return any(sign in str(row["key"]) for sign in "*?~")


DATES = (
    "OR(AND(COUNT({starts},{ends})=2,N({starts})>N({ends})),AND(COUNT({starts},school_ends)=2,N({starts})>N(school_ends)),"
    "AND(COUNT({ends},school_starts)=2,N({ends})<N(school_starts)))"
)
LONG = "N({weeks})>pol_weeks_per_year"
WILD = 'LEN({key})>LEN(SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({key},"*",""),"?",""),"~",""))'
DATES_ADVICE = "Give a last day after the first, inside the year of the map."
WILD_ADVICE = "Write it without *, ? and ~: a look-up takes them for any letter."
WEEKS_ADVICE = "Give at most the weeks of the year on the School sheet."


def _excluded(cell: str) -> str:
    return f'AND({cell}<>"",ISNUMBER(MATCH({cell},List_excluded,0)))'


def _not_found(place: str) -> str:
    return f"AND(ISNUMBER({place}),N({place})=0)"


def _repeated(sheet: str) -> str:
    return f'AND({{key}}<>"",IFERROR(MATCH({{key}},{sheet}_key,0),{{n}})<{{n}})'


_ALWAYS: tuple[Fault, ...] = (
    Fault(sheet="Staff", phrase="no role", when='{key}=""', test=lambda r, _: is_empty(r["key"]),
          advice="Name the role."),
    Fault(sheet="Staff", phrase="listed twice", when=_repeated("Staff"),
          test=lambda r, a: a.is_repeated("Staff.key", r["key"]), advice="Keep one row for a role: the first is used."),
    Fault(sheet="Staff", phrase="no rate", when='AND({key}<>"",{amount}="")',
          test=lambda r, _: not is_empty(r["key"]) and is_empty(r["amount"]),
          advice="Give an annual salary or an hourly cost; the authority publishes no rate for this role."),
    Fault(sheet="Staff", phrase="the core budget pays this role", when=_excluded("{standard}"),
          test=lambda r, a: a.is_excluded(r["standard"]),
          advice="Leave out class teachers, the SENCO and the inclusion manager: they are paid from the core budget."),
    Fault(sheet="Staff", phrase="above the mid-point", is_query=True,
          when='AND({midpoint}<>"",N({salary_used})>N({midpoint}))',
          test=lambda r, _: not is_empty(r["midpoint"]) and number(r["salary_used"]) > number(r["midpoint"]),
          advice="Cost at the mid-point of the scale at most, whoever is in post."),
    Fault(sheet="Staff", phrase="full-time salary without weeks paid", when='AND({full_time}=1,{weeks_paid}="")',
          test=lambda r, _: r["full_time"] == 1 and is_empty(r["weeks_paid"]),
          advice="Give the weeks that the post is paid for, holidays included, as payroll has them."),
    Fault(sheet="Staff", phrase="no pension scheme or rate", when='AND({plus}=1,{pay}<>"",{pension_cost}="")',
          test=lambda r, _: r["plus"] == 1 and not is_empty(r["pay"]) and is_empty(r["pension_cost"]),
          advice="Give the pension scheme, and the fund's own rate; or say that the salary includes on-costs."),
    Fault(sheet="Staff", phrase="pay point on no list",
          when='AND(TRIM({pay_point})<>"",{salary}="",{hourly_cost}="",{point_row}=0)',
          test=lambda r, _: not is_empty(r["pay_point"]) and is_empty(r["salary"]) and is_empty(r["hourly_cost"])
          and r["point_row"] == 0,
          advice="Choose a point from the list, or give the salary."),
    Fault(sheet="Staff", phrase="sign that look-ups misread", when=WILD, test=_has_wildcard, advice=WILD_ADVICE),

    Fault(sheet="Pupils", phrase="no reference", when='{key}=""', test=lambda r, _: is_empty(r["key"]),
          advice="Give each pupil a reference of your own; the row is not costed without."),
    Fault(sheet="Pupils", phrase="reference used twice", when=_repeated("Pupils"),
          test=lambda r, a: a.is_repeated("Pupils.key", r["key"]),
          advice="Give each pupil a reference of their own: all costs go to the first."),
    Fault(sheet="Pupils", phrase="no SEN status", when='AND({key}<>"",{sen_status}="")',
          test=lambda r, _: not is_empty(r["key"]) and is_empty(r["sen_status"]),
          advice="Choose N, K or E. Without it the pupil is taken to have SEN."),
    Fault(sheet="Pupils", phrase="no year group from the list", when='AND({key}<>"",{year_place}=0)', is_query=True,
          test=lambda r, _: not is_empty(r["key"]) and r["year_place"] == 0,
          advice="Choose the year group from the list; the Map counts by it."),
    Fault(sheet="Pupils", phrase="no provision", is_query=True,
          when='AND({shares}=1,COUNTIF(Allocations_pupil_row,{n})=0)',
          test=lambda r, a: r["shares"] == 1 and a.number not in a.allocated,
          advice="Add what the pupil gets to the Allocations sheet, or ask whether there is a gap."),
    Fault(sheet="Pupils", phrase="too few reviews", is_query=True,
          when='AND({shares}=1,COUNTIFS(Reviews_pupil_row,{n},Reviews_has_date,1)<N(pol_reviews))',
          test=lambda r, a: r["shares"] == 1 and a.reviews.get(a.number, 0) < (a.policy.reviews_per_year or 0),
          advice="Plan the year's reviews on the Reviews sheet; the School sheet says how many the authority expects."),
    Fault(sheet="Pupils", phrase="sign that look-ups misread", when=WILD, test=_has_wildcard, advice=WILD_ADVICE),

    Fault(sheet="Provision", phrase="no code", when='{key}=""', test=lambda r, _: is_empty(r["key"]),
          advice="Give it a code, such as P001; the row is not costed without."),
    Fault(sheet="Provision", phrase="code used twice", when=_repeated("Provision"),
          test=lambda r, a: a.is_repeated("Provision.key", r["key"]),
          advice="Give each provision a code of its own: pupils are charged for the first."),
    Fault(sheet="Provision", phrase="no staff", when='AND({key}<>"",{standard}&{standard_2}="")',
          test=lambda r, _: is_empty(r["standard"]) and is_empty(r["standard_2"]),
          advice="Name the role that delivers it."),
    Fault(sheet="Provision", phrase="role without a rate",
          when='OR(AND({standard}<>"",{amount}=""),AND({standard_2}<>"",{amount_2}=""))',
          test=lambda r, _: any(not is_empty(r[f"standard{s}"]) and is_empty(r[f"amount{s}"]) for s in ("", "_2")),
          advice="Give the role a salary or an hourly cost on the Staff sheet."),
    Fault(sheet="Provision", phrase="the core budget pays this role",
          when=f'OR({_excluded("{standard}")},{_excluded("{standard_2}")})',
          test=lambda r, a: a.is_excluded(r["standard"]) or a.is_excluded(r["standard_2"]),
          advice="Take the class teacher, SENCO or inclusion manager out: the core budget pays them."),
    Fault(sheet="Provision", phrase="no group size", when='AND({key}<>"",N({group_size})<1)',
          test=lambda r, _: not is_empty(r["key"]) and number(r["group_size"]) < 1,
          advice="Count all the pupils who share a session, whether or not they are on this map."),
    Fault(sheet="Provision", phrase="no minutes or sessions",
          when='AND({key}<>"",COUNT({minutes_per_session},{sessions_per_week})<2)',
          test=lambda r, _: is_empty(r["minutes_per_session"]) or is_empty(r["sessions_per_week"]),
          advice="Give the minutes of a session and the sessions in a week."),
    Fault(sheet="Provision", phrase="more pupils than places",
          when='AND(N({group_size})>=1,N({pupils_named})>N({group_size})*IF({parallel_groups}="",1,{parallel_groups}))',
          test=lambda r, _: number(r["group_size"]) >= 1 and number(r["pupils_named"]) > _places(r),
          advice="Raise the group size or the number of parallel groups, or take out a pupil who has left."),
    Fault(sheet="Provision", phrase="no pupil named", is_query=True,
          when='AND({key}<>"",{open_to_all}<>"Yes",{pupils_named}=0)',
          test=lambda r, _: r["open_to_all"] != "Yes" and r["pupils_named"] == 0,
          advice="Say on the Allocations sheet who gets it."),
    Fault(sheet="Provision", phrase="open to all, so not counted", is_query=True,
          when='AND({open_to_all}="Yes",N({pupils_named})>0)',
          test=lambda r, _: r["open_to_all"] == "Yes" and number(r["pupils_named"]) > 0,
          advice="What any pupil may come to is shown and charged to nobody. Say No if it is for these pupils only."),
    Fault(sheet="Provision", phrase="weeks above the year", when=LONG, test=_long_weeks, advice=WEEKS_ADVICE),
    Fault(sheet="Provision", phrase="dates do not fit", when=DATES, test=_dates_do_not_fit, advice=DATES_ADVICE),
    Fault(sheet="Provision", phrase="no wave", when='AND({key}<>"",{wave}="")', is_query=True,
          test=lambda r, _: is_empty(r["wave"]), advice="Choose wave 1, 2 or 3, so that the Map can place it."),
    Fault(sheet="Provision", phrase="no area of need", when='AND({key}<>"",{area_of_need}="")', is_query=True,
          test=lambda r, _: is_empty(r["area_of_need"]), advice="Choose the area of need that it serves."),
    Fault(sheet="Provision", phrase="sign that look-ups misread", when=WILD, test=_has_wildcard, advice=WILD_ADVICE),

    Fault(sheet="Allocations", phrase="no pupil", when='TRIM({pupil})=""', test=lambda r, _: is_empty(r["pupil_row"]),
          advice="Choose the pupil."),
    Fault(sheet="Allocations", phrase="pupil not on the Pupils sheet", when=_not_found("{pupil_row}"),
          test=lambda r, _: r["pupil_row"] == 0, advice="Choose a reference that is on the Pupils sheet."),
    Fault(sheet="Allocations", phrase="no code", when='TRIM({code})=""', test=lambda r, _: is_empty(r["item_row"]),
          advice="Choose what the pupil gets."),
    Fault(sheet="Allocations", phrase="code on no list", when=_not_found("{item_row}"),
          test=lambda r, _: r["item_row"] == 0, advice="Choose a code from the Provision or the Resources sheet."),
    Fault(sheet="Allocations", phrase="there twice",
          when='AND({pair}<>"",IFERROR(MATCH({pair},Allocations_pair,0),{n})<{n})',
          test=lambda r, a: a.is_repeated("Allocations.pair", r["pair"]),
          advice="Keep one row for a pupil in a provision: two rows charge the pupil twice."),
    Fault(sheet="Allocations", phrase="not costed", when="AND(N({pupil_row})>0,N({item_row})>0,{exact}=\"\")",
          test=lambda r, _: number(r["pupil_row"]) > 0 and number(r["item_row"]) > 0 and is_empty(r["exact"]),
          advice="Complete the provision or resource that the row names; its own “Look at” says what is missing."),
    Fault(sheet="Allocations", phrase="no outcome", when='AND({is_resource}=0,{pair}<>"",{outcome}="")',
          test=lambda r, _: not is_empty(r["pair"]) and r["is_resource"] == 0 and is_empty(r["outcome"]),
          advice="Say what the pupil will be able to do by when."),
    Fault(sheet="Allocations", phrase="weeks above the year", when=LONG, test=_long_weeks, advice=WEEKS_ADVICE),
    Fault(sheet="Allocations", phrase="dates do not fit", when=DATES, test=_dates_do_not_fit, advice=DATES_ADVICE),

    Fault(sheet="Resources", phrase="no code", when='{key}=""', test=lambda r, _: is_empty(r["key"]),
          advice="Give it a code, such as R001."),
    Fault(sheet="Resources", phrase="code used twice",
          when=f'OR({_repeated("Resources")},AND({{key}}<>"",ISNUMBER(MATCH({{key}},Provision_key,0))))',
          test=lambda r, a: a.is_repeated("Resources.key", r["key"])
          or plain_key(str(r["key"])) in a.firsts["Provision.key"],
          advice="Give each resource a code of its own, which no provision has."),
    Fault(sheet="Resources", phrase="no cost", when='AND({key}<>"",{exact}="")',
          test=lambda r, _: not is_empty(r["key"]) and is_empty(r["exact"]), advice="Give the cost of a year."),
    Fault(sheet="Resources", phrase="more pupils than share it",
          when='AND({key}<>"",N({pupils_named})>IF({shared_by}="",1,N({shared_by})))',
          test=lambda r, _: number(r["pupils_named"]) > (1 if is_empty(r["shared_by"]) else number(r["shared_by"])),
          advice="Raise the number of pupils who share it: together they are charged more than it costs."),
    Fault(sheet="Resources", phrase="sign that look-ups misread", when=WILD, test=_has_wildcard, advice=WILD_ADVICE),

    Fault(sheet="General", phrase="no cost", when="NOT(ISNUMBER({annual_cost}))",
          test=lambda r, _: is_empty(r["annual_cost"]), advice="Give the cost for the year, or clear the row."),

    Fault(sheet="Reviews", phrase="no pupil", when='TRIM({pupil})=""', test=lambda r, _: is_empty(r["pupil_row"]),
          advice="Choose the pupil."),
    Fault(sheet="Reviews", phrase="pupil not on the Pupils sheet", when=_not_found("{pupil_row}"),
          test=lambda r, _: r["pupil_row"] == 0, advice="Choose a reference that is on the Pupils sheet."),
    Fault(sheet="Reviews", phrase="no date", when="{has_date}=0", test=lambda r, _: r["has_date"] == 0,
          advice="Give the date it is planned for, or was held on."),
)  # fmt: skip


_AMOUNTS = (Holds.MONEY, Holds.NUMBER, Holds.WHOLE)
WORDS = "words where a number or date belongs"


def _inputs(sheet: Sheet, *holds: Holds) -> list[str]:
    return [c.key for c in sheet.columns if c.kind is Kind.INPUT and c.holds in holds]


def _words(sheet: Sheet) -> str:
    """Write the condition that an input holds text (pasted past its check) where the sums need a number."""
    named = ",".join(f"{{{key}}}" for key in _inputs(sheet, *_AMOUNTS, Holds.DATE))
    return f"COUNTA({named})>COUNT({named})" if named else ""


def _any_of(keys: Sequence[str], is_wrong: Callable[[Value], bool]) -> Test:
    def test(row: Row, _: Around) -> bool:
        return any(is_wrong(row[key]) for key in keys)

    return test


def _typed_wrong() -> Iterator[Fault]:
    """Look on every sheet for what the check on entry refuses and pasting lets through."""
    for sheet in TABLES:
        amounts, all_numbers = _inputs(sheet, *_AMOUNTS), _inputs(sheet, *_AMOUNTS, Holds.DATE)
        if all_numbers:
            yield Fault(
                sheet=sheet.name, phrase=WORDS, when=_words(sheet),
                test=_any_of(all_numbers, lambda value: isinstance(value, str) and bool(value)),
                advice="Write the number or the date alone, such as 12 or 01/09/2026: what is there is in no sum.",
            )  # fmt: skip
        if amounts:
            named = ",".join(f"{{{key}}}" for key in amounts)
            yield Fault(
                sheet=sheet.name, phrase="number below nought", when=f"MIN({named})<0",
                test=_any_of(amounts, lambda value: number(value) < 0),
                advice="Correct the number: no cost, size or time is less than nothing.",
            )  # fmt: skip


_ORDER = [sheet.name for sheet in TABLES]
FAULTS = tuple(sorted((*_ALWAYS, *DATED, *_typed_wrong()), key=lambda fault: _ORDER.index(fault.sheet)))


@cache
def look_at_formula(sheet: Sheet) -> str:
    """Write the formula that names what to look at, with `{row}` for the row's number; an empty row shows nothing."""
    inputs = [i for i, c in enumerate(sheet.columns) if c.kind is Kind.INPUT]
    first, last = sheet.columns[inputs[0]].key, sheet.columns[inputs[-1]].key
    named = cells(sheet)
    said = "&".join(
        f'IF({fault.when.format_map(named)},"; {fault.phrase}","")'
        for fault in FAULTS
        if fault.sheet == sheet.name and fault.phrase != WORDS
    )
    shown = f"MID({said},3,500)"
    if words := _words(sheet):  # alone, since sums that use the cell are errors, and so would the other tests be
        shown = f'IF({words.format_map(named)},"{WORDS}",{shown})'
    return f'=IF(COUNTA({named[first]}:{named[last]})=0,"",{shown})'


def look_at(rows: Mapping[str, list[Row]], worked: Worked) -> None:
    """Add to each row what its “Look at” cell says."""
    firsts = {
        f"{name}.{key}": _firsts(rows[name], key)
        for name, key in (("Staff", "key"), ("Pupils", "key"), ("Provision", "key"), ("Resources", "key"),
                          ("Allocations", "pair"))
    }  # fmt: skip
    reviews: dict[int, int] = {}
    for review in rows["Reviews"]:
        if review["pupil_row"] and review["has_date"]:
            reviews[int(number(review["pupil_row"]))] = reviews.get(int(number(review["pupil_row"])), 0) + 1
    allocated = frozenset(int(number(r["pupil_row"])) for r in rows["Allocations"])
    school = worked.provision_map.school
    charged, whole = _charged(rows["Allocations"])
    for sheet in TABLES:
        for place, row in enumerate(rows[sheet.name], 1):
            around = Around(number=place, policy=worked.policy, starts=school.starts, ends=school.ends, firsts=firsts,
                            allocated=allocated, reviews=reviews, days=worked.days, charged=charged, whole=whole,
                            terms=school.terms)  # fmt: skip
            row["look_at"] = "; ".join(f.phrase for f in FAULTS if f.sheet == sheet.name and f.test(row, around))


def _charged(rows: list[Row]) -> tuple[dict[int, Fraction], frozenset[int]]:
    """Add up what pupils are charged for each provision, and list those charged whole."""
    charged: dict[int, Fraction] = {}
    whole = set()
    for row in rows:
        if row["is_resource"] == 0:
            item, cost = int(number(row["item_row"])), row["exact"]
            charged[item] = charged.get(item, Fraction(0)) + (cost if isinstance(cost, Fraction) else 0)
            if not is_empty(row["whole_cost_reason"]):
                whole.add(item)
    return charged, frozenset(whole)


def _firsts(rows: list[Row], key: str) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, row in enumerate(rows, 1):
        if row[key]:
            places.setdefault(plain_key(str(row[key])), place)
    return places
