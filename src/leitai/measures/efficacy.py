"""efficacy 功效系数法: base marks plus a share of the rest between two limits (rules §4)."""

from __future__ import annotations

from dataclasses import dataclass

from leitai.columns import Exact, Inputs
from leitai.measures.kind import (
    PEERS_MIN,
    Check,
    Label,
    Measure,
    Quarrels,
    Score,
    Use,
    held_between,
)
from leitai.scheme.readers import Bound, Limit, count, limit
from leitai.scheme.readers import bound_or_peers as bound
from leitai.scheme.settings import setting


@dataclass(frozen=True)
class Efficacy:
    """`unacceptable` (lo) and `satisfactory` (hi) are numbers, or None for the peers' extremes."""

    base: Limit = setting(limit, "60%")
    unacceptable: Bound | None = setting(bound, "peers")
    satisfactory: Bound | None = setting(bound, "peers")
    peers_min: int = setting(count, "3")

    @property
    def by_peers(self) -> bool:
        """Whether both limits come from the peers."""
        return self.unacceptable is None and self.satisfactory is None


def score(p: Efficacy, x: Inputs) -> Score:
    """Points of §4; equal limits give everybody full marks, with a warning."""
    return _by_peers(p, x) if p.by_peers else _by_limits(p, x)


def _by_peers(p: Efficacy, x: Inputs) -> Score:
    """Between the worst and the best of the peers, where the result needs no holding."""
    lead, spread = x.peers.lead(x.actual, x.higher), x.peers.spread(x.actual)
    base, level = x.points(p.base), spread <= 0
    start, whole = level.choose(x.full, base), level.choose(1, spread)
    points = start + (x.full - base) * lead.over(whole)
    least, largest = x.peers.least(x.actual), x.peers.largest(x.actual)
    low, high = (least, largest) if x.higher else (largest, least)
    check = Check(level, "measure.no-spread", warning=True, of_group=True)
    return Score(points, {"low": low, "high": high}, {"level": level}, checks=(check,))


def _by_limits(p: Efficacy, x: Inputs) -> Score:
    """Between limits of which at least one is fixed."""
    worst, best = x.peers.least, x.peers.largest
    if not x.higher:
        worst, best = best, worst
    low = _limit(x, p.unacceptable) or worst(x.actual)
    high = _limit(x, p.satisfactory) or best(x.actual)
    base = x.points(p.base)
    earned = base + (x.full - base) * (x.actual - low).over(high - low)
    level = (high <= low) & (low <= high)
    turned = (high < low) if x.higher else (low < high)
    checks = (
        Check(level, "measure.no-spread", warning=True, of_group=True),
        Check(turned, "measure.limits-reversed", of_group=True),
    )
    points = level.choose(x.full, earned.between(0, x.full))
    held = held_between(level.choose(x.full, earned), x.full * 0, x.full)
    return Score(points, {"low": low, "high": high}, {"level": level}, held, checks)


def _limit(x: Inputs, limit: Bound | None) -> Exact | None:
    return None if limit is None else x.actual * 0 + limit.number


def quarrels(p: Efficacy, use: Use) -> Quarrels:
    """Base marks above full."""
    if any(not 0 <= use.value(p.base, full) <= full for full in use.fulls):
        yield "base-off-scale"
    if use.odd_bounds((p.unacceptable, p.satisfactory)):
        yield "bound-percent"
    if p.unacceptable and p.satisfactory:
        rise = p.satisfactory.number - p.unacceptable.number
        if rise < 0 if use.higher else rise > 0:
            yield "limits-reversed"


def describe(p: Efficacy, lang: str) -> dict[str, str]:
    """Limits taken from the peers."""
    worst, best = ("同组最差值", "同组最优值") if lang == "zh" else ("the worst", "the best")
    words = {"unacceptable": (p.unacceptable, worst), "satisfactory": (p.satisfactory, best)}
    return {name: peers for name, (given, peers) in words.items() if given is None}


MEASURE = Measure(
    kind="efficacy",
    settings=Efficacy,
    score=score,
    relative=lambda p: p.unacceptable is None or p.satisfactory is None,
    quarrels=quarrels,
    describe=describe,
    in_unit=("low", "high"),
    labels={
        "base": Label("基础分"),
        "unacceptable": Label("不允许值", {"peers": "同组"}),
        "satisfactory": Label("满意值", {"peers": "同组"}),
        "peers_min": PEERS_MIN,
    },
    words={
        "zh": {
            "name": "功效系数法",
            "rule": "不允许值得{base}，满意值得满分，其间按比例（不允许值：{unacceptable}，"
            "满意值：{satisfactory}）",
            "reason": "实际{actual}，不允许值{low}，满意值{high}，得{points}分",
            "level": "实际{actual}，满意值与不允许值相同（{low}），得{points}分",
        },
        "en": {
            "name": "efficacy coefficient",
            "rule": "{base} at the unacceptable value ({unacceptable}), full marks at the "
            "satisfactory one ({satisfactory}), in proportion between",
            "reason": "actual {actual}, unacceptable {low}, satisfactory {high}: {points} points",
            "level": "actual {actual}, both limits are {low}: {points} points",
        },
    },
)
