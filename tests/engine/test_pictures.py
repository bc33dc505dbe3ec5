"""Pictures as they are drawn: nothing overlaps or is cut, the same bytes, every sign there."""

from __future__ import annotations

import re
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random
from xml.etree import ElementTree as ET

import matplotlib as mpl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitai.board import Board
from leitai.documents.pictures import render
from leitai.documents.pictures.grades import look
from leitai.documents.pictures.heatmap import heatmap
from leitai.documents.pictures.letters import FAMILY, FOLDER, letters_for, width
from leitai.documents.pictures.marks import Box, Dot, Line, Page, Text
from leitai.documents.pictures.ranges import PlaceRange, Ranged, ranges
from leitai.documents.pictures.render import draw
from leitai.documents.pictures.standings import standings
from leitai.documents.pictures.waterfall import waterfall
from leitai.seal.plain import plain_board
from tests.engine.rounds.build import build
from tests.engine.rounds.examples import suppose
from tests.engine.rounds.made import Made, board_of, evaluated
from tests.engine.rounds.scope import Limits
from tests.engine.test_explain import small, wuqing
from tests.engine.test_wuqing_year import evaluated as year

ROOT = Path(__file__).parents[2]
LONG = "天津市武清区某某街道办事处（含开发区管理委员会、湿地自然保护区管理中心）PM2.5"
ENGLISH = "Bureau of Extraordinarily Long Names and Miscellaneous Affairs"


def pages(board: Board, lang: str) -> Iterator[Page]:
    """Every kind of picture of a board."""
    groups = [one for one in board.round.scheme.group_names() if board.members(one)]
    for before in (None, plain_board(board)):
        yield standings(board, groups, before, lang)
    for by in ("items", "indicators"):
        yield heatmap(board, groups, by, lang)
        yield heatmap(board, groups[-1:], by, lang)
    yield waterfall(board, next(iter(board.results)), lang)
    members = board.members(groups[0])
    n = len(members)
    found = [PlaceRange(one.unit, 1, place, n) for place, one in enumerate(members, 1)]
    yield ranges(board, groups[:1], "按权重浮动推算", [Ranged("甲", found)] * 3, lang)


def boxes(page: Page) -> list[tuple[float, float, float, float, str]]:
    """Left, right, upper and lower end of every text."""
    found = []
    for one in page.marks:
        if isinstance(one, Text) and one.text:
            wide = width(one.text, one.size, bold=one.bold)
            left = one.x - {"left": 0, "center": wide / 2, "right": wide}[one.side]
            high = one.size / 72
            found.append((one.y - high / 2, one.y + high / 2, left, left + wide, one.text))
    return sorted(found)


def faults(page: Page) -> list[str]:
    """Texts that run into one another or off the page, and bars that end before they begin."""
    texts, found = boxes(page), []
    for number, (top, bottom, left, right, text) in enumerate(texts):
        if left < 0 or right > page.width or top < 0 or bottom > page.height:
            found.append(f"off the page: {text}")
        for other in texts[number + 1 :]:
            if other[0] >= bottom - 0.01:
                break
            if other[2] < right - 0.01 and left < other[3] - 0.01:
                found.append(f"{text} | {other[4]}")
    return found + [str(one) for one in page.marks if isinstance(one, Box) and one.width < 0]


def crowd(units: int, indicators: int, name: str) -> Made:
    """A group of many units or indicators, each with a name that ends as given."""
    names = [f"i{number}" for number in range(indicators)]
    rows = [
        {"unit": f"u{number}", "name": f"{number}{name}", "series": "s"} for number in range(units)
    ]
    scheme = {
        "scheme": "crowd", "version": "1", "name": f"方案{name}", "made_up": "yes",
        "items": {"a": {"name": f"甲{name}"}, "b": {"name": f"乙{name}"}},
        "indicators": [
            {"id": one, "name": f"{one}{name}", "item": "ab"[number % 2],
             "measure": {"kind": "deduct", "floor": "-500"}}
            for number, one in enumerate(names)
        ],
        "sheets": {"t": dict.fromkeys(names, "10")},
        "series": [{"id": "s", "name": f"系列{name}", "sheet": "t"}],
        "grades": {"levels": [
            {"id": "e", "name": f"好{name[:6]}", "top": "30%"}, {"id": "f", "name": f"其他{name[:6]}"},
        ]},
    }  # fmt: skip
    events = [
        {"id": f"e{number}", "unit": f"u{number}", "indicator": "i0", "points": str(number * 5 + 1),
         "reason": "事"}
        for number in range(units)
    ]  # fmt: skip
    nil = [{"id": f"n{one}", "indicator": one} for one in names]
    return Made(scheme, rows, {"events": events, "nil_returns": nil})


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_text_of_the_example_quarter_runs_into_another(lang: str) -> None:
    for page in pages(wuqing(), lang):
        assert faults(page) == []


@pytest.mark.parametrize("name", [LONG, ENGLISH, "镇"])
@pytest.mark.parametrize(("units", "indicators"), [(1, 1), (5, 49), (70, 6)])
def test_no_text_of_a_crowd_runs_into_another(name: str, units: int, indicators: int) -> None:
    for page in pages(board_of(crowd(units, indicators, name)), "zh"):
        assert faults(page) == []


@settings(max_examples=25)
@given(
    st.randoms(use_true_random=False), st.sampled_from(["zh", "en"]), st.sampled_from(["", LONG])
)
def test_no_text_of_any_round_runs_into_another(random: Random, lang: str, name: str) -> None:
    made = build(random, Limits())
    for number, row in enumerate(made.units):
        row["name"] = f"{row['name']}{number}{name}"
    _, board, _ = evaluated(made)
    suppose(board)
    assert board is not None
    for page in pages(board, lang):
        assert faults(page) == []


def test_a_text_over_another_or_off_the_page_is_seen() -> None:
    one, other, far = Text(1, 1, "甲乙"), Text(1.2, 1.05, "丙"), Text(9.9, 3, "丁戊")
    assert faults(Page(10, 5, "", "", [one, other, far])) == ["甲乙 | 丙", "off the page: 丁戊"]


def test_long_names_are_shown_to_their_last_sign() -> None:
    board = board_of(crowd(5, 3, LONG))
    for page in pages(board, "zh"):
        shown = "".join(one.text for one in page.marks if isinstance(one, Text))
        assert LONG in shown


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_picture_names_round_scheme_and_group_and_says_what_is_made_up(lang: str) -> None:
    notice = {"zh": "均为虚构", "en": "made up"}[lang]
    for page in pages(wuqing(), lang):
        shown = " ".join(one.text for one in page.marks if isinstance(one, Text))
        for wanted in ("2019年高质量发展评价方案（示例）", "2019年第一季度", "系列", notice):
            assert wanted in shown
        assert notice in page.description
        assert {one for one in shown if ord(one) > 127} <= set(page.description) | set(shown)


def test_real_figures_carry_no_notice_unless_what_they_are_compared_with_is_made_up() -> None:
    board = small()
    (page,) = [standings(board, ["towns"], None, "zh")]
    assert "虚构" not in page.description
    made_up = {**plain_board(board), "made_up": True}
    assert "虚构" in standings(board, ["towns"], made_up, "zh").description


def test_bars_are_in_proportion_also_below_zero_and_above_full_marks() -> None:
    board = board_of(crowd(5, 1, "镇"))  # 9, 4, -1, -6, -11 of 10
    page = standings(board, ["s"], None, "zh")
    bars = [one for one in page.marks if isinstance(one, Box) and one.edge == "#4D4D4D"]
    totals = [9, 4, -1, -6, -11]
    assert [round(bar.width / bars[0].width * 9, 6) for bar in bars] == [abs(one) for one in totals]
    zero = bars[0].x
    assert [bar.x == zero for bar in bars] == [True, True, False, False, False]
    assert all(bar.x + bar.width == pytest.approx(zero) for bar in bars[2:])


def test_a_place_outside_its_likely_range_is_shown_inside_the_axis() -> None:
    found = [PlaceRange("a", 1, 1, 1), PlaceRange("b", 1, 3, 2), PlaceRange("c", 1, 2, 2)]
    page = ranges(small(), ["towns"], "", [Ranged("甲", found)], "zh")
    dots = [one.x for one in page.marks if isinstance(one, Dot)]
    bars = [one for one in page.marks if isinstance(one, Box) and one.edge == "#4D4D4D"]
    assert len(bars) == 2
    assert dots == pytest.approx([bars[0].x, *(bars[0].x + bars[0].width * n for n in (1, 2))])
    assert faults(page) == []


def test_the_steps_of_a_waterfall_meet() -> None:
    page = waterfall(wuqing(), "town-05", "zh")
    bars = [one for one in page.marks if isinstance(one, Box) and one.edge == "#4D4D4D"]
    first, *steps, last = bars
    at = first.x + first.width
    for bar in steps:
        ends = bar.x, bar.x + bar.width
        assert min(abs(end - at) for end in ends) == pytest.approx(0, abs=1e-9)
        at = next(end for end in ends if end != pytest.approx(at))
    assert last.x + last.width == pytest.approx(at)
    links = [one for one in page.marks if isinstance(one, Line) and one.x == one.to_x]
    assert len([one for one in links if one.weight == 0.8]) == len(bars) + 1  # two kept whole


def test_a_waterfall_says_what_adjustments_did_to_the_place() -> None:
    page = waterfall(wuqing(), "town-06", "zh")
    assert (
        "降低3个名次（依据：示例方案第二十三条） · 降低名次后，由第26名变为第29名\n"
        in page.description
    )


def test_a_waterfall_of_a_unit_without_a_place_says_so() -> None:
    page = waterfall(wuqing(), "performance-office", "zh")
    assert "不参加排名" in page.description


def test_full_marks_and_total_look_alike_and_like_no_step() -> None:
    fills = [
        one.fill
        for one in waterfall(wuqing(), "town-06", "zh").marks
        if isinstance(one, Box) and one.edge == "#4D4D4D"
    ]
    assert fills[0] == fills[-1]
    assert fills[0] not in fills[1:-1]


def test_units_that_adjustments_touched_are_marked_and_told_below_the_board() -> None:
    page = standings(wuqing(), ["towns"], None, "zh")
    texts = [one.text for one in page.marks if isinstance(one, Text)]
    assert [one for one in texts if one.endswith("*")] == ["一般*"]
    told = texts[-2]  # above the source
    assert told.startswith("*例06镇：")
    assert told.endswith("；降低名次后，由第26名变为第29名")
    assert told in page.description


def fills(page: Page, edge: str) -> dict[str, str]:
    """The fill behind or before each text that has one."""
    return {
        text.text: box.fill
        for box, text in pairwise(page.marks)
        if isinstance(box, Box) and isinstance(text, Text) and box.edge == edge
    }


@pytest.mark.parametrize(
    ("board", "group", "looks"),
    [
        (lambda: year("2019"), "towns", {"+4.00": "加分", "−4.00": "减分", "0.00": "0分"}),
        (wuqing, "parks", {"1.50": "加分", "0.00": "0分"}),
    ],
)
def test_points_that_are_no_share_of_full_marks_are_told_apart_by_their_sign(
    board: Callable[[], Board], group: str, looks: dict[str, str]
) -> None:
    page = heatmap(board(), [group], "indicators", "zh")
    cells, keys = fills(page, "#D0D0D0"), fills(page, "#7F7F7F")
    found = {text[:2]: fill for text, fill in keys.items() if "没有" in text}
    assert {text: cells[text] for text in looks} == {
        text: found[look] for text, look in looks.items()
    }
    coloured = [fill for fill in keys.values() if fill != "#FFFFFF"]
    assert len(set(coloured)) == len(coloured)
    grey = [text for text, fill in cells.items() if fill == found["0分"]]
    assert grey == ["0.00"]


def test_grades_are_told_apart_without_colours_too() -> None:
    looks = [look(wuqing(), one) for one in ("excellent", "good", "fair", None)]
    assert len(set(looks)) == 4
    lightness = [sum(int(fill[i : i + 2], 16) for i in (1, 3, 5)) for fill, _ in looks]
    assert all(abs(one - other) > 90 for one, other in pairwise(sorted(lightness)))
    assert looks[2][1] != ""


@cache
def drawn(form: str) -> bytes:
    return draw(waterfall(wuqing(), "town-06", "zh"), form).data


@pytest.mark.parametrize("form", [".svg", ".png"])
def test_the_same_picture_is_the_same_bytes_whatever_somebody_set(form: str) -> None:
    with mpl.rc_context(
        {"font.size": 30, "svg.hashsalt": "x", "figure.dpi": 50, "text.color": "red"}
    ):
        assert draw(waterfall(wuqing(), "town-06", "zh"), form).data == drawn(form)
        assert mpl.rcParams["font.size"] == 30


def test_another_process_draws_the_same_bytes(tmp_path: Path) -> None:
    out = tmp_path / "w.svg"
    command = [sys.executable, "-c", "from leitai.cli import main; main()", "plot"]
    round_ = "schemes/wuqing/2019/2019Q1"
    subprocess.run([*command, round_, "waterfall", "例06镇", "--out", out], check=True, cwd=ROOT)
    assert out.read_bytes() == drawn(".svg")


def test_an_svg_has_title_and_description_and_no_letters_date_or_link() -> None:
    root = ET.fromstring(drawn(".svg"))
    names = "{http://www.w3.org/2000/svg}"
    assert root.findtext(f"{names}title") == "例06镇：从满分到总分68.31分"
    described = root.findtext(f"{names}desc") or ""
    assert "PM2.5平均浓度 8.00 0.00 −8.00" in described
    assert "示例数据，均为虚构" in described
    assert root.get("role") == "img"
    assert list(root.iter(f"{names}text")) == []
    assert not re.search(rb"date|20\d\d-\d\d", drawn(".svg").lower())
    ids = {one.get("id") for one in root.iter()}
    link = "{http://www.w3.org/1999/xlink}href"
    assert {one.get(link, "").lstrip("#") for one in root.iter(f"{names}use")} <= ids


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_pictures_of_the_readme_show_the_figures_of_today(lang: str) -> None:
    for name, page in (
        ("waterfall", waterfall(wuqing(), "town-06", lang)),
        ("heatmap", heatmap(wuqing(), ["towns"], "items", lang)),
    ):
        root = ET.parse(ROOT / "docs" / "pictures" / f"{name}.{lang}.svg").getroot()
        assert root.findtext("{http://www.w3.org/2000/svg}desc") == page.description


def test_signs_of_markup_and_of_formulas_stay_as_they_are() -> None:
    board = board_of(crowd(3, 1, "<b>$x_1$</b>&amp;"))
    page = waterfall(board, "u0", "zh")
    root = ET.fromstring(draw(page, ".svg").data)
    title = root.findtext("{http://www.w3.org/2000/svg}title")
    assert title == "0<b>$x_1$</b>&amp;：从满分到总分9.00分"
    assert draw(page, ".png").data[:4] == b"\x89PNG"


def test_a_png_is_twice_as_wide_as_a_screen_and_never_larger_than_can_be_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert size(drawn(".png"))[0] == 2560
    monkeypatch.setattr(render, "_MOST_PIXELS", 600)
    tall = Page(3, 12, "高", "", [Text(1, 1, "高")])
    assert size(draw(tall, ".png").data) == (150, 600)


def size(png: bytes) -> tuple[int, int]:
    wide, high = struct.unpack(">II", png[16:24])
    return wide, high


def test_a_sign_no_font_has_stands_as_a_mark_and_is_told() -> None:
    page = Page(3, 1, "图", "", [Text(0.1, 0.5, "甲\U000f1234")])
    found = draw(page, ".svg")
    assert found.letters.lacking == "\U000f1234"
    instead = Page(3, 1, "图", "", [Text(0.1, 0.5, "甲〓")])
    assert found.data == draw(instead, ".svg").data
    assert draw(Page(3, 1, "图", "", [Text(0.1, 0.5, "甲⌘")]), ".png").letters.borrowed == "⌘"


def test_our_fonts_hold_all_the_project_writes_and_gb2312_and_rare_names() -> None:
    written = {"㛃𬭩𫗧", "〓↑↓→≈−×·（）“”—…①"}
    for folder in ("schemes", "cases", "src/leitai/explain/words"):
        for file in (ROOT / folder).rglob("*"):
            if file.suffix in (".yaml", ".csv", ".toml"):
                written.add(file.read_text(encoding="utf-8"))
    for row in range(0xA1, 0xF8):
        written.add(
            bytes(one for cell in range(0xA1, 0xFF) for one in (row, cell)).decode(
                "gb2312", "ignore"
            )
        )
    found = letters_for("".join(text.split()) for text in written)
    assert (found.borrowed, found.lacking) == ("", "")


def test_our_fonts_are_free_named_for_themselves_and_small() -> None:
    files = sorted(FOLDER.glob("*.otf"))
    assert [one.name for one in files] == ["LeitaiSansSC-Bold.otf", "LeitaiSansSC-Regular.otf"]
    licence = (FOLDER / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Copyright 2014-2021 Adobe" in licence
    for name in ("Source", "Noto"):
        assert name not in FAMILY
    assert all(one.stat().st_size < 4_000_000 for one in files)


def test_the_package_ships_its_fonts(tmp_path: Path) -> None:
    build_wheel = "import flit_core.buildapi as b, sys; b.build_wheel(sys.argv[1])"
    subprocess.run([sys.executable, "-c", build_wheel, tmp_path], check=True, cwd=ROOT)
    (wheel,) = tmp_path.iterdir()
    names = set(zipfile.ZipFile(wheel).namelist())
    folder = "leitai/documents/fonts/"
    wanted = {"LeitaiSansSC-Bold.otf", "LeitaiSansSC-Regular.otf", "OFL.txt", "README.md"}
    assert {one.removeprefix(folder) for one in names if one.startswith(folder)} == wanted


def test_commands_that_draw_nothing_do_not_load_what_draws() -> None:
    code = "import sys, leitai.cli.app; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT).returncode == 0


def test_a_heat_map_names_whom_adjustments_placed_elsewhere_than_their_total() -> None:
    told = "名次、等次已计负面评价等调整：例06镇"
    assert told in heatmap(wuqing(), ["towns"], "items", "zh").description
    assert "负面评价等调整" not in heatmap(wuqing(), ["parks"], "items", "zh").description
