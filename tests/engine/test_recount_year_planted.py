"""The recount names the one thing of a board's section `year` that was changed."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from leitai.seal.recount import first_difference, recount
from tests.engine.rounds.annual import annual

Plain = dict[str, Any]
Plant = Callable[[Plain], "str | None"]


def spoilt(*path: str, what: str) -> Plant:
    """Another value at a path of keys ("*" takes the first); `what` names it."""

    def plant(board: Plain) -> str | None:
        place, names = board["year"], list[str]()
        for step in path:
            names.append(next(iter(place), "") if step == "*" else step)
            if names[-1] not in place:
                return None
            inside, place = place, place[names[-1]]
        inside[names[-1]] = new = other_than(place)
        return f"{what.format(*names)}: here {shown(place)}, there {shown(new)}"

    return plant


def other_than(old: object) -> object:
    if isinstance(old, int):
        return old + 1
    return "another" if old is None else f"{old}1"


def shown(value: object) -> str:
    return "null" if value is None else str(value)


def taken_out(*path: str, what: str) -> Plant:
    """What stands at a path is missing from the board."""

    def plant(board: Plain) -> str | None:
        place, names = board["year"], list[str]()
        for step in path[:-1]:
            place = place[step]
            names.append(step)
        key = next(iter(place), "") if path[-1] == "*" else path[-1]
        if key not in place:
            return None
        old = place.pop(key)
        here = "present" if isinstance(old, dict) else shown(old)
        return f"{what.format(*names, key)}: here {here}, there absent"

    return plant


def put_in(table: str, row: object, there: str) -> Plant:
    """A row too many, for a unit that has none."""

    def plant(board: Plain) -> str | None:
        free = [unit for unit in board["units"] if unit not in board["year"][table]]
        if not free:
            return None
        board["year"][table][free[0]] = row
        return f"unit {free[0]}, {table} of the year: here absent, there {there}"

    return plant


def run_as_text(board: Plain) -> str | None:
    """A run written as text is no number."""
    for unit, one in board["year"]["consequences"].items():
        one["run"] = str(one["run"])
        where = f"unit {unit}, run of consequences of the year"
        return f'{where}: here {one["run"]}, there "{one["run"]}"'
    return None


def section_missing(board: Plain) -> str:
    del board["year"]
    return "the year: here present, there absent"


def section_with_more(board: Plain) -> str:
    board["year"]["more"] = "x"
    return "more of the year: here absent, there x"


def heads_as_a_list(board: Plain) -> str:
    board["year"]["heads"] = []
    return "heads of the year: here present, there []"


REWARD = "unit {1}, {2} of rewards of the year"
OUTCOME = "unit {1}, {2} of consequences of the year"
PLANTS: dict[str, Plant] = {
    "which year": spoilt("year", what="year of the year"),
    "a head": spoilt("heads", "*", what="unit {1}, heads of the year"),
    "headcount": spoilt("rewards", "*", "headcount", what=REWARD),
    "coefficient": spoilt("rewards", "*", "coefficient", what=REWARD),
    "amount": spoilt("rewards", "*", "amount", what=REWARD),
    "rule": spoilt("consequences", "*", "rule", what=OUTCOME),
    "then": spoilt("consequences", "*", "then", what=OUTCOME),
    "run": spoilt("consequences", "*", "run", what=OUTCOME),
    "head of a consequence": spoilt("consequences", "*", "head", what=OUTCOME),
    "run as text": run_as_text,
    "head that is missing": taken_out("heads", "*", what="unit {1}, heads of the year"),
    "reward that is missing": taken_out("rewards", "*", what="unit {1}, rewards of the year"),
    "consequence that is missing": taken_out(
        "consequences", "*", what="unit {1}, consequences of the year"
    ),
    "rewards that are missing": taken_out("rewards", what="rewards of the year"),
    "head too many": put_in("heads", "某人", "某人"),
    "reward too many": put_in("rewards", {"amount": "1.00"}, "present"),
    "consequence too many": put_in("consequences", {"rule": "rule1"}, "present"),
    "section that is missing": section_missing,
    "section with more": section_with_more,
    "heads as a list": heads_as_a_list,
}


@pytest.mark.parametrize("name", PLANTS)
def test_recount_names_the_one_thing_of_the_year_that_was_changed(name: str) -> None:
    planted = 0
    for seed in range(60):
        _, given, board = annual(seed)
        changed = copy.deepcopy(board)
        sentence = PLANTS[name](changed)
        if sentence is not None:
            planted += 1
            assert first_difference(recount(given), changed) == sentence
    assert planted >= 10


def test_a_board_with_a_year_where_none_is_due_differs() -> None:
    _, given, board = annual(0)
    without = copy.deepcopy(given)
    del without["scheme"]["year"]
    mine = recount(without)
    assert set(mine) == {"units", "lines"}
    assert first_difference(mine, board) == "the year: here absent, there present"
