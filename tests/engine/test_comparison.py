"""An office's own workbook beside the board: each planted mistake is found with its cause."""

from __future__ import annotations

import io
from typing import Any

import pytest
import xlsxwriter

from leitai.board import Board
from leitai.comparison.compare import compare
from leitai.comparison.in_words import shown, what, why
from leitai.comparison.own import Difference, Key
from leitai.comparison.read_own import read_own
from leitai.explain.words import LANGUAGES
from leitai.points import decimal_text
from tests.engine.rounds.made import Made, board_of

HEADS = {"total": "总分", "place": "名次", "grade": "等次", "bonus": "加分"}
Cells = dict[str, str]


def scheme() -> dict[str, Any]:
    return {
        "scheme": "small", "version": "1", "name": "例",
        "items": {"work": {"name": "工作"}, "order": {"name": "秩序"}},
        "indicators": [
            {"id": "done", "name": "完成量", "item": "work", "measure": {"kind": "completion", "floor": "40%", "cap": "100%"}},
            {"id": "speed", "name": "速度", "item": "work", "measure": {"kind": "place", "step": "1"}},
            {"id": "faults", "name": "差错", "item": "order", "measure": {"kind": "deduct", "floor": "2"}},
            {"id": "merits", "name": "亮点", "item": "order", "measure": {"kind": "award", "cap": "50%"}},
            {"id": "rating", "name": "评议得分", "item": "order", "measure": {"kind": "panel", "groups": {"all": "100%"}, "highest": "100"}},
        ],
        "sheets": {"s": {"done": "33", "speed": "10", "faults": "10", "merits": "4", "rating": "43"}},
        "series": [{"id": "towns", "name": "镇街", "sheet": "s", "groups": {"a": "甲类", "b": "乙类", "c": "丙类"}}],
        "grades": {"levels": [{"id": "good", "name": "好", "top": "30%"}, {"id": "fair", "name": "中"}, {"id": "poor", "name": "差", "bottom": "10%"}]},
        "adjustments": {
            "plus": {"name": "工作加分", "kind": "bonus", "cap": "2"},
            "down": {"name": "降名次", "kind": "demote", "amount": "2"},
            "lower": {"name": "降等次", "kind": "lower", "amount": "1"},
            "out": {"name": "不排名", "kind": "unranked"},
        },
    }  # fmt: skip


UNITS = ("a1", "a2", "a3", "a4", "a5", "b1", "b2", "b3", "b4", "b5", "c1", "c2", "c3")


def by_unit(figures: str) -> Cells:
    return dict(zip(UNITS, figures.split(), strict=True))


SPEED = by_unit("20 19 18 17 16 15 14 13 12 1 9 9 8")


def made() -> Made:
    values = []
    done = by_unit("7 8 6 12 1 5 6 7 8 9 9 9 5")
    for unit in UNITS:
        row = {
            "id": f"v{unit}",
            "unit": unit,
            "indicator": "done",
            "actual": done[unit],
            "target": "9",
        }
        values.append(row | ({"coefficient": "1.1"} if unit == "a2" else {}))
        if unit != "a3":
            values.append(
                {"id": f"s{unit}", "unit": unit, "indicator": "speed", "actual": SPEED[unit]}
            )
    events = [
        {"id": "e1", "unit": "a1", "indicator": "faults", "points": "1.5", "reason": "错报"},
        {"id": "e2", "unit": "a1", "indicator": "faults", "points": "0.5", "reason": "漏报"},
        {"id": "e3", "unit": "a2", "indicator": "faults", "points": "9", "reason": "大错"},
        {"id": "e4", "unit": "a4", "indicator": "merits", "points": "1.5", "reason": "获奖", "matter": "甲"},
        {"id": "e5", "unit": "a4", "indicator": "merits", "points": "0.4", "reason": "再奖", "matter": "甲"},
        {"id": "e6", "unit": "a5", "indicator": "merits", "points": "3", "reason": "大奖"},
    ]  # fmt: skip
    means = by_unit("250/3 90 85.55 70 66 60 60 61 90 100 80 80 60")
    tallies = [
        {"id": f"t{u}", "unit": u, "indicator": "rating", "group": "all", "n": "5", "mean": m}
        for u, m in means.items()
    ]
    adjustments = [
        {"id": "x1", "unit": "a2", "adjustment": "plus", "amount": "1.5", "reason": "试点", "approved": "办公室"},
        {"id": "x2", "unit": "a2", "adjustment": "plus", "amount": "1", "reason": "推广", "approved": "办公室"},
        {"id": "x3", "unit": "a4", "adjustment": "down", "reason": "迟缓", "approved": "办公室"},
        {"id": "x4", "unit": "b4", "adjustment": "lower", "reason": "通报", "approved": "办公室"},
        {"id": "x7", "unit": "b5", "adjustment": "out", "reason": "主办", "approved": "办公室"},
        {"id": "x5", "unit": "b2", "adjustment": "plus", "amount": "1", "reason": "同事", "matter": "乙", "approved": "办公室"},
        {"id": "x6", "unit": "b2", "adjustment": "plus", "amount": "0.4", "reason": "同事又", "matter": "乙", "approved": "办公室"},
    ]  # fmt: skip
    return Made(
        scheme(),
        [{"unit": u, "name": f"{u}镇", "series": "towns", "group": u[0]} for u in UNITS],
        {
            "values": values,
            "events": events,
            "nil_returns": [{"id": "n1", "indicator": "faults"}],
            "exemptions": [
                {"id": "q1", "unit": "a3", "indicator": "speed", "reason": "无", "basis": "九条"}
            ],
            "tallies": tallies,
            "adjustments": adjustments,
        },
    )


@pytest.fixture(scope="module")
def board() -> Board:
    return board_of(made())


def true_figures(board: Board) -> dict[Key, str]:
    """Everything as the board has it."""
    scheme = board.round.scheme
    figures: dict[Key, str] = {}
    for unit, result in board.results.items():
        for one in scheme.indicators:
            figures[Key(unit, "indicator", one)] = scheme.scale.show(
                board.points_of(unit, one) or 0
            )
        figures[Key(unit, "bonus")] = scheme.scale.show(result.bonus)
        figures[Key(unit, "total")] = decimal_text(result.total, 2)
        figures[Key(unit, "place")] = str(result.place or "")
        figures[Key(unit, "grade")] = next(
            (g.name for g in scheme.grades.levels if g.id == result.grade), ""
        )
    return figures


def book(board: Board, figures: dict[Key, str], number_format: str = "") -> bytes:
    """An own workbook: titles above the headings, a row of totals below."""
    memory = io.BytesIO()
    columns = list(dict.fromkeys((key.kind, key.id) for key in figures))
    names = {one.id: one.name for one in board.round.scheme.indicators.values()}
    items = {key: one.name for key, one in board.round.scheme.items.items()}
    with xlsxwriter.Workbook(memory) as made_book:
        sheet = made_book.add_worksheet("成绩")
        look = made_book.add_format({"num_format": number_format or "General"})
        sheet.write(0, 0, "一季度成绩")
        sheet.write_row(1, 0, ["序号", "单位", "备注"])
        for column, (kind, one) in enumerate(columns, start=3):
            sheet.write(1, column, {**names, **items}.get(one) or HEADS[kind])
        units = list(dict.fromkeys(key.unit for key in figures))
        for row, unit in enumerate(units, start=2):
            sheet.write(row, 1, board.round.units[unit].name)
            for column, (kind, one) in enumerate(columns, start=3):
                text = figures.get(Key(unit, kind, one), "")
                if kind == "grade" or not text:
                    sheet.write(row, column, text)
                else:
                    sheet.write_number(row, column, float(text), look)
        sheet.write(len(units) + 2, 1, "合计")
    return memory.getvalue()


def compared(board: Board, **changes: str) -> list[Difference]:
    """Differences after changes such as a1__done="9.9"."""
    figures = true_figures(board) | {keyed(name): text for name, text in changes.items()}
    own = read_own("own.xlsx", book(board, figures), board)
    assert [one for one in own.problems if not one.warning] == []
    return compare(board, own)


def keyed(name: str) -> Key:
    unit, _, one = name.partition("__")
    if one in HEADS:
        return Key(unit, one)
    return Key(unit, "item" if one in ("work", "order") else "indicator", one)


def test_the_same_figures_have_no_difference(board: Board) -> None:
    assert compared(board) == []


@pytest.mark.parametrize(
    ("change", "own", "code", "args"),
    [
        ("a1__done", "25.66", "rounding", {"places": "2", "rule": "down"}),
        ("a1__done", "25.7", "rounding", {"places": "1", "rule": "half_up"}),
        ("a1__done", "25.6667", "rounding", {"places": "4", "rule": "half_up"}),
        ("a1__rating", "35.832", "rounded-earlier", {"places": "2"}),
        ("a4__done", "44", "cap", {}),
        ("a5__done", "3.67", "floor", {}),
        ("a2__done", "29.33", "coefficient", {}),
        ("a3__speed", "10", "exempt-full", {}),
        ("a3__speed", "0", "exempt-zero", {}),
        ("a3__speed", "", "exempt-zero", {}),
        ("a1__done", "0", "counted-zero", {}),
        ("a1__done", "", "blank", {}),
        ("a1__faults", "9.5", "event-left-out", {"fact": "e1", "reason": "错报", "points": "1.50"}),
        ("a1__faults", "7.5", "event-twice", {"fact": "e2", "reason": "漏报", "points": "0.50"}),
        ("a1__faults", "10", "events-none", {}),
        ("a2__faults", "1", "floor", {}),
        ("a4__merits", "1.9", "same-matter", {"fact": "e5", "reason": "再奖", "points": "0.40"}),
        ("a5__merits", "3", "cap", {}),
        ("b1__speed", "6", "other-units", {}),
        ("a1__speed", "3.33", "unexplained", {}),
        ("a2__bonus", "2.5", "bonus-cap", {}),
        ("a2__bonus", "1", "event-left-out", {}),
        ("b2__bonus", "1.4", "same-matter", {"fact": "x6", "reason": "同事又", "points": "0.40"}),
        ("b2__bonus", "2", "event-twice", {"fact": "x5", "reason": "同事", "points": "1.00"}),
        ("b2__bonus", "0", "event-left-out", {"fact": "x5", "reason": "同事", "points": "1.00"}),
        ("b2__bonus", "7", "unexplained", {}),
    ],
)  # fmt: skip
def test_a_planted_mistake_in_points_is_found(
    board: Board, change: str, own: str, code: str, args: Cells
) -> None:
    (one,) = [one for one in compared(board, **{change: own}) if one.key == keyed(change)]
    assert one.cause.code == code, one
    assert args.items() <= one.cause.args.items()
    for lang in LANGUAGES:
        assert what(board, one.key, lang)
        assert shown(board, one, one.own, lang)
        assert why(board, one, lang)


@pytest.mark.parametrize(
    ("changes", "code", "args"),
    [
        ({"a1__total": "81", "a1__faults": "9.5"}, "follows", {"of": "indicator:faults"}),
        ({"a1__total": "81", "a1__order": "45.33"}, "follows", {"of": "item:order"}),
        ({"a1__order": "45.33", "a1__faults": "9.5"}, "follows", {"of": "indicator:faults"}),
        ({"a1__total": "80", "a1__bonus": "0.5"}, "follows", {"of": "bonus:"}),
        ({"a3__total": "75.45"}, "rounded-later", {}),
        ({"a3__total": "75.5"}, "rounding", {"places": "1", "rule": "half_up"}),
        ({"a2__total": "81.97"}, "without-bonus", {}),
        ({"a2__total": "84.47"}, "bonus-cap", {}),
        ({"a4__total": "93.6"}, "cap", {}),
        ({"a5__total": "51.05"}, "floor", {}),
        ({"a2__total": "81.03"}, "coefficient", {}),
        ({"a1__total": "81.00"}, "event-left-out", {"fact": "e1"}),
        ({"a1__total": "79.00"}, "event-twice", {"fact": "e2"}),
        ({"b1__total": "60.13"}, "other-units", {}),
        ({"a1__order": "45.33"}, "event-left-out", {"fact": "e1"}),
        ({"a1__work": "0"}, "counted-zero", {}),
        ({"a1__total": "12.34"}, "unexplained", {}),
        ({"a4__place": "2"}, "demotion", {}),
        ({"a1__place": "3"}, "demotion", {}),
        ({"c2__place": "2"}, "tie-consecutive", {}),
        ({"c3__place": "2"}, "tie-dense", {}),
        ({"b3__place": "8"}, "in-series", {}),
        ({"b4__place": "2"}, "unranked-counted", {}),
        ({"a3__total": "90", "a3__place": "1"}, "follows-totals", {}),
        ({"a3__place": "77"}, "unexplained", {}),
        ({"b5__place": "1"}, "not-on-board", {}),
        ({"b4__grade": "好"}, "verdict", {}),
        ({"a1__place": "1", "a1__grade": "好"}, "follows-place", {}),
        ({"a1__grade": "好"}, "quota-count", {"rule": "half_up"}),
        ({"c1__grade": "好"}, "quota-tie", {"rule": "include"}),
        ({"a3__grade": "差"}, "unexplained", {}),
        ({"a1__grade": ""}, "blank", {}),
    ],
)  # fmt: skip
def test_a_planted_mistake_in_sums_places_and_grades_is_found(
    board: Board, changes: Cells, code: str, args: Cells
) -> None:
    last = keyed(next(iter(changes)) if code == "follows" else list(changes)[-1])
    (one,) = [one for one in compared(board, **changes) if one.key == last]
    assert one.cause.code == code, one
    assert args.items() <= one.cause.args.items()
    for lang in LANGUAGES:
        assert why(board, one, lang)
