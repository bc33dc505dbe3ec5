"""completion 完成率法: full × actual ÷ target (rules §4)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from leitai.columns import Inputs
from leitai.measures.kind import (
    CAP,
    FLOOR,
    NONE,
    Check,
    Label,
    Measure,
    Quarrels,
    Score,
    Use,
    cap_at_most,
    held_between,
)
from leitai.points import shown
from leitai.scheme.readers import Limit, any_share, limit, or_none
from leitai.scheme.settings import setting


@dataclass(frozen=True)
class Completion:
    """Limits of the points, and the rate under which nothing is earned."""

    floor: Limit = setting(limit, "0")
    cap: Limit | None = setting(or_none(limit), "100%")
    threshold: Fraction | None = setting(or_none(any_share), None)


def score(p: Completion, x: Inputs) -> Score:
    """Points of §4; lower is better turns the rate round and gives the cap to actual ≤ 0."""
    rate = x.actual.over(x.target) if x.higher else x.target.over(x.actual)
    reached = x.full * rate * x.fact("coefficient")
    earned = reached.between(x.points(p.floor), x.limit(p.cap))
    held = held_between(reached, x.points(p.floor), x.limit(p.cap))
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
    for case in cases.values():
        held = {name: mask & ~case for name, mask in held.items()}
    return Score(earned, {"rate": rate}, cases, held, tuple(checks))


def quarrels(p: Completion, use: Use) -> Quarrels:
    """A cap under the floor, a floor above full."""
    return use.quarrels(p.floor, p.cap)


def describe(p: Completion, lang: str) -> dict[str, str]:
    """From which rate on points are earned."""
    if p.threshold is None:
        return {"start": ""}
    rate = shown(p.threshold * 100)
    zh = f"，完成率低于{rate}%不得分"
    return {"start": zh if lang == "zh" else f", nothing below a rate of {rate}%"}


MEASURE = Measure(
    kind="completion",
    settings=Completion,
    needs=lambda _p: ("actual", "target"),
    takes=("coefficient",),
    score=score,
    quarrels=quarrels,
    most=cap_at_most,
    describe=describe,
    labels={"floor": FLOOR, "cap": CAP, "threshold": Label("起算线", NONE)},
    words={
        "zh": {
            "name": "完成率法",
            "rule": "得分＝满分×完成率（有难度系数的再乘系数），最低{floor}，最高{cap}{start}",
            "reason": "实际{actual}，目标{target}，完成率{rate:%}，得{points}分",
            "below": "实际{actual}，目标{target}，完成率{rate:%}，低于起算线{threshold:%}，"
            "得{points}分",
            "nothing": "实际{actual}，不大于零，按最高分计，得{points}分",
        },
        "en": {
            "name": "completion rate",
            "rule": "points = full × completion rate (× difficulty coefficient if any), "
            "at least {floor}, at most {cap}{start}",
            "reason": "actual {actual}, target {target}, completion {rate:%}: {points} points",
            "below": "actual {actual}, target {target}, completion {rate:%} is below "
            "{threshold:%}: {points} points",
            "nothing": "actual {actual} is not above zero and earns the cap: {points} points",
        },
    },
)
