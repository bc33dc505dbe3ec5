"""Made-up rounds as one wide table: two series, ties, own sheets, every kind of column."""

from __future__ import annotations

import random
from pathlib import Path

import polars as pl

from leitai.facts.round import Round
from leitai.facts.wide import assemble_wide
from leitai.scheme.read import read_scheme

SCHEME = """scheme: wide
version: "1"
name: 宽表方案
made_up: "yes"
points: {{line_places: "3", total_places: "1"}}
items: {{work: {{name: 工作}}, order: {{name: 秩序}}}}
indicators:
  - {{id: done, name: 完成量, item: work, measure: {{kind: completion}}}}
  - {{id: low, name: 越低越好, item: work, direction: lower_is_better, measure: {{kind: efficacy}}}}
  - {{id: best, name: 最优值, item: work, measure: {{kind: best_ratio}}}}
  - {{id: first, name: 名次, item: order, measure: {{kind: place, step: "3%"}}}}
sheets:
  towns: {{done: "40", low: "30", best: "20", first: "10"}}
  parks: {{done: "10", low: "20", best: "30", first: "40"}}
series:
  - {{id: towns, name: 镇街, sheet: towns, groups: {{{groups}}}, own_sheets: {{u1: parks, u7: parks}}}}
  - {{id: parks, name: 园区, sheet: parks}}
"""


def scheme_text(groups: int) -> str:
    """A scheme of two series: one in so many groups, one without any."""
    return SCHEME.format(groups=", ".join(f"g{k}: 第{k}组" for k in range(groups)))


def table(units: int, groups: int, seed: int = 1) -> pl.DataFrame:
    """Units in any order; a group is stated by its id or by its name, row by row."""
    draw = random.Random(seed)
    mine = [None if k % 9 == 8 else min(draw.randrange(groups), k) for k in range(units)]
    spelt = [None if g is None else draw.choice((f"g{g}", f"第{g}组")) for g in mine]
    hundredths = [draw.randrange(1, 900) for _ in range(units)]
    return pl.DataFrame(
        {
            "unit": [f"u{k}" for k in range(units)],
            "name": [f"单位{k}" for k in range(units)],
            "series": [draw.choice(("parks", "园区") if g is None else ("towns", "镇街")) for g in mine],
            "group": pl.Series(spelt, dtype=pl.String),
            "done.actual": pl.Series(hundredths, dtype=pl.Decimal(9, 2)) / 100,
            "done.target": pl.Series([draw.randrange(3, 9) for _ in range(units)], dtype=pl.UInt64),
            "low.actual": [f"{draw.randrange(40)}.{draw.randrange(10)}" for _ in range(units)],
            "best.actual": pl.Series([draw.randrange(1, 30) for _ in range(units)], dtype=pl.Int16),
            "first.actual": pl.Series([draw.randrange(1, 12) for _ in range(units)]),
        }
    )  # fmt: skip


def wide_round(made: pl.DataFrame, scheme: str) -> Round:
    """The round of a table that is sound."""
    read, problems = read_scheme(scheme)
    assert read is not None, problems
    round_, problems = assemble_wide("r", "一期", read, made, "units.parquet")
    assert round_ is not None, problems
    return round_


def write_round(folder: Path, made: pl.DataFrame, scheme: str) -> Path:
    """The same as a round's folder."""
    folder.mkdir(parents=True)
    (folder.parent / "scheme.yaml").write_text(scheme, encoding="utf-8")
    about = "round: r\nname: 一期\nscheme: ../scheme.yaml\nunits: units.parquet\n"
    (folder / "round.yaml").write_text(about, encoding="utf-8")
    made.write_parquet(folder / "units.parquet")
    return folder
