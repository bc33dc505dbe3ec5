"""Rounding by looking at both neighbours."""

from __future__ import annotations

from fractions import Fraction


def nearest(value: Fraction, rule: str) -> int:
    """The whole number nearest to a value: of all neighbours the closest, a half by the rule."""
    floor = value.numerator // value.denominator
    neighbours = [floor - 1, floor, floor + 1, floor + 2]
    least = min(abs(value - one) for one in neighbours)
    closest = [one for one in neighbours if abs(value - one) == least]
    if len(closest) == 1:
        return closest[0]
    if rule == "half_up":
        return max(closest, key=abs)
    return next(one for one in closest if one % 2 == 0)


def to_places(value: Fraction, places: int, rule: str) -> Fraction:
    """The same to so many decimals."""
    return Fraction(nearest(value * 10**places, rule), 10**places)
