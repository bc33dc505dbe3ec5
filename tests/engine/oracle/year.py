"""The year by trying: who is last, how long a run is, what a reward comes to."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from tests.engine.oracle.rounding import nearest
from tests.engine.rounds.made import Cells, Made

LONGEST = 9


def year_of(made: Made) -> dict[str, Any]:
    return dict(made.scheme["year"])


def by_base(made: Made) -> bool:
    return bool(year_of(made).get("last_on") == "base")


def last_units(made: Made, board: Mapping[str, Any]) -> set[str]:
    """In each group those whose place is the worst there is, where there is a better one."""
    key = "base_place" if by_base(made) else "place"
    found: set[str] = set()
    for units in made.groups().values():
        places = {unit: board["units"][unit][key] for unit in units}
        ranked = {unit: place for unit, place in places.items() if place is not None}
        worst = max(ranked.values(), default=0)
        found |= {u for u, place in ranked.items() if place == worst != min(ranked.values())}
    return found


def was_last(made: Made, row: Cells) -> bool:
    """Whether a row of history is that of a last unit."""
    place, bottom = row.get("place"), row.get("bottom")
    if by_base(made):
        place, bottom = row.get("base_place", place), row.get("base_bottom", bottom)
    return bottom == "1" and place not in (None, "1")


def counts(made: Made, unit: str, year: int) -> bool:
    """Whether a year counts towards the unit's run."""
    rows = [row for row in made.rows("history") if row["year"] == str(year)]
    if year_of(made).get("follow", "head") == "head":
        head = next(row["head"] for row in made.rows("heads") if row["unit"] == unit)
        return any(row.get("head") == head and was_last(made, row) for row in rows)
    named = {(row["unit"], row["year"]): row["predecessor"] for row in made.rows("successions")}
    name = named.get((unit, str(year)), unit)
    return any(row["unit"] == name and was_last(made, row) for row in rows)


def run(made: Made, unit: str) -> int:
    """The longest run all of whose years count."""
    this = int(made.year)
    return max(
        length
        for length in range(1, LONGEST)
        if all(counts(made, unit, this - back) for back in range(1, length))
    )


def consequences(made: Made, board: Mapping[str, Any]) -> dict[str, tuple[str, int]]:
    """Unit → the rule that speaks and the run."""
    found: dict[str, tuple[str, int]] = {}
    for unit in last_units(made, board):
        series, years = made.series_of(unit)["id"], run(made, unit)
        for rule in year_of(made).get("consequences", []):  # from short runs to long ones
            if series in rule["series"] and years >= int(rule["when"]["years_running"]):
                found[unit] = rule["id"], years
    return found


def rewards(made: Made, board: Mapping[str, Any]) -> dict[str, str]:
    """Unit → amount, the whole number of cents nearest to the exact one."""
    rule = year_of(made).get("rewards")
    found: dict[str, str] = {}
    for row in made.rows("headcounts") if rule else ():
        grade = board["units"][row["unit"]]["grade"]
        if grade is not None:
            factors = (rule["coefficients"][grade], rule["base"], row["headcount"])
            exact = Fraction(100)
            for factor in factors:
                exact *= Fraction(factor)
            cents = nearest(exact, made.scheme["points"]["rounding"])
            found[row["unit"]] = f"{cents // 100}.{cents % 100:02}"
    return found
