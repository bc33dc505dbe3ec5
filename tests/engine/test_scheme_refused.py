"""What a scheme may not say is refused, each with its code and its line."""

from __future__ import annotations

import pytest

from leitai.bind import bind
from leitai.scheme.document import parse
from leitai.scheme.read import read_scheme, scheme_from
from tests.engine.binding import bound
from tests.engine.refusals import refused, told

QUARREL = "scheme.settings-quarrel"
MEASURE = (
    "{id: done, name: 完成量, item: work, area: first, battle: b1, measure: {kind: completion}}"
)


def measure(settings: str, direction: str = "higher_is_better") -> list[str]:
    head = f"id: done, name: 完成量, item: work, direction: {direction}"
    return told(MEASURE, f"{{{head}, measure: {{{settings}}}}}")


def test_the_case_itself_is_legal() -> None:
    assert refused() == []


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ('line_places: "2"', 'line_places: "10"', ["scheme.value-refused"]),
        ('line_places: "2"', 'line_places: "2", total_places: "3"', [f"{QUARREL} total-finer-than-lines"]),
        ('line_places: "2"', 'line_places: "-2"', ["scheme.value-refused"]),
        ('line_places: "2"', 'line_place: "2"', ["scheme.key-unknown"]),
        ("name: 小方案", "name: ''", ["scheme.value-refused"]),
        ("name: 小方案", "nome: 小方案", ["scheme.key-unknown", "scheme.required"]),
        ("item: work, area", "item: wrk, area", ["scheme.id-unknown"]),
        ("area: first", "area: second", ["scheme.id-unknown"]),
        ("battle: b1", "battle: b2", ["scheme.id-unknown"]),
        ("{b1: 攻坚战}", "{b1: 攻坚战, b2: 又}}, {id: d, name: 战, battles: {b1: 再}", ["scheme.id-doubled"]),
        ("id: best, name", "id: done, name", ["scheme.id-doubled", "scheme.id-unknown"]),
        ('{done: "20"', '{down: "20"', ["scheme.id-unknown"]),
        ('{done: "20"', '{done: "x"', ["scheme.value-refused"]),
        ('{done: "20"', '{done: "20", outside: {done: "1"}', [f"{QUARREL} inside-and-outside"]),
        ('{done: "20"', '{done: "1234567890123456789"', ["fact.too-many-digits"]),
        ("towns: {done", "towns: [{done", ["scheme.unreadable"]),
        ("sheet: towns,", "sheet: town,", ["scheme.id-unknown"]),
        ("[{item: work}]", "[{item: work, indicator: done}]", [f"{QUARREL} tie-breaker-not-one"]),
        ("[{item: work}]", "[{item: wrk}]", ["scheme.id-unknown"]),
        ("[{item: work}]", "[{indicator: dne}]", ["scheme.id-unknown"]),
        ("[{item: work}]", "{item: work}", ["scheme.value-refused"]),
        ('top: "30%"', 'top: "30"', ["scheme.value-refused"]),
        ('top: "30%"', 'top: "130%"', ["scheme.value-refused"]),
        ("{id: good, name: 良好}", '{id: good, name: 良好, top: "5%"}', [f"{QUARREL} top-not-first"]),
        ("{id: good, name: 良好}", '{id: good, name: 良好, bottom: "5%"}', [f"{QUARREL} bottom-not-last"]),
        ('bottom: "10%"', 'at_least: "1"', [f"{QUARREL} last-level-with-condition", "scheme.unreachable-level"]),
        ('{id: good, name: 良好}, {id: fair, name: 一般, bottom: "10%"}', '{id: excellent, name: 良好}', ["scheme.id-doubled", "scheme.id-unknown"]),
        ('{id: excellent, name: 优秀, top: "30%"}, ', "", ["scheme.unreachable-level"]),
        (', {id: good, name: 良好}, {id: fair, name: 一般, bottom: "10%"}', "", ["scheme.id-unknown", f"{QUARREL} too-few-levels"]),
        ('cap: "2"}', 'grade: good}', [f"{QUARREL} setting-not-of-kind"]),
        ('cap: "2"}', 'cap: "-2"}', [f"{QUARREL} cap-negative"]),
        ('cap: "2"}', 'cap: "0.001"}', ["scheme.too-fine"]),
        ("grade: good}", "grade: god}", ["scheme.id-unknown"]),
        ("kind: demote}", "kind: demotion}", ["scheme.value-refused"]),
        ("kind: demote}", "kind: demote, amount: 2名}", [f"{QUARREL} amount-not-of-kind"]),
        ("kind: demote}", "kind: demote, amount: '0'}", [f"{QUARREL} amount-not-of-kind"]),
        ("kind: demote}", "kind: lower, amount: last}", [f"{QUARREL} amount-not-of-kind"]),
        ("kind: bonus, cap", "kind: bonus, amount: '0.001', cap", [f"{QUARREL} amount-not-of-kind"]),
        ("kind: demote}", "kind: demote, when: {}}", [f"{QUARREL} trigger-unclear"]),
        ("kind: demote}", "kind: demote, when: {indicator: voice, at_least: '1'}}", [f"{QUARREL} trigger-without-value"]),
        ("kind: demote}", "kind: demote, when: {item: wrk, bottom: '1'}}", ["scheme.id-unknown"]),
        ("lateness: {indicator: faults", "lateness: {indicator: done", [f"{QUARREL} lateness-not-deduct"]),
        ("lateness: {indicator: faults", "lateness: {indicator: x", ["scheme.id-unknown"]),
        ('points: "0.5"}', 'points: "0.005"}', ["scheme.too-fine"]),
        ('points: "0.5"}', 'points: "-1"}', ["scheme.value-refused"]),
        ("name: 降名次", "name: 亮点", ["scheme.name-doubled"]),
        ("kind: bonus, cap", "kind: bonus, when: {bottom: '1'}, cap", [f"{QUARREL} trigger-unclear"]),
        ("sheet: towns, tie", "sheet: towns, rated_by: [''], tie", ["scheme.value-refused"]),
        ("name: 降名次", "name: ' 亮 点'", ["scheme.name-doubled"]),
        ("name: 降名次", "name: cap", ["scheme.name-doubled"]),
        ("name: 最优值", "name: 完成量", ["scheme.name-doubled"]),
        ("order: {name: 秩序}", "order: {name: 工作}", ["scheme.name-doubled"]),
        ("{id: good, name: 良好}", "{id: good, name: 优秀}", ["scheme.name-doubled"]),
        ("id: c, name", "id: c/d, name", ["scheme.id-refused"]),
        ("battles: {b1:", "battles: {'b+1':", ["scheme.id-refused"]),
        ("bonus: {name: 亮点", "place: {name: 亮点", ["scheme.id-refused"]),
        ("scheme: small", "scheme: ../small", ["scheme.id-refused"]),
        ("    towns: {done", "    to/wns: {done", ["scheme.id-refused", "scheme.id-unknown"]),
        ('done: "20"', 'done: "1000001"', ["value.too-many-points"]),
        ('cap: "2"}', 'cap: "-1000001"}', ["value.too-many-points"]),
        ('done: "20"', 'done: "0.0000000000000000001"', ["fact.too-many-digits"]),
        ('top: "30%"', 'top: "0%"', [f"{QUARREL} quota-zero"]),
        ('top: "30%"}, {id: good, name: 良好}', 'at_least: "60%"}, {id: good, name: 良好, at_least: "60%"}', [f"{QUARREL} level-not-below"]),
        ('top: "30%"}, {id: good, name: 良好}', 'at_least: "60%"}, {id: good, name: 良好, at_least: "70"}', [f"{QUARREL} level-not-below"]),
    ],
)  # fmt: skip
def test_a_spoilt_scheme_is_refused(old: str, new: str, codes: list[str]) -> None:
    case_codes = told(old, new) if codes != ["scheme.unreadable"] else ["scheme.unreadable"]
    assert case_codes == codes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('a: &x "1"\nb: *x\n', "scheme.alias"),
        ("a: &x [*x]\n", "scheme.alias"),
        (f"a: {'[' * 21}x{']' * 21}\n", "scheme.too-deep"),
        (f"a: {'[' * 100_000}", "scheme.too-deep"),
        ('a: "\\u202e21"\n', "scheme.misleading-text"),
        ('"\\u202ea": b\n', "scheme.misleading-text"),
        ("a: b\n---\na: c\n", "scheme.second-document"),
        ("? [a]\n: b\n", "scheme.key-not-text"),
        ("", "scheme.empty"),
    ],
)
def test_a_text_that_reads_otherwise_than_it_looks_is_refused(text: str, code: str) -> None:
    assert [one.code for one in parse(text, "scheme.yaml")[1]] == [code]


def test_as_deep_as_allowed_is_read_and_signs_nobody_sees_are_cut() -> None:
    root, problems = parse(f'a: {"[" * 19}" \\u200bx\\u00ad y "{"]" * 19}\n', "scheme.yaml")
    assert problems == []
    assert root is not None
    assert "x y" in str(root.plain())
    assert "[" * 19 + "'x y'" in str(root.plain())


@pytest.mark.parametrize(
    ("settings", "codes"),
    [
        ("kind: completoin", ["scheme.measure-unknown"]),
        ("floor: '1'", ["scheme.required"]),
        ("kind: completion, floor: '60%', cap: '50%'", [f"{QUARREL} cap-under-floor"]),
        ("kind: completion, threshold: '5'", ["scheme.value-refused"]),
        ("kind: baseline, per: '1', step: '1', floor: '60%', cap: '50%'", [f"{QUARREL} cap-under-floor"]),
        ("kind: baseline, per: '0', step: '1'", ["scheme.value-refused"]),
        ("kind: baseline, per: '1', step: '1', whole: maybe", ["scheme.value-refused"]),
        ("kind: efficacy, base: '120%'", [f"{QUARREL} base-off-scale"]),
        ("kind: efficacy, unacceptable: '9', satisfactory: '5'", [f"{QUARREL} limits-reversed"]),
        ("kind: efficacy, unacceptable: '5%'", [f"{QUARREL} bound-percent"]),
        ("kind: place", [f"{QUARREL} neither-step-nor-table"]),
        ("kind: place, step: '1', from: bottom", [f"{QUARREL} bottom-without-table"]),
        ("kind: place, table: ['20', '21', '1']", [f"{QUARREL} table-not-falling"]),
        ("kind: place, step: '1', floor: '21'", [f"{QUARREL} floor-above-full"]),
        ("kind: place, step: '1', table: ['9', '5'], floor: '6'", [f"{QUARREL} floor-above-table"]),
        ("kind: bands, bands: []", [f"{QUARREL} no-bands"]),
        ("kind: bands, bands: [{from: '5', points: '9'}]", [f"{QUARREL} bands-open"]),
        ("kind: bands, bands: [{to: '5', points: '9'}, {points: '1'}]", [f"{QUARREL} bands-open"]),
        ("kind: bands, bands: [{from: '5', points: '9'}, {from: '6', points: '8'}, {points: '1'}]", [f"{QUARREL} bands-not-ordered"]),
        ("kind: bands, bands: [{from: '5', points: '3'}, {points: '9'}]", [f"{QUARREL} bands-not-falling"]),
        ("kind: bands, bands: [{from: '5%', points: '9'}, {points: '1'}]", [f"{QUARREL} bound-percent"]),
        ("kind: bands, bands: [{from: x, points: '9'}, {point: '1'}]", ["scheme.key-unknown", "scheme.required", "scheme.value-refused"]),
        ("kind: deduct, floor: '21'", [f"{QUARREL} floor-above-full"]),
        ("kind: deduct, floor: '0.001'", ["scheme.too-fine"]),
        ("kind: award, cap: '21'", [f"{QUARREL} cap-above-full"]),
        ("kind: award, cap: '0.001'", ["scheme.too-fine"]),
        ("kind: growth, by: {}", ["scheme.required"]),
        ("kind: growth, by: {kind: attain}", ["scheme.value-refused"]),
        ("kind: growth, by: {kind: place, stp: '1'}", ["scheme.key-unknown"]),
        ("kind: growth, by: {kind: bands, bands: [{from: '5', points: '9'}, {points: '1'}]}", [f"{QUARREL} bound-percent"]),
        ("kind: versus_mean, base: '10', above: [{to: '5', step: '1'}]", [f"{QUARREL} brackets-open"]),
        ("kind: versus_mean, base: '10', below: [{to: '5', step: '1'}, {to: '4', step: '1'}, {step: '1'}]", [f"{QUARREL} brackets-not-ordered"]),
        ("kind: versus_mean, base: '10', floor: '5', cap: '4'", [f"{QUARREL} cap-under-floor"]),
        ("kind: panel, highest: '10', groups: {g: '60%'}", [f"{QUARREL} weights-not-whole"]),
        ("kind: panel, highest: '10', lowest: '10', groups: {g: '100%'}", [f"{QUARREL} scale-upside-down"]),
        ("kind: panel, highest: '10', groups: {g: '100%'}, anchors: {好: '11'}", [f"{QUARREL} anchor-off-scale"]),
        ("kind: panel, highest: '10', groups: {g: '100%'}, merge: {g: h}", [f"{QUARREL} merge-unclear"]),
        ("kind: panel, highest: '10', groups: {g: '100%'}, trim: '50%'", [f"{QUARREL} trim-too-much"]),
        ("kind: panel, highest: '10', groups: {g: '100%'}, trim: '3'", [f"{QUARREL} trim-too-much"]),
        ("kind: panel, highest: '10', groups: {g: '100%'}, quorum: '0'", [f"{QUARREL} quorum-zero"]),
        ("kind: panel, highest: '10', groups: [g]", ["scheme.value-refused"]),
        ("kind: survey, scores: {好: '101'}", [f"{QUARREL} answer-off-scale"]),
        ("kind: survey, channels: {a: '50%'}", [f"{QUARREL} channels-not-whole"]),
        ("kind: survey, channels: {}", [f"{QUARREL} channels-not-whole"]),
        ("kind: panel, highest: '10', groups: {g: '100%'}, round_mean: '10'", ["scheme.value-refused"]),
        ("kind: panel, highest: '10', groups: {'g+h': '100%'}", ["scheme.id-refused"]),
        ("kind: completion, floor: '21', cap: none", [f"{QUARREL} floor-above-full"]),
        ("kind: baseline, per: '1', step: '1', floor: '101%', cap: none", [f"{QUARREL} floor-above-full"]),
        ("kind: versus_mean, base: '10', floor: '21', cap: none", [f"{QUARREL} floor-above-full"]),
        ("kind: place, table: [" + ", ".join(["'1'"] * 1001) + "]", ["scheme.too-many-entries"]),
        ("kind: survey, score_from: '0', hide_below: '0'", [f"{QUARREL} score-from-zero"]),
        ("kind: survey, hide_below: '31'", [f"{QUARREL} hidden-but-scored"]),
        ("kind: survey, dont_know: [满意]", [f"{QUARREL} answer-scored-and-excluded"]),
        ("kind: quarters, quarters: [Q1, Q1], excellent: '1', fair: '1'", [f"{QUARREL} quarters-full-not-zero"]),
        ("kind: chain, parts: [{kind: attain, full: '20'}]", [f"{QUARREL} chain-of-one"]),
        ("kind: chain, parts: [{kind: attain, full: '10'}, {kind: attain}]", ["scheme.required"]),
        ("kind: chain, parts: [{kind: attain, full: '10'}, {kind: attain, full: '-10'}]", ["scheme.value-refused"]),
        ("kind: chain, parts: [{kind: attain, full: '10.001'}, {kind: attain, full: '9.999'}]", ["scheme.too-fine"]),
        ("kind: chain, parts: [{kind: attain, full: '10'}, {kind: deduct, full: '10'}]", ["scheme.measure-unknown"]),
        ("kind: chain, parts: [{kind: attain, full: '10'}, {kind: attain, full: '9'}]", ["scheme.parts-do-not-add-up"]),
        ("kind: chain, parts: attain", ["scheme.value-refused"]),
    ],
)  # fmt: skip
def test_a_measure_nobody_could_explain_is_refused(settings: str, codes: list[str]) -> None:
    assert measure(settings) == codes


def test_a_growth_that_goes_on_with_nothing_is_asked_for_a_kind() -> None:
    _, problems, _ = bound("kind: growth, by: {}")
    assert [(one.code, one.args["key"]) for one in problems] == [("scheme.required", "kind")]


def test_lower_is_better_turns_bounds_round() -> None:
    lower = "lower_is_better"
    assert measure("kind: efficacy, unacceptable: '5', satisfactory: '9'", lower) == [
        f"{QUARREL} limits-reversed"
    ]
    falling = "kind: bands, bands: [{to: '6', points: '9'}, {to: '5', points: '8'}, {points: '1'}]"
    assert measure(falling, lower) == [f"{QUARREL} bands-not-ordered"]


def test_a_problem_names_its_line_and_the_nearest_word() -> None:
    (found,) = refused("area: first, battle: b1", "area: fist, battle: b1")
    assert (found.code, found.where, found.args["near"]) == (
        "scheme.id-unknown",
        "case.yaml:13",
        "first",
    )


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("", "scheme.empty", "scheme.yaml"),
        ("scheme: [\n", "scheme.unreadable", "scheme.yaml:2"),
        ("scheme: a\nscheme: b\n", "scheme.key-doubled", "scheme.yaml:2"),
        ("? [a]\n: b\n", "scheme.key-not-text", "scheme.yaml:1"),
        ("just text", "scheme.value-refused", "scheme.yaml:1"),
    ],
)
def test_a_text_that_is_no_scheme_is_refused_with_its_line(
    text: str, code: str, where: str
) -> None:
    scheme, problems = read_scheme(text)
    assert scheme is None
    assert (code, where) in [(one.code, one.where) for one in problems]


def test_sheets_must_be_a_mapping() -> None:
    text = (
        "scheme: a\nversion: '1'\nname: 甲\nitems: {w: {name: 工}}\nindicators: []\n"
        "sheets: []\nseries: []\n"
    )
    scheme, problems = read_scheme(text)
    assert scheme is None
    assert [(one.code, one.where) for one in problems] == [
        ("scheme.value-refused", "scheme.yaml:6")
    ]


def test_a_sheet_without_marks_is_refused() -> None:
    text = (
        "scheme: a\nversion: '1'\nname: 甲\nitems: {w: {name: 工}}\nindicators: []\n"
        "sheets: {s: {}}\nseries: [{id: s, name: 系, sheet: s}]\n"
    )
    _, problems = read_scheme(text)
    assert [one.args.get("quarrel") for one in problems] == ["sheet-without-marks"]


def test_an_unused_indicator_and_stepwise_rounding_are_warned_of() -> None:
    text = (
        "scheme: a\nversion: '1'\nname: 甲\npoints: {total_places: '1'}\nitems: {w: {name: 工}}\n"
        "indicators: [{id: i, name: 指, item: w, measure: {kind: attain}},"
        " {id: j, name: 标, item: w, measure: {kind: attain}}]\n"
        "sheets: {s: {i: '1'}}\nseries: [{id: s, name: 系, sheet: s}]\n"
    )
    scheme, problems = read_scheme(text)
    assert scheme is not None
    assert [one.code for one in problems] == ["scheme.stepwise-rounding", "scheme.indicator-unused"]


def test_a_quarter_listed_twice_or_with_too_fine_points_is_refused() -> None:
    text = (
        "scheme: a\nversion: '1'\nname: 甲\nitems: {w: {name: 工}}\n"
        "indicators: [{id: q, name: 季度, item: w, measure: {kind: quarters,"
        " quarters: [Q1, Q1], excellent: '0.001', fair: '1'}}]\n"
        "sheets: {s: {q: '0'}}\nseries: [{id: s, name: 系, sheet: s}]\n"
    )
    root, _ = parse(text, "a.yaml")
    assert root is not None
    scheme, _ = scheme_from(root)
    assert scheme is not None
    _, problems = bind(scheme)
    assert [one.args.get("quarrel", one.code) for one in problems] == [
        "quarter-doubled",
        "scheme.too-fine",
    ]


def test_points_of_a_quarter_are_not_under_zero() -> None:
    text = (
        "scheme: a\nversion: '1'\nname: 甲\nitems: {w: {name: 工}}\n"
        "indicators: [{id: q, name: 季度, item: w, measure: {kind: quarters,"
        " quarters: [Q1], excellent: '-1', fair: '0'}}]\n"
        "sheets: {s: {q: '0'}}\nseries: [{id: s, name: 系, sheet: s}]\n"
    )
    root, _ = parse(text, "a.yaml")
    assert root is not None
    scheme, _ = scheme_from(root)
    assert scheme is not None
    assert [one.code for one in bind(scheme)[1]] == ["scheme.value-refused"]


def test_a_mapping_of_thousands_of_keys_is_refused_as_one_mistake() -> None:
    text = "".join(f"key{number}: x\n" for number in range(1001))
    _, problems = read_scheme(text)
    assert [one.code for one in problems] == ["scheme.too-many-entries"]
