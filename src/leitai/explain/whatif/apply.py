"""A round with some facts and settings changed, put together as if its files said so."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from leitai.explain.whatif.changes import Added, Change, Gone, Setting, Value
from leitai.explain.whatif.paths import with_settings
from leitai.facts.headings import table_named, table_unknown
from leitai.facts.names import names_of
from leitai.facts.read_csv import read_csv
from leitai.facts.round import Round, assemble
from leitai.facts.rows import Row
from leitai.facts.tables import TABLES
from leitai.near import near
from leitai.problems import Problem, Refused, blocking, problem
from leitai.scheme.document import located
from leitai.scheme.model import Scheme
from leitai.scheme.read import scheme_from
from leitai.signs import clean_text, half_width, quoted

_KEYS = ("unit", "indicator")
_COLUMNS = {
    word: column.name for column in TABLES["values"].columns for word in (column.name, column.zh)
}
_SPELT_TOGETHER = {"events", "adjustments"}  # a matter may stand in both
Tables = dict[str, list[Row]]


def changed_round(round_: Round, changes: Sequence[Change]) -> tuple[Round | None, list[Problem]]:
    """The round as it would be; None with every Problem of the changes at once.

    Nothing is read again: rows and scheme are those of the round but for what is changed.
    """
    scheme, problems = _scheme(round_.scheme, [one for one in changes if isinstance(one, Setting)])
    problems += _said_twice(changes, round_)
    round_ = round_.in_rows()
    tables: Tables = {table: list(rows) for table, rows in round_.facts.items()}
    for one in changes:
        try:
            problems += _change(tables, one, round_)
        except Refused as refused:
            problems.append(refused.at(one.where))
    if scheme is None or blocking(problems):
        return None, problems
    units = [_unit_row(round_, unit) for unit in round_.units]
    touched = _to_settle(tables, round_, scheme)
    made, found = assemble(round_.id, round_.name, scheme, units, touched, round_.year)
    problems += found
    made = replace(made, facts={**round_.facts, **made.facts})
    return (None if blocking(problems) else made), problems


def _said_twice(changes: Sequence[Change], round_: Round) -> Iterator[Problem]:
    """Changes of what another change says already: nobody could tell which of them holds."""
    said: dict[tuple[str, ...], str] = {}
    for one in changes:
        for spot in _spots(one, round_):
            if spot in said:
                yield problem("whatif.said-twice", one.where, first=said[spot])
            said.setdefault(spot, one.where)


def _spots(one: Change, round_: Round) -> list[tuple[str, ...]]:
    """What a change gives another value; nothing for what is not known, which is told later."""
    if isinstance(one, Setting):
        return [(one.path,)]
    if not isinstance(one, Value):
        return []
    try:
        return [(*_key(one, round_), _column(name)) for name in one.cells]
    except Refused:
        return []


def _to_settle(tables: Tables, round_: Round, scheme: Scheme) -> Tables:
    """The tables to be settled anew: those changed, all where the scheme's words were."""
    if _words(scheme) != _words(round_.scheme):
        return tables
    changed = {table for table, rows in tables.items() if rows != list(round_.rows(table))}
    if changed & _SPELT_TOGETHER:
        changed |= _SPELT_TOGETHER
    return {table: rows for table, rows in tables.items() if table in changed}


def _words(scheme: Scheme) -> object:
    """What facts may name in a scheme, and what their cells mean by it."""
    indicators = [(one.id, one.name, one.unit_of_measure) for one in scheme.indicators.values()]
    adjustments = [(key, one.name, one.kind) for key, one in scheme.adjustments.items()]
    return indicators, adjustments, [(one.id, one.name) for one in scheme.grades.levels]


def _scheme(scheme: Scheme, settings: list[Setting]) -> tuple[Scheme | None, list[Problem]]:
    if not settings:
        return scheme, []
    plain, problems = with_settings(scheme.plain, settings)
    made, found = scheme_from(located(plain, "scheme"))
    return made, [*problems, *found]


def _unit_row(round_: Round, unit: str) -> Row:
    one = round_.units[unit]
    group = one.group.partition("/")[2]
    cells = {"unit": one.id, "name": one.name, "series": one.series, "group": group}
    return Row("units", one.id, one.id, {key: text for key, text in cells.items() if text})


def _change(tables: Tables, one: Change, round_: Round) -> Sequence[Problem]:
    """Changes the tables; raises Refused where it cannot be done."""
    if isinstance(one, Gone):
        _leave_out(tables, one)
    elif isinstance(one, Value):
        return _put_value(tables, one, round_)
    elif isinstance(one, Added):
        return _add(tables, one)
    return ()


def _leave_out(tables: Tables, one: Gone) -> None:
    found = [row for rows in tables.values() for row in rows if one.fact in (row.id, row.where)]
    if not found:
        known = dict.fromkeys(w for rows in tables.values() for r in rows for w in (r.id, r.where))
        raise Refused("whatif.fact-unknown", fact=quoted(one.fact), near=near(one.fact, known))
    if len(found) > 1:
        places = ", ".join(dict.fromkeys(f"{row.table} {row.where}" for row in found))
        raise Refused("whatif.fact-ambiguous", fact=quoted(one.fact), places=places)
    tables[found[0].table].remove(found[0])


def _put_value(tables: Tables, one: Value, round_: Round) -> Sequence[Problem]:
    key = unit, indicator = _key(one, round_)
    rows = tables.setdefault("values", [])
    index = next((n for n, row in enumerate(rows) if (row["unit"], row["indicator"]) == key), None)
    if index is None:
        name = round_.scheme.indicators[indicator].name
        raise Refused("whatif.no-value", unit=round_.units[unit].name, indicator=name)
    before = rows[index]
    cells = {**before.cells, **{_column(name): text for name, text in one.cells.items()}}
    row, problems = _read("values", cells, one.where)
    if row is not None:
        rows[index] = replace(row, id=before.id)
    return problems


def _key(one: Value, round_: Round) -> tuple[str, str]:
    """The unit and the indicator a change names."""
    units = {unit.id: unit.name for unit in round_.units.values()}
    indicators = {each.id: each.name for each in round_.scheme.indicators.values()}
    return _meant("unit", one.unit, units), _meant("indicator", one.indicator, indicators)


def _meant(kind: str, text: str, names: Mapping[str, str]) -> str:
    """The id of a unit or an indicator by id or name."""
    known = names_of(names)
    meant = known.meant(clean_text(text))
    if not meant:
        words = {kind: quoted(text), "near": near(text, known.words)}
        raise Refused(f"fact.{kind}-unknown", **words)
    return meant[0]


def _column(name: str) -> str:
    column = _COLUMNS.get(half_width(name).casefold())
    if column is None or column in _KEYS:
        words = {"table": TABLES["values"].zh, "table_name": "values"}
        raise Refused(
            "fact.heading-unknown", heading=quoted(name), near=near(name, _COLUMNS), **words
        )
    return column


def _add(tables: Tables, one: Added) -> Sequence[Problem]:
    table = table_named(one.table)
    if table is None:
        return [table_unknown(one.table, one.where)]
    if table.name == "units":
        raise Refused("whatif.units-stay")
    row, problems = _read(table.name, one.cells, one.where)
    if row is not None:
        rows = tables.setdefault(table.name, [])
        alike = sum(each.where == row.where for each in rows)
        rows.append(replace(row, id=f"{row.id} ({alike + 1})") if alike and not row["id"] else row)
    return problems


def _read(table: str, cells: Mapping[str, str], where: str) -> tuple[Row | None, list[Problem]]:
    """A row as a file of one row would give it, its place where the change was asked for."""
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([list(cells), list(cells.values())])
    rows, problems = read_csv(f"{table}.csv", stream.getvalue().encode())
    problems = [replace(each, where=where) for each in problems]
    if rows:
        return replace(rows[0], id=rows[0]["id"] or where, where=where), problems
    return None, problems or [problem("whatif.says-nothing", where)]
