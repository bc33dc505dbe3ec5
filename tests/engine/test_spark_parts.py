"""A round divided by comparison groups and put together again, without Spark itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from leitai.documents.standings import standings
from leitai.evaluate import evaluate
from leitai.problems import Problem, blocking
from leitai.spark.cluster import answers
from leitai.spark.gather import gather
from leitai.spark.order import NUMBER, Order, Outline, look_over
from leitai.spark.part import ROW, answer
from tests.engine import spark_stand_in as stand_in
from tests.engine.rounds.wide import scheme_text, table, wide_round

UNITS, GROUPS = 400, 23
SCHEME = scheme_text(GROUPS)
ORDER = Order("r", "一期", SCHEME, "scheme.yaml", "units.parquet")


def outline(made: pl.DataFrame, folder: Path, order: Order = ORDER) -> Outline:
    found, problems = seen(made, folder, order)
    assert found is not None, problems
    return found


def seen(
    made: pl.DataFrame, folder: Path, order: Order = ORDER
) -> tuple[Outline | None, list[Problem]]:
    file = folder / "units.parquet"
    made.write_parquet(file)
    return look_over(order, file)


def in_parts(
    made: pl.DataFrame, found: Outline, by: pl.Expr
) -> tuple[pl.DataFrame | None, Sequence[Problem]]:
    """What comes of a table whose rows go to the part that `by` says, in any order."""
    numbered = made.with_row_index(ROW).with_columns(pl.col(ROW).cast(pl.Int64))
    numbered = numbered.join(
        found.stated, on=["series", "group"], how="left", nulls_equal=True, maintain_order="none"
    )
    shuffled = numbered.sample(fraction=1, shuffle=True, seed=3).with_columns(part=by)
    parts = shuffled.partition_by("part")
    columns = [*found.columns, ROW, NUMBER]
    return gather([answer(part.select(columns), ORDER) for part in parts], found.units)


@pytest.mark.parametrize("parts", [1, 3, 7, GROUPS + 1])
def test_groups_in_any_number_of_parts_give_the_same_table(tmp_path: Path, parts: int) -> None:
    made = table(UNITS, GROUPS)
    board, warnings = evaluate(wide_round(made, SCHEME))
    assert board is not None
    together, told = in_parts(made, outline(made, tmp_path), pl.col(NUMBER) % parts)
    assert together is not None
    assert together.equals(standings(board))
    assert sorted(one.key for one in told) == sorted(one.key for one in warnings)


@pytest.mark.parametrize("by", [pl.col(ROW) % 3, pl.col("group").hash() % 3])
def test_parts_that_split_a_group_are_caught(tmp_path: Path, by: pl.Expr) -> None:
    """Negative control: by rows, and by what the column says, which spells a group in two ways."""
    made = table(UNITS, GROUPS)
    with pytest.raises(AssertionError, match="split"):
        in_parts(made, outline(made, tmp_path), by)


def test_more_partitions_than_groups_leave_some_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in.put_in_place(monkeypatch)
    made = table(UNITS, GROUPS)
    board, _ = evaluate(wide_round(made, SCHEME))
    assert board is not None
    found, file = outline(made, tmp_path), tmp_path / "units.parquet"
    given = answers(stand_in.SparkSession(), ORDER, found, file, 2 * GROUPS)
    assert len(given) == GROUPS + 1
    together, _ = gather(given, UNITS)
    assert together is not None
    assert together.equals(standings(board))


def test_a_lost_and_a_doubled_unit_are_caught() -> None:
    made = table(UNITS, GROUPS)
    rows = pl.int_range(UNITS, eager=True)
    whole = answer(made.with_columns(rows.alias(ROW), pl.lit(1).alias(NUMBER)), ORDER)
    again = replace(whole, groups="[2]")
    assert gather([whole], UNITS)[0] is not None
    for some, units in (([whole, again], UNITS), ([whole], UNITS + 1)):
        with pytest.raises(AssertionError, match="lost or doubled"):
            gather(some, units)


def test_problems_of_all_parts_are_told_together_with_the_rows_of_the_whole_table(
    tmp_path: Path,
) -> None:
    made = table(UNITS, GROUPS)
    made = made.with_columns(
        pl.when(pl.col("unit").is_in(["u20", "u300"]))
        .then(pl.lit("十"))
        .otherwise("low.actual")
        .alias("low.actual"),
        pl.when(pl.col("unit") != "u399").then("best.actual").alias("best.actual"),
    )
    together, told = in_parts(made, outline(made, tmp_path), pl.col(NUMBER) % 7)
    assert together is None
    places = [(one.code, one.where) for one in blocking(told)]
    assert places == [
        ("fact.missing", ""),
        ("value.not-a-number", "units.parquet!low.actual!21"),
        ("value.not-a-number", "units.parquet!low.actual!301"),
    ]


def test_numbers_of_too_many_digits_are_told_with_their_row(tmp_path: Path) -> None:
    made = table(UNITS, GROUPS).with_columns(
        pl.when(pl.col("unit") == "u20")
        .then(10**18)
        .otherwise("first.actual")
        .alias("first.actual"),
    )
    _, told = in_parts(made, outline(made, tmp_path), pl.col(NUMBER) % 7)
    places = [(one.code, one.where) for one in blocking(told)]
    assert places == [("fact.too-many-digits", "units.parquet!first.actual!21")]


def changed(unit: str, column: str, text: str | None) -> pl.DataFrame:
    """The table with one cell replaced."""
    replaced = pl.when(pl.col("unit") == unit).then(pl.lit(text, dtype=pl.String))
    return table(UNITS, GROUPS).with_columns(replaced.otherwise(column).alias(column))


@pytest.mark.parametrize(
    ("made", "places"),
    [
        (changed("u9", "unit", "u3"), [("fact.unit-doubled", "units.parquet!unit!10")]),
        (changed("u9", "name", "单位300"), [("fact.unit-unclear", "units.parquet!name!301")]),
        (changed("u1", "series", "港口"), [("fact.series-unknown", "units.parquet!series!2")]),
        (changed("u2", "group", "g99"), [("fact.group-unknown", "units.parquet!group!3")]),
        (changed("u7", "unit", "u700"), [("scheme.own-sheet-unit-unknown", "")]),
        (table(UNITS, GROUPS).clear(), [("fact.no-units", "units.parquet")]),
        (table(UNITS, GROUPS).drop("name"), [("wide.column-missing", "units.parquet")]),
        (table(UNITS, GROUPS).with_columns(x=1), [("wide.column-unknown", "units.parquet")]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_units_is_told_before_anything_is_divided(
    tmp_path: Path, made: pl.DataFrame, places: list[tuple[str, str]]
) -> None:
    found, problems = seen(made, tmp_path)
    assert found is None
    assert [(one.code, one.where) for one in blocking(problems)] == places


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("kind: efficacy", "kind: magic", "scheme.measure-unknown"),
        ("sheet: parks}", "sheet: ports}", "scheme.id-unknown"),
        ("scheme: wide", "scheme: [", "scheme.unreadable"),
    ],
)
def test_what_is_wrong_with_the_scheme_is_told_before_anything_is_divided(
    tmp_path: Path, old: str, new: str, code: str
) -> None:
    order = Order("r", "一期", SCHEME.replace(old, new), "scheme.yaml", "units.parquet")
    found, problems = seen(table(UNITS, GROUPS), tmp_path, order)
    assert found is None
    assert code in {one.code for one in problems}


def test_a_file_that_is_no_parquet_is_told(tmp_path: Path) -> None:
    file = tmp_path / "units.parquet"
    file.write_bytes(b"PAR1")
    found, problems = look_over(ORDER, file)
    assert found is None
    assert [one.code for one in blocking(problems)] == ["wide.unreadable"]
