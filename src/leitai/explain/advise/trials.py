"""A unit's group tried in many versions at once: each a group of its own in one evaluation.

Comparison groups never look at each other, so copies of a group, each with one thing changed, are
judged by the ordinary rules in one pass.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

import polars as pl

from leitai.bind import Bound
from leitai.board import Board, Result
from leitai.explain.advise.levers import AWARD, BONUS, DEDUCTION, FIGURE, OPINION, Lever
from leitai.facts.numbers import Numbers
from leitai.facts.round import Round
from leitai.facts.units import Unit
from leitai.intake.model import Entry, Intake, Key, Values
from leitai.measures.kind import Event
from leitai.points import decimal_text
from leitai.problems import blocking
from leitai.ranking import rank
from leitai.scheme.model import Scheme
from leitai.scoring.points import Measured, Points, credited, measured

T = TypeVar("T")
Trial = tuple[Lever, int]


@dataclass(frozen=True, eq=False)
class Trials:
    """The group of one unit, ready to be tried."""

    board: Board
    unit: str
    _seen: dict[Trial, Result | None] = field(default_factory=dict, repr=False)

    @cached_property
    def rows(self) -> list[int]:
        """Where the units of the group stand."""
        return self.board.round.layout.members(self.group)

    @property
    def group(self) -> str:
        """The unit's comparison group."""
        return self.board.round.units[self.unit].group

    @cached_property
    def names(self) -> list[str]:
        """The units of the group."""
        return [self.board.round.layout.units[row] for row in self.rows]

    @cached_property
    def bindings(self) -> Mapping[str, Bound]:
        """The indicators on the group's sheets."""
        round_ = self.board.round
        sheets = [round_.scheme.sheet_of(u, round_.units[u].series) for u in self.names]
        wanted = {name for sheet in sheets for name in (*sheet.full, *sheet.outside)}
        return {name: one for name, one in self.board.bindings.items() if name in wanted}

    def results(self, trials: Sequence[Trial]) -> list[Result | None]:
        """How the unit would stand in each trial; None where a trial cannot be judged at all."""
        new = [one for one in dict.fromkeys(trials) if one not in self._seen]
        if new:
            self._seen.update(zip(new, self._tried(new), strict=True))
        return [self._seen[one] for one in trials]

    def _tried(self, trials: Sequence[Trial]) -> list[Result | None]:
        round_ = self._round(trials, {})
        taken = self._taken(round_, trials)
        points = self._points(round_, taken, trials)
        made = None if points is None else rank(round_, self.bindings, taken, points)[0]
        if made is None:
            return self._one_by_one(trials)
        return [made.results[_copy(self.unit, number)] for number in range(len(trials))]

    def _points(self, round_: Round, taken: Intake, trials: Sequence[Trial]) -> Points | None:
        """The group's points once a trial; only the indicator that is tried is measured again."""
        n = len(self.rows)
        found = {
            name: pl.concat([points.gather(self.rows)] * len(trials))
            for name, points in self._known.items()
        }
        for name in dict.fromkeys(lever.name for lever, _ in trials if lever.name in found):
            mine = [number for number, (lever, _) in enumerate(trials) if lever.name == name]
            again = self._measured(name, [trials[number] for number in mine])
            if again is None:
                return None
            at = [number * n + row for number in mine for row in range(n)]
            found[name] = found[name].scatter(at, again)
        points, problems = credited(round_, self.bindings, taken, Measured(found))
        return None if blocking(problems) else points

    def _measured(self, name: str, trials: Sequence[Trial]) -> pl.Series | None:
        """One indicator's points in the trials of it."""
        bindings = {name: self.bindings[name]}
        round_ = self._round(trials, bindings)
        made, _ = measured(round_, bindings, self._taken(round_, trials))
        return None if made is None else made.by_indicator[name]

    @cached_property
    def _known(self) -> Mapping[str, pl.Series]:
        """The board's points before credits."""
        found = {name: self.board.points.by_indicator[name].clone() for name in self.bindings}
        for unit, name in self.board.taken.exempt:
            if name in found:
                found[name].scatter(self.board.round.layout.index[unit], None)
        return found

    def _one_by_one(self, trials: Sequence[Trial]) -> list[Result | None]:
        """Halves until the trial that cannot be judged stands alone."""
        if len(trials) == 1:
            return [None]
        half = len(trials) // 2
        return [*self._tried(trials[:half]), *self._tried(trials[half:])]

    def _round(self, trials: Sequence[Trial], bindings: Mapping[str, Bound]) -> Round:
        """A round whose groups are the copies, with the values of some indicators."""
        round_ = self.board.round
        series = round_.units[self.unit].series
        units = {
            _copy(name, number): Unit(_copy(name, number), name, series, f"{series}/{number}")
            for number in range(len(trials))
            for name in self.names
        }
        scheme = self._scheme(series, len(trials))
        return Round(
            round_.id, round_.name, scheme, units, {}, figures=self._figures(trials, bindings)
        )

    def _scheme(self, series: str, copies: int) -> Scheme:
        """The scheme with a group a copy; triggers aside, since entries stand as they are."""
        scheme = self.board.round.scheme
        one = scheme.series[series]
        own = {
            _copy(unit, number): sheet
            for unit, sheet in one.own_sheets.items()
            for number in range(copies)
        }
        groups = {f"{number}": f"{number}" for number in range(copies)}
        copied = replace(one, groups=groups, own_sheets=own)
        entries = {key: replace(kind, when=None) for key, kind in scheme.adjustments.items()}
        return replace(scheme, series={**scheme.series, series: copied}, adjustments=entries)

    def _figures(
        self, trials: Sequence[Trial], bindings: Mapping[str, Bound]
    ) -> dict[Key, Numbers]:
        """The group's values once a trial, what is tried put in."""
        found: dict[Key, Numbers] = {}
        here = self.names.index(self.unit)
        for key, column in self.board.taken.values.columns.items():
            if key[0] in bindings:
                values = pl.concat([column.values.gather(self.rows)] * len(trials))
                tried = {
                    number * len(self.rows) + here: lever.after(steps) * 10**column.decimals // 1
                    for number, (lever, steps) in enumerate(trials)
                    if (lever.kind, (lever.name, "actual")) == (FIGURE, key)
                }
                found[key] = Numbers(_with(values, tried), column.decimals)
        return found

    def _taken(self, round_: Round, trials: Sequence[Trial]) -> Intake:
        """Everything reported for the group once a trial, what is tried put in."""
        taken = self.board.taken
        events = self._copied(taken.events, len(trials))
        scores = self._copied(taken.scores, len(trials))
        entries = [one for n in range(len(trials)) for one in self._entries(n)]
        for number, (lever, steps) in enumerate(trials):
            key = _copy(self.unit, number), lever.name
            if lever.kind == DEDUCTION:
                events[key] = self._events(lever.after(steps))
            elif lever.kind == AWARD:
                events[key] = [*events.get(key, ()), *self._events(lever.after(steps))]
            elif lever.kind == OPINION:
                scores[key] = lever.after(steps)
                scores |= self._means(lever.name, number, scores)
            elif lever.kind == BONUS and steps:
                entries.append(self._entry(key[0], lever, steps))
        return Intake(
            values=Values({}, round_.figures, round_),
            events=events,
            scores=scores,
            tallies={},
            exempt=self._copied(taken.exempt, len(trials)),
            entries=entries,
            previous=self._copied(taken.previous, len(trials)),
            nil={},
        )

    def _means(self, name: str, number: int, scores: Mapping[Key, Fraction]) -> dict[Key, Fraction]:
        """The scores of units that have the group's mean for want of answers (§7), made anew."""
        settings = self.bindings[name].settings
        if getattr(settings, "fallback", "") != "group_mean":
            return {}
        tallies = self.board.taken.tallies
        asked = {u: tallies[u, name][0].n for u in self.names if (u, name) in tallies}
        few = [unit for unit, n in asked.items() if n < settings.score_from]
        scored = [scores[_copy(unit, number), name] for unit in asked if unit not in few]
        mean = Fraction(sum(scored), len(scored))
        return {(_copy(unit, number), name): mean for unit in few}

    def _copied(self, found: Mapping[Key, T], copies: int) -> dict[Key, T]:
        """What is known of the group's units, for every copy of them."""
        mine = {key: one for key, one in found.items() if key[0] in self._members}
        return {
            (_copy(unit, number), name): one
            for (unit, name), one in mine.items()
            for number in range(copies)
        }

    @cached_property
    def _members(self) -> frozenset[str]:
        return frozenset(self.names)

    def _entries(self, number: int) -> list[Entry]:
        mine = [one for one in self.board.taken.entries if one.unit in self._members]
        return [replace(one, unit=_copy(one.unit, number)) for one in mine]

    def _events(self, points: Fraction) -> list[Event]:
        units = points * self.board.round.scheme.scale.one // 1
        return [Event("", units, "", "", (True, "", 0))] if units else []

    def _entry(self, unit: str, lever: Lever, steps: int) -> Entry:
        places = self.board.round.scheme.scale.places
        amount = decimal_text(steps, places)
        return Entry("advise", unit, lever.name, amount, "", "", "", "", (True, "", 0), "")


def _copy(unit: str, number: int) -> str:
    return f"{unit}#{number}"


def _with(values: pl.Series, tried: Mapping[int, int]) -> pl.Series:
    """The column with what is tried, which has no more digits than what is there may have."""
    return values.scatter(list(tried), list(tried.values())) if tried else values
