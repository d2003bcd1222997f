"""Writes durations and ratios for papers, in words that the readers of this package read back exactly."""

from fractions import Fraction

from provision_costing.notation.quantity import counted
from provision_costing.notation.reading import decimal_text


def write_duration(minutes_per_session: Fraction, sessions_per_week: Fraction) -> str:
    """ "5 × 30 mins a week = 2 hrs 30 mins"; "1 × 45 mins a fortnight"; ValueError unless both are above zero."""
    if minutes_per_session <= 0 or sessions_per_week <= 0:
        raise ValueError("a session lasts longer than no time, and happens more often than never")
    minutes, sessions = Fraction(minutes_per_session), Fraction(sessions_per_week)
    count, weeks = sessions.numerator, sessions.denominator
    period = "week" if weeks == 1 else "fortnight" if weeks == 2 else ""
    said = f"{count} × {_length(minutes)} " + (f"a {period}" if period else f"every {weeks} weeks")
    if weeks > 1 or count == 1:
        return said
    return f"{said} = {_length(minutes * count)}"


def write_ratio(group_size: int, adults: int = 1) -> str:
    """ "1 adult to 8 pupils"; ValueError unless both are above zero."""
    if group_size < 1 or adults < 1:
        raise ValueError("a ratio has at least one adult and one pupil")
    return f"{counted(adults, 'adult')} to {counted(group_size, 'pupil')}"


def _length(minutes: Fraction) -> str:
    hours, rest = divmod(minutes, 60)
    said = [f"{hours} hr" if hours == 1 else f"{hours} hrs"] if hours else []
    if rest or not hours:
        said.append("1 min" if rest == 1 else f"{_number(rest)} mins")
    return " ".join(said)


def _number(value: Fraction) -> str:
    """Decimals that end, and otherwise a whole number and a fraction: 22.5, 33 1/3, 0 2/7."""
    written = decimal_text(value)
    if Fraction(written) == value:
        return written
    whole, part = divmod(value, 1)
    return f"{whole} {part.numerator}/{part.denominator}"
