"""leitai check, as the clerk of a performance office runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import EVENTS, SCHEME, VALUES, Leitai

WUQING = Path("schemes/wuqing/2019")


def test_a_scheme_alone_says_what_it_could_not_look_at(leitai: Leitai, small: Path) -> None:
    ended = leitai("check", small.parent / "scheme.yaml")
    assert ended.code == 0
    assert "方案体检：小方案（1版）\n示例数据，均为虚构" in ended.out
    assert "【提醒】没有依据\n  含义：" in ended.out
    assert "  · 完成量、最优值、差错、工作亮点" in ended.out
    assert "没有单位名单" in ended.out
    assert "没有用数据试算" in ended.out
    assert ended.err == ""


def test_a_round_names_its_units_and_with_its_facts_it_is_tried(
    leitai: Leitai, small: Path
) -> None:
    ended = leitai("check", small)
    assert (ended.code, "没有单位名单" in ended.out) == (0, False)
    assert "没有用数据试算" in ended.out
    assert leitai("check", small / "round.yaml").out == ended.out
    ended = leitai("check", small, "--facts", small)
    assert ended.code == 0
    assert "按“第一季度”的数据试算" in ended.out
    assert "没有用数据试算" not in ended.out
    assert "【说明】名次稳不稳" in ended.out
    assert "镇街系列：3个单位的名次都比较稳定" in ended.out


def test_a_scheme_is_tried_on_the_facts_of_a_round_that_has_another(
    leitai: Leitai, small: Path, tmp_path: Path
) -> None:
    new = tmp_path / "new.yaml"
    new.write_text(SCHEME.replace("best_ratio", "award"), encoding="utf-8")
    ended = leitai("check", new, "--facts", small)
    assert ended.code == 1
    assert "values.csv" in ended.err
    assert "没有试算；以上只是方案本身的检查" in ended.err
    assert f"leitai check {small} --facts {small}" in ended.err
    assert "各评分表合计" in ended.out
    new.write_text(SCHEME.replace('done: "50"', 'done: "10"'), encoding="utf-8")
    found = json.loads(leitai("check", new, "--facts", small, "--json").out)
    (sums,) = [one for one in found["findings"] if one["code"] == "sheet-sums"]
    assert sums["figures"]["rows"][0][2] == "60.00"
    assert found["round"] == "2019Q1"


def test_json_has_every_row_and_a_sentence_in_the_language_asked_for(
    leitai: Leitai, small: Path
) -> None:
    ended = leitai("check", small, "--facts", small, "--json", "--lang", "en")
    found = json.loads(ended.out)
    assert {key: found[key] for key in ("format", "scheme", "version", "round", "made_up")} == {
        "format": "leitai-checkup-1",
        "scheme": "small",
        "version": "1",
        "round": "2019Q1",
        "made_up": True,
    }
    (places,) = [one for one in found["findings"] if one["code"] == "places-fragile"]
    assert places["figures"]["heads"] == ["unit", "place", "likely", "extremes", "kept"]
    assert [row[0] for row in places["figures"]["rows"]] == ["甲镇", "乙镇", "丙镇"]
    assert places["text"].startswith("镇街系列: places of all 3 units are fairly steady")
    alone = json.loads(leitai("check", small.parent / "scheme.yaml", "--json").out)
    assert alone["round"] is None


def test_english_is_complete(leitai: Leitai, small: Path) -> None:
    out = leitai("check", small, "--facts", small, "--lang", "en").out
    assert "[warning] Without a legal basis\n  Meaning: A unit" in out
    assert "  Advice: " in out


def test_a_scheme_that_is_refused_ends_with_its_problems(leitai: Leitai, small: Path) -> None:
    file = small.parent / "scheme.yaml"
    for wrong in (
        SCHEME.replace("kind: deduct", "kind: nothing"),
        SCHEME.replace("item: order", "item: nowhere"),
        "scheme: [",
    ):
        file.write_text(wrong, encoding="utf-8")
        for given in (file, small):
            ended = leitai("check", given)
            assert (ended.code, ended.out) == (1, "")
            assert "scheme.yaml:" in ended.err
            assert "没有检查。请改正后重新检查" in ended.err


def test_units_or_facts_that_are_refused_are_told(leitai: Leitai, small: Path) -> None:
    units = small.parent / "units.csv"
    right = units.read_text(encoding="utf-8")
    units.write_text(right.replace("乙镇,towns", "乙镇,parks"), encoding="utf-8")
    ended = leitai("check", small)
    assert (ended.code, "units.csv:3" in ended.err) == (1, True)
    units.write_text(right, encoding="utf-8")
    (small / "values.csv").write_text(VALUES.replace("9,10", "九,10"), encoding="utf-8")
    ended = leitai("check", small, "--facts", small)
    assert (ended.code, "values.csv:3" in ended.err) == (1, True)
    (small / "values.csv").write_text(VALUES, encoding="utf-8")
    (small / "nil_returns.csv").unlink()
    ended = leitai("check", small, "--facts", small)
    assert (ended.code, "零报告" in ended.err) == (1, True)
    assert "请改正后重新检查" in ended.err
    (small / "round.yaml").write_text("name: [", encoding="utf-8")
    for given in ((small,), (small.parent / "scheme.yaml", "--facts", small)):
        ended = leitai("check", *given)
        assert (ended.code, "round.yaml:" in ended.err) == (1, True)


@pytest.mark.parametrize("name", ["nowhere", "."])
def test_what_is_neither_a_scheme_nor_a_round_is_wrong_use(
    leitai: Leitai, tmp_path: Path, name: str
) -> None:
    ended = leitai("check", tmp_path / name)
    assert (ended.code, "既不是方案文件" in ended.err) == (2, True)


def test_facts_that_are_no_round_are_wrong_use(leitai: Leitai, small: Path) -> None:
    for wrong in (small.parent, small.parent / "nowhere"):
        assert leitai("check", small, "--facts", wrong).code == 2
    (small.parent / "2019Q1.yaml").write_bytes(b"\xff\xfe\x00\xd8")
    assert leitai("check", small.parent / "2019Q1.yaml").code == 2


def test_other_warnings_of_the_scheme_are_told_and_unused_indicators_once(
    leitai: Leitai, small: Path
) -> None:
    file = small.parent / "scheme.yaml"
    spare = "  - {id: spare, name: 备用, item: order, measure: {kind: attain}}\nsheets:"
    text = SCHEME.replace("sheets:", spare).replace(
        "items:", 'points: {line_places: "2", total_places: "1"}\nitems:'
    )
    file.write_text(text, encoding="utf-8")
    ended = leitai("check", file)
    assert ended.code == 0
    assert "  · 备用" in ended.out
    assert "备用" not in ended.err
    assert "scheme.yaml:5" in ended.err


def test_many_findings_of_a_kind_are_cut_and_counted(leitai: Leitai, small: Path) -> None:
    file = small.parent / "scheme.yaml"
    many = "".join(
        f"  - {{id: i{n}, name: 名{n}项, item: order, measure: {{kind: completion, cap: 50%}}}}\n"
        for n in range(14)
    )
    marks = ", ".join(f'i{n}: "1"' for n in range(14))
    text = SCHEME.replace("sheets: {towns: {", f"{many}sheets: {{towns: {{{marks}, ")
    file.write_text(text, encoding="utf-8")
    assert "……另有2条，见 --json" in leitai("check", file).out


def test_the_real_quarter_reads_sensibly(leitai: Leitai) -> None:
    ended = leitai("check", WUQING / "scheme.yaml", "--facts", WUQING / "2019Q1")
    assert ended.code == 0
    assert "严重0项" in ended.out
    assert "  · 镇街系列：最多可得镇街系列 100.35、大黄堡镇 100" in ended.out
    assert "  · 国有资产保值增值率：区管国企系列 20.00/20.00" in ended.out
    assert "  · 例绩效办（不参加排名）：" in ended.out
    assert "  · 廉洁自律评议：服务对象07" in ended.out
    assert "影响最大的10张票，去掉其中任何一张，名次都不变" in ended.out
    assert len(ended.out.splitlines()) < 130


def test_a_table_that_is_cut_says_so(leitai: Leitai, small: Path) -> None:
    names = [f"{n:02}村" for n in range(15)]
    units = "".join(f"u{n:02},{name},towns\n" for n, name in enumerate(names))
    (small.parent / "units.csv").write_text(f"单位编号,名称,系列\n{units}", encoding="utf-8")
    rows = "".join(
        f"{name},完成量,{n + 2},20\n{name},最优值,{30 - n},\n" for n, name in enumerate(names)
    )
    (small / "values.csv").write_text("单位,指标,实际值,目标值\n" + rows, encoding="utf-8")
    (small / "events.csv").write_text(EVENTS.splitlines()[0] + "\n", encoding="utf-8")
    (small / "adjustments.csv").unlink()
    scheme = small.parent / "scheme.yaml"
    text = SCHEME.replace('done: "50", best: "30"', 'done: "40", best: "60"')
    scheme.write_text(text, encoding="utf-8")
    assert "行，见 --json" in leitai("check", small, "--facts", small).out
