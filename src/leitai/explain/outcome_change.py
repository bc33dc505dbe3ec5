"""The difference of two years' boards: whose reward or consequence changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from leitai.explain.words import joined, say

Plain: TypeAlias = Mapping[str, Any]
_NO_YEAR: Plain = {"heads": {}, "rewards": {}, "consequences": {}}


@dataclass(frozen=True)
class OutcomeChange:
    """One unit's reward (as it stands on the plain board, None for none) and consequence."""

    unit: str
    reward: tuple[Plain | None, Plain | None]
    consequence: tuple[Plain | None, Plain | None]


def outcome_changes(before: Plain, after: Plain) -> tuple[OutcomeChange, ...]:
    """The units whose reward or consequence differs between two plain boards."""
    old, new = (board.get("year", _NO_YEAR) for board in (before, after))
    parts = ("rewards", "consequences")
    units = dict.fromkeys(unit for year in (old, new) for part in parts for unit in year[part])
    changes = (
        OutcomeChange(unit, *((old[part].get(unit), new[part].get(unit)) for part in parts))
        for unit in units
    )
    return tuple(one for one in changes if _differs(one))


def _differs(one: OutcomeChange) -> bool:
    return one.reward[0] != one.reward[1] or one.consequence[0] != one.consequence[1]


def outcomes_text(
    changes: Sequence[OutcomeChange], names: Mapping[str, str], lang: str
) -> Iterator[str]:
    """The changes as lines of text: how many, then each unit."""
    counted = {
        "rewards": sum(one.reward[0] != one.reward[1] for one in changes),
        "consequences": sum(one.consequence[0] != one.consequence[1] for one in changes),
    }
    told = [say(lang, f"diff.{what}", n=n) for what, n in counted.items() if n]
    if told:
        yield say(lang, "diff.counted", what=joined(lang, told))
    for one in changes:
        parts = ("；" if lang == "zh" else "; ").join(_parts(one, lang))
        yield say(lang, "diff.of-unit", unit=names.get(one.unit, one.unit), what=parts)


def _parts(one: OutcomeChange, lang: str) -> Iterator[str]:
    """Reward and consequence before and after, where they differ."""
    if one.reward[0] != one.reward[1]:
        before, after = (_reward(reward, lang) for reward in one.reward)
        yield say(lang, "diff.reward", before=before, after=after)
    if one.consequence[0] != one.consequence[1]:
        before, after = (_consequence(found, lang) for found in one.consequence)
        yield say(lang, "diff.consequence", before=before, after=after)


def _reward(reward: Plain | None, lang: str) -> str:
    if reward is None:
        return say(lang, "none")
    return say(lang, "diff.money", **reward)


def _consequence(found: Plain | None, lang: str) -> str:
    if found is None:
        return say(lang, "none")
    return say(lang, "diff.outcome", then=_then(found["then"], lang), run=found["run"],
               head=found["head"] or "")  # fmt: skip


def _then(word: str, lang: str) -> str:
    """The consequence in words; a board from elsewhere may hold another word."""
    return say(lang, f"then.{word}") if word in ("interview", "reassignment") else word
