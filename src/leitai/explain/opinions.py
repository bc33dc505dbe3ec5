"""What panels and surveys say of a unit: rater groups with weights, numbers of answers."""

from __future__ import annotations

from fractions import Fraction

from leitai.bind import Bound
from leitai.board import Board
from leitai.explain.figures import Figure
from leitai.explain.words import joined, say
from leitai.stats.panel import Panel
from leitai.stats.survey import Survey
from leitai.stats.tally import Tally


def group_sentences(board: Board, unit: str, bound: Bound, lang: str) -> dict[str, str]:
    """`groups`: each rater group's mean as it was weighted."""
    tallies = board.taken.tallies.get((unit, bound.id), ())
    groups = [group_sentence(board, one, bound, lang) for one in tallies if one.group]
    return {"groups": joined(lang, groups)}


def survey_sentence(board: Board, unit: str, bound: Bound, lang: str) -> dict[str, str]:
    """`n` answers, and `own`: the score of too few answers, hidden where there are very few."""
    if bound.measure.kind != "survey":
        return {}
    p: Survey = bound.settings
    (one,) = board.taken.tallies[unit, bound.id]
    own = ""
    if one.mean is not None and p.hide_below <= one.n < p.score_from:
        own = say(lang, "survey.own", score=Figure(one.mean))
    return {"n": str(one.n), "own": own}


def group_sentence(board: Board, one: Tally, bound: Bound, lang: str) -> str:
    """One rater group's tally, or that it has too few marks to count."""
    p: Panel = bound.settings
    if one.n < p.quorum or one.mean is None:
        return say(lang, "line.tally-dropped", group=one.group, n=one.n, quorum=p.quorum)
    weight = sum((p.groups[group] for group in one.group.split("+")), Fraction(0))
    mean = p.weighted(one.mean, board.round.scheme.points.rounding)
    words = {"group": one.group, "mean": Figure(mean), "n": one.n, "weight": Figure(weight)}
    return say(lang, "line.tally", cut=one.cut or "", **words)
