"""How templates are filled in, the same for every form of paper."""

from decimal import Decimal
from typing import TYPE_CHECKING

from provision_costing.documents.words import in_full_pounds
from provision_costing.money import pounds

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment


def environment() -> "SandboxedEnvironment":
    """Make a Jinja environment that escapes every text, refuses unknown names and runs nothing of a map's."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    made = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters["pounds"] = pounds
    made.filters["in_full"] = in_full_pounds
    made.filters["cost"] = cost
    return made


def cost(amount: Decimal | None) -> str:
    """Write a cost, or say that there is none yet."""
    return "not costed" if amount is None else pounds(amount)
