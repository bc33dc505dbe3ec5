"""Signs nobody sees, and signs that show a text otherwise than it is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitai.signs import alike, clean_lines, clean_text, is_misleading, quoted


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("  甲镇\u3000", "甲镇"),
        ("\ufeff甲镇", "甲镇"),
        ("甲\u200b镇", "甲镇"),
        ("甲\u00ad镇\u2060", "甲镇"),
        ("甲\x1b[2K镇\x07", "甲[2K镇"),
        ("甲\u2028镇", "甲镇"),
        ("第一行\r\n第二行\t三", "第一行 第二行 三"),
        ("e\u0301", "\u00e9"),
        ("甲 镇", "甲 镇"),
        ("甲\u034f镇\u180b\u17b4\u2065\ufff0", "甲镇"),
        ("\u2800\u3164", ""),
    ],
)
def test_what_nobody_sees_is_cut(typed: str, clean: str) -> None:
    assert clean_text(typed) == clean


def test_lines_stay_where_a_text_may_have_several() -> None:
    assert clean_lines(" 一\r\n二\u200b\n") == "一\n二"


@pytest.mark.parametrize("turning", ["\u061c", "\u200f", "\u202b", "\u202e", "\u2067"])
def test_marks_that_turn_the_direction_are_told_wherever_they_stand(turning: str) -> None:
    for text in (f"{turning}12", f"1{turning}2", f"12{turning}"):
        assert is_misleading(text)
        assert turning not in quoted(text)
    assert not is_misleading("12\u200e\u200b")


@pytest.mark.parametrize(
    "typed", ["甲镇 a", "甲 镇Ａ", "甲\u200b镇A", "甲镇\u3164a", "甲\ufe0f镇 a"]
)
def test_names_that_look_alike_are_alike(typed: str) -> None:
    assert alike(typed) == "甲镇a"


@given(st.text(max_size=20))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)
    assert alike(alike(text)) == alike(text)
    assert "\n" not in clean_text(text)
