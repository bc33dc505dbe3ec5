"""Whether a figure is another one rounded otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from leitai.comparison.own import Cause, Figure
from leitai.points import rounded

RULES = ("half_up", "half_even", "down", "up")
MOST_PLACES = 6


def at(value: Fraction, places: int, rule: str) -> Fraction:
    """A value with so many decimals by a rule."""
    one = 10**places
    scaled = value * one
    if rule in ("half_up", "half_even"):
        return Fraction(rounded(scaled, rule), one)
    cut = scaled.numerator // scaled.denominator
    whole = cut if rule == "down" or scaled.denominator == 1 else cut + 1
    return Fraction(whole, one)


def is_shown_as(value: Fraction | None, figure: Figure, places: int) -> bool:
    """Whether a value that a cause leads to is what the figure shows.

    Rounded to the decimals of the figure, at least those of the board's lines: a coarser figure
    would agree with too much.
    """
    if value is None:
        return False
    shown = max(figure.places, places)
    return figure.value in (at(value, shown, "half_up"), at(value, shown, "half_even"))


def rounded_otherwise(
    value: Fraction | None, figure: Figure, places: int, rule: str, *, coarser: bool
) -> Iterator[Cause]:
    """The rule and number of decimals that make the figure of a value not yet rounded.

    `coarser` looks at fewer decimals than the board has, which much else may look like.
    """
    kept = range(places - 1, -1, -1) if coarser else range(places, max(MOST_PLACES, places) + 1)
    for decimals in kept if value is not None else ():
        for one in sorted(RULES, key=lambda name: name != rule):
            same = (decimals, one) == (places, rule)
            if not same and value is not None and at(value, decimals, one) == figure.value:
                yield Cause("rounding", {"places": str(decimals), "rule": one})
