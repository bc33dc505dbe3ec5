"""The check-up of a scheme alone: each finding below, on and above its line."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from leitai.checkup.findings import Figures
from leitai.checkup.run import check_draft
from tests.engine.rounds.made import Made
from tests.engine.rounds.plain import (
    args,
    draft,
    in_draft,
    indicator,
    numbered,
    of,
    scheme,
    severities,
    units,
)

CALM = {"sheet-sums"}  # what is said of every scheme


def one(measure: dict[str, Any], full: str = "10", n: int = 3, **more: Any) -> Made:
    """A scheme of one indicator for some towns."""
    about = more.pop("about", {})
    body = scheme([indicator("a", measure, **about)], {"all": {"a": full}}, **more)
    return Made(body, units(numbered(n)), {})


def codes(made: Made, *, known: bool = True) -> set[str]:
    return {found.code for found in in_draft(made, known=known)} - CALM


def two_sheets(own: dict[str, str], towns: dict[str, Any] | None = None, **more: Any) -> Made:
    """Towns on a sheet of a 60 and b 40, but for u02 on its own."""
    indicators = more.pop("indicators", [indicator("a"), indicator("b", item="order")])
    series = {"own_sheets": {"u02": "own"}, **(towns or {})}
    body = scheme(indicators, {"all": {"a": "60", "b": "40"}, "own": own}, towns=series, **more)
    return Made(body, units(numbered(3)), {})


def test_a_sound_scheme_has_only_its_sums_told() -> None:
    made = one({"kind": "completion"})
    assert codes(made) == set()
    (sums,) = of(in_draft(made), "sheet-sums")
    assert (sums.severity, sums.args) == ("note", {"n": "1", "odd": ""})
    assert sums.figures == Figures(
        ("sheet", "series", "total", "count", "items"),
        (("all", ("镇街",), "10.00", "1", ("工作 10.00",)),),
    )


def test_a_sheet_nobody_uses_is_summed_too() -> None:
    body = scheme([indicator("a")], {"all": {"a": "10"}, "spare": {"a": "9"}})
    (sums,) = of(in_draft(Made(body, units(numbered(3)), {})), "sheet-sums")
    assert sums.severity == "warning"
    assert sums.args == {"n": "2", "odd": ("镇街 10.00", "spare 9.00")}
    assert sums.figures is not None
    assert [row[:3] for row in sums.figures.rows] == [
        ("all", ("镇街",), "10.00"),
        ("spare", "—", "9.00"),
    ]


def test_a_sheet_with_a_name_of_its_own_is_called_by_it() -> None:
    body = scheme([indicator("a")], {"all": {"a": "10"}, "备用表": {"a": "9"}})
    (sums,) = of(in_draft(Made(body, units(numbered(3)), {})), "sheet-sums")
    assert sums.args["odd"] == ("镇街 10.00", "备用表 9.00")


def test_sheets_of_a_group_with_equal_totals_are_not_told() -> None:
    assert "totals-differ" not in codes(two_sheets({"a": "60", "b": "40"}))


def test_sheets_of_a_group_with_other_totals_are_serious_unless_they_are_scaled() -> None:
    listed = ("镇街 100.00", "u02镇 99.99")
    found = in_draft(two_sheets({"a": "60", "b": "39.99"}, {"scale_to": "100"}))
    assert severities(found, "totals-differ") == ["note"]
    assert args(found, "totals-differ") == [{"group": "镇街", "totals": listed, "to": "100"}]
    unscaled = two_sheets({"a": "60", "b": "39.99"})  # with units known it is a Problem already
    assert severities(in_draft(unscaled, known=False), "totals-differ") == ["serious"]


@pytest.mark.parametrize(("cap", "reach"), [("100%", None), ("100.01%", "100.01"), ("99%", "99.4")])
def test_other_points_at_most_on_sheets_of_one_group_are_told(cap: str, reach: str | None) -> None:
    capped = indicator("a", {"kind": "completion", "cap": cap})
    own = {"b": "100"}
    made = two_sheets(own, indicators=[capped, indicator("b", item="order")])
    found = in_draft(made)
    if reach is None:
        assert "maxima-differ" not in codes(made)
    else:
        reach = {"100.01": "≈100.01", "99.4": "99.4"}[reach]
        assert args(found, "maxima-differ") == [
            {"group": "镇街", "sheets": (f"镇街 {reach}", "u02镇 100")}
        ]
        assert of(found, "maxima-differ")[0].units == ("u02",)


def test_points_without_limit_and_points_by_awards_part_sheets_as_well() -> None:
    open_ = indicator("a", {"kind": "completion", "cap": "none"})
    made = two_sheets({"b": "100"}, indicators=[open_, indicator("b", item="order")])
    assert args(in_draft(made), "maxima-differ")[0]["sheets"] == ("镇街 ∞", "u02镇 100")
    award = indicator("a", {"kind": "award"})
    made = two_sheets({"b": "100"}, indicators=[award, indicator("b", item="order")])
    (found,) = of(in_draft(made), "maxima-differ")
    assert found.figures is not None
    assert found.figures.rows == (("all", "—", "60", "100"), ("own", ("u02镇",), "0", "100"))


def test_scaled_sheets_are_compared_on_the_common_scale() -> None:
    made = two_sheets({"a": "30", "b": "20"}, {"scale_to": "100"})
    assert "maxima-differ" not in codes(made)


def test_what_an_own_sheet_weighs_otherwise_is_listed() -> None:
    same = two_sheets({"a": "60", "b": "40"})
    assert "items-not-compared" not in codes(same)
    (found,) = of(in_draft(two_sheets({"a": "61", "b": "39"})), "items-not-compared")
    assert found.args == {"group": "镇街", "sheet": "own", "units": ("u02镇",), "n": "2"}
    assert found.figures is not None
    assert found.figures.rows == (("工作", "60.00", "61.00"), ("秩序", "40.00", "39.00"))
    (found,) = of(in_draft(two_sheets({"a": "100"})), "items-not-compared")
    assert found.figures is not None
    assert found.figures.rows == (("工作", "60.00", "100.00"), ("秩序", "40.00", "—"))


def test_an_indicator_with_other_points_in_an_equal_item_is_listed() -> None:
    indicators = [indicator("a"), indicator("b", item="order"), indicator("c", item="order")]
    open_ = {"kind": "completion", "cap": "none"}
    indicators.append(indicator("d", open_))
    body = scheme(
        indicators,
        {
            "all": {"a": "5", "d": "5", "b": "6", "c": "4"},
            "own": {"a": "6", "d": "4", "b": "6", "c": "4"},
        },
        towns={"own_sheets": {"u02": "own"}},
    )
    (found,) = of(in_draft(Made(body, units(numbered(3)), {})), "items-not-compared")
    assert found.figures is not None
    assert found.figures.rows == (("a 指标", "5", "6"),)


def test_without_units_a_series_is_looked_at_as_a_whole() -> None:
    made = two_sheets({"a": "61", "b": "39"}, {"groups": {"x": "甲类", "y": "乙类"}})
    (found,) = of(in_draft(made, known=False), "items-not-compared")
    assert (found.group, found.args["units"]) == ("towns", ("u02",))


def test_a_group_without_units_is_left_out() -> None:
    made = two_sheets({"a": "61", "b": "39"}, {"groups": {"x": "甲类", "y": "乙类"}})
    in_x = Made(made.scheme, [{**row, "group": "x"} for row in made.units], {})
    assert [one.id for one in draft(in_x).compared()] == ["towns/x"]


LEVELS = [{"id": "top", "name": "优秀", "at_least": "100"}, {"id": "rest", "name": "其他"}]


@pytest.mark.parametrize(("needed", "told"), [("99.99", False), ("100", False), ("100.01", True)])
def test_a_grade_above_what_a_sheet_can_give_is_out_of_reach(needed: str, told: bool) -> None:
    levels = [{**LEVELS[0], "at_least": needed}, LEVELS[1]]
    made = one({"kind": "completion"}, "100", grades={"levels": levels})
    expected = [{"level": "优秀", "needed": needed, "reach": ("镇街 100",), "groups": ("镇街",)}]
    assert args(in_draft(made), "level-unreachable") == (expected if told else [])


@pytest.mark.parametrize(
    ("bonus", "told"),
    [
        ([{"cap": "2"}], False),
        ([{"cap": "1.99"}], True),
        ([{"cap": "9", "annual_cap": "1"}], True),
        ([{"cap": "1"}, {"annual_cap": "1"}], False),
        ([{}], False),
    ],
)
def test_the_bonus_helps_as_far_as_its_caps_go(bonus: list[dict[str, str]], told: bool) -> None:
    levels = [{**LEVELS[0], "at_least": "102%"}, LEVELS[1]]
    adjustments = {
        f"x{n}": {"name": f"加分{n}", "kind": "bonus", "basis": "一", "department": "办", **body}
        for n, body in enumerate(bonus)
    }
    adjustments["y"] = {"name": "表扬", "kind": "commend", "basis": "一", "department": "办"}
    made = one({"kind": "completion"}, "100", grades={"levels": levels}, adjustments=adjustments)
    assert ("level-unreachable" in codes(made)) is told


def test_points_without_a_cap_reach_every_grade_and_scaled_ones_what_they_are_scaled_to() -> None:
    grades = {"levels": [{**LEVELS[0], "at_least": "101%"}, LEVELS[1]]}
    assert "level-unreachable" not in codes(
        one({"kind": "completion", "cap": "none"}, grades=grades)
    )
    made = one({"kind": "completion"}, "10", grades=grades, towns={"scale_to": "50"})
    assert args(in_draft(made), "level-unreachable")[0]["reach"] == ("镇街 50",)


QUOTAS = [
    {"id": "top", "name": "优秀", "top": "50%"},
    {"id": "mid", "name": "良好"},
    {"id": "low", "name": "一般", "bottom": "25%"},
]


@pytest.mark.parametrize(
    ("n", "bottom", "told"), [(4, "25%", False), (4, "50%", True), (5, "50%", False)]
)
def test_levels_between_quotas_that_take_everybody_are_told(
    n: int, bottom: str, told: bool
) -> None:
    levels = [*QUOTAS[:2], {**QUOTAS[2], "bottom": bottom}]
    made = one({"kind": "completion"}, n=n, grades={"levels": levels})
    expected = [{"levels": ("良好",), "groups": ("镇街 2+2/4",)}]
    assert args(in_draft(made), "level-crowded-out") == (expected if told else [])


def test_overflow_and_two_levels_crowd_nobody_out() -> None:
    both = [{**QUOTAS[0], "at_least": "90%"}, QUOTAS[1], {**QUOTAS[2], "bottom": "50%"}]
    assert "level-crowded-out" not in codes(
        one({"kind": "completion"}, n=4, grades={"levels": both})
    )
    two = [QUOTAS[0], {**QUOTAS[2], "bottom": "50%"}]
    assert "level-crowded-out" not in codes(
        one({"kind": "completion"}, n=4, grades={"levels": two})
    )


@pytest.mark.parametrize(("n", "told"), [(2, True), (3, False)])
def test_a_group_under_three_units_gets_no_grade(n: int, told: bool) -> None:
    made = one({"kind": "completion"}, n=n)
    assert args(in_draft(made), "group-ungraded") == ([{"groups": ("镇街 2",)}] if told else [])
    assert "group-ungraded" not in codes(
        one({"kind": "completion"}, "100", n=n, grades={"levels": LEVELS})
    )


@pytest.mark.parametrize(("n", "told"), [(2, True), (3, False)])
def test_too_few_peers_are_told_before_the_round_opens(n: int, told: bool) -> None:
    made = one({"kind": "best_ratio"}, n=n)
    expected = [{"indicator": "a 指标", "groups": ("镇街 2",)}]
    assert args(in_draft(made), "peers-too-few") == (expected if told else [])
    assert "peers-too-few" not in codes(made, known=False)


@pytest.mark.parametrize(
    ("measure", "reach"),
    [
        ({"kind": "completion", "cap": "100%"}, ()),
        ({"kind": "completion", "cap": "9.99"}, ("9.99 / 10.00",)),
        ({"kind": "completion", "cap": "none"}, ()),
        ({"kind": "baseline", "per": "1", "step": "1", "cap": "50%"}, ("5 / 10.00",)),
        ({"kind": "award", "cap": "4"}, ("4 / 10.00",)),
        ({"kind": "deduct"}, ()),
        ({"kind": "attain"}, ()),
        (
            {"kind": "bands", "bands": [{"from": "9", "points": "8"}, {"points": "0"}]},
            ("8 / 10.00",),
        ),
        ({"kind": "place", "step": "1"}, ()),
        ({"kind": "place", "table": ["9", "8", "7"]}, ("9 / 10.00",)),
        ({"kind": "place", "table": ["10", "8", "7"]}, ()),
        ({"kind": "place", "table": ["7", "8"], "step": "1", "from": "bottom"}, ()),
        ({"kind": "place", "table": ["6", "7", "8"], "from": "bottom"}, ("8 / 10.00",)),
        ({"kind": "versus_mean", "base": "75%", "below": [{"step": "1"}]}, ("7.5 / 10.00",)),
        ({"kind": "versus_mean", "base": "75%", "cap": "none"}, ("7.5 / 10.00",)),
        ({"kind": "versus_mean", "base": "75%", "above": [{"step": "1"}]}, ()),
        (
            {"kind": "versus_mean", "base": "75%", "above": [{"step": "1"}], "cap": "90%"},
            ("9 / 10.00",),
        ),
        ({"kind": "growth", "by": {"kind": "place", "table": ["9", "8", "7"]}}, ("9 / 10.00",)),
        ({"kind": "survey", "scores": {"好": "90", "差": "0"}}, ("9 / 10.00",)),
        ({"kind": "panel", "groups": {"甲": "100%"}, "highest": "10"}, ()),
        (
            {
                "kind": "chain",
                "parts": [
                    {"kind": "attain", "full": "4"},
                    {"kind": "completion", "full": "6", "cap": "5"},
                ],
            },
            ("9 / 10.00",),
        ),
    ],
)
def test_full_marks_nobody_can_earn_are_told(
    measure: dict[str, Any], reach: tuple[str, ...]
) -> None:
    expected = [{"indicator": "a 指标", "reach": reach}] if reach else []
    assert args(in_draft(one(measure)), "full-unreachable") == expected


def test_quarters_have_no_full_marks_to_miss() -> None:
    measure = {"kind": "quarters", "quarters": ["2019Q1"], "excellent": "1", "fair": "1"}
    body = scheme([indicator("a", measure), indicator("b")], {"all": {"a": "0", "b": "10"}})
    assert "full-unreachable" not in codes(Made(body, units(numbered(3)), {}))


@pytest.mark.parametrize(
    ("threshold", "cap", "severity"),
    [
        ("99%", "100%", []),
        ("100%", "100%", ["warning"]),
        ("101%", "100%", ["serious"]),
        ("79%", "8", []),
        ("80%", "8", ["warning"]),
        ("101%", "120%", []),
        ("60%", "none", []),
    ],
)
def test_a_threshold_at_the_cap_leaves_nothing_between(
    threshold: str, cap: str, severity: list[str]
) -> None:
    found = in_draft(one({"kind": "completion", "threshold": threshold, "cap": cap}))
    assert severities(found, "threshold-at-cap") == severity


def test_bounds_between_bands_of_equal_points_are_told() -> None:
    def bands(second: str) -> dict[str, Any]:
        entries = [
            {"from": "9%", "points": "10"},
            {"from": "5%", "points": second},
            {"points": "0"},
        ]
        return {"kind": "growth", "by": {"kind": "bands", "bands": entries}}

    assert "bounds-without-effect" not in codes(one(bands("9.99")))
    assert args(in_draft(one(bands("10"))), "bounds-without-effect") == [
        {"indicator": "a 指标", "bounds": ("9%",)}
    ]
    lower = [{"to": "5", "points": "10"}, {"to": "9", "points": "10"}, {"points": "10"}]
    made = one({"kind": "bands", "bands": lower}, about={"direction": "lower_is_better"})
    assert args(in_draft(made), "bounds-without-effect")[0]["bounds"] == ("5", "9")


ABOUT = {"basis": "第一条", "department": "office"}


def test_measures_and_bonus_without_a_cap_are_told_together() -> None:
    open_bonus = {"x": {"name": "亮点", "kind": "bonus", **ABOUT}}
    made = one({"kind": "completion", "cap": "none"}, adjustments=open_bonus)
    assert args(in_draft(made), "uncapped") == [{"names": ("a 指标", "亮点")}]
    for limit in ("cap", "annual_cap"):
        capped = {"x": {"name": "亮点", "kind": "bonus", limit: "1", **ABOUT}}
        assert "uncapped" not in codes(
            one({"kind": "completion", "cap": "200%"}, adjustments=capped)
        )


def test_panels_may_be_lifted_by_a_coefficient_as_long_as_no_facts_say_otherwise() -> None:
    made = one({"kind": "panel", "groups": {"甲": "100%"}, "highest": "10"})
    assert severities(in_draft(made, known=False), "coefficient-uncapped") == ["note"]
    assert "coefficient-uncapped" not in codes(made)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"cap": "3", "annual_cap": "3"}, None),
        ({"cap": "3.01", "annual_cap": "3"}, ("3.01", "3")),
        ({"cap": "3", "amount": "3"}, None),
        ({"cap": "3", "amount": "4"}, ("4", "3")),
        ({"amount": "4", "annual_cap": "3"}, ("4", "3")),
        ({"amount": "4"}, None),
        ({"annual_cap": "3"}, None),
    ],
)
def test_bonus_limits_that_contradict_each_other_are_told(
    body: dict[str, str], told: tuple[str, str] | None
) -> None:
    made = one(
        {"kind": "completion"},
        adjustments={"x": {"name": "亮点", "kind": "bonus", **ABOUT, **body}},
    )
    expected = [{"adjustment": "亮点", "asked": told[0], "limit": told[1]}] if told else []
    assert args(in_draft(made), "bonus-unreachable") == expected


def test_demotions_of_no_fixed_size_are_told() -> None:
    adjustments = {
        "a1": {"name": "降名次", "kind": "demote", **ABOUT},
        "a2": {"name": "降两名", "kind": "demote", "amount": "2", **ABOUT},
        "a3": {"name": "降等次", "kind": "lower", **ABOUT},
        "a4": {"name": "不得优秀", "kind": "bar", **ABOUT},
    }
    found = in_draft(one({"kind": "completion"}, adjustments=adjustments))
    assert args(found, "demotion-unlimited") == [{"names": ("降名次", "降等次")}]


def test_a_department_that_reports_on_itself_is_serious() -> None:
    made = one({"kind": "completion"}, about={"department": "u02"})
    (found,) = of(in_draft(made), "self-judging")
    assert (found.severity, found.units, found.indicators) == ("serious", ("u02",), ("a",))
    assert found.args == {"unit": "u02镇", "names": ("a 指标",), "unranked": ""}
    assert "self-judging" not in codes(made, known=False)
    assert "self-judging" not in codes(one({"kind": "completion"}, about={"department": "办"}))


def test_a_department_that_only_collects_opinions_or_is_not_ranked_is_a_note() -> None:
    panel = {"kind": "panel", "groups": {"甲": "100%"}, "highest": "10"}
    made = one(panel, about={"department": "u02"})
    assert severities(in_draft(made), "self-judging") == ["note"]
    both = scheme(
        [indicator("a", panel, department="u02"), indicator("b", department="u02")],
        {"all": {"a": "5", "b": "5"}},
    )
    mixed = Made(both, units(numbered(3)), {})
    assert args(in_draft(mixed), "self-judging")[0]["names"] == ("b 指标",)
    unranked = replace(draft(mixed), unranked=frozenset({"u02"}))
    (found,) = of(check_draft(unranked), "self-judging")
    assert (found.severity, found.args["names"]) == ("note", ("a 指标", "b 指标"))


def test_rater_groups_that_no_panel_has_are_serious() -> None:
    panel = {"kind": "panel", "groups": {"甲": "100%"}, "highest": "10"}
    found = in_draft(one(panel, towns={"rated_by": ["甲", "乙", "丙"]}))
    assert args(found, "raters-unknown") == [{"series": "镇街", "groups": ("乙", "丙")}]
    assert severities(found, "raters-unknown") == ["serious"]
    assert "raters-unknown" not in codes(one(panel, towns={"rated_by": ["甲"]}))


def test_what_lacks_a_basis_or_a_department_is_told_once_each() -> None:
    adjustments = {"x": {"name": "亮点", "kind": "bonus", "cap": "1"}}
    bare = {"id": "a", "name": "甲", "item": "work", "measure": {"kind": "deduct"}}
    body = scheme([bare, indicator("b")], {"all": {"a": "5", "b": "5"}}, adjustments=adjustments)
    found = in_draft(Made(body, units(numbered(3)), {}))
    assert args(found, "basis-missing") == [{"names": ("甲", "亮点"), "n": "2"}]
    assert args(found, "department-missing") == [{"names": ("甲", "亮点"), "n": "2"}]


def test_an_indicator_on_no_sheet_is_told_and_one_outside_is_not() -> None:
    sheets = {"all": {"a": "10", "outside": {"b": "1"}}}
    body = scheme([indicator("a"), indicator("b"), indicator("c")], sheets)
    found = in_draft(Made(body, units(numbered(3)), {}))
    assert args(found, "indicator-unused") == [{"names": ("c 指标",)}]
