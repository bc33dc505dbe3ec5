"""best_ratio 最优比例法: full × own ÷ best of the peers (rules §4)."""

from __future__ import annotations

from dataclasses import dataclass

from leitai.columns import Inputs
from leitai.measures.kind import PEERS_MIN, Check, Measure, Score
from leitai.scheme.readers import count
from leitai.scheme.settings import setting


@dataclass(frozen=True)
class BestRatio:
    """Needs at least `peers_min` peers."""

    peers_min: int = setting(count, "3")


def score(_p: BestRatio, x: Inputs) -> Score:
    """Points of §4; lower is better turns the ratio round."""
    best = x.peers.largest(x.actual) if x.higher else x.peers.least(x.actual)
    ratio = x.actual.over(best) if x.higher else best.over(x.actual)
    checks = (Check(best <= 0, "measure.best-not-positive", of_group=True),)
    return Score((x.full * ratio).between(0, x.full), {"best": best}, checks=checks)


MEASURE = Measure(
    kind="best_ratio",
    settings=BestRatio,
    score=score,
    relative=lambda _p: True,
    in_unit=("best",),
    labels={"peers_min": PEERS_MIN},
    words={
        "zh": {
            "name": "最优比例法",
            "rule": "同组最优者得满分，其余按与最优值之比得分",
            "reason": "实际{actual}，同组最优{best}，得{points}分",
        },
        "en": {
            "name": "ratio to the best",
            "rule": "the best of the group gets full marks, the others in proportion",
            "reason": "actual {actual}, best of the group {best}: {points} points",
        },
    },
)
