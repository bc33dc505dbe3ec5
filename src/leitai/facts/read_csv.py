"""CSV files: bytes become rows of facts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import PurePath

from leitai.facts.grid import Cell, Grid
from leitai.facts.headings import table_by_headings, table_named, table_unknown
from leitai.facts.read_rows import read_rows
from leitai.facts.rows import Row
from leitai.problems import Problem, Refused, problem
from leitai.signs import clean_text, is_misleading, quoted

_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_csv(name: str, data: bytes) -> tuple[list[Row], list[Problem]]:
    """The rows of one CSV file, its name and else its headings telling the table.

    UTF-8, UTF-16 with its mark, GBK or GB18030; commas or tabs between cells. Rows are counted as
    spreadsheet programs do: a cell with line breaks does not make more rows.
    """
    try:
        grid = csv_grid(name, data)
    except Refused as refused:
        return [], [refused.at(name)]
    stem = PurePath(name).stem
    table = table_named(stem) or table_by_headings(grid)
    if table is None:
        return [], [table_unknown(stem, name)]
    return read_rows(grid, table)


def csv_grid(name: str, data: bytes) -> Grid:
    """The cells of one CSV file. Raises Refused where it cannot be read."""
    return _read_grid(name, _decode(data))


def _decode(data: bytes) -> str:
    """The text of a file, whichever of the known encodings it has."""
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise Refused("fact.nul-sign")
        return text
    raise Refused("fact.encoding")


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith(_UTF8_MARK):
        return ("utf-8-sig",)
    if data.startswith(_UTF16_MARKS):
        return ("utf-16",)
    return "utf-8", "gb18030"


def _read_grid(name: str, text: str) -> Grid:
    rows: dict[int, dict[int, Cell]] = {}
    for number, record in _records(text):
        where = f"{name}:{number}"
        cells = {at: _cell(text, where) for at, text in enumerate(record, start=1) if text}
        rows[number] = {at: cell for at, cell in cells.items() if cell}
    return Grid(name, {number: cells for number, cells in rows.items() if cells})


def _cell(text: str, where: str) -> Cell:
    if is_misleading(text):
        return problem("fact.misleading-text", where, text=quoted(clean_text(text)))
    return clean_text(text)


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """The records by number. A quotation mark left open would swallow all that follows."""
    number = 0
    try:
        for number, record in enumerate(_reader(text), start=1):
            yield number, record
    except csv.Error:
        raise Refused("fact.quotation-mark", row=number + 1) from None


def _reader(text: str) -> Iterator[list[str]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = "\t" if first.count("\t") > first.count(",") else ","
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
