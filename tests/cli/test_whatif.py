"""leitai whatif, as its user calls it: who would move and why, and ten wrong things."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Leitai


def files_of(folder: Path) -> dict[str, bytes]:
    """Everything in a folder and beside it."""
    return {str(one): one.read_bytes() for one in folder.parent.rglob("*") if one.is_file()}


def test_whatif_tells_who_would_move_and_changes_no_file(leitai: Leitai, small: Path) -> None:
    before = files_of(small)
    ended = leitai("whatif", small, "--fact", "丙镇,完成量,actual=10", "--without", "e1")
    assert ended.code == 0
    assert ended.out.splitlines() == [
        "小方案 · 第一季度",
        "示例数据，均为虚构，不代表任何真实单位的情况",
        "试算假定：",
        "  “丙镇”的“完成量”：实际值由8件改为10件",
        "  去掉扣分 e1：单位丙镇，指标差错，分值1.50，原因报表填错",
        "试算结果：",
        "共0个单位名次变化，0个单位等次变化，1个单位得分变化",
        "丙镇：名次不变（第3名），总分76.50 → 88.00",
        "  “完成量”40.00 → 50.00：本单位的数据变了",
        "  “差错”18.50 → 20.00：本单位的数据变了",
        "另有2个单位只有单项得分或名次变化：甲镇、乙镇",
    ]
    assert files_of(small) == before


def test_whatif_in_english_with_a_file_of_changes(
    leitai: Leitai, small: Path, tmp_path: Path
) -> None:
    file = tmp_path / "changes.yaml"
    file.write_text(
        'set: {sheets.towns.done: "30", sheets.towns.faults: "40"}\nwithout: [a1]\n', "utf-8"
    )
    ended = leitai("whatif", small, "--file", file, "--lang", "en")
    assert ended.code == 0
    line = "its place crosses the line of a quota: first level 1, last level 1"
    assert [one.strip() for one in ended.out.splitlines()[2:]] == [
        "What if:",
        "without adjustments a1: unit 甲镇, adjustment 扶贫助困, amount 1, reason 进度迟缓, approved 办公室",
        "scheme sheets.towns.done: 50 → 30",
        "scheme sheets.towns.faults: 20 → 40",
        "Then:",
        "2 units changed place, 2 changed grade, 3 changed points",
        "甲镇: place 2 → place 1, total 100.00 → 100.00",
        "grade: 良好 → 优秀",
        "“完成量” 50.00 → 30.00: the rule changed",
        "“差错” 20.00 → 40.00: the rule changed",
        "passes or draws level with 乙镇",
        "places ordered down: 1 → 0",
        line,
        "乙镇: place 1 → place 2, total 90.00 → 92.00",
        "grade: 优秀 → 良好",
        "“完成量” 45.00 → 27.00: the rule changed",
        "“差错” 20.00 → 40.00: the rule changed",
        "passed by 甲镇",
        "demotions of other units now act otherwise on it",
        line,
        "1 other unit changed in points only: 丙镇",
    ]


def test_whatif_as_json_has_the_reasons_of_every_unit(leitai: Leitai, small: Path) -> None:
    ended = leitai("whatif", small, "--fact", "甲镇,最优值,actual=10", "--json")
    assert ended.code == 0
    found = json.loads(ended.out)
    assert (found["round"], found["made_up"], found["lines_only"]) == ("2019Q1", True, [])
    assert found["outcomes"] == []
    assert found["assumed"] == [
        {
            "code": "value",
            "args": {
                "unit": "jia",
                "indicator": "best",
                "column": "actual",
                "before": "5",
                "after": "10",
            },
        }
    ]
    by_unit = {one["unit"]: one for one in found["units"]}
    assert by_unit["bing"]["total"] == ["76.50", "67.50"]
    assert by_unit["bing"]["reasons"] == [
        {
            "code": "points-others",
            "args": {"indicator": "best", "before": "18.00", "after": "9.00"},
        }
    ]


def test_whatif_tells_new_warnings(leitai: Leitai, small: Path) -> None:
    ended = leitai(
        "whatif", small, "--add", "adjustments:unit=丙镇,adjustment=工作亮点,amount=1,reason=试"
    )
    assert ended.code == 0
    assert "结果完全相同" in ended.out
    assert "试算后新出现的提示（1条）" in ended.err
    assert "--add adjustments:" in ended.err


def test_a_whatif_that_fails_tells_no_warnings_of_the_round(leitai: Leitai, small: Path) -> None:
    rows = small / "adjustments.csv"
    rows.write_text(rows.read_text("utf-8") + "丙镇,工作亮点,1.00,未批,,a3\n", "utf-8")
    ended = leitai("whatif", small, "--set", "grades.levels.excellent.top=130%", "--lang", "en")
    assert ended.code == 1
    assert "a3" not in ended.err
    last = "1 problem with the changes, nothing was tried. Please correct them and try again."
    assert ended.err.splitlines()[-1] == last


def test_a_trigger_that_holds_no_longer_can_be_left_out_with_its_entry(
    leitai: Leitai, small: Path
) -> None:
    scheme = small.parent / "scheme.yaml"
    trigger = 'kind: demote, when: {indicator: done, at_least: "10"}'
    scheme.write_text(scheme.read_text("utf-8").replace("kind: demote", trigger), "utf-8")
    changed = ["whatif", small, "--fact", "甲镇,完成量,actual=9"]
    ended = leitai(*changed)
    assert (ended.code, "“甲镇”不符合" in ended.err) == (1, True)
    assert "可以用 --without 编号 同时去掉" in ended.err.splitlines()[-1]
    assert leitai(*changed, "--without", "a1").code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        ([], 2, "没有写要试算什么改动"),
        (["--fact", "丙镇镇,完成量,actual=1"], 1, "最接近的是：丙镇"),
        (["--fact", "丙镇,完成,actual=1"], 1, "完成量"),
        (["--fact", "丙镇,差错,points=1"], 1, "points"),
        (["--fact", "丙镇,差错,actual=1"], 1, "“丙镇”的“差错”没有填报的数据可改"),
        (["--fact", "丙镇 完成量 10"], 1, "请写成“单位,指标,列=数值”"),
        (["--fact", "丙镇,完成量,actual="], 1, "完成量"),
        (["--without", "event.csv:2"], 1, "没有编号或位置为“event.csv:2”的数据"),
        (["--add", "events:unit=丙镇,indicator=差错,points=1,5,reason=漏报"], 1, "1,5"),
        (["--add", "扣分:单位=丙镇,指标=差错,分值=-1,原因=漏报"], 1, "--add 扣分"),
        (["--set", "sheets.town.done=60"], 1, "最接近的是：towns"),
        (["--set", "sheets.towns.done=60%"], 1, "scheme.sheets.towns.done"),
        (["--set", "grades.levels.excellent.top=130%"], 1, "scheme.grades.levels.excellent.top"),
        (["--file", "nowhere.yaml"], 2, "找不到文件"),
        (["--fact", "\udcff,完成量,actual=1"], 1, "没有名为"),
    ],
)
def test_wrong_things_are_told_with_what_to_do(
    leitai: Leitai, small: Path, arguments: list[str], code: int, sentence: str
) -> None:
    before = files_of(small)
    ended = leitai("whatif", small, *arguments)
    assert (ended.code, ended.out) == (code, "")
    assert sentence in ended.err
    assert files_of(small) == before


def test_every_wrong_change_is_told_at_once(leitai: Leitai, small: Path, tmp_path: Path) -> None:
    file = tmp_path / "changes.yaml"
    file.write_text("fact: [{unit: 丙镇}]\nset: {a.b: c}\n", "utf-8")
    ended = leitai("whatif", small, "--file", file, "--without", "e9", "--fact", "x")
    assert ended.code == 1
    for where in ("changes.yaml:1", "changes.yaml:2", "--without e9", "--fact x"):
        assert where in ended.err
    assert "改动有4个问题，没有试算。请改正后再试。" in ended.err
    assert "未生成榜单" not in ended.err
