"""The Wuqing quarter: what the source states comes out; its facts are what their maker writes."""

from __future__ import annotations

import runpy
import shutil
import sys
from pathlib import Path

import pytest

from leitai.board import Board
from leitai.cli.files import load_round
from leitai.evaluate import evaluate
from leitai.explain.announce import item_announcement

YEAR = Path(__file__).parents[2] / "schemes" / "wuqing" / "2019"
NAMED = ("河北屯", "大王古庄", "高村", "杨村", "陈咀", "黄庄", "上马台", "大黄堡镇",
         "纪委监委", "督查室", "应急管理局", "生态环境局")  # fmt: skip


@pytest.fixture(scope="module")
def board() -> Board:
    round_, problems = load_round(YEAR / "2019Q1")
    assert problems == []
    assert round_ is not None
    found, _ = evaluate(round_)
    assert found is not None
    return found


def unit(board: Board, name: str) -> str:
    return next(one.id for one in board.round.units.values() if one.name == name)


def test_it_has_the_size_the_source_states(board: Board) -> None:
    scheme = board.round.scheme
    battles = [battle for one in scheme.campaigns for battle in one.battles]
    items = {scheme.indicators[name].item for name in scheme.sheets["towns"].full}
    assert len(board.round.units) == 106
    assert len(scheme.areas) == 6
    assert (len(scheme.campaigns), len(battles)) == (7, 21)
    assert len(scheme.indicators) == 28
    assert len(items) == 10
    assert [g for g in scheme.group_names() if g.startswith("departments/")] == [
        "departments/economy", "departments/society", "departments/management", "departments/city",
    ]  # fmt: skip


def test_coordinated_development_comes_out_as_the_source_reads_it(board: Board) -> None:
    item = next(k for k, one in board.round.scheme.items.items() if one.name == "协同发展")
    assert item_announcement(board, "towns", item, "zh") == (
        "协同发展：第1名河北屯，大王古庄、高村并列第2名，……，"
        "杨村、陈咀并列倒数第3名，倒数第2名黄庄，倒数第1名上马台"
    )


def test_none_of_the_twelve_named_units_is_demoted_or_last(board: Board) -> None:
    for name in NAMED:
        result = board.results[unit(board, name)]
        assert result.fall == ""
        assert result.bottom != 1
        assert result.place == result.base_place
        assert result.grade != "fair"


def test_one_demotion_changes_who_is_last(board: Board) -> None:
    moved = [one for one in board.results.values() if one.fall]
    assert [(one.base_place, one.place, one.bottom) for one in moved] == [(26, 29, 1)]
    (base_last,) = [
        one for one in board.results.values() if one.group == "towns" and one.base_bottom == 1
    ]
    assert (base_last.place, base_last.bottom) == (28, 2)


def test_dahuangpu_is_judged_on_its_own_sheet_and_ranks_in_its_group(board: Board) -> None:
    dahuangpu = unit(board, "大黄堡镇")
    sheet = board.round.scheme.sheet_of(dahuangpu, "towns")
    assert sheet.id != board.round.scheme.series["towns"].sheet
    assert board.results[dahuangpu].place is not None
    wetland = next(one for one in board.results[dahuangpu].items if "wetland" in one)
    assert board.results[dahuangpu].items[wetland].place is None


def test_540_respondents_were_asked() -> None:
    assert "540" in (YEAR / "README.md").read_text(encoding="utf-8")


def test_the_generator_writes_exactly_the_facts_in_the_folder(tmp_path: Path) -> None:
    copy = tmp_path / "2019"
    shutil.copytree(YEAR, copy, ignore=shutil.ignore_patterns("__pycache__"))
    for file in (copy / "2019Q1").iterdir():
        if file.suffix == ".csv":
            file.unlink()
    argv, sys.argv = sys.argv, ["generate.py"]
    try:
        runpy.run_path(str(copy / "generate.py"), run_name="__main__")
    finally:
        sys.argv = argv
    for file in (YEAR / "2019Q1").iterdir():
        assert (copy / "2019Q1" / file.name).read_bytes() == file.read_bytes(), file.name
