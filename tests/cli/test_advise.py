"""`leitai advise`, as its user calls it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Leitai


def test_advice_is_printed_in_both_languages(leitai: Leitai, small: Path) -> None:
    chinese, english = (leitai("advise", small, "丙镇", "--lang", lang) for lang in ("zh", "en"))
    assert (chinese.code, english.code) == (0, 0)
    assert chinese.out.splitlines()[0] == "示例数据，均为虚构，不代表任何真实单位的情况"
    assert chinese.out.splitlines()[1].startswith("丙镇现列第3名，总分76.50，等次一般。")
    assert english.out.splitlines()[1].startswith("丙镇 now stands at place 3, total 76.50")
    assert "再上一个名次：" in chinese.out
    assert "One place up:" in english.out


def test_advice_as_data_says_what_each_improvement_comes_to(leitai: Leitai, small: Path) -> None:
    found = json.loads(leitai("advise", small, "bing", "--json").out)
    assert (found["unit"], found["made_up"]) == ("bing", True)
    best = found["place"]["improvements"][0]
    assert set(best) == {"kind", "name", "now", "after", "total", "place", "grade"}
    assert best["place"] < 3
    first = json.loads(leitai("advise", small, "乙镇", "--json").out)
    assert first["place"] is None


def test_advice_for_nobody_names_the_nearest(leitai: Leitai, small: Path) -> None:
    ended = leitai("advise", small, "丙镇镇")
    assert ended.code == 2
    assert "丙镇" in ended.err
