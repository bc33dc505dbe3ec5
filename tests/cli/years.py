"""A small district in a folder: a quarter, two annual rounds, the second linked to the others."""

from __future__ import annotations

from pathlib import Path

SCHEME = """scheme: annual
version: "1"
name: 年度方案
made_up: "yes"
items: {work: {name: 重点工作}}
indicators:
  - {id: tasks, name: 年度任务, item: work, measure: {kind: completion}}
  - {id: link, name: 季度挂钩, item: work, measure: {kind: quarters, quarters: [2018Q1], excellent: "1", fair: "1"}}
sheets: {towns: {tasks: "100", link: "0"}}
series: [{id: towns, name: 镇街系列, sheet: towns}]
adjustments: {new: {name: 新设单位, kind: unranked}}
year:
  rewards: {base: "12000", coefficients: {excellent: "1.2", good: "1", fair: "0.8"}}
  consequences:
    - {id: interview, name: 末位约谈, series: [towns], when: {last: "yes"}, then: interview, basis: 第十八条}
    - {id: reassignment, name: 连续两年末位, series: [towns], when: {last: "yes", years_running: "2"}, then: reassignment}
"""
UNITS = "单位编号,名称,系列\njia,甲镇,towns\nyi,乙镇,towns\nbing,丙镇,towns\nding,丁镇,towns\n"
HEADS = "单位,负责人,任职日期\n甲镇,张一,2016-01-01\n乙镇,李二,\n丙镇,王三,\n丁镇,赵四,\n"
COUNTS = "单位,人数\n甲镇,10\n乙镇,20\n丙镇,7.5\n丁镇,3\n"


def values(*actual: int) -> str:
    """The table of values for the four towns."""
    rows = zip(("甲镇", "乙镇", "丙镇", "丁镇"), actual, strict=True)
    return "单位,指标,实际值,目标值\n" + "".join(f"{n},年度任务,{a},100\n" for n, a in rows)


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def make_district(root: Path) -> Path:
    """The folder of the annual round of 2018: 丁镇 is last as it was in 2017."""
    before = SCHEME.replace(', link: "0"', "").replace("  - {id: link", "#")
    write(root / "annual.yaml", SCHEME)
    write(root / "2017.yaml", before)
    write(root / "quarter.yaml", before.partition("year:")[0])
    write(root / "units.csv", UNITS)
    about = "round: {0}\nname: {0}\nunits: ../units.csv\nscheme: ../{1}\n"
    write(root / "2018Q1/round.yaml", about.format("2018Q1", "quarter.yaml"))
    write(root / "2018Q1/values.csv", values(90, 80, 70, 60))
    write(root / "2017/round.yaml", about.format('"2017"', '2017.yaml\nyear: "2017"'))
    write(root / "2017/values.csv", values(90, 80, 70, 60))
    links = 'annual.yaml\nyear: "2018"\nquarters: {2018Q1: ../2018Q1}\nhistory: [../2017]'
    write(root / "2018/round.yaml", about.format('"2018"', links))
    write(root / "2018/values.csv", values(90, 80, 70, 60))
    for year in ("2017", "2018"):
        write(root / year / "heads.csv", HEADS)
        write(root / year / "人数.csv", COUNTS)
    return root / "2018"
