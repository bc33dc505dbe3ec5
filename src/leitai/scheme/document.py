"""YAML as located nodes: every scalar stays text, every node knows its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import yaml

from leitai.problems import Problem, Refused, problem
from leitai.signs import clean_lines, is_misleading

Plain: TypeAlias = "str | dict[str, Plain] | list[Plain]"
DEEPEST = 20  # levels; a measure inside a chain inside a list needs nine


@dataclass(frozen=True)
class Node:
    """A scalar (text), a mapping or a list, with the place it stands at ("scheme.yaml:12")."""

    value: str | Mapping[str, Node] | Sequence[Node]
    where: str

    @property
    def text(self) -> str | None:
        """The scalar, None when this is none."""
        return self.value if isinstance(self.value, str) else None

    @property
    def mapping(self) -> Mapping[str, Node] | None:
        """The mapping, None when this is none."""
        return self.value if isinstance(self.value, Mapping) else None

    @property
    def items(self) -> Sequence[Node] | None:
        """The list, None when this is none."""
        return None if isinstance(self.value, str | Mapping) else self.value

    def plain(self) -> Plain:
        """The same as plain dicts, lists and strings."""
        if isinstance(self.value, str):
            return self.value
        if isinstance(self.value, Mapping):
            return {key: node.plain() for key, node in self.value.items()}
        return [node.plain() for node in self.value]


def parse(text: str, name: str) -> tuple[Node | None, list[Problem]]:
    """A YAML text as one located node; unreadable text and doubled keys as Problems."""
    reading = _Reading(text, name)
    try:
        root = reading.document()
    except yaml.YAMLError as error:
        return None, [_unreadable(error, name)]
    except Refused as refused:
        return None, [refused.at(reading.where)]
    if root is None:
        return None, [problem("scheme.empty", name)]
    return root, reading.problems


def located(value: Plain, where: str) -> Node:
    """Plain texts as nodes whose place is their path: scheme.indicators.pm25.measure.

    An entry of a list is named by its id, else by its number from 1.
    """
    if isinstance(value, str):
        return Node(value, where)
    if isinstance(value, dict):
        return Node({key: located(one, f"{where}.{key}") for key, one in value.items()}, where)
    named = zip(entry_names(value), value, strict=True)
    return Node([located(one, f"{where}.{name}") for name, one in named], where)


def entry_names(entries: Sequence[Plain]) -> list[str]:
    """What the entries of a list are called in a path: their ids, else numbers from 1."""
    ids = [one.get("id") if isinstance(one, dict) else None for one in entries]
    return [one if isinstance(one, str) else str(number) for number, one in enumerate(ids, 1)]


def _unreadable(error: yaml.YAMLError, name: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    where = f"{name}:{mark.line + 1}" if mark else name
    return problem("scheme.unreadable", where, detail=getattr(error, "problem", None) or "")


class _Reading:
    """One document made of the parser's events, so that nothing grows beyond what stands there."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.where = name
        self.problems: list[Problem] = []
        loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=loader)

    def _next(self) -> yaml.Event:
        event = next(self._events)
        self.where = f"{self.name}:{event.start_mark.line + 1}" if event.start_mark else self.name
        return event

    def document(self) -> Node | None:
        """The root, None of an empty text. Raises Refused for a second document."""
        self._next()
        if isinstance(self._next(), yaml.StreamEndEvent):
            return None
        root = self._node(self._next(), 0)
        self._next()
        if not isinstance(self._next(), yaml.StreamEndEvent):
            raise Refused("scheme.second-document")
        return root

    def _node(self, event: yaml.Event, depth: int) -> Node:
        where = self.where
        if depth > DEEPEST:
            raise Refused("scheme.too-deep")
        if isinstance(event, yaml.MappingStartEvent):
            return Node(self._mapping(depth), where)
        if isinstance(event, yaml.SequenceStartEvent):
            return Node(self._list(depth), where)
        if isinstance(event, yaml.AliasEvent):
            raise Refused("scheme.alias", name=event.anchor)
        return Node(self._text(event), where)

    def _text(self, event: yaml.Event) -> str:
        assert isinstance(event, yaml.ScalarEvent)
        if is_misleading(event.value):
            self.problems.append(problem("scheme.misleading-text", self.where))
        return clean_lines(event.value)

    def _list(self, depth: int) -> list[Node]:
        found: list[Node] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            found.append(self._node(event, depth + 1))
        return found

    def _mapping(self, depth: int) -> dict[str, Node]:
        found: dict[str, Node] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key, where = self._node(event, depth + 1).text, self.where
            child = self._node(self._next(), depth + 1)
            if key is None:
                self.problems.append(problem("scheme.key-not-text", where))
            elif key in found:
                self.problems.append(problem("scheme.key-doubled", where, key=key))
            else:
                found[key] = child
        return found
