"""Triggers: who a scheme's `when:` finds, and what that means for its entries (rules §9)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from leitai.facts.round import Round
from leitai.intake.model import Entry, Intake
from leitai.points import exact
from leitai.problems import Problem, problem, warning
from leitai.scheme.model import When

Bottom = Callable[[str, str | None], int | None]


def trigger_problems(
    round_: Round, taken: Intake, unranked: frozenset[str], bottom: Bottom
) -> Iterator[Problem]:
    """Ranked units found without an approved entry (warning), entries for others (Problem).

    `bottom(unit, item)` is the base place from the bottom, in an item or (None) in total.
    """
    for name, kind in round_.scheme.adjustments.items():
        if kind.when is None:
            continue
        ranked = [unit for unit in round_.units if unit not in unranked]
        found = {unit for unit in ranked if _finds(kind.when, unit, round_, taken, bottom)}
        mine = [e for e in taken.entries if e.adjustment == name and e.unit not in unranked]
        yield from _strays(mine, found, round_, kind.name)
        named = {entry.unit for entry in mine}
        for unit in round_.units:
            if unit in found and unit not in named:
                title = round_.units[unit].name
                yield warning("adjustment.trigger-waits", unit=title, adjustment=kind.name)


def _strays(
    entries: Sequence[Entry], found: set[str], round_: Round, name: str
) -> Iterator[Problem]:
    for entry in entries:
        if entry.unit not in found:
            unit = round_.units[entry.unit].name
            yield problem("adjustment.trigger-not-met", entry.where, unit=unit, adjustment=name)


def _finds(when: When, unit: str, round_: Round, taken: Intake, bottom: Bottom) -> bool:
    if when.bottom is not None:
        place = bottom(unit, when.item)
        return place is not None and place <= when.bottom
    value = _value(unit, when.indicator or "", round_, taken)
    if value is None:
        return False
    if when.at_least is not None:
        return value >= when.at_least
    return when.at_most is not None and value <= when.at_most


def _value(unit: str, indicator: str, round_: Round, taken: Intake) -> Fraction | None:
    """The actual value, or the sum of recorded events; None where the unit has neither."""
    key = (unit, indicator)
    if key in taken.values:
        return exact(taken.values[key]["actual"])
    sheet = round_.scheme.sheet_of(unit, round_.units[unit].series)
    by_events = round_.scheme.indicators[indicator].kind in ("deduct", "award")
    if not by_events or sheet.full_of(indicator) is None or key in taken.exempt:
        return None
    units = sum(event.units for event in taken.events.get(key, ()))
    return Fraction(units, round_.scheme.scale.one)
