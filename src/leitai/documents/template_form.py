"""What every sheet of the form shares: its content, its looks, its drop-down lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leitai.documents.book import set_up_page
from leitai.facts.grid import letters
from leitai.facts.tables import TABLES

if TYPE_CHECKING:
    from leitai.documents.book import Format, Workbook, Worksheet

MADE_UP = "本表中的单位、指标和数字均系虚构，仅供演示。"
VALUES, DEDUCTIONS, NIL_RETURNS, AWARDS = "数据", "扣分", "零报告", "加分"
UNITS, INDICATORS = "单位", "指标"
_CHOICES = "选项"
_BORDER = {"border": 1, "border_color": "#A6A6A6", "valign": "vcenter", "text_wrap": True}
_ENTRY = {**_BORDER, "locked": False, "bg_color": "#FFF9DB"}
_STYLES: Mapping[str, Mapping[str, object]] = {
    "title": {"bold": True, "font_size": 16, "font_name": "黑体"},
    "notice": {"bold": True, "font_color": "#C00000"},
    "heading": {**_BORDER, "bold": True, "bg_color": "#DDEBF7", "align": "center"},
    "fixed": _BORDER,
    "entry": _ENTRY,
    "date": {**_ENTRY, "num_format": "yyyy-mm-dd"},
    "unused": {**_BORDER, "bg_color": "#D9D9D9"},
    "text": {"text_wrap": True, "valign": "top"},
}
_WIDTHS = {"unit": 22, "indicator": 30, "reason": 60, "matter": 24, "source": 24}


@dataclass(frozen=True)
class TemplateIndicator:
    """One indicator of the department.

    `needs` are columns of the table values (actual, target, previous, coefficient); `units` the ids
    of the units whose sheet has it. Events take points away; with `adds` they give points.
    """

    id: str
    name: str
    unit_of_measure: str
    needs: tuple[str, ...]
    takes_events: bool
    units: tuple[str, ...]
    measure_sentence: str
    adds: bool = False


@dataclass(frozen=True)
class Form:
    """The content of the form and the workbook it is written into.

    `units` and `names` are what the cells say for the ids of units and indicators.
    """

    book: Workbook
    styles: Mapping[str, Format]
    department: str
    made_up: bool
    indicators: tuple[TemplateIndicator, ...]
    units: Mapping[str, str]
    names: Mapping[str, str]

    @property
    def values(self) -> list[TemplateIndicator]:
        """The indicators that stand on the sheet 数据."""
        return [one for one in self.indicators if one.needs and not one.takes_events]

    @property
    def events(self) -> dict[str, list[TemplateIndicator]]:
        """The indicators by the title of the sheet that takes their events."""
        taking = [one for one in self.indicators if one.takes_events]
        by_title = {
            DEDUCTIONS: [one for one in taking if not one.adds],
            AWARDS: [one for one in taking if one.adds],
        }
        return {title: found for title, found in by_title.items() if found}

    @property
    def choices(self) -> dict[str, list[str]]:
        """The drop-down lists by name: for each sheet of events its units and its indicators."""
        lists: dict[str, list[str]] = {}
        for title, indicators in self.events.items():
            having = {unit for one in indicators for unit in one.units}
            lists[title + UNITS] = [self.units[unit] for unit in self.units if unit in having]
            lists[title + INDICATORS] = [self.names[one.id] for one in indicators]
        return lists


def styles_of(book: Workbook) -> dict[str, Format]:
    """The looks of cells, by name; only `entry` and `date` are unlocked."""
    return {name: book.add_format(dict(look)) for name, look in _STYLES.items()}


def start_table(
    form: Form, title: str, table: str, columns: Sequence[str]
) -> tuple[Worksheet, int]:
    """A protected sheet with title, notice and headings; the number of its first row of cells."""
    sheet = form.book.add_worksheet(title)
    heading_row = write_head(form, sheet, f"{form.department}　{title}")
    chinese = {column.name: column.zh for column in TABLES[table].columns}
    for number, column in enumerate(columns):
        sheet.write_string(heading_row, number, chinese[column], form.styles["heading"])
        sheet.set_column(number, number, _WIDTHS.get(column, 14))
    set_up_page(sheet, heading_row)
    protect(sheet)
    return sheet, heading_row + 1


def write_head(form: Form, sheet: Worksheet, title: str) -> int:
    """Title and, where figures are made up, the notice; the number of the row below."""
    sheet.write_string(0, 0, title, form.styles["title"])
    if form.made_up:
        sheet.write_string(1, 0, MADE_UP, form.styles["notice"])
    return 2 if form.made_up else 1


def protect(sheet: Worksheet) -> None:
    """Lock what is not to be filled in; without a password, for it guards against slips only."""
    sheet.protect("", {"format_columns": True, "format_rows": True})


def offer(form: Form, sheet: Worksheet, area: tuple[int, int, int, int], choice: str) -> None:
    """A drop-down list in all cells of the area (first row and column, last row and column)."""
    column = letters(list(form.choices).index(choice) + 1)
    last = max(len(form.choices[choice]), 1) + 1
    options = {
        "validate": "list",
        "source": f"='{_CHOICES}'!${column}$2:${column}${last}",
        "error_title": "请从列表中选择",
        "error_message": "请从下拉列表中选择，以免名称与方案不一致。",
    }
    sheet.data_validation(*area, options)


def write_choices(form: Form) -> None:
    """The hidden sheet that the drop-down lists take their words from."""
    sheet = form.book.add_worksheet(_CHOICES)
    for column, (name, words) in enumerate(form.choices.items()):
        for row, word in enumerate((name, *words)):
            sheet.write_string(row, column, word)
    protect(sheet)
    sheet.hide()
