"""Evaluates some whole comparison groups of a round, wherever this process runs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO

import polars as pl

from leitai.documents.standings import standings
from leitai.evaluate import evaluate
from leitai.facts.wide import assemble_wide
from leitai.problems import Problem, blocking
from leitai.scheme.model import Scheme
from leitai.scheme.read import read_scheme
from leitai.spark.order import NUMBER, Order

ROW = "row"  # a unit's number in the round's order, from 0


@dataclass(frozen=True)
class Answer:
    """What a partition came to, in a form that travels.

    Standings with their rows as Arrow IPC; Problems, and the numbers of its groups, as JSON.
    """

    standings: bytes
    problems: str
    groups: str


def answer(part: pl.DataFrame, order: Order) -> Answer:
    """The standings of a part of the wide table, or what is wrong with it.

    `part` has two columns more than the table: the numbers of each row and of its group.
    """
    table = part.sort(ROW)
    made, problems = _evaluated(table.drop(ROW, NUMBER), table[ROW], order)
    found = pl.DataFrame() if made is None else made.with_columns(table[ROW])
    data = BytesIO()
    found.write_ipc(data, compression="zstd")
    groups = table[NUMBER].unique().to_list()
    return Answer(
        data.getvalue(), json.dumps([_plain(one) for one in problems]), json.dumps(groups)
    )


def _evaluated(
    table: pl.DataFrame, rows: pl.Series, order: Order
) -> tuple[pl.DataFrame | None, Sequence[Problem]]:
    scheme = _for_units(_scheme(order.scheme, order.scheme_file), table["unit"])
    round_, problems = assemble_wide(order.round_id, order.name, scheme, table, order.where, rows)
    if round_ is None or blocking(problems):
        return None, problems
    board, found = evaluate(round_)
    return None if board is None else standings(board), [*problems, *found]


@lru_cache(maxsize=1)
def _scheme(text: str, file: str) -> Scheme:
    """Read once a process: it was found sound before anything was handed out."""
    scheme, _ = read_scheme(text, file)
    assert scheme is not None
    return scheme


def _for_units(scheme: Scheme, units: pl.Series) -> Scheme:
    """The scheme without the sheets of units that are elsewhere: they are no strangers."""
    own = {unit for one in scheme.series.values() for unit in one.own_sheets}
    here = units.filter(units.is_in(pl.Series(list(own), dtype=pl.String)))
    elsewhere = own.difference(here)
    if not elsewhere:
        return scheme
    series = {
        key: replace(one, own_sheets=_without(one.own_sheets, elsewhere))
        for key, one in scheme.series.items()
    }
    return replace(scheme, series=series)


def _without(sheets: Mapping[str, str], units: set[str]) -> dict[str, str]:
    return {unit: sheet for unit, sheet in sheets.items() if unit not in units}


def _plain(one: Problem) -> tuple[str, str, Mapping[str, str], bool]:
    return one.code, one.where, dict(one.args), one.warning
