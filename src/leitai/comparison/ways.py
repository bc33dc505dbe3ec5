"""Ways to round a sum: each part before adding, the sum only, or the board's figure once more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cache, partial
from itertools import islice
from typing import NamedTuple

from leitai.board import Board
from leitai.comparison.figures import board_value
from leitai.comparison.own import Cause, Figure, Key
from leitai.comparison.rounding import MOST_PLACES, RULES, at
from leitai.comparison.trials import points_on

EACH, LATER, TOTAL = "rounded-each", "rounded-later", "rounded-total"
_FEWEST = 5  # figures that show how a workbook rounds; fewer may agree by chance
_ENOUGH = 200


class Way(NamedTuple):
    """What is rounded (the code of the cause), to how many decimals, by which rule."""

    code: str
    places: int
    rule: str

    @property
    def cause(self) -> Cause:
        """The cause that it is of a difference."""
        return Cause(self.code, {"places": str(self.places), "rule": self.rule})


class Ways:
    """The ways to round the sums of a board, and the one a workbook goes.

    `fine` is the board with nine decimals, on which nothing is rounded yet.
    """

    def __init__(self, board: Board, fine: Board | None, figures: Mapping[Key, Figure]) -> None:
        self.board, self.fine, self.figures = board, fine, figures
        self.usual = cache(self._usual)
        self._parts = cache(partial(_parts, board, fine))

    def causes(self, key: Key, figure: Figure, places: Iterable[int]) -> Iterator[Cause]:
        """Every way with so many decimals that leads to a figure, the likeliest first."""
        for way in self._ways(key.kind, places):
            if self._value(way, key) == figure.value:
                yield way.cause

    def usual_cause(self, key: Key, figure: Figure) -> Iterator[Cause]:
        """The way the whole workbook goes, where it leads to the figure."""
        way = self.usual(key.kind)
        if way is not None and self._value(way, key) == figure.value:
            yield way.cause

    def _usual(self, kind: str) -> Way | None:
        """The way that leads to the most figures of a kind, and to more than half of them.

        None where that is the board's own way.
        """
        pairs = ((key, one) for key, one in self.figures.items() if key.kind == kind and one.text)
        told = list(islice(pairs, _ENOUGH))
        counts = {
            way: sum(self._value(way, key) == one.value for key, one in told)
            for way in self._ways(kind, range(MOST_PLACES, -1, -1))
        }
        same = sum(board_value(self.board, key) == one.value for key, one in told)
        best = max(counts, key=lambda way: counts[way])
        enough = counts[best] > same and counts[best] >= _FEWEST and counts[best] * 2 > len(told)
        return best if enough else None

    def _ways(self, kind: str, places: Iterable[int]) -> Iterator[Way]:
        """The scheme's own rule first; rounded once more only to fewer decimals."""
        scheme = self.board.round.scheme
        own = scheme.total_places if kind == "total" else scheme.points.line_places
        rules = sorted(RULES, key=lambda name: name != scheme.points.rounding)
        for decimals in places:
            for rule in rules:
                codes = (TOTAL, EACH, LATER) if decimals < own else (LATER, EACH)
                yield from (Way(code, decimals, rule) for code in codes)

    def _value(self, way: Way, key: Key) -> Fraction | None:
        """The sum rounded that way; None where there is none."""
        mine, parts = board_value(self.board, key), self._parts(key)
        if mine is None or not parts:
            return None
        if way.code == TOTAL:
            return at(mine, way.places, way.rule)
        if way.code == LATER:
            return at(sum(parts, Fraction(0)), way.places, way.rule)
        return sum((at(part, way.places, way.rule) for part in parts), Fraction(0))


def _parts(board: Board, fine: Board | None, key: Key) -> list[Fraction]:
    """What a sum is of, not yet rounded: its indicators, and the rest (bonus, scale) as one."""
    whole = board_value(fine, key) if fine else None
    if whole is None:
        return []
    points = [points_on(fine, key.unit, one) or Fraction(0) for one in _indicators(board, key)]
    return [*points, whole - sum(points)]


def _indicators(board: Board, key: Key) -> list[str]:
    """The indicators that enter a sum; a bonus has none."""
    scheme = board.round.scheme
    sheet = scheme.sheet_of(key.unit, board.round.units[key.unit].series)
    items = {one: scheme.indicators[one].item for one in sheet.full}
    return [one for one, item in items.items() if key.kind == "total" or item == key.id]
