"""Limits: points nobody can reach, points nothing holds, and limits that do nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Any

from leitai.bind import Bound, Part
from leitai.checkup.draft import Draft
from leitai.checkup.findings import NOTE, SERIOUS, WARNING, Finding, Text, names
from leitai.measures.bands import Bands
from leitai.measures.completion import Completion
from leitai.measures.growth import Growth
from leitai.measures.kind import Use
from leitai.points import shown


def limits(draft: Draft) -> Iterator[Finding]:
    """Everything wrong with the limits of measures and adjustments."""
    for bound in draft.bindings.values():
        yield from _full_out_of_reach(draft, bound)
        yield from _thresholds(draft, bound)
        yield from _idle_bounds(bound)
    yield from _uncapped(draft)
    yield from _peers(draft)
    yield from _bonus(draft)
    yield from _demotions(draft)


def _full_out_of_reach(draft: Draft, bound: Bound) -> Iterator[Finding]:
    """An indicator whose full marks nobody can earn."""
    short = {}
    for sheet in draft.scheme.sheets.values():
        full = sheet.full_of(bound.id)
        most = None if full is None else draft.most(sheet, bound.id)
        if full is not None and most is not None and most < full:
            short[draft.scheme.scale.show(full)] = draft.points(most)
    if short:
        reach = names(f"{most} / {full}" for full, most in short.items())
        args: dict[str, Text] = {"indicator": bound.indicator.name, "reach": reach}
        yield Finding("full-unreachable", WARNING, args, indicators=(bound.id,))


def _thresholds(draft: Draft, bound: Bound) -> Iterator[Finding]:
    """A completion rate that earns nothing below and the cap from there on."""
    for part in bound.parts:
        p = part.settings
        if not isinstance(p, Completion) or p.threshold is None or p.cap is None:
            continue
        if any(p.threshold * full >= draft_cap for full, draft_cap in _caps(draft, bound, part)):
            beyond = p.threshold > 1
            args: dict[str, Text] = {
                "indicator": bound.indicator.name,
                "threshold": shown(p.threshold * 100),
                "cap": p.cap.text,
            }
            severity = SERIOUS if beyond else WARNING
            yield Finding("threshold-at-cap", severity, args, indicators=(bound.id,))


def _caps(draft: Draft, bound: Bound, part: Part) -> Iterator[tuple[Fraction, Fraction]]:
    """Full marks and cap of a part on each sheet, in line units."""
    use = Use(bound.indicator.higher, (), draft.scheme.scale)
    for sheet in draft.scheme.sheets.values():
        whole = sheet.full_of(bound.id)
        if whole is not None:
            full = Fraction(whole if part.full is None else part.full)
            most = part.measure.most(part.settings, use, full)
            yield full, full if most is None else most


def _idle_bounds(bound: Bound) -> Iterator[Finding]:
    """Bands whose neighbours give the same points: the bound between them does nothing."""
    for part in bound.parts:
        p = part.settings.by if isinstance(part.settings, Growth) else part.settings
        if isinstance(p, Bands):
            idle = [
                (one.from_ or one.to)
                for one, below in pairwise(p.bands)
                if (one.points.share, one.points.points)
                == (below.points.share, below.points.points)
            ]
            if idle:
                bounds = names(limit.text for limit in idle if limit is not None)
                args: dict[str, Text] = {"indicator": bound.indicator.name, "bounds": bounds}
                yield Finding("bounds-without-effect", WARNING, args, indicators=(bound.id,))


def _uncapped(draft: Draft) -> Iterator[Finding]:
    """Measures without a cap, panels that a coefficient may lift, bonus without limit."""
    open_ = [bound for bound in draft.bindings.values() if _is_open(bound)]
    bonus = [
        one.name
        for one in draft.scheme.adjustments.values()
        if one.kind == "bonus" and one.cap is None and one.annual_cap is None
    ]
    found = names([*(bound.indicator.name for bound in open_), *bonus])
    if found:
        ids = tuple(bound.id for bound in open_)
        yield Finding("uncapped", WARNING, {"names": found}, indicators=ids)
    panels = [one for one in draft.bindings.values() if one.measure.kind == "panel"]
    if panels and not draft.units:
        listed = {"names": names(one.indicator.name for one in panels)}
        ids = tuple(one.id for one in panels)
        yield Finding("coefficient-uncapped", NOTE, listed, indicators=ids)


def _is_open(bound: Bound) -> bool:
    return any(getattr(part.settings, "cap", "") is None for part in bound.parts)


def _peers(draft: Draft) -> Iterator[Finding]:
    """Groups in which too few units have an indicator that compares them."""
    few: dict[str, list[str]] = defaultdict(list)
    for group in draft.compared():
        for bound in draft.bindings.values():
            n = sum(
                draft.scheme.sheet_of(unit.id, unit.series).full_of(bound.id) is not None
                for unit in group.units
            )
            if 0 < n < max(_needed(part.measure.relative, part.settings) for part in bound.parts):
                few[bound.id].append(f"{group.name} {n}")
    for indicator, groups in few.items():
        args: dict[str, Text] = {"indicator": draft.name(indicator), "groups": names(groups)}
        yield Finding("peers-too-few", SERIOUS, args, indicators=(indicator,))


def _needed(relative: Any, settings: Any) -> int:
    """Peers that a measure needs."""
    return int(settings.peers_min) if relative(settings) else 0


def _bonus(draft: Draft) -> Iterator[Finding]:
    """Caps of a bonus that a lower limit keeps from ever acting, amounts that never count whole."""
    for one in draft.scheme.adjustments.values():
        if one.kind != "bonus":
            continue
        caps = [cap for cap in (one.cap, one.annual_cap) if cap is not None]
        amount = None if one.amount is None else Fraction(one.amount)
        asked = one.cap if amount is None else max(amount, one.cap or amount)
        if caps and asked is not None and asked > min(caps):
            args: dict[str, Text] = {
                "adjustment": one.name,
                "asked": shown(asked),
                "limit": shown(min(caps)),
            }
            yield Finding("bonus-unreachable", WARNING, args)


def _demotions(draft: Draft) -> Iterator[Finding]:
    """Demotions and lowerings whose size the scheme leaves to whoever enters them."""
    found = [
        one.name
        for one in draft.scheme.adjustments.values()
        if one.kind in ("demote", "lower") and one.amount is None
    ]
    if found:
        yield Finding("demotion-unlimited", WARNING, {"names": names(found)})
