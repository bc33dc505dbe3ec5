"""What a picture is made of: texts, boxes, lines and dots on a page, measured in inches.

`x` runs to the right and `y` downwards from the upper left corner; sizes of letters are in points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

Side: TypeAlias = Literal["left", "center", "right"]

INK, QUIET, RULE = "#1A1A1A", "#595959", "#C8C8C8"
LINE = 0.19  # from one line of a text to the next


@dataclass(frozen=True)
class Text:
    """One line of text; `y` is its middle, `side` says which side of it is at `x`."""

    x: float
    y: float
    text: str
    size: float = 11
    bold: bool = False
    colour: str = INK
    side: Side = "left"


@dataclass(frozen=True)
class Box:
    """A rectangle by its upper left corner, plain or hatched, with an edge or without."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    edge: str = ""
    hatch: str = ""


@dataclass(frozen=True)
class Line:
    """A straight line."""

    x: float
    y: float
    to_x: float
    to_y: float
    colour: str = RULE
    weight: float = 0.8
    dashed: bool = False


@dataclass(frozen=True)
class Dot:
    """A round mark."""

    x: float
    y: float
    colour: str = INK
    size: float = 7


Mark: TypeAlias = Text | Box | Line | Dot


@dataclass(frozen=True)
class Page:
    """A whole picture; `title` and `description` are for those who cannot see it."""

    width: float
    height: float
    title: str
    description: str
    marks: Sequence[Mark]


def moved(marks: Iterable[Mark], right: float, down: float) -> Iterator[Mark]:
    """The same marks elsewhere."""
    for mark in marks:
        one = mark
        if isinstance(one, Line):
            one = replace(one, to_x=one.to_x + right, to_y=one.to_y + down)
        yield replace(one, x=one.x + right, y=one.y + down)


def stacked(
    x: float, middle: float, lines: Sequence[str], size: float = 11, *, bold: bool = False,
    colour: str = INK,
) -> Iterator[Text]:  # fmt: skip
    """A text in lines, all of them around one middle."""
    for number, line in enumerate(lines):
        y = middle + (number - (len(lines) - 1) / 2) * LINE
        yield Text(x, y, line, size, bold, colour)


def stripes(heights: Sequence[float], y: float, wide: float) -> Iterator[Box]:
    """A light ground behind every other row, to lead the eye."""
    for number, height in enumerate(heights):
        if number % 2:
            yield Box(0, y, wide, height, "#F5F5F5")
        y += height
