"""Ballots: the marks of a panel as numbers, rater by rater, for diagnosis only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from leitai.bind import Bound
from leitai.board import Board
from leitai.facts.rows import Row
from leitai.intake.panels import NO_BASIS
from leitai.points import exact
from leitai.stats.panel import Mark, Panel


@dataclass(frozen=True)
class Ballots:
    """All marks for one panel indicator; a mark without value is no basis or recusal."""

    bound: Bound
    marks: tuple[Mark, ...]

    @property
    def panel(self) -> Panel:
        """The panel's settings."""
        settings: Panel = self.bound.settings
        return settings

    @property
    def width(self) -> Fraction:
        """How wide the scale of marks is."""
        return self.panel.highest - self.panel.lowest

    def by_rater(self) -> dict[tuple[str, str], dict[str, Fraction]]:
        """(Rater group, rater) → unit → mark, in the order in which they were read."""
        found: dict[tuple[str, str], dict[str, Fraction]] = defaultdict(dict)
        for mark in self.marks:
            if mark.value is not None:
                found[mark.group, mark.rater][mark.unit] = mark.value
        return dict(found)


def ballots(board: Board) -> list[Ballots]:
    """The ballots of every panel that has some; tallies entered as such have none."""
    rows: Mapping[str, list[Row]] = defaultdict(list)
    for row in board.round.rows("ballots"):
        rows[row["indicator"]].append(row)
    return [
        Ballots(bound, tuple(_mark(row, bound.settings) for row in rows[bound.id]))
        for bound in board.bindings.values()
        if bound.id in rows
    ]


def _mark(row: Row, p: Panel) -> Mark:
    text = row["mark"]
    value = None
    if text not in NO_BASIS:
        value = p.anchors[text] if text in p.anchors else exact(text)
    return Mark(row["rater"], row["rater_group"], row["unit"], value)
