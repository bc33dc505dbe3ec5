"""Edges of facts that no single case needs, each with what must come of it."""

from __future__ import annotations

import pytest

from leitai.casebook.read import read_case
from leitai.casebook.run import run
from leitai.points import ratio
from leitai.problems import Refused
from tests.engine.refusals import CASE, told

SINGLE = """
case: 一个指标
working: 不计算
scheme:
  scheme: a
  version: "1"
  name: 甲方案
  items: {w: {name: 工作}}
  indicators: [{id: o, name: 指标, item: w, unit_of_measure: "%", measure: MEASURE}]
  sheets: {t: {o: "10"}}
  series: [{id: t, name: 系列, sheet: t}]
  lateness: LATENESS
units: {a: 甲镇, b: 乙镇, c: 丙镇}
facts: FACTS
expect: {}
"""


def outcome(measure: str, facts: str, lateness: str = "") -> tuple[dict[str, int], list[str]]:
    text = SINGLE.replace("MEASURE", measure).replace("FACTS", facts)
    text = text.replace("  lateness: LATENESS\n", f"  lateness: {lateness}\n" if lateness else "")
    case, problems = read_case(text, "case.yaml")
    assert case is not None, problems
    done = run(case)
    points = {} if done.board is None else {u: r.exact for u, r in done.board.results.items()}
    return points, [one.code for one in done.problems if not one.warning]


def values(*rows: str) -> str:
    return "{values: [" + ", ".join(f"{{unit: {row}}}" for row in rows) + "]}"


def test_percent_signs_are_settled_for_percentages_and_coefficients() -> None:
    facts = values(
        'a, indicator: o, actual: "50%", target: "100", coefficient: "120%"',
        'b, indicator: o, actual: "50", target: "100%", coefficient: "1.2"',
        'c, indicator: o, actual: "12.5%", target: "100", coefficient: "0.5%"',
    )
    assert outcome("{kind: completion}", facts) == ({"a": 600, "b": 600, "c": 1}, [])


@pytest.mark.parametrize("days", ["x", "0", "1.5"])
def test_days_late_are_whole_and_positive(days: str) -> None:
    facts = f'{{nil_returns: [{{indicator: o}}], late: [{{unit: a, about: 数据, days: "{days}"}}]}}'
    lateness = '{indicator: o, points: "0.5", per: day}'
    _, codes = outcome("{kind: deduct}", facts, lateness)
    assert codes == (["value.not-a-number"] if days == "x" else ["fact.days-refused"])


@pytest.mark.parametrize("cap", ["none", '"100%"'])
def test_points_no_ledger_can_hold_are_refused_on_either_path(cap: str) -> None:
    facts = values(
        'a, indicator: o, actual: "999999999999999999", target: "0.000000000000000001"',
        'b, indicator: o, actual: "1", target: "1"',
        'c, indicator: o, actual: "1", target: "1"',
    )
    points, codes = outcome(f"{{kind: completion, cap: {cap}}}", facts)
    assert codes == (["fact.points-too-large"] if cap == "none" else [])
    assert points == ({} if cap == "none" else {"a": 1000, "b": 1000, "c": 1000})


def test_an_exemption_for_an_indicator_off_the_sheet_is_refused() -> None:
    old = 'towns: {done: "20", best: "20", faults: "20", merits: "10", voice: "20", mood: "10"}'
    new = old + '\n    spare: {extra: "10"}'
    measure = "    - {id: extra, name: 多余, item: work, measure: {kind: attain}}\n  sheets:"
    text = CASE.replace(old, new).replace("  sheets:", measure, 1)
    row = "facts:\n  exemptions:\n    - {unit: a, indicator: extra, reason: 新设, basis: 一}\n"
    case, _ = read_case(text.replace("facts:\n", row), "case.yaml")
    assert case is not None
    assert [one.code for one in run(case).problems if not one.warning] == ["fact.not-on-sheet"]


def test_an_unknown_grade_of_a_quarter_is_refused() -> None:
    text = SINGLE.replace("MEASURE", '{kind: quarters, quarters: [Q1], excellent: "1", fair: "1"}')
    text = text.replace('{o: "10"}', '{o: "0", p: "10"}').replace("  lateness: LATENESS\n", "")
    text = text.replace(
        "  sheets:", "    - {id: p, name: 又, item: w, measure: {kind: award}}\n  sheets:"
    )
    text = text.replace("indicators: [{", "indicators:\n    - {").replace(
        "}}]\n    - {id: p", "}}\n    - {id: p"
    )
    rows = ", ".join(f"{{unit: {unit}, quarter: Q1, grade: 最佳}}" for unit in "abc")
    text = text.replace('fair: "1"}}]', 'fair: "1"}}').replace("FACTS", f"{{quarters: [{rows}]}}")
    case, problems = read_case(text, "case.yaml")
    assert case is not None, problems
    assert {one.code for one in run(case).problems if not one.warning} == {"fact.grade-unknown"}


@pytest.mark.parametrize(
    "text", ["1/0", "1/-2", "a/2", "1/2/3", "9_0/1", "９０/1", "1.5/2", "/", "1/"]
)
def test_a_ratio_is_two_whole_numbers_the_second_above_zero(text: str) -> None:
    with pytest.raises(Refused):
        ratio(text)


def test_one_answer_in_a_cell_leaves_the_margin_unknown() -> None:
    assert (
        told(
            'answer: 满意, count: "3"}\n    - {unit: b',
            'answer: 满意, count: "1"}\n    - {unit: a, indicator: mood, answer: 满意, count: "1"}\n    - {unit: b',
        )
        == []
    )
