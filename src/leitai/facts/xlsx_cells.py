"""One cell of a workbook as the text a person sees in it."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal

_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


def value_text(value: object, number_format: str) -> str:
    """The text of what openpyxl gives: numbers in full, dates as ISO, 0.95 shown in % as 95%."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return percent_text(value) if _is_percent(number_format) else number_text(value)
    if isinstance(value, datetime):
        return _moment_text(value)
    if isinstance(value, time):
        return value.isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else str(value)


def number_text(value: float) -> str:
    """The shortest text of at most 15 significant digits, which is all that Excel itself keeps.

    Whole numbers that another program wrote with more digits stay as they are.
    """
    return str(value) if isinstance(value, int) else f"{_decimal(value):f}"


def percent_text(value: float) -> str:
    """A share as percent: 0.955 → 95.5%."""
    percent = f"{_decimal(value) * 100:f}"
    return (percent.rstrip("0").rstrip(".") if "." in percent else percent) + "%"


def _decimal(value: float) -> Decimal:
    return Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")


def _is_percent(number_format: str) -> bool:
    """Whether a format shows hundredths: a % in quotation marks is only decoration."""
    return "%" in _LITERAL.sub("", number_format)


def _moment_text(moment: datetime) -> str:
    text = moment.isoformat(timespec="seconds")
    return text.removesuffix("T00:00:00")
