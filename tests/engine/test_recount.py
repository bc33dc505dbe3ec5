"""Property 14: the engine and the independent recount agree on every figure of every board.

Random rounds, all cases that give a board, and the quarter of the example scheme; then planted
differences, each of which the recount must name.
"""

from __future__ import annotations

import copy
import os
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from leitai.board import Board
from leitai.casebook.read import read_case
from leitai.evaluate import evaluate
from leitai.facts.read_files import read_files
from leitai.facts.round import Round, assemble
from leitai.problems import blocking
from leitai.scheme.document import parse
from leitai.scheme.read import read_scheme
from leitai.seal.plain import plain_board, plain_round
from leitai.seal.recount import first_difference, recount
from tests.engine.rounds.build import build
from tests.engine.rounds.counts import NEEDED, reached
from tests.engine.rounds.examples import ROUNDS, legal_rounds
from tests.engine.rounds.made import Made, evaluated
from tests.engine.rounds.scope import Limits

ROOT = Path(__file__).resolve().parents[2]
CASES = sorted({path.parent for path in ROOT.glob("cases/**/*.yaml")})
QUARTER = ROOT / "schemes" / "wuqing" / "2019" / "2019Q1"
SHARES = 4


def difference(round_: Round, board: Board) -> str | None:
    """What the recount names first where it disagrees with a board."""
    return first_difference(recount(plain_round(round_)), plain_board(board))


def agree(random: Random, limits: Limits | None = None) -> None:
    """Engine and recount say the same of one random round."""
    round_, board, problems = evaluated(build(random, limits))
    assert round_ is not None, problems
    assert board is not None, problems
    assert difference(round_, board) is None


@pytest.mark.parametrize("share", range(SHARES))
def test_engine_and_recount_agree_on_random_rounds(share: int) -> None:
    for seed in range(share, ROUNDS, SHARES):
        agree(Random(seed))


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_engine_and_recount_agree_on_the_cases_of_a_folder(folder: Path) -> None:
    for path in sorted(folder.glob("*.yaml")):
        case, problems = read_case(path.read_text(encoding="utf-8"), path.name)
        assert case is not None, problems
        if not case.expect.problems:
            assert case.round is not None, path.name
            board, found = evaluate(case.round)
            assert board is not None, (path.name, found)
            assert difference(case.round, board) is None, path.name


def test_engine_and_recount_agree_on_the_example_quarter() -> None:
    round_ = read_quarter(QUARTER)
    board, problems = evaluate(round_)
    assert board is not None, problems
    assert difference(round_, board) is None


def read_quarter(folder: Path) -> Round:
    """A round folder read as `leitai evaluate` would."""
    root, problems = parse((folder / "round.yaml").read_text(encoding="utf-8"), "round.yaml")
    about = {key: str(node.text) for key, node in (root.mapping or {}).items()} if root else {}
    scheme, found = read_scheme((folder / about["scheme"]).read_text(encoding="utf-8"))
    tables, more = read_files({path.name: path.read_bytes() for path in folder.iterdir()})
    units, last = read_files({"units.csv": (folder / about["units"]).read_bytes()})
    assert not blocking([*problems, *found, *more, *last])
    assert scheme is not None
    round_, wrong = assemble(about["round"], about["name"], scheme, units["units"], tables)
    assert not blocking(wrong)
    return round_


def test_random_rounds_reach_every_rule_often_enough() -> None:
    counts = Counter(
        name for made, _, board in legal_rounds(range(ROUNDS)) for name in reached(made, board)
    )
    report(counts)
    # 50 of 1,000 rounds; of the hundred quick ones each rule must at least occur.
    wanted = 50 if ROUNDS >= 1000 else 1
    assert {name: counts[name] for name in NEEDED if counts[name] < wanted} == {}


def report(counts: Counter[str]) -> None:
    """The table of what the random rounds reached, printed and written where it is wanted."""
    lines = [f"{counts[name]:5}  {name}" for name in NEEDED]
    table = "\n".join([f"reached in how many of {ROUNDS} random rounds", *lines])
    print(f"\n{table}")
    if name := os.environ.get("LEITAI_REPORT"):
        Path(name).write_text(table + "\n", encoding="utf-8")


Plain = dict[str, Any]
Plant = Callable[[Plain, str], "str | None"]


def changed(text: str) -> str:
    """Points that differ in their last digit."""
    return text[:-1] + ("1" if text[-1] != "1" else "2")


def plant_in(*path: str, what: str) -> Plant:
    """Changes one figure of a unit, found by a path of keys ("*" takes the first)."""

    def plant(board: Plain, unit: str) -> str | None:
        place, names = board["units"][unit], []
        for step in path[:-1]:
            names.append(next(iter(place), "") if step == "*" else step)
            if names[-1] not in place:
                return None
            place = place[names[-1]]
        key = next(iter(place), "") if path[-1] == "*" else path[-1]
        if key not in place:
            return None
        old = place[key]
        place[key] = new = other_than(old)
        named = what.format(*names, key)
        return f"unit {unit}, {named}: here {shown(old)}, there {shown(new)}"

    return plant


def other_than(old: object) -> object:
    """Another value of the same type: a place one worse, points one digit off, another grade."""
    if old is None:
        return 1
    if isinstance(old, int):
        return old + 1
    assert isinstance(old, str)
    return changed(old) if old[-1].isdigit() else f"not-{old}"


def shown(value: object) -> str:
    return "null" if value is None else str(value)


def same_lines(board: Plain, line: Plain) -> list[str]:
    """The points of all lines of the same name, as the recount lists them."""
    keys = ("unit", "item", "indicator", "part", "kind")
    name = [line.get(key) for key in keys]
    return sorted(one["points"] for one in board["lines"] if [one.get(key) for key in keys] == name)


def line_sentence(line: Plain, here: list[str], there: list[str]) -> str:
    item, indicator, part = (shown(line.get(key)) for key in ("item", "indicator", "part"))
    what = f"{line['kind']} lines of item {item}, indicator {indicator}, part {part}"
    ends = (" and ".join(points) or "none" for points in (here, there))
    return f"unit {line['unit']}, {what}: here {next(ends)}, there {next(ends)}"


def plant_line_points(board: Plain, unit: str) -> str | None:
    mine = [line for line in board["lines"] if line["unit"] == unit]
    if not mine:
        return None
    here = same_lines(board, mine[-1])
    mine[-1]["points"] = changed(mine[-1]["points"])
    return line_sentence(mine[-1], here, same_lines(board, mine[-1]))


def plant_missing_line(board: Plain, unit: str) -> str | None:
    mine = [line for line in board["lines"] if line["unit"] == unit]
    if not mine:
        return None
    here = same_lines(board, mine[0])
    board["lines"].remove(mine[0])
    return line_sentence(mine[0], here, same_lines(board, mine[0]))


def plant_line_twice(board: Plain, unit: str) -> str | None:
    mine = [line for line in board["lines"] if line["unit"] == unit]
    if not mine:
        return None
    here = same_lines(board, mine[0])
    board["lines"].append(dict(mine[0]))
    return line_sentence(mine[0], here, same_lines(board, mine[0]))


def plant_missing_unit(board: Plain, unit: str) -> str | None:
    del board["units"][unit]
    return f"unit {unit}, the unit itself: here present, there absent"


PLANTS: dict[str, Plant] = {
    "points of an indicator": plant_in("points", "*", what="{1} of {0}"),
    "points of an item": plant_in("items", "*", "points", what="{2} of {1} of {0}"),
    "place in an item": plant_in("items", "*", "place", what="{2} of {1} of {0}"),
    "bottom place in an item": plant_in("items", "*", "bottom", what="{2} of {1} of {0}"),
    "bonus": plant_in("bonus", what="{0}"),
    "exact total": plant_in("exact", what="{0}"),
    "total": plant_in("total", what="{0}"),
    "base place": plant_in("base_place", what="{0}"),
    "base bottom place": plant_in("base_bottom", what="{0}"),
    "place": plant_in("place", what="{0}"),
    "bottom place": plant_in("bottom", what="{0}"),
    "grade": plant_in("grade", what="{0}"),
    "group": plant_in("group", what="{0}"),
    "points of a line": plant_line_points,
    "a line that is missing": plant_missing_line,
    "a line that stands twice": plant_line_twice,
    "a unit that is missing": plant_missing_unit,
}


@cache
def boards_to_spoil() -> list[tuple[Made, Plain, Plain]]:
    """Some rounds with the engine's board and the recount's figures, which agree."""
    return [
        (made, plain_board(board), recount(plain_round(round_)))
        for made, round_, board in legal_rounds(range(20))
    ]


@pytest.mark.parametrize("name", PLANTS)
def test_recount_names_the_one_figure_that_was_changed(name: str) -> None:
    planted = 0
    for made, board, mine in boards_to_spoil():
        for unit in [row["unit"] for row in made.units][:3]:
            spoilt = copy.deepcopy(board)
            sentence = PLANTS[name](spoilt, unit)
            if sentence is not None:
                planted += 1
                assert first_difference(mine, spoilt) == sentence
    assert planted >= 20
