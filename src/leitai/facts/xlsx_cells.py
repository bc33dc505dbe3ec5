"""One cell of a workbook as the text a person sees in it."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

from leitai.facts.xlsx_formats import section


def value_text(value: object, number_format: str) -> str:
    """The text of what openpyxl gives: numbers in full, dates as ISO, what is shown in % as %."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        shown = section(number_format, value)
        if shown.in_hundredths:
            return percent_text(value)
        return number_text(value) + ("%" if shown.adds_percent else "")
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


def _moment_text(moment: datetime) -> str:
    text = moment.isoformat(timespec="seconds")
    return text.removesuffix("T00:00:00")
