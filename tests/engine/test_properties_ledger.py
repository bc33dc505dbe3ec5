"""Properties 3, 7 and 11: sums, limits, and what becomes of gaps.

Beside them the oracle for the one rounding: every neighbour is looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from leitai import points as engine_points
from tests.engine.oracle.credits import bounds, credit, exempt_of, line_points
from tests.engine.oracle.rounding import nearest, to_places
from tests.engine.rounds.build import build
from tests.engine.rounds.changes import without_rows
from tests.engine.rounds.draws import Draws
from tests.engine.rounds.examples import SMALL, for_any_round, suppose
from tests.engine.rounds.made import Made, codes_of, plain_of

Plain = Mapping[str, Any]


def summed(board: Plain, unit: str, **named: object) -> Fraction:
    """Σ of a unit's lines that carry the values named."""
    return sum(
        (
            Fraction(line["points"])
            for line in board["lines"]
            if line["unit"] == unit and all(line.get(key) == value for key, value in named.items())
        ),
        Fraction(0),
    )


@for_any_round
def test_every_score_is_the_sum_of_its_lines(random: Random) -> None:
    made = build(random, SMALL)
    board = plain_of(made)
    for unit, figures in board["units"].items():
        of_indicators = {name: summed(board, unit, indicator=name) for name in made.marks(unit)}
        assert {
            name: Fraction(figures["points"][name]) for name in made.marks(unit)
        } == of_indicators
        items = {made.indicator(name)["item"] for name in made.marks(unit)}
        assert {item: Fraction(one["points"]) for item, one in figures["items"].items()} == {
            item: summed(board, unit, item=item) for item in items
        }
        bonus = sum(
            (
                summed(board, unit, item=None, indicator=name, kind=kind)
                for name in made.scheme["adjustments"]
                for kind in ("bonus", "cap")
            ),
            Fraction(0),
        )
        assert Fraction(figures["bonus"]) == bonus
        rounding = summed(board, unit, kind="round")
        assert Fraction(figures["total"]) == summed(board, unit)
        assert Fraction(figures["exact"]) == summed(board, unit) - rounding
        assert Fraction(figures["exact"]) == bonus + summed(board, unit, kind="scale") + sum(
            of_indicators.values()
        )


@for_any_round
def test_scale_and_round_lines_are_the_one_rounding_of_what_they_round(random: Random) -> None:
    made = build(random, SMALL)
    board = plain_of(made)
    points = made.scheme["points"]
    places = int(points.get("total_places", points.get("line_places", "2")))
    for unit, figures in board["units"].items():
        exact = Fraction(figures["exact"])
        rule = points.get("rounding", "half_up")
        assert Fraction(figures["total"]) == to_places(exact, places, rule)
        items = sum(Fraction(one["points"]) for one in figures["items"].values())
        series, marks = made.series_of(unit), made.marks(unit)
        if "scale_to" in series:
            total = sum(Fraction(text) for text in marks.values())
            scaled = line_points(made, items * Fraction(series["scale_to"]) / total)
            assert summed(board, unit, kind="scale") == scaled - items
        kinds = [line["kind"] for line in board["lines"] if line["unit"] == unit]
        assert kinds.count("scale") == ("scale_to" in series)
        assert kinds.count("round") == (places < int(points.get("line_places", "2")))


def holds(low: Fraction | None, value: Fraction, high: Fraction | None) -> bool:
    return (low is None or low <= value) and (high is None or value <= high)


@for_any_round
def test_points_stay_within_the_floor_and_the_cap_of_their_measure(random: Random) -> None:
    made = build(random, SMALL)
    board = plain_of(made)
    for unit, figures in board["units"].items():
        sheet = made.sheet_of(unit)
        marks = {**sheet.get("outside", {}), **made.marks(unit)}
        for name, text in figures["points"].items():
            measure, full, earned = (
                made.indicator(name)["measure"],
                Fraction(marks[name]),
                Fraction(text),
            )
            if name in exempt_of(board, unit):
                assert 0 <= earned <= full
            elif measure["kind"] == "panel":
                assert earned <= line_points(made, full * coefficient(made, unit, name))
            elif measure["kind"] != "chain":
                low, high = bounds(measure, full)
                ends = [None if end is None else line_points(made, end) for end in (low, high)]
                assert holds(ends[0], earned, ends[1]), (unit, name)


def coefficient(made: Made, unit: str, indicator: str) -> Fraction:
    """The unit's coefficient, 1 without one."""
    rows = [r for r in made.rows("values") if (r["unit"], r["indicator"]) == (unit, indicator)]
    return Fraction(rows[0].get("coefficient", "1")) if rows else Fraction(1)


@for_any_round
def test_parts_of_a_chain_stay_within_theirs_and_wait_for_full_ones(random: Random) -> None:
    made = build(random, SMALL)
    board = plain_of(made)
    chains = [one for one in made.scheme["indicators"] if one["measure"]["kind"] == "chain"]
    for unit in board["units"]:
        for one in [one for one in chains if one["id"] in made.marks(unit)]:
            if one["id"] in exempt_of(board, unit):
                continue
            waits = one["measure"].get("then", "if_full") == "if_full"
            opened = True
            for number, part in enumerate(one["measure"]["parts"], start=1):
                earned = summed(board, unit, indicator=one["id"], part=number)
                low, high = bounds(part, Fraction(part["full"]))
                ends = [None if end is None else line_points(made, end) for end in (low, high)]
                assert holds(ends[0], earned, ends[1]) if opened else earned == 0
                opened = not waits or (opened and earned >= Fraction(part["full"]))


@for_any_round
def test_an_exempt_credit_is_full_marks_times_the_rate_of_the_rest(random: Random) -> None:
    made = build(random, SMALL)
    board = plain_of(made)
    for unit, figures in board["units"].items():
        named = {row["indicator"] for row in made.rows("exemptions") if row["unit"] == unit}
        exempt = exempt_of(board, unit)
        assert named & set(made.marks(unit)) <= exempt
        for name in exempt:
            lines = [
                line["kind"]
                for line in board["lines"]
                if (line["unit"], line["indicator"]) == (unit, name)
            ]
            assert lines == ["exempt"]
            assert Fraction(figures["points"][name]) == credit(made, board, unit, name)


def without_facts(made: Made, unit: str, indicator: str) -> Made:
    """The round in which nobody reported anything of one unit's indicator."""

    def is_it(row: dict[str, str]) -> bool:
        return row.get("unit") == unit and row.get("indicator") == indicator

    for table in ("values", "events", "tallies", "answers", "ballots"):
        made = without_rows(made, table, is_it)
    if made.kind(indicator) == "quarters":
        listed = made.indicator(indicator)["measure"]["quarters"]
        return without_rows(
            made, "quarters", lambda row: row["unit"] == unit and row["quarter"] == listed[0]
        )
    return without_rows(
        made,
        "nil_returns",
        lambda row: row["indicator"] == indicator and row.get("unit", unit) == unit,
    )


MISSING = {"deduct": "fact.no-nil-return", "quarters": "fact.quarter-missing"}


@for_any_round
def test_a_fact_that_is_missing_is_named_and_never_taken_for_zero(random: Random) -> None:
    made, draws = build(random, SMALL), Draws(random)
    late = made.scheme.get("lateness", {}).get("indicator")
    exempt = {(row["unit"], row["indicator"]) for row in made.rows("exemptions")}
    needed = [
        (row["unit"], name)
        for row in made.units
        for name in (*made.marks(row["unit"]), *made.sheet_of(row["unit"]).get("outside", {}))
        if (row["unit"], name) not in exempt and made.kind(name) != "award" and name != late
    ]
    suppose(needed)
    unit, indicator = draws.pick(needed)
    codes = codes_of(without_facts(made, unit, indicator))
    assert MISSING.get(made.kind(indicator), "fact.missing") in codes


@for_any_round
def test_a_blank_cell_that_a_measure_needs_is_named(random: Random) -> None:
    made, draws = build(random, SMALL), Draws(random)
    cells = [
        (row["id"], column)
        for row in made.rows("values")
        for column in ("actual", "target", "previous")
        if column in row
    ]
    suppose(cells)
    here, column = draws.pick(cells)
    rows = [
        {key: text for key, text in row.items() if (row["id"], key) != (here, column)}
        for row in made.rows("values")
    ]
    assert "fact.missing" in codes_of(made.with_rows(values=rows))


@given(
    st.integers(-(10**20), 10**20), st.integers(1, 10**6), st.sampled_from(("half_up", "half_even"))
)
def test_the_one_rounding_takes_the_nearest_neighbour(top: int, bottom: int, rule: str) -> None:
    for value in (Fraction(top, bottom), Fraction(top, 2), Fraction(top * 2 + 1, 2)):
        assert engine_points.rounded(value, rule) == nearest(value, rule)


@given(st.integers(-(10**6), 10**6), st.sampled_from(("half_up", "half_even")))
def test_rounding_a_negative_number_mirrors_the_positive_one(top: int, rule: str) -> None:
    value = Fraction(top, 4)
    assert engine_points.rounded(-value, rule) == -engine_points.rounded(value, rule)
