"""Number formats of workbooks: whether what is seen in a cell is the number that is in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(r'"(?P<quoted>[^"]*)"|[\\!](?P<sign>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|.', re.S)
_CONDITION = re.compile(r"\[[<>=]")
_SCALED = re.compile(r"[0#?],+(?![0#?,])")  # a comma behind the last figure divides by 1000
_FIGURES = re.compile(r"[0#?@]|general|g/通用格式|[ymdhs年月日]", re.IGNORECASE)
_ZERO = re.compile(r"[0@]|general|g/通用格式", re.IGNORECASE)  # what shows a 0; # and ? do not
_CHANGING = re.compile(r"[0-9‰十百千万亿]")  # texts that would make another number of it
_LARGER = re.compile(r"[‰十百千万亿]")  # the same without quotation marks
_MINUS = re.compile(r"[-−(（]")


@dataclass(frozen=True)
class Section:
    """The part of a format that shows a value: its codes, and the texts it adds of its own."""

    codes: str
    texts: str
    sign: int
    only_for_its_sign: bool

    @property
    def in_hundredths(self) -> bool:
        """Whether 0.95 is shown as 95%."""
        return "%" in self.codes

    @property
    def adds_percent(self) -> bool:
        """Whether 95 is shown as 95%."""
        return "%" in self.texts

    @property
    def misleads(self) -> bool:
        """Whether it shows another number, or none: no place for figures, thousands cut off,
        figures or 万 of its own, a minus sign dropped or added."""
        minus = bool(_MINUS.search(self.codes + self.texts))
        if self.sign == 0 and not _ZERO.search(self.codes):
            return not minus  # accounts show a dash where there is nothing
        if not _FIGURES.search(self.codes) or _SCALED.search(self.codes):
            return True
        if _CHANGING.search(self.texts) or _LARGER.search(self.codes):
            return True
        return minus != (self.sign < 0 and self.only_for_its_sign)


def section(number_format: str, value: object) -> Section:
    """The section of a format that shows a number."""
    assert isinstance(value, int | float)
    sign = (value > 0) - (value < 0)
    codes, texts = [""], [""]
    for match in _TOKEN.finditer(number_format):
        if match[0] == ";":
            codes.append("")
            texts.append("")
        elif match["quoted"] or match["sign"]:
            texts[-1] += match["quoted"] or match["sign"]
        elif len(match[0]) == 1:
            codes[-1] += match[0]
    index = min({1: 0, -1: 1, 0: 2}[sign], len(codes) - 1)
    index = 0 if sign == 0 and index == 1 else index
    return Section(codes[index], texts[index], sign, index == 1)


def misleads(number_format: str, value: object) -> bool:
    """Whether a cell with this format shows something else than the number in it."""
    by_condition = _CONDITION.search(number_format) is not None
    return by_condition or section(number_format, value).misleads
