"""quarters 季度挂钩: what the grades of the quarters add to or take from the year (rules §4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from leitai.measures.kind import Event, EventLine, Label, Measure, Quarrels, Use
from leitai.scheme.readers import points_or_zero, text_of
from leitai.scheme.settings import list_of, setting


@dataclass(frozen=True)
class Quarters:
    """Points for an excellent quarter, and what a fair one costs."""

    quarters: tuple[str, ...] = setting(list_of(text_of))
    excellent: Fraction = setting(points_or_zero)
    fair: Fraction = setting(points_or_zero)


def lines(p: Quarters, events: Sequence[Event], _full: int, use: Use) -> list[EventLine]:
    """One line a quarter; an event's case is "best", "last", "between" or "not-assessed"."""
    effect = {"best": p.excellent, "last": -p.fair}
    return [
        EventLine(
            "quarter",
            int(effect.get(one.case, Fraction(0)) * use.scale.one),
            one.source,
            one.reason,
            case=one.case,
        )
        for one in events
    ]


def quarrels(p: Quarters, use: Use) -> Quarrels:
    """The same quarter twice, points finer than the lines."""
    if len(set(p.quarters)) < len(p.quarters):
        yield "quarter-doubled"
    if any((value * use.scale.one).denominator != 1 for value in (p.excellent, p.fair)):
        yield "too-fine"


MEASURE = Measure(
    kind="quarters",
    settings=Quarters,
    needs=lambda _p: (),
    lines=lines,
    quarrels=quarrels,
    most=lambda p, use, _full: len(p.quarters) * p.excellent * use.scale.one,
    in_chain=False,
    labels={
        "quarters": Label("季度", form="list"),
        "excellent": Label("最优等次加"),
        "fair": Label("末等次扣"),
    },
    words={
        "zh": {
            "name": "季度挂钩",
            "rule": "季度评为最优等次的每次加{excellent}分，评为末等次的每次扣{fair}分",
            "best": "{reason}，加{points}分",
            "last": "{reason}，扣{lost}分",
            "between": "{reason}，不加不减",
            "not-assessed": "{reason}，未参加评价，不加不减",
        },
        "en": {
            "name": "quarters' effect",
            "rule": "+{excellent} for each quarter at the best level, −{fair} at the last",
            "best": "{reason}: +{points}",
            "last": "{reason}: −{lost}",
            "between": "{reason}: no effect",
            "not-assessed": "{reason}, not assessed: no effect",
        },
    },
)
