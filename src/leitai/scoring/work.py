"""Runs every measure of columns: in integer columns where they can hold it, else in fractions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from leitai.bind import Bound, Part
from leitai.columns import TooWide
from leitai.facts.layout import Layout
from leitai.facts.round import Round
from leitai.intake.model import Intake
from leitai.points import LARGEST, PointScale
from leitai.problems import Problem
from leitai.scoring.findings import findings
from leitai.scoring.inputs import Facts
from leitai.scoring.plan import Plan, planned, with_peers_check
from leitai.scoring.run import Run
from leitai.scoring.worked import Worked, WorkedColumns, WorkedFractions, listed

Planned = Sequence[tuple[Facts, Plan]]


def work(
    round_: Round, bindings: Mapping[str, Bound], taken: Intake
) -> tuple[list[Worked], list[Problem]]:
    """Every part of every indicator that is made of columns."""
    scale = round_.scheme.scale
    facts = [Facts.of(bound, round_, taken) for bound in bindings.values() if not bound.by_events]
    parts = [(one, part) for one in facts for part in one.bound.parts]
    fast, slow = _sorted(parts, round_.layout, scale)
    worked: list[Worked] = [
        *_in_columns(fast, round_.layout),
        *_in_fractions(slow, round_.layout, scale),
    ]
    order = {(one.bound.id, part.number): n for n, (one, part) in enumerate(parts)}
    worked.sort(key=lambda one: order[one.bound.id, one.part.number])
    problems = [found for one in worked for found in findings(one, round_, taken)]
    return worked, problems


def _sorted(
    parts: Sequence[tuple[Facts, Part]], layout: Layout, scale: PointScale
) -> tuple[Planned, list[tuple[Facts, Part]]]:
    """The parts integer columns can hold, planned, and those that fractions must do."""
    plans: list[tuple[Facts, Plan]] = []
    slow: list[tuple[Facts, Part]] = []
    for facts, part in parts:
        try:
            plans.append((facts, planned(facts, part, layout, scale)))
        except TooWide:
            slow.append((facts, part))
    return plans, slow


def _in_columns(plans: Planned, layout: Layout) -> Iterator[Worked]:
    """All planned parts in one frame."""
    if not plans:
        return
    run = Run.of(plans, layout)
    for _, plan in plans:
        yield WorkedColumns(plan.bound, plan.part, plan.score, run.points[plan.name], plan, run)


def _in_fractions(
    parts: Sequence[tuple[Facts, Part]], layout: Layout, scale: PointScale
) -> Iterator[Worked]:
    for facts, part in parts:
        inputs = facts.fractions(part, layout, scale.one)
        assert part.measure.score is not None
        score = with_peers_check(part, inputs, part.measure.score(part.settings, inputs))
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
