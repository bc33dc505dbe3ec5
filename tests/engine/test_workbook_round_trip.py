"""The indicator workbook carries a whole scheme without loss, through its bytes and back."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitai.bind import bind
from leitai.casebook.read import read_case
from leitai.documents.scheme_book import scheme_book
from leitai.facts.xlsx_file import SheetCell, SheetOfCells
from leitai.measures import MEASURES
from leitai.problems import blocking
from leitai.scheme.model import Scheme
from leitai.scheme.read import read_scheme, scheme_from
from leitai.scheme.write import scheme_text
from leitai.signs import alike, clean_lines, clean_text, is_misleading
from leitai.workbook import laid as laid_out
from leitai.workbook import lay_out as laying
from leitai.workbook import notation
from leitai.workbook.laid import Laid
from leitai.workbook.lay_out import lay_out
from leitai.workbook.notation import measure_text
from leitai.workbook.notation_read import read_measure
from leitai.workbook.read import read_opened, read_workbook
from tests.engine.rounds.build import put_together
from tests.engine.rounds.draws import Draws
from tests.engine.rounds.examples import ROUNDS
from tests.engine.rounds.made import node_of
from tests.engine.rounds.scope import Limits
from tests.engine.rounds.skeleton import draw_skeleton

ROOT = Path(__file__).parents[2]
CASES = sorted((ROOT / "cases").glob("*/*.yaml"))
WUQING = ROOT / "schemes" / "wuqing" / "2019" / "scheme.yaml"
OPTIONAL = [
    "areas",
    "campaigns",
    "battles",
    "own_sheets",
    "groups",
    "tie_breakers",
    "rated_by",
    "adjustments",
    "outside",
    "points",
    "grades",
    "levels",
]
NAMES = {"economy-01": "经济一局", "economy-02": "经济一局", "ecology-bureau": "生态环境局",
         "dahuangpu": "大黄堡镇", "society-01": "economy-03", "city-01": "甲 、（乙）局"}  # fmt: skip
STRANGE = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


def book_of(scheme: Scheme) -> bytes:
    return scheme_book(
        scheme.name, scheme.made_up, lay_out(scheme, dict.fromkeys(scheme.indicators, "…"))
    )


def carried(scheme: Scheme) -> Scheme:
    """The scheme after its way through a workbook."""
    found, problems = read_workbook("指标体系表.xlsx", book_of(scheme))
    assert found is not None, problems
    assert {one.code for one in problems} <= {one.code for one in warnings_of(scheme)}
    return found


def taken_back(scheme: Scheme) -> Scheme:
    """The same by the tables alone, without the bytes, which is quicker."""
    sheets = [opened(one) for one in lay_out(scheme, dict.fromkeys(scheme.indicators, "…"))]
    found, problems = read_opened("指标体系表.xlsx", sheets)
    assert found is not None, problems
    return found


def opened(laid: Laid) -> SheetOfCells:
    cells = {
        (row, column): SheetCell(clean_text(text))
        for row, texts in enumerate([laid.headings, *laid.rows], start=1)
        for column, text in enumerate(texts, start=1)
        if text
    }
    return SheetOfCells(laid.table.name, True, False, cells, ())


def warnings_of(scheme: Scheme) -> list[Any]:
    return scheme_from(node_of(scheme.plain))[1]


def meaning(plain: Any, inside: str = "") -> Any:
    """A scheme's texts without what means nothing: empty optional parts, line ends in texts."""
    if isinstance(plain, str):
        return plain if inside == "measure" else clean_text(plain)
    if isinstance(plain, list):
        return [meaning(one, inside) for one in plain]
    kept = {
        key: meaning(one, inside or ("measure" if key == "measure" else ""))
        for key, one in plain.items()
    }
    return {key: one for key, one in kept.items() if one not in ({}, []) or key not in OPTIONAL}


def same(one: Scheme, other: Scheme) -> None:
    assert meaning(one.plain) == meaning(other.plain)
    assert without_places(one) == without_places(other)
    for key in ("items", "indicators", "series", "sheets", "adjustments", "areas"):
        assert list(getattr(one, key)) == list(getattr(other, key))


def without_places(scheme: Scheme) -> dict[str, Any]:
    """Measures are nodes that know where they stand; their texts are compared above."""
    indicators = {key: replace(one, measure=node_of({})) for key, one in scheme.indicators.items()}
    bare = replace(scheme, plain={}, indicators=indicators)
    return {one.name: getattr(bare, one.name) for one in fields(bare)}


def random_plain(random: Random) -> dict[str, Any]:
    draws = Draws(random)
    return put_together(draws, draw_skeleton(draws, Limits(units=(1, 2)))).scheme


def scheme_of(plain: dict[str, Any]) -> Scheme:
    scheme, problems = scheme_from(node_of(plain))
    assert scheme is not None, problems
    assert not blocking(problems), problems
    return scheme


def usable(scheme: Scheme | None) -> bool:
    return scheme is not None and not blocking(bind(scheme)[1])


def test_the_scheme_of_wuqing_comes_back_as_it_is() -> None:
    scheme, _ = read_scheme(WUQING.read_text(encoding="utf-8"))
    assert scheme is not None
    assert carried(scheme).plain == scheme.plain
    again, problems = read_scheme(scheme_text(carried(scheme).plain))
    assert again is not None
    assert again.plain == scheme.plain
    assert problems == ()


def test_every_scheme_of_the_cases_comes_back() -> None:
    seen = set()
    for path in CASES:
        case, _ = read_case(path.read_text(encoding="utf-8"), path.name)
        if case is None or case.round is None or not usable(case.round.scheme):
            continue
        scheme = case.round.scheme
        text = json.dumps(scheme.plain, ensure_ascii=False)
        if text not in seen:
            seen.add(text)
            same(taken_back(scheme), scheme)
    assert len(seen) > 100


@settings(max_examples=20)
@given(st.randoms(use_true_random=False))
def test_random_schemes_come_back_from_the_bytes(random: Random) -> None:
    scheme = scheme_of(random_plain(random))
    same(carried(scheme), scheme)


@settings(max_examples=ROUNDS)
@given(st.randoms(use_true_random=False))
def test_random_schemes_come_back(random: Random) -> None:
    scheme = scheme_of(random_plain(random))
    same(taken_back(scheme), scheme)
    again, problems = read_scheme(scheme_text(scheme.plain))
    assert again is not None, problems
    assert again.plain == scheme.plain


def strange(plain: dict[str, Any], words: list[str]) -> dict[str, Any]:
    """The scheme with strange texts wherever a text is free: names, bases, keys of maps."""
    free = iter(words)

    def name(old: str) -> str:
        return next(free, old)

    for one in plain["items"].values():
        one["name"] = name(one["name"])
    for one in plain["indicators"]:
        one |= {key: name(one["id"]) for key in ("name", "department", "unit_of_measure", "basis")}
        measure = one["measure"]
        for key in ("anchors", "scores"):
            if key in measure:
                measure[key] = {name(old): value for old, value in measure[key].items()}
        if "dont_know" in measure:
            measure["dont_know"] = [name(old) for old in measure["dont_know"]]
        if "quarters" in measure:
            measure["quarters"] = [name(old) for old in measure["quarters"]]
    for one in plain["series"]:
        one["name"] = name(one["name"])
        one["rated_by"] = [name("甲"), name("乙")]
        one["own_sheets"] = {name("u"): one["sheet"]}
        if "groups" in one:
            one["groups"] = {key: name(old) for key, old in one["groups"].items()}
    plain["areas"] = {"a": name("甲"), "b": name("乙")}
    plain["campaigns"] = [
        {"id": "c", "name": name("甲"), "battles": {"x": name("丙"), "y": name("丁")}}
    ]
    plain["indicators"][0] |= {"area": "b", "battle": "y"}
    plain["approval"] = [name("甲")]
    plain["name"] = name("名")
    return plain


def texts_that_differ(words: list[str]) -> list[str]:
    """Clean texts that no reader could take for each other or for a part of the scheme."""
    seen: dict[str, str] = {}
    for word in words:
        text = clean_lines(word)
        if (
            alike(text)
            and not is_misleading(text)
            and not any(s in alike(text) for s in ("item", "series", "i1"))
        ):
            seen.setdefault(alike(text), text)
    return list(seen.values())


@settings(max_examples=ROUNDS)
@given(st.randoms(use_true_random=False), st.lists(STRANGE, min_size=8, max_size=120))
def test_strange_names_come_back(random: Random, words: list[str]) -> None:
    plain = strange(random_plain(random), texts_that_differ(words))
    scheme, problems = scheme_from(node_of(plain))
    if scheme is None or blocking(problems) or not usable(scheme):
        return
    same(taken_back(scheme), scheme)
    again, problems = read_scheme(scheme_text(scheme.plain))
    assert again is not None, problems
    assert again.plain == scheme.plain


ODD = [
    "合计", "总计", "", "=1+1", "@SUM(A1)", '"引号"', '"', "a；b、c（d）", "１２", "12.50", "无", "none",
    "ax005F_b", "_x0041_", "A\u0301", "\uffff", "x" * 1500, "\U00020165", "第一行\n第二行", "- - -", "是", "封顶",
    "#N/A", "'撇号", "“中文引号”", "甲\\乙", "满分 3", "：", "{}", "true",
]  # fmt: skip


@pytest.mark.parametrize("word", [one for one in ODD if one])
def test_an_odd_text_comes_back_wherever_it_stands(word: str) -> None:
    scheme = scheme_of(
        strange(example(), [clean_lines(f"{word}{'' if n == 0 else n}") for n in range(120)])
    )
    same(carried(scheme), scheme)
    scheme = scheme_of(strange(example(), [clean_lines(f"{n or ''}{word}") for n in range(120)]))
    same(carried(scheme), scheme)


def example() -> dict[str, Any]:
    """A scheme with every kind of measure and every part."""
    case = {
        "completion": {"floor": "40%", "cap": "none", "threshold": "none"},
        "baseline": {"per": "1%", "step": "2%", "whole": "yes", "cap": "105%"},
        "best_ratio": {"peers_min": "2"},
        "efficacy": {"unacceptable": "peers", "satisfactory": "4.5"},
        "place": {"table": ["10", "8"], "step": "0.5", "from": "top"},
        "bands": {"bands": [{"from": "95", "points": "100%"}, {"points": "30%"}]},
        "deduct": {"floor": "0"},
        "award": {"cap": "50%"},
        "growth": {
            "by": {"kind": "bands", "bands": [{"from": "5%", "points": "6"}, {"points": "0"}]}
        },
        "attain": {},
        "versus_mean": {
            "base": "60%",
            "difference": "absolute",
            "above": [{"to": "3", "step": "1"}, {"step": "0.5"}],
            "below": [],
        },
        "panel": {
            "groups": {"甲": "40%", "乙": "60%"},
            "highest": "10",
            "anchors": {"好": "9", "较好": "8"},
            "merge": {"甲": "乙"},
            "void_equal": "no",
            "round_mean": "none",
            "top_quota": "20%",
        },
        "survey": {
            "scores": {"满意": "100", "不满意": "0"},
            "dont_know": [],
            "channels": "none",
            "fallback": "last_round",
        },
        "quarters": {"quarters": ["2019Q1", "2019Q2"], "excellent": "1", "fair": "0.5"},
        "chain": {
            "parts": [
                {"kind": "attain", "full": "4"},
                {"kind": "place", "full": "6", "step": "0.5"},
            ],
            "then": "always",
        },
    }
    indicators = [
        {
            "id": f"i-{kind}",
            "name": f"指标{n}",
            "item": "one" if n < 5 else "two",
            "measure": {"kind": kind, **settings},
        }
        for n, (kind, settings) in enumerate(case.items())
    ]
    marks = {one["id"]: "0" if "quarters" in one["id"] else "10" for one in indicators}
    return {
        "scheme": "odd", "version": "1", "name": "例", "made_up": "yes", "valid_from": "2019-01-01",
        "points": {"line_places": "3", "rank_on": "exact"},
        "items": {"one": {"name": "项目一"}, "two": {"name": "项目二"}, "unused": {"name": "未用"}},
        "indicators": indicators,
        "sheets": {"s": {**marks, "outside": {}}, "t": {"i-attain": "7.50", "outside": {"i-deduct": "+1"}}},
        "series": [
            {"id": "towns", "name": "镇街", "sheet": "s", "groups": {"a": "甲类", "b": "乙类"},
             "tie_breakers": [{"item": "two"}, {"indicator": "i-place"}, {"previous": "place"}]},
            {"id": "rest", "name": "其余", "sheet": "t", "scale_to": "100"},
        ],
        "grades": {"levels": [{"id": "a", "name": "好", "top": "30%", "at_least": "80%"}, {"id": "b", "name": "差"}], "count": "ceil"},
        "adjustments": {
            "bonus": {"name": "加分项", "kind": "bonus", "cap": "3", "annual_cap": "8", "amount": "1"},
            "down": {"name": "降名次", "kind": "demote", "amount": "last", "when": {"item": "one", "bottom": "3"}, "basis": "第一条"},
            "worse": {"name": "降等次", "kind": "fix", "grade": "b", "step": "veto", "when": {"indicator": "i-deduct", "at_most": "-5"}},
        },
        "lateness": {"indicator": "i-deduct", "points": "0.2", "per": "day"},
        "approval": [], "audience": "own-unit", "reply": "objected",
    }  # fmt: skip


def test_a_scheme_with_everything_comes_back() -> None:
    scheme = scheme_of(example())
    assert {one.kind for one in scheme.indicators.values()} == set(MEASURES)
    same(carried(scheme), scheme)
    assert meaning(carried(scheme).plain)["approval"] == []


@given(st.randoms(use_true_random=False))
def test_the_notation_of_a_random_measure_reads_back(random: Random) -> None:
    for one in random_plain(random)["indicators"]:
        read, problems = read_measure(node_of(measure_text(one["measure"])))
        assert (read.plain(), problems) == (one["measure"], [])


def test_settings_of_a_later_version_are_carried_as_json() -> None:
    """A scheme may grow; what has no place in the tables goes along, and is read at the cell."""
    scheme = scheme_of(example())
    some = {"follow": "head", "rewards": {"base": "12000"}, "list": ["a", {"b": "c"}]}
    plain = {**scheme.plain, "someday": some, "points": {**scheme.plain["points"], "more": "1"}}
    sheets = [
        opened(one)
        for one in lay_out(replace(scheme, plain=plain), dict.fromkeys(scheme.indicators, "…"))
    ]
    _, problems = read_opened("表.xlsx", sheets)
    unknown = [(one.args["key"], one.where) for one in problems if one.code == "scheme.key-unknown"]
    assert unknown == [("someday", "表.xlsx!其他设置!B21"), ("more", "表.xlsx!其他设置!B20")]


SEEDED = {
    "texts without quotation marks": (notation, "in_notation", lambda text: text),
    "cells without quotation marks": (laid_out, "in_cell", lambda text: text),
    "names in place of ids": (
        laying,
        "labels",
        lambda pairs: {key: f"{name}镇" for key, name in pairs},
    ),
    "the worst direction": (laying, "DIRECTIONS", {}),
    "a last place as a number": (laying, "LAST", {"last": "1"}),
}


@pytest.mark.parametrize("bug", SEEDED)
def test_a_seeded_bug_is_caught(bug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = strange(
        example(),
        ["a b", "a；b", '"c"', "ax005F_b", "x y", "无", "A\u0301"] + [f"名 {n}" for n in range(90)],
    )
    plain["indicators"][2]["direction"] = "lower_is_better"
    scheme = scheme_of(plain)
    same(carried(scheme), scheme)
    monkeypatch.setattr(*SEEDED[bug])
    with pytest.raises((AssertionError, KeyError)):
        same(carried(scheme), scheme)


def test_names_of_units_stand_for_ids_and_come_back() -> None:
    """Two of a name, and one that is another's id, keep their ids."""
    scheme, _ = read_scheme(WUQING.read_text(encoding="utf-8"))
    assert scheme is not None
    sheets = lay_out(scheme, dict.fromkeys(scheme.indicators, "…"), NAMES)
    cells = {cell for sheet in sheets for row in sheet.rows for cell in row}
    assert {"economy-01", "economy-02", "生态环境局", "society-01", "甲 、（乙）局"} <= cells
    assert "经济一局" not in cells
    series = next(sheet for sheet in sheets if sheet.table.key == "series")
    assert "大黄堡镇 dahuangpu" in {cell for row in series.rows for cell in row}
    found, problems = read_opened("指标体系表.xlsx", [opened(one) for one in sheets])
    assert found is not None, problems
    assert (found.plain, problems) == (scheme.plain, ())
