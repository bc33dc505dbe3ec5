"""Random measures of values: settings that no sheet quarrels with, and the values they want."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from tests.engine.rounds.draws import Draws, decimal
from tests.engine.rounds.limits import (
    Slot,
    draw_held,
    draw_limit,
    draw_peers_min,
    falling,
)

POSITIVE = {
    "tens": ("60", "70", "80", "90", "100", "110"),
    "cents": ("0.55", "1.00", "1.25", "3.14", "3.15", "2.675"),
    "huge": ("123456789012345678", "98765432109876543.2", "111111111111111111", "1000000000.1"),
}
ANY = {
    "tens": ("0", "-10", "70", "80", "90", "100"),
    "cents": ("0", "-0.55", "0.05", "1.25", "1.255", "-3.15"),
    "huge": ("-123456789012345678", "0", "98765432109876543.2", "1000000000.1"),
}
GROWTHS = ("-10%", "0%", "5%", "12.5%", "50%", "100%")


@dataclass(frozen=True)
class Wanted:
    """The values a measure can be given: from which pool each fact column is drawn."""

    actual: tuple[str, ...]
    target: tuple[str, ...] = ()
    previous: tuple[str, ...] = ()
    coefficient: bool = False

    def joined(self, other: Wanted) -> Wanted:
        """What suits two measures at once."""
        return Wanted(
            tuple(text for text in self.actual if text in other.actual),
            both(self.target, other.target),
            both(self.previous, other.previous),
            self.coefficient or other.coefficient,
        )


def both(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """The values in both pools; an empty pool wants nothing."""
    if not one or not other:
        return one or other
    return tuple(text for text in one if text in other)


@dataclass(frozen=True)
class Pools:
    """The pools of one indicator, all of one size."""

    size: str

    @property
    def positive(self) -> tuple[str, ...]:
        return POSITIVE[self.size]

    @property
    def any(self) -> tuple[str, ...]:
        return (*ANY[self.size], *POSITIVE[self.size][-2:])

    def below(self, pool: tuple[str, ...]) -> str:
        """A number no value of the pool is under."""
        return min(pool, key=Fraction)

    def above(self, pool: tuple[str, ...]) -> str:
        """A number no value of the pool is over."""
        return max(pool, key=Fraction)


Drawn = tuple[dict[str, Any], Wanted]


def completion(draws: Draws, slot: Slot, pools: Pools) -> Drawn:
    held = draw_held(draws, slot)
    threshold = draws.maybe(40, "threshold", ("60%", "80%", "100%", "none"))
    actual = pools.positive if slot.lower and held.get("cap") == "none" else pools.any
    return held | threshold, Wanted(actual, pools.positive, coefficient=draws.chance(40))


def baseline(draws: Draws, slot: Slot, pools: Pools) -> Drawn:
    per = draws.pick(("10", "1", "0.3", "5%", "10%"))
    measure = {"per": per, "step": draws.pick(("1", "0.5", "10%", "0.07", "3.3%"))}
    measure |= draws.maybe(50, "base", ("60%", "80%", "100%", "3", "0"))
    measure |= draws.maybe(40, "whole", ("yes", "no"))
    target = pools.positive if per.endswith("%") else pools.any
    held = draw_held(draws, slot, capped=pools.size == "huge")
    return measure | held, Wanted(pools.any, target)


def best_ratio(draws: Draws, slot: Slot, pools: Pools) -> Drawn:
    return draw_peers_min(draws, slot), Wanted(pools.positive)


def draw_base(draws: Draws, slot: Slot) -> dict[str, str]:
    """The base marks of `efficacy`."""
    if draws.chance(40):
        return {}
    return {
        "base": draw_limit(draws, ("50%", "60%", "0", "0%", "100%", "33.3%", "2.5"), slot.within)
    }


def efficacy(draws: Draws, slot: Slot, pools: Pools) -> Drawn:
    pool = pools.any
    measure = draw_base(draws, slot) | fixed_limits(
        draws, slot.lower, sorted(set(pool), key=Fraction)
    )
    if "peers" in {measure.get("unacceptable", "peers"), measure.get("satisfactory", "peers")}:
        measure |= draw_peers_min(draws, slot)
    return measure, Wanted(pool)


def fixed_limits(draws: Draws, lower: bool, rising: list[str]) -> dict[str, str]:
    """Limits of `efficacy`: both from the peers, one, or both as numbers in the right order."""
    worst_first = rising[::-1] if lower else rising
    low, high = {"unacceptable": worst_first[0]}, {"satisfactory": worst_first[-1]}
    written = {"unacceptable": "peers"}
    inner = draws.some(worst_first, least=2, most=2)
    between = {"unacceptable": inner[0], "satisfactory": inner[1]}
    level = {"unacceptable": inner[0], "satisfactory": inner[0]}
    return draws.pick(({}, {}, written, low, high, between, between, level))


def place(draws: Draws, slot: Slot, pools: Pools) -> Drawn:
    step = draws.pick(("1", "0.5", "10%", "7%", "0.25", "0.333"))
    measure: dict[str, Any] = draw_peers_min(draws, slot)
    way = draws.pick(("step", "table", "both", "bottom", "bottom and step"))
    if way in ("step", "both", "bottom and step"):
        measure["step"] = step
    if way != "step":
        short = way in ("both", "bottom and step")
        table = falling(draws, slot, draws.number(1, 3) if short else max(1, slot.most_peers))
        measure["table"] = table[::-1] if way.startswith("bottom") else table
    if way.startswith("bottom"):
        measure["from"] = "bottom"
    last = measure["table"][-1] if way == "both" else "100%"
    floor = draw_limit(draws, ("0", "10%", "1", "-1"), lambda text: slot.not_above(text, last))
    if floor != "0" and "step" in measure and slot.not_above(floor, "100%"):
        measure["floor"] = floor
    return measure, Wanted(pools.any)


def bands(draws: Draws, slot: Slot, pools: Pools) -> Drawn:
    rising = sorted(set(pools.any), key=Fraction)
    return {"bands": draw_bands(draws, slot, rising)}, Wanted(pools.any)


def draw_bands(draws: Draws, slot: Slot, rising: list[str]) -> list[dict[str, str]]:
    """Bands from the best to the worst, the last one open."""
    bounds = draws.some(rising, least=1, most=3)
    side, bounds = ("to", bounds) if slot.lower else ("from", bounds[::-1])
    points = falling(draws, slot, len(bounds) + 1)
    closed = [{side: bound, "points": text} for bound, text in zip(bounds, points, strict=False)]
    return [*closed, {"points": points[-1]}]


def growth(draws: Draws, slot: Slot, pools: Pools) -> Drawn:
    kind = draws.pick(("place", "efficacy", "bands", "efficacy"))
    by: dict[str, Any] = {}
    if kind == "place":
        by, _ = place(draws, slot, pools)
    elif kind == "bands":
        by = {"bands": draw_bands(draws, slot, list(GROWTHS))}
    else:
        fixed = draws.chance(50)
        by = draw_base(draws, slot)
        by |= draw_growth_limits(draws, slot) if fixed else draw_peers_min(draws, slot)
    absolute = kind == "place" or (kind == "efficacy" and "unacceptable" not in by)
    previous = pools.any if absolute and draws.chance(50) else pools.positive
    return {"by": {"kind": kind, **by}}, Wanted(pools.any, previous=previous)


def draw_growth_limits(draws: Draws, slot: Slot) -> dict[str, str]:
    """Fixed limits of a growth, in percent."""
    inner = draws.some(GROWTHS[::-1] if slot.lower else GROWTHS, least=2, most=2)
    return {"unacceptable": inner[0], "satisfactory": inner[1]}


def attain(_draws: Draws, _slot: Slot, pools: Pools) -> Drawn:
    return {}, Wanted(pools.any, pools.any)


def versus_mean(draws: Draws, slot: Slot, pools: Pools) -> Drawn:
    absolute = draws.chance(40)
    measure: dict[str, Any] = {"base": draws.pick(("80%", "60%", "100%", "3"))}
    measure |= (
        {"difference": "absolute"} if absolute else draws.maybe(20, "difference", ("percent",))
    )
    for side in draws.pick((("above",), ("below",), ("above", "below"))):
        measure[side] = draw_brackets(draws)
    measure |= draw_held(draws, slot, capped=pools.size == "huge") | draw_peers_min(draws, slot)
    return measure, Wanted(pools.any if absolute else pools.positive)


def draw_brackets(draws: Draws) -> list[dict[str, str]]:
    """Distances from the mean in rising order, the last bracket open."""
    ends = draws.some(("1", "2.5", "5", "10", "20"), most=draws.pick((1, 0, 1, 0, 2)))
    steps = [draws.pick(("0.1", "0.5", "1%", "0.033")) for _ in range(len(ends) + 1)]
    closed = [{"to": end, "step": step} for end, step in zip(ends, steps, strict=False)]
    return [*closed, {"step": steps[-1]}]


SINGLE: dict[str, Callable[[Draws, Slot, Pools], Drawn]] = {
    "completion": completion,
    "baseline": baseline,
    "best_ratio": best_ratio,
    "efficacy": efficacy,
    "place": place,
    "bands": bands,
    "growth": growth,
    "attain": attain,
    "versus_mean": versus_mean,
}


def chain(draws: Draws, slot: Slot, pools: Pools, fulls: list[int]) -> Drawn:
    """Two or three parts with marks of their own, wanting values that suit them all."""
    parts: list[dict[str, Any]] = []
    wanted = Wanted(pools.any)
    for full in fulls:
        points = Fraction(full, 10**slot.places)
        part, more = draw_part(draws, replace(slot, fulls=[points]), pools)
        wanted = wanted.joined(more)
        parts.append({**part, "full": decimal(full, slot.places)})
    return {**draws.maybe(80, "then", ("always", "if_full")), "parts": parts}, wanted


def draw_part(draws: Draws, slot: Slot, pools: Pools) -> Drawn:
    """One part; parts that are easily full come first, so that later ones are often reached."""
    kind = draws.pick(("attain", *SINGLE))
    measure, wanted = SINGLE[kind](draws, slot, pools)
    return {"kind": kind, **measure}, wanted


def draw_measure(draws: Draws, kind: str, slot: Slot, fulls: list[int]) -> Drawn:
    """A measure of values with its settings, and what it wants."""
    pools = Pools(draws.pick(("tens", "tens", "cents", "tens", "huge")))
    if kind == "chain":
        measure, wanted = chain(draws, slot, pools, fulls)
    else:
        measure, wanted = SINGLE[kind](draws, slot, pools)
    return {"kind": kind, **measure}, wanted


def draw_values(draws: Draws, wanted: Wanted) -> dict[str, str]:
    """One unit's figures: few different ones, so that ties are frequent."""
    row = {"actual": draws.pick(wanted.actual)}
    if wanted.target:
        row["target"] = draws.pick(wanted.target)
    if wanted.previous:
        row["previous"] = draws.pick(wanted.previous)
    if wanted.coefficient:
        row |= draws.maybe(60, "coefficient", ("1.1", "0.85", "1.05", "1.333"))
    return row
