"""Cells that are numbers, years or dates: one way of writing each, doubtful ones refused."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache

from leitai.points import MAX_DIGITS
from leitai.problems import Refused
from leitai.signs import REMEMBERED, clean_text, half_width, quoted

_MINUS = "\u2212"
_LONGEST = 100  # signs of a number worth looking at

_NUMBER = re.compile(r"([+-]?)(?=\.?[0-9])([0-9]*)(?:\.([0-9]*))? ?(%?)")
_SEPARATED = re.compile(r"[+-]?(?=.*[0-9][ ,'’][0-9])[0-9][0-9 ,.'’]*[0-9] ?%?")
_EXPONENT = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+")
_RATIO = re.compile(r"([0-9]+) ?/ ?([0-9]+)")
_YEAR = re.compile("([0-9]{4}) ?(?:年|年度)?")
_DATE = re.compile(
    r"([0-9]{4})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日)"
    r"(?:(?:T| +)([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?)?"
)


@lru_cache(maxsize=REMEMBERED)
def number_cell(text: str) -> str:
    """The decimal number a cell states, its decimals as typed, a percent sign kept.

    Raises Refused: fact.thousands-separator, fact.exponent, fact.too-many-digits,
    fact.not-a-number, each with the text.
    """
    plain = half_width(text).replace(_MINUS, "-")
    if len(plain) > _LONGEST:
        raise Refused("fact.not-a-number", text=quoted(text))
    match = _NUMBER.fullmatch(plain)
    if not match:
        raise Refused(_why_not_a_number(plain), text=quoted(text))
    sign, before, after, percent = match[1], match[2].lstrip("0"), match[3] or "", match[4]
    if max(len((before + after).lstrip("0")), len(after)) > MAX_DIGITS:
        raise Refused("fact.too-many-digits", text=quoted(text))
    negative = sign == "-" and (before + after).strip("0") != ""
    return f"{'-' if negative else ''}{before or '0'}{'.' if after else ''}{after}{percent}"


def _why_not_a_number(plain: str) -> str:
    if _SEPARATED.fullmatch(plain):
        return "fact.thousands-separator"
    if _EXPONENT.fullmatch(plain):
        return "fact.exponent"
    return "fact.not-a-number"


def number_or_ratio(text: str) -> str:
    """A number, or two whole numbers a/b with b above 0. Raises Refused as `number_cell` does."""
    match = _RATIO.fullmatch(half_width(text)) if len(text) <= _LONGEST else None
    if not match:
        return number_cell(text)
    above, below = number_cell(match[1]), number_cell(match[2])
    if below == "0":
        raise Refused("fact.not-a-number", text=quoted(text))
    return f"{above}/{below}"


def number_or_text(text: str) -> str:
    """A number where the cell states one, else its text. Raises Refused for a doubtful number."""
    try:
        return number_cell(text)
    except Refused as refused:
        if refused.code != "fact.not-a-number":
            raise
        return clean_text(text)


def year_cell(text: str) -> str:
    """A year as four figures: 2017年度 → 2017. Raises Refused: fact.not-a-year with the text."""
    match = _YEAR.fullmatch(half_width(text))
    if not match:
        raise Refused("fact.not-a-year", text=quoted(text))
    return match[1]


def date_cell(text: str) -> str:
    """A day or a time of a day as ISO text: 2019/3/5 9:30 → 2019-03-05T09:30.

    Raises Refused: fact.not-a-date with the text.
    """
    match = _DATE.fullmatch(half_width(text))
    if not match:
        raise Refused("fact.not-a-date", text=quoted(text))
    month, day = match[3] or match[5], match[4] or match[6]
    date = f"{match[1]}-{int(month):02}-{int(day):02}"
    time = [f"{int(part):02}" for part in match.group(7, 8, 9) if part]
    if not _is_in_calendar(date, time):
        raise Refused("fact.not-a-date", text=quoted(text))
    return f"{date}T{':'.join(time)}" if time else date


def _is_in_calendar(date: str, time: list[str]) -> bool:
    try:
        datetime.fromisoformat(f"{date}T{':'.join(time) or '00:00'}")
    except ValueError:
        return False
    return True
