"""A wide table says what rows say: the same round in columns gives the same figures."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

import polars as pl
import pytest

from leitai.board import FEW as LINES_TOGETHER
from leitai.evaluate import evaluate
from leitai.explain.trail_text import unit_text
from leitai.facts.round import FACTS, with_facts
from leitai.facts.rows import Row
from leitai.facts.wide import assemble_wide, read_wide
from leitai.points import exact
from leitai.problems import Problem, blocking
from leitai.scheme.read import scheme_from
from leitai.scoring import run
from leitai.seal.plain import plain_figures, plain_round
from tests.engine.rounds.build import build
from tests.engine.rounds.examples import for_any_round
from tests.engine.rounds.made import Made, board_of, evaluated, node_of
from tests.engine.rounds.scope import VALUE_KINDS, Limits

VALUED = Limits(indicators=(1, 5), series=(1, 2), units=(1, 6), kinds=VALUE_KINDS)
SCHEME: dict[str, Any] = {
    "scheme": "s", "version": "1", "name": "例", "made_up": "yes",
    "items": {"work": {"name": "工作"}},
    "indicators": [
        {"id": "done", "name": "完成量", "item": "work", "measure": {"kind": "completion"}},
        {"id": "best", "name": "最优", "item": "work", "measure": {"kind": "best_ratio"}},
    ],
    "sheets": {"s": {"done": "60", "best": "40"}},
    "series": [{"id": "towns", "name": "镇街", "sheet": "s", "groups": {"a": "甲类", "b": "乙类"}}],
}  # fmt: skip


def in_columns(made: Made) -> pl.DataFrame:
    """The units and values of a made round as one wide table of texts."""
    values = {(row["unit"], row["indicator"]): row for row in made.rows("values")}
    columns: dict[str, list[str | None]] = {
        name: [row.get(name, "") for row in made.units]
        for name in ("unit", "name", "series", "group")
    }
    for indicator in made.scheme["indicators"]:
        for fact in FACTS:
            cells = [values.get((u["unit"], indicator["id"]), {}).get(fact) for u in made.units]
            if any(cells):
                columns[f"{indicator['id']}.{fact}"] = [cell or None for cell in cells]
    schema = dict.fromkeys(columns, pl.String)
    return pl.DataFrame(columns, schema=schema)


def board_in_columns(made: Made) -> Any:
    scheme, _ = scheme_from(node_of(made.scheme))
    assert scheme is not None
    round_, problems = assemble_wide(
        "random", "随机一期", scheme, in_columns(made), "units.parquet"
    )
    assert round_ is not None, problems
    others = {
        table: [Row(table, row["id"], row["id"], row) for row in rows]
        for table, rows in made.facts.items()
        if table != "values"
    }
    round_, _ = with_facts(round_, others)
    return round_, *evaluate(round_)


@for_any_round
def test_a_round_in_columns_has_the_figures_of_the_same_round_in_rows(random: Random) -> None:
    made = build(random, VALUED)
    rows = plain_figures(board_of(made))
    _, board, problems = board_in_columns(made)
    assert board is not None, problems
    columns = plain_figures(board)
    assert columns["units"] == rows["units"]
    unsourced = [{**line, "source": None} for line in columns["lines"]]
    assert unsourced == [{**line, "source": None} for line in rows["lines"]]


@for_any_round
def test_the_plain_round_has_a_row_for_every_value_that_came_in_a_column(random: Random) -> None:
    made = build(random, VALUED)
    round_, _, _ = board_in_columns(made)
    plain = plain_round(round_)["facts"].get("values", [])
    cells = {(r["unit"], r["indicator"]): {f: r[f] for f in FACTS if f in r} for r in plain}
    given = {
        (r["unit"], r["indicator"]): {f: r[f] for f in FACTS if r.get(f)}
        for r in made.rows("values")
    }
    assert {key: set(one) for key, one in cells.items()} == {
        key: set(one) for key, one in given.items() if one
    }


@for_any_round
def test_values_are_looked_up_alike_wherever_they_came_from(random: Random) -> None:
    made = build(random, VALUED)
    _, board, _ = board_in_columns(made)
    assert board is not None
    rows = board_of(made).taken.values
    columns = board.taken.values
    assert (len(columns), set(columns)) == (len(rows), set(rows))
    stated = {key: exact(row["actual"]) for key, row in rows.items() if row["actual"]}
    assert {key: exact(columns[key]["actual"]) for key in stated} == stated
    assert ("nobody", "nothing") not in rows


@for_any_round
def test_a_missing_value_is_named_in_a_column_as_it_is_in_a_row(random: Random) -> None:
    made = build(random, VALUED)
    rows = made.rows("values")
    gone = random.choice(rows) if rows else {}
    less = made.with_rows(values=[row for row in rows if row is not gone])
    _, board, problems = board_in_columns(less)
    in_rows = {(one.code, *sorted(one.args.items())) for one in evaluated(less)[2]}
    assert {(one.code, *sorted(one.args.items())) for one in blocking(problems)} == in_rows
    assert (board is None) == bool(in_rows)


def table(**columns: Any) -> pl.DataFrame:
    """Five towns in two groups, done 10 of 10 each."""
    made = {
        "unit": ["u1", "u2", "u3", "u4", "u5", "u6"],
        "name": ["一", "二", "三", "四", "五", "六"],
        "series": ["towns"] * 6,
        "group": ["a", "a", "a", "b", "b", "b"],
        "done.actual": [10, 9, 8, 7, 6, 5],
        "done.target": [10] * 6,
        "best.actual": ["1.5", "2", "2.50", "1", "3", "4"],
        **columns,
    }
    return pl.DataFrame({name: one for name, one in made.items() if one is not None})


def problems_of(found: pl.DataFrame, scheme: Mapping[str, Any] = SCHEME) -> list[Problem]:
    read, problems = scheme_from(node_of(scheme))
    assert read is not None, problems
    return assemble_wide("r", "一期", read, found, "u.parquet")[1]


def board_of_table(found: pl.DataFrame) -> Any:
    read, _ = scheme_from(node_of(SCHEME))
    assert read is not None
    round_, problems = assemble_wide("r", "一期", read, found, "u.parquet")
    assert round_ is not None, problems
    board, problems = evaluate(round_)
    assert board is not None, problems
    return board


def test_integers_decimals_and_texts_are_read_exactly() -> None:
    # u3: done 60 × 8 ÷ 10 = 48, best 40 × 2.5 ÷ 2.5 = 40; u1: 60 and 40 × 1.5 ÷ 2.5 = 24
    texts = board_of_table(table())
    assert texts.results["u3"].exact == 8800
    assert texts.results["u1"].exact == 8400
    half = pl.Series(["1.5", "2", "2.50", "1", "3", "4"]).cast(pl.Decimal(6, 2))
    again = board_of_table(table(**{"best.actual": half}))
    assert plain_figures(again)["units"] == plain_figures(texts)["units"]
    assert "实际1.5" in unit_text(texts, "u1", "zh")


WRONG: dict[str, tuple[dict[str, Any], list[tuple[str, str]]]] = {
    "a column is missing": ({"group": None}, [("wide.column-missing", "u.parquet")]),
    "a column nobody knows": (
        {"dine.actual": [1] * 6},
        [("wide.column-unknown", "u.parquet")],
    ),
    "floats": ({"done.actual": [0.1] * 6}, [("wide.not-exact", "u.parquet!done.actual")]),
    "ids that are numbers": ({"unit": [1, 2, 3, 4, 5, 6]}, [("wide.not-text", "u.parquet!unit")]),
    "a blank name": (
        {"name": ["一", None, "三", "四", "五", "六"]},
        [("wide.text-refused", "u.parquet!name!2")],
    ),
    "a sign nobody sees": (
        {"name": ["一", "二", "三\u200b", "四", "五", "六"]},
        [("wide.text-refused", "u.parquet!name!3")],
    ),
    "a unit twice": (
        {"unit": ["u1", "u2", "U1", "u4", "u5", "u6"]},
        [("fact.unit-doubled", "u.parquet!unit!3")],
    ),
    "a name twice": (
        {"name": ["甲a", "二", "甲A", "四", "五", "甲A"]},
        [("fact.unit-unclear", "u.parquet!name!3"), ("fact.unit-unclear", "u.parquet!name!6")],
    ),
    "an id with signs": (
        {"unit": ["u1", "u/2", "u3", "u4", "u5", "u6"]},
        [("scheme.id-refused", "u.parquet!unit!2")],
    ),
    "an unknown series": (
        {"series": ["towns"] * 5 + ["parks"]},
        [("fact.series-unknown", "u.parquet!series!6")],
    ),
    "an unknown group": (
        {"group": ["a"] * 5 + ["c"]},
        [("fact.group-unknown", "u.parquet!group!6")],
    ),
    "no number": (
        {"best.actual": ["1", "2", "x", "1", "3", "4"]},
        [("value.not-a-number", "u.parquet!best.actual!3")],
    ),
    "nineteen digits": (
        {"done.actual": [10**18, 9, 8, 7, 6, 5]},
        [("fact.too-many-digits", "u.parquet!done.actual!1")],
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_with_a_wide_table_is_told_with_its_cell(name: str) -> None:
    columns, expected = WRONG[name]
    found = problems_of(table(**columns))
    assert [(one.code, one.where) for one in found] == expected


def test_groups_and_series_may_be_named() -> None:
    named = table(series=["镇街"] * 6, group=["甲类"] * 3 + ["乙类"] * 3)
    assert plain_figures(board_of_table(named)) == plain_figures(board_of_table(table()))


def test_all_that_is_wrong_is_told_at_once() -> None:
    found = problems_of(table(name=["一", "一", "三", "四", "五", "六"], group=["c"] * 6))
    assert [one.code for one in found] == ["fact.unit-unclear", *["fact.group-unknown"] * 6]
    assert found[0].args == {"unit": "一", "first": "u1"}


def test_a_value_may_not_come_in_a_column_and_in_a_row() -> None:
    read, _ = scheme_from(node_of(SCHEME))
    assert read is not None
    round_, _ = assemble_wide("r", "一期", read, table(), "u.parquet")
    assert round_ is not None
    row = Row("values", "v1", "v:2", {"unit": "u1", "indicator": "done", "actual": "1"})
    both, _ = with_facts(round_, {"values": [row]})
    assert [one.code for one in blocking(evaluate(both)[1])] == ["fact.in-two-forms"]


def test_values_off_the_sheet_and_coefficients_nobody_takes_are_refused() -> None:
    scheme = {**SCHEME, "sheets": {"s": {"done": "60", "best": "40"}, "o": {"done": "100"}}}
    series = [{**SCHEME["series"][0], "own_sheets": {"u1": "o"}}]
    read, _ = scheme_from(node_of({**scheme, "series": series}))
    assert read is not None
    columns = {"best.coefficient": [None, "2", None, None, None, None],
               "done.coefficient": ["0", None, None, None, None, None]}  # fmt: skip
    round_, _ = assemble_wide("r", "一期", read, table(**columns), "u.parquet")
    assert round_ is not None
    codes = [one.code for one in blocking(evaluate(round_)[1])]
    assert codes == [
        "fact.not-on-sheet",
        "fact.coefficient-unwanted",
        "fact.coefficient-not-positive",
    ]


def test_an_own_sheet_of_somebody_who_is_not_there_is_told() -> None:
    series = [{**SCHEME["series"][0], "own_sheets": {"u9": "s"}}]
    found = problems_of(table(), {**SCHEME, "series": series})
    assert [one.code for one in found] == ["scheme.own-sheet-unit-unknown"]


def test_a_file_that_is_no_parquet_is_told() -> None:
    found, problems = read_wide(b"unit,name\n", "u.parquet")
    assert found is None
    assert [(one.code, one.where) for one in problems] == [("wide.unreadable", "u.parquet")]
    held = io.BytesIO()
    table().write_parquet(held)
    again, problems = read_wide(held.getvalue(), "u.parquet")
    assert again is not None
    assert again.equals(table())
    assert problems == []


def test_of_many_units_only_the_lines_and_the_group_asked_for_are_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = board_of_table(table())
    few: Callable[[str], Any] = lambda unit: (whole.by_unit[unit], unit_text(whole, unit, "zh"))  # noqa: E731
    before = {unit: few(unit) for unit in whole.results}
    monkeypatch.setattr("leitai.board.FEW", 2)
    monkeypatch.setattr(run, "FEW", 2)
    many = board_of_table(table())
    after = {u: (many.by_unit[u], unit_text(many, u, "zh")) for u in many.results}
    assert after == before
    assert LINES_TOGETHER == 10_000
    assert len(many.by_unit) == 6
    assert list(many.by_unit) == list(many.results)


def test_places_stay_with_their_units_where_groups_are_mixed() -> None:
    """A lazy `rank().over()` once handed the rows back group by group."""
    places = {"kind": "place", "table": ["100%", "95%", "50%"]}
    scheme = {
        **SCHEME,
        "indicators": [{"id": "done", "name": "完成量", "item": "work", "measure": places}],
        "sheets": {"s": {"done": "12"}},
    }
    read, _ = scheme_from(node_of(scheme))
    assert read is not None
    mixed = {"group": ["a", "b", "b", "a", "b", "a"], "done.actual": [0, 90, 110, 70, -10, 0]}
    found = table(**mixed, **{"done.target": None, "best.actual": None})
    round_, problems = assemble_wide("r", "一期", read, found, "u.parquet")
    assert round_ is not None, problems
    board, problems = evaluate(round_)
    assert board is not None, problems
    earned = {unit: board.points_of(unit, "done") for unit in board.results}
    assert earned == {"u1": 1140, "u2": 1140, "u3": 1200, "u4": 1200, "u5": 600, "u6": 1140}
