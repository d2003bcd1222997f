"""What can go wrong that is not the user's data.

ProvisionCostingError
├── PolicyError      a policy file is malformed, or says nothing about the day asked for
├── WorkbookError    a file cannot be opened or written as a workbook
└── DocumentError    a paper cannot be made

A mistake in a map is never an exception: it is a `Finding`.
"""


class ProvisionCostingError(Exception):
    """The message says what happened and what to do; the command line prints it as it is."""


class PolicyError(ProvisionCostingError):
    """A policy file is malformed, or says nothing about the day asked for."""


class WorkbookError(ProvisionCostingError):
    """A file cannot be opened or written as a workbook."""


class DocumentError(ProvisionCostingError):
    """A paper cannot be made."""
