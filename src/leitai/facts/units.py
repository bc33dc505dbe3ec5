"""The assessed units: one by one, or as the columns a large round brings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl


@dataclass(frozen=True)
class Unit:
    """An assessed unit; `group` is its comparison group's id."""

    id: str
    name: str
    series: str
    group: str


@dataclass(frozen=True, eq=False)
class UnitColumns(Mapping[str, Unit]):
    """Units by id, made when they are asked for.

    `series` and `groups` are UInt32 numbers into `series_ids` and `group_ids`, the scheme's series
    and comparison groups in its order.
    """

    ids: pl.Series
    names: pl.Series
    series: pl.Series
    groups: pl.Series
    series_ids: tuple[str, ...]
    group_ids: tuple[str, ...]

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Where each unit stands."""
        return {unit: number for number, unit in enumerate(self.ids)}

    def __getitem__(self, unit: str) -> Unit:
        at = self.index[unit]
        return Unit(
            unit,
            self.names[at],
            self.series_ids[self.series[at]],
            self.group_ids[self.groups[at]],
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self.ids)

    def __len__(self) -> int:
        return len(self.ids)
