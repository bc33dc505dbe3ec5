"""A round in one wide table: its units and, a column each, their values (docs/case-format.md)."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import polars as pl

from leitai.facts.numbers import Numbers, filled, lined_up, narrowed, read
from leitai.facts.round import FACTS, Round, strangers, unequal_sheets
from leitai.facts.wide_units import ABOUT, Cells, first, wide_units
from leitai.near import near
from leitai.points import MAX_DIGITS
from leitai.problems import Problem, blocking, problem
from leitai.scheme.model import Scheme
from leitai.signs import quoted


def read_wide(data: bytes, where: str) -> tuple[pl.DataFrame | None, list[Problem]]:
    """The table of a Parquet file."""
    try:
        return pl.read_parquet(BytesIO(data)), []
    except (pl.exceptions.PolarsError, OSError):
        return None, [problem("wide.unreadable", where)]


def assemble_wide(
    round_id: str,
    name: str,
    scheme: Scheme,
    table: pl.DataFrame,
    where: str,
    rows: pl.Series | None = None,
) -> tuple[Round | None, list[Problem]]:
    """A round from its wide table, every Problem with its column and row.

    `rows` are the numbers of the rows where the table is a part of a larger one.
    """
    problems = [*columns_out_of_place(table, scheme, where)]
    if table.is_empty():
        problems.append(problem("fact.no-units", where))
    if problems:
        return None, problems
    cells = Cells(where, rows)
    units, found = wide_units(table, scheme, cells)
    problems += found
    figures: dict[tuple[str, str], Numbers] = {}
    for column in table.columns:
        if column not in ABOUT:
            indicator, _, fact = column.rpartition(".")
            numbers, found = _numbers(table[column], cells)
            figures[indicator, fact] = numbers
            problems += found
    if blocking(problems):
        return None, problems
    problems += [*strangers(units, scheme), *unequal_sheets(units, scheme)]
    return Round(round_id, name, scheme, units, {}, figures=figures), problems


def columns_out_of_place(table: pl.DataFrame, scheme: Scheme, where: str) -> Iterator[Problem]:
    """Columns that are missing, unknown, or of a type that is no exact number."""
    groups = any(series.groups for series in scheme.series.values())
    for column in ABOUT:
        if column not in table.columns and (column != "group" or groups):
            yield problem("wide.column-missing", where, heading=column)
    known = [f"{indicator}.{fact}" for indicator in scheme.indicators for fact in FACTS]
    for column in table.columns:
        kind = table.schema[column]
        if column in ABOUT:
            if kind != pl.String:
                yield problem("wide.not-text", f"{where}!{column}", heading=column)
        elif column not in known:
            alike = near(column, known)
            yield problem("wide.column-unknown", where, heading=quoted(column), near=alike)
        elif not (kind.is_integer() or kind.is_decimal() or kind == pl.String):
            yield problem("wide.not-exact", f"{where}!{column}", heading=column, kind=str(kind))


def _numbers(column: pl.Series, cells: Cells) -> tuple[Numbers, list[Problem]]:
    """A column as whole numbers; texts that are none and numbers of too many digits as Problems."""
    if column.dtype == pl.String:
        return _of_texts(column, cells)
    decimals = column.dtype.scale if isinstance(column.dtype, pl.Decimal) else 0
    values = column.to_physical() if isinstance(column.dtype, pl.Decimal) else column
    wide = values.cast(pl.Int128)
    long = (wide.abs() >= 10**MAX_DIGITS).fill_null(False)
    if decimals > MAX_DIGITS or long.any():
        at = (first(long) or [0])[0]
        text = quoted(str(column[at]))
        where = cells.at(column.name, at)
        return Numbers(wide, 0), [problem("fact.too-many-digits", where, text=text)]
    return narrowed(wide, decimals), []


def _of_texts(column: pl.Series, cells: Cells) -> tuple[Numbers, list[Problem]]:
    found = read(column)
    problems = [
        problem("value.not-a-number", cells.at(column.name, at), text=quoted(column[at]))
        for at in first(~found["ok"].fill_null(True))
    ]
    n = len(column)
    placed = found.with_columns(
        column=pl.lit(0, dtype=pl.Int64), unit=pl.int_range(n, dtype=pl.Int64)
    ).filter(pl.col("ok"))
    nothing = Numbers(filled(None, n, pl.Int64), 0)
    return lined_up(placed, 1, n).get(0, nothing), problems
