"""What a case expects: each key is a setting, so a mistake in it has its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from leitai.scheme.readers import text_of
from leitai.scheme.settings import list_of, map_of, nested, setting

Texts: TypeAlias = "Mapping[str, str]"
_TEXTS = map_of(text_of)


@dataclass(frozen=True)
class ExpectedLine:
    """One ledger line; `scale` and `round` lines have no indicator."""

    kind: str = setting(text_of)
    points: str = setting(text_of)
    indicator: str | None = setting(text_of, None)
    part: str | None = setting(text_of, None)


@dataclass(frozen=True)
class Expect:
    """Figures by unit, sentences, codes; "none" where there is no place or grade.

    `problems` is None where a board should come out.
    """

    points: Mapping[str, Texts] = setting(map_of(_TEXTS), {})
    items: Mapping[str, Texts] = setting(map_of(_TEXTS), {})
    exact: Texts = setting(_TEXTS, {})
    totals: Texts = setting(_TEXTS, {})
    places: Texts = setting(_TEXTS, {})
    bottoms: Texts = setting(_TEXTS, {})
    base_places: Texts = setting(_TEXTS, {})
    item_places: Mapping[str, Texts] = setting(map_of(_TEXTS), {})
    item_bottoms: Mapping[str, Texts] = setting(map_of(_TEXTS), {})
    grades: Texts = setting(_TEXTS, {})
    lines: Mapping[str, tuple[ExpectedLine, ...]] = setting(
        map_of(list_of(nested(ExpectedLine))), {}
    )
    rewards: Texts = setting(_TEXTS, {})
    consequences: Texts = setting(_TEXTS, {})
    runs: Texts = setting(_TEXTS, {})
    sentences: Mapping[str, tuple[str, ...]] = setting(map_of(list_of(text_of)), {})
    warnings: tuple[str, ...] = setting(list_of(text_of), ())
    problems: tuple[str, ...] = setting(list_of(text_of), ())
