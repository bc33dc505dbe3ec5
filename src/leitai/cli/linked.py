"""Linked rounds: boards of quarters and of earlier years become rows of facts (rules §11)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

from leitai.facts.rows import Row
from leitai.problems import Problem, problem, warning
from leitai.scheme.document import Node

Tables: TypeAlias = dict[str, list[Row]]


@dataclass(frozen=True)
class LinkedBoard:
    """A plain board, and the names of its units where the round's folder tells them."""

    plain: Mapping[str, Any]
    names: Mapping[str, str]


OpenBoard: TypeAlias = Callable[[Path], tuple[LinkedBoard | None, list[Problem]]]


@dataclass(frozen=True)
class Links:
    """What a round is linked to, as round.yaml writes it, and whose rows are wanted.

    `units` are the ids of the round's own units; `made_up` says whether its scheme is made up.
    """

    folder: Path
    quarters: Mapping[str, Node]
    history: Sequence[Node]
    units: Collection[str]
    made_up: bool


def linked_rows(links: Links, open_board: OpenBoard) -> tuple[Tables, list[Problem]]:
    """Rows of the tables quarters and history from all linked boards, with every Problem."""
    tables: Tables = {"quarters": [], "history": []}
    problems: list[Problem] = []
    taken = dict.fromkeys(links.quarters)
    for quarter, node in links.quarters.items():
        board = _opened(links, node, open_board, problems)
        if board is not None:
            problems += _other_round(quarter, board, node, taken)
            taken[board.plain["round"]] = None
            tables["quarters"] += _quarter_rows(quarter, board, node, links.units)
    for node in links.history:
        board = _opened(links, node, open_board, problems)
        if board is not None and "year" not in board.plain:
            problems.append(problem("linked.not-annual", node.where, path=node.text))
        elif board is not None:
            tables["history"] += _history_rows(board, node, links.units)
    return {name: rows for name, rows in tables.items() if rows}, problems


def _opened(
    links: Links, node: Node, open_board: OpenBoard, problems: list[Problem]
) -> LinkedBoard | None:
    """The board at a path of round.yaml; what is wrong with it is told with that path."""
    path = node.text or ""
    board, found = open_board(links.folder / path)
    problems += [_located(one, path, node.where) for one in found]
    if board is not None and board.plain["made_up"] and not links.made_up:
        problems.append(problem("linked.made-up", node.where, path=path))
    return board


def _located(one: Problem, path: str, where: str) -> Problem:
    """A Problem of the link itself at its line, one inside the linked round behind its path."""
    if one.code.startswith("linked.") and not one.where:
        return replace(one, where=where, args={"path": path, **one.args})
    return replace(one, where=f"{path}/{one.where}" if one.where else path)


def _other_round(
    quarter: str, board: LinkedBoard, node: Node, taken: Collection[str]
) -> list[Problem]:
    """A quarter linked to something else: a warning, but no round may count for two quarters."""
    found = board.plain["round"]
    if found == quarter:
        return []
    words = {"quarter": quarter, "path": node.text, "found": found}
    if found in taken:
        return [problem("linked.quarter-twice", node.where, **words)]
    return [warning("linked.other-round", node.where, **words)]


def _quarter_rows(
    quarter: str, board: LinkedBoard, node: Node, units: Collection[str]
) -> Iterator[Row]:
    """The grade of each unit that was in the quarter and is in the year."""
    for unit, figures in board.plain["units"].items():
        if unit in units:
            cells = {"unit": unit, "quarter": quarter, **_graded(figures)}
            yield Row("quarters", f"{quarter}/{unit}", node.text or "", cells)


def _graded(figures: Mapping[str, Any]) -> dict[str, str]:
    if figures["grade"] is not None:
        return {"grade": figures["grade"]}
    reason = "当季不参加排名" if figures["place"] is None else "当季没有评等次"
    return {"grade": "not-assessed", "reason": reason}


def _history_rows(board: LinkedBoard, node: Node, units: Collection[str]) -> Iterator[Row]:
    """How each unit stood in that year, under its head of that year."""
    year = board.plain["year"]
    for unit, figures in board.plain["units"].items():
        cells = {
            # one that is unknown today is called as successions call it: by its name
            "unit": unit if unit in units else board.names.get(unit, unit),
            "year": year["year"],
            **{name: str(figures[name] or "") for name in _STANDING},
            "head": year["heads"].get(unit, ""),
        }
        told = {name: text for name, text in cells.items() if text}
        yield Row("history", f"{board.plain['round']}/{unit}", node.text or "", told)


_STANDING = ("place", "bottom", "base_place", "base_bottom", "grade", "total")
