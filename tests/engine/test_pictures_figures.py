"""What pictures show, before it is drawn: steps, axes, movements, shares, columns, lines."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.errors import UnsatisfiedAssumption

from leitai.board import Board
from leitai.documents.pictures import falls
from leitai.documents.pictures.axis import Axis, axis
from leitai.documents.pictures.falls import Fall, Step, fall
from leitai.documents.pictures.flow import Section, flow
from leitai.documents.pictures.letters import INSTEAD, balanced, broken, letters_for, width
from leitai.documents.pictures.likely_places import likely_places
from leitai.documents.pictures.movement import Movement, from_base, movement_text, since
from leitai.documents.pictures.ranges import PlaceRange
from leitai.documents.pictures.shares import LOWEST, OVER, Cell, cell, cells, class_of, columns
from leitai.seal.plain import plain_board
from tests.engine.rounds.build import build
from tests.engine.rounds.examples import for_any_round, suppose
from tests.engine.rounds.made import board_of, evaluated
from tests.engine.test_advise import small as made_in_advice
from tests.engine.test_explain import small, wuqing


@cache
def board() -> Board:
    return small()


def unit(name: str) -> str:
    return next(one.id for one in wuqing().round.units.values() if one.name == name)


@for_any_round
def test_steps_lead_from_full_marks_to_the_total_exactly(random: Random) -> None:
    made = build(random)
    _, found, _ = evaluated(made)
    suppose(found)
    assert found is not None
    scheme = found.round.scheme
    finer = 10 ** (scheme.scale.places - scheme.total_places)
    for name, result in found.results.items():
        way = fall(found, name)
        assert way.total == result.total * finer
        assert way.levels[-1] == way.total == sum(line.units for line in found.by_unit[name])
        assert way.full == sum(step.full for step in way.steps)
        points = {step.indicator: step.full + step.units for step in way.steps if step.indicator}
        assert points == {one: found.points_of(name, one) for one in made.marks(name)}


@pytest.mark.parametrize("kind", ["loss", "gain", "unearned", "credit", "bonus", "scale", "round"])
def test_a_step_left_out_is_seen(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rightly = falls.fall

    def wrongly(found: Board, name: str) -> Fall:
        way = rightly(found, name)
        return replace(way, steps=tuple(s for s in way.steps if s.kind != kind))

    monkeypatch.setitem(globals(), "fall", wrongly)
    with pytest.raises(AssertionError):
        on_many_seeds(test_steps_lead_from_full_marks_to_the_total_exactly)


def on_many_seeds(test: Any) -> None:
    for seed in range(400):
        with suppress(UnsatisfiedAssumption):
            test.hypothesis.inner_test(random=Random(seed))


def test_the_steps_of_a_small_unit() -> None:
    assert fall(board(), "a") == Fall(
        10000,
        (
            Step("kept", "work", "done", 2000, 0),
            Step("kept", "work", "best", 2000, 0),
            Step("loss", "order", "faults", 2000, -150),
            Step("unearned", "order", "merits", 1000, -1000),
            Step("loss", "order", "voice", 2000, -200),
            Step("loss", "order", "mood", 1000, -200),
            Step("bonus", "", "", 0, 100),
        ),
    )


def test_a_credit_and_a_gain_have_their_own_kinds() -> None:
    kinds = {
        (s.kind, s.units > 0) for name in wuqing().round.units for s in fall(wuqing(), name).steps
    }
    assert ("credit", False) in kinds
    assert ("gain", True) in kinds


@pytest.mark.parametrize(
    ("levels", "one", "found"),
    [
        ([10000, 6831], 100, Axis(6500, 10000, (6500, 7000, 7500, 8000, 8500, 9000, 9500, 10000))),
        ([10000, 4999], 100, Axis(0, 10000, (0, 2000, 4000, 6000, 8000, 10000))),
        ([10000, 5000], 100, Axis(4000, 10000, tuple(range(4000, 10001, 1000)))),
        ([10000], 100, Axis(9980, 10000, (9980, 10000))),
        ([10000, -500], 100, Axis(-2000, 10000, (-2000, 0, 2000, 4000, 6000, 8000, 10000))),
        ([0], 100, Axis(0, 20, (0, 20))),
        ([3, 2], 1, Axis(1, 3, (1, 2, 3))),
        ([-300, -400], 100, Axis(-420, -300, (-420, -400, -380, -360, -340, -320, -300))),
    ],
)  # fmt: skip
def test_axes(levels: list[int], one: int, found: Axis) -> None:
    assert axis(levels, one) == found


@given(
    st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=9), st.sampled_from([1, 100, 10**6])
)
def test_an_axis_shows_every_level_and_few_ticks(levels: list[int], one: int) -> None:
    found = axis(levels, one)
    assert all(0 <= found.share(level) <= 1 for level in levels)
    assert len(found.ticks) <= 12
    assert all(found.low <= tick <= found.high for tick in found.ticks)
    assert found.cut == (found.low > 0)


@pytest.mark.parametrize(
    ("moved", "rise", "text"),
    [
        (Movement(5, 3), 2, "↑2 (5)"),
        (Movement(26, 29), -3, "↓3 (26)"),
        (Movement(3, 3), 0, "="),
        (Movement(None, 3), 0, "—"),
        (Movement(3, None), 0, "—"),
    ],
)
def test_movements(moved: Movement, rise: int, text: str) -> None:
    assert (moved.rise, movement_text(moved)) == (rise, text)


def test_movements_of_a_board() -> None:
    result = wuqing().results[unit("例06镇")]
    assert from_base(result) == Movement(26, 29)
    before = plain_board(wuqing())
    assert since(before, result) == Movement(29, 29)
    assert since({"units": {}}, result) == Movement(None, 29)
    elsewhere = {**before["units"][result.unit], "group": "parks"}
    assert since({"units": {result.unit: elsewhere}}, result) == Movement(None, 29)


@pytest.mark.parametrize(
    ("percent", "level"),
    [("100.01", OVER), ("100", 1), ("99.99", 2), ("90", 2), ("89.99", 3), ("80", 3),
     ("79.99", 4), ("60", 4), ("59.99", LOWEST), ("0", LOWEST), ("-5", LOWEST)],
)  # fmt: skip
def test_classes_of_shares_below_on_and_above_their_bounds(percent: str, level: int) -> None:
    assert class_of(Fraction(percent) / 100) == level


def test_cells() -> None:
    assert cell(900, 1000) == Cell(900, 1000, 2)
    assert cell(-50, 0) == Cell(-50, 0, None)
    assert cell(0, 200, award=True) == Cell(0, 200, None)
    assert cell(199, 200, award=True) == Cell(199, 200, None)
    assert cell(200, 200, award=True) == Cell(200, 200, 1)
    assert cell(537, 600, credited=True) == Cell(537, 600, 3, credited=True)


def test_cells_of_a_unit_by_items_and_by_indicators() -> None:
    assert columns(board(), "towns", "items") == ["work", "order"]
    assert cells(board(), "a", ["work", "order"], "items") == [cell(4000, 4000), cell(4450, 6000)]
    names = columns(board(), "towns", "indicators")
    assert names == ["done", "best", "faults", "merits", "voice", "mood"]
    assert cells(board(), "a", names, "indicators") == [
        cell(2000, 2000), cell(2000, 2000), cell(1850, 2000), cell(0, 1000, award=True),
        cell(1800, 2000), cell(800, 1000),
    ]  # fmt: skip


def test_an_item_that_a_sheet_lacks_has_no_cell_and_a_credit_is_marked() -> None:
    found = cells(wuqing(), unit("大黄堡镇"), ["coordination", "wetland"], "items")
    assert [one is None for one in found] == [True, False]
    (water,) = cells(wuqing(), unit("例03街道"), ["surface-water"], "indicators")
    assert water == cell(537, 600, credited=True)


heights = st.lists(st.floats(0.2, 1), min_size=1, max_size=40)


@given(
    st.lists(st.builds(Section, st.just("甲"), st.floats(0.4, 2), heights), min_size=1, max_size=9),
    st.sampled_from([1, 2]),
)
def test_columns_hold_every_row_once_and_in_order(sections: list[Section], count: int) -> None:
    flowed = flow(sections, count)
    assert 1 <= len(flowed) <= count
    rows = [
        (piece.section, row)
        for column in flowed
        for piece in column
        for row in range(piece.start, piece.stop)
    ]
    assert rows == [(n, row) for n, one in enumerate(sections) for row in range(len(one.rows))]
    for column in flowed:
        y = 0.0
        for piece in column:
            assert piece.y == pytest.approx(y)
            y += sections[piece.section].head
            y += sum(sections[piece.section].rows[piece.start : piece.stop])


def test_sections_stay_whole_where_that_is_even_enough() -> None:
    even = [Section("甲", 1, [0.3] * 10), Section("甲", 1, [0.3] * 10)]
    assert [[(p.section, p.start, p.stop) for p in c] for c in flow(even, 2)] == [
        [(0, 0, 10)], [(1, 0, 10)],
    ]  # fmt: skip
    uneven = [Section("甲", 1, [0.3] * 100)]
    first, second = flow(uneven, 2)
    assert [(p.section, p.start) for p in (*first, *second)] == [(0, 0), (0, first[0].stop)]
    assert abs(first[0].stop - 50) < 5


texts = st.text(st.sampled_from("镇街道办事处，。（）”ab cPM2.5-$"), max_size=40)


@given(texts, st.sampled_from([0.5, 1, 3]))
def test_broken_lines_lose_nothing_and_keep_to_the_width(text: str, most: float) -> None:
    lines = broken(text, most, 11)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width(line, 11) <= most or len(line) <= 9 for line in lines)
    assert len(balanced(text, most, 11)) == len(lines)


def test_lines_break_between_characters_and_words() -> None:
    wide = 4.2 * 11 / 72
    assert broken("承接疏解项目到位", wide, 11) == ["承接疏解", "项目到位"]
    assert broken("承接疏解，项目", wide, 11) == ["承接疏", "解，项目"]
    assert broken("PM2.5平均浓度", wide, 11) == ["PM2.5平", "均浓度"]
    assert broken("two words", wide, 11) == ["two", "words"]
    assert broken("", wide, 11) == [""]
    assert "".join(broken("extraordinarily", wide, 11)) == "extraordinarily"
    assert balanced("高新技术企业数", 3.2 * 11 / 72, 11) == ["高新技", "术企业", "数"]
    assert balanced("税收收入", 3.2 * 11 / 72, 11) == ["税收", "收入"]


def test_a_chinese_character_is_one_em_wide_and_bold_figures_are_wider() -> None:
    assert width("擂台", 72) == pytest.approx(2.0)
    assert width("100", 11) < width("100", 11, bold=True)


def test_signs_our_fonts_lack_are_borrowed_or_told() -> None:
    own = letters_for(["武清区河北屯镇 100.00 ↑2（5） 㛃𬭩"])
    assert (own.borrowed, own.lacking) == ("", "")
    assert INSTEAD == "〓"
    found = letters_for(["甲⌘", "\U000f1234"])
    assert (found.borrowed, found.lacking) == ("⌘", "\U000f1234")
    assert len(found.families) == 2


def test_likely_places_hold_the_place_of_the_own_weights() -> None:
    every = list(wuqing().round.scheme.group_names())
    found = likely_places(wuqing(), every)
    assert [one.title for one in found] == list(wuqing().round.scheme.group_names().values())
    for one in found:
        assert all(about.low <= about.place <= about.high for about in one.ranges)
    assert found[0].ranges[1] == PlaceRange("subdistrict-04", 2, 2, 3)


def test_a_group_of_two_has_no_likely_places() -> None:
    made = made_in_advice()
    two = made.with_units(made.units[:2]).with_facts(
        {name: [r for r in rows if r.get("unit") != "c"] for name, rows in made.facts.items()}
    )
    assert likely_places(board_of(two), ["towns"]) == []
