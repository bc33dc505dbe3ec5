"""Properties 2, 4 and 20: deductions, demotions and mirrored scores move units as they should.

The oracles: places by counting, base places with their tie-breakers, the slot rule as its text.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from fractions import Fraction
from random import Random
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitai import places as engine_places
from leitai.adjustments import slots as engine_slots
from tests.engine.oracle import places, slots
from tests.engine.oracle.credits import bounds, line_places
from tests.engine.rounds.build import build
from tests.engine.rounds.changes import without_rows
from tests.engine.rounds.draws import Draws, decimal
from tests.engine.rounds.examples import SMALL, for_any_round, suppose
from tests.engine.rounds.made import Cells, Made, plain_of
from tests.engine.rounds.scope import Limits

DEDUCTING = Limits(
    indicators=(1, 4), units=(1, 5), anchors=("deduct",), without=frozenset({"triggers"})
)

TYING = Limits(
    indicators=(3, 4),
    series=(1, 1),
    units=(4, 7),
    kinds=("attain",),
    marks=(10,),
    exempting=40,
    without=frozenset({"adjustments", "scale", "twins"}),
    always=frozenset({"tie_breakers"}),
)


def deducted(made: Made, unit: str, indicator: str, points: str) -> Made:
    """The round with one more deduction, and no nil return that says otherwise."""
    event: Cells = {
        "id": "more",
        "unit": unit,
        "indicator": indicator,
        "points": points,
        "reason": "新增",
    }
    made = without_rows(
        made, "nil_returns", lambda row: (row.get("unit"), row["indicator"]) == (unit, indicator)
    )
    return made.with_rows(events=[*made.rows("events"), event])


def where_deducted(made: Made) -> list[tuple[str, str]]:
    """Units and the deducting indicators that they are measured on."""
    exempt = {(row["unit"], row["indicator"]) for row in made.rows("exemptions")}
    return [
        (row["unit"], name)
        for row in made.units
        for name in made.marks(row["unit"])
        if made.kind(name) == "deduct" and (row["unit"], name) not in exempt
    ]


@for_any_round
def test_one_more_deduction_never_lifts_its_unit_nor_lowers_another(random: Random) -> None:
    # Without tie-breakers: one that a unit of a tie lacks is skipped for that tie, so a unit that
    # leaves the tie by a deduction may let it speak among the others.
    made, draws = build(random, DEDUCTING.having_no("tie_breakers")), Draws(random)
    unit, indicator = draws.pick(where_deducted(made))
    places_ = line_places(made)
    points = decimal(draws.number(1, 300) * 10**places_ // 10 or 1, places_)
    before, after = plain_of(made), plain_of(deducted(made, unit, indicator, points))
    falling = {row["unit"] for row in made.entries("demote")}
    for name, old in before["units"].items():
        new = after["units"][name]
        if name == unit:
            assert Fraction(new["exact"]) <= Fraction(old["exact"])
            assert Fraction(new["total"]) <= Fraction(old["total"])
        else:
            assert (new["exact"], new["total"]) == (old["exact"], old["total"])
        assert not_wrong_way(old["base_place"], new["base_place"], rises=name != unit)
        if not falling & set(made.groups()[old["group"]]):
            assert not_wrong_way(old["place"], new["place"], rises=name != unit)


def not_wrong_way(old: int | None, new: int | None, *, rises: bool) -> bool:
    """Whether a place only rose (became smaller), or only fell."""
    if old is None or new is None:
        return old is new
    return new <= old if rises else new >= old


@for_any_round
def test_one_more_deduction_costs_exactly_its_points_above_the_floor(random: Random) -> None:
    made, draws = build(random, DEDUCTING), Draws(random)
    unit, indicator = draws.pick(where_deducted(made))
    one = decimal(1, line_places(made))
    full = Fraction(made.marks(unit)[indicator])
    floor, _ = bounds(made.indicator(indicator)["measure"], full)
    assert floor is not None
    before = Fraction(plain_of(made)["units"][unit]["points"][indicator])
    suppose(before - Fraction(one) >= floor)
    again = plain_of(deducted(made, unit, indicator, one))
    assert Fraction(again["units"][unit]["points"][indicator]) == before - Fraction(one)


def base_of(board: Mapping[str, Any]) -> places.Places:
    """Base places of a board, unranked units left out."""
    return {
        unit: (one["base_place"], one["base_bottom"])
        for unit, one in board["units"].items()
        if one["base_place"] is not None
    }


@for_any_round
def test_ties_are_broken_by_the_tie_breakers_of_the_series_in_their_order(random: Random) -> None:
    made = build(random, TYING)
    board = plain_of(made)
    assert base_of(board) == places.base_places(made, board)


@for_any_round
def test_base_places_and_item_places_count_the_better_and_the_worse(random: Random) -> None:
    made = build(random, SMALL)
    board = plain_of(made)
    assert base_of(board) == places.base_places(made, board)
    for item in made.scheme["items"]:
        found = {
            unit: (one["items"][item]["place"], one["items"][item]["bottom"])
            for unit, one in board["units"].items()
            if item in one["items"] and one["items"][item]["place"] is not None
        }
        assert found == places.item_places(made, board, item)


def ordered_falls(made: Made, units: list[str]) -> dict[str, int | str]:
    """What the approved entries order each unit: a number of places, or last."""
    falls: dict[str, int | str] = {}
    bodies = made.scheme["adjustments"]
    for row in made.entries("demote"):
        if row["unit"] in units:
            amount = row.get("amount") or bodies[row["adjustment"]]["amount"]
            before = falls.get(row["unit"], 0)
            last = "last" in (before, amount)
            falls[row["unit"]] = "last" if last else int(before) + int(amount)
    return falls


@for_any_round
def test_final_places_are_those_of_the_slot_rule(random: Random) -> None:
    made = build(random, SMALL)
    board = plain_of(made)["units"]
    for units in made.groups().values():
        mine = [unit for unit in units if unit in places.ranked(made)]
        base = {unit: board[unit]["base_place"] for unit in mine}
        final = slots.final_order(base, ordered_falls(made, mine)) if mine else []
        assert {u: (board[u]["place"], board[u]["bottom"]) for u in mine} == places.of_sets(final)
    for unit in set(board) - places.ranked(made):
        figures = [board[unit][key] for key in ("base_place", "base_bottom", "place", "bottom")]
        assert figures == [None] * 4
        assert board[unit]["grade"] is None
        assert all(
            item["place"] is item["bottom"] is None for item in board[unit]["items"].values()
        )


@for_any_round
def test_units_nobody_demotes_keep_their_order(random: Random) -> None:
    made = build(random, SMALL)
    board = plain_of(made)["units"]
    for units in made.groups().values():
        mine = [unit for unit in units if unit in places.ranked(made)]
        still = [unit for unit in mine if unit not in ordered_falls(made, mine)]
        for one, other in itertools.combinations(still, 2):
            assert compared(board, one, other, "place") == compared(board, one, other, "base_place")


def compared(board: Mapping[str, Any], one: str, other: str, key: str) -> int:
    """-1, 0 or 1: which of two units stands ahead."""
    a, b = board[one][key], board[other][key]
    return int(a > b) - int(a < b)


Falls = dict[str, "int | str"]


def small_boards(most: int) -> Iterator[tuple[dict[str, int], Falls]]:
    """Every pattern of ties and every order of demotions for so many units and fewer."""
    for n in range(1, most + 1):
        units = "abcdefgh"[:n]
        for ties in itertools.product((False, True), repeat=n - 1):
            base, place = {"a": 1}, 1
            for number, tied in enumerate(ties, start=1):
                place = place if tied else number + 1
                base[units[number]] = place
            for orders in itertools.product((0, 1, 2, 3, "last"), repeat=n):
                yield base, {unit: fall for unit, fall in zip(units, orders, strict=True) if fall}


def sets_of(order: list[list[str]]) -> list[set[str]]:
    return [set(tie) for tie in order]


@pytest.mark.parametrize("most", [4, pytest.param(5, marks=pytest.mark.slow)])
def test_every_small_board_is_demoted_as_the_text_of_the_slot_rule_says(most: int) -> None:
    for base, falls in small_boards(most):
        expected = sets_of(slots.final_order(base, falls))
        assert sets_of(engine_slots.demote(base, falls)) == expected, (base, falls)


@given(st.data())
def test_larger_boards_are_demoted_as_the_text_of_the_slot_rule_says(data: st.DataObject) -> None:
    scores = data.draw(st.lists(st.integers(0, 6), min_size=1, max_size=12))
    units = [f"u{number}" for number in range(len(scores))]
    base = {
        unit: 1 + sum(other > score for other in scores)
        for unit, score in zip(units, scores, strict=True)
    }
    orders = data.draw(st.dictionaries(st.sampled_from(units), st.integers(1, 9) | st.just("last")))
    order = engine_slots.demote(base, orders)
    assert sets_of(order) == sets_of(slots.final_order(base, orders))
    assert engine_places.places_of(order) == places.of_sets(order)
    standing = {unit: number for number, tie in enumerate(order) for unit in tie}
    for unit in orders:
        for still in [one for one in units if one not in orders and base[one] <= base[unit]]:
            assert standing[still] < standing[unit]


@given(st.lists(st.tuples(st.integers(-3, 3) | st.none(), st.integers(0, 2)), max_size=12))
def test_places_from_the_top_and_from_the_bottom_mirror_when_scores_are_negated(
    rows: list[tuple[int | None, int]],
) -> None:
    scores = pl.Series([score for score, _ in rows], dtype=pl.Int64)
    groups = pl.Series([group for _, group in rows], dtype=pl.Int64)
    top, bottom = engine_places.competition(scores, groups)
    counter_top, counter_bottom = engine_places.competition(scores * -1, groups)
    assert (counter_top.to_list(), counter_bottom.to_list()) == (bottom.to_list(), top.to_list())
    for group in {group for _, group in rows}:
        mine = {
            str(n): Fraction(score)
            for n, (score, one) in enumerate(rows)
            if one == group and score is not None
        }
        assert places.counted(mine) == {n: (top[int(n)], bottom[int(n)]) for n in mine}


@pytest.mark.parametrize(
    ("groups", "scores"),
    [
        ([0, 0, 9999, 9999], [10**15, -(10**15), 10**15, 5]),
        ([0, 0, 1, 1], [4 * 10**18, -4 * 10**18, 4 * 10**18, -4 * 10**18]),
        ([0, 0, 2, 2], [2**63 // 6, 2**63 // 6 - 2**63 // 3] * 2),  # a third of 64 bits apart
    ],
)
def test_groups_do_not_run_into_each_other_however_far_apart_scores_are(
    groups: list[int], scores: list[int]
) -> None:
    places_ = engine_places.competition(
        pl.Series(scores, dtype=pl.Int64), pl.Series(groups, dtype=pl.UInt32)
    )
    assert [one.to_list() for one in places_] == [[1, 2, 1, 2], [2, 1, 2, 1]]


def actuals_as_points(values: Mapping[str, Mapping[str, int]], sign: int) -> Made:
    """A round in which every unit's points are its actual values."""
    names = list(next(iter(values.values())))
    measure = {
        "kind": "baseline",
        "base": "0",
        "per": "1",
        "step": "1",
        "floor": "-100",
        "cap": "none",
    }
    scheme = {
        "scheme": "mirror",
        "version": "1",
        "name": "对照方案",
        "points": {},
        "items": {name: {"name": name} for name in names},
        "indicators": [{"id": n, "name": n, "item": n, "measure": measure} for n in names],
        "sheets": {"all": dict.fromkeys(names, "10")},
        "series": [{"id": "all", "name": "全部", "sheet": "all"}],
        "grades": {},
        "adjustments": {},
    }
    rows = [
        {
            "id": f"{unit}-{name}",
            "unit": unit,
            "indicator": name,
            "actual": str(sign * value),
            "target": "0",
        }
        for unit, mine in values.items()
        for name, value in mine.items()
    ]
    units = [{"unit": unit, "name": unit, "series": "all"} for unit in values]
    return Made(scheme, units, {"values": rows})


@for_any_round
def test_a_board_of_negated_scores_is_the_board_upside_down(random: Random) -> None:
    draws = Draws(random)
    units = [f"u{n}" for n in range(draws.number(1, 6))]
    values = {unit: {name: draws.number(-4, 4) for name in ("work", "ecology")} for unit in units}
    up, down = (plain_of(actuals_as_points(values, sign))["units"] for sign in (1, -1))
    pairs = {
        "place": "bottom",
        "bottom": "place",
        "base_place": "base_bottom",
        "base_bottom": "base_place",
    }
    for unit in units:
        assert {key: down[unit][other] for key, other in pairs.items()} == {
            key: up[unit][key] for key in pairs
        }
        for name, item in up[unit]["items"].items():
            mirrored = down[unit]["items"][name]
            assert (mirrored["bottom"], mirrored["place"]) == (item["place"], item["bottom"])
        assert Fraction(up[unit]["total"]) == sum(values[unit].values())
