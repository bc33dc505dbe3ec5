"""Finds the fewest steps of each lever that lift a unit, all levers tried side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from leitai.board import Board, Result
from leitai.explain.advise.levers import Lever, levers
from leitai.explain.advise.trials import Trials

AT_ONCE = 8  # values of one lever tried in one pass
Lifts = Callable[[Result | None], bool]
Ends = Mapping[Lever, Result | None]


@dataclass(frozen=True)
class Improvement:
    """The fewest steps of a lever that reach a goal, and how the unit would then stand."""

    lever: Lever
    steps: int
    result: Result


@dataclass(frozen=True)
class Advice:
    """Single improvements that lift the unit, those that cost the fewest points first.

    `short` are levers that do not do it alone; None where there is nothing above to reach.
    """

    improvements: Sequence[Improvement]
    short: Sequence[Lever]


def advice(board: Board, unit: str) -> tuple[Advice | None, Advice | None]:
    """What lifts the unit one place, and what one grade."""
    now, trials = board.results[unit], Trials(board, unit)
    ends = _ends(trials, levers(board, unit))
    ranks = {level.id: rank for rank, level in enumerate(board.round.scheme.grades.levels)}
    rank = 0 if now.grade is None else ranks[now.grade]

    def better_place(one: Result | None) -> bool:
        return one is not None and (one.place or 0) < (now.place or 0)

    def better_grade(one: Result | None) -> bool:
        return one is not None and one.grade is not None and ranks[one.grade] < rank

    places = None if now.place in (None, 1) else _advice(trials, ends, better_place)
    return places, _advice(trials, ends, better_grade) if rank > 0 else None


def _ends(trials: Trials, known: Sequence[Lever]) -> Ends:
    """Where each lever leads at most, a step less where nobody can be judged at its end.

    Not all measures take a value of 0.
    """
    found = dict(zip(known, _at_most(trials, known), strict=True))
    shorter = {
        one: replace(one, most=one.most - 1)
        for one, end in found.items()
        if end is None and one.most > 1
    }
    again = dict(zip(shorter, _at_most(trials, list(shorter.values())), strict=True))
    return {
        shorter.get(one, one): again.get(one, end)
        for one, end in found.items()
        if end is not None or one in shorter
    }


def _at_most(trials: Trials, known: Sequence[Lever]) -> list[Result | None]:
    return trials.results([(lever, lever.most) for lever in known])


def _advice(trials: Trials, ends: Ends, lifts: Lifts) -> Advice:
    """The fewest steps of each lever that lift the unit."""
    known = list(ends)
    reach = [lever for lever in known if lifts(ends[lever])]
    found = _narrowed(trials, {lever: (0, lever.most) for lever in reach}, lifts)
    steps = [(lever, high) for lever, (_, high) in found.items()]
    results = trials.results(steps)
    made = [
        Improvement(lever, high, one)
        for (lever, high), one in zip(steps, results, strict=True)
        if one is not None
    ]
    made.sort(key=lambda one: (one.result.exact, known.index(one.lever)))
    return Advice(made, [lever for lever in known if lever not in reach])


def _narrowed(
    trials: Trials, brackets: Mapping[Lever, tuple[int, int]], lifts: Lifts
) -> dict[Lever, tuple[int, int]]:
    """Brackets (does not lift, lifts) brought to one step apart."""
    found = dict(brackets)
    while open_ := {lever: ends for lever, ends in found.items() if ends[1] - ends[0] > 1}:
        tried = [(lever, steps) for lever, ends in open_.items() for steps in _between(*ends)]
        results = trials.results(tried)
        for (lever, steps), one in zip(tried, results, strict=True):
            low, high = found[lever]
            if lifts(one):
                found[lever] = low, min(high, steps)
            elif steps < high:
                found[lever] = max(low, steps), high
    return found


def _between(low: int, high: int) -> list[int]:
    """Some values between two, evenly apart."""
    parts = min(AT_ONCE + 1, high - low)
    return [low + (high - low) * part // parts for part in range(1, parts)]
