"""SCP01."""

from collections.abc import Iterable

from provision_costing.costing import MapCost
from provision_costing.findings import Severity
from provision_costing.model import ProvisionMap
from provision_costing.policy import Policy
from provision_costing.roles import CLASS_TEACHER
from provision_costing.rules._excluded import excluded_staff
from provision_costing.rules._rule import Hit, rule


@rule(
    "SCP01", Severity.ERROR, needs=("excluded_roles",),
    source="Waltham Forest, Making an EHC Plan Referral, costing provision: never the class teacher, whom the "
    "age-weighted pupil unit pays for",
)  # fmt: skip
def class_teacher(provision_map: ProvisionMap, cost: MapCost, policy: Policy) -> Iterable[Hit]:
    """No class teacher is charged to the map.

    Why it matters:
    The age-weighted pupil unit (Element 1) already pays the class teacher for every pupil. Charged again here, the
    same lesson is paid for twice, and the map will come back.

    Example:
    Guided reading in class, class teacher, five times a week, charged to four pupils. A row that is marked as open
    to all, and a teacher who is there in addition to the class teacher, are both fine.

    How to fix:
    Take the class teacher off the row. If another teacher gives this support in addition, write Teacher; if it is
    teaching for all pupils, mark the row as open to all.
    """
    who_pays = "Element 1, the age-weighted pupil unit, already pays for it"
    return excluded_staff(provision_map, cost, policy, lambda role: role == CLASS_TEACHER, who_pays)
