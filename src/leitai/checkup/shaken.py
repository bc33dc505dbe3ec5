"""Shaken weights: the places and grades a group's units would have, draw by draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import polars as pl

from leitai.board import Board, Result
from leitai.grades import quota
from leitai.scheme.model import Grades, Level

_LIKELY = (5, 95)  # percent: the 50th and the 950th of 1000 places, smallest first


@dataclass(frozen=True)
class Steadiness:
    """How a unit stands under shaken weights; `kept` and `flips` count draws.

    `place` and `grade` are those of the scheme's own weights before tie-breakers, demotions and
    verdicts; nine draws of ten put the unit between `high` and `low`; `other` is the grade that
    it has most often instead, "" for none.
    """

    unit: str
    place: int
    high: int
    low: int
    best: int
    worst: int
    kept: int
    grade: str
    flips: int
    other: str

    @property
    def width(self) -> int:
        """Places between the ends of the likely range."""
        return self.low - self.high


def steadiness(board: Board, group: str, factors: pl.DataFrame) -> list[Steadiness]:
    """Every ranked unit of a group, best place first."""
    ranked = [one for one in board.members(group) if one.base_place is not None]
    if len(ranked) < 3:
        return []
    placed = _graded(_placed(_totals(board, ranked, factors)), board.round.scheme.grades)
    own = placed.filter(pl.col("draw") == 0).select(
        "unit", pl.col("place").alias("own place"), pl.col("grade").alias("own grade")
    )
    shaken = placed.filter(pl.col("draw") > 0).join(own, on="unit")
    summed = shaken.group_by("unit").agg(*_summary(factors.height - 1)).sort("place", "unit")
    return [_steady(ranked, row) for row in summed.iter_rows(named=True)]


def _steady(ranked: Sequence[Result], row: Mapping[str, Any]) -> Steadiness:
    named = {"unit": ranked[row["unit"]].unit, "other": row["other"] or ""}
    return Steadiness(**{**row, **named})


def _summary(draws: int) -> list[pl.Expr]:
    """The figures of a unit, named as above."""
    place, grade = pl.col("place"), pl.col("grade")
    flipped = grade != pl.col("own grade")
    high, low = (place.sort().get(draws * end // 100 - 1) for end in _LIKELY)
    return [
        pl.col("own place").first().alias("place"),
        high.alias("high"),
        low.alias("low"),
        place.min().alias("best"),
        place.max().alias("worst"),
        (place == pl.col("own place")).sum().alias("kept"),
        pl.col("own grade").first().alias("grade"),
        flipped.sum().alias("flips"),
        grade.filter(flipped).sort().mode(maintain_order=True).first().alias("other"),
    ]


def _totals(board: Board, ranked: Sequence[Result], factors: pl.DataFrame) -> pl.DataFrame:
    """Per unit and draw: a whole number that orders the totals of the draw, and levels met.

    A total is Σ points × factor, brought back to the common total by Σ full × factor, plus the
    bonus. These ratios are compared exactly: two that differ do so by at least 1 ÷ the product of
    their denominators, so times the square of the largest one their whole parts differ too.
    """
    earned, whole = _sums(board, ranked, factors)
    scheme, first = board.round.scheme, board.round.units[ranked[0].unit]
    common = scheme.common_total(first.series, first.id) * scheme.scale.one
    top, bottom = common.numerator, common.denominator
    draws = factors.height
    bonus = [one.bonus * bottom for one in ranked for _ in range(draws)]
    values = [e * top + b * w for e, b, w in zip(earned, bonus, whole, strict=True)]
    fine = max(whole) ** 2
    keys = [value * fine // w for value, w in zip(values, whole, strict=True)]
    order = {key: number for number, key in enumerate(sorted(set(keys)))}
    made = {
        "unit": [number for number in range(len(ranked)) for _ in range(draws)],
        "draw": list(range(draws)) * len(ranked),
        "order": [order[key] for key in keys],
    }
    for level in scheme.grades.levels:
        if level.at_least is not None:
            needed = level.at_least.of(Fraction(common, scheme.scale.one)) * scheme.scale.one
            n, d = needed.numerator, needed.denominator
            pairs = zip(values, whole, strict=True)
            made[f"meets {level.id}"] = [v * d >= n * bottom * w for v, w in pairs]
    return pl.DataFrame(made)


def _sums(
    board: Board, ranked: Sequence[Result], factors: pl.DataFrame
) -> tuple[list[int], list[int]]:
    """Σ points × factor and Σ full × factor, unit by unit and draw by draw."""
    scheme = board.round.scheme
    sheets = [scheme.sheet_of(one.unit, board.round.units[one.unit].series) for one in ranked]
    names = [name for name in factors.columns if any(name in sheet.full for sheet in sheets)]
    earned: list[int] = []
    whole: list[int] = []
    weights = factors.select(pl.col(names).cast(pl.Int128))
    for one, sheet in zip(ranked, sheets, strict=True):
        mine = [name for name in names if name in sheet.full]
        points = {name: board.points_of(one.unit, name) or 0 for name in mine}
        made = weights.select(
            earned=pl.sum_horizontal(pl.col(name) * points[name] for name in mine),
            whole=pl.sum_horizontal(pl.col(name) * sheet.full[name] for name in mine),
        )
        earned += made["earned"].to_list()
        whole += made["whole"].to_list()
    return earned, whole


def _placed(totals: pl.DataFrame) -> pl.DataFrame:
    """Places from the top and from the bottom in each draw, and how many share them."""
    rank = pl.col("order").rank
    return totals.with_columns(
        rank("min", descending=True).over("draw").cast(pl.Int64).alias("place"),
        rank("min").over("draw").cast(pl.Int64).alias("bottom"),
        pl.len().over("draw", "order").cast(pl.Int64).alias("tied"),
        pl.len().over("draw").cast(pl.Int64).alias("n"),
    )


def _graded(placed: pl.DataFrame, rule: Grades) -> pl.DataFrame:
    """The grade in each draw by quota and condition (rules §10), before bars and verdicts."""
    first, *between, last = rule.levels
    n = placed["n"][0]
    top = _inside("place", quota(first.top, n, rule.count), rule)
    bottom = _inside("bottom", quota(last.bottom, n, rule.count), rule)
    asks = first.top is not None or first.at_least is not None  # who asks nothing takes nobody
    wins = top if first.top is not None else pl.lit(value=asks)
    grade = pl.lit(last.id)
    for level in reversed(between):
        grade = pl.when(_meets(level)).then(pl.lit(level.id)).otherwise(grade)
    grade = pl.when(bottom).then(pl.lit(last.id)).otherwise(grade)
    grade = pl.when(wins & _meets(first)).then(pl.lit(first.id)).otherwise(grade)
    return placed.with_columns(grade.alias("grade"))


def _inside(side: str, count: int, rule: Grades) -> pl.Expr:
    """Whether a unit is inside a quota, its whole tie too where ties are excluded."""
    extra = pl.col("tied") - 1 if rule.tie == "exclude" else pl.lit(0)
    return pl.col(side) + extra <= count


def _meets(level: Level) -> pl.Expr:
    return pl.lit(value=True) if level.at_least is None else pl.col(f"meets {level.id}")
