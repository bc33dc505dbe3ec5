"""A board that comes back as JSON is read strictly and compared in everything."""

from __future__ import annotations

import json
from typing import Any

import pytest

from leitai.casebook.read import read_case
from leitai.casebook.run import run
from leitai.problems import Refused
from leitai.seal.board_file import first_unequal, read_board
from leitai.seal.plain import plain_board
from tests.engine.refusals import CASE


def board() -> dict[str, Any]:
    case, _ = read_case(CASE, "case.yaml")
    assert case is not None
    made = run(case).board
    assert made is not None
    return json.loads(json.dumps(plain_board(made)))


def refusal(text: str) -> str:
    """The code a text is refused with, and the place."""
    with pytest.raises(Refused) as caught:
        read_board(text)
    return f"{caught.value.code} {caught.value.args_of_problem.get('where', '')}".strip()


def test_what_the_engine_writes_is_read_as_it_is() -> None:
    assert read_board(json.dumps(board())) == board()


@pytest.mark.parametrize(
    "text", ["", "{", '{"a": 1, "a": 1}', "[" * 100_000, '{"a": ' + "9" * 5000 + "}", "\ud800"]
)
def test_what_is_no_json_or_says_a_key_twice_is_refused(text: str) -> None:
    assert refusal(text) == "board.unreadable"


def test_a_key_said_twice_inside_is_refused() -> None:
    text = json.dumps(board()).replace('"total": ', '"total": "99.00", "total": ', 1)
    assert refusal(text) == "board.unreadable"


@pytest.mark.parametrize("text", ["[]", "null", "5", '"x"', "{}", '{"format": "leitai-board-2"}'])
def test_another_format_is_refused(text: str) -> None:
    assert refusal(text) == "board.ill-formed format"


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (["units"], [], "units"),
        (["units", "a"], 5, "units.a"),
        (["units", "a", "total"], 3.0, "units.a.total"),
        (["units", "a", "place"], 1.0, "units.a.place"),
        (["units", "a", "place"], True, "units.a.place"),
        (["units", "a", "place"], 0, "units.a.place"),
        (["units", "a", "items", "work", "bottom"], -1, "units.a.items.work.bottom"),
        (["units", "a", "items", "work"], None, "units.a.items.work"),
        (["units", "a", "winner"], "yes", "units.a.winner"),
        (["winner"], "a", "winner"),
        (["made_up"], "no", "made_up"),
        (["lines"], {}, "lines"),
        (["lines", 0], 1, "lines[0]"),
        (["lines", 0, "points"], {"a": 1}, "lines[0].points"),
        (["lines", 0, "reason"], "x", "lines[0].reason"),
        (["lines", 0, "part"], "1", "lines[0].part"),
        (["warnings"], [{"code": 1}], "warnings[0].code"),
    ],
)
def test_the_first_thing_out_of_place_is_named(path: list[Any], value: object, where: str) -> None:
    planted = board()
    inner: Any = planted
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    assert refusal(json.dumps(planted)) == f"board.ill-formed {where}"


def test_what_is_missing_is_named() -> None:
    planted = board()
    del planted["units"]["a"]["total"]
    assert refusal(json.dumps(planted)) == "board.ill-formed units.a.total"


def test_the_first_difference_of_any_kind_is_named_and_the_order_of_lines_means_nothing() -> None:
    mine, other = board(), board()
    other["lines"].reverse()
    assert first_unequal(mine, other) == ""
    other["warnings"] = []
    assert (
        first_unequal(mine, {**mine, "warnings": [{"code": "x"}, *mine["warnings"]]}) == "warnings"
    )
    other = board()
    other["units"]["a"]["items"]["work"]["place"] = 9
    assert first_unequal(mine, other) == "units.a.items.work.place"
    other = board()
    other["units"]["d"] = {}
    assert first_unequal(mine, other) == "units.d"
    other = board()
    other["lines"] = other["lines"][1:]
    assert first_unequal(mine, other) == "lines"
