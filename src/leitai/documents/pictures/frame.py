"""The common frame of every picture: title, notice of made-up data, legend, source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leitai.board import Board
from leitai.documents.pictures.letters import broken, width
from leitai.documents.pictures.marks import QUIET, RULE, Box, Line, Mark, Page, Text, moved
from leitai.explain.words import say

WIDTH = 12.8  # inches: 1280 pixels of a screen, and as wide as A4 across with a little less
MARGIN = 0.4
INNER = WIDTH - 2 * MARGIN
_TITLE, _SUBTITLE, _SMALL = 19, 12, 10
_WARNING = "#A33B00"
_SWATCH = 0.28


@dataclass(frozen=True)
class Key:
    """One entry of the legend: a sample of a fill, or a text alone."""

    text: str
    fill: str = ""
    hatch: str = ""


@dataclass(frozen=True)
class Heading:
    """What stands around a picture's body."""

    title: str
    subtitle: str
    legend: Sequence[Key]
    made_up: bool
    source: str


@dataclass(frozen=True)
class Body:
    """A picture without its frame, `height` inches high and as wide as the frame allows.

    `says` is the same in words, for those who cannot see it.
    """

    height: float
    marks: Sequence[Mark]
    says: Sequence[str]


def heading(
    board: Board, title: str, legend: Sequence[Key], lang: str, *, more: str = "", other: bool
) -> Heading:
    """The frame of a picture of a board; `more` continues the subtitle.

    `other`: whether another board shown beside it is made up.
    """
    scheme, name = board.round.scheme, board.round.name
    subtitle = say(lang, "board.title", scheme=scheme.name, round=name)
    source = say(lang, "plot.source", scheme=scheme.name, version=scheme.version, round=name)
    made_up = scheme.made_up or other
    return Heading(
        title, " · ".join([subtitle, more] if more else [subtitle]), legend, made_up, source
    )


def minus(figure: str) -> str:
    """A figure with the sign of subtraction, as wide as a plus, for a hyphen."""
    return figure.replace("-", "−")


def groups_named(board: Board, groups: Sequence[str], lang: str) -> str:
    """The name of a group, or how many there are."""
    if len(groups) > 1:
        return say(lang, "plot.every-group", n=len(groups))
    return board.round.scheme.group_names()[groups[0]]


def framed(about: Heading, body: Body, lang: str) -> Page:
    """The whole page."""
    marks: list[Mark] = []
    y = MARGIN
    for text, size, bold in ((about.title, _TITLE, True), (about.subtitle, _SUBTITLE, False)):
        for line in broken(text, INNER, size, bold=bold):
            y += size / 72 * 0.75
            marks.append(Text(MARGIN, y, line, size, bold, "#000000" if bold else QUIET))
            y += size / 72 * 0.75
    if about.made_up:
        y = _notice(marks, y + 0.08, say(lang, "made-up"))
    y = _legend(marks, about.legend, y + 0.1)
    marks += moved(body.marks, MARGIN, y + 0.1)
    y += 0.1 + body.height
    marks.append(Line(MARGIN, y + 0.1, WIDTH - MARGIN, y + 0.1))
    y += 0.15
    for line in broken(about.source, INNER, _SMALL):
        marks.append(Text(MARGIN, y + 0.11, line, _SMALL, colour=QUIET))
        y += 0.22
    words = [about.subtitle, *([say(lang, "made-up")] if about.made_up else [])]
    words += [*(key.text for key in about.legend), *body.says, about.source]
    description = "\n".join(words)
    return Page(WIDTH, y + MARGIN / 2, about.title, description, marks)


def _notice(marks: list[Mark], y: float, text: str) -> float:
    """The notice in a band of its own, so that nobody takes the figures for real ones."""
    marks.append(Box(MARGIN, y, INNER, 0.3, "#FFF1E6", edge=_WARNING))
    marks.append(Text(MARGIN + 0.12, y + 0.15, text, _SUBTITLE, bold=True, colour=_WARNING))
    return y + 0.3


def _legend(marks: list[Mark], keys: Sequence[Key], y: float) -> float:
    """The keys one beside the other, in as many lines as they need."""
    x = MARGIN
    for key in keys:
        sample = _SWATCH + 0.08 if key.fill else 0.0
        for line in broken(key.text, INNER - sample, _SMALL):
            needed = sample + width(line, _SMALL)
            if x > MARGIN and x + needed > WIDTH - MARGIN:
                x, y = MARGIN, y + 0.24
            if sample:
                marks.append(Box(x, y + 0.05, _SWATCH, 0.14, key.fill, "#7F7F7F", key.hatch))
            marks.append(Text(x + sample, y + 0.12, line, _SMALL, colour=QUIET))
            x += needed + 0.3
    return y + 0.24 if keys else y


def rule(y: float, left: float, right: float) -> Line:
    """A thin line under headings."""
    return Line(left, y, right, y, RULE)
