"""Values: actual, target, base-period value and coefficient of each unit and indicator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from leitai.bind import Bound
from leitai.facts.numbers import Numbers, lined_up, read
from leitai.facts.round import FACTS, Round
from leitai.facts.rows import Row
from leitai.intake.model import Exemption, Key, Values
from leitai.points import exact
from leitai.problems import Problem, Refused, problem


def values(round_: Round, bindings: Mapping[str, Bound]) -> tuple[Values, list[Problem]]:
    """Values by unit and indicator; unreadable numbers and values out of place as Problems."""
    rows = round_.rows("values")
    by_key = {(row["unit"], row["indicator"]): row for row in rows}
    columns, unreadable = _columns(rows, round_, list(bindings))
    found = Values(by_key, {**round_.figures, **columns}, round_)
    keys = dict.fromkeys([*unreadable, *_off_sheet(by_key, round_, bindings)])
    keys |= dict.fromkeys(_strange_columns(found, round_, bindings))
    problems = [one for key in keys for one in _row_problems(found[key], bindings[key[1]], round_)]
    return found, [*problems, *_in_two_forms(by_key, round_)]


def _columns(
    rows: Sequence[Row], round_: Round, indicators: Sequence[str]
) -> tuple[dict[Key, Numbers], list[Key]]:
    """The numbers of rows by (indicator, fact); the keys of rows with a text that is none."""
    names = [(indicator, fact) for indicator in indicators for fact in FACTS]
    first = {indicator: at * len(FACTS) for at, indicator in enumerate(indicators)}
    long = _stated(rows, first, round_.layout.index)
    found = long.hstack(read(long["text"]))
    made = lined_up(found.filter(pl.col("ok")), len(names), len(round_.layout))
    wrong = found.filter(~pl.col("ok")).select("column", "unit").iter_rows()
    unreadable = [(round_.layout.units[unit], names[column][0]) for column, unit in wrong]
    return {names[column]: one for column, one in made.items()}, unreadable


def _stated(
    rows: Sequence[Row], first: Mapping[str, int], index: Mapping[str, int]
) -> pl.DataFrame:
    """Every fact as it is typed, with the numbers of its column and of its unit."""
    columns, units, texts = list[int](), list[int](), list[str]()
    for row in rows:
        cells = row.cells
        unit = index[cells["unit"]]
        for column, fact in enumerate(FACTS, start=first[cells["indicator"]]):
            text = cells.get(fact)
            if text:
                columns.append(column)
                units.append(unit)
                texts.append(text)
    schema = {"column": pl.Int64, "unit": pl.Int64, "text": pl.String}
    return pl.DataFrame([columns, units, texts], schema=schema)


def _refusing(bound: Bound, round_: Round) -> list[bool]:
    """Which kinds of units may have no value for an indicator."""
    full = round_.layout.full(round_.scheme, bound.id)
    return [bound.by_events or mark is None for mark in full]


def _off_sheet(
    rows: Mapping[Key, Row], round_: Round, bindings: Mapping[str, Bound]
) -> Iterator[Key]:
    """Rows whose indicator takes no values, or is on the sheet of other units."""
    layout = round_.layout
    refused = {
        (kind, name)
        for name, bound in bindings.items()
        for kind, refuses in enumerate(_refusing(bound, round_))
        if refuses
    }
    kind_of = dict(zip(layout.units, layout.judged.to_list(), strict=True)) if refused else {}
    return (key for key in rows if refused and (kind_of[key[0]], key[1]) in refused)


def _strange_columns(found: Values, round_: Round, bindings: Mapping[str, Bound]) -> Iterator[Key]:
    """Keys of coefficients nobody takes or not above zero, and of figures off the sheet."""
    for (indicator, fact), numbers in found.columns.items():
        bound = bindings[indicator]
        if (indicator, fact) in round_.figures and any(_refusing(bound, round_)):
            refusing = [int(refuses) for refuses in _refusing(bound, round_)]
            wrong = numbers.values.is_not_null() & (round_.layout.of_kind(refusing) > 0)
            yield from _keys(wrong, indicator, round_)
        if fact == "coefficient":
            taken = fact in bound.takes
            wrong = numbers.values <= 0 if taken else numbers.values.is_not_null()
            yield from _keys(wrong, indicator, round_)


def _keys(wrong: pl.Series, indicator: str, round_: Round) -> Iterator[Key]:
    for at in wrong.arg_true():
        yield round_.layout.units[at], indicator


def _in_two_forms(rows: Mapping[Key, Row], round_: Round) -> Iterator[Problem]:
    """Rows of an indicator whose values also came as a column."""
    for (_, indicator), row in rows.items():
        if (indicator, "actual") in round_.figures:
            name = round_.scheme.indicators[indicator].name
            yield problem("fact.in-two-forms", row.where, indicator=name)


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
    found: Values,
    exempt: Mapping[Key, Exemption],
) -> Iterator[Problem]:
    """Every unit × indicator of its sheet that lacks a value it needs (§5)."""
    asked = {
        key
        for bound in bindings.values()
        if not bound.by_events and "score" not in bound.needs
        for key in (*_lacking(bound, round_, found), *_of(bound, exempt))
    }
    for unit, indicator in sorted(asked, key=lambda key: _in_sheet_order(key, round_)):
        yield from _gaps(bindings[indicator], unit, round_, found, exempt)


def _lacking(bound: Bound, round_: Round, found: Values) -> Iterator[Key]:
    """Units whose sheet has the indicator and that lack a number it needs."""
    wanted = [int(mark is not None) for mark in round_.layout.full(round_.scheme, bound.id)]
    for fact in bound.needs:
        numbers = found.columns.get((bound.id, fact))
        if numbers is None:
            yield from _keys(round_.layout.of_kind(wanted) > 0, bound.id, round_)
        elif numbers.values.has_nulls():
            lacking = numbers.values.is_null() & (round_.layout.of_kind(wanted) > 0)
            yield from _keys(lacking, bound.id, round_)


def _of(bound: Bound, exempt: Mapping[Key, Exemption]) -> Iterator[Key]:
    return (key for key in exempt if key[1] == bound.id)


def _in_sheet_order(key: Key, round_: Round) -> tuple[int, int]:
    unit, indicator = key
    sheet = round_.scheme.sheet_of(unit, round_.units[unit].series)
    return round_.layout.index[unit], [*sheet.full, *sheet.outside, indicator].index(indicator)


def _gaps(
    bound: Bound,
    unit: str,
    round_: Round,
    found: Mapping[Key, Row],
    exempt: Mapping[Key, Exemption],
) -> Iterator[Problem]:
    names = {
        "unit": round_.units[unit].name,
        "indicator": bound.indicator.name,
        "department": round_.name_of(bound.indicator.department),
    }
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
