"""Rounds and boards as plain JSON values (docs/case-format.md)."""

from __future__ import annotations

from typing import Any

from leitai import __version__
from leitai.board import Board, ItemScore, Result
from leitai.facts.round import Round
from leitai.facts.rows import Row
from leitai.ledger import Line
from leitai.points import PointScale, decimal_text
from leitai.problems import Problem
from leitai.seal.digest import board_digest, round_digests
from leitai.year import Outcomes


def plain_round(round_: Round) -> dict[str, Any]:
    """What the recount reads: texts as typed, names as ids, no defaults filled in."""
    return {
        "format": "leitai-round-1",
        "round": {"round": round_.id, "name": round_.name, **_year_of(round_)},
        "scheme": round_.scheme.plain,
        "units": [
            {
                "unit": unit.id,
                "name": unit.name,
                "series": unit.series,
                "group": unit.group.partition("/")[2],
            }
            for unit in round_.units.values()
        ],
        "facts": {
            table: [_row(row) for row in rows] for table, rows in round_.in_rows().facts.items()
        },
    }


def _year_of(round_: Round) -> dict[str, str]:
    return {"year": round_.year} if round_.year else {}


def _row(row: Row) -> dict[str, str]:
    """A row's cells; beside an id of its own stands the row's place, else the place is its id."""
    at = {"at": row.where} if row["id"] else {}
    cells = {key: text for key, text in row.cells.items() if text and key != "id"}
    return {"id": row.id, **at, **cells}


def plain_board(board: Board) -> dict[str, Any]:
    """The board as its readers keep it: what it says, the digests that seal it, who made it."""
    made = {**plain_figures(board), "digests": round_digests(plain_round(board.round))}
    made["digests"]["board"] = board_digest(made)
    return {**made, "engine": __version__}


def plain_figures(board: Board) -> dict[str, Any]:
    """What a board says, unsealed: figures, lines and warnings."""
    return {
        "format": "leitai-board-1",
        "round": board.round.id,
        "made_up": board.round.scheme.made_up,
        "units": {unit: _unit(board, result) for unit, result in board.results.items()},
        "lines": [_line(line, board.round.scheme.scale) for line in board.ledger],
        "warnings": [plain_problem(one) for one in board.warnings],
        **({"year": _outcomes(board.outcomes)} if board.outcomes else {}),
    }


def _outcomes(made: Outcomes) -> dict[str, Any]:
    return {
        "year": str(made.facts.year),
        "heads": dict(made.facts.heads),
        "rewards": {
            unit: {
                "headcount": one.headcount,
                "coefficient": one.coefficient,
                "amount": one.amount,
            }
            for unit, one in made.rewards.items()
        },
        "consequences": {
            unit: {"rule": one.rule, "then": one.then, "run": one.run, "head": one.head or None}
            for unit, one in made.consequences.items()
        },
    }


def _unit(board: Board, result: Result) -> dict[str, Any]:
    scheme = board.round.scheme
    sheet = scheme.sheet_of(result.unit, board.round.units[result.unit].series)
    points = {
        indicator: board.points_of(result.unit, indicator)
        for indicator in (*sheet.full, *sheet.outside)
    }
    return {
        "group": result.group,
        "points": {name: scheme.scale.show(p) for name, p in points.items() if p is not None},
        "items": {item: _item(score, scheme.scale) for item, score in result.items.items()},
        "bonus": scheme.scale.show(result.bonus),
        "exact": scheme.scale.show(result.exact),
        "total": decimal_text(result.total, scheme.total_places),
        "base_place": result.base_place,
        "base_bottom": result.base_bottom,
        "place": result.place,
        "bottom": result.bottom,
        "grade": result.grade,
    }


def _item(score: ItemScore, scale: PointScale) -> dict[str, Any]:
    return {"points": scale.show(score.units), "place": score.place, "bottom": score.bottom}


def _line(line: Line, scale: PointScale) -> dict[str, Any]:
    made: dict[str, Any] = {
        "unit": line.unit,
        "item": line.item or None,
        "indicator": line.indicator or None,
        "kind": line.kind,
        "points": scale.show(line.units),
        "source": line.source or None,
    }
    return {**made, "part": line.part} if line.part else made


def plain_problem(one: Problem) -> dict[str, str]:
    """A Problem or warning: code, place and arguments."""
    return {"code": one.code, "where": one.where, **one.args}
