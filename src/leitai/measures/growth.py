"""growth 增幅: the change over the previous value, then efficacy, place or bands (rules §4)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from leitai.columns import Inputs, Mask
from leitai.measures import bands, efficacy, place
from leitai.measures.kind import Check, Label, Measure, Quarrels, Score, Use
from leitai.problems import Refused
from leitai.scheme.document import Node
from leitai.scheme.readers import one_of
from leitai.scheme.settings import ManyRefused, read_settings, setting

By: TypeAlias = bands.Bands | efficacy.Efficacy | place.Place
_KINDS: dict[str, Measure] = {
    one.kind: one for one in (m.MEASURE for m in (efficacy, place, bands))
}


def _by(node: Node) -> By:
    """The settings of the measure that growth goes on with."""
    kind = (node.mapping or {}).get("kind")
    if kind is None:
        raise Refused("scheme.required", key="kind")
    settings: type[By] = _KINDS[one_of(*_KINDS)(kind)].settings
    found, problems = read_settings(settings, node, also=("kind",))
    if found is None:
        raise ManyRefused(problems)
    return found


@dataclass(frozen=True)
class Growth:
    """Goes on `by` efficacy, place or bands, the growth in place of the actual value."""

    by: By = setting(_by)

    @property
    def measure(self) -> Measure:
        """The measure it goes on with."""
        return next(one for one in _KINDS.values() if isinstance(self.by, one.settings))

    @property
    def relative(self) -> bool:
        """Whether it compares with peers."""
        return self.measure.relative(self.by)

    @property
    def peers_min(self) -> int:
        """Peers needed."""
        return getattr(self.by, "peers_min", 0)

    @property
    def may_be_absolute(self) -> bool:
        """Whether a group may be taken by absolute change."""
        return isinstance(self.by, place.Place) or (
            isinstance(self.by, efficacy.Efficacy) and self.by.by_peers
        )


def score(p: Growth, x: Inputs) -> Score:
    """Points of §4; a previous value ≤ 0 turns the whole group to absolute change."""
    previous = x.fact("previous")
    change = x.actual - previous
    growth = change.over(previous)
    empty = previous <= 0
    cases: dict[str, Mask] = {p.measure.kind: growth <= growth}
    checks: tuple[Check, ...] = (Check(empty, "measure.previous-not-positive"),)
    if p.may_be_absolute:
        absolute, checks = x.peers.any(empty), ()
        growth = absolute.choose(change, growth)
        cases = {f"absolute-{p.measure.kind}": absolute, p.measure.kind: ~absolute}
    after = p.measure.score(p.by, x.measuring(growth)) if p.measure.score else None
    assert after is not None
    evidence = {**after.evidence, "growth": growth}
    return Score(after.points, evidence, cases, after.held, (*checks, *after.checks))


def quarrels(p: Growth, use: Use) -> Quarrels:
    """Those of the measure it goes on with, whose bounds are growths."""
    yield from p.measure.quarrels(p.by, replace(use, of_ratio=True))


MEASURE = Measure(
    kind="growth",
    settings=Growth,
    needs=lambda _p: ("actual", "previous"),
    score=score,
    relative=lambda p: p.relative,
    quarrels=quarrels,
    most=lambda p, use, full: p.measure.most(p.by, use, full),
    labels={"by": Label("再按", measure=True)},
    words={
        "zh": {
            "name": "增幅法",
            "rule": "先算比基期的增幅，再按{by}",
            "bands": "实际{actual}，基期{previous}，增幅{growth:%}，属于第{band}档，得{points}分",
            "place": "实际{actual}，基期{previous}，增幅{growth:%}，"
            "同组{peers}个单位中第{place}名，得{points}分",
            "efficacy": "实际{actual}，基期{previous}，增幅{growth:%}（不允许值{low:%}，"
            "满意值{high:%}），得{points}分",
            "absolute-place": "实际{actual}，基期{previous}，同组有基期值不大于零，改按增量{growth}"
            "比较，同组{peers}个单位中第{place}名，得{points}分",
            "absolute-efficacy": "实际{actual}，基期{previous}，同组有基期值不大于零，改按增量"
            "{growth}比较（不允许值{low}，满意值{high}），得{points}分",
        },
        "en": {
            "name": "growth",
            "rule": "growth over the base period first, then {by}",
            "bands": "actual {actual}, base period {previous}, growth {growth:%} is in band "
            "{band}: {points} points",
            "place": "actual {actual}, base period {previous}, growth {growth:%}, place {place} of "
            "{peers} in the group: {points} points",
            "efficacy": "actual {actual}, base period {previous}, growth {growth:%} "
            "(unacceptable {low:%}, satisfactory {high:%}): {points} points",
            "absolute-place": "actual {actual}, base period {previous}; some base value in the "
            "group is not positive, so changes are compared: {growth}, place {place} of {peers} "
            "in the group: {points} points",
            "absolute-efficacy": "actual {actual}, base period {previous}; some base value in the "
            "group is not positive, so changes are compared: {growth} (unacceptable {low}, "
            "satisfactory {high}): {points} points",
        },
    },
)
