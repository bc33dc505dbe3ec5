"""Draws the board: every unit's total as a bar in the colour of its grade, and how it moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from leitai.board import Board, Result
from leitai.documents.pictures import grades
from leitai.documents.pictures.flow import HALF, ONE_COLUMN, Piece, Section, laid_out
from leitai.documents.pictures.frame import (
    INNER,
    Body,
    Key,
    framed,
    groups_named,
    heading,
    minus,
    rule,
)
from leitai.documents.pictures.letters import broken, widest
from leitai.documents.pictures.marks import (
    INK,
    LINE,
    QUIET,
    Box,
    Line,
    Mark,
    Page,
    Text,
    moved,
    stacked,
    stripes,
)
from leitai.documents.pictures.movement import Plain, from_base, movement_text, since
from leitai.explain.standing import grade_name, total_text
from leitai.explain.steps import MARK, remarks
from leitai.explain.words import say

_SIZE, _SMALL = 11, 10
_HEAD = 0.76
_AIRY, _DENSE = 0.31, 0.25  # a row of one column, and of two
_NAMES = 0.35  # of a column's width names may take before they go on in another line
_PAD = 0.15
_SHORTEST = 0.8  # the room bars need at least, else there is but one column
_UP, _DOWN = "#00588A", "#A33B00"


@dataclass(frozen=True)
class Row:
    """One unit's line: everything it shows, its name also in the lines it takes."""

    result: Result
    name: str
    names: Sequence[str]
    place: str
    rise: int
    moved: str
    total: str
    grade: str
    height: float
    remark: str


@dataclass(frozen=True)
class Group:
    """A comparison group with its rows; `full` are the full marks in 10^-total_places."""

    name: str
    full: int
    rows: Sequence[Row]


@dataclass(frozen=True)
class Places:
    """Where the columns of a table begin and end, in inches from its left."""

    place: float
    name: float
    movement: float
    bar: tuple[float, float]
    total: float
    grade: float

    @property
    def moving(self) -> bool:
        """Whether movements have a column."""
        return self.bar[0] > self.movement


def standings(board: Board, groups: Sequence[str], before: Plain | None, lang: str) -> Page:
    """The picture of one group or of several."""
    many = sum(len(board.members(one)) for one in groups) > ONE_COLUMN
    made, at = _tables(board, groups, before, HALF if many else INNER, lang)
    if at.bar[1] - at.bar[0] < _SHORTEST:
        many = False
        made, at = _tables(board, groups, before, INNER, lang)
    wide, rows = HALF if many else INNER, [row for group in made for row in group.rows]
    sections = [Section(group.name, _HEAD, [row.height for row in group.rows]) for group in made]

    def drawn(piece: Piece) -> Iterator[Mark]:
        return _piece(board, made[piece.section], piece, at, wide, lang)

    height, marks = laid_out(sections, 2 if many else 1, drawn, lang)
    notes = [row.remark for row in rows if row.remark]
    more, under = _under(notes)
    body = Body(height + more, [*marks, *moved(under, 0, height)], [*_says(made), *notes])
    title = say(lang, "plot.board", group=groups_named(board, groups, lang))
    legend = _legend(board, rows, at.moving, before, lang)
    other = before is not None and bool(before.get("made_up"))
    return framed(heading(board, title, legend, lang, other=other), body, lang)


def _tables(
    board: Board, groups: Sequence[str], before: Plain | None, wide: float, lang: str
) -> tuple[list[Group], Places]:
    """The groups at a width, and where their columns are."""
    made = [_group(board, one, before, wide, lang) for one in groups]
    rows = [row for group in made for row in group.rows]
    moving = before is not None or any(row.rise for row in rows)
    return made, _places(rows, wide, moving, lang)


def _group(board: Board, group: str, before: Plain | None, wide: float, lang: str) -> Group:
    scheme, members = board.round.scheme, board.members(group)
    series = board.round.units[members[0].unit].series
    full = scheme.common_total(series, members[0].unit) * 10**scheme.total_places
    name = say(lang, "plot.group", group=scheme.group_names()[group], n=len(members))
    notes = remarks(board, members, lang)
    rows = [_row(board, one, before, notes.get(one.unit, ""), wide, lang) for one in members]
    return Group(name, int(full), rows)


def _row(board: Board, one: Result, before: Plain | None, note: str, wide: float, lang: str) -> Row:
    name = board.round.units[one.unit].name
    names = broken(name, wide * _NAMES, _SIZE)
    movement = from_base(one) if before is None else since(before, one)
    line = _AIRY if wide == INNER else _DENSE
    return Row(
        one,
        name,
        names,
        say(lang, "none") if one.place is None else str(one.place),
        movement.rise,
        movement_text(movement) if movement.rise or before is not None else "",
        minus(total_text(board, one)),
        grade_name(board, one.grade) + (MARK if note else ""),
        line + LINE * (len(names) - 1),
        say(lang, "board.remark", mark=MARK, unit=name, text=note) if note else "",
    )


def _places(rows: Sequence[Row], wide: float, moving: bool, lang: str) -> Places:
    """Every column as wide as its widest text; the bars take what is left."""

    def column(key: str, texts: Sequence[str]) -> float:
        head = widest([say(lang, f"head.{key}")], _SMALL)
        return max(head, widest(texts, _SIZE, bold=True)) + _PAD

    place = column("place", [row.place for row in rows])
    names = place + _PAD
    movement = names + column("unit", [name for row in rows for name in row.names])
    first = movement
    if moving:
        head = widest([say(lang, "plot.moved")], _SMALL)
        first += max(head, widest((row.moved for row in rows), _SMALL, bold=True)) + 2 * _PAD
    grade = wide - column("grade", [row.grade for row in rows])
    total = grade - _PAD
    last = total - column("total", [row.total for row in rows])
    return Places(place, names, movement, (first, last), total, grade)


def _piece(
    board: Board, group: Group, piece: Piece, at: Places, wide: float, lang: str
) -> Iterator[Mark]:
    """The heads of a group's columns, its rows and the line of full marks."""
    yield from _heads(at, lang)
    rows = group.rows[piece.start : piece.stop]
    low, high = _span(group)
    yield from stripes([row.height for row in rows], _HEAD, wide)
    y = _HEAD
    for row in rows:
        yield from _line_of(board, row, y, at, low, high)
        y += row.height
    yield from _full_marks(group, at, low, high, y)
    yield rule(_HEAD, 0, wide)


def _heads(at: Places, lang: str) -> Iterator[Text]:
    y = _HEAD - 0.13
    yield Text(at.place, y, say(lang, "head.place"), _SMALL, colour=QUIET, side="right")
    yield Text(at.name, y, say(lang, "head.unit"), _SMALL, colour=QUIET)
    if at.moving:
        yield Text(at.movement, y, say(lang, "plot.moved"), _SMALL, colour=QUIET)
    yield Text(at.total, y, say(lang, "head.total"), _SMALL, colour=QUIET, side="right")
    yield Text(at.grade, y, say(lang, "head.grade"), _SMALL, colour=QUIET)


def _line_of(board: Board, row: Row, y: float, at: Places, low: int, high: int) -> Iterator[Mark]:
    middle = y + row.height / 2
    yield Text(at.place, middle, row.place, _SIZE, bold=True, side="right")
    yield from stacked(at.name, middle, row.names)
    if at.moving:
        colour = _UP if row.rise > 0 else _DOWN if row.rise < 0 else QUIET
        yield Text(at.movement, middle, row.moved, _SMALL, bold=row.rise != 0, colour=colour)
    zero, end = (_across(value, at, low, high) for value in (0, row.result.total))
    fill, hatch = grades.look(board, row.result.grade)
    left, long = min(zero, end), abs(end - zero)
    yield Box(left, middle - 0.085, long, 0.17, fill, "#4D4D4D", hatch)
    yield Text(at.total, middle, row.total, _SIZE, bold=True, side="right")
    yield Text(at.grade, middle, row.grade, _SIZE)


def _span(group: Group) -> tuple[int, int]:
    """What the bars' room reaches from and to: zero, full marks and every total are inside."""
    totals = [row.result.total for row in group.rows]
    return min(0, *totals), max(1, group.full, *totals)


def _across(value: int, at: Places, low: int, high: int) -> float:
    first, last = at.bar
    return first + (last - first) * (value - low) / (high - low)


def _full_marks(group: Group, at: Places, low: int, high: int, bottom: float) -> Iterator[Line]:
    """Zero, and full marks dashed."""
    zero, full = _across(0, at, low, high), _across(group.full, at, low, high)
    yield Line(zero, _HEAD, zero, bottom, INK, 0.8)
    yield Line(full, _HEAD, full, bottom, QUIET, 0.8, dashed=True)


def _legend(
    board: Board, rows: Sequence[Row], moving: bool, before: Plain | None, lang: str
) -> list[Key]:
    ungraded = any(row.result.grade is None for row in rows)
    made = grades.keys(board, lang, ungraded=ungraded)
    made.append(Key(say(lang, "plot.full-line")))
    if moving and before is None:
        made.append(Key(say(lang, "plot.moved-base")))
    elif before is not None:
        made.append(Key(say(lang, "plot.moved-since", round=before["round"])))
    return made


def _under(notes: Sequence[str]) -> tuple[float, list[Mark]]:
    """The remarks below the tables: how high they are, and their lines."""
    lines = [line for note in notes for line in broken(note, INNER, _SMALL)]
    top = _PAD if lines else 0.0
    marks = [Text(0, top + LINE * (n + 0.5), line, _SMALL) for n, line in enumerate(lines)]
    return top + LINE * len(lines), list(marks)


def _says(groups: Sequence[Group]) -> Iterator[str]:
    for group in groups:
        yield group.name
        for row in group.rows:
            yield f"{row.place} {row.name} {row.total} {row.grade} {row.moved}".rstrip()
