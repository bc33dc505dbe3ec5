"""Causes of a difference in an item, a bonus or a total."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from leitai.board import Board
from leitai.comparison.figures import board_value
from leitai.comparison.of_points import Candidate
from leitai.comparison.own import Cause, Figure, Key
from leitai.comparison.rounding import MOST_PLACES, at, is_shown_as
from leitai.comparison.trials import Trials, points_on
from leitai.comparison.ways import Ways

Figures = Mapping[Key, Figure]


def cause_of_sum(
    board: Board, trials: Trials, ways: Ways, figures: Figures, key: Key, figure: Figure
) -> Cause:
    """What an item, a bonus or a total comes from; `unexplained` where nothing leads to it."""
    return next(_causes(board, trials, ways, figures, key, figure), Cause("unexplained"))


def _causes(
    board: Board, trials: Trials, ways: Ways, figures: Figures, key: Key, figure: Figure
) -> Iterator[Cause]:
    """Fewer decimals come last, where the cell does not hide more: much else looks like them."""
    points = board.round.scheme.points
    places = board.round.scheme.total_places if key.kind == "total" else points.line_places
    coarser = range(places - 1, -1, -1)
    yield from _consequence(board, figures, key, figure)
    yield from ways.usual_cause(key, figure)
    if figure.cut:
        yield from ways.causes(key, figure, coarser)
    yield from ways.causes(key, figure, range(places, max(MOST_PLACES, places) + 1))
    tries = _bonus(board, key.unit) if key.kind == "bonus" else _wholes(board, trials, key)
    yield from (cause for cause, value in tries if is_shown_as(value, figure, places))
    if figure.value == 0:
        yield Cause("counted-zero")
    yield from ways.causes(key, figure, coarser)


def _consequence(board: Board, figures: Figures, key: Key, figure: Figure) -> Iterator[Cause]:
    """Whether the difference is the sum of differences that stand in the workbook themselves."""
    mine = board_value(board, key)
    for kind in ("indicator", "item"):
        changed = _changed(board, figures, key, kind)
        if changed and figure.value == (mine or 0) + sum(changed.values()):
            yield Cause("follows", {"of": "|".join(f"{k.kind}:{k.id}" for k in changed)})


def _changed(board: Board, figures: Figures, key: Key, kind: str) -> dict[Key, Fraction]:
    """The parts of a sum that differ, and by how much."""
    found: dict[Key, Fraction] = {}
    for one, figure in figures.items():
        ours = board_value(board, one) if one.unit == key.unit else None
        part = one.kind == kind or (one.kind == "bonus" and key.kind == "total")
        if ours is not None and part and _inside(board, one, key):
            found[one] = (figure.value or Fraction(0)) - ours
    return {one: change for one, change in found.items() if change}


def _inside(board: Board, one: Key, whole: Key) -> bool:
    """Whether a figure enters the sum."""
    scheme = board.round.scheme
    if whole.kind == "bonus" or (whole.kind == "item" and one.kind != "indicator"):
        return False
    if one.kind != "indicator":
        return True
    sheet = scheme.sheet_of(one.unit, board.round.units[one.unit].series)
    in_item = whole.kind == "total" or scheme.indicators[one.id].item == whole.id
    return one.id in sheet.full and in_item


def _bonus(board: Board, unit: str) -> Iterator[Candidate]:
    """A bonus without its cap, with an entry more or less."""
    scale = board.round.scheme.scale
    lines = [line for line in board.by_unit[unit] if not line.item and line.indicator]
    given = sum(line.units for line in lines if line.kind == "bonus")
    whole = sum(line.units for line in lines)
    stated = {entry.id: entry.amount for entry in board.taken.entries}
    if given != whole:
        yield Cause("bonus-cap"), Fraction(given, scale.one)
    for line in lines:
        args = {"fact": line.source, "reason": line.reason, "points": scale.show(abs(line.units))}
        if line.kind == "bonus" and line.case:
            units = scale.read(stated[line.source])
            more = {**args, "points": scale.show(units)}
            yield Cause("same-matter", more), Fraction(given + units, scale.one)
            yield Cause("same-matter", more), Fraction(whole + units, scale.one)
        elif line.kind == "bonus":
            yield Cause("event-left-out", args), Fraction(whole - line.units, scale.one)
            yield Cause("event-twice", args), Fraction(whole + line.units, scale.one)


def _wholes(board: Board, trials: Trials, key: Key) -> Iterator[Candidate]:
    """A total or an item by other rules, or with something left out."""
    mine = board_value(board, key) or Fraction(0)
    one = board.round.scheme.scale.one
    lines = board.by_unit[key.unit]
    if key.kind == "total":
        bonus = Fraction(board.results[key.unit].bonus, one)
        yield Cause("without-bonus"), mine - bonus
        for cause, value in _bonus(board, key.unit):
            yield cause, mine - bonus + (value or 0)
        scaled = sum(line.units for line in lines if line.kind == "scale")
        yield Cause("unscaled"), mine - Fraction(scaled, one)
    for cause, trial in (
        *((Cause("cap"), one) for one in trials.uncapped),
        *((Cause("floor"), one) for one in trials.unfloored),
        (Cause("coefficient"), trials.without_coefficient),
        (Cause("other-units"), trials.whole_series),
    ):
        if trial is not None:
            yield cause, mine + _moved(board, trial, key)
    for line in lines:
        if line.kind == "event" and line.units and _of(line.item, key):
            points = board.round.scheme.scale.show(abs(line.units))
            args = {"fact": line.source, "reason": line.reason, "points": points}
            yield Cause("event-left-out", args), mine - Fraction(line.units, one)
            yield Cause("event-twice", args), mine + Fraction(line.units, one)


def _moved(board: Board, trial: Board, key: Key) -> Fraction:
    """How far a trial board moves a sum, its lines rounded as the board's are."""
    scheme = board.round.scheme
    sheet = scheme.sheet_of(key.unit, board.round.units[key.unit].series)
    moved = Fraction(0)
    for indicator in sheet.full:
        before = points_on(board, key.unit, indicator)
        after = points_on(trial, key.unit, indicator)
        if _of(scheme.indicators[indicator].item, key) and None not in (before, after):
            line = at(after or Fraction(0), scheme.points.line_places, scheme.points.rounding)
            moved += line - (before or 0)
    return moved


def _of(item: str, key: Key) -> bool:
    return key.kind == "total" or item == key.id
