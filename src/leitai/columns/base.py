"""What measures may do with exact columns, whichever way they are computed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from fractions import Fraction
from typing import TypeAlias

from leitai.scheme.readers import Limit

Operand: TypeAlias = "Exact | Fraction | int"


class TooWide(Exception):
    """Integer columns cannot hold this computation; fractions must do it."""


class Exact(ABC):
    """A column of exact numbers, one a unit; a missing one stays missing in every result."""

    @abstractmethod
    def __add__(self, other: Operand) -> Exact: ...

    @abstractmethod
    def __mul__(self, other: Operand) -> Exact: ...

    @abstractmethod
    def over(self, other: Operand) -> Exact:
        """Exact division. Where `other` is 0 the result is missing."""

    @abstractmethod
    def __lt__(self, other: Operand) -> Mask: ...

    @abstractmethod
    def __le__(self, other: Operand) -> Mask: ...

    @abstractmethod
    def whole(self) -> Exact:
        """Cut to a whole number towards zero."""

    def __sub__(self, other: Operand) -> Exact:
        return self + other * -1

    def __gt__(self, other: Operand) -> Mask:
        return ~(self <= other)

    def __ge__(self, other: Operand) -> Mask:
        return ~(self < other)

    def not_under(self, low: Operand) -> Exact:
        """The greater of the two."""
        return (self < low).choose(low, self)

    def not_over(self, high: Operand | None) -> Exact:
        """The smaller of the two; None is no limit."""
        return self if high is None else (self > high).choose(high, self)

    def between(self, low: Operand, high: Operand | None) -> Exact:
        """Held between two limits: max(low, min(high, self))."""
        return self.not_over(high).not_under(low)


class Mask(ABC):
    """A column of yes or no."""

    @abstractmethod
    def __and__(self, other: Mask) -> Mask: ...

    @abstractmethod
    def __or__(self, other: Mask) -> Mask: ...

    @abstractmethod
    def __invert__(self) -> Mask: ...

    @abstractmethod
    def choose(self, yes: Operand, no: Operand) -> Exact:
        """`yes` where the mask holds, `no` elsewhere."""


class Peers(ABC):
    """What a unit's peers (§3) look like: a column each, the same for all units of a group."""

    @abstractmethod
    def least(self, of: Exact) -> Exact: ...

    @abstractmethod
    def largest(self, of: Exact) -> Exact: ...

    @abstractmethod
    def total(self, of: Exact) -> Exact: ...

    def spread(self, of: Exact) -> Exact:
        """The largest less the least, never negative."""
        return self.largest(of) - self.least(of)

    def lead(self, of: Exact, largest_first: bool) -> Exact:
        """How far each unit is from the worst of its peers, never negative."""
        return of - self.least(of) if largest_first else self.largest(of) - of

    @abstractmethod
    def count(self, of: Exact) -> Exact:
        """The number of peers."""

    @abstractmethod
    def any(self, mask: Mask) -> Mask:
        """Whether it holds for any peer."""

    @abstractmethod
    def place(self, of: Exact, largest_first: bool) -> Exact:
        """Competition place among the peers: 1 + the number strictly better."""


class Inputs(ABC):
    """Everything a measure sees of one indicator: facts, full marks, direction, peers.

    Points are in line units (10^-line_places); facts in their unit of measure.
    """

    higher: bool
    point: int
    peers: Peers

    @property
    @abstractmethod
    def full(self) -> Exact: ...

    @abstractmethod
    def fact(self, name: str) -> Exact:
        """A column of facts: actual, target, previous, coefficient or score."""

    @abstractmethod
    def measuring(self, actual: Exact) -> Inputs:
        """The same inputs with another column in place of the actual values."""

    def points(self, limit: Limit) -> Exact:
        """A limit or step in line units: a share of full, or points."""
        if limit.share is not None:
            return self.full * limit.share
        return self.full * 0 + limit.points * self.point

    def limit(self, limit: Limit | None) -> Exact | None:
        """The same; None stays None."""
        return None if limit is None else self.points(limit)

    @property
    def actual(self) -> Exact:
        """The actual values."""
        return self.fact("actual")

    @property
    def target(self) -> Exact:
        """The target values."""
        return self.fact("target")
