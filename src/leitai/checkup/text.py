"""The check-up in words: findings of one kind become a chapter, its gravest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from leitai.checkup.findings import Finding, Text, in_order
from leitai.explain.words import joined, say

LISTED = 8  # names in a sentence; more would drown it
ROWS = 10  # rows of a table; the rest is in the JSON
_WITH_TABLE = (  # the sentences of the others say all that their figures do
    "items-not-compared",
    "sheet-sums",
    "no-event",
    "department-flat",
    "grades-fragile",
    "places-fragile",
    "raters-copied",
    "rater-leniency",
    "rater-flat",
    "rater-influence",
)
_OF_UNITS = ("places-fragile", "rater-influence")  # only the rows of the units that matter


@dataclass(frozen=True)
class Told:
    """One finding as a sentence, with its table as texts: headings, rows, rows left out."""

    sentence: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left_out: int


@dataclass(frozen=True)
class Chapter:
    """All findings of one kind and severity: what they are called, mean and ask for."""

    code: str
    severity: str
    title: str
    meaning: str
    do: str
    told: tuple[Told, ...]


def chapters(findings: Iterable[Finding], lang: str) -> list[Chapter]:
    """What was found, the gravest first, alike findings together."""
    kinds: dict[tuple[str, str], list[Finding]] = {}
    for one in in_order(findings):
        kinds.setdefault((one.severity, one.code), []).append(one)
    return [
        Chapter(
            code=code,
            severity=severity,
            title=say(lang, f"check.{code}.title"),
            meaning=say(lang, f"check.{code}.meaning"),
            do=say(lang, f"check.{code}.do"),
            told=tuple(_told(one, lang) for one in found),
        )
        for (severity, code), found in kinds.items()
    ]


def sentence(one: Finding, lang: str) -> str:
    """One finding as a sentence."""
    args = {name: in_words(value, lang) for name, value in one.args.items()}
    return say(lang, f"check.{one.code}", **args)


def in_words(value: Text, lang: str) -> str:
    """A text as it is; names as a list that stays readable."""
    if isinstance(value, str):
        return value
    if len(value) <= LISTED:
        return joined(lang, list(value))
    first = joined(lang, list(value[:LISTED]))
    return say(lang, "check.and-more", names=first, n=len(value))


def _told(one: Finding, lang: str) -> Told:
    """The sentence and, where it helps, the table."""
    rows = one.figures.rows if one.figures and one.code in _WITH_TABLE else ()
    if one.code in _OF_UNITS:
        rows = rows[: len(one.units)]
    listed = tuple(tuple(_cell(cell, lang) for cell in row) for row in rows[:ROWS])
    heads = one.figures.heads if one.figures and listed else ()
    return Told(
        sentence=sentence(one, lang),
        heads=tuple(say(lang, f"check.head.{head}") for head in heads),
        rows=listed,
        left_out=len(rows) - len(listed),
    )


def _cell(value: Text, lang: str) -> str:
    """A cell of a table, lists whole."""
    return value if isinstance(value, str) else joined(lang, list(value))
