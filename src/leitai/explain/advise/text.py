"""Advice as sentences: what lifts the unit, how far, and what it would then have."""

from __future__ import annotations

from collections.abc import Iterator

from leitai.adjustments.verdicts import verdicts
from leitai.board import Board, Result
from leitai.explain.advise.levers import BONUS, FIGURE, OPINION, Lever
from leitai.explain.advise.search import Advice, Improvement
from leitai.explain.standing import grade_name
from leitai.explain.steps import adjustment_sentences
from leitai.explain.words import joined, say
from leitai.points import decimal_text, shown

LISTED = 6  # improvements; more would not be read


def advice_text(
    board: Board, unit: str, found: tuple[Advice | None, Advice | None], lang: str
) -> Iterator[str]:
    """One section for the place, one for the grade."""
    now = board.results[unit]
    name, total = board.round.units[unit].name, _total(board, now)
    if now.place is None:
        yield say(lang, "advise.unranked", unit=name)
        return
    grade = grade_name(board, now.grade)
    yield say(lang, "advise.now", unit=name, place=now.place, total=total, grade=grade)
    adjusted = list(adjustment_sentences(board, now, lang))
    if adjusted:
        yield say(lang, "advise.held")
        yield from (f"  {sentence}" for sentence in adjusted)
    for goal, advice in zip(("place", "grade"), found, strict=True):
        yield ""
        if goal == "grade" and now.grade is None:
            yield say(lang, "advise.ungraded")
        elif advice is None:
            yield say(lang, f"advise.{goal}-top")
        elif goal == "grade" and _is_held(board, now) and not advice.improvements:
            yield say(lang, "advise.grade-held")
        else:
            yield from _section(board, now, advice, goal, lang)


def _is_held(board: Board, now: Result) -> bool:
    """Whether its adjustments would leave even the best unit with the grade it has."""
    best = board.round.scheme.grades.levels[0].id
    mine = [entry for entry in board.taken.entries if entry.unit == now.unit]
    return verdicts(board.round, mine, {now.unit: best})[0][now.unit] == now.grade


def _section(board: Board, now: Result, advice: Advice, goal: str, lang: str) -> Iterator[str]:
    if not advice.improvements:
        yield say(lang, f"advise.{goal}-none")
    else:
        yield say(lang, f"advise.{goal}")
    for one in advice.improvements[:LISTED]:
        yield "  " + _improvement(board, now, one, lang)
    more = advice.improvements[LISTED:]
    if more:
        names = [lever_name(board, one.lever) for one in more]
        yield "  " + say(lang, "advise.more", names=joined(lang, names))
    if advice.improvements and advice.short:
        names = [lever_name(board, one) for one in advice.short]
        yield "  " + say(lang, "advise.short", names=joined(lang, names))


def _improvement(board: Board, now: Result, one: Improvement, lang: str) -> str:
    lever, after = one.lever, one.result
    change = lever.after(one.steps) - lever.now
    unit = _measured_in(board, lever)
    args = {
        "name": lever_name(board, lever),
        "now": shown(lever.now) + unit,
        "after": shown(lever.after(one.steps)) + unit,
        "change": shown(abs(change)) + unit,
        "gain": board.round.scheme.scale.show(after.exact - now.exact),
        "total": _total(board, after),
        "place": after.place,
        "grade": grade_name(board, after.grade),
    }
    less = "less-" if lever.kind == FIGURE and lever.step < 0 else ""
    return say(lang, f"advise.{less}{lever.kind}", **args) + say(lang, "advise.then", **args)


def lever_name(board: Board, lever: Lever) -> str:
    """The name of the indicator or the bonus."""
    scheme = board.round.scheme
    if lever.kind == BONUS:
        return scheme.adjustments[lever.name].name
    return scheme.indicators[lever.name].name


def _measured_in(board: Board, lever: Lever) -> str:
    if lever.kind not in (FIGURE, OPINION):
        return ""
    return board.round.scheme.indicators[lever.name].unit_of_measure or ""


def _total(board: Board, one: Result) -> str:
    return decimal_text(one.total, board.round.scheme.total_places)
