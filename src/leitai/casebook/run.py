"""Runs a case: evaluates it and names every difference from what it expects."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from leitai.board import Board
from leitai.casebook.read import Case
from leitai.evaluate import evaluate
from leitai.explain.trail_text import unit_text
from leitai.problems import Problem, blocking
from leitai.seal.plain import plain_board


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
    elif not case.expect.get("problems"):
        codes = "、".join(one.code for one in blocking(problems))
        differences.append(Difference("board", "a board", codes))
    return Outcome(case, board, problems, differences)


def _codes(case: Case, problems: Sequence[Problem]) -> Iterator[Difference]:
    """Problems exactly, warnings at least."""
    expected = set(case.expect.get("problems", ()))
    found = {one.code for one in blocking(problems)}
    if expected != found and (expected or case.round is None):
        yield Difference("problems", _listed(expected), _listed(found))
    warned = {one.code for one in problems if one.warning}
    for code in case.expect.get("warnings", ()):
        if code not in warned:
            yield Difference("warnings", code, _listed(warned))


def _listed(words: set[str]) -> str:
    return "、".join(sorted(words)) or "—"


def _figures(case: Case, board: Mapping[str, Any]) -> Iterator[Difference]:
    """Every figure the case names, against the board's."""
    units = board["units"]
    for key, found in _READ.items():
        for unit, expected in case.expect.get(key, {}).items():
            yield from _compare(f"{key}.{unit}", expected, found(units[unit]))
    for key, field in (("item_places", "place"), ("item_bottoms", "bottom")):
        for item, by_unit in case.expect.get(key, {}).items():
            for unit, expected in by_unit.items():
                score = units[unit]["items"].get(item, {field: None})
                yield from _compare(f"{key}.{item}.{unit}", expected, score[field])
    for unit, lines in case.expect.get("lines", {}).items():
        yield from _lines(unit, lines, board["lines"])


_READ: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
    "points": lambda unit: unit["points"],
    "items": lambda unit: {item: score["points"] for item, score in unit["items"].items()},
    "exact": lambda unit: unit["exact"],
    "totals": lambda unit: unit["total"],
    "places": lambda unit: unit["place"],
    "bottoms": lambda unit: unit["bottom"],
    "base_places": lambda unit: unit["base_place"],
    "grades": lambda unit: unit["grade"],
}


def _compare(what: str, expected: Any, found: Any) -> Iterator[Difference]:
    if isinstance(expected, Mapping):
        for key, value in expected.items():
            yield from _compare(f"{what}.{key}", value, found.get(key))
    elif str(expected) != _text(found):
        yield Difference(what, str(expected), _text(found))


def _text(value: Any) -> str:
    return "none" if value is None else str(value)


def _lines(unit: str, expected: Sequence[Mapping[str, str]], lines: Any) -> Iterator[Difference]:
    """All lines of each indicator named (and of each kind named without an indicator)."""
    named = {_about(line) for line in expected}
    found = [line for line in lines if line["unit"] == unit and _about(line) in named]
    wanted = sorted(_line_text(line) for line in expected)
    got = sorted(_line_text(line) for line in found)
    if wanted != got:
        yield Difference(f"lines.{unit}", "；".join(wanted), "；".join(got))


def _about(line: Mapping[str, Any]) -> str:
    return line.get("indicator") or f"({line['kind']})"


def _line_text(line: Mapping[str, Any]) -> str:
    part = f"#{line['part']}" if line.get("part") else ""
    return f"{_about(line)}{part} {line['kind']} {line['points']}"


def _sentences(case: Case, board: Board) -> Iterator[Difference]:
    for unit, sentences in case.expect.get("sentences", {}).items():
        text = unit_text(board, unit, "zh")
        for sentence in sentences:
            if sentence not in text:
                yield Difference(f"sentences.{unit}", sentence, text)
