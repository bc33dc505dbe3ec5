"""Random panels: rater groups, ballots with void and thin ones among them, or tallies."""

from __future__ import annotations

from typing import Any

from tests.engine.rounds.draws import Draws
from tests.engine.rounds.scope import RATER_GROUPS
from tests.engine.rounds.skeleton import Skeleton

Rows = dict[str, list[dict[str, str]]]
WEIGHTS = (("100%",), ("40%", "60%"), ("70%", "30%"), ("50%", "30%", "20%"), ("60%", "40%", "0%"))
STEADY = RATER_GROUPS[0]


def draw_panel(draws: Draws, made: Skeleton, indicator: str) -> tuple[dict[str, Any], Rows]:
    """The measure and its facts. The first rater group always has a quorum for every unit."""
    weights = draws.pick(WEIGHTS[1:] if any("rated_by" in s for s in made.series) else WEIGHTS)
    groups = dict(zip(RATER_GROUPS, weights, strict=False))
    highest = draws.pick(("10", "5", "100"))
    measure: dict[str, Any] = {"kind": "panel", "groups": groups, "highest": highest}
    measure |= draws.maybe(30, "lowest", ("0", "1"))
    measure |= draws.maybe(30, "anchors", ({"好": "4", "较好": "3.5"},))
    measure |= draw_trim(draws) | draw_merge(draws, groups)
    measure |= draws.maybe(60, "quorum", ("2", "1", "3"))
    measure |= draws.maybe(40, "void_equal", ("no", "yes"))
    measure |= draws.maybe(40, "round_mean", ("2", "1", "none", "0"))
    if draws.chance(made.limits.odds("ballots", 75)):
        measure |= draws.maybe(40, "top_quota", ("1", "50%", "0", "none"))
        rows = draw_ballots(draws, made, indicator, measure)
    else:
        rows = draw_tallies(draws, made, indicator, measure)
    return measure, rows | draw_coefficients(draws, made, indicator)


def draw_trim(draws: Draws) -> dict[str, str]:
    """How many marks are cut, and from how many on."""
    options: tuple[dict[str, str], ...] = (
        {},
        {"trim": "1", "trim_from": "3"},
        {"trim": "20%", "trim_from": "5"},
        {"trim": "2"},
        {"trim": "0%"},
        {"trim": "30%", "trim_from": "4"},
        {"trim": "10%"},
    )
    return draws.pick(options)


def draw_merge(draws: Draws, groups: dict[str, str]) -> dict[str, Any]:
    """Whose marks go to another group when too few raters are in it."""
    if len(groups) < 2 or draws.chance(50):
        return {}
    small, other = draws.pick(
        [(RATER_GROUPS[1], STEADY), (list(groups)[-1], STEADY), (STEADY, RATER_GROUPS[1])]
    )
    return {"merge": {small: other}} | draws.maybe(50, "merge_below", ("4", "7", "3"))


def draw_coefficients(draws: Draws, made: Skeleton, indicator: str) -> Rows:
    """Coefficients of difficulty for some units."""
    if not draws.chance(25):
        return {}
    chosen = draws.some(made.holders(indicator))
    return {
        "values": [
            {"unit": unit, "indicator": indicator, "coefficient": draws.pick(("1.1", "0.9", "3.2"))}
            for unit in chosen
        ]
    }


def named_for(made: Skeleton, unit: str, groups: list[str]) -> list[str]:
    """The rater groups that may rate a unit."""
    row = next(row for row in made.units if row["unit"] == unit)
    series = next(one for one in made.series if one["id"] == row["series"])
    return [group for group in groups if group in series.get("rated_by", groups)]


def draw_tallies(draws: Draws, made: Skeleton, indicator: str, measure: dict[str, Any]) -> Rows:
    """Tallies entered as such: for groups as they are, or for two of them merged."""
    groups, quorum = list(measure["groups"]), int(measure.get("quorum", "3"))
    merges = list(measure.get("merge", {}).items())
    pair = merges[0] if merges and draws.chance(60) else ()
    rows: list[dict[str, str]] = []
    for unit in made.holders(indicator):
        mine = named_for(made, unit, groups)
        names = [*(["+".join(pair[::-1])] if pair else []), *(g for g in mine if g not in pair)]
        for number, group in enumerate(names):
            least = quorum if number == 0 else 0
            n = (
                draws.number(least, quorum + 3)
                if number == 0
                else draws.pick((quorum, 0, quorum - 1, 9))
            )
            if number == 0 or draws.chance(80):
                row = {"unit": unit, "indicator": indicator, "group": group, "n": str(n)}
                rows.append(row | {"mean": draw_mean(draws, int(measure["highest"]))})
    return {"tallies": rows}


def draw_mean(draws: Draws, highest: int) -> str:
    """A mean on the scale, as a number or as a ratio."""
    below = draws.pick((2, 1, 3, 7))
    above = draws.number(below, highest * below)
    return (
        f"{above}/{below}" if below > 2 else str(above // below) + (".5" if above % below else "")
    )


def draw_ballots(draws: Draws, made: Skeleton, indicator: str, measure: dict[str, Any]) -> Rows:
    """Ballots of all rater groups; the first group's are never void."""
    quorum = int(measure.get("quorum", "3"))
    rows: list[dict[str, str]] = []
    for group in measure["groups"]:
        steady = group == STEADY
        size = draws.number(quorum, quorum + 4) if steady else draws.number(0, 7)
        for number in range(1, size + 1):
            rater = {"rater": f"{indicator}-{group}-{number}", "rater_group": group}
            draw = draw_steady_ballot if steady else draw_loose_ballot
            rows += draw(draws, made, indicator, measure, rater)
    return {"ballots": rows}


def may_mark(made: Skeleton, indicator: str, group: str) -> list[str]:
    """The units a rater group may mark."""
    return [u for u in made.holders(indicator) if group in named_for(made, u, list(RATER_GROUPS))]


def draw_steady_ballot(
    draws: Draws, made: Skeleton, indicator: str, measure: dict[str, Any], rater: dict[str, str]
) -> list[dict[str, str]]:
    """A mark for every unit, none the highest, the first two different."""
    marks = ["3", "4", *(draws.pick(("4", "3", "2", "3.5")) for _ in made.units)]
    if draws.chance(50):
        marks[:2] = ["4", "2"]
    units = may_mark(made, indicator, rater["rater_group"])
    return [
        {**rater, "unit": unit, "indicator": indicator, "mark": mark}
        for unit, mark in zip(units, marks, strict=False)
    ]


def draw_loose_ballot(
    draws: Draws, made: Skeleton, indicator: str, measure: dict[str, Any], rater: dict[str, str]
) -> list[dict[str, str]]:
    """A ballot with gaps; now and then all marks are equal or the highest."""
    highest = measure["highest"]
    options = ["4", "3", highest, "2", "4.5", *measure.get("anchors", {}), "不了解", "回避"]
    way = draws.pick(("free", "equal", "free", "top", "equal"))
    same = draws.pick(("4", "3"))
    own = draws.pick([row["unit"] for row in made.units]) if draws.chance(20) else ""
    rows: list[dict[str, str]] = []
    for unit in may_mark(made, indicator, rater["rater_group"]):
        if is_stranger(made, unit, own) or draws.chance(10):
            continue
        mark = {"free": draws.pick(options), "equal": same, "top": highest}[way]
        row = {**rater, "unit": unit, "indicator": indicator}
        row |= {"rater_unit": own} if own else {}
        rows.append(row | {"mark": "回避" if unit == own else mark})
    return rows


def is_stranger(made: Skeleton, unit: str, own: str) -> bool:
    """Whether a rater's unit stands under the inspection of the unit to be rated."""
    if not own:
        return False
    series = {row["unit"]: row["series"] for row in made.units}
    inspecting = next(one for one in made.series if one["id"] == series[unit])
    return "rated_by" in inspecting and series[own] != series[unit]
