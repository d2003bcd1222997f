"""REV01."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from provision_costing.costing import MapCost
from provision_costing.findings import Severity
from provision_costing.model import Form, ProvisionMap, Review, School, Source
from provision_costing.policy import Policy
from provision_costing.rules._rule import Hit, rule

MOST_OF_A_YEAR = 270  # days; a school year from September to July has about 320


@rule(
    "REV01", Severity.QUERY, needs=("reviews_per_year",),
    source="Waltham Forest, Making an EHC Plan Referral: provision is reviewed three times a year, with the child and "
    "the parents; the SEND support plan form has three termly reviews",
)  # fmt: skip
def fewer_reviews(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> Iterable[Hit]:
    """Each pupil's provision is reviewed as often as the authority asks, or the reviews are planned.

    Why it matters:
    Reviews show what works and what does not. A request for more funding is judged by them.

    Example:
    One review in November and none planned, where the authority asks for three a year. For a pupil who joined in
    spring, fewer are expected.

    How to fix:
    Write the dates of the reviews held, and plan the next ones, on the Reviews sheet.
    """
    if provision_map.form is Form.INDIVIDUAL:
        return
    counted = Counter(r.pupil for r in provision_map.reviews if r.held or r.planned)
    first_days = _first_days(provision_map)
    short = []
    for pupil in provision_map.pupils:
        expected = _expected(provision_map.school, first_days.get(pupil.reference), policy.reviews_per_year or 0)
        if pupil.has_sen and pupil.reference in first_days and counted[pupil.reference] < expected:
            short.append((pupil, counted[pupil.reference], expected))
    if short and not counted:
        sheet = Review(pupil="", source=Source(file=provision_map.file, sheet="Reviews"))
        whose = "1 pupil" if len(short) == 1 else f"{len(short)} pupils"
        yield Hit(sheet, "planned", f"The map shows no review, held or planned, for its {whose} with SEN.")
        return
    for pupil, held, expected in short:
        of = "1 review is" if held == 1 else f"{held or 'no'} reviews are"
        yield Hit(
            pupil, "reference", f"{of[0].upper()}{of[1:]} held or planned for this pupil; {expected} are expected."
        )


def _first_days(provision_map: ProvisionMap) -> dict[str, date]:
    """Say from which day each pupil has provision; date.min where no date is given."""
    starts = {p.code: p.starts for p in provision_map.provisions}
    days: dict[str, date] = {}
    for allocation in provision_map.allocations:
        first = allocation.starts or starts.get(allocation.code) or date.min
        days[allocation.pupil] = min(first, days.get(allocation.pupil, date.max))
    return days


def _expected(school: School, first_day: date | None, in_a_year: int) -> int:
    """Expect fewer reviews of a pupil who joined late, and on a map for less than a year."""
    if school.starts is None or school.ends is None:
        return in_a_year
    days = (school.ends - max(school.starts, first_day or date.min)).days + 1
    return in_a_year if days >= MOST_OF_A_YEAR else max(0, in_a_year * days // 365)
