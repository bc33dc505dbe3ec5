"""What a random round reaches: names of rules that had something to do in it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from leitai.board import Board
from leitai.grades import quota
from leitai.scoring.worked import WorkedFractions
from leitai.seal.plain import plain_board
from tests.engine.rounds.made import Made

ADJUSTMENTS = ("unranked", "bonus", "demote", "bar", "cap", "lower", "fix", "commend")
NEEDED = (
    *(f"measure {kind}" for kind in ("completion", "baseline", "best_ratio", "efficacy", "place")),
    *(f"measure {kind}" for kind in ("bands", "deduct", "award", "attain", "versus_mean")),
    *(f"measure {kind}" for kind in ("panel", "survey", "quarters", "chain", "growth")),
    *(f"growth by {kind}" for kind in ("efficacy", "place", "bands")),
    *(f"chain {then}" for then in ("if_full", "always")),
    *(f"entry {kind}" for kind in ADJUSTMENTS),
    "entry with a trigger",
    "entry not approved",
    *(f"tie at the {end} line, {tie}" for end in ("top", "bottom") for tie in ("exclude", "include")),
    "credit from the item",
    "credit from the sheet",
    *(f"few answers, {fallback}" for fallback in ("exempt", "group_mean", "last_round")),
    "panel.quorum",
    "panel.ballot-void",
    "nil return",
    "late event",
    "late.not-scored",
    "demotion.differs",
    "demoted last",
    "demoted by several orders",
    *(f"line {kind}" for kind in ("floor", "cap", "scale", "round", "gain", "loss")),
    "bonus cap",
    "same matter",
    "own sheet",
    "outside indicator",
    "item not comparable",
    "tie broken",
    "tie kept by tie-breakers",
    "negative total",
    "four levels",
    "refill",
    "group of 1",
    "group of 2",
    "integer columns",
    "fractions",
)  # fmt: skip


def reached(made: Made, board: Board) -> set[str]:
    """The names of what occurs in a round."""
    plain = plain_board(board)
    return {
        *in_scheme(made),
        *in_entries(made),
        *(f"line {line['kind']}" for line in plain["lines"]),
        *(one.code for one in board.warnings),
        *in_facts(made, board),
        *in_lines(made, board),
        *in_places(made, plain["units"]),
        *at_the_lines(made, board),
    }


def in_scheme(made: Made) -> Iterator[str]:
    for one in made.scheme["indicators"]:
        measure = one["measure"]
        yield f"measure {measure['kind']}"
        if measure["kind"] == "growth":
            yield f"growth by {measure['by']['kind']}"
        if measure["kind"] == "chain":
            yield f"chain {measure.get('then', 'if_full')}"
    if len(made.scheme["grades"].get("levels", [])) == 4:
        yield "four levels"
    if any("own_sheets" in one for one in made.scheme["series"]):
        yield "own sheet"
    if any(sheet.get("outside") for sheet in made.scheme["sheets"].values()):
        yield "outside indicator"
    for units in made.groups().values():
        yield f"group of {len(units)}"


def in_entries(made: Made) -> Iterator[str]:
    bodies = made.scheme["adjustments"]
    for row in made.rows("adjustments"):
        body = bodies[row["adjustment"]]
        if not row.get("approved"):
            yield "entry not approved"
            continue
        yield f"entry {body['kind']}"
        if "when" in body:
            yield "entry with a trigger"
        if body["kind"] == "bar" and made.scheme["grades"].get("refill") == "next":
            yield "refill"
    falls = made.entries("demote")
    if len({row["unit"] for row in falls}) < len(falls):
        yield "demoted by several orders"
    if any("last" in (row.get("amount"), bodies[row["adjustment"]].get("amount")) for row in falls):
        yield "demoted last"


def in_facts(made: Made, board: Board) -> Iterator[str]:
    if made.rows("nil_returns"):
        yield "nil return"
    for key in board.taken.tallies:
        measure = made.indicator(key[1])["measure"]
        if measure["kind"] == "survey" and board.taken.tallies[key][0].n < int(
            measure.get("score_from", "30")
        ):
            yield f"few answers, {measure.get('fallback', 'exempt')}"
    late = {row["id"] for row in made.rows("late")}
    if any(line.source in late for line in board.ledger):
        yield "late event"
    for one in board.points.worked:
        if one.bound.measure.kind not in ("panel", "survey"):
            yield "fractions" if isinstance(one, WorkedFractions) else "integer columns"


def in_lines(made: Made, board: Board) -> Iterator[str]:
    for line in board.ledger:
        if line.case == "same-matter":
            yield "same matter"
        if line.kind == "cap" and not line.item:
            yield "bonus cap"
        if line.kind == "exempt":
            lenders = [
                name
                for name in made.marks(line.unit)
                if made.indicator(name)["item"] == line.item
                and made.kind(name) not in ("award", "quarters")
                and (line.unit, name) not in board.taken.exempt
            ]
            yield "credit from the item" if lenders else "credit from the sheet"


def in_places(made: Made, units: dict[str, Any]) -> Iterator[str]:
    on = "exact" if made.scheme["points"].get("rank_on") == "exact" else "total"
    for name, unit in units.items():
        if Fraction(unit["total"]) < 0:
            yield "negative total"
        if unit["place"] and any(item["place"] is None for item in unit["items"].values()):
            yield "item not comparable"
        for other in units.values():
            same = other["group"] == unit["group"] and other is not unit and unit["place"]
            if (
                same
                and other["place"]
                and unit[on] == other[on]
                and "tie_breakers" in made.series_of(name)
            ):
                tied = unit["base_place"] == other["base_place"]
                yield "tie kept by tie-breakers" if tied else "tie broken"


def at_the_lines(made: Made, board: Board) -> Iterator[str]:
    """Ties that stand across a quota's line."""
    rule = board.round.scheme.grades
    for units in made.groups().values():
        ranked = [board.results[unit] for unit in units if board.results[unit].place]
        n = len(ranked)
        ends = {
            "top": ([one.place or 0 for one in ranked], quota(rule.levels[0].top, n, rule.count)),
            "bottom": (
                [one.bottom or 0 for one in ranked],
                quota(rule.levels[-1].bottom, n, rule.count),
            ),
        }
        for end, (places, k) in ends.items():
            if n >= 3 and any(p <= k < p + places.count(p) - 1 for p in places):
                yield f"tie at the {end} line, {rule.tie}"
