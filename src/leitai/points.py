"""The one door for numbers: text in, exact inside, text out (rules §2)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from leitai.problems import Refused
from leitai.signs import REMEMBERED, quoted

MAX_DIGITS = 18
MOST_POINTS = 10**6  # nobody gives more, wherever points are typed
LARGEST = 10**15  # line units of a result; sums of many such still fit 64 bits
LONGEST = 100  # signs that a number may be written with
_NUMBER = re.compile(r"[+-]?(\d+)(?:\.(\d+))?", re.ASCII)
ROUNDINGS = ("half_up", "half_even")


@lru_cache(maxsize=REMEMBERED)
def exact(text: str) -> Fraction:
    """The number a text states, of at most 18 digits and 18 decimals. Raises Refused."""
    match = _NUMBER.fullmatch(text[:LONGEST])
    if not match or len(text) > LONGEST:
        raise Refused("value.not-a-number", text=quoted(text))
    before, after = match[1], match[2] or ""
    if max(len((before + after).lstrip("0")), len(after)) > MAX_DIGITS:
        raise Refused("fact.too-many-digits", text=quoted(text))
    return Fraction(text)


def some_points(text: str) -> Fraction:
    """Points as somebody typed them."""
    value = exact(text)
    if abs(value) > MOST_POINTS:
        raise Refused("value.too-many-points", text=quoted(text))
    return value


def whole(text: str) -> int:
    """The whole number a text states."""
    value = exact(text)
    if value.denominator != 1:
        raise Refused("value.not-whole", text=quoted(text))
    return value.numerator


def share(text: str) -> Fraction:
    """The share a text such as "30%" states."""
    if not text.endswith("%"):
        raise Refused("value.not-a-share", text=quoted(text))
    return Fraction(exact(text[:-1].strip()), 100)


def ratio(text: str) -> Fraction:
    """A number, or two whole numbers written "a/b"."""
    top, stroke, bottom = text.partition("/")
    if not stroke:
        return exact(text)
    if whole(bottom) < 1:
        raise Refused("value.not-a-number", text=quoted(text))
    return Fraction(whole(top), whole(bottom))


def rounded(value: Fraction, rounding: str) -> int:
    """The whole number nearest to `value`; halves go by the named rule on the absolute value."""
    quotient, rest = divmod(abs(value.numerator), value.denominator)
    twice = 2 * rest
    up = twice > value.denominator or (
        twice == value.denominator and (rounding == "half_up" or quotient % 2 == 1)
    )
    size = quotient + up
    return size if value >= 0 else -size


def decimal_text(units: int, places: int) -> str:
    """Whole units of 10^-places as text with exactly that many decimals."""
    sign = "-" if units < 0 else ""
    digits = str(abs(units)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else sign + digits


@dataclass(frozen=True)
class PointScale:
    """Points as whole multiples of 10^-places, and the one rounding that makes them."""

    places: int
    rounding: str

    @property
    def one(self) -> int:
        """Units in one point."""
        return int(10**self.places)

    def line(self, value: Fraction) -> int:
        """Units of an exact number of *units*, by the scheme's one rounding."""
        return rounded(value, self.rounding)

    def read(self, text: str) -> int:
        """Units of points that become a line as they stand; finer ones are refused."""
        value = some_points(text) * self.one
        if value.denominator != 1:
            raise Refused("fact.too-fine", text=text, places=self.places)
        return value.numerator

    def show(self, units: int) -> str:
        """Units as text."""
        return decimal_text(units, self.places)


@lru_cache(maxsize=REMEMBERED)
def shown(value: Fraction, places: int = 4) -> str:
    """A ratio for people to read: exact where it ends within `places`, else with ≈ before it."""
    size, rest = divmod(abs(value.numerator) * 10**places, value.denominator)
    size += 2 * rest >= value.denominator
    text = decimal_text(size if value.numerator >= 0 else -size, places)
    text = text.rstrip("0").rstrip(".") if places else text
    return f"≈{text}" if rest else text
