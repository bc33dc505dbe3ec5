"""Rows that state the same thing twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from leitai.facts.rows import Row
from leitai.facts.tables import TABLES
from leitai.problems import Problem, problem, warning
from leitai.signs import quoted

_ONCE: Mapping[str, tuple[str, ...]] = {  # what may stand only once in a table
    "values": ("unit", "indicator"),
    "exemptions": ("unit", "indicator"),
    "tallies": ("unit", "indicator", "group"),
    "previous": ("unit", "about"),
    "quarters": ("unit", "quarter"),
    "heads": ("unit",),
    "headcounts": ("unit",),
    "history": ("unit", "year"),
    "successions": ("unit", "year"),
    "frame": ("stratum",),
    "ballots": ("rater", "unit", "indicator"),
}


_ALIKE: Mapping[str, tuple[str, ...]] = {  # what may be meant twice, or pasted twice by mistake
    "events": ("unit", "indicator", "points", "reason", "matter", "entered"),
    "adjustments": ("unit", "adjustment", "amount", "reason", "matter", "entered"),
    "late": ("unit", "about", "days", "reason", "entered"),
    "answers": ("unit", "indicator", "stratum", "channel", "answer", "count"),
}


def doubles(
    tables: Mapping[str, Sequence[Row]], names: Mapping[str, str]
) -> tuple[dict[str, Sequence[Row]], list[Problem]]:
    """The tables without rows that repeat an id or a fact, each of which is a Problem.

    `names` are the names of units and indicators by id, as messages call them.
    """
    kept: dict[str, Sequence[Row]] = {}
    problems: list[Problem] = []
    for table, rows in tables.items():
        kept[table], found = _without_doubles(table, rows, names)
        problems += found
    return kept, problems


def _without_doubles(
    table: str, rows: Sequence[Row], names: Mapping[str, str]
) -> tuple[list[Row], list[Problem]]:
    kept: list[Row] = []
    problems: list[Problem] = []
    ids: dict[str, Row] = {}
    facts: dict[tuple[str, ...], Row] = {}
    for row in rows:
        fact = tuple(row[column] for column in _ONCE.get(table, ()))
        earlier_id = ids.setdefault(row.id, row)
        earlier_fact = facts.setdefault(fact, row) if fact else row
        if earlier_id is not row:
            problems.append(_id_doubled(row, earlier_id))
        if earlier_fact is not row:
            problems.append(_fact_doubled(table, row, earlier_fact, names))
        if earlier_id is row and earlier_fact is row:
            kept.append(row)
    return kept, [*problems, *_alike(table, kept, names)]


def _alike(table: str, rows: Sequence[Row], names: Mapping[str, str]) -> Iterator[Problem]:
    """Warnings of rows without an id of their own that are alike to the letter."""
    first: dict[tuple[str, ...], Row] = {}
    for row in rows if table in _ALIKE else ():
        cells = tuple(row[column] for column in _ALIKE[table])
        earlier = first.setdefault(cells, row)
        # One file may list single answers one by one; two files that agree may be copies.
        within = table == "answers" and _file(earlier) == _file(row)
        if not row["id"] and earlier is not row and not within:
            same = " · ".join(quoted(names.get(text, text)) for text in cells[:2])
            yield warning("fact.looks-doubled", row.where, same=same, first=first[cells].where)


def _file(row: Row) -> str:
    """The file of a row: "扣分表.xlsx!扣分!7" and "events.csv:7" without what follows."""
    return row.where.partition("!")[0].rpartition(":")[0] or row.where.partition("!")[0]


def _id_doubled(row: Row, first: Row) -> Problem:
    return problem("fact.id-doubled", row.spot("id"), id=quoted(row.id), first=first.where)


def _fact_doubled(table: str, row: Row, first: Row, names: Mapping[str, str]) -> Problem:
    said = {column: quoted(names.get(row[column], row[column])) for column in _ONCE[table]}
    if table == "ballots":
        return problem("fact.ballot-doubled", row.where, **said, first=first.where)
    same = " · ".join(text for text in said.values() if text)
    words = {"table": TABLES[table].zh, "table_name": table, "same": same, "first": first.where}
    return problem("fact.duplicate", row.where, **words)
