"""Spark itself: the same bytes as one process, however many partitions there are."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from leitai.documents.standings import parquet, standings
from leitai.evaluate import evaluate
from leitai.spark import cluster
from leitai.spark.cluster import Failed, answers
from leitai.spark.gather import gather
from leitai.spark.order import Order, look_over
from tests.cli.conftest import Leitai
from tests.engine.rounds.wide import scheme_text, table, wide_round, write_round

UNITS, GROUPS = 100_000, 5_000
SCHEME = scheme_text(GROUPS)
ORDER = Order("r", "一期", SCHEME, "scheme.yaml", "units.parquet")


@pytest.fixture(scope="module")
def made() -> pl.DataFrame:
    return table(UNITS, GROUPS)


@pytest.fixture(scope="module")
def folder(made: pl.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """In a folder whose name Spark could take for a pattern."""
    return write_round(tmp_path_factory.mktemp("一 [1]{2}* 100%") / "round", made, SCHEME)


@pytest.fixture(scope="module")
def in_one_process(made: pl.DataFrame) -> bytes:
    board, problems = evaluate(wide_round(made, SCHEME))
    assert board is not None, problems
    return parquet(standings(board), board.round.scheme, "r")


def on_spark(spark: Any, folder: Path, partitions: int | None = None) -> bytes:
    file = folder / "units.parquet"
    outline, problems = look_over(ORDER, file)
    assert outline is not None, problems
    found, problems = gather(answers(spark, ORDER, outline, file, partitions), outline.units)
    assert found is not None, problems
    return parquet(found, outline.scheme, "r")


def test_100_000_units_have_the_same_bytes_in_any_number_of_partitions(
    spark: Any, folder: Path, in_one_process: bytes
) -> None:
    for partitions in (None, 1, 3, 7):
        assert on_spark(spark, folder, partitions) == in_one_process, partitions


def test_rows_dealt_out_without_regard_to_groups_are_caught(
    spark: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: the same number of partitions, of which none holds whole groups."""
    divided = cluster._divided

    def by_rows(*arguments: Any) -> Any:
        return divided(*arguments).repartition(3, "row")

    monkeypatch.setattr(cluster, "_divided", by_rows)
    with pytest.raises(AssertionError, match="split"):
        on_spark(spark, folder, 3)


def test_a_table_that_vanishes_is_told_in_a_sentence(spark: Any, tmp_path: Path) -> None:
    file = write_round(tmp_path / "r", table(500, 9), scheme_text(9)) / "units.parquet"
    order = Order("r", "一期", scheme_text(9), "scheme.yaml", "units.parquet")
    outline, _ = look_over(order, file)
    assert outline is not None
    file.unlink()
    with pytest.raises(Failed, match="PATH_NOT_FOUND"):
        answers(spark, order, outline, file)


def test_the_command_writes_the_same_file_as_without_spark(
    leitai: Leitai, folder: Path, tmp_path: Path
) -> None:
    one, other = tmp_path / "one.parquet", tmp_path / "other.parquet"
    ended = leitai("evaluate", folder, "--engine", "spark", "--parquet", one)
    assert ended.code == 0
    assert "示例数据，均为虚构" in ended.out
    assert "共100000个单位" in ended.out
    assert leitai("evaluate", folder, "--parquet", other).code == 0
    assert one.read_bytes() == other.read_bytes()


def test_problems_of_all_partitions_come_at_once_and_nothing_is_written(
    leitai: Leitai, tmp_path: Path
) -> None:
    made = table(500, 9).with_columns(
        pl.when(pl.col("unit").is_in(["u3", "u300"]))
        .then(pl.lit("十"))
        .otherwise("low.actual")
        .alias("low.actual")
    )
    folder, out = write_round(tmp_path / "r", made, scheme_text(9)), tmp_path / "out.parquet"
    ended = leitai("evaluate", folder, "--engine", "spark", "--parquet", out)
    assert ended.code == 1
    assert not out.exists()
    assert "units.parquet!low.actual!4：" in ended.err
    assert "units.parquet!low.actual!301：" in ended.err
    alone = leitai("evaluate", folder)
    assert ended.err.splitlines()[-3:] == alone.err.splitlines()[-3:]


def test_java_that_does_not_start_is_told_in_a_sentence(folder: Path, tmp_path: Path) -> None:
    """In a process of its own: here Java runs already."""
    out = tmp_path / "out.parquet"
    ended = subprocess.run(
        [sys.executable, "-c", "from leitai.cli import main; main()", "evaluate", folder,
         "--engine", "spark", "--parquet", out],
        env={**os.environ, "JAVA_HOME": str(tmp_path)}, check=False, capture_output=True,
        encoding="utf-8",
    )  # fmt: skip
    assert ended.returncode == 2
    assert not out.exists()
    assert "需要 Java 17 或更新版本" in ended.stderr
    assert "Traceback" not in ended.stderr
