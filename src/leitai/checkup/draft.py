"""A draft: a scheme before it is adopted, its measures bound, with its units where known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from leitai.bind import Bound, bind
from leitai.board import Board
from leitai.facts.units import Unit
from leitai.measures.kind import Use
from leitai.points import shown
from leitai.problems import Problem
from leitai.scheme.model import Scheme, Series, Sheet


@dataclass(frozen=True)
class Compared:
    """Units that are compared, and the sheets they are judged on.

    Without a list of units: a whole series, since nobody knows which group an own sheet is for.
    """

    id: str
    name: str
    series: Series
    sheets: tuple[Sheet, ...]
    units: tuple[Unit, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A scheme with its measures; `units` is empty where no list of them is known."""

    scheme: Scheme
    bindings: Mapping[str, Bound]
    units: Mapping[str, Unit] = field(default_factory=dict)
    unranked: frozenset[str] = frozenset()

    def name(self, indicator: str) -> str:
        """An indicator's name."""
        return self.scheme.indicators[indicator].name

    def unit_name(self, text: str | None) -> str:
        """A unit's name by its id; any other text as it is."""
        unit = self.units.get(text or "")
        return unit.name if unit else text or ""

    def sheet_name(self, sheet: str) -> str:
        """A sheet by whom it is for; by its own name where that is more than an id."""
        if not sheet.isascii():
            return sheet
        known = self.scheme.series.values()
        series = [one.name for one in known if one.sheet == sheet]
        own = (unit for one in known for unit, its in one.own_sheets.items() if its == sheet)
        return "、".join(series or map(self.unit_name, own)) or sheet

    def most(self, sheet: Sheet, indicator: str) -> Fraction | None:
        """What can be earned at most in line units (no coefficient), None without limit."""
        bound, whole = self.bindings[indicator], sheet.full_of(indicator) or 0
        use = Use(bound.indicator.higher, (), self.scheme.scale)
        total = Fraction(0)
        for part in bound.parts:
            full = Fraction(whole if part.full is None else part.full)
            found = part.measure.most(part.settings, use, full)
            if found is None:
                return None
            total += found
        return total

    def points(self, units: Fraction) -> str:
        """Line units as text in points."""
        return shown(Fraction(units, self.scheme.scale.one), self.scheme.scale.places)

    def compared(self) -> list[Compared]:
        """Every comparison group that has units, or every series where no units are known."""
        if not self.units:
            return [Compared(s.id, s.name, s, self._sheets(s)) for s in self.scheme.series.values()]
        names = self.scheme.group_names()
        found = []
        for group, name in names.items():
            units = tuple(unit for unit in self.units.values() if unit.group == group)
            if units:
                series = self.scheme.series[units[0].series]
                sheets = {series.sheet_of(unit.id): None for unit in units}
                judged = tuple(self.scheme.sheets[sheet] for sheet in sheets)
                found.append(Compared(group, name, series, judged, units))
        return found

    def _sheets(self, series: Series) -> tuple[Sheet, ...]:
        used = dict.fromkeys((series.sheet, *series.own_sheets.values()))
        return tuple(self.scheme.sheets[sheet] for sheet in used)


def draft_of(
    scheme: Scheme, units: Mapping[str, Unit], unranked: frozenset[str] = frozenset()
) -> tuple[Draft, list[Problem]]:
    """A scheme bound to its measures, with the Problems of their settings."""
    bindings, problems = bind(scheme)
    return Draft(scheme, bindings, units, unranked), problems


def unranked_units(board: Board) -> frozenset[str]:
    """The units of a round that have no place."""
    return frozenset(unit for unit, one in board.results.items() if one.base_place is None)
