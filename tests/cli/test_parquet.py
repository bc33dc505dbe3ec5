"""`leitai evaluate --parquet` and `--engine spark`: what is written, printed and refused."""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl
import pytest

from tests.cli.conftest import Leitai
from tests.engine import spark_stand_in as stand_in
from tests.engine.rounds.wide import scheme_text, table, write_round

MANY, GROUPS = 10_001, 500


@pytest.fixture
def wide(tmp_path: Path) -> Path:
    return write_round(tmp_path / "round", table(300, 9), scheme_text(9))


@pytest.fixture
def large(tmp_path: Path) -> Path:
    return write_round(tmp_path / "round", table(MANY, GROUPS), scheme_text(GROUPS))


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What starting Spark sets is taken back."""
    for name in ("SPARK_LOCAL_IP", "PYSPARK_PYTHON"):
        monkeypatch.setenv(name, "")


def test_the_standings_of_a_small_round_are_written_and_its_boards_printed(
    leitai: Leitai, small: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out" / "standings.parquet"
    ended = leitai("evaluate", small, "--parquet", out)
    assert ended.code == 0
    assert "第1名" in ended.out
    assert f"已写入 {out}" in ended.err.replace("\n", "")
    found = pl.read_parquet(out)
    assert found.select("unit", "total", "bonus", "base_place", "place", "grade").rows() == [
        (unit, *[pl.Series([text]).str.to_decimal(scale=2)[0] for text in points], *rest)
        for unit, points, *rest in (
            ("jia", ("100.00", "0.00"), 1, 2, "good"),
            ("yi", ("90.00", "1.00"), 2, 1, "excellent"),
            ("bing", ("76.50", "0.00"), 3, 3, "fair"),
        )
    ]


def test_a_round_of_10_000_units_is_printed_and_one_more_is_summed_up(
    leitai: Leitai, large: Path, tmp_path: Path
) -> None:
    ended = leitai("evaluate", large, "--lang", "en", "--parquet", tmp_path / "x.parquet")
    assert ended.code == 0
    assert ended.out.splitlines()[1:] == [
        "Example data, all made up; they say nothing about any real organisation",
        "10001 units in 501 groups.",
        "Too many to list one by one: --group shows one group, --parquet writes them all.",
    ]
    assert len(pl.read_parquet(tmp_path / "x.parquet")) == MANY


def test_one_group_of_a_large_round_is_printed_without_a_seal(leitai: Leitai, large: Path) -> None:
    ended = leitai("evaluate", large, "--group", "第7组")
    assert ended.code == 0
    assert "镇街 · 第7组" in ended.out
    assert "第8组" not in ended.out
    assert "SHA-256" not in ended.out


def test_spark_writes_the_same_bytes(
    leitai: Leitai, wide: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in.put_in_place(monkeypatch)
    one, other = tmp_path / "one.parquet", tmp_path / "other.parquet"
    assert leitai("evaluate", wide, "--parquet", one).code == 0
    ended = leitai("evaluate", wide, "--engine", "spark", "--parquet", other)
    assert ended.code == 0
    assert "共300个单位，10个类别" in ended.out
    assert "提示（" in ended.err
    assert one.read_bytes() == other.read_bytes()


def test_problems_of_partitions_are_told_and_nothing_is_written(
    leitai: Leitai, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in.put_in_place(monkeypatch)
    made = table(300, 9).with_columns(
        pl.when(pl.col("unit").is_in(["u3", "u200"]))
        .then(pl.lit("十"))
        .otherwise("low.actual")
        .alias("low.actual")
    )
    wide, out = write_round(tmp_path / "round", made, scheme_text(9)), tmp_path / "out.parquet"
    ended = leitai("evaluate", wide, "--engine", "spark", "--parquet", out)
    assert ended.code == 1
    assert not out.exists()
    lines = ended.err.splitlines()
    assert [line.partition("：")[0] for line in lines[:2]] == [
        "units.parquet!low.actual!4",
        "units.parquet!low.actual!201",
    ]
    assert "发现2个问题" in ended.err


def test_what_is_wrong_with_the_round_is_told_before_spark_starts(
    leitai: Leitai, wide: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.parquet"
    (wide / "round.yaml").write_text("round: a\nnam: b\n", encoding="utf-8")
    assert leitai("evaluate", wide, "--engine", "spark", "--parquet", out).code == 1
    again = write_round(tmp_path / "b" / "r", table(300, 9).drop("name"), scheme_text(9))
    ended = leitai("evaluate", again, "--engine", "spark", "--parquet", out)
    assert ended.code == 1
    assert "宽表缺少“name”列" in ended.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--parquet", "榜.xlsx"], "请把“榜.xlsx”的扩展名改为 .parquet"),
        (["--parquet", "ROUND/x.parquet"], "在一期评价的数据文件夹中"),
        (["--engine", "spark"], "请给出 --parquet"),
        (["--engine", "spark", "--parquet", "OUT/x.parquet", "--json"], "请给出 --parquet"),
        (["--engine", "spark", "--parquet", "OUT/x.parquet", "--group", "x"], "去掉 --group"),
        (["--engine", "spark", "--parquet", "OUT/x.parquet", "--xlsx", "x.xlsx"], "去掉 --group"),
    ],
)
def test_wrong_use_is_told(
    leitai: Leitai, wide: Path, tmp_path: Path, arguments: list[str], sentence: str
) -> None:
    places = {"ROUND": str(wide), "OUT": str(tmp_path)}
    for word, place in places.items():
        arguments = [one.replace(word, place) for one in arguments]
    ended = leitai("evaluate", wide, *arguments)
    assert ended.code == 2
    assert sentence in ended.err.replace("\n", "")


def spark_refused(leitai: Leitai, folder: Path, tmp_path: Path) -> str:
    """The one sentence that a refused command ends with."""
    ended = leitai("evaluate", folder, "--engine", "spark", "--parquet", tmp_path / "x.parquet")
    assert ended.code == 2
    assert not (tmp_path / "x.parquet").exists()
    return ended.err.replace("\n", "")


def test_rows_and_facts_beside_the_table_are_not_for_spark(
    leitai: Leitai, small: Path, wide: Path, tmp_path: Path
) -> None:
    assert "round.yaml 写的是“../units.csv”" in spark_refused(leitai, small, tmp_path)
    (wide / "events.csv").write_text("单位,指标,分值,原因\n", encoding="utf-8")
    with (wide / "round.yaml").open("a", encoding="utf-8") as about:
        about.write("year: 2019\n")
    assert "还有：events.csv、round.yaml: year。" in spark_refused(leitai, wide, tmp_path)
    (wide / "events.csv").unlink()
    (wide / "units.parquet").unlink()
    assert "找不到文件" in spark_refused(leitai, wide, tmp_path)


ANNUAL = """year:
  consequences: [{id: a, name: 末位约谈, series: [towns], when: {last: "yes"}, then: interview}]
"""


@pytest.mark.parametrize("line", ["year: 2019", "quarters: {Q1: ../nowhere}", "history: [../x]"])
def test_a_wide_round_is_no_year_and_linked_to_none(leitai: Leitai, wide: Path, line: str) -> None:
    with (wide / "round.yaml").open("a", encoding="utf-8") as about:
        about.write(f"{line}\n")
    ended = leitai("evaluate", wide)
    assert (ended.code, ended.out) == (1, "")
    assert "round.yaml：一张宽表不能是年度的一期" in ended.err
    assert "发现1个问题" in ended.err


@pytest.mark.parametrize("engine", ["one", "spark"])
def test_a_wide_round_has_no_scheme_of_a_year(
    leitai: Leitai, tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in.put_in_place(monkeypatch)
    wide = write_round(tmp_path / "round", table(300, 9), scheme_text(9) + ANNUAL)
    ended = leitai("evaluate", wide, "--engine", engine, "--parquet", tmp_path / "x.parquet")
    assert (ended.code, ended.out) == (1, "")
    assert "scheme.yaml：一张宽表不能是年度的一期" in ended.err
    assert "发现1个问题" in ended.err


def test_facts_beside_a_wide_table_are_read_with_it(leitai: Leitai, wide: Path) -> None:
    (wide / "values.csv").write_text("单位,指标,实际值\n单位3,最优值,1\n", encoding="utf-8")
    ended = leitai("evaluate", wide)
    assert (ended.code, "values.csv:2" in ended.err) == (1, True)


@pytest.mark.parametrize("command", ["evaluate", "check"])
def test_a_wide_table_that_is_none_is_told(leitai: Leitai, wide: Path, command: str) -> None:
    (wide / "units.parquet").write_bytes(b"unit,name\n")
    ended = leitai(command, wide)
    assert ended.code == 1
    assert "units.parquet：这不是可以读取的 Parquet 文件" in ended.err


def test_check_takes_the_units_of_a_wide_table(leitai: Leitai, wide: Path) -> None:
    alone = leitai("check", wide)
    assert (alone.code, "units.parquet" in alone.err) == (0, False)
    assert "没有单位名单" not in alone.out
    assert leitai("check", wide, "--facts", wide).code == 0


def test_trace_finds_a_value_that_came_in_a_column_by_its_id(leitai: Leitai, wide: Path) -> None:
    ended = leitai("trace", wide, "u3/best")
    assert (ended.code, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert lines[1:4] == ["数据 u3/best（u3/best）", "  单位：单位3", "  指标：最优值"]
    made = [line for line in lines if line.startswith("  单位3 · ")]
    assert [line.split(" · ")[1:3][0] for line in made] == ["最优值"] * len(made)
    assert "个单位的“最优值”得分" in ended.out
    for unknown in ("u3/bset", "u999/best", "best"):
        assert leitai("trace", wide, unknown).code == 2
    assert "是否为“u3/best”" in leitai("trace", wide, "u3/bset").err


def test_trace_makes_only_the_lines_of_one_unit_of_a_large_round(
    leitai: Leitai, large: Path
) -> None:
    assert "单位7 · 完成量" in leitai("trace", large, "u7/done").out
    ended = leitai("trace", large, "u7/donne")
    assert (ended.code, "是否为" in ended.err) == (2, False)


def test_without_pyspark_the_command_says_what_to_install(
    leitai: Leitai, wide: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)  # as if it were not installed
    assert "pip install 'leitai[spark]'" in spark_refused(leitai, wide, tmp_path)


def test_without_java_the_command_says_what_to_install(
    leitai: Leitai, wide: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in.put_in_place(monkeypatch)
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    assert "需要 Java 17 或更新版本" in spark_refused(leitai, wide, tmp_path)


def test_java_that_does_not_start_is_told(
    leitai: Leitai, wide: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in.put_in_place(monkeypatch, start=stand_in.PySparkRuntimeError("JAVA_GATEWAY_EXITED"))
    assert "需要 Java 17 或更新版本" in spark_refused(leitai, wide, tmp_path)


@pytest.mark.parametrize("failure", [stand_in.PySparkException, stand_in.Py4JError])
def test_spark_that_gives_up_is_told_in_its_own_first_words(
    leitai: Leitai,
    wide: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    failure: type[Exception],
) -> None:
    stand_in.put_in_place(monkeypatch, work=failure("Java heap space\n\tat org.apache.spark…"))
    said = spark_refused(leitai, wide, tmp_path)
    assert said == "Spark 中途停止，没有写出任何文件：Java heap space"


def test_a_bug_of_ours_in_a_partition_is_a_bug(
    leitai: Leitai, wide: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in.put_in_place(monkeypatch, work=stand_in.PythonException("KeyError"))
    ended = leitai("evaluate", wide, "--engine", "spark", "--parquet", tmp_path / "x.parquet")
    assert ended.code == 3
