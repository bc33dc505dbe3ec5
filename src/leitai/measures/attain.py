"""attain 达标: full marks at the target, else none (rules §4)."""

from __future__ import annotations

from dataclasses import dataclass

from leitai.columns import Inputs
from leitai.measures.kind import Measure, Score


@dataclass(frozen=True)
class Attain:
    """No settings."""


def score(_p: Attain, x: Inputs) -> Score:
    """Points of §4; the target itself is enough."""
    reached = x.actual >= x.target if x.higher else x.actual <= x.target
    return Score(reached.choose(x.full, 0), {}, {"missed": ~reached})


MEASURE = Measure(
    kind="attain",
    settings=Attain,
    needs=lambda _p: ("actual", "target"),
    score=score,
    words={
        "zh": {
            "name": "达标法",
            "rule": "达到目标得满分，未达到不得分",
            "reason": "实际{actual}，目标{target}，已达标，得{points}分",
            "missed": "实际{actual}，目标{target}，未达标，得{points}分",
        },
        "en": {
            "name": "attainment",
            "rule": "full marks at the target, none short of it",
            "reason": "actual {actual}, target {target}, attained: {points} points",
            "missed": "actual {actual}, target {target}, not attained: {points} points",
        },
    },
)
