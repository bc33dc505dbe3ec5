"""The difference of two boards: who moved, whose points changed, and where."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from leitai.explain.outcome_change import OutcomeChange, outcome_changes, outcomes_text
from leitai.explain.words import joined, say

Plain = Mapping[str, Any]
_TOLD = ("place", "total", "grade", "bonus")
_ALSO = ("group", "exact", "base_place", "base_bottom", "bottom", "items")


@dataclass(frozen=True)
class UnitChange:
    """One unit before and after; `points` are the indicators that changed.

    `also` names what else changed: group, exact, base_place, base_bottom, bottom, items.
    """

    unit: str
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
    def scored(self) -> bool:
        """Whether its points changed."""
        return self.total[0] != self.total[1] or bool(self.points)


@dataclass(frozen=True)
class BoardChange:
    """All that differs between two boards.

    `lines_only` are units whose ledger lines differ although every figure is the same.
    """

    rounds: tuple[str, str]
    units: tuple[UnitChange, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    lines_only: tuple[str, ...]
    outcomes: tuple[OutcomeChange, ...] = ()


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
    )


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
        name: (old["points"].get(name, "—"), new["points"].get(name, "—"))
        for name in names
        if old["points"].get(name) != new["points"].get(name)
    }
    pairs = {key: (old[key], new[key]) for key in _TOLD}
    also = tuple(key for key in _ALSO if old[key] != new[key])
    return UnitChange(unit, points=points, also=also, **pairs)


def difference_text(
    change: BoardChange, names: Mapping[str, str], grades: Mapping[str, str], lang: str
) -> Iterator[str]:
    """The change as lines of text, those who moved furthest first."""
    if change.rounds[0] != change.rounds[1]:
        yield say(lang, "diff.rounds", before=change.rounds[0], after=change.rounds[1])
    if change == BoardChange(change.rounds, (), (), (), ()):
        yield say(lang, "diff.same")
        return
    moved = sum(one.moved for one in change.units)
    scored = sum(one.scored for one in change.units)
    yield say(lang, "diff.count", moved=moved, changed=scored)
    for one in sorted(change.units, key=lambda c: (not c.moved, c.place[1] or 0, c.unit)):
        yield from _unit_text(one, names, grades, lang)
    for side, units in (("A", change.only_before), ("B", change.only_after)):
        for unit in units:
            yield say(lang, "diff.only", unit=names.get(unit, unit), side=side)
    for unit in change.lines_only:
        yield say(lang, "diff.lines-only", unit=names.get(unit, unit))
    yield from outcomes_text(change.outcomes, names, lang)


def _unit_text(
    one: UnitChange, names: Mapping[str, str], grades: Mapping[str, str], lang: str
) -> Iterator[str]:
    before, after = (_shown(place, lang) for place in one.place)
    yield say(
        lang,
        "diff.moved" if one.moved else "diff.kept",
        unit=names.get(one.unit, one.unit),
        before=before,
        after=after,
        old=one.total[0],
        new=one.total[1],
    )
    if one.grade[0] != one.grade[1]:
        pair = [grades.get(grade or "", _shown(grade, lang)) for grade in one.grade]
        yield say(lang, "diff.grade", before=pair[0], after=pair[1])
    for indicator, (old, new) in one.points.items():
        yield say(
            lang, "diff.points", indicator=names.get(indicator, indicator), before=old, after=new
        )
    if one.bonus[0] != one.bonus[1]:
        yield say(lang, "diff.bonus", before=one.bonus[0], after=one.bonus[1])
    if one.also:
        named = joined(lang, [say(lang, f"diff.{key}") for key in one.also])
        yield say(lang, "diff.also", what=named)
    if one.moved and not one.scored:
        yield say(lang, "diff.pushed" if "base_place" in one.also else "diff.adjusted")


def _shown(value: object, lang: str) -> str:
    return say(lang, "none") if value is None else str(value)
