"""baseline 基准增减: points at target, so many more or fewer for each step away (rules §4)."""

from __future__ import annotations

from dataclasses import dataclass

from leitai.columns import Inputs
from leitai.measures.kind import (
    CAP,
    FLOOR,
    YES_NO,
    Check,
    Label,
    Measure,
    Quarrels,
    Score,
    Use,
    cap_at_most,
    held_between,
)
from leitai.scheme.readers import (
    Bound,
    Limit,
    limit,
    or_none,
    positive_bound,
    positive_limit,
    yes_no,
)
from leitai.scheme.settings import setting


@dataclass(frozen=True)
class Baseline:
    """`base` at target, ± `step` for each `per` (unit of measure, or % of the target)."""

    per: Bound = setting(positive_bound)
    step: Limit = setting(positive_limit)
    base: Limit = setting(limit, "100%")
    whole: bool = setting(yes_no, "no")
    floor: Limit = setting(limit, "0")
    cap: Limit | None = setting(or_none(limit), "100%")


def score(p: Baseline, x: Inputs) -> Score:
    """Points of §4; only completed steps count with `whole`."""
    away = x.actual - x.target if x.higher else x.target - x.actual
    checks: tuple[Check, ...] = ()
    if p.per.share is None:
        steps = away.over(p.per.points)
    else:
        steps = away.over(x.target * p.per.share)
        checks = (Check(x.target <= 0, "measure.target-not-positive"),)
    steps = steps.whole() if p.whole else steps
    reached = x.points(p.base) + steps * x.points(p.step)
    floor, cap = x.points(p.floor), x.limit(p.cap)
    behind = away < 0
    evidence = {"gap": behind.choose(away * -1, away), "steps": behind.choose(steps * -1, steps)}
    cases = {"behind": behind, "ahead": away > 0}
    held = held_between(reached, floor, cap)
    return Score(reached.between(floor, cap), evidence, cases, held, checks)


def quarrels(p: Baseline, use: Use) -> Quarrels:
    """A cap under the floor, a floor above full."""
    return use.quarrels(p.floor, p.cap)


def describe(p: Baseline, lang: str) -> dict[str, str]:
    """Whether only completed steps count."""
    only = "，不足一档的不计" if lang == "zh" else ", completed steps only"
    return {"whole": only if p.whole else ""}


MEASURE = Measure(
    kind="baseline",
    settings=Baseline,
    needs=lambda _p: ("actual", "target"),
    score=score,
    quarrels=quarrels,
    most=cap_at_most,
    describe=describe,
    in_unit=("gap",),
    labels={
        "per": Label("每差"),
        "step": Label("加减"),
        "base": Label("达标得"),
        "whole": Label("只计整档", YES_NO),
        "floor": FLOOR,
        "cap": CAP,
    },
    words={
        "zh": {
            "name": "基准增减法",
            "rule": "达到目标得{base}，比目标每优或劣{per}，加减{step}{whole}，"
            "最低{floor}，最高{cap}",
            "reason": "实际{actual}，正好达到目标（达标得{base}），得{points}分",
            "ahead": "实际{actual}，优于目标{target}，相差{gap}，每{per}加{step}，按{steps}个计"
            "（达标得{base}），得{points}分",
            "behind": "实际{actual}，劣于目标{target}，相差{gap}，每{per}减{step}，按{steps}个计"
            "（达标得{base}），得{points}分",
        },
        "en": {
            "name": "baseline with steps",
            "rule": "{base} at target, ± {step} for each {per} better or worse{whole}, "
            "at least {floor}, at most {cap}",
            "reason": "actual {actual} is exactly the target, worth {base}: {points} points",
            "ahead": "actual {actual} is better than the target {target} by {gap}; {step} more for "
            "each {per}, counted {steps} times ({base} at target): {points} points",
            "behind": "actual {actual} is worse than the target {target} by {gap}; {step} less for "
            "each {per}, counted {steps} times ({base} at target): {points} points",
        },
    },
)
