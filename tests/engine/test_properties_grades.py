"""Property 5: grades add up, a tie at a line is never split; beside it quotas found by trying."""

from __future__ import annotations

import itertools
from collections import Counter
from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from leitai import grades as engine_grades
from tests.engine.oracle import grades, places
from tests.engine.rounds.build import build
from tests.engine.rounds.examples import SMALL, for_any_round
from tests.engine.rounds.made import plain_of


@for_any_round
def test_the_grades_of_a_group_add_up_to_its_ranked_units(random: Random) -> None:
    made = build(random, SMALL)
    board = plain_of(made)["units"]
    for units in made.groups().values():
        ranked = [unit for unit in units if unit in places.ranked(made)]
        counted = Counter(board[unit]["grade"] for unit in ranked)
        levels = [level["id"] for level in made.scheme["grades"].get("levels", grades.LEVELS)]
        asked = any("at_least" in level for level in made.scheme["grades"].get("levels", []))
        graded = len(ranked) if len(ranked) >= 3 or asked else 0
        assert sum(counted[level] for level in levels) == graded
        assert counted[None] == len(ranked) - graded


@for_any_round
def test_units_in_one_place_have_one_grade_unless_an_entry_names_them(random: Random) -> None:
    made = build(random, SMALL)
    board = plain_of(made)["units"]
    named = {row["unit"] for row in made.entries("bar", "cap", "lower", "fix")}
    for units in made.groups().values():
        free = [unit for unit in units if unit in places.ranked(made) and unit not in named]
        for one, other in itertools.combinations(free, 2):
            if board[one]["place"] == board[other]["place"]:
                assert board[one]["grade"] == board[other]["grade"]


@for_any_round
def test_grades_are_those_found_by_trying(random: Random) -> None:
    made = build(random, SMALL)
    board = plain_of(made)
    expected = {
        unit: grades.after_verdicts(made, unit, grade)
        for unit, grade in grades.quota_grades(made, board).items()
    }
    found = {unit: board["units"][unit]["grade"] for unit in expected}
    assert found == expected


SHARES = [Fraction(text) / 100 for text in ("0", "10", "12.5", "30", "33.3", "50", "66.7", "100")]


@given(st.sampled_from(SHARES), st.integers(0, 130), st.sampled_from(("floor", "half_up", "ceil")))
def test_a_quota_counts_as_trying_every_number_does(share: Fraction, n: int, count: str) -> None:
    assert engine_grades.quota(share, n, count) == grades.count_of(share, n, count)
    assert engine_grades.quota(None, n, count) == 0
