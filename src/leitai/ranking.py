"""Ranks a scored round: bonus, places, demotion, grades, verdicts, in the order of rules §9."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from leitai.adjustments.bonus import bonus_lines
from leitai.adjustments.slots import LAST, demote
from leitai.adjustments.triggers import trigger_problems
from leitai.adjustments.verdicts import Step, record, verdicts, without_effect
from leitai.bind import Bound
from leitai.board import Board, ItemScore, Result
from leitai.facts.round import Round
from leitai.grades import Standing, grade
from leitai.intake.model import Entry, Intake
from leitai.places import broken, competition, places_of
from leitai.points import LARGEST, whole
from leitai.problems import Problem, problem, warning
from leitai.scheme.model import Level, Scheme
from leitai.scoring.points import Points
from leitai.totals import Totals, totals

Places = Mapping[str, tuple[int, int]]


def rank(
    round_: Round, bindings: Mapping[str, Bound], taken: Intake, points: Points
) -> tuple[Board | None, list[Problem]]:
    """Steps 0 to 6 of §9; no board where a total is too large for any ledger."""
    kinds = _Kinds(round_.scheme, taken.entries)
    bonus = bonus_lines(round_.scheme, taken.entries, taken.previous)
    sums = totals(round_, bindings, points, bonus)
    enormous = [
        unit for unit, total in zip(sums.units, sums.exact, strict=True) if abs(total) > LARGEST
    ]
    if enormous:
        return None, [problem("fact.total-too-large", unit=round_.units[u].name) for u in enormous]
    ranked = {unit for unit in round_.units if unit not in kinds.units("unranked")}
    base = _base_places(round_, taken, points, sums, ranked)
    items = _item_places(round_, points, sums, ranked)
    final, steps, problems = _demoted(round_, kinds, base)
    graded, found = _graded(round_, kinds, sums, final)
    problems += found
    entries = [entry for entry in taken.entries if entry.unit in ranked]
    grades, taken_steps, found = verdicts(round_, entries, graded)
    problems += found + _idle(round_, kinds, ranked)
    problems += trigger_problems(round_, taken, ranked, lambda u, i: _bottom(base, items, u, i))
    falls = kinds.falls()
    results = {
        unit: _result(round_, unit, index, items[unit], sums, base, final, grades, falls)
        for index, unit in enumerate(points.layout.units)
    }
    record_steps = [*kinds.recorded(), *steps, *taken_steps]
    adjusting = (*bonus, *sums.lines)
    return Board(round_, bindings, taken, points, results, record_steps, adjusting), problems


def _result(
    round_: Round,
    unit: str,
    index: int,
    items: Mapping[str, ItemScore],
    sums: Totals,
    base: Places,
    final: Places,
    grades: Mapping[str, str | None],
    falls: Mapping[str, str],
) -> Result:
    base_place, base_bottom = base.get(unit, (None, None))
    place, bottom = final.get(unit, (None, None))
    return Result(
        unit=unit,
        group=round_.units[unit].group,
        items=items,
        bonus=sums.bonus.get(unit, 0),
        exact=sums.exact[index],
        total=sums.printed[index],
        base_place=base_place,
        base_bottom=base_bottom,
        place=place,
        bottom=bottom,
        grade=grades.get(unit),
        fall=falls.get(unit, ""),
    )


@dataclass(frozen=True)
class _Kinds:
    """Approved entries by the kind of their adjustment."""

    scheme: Scheme
    entries: Sequence[Entry]

    def of(self, *kinds: str) -> list[Entry]:
        return [e for e in self.entries if self.scheme.adjustments[e.adjustment].kind in kinds]

    def units(self, *kinds: str) -> set[str]:
        return {entry.unit for entry in self.of(*kinds)}

    def falls(self) -> dict[str, str]:
        """What demotion orders each unit: the sum of its numbers, or last."""
        found: dict[str, str] = {}
        for entry in self.of("demote"):
            before = found.get(entry.unit, "0")
            last = LAST in (before, entry.amount)
            found[entry.unit] = LAST if last else str(int(before) + whole(entry.amount))
        return found

    def recorded(self) -> list[Step]:
        """The entries that only have to be shown."""
        return [
            record(entry, self.scheme.adjustments[entry.adjustment].kind, "", "")
            for entry in self.of("unranked", "commend")
        ]


def _base_places(
    round_: Round, taken: Intake, points: Points, sums: Totals, ranked: set[str]
) -> Places:
    """Base places of ranked units, tie-breakers applied (§8)."""
    layout = points.layout
    deciding = sums.deciding(round_.scheme)
    held = [v if u in ranked else None for u, v in zip(layout.units, deciding, strict=True)]
    top, bottom = competition(pl.Series(held, dtype=pl.Int64), pl.Series(layout.groups))
    found = {
        unit: (place, low)
        for unit, place, low in zip(layout.units, top.to_list(), bottom.to_list(), strict=True)
        if place is not None
    }
    score_of = dict(zip(layout.units, deciding, strict=True))
    for series in round_.scheme.series.values():
        if series.tie_breakers:
            for group in series.group_names():
                members = [u.id for u in round_.in_group(group) if u.id in ranked]
                breakers = [
                    lambda unit, rule=rule: sums.tie_value(round_, taken, points, unit, rule)
                    for rule in series.tie_breakers
                ]
                found.update(places_of(broken(members, score_of, breakers)))
    return found


def _item_places(
    round_: Round, points: Points, sums: Totals, ranked: set[str]
) -> dict[str, dict[str, ItemScore]]:
    """Item scores with places among ranked, comparable units."""
    layout = points.layout
    groups = pl.Series(layout.groups)
    found: dict[str, dict[str, ItemScore]] = {unit: {} for unit in layout.units}
    for item in round_.scheme.items:
        scores = sums.items[item]
        held = [
            value if unit in ranked and sums.comparable(round_, unit, item) else None
            for unit, value in zip(layout.units, scores, strict=True)
        ]
        top, bottom = competition(pl.Series(held, dtype=pl.Int64), groups)
        rows = zip(layout.units, scores, top.to_list(), bottom.to_list(), strict=True)
        for unit, value, place, low in rows:
            if value is not None:
                found[unit][item] = ItemScore(value, place, low)
    return found


def _bottom(
    base: Places, items: Mapping[str, Mapping[str, ItemScore]], unit: str, item: str | None
) -> int | None:
    """The base place from the bottom, in total or in an item."""
    if item is None:
        return base[unit][1] if unit in base else None
    return items[unit][item].bottom if item in items[unit] else None


def _demoted(
    round_: Round, kinds: _Kinds, base: Places
) -> tuple[Places, list[Step], list[Problem]]:
    """Final places after the slot rule, group by group."""
    final = dict(base)
    problems: list[Problem] = []
    falls = {unit: fall for unit, fall in kinds.falls().items() if unit in base}
    for group in dict.fromkeys(round_.units[unit].group for unit in falls):
        members = {u.id: base[u.id][0] for u in round_.in_group(group) if u.id in base}
        mine = {u: LAST if falls[u] == LAST else int(falls[u]) for u in members if u in falls}
        final.update(places_of(demote(members, mine)))
    for unit, fall in falls.items():
        actual = final[unit][0] - base[unit][0]
        if fall != LAST and actual != int(fall):
            name = round_.units[unit].name
            problems.append(warning("demotion.differs", unit=name, ordered=fall, actual=actual))
    steps = [
        record(entry, "demote", str(base[entry.unit][0]), str(final[entry.unit][0]))
        for entry in kinds.of("demote")
        if entry.unit in base
    ]
    return final, steps, problems


def _idle(round_: Round, kinds: _Kinds, ranked: set[str]) -> list[Problem]:
    """Entries that cannot act because their unit is not ranked."""
    return [
        without_effect(round_, entry)
        for entry in kinds.of("demote", "bar", "cap", "lower", "fix")
        if entry.unit not in ranked
    ]


def _graded(
    round_: Round, kinds: _Kinds, sums: Totals, final: Places
) -> tuple[dict[str, str | None], list[Problem]]:
    """Grades of every group by quota and condition (§10)."""
    barred = kinds.units("bar")
    made: dict[str, str | None] = {}
    problems: list[Problem] = []
    for group, name in round_.scheme.group_names().items():
        standings = [
            Standing(
                unit.id,
                unit.name,
                *final[unit.id],
                frozenset(
                    level.id
                    for level in round_.scheme.grades.levels
                    if _meets(level, sums, round_, unit.id)
                ),
                unit.id in barred,
            )
            for unit in round_.in_group(group)
            if unit.id in final
        ]
        levels, found = grade(standings, round_.scheme.grades, name)
        made.update(levels)
        problems += found
    return made, problems


def _meets(level: Level, sums: Totals, round_: Round, unit: str) -> bool:
    """Whether a unit's deciding total meets a level's condition."""
    if level.at_least is None:
        return False
    needed = level.at_least.of(round_.scheme.common_total(round_.units[unit].series, unit))
    return sums.deciding_points(round_.scheme, unit) >= needed
