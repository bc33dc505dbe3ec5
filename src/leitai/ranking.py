"""Ranks a scored round: bonus, places, demotion, grades, verdicts, in the order of rules §9."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from leitai.adjustments.bonus import bonus_lines
from leitai.adjustments.slots import LAST, demote
from leitai.adjustments.triggers import trigger_problems
from leitai.adjustments.verdicts import Step, record, verdicts, without_effect
from leitai.bind import Bound
from leitai.board import Board
from leitai.facts.layout import Layout
from leitai.facts.numbers import filled
from leitai.facts.round import Round
from leitai.grades import Standings, grade
from leitai.intake.model import Entry, Intake
from leitai.places import Places, broken, competition, places_of
from leitai.points import LARGEST, whole
from leitai.problems import Problem, problem, warning
from leitai.results import Items, Results
from leitai.scheme.model import Level, Scheme
from leitai.scoring.points import Points
from leitai.totals import Totals, totals


def rank(
    round_: Round, bindings: Mapping[str, Bound], taken: Intake, points: Points
) -> tuple[Board | None, list[Problem]]:
    """Steps 0 to 6 of §9; no board where a total is too large for any ledger."""
    kinds, layout = _Kinds(round_.scheme, taken.entries), round_.layout
    bonus = bonus_lines(round_.scheme, taken.entries, taken.previous)
    sums = totals(round_, bindings, points, bonus)
    enormous = (sums.exact.abs() > LARGEST).arg_true()
    if len(enormous):
        names = [round_.units[layout.units[at]].name for at in enormous]
        return None, [problem("fact.total-too-large", unit=name) for name in names]
    unranked = frozenset(kinds.units("unranked"))
    base = _base_places(round_, taken, points, sums, unranked)
    items = Items(sums, unranked)
    final, steps, problems = _demoted(round_, kinds, base)
    level, found = _graded(round_, kinds, sums, final)
    problems += found
    entries = [entry for entry in taken.entries if entry.unit not in unranked]
    named = {entry.unit for entry in entries}
    graded = {unit: _level(round_.scheme, level[layout.index[unit]]) for unit in named}
    grades, taken_steps, found = verdicts(round_, entries, graded)
    problems += found + _idle(round_, kinds, unranked)
    problems += trigger_problems(round_, taken, unranked, _bottoms(layout, base, items))
    results = Results(sums, items, base, final, level, grades, kinds.falls())
    record_steps = [*kinds.recorded(), *steps, *taken_steps]
    return Board(round_, bindings, taken, points, results, record_steps, bonus, sums), problems


def _level(scheme: Scheme, number: int | None) -> str | None:
    return None if number is None else scheme.grades.levels[number].id


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
    round_: Round, taken: Intake, points: Points, sums: Totals, unranked: frozenset[str]
) -> Places:
    """Base places of ranked units, tie-breakers applied (§8)."""
    layout, deciding = round_.layout, sums.deciding
    out = [layout.index[unit] for unit in unranked]
    places = Places(*competition(deciding.clone().scatter(out, None), layout.groups))
    for series in round_.scheme.series.values():
        if series.tie_breakers:
            breakers = [
                lambda unit, rule=rule: sums.tie_value(taken, points, unit, rule)
                for rule in series.tie_breakers
            ]
            for group in _tied_groups(layout, places, series.group_names()):
                members = _ranked(layout, places, group)
                score = {unit: deciding[layout.index[unit]] for unit in members}
                places = places.having(layout, places_of(broken(members, score, breakers)))
    return places


def _tied_groups(layout: Layout, places: Places, groups: Mapping[str, str]) -> list[str]:
    """The groups in which units share a place."""
    frame = pl.DataFrame({"group": layout.groups, "place": places.top}).drop_nulls()
    found = frame.filter(frame.is_duplicated())["group"].unique()
    return [layout.names[number] for number in found.sort() if layout.names[number] in groups]


def _ranked(layout: Layout, places: Places, group: str) -> list[str]:
    """The ranked units of a group."""
    members = layout.members(group)
    return [layout.units[at] for at in members if places.top[at] is not None]


def _bottoms(layout: Layout, base: Places, items: Items) -> Callable[[str, str | None], int | None]:
    """How a trigger asks for the base place from the bottom, in total or in an item."""

    def bottom(unit: str, item: str | None) -> int | None:
        places = base if item is None else items.places(item)
        found: int | None = places.bottom[layout.index[unit]]
        return found

    return bottom


def _demoted(
    round_: Round, kinds: _Kinds, base: Places
) -> tuple[Places, list[Step], list[Problem]]:
    """Final places after the slot rule, group by group."""
    layout, final = round_.layout, base
    problems: list[Problem] = []
    place = {unit: base.top[layout.index[unit]] for unit in kinds.falls()}
    falls = {unit: fall for unit, fall in kinds.falls().items() if place[unit] is not None}
    for group in dict.fromkeys(round_.units[unit].group for unit in falls):
        members = {u: base.top[layout.index[u]] for u in _ranked(layout, base, group)}
        mine = {u: LAST if falls[u] == LAST else int(falls[u]) for u in members if u in falls}
        final = final.having(layout, places_of(demote(members, mine)))
    after = {unit: final.top[layout.index[unit]] for unit in falls}
    for unit, fall in falls.items():
        actual = after[unit] - place[unit]
        if fall != LAST and actual != int(fall):
            name = round_.units[unit].name
            problems.append(warning("demotion.differs", unit=name, ordered=fall, actual=actual))
    steps = [
        record(entry, "demote", str(place[entry.unit]), str(after[entry.unit]))
        for entry in kinds.of("demote")
        if entry.unit in falls
    ]
    return final, steps, problems


def _idle(round_: Round, kinds: _Kinds, unranked: frozenset[str]) -> list[Problem]:
    """Entries that cannot act because their unit is not ranked."""
    return [
        without_effect(round_, entry)
        for entry in kinds.of("demote", "bar", "cap", "lower", "fix")
        if entry.unit in unranked
    ]


def _graded(
    round_: Round, kinds: _Kinds, sums: Totals, final: Places
) -> tuple[pl.Series, list[Problem]]:
    """The number of each unit's level by quota and condition (§10)."""
    layout, rule = round_.layout, round_.scheme.grades
    barred = filled(False, len(layout), pl.Boolean)
    barred.scatter([layout.index[unit] for unit in kinds.units("bar")], True)
    meets = {level.id: _meets(level, sums) for level in rule.levels if level.at_least is not None}
    standings = Standings(layout.groups, final.top, final.bottom, meets, barred)
    made = grade(standings, rule)
    problems = [
        warning("grade.both-quotas", unit=unit.name, group=round_.scheme.group_names()[unit.group])
        for unit in (round_.units[layout.units[at]] for at in made.in_both.arg_true())
    ]
    return made.level, [*problems, *_too_small(round_, final, made.level)]


def _too_small(round_: Round, final: Places, level: pl.Series) -> Iterator[Problem]:
    """Groups whose ranked units stay without a level."""
    layout, ungraded = round_.layout, final.top.is_not_null() & level.is_null()
    for group in layout.groups.filter(ungraded).unique().sort():
        name = layout.names[group]
        units = [round_.units[unit].name for unit in _ranked(layout, final, name)]
        title = round_.scheme.group_names()[name]
        yield warning("grade.group-too-small", group=title, units="|".join(units))


def _meets(level: Level, sums: Totals) -> pl.Series:
    """Whether each unit's deciding total meets a level's condition."""
    scheme, layout = sums.round.scheme, sums.round.layout
    assert level.at_least is not None
    needed = [
        -(-level.at_least.of(scheme.whole(series, sheet)) * sums.one // 1)
        for series, sheet in layout.kinds
    ]
    return sums.deciding >= layout.of_kind(needed)
