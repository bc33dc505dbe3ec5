"""The Wuqing years: six interviews in 2018, one head two years running, the hand-worked figures."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from leitai.board import Board
from leitai.cli.files import load_round
from leitai.evaluate import evaluate
from leitai.seal.plain import plain_board, plain_round
from leitai.seal.recount import first_difference, recount
from tests.engine.test_wuqing import NAMED, WUQING, unit

YEARS = ("2018", "2019")
BOUND = (
    "towns", "parks",
    "departments/economy", "departments/society", "departments/management", "departments/city",
)  # fmt: skip


@cache
def evaluated(year: str) -> Board:
    round_, problems = load_round(WUQING / year / "annual")
    assert problems == []
    assert round_ is not None
    found, _ = evaluate(round_)
    assert found is not None
    return found


def names(board: Board, units: list[str]) -> list[str]:
    return [board.round.units[one].name for one in units]


def last(board: Board) -> list[str]:
    """The last unit of each bound group; each is alone there."""
    found = []
    for group in BOUND:
        (one,) = [one.unit for one in board.members(group) if one.bottom == 1]
        found.append(one)
    return found


def consequences(board: Board) -> dict[str, tuple[str, int, str]]:
    assert board.outcomes is not None
    spoken = board.outcomes.consequences
    return {
        board.round.units[one].name: (spoken[one].then, spoken[one].run, spoken[one].head)
        for one in spoken
    }


def quarter_points(board: Board, name: str) -> int:
    mine = unit(board, name)
    return sum(line.units for line in board.ledger if (line.unit, line.kind) == (mine, "quarter"))


def test_2018_yields_six_interviews_one_in_each_bound_group() -> None:
    board = evaluated("2018")
    assert consequences(board) == {
        "例18镇": ("interview", 1, "例王甲"),
        "例05园区": ("interview", 1, "例尤乙"),
        "例经济07局": ("interview", 1, "例冯丙"),
        "例社会08局": ("interview", 1, "例周乙"),
        "例综合01局": ("interview", 1, "例严甲"),
        "例城建09局": ("interview", 1, "例郑丙"),
    }
    assert names(board, last(board)) == list(consequences(board))


def test_2019_reassigns_the_head_who_is_last_again_and_interviews_the_others() -> None:
    board = evaluated("2019")
    assert consequences(board) == {
        "例06镇": ("interview", 1, "例钱乙"),
        "例02园区": ("interview", 1, "例孙乙"),
        "例经济12局": ("interview", 1, "例秦甲"),
        "例社会08局": ("reassignment", 2, "例周乙"),
        "例综合01局": ("interview", 1, "例郑壬"),
        "例城建10局": ("interview", 1, "例卫丙"),
    }
    assert names(board, last(board)) == list(consequences(board))


def test_only_two_units_are_last_in_both_years() -> None:
    both = set(consequences(evaluated("2018"))) & set(consequences(evaluated("2019")))
    assert both == {"例社会08局", "例综合01局"}


def test_a_change_of_head_is_shown_also_of_the_renamed_unit() -> None:
    board = evaluated("2019")
    assert board.outcomes is not None
    relieved = board.outcomes.relieved
    assert {board.round.units[one].name: head for one, head in relieved.items()} == {
        "例02街道": "例王甲",
        "例经济07局": "例冯丙",
        "例综合01局": "例严甲",
        "例城建09局": "例郑丙",
    }


def test_had_the_old_head_stayed_he_would_be_held_to_his_streak() -> None:
    board = evaluated("2019")
    mine = unit(board, "例综合01局")
    stayed = [
        row.having(head="例严甲") if row["unit"] == mine else row
        for row in board.round.rows("heads")
    ]
    found, _ = evaluate(replace(board.round, facts={**board.round.facts, "heads": stayed}))
    assert found is not None
    assert consequences(found)["例综合01局"] == ("reassignment", 2, "例严甲")


def test_without_the_row_of_its_succession_the_renamed_unit_has_no_past() -> None:
    board = evaluated("2019")
    found, _ = evaluate(replace(board.round, facts={**board.round.facts, "successions": []}))
    assert found is not None
    assert found.outcomes is not None
    assert unit(found, "例02街道") not in found.outcomes.relieved


@pytest.mark.parametrize("year", YEARS)
def test_no_named_unit_is_last_fair_lowered_or_called_to_account(year: str) -> None:
    board = evaluated(year)
    named = {unit(board, name) for name in NAMED}
    for one in named:
        result = board.results[one]
        assert result.bottom is not None
        assert result.bottom > 1
        assert (result.fall, result.place) == ("", result.base_place)
        assert result.grade in ("excellent", "good")
    assert named.isdisjoint(unit(board, name) for name in consequences(board))
    for table in ("events", "adjustments", "late", "exemptions", "successions"):
        assert named.isdisjoint(row["unit"] for row in board.round.rows(table)), table


@pytest.mark.parametrize("year", YEARS)
def test_nobody_is_invented_as_head_of_a_named_unit(year: str) -> None:
    board = evaluated(year)
    heads = {board.round.units[row["unit"]].name: row for row in board.round.rows("heads")}
    for name in set(NAMED) & set(heads):
        assert (heads[name]["head"], heads[name]["since"]) == (f"{name}主要负责人", "")
    others = [row["head"] for name, row in heads.items() if name not in NAMED]
    assert all(head.startswith("例") for head in others)
    assert len(set(others)) == len(others)


@pytest.mark.parametrize("year", YEARS)
def test_the_independent_recount_agrees_on_each_year(year: str) -> None:
    board = evaluated(year)
    assert first_difference(recount(plain_round(board.round)), plain_board(board)) is None


@pytest.mark.parametrize(
    ("year", "codes"),
    [("2018", {"year.no-grade", "year.no-history"}), ("2019", {"year.no-grade"})],
)
def test_a_year_warns_only_of_the_office_without_grade_and_of_no_earlier_year(
    year: str, codes: set[str]
) -> None:
    assert {warning.code for warning in evaluated(year).warnings} == codes


@pytest.mark.parametrize("year", YEARS)
def test_every_unit_has_its_four_quarters_and_its_reward(year: str) -> None:
    board = evaluated(year)
    quarters = [f"{year}Q{number}" for number in range(1, 5)]
    linked = {(row["unit"], row["quarter"]) for row in board.round.rows("quarters")}
    assert linked == {(one, quarter) for one in board.round.units for quarter in quarters}
    assert board.outcomes is not None
    assert set(board.round.units) - set(board.outcomes.rewards) == {unit(board, "例绩效办")}


def test_quarters_decide_who_is_last_in_one_category() -> None:
    board = evaluated("2019")
    lower, higher = "例综合01局", "例综合05局"
    totals = {name: board.results[unit(board, name)].total for name in (lower, higher)}
    assert totals == {lower: 7941, higher: 8113}
    assert {name: quarter_points(board, name) for name in totals} == {lower: -300, higher: -100}
    assert totals[lower] + 300 > totals[higher] + 100


def test_the_years_worked_by_hand_in_the_readmes() -> None:
    worked = {
        "2018": ("例18镇", "70.21", "818937.73", {
            "annual-investment": 1787, "annual-revenue": 1283, "annual-livelihood": 713,
            "annual-party": 1400, "leaders-rating": 1424, "public-satisfaction": 614,
            "quarter-grades": -200,
        }),
        "2019": ("例综合01局", "79.41", "346719.04", {
            "annual-tasks": 3400, "annual-party": 1500, "leaders-rating": 1912,
            "public-satisfaction": 1429, "quarter-grades": -300,
        }),
    }  # fmt: skip
    for year, (name, total, amount, points) in worked.items():
        board = evaluated(year)
        mine = unit(board, name)
        assert {one: board.points_of(mine, one) for one in points} == points
        assert sum(points.values()) == board.results[mine].total
        assert board.outcomes is not None
        assert board.outcomes.rewards[mine].amount == amount
        told = (WUQING / year / "README.md").read_text(encoding="utf-8")
        assert f"＝ {total}" in told
        assert f"{amount}元" in told


def test_the_readmes_name_who_was_last() -> None:
    for year in YEARS:
        board = evaluated(year)
        told = (WUQING / year / "README.md").read_text(encoding="utf-8").splitlines()
        for group, name in zip(BOUND, names(board, last(board)), strict=True):
            label = board.round.scheme.group_names()[group].split(" · ")[-1]
            assert [line for line in told if line.startswith(f"| {label} |") and name in line]


def test_a_year_stays_small() -> None:
    for year in YEARS:
        files: list[Path] = list((WUQING / year / "annual").iterdir())
        assert sum(file.stat().st_size for file in files) < 60 * 1024
