"""Shaken weights once more, in plain Fractions: every draw a table of totals, read by counting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tests.engine.oracle.grades import LEVELS, count_of, inside
from tests.engine.rounds.made import Made

Totals = dict[str, Fraction]


@dataclass(frozen=True)
class Draw:
    """Places and grades of a group in one draw."""

    places: Mapping[str, int]
    grades: Mapping[str, str]


def totals(
    made: Made, board: Mapping[str, Any], units: Sequence[str], factor: Mapping[str, int]
) -> Totals:
    """Σ points × factor as a share of Σ full × factor, of the common total; bonus on top."""
    found = {}
    for unit in units:
        marks = {name: Fraction(text) for name, text in made.marks(unit).items()}
        points = board["units"][unit]["points"]
        earned = sum(Fraction(points[name]) * factor[name] for name in marks)
        whole = sum(marks[name] * factor[name] for name in marks)
        series = made.series_of(unit)
        common = Fraction(series["scale_to"]) if "scale_to" in series else sum(marks.values())
        found[unit] = earned / whole * common + Fraction(board["units"][unit]["bonus"])
    return found


def wanted(made: Made, unit: str, text: str) -> Fraction:
    """What a condition asks for in points."""
    series = made.series_of(unit)
    whole = sum(Fraction(one) for one in made.marks(unit).values())
    whole = Fraction(series["scale_to"]) if "scale_to" in series else whole
    return Fraction(text[:-1]) * whole / 100 if text.endswith("%") else Fraction(text)


def draw(made: Made, found: Totals) -> Draw:
    """Places by counting, grades by trying."""
    rule = made.scheme["grades"]
    levels = rule.get("levels", LEVELS)
    places = {unit: 1 + sum(o > one for o in found.values()) for unit, one in found.items()}
    bottoms = {unit: 1 + sum(o < one for o in found.values()) for unit, one in found.items()}

    def within(side: Mapping[str, int], share: str) -> set[str]:
        count = count_of(Fraction(share[:-1]) / 100, len(found), rule.get("count", "floor"))
        return inside(side, count, rule.get("tie", "exclude"))

    top = within(places, levels[0].get("top", "0%"))
    low = within(bottoms, levels[-1].get("bottom", "0%"))
    return Draw(places, {unit: level_of(made, found, unit, levels, top, low) for unit in found})


def level_of(
    made: Made,
    found: Totals,
    unit: str,
    levels: Sequence[Mapping[str, str]],
    top: set[str],
    low: set[str],
) -> str:
    """The first level where it is earned, else the last by quota, else the first that fits."""

    def meets(level: Mapping[str, str]) -> bool:
        return "at_least" not in level or found[unit] >= wanted(made, unit, level["at_least"])

    first = levels[0]
    asks = "top" in first or "at_least" in first
    if asks and meets(first) and ("top" not in first or unit in top):
        return first["id"]
    if unit in low:
        return levels[-1]["id"]
    return next(level["id"] for level in (*levels[1:-1], levels[-1]) if meets(level))


def steadiness(draws: Sequence[Draw], unit: str) -> dict[str, Any]:
    """What a unit's places and grades come to; the first draw is the scheme's own."""
    own, *shaken = draws
    places = sorted(one.places[unit] for one in shaken)
    others = Counter(one.grades[unit] for one in shaken if one.grades[unit] != own.grades[unit])
    return {
        "unit": unit,
        "place": own.places[unit],
        "high": places[len(places) * 5 // 100 - 1],
        "low": places[len(places) * 95 // 100 - 1],
        "best": places[0],
        "worst": places[-1],
        "kept": places.count(own.places[unit]),
        "grade": own.grades[unit],
        "flips": sum(others.values()),
        "other": min(others, key=lambda level: (-others[level], level)) if others else "",
    }
