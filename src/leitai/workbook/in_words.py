"""Problems of a scheme that came from a workbook, with the names that stand in the workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from leitai.facts.grid import letters
from leitai.problems import Problem, blocking
from leitai.workbook.found import Found
from leitai.workbook.labels import SETTINGS
from leitai.workbook.notation import Labels
from leitai.workbook.reading import Reading
from leitai.workbook.tables import TABLES

_OF_A_ROW = ("scheme.value-refused", "scheme.required", "scheme.too-fine")


def in_words(one: Problem, reading: Reading) -> Problem:
    """The Problem with what the workbook calls a setting, and whose it is where a row says so."""
    key = one.args.get("key", "")
    kind, table = _table(one.where, reading)
    name = _name(key, one.where, kind, reading) or _marks_heading(one.where, table)
    if not name:
        return one
    of = _row(one.where, table)[1]
    if of and one.code in _OF_A_ROW:
        return replace(one, args={"of": of, **one.args, "key": name})
    return replace(one, args={**one.args, "key": f"{name}/{key}"})


def without_consequences(found: Sequence[Problem], reading: Reading) -> list[Problem]:
    """What was found without what follows from a refused cell.

    That are the warnings of its row and, of a mark, that a score sheet has none.
    """
    told = blocking([*found, *reading.problems])
    refused = {_spot(one.where, reading) for one in told} - {("", 0)}
    of_marks = any(_marks_heading(one.where, _table(one.where, reading)[1]) for one in told)
    return [
        one
        for one in found
        if not (one.warning and _spot(one.where, reading) in refused)
        and not (of_marks and one.args.get("quarrel") == "sheet-without-marks")
    ]


def _table(where: str, reading: Reading) -> tuple[str, Found | None]:
    """The table a cell is in."""
    tables = reading.tables.items()
    return next(((k, one) for k, one in tables if where.startswith(f"{one.place}!")), ("", None))


def _row(where: str, table: Found | None) -> tuple[int, str]:
    """The number of a cell's row and the name that stands in it; 0 and "" where there is none."""
    end = where[len(where.rstrip("0123456789")) :]
    rows = table.rows if table else ()
    return next(((r.number, r.text("name")) for r in rows if str(r.number) == end), (0, ""))


def _spot(where: str, reading: Reading) -> tuple[str, int]:
    kind, table = _table(where, reading)
    number = _row(where, table)[0]
    return (kind, number) if number else ("", 0)


def _name(key: str, where: str, kind: str, reading: Reading) -> str:
    """What the workbook calls a setting; "" where it has no name for it."""
    if where in reading.measures:
        return dict(_all(reading.measures[where])).get(key, "")
    return _names(kind).get(key, "") if kind else ""


def _marks_heading(where: str, table: Found | None) -> str:
    """The heading of the marks in a cell."""
    spots = table.marks if table else ()
    for number in spots:
        if table and where.rstrip("0123456789") == f"{table.place}!{letters(number)}":
            return table.heads[number].partition("\n")[0]
    return ""


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
