"""Made-up rounds to measure: a district with all its measures, and a million units."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import polars as pl

from leitai.facts.round import Round, assemble
from leitai.facts.rows import Row
from leitai.facts.wide import assemble_wide
from leitai.scheme.model import Scheme
from leitai.scheme.read import read_scheme

INDICATORS = 28
GROUP_OF = 20  # units in a comparison group of the large round
KINDS = [  # as a district mixes them: with targets, with limits, among peers
    {"kind": "efficacy"},
    {"kind": "completion"},
    {"kind": "place", "step": "1%"},
    {"kind": "baseline", "per": "1%", "step": "2%"},
    {"kind": "versus_mean", "base": "80%", "above": [{"step": "1%"}], "below": [{"step": "1%"}]},
    {"kind": "best_ratio"},
    {"kind": "attain"},
]  # fmt: skip


def weight(number: int) -> int:
    """Full marks of an indicator."""
    return 3 + number % 3


def scheme_text(kinds: list[dict[str, object]], groups: int) -> str:
    """28 indicators in six items, their kinds in turn, and that many groups."""
    indicators = [
        {
            "id": f"i{k}",
            "name": f"指标{k}",
            "item": f"item{k // 5}",
            "measure": kinds[k % len(kinds)],
        }
        for k in range(INDICATORS)
    ]
    series = {
        "id": "d",
        "name": "系列",
        "sheet": "s",
        "groups": {f"g{k}": f"组{k}" for k in range(groups)},
    }
    whole = {
        "scheme": "bench",
        "version": "1",
        "name": "基准",
        "made_up": "yes",
        "items": {f"item{k}": {"name": f"项目{k}"} for k in range(6)},
        "indicators": indicators,
        "sheets": {"s": {f"i{k}": str(weight(k)) for k in range(INDICATORS)}},
        "series": [series],
    }
    return json.dumps(whole, ensure_ascii=False)


def scheme(kinds: list[dict[str, object]], groups: int) -> Scheme:
    """The same as it is read."""
    made, problems = read_scheme(scheme_text(kinds, groups))
    assert made is not None, problems
    return made


def district(units: int = 106, groups: int = 8) -> Round:
    """A district's quarter: every unit on every indicator, values as rows of text."""
    draw = random.Random(1)
    listed = [
        Row("units", f"u{k}", "",
            {"unit": f"u{k}", "name": f"单位{k}", "series": "d", "group": f"g{k % groups}"})
        for k in range(units)
    ]  # fmt: skip
    values = [
        Row("values", f"v{u}-{i}", f"values.csv:{u}",
            {"unit": f"u{u}", "indicator": f"i{i}", "actual": f"{draw.uniform(50, 110):.2f}",
             "target": "80"})
        for u in range(units)
        for i in range(INDICATORS)
    ]  # fmt: skip
    round_, problems = assemble("r", "一期", scheme(KINDS, groups), listed, {"values": values})
    assert not problems, problems[:3]
    return round_


def hundredths(units: int) -> dict[str, np.ndarray]:
    """What 28 indicators came to, in hundredths, the same numbers for every engine."""
    draw = np.random.default_rng(1)
    return {f"i{k}": draw.integers(0, 100_000, units) for k in range(INDICATORS)}


def wide_table(units: int) -> pl.DataFrame:
    """Units in groups of twenty, values in columns."""
    figures = {
        f"{name}.actual": pl.Series(one).cast(pl.Decimal(18, 0)).cast(pl.Decimal(18, 2)) / 100
        for name, one in hundredths(units).items()
    }
    return pl.DataFrame(
        {
            "unit": [f"u{k}" for k in range(units)],
            "name": [f"单位{k}" for k in range(units)],
            "series": ["d"] * units,
            "group": [f"g{k // GROUP_OF}" for k in range(units)],
            **{name: one.cast(pl.Decimal(18, 2)) for name, one in figures.items()},
        }
    )


def country(units: int) -> Round:
    """A million units, judged by min-max within groups of twenty."""
    made, table = scheme(KINDS[:1], units // GROUP_OF), wide_table(units)
    round_, problems = assemble_wide("r", "一期", made, table, "units.parquet")
    assert round_ is not None, problems[:3]
    return round_


def country_folder(folder: Path, units: int) -> Path:
    """The same as the folder of a round."""
    folder.mkdir(parents=True)
    text = scheme_text(KINDS[:1], units // GROUP_OF)
    (folder.parent / "scheme.yaml").write_text(text, encoding="utf-8")
    about = "round: r\nname: 一期\nscheme: ../scheme.yaml\nunits: units.parquet\n"
    (folder / "round.yaml").write_text(about, encoding="utf-8")
    wide_table(units).write_parquet(folder / "units.parquet")
    return folder
