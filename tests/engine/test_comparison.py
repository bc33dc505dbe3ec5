"""An office's own workbook beside the board: each planted mistake is found with its cause."""

from __future__ import annotations

import io
from fractions import Fraction
from typing import Any

import pytest
import xlsxwriter
from openpyxl import Workbook

from leitai.board import Board
from leitai.comparison.compare import compare
from leitai.comparison.in_words import shown, what, why
from leitai.comparison.own import Cause, Difference, Figure, Key
from leitai.comparison.read_own import read_own
from leitai.comparison.rounding import at
from leitai.comparison.trials import Trials
from leitai.comparison.ways import EACH, LATER, TOTAL, Way, Ways
from leitai.explain.problem_text import problem_text
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
        ("a1__faults", "5.55", "unexplained", {}),
        ("a4__merits", "1.11", "unexplained", {}),
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
        ({"a3__total": "75.5"}, "rounded-total", {"places": "1", "rule": "half_up"}),
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
        ({"b1__grade": "中"}, "in-series", {}),
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


def sheets(*rows: list[Any], title: str = "成绩", hidden: bool = False) -> bytes:
    made_book = Workbook()
    made_book.active.title = title
    for row in rows:
        made_book.active.append(row)
    if hidden:
        made_book.create_sheet("前")
        made_book.active.sheet_state = "hidden"
        made_book["前"].append(["单位", "总分"])
    memory = io.BytesIO()
    made_book.save(memory)
    return memory.getvalue()


def read(
    board: Board, *rows: list[Any], **more: Any
) -> tuple[dict[Key, str], list[tuple[str, str]]]:
    own = read_own("own.xlsx", sheets(*rows, **more), board)
    for one in own.problems:
        for lang in LANGUAGES:
            assert problem_text(one, lang)
    figures = {key: one.text for key, one in own.figures.items()}
    return figures, [
        (one.code, one.where) for one in own.problems if one.code != "compare.units-absent"
    ]


def test_places_and_grades_are_read_as_offices_write_them(board: Board) -> None:
    rows = [
        ["单位", "名次", "等次", "总分"],
        ["a1镇", "第2名", "好", "88.5分"],
        ["a2镇", "并列第1名", "good", "８８"],
        ["a3镇", 3, "", "—"],
    ]
    assert read(board, *rows) == (
        {
            Key("a1", "place"): "2", Key("a1", "grade"): "good", Key("a1", "total"): "88.5",
            Key("a2", "place"): "1", Key("a2", "grade"): "good", Key("a2", "total"): "88",
            Key("a3", "place"): "3", Key("a3", "grade"): "", Key("a3", "total"): "",
        },
        [],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([["单位", "总分"], ["a1真", 1], ["a2镇", 1]], ("compare.unit-unknown", "own.xlsx!成绩!A2")),
        ([["单位", "总分"], ["某某局", 1], ["a2镇", 1]], ("compare.unit-unknown", "own.xlsx!成绩!A2")),
        ([["单位", "总分"], ["a1镇", "很高"]], ("fact.not-a-number", "own.xlsx!成绩!B2")),
        ([["单位", "总分"], ["a1镇", "5%"]], ("value.not-a-number", "own.xlsx!成绩!B2")),
        ([["单位", "等次"], ["a1镇", "优"]], ("compare.grade-unknown", "own.xlsx!成绩!B2")),
        ([["单位", "总分"], ["a1镇", 1], ["a1镇", 2]], ("compare.figure-doubled", "own.xlsx!成绩!B3")),
        ([["单位", "完成两", "总分"], ["a1镇", 1, 2]], ("compare.column-unread", "own.xlsx!成绩!B1")),
        ([["单位", "人口", "总分"], ["a1镇", 1, 2]], ("compare.column-unread", "own.xlsx!成绩!B1")),
        ([["名称", "总分"], ["a1镇", 1]], ("compare.sheet-unread", "own.xlsx!成绩")),
        ([["单位", "备注"], ["a1镇", 1]], ("compare.no-figures", "own.xlsx")),
        ([["单位", "总分"], ["a1镇", "=1+1"]], ("fact.formula-uncalculated", "own.xlsx!成绩!B2")),
        ([["单位", "总分"], ["a1镇", "#N/A"]], ("fact.cell-error", "own.xlsx!成绩!B2")),
    ],
)  # fmt: skip
def test_wrong_things_in_an_own_workbook_are_told(
    board: Board, rows: list[list[Any]], problem: tuple[str, str]
) -> None:
    assert problem in read(board, *rows)[1]


def test_hidden_sheets_and_broken_workbooks_are_told(board: Board) -> None:
    assert ("fact.sheet-hidden", "own.xlsx!成绩") in read(
        board, ["单位", "总分"], ["a1镇", 1], hidden=True
    )[1]
    own = read_own("own.xlsx", b"broken", board)
    assert [one.code for one in own.problems] == ["fact.workbook-unreadable"]


def test_a_heading_that_may_mean_two_things_is_told() -> None:
    plain = scheme()
    plain["items"]["done2"] = {"name": "完成量"}
    board = board_of(Made(plain, made().units, made().facts))
    assert ("compare.heading-unclear", "own.xlsx!成绩!B1") in read(
        board, ["单位", "完成量", "总分"], ["a1镇", 1, 2]
    )[1]


def test_numbers_are_read_as_their_cells_show_them(board: Board) -> None:
    figures = {Key("a1", "total"): "79.5000000001", Key("a2", "total"): "83.974"}
    own = read_own("own.xlsx", book(board, figures, "0.00"), board)
    assert {key: one.text for key, one in own.figures.items()} == {
        Key("a1", "total"): "79.50",
        Key("a2", "total"): "83.97",
    }
    assert compare(board, own) == []
    assert ("compare.as-shown", {"n": "2"}) in [(one.code, one.args) for one in own.problems]
    own = read_own("own.xlsx", book(board, figures, "0"), board)
    assert [one.cause.code for one in compare(board, own)] == ["rounded-total"] * 2


def test_a_scaled_total_and_one_that_is_not() -> None:
    plain = scheme()
    plain["series"][0]["scale_to"] = "50"
    board = board_of(Made(plain, made().units, made().facts))
    (one,) = compared(board, a1__total="79.5")
    assert one.cause.code == "unscaled"


def test_ranking_by_totals_before_rounding_and_without_tie_breakers() -> None:
    plain = scheme()
    plain["points"] = {"total_places": "0"}
    board = board_of(Made(plain, made().units, made().facts))
    assert {board.results[one].place for one in ("c1", "c2")} == {1}
    plain["series"][0]["tie_breakers"] = [{"indicator": "speed"}]
    facts = made()
    changed = [
        row | ({"actual": "9.5"} if row["id"] == "sc2" else {}) for row in facts.rows("values")
    ]
    board = board_of(
        Made(
            scheme() | {"series": plain["series"]}, facts.units, {**facts.facts, "values": changed}
        )
    )
    assert board.results["c2"].place == 1


def test_trials_that_have_problems_themselves_are_made_one_by_one() -> None:
    """Lower is better and actual 0: without its cap one measure has Problems, the others not."""
    plain = scheme()
    plain["indicators"].append(
        {
            "id": "less",
            "name": "越少越好",
            "item": "work",
            "direction": "lower_is_better",
            "measure": {"kind": "completion"},
        }
    )
    plain["sheets"]["s"]["less"] = "5"
    facts = made()
    more = [
        {"id": f"l{u}", "unit": u, "indicator": "less", "actual": "0", "target": "3"} for u in UNITS
    ]
    board = board_of(
        Made(plain, facts.units, {**facts.facts, "values": [*facts.rows("values"), *more]})
    )
    (one,) = compared(board, a4__done="44")
    assert one.cause.code == "cap"


def test_a_grade_before_a_demotion_is_found() -> None:
    facts = made()
    rows = [
        row | ({"unit": "a2"} if row["id"] == "x3" else {}) for row in facts.rows("adjustments")
    ]
    board = board_of(facts.with_rows(adjustments=rows))
    (one,) = compared(board, a2__grade="好")
    assert one.cause.code == "demotion"


def test_trials_that_cannot_be_evaluated_explain_nothing() -> None:
    """The table of places has an entry for each unit of a group; the series has more units."""
    plain = scheme()
    plain["indicators"][1]["measure"] = {"kind": "place", "table": ["10", "9", "8", "7", "6"]}
    board = board_of(Made(plain, made().units, made().facts))
    assert [one.cause.code for one in compared(board, b1__speed="5.55", b1__total="1.11")] == [
        "unexplained"
    ] * 2
    assert [one.cause.code for one in compared(board, b1__grade="中")] == ["unexplained"]
    assert [one.cause.code for one in compared(board, a3__grade="差", b2__grade="差")] == [
        "unexplained"
    ] * 2
    assert Trials(board).by_grade_rule("count", "nonsense") is None


def test_a_column_shown_with_fewer_decimals_is_rounded(board: Board) -> None:
    own = read_own(
        "own.xlsx", book(board, {Key("a1", "indicator", "done"): "25.666667"}, "0"), board
    )
    (one,) = compare(board, own)
    assert one.cause == Cause("rounding", {"places": "0", "rule": "half_up"})


def test_blank_sheets_are_passed_over(board: Board) -> None:
    made_book = Workbook()
    made_book.create_sheet("成绩").append(["单位", "总分"])
    memory = io.BytesIO()
    made_book.save(memory)
    assert [one.code for one in read_own("own.xlsx", memory.getvalue(), board).problems] == [
        "compare.no-figures"
    ]


WAYS = {
    Way(EACH, 1, "down"): "修约不同：表中先把各项指标的得分按舍去尾数保留 1 位小数，再相加。",
    Way(EACH, 0, "half_up"): "修约不同：表中先把各项指标的得分按四舍五入保留 0 位小数，再相加。",
    Way(LATER, 3, "half_up"): "修约较晚：表中先把未修约的得分相加，最后才按四舍五入保留 3 位小数；"
    "榜上各项先修约再相加。",
    Way(TOTAL, 1, "half_up"): "修约不同：表中是把榜上的数再按四舍五入保留 1 位小数的结果。",
    Way(EACH, 3, "half_up"): "修约不同：表中先把各项指标的得分按四舍五入保留 3 位小数，再相加。",
}


def totals_by(board: Board, way: Way) -> dict[Key, str]:
    """Every unit's total, rounded that way by hand: lines with nine decimals are at hand."""
    fine, figures = Trials(board).fine, {}
    assert fine is not None
    for unit, result in fine.results.items():
        points = [
            Fraction(fine.points_of(unit, one), 10**9) for one in fine.round.scheme.indicators
        ]
        parts = [*points, Fraction(result.bonus, 10**9)]
        if way.code == TOTAL:
            parts = [Fraction(board.results[unit].total, 100)]
        if way.code == LATER:
            parts = [sum(parts, Fraction(0))]
        total = sum((at(part, way.places, way.rule) for part in parts), Fraction(0))
        figures[Key(unit, "total")] = f"{float(total):.{way.places}f}"
    return figures


@pytest.mark.parametrize("way", WAYS)
def test_totals_rounded_in_one_way_are_all_told_that_way(board: Board, way: Way) -> None:
    own = read_own("own.xlsx", book(board, totals_by(board, way)), board)
    found = compare(board, own)
    assert len(found) > 5
    assert {why(board, one, "zh") for one in found} == {WAYS[way]}


def test_a_few_totals_do_not_show_how_a_workbook_rounds(board: Board) -> None:
    """Below, on and above the number that shows it."""
    figures = totals_by(board, Way(EACH, 1, "down"))
    ways = [Ways(board, Trials(board).fine, _figures(figures, n)) for n in (4, 5, 6)]
    assert [one.usual("total") for one in ways] == [None, *[Way(EACH, 1, "down")] * 2]


def _figures(texts: dict[Key, str], n: int) -> dict[Key, Figure]:
    """The first of them as figures."""
    return {key: Figure(text, "", Fraction(text)) for key, text in list(texts.items())[:n]}


def test_a_workbook_that_mostly_agrees_goes_the_way_of_the_board(board: Board) -> None:
    texts = true_figures(board) | {Key("a3", "total"): "75.5"}
    totals = {key: text for key, text in texts.items() if key.kind == "total"}
    ways = Ways(board, Trials(board).fine, _figures(totals, len(UNITS)))
    assert ways.usual("total") is None


def test_without_a_board_of_nine_decimals_no_way_is_known(board: Board) -> None:
    ways = Ways(board, None, _figures(totals_by(board, Way(TOTAL, 1, "half_up")), 13))
    assert ways.usual("total") is None
    assert list(ways.causes(Key("a1", "total"), Figure("79.5", "", Fraction("79.5")), [1])) == []


def test_units_that_are_absent_are_named_up_to_ten_and_counted(board: Board) -> None:
    def absent(*units: str) -> list[str]:
        rows = [["单位", "总分"], *([f"{unit}镇", 1] for unit in units)]
        (one,) = [
            one for one in read_own("own.xlsx", sheets(*rows), board).problems
            if one.code == "compare.units-absent"
        ]  # fmt: skip
        return [problem_text(one, lang) for lang in LANGUAGES]

    assert absent("a1", "a2", "a3") == [
        "本期有 10 个单位不在表中：a4镇、a5镇、b1镇、b2镇、b3镇、b4镇、b5镇、c1镇、c2镇、c3镇。",
        "10 units of the round are not in the workbook: a4镇, a5镇, b1镇, b2镇, b3镇, b4镇, b5镇, c1镇, c2镇, c3镇.",
    ]
    assert absent("a1", "a2")[0].endswith("c1镇、c2镇，以及另外 1 个单位。")
    assert absent("a1", "a2")[1].endswith("c1镇, c2镇 and 1 more.")
