"""The units of a round as columns: their order, their groups, the sheets they are judged on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from leitai.facts.numbers import ends, filled
from leitai.facts.units import Unit, UnitColumns
from leitai.scheme.model import Scheme, Sheet

Judged = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Layout:
    """One entry a unit in `groups` (a number of `names`) and `judged` (a number of `kinds`).

    `kinds` are the pairs of series and sheet that occur; what they decide is a column by `of_kind`.
    """

    units: Sequence[str] | pl.Series
    groups: pl.Series
    names: tuple[str, ...]
    judged: pl.Series
    kinds: tuple[Judged, ...]

    @staticmethod
    def of(units: Mapping[str, Unit], scheme: Scheme) -> Layout:
        """Units in the round's order, groups numbered in the scheme's."""
        if isinstance(units, UnitColumns):
            return _of_columns(units, scheme)
        names = tuple(scheme.group_names())
        number = {name: index for index, name in enumerate(names)}
        kinds: dict[Judged, int] = {}
        judged = []
        for unit in units.values():
            kind = unit.series, scheme.series[unit.series].sheet_of(unit.id)
            judged.append(kinds.setdefault(kind, len(kinds)))
        groups = [number[unit.group] for unit in units.values()]
        return Layout(tuple(units), _small(groups), names, _small(judged), tuple(kinds))

    def __len__(self) -> int:
        return len(self.groups)

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Where each unit stands."""
        return {unit: number for number, unit in enumerate(self.units)}

    @cached_property
    def largest(self) -> int:
        """Units in the largest group."""
        counts = self.groups.value_counts(name="count")["count"]
        return max(ends(counts)[1], 1)

    def of_kind(self, values: Sequence[int | None]) -> pl.Series:
        """A column of what each kind decides."""
        if len(set(values)) == 1:
            return filled(values[0], len(self), pl.Int64)
        return pl.Series(values, dtype=pl.Int64).gather(self.judged)

    def sheets(self, scheme: Scheme) -> list[Sheet]:
        """The sheet of each kind."""
        return [scheme.sheets[sheet] for _, sheet in self.kinds]

    def full(self, scheme: Scheme, indicator: str) -> list[int | None]:
        """An indicator's full marks by kind, inside or outside, None where its sheet lacks it."""
        return [sheet.full_of(indicator) for sheet in self.sheets(scheme)]

    def mark(self, marks: Sequence[int | None], unit: int) -> int | None:
        """What a kind's list says of the unit at a place."""
        kind: int = self.judged[unit]
        return marks[kind]

    def members(self, group: str) -> list[int]:
        """Where the units of a group stand."""
        return (self.groups == self.names.index(group)).arg_true().to_list()


def _small(numbers: Sequence[int]) -> pl.Series:
    return pl.Series("group", numbers, dtype=pl.UInt32)


def _of_columns(units: UnitColumns, scheme: Scheme) -> Layout:
    """Units that came as columns; own sheets are looked up for the few that have one."""
    names = tuple(scheme.group_names())
    kinds = {(one.id, one.sheet): number for number, one in enumerate(scheme.series.values())}
    judged = units.series
    for series in scheme.series.values():
        for unit, sheet in series.own_sheets.items():
            if unit not in units.index:
                continue
            number = kinds.setdefault((series.id, sheet), len(kinds))
            judged = judged.clone().scatter(units.index[unit], number)
    return Layout(units.ids, units.groups, names, judged, tuple(kinds))
