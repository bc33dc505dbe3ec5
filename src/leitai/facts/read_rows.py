"""Raw cells become rows of facts: headings found, cells cleaned, what cannot be a fact refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from leitai.facts.clean import date_cell, number_cell, number_or_ratio, number_or_text, year_cell
from leitai.facts.grid import Cell, Grid
from leitai.facts.headings import Headings, read_headings
from leitai.facts.rows import Row
from leitai.facts.tables import Table
from leitai.facts.totals import is_total
from leitai.problems import Problem, Refused, problem, warning
from leitai.signs import quoted

_NUMBERS = (
    "actual target previous coefficient points days count n size spread value headcount "
    "place bottom base_place base_bottom total"
)
_READERS: Mapping[str, Callable[[str], str]] = {
    **dict.fromkeys(_NUMBERS.split(), number_cell),
    "mean": number_or_ratio,
    "amount": number_or_text,
    "mark": number_or_text,
    "entered": date_cell,
    "since": date_cell,
    "year": year_cell,
}
_FIGURES = {
    "actual",
    "target",
    "previous",
    "coefficient",
}  # a row of values without any says nothing
_LABEL = re.compile("[：:]")
_TOTALS_STAND_IN = ("unit", "name", "stratum", "rater")  # or in the first cell of the row


@dataclass(frozen=True)
class _Line:
    """One row of a file under its table's headings."""

    grid: Grid
    table: Table
    headings: Headings
    number: int
    raw: Mapping[int, Cell]

    @property
    def where(self) -> str:
        return self.grid.where(self.number)

    @cached_property
    def named(self) -> dict[str, int]:
        """The columns that have a cell here: the column's number by its name."""
        columns = self.headings.columns
        return {columns[number]: number for number in self.raw if number in columns}

    def spot(self, column: int) -> str:
        return self.grid.spot(self.number, column)


def read_rows(grid: Grid, table: Table) -> tuple[list[Row], list[Problem]]:
    """The table's rows, and everything that is wrong with them at once.

    A row with a Problem is not among the rows. Blank rows are skipped, and rows of values with
    neither an actual value nor a coefficient: what is missing is found by unit and indicator.
    """
    headings, problems = read_headings(grid, table)
    if any(one.code == "fact.heading-missing" for one in problems):
        return [], problems
    rows: list[Row] = []
    problems += _above(grid, headings.row)
    for number, raw in grid.rows.items():
        if number > headings.row:
            taken, found = _read_line(_Line(grid, table, headings, number, raw))
            rows += taken
            problems += found
    return rows, problems


def _above(grid: Grid, headings: int) -> list[Problem]:
    """Warnings of rows above the headings that may be facts: not a title, nor 填报人：某某."""
    return [
        warning("fact.row-above-headings", grid.where(row), row=headings)
        for row, cells in grid.rows.items()
        if row < headings and sum(map(_may_be_fact, cells.values())) >= 2
    ]


def _may_be_fact(cell: Cell) -> bool:
    if isinstance(cell, Problem):
        return cell.code != "fact.merged-cells"
    return not _LABEL.search(cell)


def _read_line(line: _Line) -> tuple[list[Row], list[Problem]]:
    total = _total(line)
    if total:
        return [], [total]
    outside = _outside(line)
    if not outside and _says_nothing(line):
        return [], []
    cells, problems = _clean_cells(line)
    problems += outside + _blanks(line)
    return ([], problems) if problems else ([_row(line, cells)], [])


def _says_nothing(line: _Line) -> bool:
    if line.table.name == "values":
        return line.named.keys().isdisjoint(_FIGURES)
    return not line.named


def _total(line: _Line) -> Problem | None:
    """The Problem of a pasted row of totals; it would be counted as one more unit."""
    heads = [line.named[name] for name in _TOTALS_STAND_IN if name in line.named]
    for number in (min(line.raw), *heads):
        cell = line.raw[number]
        named = line.headings.columns.get(number) != "indicator"
        if isinstance(cell, str) and is_total(cell, by_ending=named):
            return problem("fact.total-row", line.spot(number), unit=quoted(cell))
    return None


def _clean_cells(line: _Line) -> tuple[dict[str, str], list[Problem]]:
    cells: dict[str, str] = {}
    problems: list[Problem] = []
    for name, number in line.named.items():
        cell = line.raw[number]
        if isinstance(cell, Problem):
            problems.append(cell)
            continue
        try:
            cells[name] = _READERS.get(name, str)(cell)
        except Refused as refused:
            problems.append(refused.at(line.spot(number), **_title(line.table, name)))
    return cells, problems


def _outside(line: _Line) -> list[Problem]:
    """Cells to the right of the headings or under none: nothing would read them."""
    return [
        cell
        if isinstance(cell, Problem)
        else problem("fact.cell-outside", line.spot(number), text=quoted(cell))
        for number, cell in line.raw.items()
        if number not in line.headings.headed
    ]


def _blanks(line: _Line) -> list[Problem]:
    """Needed cells without content."""
    lacking = [one.name for one in line.table.needed if one.name not in line.named]
    numbers = {name: at for at, name in line.headings.columns.items()} if lacking else {}
    return [
        problem("fact.cell-blank", line.spot(numbers[name]), **_title(line.table, name))
        for name in lacking
    ]


def _title(table: Table, name: str) -> dict[str, str]:
    """A column in both languages, as messages name it."""
    return {
        "column": next(one.zh for one in table.columns if one.name == name),
        "column_name": name,
    }


def _row(line: _Line, cells: Mapping[str, str]) -> Row:
    addressed = line.named if line.grid.sheet else {}
    return Row(
        table=line.table.name,
        id=cells.get("id", line.where),
        where=line.where,
        cells=cells,
        spots={name: line.spot(number) for name, number in addressed.items()},
    )
