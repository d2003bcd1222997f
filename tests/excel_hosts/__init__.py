"""xlwings' own dispatch, run as each of its hosts runs it, in a process of its own so that no stub leaks.

`run(host, calls)` sends calls to one of the two workers. A call is a function's name and its arguments: a scalar, None
for an empty cell, a list of rows for a range. Arguments left out are left out as Excel does.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

HOME = Path(__file__).parent.parent.parent
HOSTS = ("classic", "office_js")
PASTED = "from provision_costing.excel.functions import *"  # all that main.py holds in xlwings Lite
Call = tuple[str, Sequence[Any]]


@dataclass(frozen=True)
class Refused:
    """What a user is told instead of an answer, and the kind of error that carries it."""

    kind: str
    message: str


def run(host: str, calls: Sequence[Call]) -> list[Any]:
    """Give each call's answer as it reaches the cell, or a Refused."""
    answers = ask(host, {"calls": calls})["answers"]
    return [Refused(*a["refused"]) if "refused" in a else a["value"] for a in answers]


def ask(host: str, question: dict[str, Any]) -> Any:
    """Send one question to a worker and read its one answer."""
    worker = [sys.executable, "-m", f"tests.excel_hosts.{host}"]
    sent = json.dumps(question, default=_wrap)
    done = subprocess.run(worker, cwd=HOME, input=sent, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _wrap(value: Any) -> dict[str, str]:
    if isinstance(value, datetime):
        return {"$day": value.isoformat()}
    if isinstance(value, Decimal):
        return {"$currency": str(value)}
    raise TypeError(type(value))


def unwrap(value: dict[str, Any]) -> Any:
    """Undo what JSON cannot carry, in a worker."""
    if "$day" in value:
        return datetime.fromisoformat(value["$day"])
    if "$currency" in value:
        return Decimal(value["$currency"])
    return value
