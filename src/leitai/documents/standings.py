"""The standings of a round as one Parquet table, whatever its size: a row for every unit."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import polars as pl

from leitai.board import Board
from leitai.explain.words import LANGUAGES, say
from leitai.facts.layout import Layout
from leitai.facts.round import Round
from leitai.facts.units import UnitColumns
from leitai.places import Places
from leitai.points import MAX_DIGITS
from leitai.results import Results
from leitai.scheme.model import Scheme

_ROWS = 250_000  # of a row group: fixed, so that the same table always has the same bytes


def standings(board: Board) -> pl.DataFrame:
    """Every unit in the round's order; points as exact decimals, places null where unranked."""
    layout, sums, results = board.round.layout, board.sums, board.results
    scheme = board.round.scheme
    assert isinstance(results, Results)
    bonus = _with(pl.repeat(0, len(layout), dtype=pl.Int64, eager=True), sums.bonus, layout)
    return pl.DataFrame(
        {
            **_about(board.round),
            "exact": _points(sums.exact, scheme.scale.places),
            "total": _points(sums.printed, scheme.total_places),
            "bonus": _points(bonus, scheme.scale.places),
            **_places("base_", results.base),
            **_places("", results.final),
            "grade": _grades(results, scheme, layout),
        }
    )


def parquet(table: pl.DataFrame, scheme: Scheme, round_id: str) -> bytes:
    """The standings as a file: the same bytes for the same table, a notice in its metadata."""
    about = {"scheme": f"{scheme.id} {scheme.version}", "round": round_id}
    if scheme.made_up:
        about["notice"] = " · ".join(say(lang, "made-up") for lang in LANGUAGES)
    data = BytesIO()
    table.rechunk().write_parquet(data, row_group_size=_ROWS, metadata=about)
    return data.getvalue()


def _about(round_: Round) -> dict[str, pl.Series]:
    """Who the units are: ids of series and of comparison groups, as a board's JSON has them."""
    units, layout = round_.units, round_.layout
    series = pl.Series([one for one, _ in layout.kinds], dtype=pl.String).gather(layout.judged)
    groups = pl.Series(layout.names, dtype=pl.String).gather(layout.groups)
    if isinstance(units, UnitColumns):
        return {"unit": units.ids, "name": units.names, "series": series, "group": groups}
    ids = pl.Series(list(units), dtype=pl.String)
    names = pl.Series([one.name for one in units.values()], dtype=pl.String)
    return {"unit": ids, "name": names, "series": series, "group": groups}


def _points(units: pl.Series, places: int) -> pl.Series:
    """Whole units of 10^-places as decimals; none has more digits than a number may."""
    wide = pl.col("units").cast(pl.Decimal(38, places)) / 10**places
    return (
        units.alias("units").to_frame().select(wide.cast(pl.Decimal(MAX_DIGITS, places)))["units"]
    )


def _places(before: str, places: Places) -> dict[str, pl.Series]:
    return {f"{before}place": places.top, f"{before}bottom": places.bottom}


def _grades(results: Results, scheme: Scheme, layout: Layout) -> pl.Series:
    """The ids of the levels: by quota and condition, or where adjustments put a unit."""
    levels = pl.Series([level.id for level in scheme.grades.levels], dtype=pl.String)
    return _with(levels.gather(results.level), results.verdicts, layout)


def _with(column: pl.Series, of_units: Mapping[str, Any], layout: Layout) -> pl.Series:
    """The column with the values of some units replaced."""
    at = [layout.index[unit] for unit in of_units]
    return column.clone().scatter(at, list(of_units.values())) if at else column
