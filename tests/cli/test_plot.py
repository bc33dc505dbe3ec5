"""leitai plot: pictures as their user asks for them, and what it says to wrong wishes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from leitai.cli import plot
from leitai.documents.pictures import letters
from tests.cli.conftest import SCHEME, Leitai

MADE_UP = "示例数据，均为虚构"
WUQING = Path(__file__).parents[2] / "schemes" / "wuqing" / "2019" / "2019Q1"


def described(file: Path) -> str:
    """What an SVG says to those who cannot see it."""
    found = re.search(r"<desc>(.*?)</desc>", file.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]


def test_a_waterfall_as_svg(leitai: Leitai, small: Path, tmp_path: Path) -> None:
    file = tmp_path / "图" / "丙镇.svg"
    ended = leitai("plot", small, "waterfall", "丙镇", "--out", file)
    assert (ended.code, ended.err) == (0, "")
    assert MADE_UP in ended.out
    assert f"已写入 {file}" in ended.out.replace("\n", "")
    assert MADE_UP in described(file)
    assert "秩序 差错 20.00 18.50 −1.50" in described(file)


def test_a_board_as_png_shows_movements_from_base_places(
    leitai: Leitai, small: Path, tmp_path: Path
) -> None:
    file = tmp_path / "board.PNG"
    assert leitai("plot", small, "board", "--out", file, "--lang", "en").code == 0
    assert file.read_bytes().startswith(b"\x89PNG")
    file = tmp_path / "board.svg"
    assert leitai("plot", small, "board", "--group", "镇街系列", "--out", file).code == 0
    assert (
        "1 乙镇 90.00 优秀 ↑1 (2)\n2 甲镇 100.00 良好* ↓1 (1)\n3 丙镇 76.50 一般\n*甲镇："
        in described(file)
    )


def test_a_board_against_another_board_or_round(
    leitai: Leitai, small: Path, tmp_path: Path
) -> None:
    before = tmp_path / "before.json"
    text = leitai("evaluate", small, "--json").out
    before.write_text(text.replace('"place": 3,', '"place": 1,'), encoding="utf-8")
    file = tmp_path / "board.svg"
    assert leitai("plot", small, "board", "--before", before, "--out", file).code == 0
    assert "1 乙镇 90.00 优秀 =\n2 甲镇 100.00 良好* =\n3 丙镇 76.50 一般 ↓2 (1)" in described(file)
    assert leitai("plot", small, "board", "--before", small, "--out", file).code == 0
    assert "3 丙镇 76.50 一般 =" in described(file)


def test_a_heat_map_by_items_or_indicators(leitai: Leitai, small: Path, tmp_path: Path) -> None:
    file = tmp_path / "map.svg"
    assert leitai("plot", small, "heatmap", "--out", file).code == 0
    assert "3 丙镇 76.50 一般: 工作 58.00 秩序 18.50" in described(file)
    assert leitai("plot", small, "heatmap", "--by", "indicators", "--out", file).code == 0
    assert "完成量 40.00 最优值 18.00 差错 18.50" in described(file)


def test_no_ranges_are_drawn_of_groups_of_two(leitai: Leitai, small: Path, tmp_path: Path) -> None:
    scheme = small.parent / "scheme.yaml"
    text = scheme.read_text("utf-8") + "  out: {name: 不排名, kind: unranked}\n"
    scheme.write_text(text, encoding="utf-8")
    entries = small / "adjustments.csv"
    entries.write_text(entries.read_text("utf-8") + "丙镇,不排名,,承办,办公室,a3\n", "utf-8")
    ended = leitai("plot", small, "ranges", "--out", tmp_path / "ranges.svg")
    assert ended.code == 2
    assert not (tmp_path / "ranges.svg").exists()


def test_likely_ranges_of_places(leitai: Leitai, tmp_path: Path) -> None:
    file = tmp_path / "ranges.svg"
    ended = leitai("plot", WUQING, "ranges", "--group", "经济发展类", "--out", file)
    assert ended.code == 0
    assert "不计降低名次" in described(file)
    assert "圆点为原名次（降低名次之前）" in described(file)
    assert "上下浮动10%推算一千次" in described(file)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["waterfall", "--out", "x.svg"], "请写明单位"),
        (["waterfall", "丁镇", "--out", "x.svg"], "本期没有单位“丁镇”"),
        (
            ["waterfall", "丙镇", "--group", "towns", "--out", "x.svg"],
            "单位得分图（waterfall）用不到 --group，请去掉它",
        ),
        (
            ["board", "丙镇", "--out", "x.svg"],
            "总榜图（board）画的是类别中的全部单位，不需要写单位，请去掉“丙镇”",
        ),
        (["board", "--by", "items", "--out", "x.svg"], "总榜图（board）用不到 --by"),
        (["heatmap", "--before", "b.json", "--out", "x.svg"], "热力图（heatmap）用不到 --before"),
        (["board", "--group", "园区", "--out", "x.svg"], "没有类别“园区”"),
        (["board", "--before", "b.json", "--out", "x.svg"], "找不到文件夹“b.json”"),
        (["board", "--out", "x.pdf"], "请把“x.pdf”的扩展名改为其中之一"),
        (["board", "--out", "x"], "请把“x”的扩展名改为其中之一"),
        (["board", "--out", "ROUND/x.svg"], "数据文件夹"),
    ],
)
def test_wrong_wishes_end_with_2_and_one_sentence(
    leitai: Leitai, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    arguments: list[str], sentence: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    ended = leitai("plot", small, *(word.replace("ROUND", str(small)) for word in arguments))
    assert ended.code == 2
    assert sentence in ended.err.replace("\n", "")
    assert list(tmp_path.glob("x*")) == []


def test_kinds_and_forgotten_files_are_told(leitai: Leitai, small: Path) -> None:
    assert leitai("plot", small, "pie", "--out", "x.svg").code == 2
    assert leitai("plot", small, "board").code == 2


def test_a_group_without_units_and_one_with_too_many(
    leitai: Leitai, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    series = "series: [{id: towns, name: 镇街系列, sheet: towns}"
    more = SCHEME.replace(series, f"{series}, {{id: parks, name: 园区系列, sheet: towns}}")
    (small.parent / "scheme.yaml").write_text(more, encoding="utf-8")
    file = tmp_path / "x.svg"
    ended = leitai("plot", small, "board", "--group", "parks", "--out", file)
    assert (ended.code, "“parks”在本期没有单位" in ended.err) == (2, True)
    assert leitai("plot", small, "board", "--out", file).code == 0
    monkeypatch.setattr(plot, "MOST_UNITS", 2)
    ended = leitai("plot", small, "board", "--out", file)
    assert (ended.code, "共3个单位，一张图最多画2个" in ended.err) == (2, True)


@pytest.fixture
def with_a_strange_sign(small: Path) -> Path:
    """The small round, 乙镇 renamed with a sign that our fonts lack."""
    for facts in small.glob("*.csv"):
        facts.write_text(facts.read_text(encoding="utf-8").replace("乙镇", "yi"), encoding="utf-8")
    units = small.parent / "units.csv"
    named = units.read_text(encoding="utf-8").replace("乙镇", "乙⌘镇")
    units.write_text(named, encoding="utf-8")
    return small


def test_signs_taken_from_fonts_of_this_machine_are_told(
    leitai: Leitai, with_a_strange_sign: Path, tmp_path: Path
) -> None:
    ended = leitai("plot", with_a_strange_sign, "board", "--out", tmp_path / "x.svg")
    assert ended.code == 0
    assert re.search(r"自带字体没有这些字：⌘。已改用本机字体（.+）", ended.err)
    file = tmp_path / "y.svg"
    ended = leitai("plot", with_a_strange_sign, "board", "--out", file, "--lang", "en")
    assert "were taken from fonts of this machine" in ended.err


def test_signs_no_font_has_are_told(
    leitai: Leitai, with_a_strange_sign: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letters, "_lender", lambda _: "")
    file = tmp_path / "x.svg"
    ended = leitai("plot", with_a_strange_sign, "waterfall", "yi", "--out", file)
    assert ended.code == 0
    assert "自带字体和本机字体都没有这些字：⌘。图中以“〓”代替" in ended.err.replace("\n", "")


def test_settings_of_matplotlib_do_not_come_between(small: Path, tmp_path: Path) -> None:
    (tmp_path / "matplotlibrc").write_text("font.size: abc\ntext.usetex: True\nnonsense\n")
    command = [sys.executable, "-c", "from leitai.cli import main; main()", "plot", str(small)]
    meddling = {"MPLBACKEND": "nonsense", "MATPLOTLIBRC": str(tmp_path)}
    printed = []
    for name, settings in (("a.svg", {}), ("b.svg", meddling)):
        wanted = [*command, "waterfall", "丙镇", "--out", str(tmp_path / name)]
        done = subprocess.run(
            wanted, capture_output=True, env={**os.environ, **settings}, check=True
        )
        printed.append(done.stderr)
    assert printed == [b"", b""]
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
