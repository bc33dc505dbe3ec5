"""The sentence of a point lost or earned: the figures a measure saw, with their unit of measure."""

from __future__ import annotations

import pytest

from leitai.board import Board
from leitai.casebook.run import Outcome
from leitai.explain.causes import cause
from leitai.scoring.lines import lines
from tests.engine.one_indicator import CASE, HIGHER, UNITS, outcome, tried, values


def made(of: Outcome) -> Board:
    assert of.board is not None, of.problems
    return of.board


def said(measure: str, figures: str) -> list[str]:
    """The last sentence on the points of each unit; a figure is actual or actual/target."""
    cells = []
    for figure in figures.split():
        actual, _, target = figure.partition("/")
        cells.append(f'actual: "{actual}"' + (f', target: "{target}"' if target else ""))
    board = made(tried(measure, values(cells)))
    return [cause(board, board.by_unit[unit][-1], "zh") for unit in UNITS]


BASELINE = "kind: baseline, base: '60%', per: '1', step: '1'"
FAR = "kind: versus_mean, base: '8', above: [{step: '1'}], below: [{step: '1'}]"


@pytest.mark.parametrize(
    ("measure", "figures", "sentences"),
    [
        ("kind: efficacy", "50 70 90", [
            "实际50吨，不允许值50吨，满意值90吨，得6.00分",
            "实际70吨，不允许值50吨，满意值90吨，得8.00分",
            "实际90吨，不允许值50吨，满意值90吨，得10.00分",
        ]),
        ("kind: efficacy", "5 5 5", ["实际5吨，满意值与不允许值相同（5吨），得10.00分"] * 3),
        ("kind: efficacy, unacceptable: '5', satisfactory: '5'", "5 5 6", [
            "实际5吨，满意值与不允许值相同（5吨），得10.00分",
            "实际5吨，满意值与不允许值相同（5吨），得10.00分",
            "实际6吨，满意值与不允许值相同（5吨），得10.00分",
        ]),
        (BASELINE, "80.5/80 79.5/80 80/80", [
            "实际80.5吨，优于目标80吨，相差0.5吨，每1吨加1分，按0.5个计（达标得满分的60%），得6.50分",
            "实际79.5吨，劣于目标80吨，相差0.5吨，每1吨减1分，按0.5个计（达标得满分的60%），得5.50分",
            "实际80吨，正好达到目标（达标得满分的60%），得6.00分",
        ]),
        (FAR, "80.5 79.5 80", [
            "实际80.5吨，优于同组平均80吨，相差≈0.63%（平均处得8分），得8.63分",
            "实际79.5吨，劣于同组平均80吨，相差≈0.63%（平均处得8分），得7.38分",
            "实际80吨，与同组平均持平（平均处得8分），得8.00分",
        ]),
        (f"{FAR}, difference: absolute", "80.5 79.5 80", [
            "实际80.5吨，优于同组平均80吨，相差0.5吨（平均处得8分），得8.50分",
            "实际79.5吨，劣于同组平均80吨，相差0.5吨（平均处得8分），得7.50分",
            "实际80吨，与同组平均持平（平均处得8分），得8.00分",
        ]),
    ],
)  # fmt: skip
def test_a_measure_says_what_it_saw(measure: str, figures: str, sentences: list[str]) -> None:
    assert said(measure, figures) == sentences


def test_full_marks_and_what_the_floor_gives_back_are_nobodys_events() -> None:
    late = "indicator: done, reason: 逾期"
    events = f"{{unit: a, points: '10.01', {late}}}, {{unit: b, points: '10', {late}}}"
    board = made(tried("kind: deduct", f"events: [{events}], nil_returns: [{{indicator: done}}]"))
    assert [(one.kind, one.units, one.source, one.reason) for one in board.by_unit["a"]] == [
        ("full", 1000, "", ""),
        ("event", -1001, "events:1", "逾期"),
        ("floor", 1, "", ""),
    ]
    assert [one.kind for one in board.by_unit["b"]] == ["full", "event"]


def test_the_lines_of_one_unit_hold_no_credit_of_another() -> None:
    two = CASE.replace('{done: "10"}', '{done: "10", more: "5"}').replace(
        "  sheets:",
        "    - {id: more, name: 另一项, item: work, measure: {kind: completion}}\n  sheets:",
    )
    half = "actual: '5', target: '10'"
    asked = [("b", "done"), ("c", "done"), ("a", "more"), ("b", "more"), ("c", "more")]
    rows = ", ".join(f"{{unit: {unit}, indicator: {name}, {half}}}" for unit, name in asked)
    waived = "{unit: a, indicator: done, reason: 新建, basis: 第一条}"
    text = two.replace("FACTS", f"values: [{rows}], exemptions: [{waived}]")
    text = text.replace("MEASURE", "kind: completion").replace("DIRECTION", HIGHER)
    board = made(outcome(text))
    kinds = [
        [line.kind for line in lines(board.points, board.round, board.taken, [at])] for at in (0, 1)
    ]
    assert kinds == [["full", "loss", "exempt"], ["full", "loss", "full", "loss"]]
