"""Results by unit, made from columns when somebody asks (rules §8 to §10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

from leitai.places import Places, competition
from leitai.totals import Totals


@dataclass(frozen=True)
class ItemScore:
    """A unit's score in one item; without places where it is not comparable or not ranked."""

    units: int
    place: int | None
    bottom: int | None


@dataclass(frozen=True)
class Result:
    """One unit's line on the board. `exact` in line units, `total` in 10^-total_places.

    `fall` is what was ordered by demotion ("" for none, a number, or "last").
    """

    unit: str
    group: str
    items: Mapping[str, ItemScore]
    bonus: int
    exact: int
    total: int
    base_place: int | None
    base_bottom: int | None
    place: int | None
    bottom: int | None
    grade: str | None
    fall: str = ""


@dataclass(frozen=True, eq=False)
class Items:
    """Places in each item among ranked, comparable units, made when somebody asks."""

    sums: Totals
    unranked: frozenset[str]
    _known: dict[str, Places] = field(default_factory=dict, repr=False)

    def places(self, item: str) -> Places:
        """The places of one item."""
        if item not in self._known:
            self._known[item] = self._made(item)
        return self._known[item]

    def _made(self, item: str) -> Places:
        layout = self.sums.round.layout
        held = self.sums.items[item].set(~self.sums.comparable(item), None)
        out = [layout.index[unit] for unit in self.unranked]
        return Places(*competition(held.scatter(out, None), layout.groups))

    def of_unit(self, at: int) -> dict[str, ItemScore]:
        """The scores of the unit at a place in the layout."""
        found: dict[str, ItemScore] = {}
        for item, scores in self.sums.items.items():
            units = scores[at]
            if units is not None:
                places = self.places(item)
                found[item] = ItemScore(units, places.top[at], places.bottom[at])
        return found


@dataclass(frozen=True, eq=False)
class Results(Mapping[str, Result]):
    """The result of each unit. `level` are numbers of levels before the grades of `verdicts`."""

    sums: Totals
    in_items: Items
    base: Places
    final: Places
    level: pl.Series
    verdicts: Mapping[str, str | None]
    falls: Mapping[str, str]
    _known: dict[str, Result] = field(default_factory=dict, repr=False)

    def __getitem__(self, unit: str) -> Result:
        if unit not in self._known:
            self._known[unit] = self._made(unit)
        return self._known[unit]

    def __iter__(self) -> Iterator[str]:
        return iter(self.sums.round.layout.units)

    def __len__(self) -> int:
        return len(self.sums.round.layout)

    def _made(self, unit: str) -> Result:
        layout = self.sums.round.layout
        at = layout.index[unit]
        return Result(
            unit=unit,
            group=layout.names[layout.groups[at]],
            items=self.in_items.of_unit(at),
            bonus=self.sums.bonus.get(unit, 0),
            exact=self.sums.exact[at],
            total=self.sums.printed[at],
            base_place=self.base.top[at],
            base_bottom=self.base.bottom[at],
            place=self.final.top[at],
            bottom=self.final.bottom[at],
            grade=self.verdicts[unit] if unit in self.verdicts else self.grade_by_quota(at),
            fall=self.falls.get(unit, ""),
        )

    def grade_by_quota(self, at: int) -> str | None:
        """The level that quotas and conditions gave."""
        number = self.level[at]
        return None if number is None else self.sums.round.scheme.grades.levels[number].id
