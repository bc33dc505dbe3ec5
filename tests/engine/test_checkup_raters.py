"""The check-up of ballots: leniency, flat and copied ballots, one rater left out."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

import pytest

from leitai.board import Board
from leitai.checkup import influence as influencing
from leitai.checkup.ballots import Ballots, ballots
from leitai.checkup.influence import influence, without_each
from leitai.checkup.raters import leniency, raters
from leitai.evaluate import evaluate
from tests.engine.rounds.build import build
from tests.engine.rounds.made import Cells, Made, board_of
from tests.engine.rounds.plain import args, indicator, of, on_facts, scheme, severities, units
from tests.engine.rounds.scope import Limits

PANEL = {"kind": "panel", "groups": {"甲": "100%"}, "highest": "100", "trim_from": "99"}
Marks = dict[str, list[int | str | None]]


def rated(marks: Marks, n: int, full: str = "100", **panel: Any) -> Made:
    """Raters of one group and their marks for units u0, u1 …; None where there is none."""
    rows: list[Cells] = [
        {
            "id": f"{rater}-{unit}",
            "rater": rater,
            "rater_group": "甲",
            "unit": f"u{unit}",
            "indicator": "p",
            "mark": str(mark),
        }
        for rater, given in marks.items()
        for unit, mark in enumerate(given)
        if mark is not None
    ]
    body = scheme([indicator("p", {**PANEL, **panel})], {"all": {"p": full}}, grades={})
    return Made(body, units([f"u{unit}" for unit in range(n)]), {"ballots": rows})


def cast(made: Made) -> Ballots:
    (found,) = ballots(board_of(made))
    return found


def found_of(made: Made) -> tuple[Any, ...]:
    return tuple(raters(cast(made)))


def test_marks_words_and_refusals_are_read_as_the_panel_reads_them() -> None:
    words = {"anchors": {"好": "90", "差": "30"}, "quorum": "1"}
    made = rated({"r1": ["好", 80, 70], "r2": ["差", "不了解", 60], "r3": [1, 2, 3]}, 3, **words)
    assert cast(made).by_rater() == {
        ("甲", "r1"): {"u0": 90, "u1": 80, "u2": 70},
        ("甲", "r2"): {"u0": 30, "u2": 60},
        ("甲", "r3"): {"u0": 1, "u1": 2, "u2": 3},
    }


def test_leniency_is_the_mean_distance_from_the_groups_mean_of_each_unit() -> None:
    made = rated({"r1": [90, 80, 70, 60], "r2": [60, 50, 40, None], "r3": [60, 50, 40, None]}, 4)
    made.facts["ballots"] += rated({"x": [None, None, None, 50]}, 4).facts["ballots"]
    body = made.scheme["indicators"][0]["measure"]
    body["quorum"] = "1"
    assert leniency(cast(made)) == {
        ("甲", "r1"): (4, Fraction(20 * 3 + 5, 4)),
        ("甲", "r2"): (3, Fraction(-10)),
        ("甲", "r3"): (3, Fraction(-10)),
    }


@pytest.mark.parametrize(("extra", "told"), [(14, False), (15, True), (16, True)])
def test_a_tenth_of_the_scale_above_the_group_is_lenient(extra: int, told: bool) -> None:
    made = rated(
        {"r1": [50 + extra, 60 + extra, 70 + extra], "r2": [50, 60, 70], "r3": [50, 60, 70]}, 3
    )
    found = found_of(made)
    assert severities(found, "rater-leniency") == (["warning"] if told else [])
    if told:
        (one,) = of(found, "rater-leniency")
        assert one.figures is not None
        away = {15: "+10", 16: "+10.67"}[extra]
        assert one.figures.rows == (("r1", "甲", "3", away),)
        assert one.args == {"indicator": "p 指标", "n": "1", "raters": ("r1",)}


def test_strict_raters_are_told_too_and_two_marks_say_nothing() -> None:
    made = rated({"r1": [30, 40, 50], "r2": [50, 60, 70], "r3": [50, 60, 70]}, 3)
    (one,) = of(found_of(made), "rater-leniency")
    assert one.figures is not None
    assert one.figures.rows[0][3] == "-13.33"
    made = rated(
        {"r1": [30, 40, None], "r2": [50, 60, 70], "r3": [50, 60, 70], "r4": [50, 60, 70]}, 3
    )
    assert of(found_of(made), "rater-leniency") == []


@pytest.mark.parametrize(("high", "told"), [(54, True), (55, True), (56, False)])
def test_marks_within_a_twentieth_of_the_scale_are_flat(high: int, told: bool) -> None:
    made = rated({"r1": [50, high, 52], "r2": [20, 60, 90], "r3": [10, 60, 95]}, 3)
    found = of(found_of(made), "rater-flat")
    rows = [one.figures.rows for one in found if one.figures]
    assert rows == ([(("r1", "甲", "3", "50", str(high)),)] if told else [])


def test_two_marks_are_not_flat() -> None:
    made = rated(
        {"r1": [50, 50, None], "r2": [20, 60, 90], "r3": [10, 60, 95], "r4": [1, 50, 99]}, 3
    )
    assert of(found_of(made), "rater-flat") == []


def test_ballots_of_one_group_that_agree_on_all_that_tells_are_copied() -> None:
    marks: Marks = {
        "r1": [90, 90, 81, 72, 63, 54, 45],
        "r2": [90, 90, 81, 72, 63, 54, 45],
        "r3": [10, 20, 30, 40, 50, 60, 70],
    }
    (one,) = of(found_of(rated(marks, 7)), "raters-copied")
    assert one.severity == "serious"
    assert one.figures is not None
    assert one.figures.rows == (("r1", "r2", "甲", "5/5"),)
    marks["r2"] = [90, 90, 81, 72, 63, 54, 46]
    assert of(found_of(rated(marks, 7)), "raters-copied") == []


def test_ballots_of_two_groups_are_not_compared() -> None:
    marks: Marks = {
        "r1": [90, 81, 72, 63, 54, 45],
        "r2": [1, 2, 3, 4, 5, 6],
        "r3": [9, 8, 7, 6, 5, 4],
    }
    made = rated(marks, 6, groups={"甲": "50%", "乙": "50%"})
    other = [
        {**row, "id": f"x{row['id']}", "rater": f"x{row['rater']}", "rater_group": "乙"}
        for row in made.rows("ballots")
    ]
    made.facts["ballots"] += other
    assert of(found_of(made), "raters-copied") == []


def deciding() -> Made:
    """Three raters, of whom r1 alone puts u0 first, while u9 wins with everybody else."""
    return rated(
        {"r1": [99, 10, 50], "r2": [40, 60, 50], "r3": [40, 60, 50], "r4": [40, 60, 49]}, 3
    )


def test_the_largest_effects_come_with_the_places_they_change() -> None:
    (one,) = of(on_facts(deciding()), "rater-influence")
    assert one.figures is not None
    assert one.figures.heads == ("rater", "indicator", "unit", "change", "places")
    assert one.figures.rows[0] == ("r1", "p 指标", "u0镇", "-14.75", "1 → 3")
    assert (one.severity, one.units[0]) == ("warning", "u0")
    assert one.args["n"] == "4"


def test_ballots_that_move_no_place_are_a_note_without_units() -> None:
    marks: Marks = {f"r{k}": [90 + k, 50 + k, 10 + k] for k in range(5)}
    (one,) = of(on_facts(rated(marks, 3)), "rater-influence")
    assert (one.severity, one.units, one.args) == ("note", (), {"n": "4", "moved": ""})


def test_equal_ballots_have_no_influence_and_ten_are_the_most_told() -> None:
    same: Marks = {f"r{k}": [90, 50, 10] for k in range(5)}
    assert of(on_facts(rated(same, 3)), "rater-influence") == []
    many: Marks = {f"r{k}": [90 + k * k % 7, 50 - k, 10 + k] for k in range(14)}
    (one,) = of(on_facts(rated(many, 3)), "rater-influence")
    assert one.figures is not None
    assert len(one.figures.rows) == 10


def test_raters_whose_absence_leaves_a_unit_without_a_score_are_serious() -> None:
    made = rated({"r1": [9, 8, 7], "r2": [8, 7, 6], "r3": [7, 8, 6]}, 3)
    found = on_facts(made)
    assert severities(found, "rater-decisive") == ["serious"]
    assert args(found, "rater-decisive") == [
        {"raters": ("r1 · p 指标", "r2 · p 指标", "r3 · p 指标")}
    ]
    four = rated({"r1": [9, 8, 7], "r2": [8, 7, 6], "r3": [7, 8, 6], "r4": [7, 8, 6]}, 3)
    assert of(on_facts(four), "rater-decisive") == []


def test_so_are_raters_without_whom_an_approved_entry_loses_its_condition() -> None:
    made = deciding()
    made.scheme["adjustments"] = {
        "low": {"name": "末位降级", "kind": "lower", "amount": "1", "when": {"bottom": "1"}}
    }
    entry = {"unit": "u1", "adjustment": "low", "reason": "末位", "approved": "办公室", "id": "x"}
    found = on_facts(made.with_rows(adjustments=[entry]))
    assert args(found, "rater-decisive") == [{"raters": ("r1 · p 指标",)}]


def test_a_unit_outside_the_total_and_a_coefficient_weigh_as_they_do() -> None:
    made = deciding()
    values = [{"id": "v", "unit": "u0", "indicator": "p", "coefficient": "2"}]
    (one, *_) = sorted(
        without_each(*_board_and_ballots(made.with_rows(values=values))),
        key=lambda one: -(one.change or 0),
    )
    assert (one.rater, one.change) == ("r1", Fraction(2950))
    body = {
        **made.scheme,
        "indicators": [*made.scheme["indicators"], indicator("a", {"kind": "deduct"})],
    }
    body["sheets"] = {"all": {"a": "5", "outside": {"p": "9"}}}
    outside = Made(body, made.units, {**made.facts, "nil_returns": [{"id": "n", "indicator": "a"}]})
    assert {one.change for one in without_each(*_board_and_ballots(outside))} == {0}


def _board_and_ballots(made: Made) -> tuple[Board, Ballots]:
    board = board_of(made)
    return board, ballots(board)[0]


LIMITS = Limits(
    indicators=(1, 2), units=(3, 5), kinds=("panel",), anchors=("panel",), series=(1, 1)
)


@pytest.mark.parametrize("seed", range(25))
def test_the_change_of_points_is_that_of_an_evaluation_without_the_rater(seed: int) -> None:
    agree(seed)


def agree(seed: int) -> None:
    """Each trial's largest change is, up to the one rounding, the largest change of points."""
    made = build(Random(seed), LIMITS.having_no("adjustments", "exempt"))
    board = board_of(made)
    for one in ballots(board):
        for trial in without_each(board, one):
            after, _ = evaluate(influencing._left_out(board, trial))
            if after is None:
                continue
            changes = [
                abs(
                    (after.points_of(unit, one.bound.id) or 0)
                    - (board.points_of(unit, one.bound.id) or 0)
                )
                for unit in board.round.units
                if one.bound.id
                in board.round.scheme.sheet_of(unit, board.round.units[unit].series).full
            ]
            assert trial.change is not None
            assert abs(trial.change - max(changes, default=0)) <= 1


def agree_on(seeds: range) -> None:
    for seed in seeds:
        agree(seed)


def test_a_retally_that_keeps_the_rater_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    right = influencing._scores
    monkeypatch.setattr(
        influencing, "_scores", lambda board, found, _rater: right(board, found, "")
    )
    with pytest.raises(AssertionError):
        agree_on(range(25))


def test_tallies_entered_as_such_have_no_ballots_to_look_at() -> None:
    tallies = [
        {"id": f"t{n}", "unit": f"u{n}", "indicator": "p", "group": "甲", "n": "9", "mean": str(n)}
        for n in range(3)
    ]
    made = rated({}, 3).with_rows(tallies=tallies, ballots=[])
    assert ballots(board_of(made)) == []
    assert tuple(influence(board_of(made), [])) == ()
