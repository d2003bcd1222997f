"""The Guide sheet: what to fill in and in which order, the seven steps with live figures, and what the words mean."""

from fractions import Fraction
from typing import Any

from provision_costing.money import exact, plain, to_pence
from provision_costing.pay import published_rate, staff_rate
from provision_costing.workbook.columns import Holds
from provision_costing.workbook.pages import set_page, write_top
from provision_costing.workbook.pen import CREAM, GREY, LINE, MONEY, NAVY, NUMBER_FORMATS, SOFT, Pen
from provision_costing.workbook.tables import lines_of
from provision_costing.workbook.worked import Value

ADVICE = "What additional provision costs, pupil by pupil. Plan for an hour the first time, and minutes after that."
ORDER = (
    ("School", "The school, the days of the year, the notional SEN budget. The policy's values stand there ready."),
    ("Staff", "One row a role, with its mid-point salary, on-costs included, or an hourly cost. Roles, not people."),
    ("Pupils", "One row a pupil. Give each a reference of your own; names are optional and stay on that sheet."),
    ("Provision", "One row an intervention: who delivers it, the group size, minutes, sessions a week, weeks."),
    ("Allocations", "Who gets what: one row for each pupil in each provision, with the outcome it is for."),
    ("Resources", "Services, equipment and licences bought for named pupils; list who has them under Allocations."),
    ("General", "What helps all pupils with SEN and cannot be tracked to one; the policy says how it is shared."),
    ("Reviews", "The year's reviews with child and parents: when, how it went, what comes next."),
    ("Check", "Look here last: what is missing or doubtful, in which row, and what to do."),
)
RESULTS = "The results are on Summary (each pupil and the whole school), Chart and Map, which is made to be printed."
NOTES = (
    ("What £6,000 means",
     "Element 2 is the part of a pupil's additional provision that the school meets from its notional SEN "
     "budget, up to the threshold on the School sheet. It is a measure for each pupil, not a sum that arrives "
     "with one: the notional SEN budget is one figure for the school, and not £6,000 times its pupils. To have "
     "spent it is evidence of support given; the law does not make it a condition for asking for an assessment."),
    ("What to leave out",
     "The class teacher, the SENCO and the inclusion manager are paid from the core budget. What any pupil may "
     "come to is not additional: mark it “open to all” and it is shown without being charged."),
    ("Rounding",
     "Each figure is worked from the unrounded chain and rounded once, so weekly cost × weeks may differ from "
     "the annual cost by pennies, and a column may differ by a penny or two from its total."),
    ("Colours and locked cells",
     "Cream cells are for you; white cells are worked out. Sheets are protected so that no formula is lost, "
     "without a password: Review > Unprotect Sheet. Rows are ready below the last one; to get more, unprotect, "
     "insert rows in the middle of the table and copy a row down. Columns that this map does not use (tier, "
     "second role, dates …) are folded away: select the columns on both sides, right-click and choose Unhide. "
     "To print rows that you have added, set the print area again (Page Layout > Print Area)."),
    ("Confidentiality",
     "This workbook is about children. Keep it where pupils' records are kept, send it only as your school's "
     "policy allows, and use references in place of names in anything that leaves the school."),
)  # fmt: skip
WHEN_NEEDED = (
    (
        "Terms, Closures",
        "When a pupil or a provision comes or goes during the year, or a group's size changes: days count.",
    ),
    (
        "Element 1",
        "To see the school's Element 1 beside Elements 2 and 3 on Summary; it is never part of a pupil's cost.",
    ),
    ("Years", "The same money by financial and by academic year, for the budget."),
    ("What-if", "Before a pay award, other weeks, another group size or rate: what each pupil's year becomes."),
    ("Inclusion", "The lines for the inclusion strategy that a mainstream school publishes; no pupil is in them."),
)
EXAMPLE = "A group of 6, one hour a week, with the first role on the Staff sheet:"
ROLE = "INDEX(Staff_key,1)"
HOURLY = "INDEX(Staff_hourly_rate,1)"
SALARIED = 'INDEX(Staff_weekly_rate,1)=""'


def write_guide(pen: Pen, things: int) -> None:
    """Write the sheet."""
    sheet = pen.book.get_worksheet_by_name("Guide")
    write_top(pen, sheet, "Costed provision map", ADVICE, things)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 52)
    sheet.set_column(2, 2, 18)
    sheet.set_column(3, 3, 34)
    row = _write_order(pen, sheet, 5)
    row = _write_when_needed(pen, sheet, row + 2)
    row = _write_steps(pen, sheet, row + 2)
    for title, text in NOTES:
        row = _write_note(pen, sheet, row + 1, (title, text))
    sheet.set_h_pagebreaks([row])  # its heading would stand alone at the foot of the first page
    row = _write_note(pen, sheet, row + 1, ("Where figures come from", _sources(pen)))
    set_page(sheet, 3, row, portrait=True)


def _heading(pen: Pen, sheet: Any, row: int, text: str) -> None:
    pen.put(sheet, f"A{row}", text, bold=True, font_size=13, font_color=NAVY)


def _write_order(pen: Pen, sheet: Any, row: int) -> int:
    _heading(pen, sheet, row, "What to fill in, in this order")
    box = {"border": 1, "border_color": LINE, "indent": 1, "text_wrap": True}
    for number, (name, text) in enumerate(ORDER, 1):
        row += 1
        link = f'=HYPERLINK("#\'{name}\'!A1","{number}  {name}")'
        pen.formula(sheet, f"A{row}", link, f"{number}  {name}", **box, bg_color=CREAM, bold=True, font_color=NAVY,
                    underline=1)  # fmt: skip
        sheet.merge_range(f"B{row}:D{row}", text, pen.format(**box))
        sheet.set_row(row - 1, 5 + 15 * lines_of(text, 100))
    pen.put(sheet, f"A{row + 1}", RESULTS, font_color=GREY)
    return row + 1


def _write_when_needed(pen: Pen, sheet: Any, row: int) -> int:
    _heading(pen, sheet, row, "Only when you need them")
    box = {"border": 1, "border_color": LINE, "indent": 1, "text_wrap": True}
    for name, text in WHEN_NEEDED:
        row += 1
        target = name.split(",", maxsplit=1)[0]
        pen.formula(sheet, f"A{row}", f'=HYPERLINK("#\'{target}\'!A1","{name}")', name, **box, bold=True,
                    font_color=NAVY, underline=1)  # fmt: skip
        sheet.merge_range(f"B{row}:D{row}", text, pen.format(**box))
        sheet.set_row(row - 1, 5 + 15 * lines_of(text, 100))
    return row


def _write_steps(pen: Pen, sheet: Any, row: int) -> int:
    _heading(pen, sheet, row, "The seven steps, with this workbook's figures")
    pen.put(sheet, f"A{row + 1}", EXAMPLE, font_color=GREY)
    pen.formula(sheet, f"D{row + 1}", f"={ROLE}", _role(pen), bold=True, align="right")
    box = {"border": 1, "border_color": LINE, "indent": 1}
    for number, (name, how, formula, value) in enumerate(_steps(pen), 1):
        at = row + 1 + number
        pen.put(sheet, f"A{at}", f"Step {number}", **box, bold=True, bg_color=SOFT)
        pen.put(sheet, f"B{at}", name, **box)
        shape = MONEY if number in (1, 6, 7) else NUMBER_FORMATS[Holds.RATE]
        pen.formula(sheet, f"C{at}", formula, value, **box, num_format=shape, align="right")
        how_formula, how_value = how
        pen.formula(sheet, f"D{at}", how_formula, how_value, **box, font_color=GREY, align="left")
        sheet.set_row(at - 1, 20)
    return row + 9


def _role(pen: Pen) -> str:
    staff = pen.worked.provision_map.staff
    return " ".join(staff[0].role.split()) if staff else ""


def _steps(pen: Pen) -> list[tuple[str, tuple[str, str], str, Value]]:
    """Give the steps: a name, how in words (formula and value), the figure's formula and value."""
    staff, policy = pen.worked.provision_map.staff, pen.worked.policy
    own = staff_rate(staff[0], policy, pen.worked.provision_map.school) if staff else None
    rate = own or (published_rate(staff[0].role, policy) if staff else None)
    weekly, daily = (own.weekly, own.daily) if own else (None, None)
    hourly = rate.per_hour if rate else None
    weeks = exact(policy.weeks_per_year)
    salary = own.amount if own and weekly is not None else None

    def said(before: str, name: str, value: Fraction, after: str = "") -> tuple[str, str]:
        return f'="{before}"&{name}&"{after}"', f"{before}{plain(value)}{after}"

    given, needless = "as given on the Staff sheet", "the hour's cost is given"
    plain_said = (f'=IF({SALARIED},"{needless}","{given}")', needless if weekly is None else given)
    sixth = hourly / 6 if hourly is not None else None
    year = to_pence(sixth * weeks) if sixth is not None else None
    by_hour = f'IF({HOURLY}="","–",{HOURLY}/6)'
    whole_year = f'=IF({HOURLY}="","–",ROUND(INDEX(Staff_amount,1)*pol_weeks_per_year/(INDEX(Staff_hours,1)*6),2))'
    return [
        ("Annual salary, mid-point, on-costs included", plain_said,
         f'=IF({SALARIED},"–",INDEX(Staff_cost_year,1))', _or(salary)),
        ("Weekly cost", said("÷ ", "pol_salary_weeks", exact(policy.salary_weeks), " weeks"),
         f'=IF({SALARIED},"–",INDEX(Staff_weekly_rate,1))', _or(weekly)),
        ("Daily cost", said("÷ ", "pol_days_per_week", exact(policy.days_per_week), " days"),
         f'=IF({SALARIED},"–",INDEX(Staff_daily_rate,1))', _or(daily)),
        ("Hourly rate", said("÷ ", "pol_hours_per_day", exact(policy.hours_per_day), " hours, or as given"),
         f'=IF({HOURLY}="","–",{HOURLY})', _or(hourly)),
        ("Cost per pupil of a session", ('="÷ 6 in the group"', "÷ 6 in the group"), f"={by_hour}", _or(sixth)),
        ("Weekly cost per pupil", ('="× 1 session a week, to the penny"', "× 1 session a week, to the penny"),
         f'=IF({HOURLY}="","–",ROUND({HOURLY}/6,2))', _or(to_pence(sixth) if sixth is not None else None)),
        ("Annual cost per pupil", said("step 5 × ", "pol_weeks_per_year", weeks, " weeks, to the penny"),
         whole_year, _or(year)),
    ]  # fmt: skip


def _or(value: Value) -> Value:
    return "–" if value is None else value


def _write_note(pen: Pen, sheet: Any, row: int, note: tuple[str, str]) -> int:
    title, text = note
    _heading(pen, sheet, row, title)
    sheet.merge_range(f"A{row + 1}:D{row + 1}", text, pen.format(text_wrap=True, valign="top", align="left"))
    sheet.set_row(row, 6 + 15 * lines_of(text, 118))
    return row + 1


def _sources(pen: Pen) -> str:
    policy = pen.worked.authority
    titles = dict.fromkeys(f"{e.citation.title}, {e.citation.published}" for e in policy.entries.values())
    said = f"{policy.authority}'s policy as on {policy.on:%d/%m/%Y}: {'; '.join(titles)}. The School sheet says which "
    said += "value comes from which document."
    return " ".join((said, *policy.superseded))
