"""A workbook written in memory: the same content gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

if TYPE_CHECKING:  # XlsxWriter carries no types; other rooms take these names from here
    from xlsxwriter import Workbook as Workbook  # type: ignore[import-untyped]
    from xlsxwriter.format import Format as Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet as Worksheet  # type: ignore[import-untyped]

_OPTIONS = {  # texts are written as texts: none becomes a formula, a link or a number by itself
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_CREATED = datetime(2019, 1, 1)  # noqa: DTZ001 - a fixed mark, for no clock may change the bytes
_FONT = {"font_name": "宋体", "font_size": 11}
_A4 = 9


def write_book(fill: Callable[[Workbook], None]) -> bytes:
    """The bytes of the workbook that `fill` writes its sheets into."""
    from xlsxwriter import Workbook  # here, for it would slow the start of every command

    memory = BytesIO()
    options = _OPTIONS | {"default_format_properties": dict(_FONT)}  # a copy, for it is changed
    with Workbook(memory, options) as book:
        book.set_properties({"created": _CREATED})
        fill(book)
    return memory.getvalue()


def set_up_page(sheet: Worksheet, heading_row: int) -> None:
    """A4 across, as wide as the paper; the rows down to the headings stay on screen and page."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, heading_row)
    sheet.freeze_panes(heading_row + 1, 0)
    sheet.set_footer("&C&P / &N")


def display_width(text: str) -> int:
    """How many narrow letters wide the longest line is; a Chinese character takes two."""
    return max(sum(1 + (east_asian_width(sign) in "WF") for sign in line) for line in lines(text))


def lines(text: str) -> list[str]:
    """The lines of a text, at least one."""
    return text.splitlines() or [""]
