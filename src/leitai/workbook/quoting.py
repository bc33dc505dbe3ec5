"""Texts that a cell or the notation could not carry as they are, in quotation marks as in JSON."""

from __future__ import annotations

import json
import re

from leitai.problems import Refused
from leitai.signs import clean_lines, clean_text, half_width, quoted

LONGEST_CELL = 32_767  # signs; Excel takes no more
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?%?")
_BESIDE_LETTERS = "-_.%+·"
_LOST = "x005F_"  # openpyxl cuts this out, whatever stands around it


def in_cell(text: str) -> str:
    """The text as a cell holds it: as it is, or quoted where it would not come back."""
    lost = _LOST in text or not text.isprintable() or clean_text(text) != text
    return _quoted(text) if lost or not text or is_quoted(text) else text


def from_cell(text: str) -> str:
    """The text that a cell holds. Raises Refused workbook.quotation-broken."""
    return unquoted(text) if is_quoted(text) else text


def in_notation(text: str) -> str:
    """The text as one word of the notation."""
    plain = all(sign.isalnum() or sign in _BESIDE_LETTERS for sign in text)
    bare = text and plain and as_number(text) == text and in_cell(text) == text
    return text if bare else _quoted(text)


def as_number(word: str) -> str:
    """A number with its signs in half width; any other word as it is."""
    number = half_width(word).replace("\u2212", "-")
    return number if _NUMBER.fullmatch(number) else word


def is_quoted(text: str) -> bool:
    """Whether a text begins and ends with a quotation mark."""
    return len(text) > 1 and text[0] == text[-1] == '"'


def unquoted(text: str) -> str:
    """What stands between quotation marks. Raises Refused workbook.quotation-broken."""
    try:
        found = json.loads(text)
        found.encode()  # half of a rare character could not be written anywhere
    except ValueError:
        raise Refused("workbook.quotation-broken", text=quoted(text)) from None
    return clean_lines(found)


def _quoted(text: str) -> str:
    narrow = json.dumps(text, ensure_ascii=False)
    safe = narrow.isprintable() and clean_text(narrow) == narrow and _LOST not in narrow
    return narrow if safe else json.dumps(text).replace("x005F_", "\\u0078005F_")
