"""The year: what its scheme and its facts may not say, and values on every threshold."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from leitai.casebook.read import read_case
from leitai.casebook.run import run
from leitai.documents.board_tables import board_sheets
from leitai.intake.year import Standing
from leitai.problems import blocking

CASES = Path(__file__).parents[2] / "cases"
YEAR = """    rewards: {base: "100", coefficients: {excellent: "1", good: "1", fair: "0"}}
    consequences:
      - {id: talk, name: 约谈, series: [towns], when: {last: "yes"}, then: interview}
"""
HISTORY = '{unit: a, year: "2017", place: "1", bottom: "3", head: 张一}'
CASE = f"""
case: 一个可以改坏的年度
working: 不计算
scheme:
  scheme: small
  version: "1"
  name: 小方案
  items: {{work: {{name: 工作}}}}
  indicators: [{{id: done, name: 完成量, item: work, measure: {{kind: completion}}}}]
  sheets: {{towns: {{done: "20"}}}}
  series: [{{id: towns, name: 镇街, sheet: towns}}, {{id: firms, name: 国企, sheet: towns}}]
  year:
{YEAR}
round: {{round: "2018", year: "2018"}}
units: {{a: 甲镇, b: 乙镇, c: 丙镇}}
facts:
  values:
    - {{unit: a, indicator: done, actual: "10", target: "10"}}
    - {{unit: b, indicator: done, actual: "9", target: "10"}}
    - {{unit: c, indicator: done, actual: "8", target: "10"}}
  heads: [{{unit: a, head: 张一}}, {{unit: b, head: 李二}}, {{unit: c, head: 王三}}]
  headcounts: [{{unit: a, headcount: "1"}}, {{unit: b, headcount: "2"}}, {{unit: c, headcount: "3"}}]
  history:
    - {HISTORY}
  successions: []
expect: {{}}
"""


def told(old: str, new: str) -> list[str]:
    """The codes of all Problems and warnings of the case with one thing changed."""
    assert CASE.count(old) == 1, old
    case, problems = read_case(CASE.replace(old, new), "case.yaml")
    found = run(case).problems if case is not None else problems
    return sorted(
        f"{one.code} {one.args['quarrel']}" if "quarrel" in one.args else one.code for one in found
    )


def test_the_case_itself_is_legal() -> None:
    assert told("name: 小方案", "name: 小方案") == []


RULE = '{id: talk, name: 约谈, series: [towns], when: {last: "yes"}, then: interview}'


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ('base: "100"', 'base: "0"', ["scheme.value-refused"]),
        ('base: "100"', 'base: "-1"', ["scheme.value-refused"]),
        ('base: "100", ', "", ["scheme.required"]),
        ('good: "1"', 'good: "-0.01"', ["scheme.value-refused"]),
        ('good: "1"', 'good: "100%"', ["scheme.value-refused"]),
        ('good: "1"', 'good: "一"', ["scheme.value-refused"]),
        (', fair: "0"', "", ["scheme.settings-quarrel level-without-reward"]),
        ('fair: "0"', 'fair: "0", poor: "0"', ["scheme.id-unknown"]),
        ("series: [towns], when", "series: [town], when", ["scheme.id-unknown"]),
        ("series: [towns], when", "series: [], when", ["scheme.settings-quarrel consequence-binds-nobody"]),
        ("series: [towns], when", "when", ["scheme.required"]),
        ('last: "yes"', 'last: "no"', ["scheme.value-refused"]),
        ('last: "yes"', 'last: "yes", years_running: "0"', ["scheme.value-refused"]),
        ('last: "yes"', 'last: "yes", years_running: "1.5"', ["scheme.value-refused"]),
        ('{last: "yes"}', '{years_running: "2"}', ["scheme.required"]),
        ("then: interview", "then: dismissal", ["scheme.value-refused"]),
        ("then: interview", "then: interview, until: x", ["scheme.key-unknown"]),
        ("    rewards:", "    follow: nobody\n    rewards:", ["scheme.value-refused"]),
        ("    rewards:", "    last_on: worst\n    rewards:", ["scheme.value-refused"]),
        (RULE, f"{RULE}\n      - {RULE}", ["scheme.id-doubled", "scheme.settings-quarrel consequences-equal"]),
        (RULE, f"{RULE}\n      - {RULE.replace('towns', 'firms').replace('talk', 'fire')}", ["scheme.name-doubled"]),
        (RULE, f"{RULE}\n      - {RULE.replace('towns', 'firms').replace('talk', 'fire').replace('约谈', '又谈')}", []),
        (RULE, f"{RULE}\n      - {RULE.replace('towns', 'towns, firms').replace('talk', 'fire').replace('约谈', '又谈')}", ["scheme.settings-quarrel consequences-equal"]),
        ('year: "2018"}', 'year: "18"}', ["scheme.value-refused"]),
        ('year: "2018"}', 'year: 2018年}', ["scheme.value-refused"]),
        (', year: "2018"}', "}", ["year.missing"]),
        ("{unit: c, head: 王三}", "{unit: c}", ["fact.cell-blank"]),
        (", {unit: c, head: 王三}", "", ["year.head-missing"]),
        ("{unit: c, head: 王三}", "{unit: b, head: 王三}", ["fact.duplicate"]),
        ("{unit: c, head: 王三}", "{unit: d, head: 王三}", ["fact.unit-unknown"]),
        ('headcount: "3"', 'headcount: "0"', ["year.headcount-refused"]),
        ('headcount: "3"', 'headcount: "-3"', ["year.headcount-refused"]),
        ('headcount: "3"', 'headcount: "0.000000000000000001"', []),
        ('headcount: "3"', 'headcount: "三"', ["value.not-a-number"]),
        (', {unit: c, headcount: "3"}', "", ["year.headcount-missing"]),
        ('{unit: c, headcount: "3"}', '{unit: b, headcount: "3"}', ["fact.duplicate"]),
        ('year: "2017"', 'year: "2018"', ["year.not-past"]),
        ('year: "2017"', 'year: "2019"', ["year.not-past"]),
        ('year: "2017"', 'year: "2017年"', ["fact.not-a-year"]),
        ('year: "2017"', 'year: "17"', ["fact.not-a-year"]),
        ('place: "1"', 'place: "0"', ["year.place-refused"]),
        ('place: "1"', 'place: "1.5"', ["value.not-whole"]),
        ('place: "1"', 'place: 第一', ["value.not-a-number"]),
        ('place: "1", ', "", ["year.half-placed"]),
        (', bottom: "3"', "", ["year.half-placed"]),
        ('bottom: "3"', 'bottom: "3", base_place: "1"', ["year.half-placed"]),
        ('bottom: "3"', 'bottom: "3", base_bottom: "1"', ["year.half-placed"]),
        ("head: 张一}\n  succ", "head: 张一, imported: 对}\n  succ", ["year.imported-refused"]),
        ("head: 张一}\n  succ", "head: 张一, imported: 是}\n  succ", []),
        ("head: 张一}\n  succ", "head: 张一, imported: yes}\n  succ", []),
        (HISTORY, f"{HISTORY}\n    - {HISTORY}", ["fact.duplicate"]),
        ("{unit: a, year", "{unit: 旧镇, year", []),
        ("successions: []", 'successions: [{unit: a, year: "2017", predecessor: 旧镇}]', ["year.predecessor-unknown"]),
        ("successions: []", 'successions: [{unit: a, year: "2016", predecessor: 旧镇}]', []),
        ("successions: []", 'successions: [{unit: a, year: "2018", predecessor: 旧镇}]', ["year.not-past"]),
        ("successions: []", 'successions: [{unit: a, year: 去年, predecessor: 旧镇}]', ["fact.not-a-year"]),
        ("successions: []", 'successions: [{unit: a, year: 201², predecessor: 旧镇}]', ["fact.not-a-year"]),
        ("successions: []", 'successions: [{unit: 旧镇, year: "2017", predecessor: a}]', ["fact.unit-unknown"]),
        ("successions: []", 'successions: [{unit: a, year: "2017", predecessor: 乙镇}, {unit: a, year: "2017", predecessor: 丙镇}]', ["fact.duplicate"]),
        ("successions: []", 'successions: [{unit: a, year: "2017"}]', ["fact.cell-blank"]),
    ],
)  # fmt: skip
def test_what_a_year_may_not_say(old: str, new: str, codes: list[str]) -> None:
    assert told(old, new) == codes


def test_all_that_is_wrong_with_the_facts_is_told_at_once() -> None:
    spoilt = CASE.replace('headcount: "3"', 'headcount: "0"').replace('place: "1"', 'place: "0"')
    case, _ = read_case(spoilt.replace(", {unit: c, head: 王三}", ""), "case.yaml")
    assert case is not None
    assert {one.code for one in blocking(run(case).problems)} == {
        "year.headcount-refused", "year.place-refused", "year.head-missing",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("place", "bottom", "last"),
    [(1, 1, False), (2, 1, True), (4, 1, True), (2, 2, False), (1, 2, False), (None, None, False)],
)
def test_last_is_who_has_nobody_behind_and_somebody_ahead(
    place: int | None, bottom: int | None, last: bool
) -> None:
    assert Standing(place, bottom, 1, 4).is_last("final") is last
    assert Standing(1, 4, place, bottom).is_last("base") is last


def test_names_of_heads_and_of_old_units_have_one_spelling() -> None:
    rows = '{unit: 旧 镇, year: "2017", place: "4", bottom: "1", head: 王　三}'
    text = CASE.replace(HISTORY, rows).replace(
        "successions: []", 'successions: [{unit: c, year: "2017", predecessor: 旧镇}]'
    )
    case, _ = read_case(text, "case.yaml")
    assert case is not None
    assert case.round is not None
    assert case.round.rows("history")[0]["unit"] == case.round.rows("successions")[0]["predecessor"]
    assert case.round.rows("history")[0]["head"] == case.round.rows("heads")[2]["head"]
    board = run(case).board
    assert board is not None
    assert board.outcomes is not None
    assert board.outcomes.consequences["c"].run == 2


def test_a_reward_of_many_digits_is_exact() -> None:
    text = CASE.replace('base: "100"', 'base: "999999999999999.999"').replace(
        'headcount: "2"', 'headcount: "99999999.9999999999"'
    )
    case, _ = read_case(text, "case.yaml")
    assert case is not None
    board = run(case).board
    assert board is not None
    assert board.outcomes is not None
    exact = Fraction("999999999999999.999") * Fraction("99999999.9999999999")
    assert abs(Fraction(board.outcomes.rewards["b"].amount) - exact) <= Fraction(1, 200)


@pytest.mark.parametrize(
    ("head", "relieved"), [("head: 赵四", {"a": "赵四"}), ("head: 张一", {}), ('head: ""', {})]
)
def test_a_head_who_left_a_last_place_behind_is_named_where_there_was_one(
    head: str, relieved: dict[str, str]
) -> None:
    last = HISTORY.replace(
        'place: "1", bottom: "3", head: 张一', f'place: "3", bottom: "1", {head}'
    )
    case, problems = read_case(CASE.replace(HISTORY, last), "case.yaml")
    assert case is not None, problems
    board = run(case).board
    assert board is not None
    assert board.outcomes is not None
    assert board.outcomes.relieved == relieved


@pytest.mark.parametrize(
    ("file", "code"),
    [("headcount-missing", "year.headcount-missing"), ("reward-no-grade", "year.no-grade")],
)
def test_who_gets_no_amount_is_named(file: str, code: str) -> None:
    path = CASES / "year" / f"{file}.yaml"
    case, problems = read_case(path.read_text(encoding="utf-8"), path.name)
    assert case is not None, problems
    (found,) = [one for one in run(case).problems if one.code == code]
    assert found.args == {"unit": "丁镇"}


def test_a_year_without_rewards_has_no_sheet_of_them() -> None:
    rewards = YEAR.splitlines(keepends=True)[0]
    case, problems = read_case(CASE.replace(rewards, ""), "case.yaml")
    assert case is not None, problems
    board = run(case).board
    assert board is not None
    titles = [sheet.title for sheet in board_sheets(board, "zh")]
    assert [title for title in titles if title in ("奖励", "奖励金额", "末位后果", "后果")] == [
        "末位后果"
    ]
