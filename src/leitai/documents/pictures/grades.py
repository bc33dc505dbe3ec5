"""How grades look: told apart by colour, by lightness in print, and always by their text."""

from __future__ import annotations

from leitai.board import Board
from leitai.documents.pictures.frame import Key
from leitai.explain.words import say

BEST, LAST, NONE = "#0072B2", "#E69F00", "#FFFFFF"
_BETWEEN = ("#C9D3DB", "#8DBEDC", "#DADADA")  # light, and lighter than both ends
_HATCH = "///"


def look(board: Board, grade: str | None) -> tuple[str, str]:
    """The fill and the hatching of a grade; none at all is white."""
    levels = [level.id for level in board.round.scheme.grades.levels]
    if grade is None:
        return NONE, ""
    rank = levels.index(grade)
    if rank == 0:
        return BEST, ""
    if rank == len(levels) - 1:
        return LAST, _HATCH
    return _BETWEEN[(rank - 1) % len(_BETWEEN)], ""


def keys(board: Board, lang: str, *, ungraded: bool) -> list[Key]:
    """The legend of the grades."""
    levels = board.round.scheme.grades.levels
    made = [Key(level.name, *look(board, level.id)) for level in levels]
    return made + ([Key(say(lang, "standing.ungraded"), NONE)] if ungraded else [])
