"""Random records: deductions, awards, nil returns, late returns, the grades of quarters."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.engine.rounds.draws import Draws, decimal
from tests.engine.rounds.limits import value_of
from tests.engine.rounds.skeleton import Skeleton

Row = dict[str, str]
QUARTERS = ("2019Q1", "2019Q2", "2019Q3")


def draw_points(draws: Draws, made: Skeleton) -> str:
    """Points of an event, no finer than a line."""
    units = draws.pick((10, 5, 20, 25, 1, 60, 150, 250))
    return decimal(units * 10**made.places // 10 or 1, made.places)


def draw_deduct(draws: Draws, made: Skeleton, indicator: str) -> dict[str, Any]:
    """A measure of deductions."""
    fulls = made.fulls(indicator)
    options = ("0", "20%", "-150%", "-3", "2", "33.3%", "-300%")
    legal = [text for text in options if all(value_of(text, full) <= full for full in fulls)]
    return {"kind": "deduct", **draws.maybe(70, "floor", legal)}


def draw_award(draws: Draws, made: Skeleton, indicator: str) -> dict[str, Any]:
    """A measure of awards."""
    fulls = made.fulls(indicator)
    options = ("100%", "50%", "33.3%", "2", "1")
    legal = [text for text in options if all(value_of(text, full) <= full for full in fulls)]
    return {"kind": "award", **draws.maybe(60, "cap", legal)}


def draw_quarters(draws: Draws, made: Skeleton) -> dict[str, Any]:
    """A measure of quarters."""
    points = (decimal(10**made.places * 2, made.places), decimal(10**made.places, made.places))
    listed = draws.some(QUARTERS, least=1)
    return {"kind": "quarters", "quarters": listed, "excellent": points[0], "fair": points[1]}


def draw_events(draws: Draws, made: Skeleton) -> list[Row]:
    """Events of deductions and awards; of one matter there are often several."""
    rows: list[Row] = []
    for indicator in made.of_kind("deduct", "award"):
        award = made.kinds[indicator] == "award"
        for unit in made.holders(indicator):
            for _ in range(draws.pick((1, 0, 2, 3) if award else (0, 1, 2, 3))):
                row = {"unit": unit, "indicator": indicator, "points": draw_points(draws, made)}
                row |= draws.maybe(60, "matter", ("甲事", "乙事")) if award else {}
                row |= draws.maybe(60, "entered", ("2019-03-02", "2019-03-01", "2019-03-01T09:30"))
                rows.append({**row, "reason": "经核实"})
    return rows


def draw_late(draws: Draws, made: Skeleton) -> tuple[dict[str, str], list[Row]]:
    """What late returns cost, and who was late."""
    deducting, rule = made.of_kind("deduct"), dict[str, str]()
    if deducting and draws.chance(85):
        rule = {"indicator": draws.pick(deducting), "points": draw_points(draws, made)}
        rule |= draws.maybe(60, "per", ("day", "time"))
    elif not draws.chance(16):
        return rule, []
    rows: list[Row] = []
    for row in made.units:
        if (row["unit"], rule.get("indicator")) not in made.exempt and draws.chance(30):
            late = {"unit": row["unit"], "about": "月报", "days": str(draws.number(1, 4))}
            rows += [late] * draws.number(1, 2)
    return rule, [dict(row) for row in rows]


def draw_nil_returns(
    draws: Draws, made: Skeleton, events: list[Row], late: list[Row], rule: dict[str, str]
) -> list[Row]:
    """Nil returns for those without events: one that names nobody, or one a unit."""
    found = {(row["unit"], row["indicator"]) for row in events}
    found |= {(row["unit"], rule.get("indicator", "")) for row in late}
    rows: list[Row] = []
    for indicator in made.of_kind("deduct"):
        if rule.get("indicator") == indicator and draws.chance(50):
            continue
        clean = [unit for unit in made.holders(indicator) if (unit, indicator) not in found]
        if draws.chance(50):
            rows += [{"indicator": indicator, "unit": unit} for unit in clean]
        elif clean:
            rows.append({"indicator": indicator})
    return rows


def draw_graded_quarters(draws: Draws, made: Skeleton, levels: list[dict[str, str]]) -> list[Row]:
    """The grades of all quarters, for every unit."""
    if not made.of_kind("quarters"):
        return []
    words = [
        levels[0]["id"],
        levels[-1]["id"],
        levels[0]["name"],
        levels[1]["id"],
        "not-assessed",
        "未评",
    ]
    return [
        {"unit": row["unit"], "quarter": quarter, "grade": draws.pick(words), "reason": "通报"}
        for row in made.units
        for quarter in QUARTERS
    ]


def finest(made: Skeleton, points: Fraction) -> str:
    """Points as a text no finer than a line."""
    return decimal(int(points * 10**made.places), made.places)
