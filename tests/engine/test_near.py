"""The nearest name: what is like a word is found, what is another thing is not."""

from __future__ import annotations

import pytest

from leitai.near import near, near_name

UNITS = ("高村", "杨村", "陈咀", "黄庄", "上马台", "河北屯", "大黄堡镇", "区06局", "gc")


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("高存", "高村"),  # by its sound
        ("扬村", "杨村"),  # by its sound, although another name ends in the same letter
        ("搞村", "高村"),
        ("陈嘴", "陈咀"),  # by the first letter alone
        ("黄庒", "黄庄"),  # a rare character has no place in the order of sounds
        ("上马合", "上马台"),
        ("某局", ""),
        ("庄黄", ""),
        ("马村", ""),  # two names end in that letter, neither sounds so
        ("一村", ""),
        ("区08局", ""),
        ("gb", ""),
        ("高", "高村"),
    ],
)
def test_names_of_two_letters_may_have_one_wrong(word: str, found: str) -> None:
    assert near_name(word, UNITS) == found


def test_a_first_letter_of_two_names_tells_nothing() -> None:
    assert near_name("黄林", ["黄庄", "黄村", "黄厂"]) == ""
    assert near_name("黄林", ["黄庄", "黄庄", "杨村"]) == "黄庄"


def test_headings_are_never_found_by_one_letter() -> None:
    """A heading that looks like another is refused, and 目标 is not 指标."""
    assert near("目标", ["指标", "分值", "依据"]) == ""
