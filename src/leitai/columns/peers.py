"""Peers as integer columns: what a frame computes over comparison groups before measures run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import polars as pl

from leitai.columns.base import Exact, Inputs, Mask, Peers, TooWide
from leitai.columns.integer import IntegerColumn, IntegerMask
from leitai.columns.whole import WIDE, Of, Span, Steps, Whole, as_wide
from leitai.facts.numbers import NARROW

Named: TypeAlias = "dict[str, pl.Expr]"


@dataclass
class PeerColumns(Peers):
    """Collects what a frame must compute over comparison groups before the measures run.

    `aggregates` go into one group_by and are joined back; `ranks` are scores whose places
    within the group are made columns of that name.
    """

    steps: Steps
    largest_group: int
    aggregates: Named = field(default_factory=dict)
    ranks: Named = field(default_factory=dict)

    def _aggregate(self, of: Exact, do: Callable[[pl.Expr], pl.Expr], times: int = 1) -> Exact:
        assert isinstance(of, IntegerColumn)
        if Of.GROUPS in of.of or not isinstance(of.bottom.expr, int):
            raise TooWide
        span = Span(of.top.span.low * times, of.top.span.high * times)
        span = span.hull(of.top.span)
        if span.size > WIDE:
            raise TooWide
        wide = of.top.wide or span.size > NARROW
        name = f"{self.steps.prefix}peers{len(self.aggregates)}"
        self.aggregates[name] = do(as_wide(of.top.column, wide))
        return IntegerColumn(self._column(name, span, wide), of.bottom)

    def _column(self, name: str, span: Span, wide: bool = False) -> Whole:
        return Whole(pl.col(name), span, wide, Of.GROUPS, steps=self.steps)

    def least(self, of: Exact) -> Exact:
        return self._aggregate(of, lambda column: column.min())

    def largest(self, of: Exact) -> Exact:
        return self._aggregate(of, lambda column: column.max())

    def spread(self, of: Exact) -> Exact:
        return _not_negative(super().spread(of))

    def lead(self, of: Exact, largest_first: bool) -> Exact:
        return _not_negative(super().lead(of, largest_first))

    def total(self, of: Exact) -> Exact:
        return self._aggregate(of, lambda column: column.sum(), times=self.largest_group)

    def count(self, of: Exact) -> Exact:
        assert isinstance(of, IntegerColumn)
        name = f"{self.steps.prefix}peers{len(self.aggregates)}"
        self.aggregates[name] = of.top.column.count().cast(pl.Int64)
        whole = self._column(name, Span(0, self.largest_group))
        return IntegerColumn(whole, Whole.constant(1))

    def any(self, mask: Mask) -> Mask:
        assert isinstance(mask, IntegerMask)
        if Of.GROUPS in mask.of:
            raise TooWide
        name = f"{self.steps.prefix}peers{len(self.aggregates)}"
        self.aggregates[name] = mask.expr.any()
        return IntegerMask(pl.col(name), Of.GROUPS, 0, self.steps)

    def place(self, of: Exact, largest_first: bool) -> Exact:
        assert isinstance(of, IntegerColumn)
        if Of.GROUPS in of.of or not isinstance(of.bottom.expr, int):
            raise TooWide
        name = f"{self.steps.prefix}place{len(self.ranks)}"
        self.ranks[name] = of.top.column if largest_first else of.top.column * -1
        span, of_both = Span(1, self.largest_group), Of.FACTS | Of.GROUPS
        whole = Whole(pl.col(name), span, False, of_both, steps=self.steps)
        return IntegerColumn(whole, Whole.constant(1))


def _not_negative(column: Exact) -> Exact:
    """The same column, known not to be negative."""
    assert isinstance(column, IntegerColumn)
    top = replace(column.top, span=Span(0, max(column.top.span.high, 0)))
    return IntegerColumn(top, column.bottom)


class IntegerInputs(Inputs):
    """Inputs as integer columns of one wide frame."""

    def __init__(
        self,
        facts: dict[str, IntegerColumn],
        full: IntegerColumn,
        peers: PeerColumns,
        higher: bool,
        point: int,
    ) -> None:
        self.facts = facts
        self.marks = full
        self.peers: PeerColumns = peers
        self.higher = higher
        self.point = point

    @property
    def full(self) -> Exact:
        return self.marks

    def fact(self, name: str) -> Exact:
        return self.facts[name]

    def measuring(self, actual: Exact) -> Inputs:
        assert isinstance(actual, IntegerColumn)
        facts = {**self.facts, "actual": actual}
        return IntegerInputs(facts, self.marks, self.peers, self.higher, self.point)
