"""Costs special educational needs provision in English schools, and explains every figure."""

__version__ = "0.1.0"
