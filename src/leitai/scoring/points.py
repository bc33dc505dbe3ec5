"""Points of every unit and indicator: parts added up, chains closed, events and credits in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

import polars as pl

from leitai.bind import Bound
from leitai.facts.layout import Layout
from leitai.facts.round import Round
from leitai.intake.model import Intake
from leitai.measures.kind import EventLine, Use
from leitai.problems import Problem, problem
from leitai.scoring.work import work
from leitai.scoring.worked import Worked

Marks = Sequence[int | None]


@dataclass(frozen=True)
class Credit:
    """An exempt indicator's credit: line units, the rate, and whether it is the item's own."""

    units: int
    rate: Fraction
    of_item: bool


@dataclass(frozen=True)
class Points:
    """What every unit earned, by indicator, as columns in the layout's order.

    `by_indicator` has null where the sheet lacks the indicator (and for exempt outside ones);
    `parts` the same for each worked part after chains were closed; `full` the full marks by kind
    of unit.
    """

    layout: Layout
    worked: Sequence[Worked]
    parts: Mapping[tuple[str, int], pl.Series]
    by_indicator: Mapping[str, pl.Series]
    full: Mapping[str, Marks]
    events: Mapping[tuple[str, str], Sequence[EventLine]]
    credits: Mapping[tuple[str, str], Credit]
    closed: Mapping[tuple[str, int], pl.Series] = field(default_factory=dict)

    @cached_property
    def by_part(self) -> Mapping[tuple[str, int], Worked]:
        """What was worked out, by indicator and part."""
        return {(one.bound.id, one.part.number): one for one in self.worked}


@dataclass(frozen=True)
class Measured:
    """What measures gave before credits for exempt units, which depend on all of it."""

    by_indicator: Mapping[str, pl.Series]
    worked: Sequence[Worked] = ()
    parts: Mapping[tuple[str, int], pl.Series] = field(default_factory=dict)
    events: Mapping[tuple[str, str], Sequence[EventLine]] = field(default_factory=dict)
    closed: Mapping[tuple[str, int], pl.Series] = field(default_factory=dict)


def score(
    round_: Round, bindings: Mapping[str, Bound], taken: Intake
) -> tuple[Points | None, list[Problem]]:
    """All points of a round; None with Problems when some cannot be made."""
    made, problems = measured(round_, bindings, taken)
    if made is None:
        return None, problems
    points, more = credited(round_, bindings, taken, made)
    return points, problems + more


def measured(
    round_: Round, bindings: Mapping[str, Bound], taken: Intake
) -> tuple[Measured | None, list[Problem]]:
    """What the measures of some indicators give; each looks at its own facts only."""
    worked, problems = work(round_, bindings, taken)
    if any(not one.warning for one in problems):
        return None, problems
    full = {name: round_.layout.full(round_.scheme, name) for name in bindings}
    parts, closed = _parts(worked)
    events = _event_lines(round_, bindings, taken, round_.layout, full)
    points = {**_summed(bindings, parts), **_from_events(bindings, events, round_.layout)}
    return Measured(points, worked, parts, events, closed), problems


def credited(
    round_: Round, bindings: Mapping[str, Bound], taken: Intake, made: Measured
) -> tuple[Points, list[Problem]]:
    """The points with the credits for exempt units (§5)."""
    layout, found = round_.layout, made.by_indicator
    full = {name: layout.full(round_.scheme, name) for name in bindings}
    credits_, problems = _credits(round_, bindings, taken, layout, found, full)
    by_indicator = _with_credits(found, credits_, layout)
    points = Points(
        layout, made.worked, made.parts, by_indicator, full, made.events, credits_, made.closed
    )
    return points, problems


def _parts(
    worked: Sequence[Worked],
) -> tuple[dict[tuple[str, int], pl.Series], dict[tuple[str, int], pl.Series]]:
    """Points of each part, 0 for parts of a chain behind one that is not full."""
    parts: dict[tuple[str, int], pl.Series] = {}
    closed: dict[tuple[str, int], pl.Series] = {}
    short: pl.Series | None = None
    for one in worked:
        key = (one.bound.id, one.part.number)
        points = one.points.cast(pl.Int64)
        if one.part.number <= 1:
            short = None
        elif one.bound.chained and short is not None:
            closed[key] = short
            points = points.zip_with(~short, pl.Series([0], dtype=pl.Int64)).set(
                points.is_null(), None
            )
        if one.part.full is not None:
            below = (points < one.part.full).fill_null(False)
            short = below if short is None else short | below
        parts[key] = points
    return parts, closed


def _summed(
    bindings: Mapping[str, Bound], parts: Mapping[tuple[str, int], pl.Series]
) -> dict[str, pl.Series]:
    """Points by indicator."""
    sums: dict[str, pl.Series] = {}
    for (indicator, _), points in parts.items():
        sums[indicator] = sums[indicator] + points if indicator in sums else points
    return {name: sums[name] for name in bindings if name in sums}


def _event_lines(
    round_: Round,
    bindings: Mapping[str, Bound],
    taken: Intake,
    layout: Layout,
    full: Mapping[str, Marks],
) -> dict[tuple[str, str], Sequence[EventLine]]:
    """Lines of measures of events by (unit, indicator)."""
    made: dict[tuple[str, str], Sequence[EventLine]] = {}
    for bound in bindings.values():
        lines = bound.measure.lines
        if lines is None:
            continue
        use = Use(bound.indicator.higher, (), round_.scheme.scale)
        for unit, kind in zip(layout.units, layout.judged, strict=True):
            key, mark = (unit, bound.id), full[bound.id][kind]
            if mark is not None and key not in taken.exempt:
                made[key] = lines(bound.settings, taken.events.get(key, ()), mark, use)
    return made


def _from_events(
    bindings: Mapping[str, Bound],
    events: Mapping[tuple[str, str], Sequence[EventLine]],
    layout: Layout,
) -> dict[str, pl.Series]:
    def points(unit: str, indicator: str) -> int | None:
        lines = events.get((unit, indicator))
        return None if lines is None else sum(line.units for line in lines)

    return {
        bound.id: pl.Series([points(unit, bound.id) for unit in layout.units], dtype=pl.Int64)
        for bound in bindings.values()
        if bound.by_events
    }


def _credits(
    round_: Round,
    bindings: Mapping[str, Bound],
    taken: Intake,
    layout: Layout,
    measured: Mapping[str, pl.Series],
    full: Mapping[str, Marks],
) -> tuple[dict[tuple[str, str], Credit], list[Problem]]:
    """The credit for each exempt indicator inside the unit's sheet (§5)."""
    found: dict[tuple[str, str], Credit] = {}
    problems: list[Problem] = []
    for unit, indicator in taken.exempt:
        sheet = round_.scheme.sheet_of(unit, round_.units[unit].series)
        if indicator not in sheet.full:
            continue
        rateable = [
            name
            for name in sheet.full
            if (unit, name) not in taken.exempt
            and bindings[name].measure.kind not in ("award", "quarters")
        ]
        item = bindings[indicator].indicator.item
        same_item = [name for name in rateable if bindings[name].indicator.item == item]
        at = layout.index[unit]
        marks = {name: layout.mark(full[name], at) or 0 for name in rateable}
        rate = _rate(same_item or rateable, at, measured, marks)
        if rate is None:
            names = {
                "unit": round_.units[unit].name,
                "indicator": bindings[indicator].indicator.name,
            }
            problems.append(problem("exempt.nothing-left", **names))
        else:
            units = round_.scheme.scale.line(sheet.full[indicator] * rate)
            found[unit, indicator] = Credit(units, rate, bool(same_item))
    return found, problems


def _rate(
    indicators: Sequence[str],
    index: int,
    measured: Mapping[str, pl.Series],
    full: Mapping[str, int],
) -> Fraction | None:
    """Σ points ÷ Σ full, held between 0 and 1; None where there is nothing."""
    if not indicators:
        return None
    earned = sum(measured[name][index] for name in indicators)
    marks = sum(full[name] for name in indicators)
    return max(Fraction(0), min(Fraction(earned, marks), Fraction(1)))


def _with_credits(
    measured: Mapping[str, pl.Series], credits_: Mapping[tuple[str, str], Credit], layout: Layout
) -> dict[str, pl.Series]:
    """Points by indicator with the credits put in."""
    made = dict(measured)
    for (unit, indicator), credit in credits_.items():
        made[indicator] = made[indicator].clone().scatter(layout.index[unit], credit.units)
    return made
