"""Texts that are compared with each other, such as a matter: one spelling for what reads alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leitai.facts.rows import Row
from leitai.signs import alike

_COMPARED: Mapping[str, Sequence[str]] = {
    "events": ["matter"],
    "adjustments": ["matter"],
    "ballots": ["rater", "rater_unit"],
    "heads": ["head"],
    "history": ["head", "unit"],
    "successions": ["predecessor"],
}
_SAME = {"predecessor": "unit"}  # a predecessor is found among the units of earlier years


def one_spelling(tables: Mapping[str, Sequence[Row]]) -> dict[str, Sequence[Row]]:
    """The tables with matters, raters, heads and units of old that only look different made equal.

    They differ in blanks, width or case. Of several spellings the one that sorts first stays,
    whatever the order of rows.
    """
    spelling: dict[tuple[str, str], str] = {}
    for table, columns in _COMPARED.items():
        for column in columns:
            for word in {row[column] for row in tables.get(table, ())}:
                key = _key(column, word)
                spelling[key] = min(word, spelling.get(key, word))
    return {t: [_spelt(row, _COMPARED.get(t, ()), spelling) for row in tables[t]] for t in tables}


def _key(column: str, word: str) -> tuple[str, str]:
    return _SAME.get(column, column), alike(word)


def _spelt(row: Row, columns: Sequence[str], spelling: Mapping[tuple[str, str], str]) -> Row:
    words = {column: spelling[_key(column, row[column])] for column in columns if row[column]}
    changed = {column: word for column, word in words.items() if row[column] != word}
    return row.having(**changed) if changed else row
