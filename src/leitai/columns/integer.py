"""Exact columns as ratios of two whole columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from math import gcd, lcm

import polars as pl

from leitai.columns.base import Exact, Mask, Operand
from leitai.columns.whole import Of, Span, Steps, Whole, as_wide, origin


@dataclass(frozen=True, eq=False)
class IntegerColumn(Exact):
    """A ratio of two whole columns; the denominator is never negative."""

    top: Whole
    bottom: Whole

    @staticmethod
    def made(value: Operand) -> IntegerColumn:
        """A column of a constant, or the column itself."""
        if isinstance(value, IntegerColumn):
            return value
        assert not isinstance(value, Exact)
        number = Fraction(value)
        return IntegerColumn(Whole.constant(number.numerator), Whole.constant(number.denominator))

    @property
    def of(self) -> Of:
        """What it is made of."""
        return self.top.of | self.bottom.of

    def _common(self, other: Operand) -> tuple[Whole, Whole, Whole]:
        """Both tops over one common bottom."""
        left, right = self, IntegerColumn.made(other)
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
        right = IntegerColumn.made(other)
        a, b = _cancelled(self.top, right.bottom)
        c, d = _cancelled(right.top, self.bottom)
        return IntegerColumn(a * c, b * d)

    def over(self, other: Operand) -> Exact:
        return self * _inverse(IntegerColumn.made(other).settled())

    def settled(self) -> IntegerColumn:
        """The same ratio with both parts kept as steps."""
        return IntegerColumn(self.top.settled(), self.bottom.settled())

    def not_under(self, low: Operand) -> Exact:
        floor = IntegerColumn.made(low).settled()
        return Exact.not_under(self.settled(), floor)

    def not_over(self, high: Operand | None) -> Exact:
        cap = None if high is None else IntegerColumn.made(high).settled()
        return Exact.not_over(self.settled(), cap)

    def __lt__(self, other: Operand) -> Mask:
        left, right, _ = self._common(other)
        return _compared(left, right, lambda a, b: a < b)

    def __le__(self, other: Operand) -> Mask:
        left, right, _ = self._common(other)
        return _compared(left, right, lambda a, b: a <= b)

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
        if rounding == "half_up" and self.top.span.low >= 0:
            return self._half_up()
        me = self.settled()
        size, bottom, two = me._size().settled(), me.bottom, Whole.constant(2)
        twice = size * two
        if rounding == "half_up":
            quotient = _floordiv(twice + bottom, bottom * two)
        else:
            quotient = _half_even(size, bottom, twice)
        least = max(1, bottom.span.low)
        return me._signed(quotient, size.span.size // least + 1)

    def _half_up(self) -> Whole:
        """Half up where nothing is negative: (2 × top + bottom) ÷ (2 × bottom), cut."""
        two, bottom = Whole.constant(2), self.bottom.settled()
        twice, most = self.top * two + bottom, self.top.span.high // max(1, bottom.span.low) + 1
        double = (bottom * two).settled()
        wide = twice.wide or double.wide
        return twice.made(_floordiv(twice, double), Span(0, most), wide, double)


def _compared(left: Whole, right: Whole, do: Callable[[pl.Expr, pl.Expr], pl.Expr]) -> IntegerMask:
    """A yes-or-no column of two."""
    wide = left.wide or right.wide
    expr = do(as_wide(left.column, wide), as_wide(right.column, wide))
    return IntegerMask(expr, *origin(left, right)).settled()


def _floordiv(top: Whole, bottom: Whole) -> pl.Expr:
    wide = top.wide or bottom.wide
    return as_wide(top.column, wide).floordiv(as_wide(bottom.column, wide))


def _half_even(size: Whole, bottom: Whole, twice: Whole) -> pl.Expr:
    """Rounds down, then up by one where the rest is over a half, or a half beside an odd number."""
    wide = twice.wide or bottom.wide
    divisor = as_wide(bottom.column, wide)
    quotient = as_wide(size.column, wide).floordiv(divisor)
    rest = as_wide(twice.column, wide) - quotient * divisor * 2
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
    of: Of = Of.NOTHING
    level: int = 0
    steps: Steps | None = None

    def settled(self) -> IntegerMask:
        """The same mask kept as a step."""
        if self.steps is None:
            return self
        kept = self.steps.keep(self.expr, self.of, self.level)
        return replace(self, expr=kept, level=self.level + 1)

    def _joined(self, other: Mask, do: Callable[[pl.Expr, pl.Expr], pl.Expr]) -> Mask:
        assert isinstance(other, IntegerMask)
        return IntegerMask(do(self.expr, other.expr), *origin(self, other)).settled()

    def __and__(self, other: Mask) -> Mask:
        return self._joined(other, lambda a, b: a & b)

    def __or__(self, other: Mask) -> Mask:
        return self._joined(other, lambda a, b: a | b)

    def __invert__(self) -> Mask:
        return replace(self, expr=~self.expr)

    def choose(self, yes: Operand, no: Operand) -> Exact:
        first, second = IntegerColumn.made(yes), IntegerColumn.made(no)
        if isinstance(first.bottom.expr, int) and isinstance(second.bottom.expr, int):
            top, other, bottom = first._common(second)
            return IntegerColumn(self._pick(top, other), bottom)
        return IntegerColumn(
            self._pick(first.top, second.top), self._pick(first.bottom, second.bottom)
        )

    def _pick(self, yes: Whole, no: Whole) -> Whole:
        wide = yes.wide or no.wide
        taken, left = (as_wide(one.column, wide) for one in (yes, no))
        picked = pl.when(self.expr).then(taken).otherwise(left)
        return yes.made(picked, yes.span.hull(no.span), wide, no, self)
