"""A made round: scheme, units and facts as the plain texts a YAML file and tables would hold."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from leitai.board import Board
from leitai.evaluate import evaluate
from leitai.facts.round import Round, assemble
from leitai.facts.rows import Row
from leitai.problems import Problem, blocking
from leitai.scheme.document import Node
from leitai.scheme.read import scheme_from
from leitai.seal.plain import plain_board

Cells = dict[str, str]


@dataclass(frozen=True)
class Made:
    """One round as plain texts. Every row of facts carries its id; `year` is "" for no year."""

    scheme: dict[str, Any]
    units: list[Cells]
    facts: dict[str, list[Cells]]
    year: str = ""

    def copied(self) -> Made:
        """The same, free to be changed."""
        return copy.deepcopy(self)

    def with_units(self, units: list[Cells]) -> Made:
        """The same with another list of units."""
        return replace(self, units=units)

    def with_rows(self, **tables: list[Cells]) -> Made:
        """The same with some tables replaced."""
        return replace(self, facts={**self.facts, **tables})

    def with_facts(self, facts: dict[str, list[Cells]]) -> Made:
        """The same with other facts altogether."""
        return replace(self, facts=facts)

    def rows(self, table: str) -> list[Cells]:
        """The rows of a table."""
        return self.facts.get(table, [])

    def indicator(self, name: str) -> dict[str, Any]:
        """An indicator of the scheme."""
        return next(one for one in self.scheme["indicators"] if one["id"] == name)

    def kind(self, indicator: str) -> str:
        """The kind of an indicator's measure."""
        return str(self.indicator(indicator)["measure"]["kind"])

    def series_of(self, unit: str) -> dict[str, Any]:
        """The series of a unit."""
        row = next(row for row in self.units if row["unit"] == unit)
        return next(one for one in self.scheme["series"] if one["id"] == row["series"])

    def sheet_of(self, unit: str) -> dict[str, Any]:
        """The sheet a unit is judged on: full marks inside, and `outside`."""
        series = self.series_of(unit)
        own = series.get("own_sheets", {})
        return dict(self.scheme["sheets"][own.get(unit, series["sheet"])])

    def marks(self, unit: str) -> dict[str, str]:
        """The full marks inside the unit's sheet."""
        return {name: text for name, text in self.sheet_of(unit).items() if name != "outside"}

    def group_of(self, unit: str) -> str:
        """The id of the unit's comparison group, as a board writes it."""
        row = next(row for row in self.units if row["unit"] == unit)
        return f"{row['series']}/{row['group']}" if row.get("group") else row["series"]

    def groups(self) -> dict[str, list[str]]:
        """The units of each comparison group."""
        found: dict[str, list[str]] = {}
        for row in self.units:
            found.setdefault(self.group_of(row["unit"]), []).append(row["unit"])
        return found

    def entries(self, *kinds: str) -> list[Cells]:
        """Approved adjustment entries of some kinds."""
        bodies = self.scheme.get("adjustments", {})
        return [
            row
            for row in self.rows("adjustments")
            if row.get("approved") and bodies[row["adjustment"]]["kind"] in kinds
        ]


def node_of(value: object, where: str = "scheme") -> Node:
    """Plain texts as the located nodes a YAML file would give."""
    if isinstance(value, Mapping):
        return Node({key: node_of(one, f"{where}.{key}") for key, one in value.items()}, where)
    if isinstance(value, list):
        return Node([node_of(one, f"{where}.{n}") for n, one in enumerate(value)], where)
    assert isinstance(value, str), (where, value)
    return Node(value, where)


def assembled(made: Made) -> tuple[Round | None, list[Problem]]:
    """The round as the engine reads it, or the Problems of its scheme and tables."""
    scheme, problems = scheme_from(node_of(made.scheme))
    if scheme is None or blocking(problems):
        return None, problems
    units = [Row("units", row["unit"], row["unit"], row) for row in made.units]
    tables = {
        table: [Row(table, row["id"], row["id"], row) for row in rows]
        for table, rows in made.facts.items()
    }
    round_, found = assemble("random", "随机一期", scheme, units, tables, made.year)
    return (None if blocking(found) else round_), [*problems, *found]


def evaluated(made: Made) -> tuple[Round | None, Board | None, list[Problem]]:
    """The board of a made round, or the Problems that block it."""
    round_, problems = assembled(made)
    if round_ is None:
        return None, None, blocking(problems)
    board, found = evaluate(round_)
    return round_, board, blocking(found)


def board_of(made: Made) -> Board:
    """The board of a round that must have one."""
    _, board, problems = evaluated(made)
    assert board is not None, problems
    return board


def plain_of(made: Made) -> dict[str, Any]:
    """The same board as plain JSON."""
    return plain_board(board_of(made))


def codes_of(made: Made) -> set[str]:
    """The codes of the Problems that block a round."""
    _, board, problems = evaluated(made)
    assert (board is None) == bool(problems)
    return {one.code for one in problems}
