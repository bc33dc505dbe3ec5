"""Names become ids, and what stands twice is found."""

from collections.abc import Mapping, Sequence

import pytest

from leitai.facts.doubles import doubles
from leitai.facts.resolve import resolve
from leitai.facts.rows import Row
from leitai.facts.tables import TABLES
from leitai.problems import Problem, problem

UNITS = {"jia": "甲河镇", "yi": "乙镇", "east": "城关镇", "west": "城关镇"}
INDICATORS = {"gdp": "地区生产总值", "pm25": "PM2.5平均浓度", "road-a": "道路", "road-b": "道路"}


def rows(table: str, *cells: dict[str, str]) -> dict[str, list[Row]]:
    """A table of rows, numbered from 2 as in a CSV file; needed cells not named hold a 1."""
    needed = dict.fromkeys((one.name for one in TABLES[table].needed), "1")
    places = [f"{table}.csv:{number}" for number in range(2, len(cells) + 2)]
    return {
        table: [
            Row(table, one.get("id", place), place, {**needed, **one})
            for one, place in zip(cells, places, strict=True)
        ]
    }


def value(unit: str, indicator: str, **more: str) -> dict[str, str]:
    """The cells of a row of values."""
    return {"unit": unit, "indicator": indicator, "actual": "1", **more}


def settled(tables: dict[str, list[Row]]) -> tuple[Mapping[str, Sequence[Row]], list[Problem]]:
    """The tables with names resolved and doubles out."""
    resolved, problems = resolve(tables, UNITS, INDICATORS)
    kept, more = doubles(resolved, {**INDICATORS, **UNITS})
    return kept, problems + more


def result(tables: dict[str, list[Row]]) -> tuple[list[tuple[str, str]], list[Problem]]:
    """Unit and indicator of the rows that are left, and the problems."""
    resolved, problems = settled(tables)
    left = [(row["unit"], row["indicator"]) for table in resolved.values() for row in table]
    return left, problems


@pytest.mark.parametrize("unit", ["jia", "甲河镇", "甲 河 镇", "JIA", "ｊｉａ"])
def test_a_unit_goes_by_id_or_name_however_spaced(unit: str) -> None:
    assert result(rows("values", value(unit, "gdp"))) == ([("jia", "gdp")], [])


@pytest.mark.parametrize(
    "indicator", ["pm25", "PM2.5平均浓度", "pm2.5平均浓度", "ＰＭ２．５平均浓度"]
)
def test_an_indicator_goes_by_id_or_name_likewise(indicator: str) -> None:
    assert result(rows("values", value("jia", indicator))) == ([("jia", "pm25")], [])


def test_all_other_cells_and_the_place_stay() -> None:
    resolved, _ = resolve(
        rows("values", value("甲河镇", "地区生产总值", source="台账")), UNITS, INDICATORS
    )
    expected = {"unit": "jia", "indicator": "gdp", "actual": "1", "source": "台账"}
    assert resolved == {"values": [Row("values", "values.csv:2", "values.csv:2", expected)]}


def test_an_unknown_unit_is_told_with_the_nearest_name() -> None:
    assert result(rows("values", value("甲河真", "gdp"), value("乙镇", "gdp"))) == (
        [("yi", "gdp")],
        [problem("fact.unit-unknown", "values.csv:2", unit="甲河真", near="甲河镇")],
    )


def test_the_place_of_a_cell_is_told_where_it_is_known() -> None:
    row = Row("values", "x!数据!2", "x!数据!2", value("丁", "gdp"), {"unit": "x.xlsx!A2"})
    assert result({"values": [row]})[1] == [
        problem("fact.unit-unknown", "x.xlsx!A2", unit="丁", near="")
    ]


def test_an_unknown_indicator_is_told_beside_an_unknown_unit() -> None:
    assert result(rows("values", value("丁", "地区产值"))) == (
        [],
        [
            problem("fact.unit-unknown", "values.csv:2", unit="丁", near=""),
            problem(
                "fact.indicator-unknown", "values.csv:2", indicator="地区产值", near="地区生产总值"
            ),
        ],
    )


def test_a_name_that_two_units_or_indicators_bear_is_ambiguous_and_their_ids_are_not() -> None:
    assert result(
        rows("values", value("城关镇", "gdp"), value("west", "道路"), value("east", "gdp"))
    ) == (
        [("east", "gdp")],
        [
            problem("fact.unit-ambiguous", "values.csv:2", unit="城关镇", ids="east, west"),
            problem(
                "fact.indicator-ambiguous", "values.csv:3", indicator="道路", ids="road-a, road-b"
            ),
        ],
    )


def ballot(**cells: str) -> dict[str, str]:
    """The cells of a ballot."""
    return {
        "rater": "张三",
        "rater_group": "领导",
        "unit": "甲河镇",
        "indicator": "gdp",
        "mark": "90",
        **cells,
    }


def test_a_rater_may_come_from_a_known_or_an_unknown_unit() -> None:
    tables = rows("ballots", ballot(rater_unit="乙镇"), ballot(unit="yi", rater_unit="市局"))
    resolved, problems = resolve(tables, UNITS, INDICATORS)
    assert problems == []
    assert [row["rater_unit"] for row in resolved["ballots"]] == ["yi", "市局"]


def test_the_unit_of_a_rater_must_not_be_ambiguous() -> None:
    assert result(rows("ballots", ballot(rater_unit="城关镇")))[1] == [
        problem("fact.unit-ambiguous", "ballots.csv:2", unit="城关镇", ids="east, west")
    ]


def test_a_nil_return_without_a_unit_stays_so() -> None:
    assert result(rows("nil_returns", {"indicator": "道路 "}, {"indicator": "gdp"}))[0] == [
        ("", "gdp")
    ]


def test_the_table_of_units_is_left_alone() -> None:
    tables = rows("units", {"unit": "bing", "name": "丙镇", "series": "towns"})
    assert resolve(tables, UNITS, INDICATORS) == (tables, [])


def test_an_id_used_twice_is_told_with_both_places() -> None:
    tables = rows("values", value("jia", "gdp", id="K1"), value("yi", "gdp", id="K1"))
    assert result(tables) == (
        [("jia", "gdp")],
        [problem("fact.id-doubled", "values.csv:3", id="K1", first="values.csv:2")],
    )


TWICE = {
    "values": ({"unit": "jia", "indicator": "gdp"}, "数据", "甲河镇 · 地区生产总值"),
    "exemptions": ({"unit": "jia", "indicator": "gdp"}, "免考核", "甲河镇 · 地区生产总值"),
    "tallies": (
        {"unit": "jia", "indicator": "gdp", "group": "领导"},
        "汇总",
        "甲河镇 · 地区生产总值 · 领导",
    ),
    "previous": ({"unit": "jia", "about": "place"}, "上期", "甲河镇 · place"),
    "quarters": ({"unit": "jia", "quarter": "2019Q1"}, "季度等次", "甲河镇 · 2019Q1"),
    "frame": ({"stratum": "城镇"}, "抽样框", "城镇"),
}


@pytest.mark.parametrize("table", TWICE)
def test_a_fact_stated_twice_is_told_and_the_first_stays(table: str) -> None:
    cells, chinese, same = TWICE[table]
    again = {**cells, "unit": "甲河镇"} if "unit" in cells else cells
    resolved, problems = settled(rows(table, cells, again))
    assert [row.where for row in resolved[table]] == [f"{table}.csv:2"]
    words = {"table": chinese, "table_name": table, "same": same, "first": f"{table}.csv:2"}
    assert problems == [problem("fact.duplicate", f"{table}.csv:3", **words)]


@pytest.mark.parametrize(
    ("table", "column", "others"),
    [
        ("values", "indicator", ["gdp", "pm25"]),
        ("exemptions", "unit", ["jia", "yi"]),
        ("tallies", "group", ["领导", "代表"]),
        ("previous", "about", ["place", "svc"]),
        ("quarters", "quarter", ["2019Q1", "2019Q2"]),
        ("frame", "stratum", ["城镇", "农村"]),
    ],
)
def test_facts_that_differ_in_what_they_are_about_stand_beside_each_other(
    table: str, column: str, others: list[str]
) -> None:
    tables = rows(table, *[{**TWICE[table][0], column: one} for one in others])
    assert settled(tables)[1] == []


@pytest.mark.parametrize("table", ["events", "nil_returns", "late", "answers", "adjustments"])
def test_entries_that_may_come_more_than_once_are_no_doubles(table: str) -> None:
    tables = rows(table, value("jia", "gdp"), value("jia", "gdp"))
    kept, problems = result(tables)
    assert kept == [("jia", "gdp")] * 2
    assert [one.code for one in problems if not one.warning] == []


def test_a_rater_marks_a_unit_once_for_an_indicator() -> None:
    assert result(rows("ballots", ballot(), ballot(mark="80"), ballot(rater="李四"))) == (
        [("jia", "gdp")] * 2,
        [
            problem(
                "fact.ballot-doubled",
                "ballots.csv:3",
                rater="张三",
                unit="甲河镇",
                indicator="地区生产总值",
                first="ballots.csv:2",
            )
        ],
    )
