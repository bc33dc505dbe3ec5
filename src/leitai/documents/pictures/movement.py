"""How far units moved: against their base places, or against the places of another board."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from leitai.board import Result

Plain = Mapping[str, Any]


@dataclass(frozen=True)
class Movement:
    """A place before and now; None where there was none, or none that can be compared."""

    before: int | None
    now: int | None

    @property
    def rise(self) -> int:
        """Places risen; fallen when negative; 0 also where nothing can be compared."""
        if self.before is None or self.now is None:
            return 0
        return self.before - self.now


def from_base(result: Result) -> Movement:
    """From the place before demotions to the final one."""
    return Movement(result.base_place, result.place)


def since(before: Plain, result: Result) -> Movement:
    """From another board; a place in another comparison group is not comparable."""
    other = before["units"].get(result.unit)
    comparable = other is not None and other["group"] == result.group
    return Movement(other["place"] if comparable else None, result.place)


def movement_text(moved: Movement) -> str:
    """An arrow with the number of places, and the former place behind it."""
    if moved.before is None or moved.now is None:
        return "—"
    if not moved.rise:
        return "="
    return f"{'↑' if moved.rise > 0 else '↓'}{abs(moved.rise)} ({moved.before})"
