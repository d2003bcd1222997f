"""Every reason for which a file is not read, each with a code, what was seen and what to do about it."""

from collections.abc import Mapping

from provision_costing.errors import WorkbookError

_SAVE_AS = "Open it in Excel, choose File, Save As, Excel Workbook (.xlsx), and send the new file."
_SAVE_AGAIN = "Open it in Excel and save it again under a new name; if Excel cannot open it, send an earlier copy."
_FRESH = "Copy the map into a fresh template and send that."

# code → (what was seen, what to do). The list is closed: a reader refuses for one of these reasons or not at all.
REFUSALS: Mapping[str, tuple[str, str]] = {
    "FIL01": ("The file is empty: it holds no bytes.", "Save the map again and send the new file."),
    "FIL02": (
        "The file is larger than a map can be.",
        "Remove pictures and what does not belong to the map, save and send again.",
    ),
    "FIL03": (
        "The file is protected by a password, so nobody can read it without.",
        "Open it with its password, choose File, Info, Protect Workbook, remove the password, save and send again.",
    ),
    "FIL04": ("This is a workbook in the old Excel format (.xls); this version reads .xlsx.", _SAVE_AS),
    "FIL05": (
        "This is a Word document; this version reads .xlsx.",
        "Copy its table into a new Excel workbook, save that as .xlsx and send it.",
    ),
    "FIL06": (
        "This is an old Office file that is not a workbook (Word, PowerPoint or an e-mail); this version reads .xlsx.",
        "Copy its table into a new Excel workbook, save that as .xlsx and send it.",
    ),
    "FIL07": ("This is an OpenDocument file; this version reads .xlsx.", _SAVE_AS),
    "FIL08": ("This is a binary workbook (.xlsb); this version reads .xlsx.", _SAVE_AS),
    "FIL09": (
        "This is a PDF, which shows a table but does not hold its cells.",
        "Send the Excel workbook that the PDF was made from.",
    ),
    "FIL10": ("This is a web page, whatever its name says; this version reads .xlsx.", _SAVE_AS),
    "FIL11": ("This is plain text or a CSV file; this version reads .xlsx.", _SAVE_AS),
    "FIL12": ("This is a picture.", "Send the Excel workbook itself, not a photograph or a screenshot of it."),
    "FIL13": (
        "This is a compressed folder or another program's file, not an Excel workbook.",
        "Take the workbook out of the folder, or export it as .xlsx, and send that.",
    ),
    "FIL14": ("This is not a kind of file that can be read here.", _SAVE_AS),
    "FIL15": ("The file breaks off before its end.", "It was cut short on its way. Send it again from the original."),
    "FIL16": ("The file is damaged: its parts do not match their checksums or are not well formed.", _SAVE_AGAIN),
    "FIL17": ("Unpacked, the file is larger than a map can be.", _FRESH),
    "FIL18": ("The file unpacks to far more than its size, as harmful files do.", _FRESH),
    "FIL19": ("The file is made of more parts than a map can have.", _FRESH),
    "FIL20": ("Two parts of the file have the same name, so that two programs would read it differently.", _SAVE_AGAIN),
    "FIL21": ("The file is packed in a way that Excel does not use.", _SAVE_AGAIN),
    "FIL22": ("A part that the workbook names is not in the file.", _SAVE_AGAIN),
    "FIL23": ("The file carries a document type declaration, which no workbook needs.", _SAVE_AGAIN),
    "FIL24": ("A part of the file is written in a character set other than UTF-8.", _SAVE_AGAIN),
    "FIL25": ("The file's parts are nested more deeply than a workbook's can be.", _SAVE_AGAIN),
    "FIL26": ("The workbook has more sheets than a map can have.", "Send each map as a workbook of its own."),
    "FIL27": ("The workbook has more filled or formatted cells than a map can have.", _FRESH),
    "FIL28": (
        "A cell far from the others makes a sheet far larger than a map.",
        "Press Ctrl+End on each sheet, delete the stray rows and columns, save and send again.",
    ),
    "FIL29": ("The workbook has more merged cells than a map can have.", _FRESH),
    "FIL30": ("The workbook holds more text than a map can.", _FRESH),
    "FIL31": ("The workbook's list of texts is shorter than it says, as harmful files' are.", _SAVE_AGAIN),
    "FIL32": ("A cell says that it stands outside the sheet.", _SAVE_AGAIN),
    "FIL33": ("A sheet's rows are not in order, so that two programs would read it differently.", _SAVE_AGAIN),
    "FIL34": ("Two sheets have the same name.", "Give each sheet a name of its own, save and send again."),
    "FIL35": (
        "No provision map was found on any sheet.",
        "Use the template, or a table whose headings include Intervention, Staff, Weekly duration and Annual cost.",
    ),
    "FIL36": ("Reading the file took longer than the time allowed.", _FRESH),
    "FIL37": ("The file made the program that reads it fail or run out of memory.", _FRESH),
    "FIL38": ("The file passed every check and yet could not be read.", _SAVE_AGAIN),
    "FIL39": (
        "The file met a fault in this program.",
        "Please report the code and the words in brackets; the other files are not affected.",
    ),
}  # fmt: skip


class RefusedError(WorkbookError):
    """A file that was not read: `code` from REFUSALS, the file's name, and a detail that holds no pupil's data."""

    def __init__(self, code: str, file: str, detail: str = "") -> None:
        super().__init__(code, file, detail)
        self.code = code
        self.file = file
        self.detail = detail

    @property
    def reason(self) -> str:
        """What was seen."""
        return REFUSALS[self.code][0]

    @property
    def fix(self) -> str:
        """What the school can do."""
        return REFUSALS[self.code][1]

    def __str__(self) -> str:
        detail = f" [{self.detail}]" if self.detail else ""
        return f"{self.file}: {self.reason}{detail} {self.fix} ({self.code})"
