"""versus_mean 比平均: points by the distance from the peers' mean, in brackets (rules §4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from leitai.columns import Exact, Inputs
from leitai.measures.kind import (
    CAP,
    FLOOR,
    PEERS_MIN,
    Check,
    Label,
    Measure,
    Quarrels,
    Score,
    Use,
    cap_at_most,
    held_between,
    in_words,
)
from leitai.points import shown
from leitai.scheme.readers import Limit, count, limit, one_of, or_none, positive, positive_limit
from leitai.scheme.settings import list_of, nested, setting


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
    reached = x.points(p.base) + _earned(x, away, p.above) - _earned(x, away * -1, p.below)
    floor, cap = x.points(p.floor), x.limit(p.cap)
    behind = away < 0
    gap = behind.choose(away * -1, away)
    evidence = {"mean": mean, "gap": gap, "share": gap.over(100)}
    far = "absolute-" if p.difference == "absolute" else ""
    cases = {f"{far}behind": behind, f"{far}ahead": away > 0}
    held = held_between(reached, floor, cap)
    return Score(reached.between(floor, cap), evidence, cases, held, checks)


def _earned(x: Inputs, distance: Exact, brackets: Sequence[Bracket]) -> Exact:
    """What a distance ≥ 0 earns, bracket by bracket."""
    earned, start = x.full * 0, Fraction(0)
    for bracket in brackets:
        inside = distance.between(start, bracket.to) - start
        earned = earned + x.points(bracket.step) * inside
        start = bracket.to if bracket.to is not None else start
    return earned


def most(p: VersusMean, use: Use, full: Fraction) -> Fraction | None:
    """The cap; where nothing is added above the mean, the base if it lies under the cap."""
    cap = cap_at_most(p, use, full)
    if p.above:
        return cap
    base = use.value(p.base, full)
    return base if cap is None else min(base, cap)


def quarrels(p: VersusMean, use: Use) -> Quarrels:
    """Brackets out of order, a cap under the floor."""
    for side in (p.above, p.below):
        ends = [bracket.to for bracket in side]
        closed = [end for end in ends if end is not None]
        if None in ends[:-1] or (ends and ends[-1] is not None):
            yield "brackets-open"
        elif sorted(set(closed)) != closed:
            yield "brackets-not-ordered"
    yield from use.quarrels(p.floor, p.cap)


def describe(p: VersusMean, lang: str) -> dict[str, str]:
    """The brackets as people read them."""
    unit = "%" if p.difference == "percent" else ""
    return {
        "above": _brackets(p.above, unit, "加" if lang == "zh" else "+", lang),
        "below": _brackets(p.below, unit, "减" if lang == "zh" else "−", lang),
    }


def _brackets(brackets: Sequence[Bracket], unit: str, sign: str, lang: str) -> str:
    parts, start = [], ""
    for one in brackets:
        end = "" if one.to is None else shown(one.to) + unit
        reach, step = _reach(start, end, lang), in_words(one.step, lang)
        each = f"每差1{unit}{sign}{step}" if lang == "zh" else f"{sign}{step} per 1{unit}"
        parts.append(f"{reach}{each}")
        start = end
    return ("，" if lang == "zh" else ", ").join(parts) or ("不计" if lang == "zh" else "nothing")


def _reach(start: str, end: str, lang: str) -> str:
    """From where to where a bracket reaches; "" for one without ends."""
    if start and end:
        return f"{start}至{end}" if lang == "zh" else f"{start} to {end} "
    if end:
        return f"{end}以内" if lang == "zh" else f"up to {end} "
    if start:
        return f"{start}以上" if lang == "zh" else f"beyond {start} "
    return ""


MEASURE = Measure(
    kind="versus_mean",
    settings=VersusMean,
    score=score,
    relative=lambda _p: True,
    quarrels=quarrels,
    most=most,
    describe=describe,
    in_unit=("mean", "gap"),
    labels={
        "base": Label("平均处得"),
        "difference": Label("差距按", {"percent": "百分比", "absolute": "绝对值"}),
        "above": Label(
            "优于平均", form="list", parts={"to": Label("至"), "step": Label("每差1加")}
        ),
        "below": Label(
            "劣于平均", form="list", parts={"to": Label("至"), "step": Label("每差1减")}
        ),
        "floor": FLOOR,
        "cap": CAP,
        "peers_min": PEERS_MIN,
    },
    words={
        "zh": {
            "name": "比平均法",
            "rule": "达到同组平均得{base}；优于平均：{above}；劣于平均：{below}；"
            "最低{floor}，最高{cap}",
            "reason": "实际{actual}，与同组平均持平（平均处得{base}），得{points}分",
            "ahead": "实际{actual}，优于同组平均{mean}，相差{share:%}（平均处得{base}），"
            "得{points}分",
            "behind": "实际{actual}，劣于同组平均{mean}，相差{share:%}（平均处得{base}），"
            "得{points}分",
            "absolute-ahead": "实际{actual}，优于同组平均{mean}，相差{gap}（平均处得{base}），"
            "得{points}分",
            "absolute-behind": "实际{actual}，劣于同组平均{mean}，相差{gap}（平均处得{base}），"
            "得{points}分",
        },
        "en": {
            "name": "distance from the mean",
            "rule": "{base} at the group's mean; better: {above}; worse: {below}; "
            "at least {floor}, at most {cap}",
            "reason": "actual {actual} equals the group mean, worth {base}: {points} points",
            "ahead": "actual {actual} is better than the group mean {mean} by {share:%} "
            "({base} at the mean): {points} points",
            "behind": "actual {actual} is worse than the group mean {mean} by {share:%} "
            "({base} at the mean): {points} points",
            "absolute-ahead": "actual {actual} is better than the group mean {mean} by {gap} "
            "({base} at the mean): {points} points",
            "absolute-behind": "actual {actual} is worse than the group mean {mean} by {gap} "
            "({base} at the mean): {points} points",
        },
    },
)
