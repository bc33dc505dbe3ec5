"""How a unit came from full marks to its total: one step an indicator, in line units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leitai.board import Board


@dataclass(frozen=True)
class Step:
    """What one indicator, or what closes a sheet, did to the sum; `full` are its full marks.

    kind: loss, gain, kept (nothing changed), unearned (an award), credit (exempt), bonus, scale,
    round. `item` and `indicator` are "" for the last three.
    """

    kind: str
    item: str
    indicator: str
    full: int
    units: int


@dataclass(frozen=True)
class Fall:
    """From the sheet's full marks by steps to the total, all in line units."""

    full: int
    steps: tuple[Step, ...]

    @property
    def total(self) -> int:
        """Full marks and all steps."""
        return self.full + sum(step.units for step in self.steps)

    @property
    def levels(self) -> tuple[int, ...]:
        """The sum before the first step and after each."""
        found = [self.full]
        for step in self.steps:
            found.append(found[-1] + step.units)
        return tuple(found)


def fall(board: Board, unit: str) -> Fall:
    """A unit's way from full marks to its total; indicators item by item."""
    scheme = board.round.scheme
    sheet = scheme.sheet_of(unit, board.round.units[unit].series)
    order = list(scheme.items)
    names = sorted(sheet.full, key=lambda name: order.index(scheme.indicators[name].item))
    steps = [_step(board, unit, name, sheet.full[name]) for name in names]
    return Fall(sheet.total, (*steps, *_closing(board, unit)))


def _step(board: Board, unit: str, indicator: str, full: int) -> Step:
    units = (board.points_of(unit, indicator) or 0) - full
    item = board.round.scheme.indicators[indicator].item
    return Step(_kind(board, unit, indicator, units), item, indicator, full, units)


def _kind(board: Board, unit: str, indicator: str, units: int) -> str:
    if (unit, indicator) in board.points.credits:
        return "credit"
    if units == 0:
        return "kept"
    if units > 0:
        return "gain"
    return "unearned" if board.bindings[indicator].measure.kind == "award" else "loss"


def _closing(board: Board, unit: str) -> Iterator[Step]:
    """The common scale, the bonus, the rounding of the total, in the order they are applied."""
    lines = [line for line in board.by_unit[unit] if not line.item]
    for kind in ("scale", "bonus", "round"):
        mine = [one for one in lines if one.kind == kind or (kind == "bonus" and one.indicator)]
        units = sum(line.units for line in mine)
        if units:
            yield Step(kind, "", "", 0, units)
