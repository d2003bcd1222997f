"""One school's map of 300 rows: written, read and judged."""

from collections.abc import Iterator

from benchmarks.made_up import FIRST_DAY, school
from benchmarks.timing import Figure, best
from provision_costing.audit import audit
from provision_costing.costing import cost_map
from provision_costing.policy import load_policy
from provision_costing.workbook.read import read_map
from provision_costing.workbook.template import write_workbook

ROWS = 300


def figures() -> Iterator[Figure]:
    """Time what an authority waits for with each map; the rules are held against the reading."""
    policy = load_policy("waltham-forest", FIRST_DAY)
    made = school(ROWS, provisions=40, pupils=60)
    data = write_workbook(made, policy)
    provision_map, findings = read_map(data, made.file)
    reading = best(lambda: read_map(data, made.file))
    costing = best(lambda: cost_map(provision_map, policy))
    judging = best(lambda: audit(provision_map, policy, findings))
    writing = best(lambda: write_workbook(made, policy), runs=2)
    yield Figure(what=f"a map of {ROWS} rows written", seconds=writing)
    yield Figure(what=f"a map of {ROWS} rows read", seconds=reading)
    yield Figure(what=f"a map of {ROWS} rows costed", seconds=costing)
    beside = f"{judging / reading:.0%} of the reading"
    yield Figure(what=f"a map of {ROWS} rows audited: costed, every rule applied", seconds=judging, beside=beside)
