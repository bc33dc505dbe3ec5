"""Tables for people: workbooks and CSV files of headings and rows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
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
_HEIGHT, _HIGHEST = 16, 25  # of a line, in points; Excel's rows are at most 409 points high


@dataclass(frozen=True)
class Sheet:
    """One sheet: its title, a notice above the headings ("" for none), headings and rows.

    `apart`: on paper, rows with another first cell begin on another page.
    """

    title: str
    notice: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    apart: bool = False


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
        self.formats = {
            "notice": book.add_format({"bold": True, "font_color": "#C00000"}),
            "heading": book.add_format(
                {"bold": True, "border": 1, "bg_color": "#F2F2F2", "text_wrap": True}
            ),
            "text": book.add_format({"border": 1, "text_wrap": True, "valign": "top"}),
        }

    def write(self, title: str, sheet: Sheet) -> None:
        """One sheet: notice, headings, rows."""
        page = self.book.add_worksheet(title)
        top = 1 if sheet.notice else 0
        if sheet.notice:
            page.write_string(0, 0, sheet.notice, self.formats["notice"])
        for column, heading in enumerate(sheet.headings):
            page.write_string(top, column, heading, self.formats["heading"])
            page.set_column(column, column, _width(sheet, column))
        widths = [_width(sheet, column) for column in range(len(sheet.headings))]
        for row, cells in enumerate(sheet.rows, start=top + 1):
            for column, cell in enumerate(cells):
                self._write_cell(page, row, column, cell)
            page.set_row(row, _HEIGHT * _lines(cells, widths))
        set_up_page(page, top)
        if sheet.apart:
            page.set_h_pagebreaks([top + 1 + row for row in _starts(sheet.rows)])

    def _write_cell(self, page: Worksheet, row: int, column: int, cell: Cell) -> None:
        text = "" if cell is None else str(cell)
        decimals = shown_decimals(text)
        if not text:
            page.write_blank(row, column, None, self.formats["text"])
        elif decimals is None:
            page.write_string(row, column, text, self.formats["text"])
        else:
            page.write_number(row, column, float(text), self._number(decimals))

    def _number(self, decimals: int) -> Format:
        """The format that shows so many decimals."""
        pattern = "0." + "0" * decimals if decimals else "0"
        if pattern not in self.formats:
            look = {"num_format": pattern, "border": 1, "valign": "top"}
            self.formats[pattern] = self.book.add_format(look)
        return self.formats[pattern]


def _lines(cells: Sequence[Cell], widths: Sequence[int]) -> int:
    """How many lines the highest cell of a row takes."""
    shown = zip((str(cell or "") for cell in cells), widths, strict=False)
    wrapped = (
        sum(-(-display_width(one) // width) or 1 for one in lines(text)) for text, width in shown
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
    return min(max(widest + 2, least), most)


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
