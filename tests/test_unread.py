"""A cell that could not be read is not guessed at: its row has no cost, and the audit says so."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from provision_costing.audit import audit
from provision_costing.costing import cost_map
from provision_costing.findings import Severity
from provision_costing.model import ProvisionMap
from provision_costing.policy import load_policy
from provision_costing.workbook.layout import ALLOCATIONS, PROVISION, Sheet
from provision_costing.workbook.read import read_map
from provision_costing.workbook.template import write_workbook
from tests.makers import guide_map
from tests.strategies import seeded_map

DAY = date(2026, 9, 1)
POLICY = load_policy("waltham-forest", DAY)


def typed(sheet: Sheet, key: str, text: str) -> bytes:
    """Write a sound map, and type something into one column's first row, as a person who pastes does."""
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(sound(), POLICY)))
    book[sheet.name][f"{sheet.letter(key)}{sheet.first_row}"] = text
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def sound() -> ProvisionMap:
    return next(m for m in map(seeded_map, range(50)) if m.provisions and m.allocations)


@pytest.mark.parametrize(
    ("sheet", "key", "text"),
    [(PROVISION, "weeks", "12 weeks"), (PROVISION, "adults", "two"), (PROVISION, "adults", "-2"),
     (PROVISION, "parallel_groups", "some"), (ALLOCATIONS, "weeks", "12 weeks")],
)  # fmt: skip
def test_what_cannot_be_read_is_not_costed_at_the_usual_value(sheet: Sheet, key: str, text: str) -> None:
    provision_map, findings = read_map(typed(sheet, key, text), "map.xlsx")
    cell = f"{sheet.letter(key)}{sheet.first_row}"
    assert [f.severity for f in findings if f.cell == cell] == [Severity.ERROR]
    assert cell in [u.record.source.address(u.field) for u in cost_map(provision_map, POLICY).uncosted]
    done = audit(provision_map, POLICY, findings)
    assert not done.complete
    assert "ARI02" not in {f.code for f in done.findings}


def test_hours_a_week_alone_are_enough_to_cost_a_row() -> None:
    rows = [["An outcome", "One-to-one support", "1:1", "TA", "10 hrs", "£175", "£6650"]]
    provision_map, findings = read_map(guide_map(rows=rows), "map.xlsx")
    done = audit(provision_map, POLICY, findings)
    assert done.cost.total == Decimal("6650.00")  # 17.50 × 10 × 38
    assert "ARI01" not in {f.code for f in done.findings}
