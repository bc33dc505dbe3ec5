"""Random grades, tie-breakers and adjustments, with entries for some units."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from tests.engine.rounds.draws import Draws
from tests.engine.rounds.records import Row, draw_points
from tests.engine.rounds.scope import VALUE_KINDS
from tests.engine.rounds.skeleton import Skeleton

TOPS = ("30%", "50%", "20%", "10%", "40%", "100%")
SHARES = (*TOPS, "0%")
DEFAULT_LEVELS = [
    {"id": "excellent", "name": "优秀"},
    {"id": "good", "name": "良好"},
    {"id": "fair", "name": "一般"},
]


def draw_grades(draws: Draws) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """The grade rule (empty: the default) and its levels."""
    grades: dict[str, Any] = {}
    levels = DEFAULT_LEVELS
    if draws.chance(65):
        levels = draws.pick((three_levels, three_levels, two_levels, four_levels))(draws)
        grades["levels"] = levels
    grades |= draws.maybe(60, "count", ("half_up", "ceil", "floor"))
    grades |= draws.maybe(75, "tie", ("include", "include", "exclude"))
    grades |= draws.maybe(50, "refill", ("next", "no"))
    return grades, levels


def draw_conditions(draws: Draws, count: int) -> list[str]:
    """Conditions on the total that fall from level to level: shares of the whole, or points."""
    falling = draws.pick((("90%", "80%", "60%", "33.3%"), ("40", "25", "12.5", "7")))
    return list(draws.pick(list(combinations(falling, count))))


def first_level(draws: Draws, condition: str, *, needed: bool = False) -> dict[str, str]:
    """The best level: by quota, by condition, or by both."""
    way = draws.pick(("both", "at_least") if needed else ("top", "both", "at_least"))
    level = {"id": "excellent", "name": "优秀"}
    level |= {"top": draws.pick(TOPS)} if way != "at_least" else {}
    return level | ({"at_least": condition} if way != "top" else {})


def last_level(draws: Draws, name: str, *, needed: bool) -> dict[str, str]:
    """The last level, perhaps with a quota."""
    level = {"id": name, "name": f"{name} 等"}
    return level | ({"bottom": draws.pick(SHARES)} if needed or draws.chance(60) else {})


def two_levels(draws: Draws) -> list[dict[str, str]]:
    (condition,) = draw_conditions(draws, 1)
    return [first_level(draws, condition), last_level(draws, "fair", needed=False)]


def three_levels(draws: Draws) -> list[dict[str, str]]:
    first, second = draw_conditions(draws, 2)
    middle, last = lower_levels(draws, second)
    return [first_level(draws, first), middle, last]


def four_levels(draws: Draws) -> list[dict[str, str]]:
    first, second, third = draw_conditions(draws, 3)
    solid = {"id": "solid", "name": "较好", "at_least": second}
    return [first_level(draws, first, needed=True), solid, *lower_levels(draws, third)]


def lower_levels(draws: Draws, condition: str) -> list[dict[str, str]]:
    """The last two levels: the former with a condition, or open above a quota."""
    open_middle = draws.chance(60)
    middle = {"id": "good", "name": "良好"} | ({} if open_middle else {"at_least": condition})
    return [middle, last_level(draws, "fair", needed=open_middle)]


def draw_tie_breakers(draws: Draws, made: Skeleton) -> list[dict[str, str]]:
    """Up to three tie-breakers of all kinds."""
    options = [
        {"item": draws.pick(made.items)},
        {"indicator": draws.pick(list(made.kinds))},
        {"previous": "place"},
    ]
    if not draws.chance(made.limits.odds("tie_breakers", 40)):
        return []
    return draws.shuffled(draws.some(options, least=1))


def draw_previous_places(draws: Draws, made: Skeleton) -> list[Row]:
    """Places in the previous round, for most units."""
    return [
        {"unit": row["unit"], "about": "place", "value": str(draws.number(1, 4))}
        for row in made.units
        if draws.chance(85)
    ]


def draw_adjustments(
    draws: Draws, made: Skeleton, levels: list[dict[str, str]]
) -> tuple[dict[str, Any], list[Row], list[Row]]:
    """Adjustments of the scheme, entries for some units, and what they were credited earlier."""
    last, second = levels[-1]["id"], levels[1]["id"]
    every: dict[str, dict[str, Any]] = {
        "leave": {"kind": "unranked"},
        "merit": {
            "kind": "bonus",
            **draws.maybe(60, "cap", (points := (draw_points(draws, made),))),
        },
        "honour": {
            "kind": "bonus",
            "amount": points[0],
            **draws.maybe(60, "annual_cap", ("3", "1")),
        },
        "fall": {"kind": "demote"},
        "three": {"kind": "demote", "amount": "3"},
        "behind": {"kind": "demote", "amount": "last"},
        "barred": {"kind": "bar", **draws.maybe(50, "step", ("veto", "negative"))},
        "capped": {"kind": "cap", **draws.maybe(50, "grade", (second, last))},
        "lowered": {"kind": "lower", **draws.maybe(50, "amount", ("1",))},
        "fixed": {"kind": "fix", **draws.maybe(50, "grade", (last, second))},
        "vetoed": {"kind": draws.pick(("cap", "lower")), "step": "veto"},
        "praised": {"kind": "commend"},
    }
    chosen = {
        name: {"name": f"{name} 项", **every[name]} for name in draws.some(list(every), least=2)
    }
    if draws.chance(made.limits.odds("triggers", 60)):
        chosen |= draw_triggered(draws, made)
    chosen = {name: body for name, body in chosen.items() if made.limits.has(body["kind"])}
    rows = [row for name in chosen for row in draw_entries(draws, made, name, chosen[name], levels)]
    return chosen, rows, draw_credited(draws, made, chosen)


def draw_triggered(draws: Draws, made: Skeleton) -> dict[str, Any]:
    """An adjustment with a trigger."""
    valued = made.of_kind(*VALUE_KINDS, "deduct", "award")
    when = draws.pick(
        (
            {"bottom": str(draws.number(1, 4))},
            {"bottom": str(draws.number(1, 4)), "item": draws.pick(made.items)},
            {"indicator": draws.pick(valued), draws.pick(("at_least", "at_most")): "80"},
            {"indicator": draws.pick(valued), draws.pick(("at_least", "at_most")): "1"},
        )
    )
    kind = draws.pick(("demote", "lower", "bar"))
    return {"triggered": {"name": "触发项", "kind": kind, "when": when}}


def draw_entries(
    draws: Draws, made: Skeleton, name: str, body: dict[str, Any], levels: list[dict[str, str]]
) -> list[Row]:
    """Entries of one adjustment."""
    frequent = body["kind"] in ("bonus", "demote")
    rows: list[Row] = []
    for unit in [row["unit"] for row in made.units]:
        if draws.chance(18 if frequent else 12):
            for _ in range(draws.pick((1, 1, 2)) if frequent else 1):
                row = {"unit": unit, "adjustment": name, "reason": "经研究"}
                row |= draw_amount(draws, made, body, levels)
                row |= (
                    draws.maybe(50, "matter", ("甲事", "乙事")) if body["kind"] == "bonus" else {}
                )
                row |= draws.maybe(50, "entered", ("2019-03-02", "2019-03-01"))
                rows.append(row if draws.chance(8) else {**row, "approved": "领导小组"})
    return rows


def draw_amount(
    draws: Draws, made: Skeleton, body: dict[str, Any], levels: list[dict[str, str]]
) -> Row:
    """The amount of an entry where the scheme does not state it, or the same again."""
    stated = body.get("amount") or body.get("grade")
    if stated:
        return draws.maybe(30, "amount", (stated,))
    options = {
        "bonus": [draw_points(draws, made)],
        "demote": ["1", "2", "3", "1", "last"],
        "lower": ["1", "2"],
        "cap": [level["id"] for level in levels[1:]],
        "fix": [level["id"] for level in levels],
    }.get(body["kind"], [])
    if not options or (body["kind"] == "fix" and draws.chance(40)):
        return {}
    return {"amount": draws.pick(options)}


def draw_credited(draws: Draws, made: Skeleton, chosen: dict[str, Any]) -> list[Row]:
    """What units were credited earlier in the year for a bonus with an annual cap."""
    return [
        {"unit": row["unit"], "about": name, "value": draws.pick(("1", "2", "5", "0"))}
        for name, body in chosen.items()
        if "annual_cap" in body
        for row in made.units
        if draws.chance(50)
    ]
