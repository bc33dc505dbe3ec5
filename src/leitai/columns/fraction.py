"""Exact columns as lists of fractions: slow, unbounded, and the reference for the fast ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

from leitai.columns.base import Exact, Inputs, Mask, Operand, Peers

V = TypeVar("V")


class FractionColumn(Exact):
    """One fraction a unit; None is missing."""

    def __init__(self, values: Sequence[Fraction | None]) -> None:
        self.values = list(values)

    def _with(self, other: Operand, do: Callable[[Fraction, Fraction], V]) -> list[V | None]:
        pairs = zip(self.values, _spread(other, len(self.values)), strict=True)
        return [None if a is None or b is None else do(a, b) for a, b in pairs]

    def __add__(self, other: Operand) -> Exact:
        return FractionColumn(self._with(other, lambda a, b: a + b))

    def __mul__(self, other: Operand) -> Exact:
        return FractionColumn(self._with(other, lambda a, b: a * b))

    def over(self, other: Operand) -> Exact:
        quotients = self._with(other, lambda a, b: Fraction(a, b) if b else None)
        return FractionColumn(quotients)

    def __lt__(self, other: Operand) -> Mask:
        return FractionMask(self._with(other, lambda a, b: a < b))

    def __le__(self, other: Operand) -> Mask:
        return FractionMask(self._with(other, lambda a, b: a <= b))

    def whole(self) -> Exact:
        return FractionColumn([None if v is None else Fraction(_cut(v)) for v in self.values])


def _cut(value: Fraction) -> int:
    size = abs(value.numerator) // value.denominator
    return size if value >= 0 else -size


def _spread(value: Operand, size: int) -> Sequence[Fraction | None]:
    if isinstance(value, FractionColumn):
        return value.values
    assert not isinstance(value, Exact)
    return [Fraction(value)] * size


class FractionMask(Mask):
    """Yes, no or missing, one a unit."""

    def __init__(self, values: Sequence[bool | None]) -> None:
        self.values = list(values)

    def _with(self, other: Mask, do: Callable[[bool, bool], bool]) -> Mask:
        assert isinstance(other, FractionMask)
        pairs = zip(self.values, other.values, strict=True)
        return FractionMask([None if a is None or b is None else do(a, b) for a, b in pairs])

    def __and__(self, other: Mask) -> Mask:
        return self._with(other, lambda a, b: a and b)

    def __or__(self, other: Mask) -> Mask:
        return self._with(other, lambda a, b: a or b)

    def __invert__(self) -> Mask:
        return FractionMask([None if v is None else not v for v in self.values])

    def choose(self, yes: Operand, no: Operand) -> Exact:
        size = len(self.values)
        rows = zip(self.values, _spread(yes, size), _spread(no, size), strict=True)
        return FractionColumn([None if m is None else a if m else b for m, a, b in rows])


class FractionPeers(Peers):
    """Peers by comparison group; a unit with a missing value is nobody's peer."""

    def __init__(self, groups: Sequence[int]) -> None:
        self.groups = groups

    def _by_group(self, values: Sequence[V | None]) -> dict[int, list[V]]:
        found: dict[int, list[V]] = {group: [] for group in self.groups}
        for group, value in zip(self.groups, values, strict=True):
            if value is not None:
                found[group].append(value)
        return found

    def _each(self, of: Exact, do: Callable[[list[Fraction]], Fraction | None]) -> Exact:
        assert isinstance(of, FractionColumn)
        made = {group: do(values) for group, values in self._by_group(of.values).items()}
        return FractionColumn([made[group] for group in self.groups])

    def least(self, of: Exact) -> Exact:
        return self._each(of, lambda values: min(values, default=None))

    def largest(self, of: Exact) -> Exact:
        return self._each(of, lambda values: max(values, default=None))

    def total(self, of: Exact) -> Exact:
        return self._each(of, lambda values: sum(values, Fraction(0)))

    def count(self, of: Exact) -> Exact:
        return self._each(of, lambda values: Fraction(len(values)))

    def any(self, mask: Mask) -> Mask:
        assert isinstance(mask, FractionMask)
        made = {group: any(values) for group, values in self._by_group(mask.values).items()}
        return FractionMask([made[group] for group in self.groups])

    def place(self, of: Exact, largest_first: bool) -> Exact:
        assert isinstance(of, FractionColumn)
        firsts = {
            group: _first_places(values, largest_first)
            for group, values in self._by_group(of.values).items()
        }
        pairs = zip(self.groups, of.values, strict=True)
        return FractionColumn([None if v is None else firsts[g][v] for g, v in pairs])


def _first_places(values: Sequence[Fraction], largest_first: bool) -> dict[Fraction, Fraction]:
    """Each value's competition place."""
    places: dict[Fraction, Fraction] = {}
    for index, value in enumerate(sorted(values, reverse=largest_first)):
        places.setdefault(value, Fraction(index + 1))
    return places


class FractionInputs(Inputs):
    """Inputs as lists of fractions, one entry a unit."""

    def __init__(
        self,
        facts: Mapping[str, Sequence[Fraction | None]],
        full: Sequence[Fraction | None],
        groups: Sequence[int],
        higher: bool,
        point: int,
    ) -> None:
        self.facts = facts
        self.marks = full
        self.higher = higher
        self.point = point
        self.peers: FractionPeers = FractionPeers(groups)

    @property
    def full(self) -> Exact:
        return FractionColumn(self.marks)

    def fact(self, name: str) -> Exact:
        return FractionColumn(self.facts[name])

    def measuring(self, actual: Exact) -> Inputs:
        assert isinstance(actual, FractionColumn)
        facts = {**self.facts, "actual": actual.values}
        return FractionInputs(facts, self.marks, self.peers.groups, self.higher, self.point)
