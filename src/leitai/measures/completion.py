"""completion 完成率法: full × actual ÷ target (rules §4)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from leitai.columns import Inputs
from leitai.measures.kind import Check, Measure, Quarrels, Score, Use
from leitai.scheme.settings import Limit, any_share, limit, or_none, setting


@dataclass(frozen=True)
class Completion:
    """Limits of the points, and the rate under which nothing is earned."""

    floor: Limit = setting(limit, "0")
    cap: Limit | None = setting(or_none(limit), "100%")
    threshold: Fraction | None = setting(or_none(any_share), None)


def score(p: Completion, x: Inputs) -> Score:
    """Points of §4; lower is better turns the rate round and gives the cap to actual ≤ 0."""
    rate = x.actual.over(x.target) if x.higher else x.target.over(x.actual)
    earned = (x.full * rate * x.fact("coefficient")).between(x.points(p.floor), x.limit(p.cap))
    checks = [Check(x.target <= 0, "measure.target-not-positive")]
    cases = {}
    if p.threshold is not None:
        cases["below"] = rate < p.threshold
        earned = cases["below"].choose(0, earned)
    if not x.higher:
        nothing = x.actual <= 0
        if p.cap is None:
            checks.append(Check(nothing, "measure.actual-not-positive"))
        else:
            cases = {"nothing": nothing, **cases}
            earned = nothing.choose(x.points(p.cap), earned)
    return Score(earned, {"rate": rate}, cases, tuple(checks))


def quarrels(p: Completion, use: Use) -> Quarrels:
    """A cap under the floor."""
    if p.cap is not None and use.differs(p.floor, p.cap):
        yield "cap-under-floor"


MEASURE = Measure(
    kind="completion",
    settings=Completion,
    needs=lambda _p: ("actual", "target"),
    takes=("coefficient",),
    score=score,
    quarrels=quarrels,
    words={
        "zh": {
            "name": "完成率法",
            "rule": "得分＝满分×完成率，最低{floor}，最高{cap}",
            "reason": "实际{actual}，目标{target}，完成率{rate:%}，得{points}分",
            "below": "实际{actual}，目标{target}，完成率{rate:%}，低于{threshold:%}，得{points}分",
            "nothing": "实际{actual}，目标{target}，越低越好，得{points}分",
        },
        "en": {
            "name": "completion rate",
            "rule": "points = full × completion rate, at least {floor}, at most {cap}",
            "reason": "actual {actual}, target {target}, completion {rate:%}: {points} points",
            "below": "actual {actual}, target {target}, completion {rate:%} is below "
            "{threshold:%}: {points} points",
            "nothing": "actual {actual}, target {target}, lower is better: {points} points",
        },
    },
)
