"""The smallest round a measure can be tried on: one indicator, three units in one group."""

from __future__ import annotations

from collections.abc import Sequence

from leitai.casebook.read import read_case
from leitai.casebook.run import Outcome, run

CASE = """
case: 一个指标
working: 只看说明与提示
scheme:
  scheme: small
  version: "1"
  name: 小方案
  items: {work: {name: 工作}}
  indicators:
    - {id: done, name: 完成量, item: work, unit_of_measure: 吨, direction: DIRECTION, measure: {MEASURE}}
  sheets: {towns: {done: "10"}}
  series: [{id: towns, name: 镇街, sheet: towns}]
units: {a: 甲, b: 乙, c: 丙}
facts: {FACTS}
expect: {}
"""
UNITS = "abc"
HIGHER, LOWER = "higher_is_better", "lower_is_better"


def tried(measure: str, facts: str, direction: str = HIGHER) -> Outcome:
    """What became of the case with this measure and these facts."""
    text = CASE.replace("MEASURE", measure).replace("DIRECTION", direction)
    return outcome(text.replace("FACTS", facts))


def outcome(text: str) -> Outcome:
    """What became of a whole case, which can be read."""
    case, problems = read_case(text, "case.yaml")
    assert case is not None, problems
    return run(case)


def values(cells: Sequence[str]) -> str:
    """The facts of the three units, each with its columns."""
    rows = [f"{{unit: {u}, indicator: done, {one}}}" for u, one in zip(UNITS, cells, strict=True)]
    return f"values: [{', '.join(rows)}]"
