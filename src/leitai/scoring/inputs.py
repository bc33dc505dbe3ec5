"""What the measure of a part sees: its numbers, lined up by unit, as fractions when need be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from leitai.bind import Bound, Part
from leitai.columns.fraction import FractionInputs
from leitai.facts.layout import Layout
from leitai.facts.numbers import Numbers, filled
from leitai.facts.round import Round
from leitai.intake.model import Intake


@dataclass(frozen=True, eq=False)
class Facts:
    """All an indicator's parts see: numbers by fact, scores, full marks by kind of unit."""

    bound: Bound
    numbers: Mapping[str, Numbers]
    scores: Sequence[Fraction | None]
    full: Sequence[int | None]

    @staticmethod
    def of(bound: Bound, round_: Round, taken: Intake) -> Facts:
        """Lined up in the layout's order."""
        layout = round_.layout
        names = [name for name in (*bound.needs, *bound.takes) if name != "score"]
        found = {name: taken.values.columns.get((bound.id, name)) for name in names}
        numbers = {name: one or _nothing(len(layout)) for name, one in found.items()}
        if "coefficient" in numbers:
            numbers["coefficient"] = _or_one(numbers["coefficient"])
        scores: Sequence[Fraction | None] = ()
        if "score" in bound.needs:
            scores = [taken.scores.get((unit, bound.id)) for unit in layout.units]
        return Facts(bound, numbers, scores, layout.full(round_.scheme, bound.id))

    def applies(self, needs: Sequence[str]) -> pl.Series:
        """Which units have every fact needed."""
        found = [
            pl.Series([score is not None for score in self.scores])
            if name == "score"
            else self.numbers[name].values.is_not_null()
            for name in needs
        ]
        here = found[0]
        for one in found[1:]:
            here = here & one
        return here

    def fractions(self, part: Part, layout: Layout, point: int) -> FractionInputs:
        """The inputs as lists of fractions, missing where a fact needed is."""
        applies = self.applies(part.measure.needs(part.settings)).to_list()
        facts: dict[str, Sequence[Fraction | None]] = {
            name: _fractions(one) for name, one in self.numbers.items()
        }
        facts["score"] = self.scores or [None] * len(layout)
        held = {
            name: [value if here else None for value, here in zip(values, applies, strict=True)]
            for name, values in facts.items()
        }
        full = [self._mark(part, self.full[kind]) for kind in layout.judged]
        return FractionInputs(
            held, full, layout.groups.to_list(), self.bound.indicator.higher, point
        )

    @staticmethod
    def _mark(part: Part, mark: int | None) -> Fraction | None:
        if mark is None:
            return None
        return Fraction(mark if part.full is None else part.full)


def _nothing(n: int) -> Numbers:
    return Numbers(filled(None, n, pl.Int64), 0)


def _or_one(given: Numbers) -> Numbers:
    """Coefficients, 1 where a unit has none."""
    return Numbers(given.values.fill_null(10**given.decimals), given.decimals)


def _fractions(given: Numbers) -> list[Fraction | None]:
    one = 10**given.decimals
    return [None if value is None else Fraction(value, one) for value in given.values.to_list()]
