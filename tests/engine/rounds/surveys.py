"""Random surveys: answers by stratum and channel, or tallies; some with too few answers."""

from __future__ import annotations

from typing import Any

from tests.engine.rounds.draws import Draws
from tests.engine.rounds.skeleton import Skeleton

Row = dict[str, str]
Rows = dict[str, list[Row]]
ANSWERS = ("满意", "非常满意", "基本满意", "不满意", "非常不满意")
FRAMES: tuple[dict[str, str], ...] = (
    {},
    {"企业": "300", "居民": "600"},
    {"企业": "7", "居民": "11", "代表": "0"},
)
CHANNELS: tuple[dict[str, str], ...] = (
    {},
    {"网络": "60%", "电话": "40%"},
    {"网络": "100%", "电话": "0%"},
    {"网络": "33.3%", "电话": "33.3%", "走访": "33.4%"},
)


def draw_frame(draws: Draws, made: Skeleton) -> list[Row]:
    """The sampling frame of the round, one for all surveys."""
    if not made.of_kind("survey"):
        return []
    return [{"stratum": name, "size": size} for name, size in draws.pick(FRAMES).items()]


def draw_survey(
    draws: Draws, made: Skeleton, indicator: str, frame: list[Row]
) -> tuple[dict[str, Any], Rows]:
    """The measure and its facts."""
    fallback = draws.pick(("exempt", "group_mean", "last_round"))
    measure: dict[str, Any] = {"kind": "survey"}
    if fallback != "exempt" or draws.chance(50):
        measure["fallback"] = fallback
    if draws.chance(50):
        measure |= {"hide_below": "4", "score_from": "6"}
    if draws.chance(60):
        rows: Rows = {"tallies": draw_tallies(draws, made, indicator, measure)}
    else:
        channels = draws.pick(CHANNELS)
        measure |= {"channels": channels} if channels else {}
        if draws.chance(30):
            scores = {"满意": "100", "基本满意": "70.5", "不满意": "0", "非常满意": "100"}
            measure |= {"scores": scores, "dont_know": ["不了解", "非常不满意"]}
        rows = {"answers": draw_answers(draws, made, indicator, measure, frame)}
    if fallback == "last_round":
        rows["previous"] = [
            {"unit": unit, "about": indicator, "value": draws.pick(("80", "66.67", "72.5", "0"))}
            for unit in made.holders(indicator)
        ]
    return measure, rows


def draw_sizes(
    draws: Draws, made: Skeleton, indicator: str, measure: dict[str, Any]
) -> dict[str, int]:
    """How many answers each unit has; with `group_mean` one unit of every group has enough."""
    need = int(measure.get("score_from", "30"))
    hidden = int(measure.get("hide_below", "10"))
    usual = (need, need + 1, need + 20, need - 1, hidden - 1, hidden, 0)
    sizes = {unit: draws.pick(usual) for unit in made.holders(indicator)}
    if measure.get("fallback") == "group_mean":
        sizes |= {units[0]: need + 5 for units in made.peers(indicator).values()}
    return sizes


def draw_tallies(
    draws: Draws, made: Skeleton, indicator: str, measure: dict[str, Any]
) -> list[Row]:
    """Tallies entered as such."""
    sizes = draw_sizes(draws, made, indicator, measure)
    return [
        {
            "unit": unit,
            "indicator": indicator,
            "n": str(n),
            "mean": draws.pick(("80", "76.5", "250/3", "66.67", "100", "0", "571/7")),
        }
        for unit, n in sizes.items()
    ]


def draw_answers(
    draws: Draws, made: Skeleton, indicator: str, measure: dict[str, Any], frame: list[Row]
) -> list[Row]:
    """So many scored answers a unit, in a few cells, and some that are not scored."""
    words = ANSWERS[:4]
    cells = [
        {**stratum, **channel}
        for stratum in ([{"stratum": row["stratum"]} for row in frame] or [{}])
        for channel in ([{"channel": name} for name in measure.get("channels", {})] or [{}])
    ]
    rows: list[Row] = []
    for unit, n in draw_sizes(draws, made, indicator, measure).items():
        about = {"unit": unit, "indicator": indicator}
        first = draws.number(0, n)
        for count in (first, n - first):
            cell = draws.pick(cells)
            rows.append({**about, **cell, "answer": draws.pick(words), "count": str(count)})
        if draws.chance(30):
            rows.append({**about, **draws.pick(cells), "answer": "不了解", "count": "4"})
    return rows
