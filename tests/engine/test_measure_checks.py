"""Facts that a measure cannot work with: who is named, on the line and beside it (§4)."""

from __future__ import annotations

import pytest

from tests.engine.one_indicator import HIGHER, LOWER, tried, values

Found = list[tuple[str, str]]


def found(measure: str, direction: str, column: str, figures: str) -> Found:
    """What is said of the three units: the code and whom it names.

    `figures` are the actual values; with a `column`, that one's, beside actual values of 1.
    """
    cells = [
        f'actual: "1", {column}: "{text}"' if column else f'actual: "{text}"'
        for text in figures.split()
    ]
    return [
        (one.code, one.args["units"] if "units" in one.args else one.args["unit"])
        for one in tried(measure, values(cells), direction).problems
        if one.code.startswith("measure.")
    ]


ALL = "甲|乙|丙"
TARGET = [("measure.target-not-positive", "甲"), ("measure.target-not-positive", "丙")]
PREVIOUS = [("measure.previous-not-positive", "甲"), ("measure.previous-not-positive", "丙")]
BASELINE = "kind: baseline, step: '1', per:"
MEAN = "kind: versus_mean, base: '5', above: [{step: '1'}]"


@pytest.mark.parametrize(
    ("measure", "direction", "column", "figures", "named"),
    [
        (f"{BASELINE} '5%'", HIGHER, "target", "0 0.01 -0.01", TARGET),
        (f"{BASELINE} '5'", HIGHER, "target", "0 0.01 -0.01", []),
        ("kind: completion", HIGHER, "target", "0 0.01 -0.01", TARGET),
        ("kind: best_ratio", HIGHER, "", "0 0 -1", [("measure.best-not-positive", ALL)]),
        ("kind: best_ratio", HIGHER, "", "0.01 0 -1", []),
        ("kind: best_ratio", LOWER, "", "0 1 2", [("measure.best-not-positive", ALL)]),
        ("kind: best_ratio", LOWER, "", "0.01 1 2", []),
        (MEAN, HIGHER, "", "1 -1 0", [("measure.mean-not-positive", ALL)]),
        (MEAN, HIGHER, "", "1 -0.99 0", []),
        (f"{MEAN}, difference: absolute", HIGHER, "", "1 -1 0", []),
        ("kind: efficacy", HIGHER, "", "5 5 5", [("measure.no-spread", ALL)]),
        ("kind: efficacy", HIGHER, "", "5 5 5.01", []),
        ("kind: efficacy", LOWER, "", "5 5 5", [("measure.no-spread", ALL)]),
        ("kind: efficacy", LOWER, "", "5 5 5.01", []),
        ("kind: efficacy, unacceptable: '5'", HIGHER, "", "4.99 4 5", [("measure.no-spread", ALL)]),
        ("kind: efficacy, unacceptable: '5'", HIGHER, "", "4.99 4 3", [("measure.limits-reversed", ALL)]),
        ("kind: efficacy, unacceptable: '5'", HIGHER, "", "5.01 4 3", []),
        ("kind: efficacy, unacceptable: '5'", LOWER, "", "5.01 6 7", [("measure.limits-reversed", ALL)]),
        ("kind: efficacy, unacceptable: '5'", LOWER, "", "4.99 6 7", []),
        ("kind: place, table: ['9', '5']", HIGHER, "", "1 2 3", [("measure.table-too-short", ALL)]),
        ("kind: place, table: ['9', '5', '1']", HIGHER, "", "1 2 3", []),
        ("kind: place, table: ['9', '5'], step: '1'", HIGHER, "", "1 2 3", []),
        ("kind: growth, by: {kind: bands, bands: [{points: '9'}]}", HIGHER, "previous", "0 0.01 -1", PREVIOUS),
        ("kind: growth, by: {kind: place, step: '1'}", HIGHER, "previous", "0 0.01 -1", []),
        ("kind: growth, by: {kind: efficacy}", HIGHER, "previous", "0 0.01 -1", []),
        ("kind: growth, by: {kind: efficacy, unacceptable: '-500%'}", HIGHER, "previous", "0 0.01 -1", PREVIOUS),
    ],
)  # fmt: skip
def test_whom_a_measure_names(
    measure: str, direction: str, column: str, figures: str, named: Found
) -> None:
    assert found(measure, direction, column, figures) == named


@pytest.mark.parametrize("cap", ["none", "'100%'"])
def test_nothing_at_all_is_refused_only_where_the_rate_has_no_end(cap: str) -> None:
    cells = [f'actual: "{actual}", target: "5"' for actual in ("0", "0.01", "-1")]
    problems = tried(f"kind: completion, cap: {cap}", values(cells), LOWER).problems
    codes = [(one.code, one.args["unit"]) for one in problems if "unit" in one.args]
    refused = [("measure.actual-not-positive", "甲"), ("measure.actual-not-positive", "丙")]
    assert codes == (refused if cap == "none" else [])


PEERS = [
    "kind: place, step: '1'",
    "kind: efficacy",
    "kind: efficacy, satisfactory: '9'",
    "kind: best_ratio",
    "kind: versus_mean, base: '5'",
]


@pytest.mark.parametrize("measure", PEERS)
def test_who_compares_needs_enough_to_compare_with(measure: str) -> None:
    assert found(measure, HIGHER, "", "1 2 3") == []
    for peers, named in (("3", []), ("4", [("measure.too-few-peers", ALL)])):
        assert found(f"{measure}, peers_min: '{peers}'", HIGHER, "", "1 2 3") == named


def test_growth_needs_as_many_as_what_it_goes_on_with() -> None:
    for peers, named in (("3", []), ("4", [("measure.too-few-peers", ALL)])):
        place = f"kind: growth, by: {{kind: place, step: '1', peers_min: '{peers}'}}"
        assert found(place, HIGHER, "previous", "1 2 3") == named


def test_fixed_limits_need_nobody_to_compare_with() -> None:
    fixed = "kind: efficacy, unacceptable: '0', satisfactory: '9', peers_min: '4'"
    assert found(fixed, HIGHER, "", "1 2 3") == []
    shares = fixed.replace("'0'", "'0%'").replace("'9'", "'9%'")
    assert found(f"kind: growth, by: {{{shares}}}", HIGHER, "previous", "1 2 3") == []
