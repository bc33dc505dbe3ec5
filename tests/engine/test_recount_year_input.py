"""The recount of a year answers whatever it is given; a small year worked by hand."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from leitai.seal.recount import BAD, Refusal, main, recount
from tests.engine.rounds.annual import annual

Plain = dict[str, Any]


@pytest.fixture
def told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Exit code and output of the program for a round and, where there is one, a board."""

    def answer(*files: Plain) -> tuple[int, str]:
        paths = [tmp_path / f"{number}.json" for number in range(len(files))]
        for path, content in zip(paths, files, strict=True):
            path.write_text(json.dumps(content), encoding="utf-8")
        code = main([str(path) for path in paths])
        printed = capsys.readouterr()
        return code, (printed.out + printed.err).strip()

    return answer


def test_the_year_is_printed_and_compared_on_the_command_line(told: Any) -> None:
    _, given, board = annual(0)
    code, text = told(given)
    assert code == 0
    assert json.loads(text)["year"] == board["year"]
    assert told(given, board) == (0, "same")
    assert told(given, board | {"year": {}})[0] == 1
    lacking = {key: value for key, value in board.items() if key != "year"}
    assert told(given, lacking) == (1, "the year: here present, there absent")
    assert told(given, board | {"year": []}) == (2, "the year of the board is not an object")


SMALL: Plain = {
    "format": "leitai-round-1",
    "round": {"round": "2018", "name": "年度", "year": "2018"},
    "scheme": {
        "items": {"work": {"name": "工作"}},
        "indicators": [{"id": "tasks", "item": "work", "measure": {"kind": "completion"}}],
        "sheets": {"all": {"tasks": "100"}},
        "series": [{"id": "towns", "sheet": "all"}],
        "year": {
            "rewards": {
                "base": "100",
                "coefficients": {"excellent": "1.2", "good": "1", "fair": "0.5"},
            },
            "consequences": [
                {"id": "talk", "series": ["towns"], "when": {"last": "yes"}, "then": "interview"},
                {
                    "id": "move",
                    "series": ["towns"],
                    "when": {"last": "yes", "years_running": "2"},
                    "then": "reassignment",
                },
            ],
        },
    },
    "units": [{"unit": unit, "name": unit, "series": "towns"} for unit in "abc"],
    "facts": {
        "values": [
            {"unit": unit, "indicator": "tasks", "actual": actual, "target": "100"}
            for unit, actual in (("a", "90"), ("b", "80"), ("c", "70"))
        ],
        "heads": [{"unit": unit, "head": f"Head {unit}"} for unit in "abc"],
        "headcounts": [{"unit": unit, "headcount": "1"} for unit in "abc"],
        "history": [
            {"unit": "x", "year": "2017", "place": "2", "bottom": "1", "head": "ＨＥＡＤＣ"}
        ],
        "successions": [{"unit": "c", "year": "2017", "predecessor": "y"}],
    },
}


def small(change: Callable[[Plain], object] = lambda _: None) -> Plain:
    """A year in which c is last and its head was so the year before, in x; perhaps changed."""
    made = copy.deepcopy(SMALL)
    change(made)
    return made


def test_a_small_year_by_hand() -> None:
    assert recount(small())["year"] == {
        "year": "2018",
        "heads": {"a": "Head a", "b": "Head b", "c": "Head c"},
        "rewards": {
            "a": {"headcount": "1", "coefficient": "1.2", "amount": "120.00"},
            "b": {"headcount": "1", "coefficient": "1", "amount": "100.00"},
            "c": {"headcount": "1", "coefficient": "0.5", "amount": "50.00"},
        },
        "consequences": {"c": {"rule": "move", "then": "reassignment", "run": 2, "head": "Head c"}},
    }


@pytest.mark.parametrize(
    ("one", "other", "run"),
    [
        ("王 三", "王\u3000三", 2),
        ("Ａnna", "aNNa", 2),
        ("ﾊﾞ", "バ", 2),
        ("王①", "王1", 1),
        ("阿·三", "阿三", 1),
        ("", "", 1),
    ],
)
def test_heads_are_the_same_but_for_blanks_width_and_case(one: str, other: str, run: int) -> None:
    def change(made: Plain) -> None:
        made["facts"]["heads"][2]["head"] = one
        made["facts"]["history"][0]["head"] = other

    assert recount(small(change))["year"]["consequences"]["c"]["run"] == run


def history(made: Plain) -> Plain:
    """The one row of history."""
    rows: list[Plain] = made["facts"]["history"]
    return rows[0]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda m: m["round"].pop("year"), "null is not a year of four figures"),
        (lambda m: m["round"].update(year="18"), "'18' is not a year of four figures"),
        (lambda m: m["round"].update(year=2018), "2018 is not a year of four figures"),
        (lambda m: history(m).update(year="2017.0"), "'2017.0' is not a year of four figures"),
        (lambda m: history(m).update(year="2018"), "history has a row for 2018, which is not"),
        (
            lambda m: m["facts"]["successions"][0].update(year="2019"),
            "successions has a row for 2019, which is not before 2018",
        ),
        (
            lambda m: m["facts"]["history"].append(history(m) | {"unit": " Ｘ"}),
            "there are two rows in history for ' Ｘ' in 2017",
        ),
        (lambda m: history(m).pop("bottom"), "a row of history for 'x' has only one of two places"),
        (
            lambda m: history(m).update(base_place="3"),
            "a row of history for 'x' has only one of two places",
        ),
        (lambda m: history(m).update(bottom="0"), "a row of history for 'x' has a place under 1"),
        (lambda m: history(m).update(place="1.5"), "'1.5' is not a whole number"),
        (lambda m: m["facts"]["heads"].pop(), "the unit c has no head"),
        (lambda m: m["facts"]["heads"].append(m["facts"]["heads"][0]), "a unit has two rows in"),
        (
            lambda m: m["scheme"]["year"]["consequences"][1]["when"].update(years_running="1"),
            "two rules for the series of c ask for as many years running",
        ),
    ],
)
def test_a_year_with_a_problem_is_refused(told: Any, change: Any, sentence: str) -> None:
    code, text = told(small(change))
    assert (code, text[: len(sentence)]) == (2, sentence)


ODD = (None, 5, True, "", "x", "-1", [], {}, ["x"], {"x": "y"})


def places_in(value: object) -> list[tuple[Any, Any]]:
    """Every key of every object and list inside a value, with what holds it."""
    if not isinstance(value, dict | list):
        return []
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    return [(value, key) for key in keys] + [
        place for key in keys for place in places_in(value[key])
    ]


def test_whatever_stands_in_a_year_there_is_an_answer_or_one_sentence() -> None:
    tables = ("heads", "headcounts", "history", "successions")
    for odd in ODD:
        count = len(places_in(small()["scheme"]["year"]))
        count += sum(len(places_in(small()["facts"][table])) for table in tables)
        for index in range(count):
            made = small()
            places = places_in(made["scheme"]["year"])
            places += [place for table in tables for place in places_in(made["facts"][table])]
            holder, key = places[index]
            holder[key] = odd
            with suppress(Refusal, *BAD):  # which the program turns into one sentence
                recount(made)
