"""Headings and names in both languages: which table, which column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from leitai.facts.grid import Grid
from leitai.facts.tables import TABLES, Column, Table
from leitai.near import near
from leitai.problems import Problem, problem
from leitai.signs import REMEMBERED, clean_text, half_width, quoted

ROWS_SEARCHED = 10
_HINT = re.compile(r"[(\[【〔].*", re.DOTALL)
_UNIMPORTANT = re.compile(r"[\s_*-]+")
_FOR_READERS = {"序号", "no.", "备注", "remarks"}  # columns that state no fact
_NAMES = sorted(  # the longest first, so that a name that begins like another is found
    ((word, table) for table in TABLES.values() for word in (table.name, table.zh, *table.others)),
    key=lambda pair: -len(pair[0]),
)


@dataclass(frozen=True)
class Headings:
    """The heading row of a table: its number, and the names of columns by the column's number.

    `headed` are all columns under some heading, those with an unknown one included.
    """

    row: int
    columns: Mapping[int, str]
    headed: frozenset[int]


def table_named(name: str) -> Table | None:
    """The table a file or sheet is named after: values, values-agri, 扣分, 扣分表."""
    key = half_width(clean_text(name)).casefold()
    return next((table for word, table in _NAMES if _starts_with(key, word)), None)


def _starts_with(key: str, word: str) -> bool:
    rest = key.removeprefix(word)
    if rest == key:
        return False
    return not rest or rest[0] in "-_" or not word.isascii()


def table_unknown(name: str, where: str) -> Problem:
    """The Problem of a file or sheet whose table nothing tells."""
    return problem("fact.table-unknown", where, name=quoted(name), near=near(name, dict(_NAMES)))


def table_by_headings(grid: Grid) -> Table | None:
    """The table whose required columns all have a heading, and of which most headings are known.

    None where no table or no single one is so. Tables that require one column only do not take
    part: one heading says too little.
    """
    tables = [table for table in TABLES.values() if len(table.required) > 1]
    counts = [(_known_headings(grid, table), table) for table in tables]
    most = max(count for count, _ in counts)
    best = [table for count, table in counts if count == most]
    return best[0] if most and len(best) == 1 else None


def _known_headings(grid: Grid, table: Table) -> int:
    """How many headings the table knows, 0 where a required one is absent."""
    found = _known(grid, _heading_row(grid, table), table)
    return len(found) if set(table.required) <= set(found) else 0


def read_headings(grid: Grid, table: Table) -> tuple[Headings, list[Problem]]:
    """The heading row, with Problems for unknown, doubled and missing headings."""
    row = _heading_row(grid, table)
    texts = grid.texts(row)
    columns: dict[int, str] = {}
    problems: list[Problem] = []
    for number, heading in texts.items():
        column = _column(table, heading)
        if heading_key(heading) in _FOR_READERS:
            continue
        if column is None:
            problems.append(_unknown(grid.spot(row, number), heading, table))
        elif column.name in columns.values():
            where = grid.spot(row, number)
            problems.append(problem("fact.heading-doubled", where, heading=quoted(heading)))
        else:
            columns[number] = column.name
    problems += _missing(grid.where(row), table, columns.values())
    return Headings(row, columns, frozenset(texts)), problems


def _unknown(where: str, heading: str, table: Table) -> Problem:
    known = [word for column in table.columns for word in (column.name, column.zh)]
    words = {
        "heading": quoted(heading),
        "table": table.zh,
        "table_name": table.name,
        "near": near(heading, known),
    }
    return problem("fact.heading-unknown", where, **words)


def _missing(where: str, table: Table, present: Iterable[str]) -> list[Problem]:
    names = set(present)
    if "coefficient" in names:
        names.add("actual")  # panels may have a coefficient and no value at all
    return [
        problem(
            "fact.heading-missing",
            where,
            column=column.zh,
            column_name=column.name,
            table=table.zh,
            table_name=table.name,
        )
        for column in table.required
        if column.name not in names
    ]


def _heading_row(grid: Grid, table: Table) -> int:
    """The first of the first ten rows with two headings the table knows; a title may stand above.

    Without such a row the first with one (零报告 needs no more), without that the first row.
    """
    rows = [row for row in grid.rows if row <= ROWS_SEARCHED]
    known = {row: len(_known(grid, row, table)) for row in rows}
    for wanted in (2, 1, 0):
        for row in rows:
            if known[row] >= wanted:
                return row
    return 1


def _known(grid: Grid, row: int, table: Table) -> list[Column]:
    found = (_column(table, heading) for heading in grid.texts(row).values())
    return [column for column in found if column]


def _column(table: Table, heading: str) -> Column | None:
    key = heading_key(heading)
    return next((one for one in table.columns if key in (heading_key(one.name), one.zh)), None)


@lru_cache(maxsize=REMEMBERED)
def heading_key(heading: str) -> str:
    """A heading without what does not matter: 实际值（个）* → 实际值, Rater Group → ratergroup."""
    return _UNIMPORTANT.sub("", _HINT.sub("", half_width(heading))).casefold()
