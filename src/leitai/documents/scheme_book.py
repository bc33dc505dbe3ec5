"""The indicator workbook 指标体系表 as an office keeps it: a scheme in tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from leitai.documents.book import display_width, lines, set_up_page, write_book
from leitai.documents.scheme_notes import write_notes
from leitai.documents.tables import shown_decimals
from leitai.facts.grid import letters
from leitai.facts.xlsx_cells import number_text
from leitai.workbook.laid import Laid

if TYPE_CHECKING:
    from leitai.documents.book import Format, Workbook, Worksheet

MADE_UP = "本方案系虚构，仅供演示。"
_BORDER = {"border": 1, "border_color": "#A6A6A6", "valign": "vcenter", "text_wrap": True}
_STYLES: Mapping[str, Mapping[str, object]] = {
    "title": {"bold": True, "font_size": 16, "font_name": "黑体", "valign": "vcenter"},
    "notice": {"bold": True, "font_color": "#C00000"},
    "heading": {**_BORDER, "bold": True, "bg_color": "#DDEBF7", "align": "center"},
    "text": _BORDER,
    "middle": {**_BORDER, "align": "center"},
    "item": {**_BORDER, "bold": True, "align": "center"},
    "reader": {**_BORDER, "font_color": "#595959"},
    "total": {**_BORDER, "bold": True, "bg_color": "#F2F2F2", "align": "center"},
}
_WIDTHS = {
    "考核项目": 14, "指标": 22, "计分办法": 34, "计分办法说明": 42, "责任部门": 15, "依据": 18,
    "计量单位": 10, "重点领域": 18, "攻坚战": 16, "编号": 20, "系列": 20, "类别": 16,
    "并列时依次比较": 22, "只由这些评议组评议": 22, "个别单位另用评分表": 26, "用于": 40,
    "调整": 30, "触发条件": 28, "名称": 30, "所属战役": 20, "设置": 24, "内容": 36, "说明": 44,
    "其他": 30,
}  # fmt: skip
_USUAL_WIDTH, _OF_MARKS = 12, 15
_A3 = 8
_FOR_READERS = ("计分办法说明", "说明", "用于")
_LINE, _HIGHEST = 15, 400  # points; Excel's rows are at most 409 points high


def scheme_book(name: str, made_up: bool, sheets: Sequence[Laid]) -> bytes:
    """An XLSX file of the tables, which the reader of indicator workbooks takes back as it is."""

    def fill(book: Workbook) -> None:
        styles = {key: book.add_format(dict(look)) for key, look in _STYLES.items()}
        for sheet in sheets:
            _Page(book.add_worksheet(sheet.table.name), sheet, styles).write(name, made_up)
        write_notes(book, styles)

    return write_book(fill)


class _Page:
    """One sheet being written."""

    def __init__(self, page: Worksheet, laid: Laid, styles: Mapping[str, Format]) -> None:
        self.page, self.laid, self.styles = page, laid, styles
        self.widths = [
            _OF_MARKS if column in (laid.sums or {}) else _width(heading)
            for column, heading in enumerate(laid.headings)
        ]

    def write(self, name: str, made_up: bool) -> None:
        """Title, notice, headings, rows, the row of totals."""
        title = "指标体系表" if self.laid.sums else self.laid.table.name
        self.page.write_string(0, 0, f"{name}　{title}", self.styles["title"])
        self.page.set_row(0, 26)
        if made_up:
            self.page.write_string(1, 0, MADE_UP, self.styles["notice"])
        top = 2 if made_up else 1
        for column, heading in enumerate(self.laid.headings):
            self.page.write_string(top, column, heading, self.styles["heading"])
            self.page.set_column(column, column, self.widths[column])
        self.page.set_row(top, self._row_height(self.laid.headings) + 4)
        for row, cells in enumerate(self.laid.rows, start=top + 1):
            self._write_row(row, cells)
        self._merge(top + 1)
        if self.laid.sums:
            self._write_totals(top + 1)
        set_up_page(self.page, top)
        if self.laid.sums:
            self.page.freeze_panes(top + 1, min(self.laid.sums))
            self.page.set_paper(_A3)

    def _write_row(self, row: int, cells: Sequence[str]) -> None:
        for column, cell in enumerate(cells):
            self._write_cell(row, column, cell)
        self.page.set_row(row, self._row_height(cells))

    def _row_height(self, cells: Sequence[str]) -> int:
        """Room for the highest cell, each wrapping within its column."""
        pairs = zip(cells, self.widths, strict=True)
        height = max(_height(cell, width) for cell, width in pairs)
        return min(_LINE * height + 5, _HIGHEST)

    def _write_cell(self, row: int, column: int, cell: str) -> None:
        style = self.styles[self._style(column)]
        if not cell:
            self.page.write_blank(row, column, None, style)
        elif self._is_number(column, cell):
            self.page.write_number(row, column, float(cell), style)
        else:
            self.page.write_string(row, column, cell, style)

    def _style(self, column: int) -> str:
        if self.laid.headings[column] in _FOR_READERS:
            return "reader"
        if column == 0:
            return "item"
        return "middle" if self._counts(column) else "text"

    def _counts(self, column: int) -> bool:
        """Whether a column holds points."""
        return column in (self.laid.sums or {}) or self.laid.headings[column] == "总分"

    def _is_number(self, column: int, cell: str) -> bool:
        """Whether a number is read back as the same text."""
        if not self._counts(column) or shown_decimals(cell) is None:
            return False
        return self.laid.headings[column] == "总分" or number_text(_number(cell)) == cell

    def _merge(self, first: int) -> None:
        for start, end in self.laid.merged:
            text = self.laid.rows[start][0]
            self.page.merge_range(first + start, 0, first + end, 0, "", self.styles["item"])
            self.page.write_string(first + start, 0, text, self.styles["item"])

    def _write_totals(self, first: int) -> None:
        row = first + len(self.laid.rows)
        for column in range(len(self.laid.headings)):
            self.page.write_blank(row, column, None, self.styles["total"])
        self.page.write_string(row, 0, "合计", self.styles["total"])
        self.page.set_row(row, _LINE + 5)
        for column in self.laid.sums or {}:
            self._write_total(row, first, column)

    def _write_total(self, row: int, first: int, column: int) -> None:
        """The sum as a formula, so that it follows what is changed; where texts stand, a number."""
        cells = [cells[column] for cells in self.laid.rows if cells[column]]
        inside = [cell for cell in cells if not cell.endswith("）")]
        total = _sum(inside)
        style = self.styles["total"]
        if all(self._is_number(column, cell) for cell in inside):
            letter = letters(column + 1)
            area = f"{letter}{first + 1}:{letter}{max(row, first + 1)}"
            self.page.write_formula(row, column, f"=SUM({area})", style, _number(total))
        else:
            self.page.write_string(row, column, total, style)


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)


def _sum(texts: Sequence[str]) -> str:
    """The exact sum of decimal numbers."""
    places = max((len(text.partition(".")[2]) for text in texts), default=0)
    units = sum(_units(text, places) for text in texts)
    shown = f"{units / 10**places:.{places}f}" if places else str(units)
    return shown.rstrip("0").rstrip(".") if places else shown


def _units(text: str, places: int) -> int:
    before, _, after = text.partition(".")
    return int(before + after.ljust(places, "0"))


def _width(heading: str) -> int:
    """The width of a column, in narrow letters."""
    widest = display_width(heading) + 2
    return _WIDTHS.get(heading, max(_USUAL_WIDTH, min(widest, 24)))


def _height(cell: str, width: int) -> int:
    """How many lines a cell takes in its column."""
    return sum(-(-display_width(line) // width) or 1 for line in lines(cell))
