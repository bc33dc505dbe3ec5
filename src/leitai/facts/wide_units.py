"""The units of a wide table: ids, names, series and groups of a great many at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from leitai.facts.settle import id_of
from leitai.facts.units import UnitColumns
from leitai.near import near
from leitai.problems import Problem, Refused, problem
from leitai.scheme.model import Scheme
from leitai.scheme.readers import id_of_thing
from leitai.signs import quoted

ABOUT = ("unit", "name", "series", "group")
_ID = r"^[\p{L}\p{N}_.\-]+$"
_UNSEEN = r"^\s|\s$|^$|[\p{C}\p{Zl}\p{Zp}]"
_TOLD = 20  # cells of one column; more would bury the others


@dataclass(frozen=True)
class Cells:
    """Where the cells of a table stand.

    `rows` are the numbers its rows have in the whole table, from 0, where it is only a part of it.
    """

    where: str
    rows: pl.Series | None = None

    def at(self, column: str, row: int) -> str:
        """The place of a cell: rows count from 1, as they have no heading of their own."""
        number: int = row if self.rows is None else self.rows[row]
        return f"{self.where}!{column}!{number + 1}"


def wide_units(
    table: pl.DataFrame, scheme: Scheme, cells: Cells
) -> tuple[UnitColumns, list[Problem]]:
    """The units; ids and names that are none or doubled, unknown series and groups as Problems."""
    problems = [one for column in ("unit", "name") for one in _refused(table[column], cells)]
    problems += _doubled(table["unit"], table["name"], cells)
    problems += _strange_ids(table["unit"], cells)
    series, found = _series(table["series"], scheme, cells)
    groups, more = _groups(table, series, scheme, cells)
    names = tuple(scheme.series), tuple(scheme.group_names())
    units = UnitColumns(table["unit"], table["name"], series, groups, *names)
    return units, [*problems, *found, *more]


def _refused(texts: pl.Series, cells: Cells) -> Iterator[Problem]:
    """Texts that are blank or hold signs nobody sees."""
    for at in first(texts.str.contains(_UNSEEN).fill_null(True)):
        yield problem("wide.text-refused", cells.at(texts.name, at), heading=texts.name)


def _doubled(ids: pl.Series, names: pl.Series, cells: Cells) -> Iterator[Problem]:
    """Ids and names that stand higher up already."""
    for at in first(_again(ids)):
        yield problem("fact.unit-doubled", cells.at("unit", at), unit=quoted(ids[at]))
    spelt = names.str.to_lowercase()
    for at in first(_again(names)):
        owner = ids[(spelt == spelt[at]).arg_max()]
        words = {"unit": quoted(names[at]), "first": quoted(owner or "")}
        yield problem("fact.unit-unclear", cells.at("name", at), **words)


def _again(texts: pl.Series) -> pl.Series:
    return ~texts.str.to_lowercase().is_first_distinct() & texts.is_not_null()


def _strange_ids(ids: pl.Series, cells: Cells) -> Iterator[Problem]:
    """Ids with other signs than an id has; rules §3."""
    for at in first(~ids.str.contains(_ID).fill_null(True)):
        try:
            id_of_thing(ids[at])
        except Refused as refused:
            yield refused.at(cells.at("unit", at))


def first(mask: pl.Series) -> Sequence[int]:
    """Where a mask holds, as often as a reader wants to be told."""
    found: list[int] = mask.arg_true().head(_TOLD).to_list()
    return found


def _series(texts: pl.Series, scheme: Scheme, cells: Cells) -> tuple[pl.Series, list[Problem]]:
    """The number of each unit's series."""
    names = {key: one.name for key, one in scheme.series.items()}
    numbers = {key: number for number, key in enumerate(scheme.series)}
    stated = {text: numbers.get(id_of(text or "", names)) for text in texts.unique()}
    found = _numbered(texts.to_frame(), stated)
    words = [*names, *names.values()]
    return found, [
        problem(
            "fact.series-unknown", cells.at("series", at),
            series=quoted(texts[at] or ""), near=near(texts[at] or "", words),
        )
        for at in first(found.is_null())
    ]  # fmt: skip


def _groups(
    table: pl.DataFrame, series: pl.Series, scheme: Scheme, cells: Cells
) -> tuple[pl.Series, list[Problem]]:
    """The number of each unit's group; a series without groups is one of its own."""
    numbers = {name: number for number, name in enumerate(scheme.group_names())}
    texts = table["group"] if "group" in table.columns else pl.Series([""] * len(table))
    pairs = pl.DataFrame({"series": series, "group": texts.fill_null("")})
    known = list(scheme.series.values())
    stated: dict[object, int | None] = {}
    for number, text in pairs.unique().drop_nulls().iter_rows():
        group = id_of(text, known[number].groups)
        stated[number, text] = numbers.get(
            f"{known[number].id}/{group}" if group else known[number].id
        )
    found = _numbered(pairs, stated)
    return found, [
        problem(
            "fact.group-unknown", cells.at("group", at), group=quoted(pairs["group"][at]),
            series=known[series[at]].name, near=near(pairs["group"][at], known[series[at]].groups),
        )
        for at in first(found.is_null() & series.is_not_null())
    ]  # fmt: skip


def _numbered(stated: pl.DataFrame, numbers: Mapping[object, int | None]) -> pl.Series:
    """The number of what each row states, null where it is none."""
    keys = [key if isinstance(key, tuple) else (key,) for key in numbers]
    known = pl.DataFrame(keys, schema=stated.schema, orient="row").with_columns(
        pl.Series("number", list(numbers.values()), dtype=pl.UInt32)
    )
    return stated.join(known, on=stated.columns, how="left", maintain_order="left")["number"]
