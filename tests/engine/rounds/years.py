"""Random annual rounds: places with ties, heads that move, earlier years with gaps, successions."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.engine.rounds.build import with_ids
from tests.engine.rounds.draws import Draws
from tests.engine.rounds.made import Cells, Made

THIS = 2018
EARLIER = ("2017", "2016", "2015")
HEADS = ("张一", "李二", "王 三")
OLD = ("旧街道", "旧乡")
LEVELS = ("excellent", "good", "fair")


def build_year(random: Random) -> Made:
    """A random annual round of one or two series."""
    draws = Draws(random)
    series = [f"s{number}" for number in range(draws.number(1, 2))]
    units = [
        {"unit": f"u{number}", "name": f"第{number}镇", "series": draws.pick(series)}
        for number in range(draws.number(2, 6))
    ]
    names = [row["unit"] for row in units]
    facts = {
        "values": [draw_value(draws, unit) for unit in names],
        "heads": [{"unit": unit, "head": draws.pick(HEADS)} for unit in names],
        "headcounts": [
            {"unit": unit, "headcount": draws.pick(("1", "7.5", "3"))} for unit in names
        ],
        "history": draw_history(draws, names),
        "successions": draw_successions(draws, names),
        "adjustments": draw_adjustments(draws, names),
    }
    return Made(draw_scheme(draws, series), units, with_ids(facts), str(THIS))


def draw_value(draws: Draws, unit: str) -> Cells:
    """A value; few different ones, so that many tie."""
    actual = draws.pick(("60", "60", "70", "80"))
    return {"unit": unit, "indicator": "tasks", "actual": actual, "target": "100"}


def draw_history(draws: Draws, units: list[str]) -> list[Cells]:
    """Results of units of today and of old; last places often, some without a head or a place."""
    return [
        {"unit": unit, "year": year, **draw_places(draws), **draws.maybe(90, "head", HEADS)}
        for year in EARLIER
        for unit in (*units, *OLD)
        if draws.chance(70)
    ]


def draw_places(draws: Draws) -> Cells:
    """Final places, perhaps base places that differ; last in about half of all rows."""
    if draws.chance(10):
        return draws.maybe(50, "imported", ("yes",))
    places = draws.pick((("4", "1"), ("4", "1"), ("1", "1"), ("2", "2"), ("1", "4")))
    cells = dict(zip(("place", "bottom"), places, strict=True))
    if draws.chance(30):
        base = draws.pick((("4", "1"), ("3", "2")))
        cells |= dict(zip(("base_place", "base_bottom"), base, strict=True))
    return cells | draws.maybe(30, "imported", ("yes",))


def draw_successions(draws: Draws, units: list[str]) -> list[Cells]:
    return [
        {"unit": unit, "year": year, "predecessor": draws.pick((*OLD, *units))}
        for unit in units
        for year in EARLIER
        if draws.chance(25)
    ]


def draw_adjustments(draws: Draws, units: list[str]) -> list[Cells]:
    """A few units demoted to the end, or out of the ranking."""
    return [
        {"unit": unit, "adjustment": name, "reason": "经研究", "approved": "领导小组"}
        for unit in units
        for name in ("behind", "leave")
        if draws.chance(10)
    ]


def draw_scheme(draws: Draws, series: list[str]) -> dict[str, Any]:
    rounding = draws.pick(("half_up", "half_even"))
    return {
        "scheme": "year",
        "version": "1",
        "name": "随机年度",
        "points": {"rounding": rounding},
        "items": {"work": {"name": "工作"}},
        "indicators": [
            {"id": "tasks", "name": "任务", "item": "work", "measure": {"kind": "completion"}}
        ],
        "sheets": {"all": {"tasks": "100"}},
        "series": [{"id": one, "name": f"{one} 系列", "sheet": "all"} for one in series],
        "adjustments": {
            "behind": {"name": "列末位", "kind": "demote", "amount": "last"},
            "leave": {"name": "不排名", "kind": "unranked"},
        },
        "year": draw_year(draws, series),
    }


def draw_year(draws: Draws, series: list[str]) -> dict[str, Any]:
    """The section `year`: rewards that often end in half a cent, rules for some series."""
    rules = [
        {
            "id": f"after{years}",
            "name": f"连续{years}年",
            "series": draws.some(series, least=1),
            "when": {"last": "yes", "years_running": str(years)},
            "then": "interview" if years == 1 else "reassignment",
        }
        for years in (1, 2, 3)
        if draws.chance(70)
    ]
    base = draws.pick(("333.33", "0.01", "12000"))
    coefficients = {level: draws.pick(("1.5", "1", "0.5", "0")) for level in LEVELS}
    return {
        **draws.maybe(60, "follow", ("unit", "head")),
        **draws.maybe(60, "last_on", ("base", "final")),
        **draws.maybe(90, "rewards", ({"base": base, "coefficients": coefficients},)),
        **({"consequences": rules} if rules else {}),
    }
