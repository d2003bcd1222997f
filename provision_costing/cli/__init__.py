"""The command line: each command is a thin call of the library, and loads only what it needs."""

from provision_costing.cli.commands import main

__all__ = ["main"]
