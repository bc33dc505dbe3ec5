"""Tables for people: workbooks and CSV files of headings and rows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leitai.documents.book import display_width, lines, set_up_page, write_book

if TYPE_CHECKING:
    from leitai.documents.book import Format, Workbook, Worksheet

Cell = str | int | None

_LONGEST_TITLE = 31
_FORBIDDEN = re.compile("[\\[\\]:*?/\\\\\x00-\x1f\ufffe\uffff]")
_RESERVED = {"history"}  # Excel keeps this title to itself
_DIGITS_KEPT = 15  # Excel rounds numbers with more
_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.([0-9]+))?")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?%?")
_FORMULA_SIGNS = tuple("=+-@＝＋－＠\t\r\n")
_WIDTHS = 6, 60
_MARGINS = 3  # narrow letters of a column's width that stay empty at its sides
_HEIGHT, _HIGHEST = 16, 25  # of a line, in points; Excel's rows are at most 409 points high
_ROOM, _TALL = 6, 24  # points: around the lines of a row, and a row above the headings
_LOOKS: Mapping[str, Mapping[str, object]] = {
    "caption": {"bold": True, "font_size": 14},
    "notice": {"bold": True, "font_color": "#C00000"},
    "heading": {"bold": True, "bg_color": "#F2F2F2", "text_wrap": True},
    "text": {"text_wrap": True},
}


@dataclass(frozen=True)
class Sheet:
    """One sheet: its title, a notice above the headings ("" for none), headings and rows.

    `caption` says above the notice what the sheet is. `apart`: on paper, rows with another first
    cell begin on another page.
    """

    title: str
    notice: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    caption: str = ""
    apart: bool = False

    @property
    def above(self) -> list[str]:
        """The lines above the headings."""
        return [one for one in (self.caption, self.notice) if one]

    def figures(self, column: int) -> bool:
        """Whether a column holds numbers and nothing else."""
        cells = (cell for row in self.rows for cell in row[column : column + 1])
        texts = [str(cell) for cell in cells if cell not in ("", None)]
        return bool(texts) and all(shown_decimals(text) is not None for text in texts)


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """An XLSX file of the sheets, titles made safe and distinct.

    A text that states a number, such as "12.50", is written as a number that shows exactly these
    decimals, unless Excel would round it; every other text stays text, whatever it begins with.
    """
    titles = sheet_titles([sheet.title for sheet in sheets])

    def fill(book: Workbook) -> None:
        writer = _Writer(book)
        for title, sheet in zip(titles, sheets, strict=True):
            writer.write(title, sheet)

    return write_book(fill)


def sheet_titles(wanted: Iterable[str]) -> list[str]:
    """Titles as Excel takes them: without []:*?/\\, at most 31 characters, no two alike."""
    titles: list[str] = []
    for title in wanted:
        safe = _FORBIDDEN.sub(" ", title).strip(" '") or "表"
        taken = _RESERVED | {one.casefold() for one in titles}
        number, one = 1, _cut(safe, _LONGEST_TITLE)
        while one.casefold() in taken:
            number += 1
            ending = f" {number}"
            one = _cut(safe, _LONGEST_TITLE - len(ending)) + ending
        titles.append(one)
    return titles


def _cut(title: str, length: int) -> str:
    """The beginning of a title; Excel counts rare characters such as 𠅤 twice, as UTF-16 does."""
    return title.encode("utf-16-le")[: 2 * length].decode("utf-16-le", "ignore").rstrip(" '")


class _Writer:
    """Writes sheets into one workbook, sharing its formats."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.formats: dict[tuple[str, str], Format] = {}

    def write(self, title: str, sheet: Sheet) -> None:
        """One sheet: what is above, headings, rows."""
        page = self.book.add_worksheet(title)
        for row, text in enumerate(sheet.above):
            look = "notice" if text == sheet.notice else "caption"
            page.write_string(row, 0, text, self._format(look, ""))
            page.set_row(row, _TALL)
        top = len(sheet.above)
        widths = [_width(sheet, column) for column in range(len(sheet.headings))]
        sides = ["right" if sheet.figures(column) else "left" for column in range(len(widths))]
        page.set_row(top, _HEIGHT * _lines(sheet.headings, widths) + _ROOM)
        for column, heading in enumerate(sheet.headings):
            page.write_string(top, column, heading, self._format("heading", sides[column]))
            page.set_column(column, column, widths[column])
        for row, cells in enumerate(sheet.rows, start=top + 1):
            for column, cell in enumerate(cells):
                self._write_cell(page, row, column, cell, sides[column])
            page.set_row(row, _HEIGHT * _lines(cells, widths) + _ROOM)
        set_up_page(page, top)
        if sheet.apart:
            page.set_h_pagebreaks([top + 1 + row for row in _starts(sheet.rows)])

    def _write_cell(self, page: Worksheet, row: int, column: int, cell: Cell, side: str) -> None:
        text = "" if cell is None else str(cell)
        decimals = shown_decimals(text)
        if not text:
            page.write_blank(row, column, None, self._format("text", side))
        elif decimals is None:
            page.write_string(row, column, text, self._format("text", side))
        else:
            pattern = "0." + "0" * decimals if decimals else "0"
            page.write_number(row, column, float(text), self._format(pattern, side))

    def _format(self, look: str, side: str) -> Format:
        """A look, or the pattern of a number; a side means a cell of the table."""
        if (look, side) not in self.formats:
            about = {"valign": "vcenter", **_LOOKS.get(look, {"num_format": look})}
            about |= {"border": 1, "align": side, "indent": 1} if side else {}
            self.formats[look, side] = self.book.add_format(about)
        return self.formats[look, side]


def _lines(cells: Sequence[Cell], widths: Sequence[int]) -> int:
    """How many lines the highest cell of a row takes."""
    shown = zip((str(cell or "") for cell in cells), widths, strict=False)
    wrapped = (
        sum(-(-display_width(one) // (width - _MARGINS)) or 1 for one in lines(text))
        for text, width in shown
    )
    return min(max(wrapped, default=1), _HIGHEST)


def _starts(rows: Sequence[Sequence[Cell]]) -> list[int]:
    """The rows, but the first, whose first cell differs from the one above."""
    return [row for row in range(1, len(rows)) if rows[row][0] != rows[row - 1][0]]


def shown_decimals(text: str) -> int | None:
    """How many decimals a number's text has; None where it is no number that Excel can keep."""
    match = _PLAIN.fullmatch(text)
    if not match or sum(sign.isdigit() for sign in text) > _DIGITS_KEPT:
        return None
    return len(match[1] or "")


def _width(sheet: Sheet, column: int) -> int:
    cells = [sheet.headings[column], *(row[column] for row in sheet.rows if column < len(row))]
    widest = max(display_width("" if cell is None else str(cell)) for cell in cells)
    least, most = _WIDTHS
    return min(max(widest + _MARGINS + 1, least), most)


def csv_text(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A CSV file in UTF-8 with its mark, so that Excel reads the Chinese.

    A cell that Excel would run as a formula gets a ' in front; plain numbers do not need it.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([_harmless(heading) for heading in headings])
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: Cell) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) and not _NUMBER.fullmatch(text) else text
