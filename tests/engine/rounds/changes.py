"""Changes of a made round that rules say something about: renamed, shuffled, cut down."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from tests.engine.rounds.draws import Draws
from tests.engine.rounds.made import Cells, Made


def shuffled(made: Made, draws: Draws) -> Made:
    """Units, indicators, entries of every mapping and rows of every table in another order."""
    dated = with_dates(made).copied()
    scheme = dated.scheme
    scheme["indicators"] = draws.shuffled(scheme["indicators"])
    scheme["series"] = draws.shuffled(scheme["series"])
    for key in ("items", "sheets", "adjustments"):
        scheme[key] = {name: scheme[key][name] for name in draws.shuffled(list(scheme[key]))}
    for name, sheet in scheme["sheets"].items():
        scheme["sheets"][name] = {key: sheet[key] for key in draws.shuffled(list(sheet))}
    facts = {table: draws.shuffled(rows) for table, rows in dated.facts.items()}
    tables = {table: facts[table] for table in draws.shuffled(list(facts))}
    return Made(scheme, draws.shuffled(dated.units), tables)


def with_dates(made: Made) -> Made:
    """The round with a different entry time for every event and entry.

    Of equal ones with the same matter the first *entered* counts, and where nothing is said of
    that, the one read first: only then does the order of rows say something.
    """
    return made.with_rows(
        **{
            table: [
                {**row, "entered": f"2019-03-{number // 24 + 1:02}T{number % 24:02}:00"}
                for number, row in enumerate(made.rows(table))
            ]
            for table in ("events", "adjustments")
            if made.rows(table)
        }
    )


def renamed(made: Made, ids: Mapping[str, str], title: str = "{} 镇") -> Made:
    """The same round with other ids and names for its units."""
    scheme = made.copied().scheme
    for one in scheme["series"]:
        if "own_sheets" in one:
            one["own_sheets"] = {ids[unit]: sheet for unit, sheet in one["own_sheets"].items()}
    units = [
        {**row, "unit": ids[row["unit"]], "name": title.format(ids[row["unit"]])}
        for row in made.units
    ]
    facts = {table: [renamed_row(row, ids) for row in rows] for table, rows in made.facts.items()}
    return Made(scheme, units, facts)


def renamed_row(row: Cells, ids: Mapping[str, str]) -> Cells:
    """A row of facts with another unit in it."""
    changed = {key: ids[row[key]] for key in ("unit", "rater_unit") if key in row}
    return {**row, **changed}


def renamed_board(board: Mapping[str, Any], ids: Mapping[str, str]) -> dict[str, Any]:
    """The figures of a board with other ids for its units."""
    return {
        "units": {ids[unit]: figures for unit, figures in board["units"].items()},
        "lines": [{**line, "unit": ids[line["unit"]]} for line in board["lines"]],
    }


def only(made: Made, units: Sequence[str]) -> Made:
    """The round with some of its units alone."""
    scheme = made.copied().scheme
    for one in scheme["series"]:
        own = {unit: sheet for unit, sheet in one.pop("own_sheets", {}).items() if unit in units}
        one.update({"own_sheets": own} if own else {})
    kept = [row for row in made.units if row["unit"] in units]
    facts = {
        table: [row for row in rows if row.get("unit", units[0]) in units]
        for table, rows in made.facts.items()
    }
    return Made(scheme, kept, facts)


def in_place_of(made: Made, unit: str, model: str) -> Made:
    """The round in which one unit reports exactly what another one does."""
    scheme = made.copied().scheme
    for one in scheme["series"]:
        own = one.get("own_sheets", {})
        if model in own:
            own[unit] = own[model]
        else:
            own.pop(unit, None)
    facts: dict[str, list[Cells]] = {}
    for table, rows in made.facts.items():
        others = [row for row in rows if row.get("unit") != unit]
        copies = [
            {**row, "unit": unit, "id": f"{row['id']}-too"}
            for row in rows
            if row.get("unit") == model
        ]
        facts[table] = others + copies
    return replace(made, scheme=scheme, facts=facts)


def changed_rows(
    made: Made, table: str, here: Callable[[Cells], bool], change: Callable[[Cells], Cells]
) -> Made:
    """The round with some rows of a table changed."""
    rows = [change(row) if here(row) else row for row in made.rows(table)]
    return made.with_rows(**{table: rows})


def without_rows(made: Made, table: str, gone: Callable[[Cells], bool]) -> Made:
    """The round without some rows of a table."""
    return made.with_rows(**{table: [row for row in made.rows(table) if not gone(row)]})


def figures(board: Mapping[str, Any]) -> dict[str, Any]:
    """What a board says, whatever the order it says it in: units, and lines as a multiset."""
    lines = sorted(
        sorted((key, str(value)) for key, value in line.items()) for line in board["lines"]
    )
    return {"units": board["units"], "lines": lines}
