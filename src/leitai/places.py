"""Places: competition ranking from the top and from the bottom, ties kept (rules §8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from leitai.facts.layout import Layout
from leitai.facts.numbers import NARROW, ends, filled

Value = int | Fraction | None


@dataclass(frozen=True, eq=False)
class Places:
    """Places from the top and from the bottom, a column each; null for who has none."""

    top: pl.Series
    bottom: pl.Series

    def having(self, layout: Layout, places: Mapping[str, tuple[int, int]]) -> Places:
        """The same with the places of some units replaced."""
        at = [layout.index[unit] for unit in places]
        tops, bottoms = ([pair[side] for pair in places.values()] for side in (0, 1))
        top, bottom = self.top.clone().scatter(at, tops), self.bottom.clone().scatter(at, bottoms)
        return Places(top, bottom)


def competition(scores: pl.Series, groups: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Place (1 + strictly better) and bottom place (1 + strictly worse) inside each group.

    `groups` are numbers from 0. Units whose score is null have neither and are not counted.
    """
    if not scores.has_nulls():
        return _competition(scores, groups)
    here = scores.is_not_null().arg_true()
    nowhere = filled(None, len(scores), pl.Int64)
    made = _competition(scores.gather(here), groups.gather(here))
    top, bottom = (nowhere.clone().scatter(here, places) for places in made)
    return top, bottom


def _competition(scores: pl.Series, groups: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Ranks among all units by group and then score, counted from where each group begins."""
    if scores.is_empty():
        return scores, scores
    low, high = ends(scores)
    width, n = high - low + 1, ends(groups)[1] + 1
    frame = pl.DataFrame({"score": scores, "group": groups.cast(pl.Int64)})
    key = (pl.col("group") * width + (high - pl.col("score"))).cast(pl.Int64)
    if n * width > NARROW:
        key = pl.struct("group", pl.col("score") * -1)
    ranked = frame.select(
        "group", first=key.rank("min").cast(pl.Int64), last=key.rank("max").cast(pl.Int64)
    )
    mine = ranked["group"]
    size = sizes(mine, n)
    before, count = (size.cum_sum() - size).gather(mine), size.gather(mine)
    return ranked["first"] - before, count - (ranked["last"] - before) + 1


def sizes(groups: pl.Series, n: int) -> pl.Series:
    """How often each of the numbers under n occurs."""
    counts = groups.alias("group").value_counts()
    none = filled(0, n, pl.Int64)
    return none.scatter(counts["group"], counts["count"].cast(pl.Int64))


def broken(
    units: Sequence[str],
    score: Mapping[str, int],
    breakers: Sequence[Callable[[str], Value]],
) -> list[list[str]]:
    """Sets of units still tied, best first, after each breaker in order (larger is better).

    A breaker that lacks a value (None) for any unit of a tie is skipped for that tie.
    """
    ties = _split(list(units), lambda unit: score[unit])
    for breaker in breakers:
        ties = [part for tie in ties for part in _broken_by(tie, breaker)]
    return ties


def _broken_by(tie: list[str], breaker: Callable[[str], Value]) -> list[list[str]]:
    if len(tie) == 1 or any(breaker(unit) is None for unit in tie):
        return [tie]
    return _split(tie, breaker)


def _split(units: list[str], value: Callable[[str], Value]) -> list[list[str]]:
    """Sets of equal value, largest first, each in the order given."""
    sets: dict[Value, list[str]] = {}
    for unit in units:
        sets.setdefault(value(unit), []).append(unit)
    return [sets[key] for key in sorted((k for k in sets if k is not None), reverse=True)]


def places_of(ties: Sequence[Sequence[str]]) -> dict[str, tuple[int, int]]:
    """Unit → (place, bottom place) when the tied sets stand in this order."""
    count = sum(len(tie) for tie in ties)
    found: dict[str, tuple[int, int]] = {}
    before = 0
    for tie in ties:
        for unit in tie:
            found[unit] = before + 1, count - before - len(tie) + 1
        before += len(tie)
    return found
