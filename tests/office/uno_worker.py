"""One LibreOffice, driven by JSON lines: a request on standard input, its answer on standard output.

It runs under the system's Python, the one that Debian's python3-uno belongs to, and imports nothing of ours.
It ends, and LibreOffice with it, when standard input closes. `session.py` is the other side.
"""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException

FORMULAS_IN_ERROR = 4  # com.sun.star.sheet.FormulaResult.ERROR
EVERY_CONTENT = 1 | 2 | 4 | 16  # com.sun.star.sheet.CellFlags: value, date, text, formula
WAIT_SECONDS = 0.1
FILTERS = {
    ("com.sun.star.sheet.SpreadsheetDocument", "pdf"): "calc_pdf_Export",
    ("com.sun.star.sheet.SpreadsheetDocument", "xlsx"): "Calc MS Excel 2007 XML",
    ("com.sun.star.text.TextDocument", "pdf"): "writer_pdf_Export",
}
# Without OOXMLRecalcMode 0 ("always") LibreOffice would show the values that the file's writer left in it.
# Lock files would let one test stop another from opening the same sample.
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
<prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc">
<prop oor:name="FirstRun" oor:op="fuse"><value>false</value></prop>
<prop oor:name="UseLocking" oor:op="fuse"><value>false</value></prop>
<prop oor:name="UseDocumentOOoLockFile" oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>en-GB</value></prop></item>
</oor:items>
"""


class RequestError(Exception):
    """The request cannot be met; LibreOffice itself is well."""


def properties(**values: object) -> tuple[Any, ...]:
    """Give UNO's property list for keyword arguments."""
    made = []
    for name, value in values.items():
        one = PropertyValue()
        one.Name, one.Value = name, value
        made.append(one)
    return tuple(made)


def start_office(profile: Path) -> "subprocess.Popen[bytes]":
    """Start LibreOffice on a new profile, listening on a pipe named after it."""
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(PROFILE)
    options = ["--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard"]
    listen = f"--accept=pipe,name={profile.name};urp;"
    return subprocess.Popen(
        ["soffice", f"-env:UserInstallation={profile.as_uri()}", *options, listen],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def connect(pipe: str, office: "subprocess.Popen[bytes]") -> Any:
    """Wait for LibreOffice to listen and give its desktop; the caller holds the time limit."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    while office.poll() is None:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(WAIT_SECONDS)
            continue
        return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    raise SystemExit(f"soffice ended at its start with exit code {office.returncode}")


def load(desktop: Any, path: str) -> Any:
    """Open a file without macros and without following its links."""
    options = properties(Hidden=True, MacroExecutionMode=0, UpdateDocMode=0)
    document = desktop.loadComponentFromURL(Path(path).as_uri(), "_blank", 0, options)
    if document is None:
        raise RequestError(f"LibreOffice cannot open {path}")
    return document


def put(cell: Any, value: object) -> None:
    """Set one cell as a person would: number, truth, text, or None to empty it."""
    if cell.Spreadsheet.isProtected() and cell.CellProtection.IsLocked:
        raise RequestError(f"{cell.AbsoluteName} is locked")
    if value is None:
        cell.clearContents(EVERY_CONTENT)
    elif isinstance(value, bool):
        cell.setFormula("=TRUE()" if value else "=FALSE()")
    elif isinstance(value, (int, float)):
        cell.setValue(value)
    else:
        cell.setString(value)


def apply(document: Any, edits: "dict[str, dict[str, object]]") -> None:
    """Set the cells that `edits` names, by sheet and then by address."""
    for sheet, cells in edits.items():
        if not document.Sheets.hasByName(sheet):
            raise RequestError(f"there is no sheet {sheet!r}")
        for address, value in cells.items():
            put(document.Sheets.getByName(sheet).getCellRangeByName(address), value)


def rows(sheet: Any) -> "list[list[object]]":
    """Give the sheet's values from A1 to the end of what is used; a cell in error says which error."""
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    end = cursor.RangeAddress
    used = sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow)
    values = [list(row) for row in used.getDataArray()]
    for block in used.queryFormulaCells(FORMULAS_IN_ERROR).getRangeAddresses():
        for row in range(block.StartRow, block.EndRow + 1):
            for column in range(block.StartColumn, block.EndColumn + 1):
                cell = sheet.getCellByPosition(column, row)
                values[row][column] = f"#ERR:{cell.getString() or cell.getError()}"
    return values


def recalc(document: Any, request: "dict[str, Any]") -> object:
    """Give every sheet's rows after a hard recalculation."""
    apply(document, request["edits"])
    document.calculateAll()
    return {sheet.Name: rows(sheet) for sheet in document.Sheets}


def block(sheet: Any, address: str, values: "list[list[object]]") -> Any:
    """Give the cells that a block of values takes, from its top left cell."""
    at = sheet.getCellRangeByName(address).CellAddress
    return sheet.getCellRangeByPosition(at.Column, at.Row, at.Column + len(values[0]) - 1, at.Row + len(values) - 1)


def recalc_each(document: Any, request: "dict[str, Any]") -> object:
    """Give every sheet's rows after each set of blocks; a block's cells are empty again before the next set."""
    document.enableAutomaticCalculation(False)
    results = []
    for blocks in request["each"]:
        taken = []
        for name, by_address in blocks.items():
            sheet = document.Sheets.getByName(name)
            for address, values in by_address.items():
                taken.append(block(sheet, address, values))
                taken[-1].setDataArray(tuple(map(tuple, values)))
        document.calculateAll()
        results.append({sheet.Name: rows(sheet) for sheet in document.Sheets})
        for cells in taken:
            cells.clearContents(EVERY_CONTENT)
    return results


def convert(document: Any, request: "dict[str, Any]") -> object:
    """Write the document in another form and give the path it was written to."""
    kind, target = request["kind"], request["target"]
    for (service, wanted), name in FILTERS.items():
        if wanted == kind and document.supportsService(service):
            document.storeToURL(Path(target).as_uri(), properties(FilterName=name, Overwrite=True))
            return target
    raise RequestError(f"no way is known to make {kind} of {request['path']}")


ACTIONS = {"recalc": recalc, "recalc_each": recalc_each, "convert": convert}


def answer(desktop: Any, request: "dict[str, Any]") -> "dict[str, object]":
    """Do what one request asks; a fault of the request is an answer, a dead LibreOffice is raised."""
    try:
        document = load(desktop, request["path"])
        try:
            return {"result": ACTIONS[request["action"]](document, request)}
        finally:
            document.close(True)
    except DisposedException:
        raise
    except Exception as error:  # noqa: BLE001 - UNO raises its own kinds; the test that asked must see any of them
        return {"error": f"{type(error).__name__}: {error}"}


def main() -> None:
    """Serve requests until standard input closes."""
    profile = Path(sys.argv[1])
    office = start_office(profile)
    desktop = connect(profile.name, office)
    try:
        for line in sys.stdin:
            print(json.dumps(answer(desktop, json.loads(line))), flush=True)
        desktop.terminate()
    except DisposedException:
        sys.exit("LibreOffice ended by itself")


if __name__ == "__main__":
    main()
