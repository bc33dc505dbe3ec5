"""Raw cells: what stands in a file, and where, before anybody knows what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from leitai.problems import Problem

Cell: TypeAlias = "str | Problem"
"""Clean text, or the Problem of a cell that the file itself cannot tell, such as #N/A."""


@dataclass(frozen=True)
class Grid:
    """One CSV file or one sheet of a workbook.

    `name` is its place ("events.csv", "扣分表.xlsx!扣分"). `rows` holds cells by the number of the
    row and of the column, both from 1 and rising; blank cells are absent. `sheet` is what goes
    before a cell's address ("扣分表.xlsx"), "" where cells have no address.
    """

    name: str
    rows: Mapping[int, Mapping[int, Cell]]
    sheet: str = ""

    def where(self, row: int) -> str:
        """The place of a row."""
        return f"{self.name}!{row}" if self.sheet else f"{self.name}:{row}"

    def spot(self, row: int, column: int) -> str:
        """The place of a cell: its address, or its row where cells have no address."""
        return f"{self.sheet}!{letters(column)}{row}" if self.sheet else self.where(row)

    def texts(self, row: int) -> Mapping[int, str]:
        """The cells of a row that are text."""
        cells = self.rows.get(row, {})
        return {column: cell for column, cell in cells.items() if isinstance(cell, str)}


def letters(column: int) -> str:
    """A column's letters: 1 → A, 27 → AA."""
    before, last = divmod(column - 1, 26)
    return (letters(before) if before else "") + chr(ord("A") + last)
