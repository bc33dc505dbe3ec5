"""Wrong use, wrong input, and what goes wrong by itself: how commands tell it and end."""

from __future__ import annotations

from pathlib import Path

import pytest

from leitai import cli
from leitai.cli import app
from tests.cli.conftest import VALUES, Leitai

MADE_UP = "示例数据，均为虚构"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["explain", "ROUND", "丙镇镇"], "本期没有单位“丙镇镇”，是否为“丙镇”？"),
        (["explain", "ROUND", "某园区"], "本期没有单位“某园区”。"),
        (["trace", "ROUND", "value.csv:2"], "没有编号为“value.csv:2”的数据，是否为"),
        (["evaluate", "ROUND", "--group", "园区"], "没有类别“园区”。"),
        (["evaluate", "nowhere"], "找不到文件夹“nowhere”"),
        (["template", "ROUND", "burea"], "是否为“bureau”？"),
        (["diff", "ROUND/values.csv", "ROUND"], "不是一期评价的文件夹"),
        (["evaluate", "ROUND", "--xlsx", "榜.xls"], "扩展名改为 .xlsx"),
        (["evaluate", "ROUND", "--write-round", "ROUND/../scheme.yaml"], "扩展名改为 .json"),
        (["evaluate", "ROUND", "--write-round", "."], "扩展名改为 .json"),
        (["evaluate", "ROUND", "--write-round", "/"], "扩展名改为 .json"),
        (["evaluate", "ROUND", "--write-round", ""], "“--write-round”后面是空的"),
        (["evaluate", "ROUND", "--csv", ""], "“--csv”后面是空的"),
        (["evaluate", "ROUND", "--csv="], "“--csv”后面是空的"),
        (["evaluate", ""], "“evaluate”后面是空的"),
        ([""], "“leitai”后面是空的"),
        (["recount", "ROUND", "--board", "nowhere.json"], "找不到文件"),
        (["recount", "ROUND", "--board", "ROUND/values.csv"], "不是可以读取的榜单"),
        (["recount", "ROUND", "--board", "x" * 400], "无法读取"),
        (["recount", "ROUND", "--board", "ROUND"], "是文件夹，这里要写其中的文件"),
        (["check", "ROUND/../book.xlsx"], "是工作簿（.xlsx），这里要的是文字文件"),
        (["evaluate", "ROUND", "--csv", "ROUND/values.csv"], "这里要写一个文件夹"),
        (["cases", "nowhere"], "找不到文件"),
        (["evaluate", "ROUND", "--xlsx", "ROUND/values.csv/x.xlsx"], "无法写入"),
    ],
)
def test_wrong_use_ends_with_2_and_one_sentence(
    leitai: Leitai, small: Path, arguments: list[str], sentence: str
) -> None:
    (small.parent / "book.xlsx").write_bytes(b"PK\x03\x04")
    ended = leitai(*(word.replace("ROUND", str(small)) for word in arguments))
    assert ended.code == 2
    assert sentence in ended.err.replace("\n", "")


def test_unknown_options_and_commands_end_with_2(leitai: Leitai, small: Path) -> None:
    assert leitai("evaluate", small, "--colour").code == 2
    assert leitai("valuate").code == 2


def test_problems_end_with_1_and_come_all_at_once(leitai: Leitai, small: Path) -> None:
    broken = VALUES.replace("乙镇,完成量", "乙填,完成量").replace(
        "甲镇,最优值,5", '甲镇,最优值,"1,5"'
    )
    (small / "values.csv").write_text(broken, encoding="utf-8")
    ended = leitai("evaluate", small)
    assert ended.code == 1
    assert ended.out == ""
    assert "values.csv:3" in ended.err
    assert "乙填" in ended.err
    assert "values.csv:5" in ended.err


def test_a_broken_round_or_scheme_file_is_a_problem(leitai: Leitai, small: Path) -> None:
    (small / "round.yaml").write_text("round: [", encoding="utf-8")
    assert leitai("evaluate", small).code == 1
    (small / "round.yaml").write_text("round: a\nnam: b\n", encoding="utf-8")
    assert leitai("evaluate", small).code == 1


def test_a_broken_scheme_is_told_with_its_line(leitai: Leitai, small: Path) -> None:
    scheme = small.parent / "scheme.yaml"
    text = scheme.read_text(encoding="utf-8").replace("kind: best_ratio", "kind: best_ration")
    scheme.write_text(text, encoding="utf-8")
    ended = leitai("evaluate", small)
    assert ended.code == 1
    assert "scheme.yaml:9" in ended.err
    assert leitai("template", small, "bureau").code == 1
    scheme.write_bytes(b"\xff\xfe\xff")
    assert leitai("evaluate", small).code == 2


def test_a_bug_of_ours_is_put_into_a_file(
    leitai: Leitai, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("leitai.cli.rounds.evaluate", broken)
    ended = leitai("evaluate", small, "--lang", "en")
    assert ended.code == 3
    assert "An internal error occurred" in ended.err
    path = next(word for word in ended.err.split() if word.endswith(".txt."))
    file = Path(path.rstrip("."))
    assert "ZeroDivisionError" in file.read_text(encoding="utf-8")
    file.unlink()
    assert leitai("evaluate", small, "--lang=en").code == 3


def test_the_language_is_found_without_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["leitai", "evaluate", "--lang", "en"])
    assert app._language() == "en"
    monkeypatch.setattr("sys.argv", ["leitai", "evaluate"])
    assert app._language() == "zh"


def test_a_board_that_is_no_board_is_refused(leitai: Leitai, small: Path, tmp_path: Path) -> None:
    for text in ("{", "[]", '{"format": "other"}'):
        file = tmp_path / "x.json"
        file.write_text(text, encoding="utf-8")
        assert leitai("diff", file, small).code == 2


def test_files_that_cannot_be_read_are_told(
    leitai: Leitai, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(_self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", locked)
    ended = leitai("evaluate", small)
    assert ended.code == 2
    assert "Permission denied" in ended.err


def test_a_department_whose_indicators_are_all_surveyed_has_no_form(
    leitai: Leitai, small: Path
) -> None:
    scheme = small.parent / "scheme.yaml"
    text = scheme.read_text(encoding="utf-8")
    survey = (
        "  - {id: mood, name: 满意度, item: work, department: office, measure: {kind: survey}}\n"
    )
    scheme.write_text(text.replace("sheets:", survey + "sheets:"), encoding="utf-8")
    ended = leitai("template", small, "office")
    assert ended.code == 2
    assert "“office”负责的指标由评议或调查得出，没有需要填报的数据" in ended.err


def test_a_closed_pipe_ends_quietly(
    leitai: Leitai, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*_: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("leitai.cli.rounds.evaluate", closed)
    monkeypatch.setattr("sys.stderr.close", lambda: None, raising=False)
    assert leitai("evaluate", small).code == 0


def test_output_never_goes_among_the_facts_or_over_a_filled_form(
    leitai: Leitai, small: Path, tmp_path: Path
) -> None:
    before = {one.name: one.read_bytes() for one in small.iterdir()}
    for arguments in (
        ["--xlsx", small / "榜.xlsx"],
        ["--csv", small],
        ["--write-round", small / "round.json"],
        ["--write-round", small / "new" / ".." / "round.json"],
    ):
        ended = leitai("evaluate", small, *arguments)
        assert ended.code == 2
        assert "数据文件夹" in ended.err
    assert {one.name: one.read_bytes() for one in small.iterdir()} == before
    form = tmp_path / "填报表.xlsx"
    form.write_bytes(b"filled in")
    assert leitai("template", small, "bureau", "--out", form).code == 2
    assert form.read_bytes() == b"filled in"


def test_many_problems_of_one_kind_are_counted_instead_of_listed(
    leitai: Leitai, small: Path
) -> None:
    rows = "".join(f"某镇{number},完成量,1,1\n" for number in range(30))
    (small / "values.csv").write_text(VALUES + rows, encoding="utf-8")
    ended = leitai("evaluate", small)
    assert ended.code == 1
    assert ended.err.count("某镇") == 20
    assert "另有10个同类问题没有列出" in ended.err


def test_a_blank_value_beside_a_target_is_told_at_its_cell(leitai: Leitai, small: Path) -> None:
    text = VALUES.replace("乙镇,完成量,9,10", "乙镇,完成量,,10")
    (small / "values.csv").write_text(text, encoding="utf-8")
    ended = leitai("evaluate", small)
    assert ended.code == 1
    assert "values.csv:3" in ended.err


def test_a_full_disk_is_told(leitai: Leitai, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("leitai.cli.evaluate.print_json", full)
    ended = leitai("evaluate", small, "--json")
    assert ended.code == 2
    assert "No space left" in ended.err


def test_an_interruption_ends_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("leitai.cli.app.main", interrupted)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 130


def test_a_table_in_the_wrong_place_is_told(leitai: Leitai, small: Path) -> None:
    (small / "units-more.csv").write_text("单位编号,名称,系列\nding,丁镇,towns\n", "utf-8")
    ended = leitai("evaluate", small)
    assert ended.code == 1
    assert "units-more.csv：单位名单只读" in ended.err


@pytest.mark.parametrize(
    "arguments",
    [["evaluate"], ["evaluate", "ROUND", "--no-such"], ["no-such"], ["explain", "ROUND"]],
)
def test_a_command_written_wrongly_is_told_in_the_language_asked_for(
    leitai: Leitai, small: Path, arguments: list[str]
) -> None:
    ended = leitai(*[str(small) if one == "ROUND" else one for one in arguments])
    assert (ended.code, "命令的写法不对" in ended.err) == (2, True)
    ended = leitai(*[str(small) if one == "ROUND" else one for one in arguments], "--lang", "en")
    assert (ended.code, "as it should be" in ended.err) == (2, True)


def test_what_is_wrong_is_told_at_once_whatever_it_is_wrong_with(
    leitai: Leitai, small: Path
) -> None:
    (small / "values.csv").write_text(VALUES.replace("乙镇,完成量", "乙振,完成量"), "utf-8")
    wrong = "单位,指标,分值,原因\n丙镇,差错,-1,填错\n丙镇,完成量,1,填错\n"
    (small / "events.csv").write_text(wrong, encoding="utf-8")
    ended = leitai("evaluate", small)
    assert ended.code == 1
    assert "values.csv:3：本期没有名为“乙振”的单位" in ended.err
    assert "events.csv:2：“丙镇”的“差错”分值为零或负数" in ended.err
    assert "events.csv:3：“完成量”不是扣分或加分的指标" in ended.err
    assert "没有填报" not in ended.err  # the refused row is not told as a missing one again


def test_a_round_file_that_cannot_be_used_is_told_by_every_command(
    leitai: Leitai, small: Path
) -> None:
    about = (small / "round.yaml").read_text(encoding="utf-8")
    (small / "round.yaml").write_text(about.replace("name:", "nmae:"), encoding="utf-8")
    for command in (["evaluate"], ["template", "bureau"]):
        ended = leitai(command[0], small, *command[1:])
        assert (ended.code, "nmae" in ended.err) == (1, True)


def test_a_scheme_that_cannot_be_read_is_told_with_what_is_wrong_in_the_files(
    leitai: Leitai, small: Path
) -> None:
    scheme = small.parent / "scheme.yaml"
    scheme.write_text(scheme.read_text(encoding="utf-8").replace("version:", "vers:"), "utf-8")
    (small / "events.csv").write_text("单位,指标,分值\n丙镇,差错,1\n", encoding="utf-8")
    ended = leitai("evaluate", small)
    assert ended.code == 1
    assert "“vers”" in ended.err
    assert "“扣分”表缺少“原因”栏" in ended.err


def test_a_scheme_nobody_could_explain_and_a_refused_row_are_told_together(
    leitai: Leitai, small: Path
) -> None:
    scheme = small.parent / "scheme.yaml"
    text = scheme.read_text(encoding="utf-8")
    scheme.write_text(text.replace("kind: completion", "kind: place"), encoding="utf-8")
    (small / "values.csv").write_text(VALUES.replace("乙镇,完成量", "乙振,完成量"), "utf-8")
    ended = leitai("evaluate", small)
    assert ended.code == 1
    assert "却没有写“step”或“table”" in ended.err
    assert "没有名为“乙振”的单位" in ended.err


CHAIN = "{kind: chain, parts: [{kind: completion, full: 12, stepp: 1}, {kind: efficac}]}"


@pytest.mark.parametrize(
    ("right", "wrong", "said", "quarrels"),
    [
        # where not even its parts can be read
        ("version:", "vers:", "没有“vers”这项设置", False),
        ("sheets:", "  - {id: bare, name: 空, item: work}\nsheets:", "“measure”", False),
        ('faults: "20"', 'fault: "20"', "“fault”", True),
    ],
)
def test_a_refused_scheme_is_told_with_what_is_wrong_with_its_measures(
    leitai: Leitai, small: Path, right: str, wrong: str, said: str, quarrels: bool
) -> None:
    scheme = small.parent / "scheme.yaml"
    text = scheme.read_text(encoding="utf-8").replace(right, wrong)
    text = text.replace("{kind: completion}", "{kind: completed}").replace("{kind: deduct}", CHAIN)
    text = text.replace("kind: best_ratio", "kind: place")
    scheme.write_text(text, encoding="utf-8")
    ended = leitai("check", scheme)
    assert (ended.code, said in ended.err) == (1, True)
    assert "scheme.yaml:8：此处不能使用计分办法“completed”" in ended.err
    assert "scheme.yaml:10：此处没有“stepp”这项设置" in ended.err
    assert "scheme.yaml:10：此处不能使用计分办法“efficac”，是否应为“efficacy”" in ended.err
    assert ("却没有写“step”或“table”" in ended.err) is quarrels
    assert leitai("evaluate", small).err.startswith(ended.err[:100])


def test_a_file_is_written_whole_or_not_at_all(
    leitai: Leitai, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out" / "榜.xlsx"
    assert leitai("evaluate", small, "--xlsx", out).code == 0
    before = out.read_bytes()

    def disk_full(path: Path, data: bytes) -> None:
        with path.open("wb") as file:
            file.write(data[: len(data) // 2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", disk_full)
    ended = leitai("evaluate", small, "--xlsx", out)
    assert (ended.code, "无法写入" in ended.err) == (2, True)
    assert out.read_bytes() == before
    assert [one.name for one in out.parent.iterdir()] == ["榜.xlsx"]


def test_tables_in_folders_beside_the_facts_are_warned_of(leitai: Leitai, small: Path) -> None:
    (small / "附件").mkdir()
    (small / "附件" / "events.csv").write_text("x", encoding="utf-8")
    (small / "照片").mkdir()
    ended = leitai("evaluate", small)
    assert ended.code == 0
    assert "附件：这个文件夹中的表格没有读取" in ended.err
    assert "照片" not in ended.err


def test_a_units_file_of_another_scheme_is_told_once_and_not_by_every_row(
    leitai: Leitai, small: Path
) -> None:
    text = (small.parent / "units.csv").read_text(encoding="utf-8")
    (small.parent / "units.csv").write_text(text.replace("towns", "schools"), encoding="utf-8")
    ended = leitai("evaluate", small)
    assert ended.code == 1
    assert ended.err.count("方案中没有名为“schools”的系列") == 3
    assert "本期没有名为" not in ended.err


def test_a_series_whose_name_looks_like_a_path_stays_in_its_folder(
    leitai: Leitai, small: Path, tmp_path: Path
) -> None:
    scheme = small.parent / "scheme.yaml"
    text = scheme.read_text(encoding="utf-8").replace("name: 镇街系列", "name: ../../镇街")
    scheme.write_text(text, encoding="utf-8")
    out = tmp_path / "deep" / "er"
    assert leitai("evaluate", small, "--csv", out).code == 0
    assert [one.name for one in (tmp_path / "deep").iterdir()] == ["er"]
    assert len(list(out.iterdir())) == 8
