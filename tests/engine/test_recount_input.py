"""The recount answers whatever it is given: a figure, a difference, or one sentence."""

from __future__ import annotations

import io
import json
import runpy
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from leitai.casebook.read import read_case
from leitai.casebook.run import run
from leitai.seal import recount
from leitai.seal.plain import plain_board, plain_round
from leitai.seal.recount import main
from tests.engine.refusals import CASE

Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Exit code and output for a round and a board, each perhaps changed."""
    case, _ = read_case(CASE, "case.yaml")
    assert case is not None
    assert case.round is not None
    board = run(case).board
    assert board is not None
    plain = {"round": plain_round(case.round), "board": plain_board(board)}

    def answer(round_: Change | str = "", board_: Change | str | None = "") -> tuple[int, str]:
        files = []
        for name, change in (("round", round_), ("board", board_)):
            if change is None:
                continue
            made = json.loads(json.dumps(plain[name]))
            if callable(change):
                change(made)
            text = change if isinstance(change, str) and change else json.dumps(made)
            files.append(tmp_path / f"{name}.json")
            files[-1].write_text(text, encoding="utf-8")
        code = main([str(file) for file in files])
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        assert not (printed.out and printed.err)
        return code, (printed.out + printed.err).strip()

    return answer


def test_the_same_is_said_and_without_a_board_the_figures_are_printed(told: Any) -> None:
    assert told() == (0, "same")
    code, text = told(board_=None)
    assert code == 0
    assert set(json.loads(text)) == {"units", "lines"}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda b: b["units"]["a"].update(total="1.00"), "unit a, total: here"),
        (lambda b: b["units"].update({"\x1b[2J": {}}), "unit \\u001b[2J"),
        (lambda b: b.update(round="other"), "round: here case, there other"),
        (lambda b: b.update(made_up=True), "made_up: here false, there true"),
        (lambda b: b.pop("round"), "round: here case, there absent"),
    ],
)
def test_a_difference_ends_with_1_and_is_named(told: Any, change: Change, sentence: str) -> None:
    code, text = told(board_=change)
    assert (code, text[: len(sentence)]) == (1, sentence)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda b: b.update(units=[]), "the board's units are not an object"),
        (lambda b: b["units"].update(a=5), "the unit a of the board is not an object"),
        (lambda b: b["lines"].insert(0, 5), "line 1 of the board is not an object"),
        (lambda b: b["lines"][0].update(points=["1"]), "line 1 of the board has no text (or null)"),
        (lambda b: b["lines"][0].update(part="1"), "line 1 of the board has no whole number"),
        ('{"a": 1, "a": 1}', "an object of the input has the same key twice"),
        ("{", "the file"),
        (" ", "the file"),
        ("[]", "the file"),
        ("[" * 100_000, "the file"),
        ('{"format": ' + "9" * 30 + "}", "the number 9999"),
        ('{"format": 1.5}', "the number 1.5 is not written as text"),
        ('{"format": NaN}', "the number NaN is not written as text"),
    ],
)
def test_an_ill_formed_board_ends_with_2(told: Any, change: Any, sentence: str) -> None:
    code, text = told(board_=change)
    assert (code, text[: len(sentence)]) == (2, sentence)


def measure(round_: dict[str, Any], name: str) -> dict[str, Any]:
    """The measure of an indicator, to be spoilt."""
    found = round_["scheme"]["indicators"]
    return next(one["measure"] for one in found if one["id"] == name)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda r: r["scheme"].update(points={"line_places": "10"}), "line_places is from 0 to 9"),
        (
            lambda r: r["scheme"].update(points={"line_places": "1.5"}),
            "'1.5' is not a whole number",
        ),
        (lambda r: measure(r, "voice").update(round_mean="99"), "round_mean is from 0 to 9"),
        (lambda r: measure(r, "voice").update(merge={"g": "h", "h": "g"}), "the rater group"),
        (lambda r: measure(r, "voice").update(groups={"g": "60"}), "'60' is not a share"),
        (lambda r: measure(r, "mood").update(channels={}), "the channel shares of a survey"),
        (lambda r: r["facts"]["values"][0].update(actual=41), "41 is not a number written"),
        (lambda r: r["facts"]["values"][0].update(actual="1e3"), "'1e3' is not a number written"),
        (lambda r: r["facts"]["values"][0].update(actual="1" * 5000), "the number '1111"),
        (
            lambda r: r["facts"]["values"][0].update(actual="0." + "0" * 99 + "1"),
            "the number '0.00",
        ),
        (lambda r: r["facts"]["values"].append(r["facts"]["values"][0]), "there are two rows for"),
        (lambda r: r["facts"]["values"].clear(), "the input names"),
        (lambda r: r["facts"]["answers"].clear(), "the unit a has neither answers nor a tally"),
        (lambda r: r["facts"]["events"][0].update(points="0.001"), "the points"),
        (
            lambda r: r["facts"].update(frame=[{"stratum": "x", "size": "1"}] * 2),
            "a stratum stands",
        ),
        (lambda r: r.update(scheme=[]), "the input is unreadable or contradictory"),
        (lambda r: r["scheme"].update(made_up="maybe"), "made_up is yes or no, not 'maybe'"),
        (lambda r: r.update(round={}), "the round file does not say the id"),
        (lambda r: r.update(format="x"), "the file"),
        (lambda r: r["facts"].update(values={}), "the input names"),
    ],
)
def test_an_ill_formed_round_ends_with_2(told: Any, change: Change, sentence: str) -> None:
    code, text = told(round_=change)
    assert (code, text[: len(sentence)]) == (2, sentence)
    assert text.count("\n") == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [([], "usage: recount.py"), (["nowhere.json"], "the file nowhere.json cannot be read")],
)
def test_wrong_use_ends_with_2(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr().err.startswith(sentence)


def test_bytes_that_are_no_text_end_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "round.json").write_bytes(b"\xff\xfe{}")
    assert main([str(tmp_path / "round.json")]) == 2
    assert "is not text in UTF-8" in capsys.readouterr().err


def test_it_is_a_program_and_prints_wherever_its_output_goes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "argv", ["recount.py"])
    printed = io.StringIO()
    monkeypatch.setattr(sys, "stderr", printed)
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(recount.__file__, run_name="__main__")
    assert ended.value.code == 2
    assert "usage: recount.py" in printed.getvalue()
