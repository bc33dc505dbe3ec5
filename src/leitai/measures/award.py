"""award 加分法: recorded merits from 0 up to a cap, one matter counted once (rules §4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leitai.measures.kind import CAP, Event, EventLine, Measure, Quarrels, Use, cap_at_most
from leitai.scheme.readers import Limit, limit
from leitai.scheme.settings import setting


@dataclass(frozen=True)
class Award:
    """Never above `cap`."""

    cap: Limit = setting(limit, "100%")


def counting(events: Sequence[Event]) -> set[str]:
    """Sources of the events that count: of one matter the highest, first entered among equals."""
    best: dict[tuple[str, str], Event] = {}
    for one in sorted(events, key=lambda event: (-event.units, event.entered)):
        best.setdefault((one.matter, one.matter or one.source), one)
    return {one.source for one in best.values()}


def lines(p: Award, events: Sequence[Event], full: int, use: Use) -> list[EventLine]:
    """A line an event, 0 for a matter already counted, and what the cap took."""
    counted = counting(events)
    made = [
        EventLine("event", one.units, one.source, one.reason)
        if one.source in counted
        else EventLine("event", 0, one.source, one.reason, case="same-matter")
        for one in events
    ]
    excess = sum(line.units for line in made) - use.units(p.cap, full)
    return [*made, EventLine("cap", -excess, case="cap")] if excess > 0 else made


def quarrels(p: Award, use: Use) -> Quarrels:
    """A cap above full or finer than the lines."""
    if any(not 0 <= use.value(p.cap, full) <= full for full in use.fulls):
        yield "cap-above-full"
    if use.too_fine(p.cap):
        yield "too-fine"


MEASURE = Measure(
    kind="award",
    settings=Award,
    needs=lambda _p: (),
    lines=lines,
    quarrels=quarrels,
    most=cap_at_most,
    in_chain=False,
    labels={"cap": CAP},
    words={
        "zh": {
            "name": "加分法",
            "rule": "从零起逐项加分，同一事项只计最高一次，最高{cap}",
            "reason": "{reason}，加{points}分",
            "same-matter": "{reason}：同一事项已计最高分，不重复计分",
            "cap": "加分已到上限{cap}，超出的{lost}分不计",
            "none": "无加分事项",
        },
        "en": {
            "name": "awards",
            "rule": "from zero, each recorded merit adds points, one matter once, at most {cap}",
            "reason": "{reason}: +{points}",
            "same-matter": "{reason}: the same matter counts once, with its highest award",
            "cap": "the cap of {cap} takes {lost} away",
            "none": "no award",
        },
    },
)
