"""A folder of files becomes tables of rows."""

import random

import pytest

from leitai.facts.doubles import doubles
from leitai.facts.read_files import read_files
from leitai.problems import problem, warning

VALUES = "单位,指标,实际值\n甲镇,收入,1\n".encode()
EVENTS = "单位,指标,分值,原因\n甲镇,安全,1,迟到\n".encode("gbk")


def test_rows_of_one_table_come_together_from_all_its_files() -> None:
    tables, problems = read_files(
        {"values-b.csv": VALUES + b"\n", "扣分.csv": EVENTS, "values-a.csv": VALUES}
    )
    assert problems == []
    assert {table: [row.id for row in rows] for table, rows in tables.items()} == {
        "values": ["values-a.csv:2", "values-b.csv:2"],
        "events": ["扣分.csv:2"],
    }


def test_the_order_in_which_files_are_given_does_not_matter() -> None:
    files = {"values-b.csv": VALUES, "x.doc": b"", "扣分.csv": EVENTS, "b.xlsx": b"", "a.csv": b""}
    names = list(files)
    expected = read_files(files)
    for seed in range(10):
        random.Random(seed).shuffle(names)
        assert read_files({name: files[name] for name in names}) == expected


def test_files_that_hold_no_facts_are_ignored() -> None:
    names = [
        "round.yaml",
        "README.md",
        "readme.txt",
        ".DS_Store",
        "~$扣分表.xlsx",
        "sub/.hidden.csv",
    ]
    assert read_files(dict.fromkeys(names, b"x")) == ({}, [])


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("扣分表.xls", ".xls"),
        ("扣分表.et", ".et"),
        ("扣分表.ods", ".ods"),
        ("扣分表.txt", ".txt"),
        ("扣分表.docx", ".docx"),
        ("扣分表", "扣分表"),
    ],
)
def test_other_kinds_of_files_are_told(name: str, ending: str) -> None:
    assert read_files({name: b""}) == ({}, [problem("fact.file-kind", name, ending=ending)])


def test_the_problems_of_all_files_come_at_once() -> None:
    _, problems = read_files({"b.xlsx": b"PK", "a.csv": b"1,2", "values.csv": VALUES})
    assert [(one.code, one.where) for one in problems] == [
        ("fact.table-unknown", "a.csv"),
        ("fact.workbook-unreadable", "b.xlsx"),
    ]


def test_a_file_copied_is_told_and_read_once() -> None:
    tables, problems = read_files({"扣分.csv": EVENTS, "扣分-副本.csv": EVENTS})
    assert [row.id for row in tables["events"]] == ["扣分-副本.csv:2"]
    assert problems == [problem("fact.file-copied", "扣分.csv", first="扣分-副本.csv")]


def test_a_table_called_readme_is_a_table() -> None:
    _, problems = read_files({"readme-values.csv": VALUES})
    assert [one.code for one in problems] == []
    _, problems = read_files({"readme.csv": b"1,2"})
    assert [one.code for one in problems] == ["fact.table-unknown"]


def test_answers_that_agree_in_two_files_may_be_copies() -> None:
    text = "单位,指标,答案,份数\n甲镇,满意,满意,1\n甲镇,满意,满意,1\n"
    tables, _ = read_files({"答卷.csv": text.encode(), "答卷(1).csv": (text + "\n").encode()})
    _, problems = doubles(tables, {})
    assert [(one.code, one.warning) for one in problems] == [("fact.looks-doubled", True)] * 2
    tables, _ = read_files({"答卷.csv": text.encode()})
    assert doubles(tables, {})[1] == []


def test_an_indicator_may_be_called_a_total_and_a_column_may_be_for_readers() -> None:
    text = "指标,单位,备注\n信访量合计,甲镇,上报\n合计,,\n"
    tables, problems = read_files({"零报告.csv": text.encode()})
    assert [row["indicator"] for row in tables["nil_returns"]] == ["信访量合计"]
    assert [one.code for one in problems] == ["fact.total-row"]


def test_rows_above_the_headings_are_told_unless_they_are_titles() -> None:
    text = "某局扣分表,,,\n填报人：张三,日期：3月,,\n甲镇,迟报,5,\n单位,指标,分值,原因\n乙镇,迟报,1,迟\n"
    tables, problems = read_files({"扣分.csv": text.encode()})
    assert [row["unit"] for row in tables["events"]] == ["乙镇"]
    assert problems == [warning("fact.row-above-headings", "扣分.csv:3", row=4)]


def test_a_ratio_too_long_is_no_number_cut_short() -> None:
    _, problems = read_files(
        {"汇总.csv": f"单位,指标,有效数,平均分\n甲镇,评议,5,{'0' * 96}90/10\n".encode()}
    )
    assert [one.code for one in problems] == ["fact.not-a-number"]
