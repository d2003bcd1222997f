"""Columns of text for a terminal."""

from collections.abc import Iterable, Sequence


def columns(heading: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = ()) -> str:
    """Lay rows out in columns under a heading; those counted in `right` are aligned to the right."""
    lines = [list(heading), *(list(row) for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(heading))]
    aligned = set(right)
    text = [
        "  ".join(
            cell.rjust(widths[i]) if i in aligned else cell.ljust(widths[i]) for i, cell in enumerate(line)
        ).rstrip()
        for line in lines
    ]
    return "\n".join([text[0], "  ".join("-" * width for width in widths), *text[1:]])


def shortened(text: str, most: int) -> str:
    """Cut a text that is too long for a column, and show that it was cut."""
    return text if len(text) <= most else text[: most - 1] + "…"
