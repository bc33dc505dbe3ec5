"""What a round and a board say whatever the order, the files and the places it was said in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from leitai.seal.canonical import Unordered, canonical

Plain = Mapping[str, Any]
# Lists of a scheme whose order says nothing. That of every other list does: levels, bands, tables
# by place, brackets, parts of a chain, tie-breakers, approval.
SETS = frozenset(
    {"indicators", "series", "campaigns", "rated_by", "dont_know", "quarters", "consequences"}
)
# Where "first entered" among equals falls back on the order of reading (§4 award, §9 bonus), and
# between which rows: those that agree in these columns.
_READ_FIRST: Mapping[str, tuple[str, ...]] = {
    "events": ("unit", "indicator", "matter", "entered"),
    "adjustments": ("unit", "matter", "entered"),
}
_SEALED = ("format", "round", "made_up", "units", "year")
_COMPARED = ("unit", "item", "indicator", "part", "kind", "points")


def unordered_scheme(scheme: Any) -> Any:
    """A scheme's plain form, the lists marked whose order says nothing."""
    if isinstance(scheme, list):
        return [unordered_scheme(one) for one in scheme]
    if isinstance(scheme, str):
        return scheme
    made = {key: unordered_scheme(one) for key, one in scheme.items()}
    return {
        key: Unordered(one) if key in SETS and isinstance(one, list) else one
        for key, one in made.items()
    }


def unordered_facts(round_: Plain) -> Plain:
    """A plain round without its scheme, its units and rows marked as having no order.

    Blank cells and tables without rows are left out, and so is where a row stood.
    """
    return {
        "round": round_["round"],
        "units": Unordered(_cells(row) for row in round_["units"]),
        "facts": {
            table: Unordered(_rows(table, rows)) for table, rows in round_["facts"].items() if rows
        },
    }


def unordered_board(board: Plain) -> Plain:
    """What the recount confirms of a plain board, with the digests of what it was made of."""
    digests = board["digests"]
    return {
        **{key: board[key] for key in _SEALED if key in board},
        "digests": {key: digests[key] for key in ("scheme", "facts")},
        "lines": Unordered(
            {key: line[key] for key in _COMPARED if key in line} for line in board["lines"]
        ),
    }


def _rows(table: str, rows: Sequence[Plain]) -> list[dict[str, str]]:
    """The rows without their places; those that were read first where that decides say so."""
    made = [_cells(row) for row in rows]
    columns = _READ_FIRST.get(table, ())
    equals: dict[bytes, list[dict[str, str]]] = defaultdict(list)
    for row in made if columns else ():
        if row.get("matter"):
            equals[canonical([row.get(column, "") for column in columns])].append(row)
    for several in (found for found in equals.values() if len(found) > 1):
        for number, row in enumerate(several, start=1):
            row["read"] = str(number)
    return made


def _cells(row: Plain) -> dict[str, str]:
    """A row's cells: an id that is its place is none (`at` stands beside an own one)."""
    left_out = ("at",) if row.get("at") else ("at", "id")
    return {column: text for column, text in row.items() if text and column not in left_out}
