"""The check-up on facts: compression, ties, departments and copied columns at their lines."""

from __future__ import annotations

from fractions import Fraction

import pytest

from leitai.checkup.copies import Copy, copies
from tests.engine.rounds.made import Cells, Made
from tests.engine.rounds.plain import (
    args,
    indicator,
    numbered,
    of,
    on_facts,
    scheme,
    scored,
    severities,
    units,
)


def at_full(n: int, full: int, **more: object) -> Made:
    """n units, the first `full` of them with full marks of 10, the others one by one lower."""
    points = {
        unit: {"a": "10" if number < full else f"{9 - (number - full) * 0.01:.2f}"}
        for number, unit in enumerate(numbered(n))
    }
    return scored(points, {"a": "10"}, **more)


def events(n: int, rows: list[Cells], **about: str) -> Made:
    """n units with an indicator of deductions, and another that parts them."""
    one = indicator("d", {"kind": "deduct"}, **about)
    names = numbered(n)
    made = scored({unit: {"a": str(k)} for k, unit in enumerate(names)}, {"a": "99"})
    body = {**made.scheme, "indicators": [*made.scheme["indicators"], one]}
    body["sheets"] = {"all": {"a": "99", "d": "1"}}
    facts = {**made.facts, "events": rows, "nil_returns": [{"id": "n", "indicator": "d"}]}
    return Made(body, made.units, facts)


def deduction(unit: str) -> Cells:
    return {"id": f"e-{unit}", "unit": unit, "indicator": "d", "points": "0.5", "reason": "迟"}


def test_the_published_case_of_55_full_marks_among_77_units_is_serious() -> None:
    found = on_facts(at_full(77, 55))
    (marks,) = of(found, "full-marks")
    assert (marks.severity, marks.indicators) == ("serious", ("a",))
    assert marks.args == {"indicator": "a 指标", "groups": ("镇街 55/77",)}
    assert marks.figures is not None
    assert marks.figures.rows == (("镇街", "77", "55", "71%"),)
    (totals,) = of(found, "full-totals")
    assert (totals.severity, totals.group) == ("serious", "towns")
    assert totals.args == {"group": "镇街", "n": "55", "of": "77", "share": "71%"}


@pytest.mark.parametrize(
    ("n", "full", "severity"),
    [
        (6, 2, []),
        (6, 3, ["warning"]),
        (9, 5, ["warning"]),
        (9, 6, ["serious"]),
        (9, 8, ["serious"]),
        (4, 3, []),
        (5, 3, ["warning"]),
    ],
)
def test_half_at_full_marks_is_a_warning_and_two_thirds_are_serious(
    n: int, full: int, severity: list[str]
) -> None:
    found = on_facts(at_full(n, full))
    assert severities(found, "full-marks") == severity
    assert severities(found, "full-totals") == severity


@pytest.mark.parametrize(
    ("deducted", "severity"), [(4, []), (3, ["note"]), (2, ["warning"]), (1, ["warning"])]
)
def test_of_deductions_most_are_spared_so_it_is_a_step_less_grave(
    deducted: int, severity: list[str]
) -> None:
    made = events(6, [deduction(unit) for unit in numbered(deducted)])
    assert severities(on_facts(made), "full-marks") == severity


def test_one_indicator_is_told_once_with_its_fullest_group_first() -> None:
    made = at_full(12, 0)
    halves = [{**row, "group": "x" if number < 6 else "y"} for number, row in enumerate(made.units)]
    full = {row["unit"] for row in (*halves[:3], *halves[6:11])}
    rows = [{**row, "actual": "10"} if row["unit"] in full else row for row in made.rows("values")]
    body = {**made.scheme}
    body["series"] = [{**body["series"][0], "groups": {"x": "甲类", "y": "乙类"}}]
    found = on_facts(Made(body, halves, {"values": rows}))
    assert args(found, "full-marks") == [
        {"indicator": "a 指标", "groups": ("镇街 · 乙类 5/6", "镇街 · 甲类 3/6")}
    ]
    assert severities(found, "full-marks") == ["serious"]


def test_a_group_in_which_all_earn_the_same_is_without_variance_and_not_compressed_too() -> None:
    found = on_facts(at_full(6, 6))
    assert args(found, "no-variance") == [{"indicator": "a 指标", "groups": ("镇街 10.00/10.00",)}]
    assert of(found, "full-marks") == []
    nearly = scored({"u1": {"a": "5"}, "u2": {"a": "5"}, "u3": {"a": "5.01"}}, {"a": "10"})
    assert of(on_facts(nearly), "no-variance") == []
    two = scored({"u1": {"a": "5"}, "u2": {"a": "5"}}, {"a": "10"})
    assert of(on_facts(two), "no-variance") == []


def test_exempt_units_are_not_measured() -> None:
    made = scored(
        {unit: {"a": "7"} for unit in numbered(3)}, {"a": "10", "b": "10"},
    )  # fmt: skip
    rows = [*made.rows("values")]
    rows += [
        {**row, "id": f"b{row['id']}", "indicator": "b", "actual": row["unit"][1:]} for row in rows
    ]
    kept = [row for row in rows if row["id"] != "u03-a"]
    exempt = [{"id": "x", "unit": "u03", "indicator": "a", "reason": "无", "basis": "一"}]
    found = on_facts(made.with_rows(values=kept, exemptions=exempt))
    assert of(found, "no-variance") == []  # two are left, who say nothing
    assert args(on_facts(made.with_rows(values=rows)), "no-variance")[0]["groups"] == (
        "镇街 7.00/10.00",
    )


def totals(*points: str) -> Made:
    return scored({f"u{n}": {"a": one} for n, one in enumerate(points)}, {"a": "100"})


@pytest.mark.parametrize(
    ("points", "told"),
    [
        (("50", "52", "70", "80", "90"), False),
        (("50", "51", "52", "80", "90"), True),
        (("50", "51", "52.01", "80", "90"), False),
        (("50", "51", "52", "90"), False),
    ],
)
def test_half_the_units_within_two_points_of_a_hundred_are_crowded(
    points: tuple[str, ...], told: bool
) -> None:
    expected = [
        {
            "group": "镇街",
            "n": "3",
            "of": "5",
            "share": "60%",
            "width": "2",
            "low": "50.00",
            "high": "52.00",
        }
    ]
    assert args(on_facts(totals(*points)), "totals-narrow") == (expected if told else [])


def test_deductions_of_which_there_was_none_are_told_and_do_not_lack_variance_too() -> None:
    found = on_facts(events(3, []))
    (silent,) = of(found, "no-event")
    assert silent.args == {"names": ("d 指标",)}
    assert silent.figures is not None
    assert silent.figures.rows == (("d 指标", "bureau"),)
    assert of(found, "no-variance") == []
    assert of(on_facts(events(3, [deduction("u01")])), "no-event") == []
    alike = on_facts(events(3, [deduction(unit) for unit in numbered(3)]))
    assert args(alike, "no-variance") == [{"indicator": "d 指标", "groups": ("镇街 0.50/1.00",)}]


def test_a_department_that_gives_all_the_same_in_everything_is_told() -> None:
    both = {"a": "10", "b": "10"}
    indicators = [indicator("a"), indicator("b")]
    same = {unit: {"a": "5", "b": "6"} for unit in numbered(3)}
    (flat,) = of(on_facts(scored(same, both, indicators=indicators)), "department-flat")
    assert flat.args == {"names": ("bureau",)}
    assert flat.figures is not None
    assert flat.figures.rows == (("bureau", ("a 指标", "b 指标")),)
    once = {**same, "u03": {"a": "5", "b": "6.01"}}
    assert of(on_facts(scored(once, both, indicators=indicators)), "department-flat") == []
    apart = [indicator("a"), indicator("b", department="u01")]
    (flat,) = of(on_facts(scored(once, both, indicators=apart)), "department-flat")
    assert (flat.args, flat.units) == ({"names": ("bureau",)}, ())
    nobody = [{**one} for one in indicators]
    for one in nobody:
        del one["department"]
    assert of(on_facts(scored(same, both, indicators=nobody)), "department-flat") == []


def test_equal_values_are_flat_even_where_targets_part_the_points() -> None:
    made = scored({unit: {"a": "5"} for unit in numbered(3)}, {"a": "10"})
    rows = [{**row, "target": str(n + 10)} for n, row in enumerate(made.rows("values"))]
    found = on_facts(made.with_rows(values=rows))
    assert args(found, "department-flat") == [{"names": ("bureau",)}]
    assert of(found, "no-variance") == []


def column(*values: int) -> dict[str, Fraction]:
    return {f"u{n}": Fraction(value) for n, value in enumerate(values)}


def test_columns_that_agree_where_they_tell_anything_are_copies() -> None:
    one = column(9, 9, 9, 1, 2, 3, 4, 5)
    assert copies({"a": one, "b": one}) == [Copy("a", "b", 5, 5)]
    assert copies({"b": one, "a": one}) == [Copy("b", "a", 5, 5)]


def test_columns_of_one_value_say_nothing_and_four_units_do_not_tell() -> None:
    assert copies({"a": column(9, 9, 9, 9, 9, 9), "b": column(9, 9, 9, 9, 9, 9)}) == []
    four = column(9, 9, 1, 2, 3, 4)
    assert copies({"a": four, "b": four}) == []
    assert copies({"a": {}, "b": {}}) == []


@pytest.mark.parametrize(("other", "told"), [(1, True), (2, False)])
def test_nine_of_ten_telling_units_are_enough(other: int, told: bool) -> None:
    first = column(0, 0, *range(1, 11))
    second = column(0, 0, *(value + 50 if value <= other else value for value in range(1, 11)))
    found = copies({"a": first, "b": second})
    assert found == ([Copy("a", "b", 9, 10)] if told else [])


def twins() -> Made:
    """Two indicators with the same figures."""
    points = {unit: {"a": str(n), "b": str(n)} for n, unit in enumerate(numbered(6))}
    return scored(points, {"a": "10", "b": "10"})


def test_two_indicators_with_the_same_figures_are_serious() -> None:
    found = on_facts(twins())
    assert args(found, "columns-copied") == [
        {"names": ("a 指标", "b 指标"), "departments": ("bureau",), "same": "5", "of": "5"}
    ]
    assert severities(found, "columns-copied") == ["serious"]


def banded(*values: str, higher: bool = True) -> Made:
    bands = [{"from": "9", "points": "10"}, {"from": "5", "points": "5"}, {"points": "0"}]
    if not higher:
        bands = [{"to": "5", "points": "10"}, {"to": "9", "points": "5"}, {"points": "0"}]
    about = {} if higher else {"direction": "lower_is_better"}
    one = indicator("a", {"kind": "bands", "bands": bands}, **about)
    rows = [
        {"id": f"v{n}", "unit": unit, "indicator": "a", "actual": value}
        for n, (unit, value) in enumerate(zip(numbered(len(values)), values, strict=True))
    ]
    return Made(scheme([one], {"all": {"a": "10"}}), units(numbered(len(values))), {"values": rows})


@pytest.mark.parametrize(
    ("values", "higher", "bands"),
    [
        (("9", "9", "5", "5", "4.99"), True, ()),
        (("9", "9", "9", "9", "9"), True, ("≥5", "<5")),
        (("8.99", "5", "5", "5", "4"), True, ("≥9",)),
        (("9", "9", "9", "9"), True, ()),
        (("5", "5", "9", "9", "9.01"), False, ()),
        (("5", "5", "5", "5", "5"), False, ("≤9", ">9")),
        (("5.01", "9", "9", "9", "10"), False, ("≤5",)),
    ],
)
def test_bands_nobody_falls_into_are_told_from_five_units_on(
    values: tuple[str, ...], higher: bool, bands: tuple[str, ...]
) -> None:
    expected = [{"indicator": "a 指标", "bands": bands}] if bands else []
    assert args(on_facts(banded(*values, higher=higher)), "bands-empty") == expected


def test_one_band_for_all_is_never_empty() -> None:
    made = banded("1", "1", "1", "1", "1")
    made.scheme["indicators"][0]["measure"]["bands"] = [{"points": "5"}]
    assert of(on_facts(made), "bands-empty") == []


LEVELS = [
    {"id": "top", "name": "优秀", "top": "50%"},
    {"id": "mid", "name": "良好"},
    {"id": "low", "name": "一般", "bottom": "25%"},
]


def graded(*points: str, tie: str = "exclude") -> Made:
    made = totals(*points)
    return Made({**made.scheme, "grades": {"levels": LEVELS, "tie": tie}}, made.units, made.facts)


def test_ties_are_told_with_their_places() -> None:
    found = on_facts(totals("9", "9", "8", "7", "7", "7"))
    (tied,) = of(found, "ties")
    assert tied.args == {"group": "镇街", "n": "5", "of": "6", "places": ("1×2", "4×3")}
    assert tied.units == ("u0", "u1", "u3", "u4", "u5")
    assert of(on_facts(totals("9", "8", "7")), "ties") == []


def test_a_tie_the_quota_runs_through_is_told_as_the_scheme_treats_it() -> None:
    line = {"group": "镇街", "level": "优秀", "count": "2", "place": "2", "units": ("u1镇", "u2镇")}
    for tie, included in (("exclude", ""), ("include", "yes")):
        found = on_facts(graded("9", "8", "8", "1", tie=tie))
        assert args(found, "tie-at-line") == [{**line, "included": included, "bottom": ""}]
    found = on_facts(graded("9", "8", "1", "1"))
    assert args(found, "tie-at-line") == [
        {
            "group": "镇街", "level": "一般", "count": "1", "place": "1",
            "units": ("u2镇", "u3镇"), "included": "", "bottom": "yes",
        }
    ]  # fmt: skip


def test_ties_beside_a_line_and_groups_without_quotas_have_no_such_finding() -> None:
    assert of(on_facts(graded("9", "9", "8", "1")), "tie-at-line") == []
    assert of(on_facts(graded("9", "8", "7", "6", "6", "1")), "tie-at-line") == []
    assert of(on_facts(graded("9", "9")), "tie-at-line") == []


def lifted(coefficient: str) -> Made:
    """A panel in which one unit has a coefficient, and another one below 1."""
    panel = {"kind": "panel", "groups": {"甲": "100%"}, "highest": "10"}
    tallies = [
        {"id": f"t{unit}", "unit": unit, "indicator": "a", "group": "甲", "n": "9", "mean": "7"}
        for unit in numbered(3)
    ]
    values = [
        {"id": "v", "unit": "u02", "indicator": "a", "coefficient": coefficient},
        {"id": "w", "unit": "u03", "indicator": "a", "coefficient": "0.9"},
    ]
    body = scheme([indicator("a", panel)], {"all": {"a": "10"}})
    return Made(body, units(numbered(3)), {"values": values, "tallies": tallies})


def test_panels_lifted_by_a_coefficient_above_one_are_a_warning() -> None:
    (found,) = of(on_facts(lifted("1.01")), "coefficient-uncapped")
    assert (found.severity, found.units) == ("warning", ("u02",))
    assert found.args == {"names": ("a 指标",), "units": ("u02镇",)}
    assert of(on_facts(lifted("1")), "coefficient-uncapped") == []
