"""Places: competition ranking from the top and from the bottom, ties kept (rules §8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

import polars as pl

Value = int | Fraction | None


def competition(scores: pl.Series, groups: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Place (1 + strictly better) and bottom place (1 + strictly worse) inside each group.

    Units whose score is null have neither and are not counted.
    """
    frame = pl.DataFrame({"score": scores, "group": groups})
    rank = pl.col("score").rank
    made = frame.select(
        rank("min", descending=True).over("group").cast(pl.Int64).alias("place"),
        rank("min", descending=False).over("group").cast(pl.Int64).alias("bottom"),
    )
    return made["place"], made["bottom"]


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
