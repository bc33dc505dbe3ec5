"""What if, as lines of text: who moves, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leitai.board import Board
from leitai.explain.difference import BoardChange, UnitChange, counts
from leitai.explain.moves import move_lines, rest_line, some
from leitai.explain.outcome_change import outcomes_text
from leitai.explain.standing import grade_name
from leitai.explain.whatif.assumed import Assumed, assumed_text
from leitai.explain.whatif.reasons import Pair, Reason, is_own, reasons
from leitai.explain.words import joined, say
from leitai.facts.settle import adjustment_names


def whatif_text(
    boards: Pair, changes: Sequence[Assumed], change: BoardChange, lang: str
) -> Iterator[str]:
    """What is assumed, and what comes of it for units and for the year."""
    rounds = boards[0].round, boards[1].round
    yield say(lang, "whatif.assumed")
    for one in changes:
        yield assumed_text(rounds, one, lang)
    if not changes:
        yield say(lang, "whatif.unchanged")
    yield say(lang, "whatif.result")
    if change.nothing:
        yield say(lang, "diff.same")
        return
    yield from _units(boards, change, lang)
    names = {one.id: one.name for one in boards[1].round.units.values()}
    yield from outcomes_text(change.outcomes, names, lang)


def _units(boards: Pair, change: BoardChange, lang: str) -> Iterator[str]:
    """Those whose place or grade changed and those whose facts were, the others counted."""
    yield say(lang, "diff.count", **counts(change.units))
    told = [one for one in change.units if _is_told(boards, one)]
    for one in sorted(told, key=lambda one: _order(boards[1], one)):
        yield from unit_text(boards, one, lang)
    others = [one for one in change.units if one not in told]
    round_ = boards[1].round
    scored = [round_.name_of(one.unit) for one in others if one.scored]
    if scored:
        yield say(lang, "whatif.others", n=len(scored), units=some(scored, lang))
    rest = [one for one in others if not one.scored]
    if rest:
        yield rest_line(rest, [round_.name_of(one.unit) for one in rest], lang)
    for unit in change.lines_only:
        yield say(lang, "diff.lines-only", unit=round_.name_of(unit))


def _is_told(boards: Pair, one: UnitChange) -> bool:
    return one.moved or one.graded or is_own(boards, one)


def _order(board: Board, one: UnitChange) -> tuple[int, bool, int, str]:
    """By group, then place; units without one last."""
    result = board.results[one.unit]
    group = list(board.round.scheme.group_names()).index(result.group)
    return group, result.place is None, result.place or 0, one.unit


def unit_text(boards: Pair, one: UnitChange, lang: str) -> Iterator[str]:
    """A unit's place, total and grade before and after, and every reason."""
    board = boards[1]
    old, new = (grade_name(*each) for each in zip(boards, one.grade, strict=True))
    yield from move_lines(one, board.round.name_of(one.unit), (old, new), lang)
    for reason in reasons(boards, one):
        yield "  " + reason_text(board, reason, lang)


def reason_text(board: Board, reason: Reason, lang: str) -> str:
    """One reason as a sentence, ids as names."""
    scheme = board.round.scheme
    words = dict(reason.args)
    if "indicator" in words:
        words["indicator"] = scheme.indicators[words["indicator"]].name
    if "units" in words:
        words["units"] = some([board.round.name_of(one) for one in words["units"]], lang)
    if reason.code == "verdict":
        titles = adjustment_names(scheme)
        for when in ("before", "after"):
            named = [titles[one] for one in words[when]]
            words[when] = joined(lang, named) or say(lang, "none")
    return say(lang, f"why.{reason.code}", **words)
