"""Draws: weights shaken by up to a tenth, the same ones every time; nothing here is chance."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

DRAWS = 1000
LOW, HIGH = 900, 1100  # thousandths of an indicator's weight
OWN = 1000  # the scheme's own weight
_MULTIPLIER, _STEP, _START = 6364136223846793005, 1442695040888963407, 20190331
_MASK = 2**64 - 1  # Knuth's MMIX generator: 64 bits, of which the upper half is good


def factors(indicators: Iterable[str]) -> pl.DataFrame:
    """A factor for each indicator in each draw; draw 0 leaves every weight as it is.

    Indicators are drawn for by id, so that their order in the scheme does not matter.
    """
    names = sorted(indicators)
    state = _START
    columns: dict[str, list[int]] = {name: [OWN] for name in names}
    for _ in range(DRAWS):
        for name in names:
            state = (state * _MULTIPLIER + _STEP) & _MASK
            columns[name].append(LOW + ((state >> 32) * (HIGH - LOW + 1) >> 32))
    return pl.DataFrame({"draw": range(DRAWS + 1), **columns})
