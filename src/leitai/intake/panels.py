"""Panels: ballots checked and tallied, tallies made into one score a unit (§6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache

from leitai.bind import Bound
from leitai.facts.round import Round
from leitai.facts.rows import Row
from leitai.intake.model import Exemption, Key
from leitai.intake.tallies import entered_tallies, off_scale, raw_rows, units_with
from leitai.near import near
from leitai.points import exact
from leitai.problems import Problem, Refused, problem, warning
from leitai.signs import REMEMBERED
from leitai.stats.panel import Mark, Panel, expected_groups, score, tally
from leitai.stats.tally import Tally

NO_BASIS = ("不了解", "no-basis", "回避", "recused")


def panels(
    round_: Round, bindings: Mapping[str, Bound], exempt: Mapping[Key, Exemption]
) -> tuple[dict[Key, Fraction], dict[Key, Sequence[Tally]], list[Problem]]:
    """Scores and tallies by unit and panel indicator."""
    entered, problems = entered_tallies(round_, bindings, "panel", "ballots")
    marks, more = _marks(round_, bindings)
    problems += more
    scores: dict[Key, Fraction] = {}
    tallies: dict[Key, Sequence[Tally]] = {}
    for bound in bindings.values():
        if bound.measure.kind == "panel":
            found = entered.get(bound.id, [])
            p: Panel = bound.settings
            problems += off_scale(found, p.lowest, p.highest, bound.indicator.name)
            if bound.id in marks and found:
                continue
            if bound.id in marks:
                found, more = tally(marks[bound.id], p, bound.indicator.name)
                problems += more
            problems += _scores(round_, bound, found, exempt, scores, tallies)
    return scores, tallies, problems


def _scores(
    round_: Round,
    bound: Bound,
    found: Sequence[Tally],
    exempt: Mapping[Key, Exemption],
    scores: dict[Key, Fraction],
    tallies: dict[Key, Sequence[Tally]],
) -> Iterator[Problem]:
    """Fills in the score of each unit; what is wrong on the way."""
    by_unit: dict[str, list[Tally]] = defaultdict(list)
    for one in found:
        by_unit[one.unit].append(one)
    for unit in units_with(round_, bound.id):
        names = {"unit": round_.units[unit].name, "indicator": bound.indicator.name}
        if (unit, bound.id) in exempt:
            if unit in by_unit:
                yield problem("fact.exempt-has-data", **names)
            continue
        if unit not in by_unit:
            department = round_.name_of(bound.indicator.department)
            yield problem("fact.missing", column="score", department=department, **names)
            continue
        rated_by = round_.scheme.series[round_.units[unit].series].rated_by
        groups = expected_groups(found, bound.settings, rated_by)
        for one in by_unit[unit]:
            if one.group not in groups:
                source = one.source
                yield problem("fact.group-not-allowed", source, group=one.group, rater="", **names)
        rounding = round_.scheme.points.rounding
        value, problems = score(by_unit[unit], groups, bound.settings, rounding, **names)
        yield from problems
        tallies[unit, bound.id] = by_unit[unit]
        if value is not None:
            scores[unit, bound.id] = value


def _marks(
    round_: Round, bindings: Mapping[str, Bound]
) -> tuple[dict[str, list[Mark]], list[Problem]]:
    """Indicator → marks; those that may not be are Problems (§6 step 1)."""
    marks: dict[str, list[Mark]] = defaultdict(list)
    problems: list[Problem] = []
    for row, bound, wrong in raw_rows(round_, bindings, "ballots", "panel"):
        problems += wrong
        if bound is not None:
            mark = _mark(row, bound, problems)
            if mark is not None:
                problems += _refusals(row, mark, round_, bound)
                marks[bound.id].append(mark)
    for name, found in marks.items():
        problems += _in_two_groups(found, bindings[name].indicator.name)
    return marks, [*problems, *_raters_units(round_)]


def _raters_units(round_: Round) -> Iterator[Problem]:
    """Raters whose unit differs from ballot to ballot, or is none of the round's.

    Who rates for two units could rate both; where the unit is unknown, nobody checks that.
    """
    units: dict[str, set[str]] = defaultdict(set)
    for row in round_.rows("ballots"):
        units[row["rater"]].add(row["rater_unit"])
    for rater, found in units.items():
        if len(found) > 1:
            listed = "|".join(round_.name_of(unit) or "—" for unit in sorted(found))
            yield problem("fact.rater-unit-differs", rater=rater, units=listed)
    for unit in sorted({unit for found in units.values() for unit in found if unit}):
        if unit not in round_.units:
            names = [one.name for one in round_.units.values()]
            yield warning("panel.rater-unit-unknown", unit=unit, near=near(unit, names))


def _in_two_groups(marks: Sequence[Mark], indicator: str) -> Iterator[Problem]:
    """Raters who rate for two groups: a ballot is all the rater's marks, of one group."""
    groups: dict[str, set[str]] = defaultdict(set)
    for mark in marks:
        groups[mark.rater].add(mark.group)
    for rater, found in groups.items():
        if len(found) > 1:
            listed = "|".join(sorted(found))
            yield problem(
                "fact.rater-in-two-groups", rater=rater, groups=listed, indicator=indicator
            )


def _mark(row: Row, bound: Bound, problems: list[Problem]) -> Mark | None:
    p: Panel = bound.settings
    names = {"rater": row["rater"], "indicator": bound.indicator.name}
    if row["rater_group"] not in p.groups:
        group = row["rater_group"]
        problems.append(
            problem("fact.rater-group-unknown", row.spot("rater_group"), group=group, **names)
        )
        return None
    try:
        value, off_scale = _value(bound, row["mark"])
    except Refused as refused:
        problems.append(refused.at(row.spot("mark"), **names))
        return None
    if off_scale:
        where, mark = row.spot("mark"), row["mark"]
        problems.append(problem("fact.mark-off-scale", where, mark=mark, **names))
    return Mark(row["rater"], row["rater_group"], row["unit"], value)


@lru_cache(maxsize=REMEMBERED)
def _value(bound: Bound, text: str) -> tuple[Fraction | None, bool]:
    """What a mark is worth and whether it lies off the scale. Raises Refused as `exact` does."""
    p: Panel = bound.settings
    if text in NO_BASIS:
        return None, False
    value = p.anchors[text] if text in p.anchors else exact(text)
    return value, not p.lowest <= value <= p.highest


def _refusals(row: Row, mark: Mark, round_: Round, bound: Bound) -> Iterator[Problem]:
    """Own unit, a rater group that may not rate this series, an inspected unit's officer."""
    if mark.value is None:
        return
    unit = round_.units[row["unit"]]
    names = {"rater": row["rater"], "unit": unit.name, "indicator": bound.indicator.name}
    rated_by = round_.scheme.series[unit.series].rated_by
    own = round_.units.get(row["rater_unit"])
    if row["rater_unit"] == unit.id:
        yield problem("fact.own-unit", row.where, **names)
    if rated_by and mark.group not in rated_by:
        yield problem("fact.group-not-allowed", row.where, group=mark.group, **names)
    if rated_by and own is not None and own.series != unit.series:
        yield problem("fact.inspected-officer", row.where, own=own.name, **names)
