"""Every problem of reading has its sentence in both languages."""

import io
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from openpyxl import Workbook

import leitai
from leitai.facts.doubles import doubles
from leitai.facts.read_files import read_files
from leitai.facts.resolve import resolve
from leitai.problems import Problem

SOURCE = Path(leitai.__file__).parent
READERS = (
    "clean read_csv read_xlsx read_rows read_files resolve doubles headings xlsx_file xlsx_guard"
)


def spoilt_files() -> dict[str, bytes]:
    """Files that show every problem of reading."""
    texts = {
        "events-1.csv": "单位,指标,分值,原因,录入日期\n甲,路,1e5,\n乙,路,x,迟,昨天,外\n合计,,,\n",
        "events-3.csv": "单位,指标,分值,原因\n甲镇,gdp,1,迟\n甲镇,gdp,1,迟\n",
        "events-2.csv": '单位,指标,分值,原因\n"甲',
        "late.csv": "单位,单位,迟报\n",
        "values-4.csv": "单位,指标,实际值\n甲镇,道路,\u202e21\n",
        "values-1.csv": '单位,指标,实际值\n甲镇,gdp,"1,2"\n甲镇,gdp,1234567890123456789\n',
        "values-2.csv": "单位,指标,实际值,编号\n甲镇,gdp,1,K\n甲镇,gdp,1,K\n城关镇,路,1\n",
        "values-3.csv": "单位,指标,实际值\n甲镇,路,1\n甲镇,道路,1\n",
        "ballots.csv": "评议人,评议组,单位,指标,评分\n张三,领导,甲镇,gdp,9\n张三,领导,甲镇,gdp,8\n",
        "values-5.csv": "甲镇,gdp,1\n单位,指标,实际值\n甲镇,gdp,2\n",
        "history.csv": "单位,年度\n甲镇,去年\n",
        "unheard.csv": "a,b\n",
        "unheard-2.csv": "a,b\n",
    }
    made = Workbook()
    sheet = made.create_sheet("扣分")
    for row in (["单位", "指标", "分值", "原因"], ["甲", "路", "=1", "#N/A"], ["甲", "路", 1, "x"]):
        sheet.append(row)
    sheet.merge_cells("A3:A4")
    sheet.append([])
    sheet["C5"] = 2
    sheet["C5"].number_format = ";;;"
    made.create_sheet("加分").append(["单位"])
    made["加分"].sheet_state = "hidden"
    sheet.row_dimensions[3].hidden = True
    memory = io.BytesIO()
    made.save(memory)
    return {name: text.encode() for name, text in texts.items()} | {
        "broken.xlsx": b"PK",
        "garbled.csv": b"\xff\xff",
        "nul.csv": b"a\0b",
        "spoilt.xlsx": memory.getvalue(),
        "old.xls": b"",
    }


@cache
def shown() -> dict[str, Problem]:
    """One problem for every code that the spoilt files show."""
    tables, problems = read_files(spoilt_files())
    indicators = {"gdp": "产值", "a": "道路", "b": "道路"}
    units = {"jia": "甲镇", "e": "城关镇", "w": "城关镇"}
    resolved, more = resolve(tables, units, indicators)
    _, twice = doubles(resolved, {**units, **indicators})
    enormous = Problem("fact.workbook-too-large", "x.xlsx", {"megabytes": "50", "cells": "9"})
    return {one.code: one for one in (*problems, *more, *twice, enormous)}


def codes_of_the_readers() -> Iterator[str]:
    for name in READERS.split():
        text = (SOURCE / "facts" / f"{name}.py").read_text(encoding="utf-8")
        yield from re.findall(r'"(fact\.[a-z-]+)"', text)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("code", sorted(set(codes_of_the_readers())))
def test_every_problem_of_reading_has_a_sentence_for_its_words(code: str, language: str) -> None:
    path = SOURCE / "explain" / "words" / language / "fact.toml"
    sentences = tomllib.loads(path.read_text(encoding="utf-8"))
    sentence = sentences[code].format(**shown()[code].args)
    assert sentence.endswith((".", "。"))
    assert "数据有误" not in sentence
