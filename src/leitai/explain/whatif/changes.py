"""What is to be changed in a round, as its asker says it; and the file that may say it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from leitai.problems import Problem, Refused
from leitai.scheme.document import Node, Plain, parse
from leitai.scheme.readers import as_it_stands, text_of
from leitai.scheme.settings import ManyRefused, list_of, map_of, read_settings, setting


@dataclass(frozen=True)
class Value:
    """Other figures for one unit and indicator: cells by the columns of `values`."""

    unit: str
    indicator: str
    cells: Mapping[str, str]
    where: str


@dataclass(frozen=True)
class Gone:
    """A fact that is left out, by its id or place."""

    fact: str
    where: str


@dataclass(frozen=True)
class Added:
    """One more row of a table."""

    table: str
    cells: Mapping[str, str]
    where: str


@dataclass(frozen=True)
class Setting:
    """Another value in the scheme, addressed by ids: grades.levels.excellent.top."""

    path: str
    value: Plain
    where: str


Change = Value | Gone | Added | Setting


@dataclass(frozen=True)
class _File:
    """The top level of a file of changes."""

    fact: tuple[Node, ...] = setting(list_of(as_it_stands), ())
    without: tuple[Node, ...] = setting(list_of(as_it_stands), ())
    add: Mapping[str, tuple[Node, ...]] = setting(map_of(list_of(as_it_stands)), {})
    set: Mapping[str, Node] = setting(map_of(as_it_stands), {})


def read_changes(text: str, name: str) -> tuple[list[Change], list[Problem]]:
    """The changes a YAML text asks for, each located at its line."""
    root, problems = parse(text, name)
    if root is None:
        return [], problems
    file, found = read_settings(_File, root)
    if file is None or problems or found:
        return [], [*problems, *found]
    changes: list[Change] = []
    for make, nodes in _asked(file):
        for node in nodes:
            try:
                changes.append(make(node))
            except ManyRefused as many:
                problems += many.problems
            except Refused as refused:
                problems.append(refused.at(node.where))
    return changes, problems


def _asked(file: _File) -> Iterator[tuple[Callable[[Node], Change], Iterable[Node]]]:
    """Every entry of the file, with what makes a change of it."""
    yield _value, file.fact
    yield _gone, file.without
    for table, rows in file.add.items():
        yield partial(_added, table), rows
    for path, node in file.set.items():
        yield partial(_set, path), [node]


def _value(node: Node) -> Value:
    cells = _cells(node)
    if not {"unit", "indicator"} < set(cells):
        raise Refused("whatif.fact-unclear")
    return Value(cells.pop("unit"), cells.pop("indicator"), cells, node.where)


def _gone(node: Node) -> Gone:
    return Gone(text_of(node), node.where)


def _added(table: str, node: Node) -> Added:
    return Added(table, _cells(node), node.where)


def _set(path: str, node: Node) -> Setting:
    return Setting(path, node.plain(), node.where)


def _cells(node: Node) -> dict[str, str]:
    return map_of(_cell)(node)


def _cell(node: Node) -> str:
    if node.text is None:
        raise Refused("scheme.value-refused", value="[…]", wanted="text")
    return node.text
