"""Reads what schools type in the cells of a provision map, and says how each part was read.

Three kinds of cell: how long and how often (`read_duration`), staff to pupils (`read_ratio`), and cost (`read_cost`).
A cell is cut into tokens (tokens.py) and stepped through by a small parser for its kind; numbers are exact. What is
doubtful is read with a query; what contradicts itself, or is no number, is not understood, and the problem says what
to write instead.
"""

from provision_costing.notation.cost import read_cost
from provision_costing.notation.duration import read_duration
from provision_costing.notation.ratio import read_ratio
from provision_costing.notation.reading import Certainty, Reading, as_json
from provision_costing.notation.whichever import read
from provision_costing.notation.writing import write_duration, write_ratio

__all__ = [
    "Certainty",
    "Reading",
    "as_json",
    "read",
    "read_cost",
    "read_duration",
    "read_ratio",
    "write_duration",
    "write_ratio",
]
