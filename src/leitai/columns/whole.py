"""Whole columns: integer Polars expressions whose bounds, origin and width are known.

Polars wraps silently when an integer overflows, so every operation computes the span its result
can have from the spans of its operands: what fits 64 bits stays there, what fits 128 goes there,
what fits neither raises TooWide before anything is computed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

import polars as pl

from leitai.columns.base import TooWide

NARROW = 2**63 - 1
WIDE = 2**127 - 1


@dataclass(frozen=True)
class Span:
    """The least and largest value a column can hold."""

    low: int
    high: int

    @property
    def size(self) -> int:
        """The largest absolute value."""
        return max(abs(self.low), abs(self.high))

    def plus(self, other: Span) -> Span:
        """The span of a sum."""
        return Span(self.low + other.low, self.high + other.high)

    def times(self, other: Span) -> Span:
        """The span of a product."""
        corners = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Span(min(corners), max(corners))

    def hull(self, other: Span) -> Span:
        """The span of either."""
        return Span(min(self.low, other.low), max(self.high, other.high))


class Origin(Protocol):
    """What is made of columns: whether derived, the level it needs, where it may be kept."""

    @property
    def derived(self) -> bool: ...

    @property
    def level(self) -> int: ...

    @property
    def steps(self) -> Steps | None: ...


class Steps:
    """Results that several expressions use, kept as columns of the frame, level by level.

    Without them an expression would hold each of its parts as often as it is used, and grow beyond
    all bounds. `base` levels need only facts, `derived` ones also aggregates over peers; a level
    needs only columns of the levels before it.
    """

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.base: list[list[pl.Expr]] = []
        self.derived: list[list[pl.Expr]] = []

    def keep(self, expr: pl.Expr, derived: bool, level: int) -> pl.Expr:
        """The column that holds an expression made of columns of this level."""
        levels = self.derived if derived else self.base
        while len(levels) <= level:
            levels.append([])
        name = f"{self.prefix}{'d' if derived else 'b'}{level}.{len(levels[level])}"
        levels[level].append(expr.alias(name))
        return pl.col(name)


@dataclass(frozen=True, eq=False)
class Whole:
    """A column of whole numbers: a Polars expression, or one constant, with its span.

    `derived` says that it was made from aggregates over peers, which cannot be aggregated again;
    `level` how many levels of steps it needs; `steps` where it may be kept; `plain` that it is a
    column or a constant already.
    """

    expr: pl.Expr | int
    span: Span
    wide: bool = False
    derived: bool = False
    level: int = 0
    steps: Steps | None = None
    plain: bool = True

    @staticmethod
    def constant(value: int) -> Whole:
        """The same number for every unit."""
        return Whole(value, Span(value, value), abs(value) > NARROW)

    @property
    def column(self) -> pl.Expr:
        """The expression, a constant as a literal."""
        if isinstance(self.expr, pl.Expr):
            return self.expr
        return pl.lit(self.expr, dtype=pl.Int128 if self.wide else pl.Int64)

    def _joined(self, other: Whole, span: Span, do: Callable[[pl.Expr, pl.Expr], pl.Expr]) -> Whole:
        """A column made of two, in as many bits as its span needs."""
        if span.size > WIDE:
            raise TooWide
        wide = span.size > NARROW or self.wide or other.wide
        left, right = (as_wide(one.column, wide) for one in (self, other))
        return self.made(do(left, right), span, wide, other)

    def made(self, expr: pl.Expr, span: Span, wide: bool, *others: Origin) -> Whole:
        """A column whose expression is made of this one and of others."""
        derived, level, steps = origin(self, *others)
        return Whole(expr, span, wide, derived, level, steps, plain=False)

    def settled(self) -> Whole:
        """The same column kept as a step, when it is more than a column already."""
        if self.plain or self.steps is None:
            return self
        kept = self.steps.keep(self.column, self.derived, self.level)
        return replace(self, expr=kept, level=self.level + 1, plain=True)

    def __add__(self, other: Whole) -> Whole:
        if isinstance(self.expr, int) and isinstance(other.expr, int):
            return Whole.constant(self.expr + other.expr)
        return self._joined(other, self.span.plus(other.span), lambda a, b: a + b)

    def __mul__(self, other: Whole) -> Whole:
        for one, two in ((self, other), (other, self)):
            if isinstance(one.expr, int):
                if isinstance(two.expr, int):
                    return Whole.constant(one.expr * two.expr)
                if one.expr == 1:
                    return two
        return self._joined(other, self.span.times(other.span), lambda a, b: a * b)


def origin(*parts: Origin) -> tuple[bool, int, Steps | None]:
    """Whether what is made of these is derived, the level it needs, where it may be kept."""
    derived = any(one.derived for one in parts)
    level = max(one.level if one.derived == derived else 0 for one in parts)
    return derived, level, next((one.steps for one in parts if one.steps), None)


def as_wide(column: pl.Expr, wide: bool) -> pl.Expr:
    return column.cast(pl.Int128) if wide else column
