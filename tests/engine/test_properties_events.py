"""Property 7 for what is recorded: deductions, awards and bonuses up to their floors and caps."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from tests.engine.oracle.credits import bounds, exempt_of, line_points
from tests.engine.rounds.build import build
from tests.engine.rounds.examples import SMALL, for_any_round
from tests.engine.rounds.made import Made, plain_of
from tests.engine.test_properties_ledger import summed


@for_any_round
def test_a_deduction_takes_its_points_until_the_floor_gives_the_rest_back(random: Random) -> None:
    made = build(random, SMALL)
    board = plain_of(made)
    late = made.scheme.get("lateness", {})
    for unit, figures in board["units"].items():
        for name in [n for n in figures["points"] if made.kind(n) == "deduct"]:
            if name in exempt_of(board, unit):
                continue
            sheet = made.sheet_of(unit)
            full = Fraction({**sheet.get("outside", {}), **made.marks(unit)}[name])
            taken = [
                Fraction(row["points"])
                for row in made.rows("events")
                if (row["unit"], row["indicator"]) == (unit, name)
            ]
            if late.get("indicator") == name:
                each = Fraction(late["points"])
                days = [int(row["days"]) for row in made.rows("late") if row["unit"] == unit]
                taken += [each * (n if late.get("per") == "day" else 1) for n in days]
            floor, _ = bounds(made.indicator(name)["measure"], full)
            assert floor is not None
            assert Fraction(figures["points"][name]) == max(
                line_points(made, floor), full - sum(taken)
            )


@for_any_round
def test_awards_and_bonuses_count_one_matter_once_up_to_their_caps(random: Random) -> None:
    made = build(random, SMALL)
    board = plain_of(made)
    for unit, figures in board["units"].items():
        sheet = made.sheet_of(unit)
        for name in [n for n in figures["points"] if made.kind(n) == "award"]:
            full = Fraction({**sheet.get("outside", {}), **made.marks(unit)}[name])
            rows = [
                row
                for row in made.rows("events")
                if (row["unit"], row["indicator"]) == (unit, name)
            ]
            merits = matters(rows, [Fraction(row["points"]) for row in rows])
            _, cap = bounds(made.indicator(name)["measure"], full)
            assert cap is not None
            assert Fraction(figures["points"][name]) == min(sum(merits), line_points(made, cap))
        assert Fraction(figures["bonus"]) <= most_bonus(made, unit)


def matters(rows: list[dict[str, str]], points: list[Fraction]) -> list[Fraction]:
    """What counts: everything without a matter, and the highest of each matter."""
    best: dict[str, Fraction] = {}
    free: list[Fraction] = []
    for row, value in zip(rows, points, strict=True):
        if matter := row.get("matter"):
            best[matter] = max(value, best.get(matter, value))
        else:
            free.append(value)
    return [*free, *best.values()]


def most_bonus(made: Made, unit: str) -> Fraction:
    """The matters counted once, and never more than all the caps together where each has one."""
    bodies = made.scheme["adjustments"]
    rows = [row for row in made.entries("bonus") if row["unit"] == unit]
    points = [Fraction(row.get("amount") or bodies[row["adjustment"]]["amount"]) for row in rows]
    most = sum(matters(rows, points), Fraction(0))
    limits = [
        limit_of(made, unit, name) for name, body in bodies.items() if body["kind"] == "bonus"
    ]
    if any(limit is None for limit in limits):
        return most
    return min(most, sum((limit for limit in limits if limit is not None), Fraction(0)))


def limit_of(made: Made, unit: str, name: str) -> Fraction | None:
    """The lower of the round's cap and what the year leaves."""
    body = made.scheme["adjustments"][name]
    limits = [Fraction(body["cap"])] if "cap" in body else []
    if "annual_cap" in body:
        earlier = [
            Fraction(row["value"])
            for row in made.rows("previous")
            if (row["unit"], row["about"]) == (unit, name)
        ]
        limits.append(max(Fraction(0), Fraction(body["annual_cap"]) - sum(earlier)))
    return min(limits, default=None)


@for_any_round
def test_what_each_bonus_credits_is_its_counting_entries_up_to_its_caps(random: Random) -> None:
    made = build(random, SMALL)
    board = plain_of(made)
    for unit in board["units"]:
        for name, body in made.scheme["adjustments"].items():
            if body["kind"] == "bonus":
                counted = summed(board, unit, indicator=name, kind="bonus")
                limit = limit_of(made, unit, name)
                credited = counted + summed(board, unit, indicator=name, kind="cap")
                assert credited == (counted if limit is None else min(counted, limit))
