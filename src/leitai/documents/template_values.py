"""The sheet 数据: one row for each unit and indicator, only what the measure needs unlocked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from leitai.documents.template_form import VALUES, Form, TemplateIndicator, start_table

if TYPE_CHECKING:
    from leitai.documents.book import Worksheet

_NUMBERS = ("actual", "target", "previous", "coefficient")
_LARGEST = 999_999_999_999_999  # Excel keeps 15 digits
_LONGEST_PROMPT = 255


def write_values(form: Form) -> None:
    """The sheet, its rows by indicator and then by unit."""
    needed = {"actual", *(name for one in form.values for name in one.needs)}
    numbers = (name for name in _NUMBERS if name in needed)
    columns = ("unit", "indicator", *numbers, "by", "source")
    sheet, row = start_table(form, VALUES, "values", columns)
    for indicator in form.values:
        units = [label for unit, label in form.units.items() if unit in indicator.units]
        for number, unit in enumerate(units, start=row):
            _write_row(form, sheet, number, unit, indicator, columns)
        if units:
            _check_numbers(sheet, row, row + len(units) - 1, indicator, columns)
        row += len(units)


def _write_row(
    form: Form,
    sheet: Worksheet,
    row: int,
    unit: str,
    indicator: TemplateIndicator,
    columns: Sequence[str],
) -> None:
    sheet.write_string(row, 0, unit, form.styles["fixed"])
    sheet.write_string(row, 1, form.names[indicator.id], form.styles["fixed"])
    for number, column in enumerate(columns[2:], start=2):
        is_unused = column in _NUMBERS and column not in indicator.needs
        sheet.write_blank(row, number, None, form.styles["unused" if is_unused else "entry"])


def _check_numbers(
    sheet: Worksheet, first: int, last: int, indicator: TemplateIndicator, columns: Sequence[str]
) -> None:
    """Only numbers may be typed; the prompt says in which unit of measure."""
    prompt = f"计量单位：{indicator.unit_of_measure or '见说明'}。{indicator.measure_sentence}"
    options = {
        "validate": "decimal",
        "criteria": "between",
        "minimum": -_LARGEST,
        "maximum": _LARGEST,
        "input_title": "请填数字",
        "input_message": prompt[:_LONGEST_PROMPT],
        "error_title": "请填数字",
        "error_message": "此处只填数字，不写计量单位，不用千分位逗号。没有数据的请留空，不要填0。",
    }
    for number, column in enumerate(columns):
        if column in _NUMBERS and column in indicator.needs:
            sheet.data_validation(first, number, last, number, options)
