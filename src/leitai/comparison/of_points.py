"""Causes of a difference in the points of an indicator, found by trying."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import chain

from leitai.board import Board
from leitai.comparison.own import Cause, Figure, Key
from leitai.comparison.rounding import MOST_PLACES, at, is_shown_as, rounded_otherwise
from leitai.comparison.trials import Trials, points_on
from leitai.ledger import Line
from leitai.points import exact

Candidate = tuple[Cause, Fraction | None]


def cause_of_points(board: Board, trials: Trials, key: Key, figure: Figure) -> Cause:
    """The first cause that leads to the figure; `unexplained` where none does."""
    return next(_causes(board, trials, key, figure), Cause("unexplained"))


def _causes(board: Board, trials: Trials, key: Key, figure: Figure) -> Iterator[Cause]:
    scheme = board.round.scheme
    places, rule = scheme.points.line_places, scheme.points.rounding
    fine = points_on(trials.fine, key.unit, key.id)
    yield from (cause for cause, value in _exempt(board, key) if value == figure.value)
    if figure.cut:
        yield from rounded_otherwise(fine, figure, places, rule, coarser=True)
    yield from rounded_otherwise(fine, figure, places, rule, coarser=False)
    tries = chain(_events(board, key), _rules(trials, key), _earlier(board, key, fine))
    yield from (cause for cause, value in tries if is_shown_as(value, figure, places))
    if figure.value == 0:
        yield Cause("counted-zero")
    yield from rounded_otherwise(fine, figure, places, rule, coarser=True)


def _exempt(board: Board, key: Key) -> Iterator[Candidate]:
    """An exempt indicator counted with full marks or none."""
    if (key.unit, key.id) in board.taken.exempt:
        scheme = board.round.scheme
        full = scheme.sheet_of(key.unit, board.round.units[key.unit].series).full_of(key.id) or 0
        yield Cause("exempt-full"), Fraction(full, scheme.scale.one)
        yield Cause("exempt-zero"), Fraction(0)


def _rules(trials: Trials, key: Key) -> Iterator[Candidate]:
    """A rule left out, or other units compared with."""
    for board in trials.uncapped:
        yield Cause("cap"), points_on(board, key.unit, key.id)
    for board in trials.unfloored:
        yield Cause("floor"), points_on(board, key.unit, key.id)
    yield Cause("coefficient"), points_on(trials.without_coefficient, key.unit, key.id)
    yield Cause("other-units"), points_on(trials.whole_series, key.unit, key.id)


def lines_of(board: Board, unit: str, indicator: str) -> list[Line]:
    """A unit's lines of one indicator."""
    return [line for line in board.by_unit[unit] if line.indicator == indicator]


def _events(board: Board, key: Key) -> Iterator[Candidate]:
    """Events left out, counted twice, or counted although the same matter counts already."""
    lines = lines_of(board, key.unit, key.id)
    events = [line for line in lines if line.kind == "event"]
    if not events:
        return
    one = board.round.scheme.scale.one
    held = sum(line.units for line in lines if line.kind in ("floor", "cap"))
    full = sum(line.units for line in lines if line.kind == "full")
    whole = sum(line.units for line in lines)
    yield Cause("floor" if full else "cap"), Fraction(whole - held, one)
    yield Cause("events-none"), Fraction(full, one)
    for change, cause in _changes(board, events, key):
        yield cause, Fraction(whole - held + change, one)


def _changes(board: Board, events: Sequence[Line], key: Key) -> Iterator[tuple[int, Cause]]:
    """What counting one event otherwise changes, in line units."""
    scale = board.round.scheme.scale
    stated = {event.source: event.units for event in board.taken.events.get((key.unit, key.id), ())}
    for line in events:
        args = {"fact": line.source, "reason": line.reason}
        if line.case == "same-matter":
            units = stated.get(line.source, 0)
            yield units, Cause("same-matter", {**args, "points": scale.show(units)})
            continue
        args["points"] = scale.show(abs(line.units))
        yield -line.units, Cause("event-left-out", args)
        yield line.units, Cause("event-twice", args)


def _earlier(board: Board, key: Key, fine: Fraction | None) -> Iterator[Candidate]:
    """The rate or the score rounded before it was multiplied with the full marks."""
    base = _proportional(board, key)
    if not base or fine is None:
        return
    for places in range(MOST_PLACES + 1):
        for rule in ("half_up", "down"):
            early = fine * Fraction(at(base, places, rule), base)
            yield Cause("rounded-earlier", {"places": str(places)}), early


def _proportional(board: Board, key: Key) -> Fraction | None:
    """The figure that the points are in proportion to: a completion rate in percent, a score."""
    score = board.taken.scores.get((key.unit, key.id))
    if score is not None:
        return score
    indicator = board.round.scheme.indicators[key.id]
    row = board.taken.values.get((key.unit, key.id))
    if indicator.kind != "completion" or row is None:
        return None
    actual, target = exact(row["actual"]), exact(row["target"])
    above, below = (actual, target) if indicator.higher else (target, actual)
    return Fraction(above * 100, below) if below else None
