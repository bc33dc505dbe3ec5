"""baseline 基准增减: points at target, so many more or fewer for each step away (rules §4)."""

from __future__ import annotations

from dataclasses import dataclass

from leitai.columns import Inputs
from leitai.measures.kind import Check, Measure, Quarrels, Score, Use
from leitai.scheme.settings import Limit, limit, or_none, positive_limit, setting, yes_no


@dataclass(frozen=True)
class Baseline:
    """`base` at target, ± `step` for each `per` (unit of measure, or % of the target)."""

    per: Limit = setting(positive_limit)
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
    earned = x.points(p.base) + steps * x.points(p.step)
    held = earned.between(x.points(p.floor), x.limit(p.cap))
    return Score(held, {"steps": steps}, {}, checks)


def quarrels(p: Baseline, use: Use) -> Quarrels:
    """A cap under the floor."""
    if p.cap is not None and use.differs(p.floor, p.cap):
        yield "cap-under-floor"


MEASURE = Measure(
    kind="baseline",
    settings=Baseline,
    needs=lambda _p: ("actual", "target"),
    score=score,
    quarrels=quarrels,
    words={
        "zh": {
            "name": "基准增减法",
            "rule": "达到目标得{base}，每优于或劣于目标{per}加减{step}，最低{floor}，最高{cap}",
            "reason": "实际{actual}，目标{target}，达标得{base}，相差{steps}个{per}，每个{step}，"
            "得{points}分",
        },
        "en": {
            "name": "baseline with steps",
            "rule": "{base} at target, ± {step} for each {per} better or worse, "
            "at least {floor}, at most {cap}",
            "reason": "actual {actual}, target {target} worth {base}, {steps} × {per} away at "
            "{step} each: {points} points",
        },
    },
)
