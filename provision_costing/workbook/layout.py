"""The whole-school workbook: its sheets and columns, said once for template, reader and data dictionary.

A column's `key` is the name of the field in the model, so that a finding about a field can point at its cell.
"""

from collections.abc import Mapping

from provision_costing.model import AreaOfNeed, FundingSource, Pension, SalaryBasis, SchoolKind, SenStatus, Tier
from provision_costing.workbook.columns import Cell, Column, Holds, Kind, Sheet, letters
from provision_costing.workbook.sheets_costed import ALLOCATIONS, PROVISION, PUPILS, STAFF
from provision_costing.workbook.sheets_others import (
    CLOSURES,
    ELEMENT_1,
    GENERAL,
    INCLUSION,
    RESOURCES,
    REVIEWS,
    SUMMARY,
    TERMS,
    WHAT_IF,
)

__all__ = [
    "ALLOCATIONS",
    "CLOSURES",
    "ELEMENT_1",
    "GENERAL",
    "INCLUSION",
    "PROVISION",
    "PUPILS",
    "RESOURCES",
    "REVIEWS",
    "STAFF",
    "SUMMARY",
    "TERMS",
    "WHAT_IF",
    "Cell",
    "Column",
    "Holds",
    "Kind",
    "Sheet",
    "letters",
]

TITLE = "Costed provision map"
VERSION = "1"  # of the layout; written to the workbook, so that a reader knows what it reads

HEADER_ROW = 5  # of every table that the school fills in
FIRST_ROW = HEADER_ROW + 1

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
    "pension": tuple(Pension),
    "school_kind": tuple(SchoolKind),
    "yes_no": ("Yes", "No"),
    "resource_kind": RESOURCE_KINDS,
    "general_kind": GENERAL_KINDS,
    "progress": ("1", "2", "3", "4", "5"),
    "review_number": ("1", "2", "3", "4", "5", "6"),
}

TABLES = (STAFF, PUPILS, PROVISION, ALLOCATIONS, RESOURCES, GENERAL, REVIEWS, TERMS, CLOSURES, ELEMENT_1)
SHEET_ORDER = (
    "Guide", "School", "Staff", "Pupils", "Provision", "Allocations", "Resources", "General", "Reviews", "Summary",
    "Chart", "Map", "Check", "Terms", "Closures", "Element 1", "Years", "What-if", "Inclusion", "Lists", "Calendar",
)  # fmt: skip
HIDDEN = ("Lists", "Calendar")

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
    Cell(key="as_at", label="Cost to date, up to", row=14, holds=Holds.DATE,
         prompt="A day of the year: Summary then shows what of each pupil's cost has been provided by then."),
    Cell(key="pays_levy", label="Pays the apprenticeship levy", row=15, holds=Holds.YES_NO, choices="yes_no",
         prompt="Yes if the employer pays it; it is added to salaries given without on-costs."),
    Cell(key="policy", label="Policy", row=16, holds=Holds.TEXT, prompt="The policy that this workbook was made with."),
    Cell(key="policy_date", label="Policy as on", row=17, holds=Holds.DATE, prompt="The day whose values were used."),
)  # fmt: skip

# The policy values of the School sheet: a header row, then one value a row.
# Columns: B label, C the authority's value, D the school's own value (input), E the reason (input), F the value used.
POLICY_HEADER_ROW = 20
POLICY_FIRST_ROW = POLICY_HEADER_ROW + 1
POLICY_VALUES = ("salary_weeks", "days_per_week", "hours_per_day", "weeks_per_year", "element_2_threshold")

# The Lists sheet (hidden): what this workbook was made from, one fact a row, label in A and value in B; then the lists.
ABOUT = (
    "layout version", "product version", "policy", "policy date", "authority", "increment placing", "mid-point",
    "reviews in a year",
)  # fmt: skip
VERSION_CELL = "B1"
