"""The sheets of a workbook that compare reads: what `evaluate` wrote agrees with its board."""

from __future__ import annotations

import io
from collections.abc import Mapping
from random import Random
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from leitai.board import Board
from leitai.comparison.compare import compare
from leitai.comparison.own import Key, Own
from leitai.comparison.read_own import read_own
from leitai.documents.board_tables import board_sheets
from leitai.documents.tables import workbook
from leitai.evaluate import evaluate
from leitai.explain.problem_text import problem_text
from leitai.explain.words import LANGUAGES
from tests.engine.rounds.build import build
from tests.engine.rounds.made import board_of
from tests.engine.rounds.wide import scheme_text, table, wide_round
from tests.engine.test_comparison import made as small


def own_of(board: Board, data: bytes) -> Own:
    own = read_own("own.xlsx", data, board)
    assert all(problem_text(one, lang) for one in own.problems for lang in LANGUAGES)
    return own


def told(own: Own) -> list[tuple[str, str]]:
    """What was said, but of absent units."""
    return [(one.code, one.where) for one in own.problems if one.code != "compare.units-absent"]


def book(sheets: Mapping[str, list[list[Any]]], hidden: Mapping[str, int] | None = None) -> bytes:
    """A workbook of sheets by their titles; `hidden` is a row of each sheet that is hidden."""
    made_book, memory = Workbook(), io.BytesIO()
    made_book.remove(made_book.active)
    for title, rows in sheets.items():
        sheet = made_book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    for title, row in (hidden or {}).items():
        made_book[title].row_dimensions[row].hidden = True
    made_book.save(memory)
    return memory.getvalue()


@pytest.fixture(scope="module")
def board() -> Board:
    return board_of(small())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_boards_own_workbook_agrees_with_it(board: Board, lang: str) -> None:
    own = own_of(board, workbook(board_sheets(board, lang)))
    assert (own.problems, compare(board, own)) == ([], [])
    kinds = {key.kind for key in own.figures}
    assert kinds == {"item", "total", "place", "grade", "bonus"}
    assert len(own.figures) == len(board.results) * 6


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_changed_figure_of_a_boards_own_workbook_is_found(board: Board, lang: str) -> None:
    changed = load_workbook(io.BytesIO(workbook(board_sheets(board, lang))))
    changed.worksheets[1]["E3"] = 1
    memory = io.BytesIO()
    changed.save(memory)
    own = own_of(board, memory.getvalue())
    (one,) = compare(board, own)
    assert (one.key.kind, one.own, one.where.rpartition("!")[2]) == ("item", "1.00", "E3")


@pytest.mark.parametrize("name", ["完成量", "加分", "等次", "差错"])
def test_an_item_may_be_called_as_an_indicator_or_a_heading(name: str) -> None:
    made = small()
    made.scheme["items"]["work"]["name"] = name
    board = board_of(made)
    for lang in LANGUAGES:
        own = own_of(board, workbook(board_sheets(board, lang)))
        assert (own.problems, compare(board, own)) == ([], []), lang


@pytest.mark.parametrize("seed", range(12))
def test_the_workbook_of_any_round_agrees_with_its_board(seed: int) -> None:
    board = board_of(build(Random(seed)))
    for lang in LANGUAGES:
        own = own_of(board, workbook(board_sheets(board, lang)))
        assert (own.problems, compare(board, own)) == ([], []), lang


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_workbook_of_a_wide_round_agrees_with_its_board(lang: str) -> None:
    board, _ = evaluate(wide_round(table(30, 3), scheme_text(3)))
    assert board is not None
    own = own_of(board, workbook(board_sheets(board, lang)))
    assert (own.problems, compare(board, own)) == ([], [])


LONG = [["单位", "考核项目", "得分"], ["a1镇", "工作", 30], ["a1镇", "秩序", 49]]
WIDE = [["单位", "总分"], ["a1镇", 1]]


@pytest.mark.parametrize("heading", ["考核项目", "项目", "指标", "指标名称", "Item", "Indicator"])
def test_a_sheet_with_a_row_for_each_item_or_indicator_is_told(board: Board, heading: str) -> None:
    rows = [["单位", heading, "得分"], *LONG[1:]]
    own = own_of(board, book({"成绩": WIDE, "各项": rows}))
    assert told(own) == [("compare.sheet-of-parts", "own.xlsx!各项")]
    assert {key: one.text for key, one in own.figures.items()} == {Key("a1", "total"): "1"}


def test_an_indicator_may_be_called_indicator() -> None:
    made = small()
    made.scheme["indicators"][0]["name"] = "指标"
    board = board_of(made)
    own = own_of(board, book({"成绩": [["单位", "指标"], ["a1镇", 1]]}))
    assert (told(own), list(own.figures)) == ([], [Key("a1", "indicator", "done")])


def test_only_what_evaluate_writes_is_passed_over_in_silence(board: Board) -> None:
    """By the title and by all headings; whatever has totals is read."""
    assert told(own_of(board, book({"成绩": WIDE, "得分明细": LONG}))) == []
    other = [[*LONG[0], "人口"], *LONG[1:]]
    assert told(own_of(board, book({"成绩": WIDE, "得分明细": other}))) == [
        ("compare.sheet-of-parts", "own.xlsx!得分明细")
    ]
    assert list(own_of(board, book({"调整": WIDE})).figures) == [Key("a1", "total")]


def test_hidden_rows_are_read_and_told(board: Board) -> None:
    own = own_of(board, book({"成绩": WIDE}, {"成绩": 2}))
    assert (told(own), len(own.figures)) == ([("fact.cells-hidden", "own.xlsx!成绩")], 1)
