"""Runs every measure of columns: in integer columns where they can hold it, else in fractions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

import polars as pl

from leitai.bind import Bound, Part
from leitai.columns import Inputs, TooWide
from leitai.columns.integer import IntegerColumn, IntegerMask
from leitai.columns.peers import IntegerInputs
from leitai.columns.whole import Steps
from leitai.facts.round import Round
from leitai.intake.model import Intake
from leitai.measures.kind import Check, Score
from leitai.points import LARGEST, PointScale
from leitai.problems import Problem
from leitai.scoring.findings import findings
from leitai.scoring.inputs import Facts, Layout
from leitai.scoring.worked import Worked, WorkedColumns, WorkedFractions, listed


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
    problems = [found for one in worked for found in findings(one, round_, taken, layout)]
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
        exacts = zip(listed(score.points), applies, strict=True)
        points = [
            scale.line(value) if here and value is not None else None for value, here in exacts
        ]
        yield WorkedFractions(facts.bound, part, score, _series(points))


def _series(points: Sequence[int | None]) -> pl.Series:
    """Points as a column; those too large for any ledger are kept recognisably too large."""
    bound = 2 * LARGEST
    bounded = [p if p is None else max(-bound, min(p, bound)) for p in points]
    return pl.Series(bounded, dtype=pl.Int128)
