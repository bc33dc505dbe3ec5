"""An annual round as its user meets it: linked rounds, what is printed, what is refused."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.conftest import Leitai
from tests.cli.years import HEADS, SCHEME, make_district, values, write

MADE_UP = "示例数据，均为虚构"


@pytest.fixture
def year(tmp_path: Path) -> Path:
    """The folder of the annual round."""
    return make_district(tmp_path)


def relink(year: Path, old: str, new: str) -> None:
    """round.yaml with a link written otherwise."""
    file = year / "round.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def refused(leitai: Leitai, year: Path) -> str:
    """What a refused round says, on one line."""
    ended = leitai("evaluate", year)
    assert (ended.code, ended.out) == (1, "")
    return ended.err


def board_of(leitai: Leitai, year: Path) -> dict[str, Any]:
    return dict(json.loads(leitai("evaluate", year, "--json").out))


def test_a_year_reads_the_grades_of_its_quarters_and_the_results_of_the_year_before(
    leitai: Leitai, year: Path
) -> None:
    board = board_of(leitai, year)
    assert {unit: one["points"]["link"] for unit, one in board["units"].items()} == {
        "jia": "1.00", "yi": "0.00", "bing": "0.00", "ding": "-1.00"
    }  # fmt: skip
    assert board["year"] == {
        "year": "2018",
        "heads": {"jia": "张一", "yi": "李二", "bing": "王三", "ding": "赵四"},
        "rewards": {
            "jia": {"headcount": "10", "coefficient": "1.2", "amount": "144000.00"},
            "yi": {"headcount": "20", "coefficient": "1", "amount": "240000.00"},
            "bing": {"headcount": "7.5", "coefficient": "1", "amount": "90000.00"},
            "ding": {"headcount": "3", "coefficient": "0.8", "amount": "28800.00"},
        },
        "consequences": {
            "ding": {"rule": "reassignment", "then": "reassignment", "run": 2, "head": "赵四"}
        },
    }


def test_evaluate_prints_rewards_and_consequences(leitai: Leitai, year: Path) -> None:
    out = leitai("evaluate", year).out
    assert MADE_UP in out
    assert "奖励（每人12000元）" in out
    assert ["丁镇", "一般", "0.8", "3", "28800.00"] in [line.split() for line in out.splitlines()]
    assert "合计502800.00元" in out
    assert "丁镇：负责人赵四连续2年列末位，按“连续两年末位”，对其组织调整" in out
    english = leitai("evaluate", year, "--lang", "en").out
    assert "丁镇: The head 赵四 is last for 2 years running: reassignment" in english


def test_evaluate_says_so_where_nobody_is_last_or_no_grade_is_paid(
    leitai: Leitai, year: Path
) -> None:
    write(year / "values.csv", values(80, 80, 80, 80))
    write(
        year / "调整.csv",
        "单位,调整,原因,批准人\n甲镇,新设单位,新设,办公室\n丁镇,新设单位,新设,办公室\n",
    )
    write(year.parent / "2018Q1/values.csv", values(80, 80, 80, 80))
    out = leitai("evaluate", year).out
    assert "没有单位适用末位后果" in out
    assert ["甲镇", "—", "—", "—", "—"] in [line.split() for line in out.splitlines()]


def test_a_change_of_head_is_printed_beside_the_new_heads_consequence(
    leitai: Leitai, year: Path
) -> None:
    write(year / "heads.csv", HEADS.replace("赵四", "周五"))
    out = leitai("evaluate", year).out
    assert "丁镇：列末位，按“末位约谈”，对负责人周五约谈（依据：第十八条）" in out
    assert "丁镇：2017年列末位时的负责人是赵四，年底在任的是周五" in out


def test_the_workbook_has_both_tables_of_the_year(
    leitai: Leitai, year: Path, tmp_path: Path
) -> None:
    write(year / "heads.csv", HEADS.replace("赵四", "周五"))
    write(year / "调整.csv", "单位,调整,原因,批准人\n甲镇,新设单位,新设,办公室\n")
    assert leitai("evaluate", year, "--xlsx", tmp_path / "out/年.xlsx").code == 0
    book = openpyxl.load_workbook(BytesIO((tmp_path / "out/年.xlsx").read_bytes()))
    rewards = [[cell.value for cell in row] for row in book["奖励"].iter_rows()]
    assert MADE_UP in str(rewards[1][0])
    assert rewards[2:5] == [
        ["类别", "单位", "等次", "系数", "人数", "金额（元）"],
        ["镇街系列", "乙镇", "优秀", 1.2, 20, 288000.0],
        ["镇街系列", "丙镇", "良好", 1, 7.5, 90000.0],
    ]
    assert rewards[6] == ["镇街系列", "甲镇", "—", None, None, None]
    told = [[cell.value for cell in row] for row in book["末位后果"].iter_rows()][3]
    assert told[1:7] == ["丁镇", "周五", 1, "约谈", "末位约谈", "第十八条"]
    assert told[7] == "2017年列末位时的负责人是赵四，年底在任的是周五，那一年不算入周五的连续年数"


def test_the_workbook_shows_a_last_unit_whose_run_is_too_short(
    leitai: Leitai, year: Path, tmp_path: Path
) -> None:
    rules, second = SCHEME.index("    - {id: interview"), SCHEME.index("    - {id: reassignment")
    write(year.parent / "annual.yaml", SCHEME[:rules] + SCHEME[second:])
    relink(year, "history: [../2017]\n", "")
    assert leitai("evaluate", year, "--csv", tmp_path / "out").code == 0
    text = (tmp_path / "out/2018-末位后果.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines()[2] == "镇街系列,丁镇,赵四,1,,,,"


def test_a_year_without_rewards_or_without_rules_says_nothing_of_them(
    leitai: Leitai, year: Path, tmp_path: Path
) -> None:
    rewards, rules = SCHEME.index("  rewards:"), SCHEME.index("  consequences:")
    write(year.parent / "annual.yaml", SCHEME[:rewards] + SCHEME[rules:])
    out = leitai("evaluate", year).out
    assert ("奖励" in out, "末位后果" in out) == (False, True)
    assert "奖励" not in leitai("explain", year, "丁镇").out.replace("年度奖励和末位后果", "")
    assert leitai("trace", year, "人数.csv:2").code == 0
    write(year.parent / "annual.yaml", SCHEME[:rules])
    ended = leitai("evaluate", year, "--csv", tmp_path / "out")
    assert ("合计" in ended.out, "末位后果" in ended.out) == (True, False)
    names = {file.name for file in (tmp_path / "out").iterdir()}
    assert ("2018-奖励.csv" in names, "2018-末位后果.csv" in names) == (True, False)


def test_explain_says_reward_consequence_and_earlier_years(leitai: Leitai, year: Path) -> None:
    out = leitai("explain", year, "丁镇").out
    assert "奖励金额28800.00元：一般，系数0.8×每人12000元×3人。" in out
    assert "2017年：丁镇列末位，计入连续年数。" in out
    assert "2017年：第4名，倒数第1名，等次：一般，总分60.00分，负责人赵四" in out
    found = json.loads(leitai("explain", year, "jia", "--json", "--lang", "en").out)
    assert found["year"] == ["Reward 144000.00: 优秀, coefficient 1.2 × 12000 a head × 10"]
    assert len(found["history"]) == 1


@pytest.mark.parametrize(
    ("fact", "sentence"),
    [
        ("heads.csv:5", "负责人赵四连续2年列末位"),
        ("heads.csv:2", "本年没有适用于甲镇的末位后果"),
        ("人数.csv:5", "奖励金额28800.00元"),
        ("2017/ding", "计入丁镇的连续年数（2年）"),
        ("2017/jia", "不影响本年的末位后果"),
        ("2018Q1/ding", "2018Q1（一般），扣1.00分"),
        (
            "沿革.csv:2",
            "丁镇2016年的结果按前身旧乡的计：2016年：第2名，倒数第5名，当时的名称：旧乡",
        ),
        ("沿革.csv:3", "2016年的历史结果中没有新乡，这一条没有用上"),
        ("历史结果.csv:2", "不影响本年的末位后果"),
    ],
)
def test_trace_says_what_a_fact_of_the_year_touched(
    leitai: Leitai, year: Path, fact: str, sentence: str
) -> None:
    write(year / "沿革.csv", "单位,年度,前身\n丁镇,2016,旧乡\n丙镇,2016,新乡\n")
    write(year / "历史结果.csv", "单位,年度,名次,倒数名次\n旧乡,2016年,2,5\n")
    ended = leitai("trace", year, fact)
    assert (ended.code, sentence in ended.out) == (0, True), ended.out


def test_diff_tells_changed_rewards_and_consequences(
    leitai: Leitai, year: Path, tmp_path: Path
) -> None:
    before = tmp_path / "before.json"
    before.write_text(leitai("evaluate", year, "--json").out, encoding="utf-8")
    assert "结果完全相同" in leitai("diff", before, year).out
    write(year / "heads.csv", HEADS.replace("赵四", "周五"))
    write(year / "人数.csv", "单位,人数\n甲镇,11\n乙镇,20\n丙镇,7.5\n丁镇,3\n")
    out = leitai("diff", before, year).out
    assert "1个单位的奖励金额、1个单位的末位后果有变化" in out
    assert "奖励金额：144000.00元（系数1.2，10人） → 158400.00元（系数1.2，11人）" in out
    assert "末位后果：对赵四组织调整（末位2年） → 对周五约谈（末位1年）" in out
    quarter = leitai("diff", year.parent / "2018Q1", year)
    assert "奖励金额：— → 158400.00元" in quarter.out
    assert "末位后果：— → 对周五约谈（末位1年）" in quarter.out
    other = before.read_text(encoding="utf-8").replace('"then": "reassignment"', '"then": "撤职"')
    before.write_text(other, encoding="utf-8")
    assert "对赵四撤职" in leitai("diff", before, year).out


def test_whatif_tells_what_the_year_decides_in_the_words_of_diff(
    leitai: Leitai, year: Path, tmp_path: Path
) -> None:
    before = tmp_path / "before.json"
    before.write_text(leitai("evaluate", year, "--json").out, encoding="utf-8")
    headcount = next(
        one["id"]
        for one in json.loads((written(leitai, year, tmp_path)).read_text("utf-8"))["facts"][
            "headcounts"
        ]
        if one["unit"] == "jia"
    )
    typed = ("--without", headcount, "--add", "人数:单位=甲镇,人数=11")
    ended = leitai("whatif", year, *typed)
    assert ended.code == 0, ended.err
    told = [
        "1个单位的奖励金额有变化",
        "  甲镇：奖励金额：144000.00元（系数1.2，10人） → 158400.00元（系数1.2，11人）",
    ]
    assert ended.out.splitlines()[-2:] == told
    assert [
        one["unit"] for one in json.loads(leitai("whatif", year, *typed, "--json").out)["outcomes"]
    ] == ["jia"]
    write(year / "人数.csv", "单位,人数\n甲镇,11\n乙镇,20\n丙镇,7.5\n丁镇,3\n")
    assert leitai("diff", before, year).out.splitlines()[-2:] == told


def written(leitai: Leitai, year: Path, tmp_path: Path) -> Path:
    """The year as the recount reads it."""
    file = tmp_path / "round.json"
    assert leitai("evaluate", year, "--write-round", file).code == 0
    return file


def test_recount_agrees_with_a_year_and_sees_a_changed_consequence(
    leitai: Leitai, year: Path, tmp_path: Path
) -> None:
    assert leitai("recount", year).code == 0
    board = board_of(leitai, year)
    board["year"]["consequences"]["ding"]["run"] = 1
    planted = tmp_path / "planted.json"
    planted.write_text(json.dumps(board), encoding="utf-8")
    ended = leitai("recount", year, "--board", planted)
    assert ended.code == 1
    assert "unit ding, run of consequences of the year: here 2, there 1" in ended.err


def test_boards_of_linked_rounds_may_be_json(leitai: Leitai, year: Path) -> None:
    expected = board_of(leitai, year)
    for name in ("2018Q1", "2017"):
        text = leitai("evaluate", year.parent / name, "--json").out
        write(year.parent / f"{name}.json", text)
    relink(year, "../2018Q1", "../2018Q1.json")
    relink(year, "../2017", "../2017.json")
    assert board_of(leitai, year) == expected


@pytest.mark.parametrize(
    ("link", "old", "new"),
    [
        ("2018Q1", '"grade": "fair"', '"grade": "excellent"'),
        ("2018Q1", '"made_up": true', '"made_up": false'),
        ("2017", '"place": 4', '"place": 3'),
        ("2017", '"bottom": 1', '"bottom": 2'),
        ("2017", '"head": "赵四"', '"head": "周五"'),
        ("2017", '"ding": {', '"\\ud800": {'),
        ("2017", '"heads": {', '"heads": {"\\u00e9": "", "e\\u0301": "", '),
    ],
)
def test_a_linked_board_that_was_changed_by_hand_is_refused_at_its_line(
    leitai: Leitai, year: Path, link: str, old: str, new: str
) -> None:
    text = leitai("evaluate", year.parent / link, "--json").out
    assert old in text
    write(year.parent / f"{link}.json", text.replace(old, new))
    relink(year, f"../{link}", f"../{link}.json")
    line = {"2018Q1": 6, "2017": 7}[link]
    said = refused(leitai, year)
    assert f"round.yaml:{line}：“../{link}.json”写出之后有人改过" in said


def test_without_the_digest_a_changed_grade_would_count(
    leitai: Leitai, year: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = leitai("evaluate", year.parent / "2018Q1", "--json").out
    write(year.parent / "2018Q1.json", text.replace('"grade": "fair"', '"grade": "excellent"'))
    relink(year, "../2018Q1", "../2018Q1.json")
    monkeypatch.setattr("leitai.cli.round_folder.is_sealed", lambda _: True)
    assert board_of(leitai, year)["units"]["ding"]["points"]["link"] == "1.00"


def test_a_linked_board_may_say_the_same_in_another_order_and_by_another_engine(
    leitai: Leitai, year: Path
) -> None:
    expected = board_of(leitai, year)
    board = board_of(leitai, year.parent / "2017")
    other = {**board, "lines": board["lines"][::-1], "warnings": [], "engine": "9.9"}
    write(year.parent / "2017.json", json.dumps(dict(reversed(other.items()))))
    relink(year, "../2017", "../2017.json")
    assert board_of(leitai, year) == expected


def test_a_unit_that_is_not_in_the_quarter_needs_a_row_of_its_own(
    leitai: Leitai, year: Path
) -> None:
    write(
        year.parent / "few.csv",
        "单位编号,名称,系列\njia,甲镇,towns\nyi,乙镇,towns\nbing,丙镇,towns\n",
    )
    relink(year.parent / "2018Q1", "../units.csv", "../few.csv")
    write(year.parent / "2018Q1/values.csv", values(90, 80, 70, 60).rpartition("丁镇")[0])
    assert "“丁镇”没有“2018Q1”的季度等次" in refused(leitai, year)
    write(year / "季度等次.csv", "单位,季度,等次,原因\n丁镇,2018Q1,未评,当季新设\n")
    assert leitai("evaluate", year).code == 0
    write(
        year / "季度等次.csv",
        "单位,季度,等次,原因\n甲镇,2018Q1,未评,当季新设\n丁镇,2018Q1,未评,新设\n",
    )
    said = refused(leitai, year)
    assert "季度等次.csv:2" in said
    assert "../2018Q1" in said


@pytest.mark.parametrize(
    ("adjustments", "reason"),
    [
        ("单位,调整,原因,批准人\n丁镇,新设单位,新设,办公室\n", "当季不参加排名"),
        ("", "当季没有评等次"),
    ],
)
def test_a_unit_without_a_grade_in_the_quarter_is_not_assessed_with_the_reason(
    leitai: Leitai, year: Path, adjustments: str, reason: str
) -> None:
    if adjustments:
        write(year.parent / "2018Q1/调整.csv", adjustments)
    else:
        write(year.parent / "few.csv", "单位编号,名称,系列\n丁,旧镇,towns\nding,丁镇,towns\n")
        relink(year.parent / "2018Q1", "../units.csv", "../few.csv")
        write(
            year.parent / "2018Q1/values.csv",
            "单位,指标,实际值,目标值\n旧镇,年度任务,1,1\n丁镇,年度任务,1,1\n",
        )
        rows = "".join(f"{name},2018Q1,良好\n" for name in ("甲镇", "乙镇", "丙镇"))
        write(year / "季度等次.csv", "单位,季度,等次\n" + rows)
    assert f"原因：{reason}" in leitai("trace", year, "2018Q1/ding").out


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("../2018Q1", "../2018Q9", "round.yaml:6：“../2018Q9”既不是一期评价的文件夹"),
        ("../2018Q1", "x" * 300, "既不是一期评价的文件夹"),
        ("../2018Q1", "[a]", "round.yaml:6：此处应为一段不为空的文字，现为“[…]”"),
        ("../2018Q1", "{a: b}", "现为“{…}”"),
        ("../2018Q1", "''", "现为“”"),
        ("../2018Q1", "..", "round.yaml:6：“..”既不是一期评价的文件夹"),
        ("../2018Q1", "../2018Q1/values.csv", "不是完整的榜单 JSON"),
        ("../2018Q1", ".", "“.”又关联回正在读取的一期"),
        ("[../2017]", "[../2018Q1]", "不是年度考评的结果"),
        ("[../2017]", "[../2017, ../2017]", "2017/ding"),
        ("[../2017]", "../2017", "“history”应为列表"),
        ("{2018Q1: ../2018Q1}", "[../2018Q1]", "“quarters”应为一组设置"),
        ('year: "2018"', "year: 二〇一八", "四位数字的年度"),
        ('year: "2018"', "", "没有写明是哪一年"),
    ],
)
def test_a_link_that_leads_nowhere_is_refused_with_its_line(
    leitai: Leitai, year: Path, old: str, new: str, sentence: str
) -> None:
    relink(year, old, new)
    assert sentence in refused(leitai, year)


def test_problems_of_a_linked_round_are_told_with_its_place(leitai: Leitai, year: Path) -> None:
    write(year.parent / "2017/values.csv", values(90, 80, 70, 60).replace("丁镇", "丁填"))
    (year.parent / "2017/heads.csv").unlink()
    relink(year.parent / "2018Q1", "round: 2018Q1", "roond: 2018Q1")
    write(year / "values.csv", values(90, 80, 70, 60).replace("90", "九十"))
    said = refused(leitai, year)
    assert "round.yaml:7：关联的“../2017”有 1 个问题，得不出结果" in said
    assert "../2017/values.csv:5" in said
    assert "../2018Q1/round.yaml" in said
    assert "values.csv:2" in said
    assert "季度等次" not in said


def test_a_problem_without_a_place_of_its_own_is_told_with_the_linked_folder(
    leitai: Leitai, year: Path
) -> None:
    (year.parent / "2017/heads.csv").unlink()
    assert "../2017：“丁镇”所在的系列有末位后果，却没有填报负责人" in refused(leitai, year)


def test_a_circle_of_two_years_is_told_and_not_followed(leitai: Leitai, year: Path) -> None:
    relink(year.parent / "2017", 'year: "2017"', 'year: "2017"\nhistory: [../2018]')
    said = refused(leitai, year)
    assert "关联的“../2017”有 1 个问题" in said
    assert "../2017/round.yaml:6：“../2018”又关联回正在读取的一期" in said


def test_true_results_do_not_rest_on_made_up_ones(leitai: Leitai, year: Path) -> None:
    write(year.parent / "annual.yaml", SCHEME.replace('made_up: "yes"\n', ""))
    assert refused(leitai, year).count("真实的结果不能建立在虚构的数字上") == 2


def test_another_round_than_the_quarter_named_is_warned_of(leitai: Leitai, year: Path) -> None:
    relink(year.parent / "2018Q1", "round: 2018Q1", "round: 2018Q2")
    ended = leitai("evaluate", year)
    assert ended.code == 0
    assert "“quarters”中的“2018Q1”关联的是“../2018Q1”，而那里是“2018Q2”的结果" in ended.err


def test_a_unit_gone_since_is_called_by_its_name_of_then(leitai: Leitai, year: Path) -> None:
    write(
        year.parent / "then.csv",
        "单位编号,名称,系列\njia,甲镇,towns\nyi,乙镇,towns\nbing,丙镇,towns\nold,旧街道,towns\n",
    )
    relink(year.parent / "2017", "../units.csv", "../then.csv")
    for name in ("values.csv", "heads.csv", "人数.csv"):
        file = year.parent / "2017" / name
        write(file, file.read_text(encoding="utf-8").replace("丁镇", "旧街道"))
    scheme = SCHEME.replace("year:\n", "year:\n  follow: unit\n")
    write(year.parent / "annual.yaml", scheme)
    write(year / "沿革.csv", "单位,年度,前身\n丁镇,2017,旧街道\n")
    out = leitai("explain", year, "丁镇").out
    assert "连续2年列末位" in out
    assert "当时的名称：旧街道" in out


@pytest.mark.parametrize(
    ("links", "found"),
    [
        ("{2018Q2: ../2018Q1, 2018Q1: ../2018Q1}", "2018Q1"),
        ("{2018Q1: ../other, 2018Q2: ../other}", "extra"),
    ],
)
def test_no_round_counts_for_two_quarters(
    leitai: Leitai, year: Path, links: str, found: str
) -> None:
    about = (year.parent / "2018Q1/round.yaml").read_text(encoding="utf-8")
    write(year.parent / "other/round.yaml", about.replace("2018Q1", "extra"))
    write(year.parent / "other/values.csv", values(60, 70, 80, 90))
    relink(year, "{2018Q1: ../2018Q1}", links)
    said = refused(leitai, year)
    assert "“quarters”中的“2018Q2”关联的是" in said
    assert said.count(f"“{found}”的结果，已经另作一个季度") == 1


@pytest.mark.parametrize(("since", "warned"), [("2018-12-31", False), ("2019-01-21", True)])
def test_a_head_who_came_after_the_year_is_warned_of(
    leitai: Leitai, year: Path, since: str, warned: bool
) -> None:
    write(year / "heads.csv", HEADS.replace("赵四,", f"赵四,{since}"))
    ended = leitai("evaluate", year)
    assert ended.code == 0
    told = f"“丁镇”的负责人“赵四”{since}才任职，不是2018年底在任的人"
    assert (told in ended.err) is warned
