"""Copies: columns of figures that agree wherever they say anything of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

ALIKE = 90  # percent of the telling units on which two columns agree
TELLING = 5  # units that must tell


@dataclass(frozen=True)
class Copy:
    """Two columns that agree on `same` of the `of` units on which either says something."""

    one: str
    other: str
    same: int
    of: int


def copies(columns: Mapping[str, Mapping[str, Fraction]]) -> list[Copy]:
    """Pairs of columns (name → unit → value) that are the same or nearly so.

    A unit tells where at least one of the two columns has another value there than its most
    frequent one: that two columns of nothing but tens agree says nothing.
    """
    frame = _frame(columns)
    both = frame.join(frame, on="unit").filter(pl.col("column") < pl.col("column_right"))
    telling = both.filter(~(pl.col("usual") & pl.col("usual_right")))
    pairs = (
        telling.group_by("column", "column_right")
        .agg((pl.col("value") == pl.col("value_right")).sum().alias("same"), pl.len().alias("of"))
        .filter(pl.col("of") >= TELLING, pl.col("same") * 100 >= pl.col("of") * ALIKE)
        .sort("column", "column_right")
    )
    order = list(columns)
    return [Copy(order[one], order[other], same, of) for one, other, same, of in pairs.iter_rows()]


def _frame(columns: Mapping[str, Mapping[str, Fraction]]) -> pl.DataFrame:
    """One row a column and unit; values as numbers that are equal where the values are."""
    numbers: dict[Fraction, int] = {}
    rows = []
    for number, column in enumerate(columns.values()):
        usual = _most_frequent(column)
        rows += [
            (number, unit, numbers.setdefault(value, len(numbers)), value == usual)
            for unit, value in column.items()
        ]
    schema = {"column": pl.Int64, "unit": pl.String, "value": pl.Int64, "usual": pl.Boolean}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _most_frequent(column: Mapping[str, Fraction]) -> Fraction | None:
    """The most frequent value, of several the largest; None without any."""
    counts = Counter(column.values())
    return max(counts, key=lambda value: (counts[value], value), default=None)
