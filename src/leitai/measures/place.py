"""place 名次法: points by the place among the peers (rules §4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from leitai.columns import Exact, Inputs
from leitai.measures.kind import (
    FLOOR,
    PEERS_MIN,
    Check,
    Label,
    Measure,
    Quarrels,
    Score,
    Use,
    in_words,
)
from leitai.scheme.readers import Limit, count, limit, one_of, positive_limit
from leitai.scheme.settings import list_of, setting


@dataclass(frozen=True)
class Place:
    """Full minus `step` a place, or a `table` by place that may go on by `step`."""

    step: Limit | None = setting(positive_limit, None)
    table: tuple[Limit, ...] = setting(list_of(limit), ())
    from_: str = setting(one_of("top", "bottom"), "top")
    floor: Limit = setting(limit, "0")
    peers_min: int = setting(count, "3")


def score(p: Place, x: Inputs) -> Score:
    """Points of §4; ties share the better place."""
    place = x.peers.place(x.actual, largest_first=x.higher)
    peers = x.peers.count(x.actual)
    index = place if p.from_ == "top" else peers + 1 - place
    checks: tuple[Check, ...] = ()
    if p.table and p.step is None:
        checks = (Check(peers > len(p.table), "measure.table-too-short", of_group=True),)
    points = _by_table(p, x, index) if p.table else _by_step(p, x, x.full, place - 1)
    return Score(points, {"place": place, "peers": peers}, checks=checks)


def _by_step(p: Place, x: Inputs, start: Exact, places: Exact) -> Exact:
    """`start` less `step` for each place, not under the floor."""
    assert p.step is not None
    return (start - x.points(p.step) * places).not_under(x.points(p.floor))


def _by_table(p: Place, x: Inputs, index: Exact) -> Exact:
    """The table's entry; beyond its end the last one goes on by `step`."""
    last, beyond = x.points(p.table[-1]), index - len(p.table)
    points = last
    if p.step is not None and p.from_ == "top":
        points = _by_step(p, x, last, beyond)
    elif p.step is not None:
        points = (last + x.points(p.step) * beyond).not_over(x.full)
    for number, entry in reversed(list(enumerate(p.table, start=1))):
        points = (index <= number).choose(x.points(entry), points)
    return points


def quarrels(p: Place, use: Use) -> Quarrels:
    """Neither step nor table, a table nobody could explain."""
    if p.step is None and not p.table:
        yield "neither-step-nor-table"
    if p.from_ == "bottom" and not p.table:
        yield "bottom-without-table"
    if any(_strange(p.table, use, full, p.from_) for full in use.fulls):
        yield "table-not-falling"
    if use.above_full(p.floor):
        yield "floor-above-full"
    if p.table and p.step and p.from_ == "top" and use.differs(p.floor, p.table[-1]):
        yield "floor-above-table"


def most(p: Place, use: Use, full: Fraction) -> Fraction | None:
    """The best entry of a table that does not rise to full marks by itself."""
    if not p.table or (p.from_ == "bottom" and p.step is not None):
        return full
    return max(use.value(entry, full) for entry in p.table)


def _strange(table: Sequence[Limit], use: Use, full: Fraction, start: str) -> bool:
    """Whether an entry lies off 0..full or rises towards the worse end."""
    values = [use.value(entry, full) for entry in table]
    falling = values if start == "top" else values[::-1]
    off = any(not 0 <= value <= full for value in values)
    return off or any(a < b for a, b in pairwise(falling))


_ENDS = {
    ("top", "zh"): "第1名",
    ("bottom", "zh"): "最后一名",
    ("top", "en"): "the first",
    ("bottom", "en"): "the last",
}


def describe(p: Place, lang: str) -> dict[str, str]:
    """The table, from which end, and how it goes on."""
    zh = lang == "zh"
    start = "第1名得满分" if zh else "full marks for the first"
    if p.table:
        entries = ("、" if zh else ", ").join(in_words(entry, lang) for entry in p.table)
        end = _ENDS[p.from_, lang]
        start = f"自{end}起依次得{entries}" if zh else f"from {end}: {entries}"
    return {"table": start, "rest": _rest(p, lang)}


def _rest(p: Place, lang: str) -> str:
    """How the table goes on beyond its end."""
    if p.step is None:
        return ""
    step, floor = in_words(p.step, lang), in_words(p.floor, lang)
    if p.from_ == "bottom":
        zh = f"，再往前每名加{step}，最高满分"
        return zh if lang == "zh" else f", then {step} more a place, at most full"
    zh = f"，其后每名减{step}，最低{floor}"
    return zh if lang == "zh" else f", then {step} less a place, at least {floor}"


MEASURE = Measure(
    kind="place",
    settings=Place,
    score=score,
    relative=lambda _p: True,
    quarrels=quarrels,
    most=most,
    describe=describe,
    labels={
        "step": Label("每名相差"),
        "table": Label("各名次得分", form="list"),
        "from": Label("数起", {"top": "第一名", "bottom": "最后一名"}),
        "floor": FLOOR,
        "peers_min": PEERS_MIN,
    },
    words={
        "zh": {
            "name": "名次法",
            "rule": "按同组名次计分：{table}{rest}",
            "reason": "实际{actual}，同组{peers}个单位中第{place}名，得{points}分",
        },
        "en": {
            "name": "points by place",
            "rule": "points by place in the group, {table}{rest}",
            "reason": "actual {actual}, place {place} of {peers} in the group: {points} points",
        },
    },
)
