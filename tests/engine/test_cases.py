"""Every worked case holds, and every rule has one."""

from __future__ import annotations

from pathlib import Path

import pytest

from leitai.casebook.read import read_case
from leitai.casebook.run import Difference, run
from leitai.measures import MEASURES

CASES = sorted((Path(__file__).parents[2] / "cases").rglob("*.yaml"))
PLAIN = """
case: 两个单位
working: 甲 10 ÷ 10 × 10
scheme:
  scheme: case
  version: "1"
  name: 例
  items: {work: {name: 工作}}
  indicators: [{id: done, name: 完成量, item: work, measure: {kind: completion}}]
  sheets: {towns: {done: "10"}}
  series: [{id: towns, name: 镇街, sheet: towns}]
units: {jia: 甲镇, yi: 乙镇}
facts:
  values:
    - {unit: jia, indicator: done, actual: "10", target: "10"}
    - {unit: yi, indicator: done, actual: "5", target: "10"}
expect: {EXPECT}
"""


def differences(expect: str) -> list[Difference]:
    case, problems = read_case(PLAIN.replace("{EXPECT}", expect), "case.yaml")
    assert case is not None, problems
    return list(run(case).differences)


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_worked_case_holds(path: Path) -> None:
    case, problems = read_case(path.read_text(encoding="utf-8"), path.name)
    assert problems == []
    assert case is not None
    assert list(run(case).differences) == []


def test_every_measure_kind_has_a_folder_of_cases() -> None:
    assert {path.parent.name for path in CASES} >= set(MEASURES)


def test_every_case_shows_its_working() -> None:
    for path in CASES:
        case, _ = read_case(path.read_text(encoding="utf-8"), path.name)
        assert case is not None
        assert case.working.strip(), path


def test_a_case_that_expects_what_comes_out_has_no_differences() -> None:
    expect = (
        "{points: {jia: {done: '10.00'}}, totals: {yi: '5.00'}, places: {jia: '1', yi: '2'},"
        " lines: {yi: [{indicator: done, kind: full, points: '10.00'},"
        " {indicator: done, kind: loss, points: '-5.00'}]}, sentences: {yi: [完成率50%]},"
        " item_places: {work: {yi: '2'}}, item_bottoms: {work: {yi: '1'}},"
        " warnings: [grade.group-too-small]}"
    )
    assert differences(expect) == []


@pytest.mark.parametrize(
    ("expect", "difference"),
    [
        ("{points: {jia: {done: '9.99'}}}", Difference("points.jia.done", "9.99", "10.00")),
        ("{places: {yi: '1'}}", Difference("places.yi", "1", "2")),
        ("{grades: {yi: good}}", Difference("grades.yi", "good", "none")),
        ("{item_places: {work: {yi: '1'}}}", Difference("item_places.work.yi", "1", "2")),
        (
            "{warnings: [panel.quorum]}",
            Difference("warnings", "panel.quorum", "grade.group-too-small"),
        ),
        ("{problems: [fact.missing]}", Difference("problems", "fact.missing", "—")),
        (
            "{lines: {yi: [{indicator: done, kind: full, points: '10.00'}]}}",
            Difference("lines.yi", "done full 10.00", "done full 10.00；done loss -5.00"),
        ),
    ],
)
def test_a_case_that_expects_something_else_is_told_the_difference(
    expect: str, difference: Difference
) -> None:
    assert differences(expect) == [difference]


def test_an_expected_sentence_that_is_not_said_is_a_difference() -> None:
    (found,) = differences("{sentences: {yi: [完成率51%]}}")
    assert (found.what, found.expected) == ("sentences.yi", "完成率51%")


def test_a_case_that_expects_a_board_where_facts_are_refused_is_told_why() -> None:
    text = PLAIN.replace("{EXPECT}", "{places: {jia: '1'}}").replace('actual: "5", ', "")
    case, _ = read_case(text, "case.yaml")
    assert case is not None
    assert list(run(case).differences) == [Difference("board", "a board", "fact.missing")]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("[1, 2]", ["case.unreadable"]),
        ("case: 甲\nexpect: {}", ["scheme.required"] * 3),
        (PLAIN.replace("{EXPECT}", "{plases: {jia: '1'}}"), ["scheme.key-unknown"]),
        (PLAIN.replace("{EXPECT}", "{}") + "more: 1", ["scheme.key-unknown"]),
        (PLAIN.replace("{EXPECT}", "x"), ["scheme.value-refused"]),
        (PLAIN.replace("{EXPECT}", "{places: x}"), ["scheme.value-refused"]),
        (PLAIN.replace("{EXPECT}", "{lines: {jia: [{points: '1'}]}}"), ["scheme.required"]),
        (PLAIN.replace("{EXPECT}", "{}") + "round: x", ["scheme.value-refused"]),
        (
            PLAIN.replace("{EXPECT}", "{}").replace("facts:", "facts: x\nabout:"),
            ["scheme.value-refused"] * 2,
        ),
    ],
)
def test_an_ill_written_case_is_refused(text: str, codes: list[str]) -> None:
    case, problems = read_case(text, "case.yaml")
    assert case is None
    assert [one.code for one in problems] == codes


def test_a_case_with_an_unknown_table_or_column_is_refused() -> None:
    for word in ("valus:", "values: [{aktual: '1', unit: jia, indicator: done}]\n  x:"):
        text = PLAIN.replace("{EXPECT}", "{problems: []}").replace("values:", word, 1)
        case, _ = read_case(text, "case.yaml")
        assert case is not None
        assert case.round is None


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("  values:\n", "  values: [x]\n  late:\n", ["scheme.value-refused"]),
        ("  values:\n", "  values: [{unit: [x]}]\n  late:\n", ["scheme.value-refused"]),
        ("  values:\n", "  values: [{unit: jia}]\n  late:\n", ["fact.cell-blank"]),
        ("  values:\n", "  units:\n", ["fact.table-unknown"]),
    ],
)
def test_a_case_with_ill_written_rows_is_told(old: str, new: str, codes: list[str]) -> None:
    text = PLAIN.replace("{EXPECT}", "{}").replace(old, new, 1)
    case, problems = read_case(text, "case.yaml")
    assert case is not None, problems
    assert {one.code for one in run(case).problems} >= set(codes)
    assert case.round is None or run(case).board is None


def test_a_case_that_names_no_unit_of_its_own_is_told() -> None:
    (found,) = differences("{places: {nobody: '1'}}")
    assert (found.what, found.found) == ("places.nobody", "no such unit")
    (found,) = differences("{item_places: {work: {nobody: '1'}}}")
    assert (found.what, found.found) == ("item_places.work.nobody", "no such unit")
    (found,) = differences("{sentences: {nobody: [x]}}")
    assert (found.what, found.found) == ("sentences.nobody", "no such unit")
    (found,) = differences("{lines: {nobody: [{kind: full, points: '1'}]}}")
    assert found.what == "lines.nobody"
