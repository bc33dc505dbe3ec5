"""Choices in small words: whatever a random round decides goes through one of these.

`Draws` stands on any `random.Random`: one with a fixed seed, or the one hypothesis hands out
(`strategies.randoms`), which shrinks every choice towards its first option.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Draws:
    """Random choices, each simplest when the random source answers its lowest number."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def number(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return self.random.randint(low, high) if high > low else low

    def pick(self, options: Sequence[T]) -> T:
        """One of some options."""
        return options[self.number(0, len(options) - 1)]

    def chance(self, percent: int) -> bool:
        """Whether something happens that does so in so many of a hundred cases."""
        return percent > 0 and self.number(0, 99) >= 100 - percent

    def some(self, options: Sequence[T], least: int = 0, most: int | None = None) -> list[T]:
        """Some of the options, each at most once, in their order."""
        most = len(options) if most is None else min(most, len(options))
        least = min(least, most)
        left = list(range(len(options)))
        chosen = [left.pop(self.number(0, len(left) - 1)) for _ in range(self.number(least, most))]
        return [options[index] for index in sorted(chosen)]

    def shuffled(self, options: Sequence[T]) -> list[T]:
        """All options in another order."""
        left = list(options)
        return [left.pop(self.number(0, len(left) - 1)) for _ in range(len(left))]

    def maybe(self, percent: int, key: str, options: Sequence[T]) -> dict[str, T]:
        """A setting that is written down in so many of a hundred cases."""
        return {key: self.pick(options)} if self.chance(percent) else {}


def decimal(units: int, places: int) -> str:
    """Whole units of 10^-places as text."""
    sign, digits = ("-" if units < 0 else ""), str(abs(units)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else sign + digits
