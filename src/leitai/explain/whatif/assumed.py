"""What a what-if assumes: every change as it was carried out, what stood there before beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from leitai.explain.fact_text import fact_cells, heading, table_name
from leitai.explain.whatif.changes import Change, Setting
from leitai.explain.whatif.paths import found_at
from leitai.explain.words import joined, say
from leitai.facts.round import Round
from leitai.facts.rows import Row
from leitai.facts.tables import TABLES
from leitai.scheme.document import Plain

_KEYS = ("unit", "indicator")
_FIGURES = [one for one in TABLES["values"].columns if one.name not in _KEYS]
_MEASURED = ("actual", "target", "previous")
_ASIDE = ("id", "by", "source")  # who said it where is not what is assumed
Rounds = tuple[Round, Round]


@dataclass(frozen=True)
class Assumed:
    """One change: `code` picks the sentence (assume.…), `args` are ids, texts and cells."""

    code: str
    args: Mapping[str, Any]


def assumed(rounds: Rounds, changes: Sequence[Change]) -> tuple[Assumed, ...]:
    """What was changed from one round to the other; nothing where it stood there already.

    Facts are those that differ, whatever was typed; settings are told as they were addressed.
    """
    before, after = (_rows(one) for one in rounds)
    return (
        *(one for key, row in after.items() if key in before for one in _figures(before[key], row)),
        *(_fact("gone", row) for key, row in before.items() if key not in after),
        *(_fact("added", row) for key, row in after.items() if key not in before),
        *(one for each in changes if isinstance(each, Setting) for one in _setting(rounds, each)),
    )


def _rows(round_: Round) -> dict[tuple[str, str], Row]:
    """Every fact by its table and id."""
    return {(table, row.id): row for table, rows in round_.in_rows().facts.items() for row in rows}


def _figures(before: Row, after: Row) -> Iterator[Assumed]:
    """The figures of a value that differ; rows of other tables are never changed."""
    for column in _FIGURES if before.table == "values" else ():
        old, new = before[column.name], after[column.name]
        if old != new:
            place = {"unit": after["unit"], "indicator": after["indicator"]}
            words = {"column": column.name, "before": old, "after": new}
            yield Assumed("value", {**place, **words})


def _fact(code: str, row: Row) -> Assumed:
    cells = {name: text for name, text in row.cells.items() if text}
    return Assumed(code, {"table": row.table, "id": row.id, "cells": cells})


def _setting(rounds: Rounds, one: Setting) -> Iterator[Assumed]:
    names, before = found_at(rounds[0].scheme.plain, one)
    if before != one.value:
        words = {"path": one.path, "names": names, "before": before, "after": one.value}
        yield Assumed("setting", words)


def assumed_text(rounds: Rounds, one: Assumed, lang: str) -> str:
    """One change as a sentence, ids as names."""
    words = dict(one.args)
    if one.code == "setting":
        words["names"] = joined(lang, words["names"])
        words.update({when: _plain_text(words[when], lang) for when in ("before", "after")})
    elif one.code == "value":
        _name_value(rounds[1], words, lang)
    else:
        row = Row(words["table"], words["id"], "", words["cells"])
        words["cells"] = _cells(rounds[one.code == "added"], row, lang)
        words["table"] = table_name(words["table"], lang)
    return say(lang, f"assume.{one.code}", **words)


def _name_value(round_: Round, words: dict[str, Any], lang: str) -> None:
    indicator = round_.scheme.indicators[words["indicator"]]
    column = next(one for one in _FIGURES if one.name == words["column"])
    measured_in = indicator.unit_of_measure or "" if column.name in _MEASURED else ""
    words.update(unit=round_.name_of(words["unit"]), indicator=indicator.name)
    words["column"] = heading(column, lang)
    for when in ("before", "after"):
        words[when] = words[when] + measured_in if words[when] else say(lang, "assume.blank")


def _cells(round_: Round, row: Row, lang: str) -> str:
    """A row's cells on one line, without who entered it and where."""
    kept = {name: text for name, text in row.cells.items() if name not in _ASIDE}
    told = fact_cells(round_, Row(row.table, row.id, row.where, kept), lang)
    parts = [say(lang, "assume.cell", heading=head, text=text) for head, text in told]
    return ("，" if lang == "zh" else ", ").join(parts)


def _plain_text(value: Plain | None, lang: str) -> str:
    """A setting as it may be typed."""
    if value is None:
        return say(lang, "assume.unwritten")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
