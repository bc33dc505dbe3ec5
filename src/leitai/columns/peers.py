"""Peers as integer columns: what a frame computes over comparison groups before measures run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

import polars as pl

from leitai.columns.base import Exact, Inputs, Mask, Peers, TooWide
from leitai.columns.integer import IntegerColumn, IntegerMask
from leitai.columns.whole import NARROW, WIDE, Span, Steps, Whole, as_wide

Named: TypeAlias = "list[pl.Expr]"


@dataclass
class PeerColumns(Peers):
    """Collects what a frame must compute over comparison groups before the measures run.

    `aggregates` go into one group_by and are joined back; `ranks` are made over the group column.
    """

    steps: Steps
    largest_group: int
    aggregates: Named = field(default_factory=list)
    ranks: Named = field(default_factory=list)

    def _aggregate(self, of: Exact, do: Callable[[pl.Expr], pl.Expr], times: int = 1) -> Exact:
        assert isinstance(of, IntegerColumn)
        if of.derived or not isinstance(of.bottom.expr, int):
            raise TooWide
        span = Span(of.top.span.low * times, of.top.span.high * times)
        span = span.hull(of.top.span)
        if span.size > WIDE:
            raise TooWide
        wide = of.top.wide or span.size > NARROW
        name = f"{self.steps.prefix}peers{len(self.aggregates)}"
        self.aggregates.append(do(as_wide(of.top.column, wide)).alias(name))
        return IntegerColumn(self._column(name, span, wide), of.bottom)

    def _column(self, name: str, span: Span, wide: bool = False) -> Whole:
        return Whole(pl.col(name), span, wide, derived=True, steps=self.steps)

    def least(self, of: Exact) -> Exact:
        return self._aggregate(of, lambda column: column.min())

    def largest(self, of: Exact) -> Exact:
        return self._aggregate(of, lambda column: column.max())

    def total(self, of: Exact) -> Exact:
        return self._aggregate(of, lambda column: column.sum(), times=self.largest_group)

    def count(self, of: Exact) -> Exact:
        assert isinstance(of, IntegerColumn)
        name = f"{self.steps.prefix}peers{len(self.aggregates)}"
        self.aggregates.append(of.top.column.count().cast(pl.Int64).alias(name))
        whole = self._column(name, Span(0, self.largest_group))
        return IntegerColumn(whole, Whole.constant(1))

    def any(self, mask: Mask) -> Mask:
        assert isinstance(mask, IntegerMask)
        if mask.derived:
            raise TooWide
        name = f"{self.steps.prefix}peers{len(self.aggregates)}"
        self.aggregates.append(mask.expr.any().alias(name))
        return IntegerMask(pl.col(name), True, 0, self.steps)

    def place(self, of: Exact, largest_first: bool) -> Exact:
        assert isinstance(of, IntegerColumn)
        if of.derived or not isinstance(of.bottom.expr, int):
            raise TooWide
        name = f"{self.steps.prefix}place{len(self.ranks)}"
        rank = of.top.column.rank("min", descending=largest_first).over("group")
        self.ranks.append(rank.cast(pl.Int64).alias(name))
        whole = self._column(name, Span(1, self.largest_group))
        return IntegerColumn(whole, Whole.constant(1))


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
