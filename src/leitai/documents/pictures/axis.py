"""The axis of a waterfall: where it begins and ends, and its ticks, in whole line units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_TICKS = 8  # at most about so many


@dataclass(frozen=True)
class Axis:
    """From `low` to `high`; `ticks` are multiples of a round number between them."""

    low: int
    high: int
    ticks: tuple[int, ...]

    @property
    def cut(self) -> bool:
        """Whether it begins above zero."""
        return self.low > 0

    def share(self, value: int) -> float:
        """Where a value lies, 0 at the beginning and 1 at the end."""
        return (value - self.low) / (self.high - self.low)


def axis(levels: Sequence[int], one: int) -> Axis:
    """An axis that shows every level; from zero unless all levels are far from it.

    `one` is one point in line units: nothing finer is magnified to fill the picture.
    """
    lowest, highest = min(levels), max(levels)
    spread = max(highest - lowest, one)
    if lowest >= 0 and 2 * spread > highest:
        lowest, spread = 0, max(highest, one)
    step = _round_number(max(highest - lowest, spread))
    low = 0 if lowest == 0 else (lowest - 1) // step * step
    high = max(highest, low + step)
    return Axis(low, high, tuple(range(-(-low // step) * step, high + 1, step)))


def _round_number(spread: int) -> int:
    """1, 2 or 5 times a power of ten that divides a spread into few parts."""
    size = 1
    while True:
        for factor in (1, 2, 5):
            if size * factor * _TICKS >= spread:
                return size * factor
        size *= 10
