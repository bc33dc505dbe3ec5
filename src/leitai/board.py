"""The board: a round's complete result, immutable (rules §8 to §11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from leitai.adjustments.verdicts import Step
from leitai.bind import Bound
from leitai.facts.round import Round
from leitai.intake.model import Intake
from leitai.ledger import Line
from leitai.problems import Problem
from leitai.scoring.points import Points, lines
from leitai.year import Outcomes


@dataclass(frozen=True)
class ItemScore:
    """A unit's score in one item; without places where it is not comparable or not ranked."""

    units: int
    place: int | None
    bottom: int | None


@dataclass(frozen=True)
class Result:
    """One unit's line on the board. `exact` in line units, `total` in 10^-total_places.

    `fall` is what was ordered by demotion ("" for none, a number, or "last").
    """

    unit: str
    group: str
    items: Mapping[str, ItemScore]
    bonus: int
    exact: int
    total: int
    base_place: int | None
    base_bottom: int | None
    place: int | None
    bottom: int | None
    grade: str | None
    fall: str = ""


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
    adjusting: Sequence[Line] = field(repr=False)
    warnings: Sequence[Problem] = ()
    outcomes: Outcomes | None = None

    @cached_property
    def ledger(self) -> tuple[Line, ...]:
        """Every line of the round."""
        return (*lines(self.points, self.round, self.taken), *self.adjusting)

    @cached_property
    def by_unit(self) -> Mapping[str, Sequence[Line]]:
        """The lines of each unit."""
        found: dict[str, list[Line]] = {unit: [] for unit in self.round.units}
        for line in self.ledger:
            found[line.unit].append(line)
        return found

    def points_of(self, unit: str, indicator: str) -> int | None:
        """A unit's points for an indicator, None where it has none."""
        index = self.points.layout.units.index(unit)
        value: int | None = self.points.by_indicator[indicator][index]
        return value

    def members(self, group: str) -> list[Result]:
        """A group's results by place, ties in the round's order, unranked ones last."""
        mine = [one for one in self.results.values() if one.group == group]
        return sorted(mine, key=lambda one: (one.place is None, one.place or 0))
