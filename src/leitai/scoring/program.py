"""What some wanted columns need: facts, groups and both, step by step and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from leitai.columns.peers import PeerColumns
from leitai.columns.whole import Levels

Named = Mapping[str, pl.Expr]


@dataclass(frozen=True, eq=False)
class Program:
    """Expressions by name, in the order in which a frame computes them.

    `of_facts` for every unit; `aggregates` and `of_groups` once a group; `looked_up` are columns of
    groups that units read; `ranks` and `of_both` for every unit again; then what is wanted of units
    and of groups.
    """

    of_facts: Levels
    aggregates: Named
    of_groups: Levels
    looked_up: Sequence[str]
    ranks: Named
    of_both: Levels
    units: Named
    groups: Named


def program(peers: PeerColumns, units: Named, groups: Named) -> Program:
    """The program of what is wanted of units and, once each, of groups."""
    steps = peers.steps
    by_unit = {**peers.ranks, **_all(steps.of_both), **_all(steps.of_facts)}
    by_group = {**peers.aggregates, **_all(steps.of_groups)}
    used = _used(units.values(), by_unit)
    looked_up = [name for name in used if name in by_group]
    of_groups = _used([*(pl.col(name) for name in looked_up), *groups.values()], by_group)
    below = _used([by_group[name] for name in of_groups if name in by_group], by_unit)
    needed = {*used, *of_groups, *below}
    return Program(
        of_facts=_some(steps.of_facts, needed),
        aggregates={name: one for name, one in peers.aggregates.items() if name in needed},
        of_groups=_some(steps.of_groups, needed),
        looked_up=looked_up,
        ranks={name: one for name, one in peers.ranks.items() if name in needed},
        of_both=_some(steps.of_both, needed),
        units=units,
        groups=groups,
    )


def _all(levels: Levels) -> dict[str, pl.Expr]:
    return {name: expr for level in levels for name, expr in level.items()}


def _some(levels: Levels, needed: set[str]) -> Levels:
    """The levels without what nothing needs."""
    return [{name: expr for name, expr in level.items() if name in needed} for level in levels]


def _used(wanted: Iterable[pl.Expr], made: Named) -> dict[str, None]:
    """Every column that expressions read, and those that these are made of in turn."""
    found: dict[str, None] = {}
    waiting = list(wanted)
    while waiting:
        for name in waiting.pop().meta.root_names():
            if name not in found:
                found[name] = None
                waiting += [made[name]] if name in made else []
    return found
