"""Announces places as they are read out: the first ones, ties, and those at the bottom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leitai.board import Board
from leitai.explain.words import joined, say

READ_OUT = 3


def item_announcement(board: Board, group: str, item: str, lang: str) -> str:
    """One item's places in a group: the first three places and the last three, with ties."""
    tops: dict[int, list[str]] = {}
    bottoms: dict[int, list[str]] = {}
    for unit in board.round.in_group(group):
        score = board.results[unit.id].items.get(item)
        if score is not None and score.place is not None and score.bottom is not None:
            tops.setdefault(score.place, []).append(unit.name)
            bottoms.setdefault(score.bottom, []).append(unit.name)
    first = [place for place in sorted(tops) if place <= READ_OUT]
    named = {name for place in first for name in tops[place]}
    last = [b for b in sorted(bottoms, reverse=True) if b <= READ_OUT]
    last = [place for place in last if not named & set(bottoms[place])]
    count = sum(len(names) for names in tops.values())
    told = named | {name for place in last for name in bottoms[place]}
    parts = [_part(tops, place, "announce.place", "announce.tied", lang) for place in first]
    parts += [say(lang, "announce.gap")] if len(told) < count else []
    parts += [
        _part(bottoms, place, "announce.bottom", "announce.bottom-tied", lang) for place in last
    ]
    places = ("，" if lang == "zh" else ", ").join(parts)
    return say(lang, "announce.item", item=board.round.scheme.items[item].name, places=places)


def _part(places: Mapping[int, Sequence[str]], place: int, one: str, tied: str, lang: str) -> str:
    names = list(places[place])
    key = tied if len(names) > 1 else one
    units = joined(lang, names)
    if len(names) > READ_OUT + 1:
        units = say(lang, "announce.many", units=joined(lang, names[:READ_OUT]), n=len(names))
    return say(lang, key, place=place, units=units)


def items_of(board: Board, group: str) -> list[str]:
    """The items in which a group has places, in the scheme's order."""
    members = [board.results[unit.id].items for unit in board.round.in_group(group)]
    return [
        item
        for item in board.round.scheme.items
        if any(item in one and one[item].place is not None for one in members)
    ]
