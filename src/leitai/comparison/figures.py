"""The board's figures by the same keys as an office's own."""

from __future__ import annotations

from fractions import Fraction

from leitai.board import Board
from leitai.comparison.own import Key
from leitai.points import decimal_text


def board_value(board: Board, key: Key) -> Fraction | None:
    """A figure of the board that is a number; None where it has none."""
    result, scheme = board.results[key.unit], board.round.scheme
    if key.kind == "place":
        return None if result.place is None else Fraction(result.place)
    if key.kind == "total":
        return Fraction(result.total, 10**scheme.total_places)
    units: int | None = result.bonus
    if key.kind == "indicator":
        units = _points(board, key)
    elif key.kind == "item":
        units = result.items[key.id].units if key.id in result.items else None
    return None if units is None else Fraction(units, scheme.scale.one)


def _points(board: Board, key: Key) -> int | None:
    sheet = board.round.scheme.sheet_of(key.unit, board.round.units[key.unit].series)
    return board.points_of(key.unit, key.id) if sheet.full_of(key.id) is not None else None


def board_text(board: Board, key: Key) -> str:
    """The same as the board prints it; "" where it has none."""
    result, scheme = board.results[key.unit], board.round.scheme
    if key.kind == "grade":
        return result.grade or ""
    value = board_value(board, key)
    if value is None:
        return ""
    places = {"place": 0, "total": scheme.total_places}.get(key.kind, scheme.points.line_places)
    return decimal_text(int(value * 10**places), places)
