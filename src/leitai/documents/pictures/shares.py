"""The cells of a heat map: points, and the share of full marks as a class, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from leitai.board import Board

BOUNDS = tuple(Fraction(n, 100) for n in (100, 90, 80, 60))  # lower ones, each inside its class
OVER = 0  # the class above full marks; then those of BOUNDS, then what is lower still
LOWEST = len(BOUNDS) + 1


@dataclass(frozen=True)
class Cell:
    """A unit's points and full marks in line units, and the class of their ratio.

    `level` is None where only the sign says something: where there are no full marks, and for an
    award not fully earned, which is no loss.
    `credited`: the points are an exempt unit's credit, or include one.
    """

    units: int
    full: int
    level: int | None
    credited: bool = False


def cell(units: int, full: int, *, credited: bool = False, award: bool = False) -> Cell:
    """A cell with its class."""
    signed = full == 0 or (award and units < full)
    return Cell(units, full, None if signed else class_of(Fraction(units, full)), credited)


def class_of(share: Fraction) -> int:
    """OVER above full marks, then one class a bound, the bound inside, LOWEST below all."""
    if share > 1:
        return OVER
    return next((1 + rank for rank, bound in enumerate(BOUNDS) if share >= bound), LOWEST)


def columns(board: Board, group: str, by: str) -> list[str]:
    """The items or indicators that any unit of a group is judged by, in the scheme's order."""
    scheme = board.round.scheme
    sheets = [scheme.sheet_of(unit.id, unit.series) for unit in board.round.in_group(group)]
    judged = {name for sheet in sheets for name in sheet.full}
    if by == "items":
        return [one for one in scheme.items if any(_item(board, name) == one for name in judged)]
    order = list(scheme.items)
    names = [name for name in scheme.indicators if name in judged]
    return sorted(names, key=lambda name: order.index(_item(board, name)))


def cells(board: Board, unit: str, names: Sequence[str], by: str) -> list[Cell | None]:
    """A unit's cells; None where its sheet lacks the item or indicator."""
    scheme = board.round.scheme
    sheet = scheme.sheet_of(unit, board.round.units[unit].series)
    found: list[Cell | None] = []
    for name in names:
        inside = [
            one for one in sheet.full if name == (_item(board, one) if by == "items" else one)
        ]
        points = [board.points_of(unit, one) or 0 for one in inside]
        credited = any((unit, one) in board.points.credits for one in inside)
        award = by == "indicators" and board.bindings[name].measure.kind == "award"
        full = sum(sheet.full[one] for one in inside)
        made = cell(sum(points), full, credited=credited, award=award and not credited)
        found.append(made if inside else None)
    return found


def _item(board: Board, indicator: str) -> str:
    return board.round.scheme.indicators[indicator].item
