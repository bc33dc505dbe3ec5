"""Whom a trigger finds, and which entries do nothing: whole warnings and Problems (§9)."""

from __future__ import annotations

import pytest

from leitai.casebook.read import read_case
from leitai.casebook.run import run
from leitai.problems import Problem, problem, warning

CASE = """
case: 一个可以改动的触发
working: 不计算
scheme:
  scheme: small
  version: "1"
  name: 小方案
  items: {work: {name: 工作}, order: {name: 秩序}}
  indicators:
    - {id: done, name: 完成量, item: work, measure: {kind: completion}}
    - {id: faults, name: 差错, item: order, measure: {kind: deduct}}
  sheets:
    towns: {done: "90", faults: "10"}
    firms: {done: "100"}
  series:
    - {id: towns, name: 镇街, sheet: towns}
    - {id: firms, name: 国企, sheet: firms}
  adjustments:
    praise: {name: 表扬, kind: commend}
    tail: {name: 末位处理, kind: lower, amount: "1", when: {WHEN}}
    away: {name: 不参评, kind: unranked}
units:
  - {unit: a, name: 甲镇, series: towns}
  - {unit: b, name: 乙镇, series: towns}
  - {unit: c, name: 丙镇, series: towns}
  - {unit: f, name: 己公司, series: firms}
facts:
  values:
    - {unit: a, indicator: done, actual: "9", target: "10"}
    - {unit: b, indicator: done, actual: "8", target: "10"}
    - {unit: c, indicator: done, actual: "7", target: "10"}
    - {unit: f, indicator: done, actual: "6", target: "10"}
  events:
    - {unit: b, indicator: faults, points: "1.5", reason: 差错}
    - {unit: b, indicator: faults, points: "0.5", reason: 又差错}
    - {unit: c, indicator: faults, points: "0.5", reason: 差错}
  nil_returns: [{indicator: faults}]
  exemptions: [EXEMPT]
  adjustments: [ENTRIES]
expect: {}
"""
NAMES = {"a": "甲镇", "b": "乙镇", "c": "丙镇", "f": "己公司"}
ENTRY = "{id: ENTRY, unit: UNIT, adjustment: tail, reason: 核实, approved: 领导小组}"


def told(
    when: str, *named: str, exempt: str = "", away: str = "", about: str = "adjustment.trigger"
) -> list[Problem]:
    """What is said of the trigger, whole, when the units named have an approved entry."""
    entries = [ENTRY.replace("ENTRY", f"e{one}").replace("UNIT", one) for one in named]
    if away:
        entries.append(f"{{unit: {away}, adjustment: away, reason: 撤并, approved: 领导小组}}")
    text = CASE.replace("WHEN", when).replace("ENTRIES", ", ".join(entries))
    case, problems = read_case(text.replace("EXEMPT", exempt), "case.yaml")
    assert case is not None, problems
    found = run(case).problems
    return [one for one in found if one.code.startswith(about)]


def waits(*units: str) -> list[Problem]:
    """The warnings that these units were found and have no entry."""
    args = {"adjustment": "末位处理"}
    return [warning("adjustment.trigger-waits", unit=NAMES[one], **args) for one in units]


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ('bottom: "1"', "cf"),
        ('bottom: "2"', "bcf"),
        ('item: work, bottom: "1"', "cf"),
        ('item: order, bottom: "1"', "b"),  # a firm has no place in an item it lacks
        ('indicator: done, at_least: "7.999"', "ab"),
        ('indicator: done, at_least: "8"', "ab"),
        ('indicator: done, at_least: "8.001"', "a"),
        ('indicator: done, at_most: "6.999"', "f"),
        ('indicator: done, at_most: "7"', "cf"),
        ('indicator: done, at_most: "7.001"', "cf"),
        ('indicator: faults, at_least: "1.99"', "b"),
        ('indicator: faults, at_least: "2"', "b"),
        ('indicator: faults, at_least: "2.01"', ""),
        ('indicator: faults, at_most: "0"', "a"),  # nothing recorded is 0; a firm lacks it
        ('indicator: faults, at_most: "0.5"', "ac"),
    ],
)
def test_the_units_found_are_those_on_the_line_and_beyond(when: str, found: str) -> None:
    assert told(when) == waits(*found)


def test_a_unit_with_an_approved_entry_does_not_wait() -> None:
    assert told('bottom: "2"', "b") == waits("c", "f")
    assert told('bottom: "2"', "b", "c", "f") == []


def test_an_entry_for_a_unit_that_is_not_found_is_refused_with_its_name() -> None:
    refused = problem("adjustment.trigger-not-met", "eb", unit="乙镇", adjustment="末位处理")
    (found,) = told('bottom: "1"', "b", "c", "f")
    assert (found.code, found.args, found.warning) == (refused.code, refused.args, False)


def test_an_exempt_unit_is_not_found_by_its_recorded_events() -> None:
    nobody = "{unit: a, indicator: faults, reason: 新设, basis: 方案第九条}"
    assert told('indicator: faults, at_most: "0.5"', exempt=nobody) == waits("c")


def test_an_exempt_unit_is_not_found_by_a_value_it_does_not_have() -> None:
    text = CASE.replace('    - {unit: a, indicator: done, actual: "9", target: "10"}\n', "")
    text = text.replace("WHEN", 'indicator: done, at_most: "6"').replace("ENTRIES", "")
    case, _ = read_case(
        text.replace("EXEMPT", "{unit: a, indicator: done, reason: 新设, basis: 方案第九条}"),
        "case.yaml",
    )
    assert case is not None
    found = [one for one in run(case).problems if one.code.startswith("adjustment.trigger")]
    assert found == waits("f")


def test_an_unranked_unit_is_neither_found_nor_refused() -> None:
    assert told('bottom: "1"', away="c") == waits("b", "f")
    assert told('bottom: "1"', "c", away="c") == waits("b", "f")


def test_an_entry_for_a_unit_without_place_or_grade_is_without_effect() -> None:
    found = told('bottom: "1"', "c", "f", away="c", about="adjustment.no-effect")
    args = {"adjustment": "末位处理"}
    assert [(one.args, one.warning) for one in found] == [
        ({**args, "unit": "己公司"}, True),  # alone in its group, so not graded
        ({**args, "unit": "丙镇"}, True),  # not ranked
    ]
