"""Problems of a scheme that came from a workbook, with the names that stand in the workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from leitai.problems import Problem
from leitai.workbook.labels import SETTINGS
from leitai.workbook.notation import Labels
from leitai.workbook.reading import Reading
from leitai.workbook.tables import TABLES


def in_words(one: Problem, reading: Reading) -> Problem:
    """The Problem, a setting's name followed by what the workbook calls it."""
    key = one.args.get("key", "")
    name = _name(key, one.where, reading)
    if not name:
        return one
    return replace(one, args={**one.args, "key": f"{name}/{key}"})


def _name(key: str, where: str, reading: Reading) -> str:
    if where in reading.measures:
        return dict(_all(reading.measures[where])).get(key, "")
    tables = (key for key, one in reading.tables.items() if where.startswith(f"{one.place}!"))
    return next(map(_names, tables), {}).get(key, "")


def _names(table: str) -> dict[str, str]:
    """What a sheet calls its settings."""
    if table == "settings":
        return {path[-1]: label.name for path, label in SETTINGS.items()}
    return {column.key: column.name for column in TABLES[table].columns}


def _all(labels: Labels) -> Iterator[tuple[str, str]]:
    """Every setting's name, those of parts included."""
    for key, label in labels.items():
        yield key, label.name
        yield from _all(label.parts)
