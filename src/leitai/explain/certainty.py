"""How sure a unit's survey scores are, as sentences (rules §7 step 4)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from leitai.bind import Bound
from leitai.board import Board
from leitai.explain.figures import Figure
from leitai.explain.words import say
from leitai.stats.spread import Certainty, certainties


def certainty_sentences(board: Board, unit: str, lang: str) -> Iterator[str]:
    """One sentence for each survey indicator of the unit that was scored and has a margin."""
    for bound in board.bindings.values():
        found = survey_certainties(board, bound, board.round.units[unit].group).get(unit)
        if found is None or found.margin is None:
            continue
        yield say(
            lang,
            "survey.certain" if found.best == found.worst else "survey.certainty",
            indicator=bound.indicator.name,
            score=Figure(board.taken.scores[unit, bound.id]),
            margin=found.margin_text,
            best=found.best,
            worst=found.worst,
        )


def survey_certainties(board: Board, bound: Bound, group: str) -> dict[str, Certainty]:
    """Margins and possible places of the scored units of a group in a survey indicator."""
    if bound.measure.kind != "survey":
        return {}
    scores: dict[str, tuple[Fraction, Fraction | None]] = {}
    for unit in board.round.in_group(group):
        for tally in board.taken.tallies.get((unit.id, bound.id), ()):
            if tally.n >= bound.settings.score_from and tally.mean is not None:
                scores[unit.id] = tally.mean, tally.variance
    return certainties(scores)
