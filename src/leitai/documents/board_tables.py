"""A board as tables for workbooks and CSV: places, items, lost points with reasons, the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from leitai.board import Board, Result
from leitai.documents.outcome_tables import (
    CONSEQUENCES,
    REWARDS,
    consequence_rows,
    reward_rows,
)
from leitai.documents.tables import Sheet
from leitai.explain.causes import cause
from leitai.explain.problem_text import problem_text
from leitai.explain.standing import grade_name
from leitai.explain.steps import adjustment_sentences, remarks
from leitai.explain.trail import is_lost
from leitai.explain.words import say
from leitai.ledger import Line
from leitai.points import decimal_text

Row = list[str | int | None]


def board_sheets(board: Board, lang: str) -> list[Sheet]:
    """All sheets of a round's workbook."""
    return [
        _sheet(board, lang, "standings", _STANDINGS, list(_standings(board, lang))),
        *_overviews(board, lang),
        *_outcomes(board, lang),
        _sheet(board, lang, "items", _ITEMS, list(_items(board))),
        _sheet(board, lang, "lost", _LOST, list(_lost(board, lang))),
        _sheet(board, lang, "ledger", _LEDGER, list(_ledger(board, lang))),
        _sheet(board, lang, "entries", _ENTRIES, list(_entries(board))),
        _sheet(board, lang, "steps", _STEPS, list(_steps(board, lang))),
        _sheet(board, lang, "warnings", ["note"], list(_warnings(board, lang))),
    ]


_STANDINGS = ["group", "place", "bottom", "unit", "total", "bonus", "grade", "base", "remarks"]
_OVERVIEW = ["group", "place", "unit", "total"]
_BY_GROUP = ("standings", "overview")  # each group begins on a page of its own
_ITEMS = ["group", "item", "place", "bottom", "unit", "points"]
_LOST = ["group", "unit", "item", "indicator", "lost", "reason", "source"]
_LEDGER = ["unit", "item", "indicator", "kind", "points", "reason", "source"]
_ENTRIES = ["unit", "adjustment", "amount", "reason", "basis", "approved", "source"]
_STEPS = ["unit", "note"]


def _sheet(
    board: Board, lang: str, name: str, heads: list[str], rows: list[Row], *more: str
) -> Sheet:
    """A sheet with what it is; `more` are headings that are names already."""
    scheme = board.round.scheme
    title = say(lang, "board.title", scheme=scheme.name, round=board.round.name)
    notice = say(lang, "made-up") if scheme.made_up else ""
    headings = [*(say(lang, f"head.{head}") for head in heads), *more]
    apart = name in _BY_GROUP
    return Sheet(say(lang, f"sheet.{name}"), notice, headings, rows, caption=title, apart=apart)


def _outcomes(board: Board, lang: str) -> Iterator[Sheet]:
    """The sheets of a year, where its scheme says something of rewards or consequences."""
    made, rule = board.outcomes, board.round.scheme.year
    if made is not None and rule is not None:
        if rule.rewards is not None:
            yield _sheet(board, lang, "rewards", REWARDS, list(reward_rows(board, made)))
        if rule.consequences:
            rows = list(consequence_rows(board, made, lang))
            yield _sheet(board, lang, "consequences", CONSEQUENCES, rows)


def _overviews(board: Board, lang: str) -> Iterator[Sheet]:
    """A sheet a series: every unit in a row, with its place, its total, its points in each item."""
    scheme = board.round.scheme
    for series in scheme.series.values():
        groups = series.group_names()
        found = [(title, one) for group, title in groups.items() for one in board.members(group)]
        items = [item for item in scheme.items if any(item in one.items for _, one in found)]
        rows = [_overview_row(board, title, one, items) for title, one in found]
        if rows:
            names = [scheme.items[item].name for item in items]
            sheet = _sheet(board, lang, "overview", _OVERVIEW, rows, *names)
            yield replace(sheet, title=f"{sheet.title} {series.name}")


def _overview_row(board: Board, title: str, one: Result, items: Sequence[str]) -> Row:
    scheme = board.round.scheme
    total = decimal_text(one.total, scheme.total_places)
    points = [scheme.scale.show(one.items[i].units) if i in one.items else "" for i in items]
    return [title, one.place, _unit(board, one), total, *points]


def _standings(board: Board, lang: str) -> Iterator[Row]:
    """The remarks stand in a column of their own: grades are read back by their names."""
    scheme = board.round.scheme
    for group, title in scheme.group_names().items():
        members = board.members(group)
        notes = remarks(board, members, lang)
        for one in members:
            total = decimal_text(one.total, scheme.total_places)
            bonus = scheme.scale.show(one.bonus) if one.bonus else ""
            yield [title, one.place, one.bottom, _unit(board, one), total, bonus,
                   grade_name(board, one.grade), one.base_place,
                   notes.get(one.unit, "")]  # fmt: skip


def _unit(board: Board, one: Result) -> str:
    return board.round.units[one.unit].name


def _items(board: Board) -> Iterator[Row]:
    scheme = board.round.scheme
    for group, title in scheme.group_names().items():
        for item, about in scheme.items.items():
            scores = [(one.items[item], one) for one in board.members(group) if item in one.items]
            scores.sort(key=lambda pair: (pair[0].place is None, pair[0].place or 0))
            for score, one in scores:
                points = scheme.scale.show(score.units)
                yield [title, about.name, score.place, score.bottom, _unit(board, one), points]


def _lost(board: Board, lang: str) -> Iterator[Row]:
    """Every line that took points, in the order of the boards."""
    scheme = board.round.scheme
    for group, title in scheme.group_names().items():
        for one in board.members(group):
            for line in board.by_unit[one.unit]:
                if is_lost(line):
                    unit, item, indicator, _, points, reason, source = _line(board, line, lang)
                    yield [title, unit, item, indicator, points, reason, source]


def _line(board: Board, line: Line, lang: str) -> Row:
    scheme = board.round.scheme
    named = scheme.indicators.get(line.indicator) or scheme.adjustments.get(line.indicator)
    return [
        board.round.units[line.unit].name,
        scheme.items[line.item].name if line.item else "",
        named.name if named else "",
        say(lang, f"kind-of-line.{line.kind}"),
        scheme.scale.show(line.units),
        cause(board, line, lang),
        line.source,
    ]


def _ledger(board: Board, lang: str) -> Iterator[Row]:
    for lines in board.by_unit.values():
        for line in lines:
            yield _line(board, line, lang)


def _entries(board: Board) -> Iterator[Row]:
    """Every approved adjustment, bonuses included, with who approved it."""
    scheme, units = board.round.scheme, board.round.units
    levels = {level.id: level.name for level in scheme.grades.levels}
    for one in board.taken.entries:
        kind = scheme.adjustments[one.adjustment]
        amount = levels.get(one.amount, one.amount) if kind.kind in ("cap", "fix") else one.amount
        yield [units[one.unit].name, kind.name, amount, one.reason, one.basis, one.approved, one.id]


def _steps(board: Board, lang: str) -> Iterator[Row]:
    for unit, result in board.results.items():
        for sentence in adjustment_sentences(board, result, lang):
            yield [board.round.units[unit].name, sentence]


def _warnings(board: Board, lang: str) -> Iterator[Row]:
    for one in board.warnings:
        yield [problem_text(one, lang)]
