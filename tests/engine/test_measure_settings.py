"""What the settings of a measure may be: each limit below, on and above its line (§4)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from leitai.measures import MEASURES
from leitai.measures.kind import Use
from tests.engine.binding import LOWER, bound, quarrels

PANEL = "kind: panel, highest: '10', groups: {g: '60%', h: '40%'}"
LIMITS = [  # the sheets give 20 and 10 points
    ("kind: award, cap: '10'", []),
    ("kind: award, cap: '10.01'", ["cap-above-full"]),
    ("kind: award, cap: '0'", []),
    ("kind: award, cap: '-0.01'", ["cap-above-full"]),
    ("kind: award, cap: '100%'", []),
    ("kind: award, cap: '100.01%'", ["cap-above-full"]),
    ("kind: award, cap: '33.333%'", []),
    ("kind: award, cap: '3.333'", ["scheme.too-fine"]),
    ("kind: deduct, floor: '10'", []),
    ("kind: deduct, floor: '10.01'", ["floor-above-full"]),
    ("kind: deduct, floor: '3.333'", ["scheme.too-fine"]),
    ("kind: bands, bands: [{from: '5', points: '10'}, {points: '10'}]", []),
    ("kind: bands, bands: [{from: '5', points: '10.01'}, {points: '0'}]", ["bands-not-falling"]),
    ("kind: bands, bands: [{from: '5', points: '10'}, {points: '-0.01'}]", ["bands-not-falling"]),
    ("kind: bands, bands: [{from: '5', points: '8'}, {points: '8.01'}]", ["bands-not-falling"]),
    ("kind: bands, bands: [{from: '5', points: '60%'}, {points: '7'}]", ["bands-not-falling"]),
    ("kind: bands, bands: [{from: '5', points: '9'}, {from: '4.99', points: '8'}, {points: '1'}]", []),
    ("kind: bands, bands: [{from: '5', points: '9'}, {from: '5', points: '8'}, {points: '1'}]", ["bands-not-ordered"]),
    ("kind: bands, bands: [{from: '5', to: '9', points: '9'}, {from: '3', points: '8'}, {points: '1'}]", ["bands-open"]),
    ("kind: bands, bands: [{from: '5', points: '9'}, {points: '8'}, {points: '1'}]", ["bands-open"]),
    ("kind: bands, bands: [{points: '9'}, {from: '5', points: '8'}, {points: '1'}]", ["bands-open"]),
    ("kind: bands, bands: [{from: '5', points: '9'}, {from: '4', points: '8'}]", ["bands-open"]),
    ("kind: baseline, per: '1', step: '1', floor: '10', cap: none", []),
    ("kind: baseline, per: '1', step: '1', floor: '10.01', cap: none", ["floor-above-full"]),
    ("kind: baseline, per: '1', step: '1', floor: '5', cap: '5'", []),
    ("kind: baseline, per: '1', step: '1', floor: '5', cap: '4.99'", ["cap-under-floor"]),
    ("kind: baseline, per: '1', step: '1', floor: '60%', cap: '7'", ["cap-under-floor"]),
    ("kind: completion, floor: '10', cap: none", []),
    ("kind: completion, floor: '10.01', cap: none", ["floor-above-full"]),
    ("kind: completion, floor: '10', cap: '10'", []),
    ("kind: completion, floor: '10', cap: '9.99'", ["cap-under-floor"]),
    ("kind: efficacy, base: '0'", []),
    ("kind: efficacy, base: '-0.01'", ["base-off-scale"]),
    ("kind: efficacy, base: '10'", []),
    ("kind: efficacy, base: '10.01'", ["base-off-scale"]),
    ("kind: efficacy, unacceptable: '5', satisfactory: '5'", []),
    ("kind: efficacy, unacceptable: '5', satisfactory: '5.01'", []),
    ("kind: efficacy, unacceptable: '5.01', satisfactory: '5'", ["limits-reversed"]),
    ("kind: efficacy, unacceptable: '5'", []),
    ("kind: efficacy, satisfactory: '5'", []),
    ("kind: efficacy, satisfactory: '5%'", ["bound-percent"]),
    ("kind: growth, by: {kind: efficacy, unacceptable: '5%', satisfactory: '9%'}", []),
    ("kind: growth, by: {kind: efficacy, satisfactory: '9'}", ["bound-percent"]),
    ("kind: growth, by: {kind: bands, bands: [{from: '5%', points: '9'}, {points: '1'}]}", []),
    ("kind: growth, by: {kind: place}", ["neither-step-nor-table"]),
    (PANEL, []),
    ("kind: panel, highest: '10', groups: {g: '60%', h: '41%'}", ["weights-not-whole"]),
    (f"{PANEL}, lowest: '9.99'", []),
    (f"{PANEL}, lowest: '10'", ["scale-upside-down"]),
    (f"{PANEL}, anchors: {{好: '10', 差: '0'}}", []),
    (f"{PANEL}, anchors: {{好: '10.01', 差: '0'}}", ["anchor-off-scale"]),
    (f"{PANEL}, anchors: {{好: '10', 差: '-0.01'}}", ["anchor-off-scale"]),
    (f"{PANEL}, merge: {{g: h}}", []),
    (f"{PANEL}, merge: {{g: i}}", ["merge-unclear"]),
    (f"{PANEL}, merge: {{i: g}}", ["merge-unclear"]),
    (f"{PANEL}, merge: {{g: h, h: g}}", ["merge-unclear"]),
    (f"{PANEL}, trim: '0%', trim_from: '3'", []),
    (f"{PANEL}, trim: '49.99%', trim_from: '3'", []),
    (f"{PANEL}, trim: '50%', trim_from: '3'", ["trim-too-much"]),
    (f"{PANEL}, trim: '10%', trim_from: '2'", ["trim-too-much"]),
    (f"{PANEL}, trim: '0', trim_from: '1'", []),
    (f"{PANEL}, trim: '1', trim_from: '3'", []),
    (f"{PANEL}, trim: '1', trim_from: '2'", ["trim-too-much"]),
    (f"{PANEL}, trim: '2', trim_from: '5'", []),
    (f"{PANEL}, trim: '2', trim_from: '4'", ["trim-too-much"]),
    (f"{PANEL}, trim: '1.5', trim_from: '9'", ["trim-too-much"]),
    (f"{PANEL}, trim: '-1', trim_from: '9'", ["trim-too-much"]),
    (f"{PANEL}, quorum: '1'", []),
    (f"{PANEL}, quorum: '0'", ["quorum-zero"]),
    ("kind: place, table: ['10', '10', '0']", []),
    ("kind: place, table: ['10.01', '5']", ["table-not-falling"]),
    ("kind: place, table: ['10', '-0.01']", ["table-not-falling"]),
    ("kind: place, table: ['5', '5.01']", ["table-not-falling"]),
    ("kind: place, table: ['60%', '7']", ["table-not-falling"]),
    ("kind: place, table: ['5', '5', '10'], from: bottom", []),
    ("kind: place, table: ['5.01', '5'], from: bottom", ["table-not-falling"]),
    ("kind: place, table: ['5'], from: bottom", []),
    ("kind: place, step: '1'", []),
    ("kind: place, step: '1', from: bottom", ["bottom-without-table"]),
    ("kind: place, from: bottom", ["neither-step-nor-table", "bottom-without-table"]),
    ("kind: place, step: '1', floor: '10'", []),
    ("kind: place, step: '1', floor: '10.01'", ["floor-above-full"]),
    ("kind: place, step: '1', table: ['9', '5'], floor: '5'", []),
    ("kind: place, step: '1', table: ['9', '5'], floor: '5.01'", ["floor-above-table"]),
    ("kind: place, step: '1', table: ['9', '5', '3'], floor: '4'", ["floor-above-table"]),
    ("kind: place, step: '1', table: ['9', '60%'], floor: '7'", ["table-not-falling", "floor-above-table"]),
    ("kind: place, table: ['9', '5'], floor: '5.01'", []),
    ("kind: place, step: '1', table: ['5', '9'], from: bottom, floor: '9.5'", []),
    ("kind: survey, scores: {好: '100', 差: '0'}", []),
    ("kind: survey, scores: {好: '100.01', 差: '0'}", ["answer-off-scale"]),
    ("kind: survey, scores: {好: '100', 差: '-0.01'}", ["answer-off-scale"]),
    ("kind: survey, scores: {}", ["answer-off-scale"]),
    ("kind: survey, channels: {网: '60%', 电: '40%'}", []),
    ("kind: survey, channels: {网: '60%', 电: '39%'}", ["channels-not-whole"]),
    ("kind: survey, score_from: '1', hide_below: '1'", []),
    ("kind: survey, score_from: '0', hide_below: '0'", ["score-from-zero"]),
    ("kind: survey, score_from: '20', hide_below: '20'", []),
    ("kind: survey, score_from: '20', hide_below: '21'", ["hidden-but-scored"]),
    ("kind: versus_mean, base: '10', above: [{step: '1'}]", []),
    ("kind: versus_mean, base: '10', above: [{to: '5', step: '1'}, {step: '1'}]", []),
    ("kind: versus_mean, base: '10', above: [{step: '1'}, {step: '2'}]", ["brackets-open"]),
    ("kind: versus_mean, base: '10', above: [{to: '5', step: '1'}]", ["brackets-open"]),
    ("kind: versus_mean, base: '10', above: [{to: '5', step: '1'}, {step: '1'}, {step: '1'}]", ["brackets-open"]),
    ("kind: versus_mean, base: '10', above: [{to: '5', step: '1'}, {to: '5', step: '2'}, {step: '1'}]", ["brackets-not-ordered"]),
    ("kind: versus_mean, base: '10', below: [{to: '6', step: '1'}, {to: '5', step: '2'}, {step: '1'}]", ["brackets-not-ordered"]),
    ("kind: versus_mean, base: '10', floor: '5', cap: '5'", []),
    ("kind: versus_mean, base: '10', floor: '5', cap: '4.99'", ["cap-under-floor"]),
]  # fmt: skip


@pytest.mark.parametrize(("settings", "codes"), LIMITS)
def test_a_limit_is_legal_up_to_its_line(settings: str, codes: list[str]) -> None:
    assert quarrels(settings) == codes


@pytest.mark.parametrize(
    ("settings", "codes"),
    [
        ("kind: bands, bands: [{to: '5', points: '9'}, {to: '5.01', points: '8'}, {points: '1'}]", []),
        ("kind: bands, bands: [{to: '5', points: '9'}, {to: '5', points: '8'}, {points: '1'}]", ["bands-not-ordered"]),
        ("kind: bands, bands: [{from: '5', points: '9'}, {points: '1'}]", ["bands-open"]),
        ("kind: efficacy, unacceptable: '5.01', satisfactory: '5'", []),
        ("kind: efficacy, unacceptable: '5', satisfactory: '5'", []),
        ("kind: efficacy, unacceptable: '5', satisfactory: '5.01'", ["limits-reversed"]),
    ],
)  # fmt: skip
def test_where_lower_is_better_bounds_rise(settings: str, codes: list[str]) -> None:
    assert quarrels(settings, LOWER) == codes


MOST = [  # of 20 points
    ("kind: attain", "20"),
    ("kind: award", "20"),
    ("kind: award, cap: '5'", "5"),
    ("kind: bands, bands: [{from: '5', points: '60%'}, {points: '1'}]", "12"),
    ("kind: baseline, per: '1', step: '1'", "20"),
    ("kind: baseline, per: '1', step: '1', cap: '21'", "21"),
    ("kind: baseline, per: '1', step: '1', cap: none", None),
    ("kind: best_ratio", "20"),
    ("kind: completion, cap: '110%'", "22"),
    ("kind: completion, cap: none", None),
    ("kind: deduct, floor: '5'", "20"),
    ("kind: efficacy, base: '5'", "20"),
    ("kind: growth, by: {kind: bands, bands: [{from: '5%', points: '9'}, {points: '1'}]}", "9"),
    ("kind: growth, by: {kind: place, step: '1'}", "20"),
    ("kind: panel, highest: '10', groups: {g: '100%'}", "20"),
    ("kind: place, step: '1'", "20"),
    ("kind: place, table: ['15', '10']", "15"),
    ("kind: place, table: ['15', '10'], step: '1'", "15"),
    ("kind: place, table: ['10', '15'], from: bottom", "15"),
    ("kind: place, table: ['10', '15'], from: bottom, step: '1'", "20"),
    ("kind: survey", "20"),
    ("kind: survey, scores: {好: '80', 差: '0'}", "16"),
    ("kind: versus_mean, base: '10'", "10"),
    ("kind: versus_mean, base: '10', cap: '8'", "8"),
    ("kind: versus_mean, base: '10', cap: none", "10"),
    ("kind: versus_mean, base: '10', above: [{step: '1'}]", "20"),
    ("kind: versus_mean, base: '10', above: [{step: '1'}], cap: none", None),
]


@pytest.mark.parametrize(("settings", "points"), MOST)
def test_what_can_be_earned_at_most(settings: str, points: str | None) -> None:
    measure, problems, scheme = bound(settings)
    assert measure is not None, problems
    full = Fraction(20 * scheme.scale.one)
    use = Use(True, (full,), scheme.scale)
    most = measure.measure.most(measure.settings, use, full)
    assert most == (None if points is None else Fraction(points) * scheme.scale.one)


def test_what_two_excellent_quarters_can_add() -> None:
    settings = "kind: quarters, quarters: [Q1, Q2], excellent: '1.5', fair: '1'"
    measure, problems, scheme = bound(settings, marks=("0",))
    assert measure is not None, problems
    use = Use(True, (Fraction(0),), scheme.scale)
    assert measure.measure.most(measure.settings, use, Fraction(0)) == 3 * scheme.scale.one


@pytest.mark.parametrize(
    ("points", "codes"),
    [
        ("excellent: '0.01', fair: '0.01'", []),
        ("excellent: '0.001', fair: '1'", ["scheme.too-fine"]),
        ("excellent: '1', fair: '0.001'", ["scheme.too-fine"]),
    ],
)
def test_points_of_quarters_are_no_finer_than_the_lines(points: str, codes: list[str]) -> None:
    _, problems, _ = bound(f"kind: quarters, quarters: [Q1], {points}", marks=("0",))
    assert [one.args.get("quarrel", one.code) for one in problems] == codes


def test_what_has_no_value_cannot_be_a_part_of_a_chain() -> None:
    refused = [
        kind
        for kind in MEASURES
        if "scheme.measure-unknown"
        in quarrels(
            f"kind: chain, parts: [{{kind: {kind}, full: '10'}}, {{kind: attain, full: '10'}}]"
        )
    ]
    assert sorted(refused) == ["award", "chain", "deduct", "panel", "quarters", "survey"]


def test_the_facts_that_each_unit_must_have() -> None:
    needs = {
        kind: (*one.needs(None), *(f"({name})" for name in one.takes))
        for kind, one in MEASURES.items()
        if kind != "chain"  # what its parts need
    }
    assert {kind: names for kind, names in needs.items() if names != ("actual",)} == {
        "attain": ("actual", "target"),
        "award": (),
        "baseline": ("actual", "target"),
        "completion": ("actual", "target", "(coefficient)"),
        "deduct": (),
        "growth": ("actual", "previous"),
        "panel": ("score", "(coefficient)"),
        "quarters": (),
        "survey": ("score",),
    }
