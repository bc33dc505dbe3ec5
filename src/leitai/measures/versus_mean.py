"""versus_mean 比平均: points by the distance from the peers' mean, in brackets (rules §4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from leitai.columns import Exact, Inputs
from leitai.measures.kind import Check, Measure, Quarrels, Score, Use
from leitai.scheme.settings import (
    Limit,
    count,
    limit,
    list_of,
    nested,
    one_of,
    or_none,
    positive,
    positive_limit,
    setting,
)


@dataclass(frozen=True)
class Bracket:
    """`step` points for each 1 of distance up to `to`; the last bracket is open."""

    step: Limit = setting(positive_limit)
    to: Fraction | None = setting(positive, None)


@dataclass(frozen=True)
class VersusMean:
    """`base` at the mean; brackets above and below."""

    base: Limit = setting(limit)
    difference: str = setting(one_of("percent", "absolute"), "percent")
    above: tuple[Bracket, ...] = setting(list_of(nested(Bracket)), ())
    below: tuple[Bracket, ...] = setting(list_of(nested(Bracket)), ())
    floor: Limit = setting(limit, "0")
    cap: Limit | None = setting(or_none(limit), "100%")
    peers_min: int = setting(count, "3")


def score(p: VersusMean, x: Inputs) -> Score:
    """Points of §4, like income tax on each side of the mean."""
    mean = x.peers.total(x.actual).over(x.peers.count(x.actual))
    away = x.actual - mean if x.higher else mean - x.actual
    checks: tuple[Check, ...] = ()
    if p.difference == "percent":
        away = (away * 100).over(mean)
        checks = (Check(mean <= 0, "measure.mean-not-positive", of_group=True),)
    earned = x.points(p.base) + _earned(x, away, p.above) - _earned(x, away * -1, p.below)
    held = earned.between(x.points(p.floor), x.limit(p.cap))
    behind = away < 0
    gap = behind.choose(away * -1, away)
    evidence = {"mean": mean, "gap": gap, "share": gap.over(100)}
    if p.difference == "percent":
        return Score(held, evidence, {"behind": behind}, checks)
    return Score(held, evidence, {"under": behind, "over": ~behind}, checks)


def _earned(x: Inputs, distance: Exact, brackets: Sequence[Bracket]) -> Exact:
    """What a distance ≥ 0 earns, bracket by bracket."""
    earned, start = x.full * 0, Fraction(0)
    for bracket in brackets:
        inside = distance.between(start, bracket.to) - start
        earned = earned + x.points(bracket.step) * inside
        start = bracket.to if bracket.to is not None else start
    return earned


def quarrels(p: VersusMean, use: Use) -> Quarrels:
    """Brackets out of order, a cap under the floor."""
    for side in (p.above, p.below):
        ends = [bracket.to for bracket in side]
        closed = [end for end in ends if end is not None]
        if None in ends[:-1] or (ends and ends[-1] is not None):
            yield "brackets-open"
        elif sorted(set(closed)) != closed:
            yield "brackets-not-ordered"
    if p.cap is not None and use.differs(p.floor, p.cap):
        yield "cap-under-floor"


MEASURE = Measure(
    kind="versus_mean",
    settings=VersusMean,
    score=score,
    relative=lambda _p: True,
    quarrels=quarrels,
    words={
        "zh": {
            "name": "比平均法",
            "rule": "达到同组平均得{base}，优于或劣于平均分段加减，最低{floor}，最高{cap}",
            "reason": "实际{actual}，同组平均{mean}，优于平均{share:%}，得{points}分",
            "behind": "实际{actual}，同组平均{mean}，劣于平均{share:%}，得{points}分",
            "over": "实际{actual}，同组平均{mean}，优于平均{gap}，得{points}分",
            "under": "实际{actual}，同组平均{mean}，劣于平均{gap}，得{points}分",
        },
        "en": {
            "name": "distance from the mean",
            "rule": "{base} at the group's mean, more or less in brackets, at least {floor}, "
            "at most {cap}",
            "reason": "actual {actual}, group mean {mean}, {share:%} better: {points} points",
            "behind": "actual {actual}, group mean {mean}, {share:%} worse: {points} points",
            "over": "actual {actual}, group mean {mean}, {gap} better: {points} points",
            "under": "actual {actual}, group mean {mean}, {gap} worse: {points} points",
        },
    },
)
