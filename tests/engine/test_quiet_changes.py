"""Facts that would change a result quietly: each is refused, warned of, or taken as it is meant."""

from __future__ import annotations

import pytest

from leitai.board import Board
from leitai.casebook.read import read_case
from leitai.casebook.run import run
from leitai.problems import Problem

HEAD = """
case: 悄悄改变结果的数据
working: 不计算
scheme:
  scheme: s
  version: "1"
  name: 方案
  items: {work: {name: 工作}}
  indicators:
    - {id: voice, name: 评议, item: work, measure: {kind: panel, highest: "10", quorum: "1", merge: {y: x, z: x},
       groups: {x: "40%", y: "30%", z: "30%"}}}
    - {id: mood, name: 满意度, item: work, measure: {kind: survey, score_from: "2", hide_below: "1"}}
    - {id: merits, name: 加分, item: work, measure: {kind: award}}
    - {id: output, name: 产出, item: work, measure: {kind: completion, cap: none}}
  sheets: {towns: {INDICATOR: "10"}}
  series: [{id: towns, name: 镇街, sheet: towns}]
  adjustments:
    bonus: {name: 亮点, kind: bonus, annual_cap: "3"}
    one: {name: 定额, kind: bonus, amount: "1"}
    limit: {name: 限等, kind: cap}
  grades: {levels: [{id: a1, name: "1", top: "50%"}, {id: b1, name: 乙等}]}
units: {jia: 甲镇, yi: 乙镇}
facts:
FACTS
expect: {}
"""


def outcome(indicator: str, *rows: str) -> tuple[Board | None, list[Problem]]:
    """What becomes of rows such as `tallies {unit: jia, …}`."""
    tables: dict[str, list[str]] = {}
    for row in rows:
        table, _, cells = row.partition(" ")
        tables.setdefault(table, []).append(f"    - {cells}")
    facts = "\n".join("\n".join([f"  {table}:", *found]) for table, found in tables.items())
    case, problems = read_case(
        HEAD.replace("INDICATOR", indicator).replace("FACTS", facts), "case.yaml"
    )
    assert case is not None, problems
    found = run(case)
    return found.board, list(found.problems)


def blocked(indicator: str, *rows: str) -> set[str]:
    """The codes of what blocks the board."""
    board, problems = outcome(indicator, *rows)
    codes = {one.code for one in problems if not one.warning}
    assert (board is None) == bool(codes)
    return codes


def tally(unit: str, group: str, mean: str = "8", indicator: str = "voice") -> str:
    return f'tallies {{unit: {unit}, indicator: {indicator}, group: "{group}", n: "5", mean: "{mean}"}}'


YI = (tally("yi", "x+y+z"),)


@pytest.mark.parametrize(
    ("groups", "codes"),
    [
        (["x+y+z"], set()),
        (["x+z+y"], set()),
        (["x + z + y"], set()),
        (["x+y+z", "x+z+y"], {"fact.duplicate"}),
        (["x+y", "x+z"], {"fact.rater-groups-overlap"}),
        (["x+y+z", "x"], {"fact.rater-groups-overlap"}),
        (["x+y+y", "z"], {"fact.rater-groups-overlap"}),
        (["x+y", "z"], {"fact.rater-groups-overlap"}),  # the other unit has x+y+z
        (["y+x", "z"], {"fact.rater-group-unknown", "fact.rater-groups-overlap"}),
    ],
)
def test_no_rater_group_counts_twice_however_merged_groups_are_written(
    groups: list[str], codes: set[str]
) -> None:
    found = blocked("voice", *[tally("jia", group) for group in groups], *YI)
    assert found - {"fact.group-not-allowed"} == codes


def test_a_survey_has_one_tally_a_unit_whatever_group_is_written() -> None:
    rows = [tally(unit, "", "80", "mood") for unit in ("jia", "yi")]
    assert blocked("mood", *rows) == set()
    assert blocked("mood", *rows, tally("jia", "x", "90", "mood")) == {"fact.group-unwanted"}


OUTPUT = [
    f'values {{unit: {unit}, indicator: output, actual: "9", target: "10"}}'
    for unit in ("jia", "yi")
]


def test_a_previous_value_is_stated_once_by_id_or_by_name() -> None:
    row = 'previous {{unit: {}, about: {}, value: "1"}}'
    assert blocked("output", *OUTPUT, row.format("jia", "bonus")) == set()
    both = [row.format("jia", "bonus"), row.format("甲镇", "亮点")]
    assert blocked("output", *OUTPUT, *both) == {"fact.duplicate"}


def ballots(*units: str, rater: str = "r1") -> list[str]:
    """One rater's ballots for both units, the rater's own unit told on each."""
    rows = zip(("jia", "yi"), units, strict=True)
    return [
        f'ballots {{rater: {rater}, rater_group: x, rater_unit: "{own}", unit: {unit}, indicator: voice, mark: "{9 - n}"}}'
        for n, (unit, own) in enumerate(rows)
    ]


@pytest.mark.parametrize(
    ("units", "codes"),
    [
        (("", ""), set()),
        (("市局", "市局"), set()),
        (("", "甲镇"), {"fact.rater-unit-differs"}),
        (("乙镇", "甲镇"), {"fact.rater-unit-differs"}),
        (("甲镇", "甲镇"), {"fact.own-unit"}),
    ],
)
def test_a_rater_has_one_unit_on_all_ballots(units: tuple[str, str], codes: set[str]) -> None:
    assert blocked("voice", *ballots(*units)) == codes


def test_a_raters_unit_that_nobody_knows_is_told_with_the_nearest() -> None:
    _, problems = outcome("voice", *ballots("甲镇办", "甲镇办"))
    (found,) = [one for one in problems if one.code == "panel.rater-unit-unknown"]
    assert found.warning
    assert found.args == {"unit": "甲镇办", "near": "甲镇"}


@pytest.mark.parametrize("other", ["r 1", "R1", "ｒ１", '"r\\u200b1"', '"r1\\ufe0f"'])
def test_a_rater_is_one_however_the_name_is_typed(other: str) -> None:
    again = ballots("", "", rater=other)[:1]
    assert "fact.ballot-doubled" in blocked("voice", *ballots("", ""), *again)


@pytest.mark.parametrize(
    ("other", "points"),
    [
        ("防汛", "3.00"),
        ("防 汛", "3.00"),
        ('"防\\u200b汛"', "3.00"),
        ("防汛\u3000", "3.00"),
        ("防旱", "5.00"),
        ('""', "5.00"),
    ],
)
def test_a_matter_is_one_however_it_is_typed(other: str, points: str) -> None:
    row = 'events {{unit: jia, indicator: merits, points: "{}", reason: 好, matter: {}}}'
    board, _ = outcome("merits", row.format(3, "防汛"), row.format(2, other))
    assert board is not None
    units = board.points_of("jia", "merits")
    assert board.round.scheme.scale.show(units or 0) == points


def test_matters_of_bonus_and_of_events_are_written_alike() -> None:
    row = 'adjustments {{unit: jia, adjustment: bonus, amount: "{}", reason: 好, matter: "{}", approved: 办}}'
    board, _ = outcome("output", *OUTPUT, row.format(2, "ＡＢ会"), row.format(1, "ab 会"))
    assert board is not None
    assert board.round.scheme.scale.show(board.results["jia"].bonus) == "2.00"


def test_a_levels_name_is_an_amount_only_where_a_level_is_wanted() -> None:
    row = 'adjustments {{unit: jia, adjustment: {}, amount: "1", reason: 好, approved: 办}}'
    board, _ = outcome("output", *OUTPUT, row.format("bonus"))
    assert board is not None
    assert [one["amount"] for one in board.round.rows("adjustments")] == ["1"]
    board, _ = outcome("output", *OUTPUT, row.format("one").replace('amount: "1", ', ""))
    assert board is not None
    assert board.round.scheme.scale.show(board.results["jia"].bonus) == "1.00"
    board, _ = outcome("output", *OUTPUT, row.format("limit"))
    assert board is not None
    assert [one["amount"] for one in board.round.rows("adjustments")] == ["a1"]


def test_points_no_ledger_can_hold_are_refused_before_they_are_added() -> None:
    row = 'events {{unit: jia, indicator: merits, points: "{}", reason: 好, id: e{}}}'
    most = [row.format(1_000_000, number) for number in range(3)]
    assert blocked("merits", *most) == set()
    assert blocked("merits", row.format(1_000_001, 0)) == {"value.too-many-points"}
    fine = "points: {line_places: '9'}\n  items"
    head = HEAD.replace("items", fine, 1).replace("INDICATOR", "merits")
    for number, codes in ((1, set()), (2, {"fact.points-too-large"})):
        facts = "  events:\n" + "".join(
            f"    - {one.removeprefix('events ')}\n" for one in most[:number]
        )
        case, _ = read_case(head.replace("FACTS", facts), "case.yaml")
        assert case is not None
        assert {one.code for one in run(case).problems if not one.warning} == codes


@pytest.mark.parametrize("group", ["foo+bar", "x+foo", "x+"])
def test_a_merged_group_of_groups_nobody_knows_is_told(group: str) -> None:
    assert "fact.rater-group-unknown" in blocked("voice", tally("jia", group), *YI)


@pytest.mark.parametrize(
    "approved",
    ["待 批", "——", "（无）", "无。", "×", "〇", "ＮＯ", "同意", '"\\u2800x\\u2800"', "-", "0."],
)
def test_who_approves_is_somebody(approved: str) -> None:
    row = f'adjustments {{unit: jia, adjustment: bonus, amount: "1", reason: 好, approved: {approved}}}'
    codes = blocked("output", *OUTPUT, row)
    assert codes == (set() if "x" in approved else {"adjustment.approver-unclear"})


@pytest.mark.parametrize("approved", ["\\u2800", "\\u3164", "\\u034f", "\\u200b"])
def test_an_approver_nobody_can_see_is_none(approved: str) -> None:
    row = f'adjustments {{unit: jia, adjustment: bonus, amount: "1", reason: 好, approved: "{approved}"}}'
    board, problems = outcome("output", *OUTPUT, row)
    assert board is not None
    assert board.results["jia"].bonus == 0
    assert "adjustment.not-approved" in {one.code for one in problems}


def test_a_raters_unit_from_outside_is_one_however_it_is_typed() -> None:
    assert blocked("voice", *ballots("区委办公室", "区委 办公室")) == set()


def test_an_indicator_and_an_adjustment_share_no_name() -> None:
    text = HEAD.replace("INDICATOR", "output").replace("FACTS", "  values: []")
    case, _ = read_case(text.replace("name: 亮点", "name: 产出"), "case.yaml")
    assert case is not None
    assert "scheme.name-doubled" in {one.code for one in case.problems}
