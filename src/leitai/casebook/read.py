"""Reads a case: a YAML with scheme, units, facts and what must come out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from leitai.facts.round import Round, assemble
from leitai.facts.rows import Row
from leitai.facts.tables import TABLES
from leitai.problems import Problem, near, problem
from leitai.scheme.document import Node, Plain, parse
from leitai.scheme.read import scheme_from

KEYS = ("case", "about", "rule", "working", "scheme", "round", "units", "facts", "expect")
EXPECTED = (
    "points", "items", "exact", "totals", "places", "bottoms", "base_places", "item_places",
    "item_bottoms", "grades", "lines", "sentences", "warnings", "problems",
)  # fmt: skip


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
    expect: Mapping[str, Any]


def read_case(text: str, name: str) -> tuple[Case | None, list[Problem]]:
    """A case from its YAML; None with Problems when the case itself is ill-written."""
    root, problems = parse(text, name)
    if root is None or root.mapping is None:
        return None, problems or [problem("case.unreadable", name)]
    problems += _ill_written(root)
    if problems:
        return None, problems
    parts = root.mapping
    round_, found = _round(root, name)
    plain = {key: node.plain() for key, node in parts.items()}
    case = Case(
        name=name,
        title=str(plain["case"]),
        rule=str(plain.get("rule", "")),
        about=str(plain.get("about", "")),
        working=str(plain.get("working", "")),
        round=round_,
        problems=tuple(found),
        expect=cast("dict[str, Any]", plain["expect"]),
    )
    return case, []


def _ill_written(root: Node) -> list[Problem]:
    parts = root.mapping or {}
    problems = [
        problem("scheme.required", root.where, key=key)
        for key in ("case", "working", "scheme", "units", "expect")
        if key not in parts
    ]
    expect = parts["expect"].mapping if "expect" in parts else {}
    for known, found in ((KEYS, parts), (EXPECTED, expect or {})):
        problems += [
            problem("scheme.key-unknown", node.where, key=key, near=near(key, known))
            for key, node in found.items()
            if key not in known
        ]
    return problems


def _round(root: Node, name: str) -> tuple[Round | None, list[Problem]]:
    parts = root.mapping or {}
    scheme, problems = scheme_from(parts["scheme"])
    if scheme is None or any(not one.warning for one in problems):
        return None, problems
    units = _units(parts["units"], next(iter(scheme.series)))
    tables: dict[str, Sequence[Row]] = {}
    for table, node in (parts["facts"].mapping or {}).items() if "facts" in parts else ():
        if table not in TABLES:
            problems.append(problem("fact.table-unknown", node.where, name=table, near=""))
            continue
        tables[table], found = _rows(table, node)
        problems += found
    about = cast("dict[str, str]", parts["round"].plain()) if "round" in parts else {}
    round_, found = assemble(
        about.get("round", "case"), about.get("name", name), scheme, units, tables
    )
    problems += found
    return (None if any(not one.warning for one in problems) else round_), problems


def _units(node: Node, series: str) -> list[Row]:
    """Units as a mapping id: name in the first series, or as a list of rows."""
    plain = node.plain()
    if isinstance(plain, dict):
        listed = [
            {"unit": unit, "name": str(name), "series": series} for unit, name in plain.items()
        ]
    else:
        listed = [{key: str(text) for key, text in _mapping(row).items()} for row in plain]
    return [
        Row("units", f"units:{number}", node.where, row)
        for number, row in enumerate(listed, start=1)
    ]


def _mapping(row: Plain) -> dict[str, Plain]:
    return row if isinstance(row, dict) else {}


def _rows(table: str, node: Node) -> tuple[list[Row], list[Problem]]:
    """Rows as a file would give them; ids are <table>:<number> where none is given."""
    known = [column.name for column in TABLES[table].columns]
    rows: list[Row] = []
    problems: list[Problem] = []
    for number, entry in enumerate(node.items or (), start=1):
        cells = {key: one.text or "" for key, one in (entry.mapping or {}).items() if one.text}
        problems += [
            problem(
                "fact.heading-unknown",
                entry.where,
                heading=key,
                table=TABLES[table].zh,
                table_name=table,
                near=near(key, known),
            )
            for key in cells
            if key not in known
        ]
        rows.append(Row(table, cells.get("id", f"{table}:{number}"), entry.where, cells))
    return rows, problems
