"""Measures `leitai evaluate` in one process beside `--engine spark` in this machine.

`python3 dev.py bench spark` prints the table of docs/scale.md: whole processes that take turns, of
each the best turn; the memory of all processes of a command together. Java 17 is needed.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from bench.rounds import country_folder

SIZES = (100_000, 1_000_000)
ENGINES = ("one", "spark")
TURNS = 2
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Spent:
    """What a command took: seconds by the clock, gigabytes at the peak."""

    seconds: float
    gigabytes: float


def run(engine: str, folder: Path, out: Path) -> Spent:
    """One whole command, in a session of its own, so that its processes can be told."""
    leitai = str(Path(sys.executable).with_name("leitai"))
    words = [leitai, "evaluate", str(folder), "--engine", engine, "--parquet", str(out)]
    start, peak = time.perf_counter(), 0
    with subprocess.Popen(
        words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        while process.poll() is None:
            peak = max(peak, memory(process.pid))
            time.sleep(0.1)
        assert process.returncode == 0, words
    return Spent(time.perf_counter() - start, peak / 1e9)


def memory(session: int) -> int:
    """Bytes that the processes of a session hold (Linux)."""
    found = 0
    for one in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = one.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        if int(fields[3]) == session:
            found += int(fields[21]) * PAGE
    return found


def side_by_side(units: int, place: Path) -> dict[str, Spent]:
    """The best turn of each engine; both must have written the same bytes."""
    folder = country_folder(place / str(units), units)
    found: dict[str, Spent] = {}
    for turn in range(TURNS):
        for engine in ENGINES:
            made = run(engine, folder, place / f"{engine}.parquet")
            print(f"{units} {engine} {turn}: {made}", file=sys.stderr, flush=True)
            if engine not in found or made.seconds < found[engine].seconds:
                found[engine] = made
    assert len({(place / f"{engine}.parquet").read_bytes() for engine in ENGINES}) == 1
    return found


def machine() -> str:
    """What was measured on."""
    versions = ", ".join(f"{name} {version(name)}" for name in ("polars", "pyspark", "pyarrow"))
    load = f"load at the start {os.getloadavg()[0]:.1f}"
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} CPUs, "
        f"Python {platform.python_version()}, {versions}; {load}"
    )


def main() -> None:
    """The table as Markdown."""
    print(machine())
    print("\n| units | one process | Spark | time | memory |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as place:
        for units in SIZES:
            found = side_by_side(units, Path(place))
            one, spark = found["one"], found["spark"]
            print(
                f"| {units:,} | {one.seconds:.1f} s, {one.gigabytes:.1f} GB | "
                f"{spark.seconds:.1f} s, {spark.gigabytes:.1f} GB | "
                f"{spark.seconds / one.seconds:.0f} × | {spark.gigabytes / one.gigabytes:.0f} × |"
            )


if __name__ == "__main__":
    main()
