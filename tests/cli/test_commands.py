"""Every command, as its user calls it: what it prints and how it ends."""

from __future__ import annotations

import csv
import json
import re
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import openpyxl
import pytest
from rich.cells import cell_len

from leitai import cli
from leitai.cli import screen
from tests.cli.conftest import VALUES, Leitai
from tests.engine.test_cases import PLAIN

MADE_UP = "示例数据，均为虚构"


def test_evaluate_prints_boards_and_items_from_top_and_bottom(leitai: Leitai, small: Path) -> None:
    ended = leitai("evaluate", small)
    assert ended.code == 0
    assert MADE_UP in ended.out
    rows = [
        line.split()
        for line in ended.out.splitlines()
        if line.strip().startswith(("1 ", "2 ", "3 "))
    ]
    cells = [[cell for cell in row if cell != "│"] for row in rows]
    assert cells == [
        ["1", "3", "乙镇", "90.00", "1.00", "优秀", "2", "↑1"],
        ["2", "2", "甲镇", "100.00", "良好*", "1", "↓1"],
        ["3", "1", "丙镇", "76.50", "一般"],
    ]
    assert "工作：第1名甲镇，第2名乙镇，第3名丙镇" in ended.out
    assert "秩序：甲镇、乙镇并列第1名，第3名丙镇" in ended.out
    relieved = [line for line in ended.out.splitlines() if line.startswith("*")]
    assert [line[:4] for line in relieved] == ["*甲镇："]
    assert relieved[0].endswith("降低1个名次（依据：第十七条）；降低名次后，由第1名变为第2名")


def test_the_title_of_a_group_is_one_line_however_narrow_its_table(
    leitai: Leitai, small: Path
) -> None:
    name = "名称很长的镇街系列及其他单位系列 · 一个名称很长的类别"
    scheme = small.parent / "scheme.yaml"
    text = scheme.read_text(encoding="utf-8")
    scheme.write_text(text.replace("镇街系列", name), encoding="utf-8")
    assert f"{name}（3个单位，满分100分）" in leitai("evaluate", small).out.splitlines()


def test_a_narrow_screen_cuts_no_figure_and_no_name(
    leitai: Leitai, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wide = leitai("evaluate", small).out
    monkeypatch.setattr(screen.out, "_width", 20)  # what COLUMNS says is read but once
    assert screen.out.width == 20
    narrow = leitai("evaluate", small).out
    assert "…" not in wide + narrow
    rows = [line.split() for line in wide.splitlines() if "甲镇" in line]
    assert [line.split() for line in narrow.splitlines() if "甲镇" in line] == rows


def test_evaluate_in_english(leitai: Leitai, small: Path) -> None:
    ended = leitai("evaluate", small, "--lang", "en", "--group", "镇街系列")
    assert ended.code == 0
    assert "Example data, all made up" in ended.out
    assert "秩序: joint 1. 甲镇, 乙镇, 3. 丙镇" in ended.out


def test_evaluate_as_json_is_the_board(leitai: Leitai, small: Path) -> None:
    board = json.loads(leitai("evaluate", small, "--json").out)
    assert board["made_up"] is True
    assert board["units"]["bing"]["points"] == {"done": "40.00", "best": "18.00", "faults": "18.50"}
    assert {"unit": "bing", "item": "order", "indicator": "faults", "kind": "event",
            "points": "-1.50", "source": "e1"} in board["lines"]  # fmt: skip


def test_evaluate_writes_workbook_csv_and_the_round(
    leitai: Leitai, small: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    ended = leitai("evaluate", small, "--xlsx", out / "榜.xlsx", "--csv", out, "--write-round",
                   out / "round.json")  # fmt: skip
    assert ended.code == 0
    book = openpyxl.load_workbook(BytesIO((out / "榜.xlsx").read_bytes()))
    assert book.sheetnames == [
        "总榜",
        "得分一览 镇街系列",
        "单项得分和名次",
        "扣分点和扣分原因",
        "得分明细",
        "调整记录",
        "调整",
        "提示",
    ]
    lost = [[cell.value for cell in row] for row in book["扣分点和扣分原因"].iter_rows()]
    assert [one[0] for one in lost[:2]] == [
        "小方案 · 第一季度",
        "示例数据，均为虚构，不代表任何真实单位的情况",
    ]
    assert ["镇街系列", "丙镇", "秩序", "差错", -1.5, "报表填错，扣1.50分", "e1"] in lost
    board = [[cell.value for cell in row] for row in book["总榜"].iter_rows()]
    assert board[2][6:] == ["等次", "原名次", "备注"]
    assert board[3][6:] == ["优秀", 2, None]
    assert board[4][6:8] == ["良好", 1]
    assert str(board[4][8]).endswith("；降低名次后，由第1名变为第2名")
    with (out / "2019Q1-总榜.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.reader(file))
    assert MADE_UP in rows[0][0]
    assert rows[2][:5] == ["镇街系列", "1", "3", "乙镇", "90.00"]
    assert (
        json.loads((out / "round.json").read_text(encoding="utf-8"))["format"] == "leitai-round-1"
    )


def test_explain_leads_every_lost_point_to_its_cause(leitai: Leitai, small: Path) -> None:
    ended = leitai("explain", small, "丙镇")
    assert ended.code == 0
    assert "总分76.50分。在3个参加排名的单位中列第3名，倒数第1名。等次：一般" in ended.out
    assert "最优值：−12.00分。实际3，同组最优5，得18.00分 [values.csv:7]" in ended.out
    assert "差错：−1.50分。报表填错，扣1.50分 [e1]" in ended.out


def test_explain_names_demotion_and_who_only_moved_up(leitai: Leitai, small: Path) -> None:
    assert "降低1个名次（依据：第十七条）" in leitai("explain", small, "jia").out
    assert "降低名次后，由第1名变为第2名" in leitai("explain", small, "jia").out
    assert "因其他单位名次调整，由第2名变为第1名" in leitai("explain", small, "yi").out


def test_explain_as_json(leitai: Leitai, small: Path) -> None:
    found = json.loads(leitai("explain", small, "bing", "--json").out)
    assert found["unit"] == "bing"
    assert [one["points"] for one in found["lost"]] == ["-12.00", "-10.00", "-1.50"]


def test_trace_shows_lines_and_peers(leitai: Leitai, small: Path) -> None:
    ended = leitai("trace", small, "values.csv:5")
    assert ended.code == 0
    assert "甲镇 · 最优值 · 满分 30.00 · 实际5，同组最优5，得30.00分" in ended.out
    assert "影响镇街系列其余2个单位的“最优值”得分" in ended.out
    assert json.loads(leitai("trace", small, "a1", "--json").out)[0]["touched"][1].startswith(
        "扶贫"
    )


def test_diff_tells_who_moved_and_why(leitai: Leitai, small: Path, tmp_path: Path) -> None:
    before = tmp_path / "before.json"
    before.write_text(leitai("evaluate", small, "--json").out, encoding="utf-8")
    assert "结果完全相同" in leitai("diff", before, small).out
    worse = VALUES.replace("乙镇,完成量,9", "乙镇,完成量,1")
    (small / "values.csv").write_text(worse, encoding="utf-8")
    ended = leitai("diff", before, small)
    assert ended.code == 0
    assert "乙镇：第1名 → 第3名，总分90.00 → 50.00" in ended.out
    assert "乙镇：完成量 45.00 → 5.00" in ended.out
    assert "本单位得分未变，名次因其他单位变化而变化" in ended.out
    assert json.loads(leitai("diff", before, small, "--json").out)["units"]


def test_diff_shows_one_group_by_name_or_id(leitai: Leitai, small: Path, tmp_path: Path) -> None:
    before = tmp_path / "before.json"
    before.write_text(leitai("evaluate", small, "--json").out, encoding="utf-8")
    worse = VALUES.replace("乙镇,完成量,9", "乙镇,完成量,1")
    (small / "values.csv").write_text(worse, encoding="utf-8")
    whole = leitai("diff", before, small)
    for group in ("towns", "镇街系列"):
        assert leitai("diff", before, small, "--group", group).out == whole.out
    unknown = leitai("diff", before, small, "--group", "镇街系")
    assert (unknown.code, "没有类别“镇街系”，是否为“镇街系列”？" in unknown.err) == (2, True)


def test_recount_agrees_and_names_a_planted_difference(
    leitai: Leitai, small: Path, tmp_path: Path
) -> None:
    ended = leitai("recount", small)
    assert (ended.code, "独立复算与评价结果完全一致" in ended.out) == (0, True)
    board = json.loads(leitai("evaluate", small, "--json").out)
    board["units"]["yi"]["total"] = "90.01"
    planted = tmp_path / "planted.json"
    planted.write_text(json.dumps(board), encoding="utf-8")
    ended = leitai("recount", small, "--board", planted)
    assert ended.code == 1
    assert "先见于乙镇：unit yi, total: here 90.00, there 90.01（here 为复算所得" in ended.err
    board["round"] = "2020Q4"
    planted.write_text(json.dumps(board), encoding="utf-8")
    ended = leitai("recount", small, "--board", planted)
    assert (ended.code, "是“2020Q4”的榜单，不是“2019Q1”的" in ended.err) == (2, True)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('"made_up": true', '"made_up": false', "made_up"),
        ('"source": "e1"', '"source": "e2"', "source"),
    ],
)
def test_recount_compares_a_board_in_everything(
    leitai: Leitai, small: Path, tmp_path: Path, old: str, new: str, where: str
) -> None:
    text = leitai("evaluate", small, "--json").out
    assert old in text
    planted = tmp_path / "planted.json"
    planted.write_text(text, encoding="utf-8")
    assert leitai("recount", small, "--board", planted).code == 0
    planted.write_text(text.replace(old, new, 1), encoding="utf-8")
    ended = leitai("recount", small, "--board", planted)
    assert (ended.code, where in ended.err) == (1, True)


@pytest.mark.parametrize("command", ["diff", "plot", "recount"])
def test_a_board_changed_by_hand_is_told_by_every_command_that_reads_it(
    leitai: Leitai, small: Path, tmp_path: Path, command: str
) -> None:
    board = tmp_path / "board.json"
    words = {
        "diff": ("diff", board, small),
        "plot": ("plot", small, "board", "--before", board, "--out", tmp_path / "b.svg"),
        "recount": ("recount", small, "--board", board),
    }[command]
    text = leitai("evaluate", small, "--json").out
    board.write_text(text, encoding="utf-8")
    assert "有人改过" not in leitai(*words).err
    (tmp_path / "b.svg").unlink(missing_ok=True)
    board.write_text(text.replace('"place": 1', '"place": 2', 1), encoding="utf-8")
    ended = leitai(*words)
    assert f"“{board}”写出之后有人改过" in ended.err
    assert ended.code == (command == "recount")  # which also names the difference


def test_diff_tells_also_what_moves_nobody(leitai: Leitai, small: Path, tmp_path: Path) -> None:
    text = leitai("evaluate", small, "--json").out
    other = tmp_path / "other.json"
    other.write_text(text.replace('"source": "e1"', '"source": "e2"'), encoding="utf-8")
    ended = leitai("diff", other, small)
    assert "丙镇：数字相同，但得分明细或其来源有变化" in ended.out
    board = json.loads(text)
    board["round"] = "2019Q2"
    board["units"]["yi"]["base_place"] = 7
    other.write_text(json.dumps(board), encoding="utf-8")
    ended = leitai("diff", other, small)
    assert "两期比较：2019Q2 → 第一季度（2019Q1）" in ended.out
    assert "另有1个单位只有基础名次变化：乙镇" in ended.out


def test_cases_pass_or_name_the_difference(leitai: Leitai, tmp_path: Path) -> None:
    source = Path("cases/places")
    assert leitai("cases", source).code == 0
    file = next(iter(sorted(source.glob("*.yaml"))))
    assert leitai("cases", file, "--json").code == 0
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("case: 甲\nexpect: {}\n", encoding="utf-8")
    ended = leitai("cases", wrong)
    assert ended.code == 1
    assert "1个案例中有1个不符合" in ended.out


def test_template_reads_back_without_problems(leitai: Leitai, small: Path, tmp_path: Path) -> None:
    file = tmp_path / "填报表.xlsx"
    assert leitai("template", small, "bureau", "--out", file).code == 0
    book = openpyxl.load_workbook(file)
    assert {"数据", "扣分", "零报告"} <= set(book.sheetnames)


@pytest.mark.parametrize(
    "command",
    [
        "evaluate",
        "explain",
        "trace",
        "diff",
        "whatif",
        "advise",
        "check",
        "compare",
        "cases",
        "recount",
        "template",
        "",
        "scheme",
        "scheme import",
        "scheme export",
        "import-history",
        "plot",
    ],
)
def test_help_of_every_command_has_an_example(leitai: Leitai, command: str) -> None:
    ended = leitai(*command.split(), "--help")
    assert ended.code == 0
    assert "例 Example: leitai" in " ".join(ended.out.split())


@pytest.mark.parametrize("command", ["", "scheme"])
def test_a_list_of_commands_tells_each_in_both_languages_on_one_line(
    leitai: Leitai, command: str
) -> None:
    listed = leitai(*command.split(), "--help").out.partition("Commands:\n")[2]
    lines = listed.partition("\n\n")[0].splitlines()
    assert len(lines) == (2 if command else 14)
    for line in lines:
        assert re.fullmatch(r"  [a-z-]+ +[^ ]*[\u4e00-\u9fff]+ · [a-z][a-z', ]+[a-z]", line)
        assert cell_len(line) <= 80


def test_warnings_are_printed_and_counted(leitai: Leitai, small: Path) -> None:
    rows = small / "adjustments.csv"
    text = rows.read_text(encoding="utf-8") + "丙镇,工作亮点,1.00,未批,,a3\n"
    rows.write_text(text, encoding="utf-8")
    ended = leitai("evaluate", small)
    assert ended.code == 0
    assert "提示（1条）" in ended.err
    assert "adjustments.csv:4" in ended.err


def test_a_single_group_and_a_workbook_alone(leitai: Leitai, small: Path, tmp_path: Path) -> None:
    ended = leitai("evaluate", small, "--group", "towns", "--xlsx", tmp_path / "a.xlsx")
    assert ended.code == 0
    assert (tmp_path / "a.xlsx").is_file()
    assert "写出的文件和 JSON 包含全部类别" in ended.err
    for only in (["--group", "towns"], ["--xlsx", tmp_path / "b.xlsx"]):
        assert "全部类别" not in leitai("evaluate", small, *only).err
    assert "全部类别" in leitai("evaluate", small, "--group", "towns", "--json").err


def test_a_group_without_units_is_left_out(leitai: Leitai, small: Path) -> None:
    scheme = small.parent / "scheme.yaml"
    text = scheme.read_text(encoding="utf-8")
    series = "series: [{id: towns, name: 镇街系列, sheet: towns}, {id: parks, name: 园区系列, sheet: towns}]"
    scheme.write_text(
        text.replace(text[text.index("series:") : text.index("adjustments:")], series + "\n"),
        encoding="utf-8",
    )
    ended = leitai("evaluate", small)
    assert ended.code == 0
    assert "园区系列" not in ended.out


def test_the_template_goes_to_a_file_named_for_the_department(
    leitai: Leitai, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert leitai("template", small, "bureau").code == 0
    assert (tmp_path / "bureau-2019Q1.xlsx").is_file()


def test_the_same_name_for_a_unit_by_id_or_name_and_an_id_by_group(
    leitai: Leitai, small: Path
) -> None:
    assert leitai("explain", small, "jia").out == leitai("explain", small, "甲镇").out


def test_cases_as_json_name_what_failed(leitai: Leitai, tmp_path: Path) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text(PLAIN.replace("{EXPECT}", "{places: {jia: '2'}}"), encoding="utf-8")
    ended = leitai("cases", file, "--json")
    assert ended.code == 1
    assert list(json.loads(ended.out)["failed"]) == [str(file)]
    empty = tmp_path / "empty"
    empty.mkdir()
    assert leitai("cases", empty).code == 2


def test_a_scheme_saved_as_gbk_is_read_all_the_same(leitai: Leitai, small: Path) -> None:
    before = leitai("evaluate", small).out
    scheme = small.parent / "scheme.yaml"
    scheme.write_bytes(scheme.read_text(encoding="utf-8").encode("gbk"))
    assert leitai("evaluate", small).out == before


def test_names_are_printed_as_they_stand_and_not_as_markup(leitai: Leitai, small: Path) -> None:
    units = (small.parent / "units.csv").read_text(encoding="utf-8")
    named = units.replace("甲镇", "[red]甲[/]镇:x:").replace("乙镇", '"乙\n镇\x1b[2J"')
    (small.parent / "units.csv").write_text(named, encoding="utf-8")
    for file in small.glob("*.csv"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("甲镇", "jia").replace("乙镇", "yi"), encoding="utf-8")
    ended = leitai("evaluate", small)
    assert ended.code == 0
    assert "[red]甲[/]镇:x:" in ended.out
    assert "乙 镇[2J" in ended.out


def test_a_console_that_lacks_signs_gets_others_and_whole_json(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = BytesIO()
    narrow = TextIOWrapper(held, encoding="gbk")
    monkeypatch.setattr(sys, "stdout", narrow)
    for arguments in (["explain", small, "bing"], ["evaluate", small, "--json"]):
        monkeypatch.setattr(sys, "argv", ["leitai", *map(str, arguments)])
        with pytest.raises(SystemExit):
            cli.main()
    narrow.flush()
    shown = held.getvalue().decode("gbk")
    assert "最优值：-12.00分" in shown
    assert json.loads(shown[shown.index("{") :])["round"] == "2019Q1"


def test_units_may_lie_beside_the_facts(leitai: Leitai, small: Path) -> None:
    (small.parent / "units.csv").rename(small / "units.csv")
    about = (small / "round.yaml").read_text(encoding="utf-8")
    (small / "round.yaml").write_text(about.replace("../units.csv", "units.csv"), "utf-8")
    assert leitai("evaluate", small).code == 0


def test_csv_goes_alone_where_only_csv_is_asked_for(
    leitai: Leitai, small: Path, tmp_path: Path
) -> None:
    assert leitai("evaluate", small, "--csv", tmp_path / "out").code == 0
    assert {one.suffix for one in (tmp_path / "out").iterdir()} == {".csv"}


def test_real_figures_carry_no_notice_and_an_empty_series_no_sheet(
    leitai: Leitai, small: Path, tmp_path: Path
) -> None:
    scheme = small.parent / "scheme.yaml"
    text = scheme.read_text(encoding="utf-8").replace('made_up: "yes"\n', "")
    more = "series: [{id: parks, name: 园区系列, sheet: towns}, {id: towns"
    scheme.write_text(text.replace("series: [{id: towns", more), encoding="utf-8")
    ended = leitai("evaluate", small, "--xlsx", tmp_path / "榜.xlsx")
    assert (ended.code, MADE_UP in ended.out) == (0, False)
    names = openpyxl.load_workbook(tmp_path / "榜.xlsx").sheetnames
    assert [name for name in names if "一览" in name] == ["得分一览 镇街系列"]


def test_an_indicator_on_no_sheet_takes_no_room_in_the_form(
    leitai: Leitai, small: Path, tmp_path: Path
) -> None:
    scheme = small.parent / "scheme.yaml"
    unused = (
        "  - {id: spare, name: 备用, item: order, department: bureau, measure: {kind: attain}}\n"
    )
    text = scheme.read_text(encoding="utf-8").replace("sheets:", unused + "sheets:")
    scheme.write_text(text, encoding="utf-8")
    assert leitai("template", small, "bureau", "--out", tmp_path / "表.xlsx").code == 0
    cells = [
        cell.value for row in openpyxl.load_workbook(tmp_path / "表.xlsx")["数据"] for cell in row
    ]
    assert "完成量" in cells
    assert "备用" not in cells


def test_many_tied_units_are_read_out_by_three_names_and_a_number(
    leitai: Leitai, small: Path
) -> None:
    names = ["丁", "戊", "己"]
    with (small.parent / "units.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"u{number},{name}镇,towns\n" for number, name in enumerate(names))
    with (small / "values.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"{name}镇,完成量,10,10\n{name}镇,最优值,5,\n" for name in names)
    assert "秩序：甲镇、乙镇、丁镇等5个单位并列第1名" in leitai("evaluate", small).out


def test_a_place_that_moved_by_an_adjustment_alone_is_told_so(
    leitai: Leitai, small: Path, tmp_path: Path
) -> None:
    before = tmp_path / "before.json"
    before.write_text(leitai("evaluate", small, "--json").out, encoding="utf-8")
    text = (small / "adjustments.csv").read_text(encoding="utf-8")
    (small / "adjustments.csv").write_text(text.replace("进度迟缓,办公室", "进度迟缓,"), "utf-8")
    out = leitai("diff", before, small).out
    assert out.count("名次因降低名次等调整（本单位的或其他单位的）不同而变化") == 2
    assert "因其他单位变化而变化" not in out
    assert "“甲镇”的“扶贫助困”没有填写批准人" in leitai("evaluate", small).err
