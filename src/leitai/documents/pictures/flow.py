"""Flows sections of rows into one column or two, a section's title repeated where it goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from leitai.documents.pictures.frame import INNER
from leitai.documents.pictures.letters import broken
from leitai.documents.pictures.marks import Mark, Text, moved
from leitai.explain.words import say

GAP = 0.4  # between two columns
HALF = (INNER - GAP) / 2  # the width of one of two
ONE_COLUMN = 60  # rows that stand well in one column; more flow into two

_TITLE, _TITLE_LINE = 12, 0.22
_LEAST = 3  # rows that follow a heading before a column may end
_UNEVEN = 1.15  # so much higher may a column be, if then no section is cut


@dataclass(frozen=True)
class Section:
    """A section's title, and how high its heading (one line of title in it) and its rows are."""

    title: str
    head: float
    rows: Sequence[float]


@dataclass(frozen=True)
class Piece:
    """The rows of a section from `start` up to `stop`, under its heading, `y` from the top."""

    section: int
    start: int
    stop: int
    y: float


def laid_out(
    sections: Sequence[Section], columns: int, draw: Callable[[Piece], Iterable[Mark]], lang: str
) -> tuple[float, list[Mark]]:
    """How high the sections are in so many columns, and the marks of all pieces in place.

    `draw` gives what is below a title of one line; it is moved down where the title takes more.
    """
    wide = INNER if columns == 1 else HALF
    longest = [say(lang, "plot.continued", group=one.title) for one in sections]
    more = [_TITLE_LINE * (len(_lines(one, wide)) - 1) for one in longest]
    grown = [replace(one, head=one.head + m) for one, m in zip(sections, more, strict=True)]
    flowed = flow(grown, columns)
    marks: list[Mark] = []
    for number, column in enumerate(flowed):
        for piece in column:
            at, n = number * (HALF + GAP), piece.section
            title = longest[n] if piece.start else sections[n].title
            marks += moved(_title(title, wide), at, piece.y)
            marks += moved(draw(piece), at, piece.y + more[n])
    return _highest(grown, flowed), marks


def _title(title: str, wide: float) -> Iterator[Text]:
    for number, line in enumerate(_lines(title, wide)):
        yield Text(0, 0.3 + number * _TITLE_LINE, line, _TITLE, bold=True)


def _lines(title: str, wide: float) -> Sequence[str]:
    return broken(title, wide, _TITLE, bold=True)


def flow(sections: Sequence[Section], columns: int) -> list[list[Piece]]:
    """The pieces of each column: whole sections where that is even enough, else as rows allow."""
    even = sum(one.head + sum(one.rows) for one in sections) / columns
    most = even * _UNEVEN
    whole = _columns(sections, most, max(len(one.rows) for one in sections))
    if len(whole) <= columns and _highest(sections, whole) <= most:
        return whole
    most = even
    while len(made := _columns(sections, most, _LEAST)) > columns:
        most += 0.1
    return made


def _highest(sections: Sequence[Section], columns: Sequence[Sequence[Piece]]) -> float:
    return max(piece.y + _height(sections, piece) for column in columns for piece in column)


def _height(sections: Sequence[Section], piece: Piece) -> float:
    section = sections[piece.section]
    return section.head + sum(section.rows[piece.start : piece.stop])


def _columns(sections: Sequence[Section], most: float, least: int) -> list[list[Piece]]:
    """Columns not higher than `most`, unless a heading and its `least` rows are higher already."""
    made: list[list[Piece]] = []
    for piece in _pieces(sections, most, least):
        if piece.y == 0:
            made.append([])
        made[-1].append(piece)
    return made


def _pieces(sections: Sequence[Section], most: float, least: int) -> Iterator[Piece]:
    """Sections cut where a column ends."""
    y = 0.0
    for number, section in enumerate(sections):
        start = 0
        while start < len(section.rows):
            if y + section.head + sum(section.rows[start : start + least]) > most:
                y = 0.0
            stop = _fitting(section, start, most - y, least)
            yield Piece(number, start, stop, y)
            y += section.head + sum(section.rows[start:stop])
            y, start = (0.0 if stop < len(section.rows) else y), stop


def _fitting(section: Section, start: int, room: float, least: int) -> int:
    """Where the rows end that fit below the heading; a few fit always."""
    used, stop = section.head, start
    while stop < len(section.rows) and (stop - start < least or used + section.rows[stop] <= room):
        used += section.rows[stop]
        stop += 1
    return stop
