"""One cell of a workbook as the text a person sees in it."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Context, Decimal

from leitai.facts.xlsx_formats import LONGEST, section
from leitai.points import MAX_DIGITS

_TOO_LARGE: int = 10**MAX_DIGITS
_ENOUGH = Context(prec=MAX_DIGITS + 2 + LONGEST)  # digits before the point, two for %, and after
_GENERAL_DIGITS = 10  # a cell without a format has room for so many
_PLACES = re.compile("[0#?]")
_DECIMALS = re.compile(r"\.([0#?]+)")


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


def shown_text(value: object, number_format: str) -> str:
    """A number with the decimals its format shows, halves up; without a format as many as fit.

    Anything else is shown as its text, and so is a number too large for a fact.
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not _is_short(value):
        return value_text(value, number_format)
    shown = section(number_format, value)
    number = _decimal(value) * (100 if shown.in_hundredths else 1)
    percent = "%" if shown.in_hundredths or shown.adds_percent else ""
    places, always = _decimals(shown.codes, number)
    text = f"{number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _ENOUGH):f}"
    optional = places - always
    while optional and text.endswith("0"):
        text, optional = text[:-1], optional - 1
    return text.removesuffix(".") + percent


def _is_short(value: float) -> bool:
    """Whether a number may be a fact; others could not even be rounded, infinity least of all."""
    return -_TOO_LARGE < value < _TOO_LARGE


def _decimals(codes: str, number: Decimal) -> tuple[int, int]:
    """How many decimals a format shows at most, and how many always."""
    if not _PLACES.search(codes):
        return max(0, _GENERAL_DIGITS - len(str(abs(int(number))))), 0
    decimals = _DECIMALS.search(codes)
    shown = decimals[1] if decimals else ""
    return len(shown), len(shown.rstrip("#"))


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
