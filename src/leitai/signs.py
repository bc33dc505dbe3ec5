"""Signs in texts from outside that a reader does not see, or that make him see something else."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_UNSEEN = {"Zl", "Zp", "Cc", "Cf"}  # line ends, control and format characters
_INVISIBLE = {"Zs", *_UNSEEN}
_OUTER = "\ufeff" + "".join(
    sign for sign in map(chr, range(0x3001)) if unicodedata.category(sign) in _INVISIBLE
)
_KEPT = "\n\t"
# Letters that show nothing: joiners, fillers, the blank of Braille, selectors of a letter's form.
_NOTHING = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\ufff0-\ufff8\U000e0000-\U000e0fff]"
)
# Marks that turn the direction of what follows: behind one, 12 is shown as 21.
_TURNING = frozenset("\u061c\u200f\u202b\u202e\u2067")
_LONGEST_QUOTE = 40
REMEMBERED = 10_000  # different cells: most of a round's cells say what another says
# Only other widths of the same sign: whole NFKC would also read ² as 2 and ① as 1.
_OTHER_WIDTHS = ("<wide>", "<narrow>", "<small>", "<noBreak>")


@lru_cache(maxsize=REMEMBERED)
def clean_text(text: str) -> str:
    """Text of one line: composed characters (NFC), invisible signs and outer blanks cut."""
    return clean_lines(text).replace("\n", " ").replace("\t", " ")


def clean_lines(text: str) -> str:
    """The same with its line ends."""
    text = _NOTHING.sub("", text)
    if not text.isprintable():
        text = "".join(filter(_is_seen, text))
    return unicodedata.normalize("NFC", text).strip(_OUTER)


def _is_seen(sign: str) -> bool:
    return sign in _KEPT or sign in _TURNING or unicodedata.category(sign) not in _UNSEEN


def is_misleading(text: str) -> bool:
    """Whether it holds marks that show it in another order than it is read in."""
    return not text.isprintable() and not _TURNING.isdisjoint(text)


@lru_cache(maxsize=REMEMBERED)
def half_width(text: str) -> str:
    """Full-width, half-width and small forms of signs as the ordinary sign: １２．５％ → 12.5%."""
    if text.isascii():
        return text.strip(_OUTER)
    return unicodedata.normalize("NFC", "".join(map(_ordinary, text))).strip(_OUTER)


def _ordinary(sign: str) -> str:
    if unicodedata.decomposition(sign).startswith(_OTHER_WIDTHS):
        return unicodedata.normalize("NFKC", sign)
    return sign


def alike(text: str) -> str:
    """A name without what a reader does not see: blanks inside, width of letters, case."""
    return "".join(half_width(clean_text(text)).split()).casefold()


def quoted(text: str) -> str:
    """The text as a message quotes it: long ones are cut."""
    text = "".join(sign for sign in text if sign not in _TURNING)
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"
