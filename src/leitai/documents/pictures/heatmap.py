"""Draws a heat map: units by items or indicators, the share of full marks as colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from leitai.board import Board, Result
from leitai.documents.pictures.flow import HALF, ONE_COLUMN, Piece, Section, laid_out
from leitai.documents.pictures.frame import INNER, Body, Key, framed, groups_named, heading, minus
from leitai.documents.pictures.letters import balanced, broken, widest
from leitai.documents.pictures.marks import INK, LINE, QUIET, Box, Mark, Page, Text, moved, stacked
from leitai.documents.pictures.shares import BOUNDS, LOWEST, OVER, Cell, cells, columns
from leitai.explain.moves import some
from leitai.explain.standing import grade_name, total_text
from leitai.explain.steps import remarks
from leitai.explain.words import say

_SIZE, _SMALL = 11, 9.5
_ROW, _TITLE = 0.29, 0.6
_PAD = 0.12
_NARROWEST, _WIDEST = 0.3, 1.1  # a column of cells
_FILLS = ("#5AA9DD", "#FFFFFF", "#FEE8CF", "#FDC38D", "#EE8A3C", "#B54A05")  # OVER … LOWEST
_WHITE = "#FFFFFF"
_SIGNS = {  # where shares say nothing: fills unlike those of shares
    "plus": "#BFE3B4",
    "minus": "#D9BFE3",
    "none": "#E9E9E9",
}


@dataclass(frozen=True)
class Row:
    """One unit's texts and cells."""

    place: str
    name: str
    names: Sequence[str]
    cells: Sequence[Cell | None]
    figures: Sequence[str]
    total: str
    grade: str

    @property
    def height(self) -> float:
        """Higher where the name takes more lines."""
        return _ROW + LINE * (len(self.names) - 1)


@dataclass(frozen=True)
class Table:
    """One group: its title, the names of its columns with their full marks, its rows."""

    title: str
    heads: Sequence[str]
    marks: Sequence[str]
    rows: Sequence[Row]


@dataclass(frozen=True)
class Places:
    """Where columns begin and end, in inches from a table's left; `cell` is a cell's width."""

    place: float
    name: float
    cells: float
    cell: float
    total: float
    grade: float


def heatmap(board: Board, groups: Sequence[str], by: str, lang: str) -> Page:
    """The picture of one group or of several, by "items" or "indicators"."""
    tables = [band for one in groups for band in _bands(_table(board, one, by, lang), lang)]
    many = sum(len(one.rows) for one in tables) > ONE_COLUMN
    marks: list[Mark] = []
    y = 0.0
    for halved, run in groupby(tables, lambda one: many and _fits(one, lang, HALF)):
        more, drawn = _run(list(run), 2 if halved else 1, lang)
        marks += moved(drawn, 0, y)
        y += more
    body = Body(y, marks, list(_says(tables)))
    title = say(lang, f"plot.heatmap-{by}", group=groups_named(board, groups, lang))
    legend = [*_legend(tables, lang), *_adjusted(board, groups, lang)]
    return framed(heading(board, title, legend, lang, other=False), body, lang)


def _run(tables: Sequence[Table], columns_: int, lang: str) -> tuple[float, list[Mark]]:
    """Tables below one another in so many columns: how high they are, and their marks."""
    wide = HALF if columns_ == 2 else INNER
    at = [_places(one, wide, lang) for one in tables]
    heads = [_heads(one, place.cell) for one, place in zip(tables, at, strict=True)]
    sections = [
        Section(one.title, _top(head), [row.height for row in one.rows])
        for one, head in zip(tables, heads, strict=True)
    ]

    def drawn(piece: Piece) -> Iterator[Mark]:
        n = piece.section
        return _piece(tables[n], piece, at[n], heads[n], sections[n].head, lang)

    return laid_out(sections, columns_, drawn, lang)


def _table(board: Board, group: str, by: str, lang: str) -> Table:
    scheme = board.round.scheme
    members, names = board.members(group), columns(board, group, by)
    title = say(lang, "plot.group", group=scheme.group_names()[group], n=len(members))
    named = scheme.items if by == "items" else scheme.indicators
    rows = [_row(board, one, names, by, lang) for one in members]
    fulls = [
        {cell.full for cell in each if cell}
        for each in zip(*(row.cells for row in rows), strict=True)
    ]
    marks = [_full(board, min(one), lang) if len(one) == 1 else "…" for one in fulls]
    return Table(title, [named[name].name for name in names], marks, rows)


def _row(board: Board, one: Result, names: Sequence[str], by: str, lang: str) -> Row:
    scale = board.round.scheme.scale
    found = cells(board, one.unit, names, by)
    name = board.round.units[one.unit].name
    return Row(
        say(lang, "none") if one.place is None else str(one.place),
        name,
        broken(name, INNER * 0.25, _SIZE),
        found,
        [_figure(scale.show(one.units), one) if one else "" for one in found],
        minus(total_text(board, one)),
        grade_name(board, one.grade),
    )


def _figure(points: str, one: Cell) -> str:
    """Points; with a plus where they are added to no full marks."""
    plus = "+" if one.full == 0 < one.units else ""
    return plus + minus(points) + ("*" if one.credited else "")


def _full(board: Board, units: int, lang: str) -> str:
    """Full marks without decimals that say nothing, and a dash for none."""
    if units == 0:
        return say(lang, "none")
    points = board.round.scheme.scale.show(units)
    return points.rstrip("0").rstrip(".") if "." in points else points


def _bands(table: Table, lang: str) -> list[Table]:
    """The table, or as few tables of some of its columns as leave the figures room."""
    n = len(table.heads)
    count = next((one for one in range(1, n) if _split_fits(table, one, lang)), n)
    bands = _split(table, count)
    if len(bands) == 1:
        return bands
    titles = [
        say(lang, "plot.band", group=table.title, number=number, n=len(bands))
        for number in range(1, len(bands) + 1)
    ]
    return [replace(one, title=title) for one, title in zip(bands, titles, strict=True)]


def _split(table: Table, count: int) -> list[Table]:
    """The columns dealt out evenly to so many tables."""
    size = -(-len(table.heads) // count)
    return [_band(table, at, at + size) for at in range(0, len(table.heads), size)]


def _split_fits(table: Table, count: int, lang: str) -> bool:
    return all(_fits(one, lang, INNER) for one in _split(table, count))


def _band(table: Table, first: int, last: int) -> Table:
    """Some of a table's columns."""
    rows = [
        replace(row, cells=row.cells[first:last], figures=row.figures[first:last])
        for row in table.rows
    ]
    return replace(table, heads=table.heads[first:last], marks=table.marks[first:last], rows=rows)


def _fits(table: Table, lang: str, wide: float) -> bool:
    """Whether the figures have room at a width."""
    figures = widest((one for row in table.rows for one in row.figures), _SMALL, bold=True)
    return _places(table, wide, lang).cell >= max(_NARROWEST, figures + 0.08)


def _places(table: Table, wide: float, lang: str) -> Places:
    """Texts as wide as they are; the cells share what is left."""
    rows = table.rows
    place = max(_head("place", lang), widest((row.place for row in rows), _SIZE, bold=True))
    name = place + _PAD
    names = widest((line for row in rows for line in row.names), _SIZE)
    first = name + max(_head("unit", lang), names) + _PAD
    total = max(_head("total", lang), widest((row.total for row in rows), _SIZE, bold=True))
    grade = max(_head("grade", lang), widest((row.grade for row in rows), _SIZE))
    room = wide - first - total - grade - 3 * _PAD
    each = min(_WIDEST, room / len(table.heads))
    last = first + each * len(table.heads)
    return Places(place, name, first, each, last + _PAD + total, last + 2 * _PAD + total)


def _head(key: str, lang: str) -> float:
    return widest([say(lang, f"head.{key}")], _SMALL)


def _heads(table: Table, wide: float) -> list[Sequence[str]]:
    """The heads of the cells in the lines they take."""
    return [balanced(one, wide - 0.06, _SMALL) for one in table.heads]


def _top(heads: Sequence[Sequence[str]]) -> float:
    """How high everything above the cells is."""
    return _TITLE + LINE * (max(map(len, heads)) + 1) + _PAD


def _piece(
    table: Table, piece: Piece, at: Places, heads: Sequence[Sequence[str]], top: float, lang: str
) -> Iterator[Mark]:
    yield from _head_marks(table, at, heads, top, lang)
    y = top
    for row in table.rows[piece.start : piece.stop]:
        yield from _row_marks(row, y, at)
        y += row.height


def _head_marks(
    table: Table, at: Places, heads: Sequence[Sequence[str]], top: float, lang: str
) -> Iterator[Text]:
    """Heads end just above the cells; the full marks are their last line."""
    y = top - _PAD
    yield Text(at.place, y, say(lang, "head.place"), _SMALL, colour=QUIET, side="right")
    yield Text(at.name, y, say(lang, "head.unit"), _SMALL, colour=QUIET)
    yield Text(at.total, y, say(lang, "head.total"), _SMALL, colour=QUIET, side="right")
    yield Text(at.grade, y, say(lang, "head.grade"), _SMALL, colour=QUIET)
    for number, (lines, full) in enumerate(zip(heads, table.marks, strict=True)):
        middle = at.cells + at.cell * (number + 0.5)
        yield Text(middle, y, full, _SMALL, colour=QUIET, side="center")
        for line, text in enumerate(reversed(lines), start=1):
            yield Text(middle, y - LINE * line, text, _SMALL, colour=INK, side="center")


def _row_marks(row: Row, y: float, at: Places) -> Iterator[Mark]:
    middle = y + row.height / 2
    yield Text(at.place, middle, row.place, _SIZE, bold=True, side="right")
    yield from stacked(at.name, middle, row.names)
    for number, (one, figure) in enumerate(zip(row.cells, row.figures, strict=True)):
        x = at.cells + at.cell * number
        if one is None:
            yield Box(x, y, at.cell, row.height, _WHITE, "#D0D0D0", "////")
            continue
        yield Box(x, y, at.cell, row.height, _fill(one), "#D0D0D0")
        colour = _WHITE if one.level == LOWEST else INK
        bold = one.level in (OVER, LOWEST)
        centre = x + at.cell / 2
        yield Text(centre, middle, figure, _SMALL, bold=bold, colour=colour, side="center")
    yield Text(at.total, middle, row.total, _SIZE, bold=True, side="right")
    yield Text(at.grade, middle, row.grade, _SIZE)


def _fill(one: Cell) -> str:
    return _SIGNS[_sign(one)] if one.level is None else _FILLS[one.level]


def _sign(one: Cell) -> str:
    """Which way points went that are no share of full marks."""
    if one.units == 0:
        return "none"
    return "plus" if one.units > 0 else "minus"


def _legend(tables: Sequence[Table], lang: str) -> list[Key]:
    """What the colours mean; the marks that occur."""
    bounds = [f"{bound * 100}%" for bound in BOUNDS]
    texts = [say(lang, "plot.share-over"), say(lang, "plot.share-full")]
    pairs = zip(bounds[1:], bounds, strict=False)
    texts += [say(lang, "plot.share-between", low=low, high=high) for low, high in pairs]
    texts.append(say(lang, "plot.share-below", low=bounds[-1]))
    found = [one for table in tables for row in table.rows for one in row.cells]
    made = [Key(text, fill) for text, fill in zip(texts, _FILLS, strict=True)]
    made = made if any(one and one.level == OVER for one in found) else made[1:]
    made += [Key(say(lang, "plot.absent"), _WHITE, "////")] if None in found else []
    signs = {_sign(one) for one in found if one and one.level is None}
    made += [Key(say(lang, f"plot.sign-{s}"), fill) for s, fill in _SIGNS.items() if s in signs]
    if any(one and one.credited for one in found):
        made.append(Key(say(lang, "plot.credited")))
    return [Key(say(lang, "plot.share")), *made]


def _adjusted(board: Board, groups: Sequence[str], lang: str) -> Iterator[Key]:
    """The units whose place or grade is not what their total alone would give."""
    units = [unit for one in groups for unit in remarks(board, board.members(one), lang)]
    if units:
        named = some([board.round.name_of(one) for one in units], lang)
        yield Key(say(lang, "plot.adjusted", units=named))


def _says(tables: Sequence[Table]) -> Iterator[str]:
    for table in tables:
        yield table.title
        for row in table.rows:
            figures = zip(table.heads, row.figures, strict=True)
            told = " ".join(f"{head} {figure}" for head, figure in figures if figure)
            yield f"{row.place} {row.name} {row.total} {row.grade}: {told}"
