"""Departments: whether those who report tell units apart, and whether columns look copied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from leitai.board import Board
from leitai.checkup.copies import copies
from leitai.checkup.findings import SERIOUS, WARNING, Finding, Text, names, table
from leitai.checkup.measured import Column
from leitai.checkup.spread import has_events
from leitai.points import exact

_OPINIONS = ("panel", "survey")  # others mark; the department only collects what they say


def departments(board: Board, columns: Sequence[Column]) -> Iterator[Finding]:
    """What the reported figures say of those who report them."""
    yield from _flat(board, columns)
    yield from _silent(board, columns)
    yield from _copied(board)


def _flat(board: Board, columns: Sequence[Column]) -> Iterator[Finding]:
    """Departments that gave all units of a group the same in everything they report."""
    reported: dict[str, list[Column]] = defaultdict(list)
    for one in columns:
        bound = board.bindings[one.indicator]
        if bound.indicator.department and bound.measure.kind not in _OPINIONS:
            reported[bound.indicator.department].append(one)
    flat = {
        department: found
        for department, found in reported.items()
        if all(one.flat or _samevalue_of(board, one) for one in found)
    }
    if flat:
        rows = [
            (board.round.name_of(department), names(_name(board, one.indicator) for one in found))
            for department, found in flat.items()
        ]
        args: dict[str, Text] = {"names": names(row[0] for row in rows)}
        units = tuple(one for one in flat if one in board.round.units)
        indicators = names(one.indicator for found in flat.values() for one in found)
        figures = table("department indicators", rows)
        yield Finding("department-flat", WARNING, args, "", units, indicators, figures)


def _name(board: Board, indicator: str) -> str:
    return board.round.scheme.indicators[indicator].name


def _samevalue_of(board: Board, one: Column) -> bool:
    """Whether one actual value was reported for all units of a column."""
    values = {value_of(board, unit, one.indicator) for unit in one.units}
    return len(values) == 1 and None not in values


def value_of(board: Board, unit: str, indicator: str) -> Fraction | None:
    """What was reported or scored of a unit, None for events."""
    score = board.taken.scores.get((unit, indicator))
    row = board.taken.values.get((unit, indicator))
    if score is not None or row is None or not row["actual"]:
        return score
    return exact(row["actual"])


def _silent(board: Board, columns: Sequence[Column]) -> Iterator[Finding]:
    """Indicators of deductions on which nothing was recorded of anybody."""
    silent = [
        bound
        for bound in board.bindings.values()
        if bound.measure.kind == "deduct"
        and any(one.indicator == bound.id for one in columns)
        and not has_events(board, bound.id)
    ]
    if silent:
        rows = [
            (one.indicator.name, board.round.name_of(one.indicator.department) or "—")
            for one in silent
        ]
        args: dict[str, Text] = {"names": names(row[0] for row in rows)}
        ids = tuple(one.id for one in silent)
        figures = table("indicator department", rows)
        yield Finding("no-event", WARNING, args, indicators=ids, figures=figures)


def _copied(board: Board) -> Iterator[Finding]:
    """Pairs of indicators with nearly the same values."""
    values: dict[str, Mapping[str, Fraction]] = {}
    for indicator in board.bindings:
        found = {unit: value_of(board, unit, indicator) for unit in board.round.units}
        values[indicator] = {unit: one for unit, one in found.items() if one is not None}
    for pair in copies(values):
        both = (pair.one, pair.other)
        owners = (board.bindings[name].indicator.department for name in both)
        args: dict[str, Text] = {
            "names": names(_name(board, name) for name in both),
            "departments": names(board.round.name_of(one) or "—" for one in owners),
            "same": str(pair.same),
            "of": str(pair.of),
        }
        yield Finding("columns-copied", SERIOUS, args, indicators=both)
