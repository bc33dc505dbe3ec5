"""What became of a unit, as lines of text: place, total, grade before and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leitai.explain.difference import UnitChange
from leitai.explain.words import joined, say

NAMED = 8
Pair = tuple[str, str]


def move_lines(
    change: UnitChange, name: str, grades: Pair, lang: str, fulls: Pair = ("", "")
) -> Iterator[str]:
    """A unit's place and total, and its grade where that changed.

    `grades` are the names of both grades, `fulls` the full marks where they are to be told.
    """
    old, new = (with_full(*pair, lang) for pair in zip(change.total, fulls, strict=True))
    before, after = (place_text(place, lang) for place in change.place)
    words = {"unit": name, "before": before, "after": after, "old": old, "new": new}
    kept = "diff.still-unranked" if change.place[1] is None else "diff.kept"
    yield say(lang, "diff.moved" if change.moved else kept, **words)
    if change.graded:
        yield say(lang, "diff.grade", before=grades[0], after=grades[1])


def place_text(place: int | None, lang: str) -> str:
    """A place in words, also where there is none."""
    return say(lang, "diff.unranked") if place is None else say(lang, "diff.place", place=place)


def with_full(points: str, full: str, lang: str) -> str:
    """Points, and the full marks behind them where those are given."""
    return say(lang, "diff.of-full", points=points, full=full) if full else points


def rest_line(changes: Sequence[UnitChange], names: Sequence[str], lang: str) -> str:
    """Units whose place, grade and points are the same: what else changed, and who they are."""
    kinds = dict.fromkeys(kind for one in changes for kind in one.also)
    what = joined(lang, [say(lang, f"diff.{kind}") for kind in kinds])
    return say(lang, "diff.rest", n=len(changes), what=what, units=some(names, lang))


def some(names: Sequence[str], lang: str) -> str:
    """The first few names, and that there are more."""
    shown = joined(lang, list(names[:NAMED]))
    return say(lang, "announce.many", units=shown, n=len(names)) if names[NAMED:] else shown
