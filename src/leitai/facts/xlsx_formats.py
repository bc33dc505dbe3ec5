"""Number formats of workbooks: whether what is seen in a cell is what is in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from leitai.signs import half_width

LONGEST = 255  # Excel takes no longer format
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<sign>.)|\*(?P<fill>.)|_.|\[\$(?P<symbol>[^\]-]*)[^\]]*\]|\[[^\]]*\]|.',
    re.DOTALL,
)
_CONDITION = re.compile(r"\[[<>=]")
_SCALED = re.compile(r"[0#?],+(?![0#?,])")  # a comma behind the last figure divides by 1000
_FIGURES = re.compile(r"[0#?@]|general|g/通用格式|[ymdhs年月日]", re.IGNORECASE)
_ZERO = re.compile(r"[0@/]|general|g/通用格式", re.IGNORECASE)  # what shows a 0; # and ? do not
_LARGER = re.compile(r"[.,‰十拾百佰千仟万萬亿億kK]")  # would make another number of it
_MINUS = re.compile(r"[-−–—]")
_BRACKETED = re.compile(r"\([^)]*[0#?]")  # brackets around figures mean minus


@dataclass(frozen=True)
class Section:
    """The part of a format that shows a value: its codes, the texts it adds, both in order."""

    codes: str
    texts: str
    shown: str
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
        if self.sign == 0 and not _ZERO.search(self.codes):
            return not self._minus  # accounts show a dash where there is nothing
        if not _FIGURES.search(self.codes) or _SCALED.search(self.codes):
            return True
        if (self.codes + self.texts).count("%") > 1 or _changes(self.texts, self.codes):
            return True
        return self._minus != (self.sign < 0 and self.only_for_its_sign)

    @property
    def _minus(self) -> bool:
        """Whether it shows a minus sign, or brackets around the figures."""
        return bool(_MINUS.search(self.shown) or _BRACKETED.search(self.shown))


def _changes(texts: str, codes: str) -> bool:
    bare = codes.replace(".", "").replace(",", "")
    figures = any(sign.isnumeric() for sign in texts)
    return figures or bool(_LARGER.search(texts) or _LARGER.search(bare))


@lru_cache(maxsize=1024)
def _sections(number_format: str) -> tuple[tuple[str, str, str], ...]:
    """Codes, texts, and both in order, of each section."""
    found = [("", "", "")]
    for match in _TOKEN.finditer(number_format[:LONGEST]):
        if match[0] == ";":
            found.append(("", "", ""))
            continue
        own = match["quoted"] or match["sign"] or match["symbol"] or (match["fill"] or "").strip()
        text, code = half_width(own or ""), match[0] if len(match[0]) == 1 else ""
        codes, texts, shown = found[-1]
        found[-1] = codes + code, texts + text, shown + code + text
    return tuple(found)


def section(number_format: str, value: object) -> Section:
    """The section of a format that shows a number."""
    assert isinstance(value, int | float)
    sign = (value > 0) - (value < 0)
    sections = _sections(number_format)
    index = min({1: 0, -1: 1, 0: 2}[sign], len(sections) - 1)
    index = 0 if sign == 0 and index == 1 else index
    return Section(*sections[index], sign, index == 1)


def misleads(number_format: str, value: object) -> bool:
    """Whether a cell with this format shows something else than the number or text in it."""
    if len(number_format) > LONGEST:
        return True
    if isinstance(value, str):
        of_text = _sections(number_format)[3:4]
        return bool(of_text) and of_text[0][2] != "@"
    by_condition = _CONDITION.search(number_format) is not None
    return by_condition or section(number_format, value).misleads
