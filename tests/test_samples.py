"""The sample maps are what their names say, and what `make samples` builds today."""

import io
import zipfile
from functools import cache
from itertools import islice
from pathlib import Path

import pytest
import python_calamine

from provision_costing.audit import Audit, audit
from provision_costing.element_1 import element_1
from provision_costing.findings import Severity
from provision_costing.model import ProvisionMap, SenStatus
from provision_costing.rules import RULES
from provision_costing.workbook.read import read_map
from sample_maps._schools import TODAY
from sample_maps.build import build, samples
from tests.making import waltham_forest

HOME = Path(__file__).parent.parent / "sample_maps"
SCHOOLS = {"primary-30-pupils": 30, "secondary-120-pupils": 120, "early-years-12-children": 12, "sound-4-pupils": 4}
FAULTY = sorted(path.stem for path in (HOME / "faulty").glob("*.xlsx"))
GUIDE = "guide-year-3-map-as-printed"
ALSO = {
    "ARI01-formula-typed-over": {"READ03"},  # the reader says that a number stands where a formula should
    "POL03-made-last-year": {"CST01"},  # the policy of the audit no longer has the pay point
}


@cache
def read(name: str) -> tuple[ProvisionMap, Audit]:
    path = HOME / f"{name}.xlsx"
    provision_map, findings = read_map(path.read_bytes(), path.name)
    return provision_map, audit(provision_map, waltham_forest(), findings)


def parts(workbook: bytes) -> dict[str, bytes]:
    """The parts of a workbook: the same content may be packed differently by another zlib."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as book:
        return {name: book.read(name) for name in book.namelist()}


def test_the_samples_are_what_is_built_today(tmp_path: Path) -> None:
    (tmp_path / "faulty").mkdir()
    (tmp_path / "faulty" / "OLD01-gone.xlsx").write_bytes(b"no longer made")
    assert build(tmp_path) == len(SCHOOLS) + len(FAULTY) + 1
    built = {p.relative_to(tmp_path): parts(p.read_bytes()) for p in tmp_path.rglob("*.xlsx")}
    here = {p.relative_to(HOME): parts(p.read_bytes()) for p in HOME.rglob("*.xlsx")}
    assert built.keys() == here.keys(), "run: make samples"
    assert [str(name) for name in here if here[name] != built[name]] == [], "run: make samples"


def test_two_builds_give_the_same_bytes() -> None:
    first, second = (dict(islice(samples(), 2)) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("name", FAULTY)
def test_a_faulty_map_has_the_fault_of_its_name_and_no_other(name: str) -> None:
    _, result = read(f"faulty/{name}")
    assert {f.code for f in result.findings} == {name.partition("-")[0]} | ALSO.get(name, set())
    assert result.not_run == ()


def test_every_rule_has_a_faulty_map() -> None:
    assert {name.partition("-")[0] for name in FAULTY} == {rule.code for rule in RULES}


@pytest.mark.parametrize(("name", "pupils"), SCHOOLS.items())
def test_a_school_s_map_is_sound(name: str, pupils: int) -> None:
    provision_map, result = read(name)
    assert len(provision_map.pupils) == pupils
    assert result.complete
    assert [f.message for f in result.findings if f.severity is Severity.ERROR] == []
    assert len(result.findings) <= 2


@pytest.mark.parametrize("name", SCHOOLS)
def test_a_school_s_map_is_written_as_a_good_one_is(name: str) -> None:
    provision_map, _ = read(name)
    for allocation in provision_map.allocations:
        assert allocation.outcome.startswith("By ")
        assert ", so that " in allocation.outcome
        assert "{" not in allocation.outcome
    reviewed = [p.reference for p in provision_map.pupils if p.has_sen for _ in range(3)]
    assert sorted(r.pupil for r in provision_map.reviews) == sorted(reviewed)
    held = [r for r in provision_map.reviews if r.held]
    assert 0 < len(held) < len(provision_map.reviews)
    assert all(r.progress and r.working for r in held)


@pytest.mark.parametrize("name", ["primary-30-pupils", "secondary-120-pupils"])
def test_the_totals_are_spread(name: str) -> None:
    provision_map, result = read(name)
    totals = {p.pupil.reference: p for p in result.cost.pupils}
    placed = [p.placement.name or p.placement.remark for p in totals.values() if p.placement]
    assert placed.count("within Element 2") > len(placed) / 2
    assert "above 4d, the largest" in placed
    assert "set by the EHC plan" in placed
    assert len({name for name in placed if name[0].isdigit()}) >= 3
    without_sen = [p for p in provision_map.pupils if p.sen_status is SenStatus.NONE]
    assert all(totals[p.reference].lines and not totals[p.reference].general for p in without_sen)
    assert without_sen
    budget = provision_map.school.notional_sen_budget
    assert budget is not None
    assert result.cost.total < budget


def test_the_primary_school_shows_what_goes_into_a_cost() -> None:
    provision_map, result = read("primary-30-pupils")
    costs = {(p.pupil.reference, n.item.code): str(n.annual_cost) for p in result.cost.pupils for n in p.lines}
    # £17.50 × 0.5 h × 3 × 30 weeks = £787.50; of 190 school days, 72 are shared by 4, and 118 from 5 January by 5
    assert costs["LP-01", "P006"] == "172.42"  # × (72 ÷ 4 + 118 ÷ 5) ÷ 190
    assert costs["LP-09", "P006"] == "97.82"  # joins on 5 January: × 118 ÷ 5 ÷ 190
    # SCP 7, £26,403 × 32.5 ÷ 37 × 44 ÷ 52.143 = £19,570.03; with 15% above £5,000 and 24.5%: £26,550.20 a year
    # ÷ (38 × 32.5 h) = £21.4981 an hour, × 2.5 h × 5 × 38
    assert costs["LP-03", "P019"] == "10211.61"
    assert costs["LP-03", "R003"] == "680.00"  # £2,040 over three years
    assert element_1(provision_map.school) == 826940  # 88 × £4,015 + 119 × £3,980
    assert provision_map.school.as_at == TODAY
    assert {f.code for f in result.findings} == {"FND01", "POL02"}


@pytest.mark.parametrize("name", SCHOOLS)
def test_names_stand_on_the_pupils_sheet_only(name: str) -> None:
    provision_map, _ = read(name)
    names = {p.name for p in provision_map.pupils}
    assert len(names) == len(provision_map.pupils)
    book = python_calamine.load_workbook(io.BytesIO((HOME / f"{name}.xlsx").read_bytes()))
    for sheet in book.sheet_names:
        texts = {str(value) for row in book.get_sheet_by_name(sheet).to_python() for value in row}
        assert bool(names & texts) == (sheet == "Pupils"), sheet
    references = {p.reference for p in provision_map.pupils}
    assert not any(name.split()[0] in reference for name in names for reference in references)


def test_the_guide_s_map_is_as_printed() -> None:
    # Waltham Forest's guide, pupil support map of year 3: as printed, £6,981; recomputed, £7,055.73
    provision_map, result = read(GUIDE)
    assert result.complete
    assert [p.reference for p in provision_map.pupils] == ["Y3-01"]
    assert str(result.cost.total) == "7055.73"
    assert [str(total) for total in result.stated_totals.values()] == ["6981"]
    (slip,) = [f for f in result.findings if f.code == "ARI01"]
    assert (slip.where, str(slip.effect)) == ("Pupil map!F7", "71.06")
    assert "£208.00" in slip.message
    assert "£279.06" in slip.message
    assert {f.code for f in result.findings} == {"ARI01", "STF02", "STF03"}
