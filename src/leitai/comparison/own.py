"""What an office's own workbook says: figures by unit, and differences from the board."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from leitai.problems import Problem, in_order

KINDS = ("indicator", "item", "bonus", "total", "place", "grade")


class Key(NamedTuple):
    """What a figure is of: a unit's indicator or item (`id`), bonus, total, place or grade."""

    unit: str
    kind: str
    id: str = ""


@dataclass(frozen=True)
class Figure:
    """One figure as the workbook shows it. `value` is None for a grade, which `text` names.

    `cut`: the cell holds more decimals than it shows.
    """

    text: str
    where: str
    value: Fraction | None = None
    cut: bool = False

    @property
    def places(self) -> int:
        """The decimals shown."""
        return len(self.text.partition(".")[2])


@dataclass(frozen=True)
class Own:
    """The figures of a workbook and what was found wrong while it was read."""

    figures: Mapping[Key, Figure]
    problems: Sequence[Problem]

    @property
    def unread(self) -> list[Problem]:
        """What stands in the way of comparing the whole workbook with the whole board."""
        return [one for one in in_order(self.problems) if one.code != "compare.as-shown"]


@dataclass(frozen=True)
class Cause:
    """Why two figures differ: a code, and what fills its sentence."""

    code: str
    args: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Difference:
    """One figure that differs: as the workbook has it, as the board has it, and why."""

    key: Key
    own: str
    board: str
    cause: Cause
    where: str
