"""Builds a random round that is legal: scheme, units and facts, put together as plain texts."""

from __future__ import annotations

from collections import defaultdict
from random import Random
from typing import Any

from tests.engine.rounds.adjusting import (
    draw_adjustments,
    draw_grades,
    draw_previous_places,
    draw_tie_breakers,
)
from tests.engine.rounds.draws import Draws
from tests.engine.rounds.limits import Slot
from tests.engine.rounds.made import Cells, Made, evaluated
from tests.engine.rounds.measures import draw_measure, draw_values
from tests.engine.rounds.panels import draw_panel
from tests.engine.rounds.records import (
    draw_award,
    draw_deduct,
    draw_events,
    draw_graded_quarters,
    draw_late,
    draw_nil_returns,
    draw_quarters,
)
from tests.engine.rounds.scope import Limits
from tests.engine.rounds.skeleton import (
    Skeleton,
    draw_skeleton,
    plain_sheets,
    with_twins,
)
from tests.engine.rounds.surveys import draw_frame, draw_survey

Rows = dict[str, list[Cells]]


def build(random: Random, limits: Limits | None = None) -> Made:
    """A random round within limits, entries taken out whose trigger does not find their unit."""
    draws = Draws(random)
    skeleton = draw_skeleton(draws, limits or Limits())
    return without_strays(put_together(draws, skeleton))


def put_together(draws: Draws, made: Skeleton) -> Made:
    """Measures with their facts, grades, adjustments."""
    facts: Rows = defaultdict(list)
    grades, levels = draw_grades(draws)
    facts["frame"] = draw_frame(draws, made)
    indicators = [draw_indicator(draws, made, name, facts) for name in made.kinds]
    facts["events"] = with_twins(made, draw_events(draws, made))
    lateness, late = draw_late(draws, made)
    facts["late"] = with_twins(made, late)
    facts["nil_returns"] = draw_nil_returns(draws, made, facts["events"], facts["late"], lateness)
    facts["quarters"] = with_twins(made, draw_graded_quarters(draws, made, levels))
    facts["exemptions"] = [
        {"unit": unit, "indicator": name, "reason": "无此项工作", "basis": "第九条"}
        for unit, name in made.exempt
    ]
    adjustments = draw_all_adjustments(draws, made, levels, facts)
    scheme: dict[str, Any] = {
        "scheme": "random",
        "version": "1",
        "name": "随机方案",
        "points": made.points,
        "items": {item: {"name": f"{item} 项目"} for item in made.items},
        "indicators": indicators,
        "sheets": plain_sheets(made),
        "series": made.series,
        "grades": grades,
        "adjustments": adjustments,
        **({"lateness": lateness} if lateness else {}),
    }
    return Made(scheme, made.units, with_ids(facts))


def draw_indicator(draws: Draws, made: Skeleton, name: str, facts: Rows) -> dict[str, Any]:
    """One indicator of the scheme; its facts are added to the tables."""
    kind, found = made.kinds[name], Rows()
    if kind == "deduct":
        measure = draw_deduct(draws, made, name)
    elif kind == "award":
        measure = draw_award(draws, made, name)
    elif kind == "quarters":
        measure = draw_quarters(draws, made)
    elif kind == "panel":
        measure, found = draw_panel(draws, made, name)
    elif kind == "survey":
        measure, found = draw_survey(draws, made, name, facts["frame"])
    else:
        measure, found = draw_valued(draws, made, name)
    for table, rows in found.items():
        facts[table] += rows if table == "ballots" else with_twins(made, rows)
    indicator = {"id": name, "name": f"{name} 指标", "item": made.item_of[name], "measure": measure}
    return indicator | ({"direction": "lower_is_better"} if made.lower[name] else {})


def draw_valued(draws: Draws, made: Skeleton, name: str) -> tuple[dict[str, Any], Rows]:
    """A measure of values and a row of them for every unit."""
    counts = [len(units) for units in made.peers(name).values()]
    slot = Slot(
        made.fulls(name),
        made.places,
        made.lower[name],
        min(counts, default=3),
        max(counts, default=1),
    )
    measure, wanted = draw_measure(draws, made.kinds[name], slot, made.parts.get(name, []))
    rows = [
        {"unit": unit, "indicator": name, **draw_values(draws, wanted)}
        for unit in made.holders(name)
    ]
    return measure, {"values": rows}


def draw_all_adjustments(
    draws: Draws, made: Skeleton, levels: list[dict[str, str]], facts: Rows
) -> dict[str, Any]:
    """Tie-breakers of every series, adjustments, and their facts."""
    for one in made.series:
        breakers = draw_tie_breakers(draws, made)
        one.update({"tie_breakers": breakers} if breakers else {})
    facts["previous"] += draw_previous_places(draws, made)
    if not made.limits.has("adjustments"):
        return {}
    adjustments, facts["adjustments"], credited = draw_adjustments(draws, made, levels)
    facts["previous"] += credited
    return adjustments


def with_ids(facts: Rows) -> Rows:
    """Every row with the id it would get where none is given."""
    return {
        table: [{"id": f"{table}:{number}", **row} for number, row in enumerate(rows, start=1)]
        for table, rows in facts.items()
        if rows
    }


def without_strays(made: Made) -> Made:
    """The round without entries for units their trigger does not find."""
    if "triggered" not in made.scheme["adjustments"]:
        return made
    _, board, problems = evaluated(made)
    stray = {one.where for one in problems if one.code == "adjustment.trigger-not-met"}
    if board is not None or not stray:
        return made
    return made.with_rows(
        adjustments=[row for row in made.rows("adjustments") if row["id"] not in stray]
    )
