"""The sheets for single entries: 扣分, 加分 and 零报告."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from leitai.documents.template_form import (
    DEDUCTIONS,
    INDICATORS,
    NIL_RETURNS,
    UNITS,
    Form,
    offer,
    start_table,
)

if TYPE_CHECKING:
    from leitai.documents.book import Worksheet

EVENT_ROWS = 200
NIL_RETURN_ROWS = 20  # at least, for single units may be named
_EVENT_COLUMNS = ("unit", "indicator", "points", "reason", "matter", "entered", "by", "source")
_NIL_RETURN_COLUMNS = ("indicator", "unit", "by")
_POINTS = {
    "validate": "decimal",
    "criteria": ">",
    "value": 0,
    "error_title": "请填正数",
    "error_message": "分值请填大于0的数，扣分也填正数，不加负号。",
}


def write_events(form: Form, title: str) -> None:
    """A sheet of blank rows for entries that take points away (扣分) or give them (加分)."""
    sheet, first = start_table(form, title, "events", _EVENT_COLUMNS)
    last = first + EVENT_ROWS - 1
    _write_blanks(form, sheet, first, last, _EVENT_COLUMNS)
    offer(form, sheet, (first, 0, last, 0), title + UNITS)
    offer(form, sheet, (first, 1, last, 1), title + INDICATORS)
    sheet.data_validation(first, 2, last, 2, _POINTS)


def write_nil_returns(form: Form) -> None:
    """A sheet where choosing an indicator declares that there was nothing to deduct."""
    sheet, first = start_table(form, NIL_RETURNS, "nil_returns", _NIL_RETURN_COLUMNS)
    last = first + max(NIL_RETURN_ROWS, len(form.events[DEDUCTIONS])) - 1
    _write_blanks(form, sheet, first, last, _NIL_RETURN_COLUMNS)
    offer(form, sheet, (first, 0, last, 0), DEDUCTIONS + INDICATORS)
    offer(form, sheet, (first, 1, last, 1), DEDUCTIONS + UNITS)


def _write_blanks(
    form: Form, sheet: Worksheet, first: int, last: int, columns: Sequence[str]
) -> None:
    for row in range(first, last + 1):
        for number, column in enumerate(columns):
            style = form.styles["date" if column == "entered" else "entry"]
            sheet.write_blank(row, number, None, style)
