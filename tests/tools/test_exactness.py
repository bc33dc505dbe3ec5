"""The exactness lint: a negative control for everything it refuses, and what it lets pass."""

from pathlib import Path

import pytest

from tools.exactness import Finding, findings, main

REFUSED = [
    "x = 0.5",
    "x = 1e3",
    "x = 2j",
    "x = a / b",
    "x /= b",
    "x = 10 ** -2",
    "x = round(a)",
    "x = float(a)",
    "x = list(map(float, a))",
    "def f(x: float): ...",
    "x = Decimal('0.1')",
    "x = pl.Decimal",
    "import decimal",
    "from decimal import getcontext",
    "import statistics",
    "import numpy as np",
    "import numpy.linalg",
    "from numpy import array",
    "import random",
    "from random import shuffle",
    "import time",
    "from time import monotonic",
    "x = datetime.now()",
    "x = datetime.datetime.now(tz)",
    "x = datetime.utcnow()",
    "x = date.today()",
    "x = column.mean()",
    "x = pl.mean('points')",
    "x = column.median()",
    "x = column.std()",
    "x = column.var()",
    "x = column.quantile(q)",
    "x = column.round(2)",
    "x = column.truediv(other)",
    "x = reduce(operator.truediv, values)",
    "from operator import truediv",
    "x = column.cast(pl.Float64)",
    "x = column.cast(pl.Float32)",
    "x = column.cast(float)",
    "from polars import Float64",
    "from polars import mean",
    "from math import sqrt",
    "from math import *",
    "x = f'{points:.2f}'",
    "x = f'{share:.1%}'",
    "x = f'{points:{width}.2f}'",
]
REFUSED_MATH = ["sqrt", "log", "exp", "pow", "fsum", "fabs", "dist", "hypot", "pi", "inf"]
ALLOWED = '''
"""Half of 0.5 / 2.0 is only text here; so are round(1.5) and Decimal."""
import datetime
import math as m
from datetime import date, time
from fractions import Fraction
from math import gcd, isqrt, lcm, prod

import polars as pl

half = Fraction(1, 2)
share = half.over(Fraction("0.10"))
ratio = pl.col("full").over(pl.col("target"))
whole, rest = divmod(7, 2)
points = 7 // 2 * 10**4 % 3
choices = m.comb(5, 2) + m.floor(half) + m.gcd(4, 6)
wide = pl.col("points").cast(pl.Int128).sum()
mean = tally.mean
round = places.round
width = f"{points:>8} {points:,d} {points:{width}}"
is_float = isinstance(points, float | bool) or isinstance(points, (int, float))
match points:
    case float():
        raise TypeError(points)
'''


@pytest.mark.parametrize("line", REFUSED)
def test_one_refused_thing_gives_one_finding_on_its_line(line: str) -> None:
    assert [finding.line for finding in findings("a = 1\n\n" + line)] == [3]


@pytest.mark.parametrize("name", REFUSED_MATH)
def test_inexact_math_is_refused_under_any_name(name: str) -> None:
    expected = f"`math.{name}` is not exact"

    assert findings(f"import math\nx = math.{name}") == [Finding(2, expected)]
    assert findings(f"import math as m\nx = m.{name}") == [Finding(2, expected)]
    assert findings(f"from math import {name}") == [Finding(1, expected)]


def test_exact_code_passes() -> None:
    assert findings(ALLOWED) == []


def test_every_finding_of_a_file_is_reported() -> None:
    assert findings("import time\nx = round(a / 2.0)\n") == [
        Finding(1, "import of time: evaluation knows no clock"),
        Finding(2, "`/` makes floats: divide with `over` or Fraction, join paths with joinpath"),
        Finding(2, "`round(` is not the scheme's named rule"),
        Finding(2, "the literal 2.0 is a float: write an integer or Fraction('…')"),
    ]


def write(engine: Path, name: str, source: str) -> Path:
    file = engine.joinpath(name)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(source, encoding="utf-8")
    return file


@pytest.mark.parametrize("name", ["places.py", "seal/recount.py", "stats/weights.py", "cli.py"])
def test_engine_files_are_looked_at(tmp_path: Path, name: str, capsys) -> None:
    file = write(tmp_path, name, "x = 1\ny = round(x)\n")

    assert main(tmp_path) == 1
    assert capsys.readouterr().out == f"{file}:2: `round(` is not the scheme's named rule\n"


@pytest.mark.parametrize("name", ["cli/plot.py", "documents/svg.py", "stats/spread.py"])
def test_exempt_files_may_use_floats(tmp_path: Path, name: str) -> None:
    write(tmp_path, "places.py", "x = 1\n")
    write(tmp_path, name, "x = 0.5\n")

    assert main(tmp_path) == 0


def test_nothing_to_look_at_is_not_a_pass(tmp_path: Path, capsys) -> None:
    assert main(tmp_path) == 1
    assert "no Python file here" in capsys.readouterr().out
