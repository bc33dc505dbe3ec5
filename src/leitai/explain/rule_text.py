"""Measures as people read them: each with its settings as one sentence."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from fractions import Fraction
from typing import Any

from leitai.bind import Bound, Part
from leitai.explain.figures import Figure
from leitai.explain.words import joined, say
from leitai.measures import MEASURES
from leitai.measures.growth import Growth
from leitai.scheme.settings import Limit


def rule_text(bound: Bound, lang: str) -> str:
    """An indicator's measure as a sentence; a chain's parts one after the other."""
    sentences = [_part_text(part, lang) for part in bound.parts]
    if len(sentences) == 1:
        return sentences[0]
    chain = MEASURES["chain"].words[lang]
    numbered = [chain["reason"].format(part=n) + s for n, s in enumerate(sentences, start=1)]
    return ("；" if lang == "zh" else "; ").join(numbered)


def _part_text(part: Part, lang: str) -> str:
    rule = part.measure.words[lang]["rule"].format(**setting_words(part, lang))
    between = "：" if lang == "zh" else ": "
    return f"{part.measure.words[lang]['name']}{between}{rule}"


def setting_words(part: Part, lang: str) -> dict[str, Any]:
    """A measure's settings as words for its sentences."""
    named = {
        one.name.rstrip("_"): _setting(getattr(part.settings, one.name), lang)
        for one in fields(part.settings)
    }
    if isinstance(part.settings, Growth):
        named["by"] = _part_text(Part(part.settings.measure, part.settings.by), lang)
    return {**named, **part.measure.describe(part.settings, lang)}


def _setting(value: Any, lang: str) -> Any:
    if isinstance(value, Limit):
        plain = value.share is not None
        return value.text if plain else say(lang, "limit.points", points=value.text)
    if isinstance(value, Fraction):
        return Figure(value)
    if value is None:
        return say(lang, "limit.none")
    if isinstance(value, tuple):
        return joined(lang, [str(_setting(one, lang)) for one in value]) or say(lang, "none")
    return "" if is_dataclass(value) else value
