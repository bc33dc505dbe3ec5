"""The canonical form and the digests: golden ones, worked out again by the text of docs/seal.md."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from leitai.board import Board
from leitai.casebook.read import read_case
from leitai.evaluate import evaluate
from leitai.problems import Refused
from leitai.seal.canonical import Unordered, canonical, read_plain
from leitai.seal.digest import board_digest, digest, round_digests
from leitai.seal.plain import plain_board, plain_round
from leitai.seal.rebuild import round_from_plain
from leitai.seal.recount import recount
from tests.engine.test_recount import QUARTER, read_quarter

DOCS = Path(__file__).parents[2] / "docs"
CASE = """
case: 封存
working: 摘要由文档所载的程序另行算出
scheme:
  scheme: s
  version: "1"
  name: 方案
  made_up: "yes"
  items: {work: {name: 工作}}
  indicators:
    - {id: output, name: 产出, item: work, measure: {kind: completion}}
    - {id: merits, name: 加分, item: work, measure: {kind: award}}
  sheets: {towns: {output: "90", merits: "10"}}
  series: [{id: towns, name: 镇街, sheet: towns}]
units: {jia: 甲镇, yi: 乙镇, bing: 丙镇}
facts:
  values:
    - {unit: jia, indicator: output, actual: "9", target: "10"}
    - {unit: yi, indicator: output, actual: "8", target: "10"}
    - {unit: bing, indicator: output, actual: "7", target: "10"}
  events:
    - {unit: jia, indicator: merits, points: "1", reason: 区级表彰, matter: 表彰, id: e1}
    - {unit: jia, indicator: merits, points: "1.00", reason: 市级表彰, matter: 表彰}
    - {unit: yi, indicator: merits, points: "2", reason: 经验推广}
expect: {}
"""


def board_of(text: str) -> Board:
    """The board of a case."""
    case, problems = read_case(text, "case.yaml")
    assert case is not None, problems
    assert case.round is not None
    board, problems_of_round = evaluate(case.round)
    assert board is not None, problems_of_round
    return board


def sealed(text: str) -> dict[str, str]:
    """The digests of a case's board."""
    return dict(plain_board(board_of(text))["digests"])


def sha(value: Any) -> str:
    """sha256 of what the standard library writes, of values whose lists already have an order."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


SCHEME = {
    "scheme": "s",
    "version": "1",
    "name": "方案",
    "made_up": "yes",
    "items": {"work": {"name": "工作"}},
    "indicators": [
        {"id": "merits", "name": "加分", "item": "work", "measure": {"kind": "award"}},
        {"id": "output", "name": "产出", "item": "work", "measure": {"kind": "completion"}},
    ],
    "sheets": {"towns": {"output": "90", "merits": "10"}},
    "series": [{"id": "towns", "name": "镇街", "sheet": "towns"}],
}
OF_JIA = {"unit": "jia", "indicator": "merits", "matter": "表彰"}
FACTS = {
    "round": {"round": "case", "name": "case.yaml"},
    "units": [
        {"unit": "yi", "name": "乙镇", "series": "towns"},
        {"unit": "bing", "name": "丙镇", "series": "towns"},
        {"unit": "jia", "name": "甲镇", "series": "towns"},
    ],
    "facts": {
        "values": [
            {"unit": "bing", "indicator": "output", "actual": "7", "target": "10"},
            {"unit": "yi", "indicator": "output", "actual": "8", "target": "10"},
            {"unit": "jia", "indicator": "output", "actual": "9", "target": "10"},
        ],
        "events": [
            {**OF_JIA, "id": "e1", "points": "1", "reason": "区级表彰", "read": "1"},
            {**OF_JIA, "points": "1.00", "reason": "市级表彰", "read": "2"},
            {"unit": "yi", "indicator": "merits", "points": "2", "reason": "经验推广"},
        ],
    },
}


def line(unit: str, indicator: str, kind: str, points: str) -> dict[str, str]:
    return {"unit": unit, "item": "work", "indicator": indicator, "kind": kind, "points": points}


def figures(output: str, merits: str, total: str, place: int, grade: str) -> dict[str, Any]:
    top, bottom = str(place), str(4 - place)
    return {
        "group": "towns",
        "points": {"output": output, "merits": merits},
        "items": {"work": {"points": total, "place": top, "bottom": bottom}},
        "bonus": "0.00",
        "exact": total,
        "total": total,
        "grade": grade,
        "base_place": top,
        "base_bottom": bottom,
        "place": top,
        "bottom": bottom,
    }


def in_bytes(rows: list[Any]) -> list[Any]:
    """Rows in the order of their bytes."""
    return sorted(rows, key=lambda row: json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())  # fmt: skip


BOARD = {
    "format": "leitai-board-1",
    "round": "case",
    "made_up": True,
    "units": {
        "jia": figures("81.00", "1.00", "82.00", 1, "excellent"),
        "yi": figures("72.00", "2.00", "74.00", 2, "good"),
        "bing": figures("63.00", "0.00", "63.00", 3, "fair"),
    },
    "lines": in_bytes(
        [
            line("jia", "output", "full", "90.00"),
            line("jia", "output", "loss", "-9.00"),
            line("jia", "merits", "event", "1.00"),
            line("jia", "merits", "event", "0.00"),
            line("yi", "output", "full", "90.00"),
            line("yi", "output", "loss", "-18.00"),
            line("yi", "merits", "event", "2.00"),
            line("bing", "output", "full", "90.00"),
            line("bing", "output", "loss", "-27.00"),
        ]
    ),
}


def test_the_digests_of_a_small_round_are_those_worked_out_without_the_engine() -> None:
    facts = {table: in_bytes(rows) for table, rows in FACTS["facts"].items()}  # type: ignore[attr-defined]
    made_of = {
        "scheme": sha(SCHEME),
        "facts": sha({**FACTS, "units": in_bytes(FACTS["units"]), "facts": facts}),  # type: ignore[arg-type]
    }
    assert sealed(CASE) == {**made_of, "board": sha({**BOARD, "digests": made_of})}


def program(language: str) -> str:
    """The program a page prints."""
    text = (DOCS / f"seal{language}.md").read_text(encoding="utf-8")
    found = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(found) == 1
    return str(found[0])


def test_both_pages_print_the_same_program() -> None:
    assert program("") == program(".zh-CN")


@pytest.mark.parametrize("of_quarter", [False, True], ids=["case", "quarter"])
def test_the_printed_program_recomputes_the_digests(of_quarter: bool, tmp_path: Path) -> None:
    board = evaluate(read_quarter(QUARTER))[0] if of_quarter else board_of(CASE)
    assert board is not None
    files = {"round.json": plain_round(board.round), "board.json": plain_board(board)}
    for name, value in files.items():
        text = json.dumps(value, ensure_ascii=of_quarter)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "digests.py").write_text(program(""), encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-I", "digests.py", *files], cwd=tmp_path, capture_output=True, check=True
    )
    assert json.loads(ended.stdout) == files["board.json"]["digests"]


def test_the_recount_comes_to_the_same_digest_of_the_board() -> None:
    board = plain_board(board_of(CASE))
    counted = recount(plain_round(board_of(CASE).round))
    assert board_digest({**board, **counted}) == board["digests"]["board"]


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("甲镇", "甲鎮", {"scheme"}),
        ('actual: "9"', 'actual: "9.0"', {"scheme"}),
        ("reason: 区级表彰", "reason: 区里表彰", {"scheme"}),
        ("id: e1", "id: e2", {"scheme"}),
        ("name: 方案", "name: 方案一", {"facts"}),
        ('sheets: {towns: {output: "90", merits: "10"}}',
         'sheets: {towns: {merits: "10", output: "90"}}', {"scheme", "facts", "board"}),
        ("表彰, id: e1", '表彰, entered: "2019-01-01", id: e1', {"scheme"}),
    ],
)  # fmt: skip
def test_each_digest_is_of_its_own_content(old: str, new: str, same: set[str]) -> None:
    assert old in CASE
    before, after = sealed(CASE), sealed(CASE.replace(old, new))
    assert {key for key in before if before[key] == after[key]} == same


def test_of_equals_the_one_read_first_is_sealed_as_such() -> None:
    first, second, other = re.findall(r"    - \{unit: .*merits.*\n", CASE)
    swapped = CASE.replace(first + second, second + first)
    assert sealed(swapped)["facts"] != sealed(CASE)["facts"]
    moved = CASE.replace(first + second + other, other + first + second)
    assert sealed(moved) == sealed(CASE)


def test_what_only_a_place_or_the_engine_says_is_not_sealed() -> None:
    board = plain_board(board_of(CASE))
    lines = [{**one, "source": None} for one in board["lines"]]
    other = {**board, "lines": lines[::-1], "warnings": [{"code": "x"}], "engine": "9"}
    assert board_digest(other) == board["digests"]["board"]
    plain = plain_round(board_of(CASE).round)
    values = [
        {**row, "id": f"数据.xlsx!数据!{n}"} for n, row in enumerate(plain["facts"]["values"])
    ]
    facts = {**plain["facts"], "values": values[::-1], "late": []}
    blank = [{**row, "remarks": ""} for row in plain["units"]]
    assert round_digests({**plain, "facts": facts, "units": blank}) == round_digests(plain)


def composed(text: str) -> str:
    return normalize("NFC", text)


texts = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | texts | st.integers(),
    lambda inner: st.lists(inner) | st.dictionaries(texts.map(composed), inner),
)


@given(values)
def test_canonical_bytes_are_those_of_the_library(value: Any) -> None:
    found = canonical(value)
    plain = json.loads(found)
    assert rfc8785.dumps(plain) == found
    assert read_plain(found) == plain
    assert canonical(plain) == found


def test_texts_are_in_nfc_whole_numbers_are_texts_and_keys_stand_in_the_order_of_utf_16() -> None:
    assert canonical({"e\u0301": [1, -20, True, None, "e\u0301\n"]}) == (
        '{"é":["1","-20",true,null,"é\\n"]}'.encode()
    )
    assert (
        canonical({"\uff21": "", "\U00020bb7": "", "a": ""}) == '{"a":"","𠮷":"","Ａ":""}'.encode()
    )
    assert canonical(Unordered(["b", "𠮷", "Ａ"])) == '["b","Ａ","𠮷"]'.encode()
    assert digest("é") == hashlib.sha256('"é"'.encode()).hexdigest() == digest("e\u0301")


def test_what_has_no_canonical_form_is_refused() -> None:
    with pytest.raises(Refused, match=r"seal\.key-doubled"):
        canonical({"é": "1", "e\u0301": "2"})
    with pytest.raises(TypeError):
        canonical([0.5])
    with pytest.raises(ValueError, match="surrogates"):
        canonical("\ud800")


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff", b'{"a": "1"}', b"1", b"0.5", b"NaN", b'{"b":"","a":""}', b'{"a":"","a":""}',
     '"e\u0301"'.encode(), b'"\\ud800"', b'"\\u0041"', b'""\n', b"[" * 100_000],
)  # fmt: skip
def test_bytes_that_are_not_canonical_are_refused(data: bytes) -> None:
    with pytest.raises(Refused, match=r"seal\.not-canonical"):
        read_plain(data)


def test_a_round_is_rebuilt_with_its_places() -> None:
    before = board_of(CASE).round
    again, problems = round_from_plain(plain_round(before))
    assert (again is not None, problems) == (True, [])
    assert again is not None
    assert plain_round(again)["facts"]["events"][0]["at"] == before.rows("events")[0].where
    assert plain_round(again) == plain_round(before)


def test_a_plain_round_that_was_spoilt_has_problems_with_paths() -> None:
    plain = plain_round(board_of(CASE).round)
    scheme = json.loads(json.dumps(plain["scheme"]).replace('"award"', '"reward"'))
    scheme["made_up"] = "maybe"
    found = round_from_plain({**plain, "scheme": scheme})
    assert (found[0], [one.where for one in found[1]]) == (None, ["scheme.made_up"])
    strange = [{**row, "unit": "ding"} for row in plain["facts"]["values"]]
    round_, problems = round_from_plain({**plain, "facts": {"values": strange}})
    assert (round_, {one.code for one in problems}) == (None, {"fact.unit-unknown"})
