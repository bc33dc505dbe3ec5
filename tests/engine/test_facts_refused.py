"""What facts may not say is refused before anything is scored, all of it at once."""

from __future__ import annotations

import pytest

from leitai.casebook.read import read_case
from tests.engine.refusals import CASE, refused, told

DONE_A = '{unit: a, indicator: done, actual: "10", target: "10"}'
FAULT = '{unit: a, indicator: faults, points: "1", reason: 事故}'
BONUS = '{unit: a, adjustment: bonus, amount: "1", reason: 好, approved: 办}'
MARK = '{rater: r1, rater_group: g, unit: a, indicator: voice, mark: "9"}'
ANSWER = '{unit: a, indicator: mood, answer: 满意, count: "3"}'


def with_row(table: str, row: str) -> list[str]:
    """What is told when a table with this one row is added."""
    return told("facts:\n", f"facts:\n  {table}:\n    - {row}\n")


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("series: 镇街}", "series: 园区}", ["fact.series-unknown", "fact.unit-unknown"]),
        ("series: 镇街}", "series: 镇街, group: 甲}", ["fact.group-unknown", "fact.unit-unknown"]),
        ("{unit: c, name: 丙镇", "{unit: a, name: 丙镇", ["fact.unit-doubled", "fact.unit-unknown"]),
        ("sheet: towns,", "sheet: towns, own_sheets: {d: towns},", ["scheme.own-sheet-unit-unknown"]),
        (DONE_A, '{unit: a, indicator: done, target: "10"}', ["fact.missing"]),
        (DONE_A, '{unit: a, indicator: done, actual: "10"}', ["fact.missing"]),
        (DONE_A, '{unit: a, indicator: done, actual: "ten", target: "10"}', ["value.not-a-number"]),
        (DONE_A, '{unit: a, indicator: done, actual: "95%", target: "10"}', ["fact.percent-unexpected"]),
        (DONE_A, '{unit: a, indicator: done, actual: "9", target: "10", coefficient: "x%"}', ["value.not-a-number"]),
        (DONE_A, '{unit: a, indicator: faults, actual: "10"}', ["fact.missing", "fact.value-for-events"]),
        ('{unit: a, indicator: best, actual: "10"}', '{unit: a, indicator: best, actual: "10", coefficient: "2"}', ["fact.coefficient-unwanted"]),
        (FAULT, '{unit: a, indicator: done, points: "1", reason: 事故}', ["fact.not-an-event-indicator"]),
        (FAULT, '{unit: a, indicator: faults, points: "-1", reason: 事故}', ["fact.points-not-positive"]),
        (FAULT, '{unit: a, indicator: faults, points: "1.005", reason: 事故}', ["fact.too-fine"]),
        (MARK, MARK.replace("g, unit", "x, unit"), ["fact.missing", "fact.rater-group-unknown"]),
        (MARK, MARK.replace('"9"', '"11"'), ["fact.mark-off-scale"]),
        (MARK, MARK.replace('"9"', "很好"), ["fact.missing", "value.not-a-number"]),
        (MARK, MARK.replace("g, unit", "h, unit"), ["fact.rater-in-two-groups"]),
        (MARK, MARK.replace("voice", "mood"), ["fact.missing", "fact.tally-unwanted"]),
        (ANSWER, ANSWER.replace("满意", "很好"), ["fact.answer-unknown", "fact.missing"]),
        (ANSWER, ANSWER.replace('"3"', '"-3"'), ["fact.count-refused", "fact.missing"]),
        (ANSWER, ANSWER.replace('"3"', '"1.5"'), ["fact.missing", "value.not-whole"]),
        ("name: 丙镇", "name: 甲 镇", ["fact.unit-unclear"]),
        ("name: 丙镇", "name: a", ["fact.unit-unclear"]),
        ("{unit: c, name: 丙镇", "{unit: c/d, name: 丙镇", ["fact.unit-unknown", "scheme.id-refused"]),
        (", name: 丙镇", "", ["fact.cell-blank", "fact.unit-unknown"]),
        (DONE_A, '{indicator: done, actual: "10", target: "10"}', ["fact.cell-blank"]),
        (FAULT, '{unit: a, indicator: faults, points: "1000001", reason: 事故}', ["value.too-many-points"]),
        (BONUS, BONUS.replace("bonus,", "bonnus,"), ["adjustment.unknown"]),
        (BONUS, BONUS.replace("approved: 办", "approved: 待批"), ["adjustment.approver-unclear"]),
        (BONUS, BONUS.replace("approved: 办", "approved: Ｎo"), ["adjustment.approver-unclear"]),
        (BONUS, BONUS.replace('amount: "1", ', ""), ["adjustment.amount-missing"]),
        (BONUS, BONUS.replace('"1"', '"0"'), ["adjustment.amount-refused"]),
        (BONUS, BONUS.replace('"1"', '"0.001"'), ["fact.too-fine"]),
        (BONUS, BONUS.replace('"1"', "many"), ["adjustment.amount-refused"]),
        (BONUS, BONUS.replace("bonus,", "cap,").replace('"1"', "优秀"), ["adjustment.amount-refused"]),
        (BONUS, BONUS.replace("bonus,", "demote,").replace('"1"', '"0"'), ["adjustment.amount-refused"]),
    ],
)  # fmt: skip
def test_a_spoilt_fact_is_refused(old: str, new: str, codes: list[str]) -> None:
    assert told(old, new) == codes


@pytest.mark.parametrize(
    ("table", "row", "codes"),
    [
        ("nil_returns", "{indicator: done}", ["fact.nil-return-unwanted"]),
        ("nil_returns", "{indicator: faults, unit: a}", ["fact.nil-return-contradicted"]),
        ("exemptions", "{unit: a, indicator: done, reason: 新设, basis: 第一条}", ["fact.exempt-has-data"]),
        ("exemptions", "{unit: a, indicator: faults, reason: 新设, basis: 第一条}", ["fact.exempt-has-data"]),
        ("exemptions", "{unit: a, indicator: voice, reason: 新设, basis: 第一条}", ["fact.exempt-has-data"]),
        ("exemptions", "{unit: a, indicator: mood, reason: 新设, basis: 第一条}", ["fact.exempt-has-data"]),
        ("exemptions", "{unit: a, indicator: merits, reason: 新设, basis: 第一条}", ["fact.exempt-not-possible"]),
        ("tallies", "{unit: a, indicator: done, n: '3', mean: '9'}", ["fact.tally-unwanted"]),
        ("tallies", "{unit: a, indicator: voice, group: g, n: '3', mean: '9'}", ["fact.raw-and-tally"]),
        ("tallies", "{unit: a, indicator: mood, n: '3', mean: '9'}", ["fact.raw-and-tally"]),
        ("tallies", "{unit: a, indicator: voice, group: g+h, n: '3', mean: '9'}", ["fact.rater-group-unknown", "fact.raw-and-tally"]),
        ("tallies", "{unit: a, indicator: voice, group: x, n: '3', mean: '9'}", ["fact.rater-group-unknown", "fact.raw-and-tally"]),
        ("tallies", "{unit: a, indicator: voice, group: g, n: x, mean: '9'}", ["fact.raw-and-tally", "value.not-a-number"]),
        ("tallies", "{unit: a, indicator: voice, group: g, n: '-1', mean: '9'}", ["fact.count-refused", "fact.raw-and-tally"]),
        ("tallies", "{unit: a, indicator: mood, n: '3', mean: '9/0'}", ["fact.raw-and-tally", "value.not-a-number"]),
        ("tallies", "{unit: a, indicator: mood, n: '3', mean: '101'}", ["fact.mark-off-scale", "fact.raw-and-tally"]),
        ("frame", "{stratum: 企业, size: '10'}", ["fact.missing", "fact.stratum-unknown"]),
        ("frame", "{stratum: 企业, size: '0'}", ["fact.frame-empty"]),
        ("frame", "{stratum: 企业, size: x}", ["value.not-a-number"]),
        ("previous", "{unit: a, about: places, value: '1'}", ["fact.previous-unknown"]),
        ("previous", "{unit: a, about: place, value: '0'}", ["fact.previous-refused"]),
        ("previous", "{unit: a, about: 名次, value: '1.5'}", ["value.not-whole"]),
        ("previous", "{unit: a, about: 满意度, value: '101'}", ["fact.previous-refused"]),
        ("previous", "{unit: a, about: 亮点, value: '0.005'}", ["fact.too-fine"]),
        ("late", "{unit: a, about: 数据}", []),
    ],
)  # fmt: skip
def test_a_row_out_of_place_is_refused(table: str, row: str, codes: list[str]) -> None:
    assert with_row(table, row) == codes


def test_the_spot_of_a_fact_and_the_nearest_name_are_told() -> None:
    (found,) = refused(BONUS, BONUS.replace("bonus,", "bonnus,"))
    assert (found.where, found.args["near"]) == ("case.yaml:50", "bonus")


def test_without_units_there_is_no_round() -> None:
    old = "[{unit: a, name: 甲镇, series: towns}, {unit: b, name: 乙镇, series: towns}, {unit: c, name: 丙镇, series: 镇街}]"
    assert "fact.no-units" in told(old, "[]")


def test_a_fact_not_on_the_units_sheet_is_refused() -> None:
    sheet = 'towns: {done: "20", best: "20", faults: "20", merits: "10", voice: "20", mood: "10"}'
    for name in ("done", "faults", "voice", "mood"):
        marks = sheet.replace(f'{name}: "20"', 'x: "20"').replace(f'{name}: "10"', 'x: "10"')
        shorter = marks.replace('x: "20", ', "").replace(', x: "10"', "")
        spare = f'{shorter}\n    spare: {{{name}: "20"}}'
        assert "fact.not-on-sheet" in told(sheet, spare), name


def test_rows_alike_to_the_letter_are_warned_of_and_both_count() -> None:
    case, _ = read_case(CASE.replace(FAULT, f"{FAULT}\n    - {FAULT}"), "case.yaml")
    assert case is not None
    alike = [one for one in case.problems if one.code == "fact.looks-doubled"]
    assert [(one.args["same"], one.warning) for one in alike] == [("甲镇 · 差错", True)]
    assert case.round is not None
    assert len(case.round.rows("events")) == 2


def test_rows_alike_with_ids_of_their_own_are_two_facts() -> None:
    rows = [FAULT.replace("reason", f"id: e{number}, reason") for number in (1, 2)]
    case, _ = read_case(CASE.replace(FAULT, f"{rows[0]}\n    - {rows[1]}"), "case.yaml")
    assert case is not None
    assert [one.code for one in case.problems] == []
