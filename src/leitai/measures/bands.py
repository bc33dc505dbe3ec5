"""bands 分档: points by the first band whose bound the value reaches (rules §4)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from leitai.columns import Exact, Inputs
from leitai.measures.kind import Label, Measure, Quarrels, Score, Use, in_words
from leitai.scheme.readers import Bound, Limit, bound, limit
from leitai.scheme.settings import list_of, nested, setting


@dataclass(frozen=True)
class Band:
    """One band: a lower bound `from` (lower is better: an upper bound `to`) and its points."""

    points: Limit = setting(limit)
    from_: Bound | None = setting(bound, None)
    to: Bound | None = setting(bound, None)


@dataclass(frozen=True)
class Bands:
    """Bands from the best to the worst; the last one is open."""

    bands: tuple[Band, ...] = setting(list_of(nested(Band)))

    def bounds(self, higher: bool) -> list[Fraction | None]:
        """The bounds on the side the direction asks for."""
        sides = (band.from_ if higher else band.to for band in self.bands)
        return [None if side is None else side.number for side in sides]


def score(p: Bands, x: Inputs) -> Score:
    """Points of §4; the bound is inside."""
    points = x.points(p.bands[-1].points)
    steps = list(zip(p.bands, p.bounds(x.higher), strict=True))[:-1]
    for band, edge in reversed(steps):
        assert edge is not None
        reached = x.actual >= edge if x.higher else x.actual <= edge
        points = reached.choose(x.points(band.points), points)
    return Score(points, {"band": _band(p, x)})


def _band(p: Bands, x: Inputs) -> Exact:
    """The number of the unit's band, 1 for the best."""
    number = x.full * 0 + len(p.bands)
    for index, edge in reversed(list(enumerate(p.bounds(x.higher)[:-1], start=1))):
        assert edge is not None
        reached = x.actual >= edge if x.higher else x.actual <= edge
        number = reached.choose(index, number)
    return number


def quarrels(p: Bands, use: Use) -> Quarrels:
    """Bounds out of order or on the wrong side, points off the scale or rising."""
    if not p.bands:
        yield "no-bands"
        return
    if use.odd_bounds(side for band in p.bands for side in (band.from_, band.to)):
        yield "bound-percent"
    bounds = p.bounds(use.higher)
    wrong_side = any((band.to if use.higher else band.from_) is not None for band in p.bands)
    if wrong_side or bounds[-1] is not None or None in bounds[:-1]:
        yield "bands-open"
    elif not _ordered([bound for bound in bounds if bound is not None], use.higher):
        yield "bands-not-ordered"
    for full in use.fulls:
        values = [use.value(band.points, full) for band in p.bands]
        off = any(not 0 <= value <= full for value in values)
        if off or any(a < b for a, b in pairwise(values)):
            yield "bands-not-falling"


def _ordered(bounds: list[Fraction], higher: bool) -> bool:
    pairs = pairwise(bounds)
    return all(a > b if higher else a < b for a, b in pairs)


def describe(p: Bands, lang: str) -> dict[str, str]:
    """The bands as people read them."""
    rest, get, comma = ("其余", "得", "；") if lang == "zh" else ("else", ": ", "; ")
    parts = []
    for band in p.bands:
        bound = f"≥{band.from_.text}" if band.from_ else f"≤{band.to.text}" if band.to else rest
        parts.append(f"{bound}{get}{in_words(band.points, lang)}")
    return {"bands": comma.join(parts)}


MEASURE = Measure(
    kind="bands",
    settings=Bands,
    score=score,
    quarrels=quarrels,
    most=lambda p, use, full: use.value(p.bands[0].points, full),
    describe=describe,
    labels={
        "bands": Label(
            "各档",
            form="list",
            parts={"from": Label("不低于"), "to": Label("不高于"), "points": Label("得")},
        )
    },
    words={
        "zh": {
            "name": "分档计分",
            "rule": "按所在档次计分：{bands}",
            "reason": "实际{actual}，属于第{band}档，得{points}分",
        },
        "en": {
            "name": "bands",
            "rule": "points by band: {bands}",
            "reason": "actual {actual} is in band {band}: {points} points",
        },
    },
)
