"""Maps for the tests of pupils' papers: the guide's own, and one with something of everything."""

import tomllib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from provision_costing.model import (
    Allocation,
    AreaOfNeed,
    Form,
    FundingSource,
    GeneralProvision,
    Override,
    Provision,
    ProvisionMap,
    Pupil,
    Resource,
    Review,
    School,
    SenStatus,
    Staffing,
)
from tests.making import TA, provision

CASES = tomllib.loads((Path(__file__).parent / "cases" / "worked_examples.toml").read_text(encoding="utf-8"))
# In short what the guide's year-3 map says each row is for, and what it is: domain of the worked examples.
PLAY = "Play with one other child for ten minutes"
OUTCOMES = (
    "Work at level 2c in literacy and numeracy", PLAY, "Contribute to a discussion in a small group",
    "Move around the site safely", PLAY, "Share feelings with an adult whom they trust",
)  # fmt: skip
INTERVENTIONS = (
    "In-class literacy and numeracy", "Social skills group", "Language programme", "Physiotherapy programme",
    "Lunch-time social skills group", "Daily session with a learning mentor",
)  # fmt: skip
SCHOOL = School(
    name="Elmfield Primary School", number="320/2999", year="2026-27", starts=date(2026, 9, 1), ends=date(2027, 8, 31),
    prepared_by="SENCO",
)  # fmt: skip


def guide_s_map() -> ProvisionMap:
    """The pupil support map of year 3 as the guide prints it, with the guide's rates."""
    rows = CASES["map"]["row"]
    provisions = tuple(
        provision(
            f"P{n:03}", row["role"], group_size=row["group_size"], minutes_per_session=Fraction(row["minutes"]),
            sessions_per_week=Fraction(row["sessions"]),
        )
        for n, row in enumerate(rows, 1)
    )  # fmt: skip
    named = tuple(replace(p, intervention=words) for p, words in zip(provisions, INTERVENTIONS, strict=True))
    pupil = Pupil(
        reference="Y3-07", name="Robin Quill", year_group="3", sen_status=SenStatus.SUPPORT,
        area_of_need=AreaOfNeed.COMMUNICATION,
    )  # fmt: skip
    given = (Allocation(pupil="Y3-07", code=p.code, outcome=o) for p, o in zip(named, OUTCOMES, strict=True))
    return ProvisionMap(
        file="map.xlsx", form=Form.INDIVIDUAL, school=SCHOOL, pupils=(pupil,), provisions=named,
        allocations=tuple(given),
    )  # fmt: skip


def rich_map() -> ProvisionMap:
    """One pupil with something of everything, and what is wrong with it, beside two others."""
    base = guide_s_map()
    more = (
        Provision(
            code="P007", intervention="Homework club", staffing=(Staffing(role=TA, adults=Fraction(2)),), group_size=12,
            minutes_per_session=Fraction(45), sessions_per_week=Fraction(2), open_to_all=True,
        ),
        Provision(
            code="P008", intervention="Maths booster", staffing=(Staffing(role="Teacher"), Staffing(role=TA)),
            group_size=5, minutes_per_session=Fraction(40), sessions_per_week=Fraction(3), weeks=Fraction(12),
            funding_source=FundingSource.PUPIL_PREMIUM, starts=date(2027, 1, 5), ends=date(2027, 4, 1),
        ),
        Provision(
            code="P009", intervention="Touch typing", staffing=(Staffing(role=TA),), group_size=None,
            minutes_per_session=Fraction(15), sessions_per_week=Fraction(3),
        ),
    )  # fmt: skip
    resources = (
        Resource(code="R001", description="Speech and language therapy, block of six visits", annual_cost=Decimal(540),
                 provider="Community therapy service", shared_by=1),
        Resource(code="R002", description="Reading software licence", annual_cost=Decimal(200), shared_by=8,
                 kind="Licence"),
    )  # fmt: skip
    given = (
        *(Allocation(pupil="Y3-07", code=c, outcome="Finish a piece of homework each week") for c in ("P007", "P008")),
        Allocation(pupil="Y3-07", code="P009"), Allocation(pupil="Y3-07", code="R001", outcome=OUTCOMES[2]),
        Allocation(pupil="Y3-07", code="R002"), Allocation(pupil="Y3-08", code="P002", outcome="Join in"),
    )  # fmt: skip
    reviews = (
        Review(pupil="Y3-07", number=1, planned=date(2026, 12, 9), held=date(2026, 12, 11), progress=3,
               working="Likes the social skills group; asks for it.\nReads aloud at home most evenings.",
               not_working="Lunch time is still hard when it is loud.",
               next_step="A quiet table at lunch; meet the therapist in January."),
        Review(pupil="Y3-07", number=2, planned=date(2027, 3, 24)),
    )  # fmt: skip
    others = (Pupil(reference="Y3-08", name="Ash Tern", sen_status=SenStatus.PLAN, stated_band="F"),
              Pupil(reference="Y3-09", name="Sky Marsh", year_group="R", sen_status=SenStatus.SUPPORT))  # fmt: skip
    override = Override(name="weeks_per_year", value=Decimal(39), reason="the school is open to pupils for 39 weeks")
    return replace(
        base, form=Form.WHOLE_SCHOOL, school=replace(SCHOOL, overrides=(override,)), pupils=(*base.pupils, *others),
        provisions=(*base.provisions, *more), resources=resources, allocations=(*base.allocations, *given),
        general=(GeneralProvision(description="Educational psychologist", annual_cost=Decimal("1000.00")),),
        reviews=reviews, rows_left_out=1,
    )  # fmt: skip


def very_long_map() -> ProvisionMap:
    """Twenty-five lines with long outcomes, for a pupil and a school with long names."""
    reference = "VERY-LONG-REFERENCE-2026-000000000017"
    outcome = (
        "By the end of year 3 will be able to plan, write and check a paragraph of five sentences with capital "
        "letters, full stops and joining words, so that they can take part in the whole-class writing lesson "
        "alongside friends & without an adult beside them"
    )
    rows = tuple(
        replace(
            provision(f"Q{n:03}"), intervention=f"Precision teaching of frequent words and tricky spellings, set {n}"
        )
        for n in range(1, 26)
    )
    pupil = Pupil(
        reference=reference, name="Maximiliana Wilhelmina Featherstonehaugh-Cholmondeley", year_group="11",
        sen_status=SenStatus.SUPPORT, area_of_need=AreaOfNeed.SEMH,
    )  # fmt: skip
    school = "The Blessed Hildegard of Bingen & St Bartholomew's Church of England Voluntary Aided Junior School"
    return replace(
        guide_s_map(), school=replace(SCHOOL, name=school), pupils=(pupil,), provisions=rows,
        allocations=tuple(
            Allocation(pupil=reference, code=row.code, outcome=f"{outcome} ({n // 3})") for n, row in enumerate(rows)
        ),
    )  # fmt: skip
