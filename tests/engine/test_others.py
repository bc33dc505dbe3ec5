"""Results that others published: starting grids, a diving final, a medal table, a standard."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path
from typing import Any

from leitai import points
from leitai.adjustments.slots import demote
from leitai.places import places_of
from tests.engine.rounds.made import Cells, Made, plain_of

Rows = list[dict[str, str]]


def read(folder: Path, name: str) -> Rows:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        {**row, "unit": row["unit"].replace(" ", "_")} if "unit" in row else row for row in rows
    ]


def by(rows: Rows, column: str) -> dict[str, Rows]:
    """Rows by the value of a column."""
    return {
        value: [r for r in rows if r[column] == value]
        for value in dict.fromkeys(r[column] for r in rows)
    }


def scheme(indicators: list[dict[str, Any]], sheet: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A scheme of one item, one sheet and one series."""
    series = {"id": "all", "name": "全部", "sheet": "all", **more.pop("series", {})}
    return {
        "scheme": "published",
        "version": "1",
        "name": "已公布的结果",
        "points": {},
        "items": {"all": {"name": "全部"}},
        "indicators": [{"name": one["id"], "item": "all", **one} for one in indicators],
        "sheets": {"all": sheet},
        "series": [series],
        "grades": {},
        "adjustments": {},
        **more,
    }


def units_of(names: list[str]) -> list[Cells]:
    return [{"unit": name, "name": name, "series": "all"} for name in names]


def places_on(made: Made) -> dict[str, int]:
    return {unit: figures["place"] for unit, figures in plain_of(made)["units"].items()}


def published_places(rows: Rows) -> dict[str, int]:
    return {row["unit"]: int(row["published_place"]) for row in rows}


def test_the_slot_rule_gives_every_published_starting_grid(shared_data: Path) -> None:
    races = by(read(shared_data, "grid_penalties.csv"), "race")
    for race, rows in races.items():
        base = {row["unit"]: int(row["base_place"]) for row in rows}
        falls = {row["unit"]: int(row["demote_by"]) for row in rows if row["demote_by"] != "0"}
        final = {unit: place for unit, (place, _) in places_of(demote(base, falls)).items()}
        assert final == published_places(rows), race
    assert (len(races), sum(len(rows) for rows in races.values())) == (5, 97)


def grid_round(rows: Rows) -> Made:
    """A race as a round: whoever qualified ahead has the larger value, penalties are entries."""
    values = [
        {
            "id": f"value-{row['unit']}",
            "unit": row["unit"],
            "indicator": "lap",
            "actual": str(100 - int(row["base_place"])),
            "target": "100",
        }
        for row in rows
    ]
    entries = [
        {
            "id": f"entry-{row['unit']}",
            "unit": row["unit"],
            "adjustment": "penalty",
            "amount": row["demote_by"],
            "reason": "更换部件",
            "approved": "仲裁",
        }
        for row in rows
        if row["demote_by"] != "0"
    ]
    rules = scheme(
        [{"id": "lap", "measure": {"kind": "completion"}}],
        {"lap": "100"},
        adjustments={"penalty": {"name": "罚退", "kind": "demote"}},
    )
    return Made(
        rules, units_of([r["unit"] for r in rows]), {"values": values, "adjustments": entries}
    )


def test_a_race_evaluated_as_a_round_starts_in_the_published_order(shared_data: Path) -> None:
    for race, rows in by(read(shared_data, "grid_penalties.csv"), "race").items():
        board = plain_of(grid_round(rows))["units"]
        # A place may be vacant in a published grid (a car that did not start); on a board none is.
        base = [int(row["base_place"]) for row in rows]
        assert [board[row["unit"]]["base_place"] for row in rows] == [
            1 + sum(other < place for other in base) for place in base
        ]
        assert {unit: one["place"] for unit, one in board.items()} == published_places(rows), race


JUDGES = [f"judge{number}" for number in range(1, 8)]
PANEL = {
    "kind": "panel",
    "groups": {"judges": "100%"},
    "highest": "10",
    "trim": "2",
    "void_equal": "no",
}


def diving_round(rows: Rows) -> Made:
    """The final as a round: a dive is an indicator, its difficulty the unit's coefficient."""
    dives = list(by(rows, "round"))
    ballots = [
        {
            "id": f"{judge}-{row['unit']}-{row['round']}",
            "rater": judge,
            "rater_group": "judges",
            "unit": row["unit"],
            "indicator": f"dive{row['round']}",
            "mark": row[judge],
        }
        for row in rows
        for judge in JUDGES
    ]
    values = [
        {
            "id": f"difficulty-{row['unit']}-{row['round']}",
            "unit": row["unit"],
            "indicator": f"dive{row['round']}",
            "coefficient": row["difficulty"],
        }
        for row in rows
    ]
    rules = scheme(
        [{"id": f"dive{dive}", "measure": PANEL} for dive in dives],
        {f"dive{dive}": "30" for dive in dives},
    )
    return Made(rules, units_of(list(by(rows, "unit"))), {"ballots": ballots, "values": values})


def test_every_dive_earns_its_published_points(shared_data: Path) -> None:
    rows = read(shared_data, "diving_paris2024.csv")
    board = plain_of(diving_round(rows))["units"]
    found = {(r["unit"], r["round"]): board[r["unit"]]["points"][f"dive{r['round']}"] for r in rows}
    assert {dive: Fraction(text) for dive, text in found.items()} == {
        (row["unit"], row["round"]): Fraction(row["published"]) for row in rows
    }
    assert len(found) == 72


def test_the_diving_final_has_its_published_standing(shared_data: Path) -> None:
    rows = read(shared_data, "diving_paris2024.csv")
    board = plain_of(diving_round(rows))["units"]
    published = {
        unit: sum(Fraction(row["published"]) for row in mine)
        for unit, mine in by(rows, "unit").items()
    }
    assert {unit: Fraction(one["total"]) for unit, one in board.items()} == published
    assert {unit: one["place"] for unit, one in board.items()} == {
        unit: 1 + sum(other > score for other in published.values())
        for unit, score in published.items()
    }
    first = sorted(board.values(), key=lambda one: one["place"])[:3]
    assert [one["total"] for one in first] == ["547.50", "507.65", "497.35"]
    assert [one["place"] for one in first] == [1, 2, 3]


def medal_round(rows: Rows) -> Made:
    """The table as a round: gold counts, silver and bronze stand outside and break ties."""
    kinds = ("gold", "silver", "bronze")
    values = [
        {
            "id": f"{row['unit']}-{kind}",
            "unit": row["unit"],
            "indicator": kind,
            "actual": row[kind],
            "target": "1",
        }
        for row in rows
        for kind in kinds
    ]
    rules = scheme(
        [{"id": kind, "measure": {"kind": "completion", "cap": "none"}} for kind in kinds],
        {"gold": "1", "outside": {"silver": "1", "bronze": "1"}},
        series={"tie_breakers": [{"indicator": "silver"}, {"indicator": "bronze"}]},
    )
    return Made(rules, units_of([row["unit"] for row in rows]), {"values": values})


def test_the_medal_table_has_its_published_places(shared_data: Path) -> None:
    rows = read(shared_data, "medals_paris2024.csv")
    assert places_on(medal_round(rows)) == published_places(rows)
    assert len(rows) == 91


def test_half_even_gives_the_examples_of_the_rounding_standard(shared_data: Path) -> None:
    rows = read(shared_data, "gb8170.csv")
    for row in rows:
        interval = Fraction(row["interval"])
        steps = points.rounded(Fraction(row["value"]) / interval, "half_even")
        assert steps * interval == Fraction(row["expected"]), row
    assert len(rows) == 23
