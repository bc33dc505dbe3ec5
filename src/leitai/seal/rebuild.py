"""A round from its plain form, as it was before it was written down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leitai.facts.round import Round, assemble
from leitai.facts.rows import Row
from leitai.problems import Problem, blocking
from leitai.scheme.document import located
from leitai.scheme.read import scheme_from


def round_from_plain(plain: Mapping[str, Any]) -> tuple[Round | None, list[Problem]]:
    """The round that `plain_round` wrote; a changed one may have Problems, located by paths.

    Only where a cell of a workbook or a line of the scheme's file stood is not written down.
    """
    scheme, problems = scheme_from(located(plain["scheme"], "scheme"))
    if scheme is None or blocking(problems):
        return None, problems
    units = [_row("units", {**row, "id": row["unit"]}) for row in plain["units"]]
    tables = {table: [_row(table, row) for row in rows] for table, rows in plain["facts"].items()}
    about = plain["round"]
    round_, found = assemble(
        about["round"], about["name"], scheme, units, tables, about.get("year", "")
    )
    return (None if blocking(found) else round_), [*problems, *found]


def _row(table: str, row: Mapping[str, str]) -> Row:
    """A row as it was read: where it has a place, its id is its own and stands in a cell."""
    own = row.get("at", "")
    cells = {column: text for column, text in row.items() if text and column not in ("at", "id")}
    return Row(table, row["id"], own or row["id"], {**cells, "id": row["id"]} if own else cells)
