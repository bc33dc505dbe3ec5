"""The letters of pictures: our own fonts, how wide a text is, where it may be broken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.ft2font import FT2Font, LoadFlags

FAMILY = "Leitai Sans SC"
INSTEAD = "〓"  # stands for a sign that no font has, as printers do it
FOLDER = Path(__file__).parents[1] / "fonts"
_PLACEHOLDERS = "Last Resort"  # fonts that have a box for every sign
_EM = 1000
_POINTS = 72  # in an inch
_PIECES = re.compile(r"[!-~]+ *|[^!-~][、，。；：！？）》”’…—·]* *")


@dataclass(frozen=True)
class Letters:
    """The families a text is set in, and what had to be done about signs our own lacks.

    `borrowed` are signs taken from fonts of this machine, `lacking` those that no font has.
    """

    families: tuple[str, ...]
    borrowed: str
    lacking: str


def letters_for(texts: Iterable[str]) -> Letters:
    """The letters that a picture's texts need."""
    signs = sorted({sign for text in texts for sign in text})
    foreign = [sign for sign in signs if not _has(_own(bold=False), sign)]
    lenders = {sign: _lender(sign) for sign in foreign}
    families = dict.fromkeys([FAMILY, *(one for one in lenders.values() if one)])
    return Letters(
        tuple(families),
        "".join(sign for sign, lender in lenders.items() if lender),
        "".join(sign for sign, lender in lenders.items() if not lender),
    )


@cache
def _own(*, bold: bool) -> FT2Font:
    """Our own font, made known to matplotlib by its family."""
    file = FOLDER / f"{FAMILY.replace(' ', '')}-{'Bold' if bold else 'Regular'}.otf"
    fontManager.addfont(str(file))
    font = FT2Font(str(file))
    font.set_size(_EM, _POINTS)
    return font


def _has(font: FT2Font, sign: str) -> bool:
    return font.get_char_index(ord(sign)) != 0


@cache
def _lender(sign: str) -> str:
    """A family of this machine that has a sign, regular and bold; "" where there is none."""
    families = {one.name for one in fontManager.ttflist} - {FAMILY}
    for family in sorted(one for one in families if not one.startswith(_PLACEHOLDERS)):
        found = [
            fontManager.findfont(FontProperties(family=[family], weight=weight))
            for weight in ("regular", "bold")
        ]
        if all(_has(FT2Font(one, face_index=one.face_index), sign) for one in found):
            return family
    return ""


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How many inches wide a text is."""
    return sum(_advance(sign, bold) for sign in text) * size / _POINTS


@cache
def _advance(sign: str, bold: bool) -> float:
    """The width of a sign in ems; one that is not ours counts as a whole one."""
    font = _own(bold=bold)
    if not _has(font, sign):
        return 1.0
    return font.load_char(ord(sign), flags=LoadFlags.NO_HINTING).linearHoriAdvance / 65536 / _EM


def widest(texts: Iterable[str], size: float, *, bold: bool = False) -> float:
    """The width of the widest text, 0 for none."""
    return max((width(text, size, bold=bold) for text in texts), default=0.0)


def broken(text: str, most: float, size: float, *, bold: bool = False) -> Sequence[str]:
    """A text in lines not wider than `most` inches: between characters, or words of letters.

    A word wider than a line is broken where the line ends; nothing is ever left out.
    """
    made = [""]
    for piece in _PIECES.findall(text):
        if width(made[-1] + piece.rstrip(), size, bold=bold) <= most:
            made[-1] += piece
            continue
        for sign in piece if width(piece.rstrip(), size, bold=bold) > most else (piece,):
            if not made[-1] or width(made[-1] + sign.rstrip(), size, bold=bold) > most:
                made.append(sign)
            else:
                made[-1] += sign
    return [line.rstrip() for line in made if line.strip()] or [""]


def balanced(text: str, most: float, size: float) -> Sequence[str]:
    """The same number of lines as `broken` gives, as even as they can be with words whole."""
    lines = broken(text, most, size)
    word = min(most, widest((piece.rstrip() for piece in _PIECES.findall(text)), size))
    narrower = (broken(text, max(word, most * tenths / 10), size) for tenths in range(5, 10))
    return next((one for one in narrower if len(one) == len(lines)), lines)
