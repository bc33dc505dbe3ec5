"""Bonus: approved merits outside the sheet, one matter once, each adjustment capped (rules §9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from leitai.intake.model import Entry, Key
from leitai.ledger import Line
from leitai.measures.award import counting
from leitai.measures.kind import Event
from leitai.scheme.model import Adjustment, Scheme


def bonus_lines(
    scheme: Scheme, entries: Sequence[Entry], previous: Mapping[Key, Fraction]
) -> list[Line]:
    """The `bonus` and `cap` lines of all units."""
    kinds = {key: one for key, one in scheme.adjustments.items() if one.kind == "bonus"}
    mine = [entry for entry in entries if entry.adjustment in kinds]
    made: list[Line] = []
    for unit in dict.fromkeys(entry.unit for entry in mine):
        made += _unit_lines(unit, [e for e in mine if e.unit == unit], kinds, scheme, previous)
    return made


def _unit_lines(
    unit: str,
    entries: Sequence[Entry],
    kinds: Mapping[str, Adjustment],
    scheme: Scheme,
    previous: Mapping[Key, Fraction],
) -> Iterator[Line]:
    counted = counting([_event(entry, scheme) for entry in entries])
    sums = dict.fromkeys(kinds, 0)
    for entry in entries:
        counts = entry.id in counted
        units = scheme.scale.read(entry.amount) if counts else 0
        sums[entry.adjustment] += units
        case = "" if counts else "same-matter"
        yield Line(unit, "", entry.adjustment, 0, "bonus", units, entry.id, entry.reason, case)
    for adjustment, kind in kinds.items():
        limit = _limit(kind, previous.get((unit, adjustment), Fraction(0)), scheme)
        if limit is not None and sums[adjustment] > limit:
            yield Line(unit, "", adjustment, 0, "cap", limit - sums[adjustment], case="cap")


def _event(entry: Entry, scheme: Scheme) -> Event:
    units = scheme.scale.read(entry.amount)
    return Event(entry.id, units, entry.reason, entry.matter, entry.entered)


def _limit(kind: Adjustment, credited: Fraction, scheme: Scheme) -> int | None:
    """The lower of the round's cap and what the year leaves, in line units."""
    limits = [] if kind.cap is None else [kind.cap]
    if kind.annual_cap is not None:
        limits.append(max(Fraction(0), kind.annual_cap - credited))
    return int(min(limits) * scheme.scale.one) if limits else None
