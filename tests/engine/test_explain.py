"""Explanations beyond single causes: traces, announcements, differences, words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from leitai.board import Board
from leitai.casebook.read import read_case
from leitai.casebook.run import run
from leitai.cli.round_folder import load_round
from leitai.documents.board_tables import board_sheets
from leitai.evaluate import evaluate
from leitai.explain.announce import item_announcement, items_of
from leitai.explain.figures import Absent, Figure
from leitai.explain.ties import tie_words
from leitai.explain.trace import fact_ids, trace
from leitai.explain.trail import trail
from leitai.explain.trail_text import unit_text
from leitai.explain.words import say
from tests.engine.refusals import CASE

ROUND = Path(__file__).parents[2] / "schemes" / "wuqing" / "2019" / "2019Q1"
EXTRA = """
  late: [{unit: a, about: 一月数据}]
  previous: [{unit: a, about: place, value: "2"}]
  frame: [{stratum: 企业, size: "10"}]
"""


def small(extra: str = EXTRA, old: str = "", new: str = "") -> Board:
    text = CASE.replace("\nexpect: {}", extra + "expect: {}")
    text = text.replace(
        "{unit: a, indicator: mood, answer", "{unit: a, indicator: mood, stratum: 企业, answer"
    )
    if "frame" in extra:
        text = text.replace("indicator: mood, answer", "indicator: mood, stratum: 企业, answer")
    case, problems = read_case(text.replace(old, new), "case.yaml")
    assert case is not None, problems
    outcome = run(case)
    assert outcome.board is not None, outcome.problems
    return outcome.board


@cache
def wuqing() -> Board:
    round_, _ = load_round(ROUND)
    assert round_ is not None
    board, _ = evaluate(round_)
    assert board is not None
    return board


def touched(board: Board, fact: str, lang: str = "zh") -> Sequence[str]:
    (found,) = trace(board, fact, lang)
    return found.touched


def test_a_ballot_is_traced_to_the_tally_it_went_into() -> None:
    assert touched(small(), "ballots:1") == (
        "甲镇：总分85.50分，3个单位中第1名，倒数第3名",
        "计入甲镇“评议”的汇总：g平均9分（1票，权重60%），得18.00分",
    )


def test_an_answer_is_traced_to_the_tally_it_went_into() -> None:
    assert touched(small(), "answers:2")[1] == "计入乙镇“满意度”的汇总：有效答卷3份"


def test_frame_previous_and_late_rows_say_what_they_are_for() -> None:
    board = small()
    assert touched(board, "frame:1") == ("抽样框用于所有调查指标的加权",)
    assert touched(board, "previous:1")[1].startswith("上期数据")
    assert touched(board, "late:1")[1] == "迟报转为本单位“差错”的扣分事项"


def test_an_adjustment_is_traced_to_its_step_and_line() -> None:
    (found,) = trace(small(), "adjustments:1", "en")
    assert found.cells[1] == ("adjustment", "亮点")
    assert found.lines == ("甲镇 · 亮点 · bonus 1.00 · 好",)


def test_a_late_return_without_a_rule_is_traced_all_the_same() -> None:
    nil = EXTRA + "  nil_returns: [{indicator: faults}]\n"
    board = small(nil, '  lateness: {indicator: faults, points: "0.5"}\n', "")
    assert touched(board, "late:1") == ("甲镇：总分86.00分，3个单位中第1名，倒数第3名",)


def test_the_place_of_an_unranked_unit_is_not_claimed() -> None:
    board = _with_unranked()
    assert touched(board, "ballots:1")[0] == "甲镇：总分84.50分，不参加排名"
    assert "不参加排名：改制" in unit_text(board, "a", "zh")


def _with_unranked() -> Board:
    text = CASE.replace(
        'bonus: {name: 亮点, kind: bonus, cap: "2"}', "bonus: {name: 亮点, kind: unranked}"
    )
    text = text.replace(
        '{unit: a, adjustment: bonus, amount: "1", reason: 好',
        "{unit: a, adjustment: bonus, reason: 改制",
    )
    case, problems = read_case(
        text.replace('points: "1", reason: 事故', 'points: "1.5", reason: 事故'), "case.yaml"
    )
    assert case is not None, problems
    board = run(case).board
    assert board is not None
    return board


def test_every_fact_of_the_real_sized_round_can_be_traced_in_both_languages() -> None:
    board = wuqing()
    ids = fact_ids(board)
    for fact in ids[:: len(ids) // 40]:
        for lang in ("zh", "en"):
            assert trace(board, fact, lang)


def test_every_unit_of_the_real_sized_round_is_explained_in_both_languages() -> None:
    board = wuqing()
    for unit in board.round.units:
        for lang in ("zh", "en"):
            text = unit_text(board, unit, lang)
            assert say(lang, "made-up") in text
            assert "{" not in text


def test_lost_unearned_and_kept_points_add_up_to_full_marks() -> None:
    board = wuqing()
    for unit, result in board.results.items():
        found = trail(board, unit, "zh")
        sheet = board.round.scheme.sheet_of(unit, board.round.units[unit].series)
        lost = sum(round(float(one.points) * 100) for one in found.lost)
        unearned = sum(round((float(one.points) - float(one.full)) * 100) for one in found.unearned)
        gained = sum(
            round(float(one.points) * 100)
            for one in found.other
            if one.item and one.kind in ("gain", "floor", "cap")
        )
        assert sheet.total + lost + unearned + gained == result.exact - result.bonus, unit


def test_items_are_announced_with_ties_at_both_ends() -> None:
    board = small()
    assert [item_announcement(board, "towns", item, "zh") for item in items_of(board, "towns")] == [
        "工作：第1名甲镇，第2名乙镇，第3名丙镇",
        "秩序：第1名甲镇，第2名乙镇，第3名丙镇",
    ]


def test_when_everybody_ties_nobody_is_announced_from_the_bottom() -> None:
    extra = EXTRA.replace("late", "nil_returns").replace(
        "{unit: a, about: 一月数据}", "{indicator: faults}"
    )
    board = small(extra, 'actual: "9"', 'actual: "10"')
    assert items_of(board, "towns") == ["work", "order"]
    assert item_announcement(board, "towns", "work", "zh").startswith("工作：甲镇、乙镇并列第1名")


def test_the_workbook_carries_warnings() -> None:
    sheets = {sheet.title: sheet for sheet in board_sheets(wuqing(), "zh")}
    assert len(sheets["提示"].rows) == len(wuqing().warnings)


@pytest.mark.parametrize(("value", "text"), [(Figure(None), "—"), (Absent("不限"), "不限")])
def test_what_is_not_there_has_a_word(value: object, text: str) -> None:
    assert f"{value}" == text
    assert f"{value:%}" == text


def test_nothing_parts_units_that_stay_tied() -> None:
    case, _ = read_case(CASE, "case.yaml")
    assert case is not None
    board = run(case).board
    assert board is not None
    tied = [board.results[unit] for unit in ("a", "a")]
    assert tie_words(board, *tied, tied, "zh") == {"what": ""}


def test_a_nil_return_is_traced_to_the_units_it_speaks_for() -> None:
    board = small(EXTRA + "  nil_returns: [{indicator: faults}, {indicator: faults, unit: b}]\n")
    assert touched(board, "nil_returns:1") == ("说明1个单位没有扣分事项：丙镇",)
    assert touched(board, "nil_returns:2")[1] == "说明1个单位没有扣分事项：乙镇"


def test_a_nil_return_that_speaks_for_nobody_says_nothing() -> None:
    rows = "{indicator: faults}, {indicator: faults, unit: b}, {indicator: faults, unit: c}"
    assert touched(small(f"{EXTRA}  nil_returns: [{rows}]\n"), "nil_returns:1") == ()


def test_a_demotion_is_traced_to_every_unit_it_moved() -> None:
    board = wuqing()
    (entry,) = [e for e in board.taken.entries if board.results[e.unit].fall == "3"]
    last = touched(board, entry.id)[-1]
    assert "例06镇第26名→第29名" in last
    assert "例09镇第29名→第28名" in last


def test_a_figure_that_a_trigger_looks_at_is_traced_to_the_demotion() -> None:
    board = wuqing()
    said = touched(board, "values-society-02.csv:15")
    assert said[1] == "这一数据是调整记录 adjustment-10 的依据（触发条件看这一项）："
    assert "降低3个名次" in said[2]
    assert "例06镇第26名→第29名" in said[3]
    of_another_unit = touched(board, "values-society-02.csv:14")
    assert not any("adjustment" in one for one in of_another_unit)


def test_the_workbook_lists_every_entry_with_who_approved_it() -> None:
    sheets = {sheet.title: sheet for sheet in board_sheets(small(), "zh")}
    (row,) = sheets["调整记录"].rows
    assert row == ["甲镇", "亮点", "1", "好", "", "办", "adjustments:1"]


def test_a_fact_with_an_id_of_its_own_is_found_by_its_place_too() -> None:
    (by_id,), (by_place,) = (
        trace(wuqing(), "adjustment-10", "zh"),
        trace(wuqing(), "adjustments.csv:11", "zh"),
    )
    assert by_id == by_place
    assert {"adjustment-10", "adjustments.csv:11"} <= set(fact_ids(wuqing()))
