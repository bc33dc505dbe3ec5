"""One measure worked out for all units: points, evidence, special cases, limits that acted."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from leitai.bind import Bound, Part
from leitai.columns import Mask
from leitai.columns.fraction import FractionColumn, FractionMask
from leitai.facts.numbers import ends
from leitai.measures.kind import Score
from leitai.scoring.plan import Plan
from leitai.scoring.run import Run


@dataclass(frozen=True, eq=False)
class Worked(ABC):
    """One part worked out for all units; evidence and cases are looked up when asked for."""

    bound: Bound
    part: Part
    score: Score
    points: pl.Series

    @abstractmethod
    def evidence(self, index: int) -> dict[str, Fraction | None]:
        """The figures the sentence of the unit at `index` names."""

    @abstractmethod
    def case(self, index: int) -> str:
        """The special sentence that holds for it, "" for the ordinary one."""

    @abstractmethod
    def held(self, index: int) -> str:
        """Which limit acted on the unit's points: "floor", "cap" or ""."""

    def beyond(self, bound: int) -> list[int]:
        """The units whose points lie beyond a bound."""
        low, high = ends(self.points)
        if max(-low, high) <= bound:
            return []
        return (self.points.abs() > bound).arg_true().to_list()

    @abstractmethod
    def failing(self, number: int) -> list[int]:
        """The units that the score's check of this number finds."""


class WorkedFractions(Worked):
    """Worked out as lists of fractions."""

    def evidence(self, index: int) -> dict[str, Fraction | None]:
        return {name: listed(column)[index] for name, column in self.score.evidence.items()}

    def case(self, index: int) -> str:
        found = (name for name, mask in self.score.cases.items() if _yes(mask)[index])
        return next(found, "")

    def held(self, index: int) -> str:
        return next((name for name, mask in self.score.held.items() if _yes(mask)[index]), "")

    def failing(self, number: int) -> list[int]:
        return [index for index, value in enumerate(_yes(self.score.checks[number].mask)) if value]


def listed(column: object) -> list[Fraction | None]:
    assert isinstance(column, FractionColumn)
    return column.values


def _yes(mask: object) -> list[bool | None]:
    assert isinstance(mask, FractionMask)
    return mask.values


@dataclass(frozen=True, eq=False)
class WorkedColumns(Worked):
    """Worked out in columns; a run of the plan answers what explanations ask."""

    plan: Plan
    run: Run

    def evidence(self, index: int) -> dict[str, Fraction | None]:
        return {name: self._ratio(name, index) for name in self.score.evidence}

    def _ratio(self, name: str, index: int) -> Fraction | None:
        top = self.run.answer(f"{self.plan.name}?{name}/", index)
        bottom = self.run.answer(f"{self.plan.name}?/{name}", index)
        return None if top is None or not bottom else Fraction(top, bottom)

    def case(self, index: int) -> str:
        return self._first("=", self.score.cases, index)

    def held(self, index: int) -> str:
        return self._first("|", self.score.held, index)

    def _first(self, sign: str, masks: Mapping[str, Mask], index: int) -> str:
        found = (name for name in masks if self.run.answer(f"{self.plan.name}{sign}{name}", index))
        return next(found, "")

    def failing(self, number: int) -> list[int]:
        return self.run.failing(f"{self.plan.name}!{number}")
