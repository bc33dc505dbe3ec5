"""Ranges of places that survey margins allow: the best and the worst place of every unit."""

from __future__ import annotations

from collections.abc import Sequence

from leitai.board import Board
from leitai.documents.pictures.ranges import PlaceRange, Ranged
from leitai.explain.certainty import survey_certainties


def survey_ranges(board: Board, groups: Sequence[str]) -> list[Ranged]:
    """One picture part for each group and survey indicator with margins."""
    names = board.round.scheme.group_names()
    found: list[Ranged] = []
    for group in groups:
        for bound in board.bindings.values():
            certain = survey_certainties(board, bound, group)
            scores = {unit: board.taken.scores[unit, bound.id] for unit in certain}
            ranges = [
                PlaceRange(
                    unit, one.best, 1 + sum(s > scores[unit] for s in scores.values()), one.worst
                )
                for unit, one in certain.items()
                if one.best is not None and one.worst is not None
            ]
            if ranges:
                found.append(Ranged(f"{names[group]} · {bound.indicator.name}", ranges))
    return found
