"""The cells of a sheet as rows of a table, each cell knowing its address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from leitai.facts.grid import letters
from leitai.facts.xlsx_file import SheetOfCells
from leitai.near import near
from leitai.problems import Problem, Refused, problem, warning
from leitai.scheme.document import Node
from leitai.signs import half_width, is_misleading, quoted
from leitai.workbook.quoting import from_cell
from leitai.workbook.tables import FOR_READERS, MARKS, Table, bare

ROWS_SEARCHED = 10
_IN_BRACKETS = re.compile(r"[(（]([^()（）]*)[)）]")


@dataclass(frozen=True)
class Row:
    """One row under the headings: its cells by the number of the column."""

    number: int
    place: str
    columns: Mapping[int, str]
    cells: Mapping[int, Node]

    def __getitem__(self, key: str) -> Node | None:
        """The first cell in a column of that key, None where it is blank."""
        return next((cell for n, cell in self.cells.items() if self.columns.get(n) == key), None)

    def text(self, key: str) -> str:
        """The cell's text, "" where it is blank."""
        cell = self[key]
        return (cell.text or "") if cell else ""

    def where(self, key: str) -> str:
        """The address of a column's cell, also of a blank one; the row where there is no column."""
        spots = [number for number, name in self.columns.items() if name == key]
        return f"{self.place}!{letters(spots[0]) if spots else ''}{self.number}"


@dataclass(frozen=True)
class Found:
    """A table found on a sheet. `heads` are the headings in full, by the number of the column."""

    place: str
    title: str
    columns: Mapping[int, str]
    heads: Mapping[int, str]
    rows: Sequence[Row]
    problems: Sequence[Problem] = field(default=())

    @property
    def marks(self) -> dict[int, str]:
        """What stands in brackets in the headings of marks: 分值（镇街） → 镇街."""
        return {
            number: _inside(self.heads[number])
            for number, key in self.columns.items()
            if key == MARKS
        }


def _inside(heading: str) -> str:
    match = _IN_BRACKETS.search(heading)
    return match[1].strip() if match else ""


def headings_known(sheet: SheetOfCells, table: Table) -> int:
    """How many of a table's columns a sheet has in its best row; 0 where a needed one lacks."""
    row = _heading_row(sheet, table)
    known = {column.key for column in map(table.column, _texts(sheet, row).values()) if column}
    return len(known) if set(table.needed) <= known else 0


def find(sheet: SheetOfCells, table: Table, file: str) -> Found:
    """The rows of a table, merged cells spread, cells that are unclear told."""
    place = f"{file}!{sheet.title}"
    top = _heading_row(sheet, table)
    heads = _texts(sheet, top)
    columns, problems = _columns(table, heads, place, top)
    cells, more = _cells(sheet, table, columns, top, place)
    problems += more
    by_row: dict[int, dict[int, Node]] = {}
    for (row, column), cell in sorted(cells.items(), key=lambda pair: pair[0]):
        by_row.setdefault(row, {})[column] = cell
    rows = [Row(number, place, columns, found) for number, found in by_row.items()]
    return Found(place, _title(sheet, top), columns, heads, rows, problems)


def _texts(sheet: SheetOfCells, row: int) -> dict[int, str]:
    return {column: cell.text for (r, column), cell in sheet.cells.items() if r == row}


def _heading_row(sheet: SheetOfCells, table: Table) -> int:
    """Of the first ten rows the one with the most headings the table knows."""
    rows = sorted({row for row, _ in sheet.cells if row <= ROWS_SEARCHED}) or [1]
    return max(rows, key=lambda row: sum(map(bool, map(table.column, _texts(sheet, row).values()))))


def _title(sheet: SheetOfCells, top: int) -> str:
    """The first text above the headings."""
    return next((cell.text for (row, _), cell in sheet.cells.items() if row < top), "")


def _columns(
    table: Table, heads: Mapping[int, str], place: str, top: int
) -> tuple[dict[int, str], list[Problem]]:
    """The columns' keys, with Problems of headings that are doubled, unknown or absent."""
    columns: dict[int, str] = {}
    problems: list[Problem] = []
    for number, heading in heads.items():
        where = f"{place}!{letters(number)}{top}"
        column = table.column(heading)
        if column is None:
            problems += _stranger(table, heading, where)
        elif column.key != MARKS and column.key in columns.values():
            problems.append(problem("workbook.heading-doubled", where, heading=quoted(heading)))
        else:
            columns[number] = column.key
    for column in table.columns:
        if column.key in table.needed and column.key not in columns.values():
            words = {"heading": column.name, "table": table.name}
            problems.append(problem("workbook.heading-missing", f"{place}!{top}", **words))
    return columns, problems


def _stranger(table: Table, heading: str, where: str) -> Iterator[Problem]:
    """A column nobody reads: one that looks like a column of the table is refused."""
    if bare(heading) in FOR_READERS:
        return
    alike = near(bare(heading), [name for one in table.columns for name in (one.name, *one.others)])
    if alike:
        words = {"heading": quoted(heading), "near": alike}
        yield problem("workbook.heading-unknown", where, **words)
    else:
        yield warning("workbook.column-unread", where, heading=quoted(heading))


def _cells(
    sheet: SheetOfCells, table: Table, columns: Mapping[int, str], top: int, place: str
) -> tuple[dict[tuple[int, int], Node], list[Problem]]:
    cells: dict[tuple[int, int], Node] = {}
    problems: list[Problem] = []
    for (row, column), cell in sheet.cells.items():
        where = f"{place}!{letters(column)}{row}"
        if row <= top or column not in columns:
            continue
        if cell.flaw:
            problems.append(problem(cell.flaw, where, text=quoted(cell.text)))
            cells[row, column] = Node("", where)
            continue
        try:
            cells[row, column] = Node(_text(cell.text), where)
        except Refused as refused:
            problems.append(refused.at(where))
            cells[row, column] = Node("", where)
    return cells, problems + _spread(sheet, table, columns, cells)


def _text(text: str) -> str:
    found = from_cell(text)
    if is_misleading(found):
        raise Refused("scheme.misleading-text")
    return found


def _spread(
    sheet: SheetOfCells,
    table: Table,
    columns: Mapping[int, str],
    cells: dict[tuple[int, int], Node],
) -> list[Problem]:
    """Fills merged cells down, where what they say holds for every row; else a Problem."""
    problems: list[Problem] = []
    filled = {row for row, _ in cells}
    for merged in sheet.merged:
        first = cells.get(merged.first)
        covered = [(r, c) for r, c in merged.others if r in filled and r > merged.first[0]]
        if first is None or not covered:
            continue
        if columns[merged.first[1]] in table.spread:
            cells |= {(r, c): first for r, c in covered if c == merged.first[1]}
        elif not table.blocks:
            problems.append(problem("workbook.merged-cells", first.where, range=merged.ref))
    return problems


def is_blank_mark(text: str) -> bool:
    """Whether a cell only marks that there is nothing: /, —."""
    return half_width(text).strip("-/\\—–－") == ""
