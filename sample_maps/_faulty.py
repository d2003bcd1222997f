"""Small maps with one fault each, made from a sound one as a person would make the slip."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from typing import Any

from provision_costing.model import (
    GeneralProvision,
    GroupChange,
    Override,
    Pension,
    ProvisionMap,
    Pupil,
    SalaryBasis,
    Staffing,
    StaffRate,
)
from sample_maps._individual import SOUND, IndividualMap

INDIVIDUAL: dict[str, IndividualMap] = {
    # £29.17 a week, and £1,180.33 a year for £1,108.33: two digits changed places
    "ARI01-annual-cost-mistyped": replace(
        SOUND.with_cell(1, "Annual cost", "£1180.33"), total="£2156.46"
    ),
    # £1108.33, £83.13 and £893.00, with a hundred too many
    "ARI02-total-does-not-add-up": replace(SOUND, total="£2184.46"),
    "GRP03-cost-divided-by-another-group": SOUND.with_cell(2, "Weekly cost", "£17.50 ÷ 7 = £2.50"),
}  # fmt: skip

Edit = Callable[[ProvisionMap], ProvisionMap]


def _provision(code: str, **changes: Any) -> Edit:
    """Change one row of the Provision sheet."""

    def edit(of: ProvisionMap) -> ProvisionMap:
        return replace(of, provisions=tuple(replace(p, **changes) if p.code == code else p for p in of.provisions))

    return edit


def _staff(role: str, **changes: Any) -> Edit:
    """Change one row of the Staff sheet."""

    def edit(of: ProvisionMap) -> ProvisionMap:
        return replace(of, staff=tuple(replace(s, **changes) if s.role == role else s for s in of.staff))

    return edit


def _charged(role: str, **staff: Any) -> Edit:
    """Put another role, with its line on the Staff sheet, on the reading group."""

    def edit(of: ProvisionMap) -> ProvisionMap:
        changed = _provision("P001", staffing=(Staffing(role=role),))(of)
        return replace(changed, staff=(*changed.staff, StaffRate(role=role, **staff)))

    return edit


def _pupil_joins(of: ProvisionMap) -> ProvisionMap:
    newcomer = replace(of.allocations[0], pupil="FX-04")
    return replace(of, allocations=(*of.allocations, newcomer))


def _named_twice(of: ProvisionMap) -> ProvisionMap:
    again = replace(
        of.allocations[3], outcome="By Easter 2027, will follow three-part instructions, so that work is begun."
    )
    return replace(of, allocations=(*of.allocations, again))


def _without_outcome(of: ProvisionMap) -> ProvisionMap:
    return replace(of, allocations=(replace(of.allocations[0], outcome=""), *of.allocations[1:]))


def _around_one_pupil(of: ProvisionMap) -> ProvisionMap:
    """Let three classmates join a pupil's sessions, which stay this pupil's own cost."""
    reason = "The group exists for this pupil, as the plan asks; the three classmates change each term"
    own = tuple(replace(a, whole_cost_reason=reason) if a.code == "P003" else a for a in of.allocations)
    return replace(_provision("P003", group_size=4)(of), allocations=own)


def _listed_twice(of: ProvisionMap) -> ProvisionMap:
    bought = of.resources[0]
    again = GeneralProvision(description=bought.description, annual_cost=bought.annual_cost, kind="Learning resources")
    return replace(of, general=(*of.general, again))


def _on_increment(of: ProvisionMap) -> ProvisionMap:
    pupils: tuple[Pupil, ...] = tuple(replace(p, stated_band="2c") if p.reference == "FX-04" else p for p in of.pupils)
    return replace(of, pupils=pupils)


def _one_review(of: ProvisionMap) -> ProvisionMap:
    return replace(of, reviews=tuple(r for r in of.reviews if r.pupil != "FX-02" or r.number == 1))


def _own_weeks(of: ProvisionMap) -> ProvisionMap:
    own = Override(name="weeks_per_year", value=Decimal(39), reason="Open for 39 weeks; agreed in May 2026")
    return replace(of, school=replace(of.school, overrides=(own,)))


TERM_TIME = {"salary_basis": SalaryBasis.TERM_TIME_ACTUAL, "with_on_costs": True}
PENSION = {"pension": Pension.LOCAL_GOVERNMENT, "pension_rate": Decimal("24.5")}  # an invented fund's
POST = {"weeks_paid": Decimal(44), "contracted_hours": Decimal("32.5"), "hourly_cost": None, **PENSION}
FULL_TIME = {"salary_basis": SalaryBasis.FULL_TIME_EQUIVALENT, "with_on_costs": False}
# Made with the template of September 2025, when the lowest NJC point was still SCP 2
MADE_ON = {"POL03-made-last-year": date(2025, 9, 1)}
WHOLE_SCHOOL: dict[str, Edit] = {
    "CST01-minutes-missing": _provision("P002", minutes_per_session=None),
    "DUP01-same-pupil-twice": _named_twice,
    "FND01-increment-differs": _on_increment,
    "FND02-listed-twice": _listed_twice,
    "GRP01-group-size-missing": _provision("P001", group_size=None),
    "GRP02-more-pupils-than-places": _pupil_joins,
    "GRP04-group-smaller-pupils-stay": _provision(
        "P001", group_changes=(GroupChange(starts=date(2027, 1, 5), group_size=2),)
    ),
    "GRP05-whole-session-for-one": _around_one_pupil,
    "PLN01-no-outcome": _without_outcome,
    "POL01-own-weeks-in-the-year": _own_weeks,
    "POL02-pay-point-derived": _staff("Teaching Assistant", pay_point="SCP 5", **POST, **FULL_TIME),
    "POL03-made-last-year": _staff("Teaching Assistant", pay_point="SCP 2", **POST, **FULL_TIME),
    "REV01-one-review-only": _one_review,
    "SCP01-class-teacher": _charged("Class teacher", salary=Decimal(35406), **TERM_TIME),
    "SCP02-senco": _charged("SENCO", salary=Decimal(49260), **TERM_TIME),
    "SCP03-open-to-all": _provision("P002", intervention="Lunch-time library session, open to all pupils"),
    "STF01-salary-above-mid-point": _staff("Learning Mentor", salary=Decimal(28200)),
    "STF02-rate-of-another-role": _staff(
        "Learning Mentor", salary=None, salary_basis=None, with_on_costs=None, scale_minimum=None, scale_maximum=None,
        hourly_cost=Decimal("17.50"),
    ),
    "STF03-hlta-at-another-rate": _charged("HLTA"),
    # SCP 5's full-time, all-year salary, as in an advertisement, where the hourly cost stood
    "STF04-full-time-salary": _staff("Teaching Assistant", hourly_cost=None, salary=Decimal(25583)),
    "STF05-rate-differs-from-published": _staff("Teaching Assistant", hourly_cost=Decimal("19.20")),
    # the guide's salary, which includes on-costs, said to be without them
    "STF06-on-costs-twice": _staff(
        "Teaching Assistant", hourly_cost=None, salary=Decimal(20006), **TERM_TIME | {"with_on_costs": False}, **PENSION
    ),
    # SCP 5 as it was in 2024-25; from April 2025 it is £25,583
    "STF07-salary-of-last-year-s-point": _staff(
        "Teaching Assistant", salary=Decimal(24790), pay_point="SCP 5", **POST, **FULL_TIME
    ),
    "TIM01-39-weeks": _provision("P003", weeks=Fraction(39)),
    "TIM02-weeks-beyond-the-dates": _provision(
        "P002", starts=date(2027, 1, 5), ends=date(2027, 2, 12), weeks=Fraction(12)
    ),
}  # fmt: skip


def type_over(workbook: bytes, sheet: str, address: str, number: str) -> bytes:
    """Put a typed number where a formula stood, and leave every other cell as the last recalculation left it."""
    cell = re.compile(rf'(<c r="{address}"(?: s="\d+")?)[^>]*><f>.*?</f><v>.*?</v></c>'.encode())
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        part = _part_of(old, sheet)
        for item in old.infolist():
            data = old.read(item)
            if item.filename == part:
                data, count = cell.subn(rf"\1><v>{number}</v></c>".encode(), data)
                if count != 1:
                    raise ValueError(f"{sheet}!{address} holds no formula")
            new.writestr(item, data)
    return target.getvalue()


def _part_of(book: zipfile.ZipFile, sheet: str) -> str:
    """Find the part that holds a sheet: XlsxWriter numbers them in the order of the tabs."""
    names = re.findall(rb'<sheet name="([^"]+)"', book.read("xl/workbook.xml"))
    return f"xl/worksheets/sheet{names.index(sheet.encode()) + 1}.xml"
