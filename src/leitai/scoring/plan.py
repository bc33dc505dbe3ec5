"""The expressions of a part in integer columns, made once for numbers of one width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import polars as pl

from leitai.bind import Bound, Part
from leitai.columns import Inputs, TooWide
from leitai.columns.integer import IntegerColumn, IntegerMask
from leitai.columns.peers import IntegerInputs, PeerColumns
from leitai.columns.whole import Of, Span, Steps, Whole
from leitai.facts.layout import Layout
from leitai.facts.numbers import NARROW, Numbers
from leitai.measures.kind import Check, Score
from leitai.points import PointScale
from leitai.scoring.inputs import Facts
from leitai.scoring.program import Program, program


@dataclass(frozen=True)
class Width:
    """What expressions must know of a column: its decimals, and bounds its values keep."""

    decimals: int
    low: int
    high: int

    @staticmethod
    def of(numbers: Numbers) -> Width:
        """Bounds widened to powers of two, so that like numbers share their expressions."""
        return Width(numbers.decimals, *_bounds(numbers.low, numbers.high))


def _bounds(low: int, high: int) -> tuple[int, int]:
    return -_above(-low) if low < 0 else _below(low), _above(high) if high > 0 else -_below(-high)


def _below(value: int) -> int:
    """The largest power of two that is not above, 0 for 0."""
    return 1 << (value.bit_length() - 1) if value else 0


def _above(value: int) -> int:
    """One less than the next power of two."""
    return (1 << value.bit_length()) - 1


@dataclass(frozen=True)
class Shape:
    """All that the expressions of a part depend on besides its settings.

    `gaps`: some unit lacks a fact that the part needs.
    """

    widths: tuple[tuple[str, Width], ...]
    full: int | Width
    largest: int
    gaps: bool

    @staticmethod
    def of(facts: Facts, part: Part, layout: Layout) -> Shape:
        """The shape of the facts at hand."""
        widths = tuple((name, Width.of(one)) for name, one in facts.numbers.items())
        needs = part.measure.needs(part.settings)
        gaps = any(facts.numbers[name].values.has_nulls() for name in needs)
        return Shape(widths, _full(facts, part), _above(layout.largest), gaps)


def _full(facts: Facts, part: Part) -> int | Width:
    """Full marks that all share, else the width of their column."""
    if part.full is not None:
        return part.full
    marks = {mark for mark in facts.full if mark is not None}
    if len(marks) == 1:
        return marks.pop()
    return Width(0, *_bounds(min(marks, default=0), max(marks, default=0)))


@dataclass(frozen=True, eq=False)
class Plan:
    """A part that integer columns can hold."""

    bound: Bound
    part: Part
    inputs: IntegerInputs
    score: Score
    points: pl.Expr

    @cached_property
    def name(self) -> str:
        """The column of its points."""
        return f"{self.bound.id}#{self.part.number}"

    @cached_property
    def program(self) -> Program:
        """Points and checks; a check that is the same for all of a group is made once for it."""
        checks = {f"{self.name}!{number}": one.mask for number, one in enumerate(self.score.checks)}
        once = {name: _expr(mask) for name, mask in checks.items() if _is_of_groups(mask)}
        units = {name: _expr(mask) for name, mask in checks.items() if name not in once}
        return program(self.inputs.peers, {self.name: self.points, **units}, once)

    @cached_property
    def answers(self) -> Program:
        """What explanations ask: evidence as top and bottom, cases, limits that held."""
        made: dict[str, pl.Expr] = {}
        for name, column in self.score.evidence.items():
            assert isinstance(column, IntegerColumn)
            made[f"{self.name}?{name}/"] = column.top.column
            made[f"{self.name}?/{name}"] = column.bottom.column
        for sign, masks in (("=", self.score.cases), ("|", self.score.held)):
            made |= {f"{self.name}{sign}{name}": _expr(mask) for name, mask in masks.items()}
        return program(self.inputs.peers, made, {})


def _is_of_groups(mask: object) -> bool:
    return isinstance(mask, IntegerMask) and mask.of == Of.GROUPS


def _expr(mask: object) -> pl.Expr:
    assert isinstance(mask, IntegerMask)
    return mask.expr


def planned(facts: Facts, part: Part, layout: Layout, scale: PointScale) -> Plan:
    """The plan of a part. Raises TooWide where integer columns cannot hold it."""
    if facts.scores:
        raise TooWide
    return _plan(facts.bound, part, Shape.of(facts, part, layout), scale)


@lru_cache(maxsize=1024)
def _plan(bound: Bound, part: Part, shape: Shape, scale: PointScale) -> Plan:
    needs = part.measure.needs(part.settings)
    inputs = _inputs(bound, part, shape, scale.one)
    assert part.measure.score is not None
    score = with_peers_check(part, inputs, part.measure.score(part.settings, inputs))
    assert isinstance(score.points, IntegerColumn)
    points = score.points.rounded(scale.rounding).column
    if shape.gaps:
        here = (pl.col(f"{bound.id}.{name}").is_not_null() for name in needs)
        points = pl.when(pl.all_horizontal(here)).then(points)
    return Plan(bound, part, inputs, score, points)


def with_peers_check(part: Part, inputs: Inputs, score: Score) -> Score:
    """The score with §3's check on the number of peers."""
    if not part.measure.relative(part.settings):
        return score
    few = inputs.peers.count(inputs.actual) < part.settings.peers_min
    check = Check(few, "measure.too-few-peers", of_group=True)
    return replace(score, checks=(*score.checks, check))


def _inputs(bound: Bound, part: Part, shape: Shape, point: int) -> IntegerInputs:
    steps = Steps(f"{bound.id}#{part.number}.")
    facts = {
        name: IntegerColumn(_column(f"{bound.id}.{name}", width, steps), _one(width))
        for name, width in shape.widths
    }
    full = IntegerColumn.made(shape.full) if isinstance(shape.full, int) else None
    if full is None:
        assert isinstance(shape.full, Width)
        full = IntegerColumn(_column(f"{bound.id}.full", shape.full, steps), _one(shape.full))
    peers = PeerColumns(steps, shape.largest)
    return IntegerInputs(facts, full, peers, bound.indicator.higher, point)


def _column(name: str, width: Width, steps: Steps) -> Whole:
    span = Span(width.low, width.high)
    return Whole(pl.col(name), span, span.size > NARROW, Of.FACTS, steps=steps)


def _one(width: Width) -> Whole:
    return Whole.constant(10**width.decimals)


def columns(plans: Sequence[tuple[Facts, Plan]], layout: Layout) -> dict[str, pl.Series]:
    """The columns that plans read."""
    found: dict[str, pl.Series] = {}
    for facts, plan in plans:
        for name, numbers in facts.numbers.items():
            found[f"{facts.bound.id}.{name}"] = numbers.values
        if isinstance(plan.inputs.marks.top.expr, pl.Expr):
            found[f"{facts.bound.id}.full"] = layout.of_kind(facts.full)
    return found
