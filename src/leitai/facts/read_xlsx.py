"""Workbooks: the sheets that are tables become rows of facts."""

from __future__ import annotations

from pathlib import PurePath

from leitai.facts.grid import Cell, Grid, letters
from leitai.facts.headings import table_named, table_unknown
from leitai.facts.read_rows import read_rows
from leitai.facts.rows import Row
from leitai.facts.tables import Table
from leitai.facts.xlsx_file import SheetCell, SheetOfCells, open_sheets
from leitai.problems import Problem, Refused, in_order, problem, warning
from leitai.signs import quoted

_NO_TABLES = ("说明", "填表说明", "填报说明", "封面", "目录", "选项", "readme")


def read_xlsx(name: str, data: bytes) -> tuple[list[Row], list[Problem]]:
    """The rows of one workbook, each sheet's name telling its table.

    Blank sheets are skipped, those for the reader (说明, 选项, README), and hidden ones, with a
    warning. Hidden rows and columns are read, with a warning too. Where only one sheet is left and
    its name tells nothing ("Sheet1"), the workbook's name does.
    """
    try:
        sheets, problems = _visible(name, data)
    except Refused as refused:
        return [], [refused.at(name)]
    tables = [table_named(sheet.title) for sheet in sheets]
    if tables == [None]:
        tables = [table_named(PurePath(name).stem)]
    several = sum(table is not None for table in tables) > 1
    rows: list[Row] = []
    for sheet, table in zip(sheets, tables, strict=True):
        taken, found = _read_sheet(name, sheet, table, several=several)
        rows += taken
        problems += found
    return rows, list(in_order(problems))


def xlsx_grids(name: str, data: bytes) -> tuple[list[Grid], list[Problem]]:
    """The cells of every sheet that may be a table. Raises Refused where it cannot be read."""
    sheets, problems = _visible(name, data)
    places = [f"{name}!{sheet.title}" for sheet in sheets]
    grids = [_grid(sheet, place, place) for sheet, place in zip(sheets, places, strict=True)]
    return grids, problems


def _visible(name: str, data: bytes) -> tuple[list[SheetOfCells], list[Problem]]:
    """The sheets that may be tables, with warnings of what is hidden. Raises Refused."""
    filled = [sheet for sheet in open_sheets(data) if sheet.cells and not _is_aside(sheet)]
    sheets = [sheet for sheet in filled if sheet.visible]
    problems = [
        warning("fact.sheet-hidden", f"{name}!{sheet.title}")
        for sheet in filled
        if not sheet.visible
    ]
    problems += [
        warning("fact.cells-hidden", f"{name}!{sheet.title}")
        for sheet in sheets
        if sheet.hides_cells
    ]
    return sheets, problems


def _is_aside(sheet: SheetOfCells) -> bool:
    return sheet.title.strip().casefold() in _NO_TABLES


def _read_sheet(
    name: str, sheet: SheetOfCells, table: Table | None, *, several: bool
) -> tuple[list[Row], list[Problem]]:
    place = f"{name}!{sheet.title}"
    if table is None:
        return [], [table_unknown(sheet.title, place)]
    return read_rows(_grid(sheet, place, place if several else name), table)


def _grid(sheet: SheetOfCells, place: str, before: str) -> Grid:
    cells = {spot: _cell(cell, _address(before, spot)) for spot, cell in sheet.cells.items()}
    cells |= _swallowed(sheet, before)
    rows: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sorted(cells.items(), key=lambda pair: pair[0]):
        rows.setdefault(row, {})[column] = cell
    return Grid(place, rows, before)


def _cell(cell: SheetCell, where: str) -> Cell:
    return problem(cell.flaw, where, text=quoted(cell.text)) if cell.flaw else cell.text


def _swallowed(sheet: SheetOfCells, before: str) -> dict[tuple[int, int], Cell]:
    """The cells that a merge with text in it took the place of, as Problems."""
    found: dict[tuple[int, int], Cell] = {}
    for merged in sheet.merged:
        if merged.first in sheet.cells:
            where = _address(before, merged.first)
            found |= dict.fromkeys(
                merged.others, problem("fact.merged-cells", where, range=merged.ref)
            )
    return found


def _address(before: str, spot: tuple[int, int]) -> str:
    row, column = spot
    return f"{before}!{letters(column)}{row}"
