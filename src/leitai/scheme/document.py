"""YAML as located nodes: every scalar stays text, every node knows its line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import yaml

from leitai.problems import Problem, problem

Plain: TypeAlias = "str | dict[str, Plain] | list[Plain]"


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
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        return None, [_unreadable(error, name)]
    if root is None:
        return None, [problem("scheme.empty", name)]
    problems: list[Problem] = []
    return _located(root, name, problems), problems


_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def _unreadable(error: yaml.YAMLError, name: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    where = f"{name}:{mark.line + 1}" if mark else name
    return problem("scheme.unreadable", where, detail=getattr(error, "problem", None) or "")


def _located(node: yaml.Node, name: str, problems: list[Problem]) -> Node:
    where = f"{name}:{node.start_mark.line + 1}"
    if isinstance(node, yaml.MappingNode):
        return Node(_mapping(node, name, problems), where)
    if isinstance(node, yaml.SequenceNode):
        return Node([_located(child, name, problems) for child in node.value], where)
    return Node(str(node.value).strip(), where)


def _mapping(node: yaml.MappingNode, name: str, problems: list[Problem]) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for key, child in node.value:
        where = f"{name}:{key.start_mark.line + 1}"
        if not isinstance(key, yaml.ScalarNode):
            problems.append(problem("scheme.key-not-text", where))
        elif key.value in found:
            problems.append(problem("scheme.key-doubled", where, key=key.value))
        else:
            found[key.value] = _located(child, name, problems)
    return found
