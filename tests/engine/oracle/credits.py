"""Exempt credits and the bounds of points, each as §4 and §5 word them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from tests.engine.oracle.rounding import to_places
from tests.engine.rounds.made import Made

Bounds = tuple["Fraction | None", "Fraction | None"]


def line_places(made: Made) -> int:
    """The decimals of a line."""
    return int(made.scheme["points"].get("line_places", "2"))


def rounding(made: Made) -> str:
    """The scheme's rounding rule."""
    return str(made.scheme["points"].get("rounding", "half_up"))


def line_points(made: Made, value: Fraction) -> Fraction:
    """The one rounding of the scheme."""
    return to_places(value, line_places(made), rounding(made))


def exempt_of(board: Mapping[str, Any], unit: str) -> set[str]:
    """The indicators inside the unit's sheet for which it has an exempt line."""
    return {
        line["indicator"]
        for line in board["lines"]
        if (line["unit"], line["kind"]) == (unit, "exempt")
    }


def credit(made: Made, board: Mapping[str, Any], unit: str, indicator: str) -> Fraction:
    """Full × rate, the rate from the item's other indicators or else from the whole sheet."""
    marks = {name: Fraction(text) for name, text in made.marks(unit).items()}
    exempt = exempt_of(board, unit)
    lenders = [
        name
        for name in marks
        if name not in exempt and made.kind(name) not in ("award", "quarters")
    ]
    item = made.indicator(indicator)["item"]
    own = [name for name in lenders if made.indicator(name)["item"] == item]
    chosen = own or lenders
    points = board["units"][unit]["points"]
    earned = sum((Fraction(points[name]) for name in chosen), Fraction(0))
    rate = earned / sum(marks[name] for name in chosen)
    return line_points(made, marks[indicator] * max(Fraction(0), min(Fraction(1), rate)))


def limit(text: str, full: Fraction) -> Fraction:
    """A limit in points."""
    return Fraction(text[:-1]) * full / 100 if text.endswith("%") else Fraction(text)


def bounds(measure: Mapping[str, Any], full: Fraction) -> Bounds:
    """What a measure may earn at least and at most, before rounding; None is unbounded."""
    kind = measure["kind"]
    if kind in ("completion", "baseline", "versus_mean"):
        low, cap = limit(measure.get("floor", "0"), full), measure.get("cap", "100%")
        low = min(low, Fraction(0)) if measure.get("threshold", "none") != "none" else low
        return low, None if cap == "none" else limit(cap, full)
    if kind == "place":
        return place_bounds(measure, full)
    if kind == "bands":
        points = [limit(band["points"], full) for band in measure["bands"]]
        return points[-1], points[0]
    if kind == "growth":
        return bounds(measure["by"], full)
    if kind == "deduct":
        return limit(measure.get("floor", "0"), full), full
    if kind == "award":
        return Fraction(0), limit(measure.get("cap", "100%"), full)
    if kind == "quarters":
        count = len(measure["quarters"])
        return -count * Fraction(measure["fair"]), count * Fraction(measure["excellent"])
    return Fraction(0), full  # best_ratio, efficacy, attain, survey


def place_bounds(measure: Mapping[str, Any], full: Fraction) -> Bounds:
    """The worst and the best that places can earn."""
    table = [limit(text, full) for text in measure.get("table", [])]
    floor = limit(measure.get("floor", "0"), full)
    if not table:
        return floor, full
    if measure.get("from") == "bottom":
        return table[0], full if "step" in measure else table[-1]
    return floor if "step" in measure else table[-1], table[0]
