"""Why a unit's result is another than it was: its points, who passed it, its grade's line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from leitai.board import Board, Result
from leitai.explain.difference import UnitChange
from leitai.facts.round import FACTS
from leitai.grades import quota
from leitai.scheme.model import GRADE_KINDS

Pair = tuple[Board, Board]
PlaceOf = Callable[[Result], int | None]


@dataclass(frozen=True)
class Reason:
    """One cause: `code` picks the sentence (why.…), `args` are texts and lists of ids."""

    code: str
    args: Mapping[str, Any] = field(default_factory=dict)


def reasons(boards: Pair, change: UnitChange) -> tuple[Reason, ...]:
    """Everything that made a unit's points, place and grade change from one board to the other."""
    return (
        *_points(boards, change),
        *_passing(boards, change.unit),
        *_demotion(boards, change.unit),
        *_grade(boards, change),
    )


def is_own(boards: Pair, change: UnitChange) -> bool:
    """Whether facts of the unit itself were changed."""
    before, after = ([_fact(board, change.unit, one) for one in change.points] for board in boards)
    return before != after or change.bonus[0] != change.bonus[1]


def _points(boards: Pair, change: UnitChange) -> Iterator[Reason]:
    for indicator, (old, new) in change.points.items():
        because = _because(boards, change.unit, indicator)
        yield Reason(f"points-{because}", {"indicator": indicator, "before": old, "after": new})
    if change.bonus[0] != change.bonus[1]:
        yield Reason("bonus", {"before": change.bonus[0], "after": change.bonus[1]})
    elif change.total[0] != change.total[1] and not change.points:
        yield Reason("total", {"before": change.total[0], "after": change.total[1]})


def _because(boards: Pair, unit: str, indicator: str) -> str:
    """Whether the rule, the unit's own facts or only other units' facts changed its points."""
    before, after = boards
    if _rule(before, unit, indicator) != _rule(after, unit, indicator):
        return "rule"
    if _fact(before, unit, indicator) != _fact(after, unit, indicator):
        return "own"
    return "credit" if (unit, indicator) in after.taken.exempt else "others"


def _rule(board: Board, unit: str, indicator: str) -> object:
    """How the points of an indicator are made."""
    scheme = board.round.scheme
    one = scheme.indicators[indicator]
    full = scheme.sheet_of(unit, board.round.units[unit].series).full_of(indicator)
    late = scheme.lateness if scheme.lateness and scheme.lateness.indicator == indicator else None
    return one.measure.plain(), one.direction, full, scheme.points, late


def _fact(board: Board, unit: str, indicator: str) -> object:
    """What was reported of a unit for an indicator."""
    key, taken = (unit, indicator), board.taken
    row = taken.values.get(key)
    figures = [row[column] for column in FACTS] if row else []
    events = [(one.units, one.matter, one.entered[:2]) for one in taken.events.get(key, ())]
    return figures, events, list(taken.tallies.get(key, ())), taken.exempt.get(key)


def _passing(boards: Pair, unit: str) -> Iterator[Reason]:
    """Who stands ahead now and did not before, and the other way round.

    Where demotions make it other units than the totals do, those of the totals are told too.
    """
    before, after = (board.results[unit] for board in boards)
    if before.place is None or after.place is None:
        if before.place != after.place:
            yield Reason("ranked" if before.place is None else "unranked")
        return
    passed = _passed(boards, unit, _final)
    yield from _named_units(boards, passed)
    by_total = _passed(boards, unit, _by_total)
    yield from _named_units(
        boards,
        {f"{code}-total": by_total[code] for code in _TURNS if by_total[code] != passed[code]},
    )


_TURNS = ("passed-by", "passed")


def _named_units(boards: Pair, found: Mapping[str, set[str]]) -> Iterator[Reason]:
    """A reason for each code that has units, these in the order of the board."""
    for code, units in found.items():
        if units:
            yield Reason(code, {"units": [one for one in boards[1].results if one in units]})


def _passed(boards: Pair, unit: str, place: PlaceOf) -> dict[str, set[str]]:
    """Whom the unit changed turns with, by one kind of place."""
    group = boards[1].results[unit].group
    were_ahead, ahead = (_ahead(board, board.results[unit], place) for board in boards)
    were_ranked, ranked = (_ranked(board, group) for board in boards)
    return {
        "passed-by": (ahead - were_ahead) & were_ranked,
        "passed": (were_ahead - ahead) & ranked,
        "joined-by": ahead - were_ranked,
        "left-by": were_ahead - ranked,
    }


def _final(one: Result) -> int | None:
    return one.place


def _by_total(one: Result) -> int | None:
    return one.base_place


def _ranked(board: Board, group: str) -> set[str]:
    return {one.unit for one in board.members(group) if one.place is not None}


def _ahead(board: Board, mine: Result, place: PlaceOf) -> set[str]:
    """The units of the group with a better place."""
    here = place(mine) or 0
    return {one.unit for one in board.members(mine.group) if (place(one) or here) < here}


def _demotion(boards: Pair, unit: str) -> Iterator[Reason]:
    """What was ordered of the unit, or how others' demotions let it move."""
    before, after = (board.results[unit] for board in boards)
    if before.fall != after.fall:
        yield Reason("demotion", {"before": before.fall or "0", "after": after.fall or "0"})
    elif _shift(before) != _shift(after):
        yield Reason("demotions-of-others" if not after.fall else "demotion-acts-otherwise")


def _shift(one: Result) -> int:
    return (one.place or 0) - (one.base_place or 0)


def _grade(boards: Pair, change: UnitChange) -> Iterator[Reason]:
    """Why the grade is another one: an adjustment, the quotas, the conditions, or the place."""
    if change.grade[0] == change.grade[1] or None in change.place:
        return  # that it is ranked now, or no more, says it all
    unit = change.unit
    ordered, met = ([look(board, unit) for board in boards] for look in (_verdicts, _met))
    levels = [board.round.scheme.grades.levels for board in boards]
    before, after = (_quotas(board, board.results[unit].group) for board in boards)
    if ordered[0] != ordered[1]:
        yield Reason("verdict", {"before": ordered[0], "after": ordered[1]})
    elif before != after:
        yield Reason("line", {**_named(before, "before"), **_named(after, "after")})
    elif levels[0] != levels[1]:
        yield Reason("levels")
    elif met[0] != met[1]:
        yield Reason("condition")
    elif change.moved:
        yield Reason("across-line", _named(after, "after"))
    else:
        yield Reason("grade-of-others")


def _verdicts(board: Board, unit: str) -> list[str]:
    """The adjustments that acted on the unit's grade."""
    return [
        step.adjustment for step in board.steps if step.unit == unit and step.kind in GRADE_KINDS
    ]


def _met(board: Board, unit: str) -> list[str]:
    """The levels whose score condition the unit meets."""
    scheme, result = board.round.scheme, board.results[unit]
    whole = scheme.common_total(board.round.units[unit].series, unit)
    total = Fraction(result.total, 10**scheme.total_places)
    if scheme.points.rank_on == "exact":
        total = Fraction(result.exact, scheme.scale.one)
    limits = {level.id: level.at_least for level in scheme.grades.levels if level.at_least}
    return [level for level, limit in limits.items() if total >= limit.of(whole)]


def _quotas(board: Board, group: str) -> Mapping[str, int]:
    """How many places the first and the last level have."""
    rule, n = board.round.scheme.grades, len(_ranked(board, group))
    shares = {"top": rule.levels[0].top, "bottom": rule.levels[-1].bottom}
    return {end: quota(share, n, rule.count) for end, share in shares.items()}


def _named(quotas: Mapping[str, int], when: str) -> dict[str, int]:
    return {f"{end}_{when}": count for end, count in quotas.items()}
