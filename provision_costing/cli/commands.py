"""provision-costing: new, audit, cost, what-if, inclusion, read, documents, rules, policy."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from provision_costing import __version__
from provision_costing.cli.options import (
    COULD_NOT_RUN,
    ERRORS_FOUND,
    NOTHING_WRONG,
    Commands,
    Day,
    json_option,
    map_argument,
    on_option,
    policy_option,
)

if TYPE_CHECKING:
    from provision_costing.cli.opening import Opened

replace_option = click.option("--replace", is_flag=True, help="Write over what is already there.")


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="provision-costing")
def main() -> None:
    """Cost the SEND provision of English schools: workbooks, audits and pupils' papers."""


@main.command()
@click.argument("path", metavar="FILE.xlsx", type=click.Path(path_type=Path))
@click.option("--policy", default="waltham-forest", show_default=True, help="An authority's policy, or a .toml file.")
@click.option("--on", type=Day(), default=None, help="The day whose policy values are used. [default: today]")
@replace_option
def new(path: Path, policy: str, on: date | None, replace: bool) -> None:  # noqa: FBT001 - click gives flags by position
    """Write an empty whole-school workbook that costs itself."""
    from provision_costing.clock import today
    from provision_costing.files import write_file
    from provision_costing.policy import load_policy
    from provision_costing.workbook.blank import blank_map
    from provision_costing.workbook.template import write_workbook

    values = load_policy(policy, on or today())
    write_file(path, write_workbook(blank_map(values), values), replace=replace)
    click.echo(f"{path}: an empty map for {values.authority}, as on {values.on:%d/%m/%Y}. Start on its Guide sheet.")


@main.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--policy", required=True, help="The authority's policy by name, or a .toml file.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The folder for the results.")
@on_option
@replace_option
def audit(path: Path, policy: str, out: Path, on: date | None, replace: bool) -> None:  # noqa: FBT001
    """Audit one map, or a folder of them.

    Writes findings.csv, pupils.csv, submissions.csv and audit.xlsx. Exit code: 0 nothing wrong, 1 errors found,
    2 something could not run.
    """
    from provision_costing.batch.audit_command import audit_path

    sys.exit(audit_path(path, policy, out, on, replace=replace))


@main.command()
@map_argument
@policy_option
@on_option
@click.option("--explain", metavar="REF", default=None, help="Show the seven steps of each of this pupil's figures.")
@click.option("--rates", is_flag=True, help="Show each role's contract and costing rates, and how they are made.")
@json_option
def cost(path: Path, policy: str | None, on: date | None, explain: str | None, **flags: bool) -> None:
    """Show each pupil's total, the amount above Element 2 and the increment.

    With an "as at" day on the map also the cost to date; with terms or dates, by financial and academic year.
    """
    from provision_costing.cli import show
    from provision_costing.cli.opening import costed

    opened = costed(path, policy, on, explain)
    pupil = opened.cost.of(explain) if explain else None
    if flags["as_json"]:
        click.echo(_json(show.cost_json(opened.map, opened.cost, opened.policy, explain)))
    elif pupil:
        click.echo(show.explain_text(pupil, opened.map, opened.policy, rates=flags["rates"]))
    else:
        click.echo(show.cost_text(opened.map, opened.cost, opened.policy, rates=flags["rates"]))
    sys.exit(_completeness(opened))


@main.command("what-if")
@map_argument
@click.option("--pay-award", metavar="PER CENT", default=None, help="On every salary and rate: 3.2 or 3.2%.")
@click.option("--group-size", "group_sizes", metavar="CODE=PUPILS", multiple=True, help="P004=6; may be given again.")
@click.option("--weeks", metavar="CODE=WEEKS", multiple=True, help="P003=12; may be given again.")
@click.option("--weeks-per-year", metavar="WEEKS", default=None, help="Weeks of provision in a year.")
@click.option("--rate", "rates", metavar="ROLE=POUNDS", multiple=True, help='"Teaching Assistant=18.20", an hour.')
@policy_option
@on_option
@json_option
def what_if(path: Path, policy: str | None, on: date | None, as_json: bool, **asked: Any) -> None:  # noqa: FBT001
    """Show each pupil's year before and after a change, and who crosses £6,000 or the edge of a band."""
    from provision_costing.cli.compare import compare_json, compare_text
    from provision_costing.cli.opening import costed
    from provision_costing.cli.scenario import Asked, changes_in_words, read_scenario, what_stays
    from provision_costing.cli.show import incomplete_lines, policy_lines
    from provision_costing.what_if import what_if as compare

    opened = costed(path, policy, on)
    scenario = read_scenario(Asked(**asked), opened.map)
    compared = compare(opened.map, opened.policy, scenario)
    words = changes_in_words(scenario, opened.map, opened.policy), what_stays(scenario, opened.map)
    if as_json:
        click.echo(_json(compare_json(opened.map, opened.policy, compared, *words)))
    else:
        said = [compare_text(opened.map, opened.policy, compared, *words), *policy_lines(opened.policy)]
        click.echo("\n\n".join([*said, *incomplete_lines(opened.map, compared.before)]))
    sys.exit(_completeness(opened))


@main.command()
@map_argument
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Write the lines to this CSV file too.")
@policy_option
@on_option
@replace_option
@json_option
def inclusion(path: Path, out: Path | None, policy: str | None, on: date | None, **flags: bool) -> None:
    """List what the school provides and budgets, for its published inclusion strategy. No pupil is in it."""
    from provision_costing.cli.opening import costed
    from provision_costing.cli.strategy import strategy_csv, strategy_json, strategy_text
    from provision_costing.files import write_file
    from provision_costing.inclusion import inclusion_lines

    opened = costed(path, policy, on)
    lines = inclusion_lines(opened.map, opened.cost, opened.policy)
    if out is not None:
        write_file(out, strategy_csv(lines), replace=flags["replace"])
    if flags["as_json"]:
        click.echo(_json(strategy_json(lines, opened.map)))
    else:
        click.echo(strategy_text(lines, opened.map) + (f"\n\nThe lines are in {out}." if out else ""))
    sys.exit(_completeness(opened))


def _completeness(opened: "Opened") -> int:
    return NOTHING_WRONG if opened.map.is_complete and not opened.cost.uncosted else COULD_NOT_RUN


@main.command(context_settings={"ignore_unknown_options": True})  # "-5 mins" is a text, not an option
@click.argument("text")
@json_option
def read(text: str, as_json: bool) -> None:  # noqa: FBT001
    """Say how a duration, ratio or cost is read: "2 x 30 mins per week = 1 hr"."""
    from provision_costing import notation

    reading = notation.read(text)
    if as_json:
        click.echo(_json(notation.as_json(reading)))
    else:
        click.echo(f"{reading.certainty.capitalize()}. {reading.how}".rstrip())
        if reading.problem:
            click.echo(reading.problem)
    sys.exit(NOTHING_WRONG if reading.understood else ERRORS_FOUND)


@main.command()
@map_argument
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The folder for the papers.")
@click.option("--pupil", "pupils", metavar="REF", multiple=True, help="Only this pupil; may be given again.")
@click.option("--format", "formats", default="html,docx", show_default=True, help="html, docx, or both.")
@click.option("--names", is_flag=True, help="Print names. Without it a paper carries the reference only.")
@policy_option
@on_option
@replace_option
def documents(path: Path, out: Path, pupils: tuple[str, ...], formats: str, **options: Any) -> None:
    """Write each pupil's own costed provision map, for parents and panels."""
    from provision_costing.cli.opening import costed, write_documents

    opened = costed(path, options["policy"], options["on"], *pupils)
    wanted = tuple(dict.fromkeys(part.strip().lower() for part in formats.split(",") if part.strip()))
    if not wanted or set(wanted) - {"html", "docx"}:
        raise click.BadParameter(f"{formats!r} is not html, docx or html,docx.", param_hint="--format")
    count = write_documents(opened, out, pupils, wanted, names=options["names"], replace=options["replace"])
    click.echo(f"{count} papers are in {out}.")


@main.command()
@click.argument("code", required=False)
@json_option
def rules(code: str | None, as_json: bool) -> None:  # noqa: FBT001
    """List the rules of the audit, or show one rule's page."""
    from provision_costing.cli.reference import rules_table, rules_text

    click.echo(_json(rules_table(code)) if as_json else rules_text(code))


@main.command()
@click.argument("name", required=False)
@click.option("--on", type=Day(), default=None, help="The day whose values are shown. [default: today]")
@json_option
def policy(name: str | None, on: date | None, as_json: bool) -> None:  # noqa: FBT001
    """List the policies, or show what an authority publishes on a day, with the source of each value."""
    from provision_costing.cli.reference import policy_table, policy_text
    from provision_costing.clock import today

    day = on or today()
    click.echo(_json(policy_table(name, day)) if as_json else policy_text(name, day))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
