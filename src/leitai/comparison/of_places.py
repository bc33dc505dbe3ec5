"""Causes of a difference in a place or a grade."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from leitai.board import Board, Result
from leitai.comparison.figures import board_value
from leitai.comparison.own import Cause, Figure, Key
from leitai.comparison.trials import Trials

Figures = Mapping[Key, Figure]
_GRADE_RULES = (
    ("count", ("floor", "half_up", "ceil"), "quota-count"),
    ("tie", ("exclude", "include"), "quota-tie"),
)


def cause_of_place(board: Board, figures: Figures, key: Key, figure: Figure) -> Cause:
    """Why a unit stands elsewhere in the workbook."""
    for cause, place in _places(board, figures, key.unit):
        if place == figure.value:
            return cause
    if _is_consecutive(board, key.unit, figure.value):
        return Cause("tie-consecutive")
    return Cause("unexplained")


def _places(board: Board, figures: Figures, unit: str) -> Iterator[tuple[Cause, int | None]]:
    """Places counted in other ways, the commonest first."""
    result = board.results[unit]
    group = [one for one in board.results.values() if one.group == result.group]
    ranked = [one for one in group if one.place is not None]
    yield Cause("follows-totals"), _by_own_totals(board, figures, ranked, unit)
    yield Cause("demotion"), result.base_place
    everybody = [one for one in board.results.values() if one.place is not None]
    units = board.round.units
    series = [o for o in everybody if units[o.unit].series == units[unit].series]
    yield Cause("in-series"), _place(series, result)
    yield Cause("unranked-counted"), _place(group, result)
    yield Cause("tie-dense"), len({one.total for one in ranked if one.total > result.total}) + 1
    yield Cause("tie-breaker"), _place(ranked, result)
    yield Cause("unrounded-total"), 1 + sum(one.exact > result.exact for one in ranked)
    yield Cause("among-all"), _place(everybody, result)


def _place(among: Sequence[Result], result: Result) -> int:
    return 1 + sum(one.total > result.total for one in among)


def _by_own_totals(
    board: Board, figures: Figures, ranked: Sequence[Result], unit: str
) -> int | None:
    """The place that the workbook's own totals give; None where none of them differs."""
    keys = [Key(one.unit, "total") for one in ranked]
    totals = {key.unit: figures[key].value for key in keys if key in figures}
    mine = totals.get(unit)
    if mine is None or len(totals) < len(ranked):
        return None
    if all(totals[key.unit] == board_value(board, key) for key in keys):
        return None
    return 1 + sum(value is not None and value > mine for value in totals.values())


def _is_consecutive(board: Board, unit: str, own: Fraction | None) -> bool:
    """Whether tied units stand one behind the other: 1, 2, 3 for 1, 2, 2."""
    result = board.results[unit]
    tied = [o for o in board.results.values() if (o.group, o.place) == (result.group, result.place)]
    first = result.place or 0
    return own in range(first + 1, first + len(tied))


def cause_of_grade(
    board: Board, trials: Trials, figures: Figures, key: Key, figure: Figure
) -> Cause:
    """Why a unit has another grade in the workbook."""
    place = figures.get(Key(key.unit, "place"))
    result = board.results[key.unit]
    steps = [one for one in board.steps if one.unit == key.unit and one.kind != "demote"]
    if any(step.before == figure.text for step in steps):
        return Cause("verdict")
    if place is not None and place.value != result.place:
        return Cause("follows-place")
    if _grade(trials.undemoted, key.unit) == figure.text:
        return Cause("demotion")
    for name, rules, code in _GRADE_RULES:
        for rule in rules:
            if _grade(trials.by_grade_rule(name, rule), key.unit) == figure.text:
                return Cause(code, {"rule": rule})
    if _grade(trials.whole_series, key.unit) == figure.text:
        return Cause("in-series")
    return Cause("unexplained")


def _grade(board: Board | None, unit: str) -> str | None:
    return board.results[unit].grade if board else None
