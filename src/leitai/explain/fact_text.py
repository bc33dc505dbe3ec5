"""A fact in words: its cells under their headings, ids as names."""

from __future__ import annotations

from collections.abc import Iterator

from leitai.facts.round import Round
from leitai.facts.rows import Row
from leitai.facts.settle import adjustment_names, level_names
from leitai.facts.tables import TABLES, Column

_NAMED = ("unit", "rater_unit", "predecessor", "indicator", "adjustment")


def table_name(table: str, lang: str) -> str:
    """What a table is called."""
    return TABLES[table].zh if lang == "zh" else table


def heading(column: Column, lang: str) -> str:
    """What a column is called."""
    return column.zh if lang == "zh" else column.name


def fact_cells(round_: Round, row: Row, lang: str) -> Iterator[tuple[str, str]]:
    """The cells that say something under their headings, ids as names."""
    names = {one.id: one.name for one in round_.units.values()}
    names.update({one.id: one.name for one in round_.scheme.indicators.values()})
    names.update(adjustment_names(round_.scheme))
    levels = level_names(round_.scheme)
    for column in TABLES[row.table].columns:
        text = row[column.name]
        if text:
            shown = names.get(text, text) if column.name in _NAMED else text
            shown = levels.get(text, text) if column.name == "grade" else shown
            yield heading(column, lang), shown
