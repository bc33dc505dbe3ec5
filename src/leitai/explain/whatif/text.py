"""What if, as lines of text: who moves, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leitai.board import Board
from leitai.explain.difference import BoardChange, UnitChange
from leitai.explain.standing import grade_name
from leitai.explain.whatif.reasons import Pair, Reason, is_own, reasons
from leitai.explain.words import joined, say
from leitai.facts.settle import adjustment_names

_NAMED = 8


def whatif_text(boards: Pair, change: BoardChange, lang: str) -> Iterator[str]:
    """Those whose place or grade changed and those whose facts were, the others counted."""
    if not (change.units or change.lines_only):
        yield say(lang, "whatif.same")
        return
    graded = sum(one.grade[0] != one.grade[1] for one in change.units)
    counts = {"moved": sum(one.moved for one in change.units), "graded": graded}
    scored = sum(one.scored for one in change.units)
    yield say(lang, "whatif.count", scored=scored, **counts)
    told = [one for one in change.units if _is_told(boards, one)]
    for one in sorted(told, key=lambda one: _order(boards[1], one)):
        yield from unit_text(boards, one, lang)
    others = [one.unit for one in change.units if one not in told]
    if others:
        yield say(lang, "whatif.others", n=len(others), units=_names(boards[1], others, lang))
    for unit in change.lines_only:
        yield say(lang, "diff.lines-only", unit=boards[1].round.name_of(unit))


def _is_told(boards: Pair, one: UnitChange) -> bool:
    return one.moved or one.grade[0] != one.grade[1] or is_own(boards, one)


def _order(board: Board, one: UnitChange) -> tuple[int, bool, int, str]:
    """By group, then place; units without one last."""
    result = board.results[one.unit]
    group = list(board.round.scheme.group_names()).index(result.group)
    return group, result.place is None, result.place or 0, one.unit


def unit_text(boards: Pair, one: UnitChange, lang: str) -> Iterator[str]:
    """A unit's place, total and grade before and after, and every reason."""
    board = boards[1]
    before, after = (say(lang, "none") if place is None else place for place in one.place)
    places = {"before": before, "after": after, "old": one.total[0], "new": one.total[1]}
    name = board.round.name_of(one.unit)
    yield say(lang, "diff.moved" if one.moved else "diff.kept", unit=name, **places)
    if one.grade[0] != one.grade[1]:
        old, new = (grade_name(*each) for each in zip(boards, one.grade, strict=True))
        yield say(lang, "diff.grade", before=old, after=new)
    for reason in reasons(boards, one):
        yield "  " + reason_text(board, reason, lang)


def reason_text(board: Board, reason: Reason, lang: str) -> str:
    """One reason as a sentence, ids as names."""
    scheme = board.round.scheme
    words = dict(reason.args)
    if "indicator" in words:
        words["indicator"] = scheme.indicators[words["indicator"]].name
    if "units" in words:
        words["units"] = _names(board, words["units"], lang)
    if reason.code == "verdict":
        titles = adjustment_names(scheme)
        for when in ("before", "after"):
            named = [titles[one] for one in words[when]]
            words[when] = joined(lang, named) or say(lang, "none")
    return say(lang, f"why.{reason.code}", **words)


def _names(board: Board, units: Sequence[str], lang: str) -> str:
    """The first few names, and that there are more."""
    shown = joined(lang, [board.round.name_of(one) for one in units[:_NAMED]])
    return say(lang, "announce.many", units=shown, n=len(units)) if units[_NAMED:] else shown
