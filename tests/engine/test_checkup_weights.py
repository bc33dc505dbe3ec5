"""Robustness: places and grades under shaken weights are those a plain count finds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from random import Random
from typing import Any

import polars as pl
import pytest

from leitai.board import Board
from leitai.checkup import shaken
from leitai.checkup.draws import DRAWS, factors
from leitai.checkup.findings import Finding
from leitai.checkup.robust import is_wide, robustness
from leitai.checkup.shaken import Steadiness, steadiness
from leitai.seal.plain import plain_board
from tests.engine.oracle import shaken as oracle
from tests.engine.rounds.build import build
from tests.engine.rounds.made import Made, board_of
from tests.engine.rounds.plain import args, numbered, of, scored
from tests.engine.rounds.scope import Limits

SEEDS = range(30)
SMALL = Limits(indicators=(2, 4), units=(3, 5), kinds=("completion", "place", "deduct", "attain"))


def agree(made: Made, draws: int = 100) -> None:
    """The engine's steadiness of every group is the oracle's."""
    board = board_of(made)
    plain = plain_board(board)
    drawn = factors(board.bindings).head(1 + draws)
    rows = list(drawn.iter_rows(named=True))
    for group, units in made.groups().items():
        ranked = [unit for unit in units if plain["units"][unit]["base_place"] is not None]
        found = {one.unit: asdict(one) for one in steadiness(board, group, drawn)}
        if len(ranked) < 3:
            assert found == {}
            continue
        draws = [oracle.draw(made, oracle.totals(made, plain, ranked, row)) for row in rows]
        assert found == {unit: oracle.steadiness(draws, unit) for unit in ranked}


@pytest.mark.parametrize("seed", SEEDS)
def test_shaken_places_and_grades_are_those_of_a_plain_count(seed: int) -> None:
    agree(build(Random(seed), SMALL))


def close(bonus: bool = False, scale: str = "") -> Made:
    """Units so close that weights decide, one of them on an own sheet of other sizes."""
    points = {
        "u1": {"a": "30", "b": "10", "c": "5"},
        "u2": {"a": "28", "b": "12", "c": "5"},
        "u3": {"a": "26", "b": "14", "c": "5"},
        "u4": {"a": "26", "b": "14", "c": "5"},
        "u5": {"a": "20", "b": "20"},
    }
    series: dict[str, Any] = {"own_sheets": {"u5": "own"}}
    series |= {"scale_to": scale} if scale else {}
    fulls = {"a": "40", "b": "30", "c": "30"}
    levels = [
        {"id": "x", "name": "优", "top": "40%", "at_least": "44%"},
        {"id": "y", "name": "良"},
        {"id": "z", "name": "差", "bottom": "20%"},
    ]
    adjustments = {"plus": {"name": "亮点", "kind": "bonus", "cap": "2"}}
    entry = {
        "unit": "u3",
        "adjustment": "plus",
        "amount": "0.3",
        "reason": "好",
        "approved": "办公室",
    }
    made = scored(
        points, fulls, towns=series, grades={"levels": levels}, adjustments=adjustments,
        facts={"adjustments": [{"id": "p", **entry}] if bonus else []},
    )  # fmt: skip
    made.scheme["sheets"]["own"] = {"a": "50", "b": "50"}
    return made


def test_so_they_are_in_a_thousand_draws() -> None:
    agree(close(bonus=True), DRAWS)


@pytest.mark.parametrize("bonus", [False, True])
@pytest.mark.parametrize("scale", ["", "60", "33.3"])
def test_own_sheets_bonus_and_scales_are_shaken_exactly(bonus: bool, scale: str) -> None:
    agree(close(bonus, scale))


def gradual() -> Made:
    """Many units of much the same work, each good at something else."""
    random, fulls = Random(7), dict.fromkeys("abcde", "20")
    points = {u: {name: str(random.randint(8, 16)) for name in fulls} for u in numbered(15)}
    return scored(points, fulls, grades={})


def agree_on(*boards: Made) -> None:
    for made in boards:
        agree(made)


def test_gradual_ranges_are_cut_at_both_ends() -> None:
    agree(gradual(), DRAWS)


Plant = Callable[[pytest.MonkeyPatch], None]


def never_brought_back(patch: pytest.MonkeyPatch) -> None:
    right = shaken._sums
    patch.setattr(
        shaken, "_sums", lambda *given: (right(*given)[0], [10**6] * len(right(*given)[1]))
    )


def bonus_is_forgotten(patch: pytest.MonkeyPatch) -> None:
    right = shaken._totals

    def totals(board: Board, ranked: Any, drawn: pl.DataFrame) -> pl.DataFrame:
        return right(board, [replace(one, bonus=0) for one in ranked], drawn)

    patch.setattr(shaken, "_totals", totals)


def twice_as_much_is_cut(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(shaken, "_LIKELY", (10, 90))


def ties_pass_the_line(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(shaken, "_inside", lambda side, count, _rule: pl.col(side) <= count)


def conditions_are_forgotten(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(shaken, "_meets", lambda _level: pl.lit(value=True))


@pytest.mark.parametrize(
    "plant",
    [
        never_brought_back,
        bonus_is_forgotten,
        twice_as_much_is_cut,
        ties_pass_the_line,
        conditions_are_forgotten,
    ],
)
def test_a_seeded_bug_is_found(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)
    with pytest.raises(AssertionError):
        agree_on(close(), close(bonus=True), gradual())


def test_the_draws_are_the_same_whatever_the_order_and_stay_within_a_tenth() -> None:
    drawn = factors(["b", "a"])
    assert drawn.equals(factors(["a", "b"]))
    assert drawn.height == DRAWS + 1
    assert drawn.row(0) == (0, 1000, 1000)
    shaken_ = drawn.tail(DRAWS).select("a", "b")
    lowest, highest = (
        [min(shaken_[name]) for name in "ab"],
        [max(shaken_[name]) for name in "ab"],
    )
    assert (lowest, highest) == ([900, 900], [1100, 1100])
    assert all(abs(sum(shaken_[name]) - 1000 * DRAWS) < 6000 for name in "ab")
    assert sorted(set(shaken_["a"])) != sorted(shaken_["a"])


def findings(made: Made) -> tuple[Finding, ...]:
    return tuple(robustness(board_of(made)))


def test_places_and_grades_that_hang_on_weights_are_told() -> None:
    points = {unit: {"a": str(50 - n), "b": str(20 + n)} for n, unit in enumerate(numbered(6))}
    found = findings(scored(points, {"a": "70", "b": "70"}))
    (places,) = of(found, "places-fragile")
    assert (places.severity, places.group, len(places.units)) == ("warning", "towns", 4)
    assert (places.args["n"], places.args["of"], places.args["most"]) == ("4", "6", "5")
    assert places.figures is not None
    assert places.figures.heads == ("unit", "place", "likely", "extremes", "kept")
    assert places.figures.rows[0][1:4] == ("1", "1–6", "1–6")
    (grades,) = of(found, "grades-fragile")
    assert grades.units[0] in ("u01", "u06")
    assert grades.severity == "warning"


def test_units_far_apart_are_steady_and_their_places_a_note() -> None:
    points = {unit: {"a": str(10 * n)} for n, unit in enumerate(numbered(5))}
    found = findings(scored(points, {"a": "100"}))
    (places,) = of(found, "places-fragile")
    assert (places.severity, places.units) == ("note", ())
    assert places.args == {"group": "镇街", "n": "", "of": "5", "kept": "100.0%", "most": "0"}
    assert of(found, "grades-fragile") == []


def test_a_group_under_three_units_is_left_alone() -> None:
    assert findings(scored({"u1": {"a": "1"}, "u2": {"a": "2"}}, {"a": "10"})) == ()


@pytest.mark.parametrize(
    ("width", "n", "wide"),
    [(2, 5, False), (3, 5, True), (3, 15, True), (3, 16, False), (4, 16, True)],
)
def test_three_places_and_a_fifth_of_the_group_are_wide(width: int, n: int, wide: bool) -> None:
    one = Steadiness("u", 1, 1, 1 + width, 1, 9, 0, "x", 0, "")
    assert is_wide(one, n) is wide


@pytest.mark.parametrize(("flips", "told"), [(49, []), (50, [{"units": ("u1镇",)}])])
def test_fifty_of_a_thousand_draws_with_another_grade_are_worth_a_word(
    flips: int, told: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def one(unit: str, flips: int) -> Steadiness:
        return Steadiness(unit, 1, 1, 1, 1, 1, 1000, "excellent", flips, "good")

    made = scored({unit: {"a": "1"} for unit in ("u1", "u2", "u3")}, {"a": "10"})
    monkeypatch.setattr(
        "leitai.checkup.robust.steadiness",
        lambda *_: [one("u1", flips), one("u2", 0), one("u3", 0)],
    )
    found = args(findings(made), "grades-fragile")
    assert [{"units": one["units"]} for one in found] == told
