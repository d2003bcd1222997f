"""A school of any size, made up the same way each time."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random

from provision_costing.model import (
    Allocation,
    Form,
    Provision,
    ProvisionMap,
    Pupil,
    Review,
    School,
    SenStatus,
    Staffing,
    StaffRate,
    Wave,
)

ROLES = ("Teaching Assistant", "Learning Mentor", "HLTA", "Mentor for sport")
FIRST_DAY = date(2026, 9, 1)


def school(rows: int, provisions: int, pupils: int) -> ProvisionMap:
    """Give a map of so many allocations, spread over provision and pupils."""
    random = Random(38)
    return ProvisionMap(
        file="made-up.xlsx",
        form=Form.WHOLE_SCHOOL,
        school=School(name="Made up", policy="waltham-forest", policy_date=FIRST_DAY),
        staff=(StaffRate(role=ROLES[0], salary=Decimal(20006)), StaffRate(role=ROLES[3], salary=Decimal(21480))),
        pupils=tuple(
            Pupil(reference=f"X-{n:04}", year_group=str(1 + n % 6), sen_status=SenStatus.SUPPORT) for n in range(pupils)
        ),
        provisions=tuple(_provision(n, rows // provisions + 1, random) for n in range(provisions)),
        allocations=tuple(
            Allocation(
                pupil=f"X-{n // provisions % pupils:04}", code=f"P{n % provisions:04}", outcome="By July, so that"
            )
            for n in range(rows)
        ),
        reviews=tuple(Review(pupil=f"X-{n:04}", number=k, planned=FIRST_DAY) for n in range(pupils) for k in (1, 2, 3)),
    )


def _provision(number: int, named: int, random: Random) -> Provision:
    group = random.choice((1, 2, 4, 6, 8))
    return Provision(
        code=f"P{number:04}",
        intervention=f"Intervention {number}",
        staffing=(Staffing(role=random.choice(ROLES)),),
        group_size=group,
        parallel_groups=-(-named // group),
        minutes_per_session=Fraction(random.choice((15, 20, 30, 45, 60))),
        sessions_per_week=Fraction(random.randint(1, 5)),
        weeks=random.choice((None, Fraction(12), Fraction(38))),
        wave=Wave.TWO,
    )
