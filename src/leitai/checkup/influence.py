"""Influence: what changes on the board when one rater is left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from leitai.board import Board, Result
from leitai.checkup.ballots import Ballots
from leitai.checkup.findings import NOTE, SERIOUS, WARNING, Finding, names, table
from leitai.evaluate import evaluate
from leitai.facts.round import Round
from leitai.points import exact
from leitai.stats.panel import expected_groups, score, tally
from leitai.stats.tally import Tally

MOST = 10  # the largest; nobody reads more


@dataclass(frozen=True)
class Without:
    """One rater left out of one panel.

    `change` is the largest change of any unit's points, in line units and not yet rounded, None
    where a unit is left without a score.
    """

    ballots: Ballots
    rater: str
    change: Fraction | None


@dataclass(frozen=True)
class Effect:
    """What one rater left out does to the unit it moves most, and whether any grade changes."""

    rater: str
    indicator: str
    before: Result
    after: Result
    regraded: bool

    @property
    def moved(self) -> bool:
        """Whether the unit has another place."""
        return self.before.place != self.after.place


def influence(board: Board, found: Sequence[Ballots]) -> Iterator[Finding]:
    """The ten raters who move a unit's points most, and those without whom there is no board."""
    trials = [one for ballots in found for one in without_each(board, ballots)]
    moving = sorted((one for one in trials if one.change), key=lambda one: -(one.change or 0))
    tried = [(one, evaluate(_left_out(board, one))[0]) for one in moving[:MOST]]
    effects = [_effect(board, after, one) for one, after in tried if after is not None]
    hanging = [one for one, after in tried if after is None]
    yield from _effects(board, sorted(effects, key=lambda one: not one.moved))
    yield from _decisive([*(one for one in trials if one.change is None), *hanging])


def _effects(board: Board, effects: Sequence[Effect]) -> Iterator[Finding]:
    """The largest effects, those first that change a place."""
    if not effects:
        return
    moved = [one for one in effects if one.moved]
    regraded = any(one.regraded for one in effects)
    figures = table("rater indicator unit change places", (_row(board, one) for one in effects))
    args = {"n": str(len(effects)), "moved": str(len(moved)) if moved else ""}
    units = tuple(one.before.unit for one in moved)
    yield Finding("rater-influence", WARNING if regraded else NOTE, args, "", units, (), figures)


def _decisive(found: Sequence[Without]) -> Iterator[Finding]:
    """Raters without whom there is no board."""
    if found:
        listed = names(f"{one.rater} · {one.ballots.bound.indicator.name}" for one in found)
        yield Finding("rater-decisive", SERIOUS, {"raters": listed})


def without_each(board: Board, ballots: Ballots) -> Iterator[Without]:
    """Every rater left out in turn, tallied anew."""
    before = _scores(board, ballots, "")
    worth = {unit: _worth(board, ballots, unit) for unit in before}
    for rater in dict.fromkeys(mark.rater for mark in ballots.marks):
        after = _scores(board, ballots, rater)
        if before.keys() <= after.keys():
            changes = (abs(after[unit] - before[unit]) * worth[unit] for unit in before)
            yield Without(ballots, rater, max(changes, default=Fraction(0)))
        else:
            yield Without(ballots, rater, None)


def _scores(board: Board, ballots: Ballots, left_out: str) -> dict[str, Fraction]:
    """The score of each unit that has one, a rater's ballot left out ("" for nobody's)."""
    name, p = ballots.bound.indicator.name, ballots.panel
    kept = [mark for mark in ballots.marks if mark.rater != left_out]
    by_unit: dict[str, list[Tally]] = defaultdict(list)
    for one in tally(kept, p, name)[0]:
        by_unit[one.unit].append(one)
    every = [one for others in by_unit.values() for one in others]
    rounding = board.round.scheme.points.rounding
    found: dict[str, Fraction] = {}
    for unit, tallies in by_unit.items():
        rated_by = board.round.scheme.series[board.round.units[unit].series].rated_by
        groups = expected_groups(every, p, rated_by)
        value, _ = score(tallies, groups, p, rounding, unit=unit, indicator=name)
        if value is not None:
            found[unit] = value
    return found


def _worth(board: Board, ballots: Ballots, unit: str) -> Fraction:
    """Line units of one mark more in a unit's score; 0 outside its sheet's total."""
    sheet = board.round.scheme.sheet_of(unit, board.round.units[unit].series)
    row = board.taken.values.get((unit, ballots.bound.id))
    coefficient = exact(row["coefficient"] or "1") if row else Fraction(1)
    return Fraction(sheet.full.get(ballots.bound.id, 0) * coefficient, ballots.panel.highest)


def _left_out(board: Board, one: Without) -> Round:
    """The round without a rater's ballot for one indicator."""
    facts = dict(board.round.facts)
    mine = (one.rater, one.ballots.bound.id)
    facts["ballots"] = [row for row in facts["ballots"] if (row["rater"], row["indicator"]) != mine]
    return replace(board.round, facts=facts)


def _moved_most(before: Mapping[str, Result], after: Mapping[str, Result]) -> str:
    """The unit that moves by most places, of several the one whose total changes most."""
    return max(
        before,
        key=lambda unit: (
            abs((after[unit].place or 0) - (before[unit].place or 0)),
            abs(after[unit].exact - before[unit].exact),
        ),
    )


def _effect(board: Board, after: Board, one: Without) -> Effect:
    unit = _moved_most(board.results, after.results)
    name = one.ballots.bound.indicator.name
    before = board.results
    regraded = any(one.grade != before[unit].grade for unit, one in after.results.items())
    return Effect(one.rater, name, before[unit], after.results[unit], regraded)


def _row(board: Board, one: Effect) -> tuple[str, ...]:
    """Rater, indicator, the unit, what its total gains, its places before and after."""
    change = board.round.scheme.scale.show(one.after.exact - one.before.exact)
    places = f"{one.before.place or '—'} → {one.after.place or '—'}"
    return one.rater, one.indicator, board.round.units[one.before.unit].name, change, places
