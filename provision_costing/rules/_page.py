"""The page of all rules for the documentation, made from what the rules say themselves."""

from collections.abc import Sequence

from provision_costing.rules._rule import HEADINGS, Rule

_INTRODUCTION = """\
# The rules of the audit

Each rule has a code that is never used again. An *error* means that the cost is wrong or the map will come back; a
*query* may be right, but a panel will ask. Findings are advice to a school: the audit decides nothing, and spending
£6,000 is no condition in law for an assessment.

A rule whose figure the authority does not publish is listed as *not run*, with the reason. The effect of a finding
is what the total would change by if that one thing were put right; effects of several findings may overlap, so they
are not added up.

This page is made from the rules; `provision-costing rules CODE` prints the same.
"""


def rules_page(rules: Sequence[Rule]) -> str:
    """Write docs/rules.md."""
    return "\n".join([_INTRODUCTION, _contents(rules), *(_entry(rule) for rule in rules)])


def _contents(rules: Sequence[Rule]) -> str:
    rows = [f"| [{r.code}](#{r.code.casefold()}) | {r.severity} | {r.title} |" for r in rules]
    return "\n".join(["| code | severity | what holds on a sound map |", "|---|---|---|", *rows, ""])


def _entry(rule: Rule) -> str:
    sections = [f"**{heading.removesuffix(':')}.** {rule.section(heading)}\n" for heading in HEADINGS]
    needs = f"\n**Needs from the policy.** {', '.join(f'`{name}`' for name in rule.needs)}\n" if rule.needs else ""
    return "\n".join(
        [f"## {rule.code}\n", f"*{rule.title}* ({rule.severity})\n", *sections, f"**Source.** {rule.source}\n{needs}"]
    )
