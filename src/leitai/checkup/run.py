"""Runs the whole check-up: of a scheme alone, and of a scheme with a round's facts."""

from __future__ import annotations

from collections.abc import Iterator

from leitai.board import Board
from leitai.checkup.ballots import ballots
from leitai.checkup.departments import departments
from leitai.checkup.draft import Draft
from leitai.checkup.duties import duties
from leitai.checkup.findings import Finding, in_order
from leitai.checkup.influence import influence
from leitai.checkup.levels import levels
from leitai.checkup.limits import limits
from leitai.checkup.limits_on_facts import limits_on_facts
from leitai.checkup.measured import columns
from leitai.checkup.raters import raters
from leitai.checkup.robust import robustness
from leitai.checkup.spread import spread
from leitai.checkup.sums import sums
from leitai.checkup.ties import ties


def check_draft(draft: Draft) -> tuple[Finding, ...]:
    """What can be said of a scheme before anybody reports anything."""
    return in_order([*sums(draft), *limits(draft), *levels(draft), *duties(draft)])


def check_board(board: Board) -> tuple[Finding, ...]:
    """What a round's facts show of the scheme, its departments and its raters."""
    return in_order(_of_board(board))


def _of_board(board: Board) -> Iterator[Finding]:
    measured = columns(board)
    yield from spread(board, measured)
    yield from limits_on_facts(board)
    yield from departments(board, measured)
    yield from ties(board)
    yield from robustness(board)
    cast = ballots(board)
    for one in cast:
        yield from raters(one)
    yield from influence(board, cast)
