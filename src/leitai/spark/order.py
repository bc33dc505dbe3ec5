"""What is known of a round before its values are: who is to be evaluated, and by what."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from leitai.bind import bind, wrong_measures
from leitai.facts.wide import assemble_wide, columns_out_of_place
from leitai.facts.wide_units import ABOUT
from leitai.problems import Problem, blocking, problem
from leitai.scheme.model import Scheme
from leitai.scheme.read import read_scheme

NUMBER = "number"  # of a comparison group, in the scheme's order


@dataclass(frozen=True)
class Order:
    """What every partition is told: the round, and its scheme as text.

    `scheme_file` and `where` are what messages call the scheme's file and the wide table.
    """

    round_id: str
    name: str
    scheme: str
    scheme_file: str
    where: str


@dataclass(frozen=True)
class Outline:
    """A wide table without its values: its columns, its comparison groups, how many units it has.

    `stated` has a row for each way in which the columns series and group name a group, and its
    `number`: two spellings of one group have the same.
    """

    scheme: Scheme
    columns: tuple[str, ...]
    stated: pl.DataFrame
    units: int


def look_over(order: Order, file: Path) -> tuple[Outline | None, list[Problem]]:
    """The outline of a round; None with what is wrong with its scheme, its columns, its units."""
    scheme, refused = read_scheme(order.scheme, order.scheme_file)
    if scheme is None:
        return None, [*refused, *wrong_measures(order.scheme, order.scheme_file)]
    problems = [*refused, *bind(scheme)[1]]
    if scheme.year:
        problems.append(problem("wide.no-year", order.scheme_file))
    try:
        with file.open("rb") as data:  # by its name, [1] in it would be a pattern
            shape = pl.DataFrame(schema=pl.read_parquet_schema(data))
            table = pl.read_parquet(data, columns=[one for one in ABOUT if one in shape.columns])
    except (pl.exceptions.PolarsError, OSError):
        return None, [*problems, problem("wide.unreadable", order.where)]
    problems += columns_out_of_place(shape, scheme, order.where)
    if blocking(problems):
        return None, problems
    round_, found = assemble_wide(order.round_id, order.name, scheme, table, order.where)
    problems += found
    if round_ is None or blocking(problems):
        return None, problems
    stated = table.drop("unit", "name").with_columns(round_.layout.groups.alias(NUMBER)).unique()
    return Outline(scheme, tuple(shape.columns), stated, len(table)), problems
