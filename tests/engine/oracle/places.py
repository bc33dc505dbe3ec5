"""Places by counting who is better, and base places of a whole board with their tie-breakers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from tests.engine.rounds.made import Made

Places = dict[str, tuple[int, int]]


def counted(scores: Mapping[str, Fraction]) -> Places:
    """Place = 1 + the strictly better, bottom = 1 + the strictly worse."""
    return {
        unit: (
            1 + sum(other > score for other in scores.values()),
            1 + sum(other < score for other in scores.values()),
        )
        for unit, score in scores.items()
    }


def of_sets(ties: Sequence[Sequence[str]]) -> Places:
    """The same for tied sets in order."""
    rank = {unit: Fraction(-number) for number, tie in enumerate(ties) for unit in tie}
    return counted(rank)


def ranked(made: Made) -> set[str]:
    """The units whom no approved entry takes out of the ranking."""
    gone = {row["unit"] for row in made.entries("unranked")}
    return {row["unit"] for row in made.units} - gone


def deciding(made: Made, unit: Mapping[str, Any]) -> Fraction:
    """The total that decides: the printed or the exact one."""
    on = made.scheme["points"].get("rank_on", "printed")
    return Fraction(unit["exact"] if on == "exact" else unit["total"])


def base_places(made: Made, board: Mapping[str, Any]) -> Places:
    """Base places of all ranked units, from the figures of the board."""
    found: Places = {}
    for units in made.groups().values():
        mine = [unit for unit in units if unit in ranked(made)]
        totals = {unit: deciding(made, board["units"][unit]) for unit in mine}
        if mine:
            found |= of_sets(with_breakers(made, board, ordered(mine, totals)))
    return found


def ordered(units: Sequence[str], value: Mapping[str, Fraction]) -> list[list[str]]:
    """Sets of equal value, the largest first."""
    return [
        [unit for unit in units if value[unit] == step]
        for step in sorted({value[unit] for unit in units}, reverse=True)
    ]


def with_breakers(made: Made, board: Mapping[str, Any], ties: list[list[str]]) -> list[list[str]]:
    """Every tie-breaker in order, each remaining tie by itself; one that lacks a value is skipped."""
    for breaker in made.series_of(ties[0][0]).get("tie_breakers", []):
        pieces: list[list[str]] = []
        for tie in ties:
            values = {unit: breaking(made, board, unit, breaker) for unit in tie}
            known = {unit: value for unit, value in values.items() if value is not None}
            pieces += ordered(tie, known) if len(known) == len(tie) else [tie]
        ties = pieces
    return ties


def breaking(
    made: Made, board: Mapping[str, Any], unit: str, breaker: Mapping[str, str]
) -> Fraction | None:
    """What a tie-breaker compares, larger is better; None where the unit lacks it."""
    if "previous" in breaker:
        rows = [r for r in made.rows("previous") if (r["unit"], r["about"]) == (unit, "place")]
        return -Fraction(rows[0]["value"]) if rows else None
    if "item" in breaker:
        if not is_comparable(made, unit, breaker["item"]):
            return None
        return Fraction(board["units"][unit]["items"][breaker["item"]]["points"])
    name = breaker["indicator"]
    own, common = full_of(made.sheet_of(unit), name), full_of(series_sheet(made, unit), name)
    if own is None or own != common or is_exempt(made, board, unit, name):
        return None
    return Fraction(board["units"][unit]["points"][name])


def series_sheet(made: Made, unit: str) -> dict[str, Any]:
    """The sheet of the unit's series."""
    return dict(made.scheme["sheets"][made.series_of(unit)["sheet"]])


def full_of(sheet: Mapping[str, Any], indicator: str) -> Fraction | None:
    """Full marks inside or outside."""
    text = sheet.get(indicator, sheet.get("outside", {}).get(indicator))
    return None if text is None else Fraction(text)


def item_full(made: Made, sheet: Mapping[str, Any], item: str) -> list[Fraction]:
    """The full marks inside a sheet that belong to an item."""
    return [
        Fraction(text)
        for name, text in sheet.items()
        if name != "outside" and made.indicator(name)["item"] == item
    ]


def is_comparable(made: Made, unit: str, item: str) -> bool:
    """Whether the unit's sheet gives the item what the series' sheet gives it."""
    own, common = (
        item_full(made, sheet, item) for sheet in (made.sheet_of(unit), series_sheet(made, unit))
    )
    return bool(own) and bool(common) and sum(own) == sum(common)


def is_exempt(made: Made, board: Mapping[str, Any], unit: str, indicator: str) -> bool:
    """Whether the unit is exempt, by name or for want of answers."""
    named = any(
        (row["unit"], row["indicator"]) == (unit, indicator) for row in made.rows("exemptions")
    )
    credited = any(
        (line["unit"], line["indicator"], line["kind"]) == (unit, indicator, "exempt")
        for line in board["lines"]
    )
    return named or credited or indicator not in board["units"][unit]["points"]


def item_places(made: Made, board: Mapping[str, Any], item: str) -> Places:
    """Places in an item among ranked units who can have one."""
    found: Places = {}
    for units in made.groups().values():
        scores = {
            unit: Fraction(board["units"][unit]["items"][item]["points"])
            for unit in units
            if unit in ranked(made) and is_comparable(made, unit, item)
        }
        found |= counted(scores)
    return found
