"""Reads a cell without being told whether it is a duration, a ratio or a cost."""

from dataclasses import replace

from provision_costing.notation.cost import read_cost
from provision_costing.notation.duration import read_duration
from provision_costing.notation.ratio import read_ratio
from provision_costing.notation.reading import Reading
from provision_costing.notation.staffing import LARGEST_GROUP
from provision_costing.notation.tokens import NUMBER, Token, tokenise
from provision_costing.notation.vocabulary import VAGUE, WEEKDAYS, words

_MONEY = frozenset({"£", "p", "k", "free", "cost", "vat"})
_TIME = words(
    "minute hour day week fortnight month term halfterm daily weekly fortnightly monthly termly halftermly yearly pd "
    "pw morning mornings pm once twice thrice block biweekly"
) | set(WEEKDAYS.values())
_PEOPLE = frozenset({"adult", "pupil", "group", "pair", "individual", "class", ":"})


def read(text: str) -> Reading:
    """Read a duration, a ratio or a cost, whichever fits; a number alone is read with a query. Never raises."""
    tokens = tokenise(text)
    if len(tokens) == 1 and tokens[0].term == NUMBER:
        return _number_alone(text, tokens[0])
    readings = {"duration": read_duration(text), "ratio": read_ratio(text), "cost": read_cost(text)}
    likeliest = _likeliest({token.term for token in tokens})
    if likeliest and readings[likeliest].understood:
        return readings[likeliest]
    # Without a word that tells, numbers are hours or pupils before they are pounds.
    best = min(readings, key=lambda kind: (not readings[kind].understood, kind != likeliest))
    return readings[best]


def _likeliest(terms: set[str]) -> str:
    """The kind of cell that its words belong to."""
    if terms & _MONEY:
        return "cost"
    if terms & _TIME or terms & VAGUE:
        return "duration"
    return "ratio" if terms & _PEOPLE else ""


def _number_alone(text: str, token: Token) -> Reading:
    value = token.value
    is_group = "/" in token.text or (value is not None and value.denominator == 1 and 0 < value <= LARGEST_GROUP)
    reading = read_ratio(text) if is_group else read_cost(text)
    if not reading.understood:
        return reading
    meant = "pupils" if is_group else "pounds"
    question = f"A number alone was read as {meant}: write its unit."
    return replace(reading, problem=" ".join(filter(None, (question, reading.problem))))
