"""A row of facts: cells of text that know where they were read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Row:
    """One fact as read. Blank cells are absent from `cells`.

    `id` is the fact's own id or its place; `where` the place of the row ("values.csv:7");
    `spots` the place of each cell where it is finer ("扣分表.xlsx!B7").
    """

    table: str
    id: str
    where: str
    cells: Mapping[str, str]
    spots: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, column: str) -> str:
        """The cell's text, "" where it is blank."""
        return self.cells.get(column, "")

    def spot(self, column: str) -> str:
        """Where the cell stands."""
        return self.spots.get(column, self.where)

    def having(self, **cells: str) -> Row:
        """The same row with some cells replaced."""
        return Row(self.table, self.id, self.where, {**self.cells, **cells}, self.spots)
