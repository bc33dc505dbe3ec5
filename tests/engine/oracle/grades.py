"""Grades by trying: how many a share is, who stands inside it, which level is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from tests.engine.oracle.places import deciding, ranked
from tests.engine.rounds.made import Made

LEVELS = [
    {"id": "excellent", "name": "优秀", "top": "30%"},
    {"id": "good", "name": "良好"},
    {"id": "fair", "name": "一般", "bottom": "10%"},
]
Level = Mapping[str, str]


def count_of(share: Fraction, n: int, how: str) -> int:
    """How many of n a share is, found by trying 0, 1, 2 …"""
    exact = share * n
    tries = range(n + 2)
    if how == "floor":
        count = max(one for one in tries if one <= exact)
    elif how == "ceil":
        count = min(one for one in tries if one >= exact)
    else:
        count = max(tries, key=lambda one: (-abs(one - exact), one))
    return max(count, 1) if share > 0 and n >= 3 else count


def inside(places: Mapping[str, int], count: int, tie: str) -> set[str]:
    """Who stands within the first `count`: with `exclude` only together with the whole tie."""
    ahead = {unit: sum(p < place for p in places.values()) for unit, place in places.items()}
    through = {unit: sum(p <= place for p in places.values()) for unit, place in places.items()}
    if tie == "include":
        return {unit for unit in places if ahead[unit] < count}
    return {unit for unit in places if through[unit] <= count}


def meets(made: Made, board: Mapping[str, Any], unit: str, level: Level) -> bool:
    """Whether a unit's deciding total reaches what the level asks for."""
    series = made.series_of(unit)
    marks = sum(Fraction(text) for text in made.marks(unit).values())
    whole = Fraction(series["scale_to"]) if "scale_to" in series else marks
    text = level["at_least"]
    wanted = Fraction(text[:-1]) * whole / 100 if text.endswith("%") else Fraction(text)
    return deciding(made, board["units"][unit]) >= wanted


def quota_grades(made: Made, board: Mapping[str, Any]) -> dict[str, str | None]:
    """The grade of every ranked unit before negative evaluation and veto."""
    found: dict[str, str | None] = {}
    for units in made.groups().values():
        mine = [unit for unit in units if unit in ranked(made)]
        found |= group_grades(made, board, mine)
    return found


def group_grades(
    made: Made, board: Mapping[str, Any], units: Sequence[str]
) -> dict[str, str | None]:
    """The same for one group."""
    rule = made.scheme["grades"]
    levels: list[Level] = rule.get("levels", LEVELS)
    if len(units) < 3:
        return {unit: small_grade(made, board, unit, levels) for unit in units}
    top = top_quota(made, board, units, levels[0])
    places = {unit: board["units"][unit]["bottom"] for unit in units}
    share = Fraction(levels[-1].get("bottom", "0%")[:-1]) / 100
    count = count_of(share, len(units), rule.get("count", "floor"))
    bottom = inside(places, count, rule.get("tie", "exclude"))
    return {unit: grade_of(made, board, unit, levels, top, bottom) for unit in units}


def top_quota(made: Made, board: Mapping[str, Any], units: Sequence[str], first: Level) -> set[str]:
    """Who is inside the top quota, barred units left out of the counting with `refill: next`."""
    rule = made.scheme["grades"]
    barred = {row["unit"] for row in made.entries("bar")} if rule.get("refill") == "next" else set()
    places = {unit: board["units"][unit]["place"] for unit in units if unit not in barred}
    share = Fraction(first.get("top", "0%")[:-1]) / 100
    count = count_of(share, len(units), rule.get("count", "floor"))
    return inside(places, count, rule.get("tie", "exclude"))


def grade_of(
    made: Made,
    board: Mapping[str, Any],
    unit: str,
    levels: Sequence[Level],
    top: set[str],
    bottom: set[str],
) -> str:
    """The first level, else the last by quota, else the first that fits."""
    first, last = levels[0], levels[-1]
    asks = "top" in first or "at_least" in first
    in_quota = "top" not in first or unit in top
    if asks and in_quota and ("at_least" not in first or meets(made, board, unit, first)):
        return first["id"]
    if unit in bottom:
        return last["id"]
    return next_level(made, board, unit, levels[1:])


def next_level(made: Made, board: Mapping[str, Any], unit: str, levels: Sequence[Level]) -> str:
    """The first of some levels whose condition the unit meets, or that has none."""
    fitting = [
        level["id"]
        for level in levels
        if "at_least" not in level or meets(made, board, unit, level)
    ]
    return fitting[0]


def small_grade(
    made: Made, board: Mapping[str, Any], unit: str, levels: Sequence[Level]
) -> str | None:
    """Fewer than three units: conditions alone."""
    if not any("at_least" in level for level in levels):
        return None
    only_quota = "top" in levels[0] and "at_least" not in levels[0]
    return next_level(made, board, unit, levels[1:] if only_quota else levels)


def after_verdicts(made: Made, unit: str, grade: str | None) -> str | None:
    """The grade after negative evaluation and veto, step by step."""
    if grade is None:
        return None
    levels = [level["id"] for level in made.scheme["grades"].get("levels", LEVELS)]
    rank = levels.index(grade)
    for step in ("negative", "veto"):
        named = {kind: amounts(made, unit, kind, step, levels) for kind in VERDICTS}
        rank = max([rank, *(1 for _ in named["bar"])])
        rank = max([rank, *(levels.index(level) for level in named["cap"])])
        rank = min(len(levels) - 1, rank + sum(int(number) for number in named["lower"]))
        rank = max((levels.index(level) for level in named["fix"]), default=rank)
    return levels[rank]


VERDICTS = ("bar", "cap", "lower", "fix")


def amounts(made: Made, unit: str, kind: str, step: str, levels: Sequence[str]) -> list[str]:
    """What the unit's approved entries of one kind and step say."""
    bodies = made.scheme.get("adjustments", {})
    return [
        row.get("amount")
        or bodies[row["adjustment"]].get("grade")
        or bodies[row["adjustment"]].get("amount")
        or levels[-1]
        for row in made.entries(kind)
        if row["unit"] == unit and bodies[row["adjustment"]].get("step", "negative") == step
    ]
