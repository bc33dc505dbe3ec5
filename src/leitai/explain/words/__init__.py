"""Words: codes become sentences, Chinese first, English second; one catalogue a language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("zh", "en")


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
            return words[f"{key}+{name}"].format(**args)
    return words[key].format(**args)


def joined(lang: str, parts: list[str]) -> str:
    """A list in a sentence: 甲、乙 or a, b."""
    return ("、" if lang == "zh" else ", ").join(parts)
