"""LibreOffice as the tests' authority on what a workbook's formulas come to, and on how a page looks."""

from tests.office.session import Cell, Office, OfficeError

__all__ = ["Cell", "Office", "OfficeError"]
