"""Evaluates a round: facts in, the board out, or every Problem that blocks it."""

from __future__ import annotations

from dataclasses import replace

from leitai.bind import bind
from leitai.board import Board
from leitai.facts.round import Round
from leitai.intake.take import take
from leitai.intake.year import Standing, YearFacts, take_year
from leitai.problems import Problem, blocking, in_order
from leitai.ranking import rank
from leitai.scoring.points import score
from leitai.year import outcomes

_ABSENCES = (  # what may only seem to be so because a row was refused
    "fact.missing", "fact.no-nil-return", "fact.quarter-missing", "panel.no-group-left",
    "panel.quorum", "survey.not-scored", "survey.group-unscored", "survey.last-round-missing",
    "year.head-missing", "year.no-history", "year.predecessor-unknown",
)  # fmt: skip


def wrong_besides(round_: Round) -> tuple[Problem, ...]:
    """What else is wrong with a round of which some rows were refused already.

    What seems to be missing is left out: it may stand in a refused row.
    """
    bindings, problems = bind(round_.scheme)
    if not blocking(problems):
        problems += take(round_, bindings)[1] + take_year(round_)[1]
    return in_order([one for one in problems if one.code not in _ABSENCES])


def evaluate(round_: Round) -> tuple[Board | None, tuple[Problem, ...]]:
    """The board of a round, or the Problems that block it; warnings come with either."""
    bindings, problems = bind(round_.scheme)
    if blocking(problems):
        return None, in_order(problems)
    taken, found = take(round_, bindings)
    year, more = take_year(round_)
    problems += found + more
    if blocking(problems):
        return None, in_order(problems)
    points, found = score(round_, bindings, taken)
    problems += found
    if points is None or blocking(problems):
        return None, in_order(problems)
    board, found = rank(round_, bindings, taken, points)
    problems += found
    if board is not None and year is not None:
        board, found = _with_outcomes(board, year)
        problems += found
    problems = list(in_order(problems))
    if board is None or blocking(problems):
        return None, tuple(problems)
    return replace(board, warnings=tuple(problems)), tuple(problems)


def _with_outcomes(board: Board, facts: YearFacts) -> tuple[Board, list[Problem]]:
    """The board of an annual round with its rewards and consequences (§11)."""
    standings = {
        unit: Standing(one.place, one.bottom, one.base_place, one.base_bottom)
        for unit, one in board.results.items()
    }
    grades = {unit: one.grade for unit, one in board.results.items()}
    made, problems = outcomes(board.round, facts, standings, grades)
    return replace(board, outcomes=made), problems
