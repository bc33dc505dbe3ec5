"""Runs a case: evaluates it and names every difference from what it expects."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from leitai.board import Board
from leitai.casebook.expect import ExpectedLine
from leitai.casebook.read import Case
from leitai.evaluate import evaluate
from leitai.explain.trail_text import unit_text
from leitai.problems import Problem, blocking
from leitai.seal.plain import plain_board

_NO_UNIT = "no such unit"


@dataclass(frozen=True)
class Difference:
    """Where a case and the engine disagree: what, as expected, as it came out."""

    what: str
    expected: str
    found: str


@dataclass(frozen=True)
class Outcome:
    """What became of a case; `board` is None where Problems blocked it."""

    case: Case
    board: Board | None
    problems: Sequence[Problem]
    differences: Sequence[Difference]


def run(case: Case) -> Outcome:
    """The case evaluated and compared with what it expects."""
    board, problems = None, list(case.problems)
    if case.round is not None:
        board, found = evaluate(case.round)
        problems += found
    differences = [*_codes(case, problems)]
    if board is not None:
        differences += _figures(case, plain_board(board))
        differences += _sentences(case, board)
    elif not case.expect.problems:
        codes = "、".join(one.code for one in blocking(problems))
        differences.append(Difference("board", "a board", codes))
    return Outcome(case, board, problems, differences)


def _codes(case: Case, problems: Sequence[Problem]) -> Iterator[Difference]:
    """Problems exactly, warnings at least."""
    expected = set(case.expect.problems)
    found = {one.code for one in blocking(problems)}
    if expected != found and (expected or case.round is None):
        yield Difference("problems", _listed(expected), _listed(found))
    warned = {one.code for one in problems if one.warning}
    for code in case.expect.warnings:
        if code not in warned:
            yield Difference("warnings", code, _listed(warned))


def _listed(words: set[str]) -> str:
    return "、".join(sorted(words)) or "—"


def _figures(case: Case, board: Mapping[str, Any]) -> Iterator[Difference]:
    """Every figure the case names, against the board's."""
    units, expect = _with_year(board), case.expect
    read: Mapping[str, tuple[Mapping[str, Any], Callable[[Mapping[str, Any]], Any]]] = {
        "points": (expect.points, lambda unit: unit["points"]),
        "items": (expect.items, lambda unit: {i: s["points"] for i, s in unit["items"].items()}),
        "exact": (expect.exact, lambda unit: unit["exact"]),
        "totals": (expect.totals, lambda unit: unit["total"]),
        "places": (expect.places, lambda unit: unit["place"]),
        "bottoms": (expect.bottoms, lambda unit: unit["bottom"]),
        "base_places": (expect.base_places, lambda unit: unit["base_place"]),
        "grades": (expect.grades, lambda unit: unit["grade"]),
        "rewards": (expect.rewards, lambda unit: unit["reward"].get("amount")),
        "consequences": (expect.consequences, lambda unit: unit["consequence"].get("rule")),
        "runs": (expect.runs, lambda unit: unit["consequence"].get("run")),
        **{
            f"item_places.{i}": (by_unit, _in_item(i, "place"))
            for i, by_unit in expect.item_places.items()
        },
        **{
            f"item_bottoms.{i}": (by_unit, _in_item(i, "bottom"))
            for i, by_unit in expect.item_bottoms.items()
        },
    }
    for key, (by_unit, found) in read.items():
        for unit, expected in by_unit.items():
            mine = found(units[unit]) if unit in units else _NO_UNIT
            yield from _compare(f"{key}.{unit}", expected, mine)
    for unit, lines in expect.lines.items():
        yield from _lines(unit, lines, board["lines"])


def _with_year(board: Mapping[str, Any]) -> dict[str, Any]:
    """The units of a board, each with what the year came to for it."""
    year = board.get("year", {"rewards": {}, "consequences": {}})
    return {
        unit: {
            **figures,
            "reward": year["rewards"].get(unit, {}),
            "consequence": year["consequences"].get(unit, {}),
        }
        for unit, figures in board["units"].items()
    }


def _in_item(item: str, field: str) -> Callable[[Mapping[str, Any]], Any]:
    return lambda unit: unit["items"].get(item, {field: None})[field]


def _compare(what: str, expected: Any, found: Any) -> Iterator[Difference]:
    if isinstance(expected, Mapping) and isinstance(found, Mapping):
        for key, value in expected.items():
            yield from _compare(f"{what}.{key}", value, found.get(key))
    elif str(expected) != _text(found):
        yield Difference(what, str(expected), _text(found))


def _text(value: Any) -> str:
    return "none" if value is None else str(value)


def _lines(unit: str, expected: Sequence[ExpectedLine], lines: Any) -> Iterator[Difference]:
    """All lines of each indicator named (and of each kind named without an indicator)."""
    wanted = sorted(_line_text(vars(line)) for line in expected)
    named = {_about(vars(line)) for line in expected}
    found = [line for line in lines if line["unit"] == unit and _about(line) in named]
    got = sorted(_line_text(line) for line in found)
    if wanted != got:
        yield Difference(f"lines.{unit}", "；".join(wanted), "；".join(got))


def _about(line: Mapping[str, Any]) -> str:
    return line.get("indicator") or f"({line['kind']})"


def _line_text(line: Mapping[str, Any]) -> str:
    part = f"#{line['part']}" if line.get("part") else ""
    return f"{_about(line)}{part} {line['kind']} {line['points']}"


def _sentences(case: Case, board: Board) -> Iterator[Difference]:
    for unit, sentences in case.expect.sentences.items():
        text = unit_text(board, unit, "zh") if unit in board.results else _NO_UNIT
        for sentence in sentences:
            if sentence not in text:
                yield Difference(f"sentences.{unit}", sentence, text)
