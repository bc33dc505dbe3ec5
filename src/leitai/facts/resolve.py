"""Names of units and indicators become ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leitai.facts.names import Names, names_of
from leitai.facts.rows import Row
from leitai.facts.tables import TABLES
from leitai.near import near_name
from leitai.problems import Problem, problem
from leitai.signs import quoted

Tables = dict[str, list[Row]]
_CODES = {
    "unit": ("fact.unit-unknown", "fact.unit-ambiguous"),
    "indicator": ("fact.indicator-unknown", "fact.indicator-ambiguous"),
}
_STRANGERS = {  # cells that may name a unit of elsewhere, or of old
    ("ballots", "rater_unit"),
    ("history", "unit"),
    ("successions", "predecessor"),
}


def resolve(
    rows: Mapping[str, Sequence[Row]], units: Mapping[str, str], indicators: Mapping[str, str]
) -> tuple[Tables, list[Problem]]:
    """The same tables with ids for names, and every Problem with names.

    `units` and `indicators` are names by id. A row with a Problem is left out. A rater's unit may
    be unknown, since raters also come from outside, and so may a unit of earlier years.
    The table `units` itself is handed on as it is.
    """
    known = {
        "unit": names_of(units),
        "rater_unit": names_of(units),
        "predecessor": names_of(units),
        "indicator": names_of(indicators),
    }
    tables: Tables = {}
    problems: list[Problem] = []
    for table, unresolved in rows.items():
        if table == "units":
            tables[table] = list(unresolved)
            continue
        tables[table], found = _resolve_all(unresolved, known)
        problems += found
    return tables, problems


def _resolve_all(
    rows: Sequence[Row], known: Mapping[str, Names]
) -> tuple[list[Row], list[Problem]]:
    resolved: list[Row] = []
    problems: list[Problem] = []
    for row in rows:
        ids, found = _resolve_row(row, known)
        problems += found
        if not found:
            resolved.append(row.having(**ids))
    return resolved, problems


def _resolve_row(row: Row, known: Mapping[str, Names]) -> tuple[dict[str, str], list[Problem]]:
    ids: dict[str, str] = {}
    problems = blanks(row)
    for column, names in known.items():
        if row[column]:
            meant = names.meant(row[column])
            if len(meant) == 1:
                ids[column] = meant[0]
            elif meant or (row.table, column) not in _STRANGERS:
                problems.append(_unresolved(row, column, names, meant))
    return ids, problems


def blanks(row: Row) -> list[Problem]:
    """Cells that every row of the table needs and this one lacks."""
    return [
        problem("fact.cell-blank", row.spot(one.name), column=one.zh, column_name=one.name)
        for one in TABLES[row.table].needed
        if not row[one.name]
    ]


def _unresolved(row: Row, column: str, names: Names, meant: tuple[str, ...]) -> Problem:
    word, where = row[column], row.spot(column)
    kind = "indicator" if column == "indicator" else "unit"
    unknown, ambiguous = _CODES[kind]
    if meant:
        return problem(ambiguous, where, **{kind: quoted(word), "ids": ", ".join(meant)})
    return problem(unknown, where, **{kind: quoted(word), "near": near_name(word, names.words)})
