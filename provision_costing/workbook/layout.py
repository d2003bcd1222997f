"""The whole-school workbook: its sheets and columns, said once for template, reader and data dictionary.

A column's `key` is the name of the field in the model, so that a finding about a field can point at its cell.
"""

from collections.abc import Mapping

from provision_costing.model import AreaOfNeed, FundingSource, SalaryBasis, SchoolKind, SenStatus, Tier
from provision_costing.workbook.columns import Cell, Column, Holds, Kind, Sheet, helper, letters

__all__ = ["Cell", "Column", "Holds", "Kind", "Sheet", "letters"]

TITLE = "Costed provision map"
VERSION = "1"  # of the layout; written to the workbook, so that a reader knows what it reads

HEADER_ROW = 5  # of every table that the school fills in
FIRST_ROW = HEADER_ROW + 1

LOOK_AT = Column(key="look_at", heading="Look at", holds=Holds.LONG_TEXT, kind=Kind.COST, width=34,
                 prompt="What is missing or does not fit in this row; empty when nothing does.")  # fmt: skip

YEAR_GROUPS = ("N", "R", *(str(n) for n in range(1, 15)))
RESOURCE_KINDS = ("External service", "Equipment", "Licence", "Training", "Other")
GENERAL_KINDS = (
    "Administrative support", "Professional development", "Educational psychology consultation",
    "Learning resources", "Other",
)  # fmt: skip
CHOICES: Mapping[str, tuple[str, ...]] = {
    "wave": ("1", "2", "3"),
    "tier": tuple(Tier),
    "area_of_need": tuple(AreaOfNeed),
    "sen_status": tuple(SenStatus),
    "year_group": YEAR_GROUPS,
    "funding_source": tuple(FundingSource),
    "salary_basis": tuple(SalaryBasis),
    "school_kind": tuple(SchoolKind),
    "yes_no": ("Yes", "No"),
    "resource_kind": RESOURCE_KINDS,
    "general_kind": GENERAL_KINDS,
    "progress": ("1", "2", "3", "4", "5"),
    "review_number": ("1", "2", "3", "4", "5", "6"),
}

STAFF = Sheet(
    name="Staff",
    table="tblStaff",
    advice="One row for each role. Give an annual salary (mid-point of the scale, on-costs included), or an hourly cost.",
    spare_rows=6,
    least_rows=12,
    columns=(
        Column(key="role", heading="Role", holds=Holds.TEXT, width=26,
               prompt="A role, not a person: Teaching Assistant, HLTA, Learning Mentor …"),
        Column(key="salary", heading="Annual salary", holds=Holds.MONEY, least=0, most=200000,
               prompt="Mid-point of the scale for a year, on-costs included. Leave empty if you give an hourly cost."),
        Column(key="hourly_cost", heading="Hourly cost given", holds=Holds.MONEY, least=0, most=500,
               prompt="A published hourly cost, on-costs included. It is used in place of the salary."),
        Column(key="salary_basis", heading="Salary basis", holds=Holds.CHOICE, choices="salary_basis", width=20, extra=True,
               prompt="Term-time actual: what is paid for the weeks worked. Full-time equivalent: the advertised full-year salary."),
        Column(key="with_on_costs", heading="On-costs included", holds=Holds.YES_NO, choices="yes_no", extra=True,
               prompt="Yes if the salary includes employer's National Insurance and pension."),
        Column(key="scale_minimum", heading="Scale minimum", holds=Holds.MONEY, least=0, most=200000, extra=True,
               prompt="The lowest point of the role's scale, on the same terms as the salary."),
        Column(key="scale_maximum", heading="Scale maximum", holds=Holds.MONEY, least=0, most=200000, extra=True,
               prompt="The highest point of the role's scale, on the same terms as the salary."),
        Column(key="weekly_rate", heading="Weekly cost", holds=Holds.RATE, kind=Kind.COST,
               prompt="Step 2: salary ÷ weeks."),
        Column(key="daily_rate", heading="Daily cost", holds=Holds.RATE, kind=Kind.COST,
               prompt="Step 3: weekly cost ÷ days."),
        Column(key="hourly_rate", heading="Hourly rate used", holds=Holds.RATE, kind=Kind.COST,
               prompt="Step 4: daily cost ÷ hours; or the hourly cost given; or the authority's rate for this role."),
        Column(key="rate_from", heading="Rate comes from", holds=Holds.TEXT, kind=Kind.COST, width=20,
               prompt="Salary, hourly cost given, or the authority's published rate."),
        Column(key="midpoint", heading="Mid-point of scale", holds=Holds.MONEY, kind=Kind.COST, extra=True,
               prompt="Half-way between the ends of the scale."),
        LOOK_AT,
        helper("key", Holds.TEXT, "The role without stray spaces."),
        helper("standard", Holds.TEXT, "The role as the product names it: TA is Teaching Assistant."),
        helper("own_key", Holds.TEXT, "The role, if this row has a salary or an hourly cost."),
        helper("own_standard", Holds.TEXT, "The same for the standard name."),
        helper("amount", Holds.NUMBER, "Pounds that the hours beside it buy."),
        helper("hours", Holds.NUMBER, "Hours that the amount buys."),
    ),
)  # fmt: skip

PUPILS = Sheet(
    name="Pupils",
    table="tblPupils",
    advice="One row for each pupil with additional needs. The reference stands for the pupil everywhere; names stay on this sheet.",
    spare_rows=20,
    least_rows=40,
    columns=(
        Column(key="reference", heading="Pupil reference", holds=Holds.TEXT, width=16,
               prompt="A reference of your own, used once: initials and a number, or a code. Not the name."),
        Column(key="name", heading="Name (stays on this sheet)", holds=Holds.TEXT, width=28,
               prompt="Only for your own use and for papers on which you choose to print it."),
        Column(key="year_group", heading="Year group", holds=Holds.CHOICE, choices="year_group", prompt="N, R, or 1 to 14."),
        Column(key="sen_status", heading="SEN status", holds=Holds.CHOICE, choices="sen_status",
               prompt="As in the school census: N none, K SEN support, E EHC plan."),
        Column(key="area_of_need", heading="Main area of need", holds=Holds.CHOICE, choices="area_of_need", width=34,
               prompt="The main one of the four broad areas of need."),
        Column(key="stated_band", heading="Increment now", holds=Holds.CHOICE, choices="bands",
               prompt="The increment or band that the pupil is funded at today, if any."),
        LOOK_AT,
        helper("key", Holds.TEXT, "The reference without stray spaces."),
        helper("shares", Holds.WHOLE, "1 for a pupil with SEN, who shares general provision."),
        helper("share_place", Holds.WHOLE, "The pupil's place among those with SEN."),
        helper("year_place", Holds.WHOLE, "The year group's place in the list of them; 0 when it is not there."),
    ),
)  # fmt: skip

PROVISION = Sheet(
    name="Provision",
    table="tblProvision",
    advice="One row for each intervention that is additional to and different from what all pupils get.",
    spare_rows=20,
    least_rows=40,
    columns=(
        Column(key="code", heading="Code", holds=Holds.TEXT, width=8, prompt="A code used once: P001, P002 …"),
        Column(key="intervention", heading="Intervention", holds=Holds.LONG_TEXT, width=36,
               prompt="What is done, so that a parent understands it."),
        Column(key="wave", heading="Wave", holds=Holds.CHOICE, choices="wave", width=7,
               prompt="1 teaching for all, 2 small catch-up group, 3 individual, targeted support."),
        Column(key="tier", heading="Tier", holds=Holds.CHOICE, choices="tier", width=14, extra=True,
               prompt="Universal, targeted, targeted plus or specialist."),
        Column(key="area_of_need", heading="Area of need", holds=Holds.CHOICE, choices="area_of_need", width=24,
               prompt="The area of need that it serves."),
        Column(key="staff", heading="Staff", holds=Holds.CHOICE, choices="Staff.role", width=19,
               prompt="A role from the Staff sheet. Never the class teacher or the SENCO: the core budget pays them."),
        Column(key="adults", heading="Adults", holds=Holds.NUMBER, width=8, least=0, most=20,
               prompt="How many adults of that role are with each group. Empty means 1."),
        Column(key="staff_2", heading="Second role", holds=Holds.CHOICE, choices="Staff.role", width=19, extra=True,
               prompt="A second role, if two kinds of staff work together."),
        Column(key="adults_2", heading="Adults, second role", holds=Holds.NUMBER, width=10, least=0, most=20, extra=True,
               prompt="How many adults of the second role. Empty means 1."),
        Column(key="group_size", heading="Group size", holds=Holds.WHOLE, width=8, least=1, most=60,
               prompt="All the pupils who share a session, whether or not they are on this map."),
        Column(key="parallel_groups", heading="Parallel groups", holds=Holds.WHOLE, width=9, least=1, most=30, extra=True,
               prompt="How many groups of this size run side by side, each with these adults. Empty means 1."),
        Column(key="minutes_per_session", heading="Minutes a session", holds=Holds.NUMBER, width=10, least=0.5, most=1440,
               prompt="Length of one session in minutes."),
        Column(key="sessions_per_week", heading="Sessions a week", holds=Holds.NUMBER, width=10, least=0.01, most=50,
               prompt="How often in a week. Once a fortnight is 0.5."),
        Column(key="weeks", heading="Weeks a year", holds=Holds.NUMBER, width=9, least=0.01, most=53,
               prompt="Weeks it runs in the year. Empty means the weeks on the School sheet."),
        Column(key="funding_source", heading="Paid from", holds=Holds.CHOICE, choices="funding_source", width=13, extra=True,
               prompt="Who pays. Empty means Element 2. Only what the authority lists counts towards Element 2."),
        Column(key="open_to_all", heading="Open to all", holds=Holds.YES_NO, choices="yes_no", width=8, extra=True,
               prompt="Yes for what any pupil may come to. It is shown on the Map and charged to nobody."),
        Column(key="starts", heading="From", holds=Holds.DATE, width=12, extra=True, prompt="First day, if not the whole year."),
        Column(key="ends", heading="To", holds=Holds.DATE, width=12, extra=True, prompt="Last day, if not the whole year."),
        Column(key="session_cost", heading="Cost of a session", holds=Holds.RATE, kind=Kind.COST,
               prompt="Adults × hourly rate × minutes ÷ 60, for the whole group."),
        Column(key="weekly_cost", heading="Weekly cost per pupil", holds=Holds.MONEY, kind=Kind.COST,
               prompt="Steps 5 and 6: session ÷ group size × sessions a week, to the penny."),
        Column(key="annual_cost", heading="Annual cost per pupil", holds=Holds.MONEY, kind=Kind.COST,
               prompt="Step 7: the unrounded weekly cost × weeks, to the penny; it may differ by pennies from weekly × weeks."),
        Column(key="pupils_named", heading="Pupils named", holds=Holds.WHOLE, kind=Kind.COST, width=8,
               prompt="Pupils on the Allocations sheet."),
        Column(key="school_cost", heading="Annual cost to the school", holds=Holds.MONEY, kind=Kind.COST, width=14,
               prompt="All sessions of all parallel groups for the weeks they run."),
        LOOK_AT,
        helper("key", Holds.TEXT, "The code without stray spaces."),
        helper("standard", Holds.TEXT, "The role as the product names it."),
        helper("rate_row", Holds.WHOLE, "The role's row among the staff; 0 for the authority's published rate."),
        helper("amount", Holds.NUMBER, "Pounds that the hours beside it buy of the role."),
        helper("hours", Holds.NUMBER, "Hours that the amount buys."),
        helper("standard_2", Holds.TEXT, "The same for the second role."),
        helper("rate_row_2", Holds.WHOLE, "The same for the second role."),
        helper("amount_2", Holds.NUMBER, "The same for the second role."),
        helper("hours_2", Holds.NUMBER, "The same for the second role."),
        helper("numerator", Holds.NUMBER, "The top of the one quotient that is a pupil's share of a session."),
        helper("denominator", Holds.NUMBER, "The bottom of that quotient."),
        helper("counts", Holds.YES_NO, "Whether it counts towards Element 2."),
        helper("wave_place", Holds.WHOLE, "The wave, or 9 without one."),
        helper("map_order", Holds.WHOLE, "Its place on the Map sheet."),
    ),
)  # fmt: skip

ALLOCATIONS = Sheet(
    name="Allocations",
    table="tblAllocations",
    advice="Who gets what: one row for each pupil in each provision, or with each resource.",
    spare_rows=60,
    least_rows=120,
    columns=(
        Column(key="pupil", heading="Pupil reference", holds=Holds.CHOICE, choices="Pupils.reference", width=16,
               prompt="From the Pupils sheet."),
        Column(key="code", heading="Provision or resource", holds=Holds.CHOICE, choices="codes", width=12,
               prompt="A code from the Provision or the Resources sheet: P001 or R001."),
        Column(key="outcome", heading="Outcome for this pupil", holds=Holds.LONG_TEXT, width=48,
               prompt="By the end of … will be able to … so that …"),
        Column(key="starts", heading="From", holds=Holds.DATE, width=12, extra=True, prompt="First day, if not as the provision."),
        Column(key="ends", heading="To", holds=Holds.DATE, width=12, extra=True, prompt="Last day, if not as the provision."),
        Column(key="weeks", heading="Weeks for this pupil", holds=Holds.NUMBER, width=10, least=0.01, most=53, extra=True,
               prompt="Weeks that this pupil takes part, if not as the provision."),
        Column(key="title", heading="What it is", holds=Holds.TEXT, kind=Kind.COST, width=34,
               prompt="The intervention or the resource that the code stands for."),
        Column(key="weekly_cost", heading="Weekly cost", holds=Holds.MONEY, kind=Kind.COST,
               prompt="This pupil's share of a week, to the penny."),
        Column(key="annual_cost", heading="Annual cost", holds=Holds.MONEY, kind=Kind.COST,
               prompt="This pupil's share of the year, to the penny."),
        Column(key="counts", heading="Counts towards Element 2", holds=Holds.YES_NO, kind=Kind.COST, width=12,
               prompt="No when another fund pays, or when the provision is open to all."),
        LOOK_AT,
        helper("pupil_row", Holds.WHOLE, "The pupil's row on the Pupils sheet, counted from 1; 0 when there is none."),
        helper("item_row", Holds.WHOLE, "The provision's or resource's row, counted from 1; 0 when there is none."),
        helper("is_resource", Holds.WHOLE, "1 for a resource."),
        helper("exact", Holds.NUMBER, "The annual cost before rounding, which the totals add."),
        helper("wave", Holds.WHOLE, "Wave of the provision; 9 without one."),
        helper("area_of_need", Holds.TEXT, "Area of need of the provision."),
        helper("year_place", Holds.WHOLE, "The pupil's year group, as its place in the list of them."),
        helper("pair", Holds.TEXT, "The pupil with the item, to find a pair that is there twice."),
    ),
)  # fmt: skip

RESOURCES = Sheet(
    name="Resources",
    table="tblResources",
    advice="External services, equipment and licences bought for named pupils. Say who has them on the Allocations sheet.",
    spare_rows=8,
    least_rows=15,
    columns=(
        Column(key="code", heading="Code", holds=Holds.TEXT, width=8, prompt="A code used once: R001, R002 …"),
        Column(key="description", heading="What it is", holds=Holds.LONG_TEXT, width=40, prompt="What is bought, and what for."),
        Column(key="kind", heading="Kind", holds=Holds.CHOICE, choices="resource_kind", width=18, prompt="What kind of cost it is."),
        Column(key="provider", heading="Provider", holds=Holds.TEXT, width=26, prompt="Who supplies it."),
        Column(key="annual_cost", heading="Cost for the year", holds=Holds.MONEY, least=0, most=500000, width=14,
               prompt="The cost of one year of its use."),
        Column(key="shared_by", heading="Shared by (pupils)", holds=Holds.WHOLE, least=1, most=2000, width=10,
               prompt="How many pupils share it. Empty means 1."),
        Column(key="funding_source", heading="Paid from", holds=Holds.CHOICE, choices="funding_source", width=18,
               prompt="Who pays. Empty means Element 2."),
        Column(key="cost_per_pupil", heading="Cost per pupil", holds=Holds.MONEY, kind=Kind.COST, width=14,
               prompt="Cost ÷ pupils who share it, to the penny."),
        Column(key="pupils_named", heading="Pupils named", holds=Holds.WHOLE, kind=Kind.COST, width=8,
               prompt="Pupils on the Allocations sheet."),
        LOOK_AT,
        helper("key", Holds.TEXT, "The code without stray spaces."),
        helper("exact", Holds.NUMBER, "The cost per pupil before rounding."),
        helper("counts", Holds.YES_NO, "Whether it counts towards Element 2."),
    ),
)  # fmt: skip

GENERAL = Sheet(
    name="General",
    table="tblGeneral",
    advice="What helps all pupils with SEN and cannot be tracked to one. It is shared equally among the pupils with SEN.",
    spare_rows=6,
    least_rows=10,
    columns=(
        Column(key="description", heading="What it is", holds=Holds.LONG_TEXT, width=44, prompt="What the money is spent on."),
        Column(key="kind", heading="Kind", holds=Holds.CHOICE, choices="general_kind", width=34, prompt="What kind of cost it is."),
        Column(key="annual_cost", heading="Cost for the year", holds=Holds.MONEY, least=0, most=1000000, width=14,
               prompt="Pounds for the year. The SENCO's own salary belongs to the core budget, not here."),
        Column(key="funding_source", heading="Paid from", holds=Holds.CHOICE, choices="funding_source", width=18,
               prompt="Who pays. Empty means Element 2."),
        LOOK_AT,
        helper("counted", Holds.MONEY, "The part that is shared among the pupils with SEN."),
    ),
)  # fmt: skip

REVIEWS = Sheet(
    name="Reviews",
    table="tblReviews",
    advice="Each review of a pupil's provision with the child and the parents: three in a year.",
    spare_rows=60,
    least_rows=120,
    columns=(
        Column(key="pupil", heading="Pupil reference", holds=Holds.CHOICE, choices="Pupils.reference", width=16,
               prompt="From the Pupils sheet."),
        Column(key="number", heading="Review", holds=Holds.CHOICE, choices="review_number", width=8, prompt="1, 2 or 3 in the year."),
        Column(key="planned", heading="Planned for", holds=Holds.DATE, width=12, prompt="The date it is planned for."),
        Column(key="held", heading="Held on", holds=Holds.DATE, width=12, prompt="The date it took place."),
        Column(key="progress", heading="Progress 1–5", holds=Holds.CHOICE, choices="progress", width=10,
               prompt="1 none or worse, 2 limited, 3 moderate, 4 significant, 5 achieved."),
        Column(key="working", heading="What works", holds=Holds.LONG_TEXT, width=36, prompt="As child, parents and school see it."),
        Column(key="not_working", heading="What does not work", holds=Holds.LONG_TEXT, width=36,
               prompt="What does not, or is in the way."),
        Column(key="next_step", heading="Next step", holds=Holds.LONG_TEXT, width=36, prompt="What is to happen next."),
        LOOK_AT,
        helper("pupil_row", Holds.WHOLE, "The pupil's row on the Pupils sheet, counted from 1; 0 when there is none."),
        helper("has_date", Holds.WHOLE, "1 when it is planned or held."),
    ),
)  # fmt: skip

SUMMARY = Sheet(
    name="Summary",
    table="tblSummary",
    advice="Each pupil's year. Every total is rounded once, so it may differ by a penny from the sum of the figures shown.",
    spare_rows=0,
    least_rows=0,
    header_row=27,  # the whole school's figures stand above the pupils
    columns=(
        Column(key="reference", heading="Pupil reference", holds=Holds.TEXT, kind=Kind.COST, width=16,
               prompt="From the Pupils sheet."),
        Column(key="year_group", heading="Year group", holds=Holds.TEXT, kind=Kind.COST, prompt="From the Pupils sheet."),
        Column(key="sen_status", heading="SEN status", holds=Holds.TEXT, kind=Kind.COST, prompt="From the Pupils sheet."),
        Column(key="direct", heading="Direct provision", holds=Holds.MONEY, kind=Kind.COST, width=14,
               prompt="The pupil's shares of provision that count towards Element 2."),
        Column(key="resources", heading="Resources", holds=Holds.MONEY, kind=Kind.COST, width=14,
               prompt="The pupil's shares of resources that count towards Element 2."),
        Column(key="general", heading="General share", holds=Holds.MONEY, kind=Kind.COST, width=14,
               prompt="General provision shared equally among pupils with SEN; spare pennies go to the first pupils listed."),
        Column(key="total", heading="Total", holds=Holds.MONEY, kind=Kind.COST, width=14, prompt="Direct, resources and general share."),
        Column(key="above_element_2", heading="Above Element 2", holds=Holds.MONEY, kind=Kind.COST, width=16,
               prompt="The part of the total above the threshold on the School sheet."),
        Column(key="increment", heading="Increment", holds=Holds.TEXT, kind=Kind.COST, width=18,
               prompt="By the authority's placing rule. A pupil with an EHC plan has the band that the plan names."),
        Column(key="to_next", heading="To the next edge", holds=Holds.MONEY, kind=Kind.COST, width=14,
               prompt="How much the total could rise before the next increment, or Element 2, is reached."),
        Column(key="not_counted", heading="Not counted", holds=Holds.MONEY, kind=Kind.COST, width=14,
               prompt="Shares that another fund pays for, or that are open to all."),
        Column(key="reviews_held", heading="Reviews", holds=Holds.WHOLE, kind=Kind.COST, width=9,
               prompt="Reviews held or planned on the Reviews sheet."),
        helper("excess", Holds.MONEY, "The total less Element 2, also when it is below."),
        helper("place", Holds.WHOLE, "The increment's place in the list of them, by the placing rule."),
        helper("chart_key", Holds.NUMBER, "The total, made different for each pupil, to put the chart in order."),
    ),
)  # fmt: skip

TABLES = (STAFF, PUPILS, PROVISION, ALLOCATIONS, RESOURCES, GENERAL, REVIEWS)
SHEET_ORDER = (
    "Guide", "School", "Staff", "Pupils", "Provision", "Allocations", "Resources", "General", "Reviews",
    "Summary", "Chart", "Map", "Check", "Lists",
)  # fmt: skip

SCHOOL_CELLS = (
    Cell(key="name", label="School", row=6, holds=Holds.TEXT, prompt="The school's name, as on its headed paper."),
    Cell(key="number", label="School number", row=7, holds=Holds.TEXT, prompt="The number the authority knows the school by."),
    Cell(key="kind", label="Kind of school", row=8, holds=Holds.CHOICE, choices="school_kind",
         prompt="Maintained schools' financial year is April to March, academies' September to August."),
    Cell(key="year", label="Year of this map", row=9, holds=Holds.TEXT, prompt="For example 2026-27."),
    Cell(key="starts", label="First day", row=10, holds=Holds.DATE, prompt="The first day that this map covers."),
    Cell(key="ends", label="Last day", row=11, holds=Holds.DATE, prompt="The last day that this map covers."),
    Cell(key="notional_sen_budget", label="Notional SEN budget", row=12, holds=Holds.MONEY,
         prompt="The school's whole notional SEN budget for the year, from the budget share; not £6,000 × pupils."),
    Cell(key="prepared_by", label="Prepared by (role)", row=13, holds=Holds.TEXT, prompt="A role, not a person: SENCO, school business manager."),
    Cell(key="policy", label="Policy", row=14, holds=Holds.TEXT, prompt="The policy that this workbook was made with."),
    Cell(key="policy_date", label="Policy as on", row=15, holds=Holds.DATE, prompt="The day whose values were used."),
)  # fmt: skip

# The policy values of the School sheet: a header row, then one value a row.
# Columns: B label, C the authority's value, D the school's own value (input), E the reason (input), F the value used.
POLICY_HEADER_ROW = 18
POLICY_FIRST_ROW = POLICY_HEADER_ROW + 1
POLICY_VALUES = ("salary_weeks", "days_per_week", "hours_per_day", "weeks_per_year", "element_2_threshold")

# The Lists sheet (hidden): what this workbook was made from, one fact a row, label in A and value in B; then the lists.
ABOUT = (
    "layout version", "product version", "policy", "policy date", "authority", "increment placing", "mid-point",
    "reviews in a year",
)  # fmt: skip
VERSION_CELL = "B1"
