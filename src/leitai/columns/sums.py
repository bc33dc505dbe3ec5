"""Whole columns brought to another scale, with one rounding."""

from __future__ import annotations

from fractions import Fraction

import polars as pl

from leitai.columns.base import TooWide
from leitai.columns.integer import IntegerColumn
from leitai.columns.whole import Span, Whole
from leitai.facts.numbers import ends
from leitai.points import rounded

_BEYOND = 4 * 10**18  # what no ledger can hold stays recognisably so, in 64 bits


def times(values: pl.Series, ratio: Fraction, rounding: str) -> pl.Series:
    """Each value × ratio, rounded once; null stays null. Int64."""
    if ratio == 1:
        return values
    try:
        return _in_columns(values, ratio, rounding)
    except TooWide:
        exact = [None if one is None else rounded(one * ratio, rounding) for one in values]
        made = [one if one is None else max(-_BEYOND, min(one, _BEYOND)) for one in exact]
        return pl.Series(values.name, made, dtype=pl.Int64)


def _in_columns(values: pl.Series, ratio: Fraction, rounding: str) -> pl.Series:
    low, high = ends(values)
    column = Whole(pl.col("value"), Span(low, high), wide=False)
    scaled = IntegerColumn(column, Whole.constant(1)) * ratio
    assert isinstance(scaled, IntegerColumn)
    made = scaled.rounded(rounding)
    if made.span.size > _BEYOND:
        raise TooWide
    return values.alias("value").to_frame().select(made.column.cast(pl.Int64))["value"]
