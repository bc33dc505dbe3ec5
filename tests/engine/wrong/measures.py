"""Wrong measures: directions, bounds, peers, chains.

Each function plants one bug: it puts a wrong version in place of a function of the engine.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import polars as pl
import pytest

from leitai.columns import base as columns
from leitai.columns.fraction import FractionColumn, FractionPeers
from leitai.columns.integer import IntegerColumn
from leitai.measures import MEASURES
from leitai.scheme import model
from leitai.scoring import points as scoring
from leitai.scoring import work

Patch = pytest.MonkeyPatch


def higher_is_always_better(patch: Patch) -> None:
    patch.setattr(model.Indicator, "higher", property(lambda _self: True))


def one_peer_more_ahead(patch: Patch) -> None:
    right = MEASURES["place"].score
    assert right is not None

    class WorseOfTies:
        """Peers whose ties share the worse place."""

        def __init__(self, peers: Any) -> None:
            self.peers = peers

        def __getattr__(self, name: str) -> Any:
            return getattr(self.peers, name)

        def place(self, of: Any, largest_first: bool) -> Any:
            behind = self.peers.place(of, not largest_first)
            return self.peers.count(of) + 1 - behind

    def score(p: Any, x: Any) -> Any:
        peers, x.peers = x.peers, WorseOfTies(x.peers)
        made = right(p, x)
        x.peers = peers
        return made

    patch.setitem(MEASURES, "place", replace(MEASURES["place"], score=score))


def bounds_are_outside(patch: Patch) -> None:
    right = columns.Exact.__ge__
    patch.setattr(columns.Exact, "__ge__", lambda self, other: ~(self <= other))
    assert right is not None


def threshold_after_the_coefficient(patch: Patch) -> None:
    right = MEASURES["completion"].score
    assert right is not None

    def score(p: Any, x: Any) -> Any:
        made = right(replace(p, threshold=None), x)
        if p.threshold is None:
            return made
        rate = x.actual.over(x.target) if x.higher else x.target.over(x.actual)
        below = rate * x.fact("coefficient") < p.threshold
        return replace(made, points=below.choose(0, made.points))

    patch.setitem(MEASURES, "completion", replace(MEASURES["completion"], score=score))


def chains_never_close(patch: Patch) -> None:
    right = scoring._parts
    patch.setattr(
        scoring,
        "_parts",
        lambda worked: right([replace(o, bound=replace(o.bound, chained=False)) for o in worked]),
    )


def halves_to_even_in_columns(patch: Patch) -> None:
    right = IntegerColumn.rounded
    patch.setattr(IntegerColumn, "rounded", lambda self, _rounding: right(self, "half_even"))


def peers_of_all_groups(patch: Patch) -> None:
    right_columns, right_fractions = work._in_columns, work._in_fractions

    def one_group(layout: Any) -> Any:
        return replace(layout, groups=pl.repeat(0, len(layout), dtype=pl.UInt32, eager=True))

    patch.setattr(
        work, "_in_columns", lambda plans, layout: right_columns(plans, one_group(layout))
    )
    patch.setattr(
        work,
        "_in_fractions",
        lambda parts, layout, scale: right_fractions(parts, one_group(layout), scale),
    )


def units_without_a_value_are_peers(patch: Patch) -> None:
    right = FractionPeers._each

    def each(self: Any, of: Any, do: Any) -> Any:
        zeros = [Fraction(0) if value is None else value for value in of.values]
        return right(self, FractionColumn(zeros), do)

    patch.setattr(FractionPeers, "_each", each)
    patch.setattr(work, "_sorted", lambda parts, _layout, _scale: ([], list(parts)))
