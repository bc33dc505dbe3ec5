"""Grades by quota on the final places, with score conditions (rules §10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from leitai.points import rounded
from leitai.problems import Problem, warning
from leitai.scheme.model import Grades, Level


@dataclass(frozen=True)
class Standing:
    """A ranked unit as grading sees it: final places, and its total against the conditions.

    `meets` holds the ids of the levels whose `at_least` the unit's total meets.
    """

    unit: str
    name: str
    place: int
    bottom: int
    meets: frozenset[str]
    barred: bool = False


def quota(share: Fraction | None, n: int, count: str) -> int:
    """How many of n a share is; at least 1 from n = 3 for a share above 0."""
    if not share:
        return 0
    exact = share * n
    if count == "half_up":
        whole = rounded(exact, "half_up")
    else:
        whole = exact.numerator // exact.denominator
        whole += count == "ceil" and exact.denominator != 1
    return max(whole, 1) if n >= 3 else whole


def grade(
    standings: Sequence[Standing], rule: Grades, group: str
) -> tuple[dict[str, str | None], list[Problem]]:
    """The level of each unit of one group, None where there is none."""
    if len(standings) < 3:
        return _small(standings, rule, group)
    first, last = rule.levels[0], rule.levels[-1]
    n = len(standings)
    top = _inside(standings, quota(first.top, n, rule.count), rule)
    bottom_quota = quota(last.bottom, n, rule.count)
    bottom = _within({one.unit: one.bottom for one in standings}, bottom_quota, rule.tie)
    made: dict[str, str | None] = {}
    problems: list[Problem] = []
    for one in standings:
        wins = _earns_first(one, first, top)
        if wins and one.unit in bottom and one.unit in top:
            problems.append(warning("grade.both-quotas", unit=one.name, group=group))
        made[one.unit] = first.id if wins else _lower_level(one, rule, one.unit in bottom)
    return made, problems


def _inside(standings: Sequence[Standing], count: int, rule: Grades) -> set[str]:
    """Units inside the top quota; with `refill: next` barred units take no room in it."""
    refill = rule.refill == "next"
    running = [one for one in standings if not (refill and one.barred)]
    ahead = {one.unit: 1 + sum(other.place < one.place for other in running) for one in running}
    return _within(ahead, count, rule.tie)


def _within(places: Mapping[str, int], count: int, tie: str) -> set[str]:
    """Units inside a quota: their place is, and with `exclude` their whole tie too."""
    sizes: dict[int, int] = {}
    for place in places.values():
        sizes[place] = sizes.get(place, 0) + 1
    extra = {place: size - 1 if tie == "exclude" else 0 for place, size in sizes.items()}
    return {unit for unit, place in places.items() if place + extra[place] <= count}


def _earns_first(one: Standing, level: Level, top: set[str]) -> bool:
    in_quota = level.top is None or one.unit in top
    meets = level.at_least is None or level.id in one.meets
    return in_quota and meets and (level.top is not None or level.at_least is not None)


def _lower_level(one: Standing, rule: Grades, in_bottom: bool) -> str:
    """The last level inside the bottom quota, else the first level below the top that fits."""
    if not in_bottom:
        for level in rule.levels[1:-1]:
            if level.at_least is None or level.id in one.meets:
                return level.id
    return rule.levels[-1].id


def _small(
    standings: Sequence[Standing], rule: Grades, group: str
) -> tuple[dict[str, str | None], list[Problem]]:
    """Groups under 3: conditions alone; without any, no grade and a warning."""
    if not any(level.at_least for level in rule.levels):
        units = "、".join(one.name for one in standings)
        problems = [warning("grade.group-too-small", group=group, units=units)] if units else []
        return {one.unit: None for one in standings}, problems
    return {one.unit: _by_condition(one, rule) for one in standings}, []


def _by_condition(one: Standing, rule: Grades) -> str:
    for level in rule.levels[:-1]:
        only_quota = level.top is not None and level.at_least is None
        if not only_quota and (level.at_least is None or level.id in one.meets):
            return level.id
    return rule.levels[-1].id
