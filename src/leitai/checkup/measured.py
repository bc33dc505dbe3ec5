"""What was measured: the points of one indicator in one comparison group, as a column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from leitai.board import Board

FEWEST = 3  # units; fewer say nothing of an indicator


@dataclass(frozen=True)
class Column:
    """The units of a group that an indicator measured, with points and full marks in line units."""

    indicator: str
    group: str
    units: tuple[str, ...]
    points: tuple[int, ...]
    fulls: tuple[int, ...]

    @property
    def shares(self) -> tuple[Fraction, ...]:
        """Points as shares of full marks; points themselves where full marks are 0."""
        pairs = zip(self.points, self.fulls, strict=True)
        return tuple(Fraction(points, full or 1) for points, full in pairs)

    @property
    def flat(self) -> bool:
        """Whether everybody earned the same."""
        return len(set(self.shares)) == 1

    @property
    def at_full(self) -> int:
        """How many earned full marks or more; nobody does where full marks are 0."""
        pairs = zip(self.points, self.fulls, strict=True)
        return sum(full > 0 and points >= full for points, full in pairs)


def columns(board: Board) -> list[Column]:
    """Every indicator in every group with enough measured units; exempt ones are left out."""
    return [
        one
        for group in board.round.scheme.group_names()
        for one in _of_group(board, group)
        if len(one.units) >= FEWEST
    ]


def _of_group(board: Board, group: str) -> Iterator[Column]:
    scheme = board.round.scheme
    sheets = {u.id: scheme.sheet_of(u.id, u.series).full for u in board.round.in_group(group)}
    for indicator in scheme.indicators:
        units = [
            unit
            for unit, full in sheets.items()
            if indicator in full and (unit, indicator) not in board.taken.exempt
        ]
        points = tuple(board.points_of(unit, indicator) or 0 for unit in units)
        fulls = tuple(sheets[unit][indicator] for unit in units)
        yield Column(indicator, group, tuple(units), points, fulls)
