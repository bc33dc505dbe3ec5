"""The cells and tables that a scheme is laid out in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from leitai.measures.kind import Label
from leitai.problems import Problem, problem
from leitai.scheme.document import Plain
from leitai.signs import clean_text
from leitai.workbook.notation import value_text
from leitai.workbook.quoting import LONGEST_CELL, in_cell
from leitai.workbook.tables import Table

Settings = Mapping[str, Plain]


@dataclass(frozen=True)
class Laid:
    """One sheet: its table, its headings, its rows as the texts of cells.

    `merged` are runs of rows (first and last) whose first cells say the same; `sums` are the
    columns of marks with the sheet each stands for.
    """

    table: Table
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    merged: Sequence[tuple[int, int]] = ()
    sums: Mapping[int, str] | None = None


def too_long(sheets: Sequence[Laid]) -> list[Problem]:
    """Texts that no cell can hold."""
    return [
        problem(
            "workbook.text-too-long",
            sheet.table.name,
            heading=sheet.headings[column],
            row=number,
            length=len(cell),
            most=LONGEST_CELL,
        )
        for sheet in sheets
        for number, cells in enumerate(sheet.rows, start=1)
        for column, cell in enumerate(cells)
        if len(cell) > LONGEST_CELL
    ]


def text_cell(plain: Plain | None) -> str:
    """The cell of a text on one line."""
    return "" if plain is None else in_cell(clean_text(cast("str", plain)))


def value_cell(plain: Plain, label: Label) -> str:
    """The cell of a value in the notation, blank for nothing."""
    return in_cell(value_text(plain, label)) if plain else ""
