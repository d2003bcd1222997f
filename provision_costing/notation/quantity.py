"""Numbers, ranges and lengths of time, as the parsers of all three kinds of cell read them."""

from fractions import Fraction

from provision_costing.notation.reading import Notes, Span, decimal_text
from provision_costing.notation.tokens import NUMBER, Cursor

RANGE_SIGNS = ("-", "to", "or", "/")


def number(cursor: Cursor, notes: Notes) -> Fraction | None:
    """Step over one number ("2", "1/2", "2 ½", "2 and a half", "three quarters"); None and no step if there is none."""
    token = cursor.look()
    if token.term != NUMBER:
        return None
    cursor.next()
    if token.doubt:
        notes.query(token.doubt)
    if token.value is None:
        notes.fault(f'"{token.text[:20]}" is not a number that can be read for certain.')
        return Fraction(0)
    return _with_fraction(cursor, token.value)


def _with_fraction(cursor: Cursor, value: Fraction) -> Fraction:
    if value.denominator == 1 and value >= 20 and cursor.look(-1).text.isalpha():
        value += _units(cursor)
    if cursor.take("quarters"):
        return value / 4
    part = cursor.look()
    if value.denominator == 1 and part.text in ("½", "¼", "¾", "⅓", "⅔"):
        cursor.next()
        return value + (part.value or 0)
    half_follows = cursor.look(2).text in ("half", "quarter") and cursor.term(3) != "of"
    if cursor.term() == "and" and cursor.term(1) == "a" and half_follows:
        value += cursor.look(2).value or 0
        cursor.at += 3
    return value


def _units(cursor: Cursor) -> Fraction:
    """The "five" of "forty five" and "forty-five"."""
    hyphen = 1 if cursor.term() == "-" else 0
    units = cursor.look(hyphen)
    if not units.text.isalpha() or units.value is None or not 1 <= units.value <= 9:
        return Fraction(0)
    cursor.at += hyphen + 1
    return units.value


def span(cursor: Cursor, notes: Notes) -> Span | None:
    """Step over a number or a range of numbers ("10-15", "4 to 6", "2 or 3")."""
    start = cursor.at
    low = number(cursor, notes)
    if low is None:
        return None
    if not _range_follows(cursor, start):
        return low, low
    cursor.next()
    high = number(cursor, notes)
    return (low, low) if high is None else (min(low, high), max(low, high))


def _range_follows(cursor: Cursor, start: int) -> bool:
    if cursor.term() not in RANGE_SIGNS or cursor.term(1) != NUMBER:
        return False
    here, there = cursor.look(start - cursor.at), cursor.look(1)
    # "5 hrs / 3" shares, "1/2" is a fraction; only 10/15 is a range written with a stroke.
    return cursor.term() != "/" or (here.value or 0) < (there.value or 0)


def estimate(cursor: Cursor, notes: Notes) -> bool:
    """Step over "about", "up to", "max", "at least", and ask for the usual number."""
    start = cursor.at
    found = (
        cursor.take("about", "atmost", "atleast", "~", "<", ">", "+")
        or cursor.follow("up", "to")
        or cursor.follow("at", "least")
        or cursor.follow("at", "most")
        or cursor.follow("no", "more", "than")
        or cursor.follow("less", "than")
        or cursor.follow("more", "than")
    )
    if found:
        said = cursor.since(start)
        notes.query(f'"{said}" leaves the number open: write the usual one.')
    return found


def ask_range(notes: Notes, said: str) -> None:
    """Ask for one number instead of a range."""
    notes.query(f"{said} is a range: a panel will ask for the usual number.")


def minutes_text(minutes: Fraction) -> str:
    """Write a length of time: 30 mins, 1 hr, 2 hrs 30 mins."""
    hours, rest = divmod(minutes.numerator if minutes.denominator == 1 else minutes, 60)
    parts = []
    if hours:
        parts.append(f"{hours} hr" if hours == 1 else f"{hours} hrs")
    if rest or not hours:
        parts.append("1 min" if rest == 1 else f"{decimal_text(rest)} mins")
    return " ".join(parts)


def counted(many: Fraction | int, noun: str) -> str:
    """Write a number with its noun: 1 adult, 4 pupils, 2.5 sessions."""
    return f"{decimal_text(Fraction(many))} {noun}" + ("" if many == 1 else "s")


def span_text(held: Span) -> str:
    """Write a number, or a range of numbers: 5, 4 to 6."""
    low, high = (decimal_text(side) for side in held)
    return low if low == high else f"{low} to {high}"


def length_text(held: Span) -> str:
    """Write a length of time, or a range: 30 mins, 10 mins to 15 mins."""
    low, high = (minutes_text(side) for side in held)
    return low if low == high else f"{low} to {high}"


def times(left: Span, right: Span) -> Span:
    """The least and the most that two ranges can make."""
    return left[0] * right[0], left[1] * right[1]


def counted_span(held: Span, noun: str) -> str:
    """Write a number or a range with its noun: 1 adult, 4 to 6 pupils."""
    return counted(held[0], noun) if held[0] == held[1] else f"{span_text(held)} {noun}s"
