"""Traces a fact: which lines it made, which units it touched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from leitai.adjustments.verdicts import Step
from leitai.board import FEW, Board
from leitai.explain.causes import cause
from leitai.explain.fact_text import fact_cells, table_name
from leitai.explain.opinions import group_sentence
from leitai.explain.steps import step_text
from leitai.explain.trace_year import year_touched
from leitai.explain.words import joined, say
from leitai.facts.rows import Row
from leitai.ledger import Line
from leitai.points import decimal_text


@dataclass(frozen=True)
class Trace:
    """A fact, the lines it made, and what else it touched, as sentences."""

    fact: str
    cells: Sequence[tuple[str, str]]
    lines: Sequence[str]
    touched: Sequence[str]


def fact_ids(board: Board) -> list[str]:
    """Every fact's id and place; of a large round not those of values that came in columns."""
    rows = [row for rows in board.round.facts.values() for row in rows]
    if len(board.round.units) <= FEW:
        rows += board.round.figure_rows()
    return list(dict.fromkeys(name for row in rows for name in (row.id, row.where)))


def trace(board: Board, fact: str, lang: str) -> list[Trace]:
    """What each fact of this id or place touched (an id may be used in several tables)."""
    return [
        Trace(
            say(lang, "trace.fact", table=table_name(row.table, lang), id=row.id, where=row.where),
            tuple(fact_cells(board.round, row, lang)),
            tuple(_line_text(board, line, lang) for line in _made(board, row)),
            tuple(_touched(board, row, lang)),
        )
        for row in _named(board, fact)
    ]


def _named(board: Board, fact: str) -> Iterator[Row]:
    """The rows of this id or place; a value that came in a column has only an id."""
    for rows in board.round.facts.values():
        yield from (row for row in rows if fact in (row.id, row.where))
    unit, _, indicator = fact.rpartition("/")
    row = board.round.figure_row(unit, indicator) if unit in board.round.units else None
    if row is not None:
        yield row


def _made(board: Board, row: Row) -> list[Line]:
    """The lines a row made; a value makes those of its own unit only."""
    lines = board.by_unit[row["unit"]] if row.table == "values" else board.ledger
    return [line for line in lines if line.source == row.id]


def _line_text(board: Board, line: Line, lang: str) -> str:
    scheme = board.round.scheme
    named = scheme.indicators.get(line.indicator) or scheme.adjustments.get(line.indicator)
    parts = [board.round.units[line.unit].name, named.name if named else ""]
    title = " · ".join(part for part in parts if part)
    kind = say(lang, f"kind-of-line.{line.kind}")
    return f"{title} · {kind} {scheme.scale.show(line.units)} · {cause(board, line, lang)}"


def _touched(board: Board, row: Row, lang: str) -> Iterator[str]:
    """The unit it stands for, peers it is compared with, tallies and steps it went into."""
    unit = row["unit"]
    if unit in board.results:  # a row of history may name one of old
        yield _unit_text(board, unit, lang)
    if row.table == "values":
        yield from _peers(board, row, lang)
    if row.table in ("ballots", "answers", "tallies"):
        yield _tally(board, row, lang)
    if row.table == "late" and board.round.scheme.lateness is not None:
        indicator = board.round.scheme.indicators[board.round.scheme.lateness.indicator].name
        yield say(lang, "trace.late", indicator=indicator)
    if row.table in ("frame", "previous"):
        yield say(lang, f"trace.{row.table}")
    yield from year_touched(board, row, lang)
    if row.table == "nil_returns":
        yield from _nil(board, row, lang)
    for step in board.steps:
        if step.kind != "bonus" and step.source in (row.id, *_triggered(board, row)):
            if step.source != row.id:
                yield say(lang, "trace.trigger", entry=step.source)
            yield step_text(board, step, lang)
            yield from _moved(board, step, lang)


def _triggered(board: Board, row: Row) -> list[str]:
    """The entries whose trigger looks at what the row reports of the unit (§9)."""
    kinds = board.round.scheme.adjustments
    return [
        one.id
        for one in board.taken.entries
        if (when := kinds[one.adjustment].when) is not None
        and (one.unit, when.indicator) == (row["unit"], row["indicator"])
    ]


def _nil(board: Board, row: Row, lang: str) -> Iterator[str]:
    """The units without deductions that a nil return speaks for."""
    taken, indicator = board.taken, row["indicator"]
    spoken = [
        board.round.units[unit].name
        for unit, name in board.points.events
        if name == indicator
        and not taken.events.get((unit, name))
        and taken.nil.get((unit, name), taken.nil.get(("", name))) == row.id
    ]
    if spoken:
        yield say(lang, "trace.nil", n=len(spoken), units=joined(lang, spoken))


def _moved(board: Board, step: Step, lang: str) -> Iterator[str]:
    """The units of the group that stand elsewhere than before all demotions."""
    group = board.results[step.unit].group
    moved = [one for one in board.members(group) if one.place != one.base_place]
    if step.kind == "demote" and moved:
        places = [
            say(
                lang,
                "trace.place",
                unit=board.round.units[one.unit].name,
                before=one.base_place,
                after=one.place,
            )
            for one in moved
        ]
        yield say(lang, "trace.moved", units=joined(lang, places))


def _unit_text(board: Board, unit: str, lang: str) -> str:
    result = board.results[unit]
    total = decimal_text(result.total, board.round.scheme.total_places)
    place = say(lang, "standing.unranked")
    if result.place is not None:
        n = sum(one.place is not None for one in board.members(result.group))
        place = say(lang, "item.place", n=n, place=result.place, bottom=result.bottom)
    return say(lang, "trace.unit", unit=board.round.units[unit].name, total=total, place=place)


def _peers(board: Board, row: Row, lang: str) -> Iterator[str]:
    bound = board.bindings[row["indicator"]]
    if not any(part.measure.relative(part.settings) for part in bound.parts):
        return
    group = board.round.units[row["unit"]].group
    others = [
        one.id
        for one in board.round.in_group(group)
        if one.id != row["unit"] and (one.id, bound.id) in board.taken.values
    ]
    title = board.round.scheme.group_names()[group]
    yield say(lang, "trace.peers", group=title, n=len(others), indicator=bound.indicator.name)


def _tally(board: Board, row: Row, lang: str) -> str:
    key = (row["unit"], row["indicator"])
    tallies = board.taken.tallies.get(key, ())
    names = {
        "unit": board.round.units[key[0]].name,
        "indicator": board.bindings[key[1]].indicator.name,
    }
    if not any(one.group for one in tallies):
        return say(lang, "trace.answers", n=sum(one.n for one in tallies), **names)
    bound = board.bindings[key[1]]
    groups = [group_sentence(board, one, bound, lang) for one in tallies]
    points = board.points_of(*key)
    shown = board.round.scheme.scale.show(points or 0)
    return say(lang, "trace.tally", groups=joined(lang, groups), points=shown, **names)
