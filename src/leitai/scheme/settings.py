"""Settings: a frozen dataclass read from a located mapping, every mistake a Problem."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, fields
from fractions import Fraction
from typing import Any, TypeVar

from leitai.points import exact, share, whole
from leitai.problems import Problem, Refused, near, problem
from leitai.scheme.document import Node

T = TypeVar("T")
Read = Callable[[Node], T]
_NO_DEFAULT = object()


@dataclass(frozen=True)
class Limit:
    """A limit or step: a share of full marks ("60%") or a number of points ("6"), as typed."""

    share: Fraction | None
    points: Fraction
    text: str

    @property
    def number(self) -> Fraction:
        """The number itself: "5%" is 0.05."""
        return self.points if self.share is None else self.share


@dataclass(frozen=True)
class Bound(Limit):
    """A bound of a value: a number in its unit of measure, or with % a share (of the target)."""


def setting(read: Read[Any], default: object = _NO_DEFAULT) -> Any:
    """A field of a settings class: how it is read, and its default (a text read the same way)."""
    metadata = {"read": read, "default": default}
    if default is _NO_DEFAULT or isinstance(default, str):
        return field(metadata=metadata, kw_only=True)
    if isinstance(default, dict):
        return field(metadata=metadata, kw_only=True, default_factory=dict)
    return field(metadata=metadata, kw_only=True, default=default)


def text_of(node: Node) -> str:
    """A scalar that is not blank."""
    if not node.text or not node.text.strip():
        raise Refused("scheme.value-refused", value=node.text or "", wanted="text")
    return node.text.strip()


def _wanted(name: str, read: Callable[[str], T]) -> Read[T]:
    """A reader of one scalar, whose refusal says what was wanted."""

    def reader(node: Node) -> T:
        text = text_of(node)
        try:
            return read(text)
        except Refused as refused:
            if refused.code == "fact.too-many-digits":
                raise
            raise Refused("scheme.value-refused", value=text, wanted=name) from None

    return reader


def _limit(text: str) -> Limit:
    if text.endswith("%"):
        return Limit(share(text), Fraction(0), text)
    return Limit(None, exact(text), text)


def _positive(text: str) -> Fraction:
    value = exact(text)
    if value <= 0:
        raise Refused("value.not-positive")
    return value


def _not_negative(text: str) -> Fraction:
    value = exact(text)
    if value < 0:
        raise Refused("value.not-positive")
    return value


def _count(text: str) -> int:
    value = whole(text)
    if value < 0:
        raise Refused("value.not-whole")
    return value


def _bound(text: str) -> Bound:
    found = _limit(text)
    return Bound(found.share, found.points, found.text)


def _positive_bound(text: str) -> Bound:
    found = _positive_limit(text)
    return Bound(found.share, found.points, found.text)


def _positive_limit(text: str) -> Limit:
    value = _limit(text)
    if value.number <= 0:
        raise Refused("value.not-positive")
    return value


def _bound_or_peers(text: str) -> Bound | None:
    return None if text == "peers" else _bound(text)


def _share_of_one(text: str) -> Fraction:
    value = share(text)
    if not 0 <= value <= 1:
        raise Refused("value.not-a-share")
    return value


def as_it_stands(node: Node) -> Node:
    """The node itself, for somebody else to read."""
    return node


number = _wanted("number", exact)
positive = _wanted("positive", _positive)
not_negative = _wanted("not-negative", _not_negative)
count = _wanted("count", _count)
any_share = _wanted("share", share)
share_of_one = _wanted("share", _share_of_one)
limit = _wanted("limit", _limit)
positive_limit = _wanted("positive-limit", _positive_limit)
bound = _wanted("number", _bound)
positive_bound = _wanted("positive-limit", _positive_bound)
bound_or_peers = _wanted("bound-or-peers", _bound_or_peers)


def one_of(*names: str) -> Read[str]:
    """A reader of one of some words."""

    def reader(node: Node) -> str:
        text = text_of(node)
        if text not in names:
            raise Refused("scheme.value-refused", value=text, wanted=" | ".join(names))
        return text

    return reader


def or_none(read: Read[T]) -> Read[T | None]:
    """The same reader, or None for the word `none`."""
    return lambda node: None if node.text == "none" else read(node)


def yes_no(node: Node) -> bool:
    """`yes` or `no`."""
    return one_of("yes", "no")(node) == "yes"


def list_of(read: Read[T]) -> Read[tuple[T, ...]]:
    """A reader of a list; each entry's mistake is a Problem at its own line."""

    def reader(node: Node) -> tuple[T, ...]:
        if node.items is None:
            raise Refused("scheme.value-refused", value=node.text or "{…}", wanted="list")
        return tuple(_each(read, node.items))

    return reader


def map_of(read: Read[T]) -> Read[dict[str, T]]:
    """A reader of a mapping from any key."""

    def reader(node: Node) -> dict[str, T]:
        if node.mapping is None:
            raise Refused("scheme.value-refused", value=node.text or "[…]", wanted="mapping")
        return dict(zip(node.mapping, _each(read, node.mapping.values()), strict=True))

    return reader


class ManyRefused(Refused):
    """Several Problems found inside one value, already located."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("scheme.many")
        self.problems = problems


def _each(read: Read[T], nodes: Iterable[Node]) -> list[T]:
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


def nested(kind: type[T]) -> Read[T]:
    """A reader of a mapping into a settings class."""

    def reader(node: Node) -> T:
        value, problems = read_settings(kind, node)
        if value is None:
            raise ManyRefused(problems)
        return value

    return reader


def read_settings(
    kind: type[T], node: Node, also: Collection[str] = ()
) -> tuple[T | None, list[Problem]]:
    """A settings class from a mapping; keys in `also` belong to somebody else.

    Problems: not a mapping, unknown keys (with the nearest), missing required ones, refused texts.
    """
    mapping = node.mapping
    if mapping is None:
        return None, [
            problem("scheme.value-refused", node.where, value=node.text or "[…]", wanted="mapping")
        ]
    declared = {one.name.rstrip("_"): one for one in fields(kind)}  # type: ignore[arg-type]
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
        problem("scheme.key-unknown", node.where, key=key, near=near(key, known))
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
