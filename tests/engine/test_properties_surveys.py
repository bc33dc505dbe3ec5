"""Property 18: what few answers say stays hidden.

Beside it the oracle: answers weighted by strata and channels as the text of §7 says.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from leitai.scheme.settings import read_settings
from leitai.seal.plain import plain_figures
from leitai.stats import survey as engine_survey
from tests.engine.oracle.rounding import nearest
from tests.engine.rounds.build import build
from tests.engine.rounds.changes import changed_rows
from tests.engine.rounds.examples import for_any_round, suppose
from tests.engine.rounds.made import Cells, Made, board_of, node_of
from tests.engine.rounds.scope import Limits

ASKED = Limits(
    indicators=(2, 4),
    units=(1, 4),
    kinds=("attain", *["survey"] * 4),
    without=frozenset({"triggers"}),
)


HIDDEN = "37.123457"


def few(made: Made) -> dict[tuple[str, str], int]:
    """Units and surveys with too few answers to be scored: how many they have."""
    return {
        key: tallies[0].n
        for key, tallies in board_of(made).taken.tallies.items()
        if made.kind(key[1]) == "survey"
        and tallies[0].n < int(made.indicator(key[1])["measure"].get("score_from", "30"))
    }


def with_other_opinions(made: Made, keys: dict[tuple[str, str], int]) -> Made:
    """The round in which some units' few answers say something else, as many as before."""

    def is_one(row: Cells) -> bool:
        return (row["unit"], row["indicator"]) in keys

    made = changed_rows(made, "tallies", is_one, lambda row: {**row, "mean": HIDDEN})
    return changed_rows(made, "answers", is_one, lambda row: {**row, "answer": turned(made, row)})


def turned(made: Made, row: Cells) -> str:
    """Another scored answer for a scored one."""
    measure = made.indicator(row["indicator"])["measure"]
    words = list(measure.get("scores", ("非常满意", "满意", "基本满意", "不满意", "非常不满意")))
    return (
        words[(words.index(row["answer"]) + 1) % len(words)]
        if row["answer"] in words
        else row["answer"]
    )


@for_any_round
def test_what_few_answers_say_can_be_derived_from_no_figure_of_the_board(random: Random) -> None:
    made = build(random, ASKED)
    keys = few(made)
    suppose(keys)
    changed = with_other_opinions(made, keys)
    board, other = (plain_figures(board_of(one)) for one in (made, changed))
    assert other == board
    assert HIDDEN not in json.dumps(other)


@for_any_round
def test_few_answers_are_not_scored_but_replaced_as_the_measure_says(random: Random) -> None:
    made = build(random, ASKED)
    board, unscored = board_of(made), few(made)
    for key in unscored:
        unit, indicator = key
        fallback = made.indicator(indicator)["measure"].get("fallback", "exempt")
        if fallback == "exempt":
            assert key in board.taken.exempt
            assert key not in board.taken.scores
        elif fallback == "last_round":
            rows = [r for r in made.rows("previous") if (r["unit"], r["about"]) == key]
            assert board.taken.scores[key] == Fraction(rows[0]["value"])
        else:
            scored = [
                tallies[0].mean
                for (other, name), tallies in board.taken.tallies.items()
                if name == indicator
                and made.group_of(other) == made.group_of(unit)
                and (other, name) not in unscored
            ]
            assert board.taken.scores[key] == sum(m for m in scored if m is not None) / Fraction(
                len(scored)
            )


@for_any_round
def test_enough_answers_are_scored_by_the_cells_they_come_from(random: Random) -> None:
    made = build(random, ASKED)
    board = board_of(made)
    for (unit, indicator), tallies in board.taken.tallies.items():
        rows = [r for r in made.rows("answers") if (r["unit"], r["indicator"]) == (unit, indicator)]
        if rows:
            n, mean = surveyed(made, made.indicator(indicator)["measure"], rows)
            assert (tallies[0].n, tallies[0].mean) == (n, mean)


def surveyed(
    made: Made, measure: Mapping[str, Any], rows: list[Cells]
) -> tuple[int, Fraction | None]:
    """n and the mean of a unit's answers, weighted by strata and channels."""
    usual = {"非常满意": "100", "满意": "80", "基本满意": "60", "不满意": "30", "非常不满意": "0"}
    worth = measure.get("scores", usual)
    frame = {row["stratum"]: int(row["size"]) for row in made.rows("frame")} or {"": 1}
    channels = {n: Fraction(t[:-1]) / 100 for n, t in measure.get("channels", {"": "100%"}).items()}
    cells: dict[tuple[str, str], list[Fraction]] = {}
    for row in rows:
        if row["answer"] in worth:
            cell = (row.get("stratum", ""), row.get("channel", "") if "" not in channels else "")
            cells.setdefault(cell, []).extend([Fraction(worth[row["answer"]])] * int(row["count"]))
    cells = {cell: scores for cell, scores in cells.items() if scores}
    everything = [score for scores in cells.values() for score in scores]
    if not everything:
        return 0, None
    weights = {
        (stratum, channel): nearest(
            Fraction(frame[stratum], sum(frame.values())) * channels[channel] * 10**6, "half_up"
        )
        for stratum, channel in cells
    }
    whole = sum(weights.values())
    if not whole:
        return len(everything), sum(everything) / Fraction(len(everything))
    weighted = [weights[c] * sum(scores) / Fraction(len(scores)) for c, scores in cells.items()]
    return len(everything), sum(weighted, Fraction(0)) / whole


CHANNELS = {"网络": "33.3%", "电话": "66.7%"}


@given(st.dictionaries(st.text("abc", min_size=1, max_size=2), st.integers(0, 900), max_size=4))
def test_cell_weights_are_millionths_of_the_frame(sizes: dict[str, int]) -> None:
    suppose(not sizes or any(sizes.values()))
    settings, _ = read_settings(engine_survey.Survey, node_of({"channels": CHANNELS}))
    assert settings is not None
    frame = sizes or {"": 1}
    assert engine_survey.weights(sizes, settings) == {
        (stratum, channel): nearest(Fraction(size, sum(frame.values())) * share * 10**6, "half_up")
        for stratum, size in frame.items()
        for channel, share in settings.channels.items()
    }
