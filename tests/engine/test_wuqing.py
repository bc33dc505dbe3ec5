"""The Wuqing quarters: what the source states comes out; facts are what their maker writes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from leitai.board import Board
from leitai.cli.round_folder import load_round
from leitai.evaluate import evaluate
from leitai.explain.announce import item_announcement
from leitai.seal.plain import plain_board, plain_round
from leitai.seal.recount import first_difference, recount

WUQING = Path(__file__).parents[2] / "schemes" / "wuqing"
FIRST = "2019Q1"
QUARTERS = [f"{year}Q{number}" for year in (2018, 2019) for number in range(1, 5)]
NAMED = ("河北屯", "大王古庄", "高村", "杨村", "陈咀", "黄庄", "上马台", "大黄堡镇",
         "纪委监委", "督查室", "应急管理局", "生态环境局")  # fmt: skip


@cache
def evaluated(quarter: str) -> Board:
    round_, problems = load_round(WUQING / quarter[:4] / quarter)
    assert problems == []
    assert round_ is not None
    found, _ = evaluate(round_)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def board() -> Board:
    return evaluated(FIRST)


def unit(board: Board, name: str) -> str:
    return next(one.id for one in board.round.units.values() if one.name == name)


@pytest.mark.parametrize("quarter", QUARTERS)
def test_each_quarter_has_the_size_the_source_states(quarter: str) -> None:
    board = evaluated(quarter)
    scheme = board.round.scheme
    battles = [battle for one in scheme.campaigns for battle in one.battles]
    items = {scheme.indicators[name].item for name in scheme.sheets["towns"].full}
    assert board.round.id == quarter
    assert scheme.made_up
    assert len(board.round.units) == 106
    assert {one.name for one in board.round.units.values()} >= set(NAMED)
    assert len(scheme.areas) == 6
    assert (len(scheme.campaigns), len(battles)) == (7, 21)
    assert len(scheme.indicators) == 28
    assert len(items) == 10
    assert {sum(sheet.full.values()) for sheet in scheme.sheets.values()} == {10000}
    assert [g for g in scheme.group_names() if g.startswith("departments/")] == [
        "departments/economy", "departments/society", "departments/management", "departments/city",
    ]  # fmt: skip


@pytest.mark.parametrize("quarter", QUARTERS)
def test_the_independent_recount_agrees_on_each_quarter(quarter: str) -> None:
    board = evaluated(quarter)
    assert first_difference(recount(plain_round(board.round)), plain_board(board)) is None


@pytest.mark.parametrize("quarter", QUARTERS)
def test_none_of_the_twelve_named_units_is_demoted_last_or_fair(quarter: str) -> None:
    board = evaluated(quarter)
    for name in NAMED:
        result = board.results[unit(board, name)]
        assert result.fall == ""
        assert result.bottom is not None
        assert result.bottom > 1
        assert result.place is not None
        assert result.base_place is not None
        assert result.place <= result.base_place
        assert result.grade in ("excellent", "good")


@pytest.mark.parametrize("quarter", QUARTERS)
def test_nothing_is_deducted_from_awarded_to_or_entered_for_a_named_unit(quarter: str) -> None:
    board = evaluated(quarter)
    named = {unit(board, name) for name in NAMED}
    for table in ("events", "adjustments", "late", "exemptions", "previous"):
        assert named.isdisjoint(row["unit"] for row in board.round.rows(table)), table


@pytest.mark.parametrize("quarter", QUARTERS)
def test_every_trigger_and_demotion_of_a_quarter_is_followed_as_ordered(quarter: str) -> None:
    codes = {warning.code for warning in evaluated(quarter).warnings}
    assert codes <= {"survey.not-scored", "survey.cells-empty", "panel.ballot-void"}


@pytest.mark.parametrize("quarter", QUARTERS)
def test_bonus_of_earlier_quarters_is_what_their_boards_credited(quarter: str) -> None:
    earlier = [one for one in QUARTERS if one[:4] == quarter[:4] and one < quarter]
    told = {row["unit"]: row["value"] for row in evaluated(quarter).round.rows("previous")}
    credited = {
        row["unit"]: sum(evaluated(one).results[row["unit"]].bonus for one in earlier)
        for row in evaluated(quarter).round.rows("adjustments")
        if row["adjustment"] == "highlight"
    }
    assert {one: Fraction(told.get(one, "0")) * 100 for one in credited} == credited


def test_coordinated_development_comes_out_as_the_source_reads_it(board: Board) -> None:
    item = next(k for k, one in board.round.scheme.items.items() if one.name == "协同发展")
    assert item_announcement(board, "towns", item, "zh") == (
        "协同发展：第1名河北屯，大王古庄、高村并列第2名，……，"
        "杨村、陈咀并列倒数第3名，倒数第2名黄庄，倒数第1名上马台"
    )


def test_one_demotion_changes_who_is_last(board: Board) -> None:
    moved = [one for one in board.results.values() if one.fall]
    assert [(one.base_place, one.place, one.bottom) for one in moved] == [(26, 29, 1)]
    (base_last,) = [
        one for one in board.results.values() if one.group == "towns" and one.base_bottom == 1
    ]
    assert (base_last.place, base_last.bottom) == (28, 2)


def test_demotions_of_the_other_quarters() -> None:
    moved = {
        quarter: [
            (board.round.units[one.unit].name, one.base_place, one.place)
            for one in board.results.values()
            if one.fall
        ]
        for quarter, board in ((one, evaluated(one)) for one in QUARTERS)
        if quarter != FIRST
    }
    assert {quarter: found for quarter, found in moved.items() if found} == {
        "2018Q2": [("例12镇", 24, 26)],
        "2018Q4": [("例07园区", 5, 6)],
        "2019Q3": [("例05镇", 22, 25)],
    }


def test_the_readme_of_2018_names_the_last_unit_of_each_quarter() -> None:
    told = (WUQING / "2018" / "README.md").read_text(encoding="utf-8")
    for group in evaluated("2018Q1").round.scheme.group_names():
        boards = [evaluated(quarter) for quarter in QUARTERS[:4]]
        last = [
            board.round.units[one.unit].name
            for board in boards
            for one in board.members(group)
            if one.bottom == 1
        ]
        assert len(last) == 4
        assert group in ("supervision", "enterprises") or f"| {'、'.join(last)} |" in told


def test_negative_evaluation_of_poverty_relief_began_with_2019(board: Board) -> None:
    before = evaluated("2018Q4").round.scheme.adjustments
    assert not [one for one in before if one.startswith("poverty")]
    assert [one for one in board.round.scheme.adjustments if one.startswith("poverty")] == [
        "poverty-places",
        "poverty-grade",
    ]


def test_the_annual_cap_of_highlights_acts_in_the_last_quarter() -> None:
    for quarter, name, bonus in (("2018Q4", "例07镇", 50), ("2019Q4", "例03园区", 50)):
        board = evaluated(quarter)
        assert board.results[unit(board, name)].bonus == bonus


def test_dahuangpu_is_judged_on_its_own_sheet_and_ranks_in_its_group(board: Board) -> None:
    dahuangpu = unit(board, "大黄堡镇")
    sheet = board.round.scheme.sheet_of(dahuangpu, "towns")
    assert sheet.id != board.round.scheme.series["towns"].sheet
    assert board.results[dahuangpu].place is not None
    wetland = next(one for one in board.results[dahuangpu].items if "wetland" in one)
    assert board.results[dahuangpu].items[wetland].place is None


def figures(quarter: str, column: str) -> dict[tuple[str, str], str]:
    """{(unit by its name of 2019, indicator): a cell of its values}"""
    round_ = evaluated(quarter).round
    names = {one.id: one.name.replace("例18镇", "例02街道") for one in round_.units.values()}
    rows = round_.rows("values")
    return {(names[row["unit"]], row["indicator"]): row[column] for row in rows if row[column]}


@pytest.mark.parametrize("number", range(1, 5))
def test_the_turnover_of_a_quarter_is_next_years_earlier_figure(number: int) -> None:
    reported, earlier = figures(f"2018Q{number}", "actual"), figures(f"2019Q{number}", "previous")
    earlier.pop(("例07园区", "revenue-growth"), None)  # exempt in 2018: it was new then
    assert len(earlier) == 28 + 7 + 12
    assert {key: reported[key] for key in earlier} == earlier


@pytest.mark.parametrize("quarter", QUARTERS)
def test_targets_of_tasks_stay_the_same_from_quarter_to_quarter(quarter: str) -> None:
    first, targets = figures(FIRST, "target"), figures(quarter, "target")
    assert {
        key: target
        for key, target in targets.items()
        if key[1] != "pm25" and first.get(key, target) != target
    } == {}


def test_540_respondents_were_asked() -> None:
    assert "540" in (WUQING / "2019" / "README.md").read_text(encoding="utf-8")


def test_a_quarter_other_than_the_first_stays_small() -> None:
    for quarter in QUARTERS:
        size = sum(file.stat().st_size for file in (WUQING / quarter[:4] / quarter).iterdir())
        assert quarter == FIRST or size < 60 * 1024, quarter


def test_the_generator_writes_exactly_the_facts_in_the_folders(tmp_path: Path) -> None:
    copy = tmp_path / "wuqing"
    shutil.copytree(WUQING, copy, ignore=shutil.ignore_patterns("__pycache__"))
    made = sorted(copy.glob("*/*/*.csv"))
    for file in made:
        file.unlink()
    subprocess.run([sys.executable, str(copy / "generate.py")], check=True, cwd=tmp_path)
    assert sorted(copy.glob("*/*/*.csv")) == made
    for file in made:
        assert file.read_bytes() == (WUQING / file.relative_to(copy)).read_bytes(), file
