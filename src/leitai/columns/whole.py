"""Whole columns: integer Polars expressions whose bounds, origin and width are known.

Polars wraps silently when an integer overflows, so every operation computes the span its result
can have from the spans of its operands: what fits 64 bits stays there, what fits 128 goes there,
what fits neither raises TooWide before anything is computed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Flag, auto
from functools import reduce
from operator import or_
from typing import Protocol, TypeAlias

import polars as pl

from leitai.columns.base import TooWide
from leitai.facts.numbers import NARROW

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


class Of(Flag):
    """What a column is made of; a constant of nothing."""

    NOTHING = 0
    FACTS = auto()
    GROUPS = auto()


class Origin(Protocol):
    """What is made of columns: of which, the level it needs, where it may be kept."""

    @property
    def of(self) -> Of: ...

    @property
    def level(self) -> int: ...

    @property
    def steps(self) -> Steps | None: ...


Levels: TypeAlias = "list[dict[str, pl.Expr]]"


class Steps:
    """Results that several expressions use, kept as columns of the frame, level by level.

    Without them an expression would hold each of its parts as often as it is used, and grow beyond
    all bounds. What is made of facts alone comes first, then what is made of aggregates over
    peers alone (once a group), then what is made of both; a level needs only columns of the levels
    before it.
    """

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.of_facts: Levels = []
        self.of_groups: Levels = []
        self.of_both: Levels = []

    def keep(self, expr: pl.Expr, of: Of, level: int) -> pl.Expr:
        """The column that holds an expression made of columns of this level."""
        kept = {Of.GROUPS: ("g", self.of_groups), Of.FACTS | Of.GROUPS: ("b", self.of_both)}
        letter, levels = kept.get(of, ("f", self.of_facts))
        while len(levels) <= level:
            levels.append({})
        name = f"{self.prefix}{letter}{level}.{len(levels[level])}"
        levels[level][name] = expr
        return pl.col(name)


@dataclass(frozen=True, eq=False)
class Whole:
    """A column of whole numbers: a Polars expression, or one constant, with its span.

    `of` says what it is made of: what is made of aggregates cannot be aggregated again;
    `level` how many levels of steps it needs; `steps` where it may be kept; `plain` that it is a
    column or a constant already. A sum of something of facts and something of groups knows the two
    `apart`, so that what is added later joins its like, and is worked out once a group.
    """

    expr: pl.Expr | int
    span: Span
    wide: bool = False
    of: Of = Of.NOTHING
    level: int = 0
    steps: Steps | None = None
    plain: bool = True
    apart: tuple[Whole, Whole] | None = None

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
        return Whole(expr, span, wide, *origin(self, *others), plain=False)

    def settled(self) -> Whole:
        """The same column kept as a step, when it is more than a column already."""
        if self.plain or self.steps is None:
            return self
        kept = self.steps.keep(self.column, self.of, self.level)
        return replace(self, expr=kept, level=self.level + 1, plain=True, apart=None)

    def __add__(self, other: Whole) -> Whole:
        if isinstance(self.expr, int) and isinstance(other.expr, int):
            return Whole.constant(self.expr + other.expr)
        for one, two in ((self, other), (other, self)):
            if isinstance(one.expr, int) and one.expr == 0:
                return two
        span, mine, theirs = self.span.plus(other.span), self._apart(), other._apart()
        if mine and theirs and self.of | other.of == Of.FACTS | Of.GROUPS:
            return _sum(mine[0] + theirs[0], mine[1] + theirs[1], span)
        return self._joined(other, self.span.plus(other.span), lambda a, b: a + b)

    def __mul__(self, other: Whole) -> Whole:
        for one, two in ((self, other), (other, self)):
            if isinstance(one.expr, int):
                if isinstance(two.expr, int):
                    return Whole.constant(one.expr * two.expr)
                if one.expr == 1:
                    return two
                if two.apart:
                    facts, groups = (part * one for part in two.apart)
                    return _sum(facts, groups, self.span.times(other.span))
        return self._joined(other, self.span.times(other.span), lambda a, b: a * b)

    def _apart(self) -> tuple[Whole, Whole] | None:
        """What is of facts and what is of groups; None where they are one."""
        nothing = Whole.constant(0)
        if self.of == Of.FACTS:
            return self, nothing
        return self.apart if self.of & Of.FACTS else (nothing, self)


def _sum(facts: Whole, groups: Whole, span: Span) -> Whole:
    """The sum of what is of facts and what is of groups; the latter is kept a step."""
    if span.size > WIDE:
        raise TooWide
    groups, wide = groups.settled(), span.size > NARROW or facts.wide or groups.wide
    expr = as_wide(facts.column, wide) + as_wide(groups.column, wide)
    return replace(facts.made(expr, span, wide, groups), apart=(facts, groups))


def origin(*parts: Origin) -> tuple[Of, int, Steps | None]:
    """What comes of these is made of, the level it needs, where it may be kept."""
    of = reduce(or_, (one.of for one in parts))
    level = max(one.level if one.of == of else 0 for one in parts)
    return of, level, next((one.steps for one in parts if one.steps), None)


def as_wide(column: pl.Expr, wide: bool) -> pl.Expr:
    return column.cast(pl.Int128) if wide else column
