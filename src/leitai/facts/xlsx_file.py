"""Bytes of a workbook become plain sheets; whatever openpyxl is and does stays in here."""

from __future__ import annotations

import struct
import warnings
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from lzma import LZMAError
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from leitai.facts.xlsx_cells import shown_text, value_text
from leitai.facts.xlsx_formats import misleads
from leitai.facts.xlsx_guard import refuse_enormous
from leitai.problems import Refused
from leitai.signs import clean_text, is_misleading

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

# What zipfile, the XML parser and openpyxl raise on broken files: seen on twenty thousand of them,
# for openpyxl promises nothing of its own.
_BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    BadZipFile,
    EOFError,
    LookupError,
    LZMAError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,  # ElementTree's ParseError
    TypeError,
    ValueError,  # also what defusedxml forbids, and text in a wrong encoding
    struct.error,
    zlib.error,
)


@dataclass(frozen=True)
class SheetCell:
    """The clean text of one cell that is not blank; `flaw` is the code of why it is no fact.

    `shown` is the text as the cell's format shows it, a number often with fewer decimals.
    """

    text: str
    flaw: str = ""
    shown: str = ""


@dataclass(frozen=True)
class MergedRange:
    """Cells merged into one, whose text is in the first."""

    ref: str
    first: tuple[int, int]
    others: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class SheetOfCells:
    """One sheet: cells by row and column, both from 1, in reading order."""

    title: str
    visible: bool
    hides_cells: bool
    cells: Mapping[tuple[int, int], SheetCell]
    merged: tuple[MergedRange, ...]


def open_sheets(data: bytes) -> list[SheetOfCells]:
    """All sheets. Raises Refused: fact.workbook-unreadable, fact.workbook-too-large."""
    try:
        refuse_enormous(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of features that reading leaves aside
            return _sheets(data)
    except _BROKEN:
        raise Refused("fact.workbook-unreadable") from None


def _sheets(data: bytes) -> list[SheetOfCells]:
    typed = _load(data, data_only=False)
    results = _load(data, data_only=True) if _has_formulas(typed) else typed
    pairs = zip(typed.worksheets, results.worksheets, strict=True)
    return [_sheet(one, result) for one, result in pairs]


def _load(data: bytes, *, data_only: bool) -> Workbook:
    from openpyxl import load_workbook  # here, for it doubles the start-up time of every command

    return load_workbook(BytesIO(data), data_only=data_only, keep_links=False)


def _has_formulas(book: Workbook) -> bool:
    return any(
        cell.data_type == "f" for sheet in book.worksheets for cell in _cells(sheet).values()
    )


def _cells(sheet: Worksheet) -> Mapping[tuple[int, int], Cell]:
    """The cells that the file lists; the public ways walk every cell up to the furthest one."""
    return sheet._cells  # type: ignore[return-value] # merged cells have a value and type too


def _sheet(typed: Worksheet, results: Worksheet) -> SheetOfCells:
    found = {
        place: _cell(cell, _cells(results)[place]) for place, cell in sorted(_cells(typed).items())
    }
    merged = (
        MergedRange(area.coord, (area.min_row, area.min_col), tuple(area.cells)[1:])
        for area in typed.merged_cells.ranges
    )
    return SheetOfCells(
        title=typed.title,
        visible=typed.sheet_state == "visible",
        hides_cells=_hides(typed, found),
        cells={place: cell for place, cell in found.items() if cell.text or cell.flaw},
        merged=tuple(sorted(merged, key=lambda one: one.first)),
    )


def _hides(sheet: Worksheet, found: Mapping[tuple[int, int], SheetCell]) -> bool:
    """Whether cells with content stand in hidden rows or columns."""
    filled = [place for place, cell in found.items() if cell.text or cell.flaw]
    rows, columns = ({place[axis] for place in filled} for axis in (0, 1))
    hidden_columns = {
        number
        for one in sheet.column_dimensions.values()
        if one.hidden
        for number in range(one.min or 0, (one.max or 0) + 1)
    }
    hidden_rows = {number for number, one in sheet.row_dimensions.items() if one.hidden}
    return bool(rows & hidden_rows or columns & hidden_columns)


def _cell(typed: Cell, result: Cell) -> SheetCell:
    is_formula = typed.data_type == "f"
    if is_formula and result.value is None and result.data_type != "str":  # str: a result, "blank"
        return SheetCell("", "fact.formula-uncalculated")
    seen = value_text(result.value, result.number_format)
    text, shown = clean_text(seen), shown_text(result.value, result.number_format)
    return SheetCell(text, _flaw(result, seen), text if shown == seen else shown)


def _flaw(cell: Cell, seen: str) -> str:
    if cell.data_type == "e":
        return "fact.cell-error"
    if is_misleading(seen):
        return "fact.misleading-text"
    told = isinstance(cell.value, int | float | str) and not isinstance(cell.value, bool)
    return "fact.format-misleads" if told and misleads(cell.number_format, cell.value) else ""
