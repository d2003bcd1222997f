"""Builds templates/individual_map.docx, the form that Word papers are filled into.

Run `python -m provision_costing.documents.build_word_template` after a change here; a test compares the two.
"""

import io
from pathlib import Path
from typing import Any

from provision_costing.documents.word import without_dates
from provision_costing.documents.word_parts import (
    CREAM,
    NAVY,
    SOFT,
    Look,
    Row,
    add_row,
    add_table,
    new_document,
    page_footer,
    tag_row,
)

TEMPLATE = Path(__file__).with_name("templates") / "individual_map.docx"
HEADER = Row(fill=NAVY, colour="FFFFFF", bold=True, repeats=True, with_next=True)
PLAIN = Row(first_bold=True)
TOTAL = Row(fill=SOFT, bold=True)


def build() -> bytes:
    """Make the template's bytes, the same each time."""
    document = new_document()
    for part in (_opening, _short, _support, _resources, _sum, _not_counted, _reviews, _basis, _signatures):
        part(document)
    page_footer(
        document,
        "Confidential: about one child{% if map.reference %} ({{ map.reference }}){% endif %}. "
        "Please keep it safe, and share it only with people who help this child.",
    )
    made = io.BytesIO()
    document.save(made)
    return without_dates(made.getvalue())


def _opening(document: Any) -> None:
    number = "{% if map.school_number %} ({{ map.school_number }}){% endif %}"
    document.add_paragraph("{{ map.school or 'School: ____________________' }}" + number, style="School")
    document.add_heading("Individual provision map", 1)
    document.add_paragraph(
        "The extra support planned for {{ map.name or 'this pupil' }}{% if map.year %} in {{ map.year }}{% endif %}: "
        "what each part is for, how often it happens, and what it costs for this pupil alone. Please ask the school "
        "about anything that is not clear."
    )
    facts = add_table(
        document,
        Look(
            widths=(3.2, 5.8, 3.2, 5.8),
            title="Who and when",
            description="The pupil, the school year and who prepared this paper.",
        ),
    )
    tag_row(facts, "for row in map.facts | batch(2, ('', ''))")
    add_row(facts, ("{{ row[0][0] }}", "*{{ row[0][1] }}", "{{ row[1][0] }}", "*{{ row[1][1] }}"), Row(fill=SOFT))
    tag_row(facts, "endfor")
    document.add_paragraph("{%p if map.gaps %}")
    document.add_heading("These figures are not complete", 2)
    document.add_paragraph("Something is missing from the map, so the total below may be too low.", style="Notice")
    _list(document, "gap in map.gaps", "gap")
    document.add_paragraph("{%p endif %}")


def _short(document: Any) -> None:
    document.add_heading("The year in short", 2)
    tiles = add_table(
        document,
        Look(
            widths=(4.8, 5.4, 4.2, 3.6),
            title="The year in short",
            grid=True,
            description="The total, the school’s part, what is above it, and the increment.",
        ),
    )
    texts = (
        "{{ map.total_label }}\n{{ map.figures.total | pounds }}",
        "The school’s part (Element 2), up to\n{{ map.figures.threshold | in_full }}",
        "Above that\n{{ map.figures.above_element_2 | pounds }}",
        "Increment\n{{ map.figures.increment }}",
    )
    add_row(tiles, texts, Row(tiles=True, fill=SOFT))
    document.add_paragraph("{%p for sentence in map.figures.in_words %}")
    document.add_paragraph("{{ sentence }}")
    document.add_paragraph("{%p endfor %}")


def _support(document: Any) -> None:
    document.add_heading("The support, and what it is for", 2)
    document.add_paragraph("{%p if map.outcomes %}")
    table = add_table(
        document,
        Look(
            widths=(0.7, 4.9, 3.9, 3.2, 1.2, 2.1, 2.0),
            right=(4, 5, 6),
            title="Support by outcome",
            description="Each outcome with its support; costs are this pupil’s share.",
        ),
    )
    add_row(table, ("", "What", "Who helps", "How often", "Weeks", "Cost a week", "Cost a year"), HEADER)
    tag_row(table, "for outcome in map.outcomes")
    outcome = "Outcome: *{{ outcome.text or 'none has been written down for this support yet' }}"
    add_row(table, (outcome,), Row(fill=SOFT, with_next=True))
    tag_row(table, "for s in outcome.support")
    weekly = "{% if s.weekly_cost is not none %}{{ s.weekly_cost | pounds }}{% endif %}"
    add_row(table, (*_line(_what()), weekly, "{{ s.annual_cost | cost }}"), PLAIN)
    tag_row(table, "endfor")
    tag_row(table, "endfor")
    add_row(table, ("Support from staff, for the year", "{{ map.figures.direct | pounds }}"), TOTAL)
    document.add_paragraph("{%p else %}")
    document.add_paragraph("{{ map.empty_note }}")
    document.add_paragraph("{%p endif %}")


def _line(what: str) -> tuple[str, ...]:
    who = "{{ s.who }}" + _if("s.group", "{{ s.group }}")
    return ("{{ s.number }}", what, who, "{{ s.how_often }}", "{{ s.weeks }}")


def _what() -> str:
    return "{{ s.what }}" + _if("s.dates", "{{ s.dates }}") + _if("s.whole_cost", "{{ s.whole_cost }}")


def _what_for() -> str:
    return _what() + _if("s.outcome", "for: {{ s.outcome }}")


def _if(test: str, text: str) -> str:
    """Write a further paragraph of a cell that is there only at times."""
    return "\n{%p if " + test + " %}\n" + text + "\n{%p endif %}"


def _resources(document: Any) -> None:
    document.add_paragraph("{%p if map.resources %}")
    document.add_heading("Things bought for this pupil", 2)
    table = add_table(
        document,
        Look(
            widths=(0.7, 7.3, 4.5, 3.3, 2.2),
            right=(4,),
            title="Things bought",
            description="Outside services, equipment and licences; costs are this pupil’s share.",
        ),
    )
    add_row(table, ("", "What", "From whom", "Shared", "Cost a year"), HEADER)
    tag_row(table, "for s in map.resources")
    add_row(table, ("{{ s.number }}", _what_for(), "{{ s.who }}", "{{ s.group }}", "{{ s.annual_cost | cost }}"), PLAIN)
    tag_row(table, "endfor")
    document.add_paragraph("{%p endif %}")


def _sum(document: Any) -> None:
    document.add_heading("What it comes to", 2)
    table = add_table(
        document, Look(widths=(9.5, 3.0), right=(1,), title="What it comes to", description="How the total is made up.")
    )
    add_row(table, ("Part", "Cost a year"), HEADER)
    tag_row(table, "for part, note, amount in map.parts")
    add_row(table, ("{{ part }}" + _if("note", "{{ note }}"), "{{ amount | pounds }}"), PLAIN)
    tag_row(table, "endfor")
    add_row(table, ("{{ map.total_label }}", "{{ map.figures.total | pounds }}"), TOTAL)
    tag_row(table, "if map.figures.to_date is not none")
    add_row(table, ("{{ map.to_date_label }}", "{{ map.figures.to_date | pounds }}"), Row())
    tag_row(table, "endif")
    above = "Above Element 2\nthe part above {{ map.figures.threshold | in_full }}"
    add_row(table, (above, "{{ map.figures.above_element_2 | pounds }}"), TOTAL)


def _not_counted(document: Any) -> None:
    document.add_paragraph("{%p if map.not_counted %}")
    document.add_heading("Other help, not counted in the total", 2)
    document.add_paragraph(
        "Help that is open to everyone, or that other money pays for."
    ).paragraph_format.keep_with_next = True
    table = add_table(
        document,
        Look(
            widths=(0.7, 4.9, 3.6, 3.1, 1.3, 1.9, 2.5),
            right=(4, 5),
            title="Other help, not counted",
            description="Help that does not count, and why; costs are this pupil’s share.",
        ),
    )
    add_row(table, ("", "What", "Who helps", "How often", "Weeks", "Cost a year", "Why not counted"), HEADER)
    tag_row(table, "for s in map.not_counted")
    add_row(table, (*_line(_what_for()), "{{ s.annual_cost | cost }}", "{{ s.why_not_counted }}"), PLAIN)
    tag_row(table, "endfor")
    document.add_paragraph("{%p endif %}")


def _reviews(document: Any) -> None:
    document.add_heading("Looking at it together", 2)
    document.add_paragraph(
        "The support is reviewed with the pupil and the parents or carers. Progress: 1 none or worse, 2 limited, "
        "3 moderate, 4 significant, 5 achieved. Empty spaces are there to write in."
    ).paragraph_format.keep_with_next = True
    table = add_table(
        document,
        Look(
            widths=(4.0, 2.0, 4.0, 4.0, 4.0),
            title="Reviews in the year",
            grid=True,
            description="What was seen at each review; empty spaces are there to write in.",
        ),
    )
    add_row(table, ("Review", "Progress", "What is working", "What is not, or is in the way", "Next step"), HEADER)
    tag_row(table, "for review in map.reviews")
    when = (
        "{{ review.title }}\nPlanned: {{ review.planned or '____________' }}\nHeld: {{ review.held or '____________' }}"
    )
    progress = "{{ review.progress or 'Circle one' }}" + _if("not review.progress", "1   2   3   4   5")
    texts = ("{{ review.working }}", "{{ review.not_working }}", "{{ review.next_step }}")
    add_row(table, (when, progress, *texts), Row(first_bold=True, fill=CREAM, least_height=2.6))
    tag_row(table, "endfor")


def _basis(document: Any) -> None:
    document.add_heading("How the figures are made", 2)
    document.add_paragraph("{{ map.basis.method }}", style="Note").paragraph_format.keep_with_next = True
    document.add_paragraph("{%p if map.all_support %}")
    table = add_table(
        document,
        Look(
            widths=(0.7, 6.3, 11.0),
            title="The sum behind each cost",
            description="Each cost by its number above, with its sum.",
            style="Note",
        ),
    )
    add_row(table, ("", "What", "Sum"), HEADER)
    tag_row(table, "for s in map.all_support")
    add_row(table, ("{{ s.number }}", "{{ s.what }}", "{{ s.working }}"), Row())
    tag_row(table, "endfor")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("Rates and limits: {{ map.basis.policy }}. Sources:", style="Note")
    _list(document, "source in map.basis.sources", "source")
    document.add_paragraph("{%p if map.basis.own_values %}")
    document.add_paragraph("The school’s own values, used here:", style="Note")
    _list(document, "value in map.basis.own_values", "value")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p for warning in map.basis.warnings %}")
    document.add_paragraph("Please note: {{ warning }}", style="Note")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph(
        "This paper shows what a pupil’s support costs, so that everyone can see how the money is used. It is not a "
        "test that a child has to pass: having spent {{ map.figures.threshold | in_full }} is not a legal condition "
        "for asking for an EHC needs assessment, or for getting one.",
        style="Right",
    )


def _list(document: Any, loop: str, name: str) -> None:
    document.add_paragraph("{%p for " + loop + " %}")
    document.add_paragraph("{{ " + name + " }}", style="List Bullet")
    document.add_paragraph("{%p endfor %}")


def _signatures(document: Any) -> None:
    document.add_heading("Seen and talked about", 2)
    table = add_table(
        document,
        Look(
            widths=(4.0, 9.5, 4.5),
            title="Signatures",
            grid=True,
            description="Who has seen this paper, with signature and date.",
        ),
    )
    add_row(table, ("Who", "Signature", "Date"), HEADER)
    add_row(table, ("Parent or carer", "", ""), Row(first_bold=True, least_height=1.1, with_next=True))
    add_row(table, ("For the school", "", ""), Row(first_bold=True, least_height=1.1))


if __name__ == "__main__":
    TEMPLATE.write_bytes(build())
