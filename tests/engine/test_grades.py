"""Quotas on the line and beside it, and who is told to be inside both (§10)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from leitai.casebook.read import read_case
from leitai.casebook.run import run
from leitai.grades import quota

CASE = """
case: 名额可以重叠的等次
working: 不计算
scheme:
  scheme: small
  version: "1"
  name: 小方案
  items: {work: {name: 工作}}
  indicators: [{id: done, name: 完成量, item: work, measure: {kind: completion}}]
  sheets: {towns: {done: "100"}}
  series: [{id: towns, name: 镇街, sheet: towns}]
  grades: {levels: [{id: high, name: 优秀, TOP}, {id: mid, name: 良好}, {id: low, name: 一般, BOTTOM}]}
  adjustments: {away: {name: 不参评, kind: unranked}}
units: {UNITS}
facts:
  values: [VALUES]
  adjustments: [{unit: e, adjustment: away, reason: 撤并, approved: 领导小组}]
expect: {}
"""


def graded(
    top: str, bottom: str, **actual: str
) -> tuple[dict[str, str | None], list[tuple[str, str]]]:
    """Each ranked unit's level, and the warnings with the unit they name; unit e is not ranked."""
    units = ", ".join(f"{unit}: {unit}镇" for unit in [*actual, "e"])
    row = '{{unit: {}, indicator: done, actual: "{}", target: "100"}}'
    values = ", ".join(row.format(unit, text) for unit, text in [*actual.items(), ("e", "70")])
    text = CASE.replace("TOP", top).replace("BOTTOM", bottom)
    case, problems = read_case(text.replace("UNITS", units).replace("VALUES", values), "case.yaml")
    assert case is not None, problems
    done = run(case)
    assert done.board is not None, done.problems
    levels = {unit: one.grade for unit, one in done.board.results.items() if unit != "e"}
    return levels, [(one.code, one.args.get("unit", "")) for one in done.problems]


@pytest.mark.parametrize(
    ("share", "n", "counts"),
    [  # floor, half up, ceil
        (None, 10, (0, 0, 0)),
        ("0", 10, (0, 0, 0)),
        ("1/10", 2, (0, 0, 1)),  # no unit by right in so small a group
        ("1/10", 3, (1, 1, 1)),
        ("3/10", 9, (2, 3, 3)),
        ("3/10", 10, (3, 3, 3)),
        ("3/10", 11, (3, 3, 4)),
        ("1/2", 5, (2, 3, 3)),  # exactly half
        ("1/2", 7, (3, 4, 4)),
        ("1", 4, (4, 4, 4)),
    ],
)
def test_a_share_of_the_units_is_a_whole_number(
    share: str | None, n: int, counts: tuple[int, ...]
) -> None:
    exact = None if share is None else Fraction(share)
    assert tuple(quota(exact, n, count) for count in ("floor", "half_up", "ceil")) == counts


FOUR = {"a": "95", "b": "90", "c": "85", "d": "80"}


@pytest.mark.parametrize(
    ("top", "levels", "told"),
    [
        ('top: "75%"', ["high", "high", "high", "low"], [("grade.both-quotas", "c镇")]),
        ('top: "50%"', ["high", "high", "low", "low"], []),
        # whoever misses the condition of the first level is in the last, and in it alone
        ('top: "75%", at_least: "88"', ["high", "high", "low", "low"], []),
    ],
)
def test_a_unit_inside_both_quotas_gets_the_better_level_and_is_named(
    top: str, levels: list[str], told: list[tuple[str, str]]
) -> None:
    assert graded(top, 'bottom: "50%"', **FOUR) == (dict(zip(FOUR, levels, strict=True)), told)


def test_in_a_group_of_two_nobody_is_inside_a_quota() -> None:
    levels, told = graded('top: "100%", at_least: "92"', 'bottom: "100%"', a="95", b="90")
    assert (levels, told) == ({"a": "high", "b": "mid"}, [])
