"""Likely ranges of places: what shaken weights leave to every unit (docs/checkup.md)."""

from __future__ import annotations

from collections.abc import Sequence

from leitai.board import Board
from leitai.checkup.draws import factors
from leitai.checkup.shaken import steadiness
from leitai.documents.pictures.ranges import PlaceRange, Ranged


def likely_places(board: Board, groups: Sequence[str]) -> list[Ranged]:
    """One picture part for each group that has at least three ranked units."""
    names, shaken = board.round.scheme.group_names(), factors(board.bindings)
    found = {group: steadiness(board, group, shaken) for group in groups}
    return [
        Ranged(names[group], [PlaceRange(s.unit, s.high, s.place, s.low) for s in steady])
        for group, steady in found.items()
        if steady
    ]
