"""Draws ranges of places: between which places each unit may stand before demotions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from leitai.board import Board
from leitai.documents.pictures.flow import HALF, ONE_COLUMN, Piece, Section, laid_out
from leitai.documents.pictures.frame import (
    INNER,
    Body,
    Key,
    framed,
    groups_named,
    heading,
    rule,
)
from leitai.documents.pictures.letters import broken, widest
from leitai.documents.pictures.marks import (
    INK,
    LINE,
    QUIET,
    RULE,
    Box,
    Dot,
    Line,
    Mark,
    Page,
    Text,
    stacked,
    stripes,
)
from leitai.explain.words import say

_SIZE, _SMALL = 11, 10
_ROW, _HEAD = 0.29, 0.78
_PAD = 0.2
_NAMES = 0.35  # of a column's width names may take before they go on in another line
_BAR, _DOT = "#7FB2D6", "#00466E"
_TICKS = 10


@dataclass(frozen=True)
class PlaceRange:
    """A unit's base place, and the best (`low`) and worst (`high`) it is likely to have.

    All of them are before demotions. The place itself may be outside: a range leaves out what is
    seldom.
    """

    unit: str
    low: int
    place: int
    high: int


@dataclass(frozen=True)
class Ranged:
    """The ranges of units that are compared with one another, under a title."""

    title: str
    ranges: Sequence[PlaceRange]


@dataclass(frozen=True)
class _Row:
    names: Sequence[str]
    place: str
    about: PlaceRange
    span: str

    @property
    def height(self) -> float:
        return _ROW + LINE * (len(self.names) - 1)


def ranges(
    board: Board, groups: Sequence[str], basis: str, ranged: Sequence[Ranged], lang: str
) -> Page:
    """The picture; `basis` is the sentence that says where the ranges come from."""
    columns = 1 if sum(len(one.ranges) for one in ranged) <= ONE_COLUMN else 2
    wide = INNER if columns == 1 else HALF
    tables = [_rows(board, one, wide) for one in ranged]
    sections = [
        Section(one.title, _HEAD, [row.height for row in rows])
        for one, rows in zip(ranged, tables, strict=True)
    ]

    def drawn(piece: Piece) -> Iterator[Mark]:
        return _piece(ranged[piece.section], tables[piece.section], piece, wide, lang)

    says = [
        line
        for one, rows in zip(ranged, tables, strict=True)
        for line in (one.title, *(f"{row.place} {''.join(row.names)} {row.span}" for row in rows))
    ]
    body = Body(*laid_out(sections, columns, drawn, lang), says)
    title = say(lang, "plot.ranges", group=groups_named(board, groups, lang))
    legend = [Key(basis), Key(say(lang, "plot.range"), _BAR), Key(say(lang, "plot.range-place"))]
    return framed(heading(board, title, legend, lang, other=False), body, lang)


def _rows(board: Board, one: Ranged, wide: float) -> list[_Row]:
    """By place; units of one place in the round's order."""
    return [
        _Row(
            broken(board.round.units[about.unit].name, wide * _NAMES, _SIZE),
            str(about.place),
            about,
            str(about.low) if about.low == about.high else f"{about.low}–{about.high}",
        )
        for about in sorted(one.ranges, key=lambda about: about.place)
    ]


def _piece(
    one: Ranged, rows: Sequence[_Row], piece: Piece, wide: float, lang: str
) -> Iterator[Mark]:
    place = widest([say(lang, "head.base"), *(row.place for row in rows)], _SIZE, bold=True)
    name = place + _PAD
    names = widest((line for row in rows for line in row.names), _SIZE)
    span = max(widest([say(lang, "plot.range")], _SMALL), widest([r.span for r in rows], _SIZE))
    bars = name + names + 2 * _PAD, wide - span - 2 * _PAD
    last = max(max(about.high, about.place) for about in one.ranges)
    y = _HEAD - 0.13
    yield Text(place, y, say(lang, "head.base"), _SMALL, colour=QUIET, side="right")
    yield Text(name, y, say(lang, "head.unit"), _SMALL, colour=QUIET)
    yield Text(wide, y, say(lang, "plot.range"), _SMALL, colour=QUIET, side="right")
    shown = rows[piece.start : piece.stop]
    bottom = _HEAD + sum(row.height for row in shown)
    yield from stripes([row.height for row in shown], _HEAD, wide)
    yield from _ticks(last, bars, bottom)
    yield rule(_HEAD, 0, wide)
    y = _HEAD
    for row in shown:
        yield from _row_marks(row, y, place, name, wide, bars, last)
        y += row.height


def _ticks(last: int, bars: tuple[float, float], bottom: float) -> Iterator[Mark]:
    """The first place, and round ones after it."""
    step = next(size for size in (1, 2, 5, *range(10, last + 10, 10)) if size * _TICKS >= last)
    for place in sorted({1, *range(step, last + 1, step)}):
        x = _across(place, bars, last)
        yield Text(x, _HEAD - 0.13, str(place), _SMALL, colour=QUIET, side="center")
        yield Line(x, _HEAD, x, bottom, RULE, 0.5)


def _across(place: int, bars: tuple[float, float], last: int) -> float:
    first, end = bars
    return first + (end - first) * (place - 1) / max(last - 1, 1)


def _row_marks(
    row: _Row, y: float, place: float, name: float, wide: float, bars: tuple[float, float],
    last: int,
) -> Iterator[Mark]:  # fmt: skip
    middle = y + row.height / 2
    yield Text(place, middle, row.place, _SIZE, bold=True, side="right")
    yield from stacked(name, middle, row.names)
    low, high = (_across(end, bars, last) for end in (row.about.low, row.about.high))
    if low < high:
        yield Box(low, middle - 0.07, high - low, 0.14, _BAR, "#4D4D4D")
    yield Dot(_across(row.about.place, bars, last), middle, _DOT)
    yield Text(wide, middle, row.span, _SIZE, colour=INK, side="right")
