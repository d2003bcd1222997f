"""The day on which a command runs; the core is given its days and never asks."""

from datetime import UTC, date, datetime


def today() -> date:
    """Give today's date where the command runs."""
    return datetime.now(tz=UTC).astimezone().date()
