"""Runs `leitai` as a user does, and makes small rounds in a folder."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from leitai.cli.app import main

SCHEME = """scheme: small
version: "1"
name: 小方案
made_up: "yes"
items: {work: {name: 工作}, order: {name: 秩序}}
indicators:
  - {id: done, name: 完成量, item: work, unit_of_measure: 件, department: bureau,
     measure: {kind: completion}}
  - {id: best, name: 最优值, item: work, department: bureau, measure: {kind: best_ratio}}
  - {id: faults, name: 差错, item: order, department: bureau, measure: {kind: deduct}}
sheets: {towns: {done: "50", best: "30", faults: "20"}}
series: [{id: towns, name: 镇街系列, sheet: towns}]
adjustments:
  highlight: {name: 工作亮点, kind: bonus, cap: "2"}
  relief: {name: 扶贫助困, kind: demote, basis: 第十七条}
"""
UNITS = "单位编号,名称,系列\njia,甲镇,towns\nyi,乙镇,towns\nbing,丙镇,towns\n"
VALUES = """单位,指标,实际值,目标值
甲镇,完成量,10,10
乙镇,完成量,9,10
丙镇,完成量,8,10
甲镇,最优值,5,
乙镇,最优值,4,
丙镇,最优值,3,
"""
EVENTS = "单位,指标,分值,原因,编号\n丙镇,差错,1.50,报表填错,e1\n"
NIL = "指标\n差错\n"
ADJUSTMENTS = (
    "单位,调整,幅度,原因,批准人,编号\n"
    "甲镇,扶贫助困,1,进度迟缓,办公室,a1\n乙镇,工作亮点,1.00,试点推广,办公室,a2\n"
)


@dataclass(frozen=True)
class Ended:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str


Leitai = Callable[..., Ended]


@pytest.fixture
def leitai(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Ended]:
    """`leitai(…)` with its arguments."""
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: object) -> Ended:
        monkeypatch.setattr(sys, "argv", ["leitai", *map(str, arguments)])
        code: object = 0
        try:
            main()
        except SystemExit as ended:
            code = ended.code or 0
        printed = capsys.readouterr()
        assert "Traceback" not in printed.out + printed.err
        return Ended(int(str(code)), printed.out, printed.err)

    return run


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The folder of a round of three towns."""
    folder = tmp_path / "2019Q1"
    folder.mkdir()
    (tmp_path / "scheme.yaml").write_text(SCHEME, encoding="utf-8")
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    about = "round: 2019Q1\nname: 第一季度\nscheme: ../scheme.yaml\nunits: ../units.csv\n"
    (folder / "round.yaml").write_text(about, encoding="utf-8")
    tables = {"values": VALUES, "events": EVENTS, "nil_returns": NIL, "adjustments": ADJUSTMENTS}
    for table, text in tables.items():
        (folder / f"{table}.csv").write_text(text, encoding="utf-8")
    return folder
