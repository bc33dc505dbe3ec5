"""Runs every measure of columns: points of each part, what is wrong, and why each point."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import zip_longest

import polars as pl

from leitai.bind import Bound, Part
from leitai.columns import Inputs, Mask, TooWide
from leitai.columns.fraction import FractionColumn, FractionMask
from leitai.columns.integer import IntegerColumn, IntegerInputs, IntegerMask, Steps
from leitai.facts.round import Round
from leitai.intake.model import Intake
from leitai.measures.kind import Check, Score
from leitai.points import PointScale
from leitai.problems import Problem, problem, warning
from leitai.scoring.inputs import Facts, Layout

LARGEST = 10**15
TOO_LARGE = 10**20


@dataclass(frozen=True)
class Worked(ABC):
    """One part worked out for all units; evidence and cases are looked up when asked for."""

    bound: Bound
    part: Part
    score: Score
    points: pl.Series

    @abstractmethod
    def evidence(self, index: int) -> dict[str, Fraction | None]:
        """The figures the sentence of the unit at `index` names."""

    @abstractmethod
    def case(self, index: int) -> str:
        """The special sentence that holds for it, "" for the ordinary one."""

    @abstractmethod
    def held(self, index: int) -> str:
        """Which limit acted on the unit's points: "floor", "cap" or ""."""

    @abstractmethod
    def failing(self, number: int) -> list[int]:
        """The units that the score's check of this number finds."""


class WorkedFractions(Worked):
    """Worked out as lists of fractions."""

    def evidence(self, index: int) -> dict[str, Fraction | None]:
        return {name: _listed(column)[index] for name, column in self.score.evidence.items()}

    def case(self, index: int) -> str:
        found = (name for name, mask in self.score.cases.items() if _yes(mask)[index])
        return next(found, "")

    def held(self, index: int) -> str:
        return next((name for name, mask in self.score.held.items() if _yes(mask)[index]), "")

    def failing(self, number: int) -> list[int]:
        return [index for index, value in enumerate(_yes(self.score.checks[number].mask)) if value]


def _listed(column: object) -> list[Fraction | None]:
    assert isinstance(column, FractionColumn)
    return column.values


def _yes(mask: object) -> list[bool | None]:
    assert isinstance(mask, FractionMask)
    return mask.values


@dataclass(frozen=True)
class WorkedColumns(Worked):
    """Worked out in a Polars frame, which is kept for evidence."""

    frame: pl.DataFrame
    checked: Mapping[int, list[int]]

    def evidence(self, index: int) -> dict[str, Fraction | None]:
        return {name: values[index] for name, values in self._evidence.items()}

    def case(self, index: int) -> str:
        return next((name for name, values in self._cases.items() if values[index]), "")

    def held(self, index: int) -> str:
        return next((name for name, values in self._held.items() if values[index]), "")

    @cached_property
    def _evidence(self) -> dict[str, list[Fraction | None]]:
        """All evidence of all units, made when somebody first asks."""
        return {name: _ratios(self.frame, one) for name, one in self.score.evidence.items()}

    @cached_property
    def _cases(self) -> dict[str, list[bool | None]]:
        return _answers(self.frame, self.score.cases)

    @cached_property
    def _held(self) -> dict[str, list[bool | None]]:
        return _answers(self.frame, self.score.held)

    def failing(self, number: int) -> list[int]:
        return self.checked[number]


def _ratios(frame: pl.DataFrame, column: object) -> list[Fraction | None]:
    assert isinstance(column, IntegerColumn)
    made = frame.select(column.top.column.alias("top"), column.bottom.column.alias("bottom"))
    return [None if a is None or not b else Fraction(a, b) for a, b in made.iter_rows()]


def _answers(frame: pl.DataFrame, masks: Mapping[str, Mask]) -> dict[str, list[bool | None]]:
    """Each mask's answers, unit by unit."""
    found: dict[str, list[bool | None]] = {}
    for name, mask in masks.items():
        assert isinstance(mask, IntegerMask)
        found[name] = frame.select(mask.expr).to_series().to_list()
    return found


def work(
    round_: Round, bindings: Mapping[str, Bound], taken: Intake, layout: Layout
) -> tuple[list[Worked], list[Problem]]:
    """Every part of every indicator that is made of columns."""
    scale = round_.scheme.scale
    parts = [
        (Facts.of(bound, round_, taken, layout), part)
        for bound in bindings.values()
        if not bound.by_events
        for part in bound.parts
    ]
    fast, slow = _sorted(parts, layout, scale)
    worked: list[Worked] = [*_in_columns(fast, layout), *_in_fractions(slow, layout, scale)]
    order = {(facts.bound.id, part.number): n for n, (facts, part) in enumerate(parts)}
    worked.sort(key=lambda one: order[one.bound.id, one.part.number])
    problems = [found for one in worked for found in _problems(one, round_, taken, layout)]
    return worked, problems


@dataclass(frozen=True)
class _Plan:
    """A part that integer columns can hold: its expressions and the columns they read."""

    facts: Facts
    part: Part
    inputs: IntegerInputs
    score: Score
    points: pl.Expr
    columns: Mapping[str, pl.Series]

    @property
    def name(self) -> str:
        return f"{self.facts.bound.id}#{self.part.number}"

    @property
    def steps(self) -> Steps:
        return self.inputs.peers.steps


def _sorted(
    parts: Sequence[tuple[Facts, Part]], layout: Layout, scale: PointScale
) -> tuple[list[_Plan], list[tuple[Facts, Part]]]:
    """The parts integer columns can hold, planned, and those that fractions must do."""
    plans: list[_Plan] = []
    slow: list[tuple[Facts, Part]] = []
    for facts, part in parts:
        try:
            plans.append(_plan(facts, part, layout, scale))
        except TooWide:
            slow.append((facts, part))
    return plans, slow


def _plan(facts: Facts, part: Part, layout: Layout, scale: PointScale) -> _Plan:
    needs = part.measure.needs(part.settings)
    if "score" in needs:
        raise TooWide
    columns: dict[str, pl.Series] = {}
    inputs = facts.integers(part, layout, scale.one, columns)
    assert part.measure.score is not None
    score = _with_peers_check(part, inputs, part.measure.score(part.settings, inputs))
    assert isinstance(score.points, IntegerColumn)
    applies = pl.all_horizontal(pl.col(f"{facts.bound.id}.{name}").is_not_null() for name in needs)
    points = pl.when(applies).then(score.points.rounded(scale.rounding).column)
    return _Plan(facts, part, inputs, score, points, columns)


def _with_peers_check(part: Part, inputs: Inputs, score: Score) -> Score:
    """The score with §3's check on the number of peers."""
    if not part.measure.relative(part.settings):
        return score
    few = inputs.peers.count(inputs.actual) < part.settings.peers_min
    check = Check(few, "measure.too-few-peers", of_group=True)
    return replace(score, checks=(*score.checks, check))


def _in_columns(plans: Sequence[_Plan], layout: Layout) -> Iterator[Worked]:
    """All planned parts in one frame: aggregates over groups, ranks, points, checks."""
    if not plans:
        return
    columns = {name: series for plan in plans for name, series in plan.columns.items()}
    groups = pl.Series("group", layout.groups, dtype=pl.UInt32)
    frame = _with_steps(pl.DataFrame([groups, *columns.values()]), [p.steps.base for p in plans])
    aggregates = [one for plan in plans for one in plan.inputs.peers.aggregates]
    if aggregates:
        frame = frame.join(frame.group_by("group").agg(aggregates), on="group", how="left")
    frame = frame.with_columns([one for plan in plans for one in plan.inputs.peers.ranks])
    frame = _with_steps(frame, [plan.steps.derived for plan in plans])
    made = frame.select(
        [plan.points.alias(plan.name) for plan in plans]
        + [mask.alias(name) for plan in plans for name, mask in _masks(plan)]
    )
    for plan in plans:
        failing = {
            number: made[name].fill_null(False).arg_true().to_list()
            for number, (name, _) in enumerate(_masks(plan))
        }
        points = made[plan.name]
        yield WorkedColumns(plan.facts.bound, plan.part, plan.score, points, frame, failing)


def _with_steps(frame: pl.DataFrame, steps: Sequence[list[list[pl.Expr]]]) -> pl.DataFrame:
    """The frame with the kept steps of all plans, level by level."""
    for level in zip_longest(*steps, fillvalue=[]):
        frame = frame.with_columns([step for plan in level for step in plan])
    return frame


def _masks(plan: _Plan) -> Iterator[tuple[str, pl.Expr]]:
    for number, check in enumerate(plan.score.checks):
        assert isinstance(check.mask, IntegerMask)
        yield f"{plan.name}!{number}", check.mask.expr


def _in_fractions(
    parts: Sequence[tuple[Facts, Part]], layout: Layout, scale: PointScale
) -> Iterator[Worked]:
    for facts, part in parts:
        inputs = facts.fractions(part, layout, scale.one)
        assert part.measure.score is not None
        score = _with_peers_check(part, inputs, part.measure.score(part.settings, inputs))
        applies = facts.applies(part.measure.needs(part.settings))
        exacts = zip(_listed(score.points), applies, strict=True)
        points = [
            scale.line(value) if here and value is not None else None for value, here in exacts
        ]
        yield WorkedFractions(facts.bound, part, score, _series(points))


def _series(points: Sequence[int | None]) -> pl.Series:
    """Points as a column; those too large for any ledger are kept recognisably too large."""
    bounded = [p if p is None else max(-TOO_LARGE, min(p, TOO_LARGE)) for p in points]
    return pl.Series(bounded, dtype=pl.Int128)


def _problems(worked: Worked, round_: Round, taken: Intake, layout: Layout) -> Iterator[Problem]:
    """The Problems a part's checks find, and points no ledger can hold."""
    for number, check in enumerate(worked.score.checks):
        failing = [
            index
            for index in worked.failing(number)
            if _measured(worked, taken, layout.units[index])
        ]
        yield from _findings(check, failing, worked, round_, taken, layout)
    for index in (worked.points.abs() > LARGEST).arg_true():
        name = round_.units[layout.units[index]].name
        yield problem("fact.points-too-large", unit=name, indicator=worked.bound.indicator.name)


def _measured(worked: Worked, taken: Intake, unit: str) -> bool:
    key = (unit, worked.bound.id)
    return key in taken.values or key in taken.scores


def _findings(
    check: Check,
    failing: Sequence[int],
    worked: Worked,
    round_: Round,
    taken: Intake,
    layout: Layout,
) -> Iterator[Problem]:
    """One Problem a unit, or one a group where the check is about groups."""
    make = warning if check.warning else problem
    indicator = worked.bound.indicator.name
    if check.of_group:
        for group in sorted({layout.groups[index] for index in failing}):
            names = [layout.units[i] for i in failing if layout.groups[i] == group]
            units = "、".join(round_.units[unit].name for unit in names)
            title = round_.scheme.group_names()[layout.names[group]]
            yield make(check.code, indicator=indicator, group=title, units=units)
        return
    for index in failing:
        unit = layout.units[index]
        row = taken.values.get((unit, worked.bound.id))
        where = row.where if row else ""
        yield make(check.code, where, indicator=indicator, unit=round_.units[unit].name)
