"""Values: actual, target, base-period value and coefficient of each unit and indicator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from leitai.bind import Bound
from leitai.facts.round import Round
from leitai.facts.rows import Row
from leitai.intake.model import Exemption, Key
from leitai.points import exact
from leitai.problems import Problem, Refused, problem

FACTS = ("actual", "target", "previous", "coefficient")


def values(round_: Round, bindings: Mapping[str, Bound]) -> tuple[dict[Key, Row], list[Problem]]:
    """Rows by unit and indicator; unreadable numbers and rows out of place as Problems."""
    found: dict[Key, Row] = {}
    problems: list[Problem] = []
    for row in round_.rows("values"):
        bound = bindings[row["indicator"]]
        problems += _row_problems(row, bound, round_)
        found[row["unit"], row["indicator"]] = row
    return found, problems


def _row_problems(row: Row, bound: Bound, round_: Round) -> Iterator[Problem]:
    names = {"unit": round_.units[row["unit"]].name, "indicator": bound.indicator.name}
    if not on_sheet(round_, row["unit"], bound.id):
        yield problem("fact.not-on-sheet", row.where, **names)
    if bound.by_events:
        yield problem("fact.value-for-events", row.where, **names)
    for column in FACTS:
        yield from _number(row, column, names)
    if row["coefficient"] and "coefficient" not in bound.takes:
        yield problem("fact.coefficient-unwanted", row.spot("coefficient"), **names)


def _number(row: Row, column: str, names: Mapping[str, str]) -> Iterator[Problem]:
    if not row[column]:
        return
    try:
        value = exact(row[column])
    except Refused as refused:
        yield refused.at(row.spot(column), **names)
        return
    if column == "coefficient" and value <= 0:
        yield problem("fact.coefficient-not-positive", row.spot(column), **names)


def on_sheet(round_: Round, unit: str, indicator: str) -> bool:
    """Whether the unit's sheet has the indicator, inside or outside."""
    sheet = round_.scheme.sheet_of(unit, round_.units[unit].series)
    return sheet.full_of(indicator) is not None


def missing_values(
    round_: Round,
    bindings: Mapping[str, Bound],
    found: Mapping[Key, Row],
    exempt: Mapping[Key, Exemption],
) -> Iterator[Problem]:
    """Every unit × indicator of its sheet that lacks a value it needs (§5)."""
    for unit in round_.units.values():
        sheet = round_.scheme.sheet_of(unit.id, unit.series)
        for indicator in (*sheet.full, *sheet.outside):
            bound = bindings[indicator]
            if bound.by_events or "score" in bound.needs:
                continue
            names = {
                "unit": unit.name,
                "indicator": bound.indicator.name,
                "department": round_.name_of(bound.indicator.department),
            }
            yield from _gaps(bound, unit.id, names, found, exempt)


def _gaps(
    bound: Bound,
    unit: str,
    names: Mapping[str, str],
    found: Mapping[Key, Row],
    exempt: Mapping[Key, Exemption],
) -> Iterator[Problem]:
    row = found.get((unit, bound.id))
    if (unit, bound.id) in exempt:
        if row is not None:
            yield problem("fact.exempt-has-data", row.where, **names)
    elif row is None:
        yield problem("fact.missing", column="|".join(bound.needs), **names)
    else:
        for column in bound.needs:
            if not row[column]:
                yield problem("fact.missing", row.spot(column), column=column, **names)
