"""Where a unit stands: total, place, ties, grade and its quotas, neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leitai.board import Board, Result
from leitai.explain.ties import tie_words
from leitai.explain.words import joined, say
from leitai.grades import quota
from leitai.points import decimal_text


def standing(board: Board, result: Result, lang: str) -> Iterator[str]:
    """The sentences, without their full stops."""
    yield say(lang, "standing.total", total=total_text(board, result))
    if result.bonus:
        points = board.round.scheme.scale.show(result.bonus)
        yield say(lang, "standing.bonus", points=points)
    if result.place is None:
        yield say(lang, "standing.unranked")
        return
    ranked = [one for one in board.members(result.group) if one.place is not None]
    yield say(lang, "standing.place", n=len(ranked), place=result.place, bottom=result.bottom)
    tied = [one for one in ranked if one.place == result.place and one.unit != result.unit]
    if tied:
        yield say(lang, "standing.tied", units=_names(board, tied, lang))
    yield from _grade(board, result, len(ranked), lang)
    yield from _neighbours(board, result, ranked, lang)


def _grade(board: Board, result: Result, n: int, lang: str) -> Iterator[str]:
    """The grade, and how many of the group the quotas allow at either end."""
    if result.grade is None:
        yield say(lang, "standing.ungraded")
        return
    yield say(lang, "standing.grade", grade=grade_name(board, result.grade))
    rule = board.round.scheme.grades
    first, last = rule.levels[0], rule.levels[-1]
    shares = ((first.name, first.top), (last.name, last.bottom))
    quotas = [
        say(lang, "standing.quota-of", grade=name, count=quota(share, n, rule.count))
        for name, share in shares
        if share and n >= 3
    ]
    if quotas:
        yield say(lang, "standing.quota", n=n, quotas=joined(lang, quotas))


def _neighbours(board: Board, result: Result, ranked: Sequence[Result], lang: str) -> Iterator[str]:
    """Who stands just ahead and just behind, and how far away, where points put them there."""
    places = sorted({one.place for one in ranked if one.place is not None})
    here = places.index(result.place or 0)
    for side, index in (("ahead", here - 1), ("behind", here + 1)):
        if 0 <= index < len(places):
            others = [one for one in ranked if one.place == places[index]]
            away = others[0].total - result.total
            names, total = _names(board, others, lang), total_text(board, others[0])
            if away == 0:
                exact = board.round.scheme.points.rank_on == "exact"
                parted = _parted(others[0], result, side, exact)
                tied = [one for one in ranked if _deciding(one, exact) == _deciding(result, exact)]
                words = tie_words(board, result, others[0], tied, lang) if parted == "equal" else {}
                yield say(lang, f"standing.{side}-{parted}", units=names, **words)
            elif (away > 0) == (side == "ahead"):
                gap = decimal_text(abs(away), board.round.scheme.total_places)
                yield say(lang, f"standing.{side}", units=names, total=total, gap=gap)


def _deciding(one: Result, exact: bool) -> int:
    return one.exact if exact else one.total


def _parted(other: Result, result: Result, side: str, exact: bool) -> str:
    """What parted two units of the same printed total."""
    if other.base_place == result.base_place:
        return "moved"
    better = (other.base_place or 0) < (result.base_place or 0)
    if better != (side == "ahead"):
        return "moved"
    return "exact" if exact and other.exact != result.exact else "equal"


def _names(board: Board, results: Sequence[Result], lang: str) -> str:
    return joined(lang, [board.round.units[one.unit].name for one in results])


def total_text(board: Board, result: Result) -> str:
    """The printed total."""
    return decimal_text(result.total, board.round.scheme.total_places)


def grade_name(board: Board, grade: str | None) -> str:
    """A level's name, "—" for none."""
    levels = board.round.scheme.grades.levels
    return next((level.name for level in levels if level.id == grade), "—")
