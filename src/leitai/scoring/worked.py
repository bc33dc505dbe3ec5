"""One measure worked out for all units: points, evidence, special cases, limits that acted."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import polars as pl

from leitai.bind import Bound, Part
from leitai.columns import Mask
from leitai.columns.fraction import FractionColumn, FractionMask
from leitai.columns.integer import IntegerColumn, IntegerMask
from leitai.measures.kind import Score


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class WorkedColumns(Worked):
    """Worked out in a Polars frame, which is kept for evidence."""

    frame: pl.DataFrame
    checked: Mapping[int, list[int]]

    def evidence(self, index: int) -> dict[str, Fraction | None]:
        return {name: values[index] for name, values in self._evidence.items()}

    def case(self, index: int) -> str:
        return next((name for name, values in self._cases.items() if values[index]), "")

    def held(self, index: int) -> str:
        return next((name for name, values in self._held.items() if values[index]), "")

    @cached_property
    def _evidence(self) -> dict[str, list[Fraction | None]]:
        """All evidence of all units, made when somebody first asks."""
        return {name: _ratios(self.frame, one) for name, one in self.score.evidence.items()}

    @cached_property
    def _cases(self) -> dict[str, list[bool | None]]:
        return _answers(self.frame, self.score.cases)

    @cached_property
    def _held(self) -> dict[str, list[bool | None]]:
        return _answers(self.frame, self.score.held)

    def failing(self, number: int) -> list[int]:
        return self.checked[number]


def _ratios(frame: pl.DataFrame, column: object) -> list[Fraction | None]:
    assert isinstance(column, IntegerColumn)
    top, bottom = column.top.column.alias("top"), column.bottom.column.alias("bottom")
    made = frame.select("group", top, bottom).drop("group")  # beside it a constant is as long
    return [None if a is None or not b else Fraction(a, b) for a, b in made.iter_rows()]


def _answers(frame: pl.DataFrame, masks: Mapping[str, Mask]) -> dict[str, list[bool | None]]:
    """Each mask's answers, unit by unit."""
    found: dict[str, list[bool | None]] = {}
    for name, mask in masks.items():
        assert isinstance(mask, IntegerMask)
        found[name] = frame.select("group", mask.expr.alias("yes"))["yes"].to_list()
    return found
