"""The difference of two boards: who moved, whose points changed, and where."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from leitai.explain.outcome_change import OutcomeChange, outcome_changes

Plain = Mapping[str, Any]
ABSENT = "—"  # the points of an indicator that is not on the sheet
_TOLD = ("group", "place", "total", "grade", "bonus")
_ALSO = ("group", "exact", "base_place", "base_bottom", "bottom", "items")


@dataclass(frozen=True)
class UnitChange:
    """One unit before and after; `points` are the indicators that changed.

    `also` names what else changed: group, exact, base_place, base_bottom, bottom, items.
    """

    unit: str
    group: tuple[str, str]
    place: tuple[int | None, int | None]
    total: tuple[str, str]
    grade: tuple[str | None, str | None]
    bonus: tuple[str, str]
    points: Mapping[str, tuple[str, str]]
    also: tuple[str, ...]

    @property
    def moved(self) -> bool:
        """Whether its place changed."""
        return self.place[0] != self.place[1]

    @property
    def graded(self) -> bool:
        """Whether its grade changed."""
        return self.grade[0] != self.grade[1]

    @property
    def scored(self) -> bool:
        """Whether its points changed."""
        return self.total[0] != self.total[1] or bool(self.points) or self.bonus[0] != self.bonus[1]

    @property
    def counted(self) -> bool:
        """Whether anything changed that the counts count."""
        return self.moved or self.graded or self.scored


@dataclass(frozen=True)
class BoardChange:
    """All that differs between two boards.

    `lines_only` are units whose ledger lines differ although every figure is the same;
    `schemes_differ` compares the digests of sealed boards.
    """

    rounds: tuple[str, str]
    units: tuple[UnitChange, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    lines_only: tuple[str, ...]
    outcomes: tuple[OutcomeChange, ...]
    schemes_differ: bool

    @property
    def nothing(self) -> bool:
        """Whether units and outcomes are the same."""
        parts = self.units, self.only_before, self.only_after, self.lines_only, self.outcomes
        return not any(parts)


def difference(before: Plain, after: Plain) -> BoardChange:
    """What changed from one plain board to another."""
    old, new = before["units"], after["units"]
    changes = [_change(unit, old[unit], new[unit]) for unit in new if unit in old]
    changed = tuple(one for one in changes if one is not None)
    told = {one.unit for one in changed}
    lines = [_lines(board) for board in (before, after)]
    return BoardChange(
        (before["round"], after["round"]),
        changed,
        tuple(unit for unit in old if unit not in new),
        tuple(unit for unit in new if unit not in old),
        tuple(u for u in new if u in old and u not in told and lines[0][u] != lines[1][u]),
        outcome_changes(before, after),
        _scheme_of(before) != _scheme_of(after),
    )


def _scheme_of(board: Plain) -> str | None:
    """The digest of the scheme; None for a board that is not sealed."""
    digest: str | None = board.get("digests", {}).get("scheme")
    return digest


def only_units(change: BoardChange, units: Collection[str]) -> BoardChange:
    """The same of some units alone."""
    return replace(
        change,
        units=tuple(one for one in change.units if one.unit in units),
        only_before=tuple(unit for unit in change.only_before if unit in units),
        only_after=tuple(unit for unit in change.only_after if unit in units),
        lines_only=tuple(unit for unit in change.lines_only if unit in units),
        outcomes=tuple(one for one in change.outcomes if one.unit in units),
    )


def counts(changes: Sequence[UnitChange]) -> dict[str, int]:
    """How many units changed place, grade and points."""
    return {
        "moved": sum(one.moved for one in changes),
        "graded": sum(one.graded for one in changes),
        "scored": sum(one.scored for one in changes),
    }


def _lines(board: Plain) -> Mapping[str, Counter[str]]:
    """Each unit's ledger lines; their order means nothing."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for line in board["lines"]:
        found[line["unit"]][str(sorted(line.items()))] += 1
    return found


def _change(unit: str, old: Plain, new: Plain) -> UnitChange | None:
    """None where nothing changed."""
    if old == new:
        return None
    names = [*old["points"], *(name for name in new["points"] if name not in old["points"])]
    points = {
        name: (old["points"].get(name, ABSENT), new["points"].get(name, ABSENT))
        for name in names
        if old["points"].get(name) != new["points"].get(name)
    }
    pairs = {key: (old[key], new[key]) for key in _TOLD}
    also = tuple(key for key in _ALSO if old[key] != new[key])
    return UnitChange(unit, points=points, also=also, **pairs)
