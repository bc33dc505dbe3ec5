"""Exact columns as ratios of integer Polars columns whose bounds are known.

Polars wraps silently when an integer overflows, so every operation computes the span its result
can have from the spans of its operands: what fits 64 bits stays there, what fits 128 goes there,
what fits neither raises TooWide before anything is computed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import gcd, lcm
from typing import TypeAlias

import polars as pl

from leitai.columns.base import Exact, Inputs, Mask, Operand, Peers, TooWide

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
        left, right = (_as_wide(one.column, wide) for one in (self, other))
        return self.made(do(left, right), span, wide, other)

    def made(self, expr: pl.Expr, span: Span, wide: bool, *others: Whole | IntegerMask) -> Whole:
        """A column whose expression is made of this one and of others."""
        derived, level, steps = _origin(self, *others)
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

    def compare(self, other: Whole, do: Callable[[pl.Expr, pl.Expr], pl.Expr]) -> IntegerMask:
        """A yes-or-no column of two."""
        wide = self.wide or other.wide
        left, right = (_as_wide(one.column, wide) for one in (self, other))
        derived, level, steps = _origin(self, other)
        return IntegerMask(do(left, right), derived, level, steps).settled()


def _origin(*parts: Whole | IntegerMask) -> tuple[bool, int, Steps | None]:
    """Whether what is made of these is derived, the level it needs, where it may be kept."""
    derived = any(one.derived for one in parts)
    level = max(one.level if one.derived == derived else 0 for one in parts)
    return derived, level, next((one.steps for one in parts if one.steps), None)


def _as_wide(column: pl.Expr, wide: bool) -> pl.Expr:
    return column.cast(pl.Int128) if wide else column


@dataclass(frozen=True, eq=False)
class IntegerColumn(Exact):
    """A ratio of two whole columns; the denominator is never negative."""

    top: Whole
    bottom: Whole

    @staticmethod
    def of(value: Operand) -> IntegerColumn:
        """A column of a constant, or the column itself."""
        if isinstance(value, IntegerColumn):
            return value
        assert not isinstance(value, Exact)
        number = Fraction(value)
        return IntegerColumn(Whole.constant(number.numerator), Whole.constant(number.denominator))

    @property
    def derived(self) -> bool:
        """Whether it was made from aggregates over peers."""
        return self.top.derived or self.bottom.derived

    def _common(self, other: Operand) -> tuple[Whole, Whole, Whole]:
        """Both tops over one common bottom."""
        left, right = self, IntegerColumn.of(other)
        a, b = left.bottom.expr, right.bottom.expr
        if isinstance(a, int) and isinstance(b, int):
            bottom = lcm(a, b)
            up, down = Whole.constant(bottom // a), Whole.constant(bottom // b)
            return left.top * up, right.top * down, Whole.constant(bottom)
        if left.bottom is right.bottom:
            return left.top, right.top, left.bottom
        return left.top * right.bottom, right.top * left.bottom, left.bottom * right.bottom

    def __add__(self, other: Operand) -> Exact:
        left, right, bottom = self._common(other)
        return IntegerColumn(left + right, bottom)

    def __mul__(self, other: Operand) -> Exact:
        right = IntegerColumn.of(other)
        a, b = _cancelled(self.top, right.bottom)
        c, d = _cancelled(right.top, self.bottom)
        return IntegerColumn(a * c, b * d)

    def over(self, other: Operand) -> Exact:
        return self * _inverse(IntegerColumn.of(other).settled())

    def settled(self) -> IntegerColumn:
        """The same ratio with both parts kept as steps."""
        return IntegerColumn(self.top.settled(), self.bottom.settled())

    def not_under(self, low: Operand) -> Exact:
        floor = IntegerColumn.of(low).settled()
        return Exact.not_under(self.settled(), floor)

    def not_over(self, high: Operand | None) -> Exact:
        cap = None if high is None else IntegerColumn.of(high).settled()
        return Exact.not_over(self.settled(), cap)

    def __lt__(self, other: Operand) -> Mask:
        left, right, _ = self._common(other)
        return left.compare(right, lambda a, b: a < b)

    def __le__(self, other: Operand) -> Mask:
        left, right, _ = self._common(other)
        return left.compare(right, lambda a, b: a <= b)

    def whole(self) -> Exact:
        me = self.settled()
        size = me._size().column.floordiv(me.bottom.column)
        return IntegerColumn(me._signed(size, me.top.span.size), Whole.constant(1))

    def _size(self) -> Whole:
        """The absolute value of the top."""
        if self.top.span.low >= 0:
            return self.top
        span = Span(0, self.top.span.size)
        return self.top.made(self.top.column.abs(), span, self.top.wide)

    def _signed(self, size: pl.Expr, bound: int) -> Whole:
        """A size with the sign of the top put back."""
        signed = size
        if self.top.span.low < 0:
            signed = pl.when(self.top.column < 0).then(size * -1).otherwise(size)
        wide = self.top.wide or self.bottom.wide
        return self.top.made(signed, Span(-bound, bound), wide, self.bottom)

    def rounded(self, rounding: str) -> Whole:
        """The nearest whole number, halves by the named rule on the absolute value."""
        if isinstance(self.bottom.expr, int) and self.bottom.expr == 1:
            return self.top
        me = self.settled()
        size, bottom, two = me._size().settled(), me.bottom, Whole.constant(2)
        twice = size * two
        if rounding == "half_up":
            quotient = _floordiv(twice + bottom, bottom * two)
        else:
            quotient = _half_even(size, bottom, twice)
        least = max(1, bottom.span.low)
        return me._signed(quotient, size.span.size // least + 1)


def _floordiv(top: Whole, bottom: Whole) -> pl.Expr:
    wide = top.wide or bottom.wide
    return _as_wide(top.column, wide).floordiv(_as_wide(bottom.column, wide))


def _half_even(size: Whole, bottom: Whole, twice: Whole) -> pl.Expr:
    """Rounds down, then up by one where the rest is over a half, or a half beside an odd number."""
    wide = twice.wide or bottom.wide
    divisor = _as_wide(bottom.column, wide)
    quotient = _as_wide(size.column, wide).floordiv(divisor)
    rest = _as_wide(twice.column, wide) - quotient * divisor * 2
    odd = quotient - quotient.floordiv(2) * 2
    up = (rest > divisor) | ((rest == divisor) & (odd == 1))
    return quotient + up.cast(pl.Int64)


def _cancelled(top: Whole, bottom: Whole) -> tuple[Whole, Whole]:
    """Two constants without their common factor; other columns as they are."""
    if not isinstance(top.expr, int) or not isinstance(bottom.expr, int) or not top.expr:
        return top, bottom
    common = gcd(top.expr, bottom.expr)
    return Whole.constant(top.expr // common), Whole.constant(bottom.expr // common)


def _inverse(value: IntegerColumn) -> IntegerColumn:
    """1 / value with the sign kept above the stroke."""
    top, bottom = value.top, value.bottom
    if isinstance(top.expr, int):
        sign = Whole.constant(-1 if top.expr < 0 else 1)
        return IntegerColumn(bottom * sign, Whole.constant(abs(top.expr)))
    if top.span.low >= 0:
        return IntegerColumn(bottom, top)
    sign = top.made(top.column.sign().cast(pl.Int64), Span(-1, 1), False)
    size = top.made(top.column.abs(), Span(0, top.span.size), top.wide)
    return IntegerColumn(bottom * sign, size)


@dataclass(frozen=True, eq=False)
class IntegerMask(Mask):
    """A yes-or-no expression, with its origin as of a `Whole`."""

    expr: pl.Expr
    derived: bool = False
    level: int = 0
    steps: Steps | None = None

    def settled(self) -> IntegerMask:
        """The same mask kept as a step."""
        if self.steps is None:
            return self
        kept = self.steps.keep(self.expr, self.derived, self.level)
        return replace(self, expr=kept, level=self.level + 1)

    def _joined(self, other: Mask, do: Callable[[pl.Expr, pl.Expr], pl.Expr]) -> Mask:
        assert isinstance(other, IntegerMask)
        derived, level, steps = _origin(self, other)
        return IntegerMask(do(self.expr, other.expr), derived, level, steps).settled()

    def __and__(self, other: Mask) -> Mask:
        return self._joined(other, lambda a, b: a & b)

    def __or__(self, other: Mask) -> Mask:
        return self._joined(other, lambda a, b: a | b)

    def __invert__(self) -> Mask:
        return replace(self, expr=~self.expr)

    def choose(self, yes: Operand, no: Operand) -> Exact:
        first, second = IntegerColumn.of(yes), IntegerColumn.of(no)
        if isinstance(first.bottom.expr, int) and isinstance(second.bottom.expr, int):
            top, other, bottom = first._common(second)
            return IntegerColumn(self._pick(top, other), bottom)
        return IntegerColumn(
            self._pick(first.top, second.top), self._pick(first.bottom, second.bottom)
        )

    def _pick(self, yes: Whole, no: Whole) -> Whole:
        wide = yes.wide or no.wide
        taken, left = (_as_wide(one.column, wide) for one in (yes, no))
        picked = pl.when(self.expr).then(taken).otherwise(left)
        return yes.made(picked, yes.span.hull(no.span), wide, no, self)


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
        self.aggregates.append(do(_as_wide(of.top.column, wide)).alias(name))
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
