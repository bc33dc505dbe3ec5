"""Measures as people read them: each with its settings as one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from leitai.bind import Bound as BoundIndicator
from leitai.bind import Part
from leitai.explain.figures import Absent, Figure
from leitai.explain.words import in_number, say
from leitai.measures import MEASURES
from leitai.measures.growth import Growth
from leitai.scheme.readers import Bound, Limit


@lru_cache(maxsize=1024)
def rule_text(bound: BoundIndicator, lang: str) -> str:
    """An indicator's measure as a sentence; a chain's parts one after the other."""
    unit = bound.indicator.unit_of_measure or ""
    sentences = [_part_text(part, unit, lang) for part in bound.parts]
    if len(sentences) == 1:
        return sentences[0]
    chain = MEASURES["chain"].words[lang]
    numbered = [chain["reason"].format(part=n) + s for n, s in enumerate(sentences, start=1)]
    return ("；" if lang == "zh" else "; ").join(numbered)


def _part_text(part: Part, unit: str, lang: str) -> str:
    rule = part.measure.words[lang]["rule"].format(**setting_words(part, unit, lang))
    between = "：" if lang == "zh" else ": "
    return f"{part.measure.words[lang]['name']}{between}{in_number(lang, rule)}"


@lru_cache(maxsize=1024)
def setting_words(part: Part, unit: str, lang: str) -> Mapping[str, Any]:
    """A measure's settings as words for its sentences; `unit` is the unit of measure."""
    named = {
        one.name.rstrip("_"): _setting(getattr(part.settings, one.name), unit, lang)
        for one in fields(part.settings)
    }
    if isinstance(part.settings, Growth):
        named["by"] = _part_text(Part(part.settings.measure, part.settings.by), "", lang)
    return {**named, **part.measure.describe(part.settings, lang)}


def _setting(value: Any, unit: str, lang: str) -> Any:
    if isinstance(value, Bound):
        of_target = value.share is not None
        return say(lang, "limit.of-target", share=value.text) if of_target else value.text + unit
    if isinstance(value, Limit):
        key = "limit.points" if value.share is None else "limit.share"
        key = "limit.full" if value.share == 1 else key
        return say(lang, key, points=value.text, share=value.text)
    if isinstance(value, Fraction):
        return Figure(value)
    if value is None:
        return Absent(say(lang, "limit.none"))
    return "" if is_dataclass(value) else value
