"""The board: a round's complete result, immutable (rules §8 to §11)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from leitai.adjustments.verdicts import Step
from leitai.bind import Bound
from leitai.facts.round import Round
from leitai.intake.model import Intake
from leitai.ledger import Line
from leitai.problems import Problem
from leitai.results import ItemScore as ItemScore
from leitai.results import Result as Result
from leitai.scoring.lines import lines
from leitai.scoring.points import Points
from leitai.totals import Totals
from leitai.year import Outcomes

FEW = 10_000  # units whose lines are made together; of more, those of one unit


@dataclass(frozen=True)
class Board:
    """Everything a round came to; explanations and documents are read from it.

    `outcomes` are what a year came to, None for rounds whose scheme has no `year`.
    """

    round: Round
    bindings: Mapping[str, Bound]
    taken: Intake
    points: Points
    results: Mapping[str, Result]
    steps: Sequence[Step]
    bonus: Sequence[Line] = field(repr=False)
    sums: Totals = field(repr=False)
    warnings: Sequence[Problem] = ()
    outcomes: Outcomes | None = None

    @cached_property
    def ledger(self) -> tuple[Line, ...]:
        """Every line of the round."""
        return (*lines(self.points, self.round, self.taken), *self.bonus, *self.sums.lines())

    @cached_property
    def by_unit(self) -> Mapping[str, Sequence[Line]]:
        """The lines of each unit."""
        return _LinesOfUnits(self)

    def points_of(self, unit: str, indicator: str) -> int | None:
        """A unit's points for an indicator, None where it has none."""
        value: int | None = self.points.by_indicator[indicator][self.round.layout.index[unit]]
        return value

    def members(self, group: str) -> list[Result]:
        """A group's results by place, ties in the round's order, unranked ones last."""
        mine = [self.results[unit.id] for unit in self.round.in_group(group)]
        return sorted(mine, key=lambda one: (one.place is None, one.place or 0))


@dataclass(frozen=True, eq=False)
class _LinesOfUnits(Mapping[str, Sequence[Line]]):
    """A board's lines by unit; of a large board only those asked for are made."""

    board: Board

    def __getitem__(self, unit: str) -> Sequence[Line]:
        board = self.board
        if len(board.round.units) <= FEW:
            return self._all[unit]
        at = [board.round.layout.index[unit]]
        own = lines(board.points, board.round, board.taken, at)
        bonus = [line for line in board.bonus if line.unit == unit]
        return [*own, *bonus, *board.sums.lines(at)]

    def __iter__(self) -> Iterator[str]:
        return iter(self.board.round.units)

    def __len__(self) -> int:
        return len(self.board.round.units)

    @cached_property
    def _all(self) -> Mapping[str, Sequence[Line]]:
        found: dict[str, list[Line]] = {unit: [] for unit in self}
        for line in self.board.ledger:
            found[line.unit].append(line)
        return found
