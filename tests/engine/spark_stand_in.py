"""The little of Spark that leitai.spark.cluster calls, done by Polars in this process.

Spark itself is in tests/spark; with this stand-in the calls are tried where it is not installed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import polars as pl
import pytest


class PySparkException(Exception):
    """Spark gave up."""


class PySparkRuntimeError(PySparkException):
    """Spark did not start."""


class PythonException(PySparkException):
    """Something of ours failed in a partition."""


class Py4JError(Exception):
    """Java failed."""


@dataclass(frozen=True)
class Column:
    """A column by its name."""

    name: str

    def eqNullSafe(self, other: Column) -> pl.Expr:
        return pl.col(self.name).eq_missing(pl.col(other.name))


@dataclass(frozen=True)
class Frame:
    """A table; `parts` are those it was divided into, the last of which may be empty."""

    table: pl.DataFrame
    parts: Sequence[pl.DataFrame] = ()

    def __getitem__(self, name: str) -> Column:
        return Column(name)

    def selectExpr(self, *texts: str) -> Frame:
        pairs = [text.split(" AS ") for text in texts]
        numbered = self.table.with_columns(pl.int_range(pl.len()).alias("_metadata.row_index"))
        return Frame(numbered.select(pl.col(old.strip("`")).alias(new) for old, new in pairs))

    def join(self, other: Frame, same: Sequence[pl.Expr]) -> Frame:
        return Frame(self.table.join_where(other.table, *same))

    def drop(self, *names: str) -> Frame:
        return Frame(self.table.drop(names))

    def repartition(self, count: int, by: str) -> Frame:
        parts = [self.table.filter(pl.col(by) % count == part) for part in range(count)]
        return Frame(self.table, parts)

    def mapInArrow(
        self, work: Callable[[Iterator[pl.DataFrame]], Iterator[Any]], _: str
    ) -> Batches:
        return Batches(
            [one for part in self.parts for one in work(iter(part.partition_by("number")))]
        )


@dataclass(frozen=True)
class Batches:
    """What came of the partitions."""

    rows: list[dict[str, Any]]

    def collect(self) -> list[dict[str, Any]]:
        return self.rows


@dataclass(frozen=True)
class RecordBatch:
    """Rows of Arrow; here the only row itself."""

    @staticmethod
    def from_pydict(columns: dict[str, list[Any]]) -> dict[str, Any]:
        return {name: cells[0] for name, cells in columns.items()}


class SparkSession:
    """Spark, that starts at once; `refusal` is what it raises instead."""

    refusal: Exception | None = None
    defaultParallelism = 3

    def __enter__(self) -> SparkSession:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    @property
    def sparkContext(self) -> SparkSession:
        return self

    read = sparkContext

    def parquet(self, path: str) -> Frame:
        if self.refusal:
            raise self.refusal
        return Frame(pl.read_parquet(path.removeprefix("file://").replace("\\", ""), glob=False))

    def createDataFrame(self, rows: list[Any], columns: str) -> Frame:
        names = [text.split()[0] for text in columns.split(", ")]
        return Frame(pl.DataFrame(rows, schema=names, orient="row"))


@dataclass(frozen=True)
class Builder:
    """Starts Spark."""

    refusal: Exception | None = None

    def appName(self, _: str) -> Builder:
        return self

    def config(self, *_: str) -> Builder:
        return self

    def getOrCreate(self) -> SparkSession:
        if self.refusal:
            raise self.refusal
        return SparkSession()


def put_in_place(
    monkeypatch: pytest.MonkeyPatch,
    *,
    start: Exception | None = None,
    work: Exception | None = None,
) -> None:
    """Makes the stand-in what `import pyspark` finds; `start` and `work` are what goes wrong."""
    monkeypatch.setattr(SparkSession, "builder", Builder(start), raising=False)
    monkeypatch.setattr(SparkSession, "refusal", work)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    here = sys.modules[__name__]
    functions = ModuleType("pyspark.sql.functions")
    vars(functions).update(broadcast=lambda frame: frame, col=Column)
    for name in ("pyspark", "pyspark.errors", "pyspark.sql", "py4j", "py4j.protocol", "pyarrow"):
        monkeypatch.setitem(sys.modules, name, here)
    monkeypatch.setitem(sys.modules, "pyspark.sql.functions", functions)
