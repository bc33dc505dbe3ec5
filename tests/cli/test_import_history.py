"""leitai import-history: an office's own table of past results becomes a table of facts."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Leitai
from tests.cli.years import UNITS, make_district, write

OWN = """2017年度绩效考评结果,,,,,,
序号,单位名称,类别,排名,考核得分,考核等次,主要负责人
1,甲镇,镇街,第一名,95.5分,优秀,张一
2,乙镇,镇街,2（并列）,90,良好,李二
3,丙镇,镇街,2,90,良好,王三
4,丁镇,镇街,4,80,一般,赵四
,,国企,,,,
5,发展公司,国企,1,90,优秀,钱五
6,建设公司,国企,二,80,良好,孙六
,说明：略,,,,,
"""
TAKEN = """单位,年度,名次,倒数名次,等次,总分,负责人,导入
甲镇,2017,1,4,优秀,95.5,张一,yes
乙镇,2017,2,2,良好,90,李二,yes
丙镇,2017,2,2,良好,90,王三,yes
丁镇,2017,4,1,一般,80,赵四,yes
发展公司,2017,1,2,优秀,90,钱五,yes
建设公司,2017,2,1,良好,80,孙六,yes
"""


def table(text: str, folder: Path, name: str = "own.csv") -> Path:
    """A table as a CSV file, its columns parted by blanks."""
    lines = [
        ",".join("" if cell == "." else cell for cell in line.split()) for line in text.splitlines()
    ]
    write(folder / name, "\n".join(lines) + "\n")
    return folder / name


def imported(leitai: Leitai, file: Path, *more: object) -> tuple[str, str]:
    """The table on standard output, and what was said."""
    ended = leitai("import-history", file, "--year", "2017", *more)
    assert ended.code == 0, ended.err
    return ended.out.replace("\r\n", "\n"), ended.err


def refused(leitai: Leitai, *arguments: object) -> str:
    ended = leitai("import-history", *arguments)
    assert (ended.code, ended.out) == (1, "")
    assert "没有导入" in ended.err
    return ended.err


def test_headings_places_and_totals_are_read_as_offices_write_them(
    leitai: Leitai, tmp_path: Path
) -> None:
    write(tmp_path / "own.csv", OWN)
    out, said = imported(leitai, tmp_path / "own.csv")
    assert out == TAKEN
    assert "“说明：略”这一行没有名次、等次或总分，没有导入" in said
    assert "导入6行（年度：2017）" in said


def test_the_table_lies_beside_an_annual_round_and_counts(leitai: Leitai, tmp_path: Path) -> None:
    year = make_district(tmp_path)
    about = (year / "round.yaml").read_text(encoding="utf-8")
    write(year / "round.yaml", about.replace("history: [../2017]\n", ""))
    write(tmp_path / "own.csv", OWN)
    ended = leitai(
        "import-history", tmp_path / "own.csv", "--year", "2017", "--out", year / "history.csv"
    )
    assert (ended.code, ended.out) == (0, "")
    assert "已写入" in ended.err
    out = leitai("explain", year, "丁镇").out
    assert "负责人赵四连续2年列末位" in out
    assert "2017年：第4名，倒数第1名，等次：一般，总分80分，负责人赵四，由原有结果导入" in out
    again = leitai(
        "import-history", tmp_path / "own.csv", "--year", "2018", "--out", year / "history.csv"
    )
    assert (again.code, "已经存在" in again.err) == (2, True)


def test_english_headings_on_request(leitai: Leitai, tmp_path: Path) -> None:
    file = table("unit rank score\n甲镇 1 90\n乙镇 2 80", tmp_path)
    out, said = imported(leitai, file, "--lang", "en")
    assert (
        out == "unit,year,place,bottom,total,imported\n甲镇,2017,1,2,90,yes\n乙镇,2017,2,1,80,yes\n"
    )
    assert "Imported 2 rows (years: 2017)" in said


def test_several_years_stand_in_one_table(leitai: Leitai, tmp_path: Path) -> None:
    rows = "单位 年度 名次\n甲镇 2016年 1\n乙镇 2016年度 2\n甲镇 2015 2\n乙镇 2015 1\n甲镇 . 1\n乙镇 — 2"
    out, said = imported(leitai, table(rows, tmp_path))
    assert [line.split(",")[:4] for line in out.splitlines()[1:]] == [
        ["甲镇", "2016", "1", "2"], ["乙镇", "2016", "2", "1"], ["甲镇", "2015", "2", "1"],
        ["乙镇", "2015", "1", "2"], ["甲镇", "2017", "1", "2"], ["乙镇", "2017", "2", "1"],
    ]  # fmt: skip
    assert "年度：2015、2016、2017" in said


def test_a_row_without_any_year_is_refused(leitai: Leitai, tmp_path: Path) -> None:
    file = table("单位 名次\n甲镇 1\n乙镇 2", tmp_path)
    said = refused(leitai, file)
    assert said.count("没有写年度") == 2


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("3", "3"), ("第3名", "3"), ("并列第3名", "3"), ("３", "3"), ("3名(并列)", "3"), ("3.0", "3"),
        ("第十名", "10"), ("第十二名", "12"), ("二十", "20"), ("第九十九名", "99"),
    ],
)  # fmt: skip
def test_a_place_is_read_however_it_is_written(
    leitai: Leitai, tmp_path: Path, written: str, place: str
) -> None:
    out, _ = imported(leitai, table(f"单位 名次\n甲镇 {written}", tmp_path))
    assert out.splitlines()[1].split(",")[2] == place


@pytest.mark.parametrize(
    "written",
    ["3.5", "0", "-1", "前三", "第〇名", "一二", "十十", "一二十", "十一二", "A", "1" * 30],
)
def test_a_place_that_is_no_whole_number_is_refused(
    leitai: Leitai, tmp_path: Path, written: str
) -> None:
    file = table(f"单位 名次 总分\n甲镇 {written} 九十\n乙镇 2 1,5", tmp_path)
    said = refused(leitai, file, "--year", "2017")
    assert f"名次“{written}”不是 1 以上的整数" in said
    assert "“九十”" in said


@pytest.mark.parametrize("written", ["—", "/", "无", "不排名", "."])
def test_a_unit_may_have_no_place(leitai: Leitai, tmp_path: Path, written: str) -> None:
    out, _ = imported(leitai, table(f"单位 名次 等次\n甲镇 1 优秀\n乙镇 {written} 良好", tmp_path))
    assert out.splitlines()[1:] == ["甲镇,2017,1,1,优秀,yes", "乙镇,2017,,,良好,yes"]


def test_two_thirds_and_a_fourth_are_warned_of(leitai: Leitai, tmp_path: Path) -> None:
    rows = "单位 名次\n甲 1\n乙 2\n丙 3\n丁 3\n戊 4"
    out, said = imported(leitai, table(rows, tmp_path))
    assert "“戊”写作第 4 名，按同组其他单位的名次应为第 5 名" in said
    assert [line.split(",")[3] for line in out.splitlines()[1:]] == ["5", "4", "2", "2", "1"]


def test_a_stated_bottom_place_is_kept_and_compared(leitai: Leitai, tmp_path: Path) -> None:
    rows = "单位 名次 倒数\n甲 1 .\n乙 2 第2名\n丙 3 倒数第二名"
    out, said = imported(leitai, table(rows, tmp_path))
    assert [line.split(",")[3] for line in out.splitlines()[1:]] == ["3", "2", "2"]
    assert "“丙”写作倒数第 2 名，按同组各单位的名次应为倒数第 1 名" in said
    assert "“乙”" not in said


def test_a_bottom_place_without_a_place_is_refused(leitai: Leitai, tmp_path: Path) -> None:
    file = table("单位 名次 倒数\n甲 1 2\n乙 . 1", tmp_path)
    assert "“乙”2017 年的“名次、倒数名次”只填了一个" in refused(leitai, file, "--year", "2017")


def test_several_groups_in_one_sheet_need_their_names(leitai: Leitai, tmp_path: Path) -> None:
    rows = "单位 名次 倒数\n甲 1 .\n乙 2 .\n丙 1 .\n丁 2 ."
    said = refused(leitai, table(rows, tmp_path), "--year", "2017")
    assert "own.csv：2017 年的名次中有几个第 1 名" in said
    stated = "单位 名次 倒数\n甲 1 2\n乙 2 1\n丙 1 2\n丁 2 1"
    out, said = imported(leitai, table(stated, tmp_path))
    assert [line.split(",")[3] for line in out.splitlines()[1:]] == ["2", "1", "2", "1"]
    assert "写作" not in said
    named = "单位 名次 组别\n甲 1 一组\n乙 2 一组\n丙 1 二组\n丁 2 二组"
    assert imported(leitai, table(named, tmp_path))[0].count(",yes") == 4


def test_names_are_compared_with_the_units_of_today(leitai: Leitai, tmp_path: Path) -> None:
    units = tmp_path / "units.csv"
    write(units, UNITS.replace("丁镇", "上马台镇"))
    rows = "单位 名次\n甲镇 1\n上马台填 2\n旧街道 3\nyi 4"
    _, said = imported(leitai, table(rows, tmp_path), "--units", units)
    assert "“上马台填”不在现在的单位名单中，照原名导入，是否应为“上马台镇”？" in said
    assert "“旧街道”不在现在的单位名单中，照原名导入。" in said
    assert "“甲镇”" not in said
    write(units, UNITS.replace("丁镇", "甲镇"))
    assert "“甲镇”" in refused(leitai, table(rows, tmp_path), "--year", "2017", "--units", units)


def test_what_is_wrong_is_told_all_at_once(leitai: Leitai, tmp_path: Path) -> None:
    rows = "单位 名次 电话 年\n甲镇 一一 1 2017\n. 2 1 2017\n合计 3 1 2017\n乙镇 2 1 17\n丙镇 1 1 .\n丙镇 1 1 ."
    file = table(rows, tmp_path)
    write(tmp_path / "说明.txt", "无")
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK")
    said = refused(leitai, file, tmp_path / "说明.txt", broken, "--year", "2017")
    for sentence in (
        "own.csv:1：这几栏没有读取：电话", "own.csv:2：名次“一一”", "own.csv:3：“单位”未填写",
        "own.csv:4", "own.csv:5：“17”不是年度", "own.csv:7", "说明.txt", "broken.xlsx",
        "发现7个问题",
    ):  # fmt: skip
        assert sentence in said, sentence


@pytest.mark.parametrize("text", ["姓名 电话\n甲 1", "单位 电话\n甲 1", "名次 得分\n1 2", ""])
def test_a_table_without_a_unit_or_a_result_is_refused(
    leitai: Leitai, tmp_path: Path, text: str
) -> None:
    assert "没有找到标题行" in refused(leitai, table(text, tmp_path), "--year", "2017")


def test_of_alike_headings_the_first_or_the_clearest_counts(leitai: Leitai, tmp_path: Path) -> None:
    rows = "名称 得分 总分 名次 名次\n甲 1 90 1 7\n乙 2 80 2 8"
    out, said = imported(leitai, table(rows, tmp_path))
    assert out.splitlines()[1:] == ["甲,2017,1,2,90,yes", "乙,2017,2,1,80,yes"]
    assert "没有读取：得分、名次" in said


def test_a_workbook_has_a_sheet_for_each_group_and_merged_cells(
    leitai: Leitai, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = "镇街"
    for row in (["2017年度"], ["单位", "名次", "年度"], ["甲镇", 1, 2017], ["乙镇", 2]):
        first.append(row)
    first.merge_cells("C3:C4")
    second = book.create_sheet("国企")
    for row in (
        ["类别", "单位", "名次"],
        ["国企", "己公司", 1],
        [None, "戊公司", 2],
        ["x", "#N/A", 3],
    ):
        second.append(row)
    second.merge_cells("A2:A3")
    file = tmp_path / "own.xlsx"
    book.save(file)
    assert "own.xlsx!国企!B4" in refused(leitai, file, "--year", "2016")
    second.delete_rows(4)
    book.save(file)
    ended = leitai("import-history", file, "--year", "2016")
    assert ended.out.splitlines()[1:] == [
        "甲镇,2017,1,2,yes", "乙镇,2017,2,1,yes", "己公司,2016,1,2,yes", "戊公司,2016,2,1,yes",
    ]  # fmt: skip


@pytest.mark.parametrize("year", ["17", "二〇一七", "２０１７", "20177"])
def test_a_year_that_is_none_is_wrong_use(leitai: Leitai, tmp_path: Path, year: str) -> None:
    file = table("单位 名次\n甲 1", tmp_path)
    ended = leitai("import-history", file, "--year", year)
    assert (ended.code, f"“{year}”不是年度" in ended.err) == (2, True)


def test_a_missing_file_is_wrong_use(leitai: Leitai, tmp_path: Path) -> None:
    assert leitai("import-history", tmp_path / "nowhere.csv").code == 2
    assert leitai("import-history").code == 2


def test_cells_and_rows_of_one_sheet_are_told_by_its_name_too(
    leitai: Leitai, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "考评"
    for row in (["单位", "名次"], ["甲镇", "很好"], ["", 2]):
        sheet.append(row)
    book.save(tmp_path / "own.xlsx")
    said = refused(leitai, tmp_path / "own.xlsx", "--year", "2017")
    assert "own.xlsx!考评!B2：" in said
    assert "own.xlsx!考评!3：" in said


def test_a_name_of_two_letters_with_one_wrong_finds_the_right_one(
    leitai: Leitai, tmp_path: Path
) -> None:
    write(tmp_path / "units.csv", "单位编号,名称,系列\na,高村,s\nb,杨村,s\nc,陈咀,s\n")
    write(tmp_path / "own.csv", "单位,名次\n高存,1\n扬村,2\n陈嘴,3\n某局,4\n")
    _, said = imported(leitai, tmp_path / "own.csv", "--units", tmp_path / "units.csv")
    assert [name for name in ("高村", "杨村", "陈咀") if f"是否应为“{name}”" in said] == [
        "高村", "杨村", "陈咀",
    ]  # fmt: skip
    assert said.count("是否应为") == 3


def test_files_of_one_name_in_several_folders_are_all_read(leitai: Leitai, tmp_path: Path) -> None:
    files = [tmp_path / year / "h.csv" for year in ("2016", "2017")]
    for file in files:
        write(file, f"单位,名次,年度\n甲镇,1,{file.parent.name}\n")
    ended = leitai("import-history", *files)
    assert ended.out.splitlines()[1:] == ["甲镇,2016,1,1,yes", "甲镇,2017,1,1,yes"]
    write(files[1], "单位,名次,年度\n甲镇,最前,2017\n")
    said = refused(leitai, *files).replace("\n", "")
    assert (f"{files[1]}:2：" in said, f"{files[0]}:2：" in said) == (True, False)


def test_a_file_named_twice_is_wrong_use(leitai: Leitai, tmp_path: Path) -> None:
    write(tmp_path / "2017/h.csv", "单位,名次,年度\n甲镇,1,2017\n")
    again = tmp_path / "2017" / ".." / "2017" / "h.csv"
    for lang, words in (("zh", "写了两次"), ("en", "named twice")):
        ended = leitai("import-history", tmp_path / "2017/h.csv", again, "--lang", lang)
        assert (ended.code, ended.out, words in ended.err) == (2, "", True)


@pytest.mark.parametrize("again", ["甲 镇", "甲　镇", "甲镇"])
def test_a_unit_that_stands_twice_in_a_year_is_told(
    leitai: Leitai, tmp_path: Path, again: str
) -> None:
    write(tmp_path / "own.csv", f"单位,名次\n甲镇,1\n乙镇,2\n{again},3\n")
    said = refused(leitai, tmp_path / "own.csv", "--year", "2017")
    assert "镇 · 2017）已在 own.csv:2 填报" in said
    assert said.count("已在") == 1


def test_names_stay_as_each_year_wrote_them(leitai: Leitai, tmp_path: Path) -> None:
    write(tmp_path / "own.csv", "单位,年度,名次\n甲镇,2016,1\n甲 镇,2017,1\n")
    assert leitai("import-history", tmp_path / "own.csv").out.splitlines()[1:] == [
        "甲镇,2016,1,1,yes", "甲 镇,2017,1,1,yes",
    ]  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_of_a_workbook_that_evaluate_wrote_only_the_standings_are_read(
    leitai: Leitai, small: Path, tmp_path: Path, lang: str
) -> None:
    book, out = tmp_path / "榜.xlsx", tmp_path / "history.csv"
    assert leitai("evaluate", small, "--xlsx", book, "--lang", lang).code == 0
    ended = leitai("import-history", book, "--year", "2018", "--out", out)
    assert (ended.code, "只读取了这一张总榜" in ended.err) == (0, True)
    rows = out.read_text("utf-8-sig").splitlines()[1:]
    assert [row.split(",")[:3] for row in rows] == [
        ["乙镇", "2018", "1"], ["甲镇", "2018", "2"], ["丙镇", "2018", "3"],
    ]  # fmt: skip
