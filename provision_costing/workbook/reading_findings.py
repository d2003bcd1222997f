"""What a reader may have to say about a file, each with a code and its help, as the rules have."""

from dataclasses import dataclass, field, replace

from provision_costing.findings import Finding, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingCheck:
    """One kind of finding that a reader makes: what is wrong, why it matters, what to do."""

    code: str
    severity: Severity
    title: str
    why: str
    fix: str


_ERROR, _QUERY = Severity.ERROR, Severity.QUERY


def _check(code: str, severity: Severity, title: str, why: str, fix: str) -> ReadingCheck:
    return ReadingCheck(code=code, severity=severity, title=title, why=why, fix=fix)


READING_CHECKS = (
    _check("READ01", _QUERY, "The workbook was made by another version of the template.",
           "Columns may have moved or changed their meaning since.",
           "Make a fresh workbook with this version and copy the map into it."),
    _check("READ02", _ERROR, "Formulas have no values.",
           "The file was saved by a program that does not work formulas out, so no figure can be compared.",
           "Open the workbook in Excel, press F9 to recalculate, save it and send it again."),
    _check("READ03", _QUERY, "A figure was typed over a formula.",
           "The cell no longer follows the cells that it is worked out from.",
           "Copy the formula back from the row above or below, or say why the figure differs."),
    _check("READ04", _ERROR, "A cell shows an error.",
           "A figure that cannot be worked out cannot be costed, and every total that uses it is wrong.",
           "Correct the cell; #REF! means that a row, column or sheet it used was deleted."),
    _check("READ05", _ERROR, "A column's heading was not found.",
           "What stands in that column was not read.",
           "Write the heading as the template has it, in the same row as the others."),
    _check("READ06", _ERROR, "A sheet or its table was not found.",
           "What the school may have written there is not in the figures.",
           "Give the sheet its name in the template, and keep its row of headings."),
    _check("READ07", _ERROR, "A number was expected.",
           "Only a plain number can be costed.",
           "Write the number alone: 30, 2.5 or 1662.50."),
    _check("READ08", _ERROR, "A date was expected.",
           "Without it the weeks that the provision runs are not known.",
           "Write the date as 01/09/2026."),
    _check("READ09", _ERROR, "The choice is not on the list.",
           "The cell was left out, so totals by this choice do not count the row.",
           "Choose one of the list in the cell."),
    _check("READ10", _ERROR, "The number cannot be right.",
           "It was not used, so the row may have no cost.",
           "Correct the number."),
    _check("READ11", _QUERY, "The number is higher than the template expects.",
           "It was used as it stands; a slip here multiplies the cost.",
           "Check the number, and correct it or confirm it."),
    _check("READ12", _ERROR, "A row was left out because what identifies it is missing.",
           "A row without it belongs to nobody and cannot be costed.",
           "Fill in the cell, or clear the row."),
    _check("READ13", _ERROR, "A code or reference is used twice.",
           "Only its first row was read, since nobody can tell which row is meant.",
           "Give each row a code of its own, or remove the copy."),
    _check("READ14", _ERROR, "A row names a pupil or a code that is not on the map.",
           "The row was left out, so its cost is in no total.",
           "Correct the reference, or add the pupil, provision or resource to its sheet."),
    _check("READ15", _QUERY, "Filled rows or sheets are hidden.",
           "They were read and are in the figures, but whoever prints the map does not see them.",
           "Unhide them, or delete what does not belong to the map."),
    _check("READ16", _QUERY, "The workbook carries macros.",
           "They were not run, and many schools and authorities block such files.",
           "Save the map as .xlsx, which holds no macros."),
    _check("READ17", _QUERY, "The workbook refers to other files or data sources.",
           "They were not opened; the values last saved were read.",
           "Choose Data, Edit Links, Break Link, and save."),
    _check("READ18", _QUERY, "A cell could be read in more than one way.",
           "The costing rests on this reading of it.",
           "Check the reading; write the cell so that it can only mean one thing."),
    _check("READ19", _ERROR, "A cell that the cost depends on could not be read.",
           "The row has no cost, or cannot be checked, until it can.",
           "Write it as the message says."),
    _check("READ20", _QUERY, "The sheet names the pupil but gives no reference.",
           "A number stands for the pupil in every report, so that the name appears in none.",
           "Write a reference of the school's own at the top of the sheet: Pupil reference: …"),
    _check("READ21", _QUERY, "A sheet holds no map and was not read.",
           "If it holds provision, that provision is not in the figures.",
           "Nothing, if it holds notes; otherwise give its table the headings of the map."),
    _check("READ22", _QUERY, "Something at the top of the sheet could not be read.",
           "The pupil's particulars decide which rules apply.",
           "Write it as the message says."),
    _check("READ23", _ERROR, "A row of the table was left out.",
           "It names no intervention, or says nothing about its staff, time or cost.",
           "Complete the row, or clear it."),
    _check("READ24", _QUERY, "Two columns have the same heading.",
           "Only the first was read.",
           "Give the second a heading of its own."),
    _check("READ25", _ERROR, "Rows below the total were not read.",
           "If they are provision, they are neither in the total nor in the costing.",
           "Move them above the total and include them in it."),
    _check("READ26", _ERROR, "The days of a term cannot be right.",
           "The term was left out, so its days count as days on which no pupil comes.",
           "Correct the first or the last day."),
    _check("READ27", _QUERY, "Two terms overlap.",
           "A day in both counts once; a wrong date makes the year longer or shorter than it is.",
           "Correct the last day of the one or the first day of the other."),
    _check("READ28", _ERROR, "Something is half filled in.",
           "The cells beside it mean nothing without it, so they were not used.",
           "Fill the cell in, or clear those beside it."),
    _check("READ29", _ERROR, "A group changes its size twice on one day.",
           "Only the change written later in the row counts; it may not be the one that is meant.",
           "Correct the day, or clear one of the two changes."),
    _check("READ30", _QUERY, "A group changes its size on a day on which it does not meet.",
           "A change before the first day takes the place of the group size; one after the last day changes nothing.",
           "Correct the day, or clear the change and correct the group size."),
    _check("READ31", _QUERY, "A term is outside the year of the map.",
           "It is counted as it stands, so a pupil who is here for part of the year bears too little or too much.",
           "Correct the term, or the first and last day on the School sheet."),
)  # fmt: skip


@dataclass(slots=True)
class Notes:
    """What a reader gathers on its way through one file: findings, and how many rows it left out."""

    file: str
    findings: list[Finding] = field(default_factory=list)
    rows_left_out: int = 0

    def add(self, code: str, where: tuple[str, str], message: str, *, pupil: str = "", fix: str = "") -> None:
        """Record a finding at (sheet, cell); its fix is the code's own unless another is given."""
        check = next(c for c in READING_CHECKS if c.code == code)
        sheet, cell = where
        self.findings.append(
            Finding(
                code=code, severity=check.severity, file=self.file, sheet=sheet, cell=cell,
                message=message, fix=fix or check.fix, pupil=pupil,
            )
        )  # fmt: skip

    def left_out(self, code: str, where: tuple[str, str], message: str, *, pupil: str = "") -> None:
        """Record a finding about a row that is not in the map."""
        self.add(code, where, message, pupil=pupil)
        self.rows_left_out += 1

    def name_pupil(self, since: int, pupil: str) -> None:
        """Say whose row the findings from number `since` on are about."""
        self.findings[since:] = [replace(f, pupil=f.pupil or pupil) for f in self.findings[since:]]
