"""Duties: who answers for each indicator, on what basis, and whether they can judge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from leitai.checkup.draft import Draft
from leitai.checkup.findings import NOTE, SERIOUS, WARNING, Finding, Text, names

_ORGANISED = ("panel", "survey", "quarters")  # others mark, or boards decide; nobody reports it


def duties(draft: Draft) -> Iterator[Finding]:
    """Everything wrong with departments, bases and unused indicators."""
    yield from _self_judging(draft)
    yield from _unknown_raters(draft)
    yield from _without(draft, "basis")
    yield from _without(draft, "department")
    scheme = draft.scheme
    used = {name for sheet in scheme.sheets.values() for name in (*sheet.full, *sheet.outside)}
    unused = [name for name in scheme.indicators if name not in used]
    if unused:
        args: dict[str, Text] = {"names": names(draft.name(name) for name in unused)}
        yield Finding("indicator-unused", WARNING, args, indicators=tuple(unused))


def _self_judging(draft: Draft) -> Iterator[Finding]:
    """Units that report figures on which they are judged themselves."""
    own: dict[str, list[str]] = defaultdict(list)
    for one in draft.scheme.indicators.values():
        unit = draft.units.get(one.department or "")
        if unit and draft.scheme.sheet_of(unit.id, unit.series).full_of(one.id) is not None:
            own[unit.id].append(one.id)
    for unit_id, indicators in own.items():
        kinds = {draft.bindings[name].measure.kind for name in indicators}
        harmless = unit_id in draft.unranked or kinds <= set(_ORGANISED)
        reports = [n for n in indicators if draft.bindings[n].measure.kind not in _ORGANISED]
        told = indicators if harmless else reports
        args: dict[str, Text] = {
            "unit": draft.unit_name(unit_id),
            "names": names(draft.name(name) for name in told),
            "unranked": "yes" if unit_id in draft.unranked else "",
        }
        severity = NOTE if harmless else SERIOUS
        yield Finding("self-judging", severity, args, units=(unit_id,), indicators=tuple(told))


def _unknown_raters(draft: Draft) -> Iterator[Finding]:
    """Rater groups that a series is rated by and no panel has: every ballot would be refused."""
    panels = [one for one in draft.bindings.values() if one.measure.kind == "panel"]
    known = {group for one in panels for group in one.settings.groups}
    for series in draft.scheme.series.values():
        strange = [group for group in series.rated_by if group not in known]
        if strange:
            args: dict[str, Text] = {"series": series.name, "groups": names(strange)}
            yield Finding("raters-unknown", SERIOUS, args)


def _without(draft: Draft, what: str) -> Iterator[Finding]:
    """Indicators and adjustments that lack their basis or their department."""
    indicators = [one.id for one in draft.scheme.indicators.values() if getattr(one, what) is None]
    adjustments = [
        one.name for one in draft.scheme.adjustments.values() if getattr(one, what) is None
    ]
    if indicators or adjustments:
        listed = names([*(draft.name(name) for name in indicators), *adjustments])
        args: dict[str, Text] = {"names": listed, "n": str(len(indicators) + len(adjustments))}
        yield Finding(f"{what}-missing", WARNING, args, indicators=tuple(indicators))
