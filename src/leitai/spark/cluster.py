"""Hands the groups of a round to the partitions of Apache Spark; nothing else knows Spark."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from leitai.spark.order import NUMBER, Order, Outline
from leitai.spark.part import ROW, Answer, answer

if TYPE_CHECKING:
    from pyarrow import RecordBatch
    from pyspark.sql import DataFrame, SparkSession

UNITS = 100_000  # of a partition: a fraction of a gigabyte, and a second or so of work
ANSWER = "standings binary, problems string, groups string"
_PATTERN_SIGNS = re.compile(r"([\[\]{}*?\\])")
_QUIET = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false",
          "spark.log.level": "ERROR", "spark.sql.caseSensitive": "true"}  # fmt: skip


class Absent(Exception):
    """What Spark needs and this machine lacks: "pyspark" or "java"."""


class Failed(Exception):
    """Spark gave up: memory, disk or machines; its own words."""


def session() -> SparkSession:
    """Spark as its own settings say: without any, in this machine, heard by this machine alone."""
    try:
        from pyspark.errors import PySparkRuntimeError  # the optional extra leitai[spark]
        from pyspark.sql import SparkSession
    except ImportError:
        raise Absent("pyspark") from None
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise Absent("java")
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("leitai")
    for key, value in _QUIET.items():
        builder = builder.config(key, value)
    try:
        return builder.getOrCreate()
    except PySparkRuntimeError:  # Java did not start: it is none, or older than 17
        raise Absent("java") from None


def answers(
    spark: SparkSession, order: Order, outline: Outline, file: Path, partitions: int | None = None
) -> list[Answer]:
    """The answer of every partition, each of which holds whole groups. Raises Failed."""
    from py4j.protocol import Py4JError  # only where Spark is asked for
    from pyspark.errors import PySparkException, PythonException

    if partitions is None:
        partitions = max(spark.sparkContext.defaultParallelism, -(-outline.units // UNITS))
    try:
        parts = _divided(spark, outline, file, partitions)
        work = _answering(order, outline.columns)
        made = parts.mapInArrow(work, ANSWER).collect()
    except PythonException:  # a bug of ours, in a partition
        raise
    except (PySparkException, Py4JError) as error:
        raise Failed(str(error).partition("\n")[0]) from None
    return [Answer(bytes(one["standings"]), one["problems"], one["groups"]) for one in made]


def _divided(spark: SparkSession, outline: Outline, file: Path, partitions: int) -> DataFrame:
    """The table with the numbers of each row and of its group, whole groups together."""
    from pyspark.sql.functions import broadcast, col

    table = _table(spark, outline.columns, file)
    stating = [name for name in outline.stated.columns if name != NUMBER]
    kinds = [*(f"{name} string" for name in stating), f"{NUMBER} long"]
    stated = spark.createDataFrame(outline.stated.rows(), ", ".join(kinds))
    place = outline.columns.index
    same = [col(f"c{place(name)}").eqNullSafe(stated[name]) for name in stating]
    numbered = table.join(broadcast(stated), same).drop(*stating)
    return numbered.repartition(partitions, NUMBER)


def _table(spark: SparkSession, columns: Sequence[str], file: Path) -> DataFrame:
    """The columns as c0, c1 …, since Spark takes a dot in a name for a field, and ROW."""
    path = "file://" + _PATTERN_SIGNS.sub(r"\\\1", str(file.resolve()))
    named = [f"`{name}` AS c{number}" for number, name in enumerate(columns)]
    return spark.read.parquet(path).selectExpr(*named, f"_metadata.row_index AS {ROW}")


def _answering(
    order: Order, columns: Sequence[str]
) -> Callable[[Iterator[Any]], Iterator[RecordBatch]]:
    """What runs in each partition, on its rows in batches."""

    def run(batches: Iterator[Any]) -> Iterator[RecordBatch]:
        from pyarrow import RecordBatch  # comes with Spark

        parts = [pl.DataFrame(batch) for batch in batches]
        if parts:
            part = pl.concat(parts)
            part.columns = [*columns, ROW, NUMBER]
            made = answer(part, order)
            yield RecordBatch.from_pydict({name: [cell] for name, cell in asdict(made).items()})

    return run
