"""What several commands share: dates, policies, one error line, exit codes."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from provision_costing.errors import ProvisionCostingError

NOTHING_WRONG, ERRORS_FOUND, COULD_NOT_RUN = 0, 1, 2


class Day(click.ParamType[date]):
    """A day as 2026-09-01."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read a day, or say how to write one."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a day: write it as 2026-09-01.", param, ctx)


class Commands(click.Group):
    """A group whose commands end a known error with one line and exit code 2, never with a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except ProvisionCostingError as error:
            click.echo(f"provision-costing: {error}", err=True)
            ctx.exit(COULD_NOT_RUN)


Decorated = Callable[..., Any]


def on_option(command: Decorated) -> Decorated:
    """Add --on."""
    text = "The day whose policy values are used. [default: the map's first day, or today]"
    return click.option("--on", type=Day(), default=None, help=text)(command)


def policy_option(command: Decorated) -> Decorated:
    """Add --policy, which a map made by `new` already names."""
    text = "An authority's policy by name, or a .toml file. [default: the one the map names, or waltham-forest]"
    return click.option("--policy", default=None, help=text)(command)


def map_argument(command: Decorated) -> Decorated:
    """Add MAP, the file to read."""
    return click.argument("path", metavar="MAP", type=click.Path(path_type=Path))(command)


def json_option(command: Decorated) -> Decorated:
    """Add --json."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")(command)
