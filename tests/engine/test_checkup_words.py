"""Every finding of the check-up has its words in both languages and its line on both pages."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

import leitai
from leitai.checkup.findings import CODES, SEVERITIES, Finding, in_order
from leitai.checkup.text import chapters, in_words, sentence
from leitai.explain.words import LANGUAGES
from tests.engine import test_checkup_facts as facts
from tests.engine import test_checkup_raters as ballots
from tests.engine import test_checkup_scheme as schemes
from tests.engine import test_checkup_weights as weights
from tests.engine.rounds.made import Made
from tests.engine.rounds.plain import in_draft, indicator, numbered, on_facts, scheme, scored, units

WORDS = Path(leitai.__file__).parent / "explain" / "words"
DOCS = Path(__file__).parents[2] / "docs"
PARTS = ("", ".title", ".meaning", ".do")
OTHERS = re.compile(
    r"check\.(title|on-facts|no-units|no-facts|no-scheme|refused|count|facts-refused|meaning|do|more-lines"
    r"|more-rows|and-more|severity\.[a-z]+|head\.[a-z-]+)|working\.check"
)


def bare() -> Made:
    """A scheme that lacks all it may lack."""
    lone = {
        "id": "a",
        "name": "甲",
        "item": "work",
        "measure": {"kind": "completion", "cap": "none"},
    }
    banded = indicator(
        "b", {"kind": "bands", "bands": [{"from": "1", "points": "5"}, {"points": "5"}]}
    )
    held = indicator(
        "c", {"kind": "completion", "threshold": "100%", "cap": "90%"}, department="u01"
    )
    panel = indicator("p", {"kind": "panel", "groups": {"甲": "100%"}, "highest": "10"})
    adjustments = {
        "x": {"name": "亮点", "kind": "bonus", "cap": "9", "annual_cap": "8"},
        "y": {"name": "降名次", "kind": "demote"},
    }
    sheets = {"all": {"a": "5", "b": "5", "c": "5"}, "own": {"b": "5", "c": "10"}}
    own = {"own_sheets": {"u02": "own"}, "rated_by": ["乙"]}
    body = scheme([lone, banded, held, panel], sheets, towns=own, adjustments=adjustments)
    return Made(body, units(numbered(2)), {})


@cache
def everything() -> tuple[Finding, ...]:
    """Findings of every code there is."""
    levels = [{**schemes.LEVELS[0], "at_least": "101"}, schemes.LEVELS[1]]
    crowded = [*schemes.QUOTAS[:2], {**schemes.QUOTAS[2], "bottom": "50%"}]
    plain = {"kind": "completion"}
    copied: ballots.Marks = {f"r{n}": [90, 81, 72, 63, 54, 45, 36] for n in range(3)}
    copied["r9"] = [10, 10, 10, 10, 10, 10, 11]
    found = [
        *in_draft(bare()),
        *in_draft(bare(), known=False),
        *in_draft(schemes.two_sheets({"a": "60", "b": "30"}, {"scale_to": "100"})),
        *in_draft(schemes.two_sheets({"a": "60", "b": "30"}), known=False),
        *in_draft(schemes.one(plain, "100", grades={"levels": levels})),
        *in_draft(schemes.one(plain, n=4, grades={"levels": crowded})),
        *in_draft(schemes.one({"kind": "best_ratio"}, n=2)),
        *on_facts(facts.at_full(77, 55)),
        *on_facts(facts.totals("50", "51", "52", "80", "90")),
        *on_facts(facts.events(3, [])),
        *on_facts(facts.at_full(6, 6)),
        *on_facts(facts.banded("9", "9", "9", "9", "9")),
        *on_facts(facts.graded("9", "8", "8", "1")),
        *on_facts(facts.graded("9", "8", "1", "1")),
        *on_facts(facts.graded("9", "8", "8", "1", tie="include")),
        *on_facts(facts.twins()),
        *on_facts(facts.lifted("1.5")),
        *on_facts(weights.gradual()),
        *on_facts(ballots.rated(copied, 7)),
        *on_facts(ballots.rated({"r1": [9, 8, 7], "r2": [8, 7, 6], "r3": [7, 8, 6]}, 3)),
    ]
    return in_order(found)


def test_these_boards_bring_every_finding_to_light() -> None:
    assert {one.code for one in everything()} == set(CODES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_finding_has_its_words_and_no_words_are_idle(lang: str) -> None:
    written = tomllib.loads((WORDS / lang / "checkup.toml").read_text(encoding="utf-8"))
    wanted = {f"check.{code}{part}" for code in CODES for part in PARTS}
    assert wanted <= set(written)
    rest = {key for key in set(written) - wanted if not OTHERS.fullmatch(key)}
    variants = {key.partition("+")[0] for key in rest}
    assert {key for key in rest if "+" not in key} == set()
    assert variants <= wanted | {"check.facts-refused"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_heading_of_a_table_has_its_word_and_every_word_a_table(lang: str) -> None:
    written = tomllib.loads((WORDS / lang / "checkup.toml").read_text(encoding="utf-8"))
    heads = {head for one in everything() if one.figures for head in one.figures.heads}
    assert {key for key in written if key.startswith("check.head.")} == {
        f"check.head.{head}" for head in heads
    }


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_finding_is_told_whole(lang: str) -> None:
    for one in everything():
        text = sentence(one, lang)
        assert text, one
        assert not re.search(r"[{}]|“”|\(\)|（）", text), text
    written = tomllib.loads((WORDS / lang / "checkup.toml").read_text(encoding="utf-8"))
    for code in CODES:
        for part in (".meaning", ".do"):
            words = written[f"check.{code}{part}"]
            assert words.endswith("。" if lang == "zh" else ".")
            assert "{" not in words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_alike_findings_make_one_chapter_the_gravest_first(lang: str) -> None:
    told = chapters(everything(), lang)
    keys = [(one.severity, one.code) for one in told]
    assert len(keys) == len(set(keys))
    assert keys == sorted(keys, key=lambda key: (SEVERITIES.index(key[0]), CODES.index(key[1])))
    assert sum(len(one.told) for one in told) == len(everything())
    for chapter in told:
        for one in chapter.told:
            assert all(len(row) == len(one.heads) for row in one.rows)
            assert len(one.rows) <= 10


def test_places_of_steady_groups_and_long_tables_are_cut() -> None:
    points = {u: {"a": str(n + 2), "b": f"{18 - n}.{n:02}"} for n, u in enumerate(numbered(15))}
    made = scored(points, {"a": "20", "b": "20"})
    told = {(one.severity, one.code): one.told for one in chapters(on_facts(made), "zh")}
    (places,) = told["warning", "places-fragile"]
    assert (len(places.rows), places.left_out) == (10, 2)


def test_names_are_listed_as_far_as_anybody_reads() -> None:
    assert in_words(tuple("abcdefgh"), "zh") == "a、b、c、d、e、f、g、h"
    assert in_words(tuple("abcdefghi"), "zh") == "a、b、c、d、e、f、g、h等9项"
    assert in_words(tuple("abcdefghi"), "en") == "a, b, c, d, e, f, g, h and others, 9 in all"


@pytest.mark.parametrize("page", ["checkup.md", "checkup.zh-CN.md"])
def test_the_page_has_a_line_for_every_finding_in_their_order(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    assert tuple(re.findall(r"(?m)^\| `([a-z-]+)` \|", text)) == CODES
