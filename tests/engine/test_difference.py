"""The difference of two boards: sections by group, what is told and what follows from it."""

from __future__ import annotations

from typing import Any

from leitai.casebook.read import read_case
from leitai.evaluate import evaluate
from leitai.explain.difference import difference, only_units
from leitai.explain.difference_text import difference_text
from leitai.explain.sides import Side, Sides
from leitai.seal.plain import plain_board

CASE = """
case: 两组
working: 完成量各10件得满分
scheme:
  scheme: s
  version: "1"
  name: 甲方案
  items: {work: {name: 工作}}
  indicators:
    - {id: output, name: 产出, item: work, measure: {kind: completion}}
    - {id: extra, name: 另项, item: work, measure: {kind: completion}}
  sheets: {towns: {output: "60", extra: "40"}}
  series: [{id: towns, name: 镇街, sheet: towns, groups: {big: 大镇, little: 小镇}}]
  adjustments:
    star: {name: 亮点, kind: bonus}
    relief: {name: 帮扶, kind: demote}
    aside: {name: 不排名, kind: unranked}
units:
  - {unit: a, name: 甲镇, series: towns, group: big}
  - {unit: b, name: 乙镇, series: towns, group: big}
  - {unit: c, name: 丙镇, series: towns, group: little}
  - {unit: d, name: 丁镇, series: towns, group: little}
facts:
  values:
    - {unit: a, indicator: output, actual: "10", target: "10"}
    - {unit: b, indicator: output, actual: "9", target: "10"}
    - {unit: c, indicator: output, actual: "8", target: "10"}
    - {unit: d, indicator: output, actual: "5", target: "10"}
    - {unit: a, indicator: extra, actual: "10", target: "10"}
    - {unit: b, indicator: extra, actual: "10", target: "10"}
    - {unit: c, indicator: extra, actual: "10", target: "10"}
    - {unit: d, indicator: extra, actual: "10", target: "10"}
  adjustments: [ADJUSTMENTS]
expect: {}
"""
ONLY_OUTPUT = {
    '"60", extra: "40"': '"80"',
    "    - {id: extra, name: 另项, item: work, measure: {kind: completion}}\n": "",
    **{f'    - {{unit: {u}, indicator: extra, actual: "10", target: "10"}}\n': "" for u in "abcd"},
}


def edited(changes: dict[str, str], round_id: str = "2019Q1", adjustments: str = "") -> Side:
    """A side of the case with some of its text replaced."""
    text = CASE.replace("ADJUSTMENTS", adjustments)
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    case, problems = read_case(text, "case.yaml")
    assert case is not None, problems
    assert case.round is not None, case.problems
    board, found = evaluate(case.round)
    assert board is not None, found
    return Side({**plain_board(board), "round": round_id}, board.round)


def told(before: Side, after: Side, lang: str = "zh") -> list[str]:
    sides = Sides(before, after)
    return list(difference_text(difference(before.board, after.board), sides, lang))


def adjusted(unit: str, adjustment: str, amount: str) -> str:
    row = f"unit: {unit}, adjustment: {adjustment}, reason: 试, approved: 办公室"
    return f'{{{row}, amount: "{amount}"}}' if amount else f"{{{row}}}"


BETTER = {'{unit: d, indicator: output, actual: "5"': '{unit: d, indicator: output, actual: "9"'}


FULLS = {'"60", extra: "40"': '"70", extra: "40"', "甲方案": "乙方案"}
MOVED_AWAY = {
    "unit: d, name: 丁镇, series: towns, group: little": (
        "unit: d, name: 丁镇, series: towns, group: big"
    )
}
RENAMED = {
    "unit: d, name: 丁镇": "unit: e, name: 新镇",
    "unit: d, indicator: output": "unit: e, indicator: output",
    "unit: d, indicator: extra": "unit: e, indicator: extra",
    "  adjustments: [": (
        "  successions: [{unit: e, year: '2018', predecessor: 丁镇}]\n  adjustments: ["
    ),
}
HEAD = "case.yaml（2019Q1）的两份结果比较"


def in_the_section(lines: list[str], group: str) -> list[str]:
    """The lines of a group's section."""
    start = next(n for n, line in enumerate(lines) if line.startswith(group))
    rest = lines[start:]
    return rest[: rest.index("")] if "" in rest else rest


def test_each_group_has_its_section_with_moves_before_points() -> None:
    after = edited(BETTER, adjustments=adjusted("b", "star", "10"))
    assert told(edited({}), after) == [
        "case.yaml（2019Q1）的两份结果比较",
        "共4个单位名次变化，0个单位等次变化，2个单位得分变化",
        "",
        "镇街 · 大镇：2个单位名次变化，0个等次变化，1个得分变化",
        "乙镇：第2名 → 第1名，总分94.00 → 104.00",
        "甲镇：第1名 → 第2名，总分100.00 → 100.00",
        "  本单位得分未变，名次因其他单位变化而变化",
        "各指标得分变化：",
        "  乙镇：加分项 0.00 → 10.00",
        "",
        "镇街 · 小镇：2个单位名次变化，0个等次变化，1个得分变化",
        "丁镇：第2名 → 第1名，总分70.00 → 94.00",
        "丙镇：第1名 → 第2名，总分88.00 → 88.00",
        "  本单位得分未变，名次因其他单位变化而变化",
        "各指标得分变化：",
        "  丁镇：产出 30.00 → 54.00",
    ]


def test_units_without_a_place_are_called_so() -> None:
    aside = adjusted("a", "aside", "")
    assert told(edited({}), edited({}, adjustments=aside))[3:] == [
        "镇街 · 大镇：2个单位名次变化，0个等次变化，0个得分变化",
        "乙镇：第2名 → 第1名，总分94.00 → 94.00",
        "  本单位得分未变，名次因其他单位变化而变化",
        "甲镇：第1名 → 不参加排名，总分100.00 → 100.00",
    ]
    worse = {
        '{unit: a, indicator: output, actual: "10"': '{unit: a, indicator: output, actual: "7"'
    }
    assert told(edited({}, adjustments=aside), edited(worse, adjustments=aside))[3:] == [
        "镇街 · 大镇：0个单位名次变化，0个等次变化，1个得分变化",
        "甲镇：仍不参加排名，总分100.00 → 82.00",
        "各指标得分变化：",
        "  甲镇：产出 60.00 → 42.00",
    ]


def test_a_move_by_adjustments_alone_is_told_in_english() -> None:
    after = edited({}, adjustments=adjusted("a", "relief", "1"))
    assert told(edited({}), after, "en") == [
        "two results of case.yaml (2019Q1)",
        "2 units changed place, 0 changed grade, 0 changed points",
        "",
        "镇街 · 大镇: 2 changed place, 0 changed grade, 0 changed points",
        "乙镇: place 2 → place 1, total 94.00 → 94.00",
        "  its points and base place are the same; its place moved because adjustments, its own or others', differ",
        "甲镇: place 1 → place 2, total 100.00 → 100.00",
        "  its points and base place are the same; its place moved because adjustments, its own or others', differ",
    ]


def test_other_full_marks_stand_behind_the_points() -> None:
    lines = told(edited({}), edited(FULLS, "2019Q2"))
    assert lines[:3] == [
        "两期比较：case.yaml（2019Q1） → case.yaml（2019Q2）",
        "两者的评分方案不同：甲方案（1） → 乙方案（1），得分、名次不宜直接相比。满分不同的，在得分后注明。",
        "共0个单位名次变化，0个单位等次变化，4个单位得分变化",
    ]
    assert in_the_section(lines, "镇街 · 小镇") == [
        "镇街 · 小镇：0个单位名次变化，0个等次变化，2个得分变化",
        "丙镇：名次不变（第1名），总分88.00（满分100） → 96.00（满分110）",
        "丁镇：名次不变（第2名），总分70.00（满分100） → 75.00（满分110）",
        "各指标得分变化：",
        "  丙镇：产出 48.00（满分60） → 56.00（满分70）",
        "  丁镇：产出 30.00（满分60） → 35.00（满分70）",
    ]


def test_what_only_one_of_two_rounds_judges_is_named_once() -> None:
    lines = told(edited({}), edited(ONLY_OUTPUT, "2019Q2"), "en")
    assert in_the_section(lines, "镇街 · 小镇") == [
        "镇街 · 小镇: 0 changed place, 0 changed grade, 2 changed points",
        "丙镇: place 1 as before, total 88.00 (of 100) → 64.00 (of 80)",
        "丁镇: place 2 as before, total 70.00 (of 100) → 40.00 (of 80)",
        "judged only in case.yaml (2019Q1): 另项",
        "points by indicator:",
        "  丙镇: 产出 48.00 (of 60) → 64.00 (of 80)",
        "  丁镇: 产出 30.00 (of 60) → 40.00 (of 80)",
    ]
    back = told(edited(ONLY_OUTPUT, "2019Q2"), edited({}))
    assert "只在case.yaml（2019Q1）考核的指标：另项" in back
    again = told(edited({}), edited(ONLY_OUTPUT))
    assert again[:2] == [
        "case.yaml（2019Q1）的两份结果比较",
        "两份结果所用的评分方案内容不同。满分不同的，在得分后注明。",
    ]
    assert "  丁镇：产出 30.00（满分60） → 40.00（满分80）；另项 40.00 → —" in again


def test_a_unit_of_another_group_says_where_it_was() -> None:
    assert told(edited({}), edited(MOVED_AWAY))[3:] == [
        "镇街 · 大镇：1个单位名次变化，3个等次变化，0个得分变化",
        "甲镇：名次不变（第1名），总分100.00 → 100.00",
        "  等次：— → 优秀",
        "  另有变化：倒数名次、单项得分或名次",
        "乙镇：名次不变（第2名），总分94.00 → 94.00",
        "  等次：— → 良好",
        "  另有变化：倒数名次、单项得分或名次",
        "丁镇：第2名 → 第3名，总分70.00 → 70.00",
        "  等次：— → 一般",
        "  原属镇街 · 小镇",
        "",
        "镇街 · 小镇：0个单位名次变化，0个等次变化，0个得分变化",
        "另有1个单位只有基础倒数名次、倒数名次、单项得分或名次变化：丙镇",
    ]


def test_units_of_one_side_are_told_with_their_predecessors() -> None:
    assert told(edited({}), edited(RENAMED, "2019Q2"))[1:] == [
        "共0个单位名次变化，0个单位等次变化，0个单位得分变化",
        "",
        "丁镇：只在case.yaml（2019Q1）中",
        "新镇：只在case.yaml（2019Q2）中；沿革表写明其前身是丁镇",
    ]
    assert told(edited({}), edited({**RENAMED, "predecessor: 丁镇": "predecessor: 别镇"}))[-2:] == [
        "丁镇：只在前一份结果中",
        "新镇：只在后一份结果中",
    ]


def test_boards_from_files_are_told_by_ids() -> None:
    lines = told(Side(edited({}).board), Side(edited(FULLS).board), "en")
    assert [*lines[:3], *in_the_section(lines, "towns/little")] == [
        "two results of 2019Q1",
        "the schemes of the two results differ.",
        "0 units changed place, 0 changed grade, 4 changed points",
        "towns/little: 0 changed place, 0 changed grade, 2 changed points",
        "c: place 1 as before, total 88.00 → 96.00",
        "d: place 2 as before, total 70.00 → 75.00",
        "points by indicator:",
        "  c: output 48.00 → 56.00",
        "  d: output 30.00 → 35.00",
    ]


def test_the_same_is_told_as_such_also_under_another_scheme() -> None:
    assert told(edited({}), edited({})) == [HEAD, "结果完全相同"]
    assert told(edited({}), edited({"甲方案": "乙方案"})) == [
        HEAD,
        "两者的评分方案不同：甲方案（1） → 乙方案（1），得分、名次不宜直接相比。满分不同的，在得分后注明。",
        "结果完全相同",
    ]


def test_other_sources_are_told_though_every_figure_is_the_same() -> None:
    before = edited({})
    lines: list[Any] = [{**line, "source": "x"} for line in before.board["lines"]]
    assert told(before, Side({**before.board, "lines": lines}, before.round))[2:] == [
        "甲镇：数字相同，但得分明细或其来源有变化",
        "乙镇：数字相同，但得分明细或其来源有变化",
        "丙镇：数字相同，但得分明细或其来源有变化",
        "丁镇：数字相同，但得分明细或其来源有变化",
    ]


def test_one_group_alone() -> None:
    after = edited(BETTER, adjustments=adjusted("b", "star", "10"))
    sides = Sides(edited({}), after)
    change = only_units(difference(sides.before.board, after.board), sides.members("towns/little"))
    assert [one.unit for one in change.units] == ["c", "d"]
    assert list(difference_text(change, sides, "zh"))[1] == (
        "共2个单位名次变化，0个单位等次变化，1个单位得分变化"
    )
