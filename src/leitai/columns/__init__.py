"""Exact columns: one algebra in which measures are written, two ways to compute it.

`IntegerColumn` is a ratio of integer Polars columns with known bounds (fast); `FractionColumn` a
list of fractions (always possible). A measure is one function over `Exact`, so both give the same
digits; `TooWide` is how the first says that it cannot be sure of them.
"""

from leitai.columns.base import Exact, Inputs, Mask, Operand, Peers, TooWide

__all__ = ["Exact", "Inputs", "Mask", "Operand", "Peers", "TooWide"]
