"""Properties 10 and 19: groups are isolated, and a changed fact changes its own group only."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from tests.engine.rounds.build import build
from tests.engine.rounds.changes import changed_rows, figures, only
from tests.engine.rounds.draws import Draws
from tests.engine.rounds.examples import for_any_round, suppose
from tests.engine.rounds.made import Cells, Made, evaluated, plain_of
from tests.engine.rounds.scope import Limits

# Ballots are tallied before evaluation, over all groups: a rater's ballot is all its marks.
TALLIED = Limits(
    indicators=(1, 4), series=(2, 2), units=(1, 4), without=frozenset({"ballots", "triggers"})
)


def of_units(board: Mapping[str, Any], units: list[str]) -> dict[str, Any]:
    """What a board says of some units."""
    return figures(
        {
            "units": {unit: board["units"][unit] for unit in units},
            "lines": [line for line in board["lines"] if line["unit"] in units],
        }
    )


@for_any_round
def test_a_group_evaluated_alone_has_the_figures_it_has_beside_others(random: Random) -> None:
    made = build(random, TALLIED)
    board = plain_of(made)
    for units in made.groups().values():
        alone = plain_of(only(made, units))
        assert of_units(alone, units) == of_units(board, units)


def with_another_fact(made: Made, draws: Draws) -> tuple[Made, str] | None:
    """The round with one row changed, and the unit it speaks of."""
    tables = {
        "values": ("actual", ("1", "77", "130")),
        "events": ("points", ("1", "2", "3")),
        "tallies": ("mean", ("2", "3", "4.5")),
    }
    present = [
        table for table, (column, _) in tables.items() if any(column in r for r in made.rows(table))
    ]
    if not present:
        return None
    table = draws.pick(present)
    column, texts = tables[table]
    row = draws.pick([row for row in made.rows(table) if column in row])
    text = draws.pick(texts)

    def change(old: Cells) -> Cells:
        return {**old, column: text}

    return changed_rows(made, table, lambda one: one["id"] == row["id"], change), row["unit"]


@for_any_round
def test_a_changed_fact_leaves_every_figure_of_other_groups_as_it_was(random: Random) -> None:
    made = build(random, TALLIED)
    changed = with_another_fact(made, Draws(random))
    suppose(changed is not None)
    assert changed is not None
    again, unit = changed
    _, board, _ = evaluated(again)
    suppose(board is not None)  # the new value may be one its measure refuses
    before, after = plain_of(made), plain_of(again)
    for group, units in made.groups().items():
        if group != made.group_of(unit):
            assert of_units(after, units) == of_units(before, units)


@for_any_round
def test_a_changed_fact_reaches_others_only_through_measures_that_compare(random: Random) -> None:
    made = build(random, TALLIED.having_no("exemptions"))
    changed = with_another_fact(made, Draws(random))
    suppose(changed is not None)
    assert changed is not None
    again, unit = changed
    _, board, _ = evaluated(again)
    suppose(board is not None)
    before, after = plain_of(made)["units"], plain_of(again)["units"]
    alone = [one["id"] for one in made.scheme["indicators"] if not is_relative(one["measure"])]
    for other in set(before) - {unit}:
        for name in set(before[other]["points"]) & set(alone):
            if not credited(made, other):
                assert after[other]["points"][name] == before[other]["points"][name]


def credited(made: Made, unit: str) -> bool:
    """Whether a unit may have a credit, which follows its other points."""
    return any(made.kind(name) == "survey" for name in made.marks(unit))


def is_relative(measure: Mapping[str, Any]) -> bool:
    """Whether a measure may look at other units at all."""
    looks = ("best_ratio", "efficacy", "place", "growth", "versus_mean", "chain", "survey")
    return measure["kind"] in looks
