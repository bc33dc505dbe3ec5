"""`leitai scheme export|import` and `leitai compare`, as their users type them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from leitai.scheme.read import read_scheme
from leitai.workbook import laid
from tests.cli.conftest import Leitai


def own_book(path: Path, *rows: list[object]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_a_scheme_goes_out_and_comes_back(leitai: Leitai, small: Path, tmp_path: Path) -> None:
    scheme, book, back = (
        small.parent / "scheme.yaml",
        tmp_path / "指标体系表.xlsx",
        tmp_path / "b.yaml",
    )
    ended = leitai("scheme", "export", scheme, "--out", book)
    assert ended.code == 0
    assert "3 项指标" in ended.out
    assert "虚构" in ended.out
    ended = leitai("scheme", "import", book, "--out", back)
    assert (ended.code, ended.err) == (0, "")
    one, other = (read_scheme(path.read_text(encoding="utf-8"))[0] for path in (scheme, back))
    assert one is not None
    assert other is not None
    assert one.plain == other.plain
    assert leitai("scheme", "export", scheme, "--out", tmp_path / "二.xlsx").code == 0
    assert (tmp_path / "二.xlsx").read_bytes() == book.read_bytes()


def test_a_rounds_folder_is_exported_with_the_names_of_its_units(
    leitai: Leitai, small: Path, tmp_path: Path
) -> None:
    units = small.parent / "units.csv"
    units.write_text(units.read_text(encoding="utf-8") + "bureau,统计局,towns\n", encoding="utf-8")
    book, back = tmp_path / "a.xlsx", tmp_path / "b.yaml"
    assert leitai("scheme", "export", small, "--out", book).code == 0
    sheets = load_workbook(book)
    assert "统计局" in [cell for row in sheets["指标"].values for cell in row]
    assert [cell.value for cell in sheets["单位名称"][4]] == ["统计局", "bureau"]
    assert leitai("scheme", "import", book, "--out", back).code == 0
    schemes = (small.parent / "scheme.yaml", back)
    one, other = (read_scheme(path.read_text(encoding="utf-8"))[0] for path in schemes)
    assert one is not None
    assert other is not None
    assert one.plain == other.plain
    (small / "round.yaml").write_text("{round: q}", encoding="utf-8")
    ended = leitai("scheme", "export", small / "round.yaml", "--out", tmp_path / "c.xlsx")
    assert (ended.code, "没有写出工作簿" in ended.err) == (1, True)


def test_what_comes_next_is_said_in_both_languages(
    leitai: Leitai, small: Path, tmp_path: Path
) -> None:
    scheme = small.parent / "scheme.yaml"
    for lang, wanted in (("zh", "leitai scheme import 读回"), ("en", "are Chinese")):
        book, back = tmp_path / f"{lang}.xlsx", tmp_path / f"{lang}.yaml"
        assert wanted in leitai("scheme", "export", scheme, "--out", book, "--lang", lang).out
        ended = leitai("scheme", "import", book, "--out", back, "--lang", lang)
        assert f"leitai check {back}" in ended.out


def test_a_table_that_is_refused_has_its_problems_before_the_notes(
    leitai: Leitai, tmp_path: Path
) -> None:
    heads = ["考核项目", "指标", "分值", "计分办法"]
    book = own_book(tmp_path / "表.xlsx", heads, ["经济", "投资", "三十", "完成率法"])
    ended = leitai("scheme", "import", book, "--out", tmp_path / "a.yaml")
    lines = ended.err.splitlines()
    assert lines[0].startswith("表.xlsx!Sheet!C2：“投资”的分值应为数字")
    assert lines[1] == "提示（8条）"
    assert lines[-1] == "发现1个问题，没有写出方案。请在表中改正后再读入。"
    assert (ended.code, len(lines), "不在任何评分表" in ended.err) == (1, 11, False)


def test_every_sheet_that_is_missing_is_told(leitai: Leitai, small: Path, tmp_path: Path) -> None:
    book = tmp_path / "a.xlsx"
    assert leitai("scheme", "export", small.parent / "scheme.yaml", "--out", book).code == 0
    missing = {
        "等次": "优秀、良好、一般，第一等取前 30%，末等取后 10%",
        "调整": "没有任何调整",
        "考核项目": "考核项目按“指标”表中的名称读取：工作、秩序，",
        "评分表": "总分没有核对",
        "重点领域和战役": "只读入“指标”表中写到的",
        "其他设置": "“数据系虚构”也一并丢失",
    }
    whole = load_workbook(book)
    for title, told in missing.items():
        changed = load_workbook(book)
        del changed[title]
        changed.save(tmp_path / f"{title}.xlsx")
        ended = leitai(
            "scheme", "import", tmp_path / f"{title}.xlsx", "--out", f"{book}{title}.yaml"
        )
        notes = [line for line in ended.err.splitlines() if f"没有“{title}”" in line]
        assert (ended.code, len(notes), told in "".join(notes)) == (0, 1, True), ended.err
        del whole[title]
    whole.save(tmp_path / "b.xlsx")
    said = leitai(
        "scheme", "import", tmp_path / "b.xlsx", "--out", tmp_path / "b.yaml", "--lang", "en"
    )
    assert said.err.count("There is no sheet of ") == len(missing)
    assert "that mark is lost too" in said.err


def test_an_own_table_is_imported_and_used(leitai: Leitai, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["考核项目", "指标", "分值", "计分办法"],
        ["经济", "投资", 100, "完成率法"],
    ]
    book = own_book(tmp_path / "table.xlsx", *rows)
    ended = leitai("scheme", "import", book, "--out", tmp_path / "scheme.yaml")
    assert ended.code == 0
    assert "全部单位" in ended.err
    folder = tmp_path / "q"
    folder.mkdir()
    (folder / "round.yaml").write_text(
        "{round: q, name: 一季度, scheme: ../scheme.yaml, units: ../units.csv}", encoding="utf-8"
    )
    (tmp_path / "units.csv").write_text(
        "单位编号,名称,系列\njia,甲镇,全部单位\nyi,乙镇,全部单位\n", encoding="utf-8"
    )
    (folder / "values.csv").write_text(
        "单位,指标,实际值,目标值\n甲镇,投资,9,10\n乙镇,投资,8,10\n", encoding="utf-8"
    )
    assert leitai("evaluate", folder).code == 0
    own = own_book(
        tmp_path / "own.xlsx",
        ["单位", "投资", "总分", "名次"],
        ["甲镇", 90, 90, 1],
        ["乙镇", 80, 80, 2],
    )
    ended = leitai("compare", folder, own)
    assert ended.code == 0
    assert "一致" in ended.out


def test_wrong_use_of_scheme(leitai: Leitai, small: Path, tmp_path: Path) -> None:
    scheme = small.parent / "scheme.yaml"
    book = own_book(tmp_path / "table.xlsx", ["甲"])
    (tmp_path / "there.xlsx").write_bytes(b"")
    (tmp_path / "there.yaml").write_text("", encoding="utf-8")
    broken = tmp_path / "broken.yaml"
    broken.write_text(
        scheme.read_text(encoding="utf-8").replace("best_ratio", "best"), encoding="utf-8"
    )
    for code, words in (
        (2, ("export", scheme, "--out", tmp_path / "a.xls")),
        (2, ("export", scheme, "--out", tmp_path / "there.xlsx")),
        (2, ("export", tmp_path / "none.yaml", "--out", tmp_path / "a.xlsx")),
        (2, ("export", scheme)),
        (1, ("export", broken, "--out", tmp_path / "a.xlsx")),
        (1, ("export", tmp_path / "there.yaml", "--out", tmp_path / "a.xlsx")),
        (2, ("import", scheme, "--out", tmp_path / "a.yaml")),
        (2, ("import", book, "--out", tmp_path / "a.txt")),
        (2, ("import", book, "--out", tmp_path / "there.yaml")),
        (2, ("import", tmp_path / "none.xlsx", "--out", tmp_path / "a.yaml")),
        (1, ("import", book, "--out", tmp_path / "a.yaml")),
        (1, ("import", tmp_path / "there.xlsx", "--out", tmp_path / "a.yaml")),
    ):
        for lang in ("zh", "en"):
            ended = leitai("scheme", *words, "--lang", lang)
            assert (ended.code, bool(ended.err)) == (code, True), words
    assert not (tmp_path / "a.yaml").exists()


def test_a_text_that_no_cell_can_hold_is_told(
    leitai: Leitai, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(laid, "LONGEST_CELL", 20)
    ended = leitai("scheme", "export", small.parent / "scheme.yaml", "--out", tmp_path / "a.xlsx")
    assert ended.code == 1
    assert "20" in ended.err


def test_differences_are_printed_written_and_given_as_json(
    leitai: Leitai, small: Path, tmp_path: Path
) -> None:
    own = own_book(
        tmp_path / "own.xlsx",
        ["单位", "完成量", "最优值", "总分", "名次", "等次"],
        ["甲镇", 50, 30, 100, 1, "优秀"],
        ["乙镇", 45, 24.1, 89.1, 2, "良好"],
        ["丙填", 40, 18, 76.5, 3, ""],
    )
    out = tmp_path / "对照.xlsx"
    ended = leitai("compare", small, own, "--out", out)
    assert ended.code == 1
    assert "丙镇" in ended.err
    assert "没有执行降低名次" in ended.out
    sheets = load_workbook(out).worksheets
    assert [sheet.title for sheet in sheets] == ["不同之处", "原因汇总", "没有对照的"]
    assert "丙镇" in str(sheets[2].cell(sheets[2].max_row - 1, 1).value)
    assert leitai("compare", small, own, "--lang", "en").code == 1
    found = json.loads(leitai("compare", small, own, "--json").out)
    assert found["made_up"] is True
    assert {"unit": "jia", "kind": "place", "id": "", "own": "1", "board": "2"}.items() <= found[
        "differences"
    ][0].items()
    assert [one["cause"]["code"] for one in found["differences"]] != []


def test_a_table_that_was_not_read_whole_is_never_said_to_agree(
    leitai: Leitai, small: Path, tmp_path: Path
) -> None:
    rows = [["甲镇", 50], ["乙镇", 45], ["丙镇", 40]]
    own, out = own_book(tmp_path / "own.xlsx", ["单位", "完成量"], *rows), tmp_path / "out.xlsx"
    assert "本单位的表与榜一致：比较了 3 个数" in leitai("compare", small, own, "--out", out).out
    assert "没有对照的" not in load_workbook(out).sheetnames
    own = own_book(tmp_path / "own.xlsx", ["单位", "完成量", "综合评价"], *([*r, 99] for r in rows))
    ended = leitai("compare", small, own)
    assert "一致：" not in ended.out
    assert "读到的 3 个数（3 个单位）与榜没有不同；但有 1 处没有对照" in ended.out
    unread = json.loads(leitai("compare", small, own, "--json").out)["unread"]
    assert [(one["code"], one["heading"]) for one in unread] == [
        ("compare.column-unread", "综合评价")
    ]


def test_a_figure_that_stands_twice_is_told_in_words_and_only_where_it_differs(
    leitai: Leitai, small: Path, tmp_path: Path
) -> None:
    rows = [["乙镇", 45.0, "良好"], ["乙镇", "45.00", "优秀"], ["乙镇", None, "良好"]]
    ended = leitai(
        "compare", small, own_book(tmp_path / "own.xlsx", ["单位", "完成量", "等次"], *rows)
    )
    assert "B3" not in ended.err  # 45 and 45.00 are one number
    assert "是 良好，这里是 优秀" in ended.err
    assert "是 45，这里是 —" in ended.err


def test_wrong_use_of_compare(leitai: Leitai, small: Path, tmp_path: Path) -> None:
    own = own_book(tmp_path / "own.xlsx", ["单位"], ["甲镇"])
    assert leitai("compare", small, own).code == 1
    assert leitai("compare", small, tmp_path / "none.xlsx").code == 2
    assert leitai("compare", small, small.parent / "scheme.yaml").code == 2
    assert leitai("compare", small, own, "--out", tmp_path / "a.csv").code == 2
    assert leitai("compare", small, own, "--out", small / "a.xlsx").code == 2
    assert leitai("compare", tmp_path / "none", own).code == 2
