"""Settings: a frozen dataclass read from a located mapping, every mistake a Problem."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import field, fields
from typing import TYPE_CHECKING, Any, TypeVar

from leitai.near import near
from leitai.problems import Problem, Refused, problem
from leitai.scheme.document import Node
from leitai.scheme.readers import Read, identifier
from leitai.signs import quoted

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T")
D = TypeVar("D", bound="DataclassInstance")
_NO_DEFAULT = object()
MOST_ENTRIES = 1000
MOST_GROUPS = 100_000  # comparison groups of a series


def setting(read: Read[Any], default: object = _NO_DEFAULT) -> Any:
    """A field of a settings class: how it is read, and its default (a text read the same way)."""
    metadata = {"read": read, "default": default}
    if default is _NO_DEFAULT or isinstance(default, str):
        return field(metadata=metadata, kw_only=True)
    if isinstance(default, dict):
        return field(metadata=metadata, kw_only=True, default_factory=dict)
    return field(metadata=metadata, kw_only=True, default=default)


def list_of(read: Read[T]) -> Read[tuple[T, ...]]:
    """A reader of a list; each entry's mistake is a Problem at its own line."""

    def reader(node: Node) -> tuple[T, ...]:
        if node.items is None:
            raise Refused("scheme.value-refused", value=quoted(node.text or "{…}"), wanted="list")
        return tuple(_each(read, node.items))

    return reader


def map_of(read: Read[T], most: int = MOST_ENTRIES) -> Read[dict[str, T]]:
    """A reader of a mapping from any key."""

    def reader(node: Node) -> dict[str, T]:
        if node.mapping is None:
            value = quoted(node.text or "[…]")
            raise Refused("scheme.value-refused", value=value, wanted="mapping")
        return dict(zip(node.mapping, _each(read, node.mapping.values(), most), strict=True))

    return reader


def by_id(read: Read[T], most: int = MOST_ENTRIES) -> Read[dict[str, T]]:
    """A reader of a mapping whose keys are ids."""

    def reader(node: Node) -> dict[str, T]:
        found = map_of(read, most)(node)
        keys = [Node(key, one.where) for key, one in (node.mapping or {}).items()]
        _each(identifier, keys, most)
        return found

    return reader


class ManyRefused(Refused):
    """Several Problems found inside one value, already located."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("scheme.many")
        self.problems = problems


def _each(read: Read[T], nodes: Collection[Node], most: int = MOST_ENTRIES) -> list[T]:
    if len(nodes) > most:
        raise Refused("scheme.too-many-entries", entries=len(nodes), most=most)
    values: list[T] = []
    problems: list[Problem] = []
    for node in nodes:
        try:
            values.append(read(node))
        except ManyRefused as many:
            problems += many.problems
        except Refused as refused:
            problems.append(refused.at(node.where))
    if problems:
        raise ManyRefused(problems)
    return values


def nested(kind: type[D]) -> Read[D]:
    """A reader of a mapping into a settings class."""

    def reader(node: Node) -> D:
        value, problems = read_settings(kind, node)
        if value is None:
            raise ManyRefused(problems)
        return value

    return reader


def read_settings(
    kind: type[D], node: Node, also: Collection[str] = ()
) -> tuple[D | None, list[Problem]]:
    """A settings class from a mapping; keys in `also` belong to somebody else.

    Problems: not a mapping, unknown keys (with the nearest), missing required ones, refused texts.
    """
    mapping = node.mapping
    if mapping is None:
        return None, [
            problem(
                "scheme.value-refused",
                node.where,
                value=quoted(node.text or "[…]"),
                wanted="mapping",
            )
        ]
    if len(mapping) > MOST_ENTRIES:
        words = {"entries": len(mapping), "most": MOST_ENTRIES}
        return None, [problem("scheme.too-many-entries", node.where, **words)]
    declared = {one.name.rstrip("_"): one for one in fields(kind)}
    problems = _unknown(mapping, {*declared, *also})
    values: dict[str, object] = {}
    for key, one in declared.items():
        try:
            values[one.name] = _value(one.metadata, mapping.get(key), key, node)
        except ManyRefused as many:
            problems += many.problems
        except Refused as refused:
            problems.append(refused.at(mapping.get(key, node).where, key=key))
    return (None if problems else kind(**values)), problems


def _unknown(mapping: Any, known: set[str]) -> list[Problem]:
    return [
        problem("scheme.key-unknown", node.where, key=quoted(key), near=near(key, known))
        for key, node in mapping.items()
        if key not in known
    ]


def _value(metadata: Any, given: Node | None, key: str, parent: Node) -> object:
    if given is not None:
        return metadata["read"](given)
    default = metadata["default"]
    if default is _NO_DEFAULT:
        raise Refused("scheme.required", key=key)
    if default == "{}":
        return metadata["read"](Node({}, parent.where))
    if isinstance(default, str):
        return metadata["read"](Node(default, parent.where))
    return default
