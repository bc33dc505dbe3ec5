"""Random annual rounds for the recount: heads on the move, gaps, ties for last, half cents.

`years` has small ones for the oracle of property 16; here are groups, grades that adjustments
change, places that differ before and after demotion, and names written in several ways.
"""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Any

from leitai.seal.plain import plain_board, plain_round
from tests.engine.rounds.build import with_ids
from tests.engine.rounds.draws import Draws
from tests.engine.rounds.made import Cells, Made, evaluated

THIS = 2018
EARLIER = ("2017", "2016", "2015", "2014")
HEADS = (
    ("张一", "张 一", "张\u3000一"),
    ("Li Er", "ＬＩ　Ｅｒ", "lier"),
    ("王三",),
    ("Zhao 4", "ｚｈａｏ４"),
)
OLD = (("旧街道", "旧 街道"), ("旧乡A", "旧乡ａ"))
LEVELS = ("excellent", "good", "fair")
COEFFICIENTS = ("1.2", "1", "0.5", "1.25", "0", "0.125")
BASES = ("0.01", "333.33", "12000", "1.3", "0.1")
HEADCOUNTS = ("1", "3", "7.5", "60", "0.5", "2.10")


def answered(made: Made) -> tuple[dict[str, Any], dict[str, Any]]:
    """A made round as plain JSON, with the engine's board of it."""
    round_, board, problems = evaluated(made)
    assert round_ is not None, problems
    assert board is not None, problems
    return plain_round(round_), plain_board(board)


@cache
def annual(seed: int) -> tuple[Made, dict[str, Any], dict[str, Any]]:
    """One random annual round, plain, with the engine's board: kept, since several tests ask."""
    made = build_annual(Random(seed))
    return made, *answered(made)


def build_annual(random: Random) -> Made:
    """A random annual round of one or two series, each perhaps with groups."""
    draws = Draws(random)
    series = [draw_series(draws, f"s{number}") for number in range(draws.number(1, 2))]
    units = [draw_unit(draws, f"u{number}", series) for number in range(draws.number(2, 9))]
    names = [row["unit"] for row in units]
    facts = {
        "values": [draw_value(draws, unit) for unit in names],
        "adjustments": draw_entries(draws, names),
        "headcounts": [
            {"unit": unit, "headcount": draws.pick(HEADCOUNTS)} for unit in draws.shuffled(names)
        ],
        "history": draw_history(draws, names),
        "successions": draw_successions(draws, names),
    }
    year = draw_section(draws, [one["id"] for one in series])
    facts["heads"] = draw_heads(draws, year, units)
    return Made(draw_scheme(draws, series, year), units, with_ids(facts), str(THIS))


def draw_series(draws: Draws, name: str) -> dict[str, Any]:
    one: dict[str, Any] = {"id": name, "name": f"{name} 系列", "sheet": "all"}
    if draws.chance(30):
        one["groups"] = {"alpha": "甲类", "beta": "乙类"}
    return one


def draw_unit(draws: Draws, name: str, series: list[dict[str, Any]]) -> Cells:
    one = draws.pick(series)
    row = {"unit": name, "name": f"第{name[1:]}镇", "series": one["id"]}
    return row | ({"group": draws.pick(("alpha", "beta"))} if "groups" in one else {})


def draw_value(draws: Draws, unit: str) -> Cells:
    """A value; few different ones, so that many tie."""
    actual = draws.pick(("60", "70", "80", "60"))
    return {"unit": unit, "indicator": "tasks", "actual": actual, "target": "100"}


def draw_entries(draws: Draws, units: list[str]) -> list[Cells]:
    """Units demoted, taken out of the ranking, or lowered in their grade."""
    return [
        {"unit": unit, "adjustment": name, "reason": "经研究", "approved": "领导小组"}
        for unit in units
        for name in ("behind", "down", "leave", "veto")
        if draws.chance(8)
    ]


def draw_head(draws: Draws) -> str:
    """One of a few heads, written in one of several ways."""
    return draws.pick(draws.pick(HEADS))


def draw_heads(draws: Draws, year: dict[str, Any], units: list[Cells]) -> list[Cells]:
    """A head for every unit that needs one, and for most others."""
    bound = {series for rule in year.get("consequences", []) for series in rule["series"]}
    needed = bound if year.get("follow", "head") == "head" else set()
    return [
        {"unit": row["unit"], "head": draw_head(draws)}
        for row in draws.shuffled(units)
        if row["series"] in needed or draws.chance(80)
    ]


def draw_history(draws: Draws, units: list[str]) -> list[Cells]:
    """Results of units of today and of old, last in about half of all rows; years with gaps."""
    rows = [
        {"unit": unit, "year": year, **draw_places(draws), **draw_past_head(draws)}
        for year in EARLIER
        if draws.chance(90)
        for unit in (*units, *(draws.pick(names) for names in OLD))
        if draws.chance(75)
    ]
    return draws.shuffled(rows)


def draw_past_head(draws: Draws) -> Cells:
    return {"head": draw_head(draws)} if draws.chance(85) else {}


def draw_places(draws: Draws) -> Cells:
    """Final places and base places: both, one of them, or none."""
    cells: Cells = {}
    if draws.chance(90):
        final = draws.pick((("5", "1"), ("4", "1"), ("1", "1"), ("2", "2"), ("1", "4")))
        cells |= dict(zip(("place", "bottom"), final, strict=True))
    if draws.chance(30):
        base = draws.pick((("4", "1"), ("3", "2"), ("1", "1"), ("2", "1")))
        cells |= dict(zip(("base_place", "base_bottom"), base, strict=True))
    return cells | draws.maybe(20, "imported", ("yes",))


def draw_successions(draws: Draws, units: list[str]) -> list[Cells]:
    """Predecessors: units of old, other units of today (which makes chains), the unit itself."""
    old = [name for names in OLD for name in names]
    return [
        {"unit": unit, "year": year, "predecessor": draws.pick(draws.pick((units, old, units)))}
        for unit in units
        for year in EARLIER
        if draws.chance(40)
    ]


def draw_section(draws: Draws, series: list[str]) -> dict[str, Any]:
    """The section `year`: rewards that often end in half a cent, rules for some series."""
    rules = [
        {
            "id": f"rule{years}",
            "name": f"规定{years}",
            "series": draws.some(series, least=1),
            "when": {"last": "yes"} | ({"years_running": str(years)} if years > 1 else {}),
            "then": draws.pick(("interview", "reassignment")),
        }
        for years in draws.shuffled((1, 2, 3))
        if draws.chance(75)
    ]
    coefficients = {level: draws.pick(COEFFICIENTS) for level in LEVELS}
    reward = {"base": draws.pick(BASES), "coefficients": coefficients}
    return {
        **draws.maybe(80, "follow", ("unit", "unit", "head")),
        **draws.maybe(60, "last_on", ("base", "final")),
        **draws.maybe(85, "rewards", (reward,)),
        **({"consequences": rules} if rules else {}),
    }


def draw_scheme(draws: Draws, series: list[dict[str, Any]], year: dict[str, Any]) -> dict[str, Any]:
    return {
        "scheme": "annual",
        "version": "1",
        "name": "随机年度",
        "points": draws.maybe(80, "rounding", ("half_even", "half_even", "half_up"))
        | draws.maybe(30, "line_places", ("0", "3")),
        "items": {"work": {"name": "工作"}},
        "indicators": [
            {"id": "tasks", "name": "任务", "item": "work", "measure": {"kind": "completion"}}
        ],
        "sheets": {"all": {"tasks": "100"}},
        "series": series,
        "adjustments": {
            "behind": {"name": "列末位", "kind": "demote", "amount": "last"},
            "down": {"name": "降两名", "kind": "demote", "amount": "2"},
            "leave": {"name": "不排名", "kind": "unranked"},
            "veto": {"name": "一票否决", "kind": "fix", "grade": "fair", "step": "veto"},
        },
        "year": year,
    }
