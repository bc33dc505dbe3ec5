"""Properties 1, 6, 8, 9 and 13: order, names and files say nothing about the result."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest

from leitai.evaluate import evaluate
from leitai.facts.read_files import read_files
from leitai.facts.round import Round, assemble
from leitai.facts.tables import TABLES
from leitai.problems import blocking
from leitai.scheme.read import scheme_from
from leitai.seal.plain import plain_board, plain_round
from leitai.seal.rebuild import round_from_plain
from tests.engine.rounds.build import build
from tests.engine.rounds.changes import (
    figures,
    in_place_of,
    renamed,
    renamed_board,
    shuffled,
    with_dates,
)
from tests.engine.rounds.draws import Draws
from tests.engine.rounds.examples import SMALL, for_any_round, suppose
from tests.engine.rounds.made import Made, board_of, codes_of, evaluated, node_of, plain_of

ROOT = Path(__file__).resolve().parents[2]


def warned(board: dict[str, Any]) -> Counter[str]:
    """How often each warning stands on a board."""
    return Counter(one["code"] for one in board["warnings"])


@for_any_round
def test_the_order_of_units_indicators_and_rows_does_not_matter(random: Random) -> None:
    made = build(random, SMALL)
    board, other = plain_of(with_dates(made)), plain_of(shuffled(made, Draws(random)))
    assert figures(other) == figures(board)
    assert warned(other) == warned(board)


@for_any_round
def test_the_same_round_gives_the_same_bytes_whatever_was_evaluated_in_between(
    random: Random,
) -> None:
    made, other = build(random, SMALL), build(random, SMALL)
    first = json.dumps(plain_of(made), ensure_ascii=False)
    evaluated(other)
    assert json.dumps(plain_of(made.copied()), ensure_ascii=False) == first


PRINTS_BOARDS = """
import json
from random import Random
from tests.engine.rounds.build import build
from tests.engine.rounds.made import plain_of
for seed in range({count}):
    print(json.dumps(plain_of(build(Random(seed))), ensure_ascii=False))
"""


def test_the_order_in_which_python_walks_its_sets_says_nothing() -> None:
    answers = {
        subprocess.run(
            [sys.executable, "-c", PRINTS_BOARDS.format(count=10)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            cwd=ROOT,
            capture_output=True,
            check=True,
            text=True,
            encoding="utf-8",
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(answers) == 1
    assert len(answers.pop().splitlines()) == 10


@for_any_round
def test_renaming_units_renames_them_on_the_board_and_nothing_else(random: Random) -> None:
    made, draws = build(random, SMALL), Draws(random)
    old = [row["unit"] for row in made.units]
    ids = dict(zip(old, draws.shuffled([f"z{number}" for number in range(len(old))]), strict=True))
    board = plain_of(renamed(made, ids, title="{} 街道办事处"))
    assert figures(board) == figures(renamed_board(plain_of(made), ids))


@for_any_round
def test_units_that_report_the_same_stand_in_the_same_place(random: Random) -> None:
    made, draws = build(random, SMALL.having_no("ballots", "triggers")), Draws(random)
    groups = [units for units in made.groups().values() if len(units) > 1]
    suppose(groups)
    one, other = draws.some(draws.pick(groups), least=2, most=2)
    made = in_place_of(made, unit=other, model=one)
    suppose(not codes_of(made))  # fewer peers, or no scored unit left in a group
    units = plain_of(made)["units"]
    assert units[one] == units[other]


@for_any_round
def test_a_round_written_as_plain_json_and_read_again_gives_the_same_board(random: Random) -> None:
    made = build(random, SMALL)
    round_, board, _ = evaluated(made)
    assert round_ is not None
    assert board is not None
    again_round, problems = round_from_plain(json.loads(json.dumps(plain_round(round_))))
    assert again_round is not None, problems
    again_board, _ = evaluate(again_round)
    assert again_board is not None
    assert figures(plain_board(again_board)) == figures(plain_board(board))
    assert cells_of(again_round) == cells_of(round_)
    assert again_round.scheme.plain == round_.scheme.plain


def cells_of(round_: Round) -> dict[str, list[tuple[str, dict[str, str]]]]:
    """Every row of a round: its id and its cells."""
    return {
        table: [(row.id, {**row.cells, "id": row.id}) for row in rows]
        for table, rows in round_.facts.items()
    }


def as_csv(table: str, rows: list[dict[str, str]], *, chinese: bool) -> bytes:
    """A table as a CSV file, with headings of either language."""
    columns = [one for one in TABLES[table].columns if any(one.name in row for row in rows)]
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow([one.zh if chinese else one.name for one in columns])
    writer.writerows([[row.get(one.name, "") for one in columns] for row in rows])
    return stream.getvalue().encode("utf-8-sig" if chinese else "utf-8")


def through_files(made: Made, *, chinese: bool) -> dict[str, Any]:
    """The board of a round whose tables were written to CSV files and read again."""
    tables = {"units": made.units, **{name: rows for name, rows in made.facts.items() if rows}}
    names = {name: f"{TABLES[name].zh if chinese else name}.csv" for name in tables}
    files = {names[name]: as_csv(name, rows, chinese=chinese) for name, rows in tables.items()}
    read, problems = read_files(files)
    scheme, _ = scheme_from(node_of(made.scheme))
    assert scheme is not None
    assert not blocking(problems), problems
    round_, found = assemble("random", "随机一期", scheme, read.pop("units"), read)
    assert not blocking(found), found
    board, wrong = evaluate(round_)
    assert board is not None, wrong
    return plain_board(board)


def without_sources(board: dict[str, Any]) -> dict[str, Any]:
    """A board whose lines do not say where their facts stood."""
    return {**board, "lines": [{**line, "source": None} for line in board["lines"]]}


@for_any_round
def test_a_round_written_to_files_and_read_again_gives_the_same_board(random: Random) -> None:
    made = build(random, SMALL)
    board = through_files(made, chinese=Draws(random).chance(50))
    assert figures(without_sources(board)) == figures(without_sources(plain_of(made)))


def test_a_board_is_never_changed_by_reading_it() -> None:
    board = board_of(build(Random(1)))
    first = json.dumps(plain_board(board))
    assert [json.dumps(plain_board(board)) for _ in range(2)] == [first, first]
    with pytest.raises(AttributeError):
        delattr(board, "results")
