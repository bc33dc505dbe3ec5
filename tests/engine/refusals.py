"""A small legal case to spoil: tests change one thing in it and see what is refused."""

from __future__ import annotations

from leitai.casebook.read import read_case
from leitai.casebook.run import run
from leitai.problems import Problem

CASE = """
case: 一个可以改坏的例子
working: 不计算
scheme:
  scheme: small
  version: "1"
  name: 小方案
  points: {line_places: "2"}
  areas: {first: 第一}
  campaigns: [{id: c, name: 战役, battles: {b1: 攻坚战}}]
  items: {work: {name: 工作}, order: {name: 秩序}}
  indicators:
    - {id: done, name: 完成量, item: work, area: first, battle: b1, measure: {kind: completion}}
    - {id: best, name: 最优值, item: work, measure: {kind: best_ratio}}
    - {id: faults, name: 差错, item: order, measure: {kind: deduct}}
    - {id: merits, name: 加分, item: order, measure: {kind: award}}
    - {id: voice, name: 评议, item: order, measure: {kind: panel, highest: "10", groups: {g: "60%", h: "40%"}, quorum: "1"}}
    - {id: mood, name: 满意度, item: order, measure: {kind: survey, score_from: "2", hide_below: "1"}}
  sheets:
    towns: {done: "20", best: "20", faults: "20", merits: "10", voice: "20", mood: "10"}
  series:
    - {id: towns, name: 镇街, sheet: towns, tie_breakers: [{item: work}]}
  grades:
    levels: [{id: excellent, name: 优秀, top: "30%"}, {id: good, name: 良好}, {id: fair, name: 一般, bottom: "10%"}]
  adjustments:
    bonus: {name: 亮点, kind: bonus, cap: "2"}
    demote: {name: 降名次, kind: demote}
    cap: {name: 封顶, kind: cap, grade: good}
  lateness: {indicator: faults, points: "0.5"}
units: [{unit: a, name: 甲镇, series: towns}, {unit: b, name: 乙镇, series: towns}, {unit: c, name: 丙镇, series: 镇街}]
facts:
  values:
    - {unit: a, indicator: done, actual: "10", target: "10"}
    - {unit: b, indicator: done, actual: "9", target: "10"}
    - {unit: c, indicator: done, actual: "8", target: "10"}
    - {unit: a, indicator: best, actual: "10"}
    - {unit: b, indicator: best, actual: "9"}
    - {unit: c, indicator: best, actual: "8"}
  events:
    - {unit: a, indicator: faults, points: "1", reason: 事故}
  ballots:
    - {rater: r1, rater_group: g, unit: a, indicator: voice, mark: "9"}
    - {rater: r1, rater_group: g, unit: b, indicator: voice, mark: "8"}
    - {rater: r1, rater_group: g, unit: c, indicator: voice, mark: "7"}
  answers:
    - {unit: a, indicator: mood, answer: 满意, count: "3"}
    - {unit: b, indicator: mood, answer: 满意, count: "3"}
    - {unit: c, indicator: mood, answer: 不满意, count: "3"}
  adjustments:
    - {unit: a, adjustment: bonus, amount: "1", reason: 好, approved: 办}
expect: {}
"""


def refused(old: str = "", new: str = "") -> list[Problem]:
    """What is refused in the case after one change, warnings left out."""
    assert old in CASE, old
    case, problems = read_case(CASE.replace(old, new, 1), "case.yaml")
    assert case is not None, problems
    return [one for one in run(case).problems if not one.warning]


def told(old: str, new: str) -> list[str]:
    """The same as codes; a quarrel with what it is about."""
    return sorted(
        {f"{one.code} {one.args.get('quarrel', '')}".strip() for one in refused(old, new)}
    )
