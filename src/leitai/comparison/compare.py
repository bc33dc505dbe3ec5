"""Compares an office's own workbook with the board: every difference, each with its cause."""

from __future__ import annotations

from leitai.board import Board
from leitai.comparison.figures import board_text, board_value
from leitai.comparison.of_places import cause_of_grade, cause_of_place
from leitai.comparison.of_points import cause_of_points
from leitai.comparison.of_sums import cause_of_sum
from leitai.comparison.own import KINDS, Cause, Difference, Figure, Key, Own
from leitai.comparison.trials import Trials
from leitai.comparison.ways import Ways


def compare(board: Board, own: Own) -> list[Difference]:
    """The differences in the order of the board: by unit, then indicators, items and the rest."""
    trials = Trials(board)
    ways = Ways(board, trials.fine, own.figures)
    units = {unit: number for number, unit in enumerate(board.results)}
    differing = [
        (key, figure) for key, figure in own.figures.items() if not _agrees(board, key, figure)
    ]
    differing.sort(key=lambda pair: (units[pair[0].unit], KINDS.index(pair[0].kind)))
    return [
        Difference(
            key, figure.text, board_text(board, key), _cause(board, trials, ways, own, key, figure),
            figure.where,
        )
        for key, figure in differing
    ]  # fmt: skip


def _agrees(board: Board, key: Key, figure: Figure) -> bool:
    if key.kind == "grade":
        return figure.text == (board.results[key.unit].grade or "")
    ours = board_value(board, key)
    return figure.value == ours or (key.kind == "bonus" and not figure.value and not ours)


def _cause(board: Board, trials: Trials, ways: Ways, own: Own, key: Key, figure: Figure) -> Cause:
    if not figure.text:
        return Cause("exempt-zero" if (key.unit, key.id) in board.taken.exempt else "blank")
    if key.kind == "grade":
        return cause_of_grade(board, trials, own.figures, key, figure)
    if board_value(board, key) is None:
        return Cause("not-on-board")
    if key.kind == "place":
        return cause_of_place(board, own.figures, key, figure)
    if key.kind == "indicator":
        return cause_of_points(board, trials, key, figure)
    return cause_of_sum(board, trials, ways, own.figures, key, figure)
