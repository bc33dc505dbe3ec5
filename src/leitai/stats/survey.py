"""Surveys 满意度: answers are weighted to the frame and tallied into one exact score (rules §7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from leitai.points import rounded
from leitai.scheme.readers import count, number, one_of, or_none, share_of_one, text_of
from leitai.scheme.settings import list_of, map_of, setting
from leitai.stats.tally import Tally

MILLION = 10**6
_SCORES = {"非常满意": 100, "满意": 80, "基本满意": 60, "不满意": 30, "非常不满意": 0}
Cell = tuple[str, str]
Ratio = tuple[int, int]  # a fraction that nobody has reduced


@dataclass(frozen=True)
class Survey:
    """What answers are worth, how channels weigh, and what happens with few answers."""

    scores: Mapping[str, Fraction] = setting(
        map_of(number), {answer: Fraction(score) for answer, score in _SCORES.items()}
    )
    dont_know: tuple[str, ...] = setting(list_of(text_of), ("不了解",))
    channels: Mapping[str, Fraction] | None = setting(or_none(map_of(share_of_one)), None)
    hide_below: int = setting(count, "10")
    score_from: int = setting(count, "30")
    fallback: str = setting(one_of("exempt", "group_mean", "last_round"), "exempt")


@dataclass(frozen=True)
class Answers:
    """So many equal answers about one unit from one stratum and channel ("" where not told)."""

    unit: str
    stratum: str
    channel: str
    answer: str
    count: int


def weights(frame: Mapping[str, int], p: Survey) -> dict[Cell, int]:
    """Cell weights in millionths, each rounded once, half up (step 2)."""
    sizes = frame or {"": 1}
    whole = sum(sizes.values())
    shares = {"": Fraction(1)} if p.channels is None else p.channels
    return {
        (stratum, channel): rounded(Fraction(size, whole) * share * MILLION, "half_up")
        for stratum, size in sizes.items()
        for channel, share in shares.items()
    }


def tally(answers: Sequence[Answers], frame: Mapping[str, int], p: Survey) -> list[Tally]:
    """One tally a unit (step 3), with the variance of its score (step 4)."""
    cell_weights = weights(frame, p)
    by_unit: dict[str, dict[Cell, list[tuple[Fraction, int]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for one in answers:
        cells = by_unit[one.unit]
        if one.answer in p.scores and one.count:
            cell = (one.stratum if frame else "", one.channel if p.channels else "")
            cells[cell].append((p.scores[one.answer], one.count))
    return [_tally(unit, cells, cell_weights) for unit, cells in sorted(by_unit.items())]


def _tally(
    unit: str, cells: Mapping[Cell, Sequence[tuple[Fraction, int]]], weight: Mapping[Cell, int]
) -> Tally:
    found = {cell: _Cell.of(scored) for cell, scored in cells.items()}
    n = sum(cell.n for cell in found.values())
    if not n:
        return Tally(unit, "", 0, None)
    used = {cell: weight[cell] for cell in found}
    if not any(used.values()):
        used = {cell: one.n for cell, one in found.items()}
    whole = sum(used.values())
    mean = _weighted(((used[cell], one.mean) for cell, one in found.items()), whole)
    empty = sum(1 for cell, share in weight.items() if share and cell not in found)
    return Tally(unit, "", n, mean, variance=_variance(found, used, whole), empty_cells=empty)


def _variance(found: Mapping[Cell, _Cell], used: Mapping[Cell, int], whole: int) -> Fraction | None:
    """Of the weighted mean; None where a cell has a single answer."""
    if any(one.square is None for one in found.values()):
        return None
    squares = ((used[cell] ** 2, one.square) for cell, one in found.items())
    return _weighted(((share, square) for share, square in squares if square), whole**2)


def _weighted(parts: Iterable[tuple[int, Ratio]], whole: int) -> Fraction:
    """The sum of weight × ratio, divided by the whole and reduced once."""
    listed = list(parts)
    below = lcm(*(bottom for _, (_, bottom) in listed))
    total = sum(weight * top * (below // bottom) for weight, (top, bottom) in listed)
    return Fraction(total, below * whole)


@dataclass(frozen=True)
class _Cell:
    """n, mean and the mean's sample variance of one cell's scored answers."""

    n: int
    mean: Ratio
    square: Ratio | None

    @staticmethod
    def of(scored: Sequence[tuple[Fraction, int]]) -> _Cell:
        n, one = sum(times for _, times in scored), lcm(*(v.denominator for v, _ in scored))
        whole = [(value.numerator * (one // value.denominator), times) for value, times in scored]
        total = sum(value * times for value, times in whole)
        if n < 2:
            return _Cell(n, (total, n * one), None)
        squares = n * sum(value**2 * times for value, times in whole) - total**2
        return _Cell(n, (total, n * one), (squares, n * n * (n - 1) * one**2))
