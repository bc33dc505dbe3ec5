"""Words: codes become sentences, Chinese first, English second; one catalogue a language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("zh", "en")
_ONE_OF_MANY = re.compile(  # 1 points → 1 point; 0.1 points and 1.00 points stay
    r"(?<![\w.,])1 ((?:score |other )?"
    r"(?:answer|day|decimal|event|figure|indicator|line|point|place|problem|row|sheet|unit|year))s\b"
)
_LAST = re.compile(r"(?<![\w.,])(?<!place )1 from the bottom\b")


@cache
def catalogue(lang: str) -> Mapping[str, str]:
    """Every sentence of a language by its key."""
    found: dict[str, str] = {}
    for file in sorted(files(__name__).joinpath(lang).iterdir(), key=lambda one: one.name):
        found |= tomllib.loads(file.read_text(encoding="utf-8"))
    return found


def say(lang: str, key: str, /, **args: object) -> str:
    """The sentence of a key with its placeholders filled.

    Where a key "<key>+<arg>" exists and that argument is not empty, that sentence is taken.
    """
    words = catalogue(lang)
    for name, value in args.items():
        if value != "" and f"{key}+{name}" in words:
            return in_number(lang, words[f"{key}+{name}"].format(**args))
    return in_number(lang, words[key].format(**args))


def in_number(lang: str, text: str) -> str:
    """English has one point and two points, and the last; Chinese does not mind."""
    return _LAST.sub("last", _ONE_OF_MANY.sub(r"1 \1", text)) if lang == "en" else text


def joined(lang: str, parts: list[str]) -> str:
    """A list in a sentence: 甲、乙 or a, b."""
    return ("、" if lang == "zh" else ", ").join(parts)
