"""Which tie-breaker parted two units of the same total (rules §8)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from leitai.board import Board, Result
from leitai.explain.words import say
from leitai.scheme.model import TieBreaker


def tie_words(
    board: Board, one: Result, other: Result, tied: Sequence[Result], lang: str
) -> dict[str, str]:
    """`what` parted two units, with the value of each; "" where nothing did.

    `tied` are all ranked units of their total; what any of them lacks parts none of them.
    """
    return next(_partings(board, one, other, tied, lang), {"what": ""})


def _partings(
    board: Board, one: Result, other: Result, tied: Sequence[Result], lang: str
) -> Iterator[dict[str, str]]:
    """What each tie-breaker in turn says of the two, where it parts them."""
    for rule in board.round.scheme.series[board.round.units[one.unit].series].tie_breakers:
        values = {each.unit: _value(board, each, rule) for each in tied}
        mine, theirs = values[one.unit], values[other.unit]
        if None not in values.values():
            tied = [each for each in tied if values[each.unit] == mine]
            if mine != theirs:
                show = str if rule.previous else board.round.scheme.scale.show
                shown = {"mine": show(int(mine or 0)), "theirs": show(int(theirs or 0))}
                yield {"what": _name(board, rule, lang), **shown}


def _value(board: Board, one: Result, rule: TieBreaker) -> int | Fraction | None:
    """What the rule compares: line units, or the previous place."""
    if rule.previous is not None:
        return board.taken.previous.get((one.unit, "place"))
    if rule.item is not None:
        score = one.items.get(rule.item)
        return None if score is None or score.place is None else score.units
    name, scheme = rule.indicator or "", board.round.scheme
    series = scheme.series[board.round.units[one.unit].series]
    own, common = scheme.sheet_of(one.unit, series.id), scheme.sheets[series.sheet]
    if own.full_of(name) != common.full_of(name) or (one.unit, name) in board.taken.exempt:
        return None
    return board.points_of(one.unit, name)


def _name(board: Board, rule: TieBreaker, lang: str) -> str:
    if rule.item is not None:
        return board.round.scheme.items[rule.item].name
    if rule.indicator is not None:
        return board.round.scheme.indicators[rule.indicator].name
    return say(lang, "standing.previous-place")
