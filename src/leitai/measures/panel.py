"""panel 评议: full × score ÷ highest mark, the score from ballots (rules §4, §6)."""

from __future__ import annotations

from fractions import Fraction

from leitai.columns import Inputs
from leitai.measures.kind import NONE, YES_NO, Label, Measure, Quarrels, Score, Use
from leitai.stats.panel import Panel


def score(p: Panel, x: Inputs) -> Score:
    """Points of §4."""
    marks = x.fact("score")
    points = (x.full * marks).over(p.highest) * x.fact("coefficient")
    return Score(points, {"score": marks})


def quarrels(p: Panel, _use: Use) -> Quarrels:
    """Weights that are no whole, a scale upside down, merging in a circle, trimming everything."""
    if sum(p.groups.values()) != 1:
        yield "weights-not-whole"
    if p.lowest >= p.highest:
        yield "scale-upside-down"
    if any(not p.lowest <= mark <= p.highest for mark in p.anchors.values()):
        yield "anchor-off-scale"
    named = {*p.merge, *p.merge.values()}
    if not named <= set(p.groups) or set(p.merge) & set(p.merge.values()):
        yield "merge-unclear"
    if _cuts_everything(p):
        yield "trim-too-much"
    if p.quorum < 1:
        yield "quorum-zero"


def _cuts_everything(p: Panel) -> bool:
    if p.trim.share is not None:
        return not 0 <= p.trim.share < Fraction(1, 2) or p.trim_from < 3
    whole = p.trim.points.denominator == 1 and p.trim.points >= 0
    return not whole or 2 * p.trim.points >= p.trim_from


MEASURE = Measure(
    kind="panel",
    settings=Panel,
    needs=lambda _p: ("score",),
    takes=("coefficient",),
    score=score,
    quarrels=quarrels,
    in_chain=False,
    labels={
        "groups": Label("评议组", form="map"),
        "highest": Label("最高分"),
        "lowest": Label("最低分"),
        "anchors": Label("评语", form="map"),
        "merge": Label("并入", form="map"),
        "merge_below": Label("少于几人并入"),
        "trim": Label("去掉首尾"),
        "trim_from": Label("几票起去首尾"),
        "quorum": Label("最少票数"),
        "void_equal": Label("全同作废", YES_NO),
        "top_quota": Label("最高分限额", NONE),
        "round_mean": Label("组均分小数位", NONE),
    },
    words={
        "zh": {
            "name": "评议法",
            "rule": "按各评议组加权平均分折算，最高{highest}分为满分",
            "reason": "评议得分{score}（最高{highest}）：{groups}，得{points}分",
        },
        "en": {
            "name": "panel rating",
            "rule": "weighted mean of the rater groups; {highest} is full marks",
            "reason": "panel score {score} of {highest}, {groups}: {points} points",
        },
    },
)
