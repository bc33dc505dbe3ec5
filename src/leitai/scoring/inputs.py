"""Facts of one indicator, lined up by unit, as integer columns or as fractions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import polars as pl

from leitai.bind import Bound, Part
from leitai.columns.fraction import FractionInputs
from leitai.columns.integer import IntegerColumn
from leitai.columns.peers import IntegerInputs, PeerColumns
from leitai.columns.whole import NARROW, Span, Steps, Whole
from leitai.facts.round import Round
from leitai.intake.model import Intake
from leitai.points import exact


@dataclass(frozen=True)
class Layout:
    """The order of units, their group numbers, and the size of the largest group."""

    units: tuple[str, ...]
    groups: tuple[int, ...]
    names: tuple[str, ...]

    @staticmethod
    def of(round_: Round) -> Layout:
        """Units in the round's order, groups numbered in the scheme's."""
        names = tuple(round_.scheme.group_names())
        number = {name: index for index, name in enumerate(names)}
        units = round_.units.values()
        return Layout(
            tuple(unit.id for unit in units), tuple(number[unit.group] for unit in units), names
        )

    @property
    def largest(self) -> int:
        """Units in the largest group."""
        return max((self.groups.count(group) for group in set(self.groups)), default=1)


@dataclass(frozen=True)
class Numbers:
    """One column of facts as whole numbers of 10^-decimals."""

    values: tuple[int | None, ...]
    decimals: int

    @staticmethod
    def of(texts: Sequence[str | None]) -> Numbers:
        """From texts already checked; None stays None."""
        decimals = max((_decimals(text) for text in texts if text), default=0)
        return Numbers(tuple(_scaled(text, decimals) if text else None for text in texts), decimals)

    @property
    def span(self) -> Span:
        """The span of the values."""
        known = [value for value in self.values if value is not None]
        return Span(min(known, default=0), max(known, default=0))


def _decimals(text: str) -> int:
    return len(text.partition(".")[2])


def _scaled(text: str, decimals: int) -> int:
    head, _, tail = text.partition(".")
    return int(head + tail.ljust(decimals, "0"))


@dataclass(frozen=True)
class Facts:
    """All an indicator's parts see: facts by name, full marks by unit, None where absent."""

    bound: Bound
    texts: Mapping[str, Sequence[str | None]]
    scores: Sequence[Fraction | None]
    full: Sequence[int | None]

    @staticmethod
    def of(bound: Bound, round_: Round, taken: Intake, layout: Layout) -> Facts:
        """Lined up in the layout's order."""
        rows = [taken.values.get((unit, bound.id)) for unit in layout.units]
        names = [name for name in (*bound.needs, *bound.takes) if name != "score"]
        texts = {name: [row[name] or None if row else None for row in rows] for name in names}
        if "coefficient" in texts:
            texts["coefficient"] = [text or "1" for text in texts["coefficient"]]
        scores = [taken.scores.get((unit, bound.id)) for unit in layout.units]
        return Facts(bound, texts, scores, full_marks(bound, round_))

    def applies(self, needs: Sequence[str]) -> list[bool]:
        """Which units have every fact needed."""
        columns = [self.scores if name == "score" else self.texts[name] for name in needs]
        return [all(value is not None for value in row) for row in zip(*columns, strict=True)]

    def fractions(self, part: Part, layout: Layout, point: int) -> FractionInputs:
        """The inputs as lists of fractions."""
        applies = self.applies(part.measure.needs(part.settings))
        facts: dict[str, list[Fraction | None]] = {
            name: [exact(text) if text else None for text in texts]
            for name, texts in self.texts.items()
        }
        facts["score"] = list(self.scores)
        held = {
            name: [value if here else None for value, here in zip(values, applies, strict=True)]
            for name, values in facts.items()
        }
        full = [self._mark(part, mark) for mark in self.full]
        return FractionInputs(held, full, layout.groups, self.bound.indicator.higher, point)

    @staticmethod
    def _mark(part: Part, mark: int | None) -> Fraction | None:
        if mark is None:
            return None
        return Fraction(mark if part.full is None else part.full)

    def integers(
        self, part: Part, layout: Layout, point: int, columns: dict[str, pl.Series]
    ) -> IntegerInputs:
        """The inputs as integer columns; the Polars columns they name are put into `columns`."""
        steps = Steps(f"{self.bound.id}#{part.number}.")
        facts = {}
        for name, texts in self.texts.items():
            numbers = Numbers.of(texts)
            column = _column(f"{self.bound.id}.{name}", numbers.values, numbers.span, columns)
            whole = replace(column, steps=steps)
            facts[name] = IntegerColumn(whole, Whole.constant(10**numbers.decimals))
        peers = PeerColumns(steps, layout.largest)
        full = self._full_column(part, steps, columns)
        return IntegerInputs(facts, full, peers, self.bound.indicator.higher, point)

    def _full_column(
        self, part: Part, steps: Steps, columns: dict[str, pl.Series]
    ) -> IntegerColumn:
        marks = {mark for mark in self.full if mark is not None}
        if part.full is not None:
            return IntegerColumn.of(part.full)
        if len(marks) == 1:
            return IntegerColumn.of(marks.pop())
        span = Span(min(marks, default=0), max(marks, default=0))
        whole = replace(_column(f"{self.bound.id}.full", self.full, span, columns), steps=steps)
        return IntegerColumn(whole, Whole.constant(1))


def _column(
    name: str, values: Sequence[int | None], span: Span, columns: dict[str, pl.Series]
) -> Whole:
    narrow = span.size <= NARROW  # else 128 bits, since numbers have 18 digits and 18 decimals
    columns[name] = pl.Series(name, values, dtype=pl.Int64 if narrow else pl.Int128)
    return Whole(pl.col(name), span, not narrow)


def full_marks(bound: Bound, round_: Round) -> list[int | None]:
    """Each unit's full marks for the indicator, None where its sheet lacks it."""
    by_sheet = {name: sheet.full_of(bound.id) for name, sheet in round_.scheme.sheets.items()}
    series = round_.scheme.series
    return [by_sheet[series[u.series].sheet_of(u.id)] for u in round_.units.values()]
