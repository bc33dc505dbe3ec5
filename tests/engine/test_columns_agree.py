"""Integer columns and fractions are two ways to one answer: every round is worked out by both."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from random import Random
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitai.facts.numbers import lined_up, read
from leitai.scoring import work
from leitai.seal.plain import plain_board
from tests.engine.rounds.build import build
from tests.engine.rounds.examples import for_any_round
from tests.engine.rounds.made import board_of, evaluated, plain_of
from tests.engine.rounds.scope import VALUE_KINDS, Limits

VALUED = Limits(
    indicators=(1, 4),
    series=(1, 2),
    units=(1, 5),
    kinds=VALUE_KINDS,
    without=frozenset({"adjustments", "tie_breakers"}),
)


@contextmanager
def everything_in_fractions() -> Iterator[None]:
    """No part is worked out in integer columns."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(work, "_sorted", lambda parts, _layout, _scale: ([], list(parts)))
        yield


@for_any_round
def test_integer_columns_and_fractions_give_the_same_board(random: Random) -> None:
    made = build(random, VALUED)
    fast = plain_of(made)
    with everything_in_fractions():
        assert plain_of(made) == fast


@for_any_round
def test_integer_columns_and_fractions_give_the_same_evidence(random: Random) -> None:
    made = build(random, VALUED)
    fast = explained(board_of(made).points.worked)
    with everything_in_fractions():
        assert explained(board_of(made).points.worked) == fast


def explained(worked: Any) -> list[object]:
    """Evidence and case of every part and unit that was measured."""
    return [
        (one.bound.id, one.part.number, one.evidence(index), one.case(index))
        for one in worked
        for index, points in enumerate(one.points.to_list())
        if points is not None
    ]


@for_any_round
def test_integer_columns_and_fractions_find_the_same_problems(random: Random) -> None:
    made = build(random, VALUED)
    broken = made.with_rows(
        values=[
            {**row, **({"target": "0"} if "target" in row else {"actual": "-1"})}
            for row in made.rows("values")
        ]
    )
    _, board, fast = evaluated(broken)
    with everything_in_fractions():
        _, other, slow = evaluated(broken)
    assert sorted(one.key for one in slow) == sorted(one.key for one in fast)
    assert board is None or (other is not None and plain_board(other) == plain_board(board))


DIGITS = st.integers(-(10**18) + 1, 10**18 - 1)


@given(st.lists(st.none() | st.tuples(DIGITS, st.integers(0, 18)), max_size=6))
def test_texts_become_whole_numbers_of_one_scale(drawn: list[tuple[int, int] | None]) -> None:
    texts = [None if one is None else text_of(*one) for one in drawn]
    schema = {"column": pl.Int64, "unit": pl.Int64}
    found = pl.DataFrame({"column": [0] * len(texts), "unit": range(len(texts))}, schema)
    found = found.hstack(read(pl.Series(texts, dtype=pl.String))).filter(pl.col("ok"))
    known = lined_up(found, 1, len(texts)).get(0)
    values = known.values.to_list() if known else [None] * len(texts)
    exact = [
        None if one is None or not known else Fraction(one, 10**known.decimals) for one in values
    ]
    assert exact == [None if text is None else Fraction(text) for text in texts]


def text_of(units: int, places: int) -> str:
    sign, digits = ("-" if units < 0 else ""), str(abs(units)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"
