"""Windows Excel's xlwings on any machine: pywin32 and a few Windows calls are stubs, all of xlwings is real.

What runs: the VBA that "Import Python UDFs" generates, and CallUDF of the COM server with the Windows engine's own
reading of cells. What is pretended: that a COM range holds these values.
"""

import ctypes
import importlib
import io
import json
import sys
from collections import defaultdict
from types import ModuleType, SimpleNamespace
from typing import Any

from tests.excel_hosts import unwrap

MODULE = "provision_costing.excel.functions"
MISSING = -2147352572  # how VBA passes on an optional argument that was left out
LARGEST_ERROR = -2146826200  # errors are whole numbers below it: #DIV/0! is -2146826281
WINDOWS = (
    "pythoncom", "pywintypes", "win32api", "win32com", "win32com.client", "win32com.server",
    "win32com.server.dispatcher", "win32com.server.policy", "win32com.server.util", "win32con", "win32event",
    "win32gui", "win32process", "win32timezone", "winerror",
)  # fmt: skip


class AnyNames(ModuleType):
    """A module that has whatever class it is asked for."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        setattr(self, name, type(name, (Exception,), {}))
        return getattr(self, name)


def pretend_windows() -> Any:
    """Put stubs where pywin32 and the Windows libraries would be, and give xlwings as Windows has it."""
    for name in WINDOWS:
        sys.modules[name] = AnyNames(name)
        parent, _, child = name.rpartition(".")
        if parent:
            setattr(sys.modules[parent], child, sys.modules[name])
    com: Any = sys.modules["pythoncom"]
    com.CoInitialize, com.TypeIIDs, com.__file__ = (lambda: None), defaultdict(lambda: AnyNames), ""
    sys.modules["pywintypes"].IID = str  # type: ignore[attr-defined]
    sys.modules["win32process"].GetWindowThreadProcessId = lambda _: (1, 1)  # type: ignore[attr-defined]
    nothing = SimpleNamespace(ole32=SimpleNamespace(CLSIDFromString=lambda *_: None))
    ctypes.windll = ctypes.oledll = nothing  # type: ignore[attr-defined]
    ctypes.PyDLL = lambda *_: SimpleNamespace(PyCom_PyObjectFromIUnknown=SimpleNamespace())  # type: ignore[misc, assignment]
    xlwings: Any = importlib.import_module("xlwings")
    windows = importlib.import_module("xlwings._xlwindows")
    udfs = importlib.import_module("xlwings.udfs")
    xlwings.engines.add(xlwings.Engine(impl=windows.engine))
    xlwings._xlwindows = windows
    xlwings.func, xlwings.arg, xlwings.ret = udfs.xlfunc, udfs.xlarg, udfs.xlret
    return xlwings


class ComRange:
    """Cells of a sheet as COM hands them over: Value is a scalar, or a tuple of tuples."""

    def __init__(self, value: Any) -> None:
        attributes = SimpleNamespace(iid="{00020846-0000-0000-C000-000000000046}")
        self._oleobj_ = SimpleNamespace(GetTypeInfo=lambda: SimpleNamespace(GetTypeAttr=lambda: attributes))
        self.Value = as_com(value)
        self.Worksheet = self.Parent = self.Application = self
        self.Row = self.Column = self.Hwnd = 1
        self.Rows = SimpleNamespace(Count=len(self.Value) if isinstance(self.Value, tuple) else 1)
        self.Columns = SimpleNamespace(Count=len(self.Value[0]) if isinstance(self.Value, tuple) else 1)


def as_com(value: Any) -> Any:
    """Turn numbers into what pywin32 makes of them: floats, but errors stay whole numbers."""
    if isinstance(value, list):
        rows = tuple(tuple(as_com(cell) for cell in row) for row in value)
        return rows if len(rows) > 1 or len(rows[0]) > 1 else rows[0][0]
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return float(value) if is_number and value > LARGEST_ERROR else value


def call(server: Any, functions: Any, name: str, args: list[Any]) -> dict[str, Any]:
    """Call a function as the generated VBA does, with all its arguments."""
    wanted = getattr(functions, name).__xlfunc__["args"]
    given = [ComRange(arg) for arg in args] + [MISSING] * (len(wanted) - len(args))
    try:
        return {"value": server.CallUDF(MODULE, name, given)}
    except Exception as error:  # noqa: BLE001 - COM turns any exception into the text in the cell
        return {"refused": [type(error).__name__, str(error)]}


def vba(xlwings: Any, functions: Any) -> str:
    """Generate what "Import Python UDFs" writes for an add-in."""
    written = io.StringIO()
    xlwings.udfs.generate_vba_wrapper(MODULE, functions, written, SimpleNamespace(Name="provision_costing.xlam"))
    return written.getvalue()


def main() -> None:
    question = json.load(sys.stdin, object_hook=unwrap)
    xlwings = pretend_windows()
    functions = importlib.import_module(MODULE)
    server = importlib.import_module("xlwings.com_server").XLPython()
    answers = [call(server, functions, *each) for each in question.get("calls", ())]
    said = {"answers": answers, "vba": vba(xlwings, functions)}
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    main()
