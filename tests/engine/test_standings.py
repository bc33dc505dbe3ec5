"""The standings as one table: what the board says, unit by unit, and always the same bytes."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from random import Random
from typing import Any

import polars as pl
import pytest

from leitai.board import Board
from leitai.documents.standings import _points, parquet, standings
from leitai.evaluate import evaluate
from leitai.points import LARGEST, decimal_text
from tests.engine.rounds.build import build
from tests.engine.rounds.examples import SMALL, for_any_round
from tests.engine.rounds.made import board_of
from tests.engine.rounds.wide import scheme_text, table, wide_round


def board_of_wide(units: int) -> Board:
    board, problems = evaluate(wide_round(table(units, 9), scheme_text(9)))
    assert board is not None, problems
    return board


def by_hand(board: Board) -> list[dict[str, Any]]:
    """What stands in a board's results, as the table should have it."""
    scheme = board.round.scheme
    return [
        {
            "unit": one.unit,
            "name": board.round.units[one.unit].name,
            "series": board.round.units[one.unit].series,
            "group": one.group,
            "exact": scheme.scale.show(one.exact),
            "total": decimal_text(one.total, scheme.total_places),
            "bonus": scheme.scale.show(one.bonus),
            "base_place": one.base_place,
            "base_bottom": one.base_bottom,
            "place": one.place,
            "bottom": one.bottom,
            "grade": one.grade,
        }
        for one in board.results.values()
    ]


def as_texts(made: pl.DataFrame) -> list[dict[str, Any]]:
    points = ("exact", "total", "bonus")
    return [
        {name: str(cell) if name in points else cell for name, cell in row.items()}
        for row in made.iter_rows(named=True)
    ]


@for_any_round
def test_the_table_says_what_the_results_say(random: Random) -> None:
    board = board_of(build(random, SMALL))
    assert as_texts(standings(board)) == by_hand(board)


def test_the_table_of_a_wide_round_says_what_the_results_say() -> None:
    board = board_of_wide(300)
    assert as_texts(standings(board)) == by_hand(board)


@pytest.mark.parametrize("places", range(7))
@pytest.mark.parametrize("units", [0, 1, -1, 5, LARGEST, -LARGEST, LARGEST - 1])
def test_points_become_decimals_to_the_last_digit(units: int, places: int) -> None:
    made = _points(pl.Series([units, None]), places)
    assert made.dtype == pl.Decimal(18, places)
    assert made.to_list() == [Decimal(decimal_text(units, places)), None]


def test_the_same_standings_are_the_same_bytes_however_they_lie_in_memory() -> None:
    board = board_of_wide(300)
    scheme, made = board.round.scheme, standings(board)
    pieces = pl.concat([made[at : at + 7] for at in range(0, 300, 7)], rechunk=False)
    assert parquet(pieces, scheme, "r") == parquet(made, scheme, "r")


def test_the_bytes_see_a_changed_place() -> None:
    board = board_of_wide(300)
    scheme, made = board.round.scheme, standings(board)
    changed = made.with_columns(place=pl.col("place") + 1)
    assert parquet(changed, scheme, "r") != parquet(made, scheme, "r")


def test_a_made_up_table_says_so() -> None:
    board = board_of_wide(300)
    data = parquet(standings(board), board.round.scheme, "r")
    assert pl.read_parquet(BytesIO(data)).equals(standings(board))
    about = pl.read_parquet_metadata(BytesIO(data))
    assert (about["scheme"], about["round"]) == ("wide 1", "r")
    assert about["notice"].startswith("示例数据，均为虚构")


def test_a_real_table_says_nothing_of_the_kind() -> None:
    board, _ = evaluate(wide_round(table(300, 9), scheme_text(9).replace('made_up: "yes"', "")))
    assert board is not None
    data = parquet(standings(board), board.round.scheme, "r")
    assert "notice" not in pl.read_parquet_metadata(BytesIO(data))
