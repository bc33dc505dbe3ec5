"""Texts that are compared with each other, such as a matter: one spelling for what reads alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leitai.facts.rows import Row
from leitai.signs import alike

_COMPARED: Mapping[str, str] = {"events": "matter", "adjustments": "matter", "ballots": "rater"}


def one_spelling(tables: Mapping[str, Sequence[Row]]) -> dict[str, Sequence[Row]]:
    """The tables with matters and raters that differ only in blanks, width or case made equal.

    Of several spellings the one that sorts first stays, whatever the order of rows.
    """
    spelling: dict[tuple[str, str], str] = {}
    for table, column in _COMPARED.items():
        for word in sorted({row[column] for row in tables.get(table, ())}):
            key = (column, alike(word))
            spelling[key] = min(word, spelling.get(key, word))
    return {table: _spelt(rows, _COMPARED.get(table), spelling) for table, rows in tables.items()}


def _spelt(
    rows: Sequence[Row], column: str | None, spelling: Mapping[tuple[str, str], str]
) -> Sequence[Row]:
    if column is None:
        return rows
    wanted = [(row, spelling[column, alike(row[column])]) for row in rows]
    return [row if row[column] == word else row.having(**{column: word}) for row, word in wanted]
