"""What the scheme of an annual round says of the year: rewards and consequences (§11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from leitai.scheme.readers import (
    count_from_one,
    identifier,
    number_or_zero,
    one_of,
    positive,
    text_of,
)
from leitai.scheme.settings import list_of, map_of, nested, setting

HEAD, UNIT = "head", "unit"
FINAL, BASE = "final", "base"


@dataclass(frozen=True)
class Rewards:
    """Money per head of staff, and what each grade multiplies it by (as typed)."""

    base: Fraction = setting(positive)
    coefficients: Mapping[str, str] = setting(map_of(number_or_zero))


@dataclass(frozen=True)
class When:
    """Whom a consequence is for: the last of the year, so many years running."""

    last: str = setting(one_of("yes"))
    years_running: int = setting(count_from_one, "1")


@dataclass(frozen=True)
class Consequence:
    """What follows for the head of a unit in the series it binds."""

    id: str = setting(identifier)
    name: str = setting(text_of)
    series: tuple[str, ...] = setting(list_of(text_of))
    when: When = setting(nested(When))
    then: str = setting(one_of("interview", "reassignment"))
    basis: str | None = setting(text_of, None)


@dataclass(frozen=True)
class Year:
    """The section `year:`."""

    follow: str = setting(one_of(HEAD, UNIT), HEAD)
    last_on: str = setting(one_of(FINAL, BASE), FINAL)
    rewards: Rewards | None = setting(nested(Rewards), None)
    consequences: tuple[Consequence, ...] = setting(list_of(nested(Consequence)), ())

    @property
    def bound(self) -> frozenset[str]:
        """The series that some consequence binds."""
        return frozenset(one for rule in self.consequences for one in rule.series)

    def rule(self, id_: str) -> Consequence:
        """The consequence of an id."""
        return next(one for one in self.consequences if one.id == id_)
