"""Property 16: a better annual place never has a worse consequence; two-years-last is exact.

The oracle tries every length of a run on the rows as they were typed.
"""

from __future__ import annotations

from random import Random
from typing import Any

from tests.engine.oracle import year as oracle
from tests.engine.rounds.draws import Draws
from tests.engine.rounds.examples import for_any_round, suppose
from tests.engine.rounds.made import Made, plain_of
from tests.engine.rounds.years import THIS, build_year

SEVERITY = {None: 0, "interview": 1, "reassignment": 2}


def consequences(board: dict[str, Any]) -> dict[str, tuple[str, int]]:
    """Unit → the rule that speaks and the run, as the board states them."""
    found = board["year"]["consequences"]
    return {unit: (one["rule"], one["run"]) for unit, one in found.items()}


def severity(board: dict[str, Any], unit: str) -> int:
    """How hard the consequence for a unit is, 0 for none."""
    return SEVERITY[board["year"]["consequences"].get(unit, {}).get("then")]


@for_any_round
def test_consequences_and_runs_are_those_found_by_trying(random: Random) -> None:
    made = build_year(random)
    board = plain_of(made)
    assert consequences(board) == oracle.consequences(made, board)


@for_any_round
def test_rewards_are_the_nearest_cents(random: Random) -> None:
    made = build_year(random)
    board = plain_of(made)
    found = {unit: one["amount"] for unit, one in board["year"]["rewards"].items()}
    assert found == oracle.rewards(made, board)


@for_any_round
def test_of_two_units_of_a_group_the_better_one_has_no_harder_consequence(random: Random) -> None:
    made = build_year(random)
    board = plain_of(made)
    place = "base_place" if oracle.by_base(made) else "place"
    for units in made.groups().values():
        ranked = [unit for unit in units if board["units"][unit]["place"] is not None]
        better = [
            (one, other)
            for one in ranked
            for other in ranked
            if board["units"][one][place] < board["units"][other][place]
        ]
        assert [one for one, _ in better if severity(board, one)] == []


@for_any_round
def test_a_unit_that_improves_never_gets_a_harder_consequence(random: Random) -> None:
    made = build_year(random).with_rows(adjustments=[])
    unit = Draws(random).pick([row["unit"] for row in made.units])
    values = [
        {**row, "actual": str(int(row["actual"]) + (15 if row["unit"] == unit else 0))}
        for row in made.rows("values")
    ]
    before, after = plain_of(made), plain_of(made.with_rows(values=values))
    assert after["units"][unit]["place"] <= before["units"][unit]["place"]
    assert severity(after, unit) <= severity(before, unit)


def with_one_rule(made: Made, years: str) -> Made:
    """The round with one rule for all series, for so many years running."""
    changed = made.copied()
    changed.scheme["year"]["consequences"] = [
        {
            "id": "only",
            "name": "唯一",
            "series": [one["id"] for one in changed.scheme["series"]],
            "when": {"last": "yes", "years_running": years},
            "then": "reassignment",
        }
    ]
    return changed


@for_any_round
def test_two_years_last_is_this_year_and_the_one_before_and_nothing_else(random: Random) -> None:
    made = with_one_rule(build_year(random), "2")
    board = plain_of(made)
    last = oracle.last_units(made, board)
    both = {unit for unit in last if oracle.counts(made, unit, THIS - 1)}
    assert set(board["year"]["consequences"]) == both


@for_any_round
def test_without_the_year_before_no_run_is_longer_than_one(random: Random) -> None:
    made = with_one_rule(build_year(random), "1")
    suppose(oracle.last_units(made, plain_of(made)))
    rows = [row for row in made.rows("history") if row["year"] != str(THIS - 1)]
    board = plain_of(made.with_rows(history=rows))
    assert {run for _, run in consequences(board).values()} == {1}


@for_any_round
def test_results_marked_imported_count_like_all_others(random: Random) -> None:
    made = build_year(random)
    rows = [{key: row[key] for key in row if key != "imported"} for row in made.rows("history")]
    assert plain_of(made.with_rows(history=rows))["year"] == plain_of(made)["year"]


@for_any_round
def test_the_order_of_rows_of_the_year_does_not_matter(random: Random) -> None:
    made, draws = build_year(random), Draws(random)
    tables = ("heads", "headcounts", "history", "successions")
    mixed = made.with_rows(**{table: draws.shuffled(made.rows(table)) for table in tables})
    assert plain_of(mixed)["year"] == plain_of(made)["year"]
