"""Readers of one scalar of a scheme: a text becomes a value, or is refused with what was wanted."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias, TypeVar

from leitai.points import exact, share, some_points, whole
from leitai.problems import Refused
from leitai.scheme.document import Node
from leitai.signs import clean_text, quoted

T = TypeVar("T")
L = TypeVar("L", bound="Limit")
Read: TypeAlias = Callable[[Node], T]
MOST_PLACES = 9
_YEAR = re.compile("[0-9]{4}")
_SAID_BETTER = ("fact.too-many-digits", "value.too-many-points")  # than "a number is wanted"
# words with a meaning of their own where an id may stand
_RESERVED = ("place", "none", "not-assessed", "outside", "last")


@dataclass(frozen=True)
class Limit:
    """A limit or step: a share of full marks ("60%") or a number of points ("6"), as typed."""

    share: Fraction | None
    points: Fraction
    text: str

    def of(self, whole: Fraction) -> Fraction:
        """The limit where a share is one of `whole`."""
        return self.points if self.share is None else self.share * whole

    @property
    def number(self) -> Fraction:
        """The number itself: "5%" is 0.05."""
        return self.points if self.share is None else self.share


@dataclass(frozen=True)
class Bound(Limit):
    """A bound of a value: a number in its unit of measure, or with % a share (of the target)."""


def text_of(node: Node) -> str:
    """A scalar that is not blank, on one line."""
    if not node.text:
        value = "" if node.text is not None else "{…}" if node.mapping is not None else "[…]"
        raise Refused("scheme.value-refused", value=value, wanted="text")
    return clean_text(node.text)


def path_of(node: Node) -> Node:
    """A scalar that is not blank, with its place."""
    text_of(node)
    return node


def id_of_thing(text: str) -> str:
    """An id: letters, digits, - _ . and Chinese characters, and no word of the scheme itself.

    Raises Refused scheme.id-refused.
    """
    if text in _RESERVED or not all(sign.isalnum() or sign in "-_." for sign in text):
        raise Refused("scheme.id-refused", id=quoted(text))
    return text


def identifier(node: Node) -> str:
    """A reader of an id."""
    return id_of_thing(text_of(node))


def _wanted(name: str, read: Callable[[str], T]) -> Read[T]:
    """A reader of one scalar, whose refusal says what was wanted."""

    def reader(node: Node) -> T:
        text = text_of(node)
        try:
            return read(text)
        except Refused as refused:
            if refused.code in _SAID_BETTER:
                raise
            raise Refused("scheme.value-refused", value=quoted(text), wanted=name) from None

    return reader


def _limit(text: str) -> Limit:
    if text.endswith("%"):
        return Limit(share(text), Fraction(0), text)
    return Limit(None, some_points(text), text)


def _bound(text: str) -> Bound:
    if text.endswith("%"):
        return Bound(share(text), Fraction(0), text)
    return Bound(None, exact(text), text)


def _positive(text: str) -> Fraction:
    value = exact(text)
    if value <= 0:
        raise Refused("value.not-positive")
    return value


def _positive_points(text: str) -> Fraction:
    some_points(text)
    return _positive(text)


def _points_or_zero(text: str) -> Fraction:
    value = some_points(text)
    if value < 0:
        raise Refused("value.not-positive")
    return value


def _count(text: str) -> int:
    value = whole(text)
    if value < 0:
        raise Refused("value.not-whole")
    return value


def _count_from_one(text: str) -> int:
    value = whole(text)
    if value < 1:
        raise Refused("value.not-whole")
    return value


def _number_or_zero(text: str) -> str:
    if exact(text) < 0:
        raise Refused("value.not-positive")
    return text


def _year(text: str) -> str:
    if not _YEAR.fullmatch(text):
        raise Refused("fact.not-a-year", text=quoted(text))
    return text


def _places(text: str) -> int:
    value = _count(text)
    if value > MOST_PLACES:
        raise Refused("value.not-whole")
    return value


def _above_zero(read: Callable[[str], L]) -> Callable[[str], L]:
    def reader(text: str) -> L:
        value = read(text)
        if value.number <= 0:
            raise Refused("value.not-positive")
        return value

    return reader


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
points = _wanted("number", some_points)
positive_points = _wanted("positive", _positive_points)
points_or_zero = _wanted("not-negative", _points_or_zero)
count = _wanted("count", _count)
count_from_one = _wanted("count-from-one", _count_from_one)
number_or_zero = _wanted("not-negative", _number_or_zero)  # as typed
year_figures = _wanted("year", _year)
places = _wanted("places", _places)
any_share = _wanted("share", share)
share_of_one = _wanted("share", _share_of_one)
limit = _wanted("limit", _limit)
positive_limit = _wanted("positive-limit", _above_zero(_limit))
bound = _wanted("number", _bound)
positive_bound = _wanted("positive-limit", _above_zero(_bound))
bound_or_peers = _wanted("bound-or-peers", _bound_or_peers)


def one_of(*names: str) -> Read[str]:
    """A reader of one of some words."""

    def reader(node: Node) -> str:
        text = text_of(node)
        if text not in names:
            raise Refused("scheme.value-refused", value=quoted(text), wanted=" | ".join(names))
        return text

    return reader


def or_none(read: Read[T]) -> Read[T | None]:
    """The same reader, or None for the word `none`."""
    return lambda node: None if node.text == "none" else read(node)


def yes_no(node: Node) -> bool:
    """`yes` or `no`."""
    return one_of("yes", "no")(node) == "yes"
