"""xlwings Lite's and Server's dispatch: custom_functions_call with the JSON that Office.js posts."""

import asyncio
import importlib
import json
import os
import sys
from datetime import date
from types import ModuleType
from typing import Any

from tests.excel_hosts import PASTED

os.environ["XLWINGS_ON_SERVER"] = "true"
os.environ["XLWINGS_LICENSE_KEY"] = "noncommercial"
# Not looked for at every cell: that is nine times quicker.
sys.modules["pyodide"] = sys.modules["pyodide.ffi"] = None  # type: ignore[assignment]


def main_py() -> ModuleType:
    """The module that the add-in looks for functions in."""
    module = ModuleType("main")
    exec(PASTED, vars(module))  # noqa: S102 - the line that the documentation gives to paste
    return module


def as_posted(value: Any) -> Any:
    """Every argument is posted as a matrix; a date is its serial number, an empty cell null."""
    if isinstance(value, list):
        return [[as_posted(cell) for cell in row] for row in value]
    if isinstance(value, dict) and "$day" in value:
        return (date.fromisoformat(value["$day"][:10]) - date(1899, 12, 30)).days
    return float(value["$currency"]) if isinstance(value, dict) and "$currency" in value else value


def call(xlwings: Any, module: ModuleType, name: str, args: list[Any]) -> dict[str, Any]:
    """Post one call; arguments left out are null."""
    wanted = getattr(module, name).__xlfunc__["args"]
    posted = [as_posted(arg if isinstance(arg, list) else [[arg]]) for arg in args]
    data = {
        "client": "Office.js", "func_name": name, "args": posted + [None] * (len(wanted) - len(args)),
        "caller_address": "[Map.xlsx]Sheet1!B2", "session_id": "x", "culture_info_name": "en-GB",
        "date_format": "dd/mm/yyyy", "version": xlwings.__version__, "runtime": "1.4",
    }  # fmt: skip
    try:
        answer = asyncio.run(xlwings.server.custom_functions_call(json.loads(json.dumps(data)), module))
    except Exception as error:  # noqa: BLE001 - the add-in shows #VALUE! and the text
        return {"refused": [type(error).__name__, str(error)]}
    return {"value": answer[0][0] if len(answer) == len(answer[0]) == 1 else answer}


def main() -> None:
    question = json.load(sys.stdin)
    xlwings = importlib.import_module("xlwings")
    importlib.import_module("xlwings.server")
    module = main_py()
    answers = [call(xlwings, module, *each) for each in question.get("calls", ())]
    meta = xlwings.server.custom_functions_meta(module)
    json.dump({"answers": answers, "meta": meta}, sys.stdout)


if __name__ == "__main__":
    main()
