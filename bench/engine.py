"""Measures the engine against plain pipelines in floats, side by side in one run.

`python3 dev.py bench engine` prints the table of bench/README.md. Every figure comes from a process
of its own; the processes of one row take turns, and of each the best run counts.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QUARTER = "schemes/wuqing/2019/2019Q1"
MANY, FEWER = 1_000_000, 100_000
TURNS = 3
LEDGER_AND_CAUSES = "with ledger and the cause of every lost point"


def best(run: Callable[[], object], times: int) -> float:
    """The best of some runs after a first one, in milliseconds."""
    run()
    found = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        found.append(time.perf_counter() - start)
    return 1000 * min(found)


def small() -> dict[str, float]:
    """106 units × 28 indicators, warm: the steps a user waits for."""
    from bench.rounds import district
    from leitai.evaluate import evaluate
    from leitai.explain.causes import cause
    from leitai.explain.trail import is_lost, trail

    round_ = district()
    board, _ = evaluate(round_)
    assert board is not None

    def evaluated() -> None:
        evaluate(round_)

    def with_ledger() -> None:
        made, _ = evaluate(round_)
        assert made is not None
        assert made.ledger
        assert [made.results[unit] for unit in round_.units]

    def with_causes() -> None:
        made, _ = evaluate(round_)
        assert made is not None
        assert [cause(made, line, "zh") for line in made.ledger if is_lost(line)]

    def with_sheets() -> None:
        made, _ = evaluate(round_)
        assert made is not None
        assert [trail(made, unit, "zh") for unit in round_.units]

    return {
        "evaluate": best(evaluated, 20),
        "with ledger and results": best(with_ledger, 20),
        LEDGER_AND_CAUSES: best(with_causes, 10),
        "with every unit's whole sheet": best(with_sheets, 5),
    }


def leitai(units: int) -> float:
    """Totals, places and grades through `evaluate`."""
    from bench.rounds import country
    from leitai.evaluate import evaluate

    round_ = country(units)
    return best(lambda: evaluate(round_), TURNS)


def polars(units: int) -> float:
    """The plain pipeline in floats: lazy, wide, group_by + join."""
    import polars as pl

    from bench.rounds import GROUP_OF, hundredths, weight

    figures = {name: one / 100 for name, one in hundredths(units).items()}
    frame = pl.DataFrame({"group": [k // GROUP_OF for k in range(units)], **figures})
    names = list(figures)

    def run() -> pl.DataFrame:
        lazy = frame.lazy()
        low = [pl.col(name).min().name.suffix("_low") for name in names]
        high = [pl.col(name).max().name.suffix("_high") for name in names]
        joined = lazy.join(lazy.group_by("group").agg(*low, *high), on="group", how="left")
        points = [
            (0.6 + 0.4 * (pl.col(name) - pl.col(f"{name}_low"))
             / (pl.col(f"{name}_high") - pl.col(f"{name}_low"))) * weight(number)
            for number, name in enumerate(names)
        ]  # fmt: skip
        total = pl.sum_horizontal(points).round(2).alias("total")
        place = pl.col("total").rank("min", descending=True).over("group").alias("place")
        return joined.select("group", total).with_columns(place).collect()

    return best(run, TURNS)


def pandas(units: int) -> float:
    """The same in pandas."""
    import pandas as pd

    from bench.rounds import GROUP_OF, hundredths, weight

    figures = {name: one / 100 for name, one in hundredths(units).items()}
    frame = pd.DataFrame({"group": [k // GROUP_OF for k in range(units)], **figures})
    names = list(figures)
    weights = [weight(number) for number in range(len(names))]

    def run() -> pd.DataFrame:
        grouped = frame.groupby("group")[names]
        low, high = grouped.transform("min"), grouped.transform("max")
        points = (0.6 + 0.4 * (frame[names] - low) / (high - low)) * weights
        total = points.sum(axis=1).round(2)
        place = total.groupby(frame["group"]).rank(method="min", ascending=False)
        return pd.DataFrame({"total": total, "place": place})

    return best(run, TURNS)


def pandas_long(units: int) -> float:
    """The same in pandas with a row a value, the shape in which facts come."""
    import numpy as np
    import pandas as pd

    from bench.rounds import GROUP_OF, INDICATORS, hundredths, weight

    of_unit = np.tile(np.arange(units), INDICATORS)
    indicator = np.repeat(np.arange(INDICATORS), units)
    value = np.concatenate(list(hundredths(units).values())) / 100
    marks = np.array([weight(number) for number in range(INDICATORS)])
    columns = {"unit": of_unit, "group": of_unit // GROUP_OF, "indicator": indicator}
    frame = pd.DataFrame({**columns, "value": value})

    def run() -> pd.DataFrame:
        grouped = frame.groupby(["group", "indicator"], sort=False)["value"]
        low, high = grouped.transform("min"), grouped.transform("max")
        points = (0.6 + 0.4 * (frame["value"] - low) / (high - low)) * marks[frame["indicator"]]
        total = points.groupby(frame["unit"]).sum().round(2)
        group = pd.Series(total.index // GROUP_OF, index=total.index)
        place = total.groupby(group).rank(method="min", ascending=False)
        return pd.DataFrame({"total": total, "place": place})

    return best(run, 1)


CHILDREN = {"leitai": leitai, "polars": polars, "pandas": pandas, "pandas_long": pandas_long}


def child(name: str, units: int) -> dict[str, float]:
    """One measurement in a process of its own: milliseconds and peak memory in GB."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.engine", name, str(units)],
        cwd=ROOT, check=True, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout)
    return found


def side_by_side(jobs: list[tuple[str, int]]) -> dict[tuple[str, int], dict[str, float]]:
    """The best of some turns of each job."""
    found: dict[tuple[str, int], dict[str, float]] = {}
    for _ in range(2):
        for job in jobs:
            say(f"{job[0]} {job[1]} …")
            made = child(*job)
            if job not in found or made["ms"] < found[job]["ms"]:
                found[job] = made
    return found


def processes() -> dict[str, float]:
    """Whole processes, in milliseconds: the quarter, and Python with Polars alone."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    commands = {
        "leitai evaluate": [str(Path(sys.executable).with_name("leitai")), "evaluate", QUARTER],
        "import polars": [sys.executable, "-c", "import polars"],
    }
    found: dict[str, float] = {}
    for _ in range(5):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, cwd=ROOT, check=True, capture_output=True, env=environment)
            spent = 1000 * (time.perf_counter() - start)
            found[name] = min(spent, found.get(name, spent))
    return found


def say(text: str) -> None:
    """Progress, apart from the table."""
    print(text, file=sys.stderr, flush=True)


def machine() -> str:
    """What was measured on."""
    import numpy
    import pandas
    import polars

    libraries = ", ".join(f"{one.__name__} {one.__version__}" for one in (polars, pandas, numpy))
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} CPUs, "
        f"Python {platform.python_version()}, {libraries}; load {os.getloadavg()[0]:.1f}"
    )


def table() -> list[str]:
    """The whole table as Markdown."""
    lines = [machine(), "", "| what | target | reached |", "|---|---|---|"]
    say("106 × 28 …")
    for name, spent in small().items():
        target = "≤ 25 ms" if name == LEDGER_AND_CAUSES else ""
        lines.append(row(f"106 × 28, {name}", target, f"{spent:.1f} ms"))
    say("whole processes …")
    by = processes()
    whole = f"{by['leitai evaluate']:.0f} ms (Python with Polars: {by['import polars']:.0f} ms)"
    lines.append(row("`leitai evaluate` of the example quarter, whole process", "≤ 1.0 s", whole))
    return [*lines, *large()]


def large() -> list[str]:
    """The rows of a million units."""
    names = ("leitai", "polars", "pandas", "pandas_long")
    found = side_by_side([*((name, MANY) for name in names), ("leitai", FEWER)])
    mine, theirs, slow, slower = (found[name, MANY] for name in names)
    fewer = found["leitai", FEWER]
    times = f"{mine['ms'] / theirs['ms']:.2f} ({mine['ms']:.0f} ms ÷ {theirs['ms']:.0f} ms)"
    wide, long = (f"{one['ms'] / mine['ms']:.1f} ({one['ms']:.0f} ms)" for one in (slow, slower))
    return [
        row("1,000,000 × 28 in 50,000 groups: time ÷ Polars in floats", "≤ 2", times),
        row("the same: time of pandas (wide, as Polars) ÷ ours", "≥ 5", wide),
        row("the same: time of pandas (a row a value, as facts come) ÷ ours", "≥ 5", long),
        row("the same: peak memory", "≤ 4 GB", f"{mine['gb']:.1f} GB"),
        row("growth 100,000 → 1,000,000 units", "≤ 11 ×", f"{mine['ms'] / fewer['ms']:.1f} ×"),
    ]


def row(what: str, target: str, reached: str) -> str:
    """A row of the table."""
    return f"| {what} | {target} | {reached} |"


def main(arguments: list[str]) -> None:
    """The table, or one measurement as JSON."""
    if arguments:
        spent = CHILDREN[arguments[0]](int(arguments[1]))
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(json.dumps({"ms": spent, "gb": used}))
    else:
        print("\n".join(table()))


if __name__ == "__main__":
    main(sys.argv[1:])
