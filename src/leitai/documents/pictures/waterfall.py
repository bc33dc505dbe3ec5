"""Draws a waterfall: from full marks through every indicator to a unit's total."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from leitai.board import Board
from leitai.documents.pictures.axis import Axis, axis
from leitai.documents.pictures.falls import Fall, Step, fall
from leitai.documents.pictures.frame import INNER, Body, Key, framed, heading, minus, rule
from leitai.documents.pictures.letters import broken, widest, width
from leitai.documents.pictures.marks import (
    INK,
    LINE,
    QUIET,
    RULE,
    Box,
    Line,
    Mark,
    Page,
    Text,
    stacked,
)
from leitai.explain.standing import grade_name, total_text
from leitai.explain.steps import adjustment_sentences
from leitai.explain.words import say
from leitai.points import decimal_text

_SIZE, _SMALL = 11, 10
_ROW, _HEAD = 0.34, 0.42
_HALF = 0.1  # of a bar's height
_PAD = 0.2
_NAMES = 3.0  # inches that items and indicators take at most before they go on in another line
_WHOLE = "#7A7A7A", "", INK  # full marks and the total, which are no change
_FIGURES = "plot.full", "head.points", "plot.change"  # the columns at the right
LOOKS = {  # fill, hatching, colour of the figure
    "loss": ("#D55E00", "", "#A33B00"),
    "gain": ("#0072B2", "///", "#00588A"),
    "bonus": ("#0072B2", "///", "#00588A"),
    "unearned": ("#FFFFFF", "\\\\\\\\\\\\", QUIET),
    "credit": ("#E8E8E8", "xx", QUIET),
    "scale": ("#BDBDBD", "", QUIET),
    "round": ("#BDBDBD", "", QUIET),
    "kept": ("", "", QUIET),
}


@dataclass(frozen=True)
class Row:
    """One row: the item where it begins, the name, its figures, and from where to where it goes.

    `apart`: a rule above it parts it from what belongs to another item.
    """

    item: Sequence[str]
    name: Sequence[str]
    figures: tuple[str, str, str]
    start: int
    end: int
    look: tuple[str, str, str]
    bold: bool = False
    apart: bool = True

    @property
    def height(self) -> float:
        """Higher where a name takes more lines."""
        return _ROW + LINE * (max(len(self.item), len(self.name)) - 1)


def waterfall(board: Board, unit: str, lang: str) -> Page:
    """The picture of one unit."""
    way, result = fall(board, unit), board.results[unit]
    rows = _rows(board, unit, way, lang)
    low = axis([*way.levels, way.full], board.round.scheme.scale.one)
    marks = list(_marks(rows, low, board, lang))
    says = [" ".join([*row.item, *row.name, *filter(None, row.figures)]) for row in rows]
    height = _HEAD + sum(row.height for row in rows)
    name = board.round.units[unit].name
    group = board.round.scheme.group_names()[result.group]
    body = Body(height, marks, says)
    title = say(lang, "plot.waterfall", unit=name, total=minus(total_text(board, result)))
    more = " · ".join([group, *_standing(board, unit, lang)])
    legend = _legend(board, way, low, lang)
    return framed(heading(board, title, legend, lang, more=more, other=False), body, lang)


def _rows(board: Board, unit: str, way: Fall, lang: str) -> list[Row]:
    """Full marks, every step, the total."""
    scale, result = board.round.scheme.scale, board.results[unit]
    full, series = scale.show(way.full), board.round.units[unit].series
    top = say(lang, "plot.full")
    rows = [Row([], [top], (full, "", ""), 0, way.full, _WHOLE, bold=True, apart=False)]
    item = ""
    for step, start in zip(way.steps, way.levels, strict=False):
        rows.append(_row(board, step, start, new_item=step.item != item, lang=lang))
        item = step.item
    total = minus(total_text(board, result))
    lost = _signed(board, way.total - way.full)
    end = say(lang, "head.total")
    common = scale.show(scale.line(board.round.scheme.common_total(series, unit) * scale.one))
    return [*rows, Row([], [end], (common, total, lost), 0, way.total, _WHOLE, bold=True)]


def _row(board: Board, step: Step, start: int, *, new_item: bool, lang: str) -> Row:
    scheme = board.round.scheme
    if not step.indicator:
        closing = say(lang, f"plot.step-{step.kind}")
        figures = "", "", _signed(board, step.units)
        return Row([], [closing], figures, start, start + step.units, LOOKS[step.kind])
    item = broken(scheme.items[step.item].name, _NAMES / 2, _SMALL) if new_item else []
    name = broken(scheme.indicators[step.indicator].name, _NAMES, _SIZE)
    earned = minus(scheme.scale.show(step.full + step.units))
    figures = scheme.scale.show(step.full), earned, _signed(board, step.units)
    end, look = start + step.units, LOOKS[step.kind]
    return Row(item, name, figures, start, end, look, apart=new_item)


def _signed(board: Board, units: int) -> str:
    """A change of points with its sign; nothing for none."""
    text = board.round.scheme.scale.show(abs(units))
    return f"{'+' if units > 0 else '−'}{text}" if units else "0"


def _marks(rows: Sequence[Row], low: Axis, board: Board, lang: str) -> Iterator[Mark]:
    """The table on both sides, the bars between."""
    items = [line for row in rows for line in row.item]
    heads = [say(lang, f"head.{key}") for key in ("item", "indicator")]
    name = max(widest(items, _SMALL), width(heads[0], _SMALL)) + _PAD
    names = widest((line for row in rows for line in row.name), _SIZE, bold=True)
    first = name + max(names, width(heads[1], _SMALL)) + 2 * _PAD
    ends = _figure_columns(rows, lang)
    bars = first, ends[0] - _PAD
    ends = ends[1:]
    yield from _heads(name, ends, lang)
    bottom = _HEAD + sum(row.height for row in rows)
    yield from _ticks(low, bars, bottom, board)
    y = _HEAD
    for number, row in enumerate(rows):
        yield from _texts(row, y, name, ends)
        yield from _bar(row, y, low, bars)
        if number + 1 < len(rows):
            yield _link(row, rows[number + 1], y, low, bars)
        if row.apart or y == _HEAD:
            yield rule(y, 0, INNER)
        y += row.height


def _figure_columns(rows: Sequence[Row], lang: str) -> list[float]:
    """Where the columns of figures begin, and where each of them ends."""
    ends = [INNER]
    for column, key in reversed(list(enumerate(_FIGURES))):
        head = say(lang, key)
        texts = [row.figures[column] for row in rows]
        wide = max(width(head, _SMALL), widest(texts, _SIZE, bold=True))
        ends.insert(0, ends[0] - wide - _PAD)
    return ends


def _heads(name: float, ends: Sequence[float], lang: str) -> Iterator[Text]:
    y = _HEAD - 0.13
    yield Text(0, y, say(lang, "head.item"), _SMALL, colour=QUIET)
    yield Text(name, y, say(lang, "head.indicator"), _SMALL, colour=QUIET)
    for end, key in zip(ends, _FIGURES, strict=True):
        yield Text(end, y, say(lang, key), _SMALL, colour=QUIET, side="right")


def _ticks(low: Axis, bars: tuple[float, float], bottom: float, board: Board) -> Iterator[Mark]:
    places = board.round.scheme.scale.places
    for tick in low.ticks:
        x = _across(tick, low, bars)
        text = decimal_text(tick, places)
        text = text.rstrip("0").rstrip(".") if places else text
        yield Text(x, _HEAD - 0.13, minus(text), _SMALL, colour=QUIET, side="center")
        yield Line(x, _HEAD, x, bottom, RULE if tick else INK, 0.5 if tick else 0.9)


def _across(value: int, low: Axis, bars: tuple[float, float]) -> float:
    first, last = bars
    return first + (last - first) * low.share(value)


def _texts(row: Row, y: float, name: float, ends: Sequence[float]) -> Iterator[Text]:
    middle = y + row.height / 2
    for x, lines, size, colour in ((0, row.item, _SMALL, QUIET), (name, row.name, _SIZE, INK)):
        yield from stacked(x, middle, lines, size, bold=row.bold, colour=colour)
    bolds = row.bold, row.bold, True
    colours = INK, INK, row.look[2]
    for end, text, bold, colour in zip(ends, row.figures, bolds, colours, strict=True):
        if text:
            yield Text(end, middle, text, _SIZE, bold=bold, colour=colour, side="right")


def _bar(row: Row, y: float, low: Axis, bars: tuple[float, float]) -> Iterator[Box]:
    """From where to where the sum went; full marks and total begin where the axis does, or at 0."""
    fill, hatch, _ = row.look
    if not fill:
        return
    start = max(row.start, low.low)
    left, right = sorted((_across(start, low, bars), _across(row.end, low, bars)))
    top = y + row.height / 2 - _HALF
    yield Box(left, top, right - left, 2 * _HALF, fill, "#4D4D4D", hatch)


def _link(row: Row, following: Row, y: float, low: Axis, bars: tuple[float, float]) -> Line:
    """From where one row's bar ends down to the next; past rows where nothing changed."""
    x = _across(row.end, low, bars)
    below = _HALF if row.look[0] else -_HALF
    to = y + row.height + following.height / 2 - _HALF
    return Line(x, y + row.height / 2 + below, x, to, INK, 0.8)


def _legend(board: Board, way: Fall, low: Axis, lang: str) -> list[Key]:
    """The kinds of steps that occur; where the axis begins."""
    kinds = [step.kind for step in way.steps if step.kind != "kept"]
    looks = {say(lang, f"plot.look-{kind}"): LOOKS[kind][:2] for kind in kinds}
    made = [Key(text, *look) for text, look in looks.items()]
    scale = board.round.scheme.scale
    if low.cut:
        made.append(Key(say(lang, "plot.axis-cut", points=scale.show(low.low))))
    return made


def _standing(board: Board, unit: str, lang: str) -> Iterator[str]:
    """Place and grade, and what adjustments did to them."""
    result = board.results[unit]
    n = sum(one.place is not None for one in board.members(result.group))
    if result.place is None:
        yield say(lang, "standing.unranked")
    else:
        yield say(lang, "standing.place", n=n, place=result.place, bottom=result.bottom)
    if result.grade is not None:
        yield say(lang, "standing.grade", grade=grade_name(board, result.grade))
    yield from adjustment_sentences(board, result, lang)
