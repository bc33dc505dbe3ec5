"""The nearest known word to one that is not known: what somebody most likely meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

_COMMON = (0xB0A1, 0xD7F9)  # the characters that GB 2312 has in the order of their sound
_ALIKE = 40  # places apart in that order: mostly the same sound
_CHINESE_FIGURES = str.maketrans("〇一二三四五六七八九", "0123456789")


def near(word: str, known: Iterable[str]) -> str:
    """The known word most like `word`, or "" when nothing is like it.

    One with other figures is another thing (区06局 is not 区08局), so it is never suggested.
    """
    figures = _figures(word)
    alike = get_close_matches(word, [one for one in known if _figures(one) == figures], n=1)
    return next(iter(alike), "")


def near_name(word: str, names: Iterable[str]) -> str:
    """The same for names, many of which are two letters: one of the two may be wrong.

    What is typed by its sound goes wrong by its sound; else the first letter tells, where only
    one name begins with it.
    """
    known = list(dict.fromkeys(names))
    one_off = [name for name in known if _is_one_off(word, name)]
    by_sound = [name for name in one_off if _sounds_like(word, name)]
    by_first = [name for name in one_off if name[0] == word[0]]
    only = (found[0] for found in (by_sound, by_first) if len(found) == 1)
    return near(word, known) or next(only, "")


def _is_one_off(word: str, name: str) -> bool:
    """Whether two Chinese letters differ in one, which is no figure."""
    if len(word) != 2 or len(name) != 2 or _figures(word) != _figures(name):
        return False
    return (word[0] == name[0]) != (word[1] == name[1]) and not name.isascii()


def _sounds_like(word: str, name: str) -> bool:
    """Whether letters that differ stand close together in the order of sounds."""
    pairs = [(_sound(a), _sound(b)) for a, b in zip(word, name, strict=True) if a != b]
    return all(a is not None and b is not None and abs(a - b) <= _ALIKE for a, b in pairs)


def _sound(letter: str) -> int | None:
    """Where a common character stands in GB 2312, which has those in the order of sounds."""
    code = int.from_bytes(letter.encode("gb2312", errors="replace"))
    row, column = divmod(code - _COMMON[0], 256)
    return row * 94 + column if _COMMON[0] <= code <= _COMMON[1] else None


def _figures(word: str) -> str:
    """The figures in a word, 六 as 6, leading zeros and what stands between left out."""
    runs = re.findall(r"\d+", word.translate(_CHINESE_FIGURES))
    return "".join(str(int(run)) for run in runs)
