"""Reads a case: a YAML with scheme, units, facts and what must come out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leitai.casebook.expect import Expect
from leitai.facts.round import Round, assemble
from leitai.facts.rows import Row
from leitai.facts.tables import TABLES
from leitai.near import near
from leitai.problems import Problem, Refused, blocking, problem
from leitai.scheme.document import Node, parse
from leitai.scheme.read import scheme_from
from leitai.scheme.readers import as_it_stands, text_of, year_figures
from leitai.scheme.settings import ManyRefused, list_of, map_of, nested, read_settings, setting


@dataclass(frozen=True)
class _RoundName:
    """Id and name of the case's round, and the year of an annual one."""

    round: str = setting(text_of, "case")
    name: str | None = setting(text_of, None)
    year: str | None = setting(year_figures, None)


@dataclass(frozen=True)
class _File:
    """The top level of a case."""

    case: str = setting(text_of)
    about: str = setting(text_of, "—")
    rule: str = setting(text_of, "—")
    working: str = setting(text_of)
    scheme: Node = setting(as_it_stands)
    round: _RoundName = setting(nested(_RoundName), "{}")
    units: Node = setting(as_it_stands)
    facts: Mapping[str, tuple[Node, ...]] = setting(map_of(list_of(as_it_stands)), {})
    expect: Expect = setting(nested(Expect))


@dataclass(frozen=True)
class Case:
    """One case. `round` is None when its scheme or facts are refused; `problems` say why."""

    name: str
    title: str
    rule: str
    about: str
    working: str
    round: Round | None
    problems: tuple[Problem, ...]
    expect: Expect


def read_case(text: str, name: str) -> tuple[Case | None, list[Problem]]:
    """A case from its YAML; None with Problems when the case itself is ill-written."""
    root, problems = parse(text, name)
    if root is None or root.mapping is None:
        return None, problems or [problem("case.unreadable", name)]
    file, found = read_settings(_File, root)
    problems += found
    if file is None or problems:
        return None, problems
    round_, found = _round(file, name)
    case = Case(
        name=name,
        title=file.case,
        rule=file.rule,
        about=file.about,
        working=file.working,
        round=round_,
        problems=tuple(found),
        expect=file.expect,
    )
    return case, []


def _round(file: _File, name: str) -> tuple[Round | None, list[Problem]]:
    scheme, problems = scheme_from(file.scheme)
    if scheme is None or blocking(problems):
        return None, problems
    units = _units(file.units, next(iter(scheme.series), ""), problems)
    tables = {
        table: _rows(table, nodes, problems)
        for table, nodes in file.facts.items()
        if _is_table(table, file.units.where, problems)
    }
    about = file.round
    title, year = about.name or name, about.year or ""
    round_, found = assemble(about.round, title, scheme, units, tables, year)
    problems += found
    return (None if blocking(problems) else round_), problems


def _is_table(table: str, where: str, problems: list[Problem]) -> bool:
    known = [name for name in TABLES if name != "units"]
    if table in known:
        return True
    problems.append(problem("fact.table-unknown", where, name=table, near=near(table, known)))
    return False


def _units(node: Node, series: str, problems: list[Problem]) -> list[Row]:
    """Units as a mapping id: name in the first series, or as a list of rows."""
    if node.mapping is None:
        return _rows("units", node.items or (), problems)
    rows: list[Row] = []
    for unit, name in node.mapping.items():
        named = Node({"unit": Node(unit, name.where), "name": name}, name.where)
        rows += [row.having(series=series) for row in _rows("units", [named], problems)]
    return rows


def _rows(table: str, nodes: Sequence[Node], problems: list[Problem]) -> list[Row]:
    """Rows as a file would give them; ids are <table>:<number> where none is given."""
    rows: list[Row] = []
    for number, entry in enumerate(nodes, start=1):
        try:
            cells = map_of(_cell)(entry)
        except ManyRefused as many:
            problems += many.problems
            continue
        except Refused as refused:
            problems.append(refused.at(entry.where))
            continue
        problems += _unknown(table, cells, entry.where)
        told = {column: text for column, text in cells.items() if text}
        rows.append(Row(table, told.get("id", f"{table}:{number}"), entry.where, told))
    return rows


def _cell(node: Node) -> str:
    if node.text is None:
        raise Refused("scheme.value-refused", value="[…]", wanted="text")
    return node.text


def _unknown(table: str, cells: Mapping[str, str], where: str) -> list[Problem]:
    known = [column.name for column in TABLES[table].columns]
    names = {"table": TABLES[table].zh, "table_name": table}
    return [
        problem("fact.heading-unknown", where, heading=key, near=near(key, known), **names)
        for key in cells
        if key not in known
    ]
