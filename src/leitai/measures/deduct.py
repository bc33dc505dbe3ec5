"""deduct 扣分法: full minus every recorded event, down to a floor (rules §4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leitai.measures.kind import FLOOR, Event, EventLine, Measure, Quarrels, Use
from leitai.scheme.readers import Limit, limit
from leitai.scheme.settings import setting


@dataclass(frozen=True)
class Deduct:
    """Never under `floor`."""

    floor: Limit = setting(limit, "0")


def lines(p: Deduct, events: Sequence[Event], full: int, use: Use) -> list[EventLine]:
    """The full marks, a line an event, and what the floor gave back."""
    made = [EventLine("full", full)]
    made += [EventLine("event", -one.units, one.source, one.reason, one.case) for one in events]
    short = use.units(p.floor, full) - sum(line.units for line in made)
    return [*made, EventLine("floor", short, case="floor")] if short > 0 else made


def quarrels(p: Deduct, use: Use) -> Quarrels:
    """A floor above full or finer than the lines."""
    if use.above_full(p.floor):
        yield "floor-above-full"
    if use.too_fine(p.floor):
        yield "too-fine"


MEASURE = Measure(
    kind="deduct",
    settings=Deduct,
    needs=lambda _p: (),
    lines=lines,
    quarrels=quarrels,
    in_chain=False,
    labels={"floor": FLOOR},
    words={
        "zh": {
            "name": "扣分法",
            "rule": "从满分起逐项扣分，最低{floor}",
            "reason": "{reason}，扣{lost}分",
            "floor": "扣分已到下限{floor}，退回{points}分",
            "late": "迟报{reason}，扣{lost}分",
        },
        "en": {
            "name": "deductions",
            "rule": "full marks minus each recorded event, not under {floor}",
            "reason": "{reason}: −{lost}",
            "floor": "the floor of {floor} gives {points} back",
            "late": "late return, {reason}: −{lost}",
        },
    },
)
