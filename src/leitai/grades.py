"""Grades by quota on the final places, with score conditions (rules §10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from leitai.facts.numbers import ends
from leitai.places import competition, sizes
from leitai.points import rounded
from leitai.scheme.model import Grades, Level

MANY = 3  # units from which on a group has quotas


@dataclass(frozen=True, eq=False)
class Standings:
    """The units of a round as grading sees them, a column each.

    `place` and `bottom` are the final ones, null for units that are not ranked; `meets` says, for
    each level with a condition, whose total meets it; `barred` who may not have the best level.
    """

    groups: pl.Series
    place: pl.Series
    bottom: pl.Series
    meets: Mapping[str, pl.Series]
    barred: pl.Series


@dataclass(frozen=True, eq=False)
class Graded:
    """Each unit's level as a number, null without one; who was inside both quotas."""

    level: pl.Series
    in_both: pl.Series


def quota(share: Fraction | None, n: int, count: str) -> int:
    """How many of n a share is; at least 1 from n = 3 for a share above 0."""
    if not share:
        return 0
    exact = share * n
    if count == "half_up":
        whole = rounded(exact, "half_up")
    else:
        whole = exact.numerator // exact.denominator
        whole += count == "ceil" and exact.denominator != 1
    return max(whole, 1) if n >= MANY else whole


def has_conditions(rule: Grades) -> bool:
    """Whether a group too small for quotas can be graded."""
    return any(level.at_least is not None for level in rule.levels)


def grade(standings: Standings, rule: Grades) -> Graded:
    """The levels of all units, group by group."""
    frame = _with_quotas(standings, rule)
    wins, many = _earns_first(rule.levels[0]), pl.col("n") >= MANY
    few = _by_condition(rule) if has_conditions(rule) else pl.lit(None)
    level = pl.when(many).then(pl.when(wins).then(0).otherwise(_lower(rule))).otherwise(few)
    return Graded(
        *frame.select(
            level=pl.when(pl.col("place").is_not_null()).then(level).cast(pl.Int64),
            in_both=many & wins & pl.col("top") & pl.col("low"),
        )
    )


def _with_quotas(standings: Standings, rule: Grades) -> pl.DataFrame:
    """Size of the group, conditions met, and whether a unit is inside the top and bottom quota."""
    ranked = standings.place.is_not_null()
    n = _counted(standings.groups, ranked)
    columns = {
        "place": standings.place,
        "n": n,
        "top": _inside_top(standings, n, rule),
        "low": _within(
            standings.bottom,
            n + 1 - standings.place,
            _quotas(rule.levels[-1].bottom, n, rule),
            rule,
        ),
        **{f"meets {level}": met for level, met in standings.meets.items()},
    }
    return pl.DataFrame(columns)


def _counted(groups: pl.Series, here: pl.Series) -> pl.Series:
    """How many units of its group are here, for every unit."""
    counts = sizes(groups.filter(here), ends(groups)[1] + 1)
    return counts.gather(groups)


def _quotas(share: Fraction | None, n: pl.Series, rule: Grades) -> pl.Series:
    """The size of a quota in each unit's group."""
    known = n.unique().to_list()
    counts = [quota(share, size, rule.count) for size in known]
    return n.replace_strict(known, counts, return_dtype=pl.Int64)


def _inside_top(standings: Standings, n: pl.Series, rule: Grades) -> pl.Series:
    """Units inside the top quota; with `refill: next` barred units take no room in it."""
    places, bottoms, running = standings.place, standings.bottom, n
    if rule.refill == "next" and standings.barred.any():
        left = standings.place.set(standings.barred, None)
        places, bottoms = competition(-left, standings.groups)
        running = _counted(standings.groups, left.is_not_null())
    return _within(places, running + 1 - bottoms, _quotas(rule.levels[0].top, n, rule), rule)


def _within(first: pl.Series, last: pl.Series, count: pl.Series, rule: Grades) -> pl.Series:
    """Units inside a quota: their place is, and with `exclude` the last of their tie is too."""
    inside = last <= count if rule.tie == "exclude" else first <= count
    return inside.fill_null(False)


def _earns_first(level: Level) -> pl.Expr:
    inside = pl.lit(True) if level.top is None else pl.col("top")
    some = level.top is not None or level.at_least is not None
    return inside & _meets(level) & pl.lit(some)


def _meets(level: Level) -> pl.Expr:
    return pl.lit(True) if level.at_least is None else pl.col(f"meets {level.id}")


def _lower(rule: Grades) -> pl.Expr:
    """The last level inside the bottom quota, else the first level below the top that fits."""
    last = len(rule.levels) - 1
    between = list(enumerate(rule.levels))[1:-1]
    return pl.when(pl.col("low")).then(last).otherwise(_first_of(between, last))


def _by_condition(rule: Grades) -> pl.Expr:
    """The first level whose condition is met or that has neither condition nor quota."""
    levels = [
        (number, level)
        for number, level in enumerate(rule.levels[:-1])
        if level.top is None or level.at_least is not None
    ]
    return _first_of(levels, len(rule.levels) - 1)


def _first_of(levels: list[tuple[int, Level]], last: int) -> pl.Expr:
    found: pl.Expr = pl.lit(last)
    for number, level in reversed(levels):
        found = pl.when(_meets(level)).then(number).otherwise(found)
    return found
