"""Numbers of one kind of fact as a column of whole numbers, exact and of known width."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import cast

import polars as pl

from leitai.points import LONGEST, MAX_DIGITS, decimal_text

NARROW = 2**63 - 1
_NUMBER = r"^[+-]?[0-9]+(\.[0-9]+)?$"
_POWERS = pl.Series([10**places for places in range(MAX_DIGITS + 1)], dtype=pl.Int128)


@dataclass(frozen=True, eq=False)
class Numbers:
    """Whole numbers of 10^-decimals, one a unit in the round's order; null where there is none.

    `values` is Int64 where all of them fit, else Int128.
    """

    values: pl.Series
    decimals: int

    @cached_property
    def low(self) -> int:
        """The least value, 0 where there is none."""
        return ends(self.values)[0]

    @cached_property
    def high(self) -> int:
        """The largest value, 0 where there is none."""
        return ends(self.values)[1]

    def text(self, index: int) -> str:
        """The number as text without noughts at the end, "" where there is none."""
        value = self.values[index]
        if value is None:
            return ""
        text = decimal_text(value, self.decimals)
        return text.rstrip("0").rstrip(".") if self.decimals else text


def ends(values: pl.Series) -> tuple[int, int]:
    """The least and the largest of whole numbers, 0 and 0 where there are none."""
    low, high = values.min(), values.max()
    return cast("int | None", low) or 0, cast("int | None", high) or 0


def filled(value: object, n: int, dtype: pl.DataType | type[pl.DataType]) -> pl.Series:
    """The same value n times."""
    return pl.Series([value], dtype=dtype).new_from_index(0, n)


def read(texts: pl.Series) -> pl.DataFrame:
    """What texts state: `ok` (a number that `exact` reads), its `digits` and `places`.

    All are null where there is no text; `digits` and `places` mean nothing where `ok` is false.
    """
    text = pl.col("text")
    bare = text.str.strip_chars_start("+-").str.replace(".", "", literal=True)
    length, point = text.str.len_bytes(), text.str.find(".", literal=True)
    places = pl.when(point.is_null()).then(0).otherwise(length.cast(pl.Int64) - point - 1)
    short = (length <= LONGEST) & (bare.str.strip_chars_start("0").str.len_bytes() <= MAX_DIGITS)
    digits = text.str.replace(".", "", literal=True).str.strip_prefix("+")
    return (
        texts.alias("text")
        .to_frame()
        .select(
            ok=text.str.contains(_NUMBER) & short & (places <= MAX_DIGITS),
            digits=digits.cast(pl.Int64, strict=False),
            places=pl.when(text.is_not_null()).then(places),
        )
    )


def lined_up(found: pl.DataFrame, columns: int, n: int) -> dict[int, Numbers]:
    """Columns of n units, by number, from rows of `column`, `unit`, `digits` and `places`."""
    most = dict(found.group_by("column").agg(pl.col("places").max()).iter_rows())
    decimals = pl.Series([most.get(column, 0) for column in range(columns)], dtype=pl.Int64)
    at, exact = found["column"] * n + found["unit"], found["digits"]
    short = decimals.gather(found["column"]) - found["places"]
    if short.max():
        exact = exact.cast(pl.Int128) * _POWERS.gather(short)
    every = filled(None, columns * n, exact.dtype).scatter(at, exact)
    return {column: narrowed(every.slice(column * n, n), places) for column, places in most.items()}


def narrowed(values: pl.Series, decimals: int) -> Numbers:
    """The same numbers in 64 bits where they fit."""
    made = Numbers(values, decimals)
    if values.dtype == pl.Int64 or max(-made.low, made.high) > NARROW:
        return made
    return Numbers(values.cast(pl.Int64), decimals)
